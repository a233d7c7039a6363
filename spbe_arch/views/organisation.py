"""Viewpoint "organisation": the units of the agency, and how much each of them owns in each layer."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, types
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import Marks, called, frame_of, name_of, node_at, subject
from spbe_arch.views.view import Axis, Cell, Edge, Group, Mark, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]


def make(architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None) -> View:
    """All units, or one with those below it; cells say how many elements of a layer belong to a unit itself.

    Groups are kinds of offices; within them a unit stands behind the one above it, as its edge `parent` says. The
    `kind` of a node is "head" for the coordination team, and "gap" if the unit has services and no application.
    """
    marks = Marks(findings)
    units: list[Any] = [
        one
        for one in architecture.units.values()
        if unit is None or unit.ordinal in architecture.units_above(one.ordinal)
    ]
    owned, gaps = _owned(architecture)
    kinds = {one.ordinal: "gap" if one.ordinal in gaps else "" for one in units}
    head = next((one for one in units if one.parent is None and "coordination_team" in one.roles), None)
    if head is not None:
        kinds[head.ordinal] = "head"
    ids = {one.ordinal: architecture.id_at(one.ordinal) for one in units}
    layers = [layer for layer in Layer if layer is not Layer.ACROSS]
    return View(
        viewpoint="organisation",
        name=name_of("organisation", architecture, unit),
        title=translate("Organisation", language) + subject(unit),
        subtitle=translate("Units and how many elements of each layer belong to each of them", language),
        frame=frame_of(architecture, ids, language),
        nodes=tuple(node_at(architecture, one.ordinal, marks, kind=kinds[one.ordinal]) for one in units),
        edges=tuple(
            Edge(ids[one.ordinal], ids[one.parent.ordinal], "parent", "composition")
            for one in units
            if one.parent is not None and one.parent.ordinal in ids
        ),
        groups=_groups(architecture, units, language),
        columns=Axis("", tuple(Mark(layer.value, layer.value) for layer in layers)),
        cells=tuple(
            Cell(ids[one.ordinal], layer.value, str(owned[one.ordinal][layer]))
            for one in units
            for layer in layers
            if owned[one.ordinal][layer]
        ),
    )


def _owned(architecture: Architecture) -> tuple[dict[int, Counter[Layer]], set[int]]:
    """How much each unit has by layer, and the units that have services of which no application supports any."""
    owned: dict[int, Counter[Layer]] = defaultdict(Counter)
    services: dict[int, list[bool]] = defaultdict(list)
    for section, info in types().items():
        if info.layer is Layer.ACROSS:
            continue
        for ordinal in architecture.ordinals(section):
            holder = architecture.unit_at(ordinal)
            if holder is None:
                continue
            owned[holder][info.layer] += 1
            if section == "services":
                services[holder].append(bool(architecture.sources(ordinal, "applications", "supports")))
    return owned, {unit for unit, supported in services.items() if not any(supported)}


def _groups(architecture: Architecture, units: list[Any], language: str) -> tuple[Group, ...]:
    """Offices by their kind, in the order of the list of kinds; each with the units below it."""
    kinds = value_list("unit_kind")
    known = {one.ordinal for one in units}
    below: dict[int, list[Any]] = defaultdict(list)
    tops: dict[str, list[Any]] = defaultdict(list)
    for one in sorted(units, key=lambda one: (called(architecture, one.ordinal).casefold(), one.id)):
        parent = one.parent
        loop = parent is not None and bool(architecture.targets(architecture.units_above(one.ordinal)[-1], "parent"))
        if parent is None or parent.ordinal not in known or loop:
            tops[one.kind if one.kind in kinds.values else ""].append(one)
        else:
            below[parent.ordinal].append(one)

    def with_those_below(one: Any) -> list[str]:
        found = [architecture.id_at(one.ordinal)]
        for child in below[one.ordinal]:
            found += with_those_below(child)
        return found

    return tuple(
        Group(
            kind,
            kinds.label(kind, language) if kind else translate("other", language),
            tuple(id for one in tops[kind] for id in with_those_below(one)),
        )
        for kind in (*kinds.values, "")
        if tops[kind]
    )


VIEWPOINT = Viewpoint(
    name="organisation",
    title={"en": "Organisation", "id": "Organisasi"},
    stakeholders=("SPBE coordination team", "secretariat", "auditors"),
    concerns=("Which unit owns what?", "Which owns nothing?", "Which has services without an application?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
    reads={
        "units": ("kind",),
    },
    fixed={
        "group_by": "its columns are the kinds of unit",
        "colour_by": "counters have the colours of the layers",
        "size_by": "counters say how much a unit has",
    },
)
