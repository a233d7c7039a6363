"""`spbe format`: one layout for all files of a model; what they say stays, and so does every comment."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from spbe_arch.cli.shared import Misuse, deliver, finish_edit, language_option, refuse_strangers, roots_of, shown_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.errors import EditingError
    from spbe_arch.patches import Change

__all__ = ["format"]


class _Run(NamedTuple):
    """What came of one repository."""

    root: Path
    changes: dict[str, Change]
    unchanged: int
    refusals: list[EditingError]
    language: str


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would be formatted.")
@click.option("--diff", is_flag=True, help="Print what would change, and write nothing; exit with 1 if anything would.")
@click.option(
    "--vocabulary",
    type=click.Choice(["id", "en"]),
    help="Write sections, fields and values in this language; else each stays in its own.",
)
@click.option(
    "--stdin-filename", default="model.yaml", metavar="PATH", help="What the text on stdin is called, with -."
)
@language_option
def format(
    paths: tuple[str, ...],
    vocabulary: Literal["id", "en"] | None,
    stdin_filename: str,
    language: str | None,
    *,
    check: bool,
    diff: bool,
) -> None:
    """Bring the files of the model in PATHS (default: here) into the one layout.

    With - the text on stdin is printed formatted. What a file says does not change, and comments stay where they speak;
    a file that cannot be read whole is left alone, and the reason is told.
    """
    if "-" in paths:
        _format_stdin(paths, stdin_filename, vocabulary or "")
        return
    runs = [_run(root, chosen, vocabulary or "", language) for root, chosen in roots_of(paths or (".",)).items()]
    if diff:
        _show_diff(runs)
    elif not check:
        _write(runs)
    for run in runs:
        _say(run, written=not (check or diff))
    if any(run.refusals for run in runs):
        sys.exit(2)
    sys.exit(1 if (check or diff) and any(run.changes for run in runs) else 0)


def _format_stdin(paths: tuple[str, ...], name: str, vocabulary: Literal["id", "en", ""]) -> None:
    from spbe_arch.formatting import formatted
    from spbe_arch.nodes import Limits

    if len(paths) > 1:
        raise Misuse("- stands for the text on stdin and takes no other path beside it")
    text = sys.stdin.buffer.read(Limits().bytes + 1)
    sys.stdout.buffer.write(formatted(Path(name).as_posix(), text, vocabulary))


def _run(root: Path, chosen: set[str], vocabulary: Literal["id", "en", ""], language: str | None) -> _Run:
    from spbe_arch.errors import EditingError
    from spbe_arch.formatting.migrating import migrated
    from spbe_arch.loading import manifest_above, own_texts
    from spbe_arch.manifest import MANIFEST, VERSION
    from spbe_arch.messages import pick_language
    from spbe_arch.patches import Change

    finish_edit(root)
    manifest = manifest_above(root)
    spoken = pick_language(language, manifest.language if manifest is not None else None)
    texts, unreadable = own_texts(root)
    refuse_strangers({*texts, *unreadable}, chosen)
    version = manifest.version if manifest is not None else VERSION
    migrating = version != VERSION
    before = {path: texts[path] for path in texts if migrating or _is_chosen(path, chosen)}
    after = migrated(before, MANIFEST, version) if migrating else before
    refused = [
        _unreadable(path, reason, root, spoken) for path, reason in unreadable.items() if _is_chosen(path, chosen)
    ]
    run, unchanged = _Run(root, {}, 0, refused, spoken), 0
    for path, made in _all_formatted(after, shown_folder(root), vocabulary).items():
        if isinstance(made, _Refusal):
            run.refusals.append(EditingError(made.text, **made.values))
        elif made != before[path]:
            run.changes[path] = Change(before[path], made)
        else:
            unchanged += 1
    return run._replace(unchanged=unchanged)


class _Refusal(NamedTuple):
    """Why a file is left alone, as it is sent from one process to another."""

    text: str
    values: dict[str, object]


_SMALL = 2_000_000
"""Bytes below which a second process costs more than it saves."""


def _all_formatted(
    texts: Mapping[str, bytes], folder: str, vocabulary: Literal["id", "en", ""]
) -> dict[str, bytes | _Refusal]:
    """Every file in the layout; of a large model, one half is laid out beside the other."""
    from itertools import accumulate

    from spbe_arch.collecting import collector_held
    from spbe_arch.forking import beside

    def of(paths: Iterable[str]) -> dict[str, bytes | _Refusal]:
        return {path: _formatted(path, texts[path], folder, vocabulary) for path in paths}

    sizes = list(accumulate(map(len, texts.values())))
    with collector_held():
        if not sizes or sizes[-1] <= _SMALL:
            return of(texts)
        half = next(number for number, size in enumerate(sizes) if size * 2 >= sizes[-1])
        paths = list(texts)
        with beside(lambda: of(paths[half:])) as others:
            return {**of(paths[:half]), **others()}


def _formatted(path: str, data: bytes, folder: str, vocabulary: Literal["id", "en", ""]) -> bytes | _Refusal:
    from spbe_arch.errors import EditingError
    from spbe_arch.formatting import formatted

    try:
        return formatted(folder + path, data, vocabulary)
    except EditingError as error:
        return _Refusal(error.text, error.values)


def _unreadable(path: str, reason: str, root: Path, language: str) -> EditingError:
    from spbe_arch.errors import FormattingError
    from spbe_arch.messages import translate

    why = translate(reason, language)
    return FormattingError("{path} is not formatted: {reason}", path=shown_folder(root) + path, reason=why)


def _is_chosen(path: str, chosen: set[str]) -> bool:
    return any(not one or path == one or path.startswith(one + "/") for one in chosen)


def _named(runs: list[_Run]) -> Iterator[tuple[str, Change]]:
    return ((shown_folder(run.root) + path, change) for run in runs for path, change in run.changes.items())


def _show_diff(runs: list[_Run]) -> None:
    from spbe_arch.cli.mending import diffs

    deliver(diffs(_named(runs), for_terminal=sys.stdout is not None and sys.stdout.isatty()), None)


def _write(runs: list[_Run]) -> None:
    from spbe_arch.files import Replacement, replace_files

    replace_files(
        Replacement(run.root, path, change.before, change.after) for run in runs for path, change in run.changes.items()
    )


def _say(run: _Run, *, written: bool) -> None:
    """What was formatted, and why something was not."""
    from spbe_arch.findings import english
    from spbe_arch.messages import counted, in_words, translate

    for error in run.refusals:
        click.echo(f"spbe: {in_words(error, run.language)}", err=True)
    if not written:
        text = translate(english("{path} would be formatted"), run.language)
        for path in run.changes:
            click.echo(text.format(path=shown_folder(run.root) + path), err=True)
    files = counted(len(run.changes), "{count} file", "{count} files", run.language)
    text = (
        english("{files} formatted, {unchanged} unchanged")
        if written
        else english("{files} would be formatted, {unchanged} unchanged")
    )
    click.echo(translate(text, run.language).format(files=files, unchanged=run.unchanged), err=True)
