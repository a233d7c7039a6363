"""Viewpoint "portfolio": applications by office and class, with their status and age."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import grouped, grouped_by
from spbe_arch.views.gathering import Marks, belonging, called, frame_of, name_of, node_at, subject
from spbe_arch.views.landscape import class_of
from spbe_arch.views.reference import counted
from spbe_arch.views.view import Axis, Cell, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_AGES = (("planned", -1), ("young", 2), ("grown", 5), ("mature", 10), ("old", 9_999))
"""The classes of age, each with the most years that it goes to."""
_UNKNOWN = "unknown"


def make(
    architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None, *, group_by: str = ""
) -> View:
    """A row for each office, a column for each class of the reference and for each class of age.

    An age is counted from `since` to the date of the model; a column of ages has "age" as its `detail`, and an
    application stands in one column of either kind. The `kind` of a node is its class, its `detail` its age class.
    """
    marks = Marks(findings)
    ordinals = list(filter(belonging(architecture, unit), architecture.ordinals("applications")))
    ordinals.sort(key=lambda one: (called(architecture, one).casefold(), architecture.row_at(one).id))
    rows = _rows(architecture, ordinals, unit, group_by, language)
    ids = list(map(architecture.id_at, ordinals))
    year = architecture.manifest.date.year if architecture.manifest.date else None
    codes, ages = (
        _codes(architecture, ordinals),
        [_age(architecture.row_at(one).get("since"), year) for one in ordinals],
    )
    known_ages = _age_names(language)
    nodes = tuple(
        node_at(
            architecture, one, marks, kind=class_of(architecture.row_at(one).get("reference")), detail=known_ages[age]
        )
        for one, age in zip(ordinals, ages, strict=True)
    )
    columns = (*_class_marks(architecture, codes, language), *_age_marks(ages, known_ages))
    column_of = {id: (f"class:{code}", f"age:{age}") for id, code, age in zip(ids, codes, ages, strict=True)}
    note = translate("The manifest names no date, so ages are not known", language)
    return View(
        viewpoint="portfolio",
        name=name_of("portfolio", architecture, unit),
        title=translate("Application portfolio", language) + subject(unit),
        subtitle=translate("Applications by owner and class; status, and age in years as of {year}", language).format(
            year=year or "–"
        ),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes,
        groups=rows,
        grouped_by=grouped_by(group_by),
        rows=Axis(translate("owner", language), tuple(Mark(group.key, group.name) for group in rows)),
        columns=Axis(translate("class and age", language), columns),
        cells=tuple(_cells(rows, columns, column_of)),
        notes=(note,) if ordinals and year is None else (),
    )


def _rows(
    architecture: Architecture, ordinals: Sequence[int], unit: Any, group_by: str, language: str
) -> tuple[Group, ...]:
    """Offices or whatever else is asked for; of one unit, the units below it."""
    if unit is None or group_by:
        return grouped(architecture, ordinals, group_by, language)
    members: dict[int, list[str]] = defaultdict(list)
    for ordinal in ordinals:
        holder = architecture.unit_at(ordinal)
        if holder is not None:
            members[holder].append(architecture.id_at(ordinal))
    groups = (Group(architecture.id_at(one), called(architecture, one), tuple(ids)) for one, ids in members.items())
    return tuple(sorted(groups, key=lambda group: (-len(group.nodes), group.key)))


def _codes(architecture: Architecture, ordinals: Iterable[int]) -> list[str]:
    """The class of each application: its code, cut to level 2; empty without one that the table has."""
    table = architecture.references("RAA")
    known: dict[str, str] = {}
    found = []
    for ordinal in ordinals:
        code = architecture.row_at(ordinal).get("reference") or ""
        if code not in known:
            known[code] = counted(code, table)
        found.append(known[code])
    return found


def _class_marks(architecture: Architecture, codes: Iterable[str], language: str) -> list[Mark]:
    """All classes of the national table, those of level 1 where something has no more; what has no class is last."""
    table = architecture.references("RAA")
    used = set(codes)
    marks = []
    for upper in table.children("RAA"):
        lowers = table.children(upper.code)
        shown = (*([upper] if upper.code in used or not lowers else []), *lowers)
        marks += [Mark(f"class:{entry.code}", entry.name(language), entry.code) for entry in shown]
    return [*marks, *([Mark("class:", translate("without a class", language))] if "" in used else [])]


def _age(since: int | None, year: int | None) -> str:
    if since is None or year is None:
        return _UNKNOWN
    return next(name for name, most in _AGES if year - since <= most)


def _age_names(language: str) -> dict[str, str]:
    return {
        "planned": translate("planned", language),
        "young": "< 3",
        "grown": "3–5",
        "mature": "6–10",
        "old": "> 10",
        _UNKNOWN: translate("age not known", language),
    }


def _age_marks(ages: Iterable[str], names: dict[str, str]) -> list[Mark]:
    """The classes of age; the first and the last only where something is in them."""
    used = set(ages)
    return [Mark(f"age:{age}", names[age], "age") for age in names if age in used or age not in ("planned", _UNKNOWN)]


def _cells(rows: Iterable[Group], columns: Sequence[Mark], column_of: dict[str, tuple[str, str]]) -> Iterator[Cell]:
    order = [mark.key for mark in columns]
    for row in rows:
        members: dict[str, list[str]] = defaultdict(list)
        for id in row.nodes:
            for column in column_of[id]:
                members[column].append(id)
        yield from (Cell(row.key, key, str(len(members[key])), tuple(members[key])) for key in order if key in members)


VIEWPOINT = Viewpoint(
    name="portfolio",
    title={"en": "Application portfolio", "id": "Portofolio aplikasi"},
    stakeholders=("chief information officer", "budget planners", "head of the agency"),
    concerns=(
        "Who has how many applications of which class?",
        "How old are they, and what is about to be replaced?",
        "Where is most that is to be upgraded or retired?",
    ),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["portfolio"] if architecture.ordinals("applications") else [],
    reads={"applications": ("owner|operator", "reference", "since", "status")},
    fixed={
        "colour_by": "shades say how many applications a cell has",
        "size_by": "so do the numbers in the cells",
    },
)
