"""Viewpoint "security": what is secured by which of the seven kinds of activity, and what is not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, type_of, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import grouped, grouped_by
from spbe_arch.views.gathering import (
    Marks,
    belonging,
    called,
    frame_of,
    name_of,
    nature_of,
    node_at,
    subject,
)
from spbe_arch.views.view import Axis, Cell, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_LAYERS = (Layer.DATA, Layer.APPLICATION, Layer.INFRASTRUCTURE)
_WORST = ("inadequate", "needs_improvement", "not_performed", "expired", "done", "adequate")
"""Of several activities of one kind the worst result counts."""


def make(
    architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None, *, group_by: str = ""
) -> View:
    """Data, applications and infrastructure by layer and office, or otherwise, of the agency or of one unit.

    Cells say by what kind of activity an element is secured: "done", "expired", or the result of an audit; "none"
    where a kind does not apply. Their nodes are the names of the activities. Groups are called by layer
    and office, or what else they go by.
    """
    marks = Marks(findings)
    within = (ordinal for section in _sections() for ordinal in architecture.ordinals(section))
    assets = list(filter(belonging(architecture, unit), within))
    kinds = [section for section, info in types().items() if info.layer is Layer.SECURITY]
    groups: list[Group] = []
    for layer in _LAYERS:
        own = [one for one in assets if type_of(architecture.section_at(one)).layer is layer]
        found = grouped(architecture, own, group_by, language, short=True)
        groups += [Group(f"{layer.value} {group.key}", group.name, group.nodes) for group in found]
    values = _Values(architecture)
    return View(
        viewpoint="security",
        name=name_of("security", architecture, unit),
        title=translate("Security coverage", language) + subject(unit),
        subtitle=translate("What is secured by which of the seven kinds of activity; gaps are visible", language),
        frame=frame_of(architecture, assets, language),
        nodes=tuple(node_at(architecture, one, marks, detail=nature_of(architecture, one, language)) for one in assets),
        groups=tuple(groups),
        grouped_by=grouped_by(group_by),
        columns=Axis("", tuple(Mark(kind, types()[kind].label(language)) for kind in kinds)),
        cells=tuple(cell for one in assets for cell in _cells(architecture, one, values, kinds)),
    )


def _sections() -> list[str]:
    """What can be secured."""
    return [name for name, info in types().items() if info.layer in _LAYERS and "secured_by" in info.links]


class _Values:
    """What each activity says of what it secures; many elements share the same few."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._known: dict[int, tuple[str, str, str]] = {}

    def of(self, activity: int) -> tuple[str, str, str]:
        """The section, the value and the name of an activity."""
        if activity not in self._known:
            element = self.architecture.at_ordinal(activity)
            known = element.section, _value(self.architecture, element), called(self.architecture, activity)
            self._known[activity] = known
        return self._known[activity]


def _cells(architecture: Architecture, asset: int, values: _Values, kinds: list[str]) -> list[Cell]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for activity in architecture.both_ends(asset, "secured_by"):
        section, value, name = values.of(activity)
        found[section].append((value, name))
    id, cells = architecture.id_at(asset), []
    for kind in kinds:
        if kind in found:
            said = {value for value, _ in found[kind]}
            names = tuple(name for _, name in found[kind])
            cells.append(Cell(id, kind, next(value for value in _WORST if value in said), names))
        elif kind == "audits" and architecture.section_at(asset) == "data":
            cells.append(Cell(id, kind, "none"))
    return cells


def _value(architecture: Architecture, activity: Any) -> str:
    if activity.section == "audits":
        return activity.result if activity.result in _WORST else "done"
    date, until = architecture.manifest.date, getattr(activity, "valid_until", None)
    return "expired" if date is not None and until is not None and str(until) < str(date)[: len(str(until))] else "done"


VIEWPOINT = Viewpoint(
    name="security",
    title={"en": "Security coverage", "id": "Cakupan keamanan"},
    stakeholders=("security officers", "auditors", "data stewards"),
    concerns=("What secures this?", "What has nothing?", "Which audits ask for more?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
    reads={
        **{name: ("|".join(type_of(name).holding), "secured_by") for name in _sections()},
        "data": ("owner|producer", "secured_by", "confidentiality"),
    },
    fixed={
        "colour_by": "marks in the cells say how an activity ended",
        "size_by": "rows have no cards",
    },
)
