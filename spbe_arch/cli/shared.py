"""What several commands need: the model, the language, and where output goes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import IO

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache
    from spbe_arch.placing import Regions
    from spbe_arch.remembering import Memory

__all__ = [
    "Misuse",
    "Models",
    "cache_option",
    "close_quietly",
    "deliver",
    "finish_edit",
    "knows_colour",
    "language_here",
    "language_option",
    "language_setting",
    "load_model",
    "path_argument",
    "progress_bar",
    "refuse_strangers",
    "roots_of",
    "shown_folder",
    "shown_path",
]


_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _remember(ctx: click.Context, _option: click.Parameter, language: str | None) -> str | None:
    """Keep the language where errors are put in words, too."""
    ctx.meta["language"] = language
    return language


class Misuse(click.UsageError):
    """A command that asks for what does not go together; said in the language of the reader.

    Args:
        text: English, with names of values in braces.
        values: by these names.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.values = values
        self._language = _language_asked_for()

    def show(self, file: IO[Any] | None = None) -> None:
        from spbe_arch.messages import translate

        said = translate(self.message, language_here(self._language)).format(**self.values)
        click.echo(f"spbe: {said}", file=file, err=True)


def _language_asked_for() -> str | None:
    """The language that the command line names, if it names one."""
    context = click.get_current_context(silent=True)
    return context.meta.get("language") if context else None


def _language(*, handed_on: bool) -> Callable[[_Command], _Command]:
    return click.option(
        "--language",
        callback=_remember,
        expose_value=handed_on,
        is_eager=True,
        type=click.Choice(["id", "en"]),
        help="Language of messages; else SPBE_LANGUAGE, the manifest, the locale.",
    )


language_option = _language(handed_on=True)
language_setting = _language(handed_on=False)
"""For a command that asks the context for the language."""
path_argument = click.argument("path", default=".", type=click.Path())


def finish_edit(root: Path) -> None:
    """End an edit of a repository that was interrupted between two files, and say so."""
    from spbe_arch.files import finish_replacing
    from spbe_arch.findings import english

    if finish_replacing(root):
        _tell_interrupted(english("an edit that was interrupted has been finished: its other files are written now"))


def _tell_interrupted(text: str) -> None:
    from spbe_arch.messages import translate

    click.echo(translate(text, language_here(_language_asked_for())), err=True)


cache_option = click.option(
    "--no-cache",
    "cached",
    flag_value=False,
    default=True,
    help="Read a large model anew, and keep nothing in the cache folder (SPBE_CACHE, else the user's).",
)


def load_model(
    root: Path,
    *,
    cache: Cache | bool = True,
    overlay: Mapping[str, bytes] | None = None,
    before: Architecture | None = None,
) -> Architecture:
    import gc
    import os

    from spbe_arch.collecting import collector_held
    from spbe_arch.files import is_half_replaced
    from spbe_arch.findings import english
    from spbe_arch.loading import load

    if is_half_replaced(root):
        _tell_interrupted(
            english(
                "an edit was interrupted, so some files are new and others old; the next edit, as spbe format, ends it"
            )
        )

    with collector_held(), progress_bar() as advance:
        workers = os.cpu_count() or 1
        architecture = load(root, workers=workers, progress=advance, cache=cache, overlay=overlay or {}, before=before)
        gc.freeze()  # the model stays until the command ends, so nobody need look through it for garbage
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta["language of the model"] = architecture.manifest.language
    return architecture


class Models:
    """The models that a command checks, perhaps again and again, with what is kept of large ones.

    Args:
        cached: whether anything is kept.
        again: whether they will be loaded again.
        overlay: texts that stand in place of files of the one model that there is.
    """

    def __init__(self, *, cached: bool, again: bool = False, overlay: Mapping[str, bytes] | None = None) -> None:
        self._cached = cached
        self._again = again
        self._overlay = overlay
        self._caches: dict[Path, Cache] = {}
        self._memories: dict[Path, Memory] = {}
        self._last: dict[Path, Architecture] = {}
        self._regions: dict[Path, Regions] = {}

    def load(self, root: Path) -> Architecture:
        """The model of a repository as it is now."""
        if self._again:
            import gc

            gc.unfreeze()  # the last model may go
        if self._cached and self._again:
            self._last[root] = load_model(
                root, cache=self._cache(root), overlay=self._overlay, before=self._last.get(root)
            )
            return self._last[root]
        return load_model(root, cache=self._cached, overlay=self._overlay)

    def load_typed(self) -> Architecture:
        """The model that the texts of the overlay are by themselves, without a repository."""
        from spbe_arch.loader import load_texts

        return load_texts((self._overlay or {}).items())

    def memory(self, root: Path, architecture: Architecture) -> Memory | None:
        """What the last check of a model found; None if nothing is kept of the model."""
        if not architecture.is_cached:
            return None
        if root not in self._memories:
            from spbe_arch.remembering import LastingMemory

            self._memories[root] = LastingMemory(self._cache(root))
        return self._memories[root]

    def regions(self, root: Path, architecture: Architecture) -> Regions | None:
        """Where the places of earlier findings are; None if nothing is kept of the model."""
        if not architecture.is_cached:
            return None
        if root not in self._regions:
            from spbe_arch.placing import Regions

            self._regions[root] = Regions(self._cache(root))
        return self._regions[root]

    def _cache(self, root: Path) -> Cache:
        if root not in self._caches:
            from spbe_arch.cache import Cache
            from spbe_arch.nodes import Limits

            self._caches[root] = Cache(root, Limits())
        return self._caches[root]


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr while something takes long, if somebody is looking."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bars: list[Any] = []

    def advance(done: int, of: int) -> None:
        if not bars:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
            bars.extend((bar, bar.add_task("", total=of)))
        bars[0].update(bars[1], completed=done)

    try:
        yield advance
    finally:
        if bars:
            bars[0].stop()


def knows_colour() -> bool:
    """Whether stdout is a terminal whose owner has not asked for plain text (no-color.org)."""
    import os

    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def shown_folder(root: Path) -> str:
    """How paths in the repository begin, seen from the current folder."""
    folder = shown_path(root)
    return "" if folder == "." else folder + "/"


def shown_path(path: Path) -> str:
    """A path as it is seen from the current folder."""
    import os

    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def roots_of(paths: tuple[str, ...]) -> dict[Path, set[str]]:
    """The repositories of some paths, each with the paths in it that are asked for; "" stands for all."""
    import os

    from spbe_arch.loading import find_root

    roots: dict[Path, set[str]] = {}
    for path in paths:
        root = find_root(path)
        inside = Path(os.path.relpath(Path(path).absolute(), root)).as_posix()
        roots.setdefault(root, set()).add("" if inside == "." else inside)
    return roots


def refuse_strangers(known: set[str], chosen: set[str]) -> None:
    """A file that is no part of the model has no findings, and is not clean for that."""
    strangers = [path for path in sorted(chosen) if path and not _is_part(known, path)]
    if not strangers:
        return
    from spbe_arch.messages import translate

    language = language_here(_language_asked_for())
    for path in strangers:
        said = translate("{path} is no part of the model: no YAML file, hidden, or excluded", language)
        click.echo(f"spbe: {said.format(path=path)}", err=True)
    if len(strangers) == len(chosen):
        sys.exit(2)


def _is_part(known: set[str], path: str) -> bool:
    return path in known or any(one.startswith(path + "/") for one in known)


def language_here(language: str | None) -> str:
    """The language of what is said where no model is at hand: that of the model which the command has loaded has a say.

    Before one is loaded, that is the one of the repository around the current folder.
    """
    from spbe_arch.loading import manifest_above
    from spbe_arch.messages import pick_language

    context = click.get_current_context(silent=True)
    if context is not None and "language of the model" in context.meta:
        return pick_language(language, context.meta["language of the model"])
    manifest = manifest_above()
    return pick_language(language, manifest.language if manifest is not None else None)


def deliver(text: str, output_file: str | None, *, quietly: bool = True) -> None:
    """Print a text, or write it into a file.

    Args:
        text: all that there is to say.
        output_file: the file; None for stdout.
        quietly: whether it does not matter that nobody reads what is printed.
    """
    if output_file is None:
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:  # as of `| head`: the exit code still tells what was found
            if not quietly:
                raise
            close_quietly()
        return
    from spbe_arch.files import hand_out

    hand_out(Path(output_file), text.encode(errors="backslashreplace"))  # as stdout does with names that are no text


def close_quietly() -> None:
    """Whoever read our output has gone; Python must not try to flush into it at the end."""
    import os

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
