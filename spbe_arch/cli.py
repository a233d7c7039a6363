"""The command `spbe`: reads arguments, calls the library, prints what it returns."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from spbe_arch.errors import SpbeError
from spbe_arch.formats import NAMES as FORMATS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings, Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["main"]

_BASELINE = ".spbe-baseline.json"
"""Where a baseline is written if nobody says where."""


class _Failure(click.ClickException):
    """What could not be done, in the language of the reader."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"spbe: {self.message}", file=file, err=True)


class _Group(click.Group):
    """Names the command that was probably meant, and says in words what could not be done."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpbeError as error:
            from spbe_arch.messages import in_words

            raise _Failure(in_words(error, _language_here(ctx.meta.get("language")))) from error

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from spbe_arch.metamodel.values import near_miss

            near = near_miss(args[0], self.list_commands(ctx))
            if near:
                raise click.UsageError(f"{error.message} Did you mean '{near}'?", ctx) from error
            raise


def _remember(ctx: click.Context, _option: click.Parameter, language: str | None) -> str | None:
    """Keep the language where errors are put in words, too."""
    ctx.meta["language"] = language
    return language


_language = click.option(
    "--language",
    callback=_remember,
    is_eager=True,
    type=click.Choice(["id", "en"]),
    help="Language of messages; else SPBE_LANGUAGE, the manifest, the locale.",
)
_path = click.argument("path", default=".", type=click.Path())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version="0.1.0", prog_name="spbe", message="%(prog)s %(version)s")
def app() -> None:
    """The architecture of a government, kept as text in git, checked like code, drawn like a document."""


@app.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}. Several may be asked for: those with an --output-file each come first.",
)
@click.option(
    "--output-file",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="Write the format there instead of printing it.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these: codes, beginnings (SPBE5) or names, with commas.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these. Family 0 cannot be ignored.")
@click.option("--extend", multiple=True, metavar="RULES", help="These too, for rules that do not run by default.")
@click.option("--fail-level", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this level on.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day for rules about time, as in 2026-11-01; else the manifest's, else today.",
)
@click.option("--baseline", type=click.Path(dir_okay=False), help="Leave out the findings that this file knows.")
@click.option("--write-baseline", is_flag=True, help="Write what is found into the baseline, and exit with 0.")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is no longer found; exit with 0.")
@click.option("--statistics", is_flag=True, help="Count by rule and by unit instead of listing.")
@click.option("--group-by", type=click.Choice(["unit"]), help="A list of what to do for each unit.")
@click.option("--show-settings", is_flag=True, help="Print what holds and where it comes from, and check nothing.")
@_language
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    files: tuple[str, ...],
    language: str | None,
    *,
    write_baseline: bool,
    prune_baseline: bool,
    statistics: bool,
    group_by: str | None,
    show_settings: bool,
    exit_zero: bool,
    **rules: Any,
) -> None:
    """Check the architecture in PATHS (default: here) against the rules.

    A file or folder inside a repository loads the whole model and reports what stands in it.
    """
    from spbe_arch.checking import sum_up
    from spbe_arch.formats import FOR_PEOPLE, FROM_GIT_ROOT, Style
    from spbe_arch.messages import Teller, pick_language

    wanted = _formats(formats, files, statistics=statistics, group_by=group_by)
    told: dict[bool, list[Told]] = {True: [], False: []}
    runs: list[tuple[Findings, int, str]] = []
    for root, chosen in _roots(paths or (".",)).items():
        architecture = _load(root)
        _refuse_strangers(architecture, chosen)
        spoken = pick_language(language, architecture.manifest.language)
        if show_settings:
            click.echo(_settings_text(architecture, rules), nl=False)
            continue
        if write_baseline or prune_baseline:
            _keep_baseline(architecture, root, rules, spoken, prune=prune_baseline)
            continue
        findings = _check(architecture, root, rules, hide=True).within(chosen)
        most = findings.settings.most_findings if FOR_PEOPLE.issuperset(name for name, _ in wanted) else len(findings)
        for from_git in {name in FROM_GIT_ROOT for name, _ in wanted}:
            folder = _git_folder(root) if from_git else _shown_folder(root)
            told[from_git] += Teller(architecture, spoken, folder).tell(findings[:most])
        runs.append((findings, max(0, len(findings) - most), spoken))
    if not runs:
        return
    summary = sum_up(findings.summary for findings, _, _ in runs)
    for name, file in wanted:
        style = Style(runs[0][2], colour=file is None and _knows_colour())
        _deliver(_written(name, told[name in FROM_GIT_ROOT], summary, style), file)
    for findings, hidden, spoken in runs:
        _summarize(findings, hidden, spoken)
    sys.exit(1 if any(findings.failed for findings, _, _ in runs) and not exit_zero else 0)


def _formats(
    formats: tuple[str, ...], files: tuple[str, ...], *, statistics: bool, group_by: str | None
) -> list[tuple[str, str | None]]:
    """The formats asked for, each with the file it goes to; one without a file is printed."""
    if statistics and group_by:
        raise click.UsageError("--statistics counts and --group-by lists: take one of them")
    named = [_arranged(name, statistics=statistics, group_by=group_by) for name in formats or ("full",)]
    if len(files) > len(named):
        raise click.UsageError("each --output-file needs an --output-format")
    if len(named) > len(files) + 1:
        raise click.UsageError("only one format can be printed; give the others an --output-file each")
    return list(zip(named, (*files, *[None] * (len(named) - len(files))), strict=True))


def _arranged(name: str, *, statistics: bool, group_by: str | None) -> str:
    if not statistics and group_by is None:
        return name
    if name not in ("full", "csv"):
        raise click.UsageError(f"--statistics and --group-by come as text or csv, not as {name}")
    if name == "csv":
        return "statistics-csv" if statistics else "csv"
    return "statistics" if statistics else "todo"


def _written(name: str, told: list[Told], summary: Summary, style: Style) -> str:
    from spbe_arch.formats import format_named

    return format_named(name)(told, summary, style)


def _check(architecture: Architecture, root: Path, rules: dict[str, Any], *, hide: bool) -> Findings:
    from spbe_arch.checking import check

    baseline = _baseline_path(architecture, root, rules["baseline"]) if hide else None
    known = _counts_of_baseline(baseline) if baseline is not None else None
    return check(architecture, baseline=known, **_arguments(rules))


def _arguments(rules: dict[str, Any]) -> dict[str, Any]:
    """The options about rules, as the library takes them."""
    from spbe_arch.findings import Level
    from spbe_arch.metamodel.values import read_date

    as_of = rules["as_of"]
    day = read_date(as_of) if as_of else None
    if as_of and day is None:
        raise click.BadParameter(f"{as_of!r} is not a date; write it as in 2026-11-01", param_hint="--as-of")
    return {
        "select": _listed(rules["select"]),
        "ignore": _listed(rules["ignore"]),
        "extend": _listed(rules["extend"]),
        "as_of": day.last_day if day else None,
        "fail_level": Level(rules["fail_level"]) if rules["fail_level"] else None,
    }


def _baseline_path(architecture: Architecture, root: Path, given: str | None) -> Path | None:
    """The baseline that holds: the one given, else that of the manifest, which must lie in the repository."""
    if given is not None:
        return Path(given)
    named = architecture.manifest.check.get("baseline")
    path = root / named if isinstance(named, str) else None
    if path is not None and not path.resolve().is_relative_to(root.resolve()):
        raise click.UsageError(f"the baseline {named!r} of the manifest lies outside the repository")
    return path


def _counts_of_baseline(path: Path) -> Counter[str]:
    from spbe_arch.baseline import read_baseline

    return read_baseline(_bytes_of_baseline(path), path.as_posix())


def _bytes_of_baseline(path: Path) -> bytes:
    from spbe_arch.baseline import BaselineError
    from spbe_arch.files import UnreadableFileError, read_bytes

    try:
        return read_bytes(path, 50_000_000)
    except UnreadableFileError as error:
        raise BaselineError("baseline {path!r} cannot be read: {reason}", path=str(path), reason=str(error)) from error


def _keep_baseline(
    architecture: Architecture, root: Path, rules: dict[str, Any], language: str, *, prune: bool
) -> None:
    """Write the baseline of the whole model, or take out of it what is no longer found; either way, say so."""
    from spbe_arch.baseline import pruned, written
    from spbe_arch.catalogue import declared
    from spbe_arch.files import write_bytes
    from spbe_arch.messages import counted, translate

    findings = _check(architecture, root, rules, hide=False)
    named = _baseline_path(architecture, root, rules["baseline"])
    path = named or root / _BASELINE
    kept = [one for one in findings if not declared()[one.code].always]
    if prune:
        if len(kept) < len(findings):
            raise click.UsageError("the model cannot be read in full, so nothing can be said to be no longer found")
        text = pruned(_bytes_of_baseline(path), path.as_posix(), architecture, kept, findings.settings.codes)
    else:
        text = written(architecture, kept)
    write_bytes(path, text.encode())
    count = sum(_counts_of_baseline(path).values())
    known = counted(count, "{count} finding is known", "{count} findings are known", language)
    click.echo(f"{path.as_posix()}: {known}", err=True)
    if named is None and not prune:
        said = translate(
            "from now on: spbe check --baseline {path}, or 'baseline: {name}' under 'check' in {manifest}", language
        )
        click.echo(
            said.format(path=path.as_posix(), name=_BASELINE, manifest=(root / "spbe.yaml").as_posix()), err=True
        )


def _settings_text(architecture: Architecture, rules: dict[str, Any]) -> str:
    """What holds in a check and where it comes from, one setting a line."""
    from dataclasses import fields

    from spbe_arch.config import settle

    settings, _ = settle(architecture.manifest, **_arguments(rules))
    lines = []
    for field in fields(settings):
        if field.name == "origins":
            continue
        value = getattr(settings, field.name)
        shown = " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
        origin = settings.origins.get(field.name, "default")
        if field.name == "codes":
            origin = ", ".join(settings.origins[n] for n in ("select", "ignore", "extend") if n in settings.origins)
        lines.append(f"{field.name} = {shown}  # {origin or 'default'}\n")
    return "".join(lines)


def _git_folder(root: Path) -> str:
    """How paths in the repository begin, seen from the root of the git repository it is in."""
    from spbe_arch.files import find_up_any

    top = find_up_any(root, ".git")
    if top is None:
        return _shown_folder(root)
    folder = root.resolve().relative_to(top.resolve()).as_posix()
    return "" if folder == "." else folder + "/"


def _roots(paths: tuple[str, ...]) -> dict[Path, set[str]]:
    """The repositories of some paths, each with the paths in it that are asked for; "" stands for all."""
    import os

    from spbe_arch.loading import find_root

    roots: dict[Path, set[str]] = {}
    for path in paths:
        root = find_root(path)
        inside = Path(os.path.relpath(Path(path).absolute(), root)).as_posix()
        roots.setdefault(root, set()).add("" if inside == "." else inside)
    return roots


def _refuse_strangers(architecture: Architecture, chosen: set[str]) -> None:
    """A file that is no part of the model has no findings, and is not clean for that."""
    known = set(architecture.texts)
    strangers = [path for path in sorted(chosen) if path and not _is_part(known, path)]
    for path in strangers:
        click.echo(f"spbe: {path} is no part of the model: no YAML file, hidden, or excluded", err=True)
    if len(strangers) == len(chosen):
        sys.exit(2)


def _is_part(known: set[str], path: str) -> bool:
    return path in known or any(one.startswith(path + "/") for one in known)


def _load(root: Path) -> Architecture:
    import gc
    import os

    from spbe_arch.loading import load

    with _progress() as advance:
        architecture = load(root, workers=os.cpu_count() or 1, progress=advance)
    gc.freeze()  # the model stays until the command ends, so nobody need look through it for garbage
    return architecture


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr while many files are read, if somebody is looking."""
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


def _listed(texts: tuple[str, ...]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def _knows_colour() -> bool:
    """Whether stdout is a terminal whose owner has not asked for plain text (no-color.org)."""
    import os

    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _shown_folder(root: Path) -> str:
    """How paths in the repository begin, seen from the current folder."""
    import os

    try:
        folder = Path(os.path.relpath(root)).as_posix()
    except ValueError:  # another drive of Windows
        folder = root.as_posix()
    return "" if folder == "." else folder + "/"


def _summarize(findings: Findings, hidden: int, language: str) -> None:
    """The last lines, on stderr: what was found and what to type next."""
    from spbe_arch.messages import counted, translate

    def say(text: str, **values: str) -> None:
        click.echo(translate(text, language).format(**values), err=True)

    summary = findings.summary
    if hidden:
        more = counted(hidden, "{count} more finding", "{count} more findings", language)
        say("{findings} not shown; --output-format json has all", findings=more)
    say(
        "{errors}, {warnings}, {notes}; {elements} and {links} in {files}, as of {day}",
        errors=counted(summary.errors, "{count} error", "{count} errors", language),
        warnings=counted(summary.warnings, "{count} warning", "{count} warnings", language),
        notes=counted(summary.notes, "{count} note", "{count} notes", language),
        elements=counted(summary.elements, "{count} element", "{count} elements", language),
        links=counted(summary.links, "{count} link", "{count} links", language),
        files=counted(summary.files, "{count} file", "{count} files", language),
        day=summary.as_of.isoformat(),
    )
    left_out = []
    if summary.known:
        left_out.append(counted(summary.known, "{count} in the baseline", "{count} in the baseline", language))
    if summary.suppressed:
        silenced = counted(summary.suppressed, "{count} by a comment", "{count} by comments", language)
        left_out.append(silenced)
    if left_out:
        say("findings left out: {left_out}", left_out=", ".join(left_out))
    if summary.undecided:
        undecided = counted(summary.undecided, "{count} rule or link", "{count} rules or links", language)
        say("{undecided} could not be judged: what it would rest on is broken", undecided=undecided)
    if len(findings):
        code = min(findings, key=lambda one: (one.level.rank, one.code)).code
        say("why, and how to mend it: spbe explain {code}", code=code)


def _language_here(language: str | None) -> str:
    """The language of a command that reads no model: the repository around the current folder has a say."""
    from spbe_arch.loading import manifest_above
    from spbe_arch.messages import pick_language

    manifest = manifest_above()
    return pick_language(language, manifest.language if manifest is not None else None)


def _deliver(text: str, output_file: str | None) -> None:
    if output_file is None:
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:  # as of `| head`: the exit code still tells what was found
            _close_quietly()
        return
    from spbe_arch.files import write_bytes

    write_bytes(Path(output_file), text.encode())


@app.command()
@click.argument("rule")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_language
def explain(rule: str, output_format: str, language: str | None) -> None:
    """Print the page of a RULE: why it matters, its basis, a wrong and a right example, how to fix it."""
    from spbe_arch.config import find_rule
    from spbe_arch.pages import page_as_json, page_as_text

    tongue = _language_here(language)
    found = find_rule(rule)
    click.echo(page_as_json(found, tongue) if output_format == "json" else page_as_text(found, tongue), nl=False)


@app.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_language
def rules(output_format: str, language: str | None) -> None:
    """List all rules with code, level and name."""
    from spbe_arch.pages import list_as_json, list_as_text

    click.echo(list_as_json() if output_format == "json" else list_as_text(_language_here(language)), nl=False)


@app.command()
@_path
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False),
    required=True,
    help="Folder for the pictures.",
)
@click.option(
    "--view",
    "views",
    multiple=True,
    metavar="VIEW",
    help="As in layers, layers:UNIT, chain:SERVICE, landscape, impact:ID, matrix:applications-data; else a useful set.",
)
@click.option("--format", "formats", multiple=True, type=click.Choice(["svg", "png"]), help="Default: both.")
@click.option("--dpi", type=click.IntRange(36, 600), default=150, show_default=True, help="Resolution of PNG.")
@_language
def render(
    path: str, folder: str, views: tuple[str, ...], formats: tuple[str, ...], dpi: int, language: str | None
) -> None:
    """Draw the architecture in PATH (default: here) into a folder."""
    from spbe_arch.checking import check as check_all
    from spbe_arch.loading import find_root
    from spbe_arch.messages import counted, translate
    from spbe_arch.rendering import render as draw_all

    architecture = _load(find_root(path))
    findings = check_all(architecture)
    tongue = language or architecture.manifest.language or "id"
    wanted = formats or ("svg", "png")
    written = 0
    for picture in draw_all(architecture, findings, views=views, formats=wanted, dpi=dpi, language=tongue):
        from spbe_arch.files import write_bytes

        target = Path(folder) / picture.name
        changed = write_bytes(target, picture.data)
        written += changed
        state = translate("drawn" if changed else "unchanged", tongue)
        click.echo(f"{target.as_posix()}  {state}")
    if findings.summary.errors:
        errors = counted(findings.summary.errors, "{count} error", "{count} errors", tongue)
        said = translate("the model has {errors}, so something may be missing from the pictures: spbe check", tongue)
        click.echo(said.format(errors=errors), err=True)


@app.command()
@click.option("--manifest", is_flag=True, help="Of spbe.yaml instead of model files.")
@_language
def schema(manifest: bool, language: str | None) -> None:
    """Print the JSON Schema of a model file, for editors."""
    from spbe_arch.schema import schema_text

    click.echo(schema_text(_language_here(language), manifest=manifest), nl=False)


def main() -> None:
    """Run the command: exit 0 clean, 1 findings, 2 could not do it, 3 our own fault, 130 interrupted."""
    try:
        _print_utf8()
        code = app(standalone_mode=False)
        if isinstance(code, int) and code:
            sys.exit(code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        _end_workers(130)
        sys.exit(130)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(0)
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        click.echo(f"spbe: {named}{error.strerror or error}", err=True)
        sys.exit(2)
    except MemoryError:
        click.echo("spbe: there is not enough memory for this model", err=True)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - whatever else is raised is a fault of ours, and is said to be one
        _own_up(error)
        sys.exit(3)


def _end_workers(code: int) -> None:
    """End at once if processes still read files; they would be waited for, and complain if they were not."""
    if "multiprocessing" not in sys.modules:
        return
    import os
    from multiprocessing import active_children

    children = active_children()
    if children:
        sys.setswitchinterval(60)  # no other thread shall notice and say so
        for child in children:
            child.kill()
        os._exit(code)


def _own_up(error: Exception) -> None:
    """Say that the program has a fault, shortly; the traceback is for those who look for it."""
    import os

    if os.environ.get("SPBE_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    name = type(error).__name__
    said = " ".join(str(error).split())[:200]
    click.echo(f"spbe: a fault of spbe itself, not of your model: {name}{f': {said}' if said else ''}", err=True)
    click.echo("please report it with the command you typed; SPBE_DEBUG=1 shows where it happened", err=True)


def _print_utf8() -> None:
    """Piped output is UTF-8 with line feeds on every system."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _close_quietly() -> None:
    """Whoever read our output has gone; Python must not try to flush into it at the end."""
    import os

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


if __name__ == "__main__":
    main()
