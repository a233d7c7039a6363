"""Runs the rules over an architecture and puts what all families found into one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, overload
from weakref import WeakKeyDictionary

from spbe_arch.arguments import several
from spbe_arch.baseline import unknown
from spbe_arch.catalogue import declared, reading
from spbe_arch.collecting import collector_held
from spbe_arch.config import Settings, rules_of, settle
from spbe_arch.findings import Fault, Finding, Level
from spbe_arch.linking import LAST_LINE
from spbe_arch.loading import Texts
from spbe_arch.own_tables import own_tables
from spbe_arch.rules import Check, all_rules
from spbe_arch.running import Outcome, run, shared_out
from spbe_arch.showing import show
from spbe_arch.suppressing import suppress

if TYPE_CHECKING:
    import datetime
    from collections import Counter
    from collections.abc import Collection, Hashable

    from spbe_arch.architecture import Architecture
    from spbe_arch.own_tables import OwnTables
    from spbe_arch.remembering import Memory

__all__ = ["Findings", "Summary", "check", "check_both", "sum_up"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run looked at, and what came of it."""

    errors: int
    warnings: int
    notes: int
    undecided: int
    """How often a rule or a link could not be judged because what it rests on is broken."""
    suppressed: int
    """Findings that comments silence."""
    known: int
    """Findings that the baseline knows."""
    files: int
    elements: int
    links: int
    as_of: datetime.date
    """The day that rules about time went by."""


class _Counts(NamedTuple):
    """What a check found and does not show."""

    undecided: int
    suppressed: int
    known: int


class Findings(Sequence[Finding]):
    """The findings of a check, in the order of paths and places, with a summary."""

    def __init__(
        self, findings: Iterable[Finding], architecture: Architecture, settings: Settings, counts: _Counts
    ) -> None:
        self._findings = tuple(findings)
        self.architecture = architecture
        self.settings = settings
        """What held in this check."""
        levels = [finding.level for finding in self._findings]
        self.summary = Summary(
            errors=levels.count(Level.ERROR),
            warnings=levels.count(Level.WARNING),
            notes=levels.count(Level.NOTE),
            undecided=counts.undecided,
            suppressed=counts.suppressed,
            known=counts.known,
            files=sum(len(member.files) + 1 for member in architecture.members),
            elements=len(architecture),
            links=architecture.link_count,
            as_of=settings.as_of,
        )

    def __len__(self) -> int:
        return len(self._findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return self._findings[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def within(self, paths: Collection[str]) -> Findings:
        """Those that stand in some files, or in files of some folders; an empty path stands for all.

        The summary counts these findings; what was read is still the whole model.
        """
        if "" in paths:
            return self
        chosen = tuple(path + "/" for path in paths)
        kept = [one for one in self._findings if one.place.path in paths or one.place.path.startswith(chosen)]
        summary = self.summary
        counts = _Counts(summary.undecided, summary.suppressed, summary.known)
        return Findings(kept, self.architecture, self.settings, counts)

    @property
    def failed(self) -> bool:
        """Whether any finding weighs as much as the fail level, or more."""
        return self.at_least(self.settings.fail_level)

    def at_least(self, level: Level) -> bool:
        """Whether any finding weighs as much as the level, or more."""
        return any(finding.level.at_least(level) for finding in self._findings)

    def __str__(self) -> str:
        """Each finding on one line, in the language of the manifest."""
        from spbe_arch.messages import tell  # a check that is put into words elsewhere does without

        return "\n".join(map(str, tell(self.architecture, self)))

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the findings."""
        return str(show("findings_as_html", self))

    def __repr__(self) -> str:
        summary = self.summary
        return f"<Findings: {summary.errors} errors, {summary.warnings} warnings, {summary.notes} notes>"


def sum_up(summaries: Iterable[Summary]) -> Summary:
    """One summary of several runs; the day is that of the first."""
    first, *others = summaries
    for other in others:
        counts = {f.name: getattr(first, f.name) + getattr(other, f.name) for f in fields(first) if f.name != "as_of"}
        first = replace(first, **counts)
    return first


def check(
    architecture: Architecture,
    *,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    extend: str | Iterable[str] = (),
    as_of: datetime.date | None = None,
    fail_level: Level | None = None,
    baseline: Counter[str] | None = None,
    workers: int = 1,
    memory: Memory | None = None,
    path: str | None = None,
) -> Findings:
    """Run the rules; the findings hold those of reading and linking too.

    Settings of the manifest under `check` hold where an argument is not given.

    Args:
        architecture: as `load` returned it.
        select: codes, beginnings of codes, or names of the rules to run, one or several; else all that run by default.
        ignore: those to leave out; what says that something was not read stays.
        extend: those to add, for rules that do not run by default.
        as_of: the day for rules about time; else that of the manifest, else today.
        fail_level: the level from which `failed` is true; else that of the manifest, else error.
        baseline: known findings, as `read_baseline` returns them; they are counted and left out.
        workers: processes that run rules, two at the most; the second is a copy of this one, on Linux alone.
        memory: of the last check; what no change reaches is taken from there, and what is found goes there.
        path: the only file to look at, by the rules about single elements: for an editor that waits.

    Raises:
        UnknownRuleError: if an argument names a rule that does not exist.
    """
    rules = rules_of(architecture)
    members = [member.manifest for member in architecture.members[1:] if member.manifest.check]
    settings, faults = settle(
        architecture.manifest,
        members=members,
        rules=rules,
        lacking=architecture.may_lack_rules(architecture.agency),
        select=select,
        ignore=ignore,
        extend=extend,
        as_of=as_of,
        fail_level=fail_level,
    )
    tables, damaged = own_tables(architecture, settings)
    faults = [*faults, *damaged]
    checks = [one for code, one in all_rules().items() if code in rules and code in settings.codes]
    checks = [one.with_parameters(settings.parameters.get(one.rule.code, {})) for one in checks]
    own_checks, own_faults = _own_rules(architecture)
    checks += (one for one in own_checks if one.rule.code in settings.codes)
    with collector_held():
        if path is None:
            known, found, undecided = _judge(architecture, checks, settings.as_of, tables, workers, memory)
        else:
            known, found, undecided = _judge_file(architecture, checks, settings.as_of, tables, path)
    findings = [*_besides(known, faults), *map(_at_its_level, own_faults), *found]
    held = [one for one in findings if settings.holds(one.code, one.place.path)]
    held += map(_at_its_level, faults)  # whatever is selected: a setting that is not understood selects something else
    undecided.update(architecture.unjudged)
    shown, about_suppressions, suppressed = suppress(architecture, held, settings, undecided)
    shown += [one for one in map(_at_its_level, about_suppressions) if settings.holds(one.code, one.place.path)]
    fresh = shown if baseline is None else unknown(architecture, shown, baseline)
    levelled = (Finding(one.fault, settings.level(rules[one.code])) for one in fresh)
    counts = _Counts(undecided.total(), suppressed, len(shown) - len(fresh))
    return Findings(sorted(levelled, key=_order), architecture, settings, counts)


class _Known(NamedTuple):
    """What is known of an architecture that was checked."""

    memory: Memory
    found: dict[Hashable, tuple[Finding, ...]]
    """By what was asked."""


_KNOWN: WeakKeyDictionary[Architecture, _Known] = WeakKeyDictionary()


def check_both(
    before: Architecture, after: Architecture, *, select: str | Iterable[str] = (), as_of: datetime.date | None = None
) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """The findings of an architecture and of one that was made of it, which is looked at only where it differs.

    What was found is known as long as somebody holds the architecture, so the next question about either costs little.

    Args:
        before: the architecture that was there first.
        after: the one that was made of it.
        select: as for `check`.
        as_of: as for `check`.
    """
    import datetime

    from spbe_arch.remembering import Supposed

    day = as_of or datetime.date.today()  # noqa: DTZ011 - the day where the user is, as in the settings
    asked = (day, several(select))
    if before not in _KNOWN:
        _KNOWN[before] = _Known(_memory_of(before), {})
    memory = _KNOWN[before].memory
    if after not in _KNOWN:
        _KNOWN[after] = _Known(Supposed(memory), {})
    for one in (before, after):
        known = _KNOWN[one]
        if asked not in known.found:
            known.found[asked] = tuple(check(one, select=asked[1], as_of=as_of, memory=known.memory))
    return _KNOWN[before].found[asked], _KNOWN[after].found[asked]


def _memory_of(architecture: Architecture) -> Memory:
    """Where the last run is found: of a model that was read by way of the cache it is there, too."""
    from spbe_arch.remembering import LastingMemory, Memory

    if not (architecture.is_cached and isinstance(architecture.texts, Texts)):
        return Memory()
    from spbe_arch.cache import Cache
    from spbe_arch.nodes import Limits

    return LastingMemory(Cache(architecture.texts.root, Limits()))


def _own_rules(architecture: Architecture) -> tuple[list[Check], list[Fault]]:
    """The agencies' own rules, and what is wrong with them; most models have none."""
    if not architecture.own_entries:
        return [], []
    from spbe_arch.enacting import enact

    return enact(architecture)


def _besides(known: list[Finding], faults: list[Fault]) -> Iterator[Finding]:
    """What is known, but for a second word on the last line of a file that a fault of the settings calls cut off."""
    cut_off = {fault.place.path for fault in faults if fault.code == reading.FILE_CUT_OFF.code}
    told = (reading.UNFINISHED_LAST_LINE.code, reading.FILE_CUT_OFF.code)
    return (one for one in known if not (one.code in told and one.place.path in cut_off))


def _at_its_level(fault: Fault) -> Finding:
    return Finding(fault, declared()[fault.code].level)


def _judge(
    architecture: Architecture,
    checks: list[Check],
    day: datetime.date,
    tables: OwnTables,
    workers: int,
    memory: Memory | None,
) -> tuple[list[Finding], list[Finding], Counter[tuple[str, str]]]:
    """What reading and the rules find, and how often which rule could not decide in which file.

    A last line without a line break leaves open whether its file is whole. If the rules find the same in either case,
    that is all there is to say; if not, what they would find more counts as undecided until the line is ended.
    """
    known = [*architecture.findings, *_about_views(architecture)]
    found, undecided = _run(architecture.facts(day, tables), checks, workers, memory)
    open_question = reading.UNFINISHED_LAST_LINE.code
    if undecided and any(finding.code == open_question for finding in known):
        whole = architecture.as_if_whole().facts(day, tables)
        found_if_whole, undecided_if_whole = _run(whole, checks, workers, memory, "-if-whole")
        if len(found_if_whole) == len(found):
            return known, found_if_whole, undecided_if_whole
    return known, found, undecided


def _judge_file(
    architecture: Architecture, checks: list[Check], day: datetime.date, tables: OwnTables, path: str
) -> tuple[list[Finding], list[Finding], Counter[tuple[str, str]]]:
    """The same of one file, by the rules about single elements."""
    known = [one for one in architecture.findings if one.place.path == path]
    numbers = next((numbers for file, numbers in architecture.stretches() if file.path == path), range(0))
    facts = architecture.facts(day, tables)
    return known, *run(facts, checks, [one for one in numbers if not facts.is_dropped(one)])


def _about_views(architecture: Architecture) -> list[Finding]:
    """What is wrong with views that the agency defines; viewpoints are imported by models that have such views."""
    if not any(file.views for member in architecture.members for file in member.files):
        return []
    from spbe_arch.views.defined import faults

    return [_at_its_level(fault) for fault in faults(architecture)]


def _order(finding: Finding) -> tuple[Any, ...]:
    place = finding.place
    line = place.region.line if place.region and place.region is not LAST_LINE else 0
    return (
        place.path,
        line,
        place.section or "",
        place.element or "",
        finding.code,
        place.field or "",
        place.item or 0,
    )


# --- the engine ----------------------------------------------------------------------------------------------


_WORTH_A_COPY = 5_000
"""Elements from which on two processes are faster than one."""


def _run(facts: Architecture, checks: list[Check], workers: int, memory: Memory | None, kind: str = "") -> Outcome:
    """Everything the rules find, and how often which one could not decide in which file."""
    workers = workers if len(facts) >= _WORTH_A_COPY else 1
    if memory is not None:
        from spbe_arch.remembering import run_with

        return run_with(memory, kind, facts, checks, workers)
    if workers < 2:
        return run(facts, checks)
    from spbe_arch.forking import beside

    most, of_names = shared_out(checks)
    with beside(lambda: run(facts, of_names)) as others:
        found, undecided = run(facts, most)
        found_besides, undecided_besides = others()
    undecided.update(undecided_besides)
    return Outcome(found + found_besides, undecided)
