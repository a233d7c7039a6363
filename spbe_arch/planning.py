"""What lies between as-is and to-be: what must be built, changed and retired, and whether the roadmap says how."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from spbe_arch.errors import PeriodError
from spbe_arch.findings import english
from spbe_arch.metamodel import Layer, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.architecture import Architecture

__all__ = ["Change", "Doubt", "Fate", "Gap", "GapReport", "Project", "fates", "gap_report"]


class Fate(StrEnum):
    """What becomes of an element between two years."""

    BUILD = english("build")
    CHANGE = english("change")
    RETIRE = english("retire")


class Doubt(StrEnum):
    """Where roadmap and architecture do not fit together."""

    UNPLANNED = english("no initiative delivers it")
    LATE = english("the initiatives that deliver it begin after its year")
    UNDATED = english("its year is not known")
    IDLE = english("it changes nothing in this period and closes no gap")
    UNCLOSED = english("no initiative closes it, and it is not deferred")


@dataclass(frozen=True)
class Change:
    """An element of the six layers that does not stay as it is."""

    id: str
    section: str
    name: str
    fate: Fate
    unit: str | None
    """The id of the office that it belongs to."""
    year: int | None
    """The first year in which it is so; None if nothing says it."""
    initiatives: tuple[str, ...]
    """The ids of those that deliver it."""
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Project:
    """An initiative of the roadmap, seen from what it changes."""

    id: str
    name: str
    unit: str | None
    since: int | None
    until: int | None
    changes: tuple[str, ...]
    """The ids of what it delivers, of the changes of this report."""
    gaps: tuple[str, ...]
    """The ids of the gaps that it closes."""
    budget: dict[int, float]
    """Rupiah by year; empty if none is given."""
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Gap:
    """A gap that the agency names itself and has not closed."""

    id: str
    name: str
    unit: str | None
    decision: str | None
    initiatives: tuple[str, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class GapReport:
    """What lies between the architecture of two years."""

    first: int
    last: int
    changes: tuple[Change, ...]
    """In the order of offices, years and ids; what has no office or year comes last."""
    projects: tuple[Project, ...]
    gaps: tuple[Gap, ...]

    @property
    def budget(self) -> dict[int, float]:
        """Rupiah of all initiatives by year, each counted once; those that give none are not in it."""
        total: Counter[int] = Counter()
        for one in self.projects:
            total.update(one.budget)
        return dict(sorted(total.items()))

    def count(self, fate: Fate) -> int:
        """How many changes there are of a kind."""
        return sum(one.fate is fate for one in self.changes)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(fate)} to {fate.value}" for fate in Fate)
        return f"<GapReport {self.first}-{self.last}: {counts}>"


def gap_report(architecture: Architecture, first: int | None = None, last: int | None = None) -> GapReport:
    """What must be built, changed and retired between two years, and whether the roadmap is consistent with it.

    Args:
        architecture: what is looked at, with all its agencies.
        first: the year of the as-is; else the first of the period.
        last: the year of the to-be; else the last of the period.

    Raises:
        PeriodError: if the manifest has no period and a year is missing, or the years run backwards.

    >>> from spbe_arch import gap_report, load
    >>> report = gap_report(load("models/kab-bekasi"))
    >>> report.first, report.last
    (2025, 2029)
    """
    begin, end = architecture.manifest.years or (None, None)
    begin, end = begin if first is None else first, end if last is None else last
    if begin is None or end is None:
        raise PeriodError("the manifest has no period: name the years, as in --from 2025 --to 2029")
    if begin > end:
        raise PeriodError("{first} is after {last}", first=begin, last=end)
    found = fates(architecture, begin, end)
    changes = [_change(architecture, ordinal, fate, begin) for ordinal, fate in found.items()]
    return GapReport(
        begin,
        end,
        tuple(sorted(changes, key=lambda one: (one.unit is None, one.unit or "", one.year or 10_000, one.id))),
        tuple(_projects(architecture, found, begin, end)),
        tuple(_gaps(architecture)),
    )


def fates(architecture: Architecture, first: int, last: int) -> dict[int, Fate]:
    """What becomes of each element of the six layers, by number, that does not stay as it is between two years."""
    before, after = (set(architecture.ordinals_at(year)) for year in (first, last))
    sections = (section for section, info in types().items() if info.layer is not Layer.ACROSS)
    found = {}
    for ordinal in sorted(chain.from_iterable(map(architecture.ordinals, sections))):
        if ordinal not in before:
            if ordinal in after:
                found[ordinal] = Fate.BUILD
        elif ordinal not in after:
            found[ordinal] = Fate.RETIRE
        elif architecture.row_at(ordinal).get("status") == "upgrade":
            found[ordinal] = Fate.CHANGE
    return found


def _change(architecture: Architecture, ordinal: int, fate: Fate, first: int) -> Change:
    row = architecture.row_at(ordinal)
    initiatives = architecture.sources(ordinal, "initiatives", "delivers")
    begins, ends = architecture.life_of(ordinal)
    started, finished = (
        [told for one in initiatives if (told := architecture.row_at(one).get(field)) is not None]
        for field in ("since", "until")
    )
    if fate is Fate.BUILD:
        year: int | None = begins
    elif fate is Fate.RETIRE:
        year = ends + 1 if ends is not None else None
    else:
        since = row.get("since")
        year = since if since is not None and since > first else min(finished, default=None)
    doubts = []
    if fate is not Fate.RETIRE and not initiatives:
        doubts.append(Doubt.UNPLANNED)
    if year is not None and len(started) == len(initiatives) and min(started, default=year) > year:
        doubts.append(Doubt.LATE)
    if year is None:
        doubts.append(Doubt.UNDATED)
    return Change(
        id=architecture.id_at(ordinal),
        section=architecture.section_at(ordinal),
        name=row.get("name") or row.id,
        fate=fate,
        unit=architecture.office_at(ordinal),
        year=year,
        initiatives=tuple(architecture.ids_at(initiatives)),
        doubts=tuple(doubts),
    )


def _projects(architecture: Architecture, found: dict[int, Fate], first: int, last: int) -> Iterator[Project]:
    """The initiatives that touch the years."""
    for ordinal in architecture.ordinals("initiatives"):
        row = architecture.row_at(ordinal)
        since, until = row.get("since"), row.get("until")
        if (since or first) > last or (until or last) < first:
            continue
        changes = [one for one in architecture.targets(ordinal, "delivers") if one in found]
        gaps = architecture.targets(ordinal, "closes")
        children = architecture.sources(ordinal, "initiatives", "parent")
        yield Project(
            id=architecture.id_at(ordinal),
            name=row.get("name") or row.id,
            unit=architecture.office_at(ordinal),
            since=since,
            until=until,
            changes=tuple(architecture.ids_at(changes)),
            gaps=tuple(architecture.ids_at(gaps)),
            budget=dict(sorted((row.get("budget") or {}).items())),
            doubts=() if changes or gaps or children else (Doubt.IDLE,),
        )


def _gaps(architecture: Architecture) -> Iterator[Gap]:
    for ordinal in architecture.ordinals("gaps"):
        row = architecture.row_at(ordinal)
        if row.get("decision") == "closed":
            continue
        initiatives = architecture.sources(ordinal, "initiatives", "closes")
        yield Gap(
            id=architecture.id_at(ordinal),
            name=row.get("name") or row.id,
            unit=architecture.office_at(ordinal),
            decision=row.get("decision"),
            initiatives=tuple(architecture.ids_at(initiatives)),
            doubts=() if initiatives or row.get("decision") == "deferred" else (Doubt.UNCLOSED,),
        )
