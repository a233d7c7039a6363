"""Viewpoint "roadmap": the initiatives over the years, by the seven contents of a roadmap (muatan)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import grouped
from spbe_arch.views.gathering import Marks, belonging, frame_of, name_of, node_at, subject
from spbe_arch.views.view import Axis, Cell, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_LATEST = 25
"""The most years that a picture is about."""


def make(
    architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None, *, group_by: str = ""
) -> View:
    """The initiatives of the agency, or of one unit, by the seven contents of a roadmap or otherwise.

    The `kind` of a node is its progress; its facts are who answers for it, its detail is what it yields. Cells say in
    which years it runs: "planned", or "late" if by the date of the model it should have begun or ended.
    """
    marks = Marks(findings)
    within = filter(belonging(architecture, unit), architecture.ordinals("initiatives"))
    found: list[Any] = [architecture.at_ordinal(ordinal) for ordinal in within]
    found.sort(key=lambda one: (one.since or 9999, one.until or 9999, (one.name or one.id).casefold(), one.id))
    ids = {one.ordinal: architecture.id_at(one.ordinal) for one in found}
    groups = (
        grouped(architecture, list(ids), group_by, language, short=True)
        if group_by
        else _by_content(found, ids, language)
    )
    years = _years(architecture, found)
    title = f"{translate('Roadmap', language)} {architecture.manifest.period or ''}".strip().replace("-", "–")
    return View(
        viewpoint="roadmap",
        name=name_of("roadmap", architecture, unit),
        title=title + subject(unit),
        subtitle=translate("Initiatives in groups", language)
        if group_by
        else translate("Initiatives by the seven contents of a roadmap", language),
        frame=frame_of(architecture, ids, language),
        nodes=tuple(
            node_at(
                architecture, one.ordinal, marks, kind=one.progress or "", facts=_holder(one), detail=one.output or ""
            )
            for one in found
        ),
        groups=groups,
        grouped_by=group_by,
        columns=Axis("", tuple(Mark(str(year), str(year)) for year in years)),
        cells=tuple(
            Cell(ids[one.ordinal], str(year), value)
            for one in found
            for year, value in _cells(architecture, one, years)
        ),
    )


def _by_content(initiatives: list[Any], ids: Mapping[int, str], language: str) -> tuple[Group, ...]:
    """All seven contents, and what has none if there is some."""
    contents = value_list("content")
    names = _content_names(language)
    members: dict[str, list[str]] = defaultdict(list)
    for one in initiatives:
        members[one.content if one.content in contents.values else ""].append(ids[one.ordinal])
    keys = (*contents.values, *([""] if "" in members else []))
    return tuple(Group(key, names[key], tuple(members[key])) for key in keys)


def _content_names(language: str) -> dict[str, str]:
    """The contents as Perpres 132/2022 calls them."""
    return {
        "governance": translate("SPBE governance", language),
        "management": translate("SPBE management", language),
        "services": translate("SPBE services", language),
        "infrastructure": translate("SPBE infrastructure", language),
        "application": translate("SPBE applications", language),
        "security": translate("SPBE security", language),
        "audit": translate("ICT audit", language),
        "": translate("no content", language),
    }


def _holder(initiative: Any) -> str:
    owner = initiative.owner
    return (owner.short_name or owner.name or owner.id) if owner is not None else ""


def _years(architecture: Architecture, initiatives: list[Any]) -> range:
    """The period of the manifest, and before and after it what initiatives say."""
    said = [year for one in initiatives for year in (one.since, one.until) if year]
    said += architecture.manifest.years or ()
    if not said:
        return range(0)
    first = min(said)
    return range(first, min(max(said), first + _LATEST - 1) + 1)


def _cells(architecture: Architecture, initiative: Any, years: range) -> Iterator[tuple[int, str]]:
    since, until = initiative.since or initiative.until, initiative.until or initiative.since
    if not since:
        return
    value = "late" if _is_late(architecture, initiative, since, until) else "planned"
    yield from ((year, value) for year in years if since <= year <= until)


def _is_late(architecture: Architecture, initiative: Any, since: int, until: int) -> bool:
    """Whether it should have ended, or begun, in a year before that of the model."""
    date = architecture.manifest.date
    if date is None or initiative.progress == "done":
        return False
    year = int(str(date)[:4])
    return until < year or (initiative.progress == "not_started" and since < year)


VIEWPOINT = Viewpoint(
    name="roadmap",
    title={"en": "Roadmap", "id": "Peta rencana"},
    stakeholders=("head of the agency", "planners", "SPBE coordination team"),
    concerns=("What is done when, and by whom?", "What is late?", "Which content has nothing planned?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["roadmap"] if architecture.ordinals("initiatives") else [],
    reads={"initiatives": ("content", "owner", "since", "until", "progress", "output")},
    fixed={
        "colour_by": "bars are filled as far as the work is done",
        "size_by": "the length of a bar is time",
    },
)
