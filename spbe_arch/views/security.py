"""Viewpoint "security": what is secured by which of the seven kinds of activity, and what is not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, types
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import Marks, belongs, by_office, frame_of, name_of, node_of
from spbe_arch.views.view import Axis, Cell, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_LAYERS = (Layer.DATA, Layer.APPLICATION, Layer.INFRASTRUCTURE)
_WORST = ("inadequate", "needs_improvement", "not_performed", "expired", "done", "adequate")
"""Of several activities of one kind the worst result counts."""


def make(architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None) -> View:
    """Data, applications and infrastructure by layer and office, of the agency or of one unit.

    Cells say by what kind of activity an element is secured: "done", "expired", or the result of an audit; "none"
    where a kind does not apply. Their nodes are the names of the activities. Groups are called by layer and office.
    """
    marks = Marks(findings)
    sections = [name for name, info in types().items() if info.layer in _LAYERS and "secured_by" in info.links]
    assets: list[Any] = [one for one in architecture.of(*sections).values() if unit is None or belongs(one, unit)]
    kinds = [section for section, info in types().items() if info.layer is Layer.SECURITY]
    ids = {one.ordinal: architecture.id_at(one.ordinal) for one in assets}
    groups: list[Group] = []
    for layer in _LAYERS:
        own = [one for one in assets if one.info.layer is layer]
        offices = by_office(architecture, own, language, short=True)
        groups += [Group(f"{layer.value} {office.key}", office.name, office.nodes) for office in offices]
    title = translate("Security coverage", language)
    return View(
        viewpoint="security",
        name=name_of("security", architecture, unit),
        title=f"{title}: {unit.name or unit.id}" if unit is not None else title,
        subtitle=translate("What is secured by which of the seven kinds of activity; gaps are visible", language),
        frame=frame_of(architecture, assets, language),
        nodes=tuple(node_of(architecture, one, marks, detail=_nature(one, language)) for one in assets),
        groups=tuple(groups),
        columns=Axis("", tuple(Mark(kind, types()[kind].label(language)) for kind in kinds)),
        cells=tuple(cell for one in assets for cell in _cells(architecture, one, ids[one.ordinal], kinds)),
    )


def _cells(architecture: Architecture, asset: Any, id: str, kinds: list[str]) -> list[Cell]:
    found: dict[str, list[Any]] = defaultdict(list)
    for activity in asset.secured_by:
        found[activity.section].append(activity)
    cells = []
    for kind in kinds:
        if found[kind]:
            values = {_value(architecture, activity) for activity in found[kind]}
            names = tuple(activity.name or activity.id for activity in found[kind])
            cells.append(Cell(id, kind, next(value for value in _WORST if value in values), names))
        elif kind == "audits" and asset.section == "data":
            cells.append(Cell(id, kind, "none"))
    return cells


def _value(architecture: Architecture, activity: Any) -> str:
    if activity.section == "audits":
        return activity.result if activity.result in _WORST else "done"
    date, until = architecture.manifest.date, getattr(activity, "valid_until", None)
    return "expired" if date is not None and until is not None and str(until) < str(date)[: len(str(until))] else "done"


def _nature(asset: Any, language: str) -> str:
    """How much care data needs."""
    if asset.section != "data":
        return ""
    natures = value_list("confidentiality")
    said = [natures.label(asset.confidentiality, language)] if asset.confidentiality in natures.values else []
    return " · ".join([*said, *([translate("personal", language)] if asset.personal else [])])


VIEWPOINT = Viewpoint(
    name="security",
    title={"en": "Security coverage", "id": "Cakupan keamanan"},
    stakeholders=("security officers", "auditors", "data stewards"),
    concerns=("What secures this?", "What has nothing?", "Which audits ask for more?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
)
