"""`spbe check`: the findings of a model, in one format or several."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from spbe_arch.cli.baselines import keep_baseline, known_findings
from spbe_arch.cli.completing import complete_codes
from spbe_arch.cli.mending import (
    Run,
    diffs,
    mended_run,
    say_what_can_be_fixed,
    say_what_was_fixed,
    write_changes,
)
from spbe_arch.cli.shared import (
    Misuse,
    Models,
    cache_option,
    deliver,
    finish_edit,
    knows_colour,
    language_here,
    language_option,
    refuse_strangers,
    roots_of,
    shown_folder,
)
from spbe_arch.cli.stdin import STDIN, Typed, typed
from spbe_arch.cli.watching import keep_watching
from spbe_arch.formats import NAMES as FORMATS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings, Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told
    from spbe_arch.remembering import Memory

__all__ = ["check"]


class _Paired(click.Command):
    """A command that knows in which order formats and files were typed, so that a file goes to the format beside it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_TYPED] = [one.name for one in order if one.name in ("formats", "files")]
        return super().parse_args(ctx, args)


_TYPED = "spbe_arch.cli.check.typed"


@click.command(cls=_Paired)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}. Several may be asked for, all but one with an --output-file behind it.",
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
    shell_complete=complete_codes,
    metavar="RULES",
    help="Only these: codes, beginnings (SPBE5) or names, with commas.",
)
@click.option(
    "--ignore",
    multiple=True,
    shell_complete=complete_codes,
    metavar="RULES",
    help="All but these. Family 0 cannot be ignored.",
)
@click.option(
    "--extend",
    multiple=True,
    shell_complete=complete_codes,
    metavar="RULES",
    help="These too, for rules that do not run by default.",
)
@click.option("--fail-level", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this level on.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day for rules about time, as in 2026-11-01; else the manifest's, else today.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain; all else in the files stays.")
@click.option("--unsafe-fixes", is_flag=True, help="Show guesses too, as of what was misspelt; with --fix, make them.")
@click.option(
    "--diff", is_flag=True, help="Print what --fix would change, and change nothing; exit with 1 if it would."
)
@click.option("--baseline", type=click.Path(dir_okay=False), help="Leave out the findings that this file knows.")
@click.option("--write-baseline", is_flag=True, help="Write what is found into the baseline, and exit with 0.")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is no longer found; exit with 0.")
@click.option("--statistics", is_flag=True, help="Count by rule and by unit instead of listing.")
@click.option("--group-by", type=click.Choice(["unit"]), help="A list of what to do for each unit.")
@click.option("--show-settings", is_flag=True, help="Print what holds and where it comes from, and check nothing.")
@click.option("--stdin-filename", metavar="FILE", help="With - for PATHS: the text on stdin stands in place of FILE.")
@click.option("--watch", is_flag=True, help="Check again whenever something changes, until Ctrl-C.")
@cache_option
@language_option
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
    stdin_filename: str | None,
    watch: bool,
    cached: bool,
    exit_zero: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    **rules: Any,
) -> None:
    """Check the architecture in PATHS (default: here) against the rules.

    A file or folder inside a repository loads the whole model and reports what stands in it. For PATHS may stand -, the
    text on stdin: of one file, or in place of a file of a model.
    """
    wanted = _formats(formats, files, statistics=statistics, group_by=group_by)
    keeps = write_baseline or prune_baseline or show_settings
    if write_baseline + prune_baseline + show_settings > 1:
        raise Misuse("--write-baseline, --prune-baseline and --show-settings each stand alone: take one of them")
    _refuse_mixtures(mends=fix or diff, keeps=keeps, prints=diff and bool(formats or files))
    stdin = typed(paths, stdin_filename)
    _say_what_stays(_listed(rules["ignore"]), language)
    if fix:
        for root in roots_of(paths or (".",)):
            finish_edit(root)
    models = Models(cached=cached, again=watch, overlay={stdin.path: stdin.text} if stdin else None)
    asked = _Asked(paths or (".",), stdin, wanted, language, rules, fix, diff, unsafe_fixes)
    if stdin and (watch or write_baseline or prune_baseline or asked.mends):
        raise Misuse("stdin is checked once: it is not watched, mended or put into a baseline")
    if watch:
        if keeps or asked.mends:
            raise Misuse("--watch checks, and does nothing else")
        keep_watching(asked.paths, lambda: _report(asked, models, quietly=False), language, rules["baseline"])
        return
    if keeps:
        for root, architecture, _ in _models(asked, models):
            if show_settings:
                click.echo(_settings_text(root, architecture, rules), nl=False)
            else:
                from spbe_arch.messages import pick_language

                spoken = pick_language(language, architecture.manifest.language)
                findings = _check(architecture, rules, memory=models.memory(root, architecture))
                keep_baseline(findings, root, rules["baseline"], spoken, prune=prune_baseline)
        return
    failed = _report(asked, models)
    sys.exit(1 if failed and not exit_zero else 0)


def _say_what_stays(ignored: list[str], language: str | None) -> None:
    """What is asked to be ignored and is shown nevertheless: rules that say that something was not read."""
    if not ignored:
        return
    from spbe_arch.catalogue import is_always
    from spbe_arch.config import codes_of
    from spbe_arch.errors import UnknownRuleError
    from spbe_arch.messages import translate

    for name in ignored:
        try:
            is_futile = all(map(is_always, codes_of(name)))
        except UnknownRuleError:  # an own rule of the model, or a mistake that is told when the model is read
            continue
        if is_futile:
            said = translate(
                "--ignore {name}: it says that something was not read, so it is shown all the same",
                language_here(language),
            )
            click.echo(said.format(name=name), err=True)


class _Asked(NamedTuple):
    """What is asked for."""

    paths: tuple[str, ...]
    stdin: Typed | None
    """Asked for instead of paths."""
    wanted: list[tuple[str, str | None]]
    """The formats, each with the file it goes to."""
    language: str | None
    rules: dict[str, Any]
    fix: bool
    diff: bool
    unsafe: bool

    @property
    def mends(self) -> bool:
        """Whether what is found is mended, or it is shown how it would be."""
        return self.fix or self.diff


def _models(asked: _Asked, models: Models) -> Iterator[tuple[Path, Architecture, set[str]]]:
    """The models asked for, each with its root and the paths in it whose findings are shown; "" stands for all."""
    stdin = asked.stdin
    roots = roots_of(asked.paths) if stdin is None else {stdin.root: {stdin.path}}
    for root, chosen in roots.items():
        architecture = models.load_typed() if chosen == {STDIN} else models.load(root)
        refuse_strangers(set(architecture.texts), chosen)
        yield root, architecture, chosen


def _report(asked: _Asked, models: Models, *, quietly: bool = True) -> bool:
    """Check what is asked for and print what is found; whether that fails the run.

    Args:
        asked: what is asked for.
        models: where models come from.
        quietly: whether it does not matter that nobody reads the output any longer.
    """
    from spbe_arch.checking import sum_up
    from spbe_arch.formats import FOR_PEOPLE, FROM_GIT_ROOT, WITH_RELATED, Style
    from spbe_arch.messages import Teller, pick_language

    mended: list[Run] = []
    told: dict[bool, list[Told]] = {True: [], False: []}
    told_to_people: list[Told] = []
    names = {name for name, _ in asked.wanted}
    runs: list[tuple[Findings, int, str]] = []
    for root, architecture, chosen in _models(asked, models):
        spoken = pick_language(asked.language, architecture.manifest.language)
        known = known_findings(architecture, root, asked.rules["baseline"])
        memory = models.memory(root, architecture)
        again = partial(_check, rules=asked.rules, known=known, memory=memory)
        if asked.mends:
            mended.append(mended_run(architecture, again, root, chosen, spoken, unsafe=asked.unsafe))
            findings = mended[-1].findings
        else:
            findings = again(architecture).within(chosen)
        most = findings.settings.most_findings
        regions = models.regions(root, findings.architecture)
        for from_git in {name in FROM_GIT_ROOT for name in names}:
            folder = _git_folder(root) if from_git else shown_folder(root)
            related = not WITH_RELATED.isdisjoint(names)
            teller = Teller(findings.architecture, spoken, folder, related=related, regions=regions)
            these = teller.tell(findings[:most] if names <= FOR_PEOPLE else findings)
            told[from_git] += these
            told_to_people += () if from_git else these[:most]
        if regions is not None:
            regions.keep()
        hidden = 0 if FOR_PEOPLE.isdisjoint(names) else max(0, len(findings) - most)
        runs.append((findings, hidden, spoken))
    if asked.diff:
        _show_diff(mended, unsafe=asked.unsafe)
    write_changes(mended)
    summary = sum_up(findings.summary for findings, _, _ in runs)
    for name, file in asked.wanted:
        style = Style(runs[0][2], colour=file is None and knows_colour(), guesses=asked.unsafe)
        these = told_to_people if name in FOR_PEOPLE else told[name in FROM_GIT_ROOT]
        deliver(_written(name, these, summary, style), file, quietly=quietly)
    for findings, hidden, spoken in runs:
        _summarize(findings, hidden, spoken)
        say_what_can_be_fixed(findings, spoken, unsafe=asked.unsafe, is_done=asked.fix)
    say_what_was_fixed(mended, written=True, unsafe=asked.unsafe)
    return any(findings.failed for findings, _, _ in runs)


def _refuse_mixtures(*, mends: bool, keeps: bool, prints: bool) -> None:
    if mends and keeps:
        raise Misuse("--fix and --diff mend what is found; the baseline and the settings are looked at apart")
    if prints:
        raise Misuse("--diff prints a diff and no findings, so it takes no format and no file")


def _show_diff(runs: list[Run], *, unsafe: bool) -> NoReturn:
    """Print what fixing would change, and end."""
    changes = [(shown_folder(run.root) + path, change) for run in runs for path, change in run.mended.changes.items()]
    deliver(diffs(changes, for_terminal=sys.stdout is not None and sys.stdout.isatty()), None)
    say_what_was_fixed(runs, written=False, unsafe=unsafe)
    sys.exit(1 if changes else 0)


def _formats(
    formats: tuple[str, ...], files: tuple[str, ...], *, statistics: bool, group_by: str | None
) -> list[tuple[str, str | None]]:
    """The formats asked for, each with the file it goes to; one without a file is printed."""
    if statistics and group_by:
        raise Misuse("--statistics counts and --group-by lists: take one of them")
    named = [_arranged(name, statistics=statistics, group_by=group_by) for name in formats or ("full",)]
    twice = next((file for at, file in enumerate(files) if _is_among(file, files[:at])), None)
    if twice is not None:
        raise Misuse("{file} is to hold two formats; give each a file of its own", file=twice)
    typed = click.get_current_context().meta[_TYPED] if formats else ["formats", *["files"] * len(files)]
    paired = _paired(typed, named, files)
    if sum(file is None for _, file in paired) > 1:
        raise Misuse("only one format can be printed; give the others an --output-file each")
    return paired


def _paired(typed: list[str], formats: list[str], files: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Each format with the file that was typed behind it, or else before it."""
    left = iter(files)
    waiting: list[str] = []
    found: list[tuple[str, str | None]] = []
    names = iter(formats)
    for kind in typed:
        if kind == "formats":
            found.append((next(names), waiting.pop() if waiting else None))
        elif found and found[-1][1] is None and not waiting:
            found[-1] = (found[-1][0], next(left))
        else:
            waiting.append(next(left))
    if waiting:
        raise Misuse("each --output-file needs an --output-format")
    return found


def _is_among(file: str, others: tuple[str, ...]) -> bool:
    """Whether a file is one of some others, however it is written; a device, as /dev/stdout, takes any number."""
    from pathlib import Path

    is_device = Path(file).exists() and not Path(file).is_file()
    return not is_device and os.path.realpath(file) in map(os.path.realpath, others)


def _arranged(name: str, *, statistics: bool, group_by: str | None) -> str:
    if not statistics and group_by is None:
        return name
    if name not in ("full", "csv"):
        raise Misuse("--statistics and --group-by come as text or csv, not as {name}", name=name)
    if name == "csv":
        return "statistics-csv" if statistics else "csv"
    return "statistics" if statistics else "todo"


def _written(name: str, told: list[Told], summary: Summary, style: Style) -> str:
    from spbe_arch.formats import format_named

    return format_named(name)(told, summary, style)


def _check(
    architecture: Architecture,
    rules: dict[str, Any],
    known: Counter[str] | None = None,
    memory: Memory | None = None,
) -> Findings:
    from spbe_arch.checking import check

    return check(architecture, baseline=known, memory=memory, workers=os.cpu_count() or 1, **_arguments(rules))


def _arguments(rules: dict[str, Any]) -> dict[str, Any]:
    """The options about rules, as the library takes them."""
    from spbe_arch.findings import Level
    from spbe_arch.metamodel.values import read_date

    as_of = rules["as_of"]
    day = read_date(as_of) if as_of else None
    if as_of and day is None:
        raise Misuse("--as-of: {day!r} is not a date; write it as in 2026-11-01", day=as_of)
    return {
        "select": _listed(rules["select"]),
        "ignore": _listed(rules["ignore"]),
        "extend": _listed(rules["extend"]),
        "as_of": day.last_day if day else None,
        "fail_level": Level(rules["fail_level"]) if rules["fail_level"] else None,
    }


def _settings_text(root: Path, architecture: Architecture, rules: dict[str, Any]) -> str:
    from spbe_arch.cli.settings import settings_text
    from spbe_arch.config import rules_of, settle

    settings, _ = settle(architecture.manifest, rules=rules_of(architecture), **_arguments(rules))
    return settings_text(settings, shown_folder(root) + architecture.manifest.path, rules["baseline"])


def _git_folder(root: Path) -> str:
    """How paths in the repository begin, seen from the root of the git repository it is in."""
    from spbe_arch.files import find_up_any

    top = find_up_any(root, ".git")
    if top is None:
        return shown_folder(root)
    folder = root.resolve().relative_to(top.resolve()).as_posix()
    return "" if folder == "." else folder + "/"


def _listed(texts: tuple[str, ...]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


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
        say("{undecided} could not be judged while other faults stand", undecided=undecided)
    if len(findings):
        code = min(findings, key=lambda one: (one.level.rank, one.code)).code
        say("why, and how to mend it: spbe explain {code}", code=code)
