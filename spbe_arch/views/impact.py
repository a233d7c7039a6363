"""Viewpoint "impact": what an element depends on, and what a change of it may affect, by distance."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, types
from spbe_arch.questions import ways
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import frame_of, name_of, nodes_at, subject
from spbe_arch.views.view import Edge, Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_BEFORE, _AFTER = 2, 3
"""The farthest that the picture looks either way."""


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    about: Any = None,
    *,
    depth: int = 3,
    direction: str = "both",
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The surroundings of an element; groups are called by their distance, "-2" to "3".

    Edges run from what changes to what is affected, between neighbouring distances only. If nothing depends on the
    element, associations are followed too, and a note says so.

    Raises:
        UnknownViewError: if no element is named.
    """
    if about is None:
        raise UnknownViewError("view 'impact' is about one element: write 'impact:' and its id")
    weak = not any(ways(architecture, about.ordinal, 1, weak=False, upstream=upstream) for upstream in (True, False))
    before = 0 if direction == "downstream" else min(depth, _BEFORE)
    after = 0 if direction == "upstream" else min(depth, _AFTER)
    distance = _distances(architecture, about.ordinal, before, after, weak=weak)
    ordinals = list(distance)
    note = translate("Associations are followed, as owning and securing: no stronger link leads here", language)
    view = View(
        viewpoint="impact",
        name=name_of("impact", architecture, about),
        title=translate("Impact of a change", language) + subject(about),
        subtitle=translate("Left: what it needs; right: what is affected, by distance in links", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes_at(architecture, ordinals, findings, about),
        edges=_edges(architecture, distance, weak=weak),
        groups=tuple(
            Group(str(step), "", tuple(map(architecture.id_at, some)))
            for step, some in groupby(distance, key=distance.__getitem__)
        ),
        notes=(note,) if weak and len(distance) > 1 else (),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _distances(architecture: Architecture, start: int, before: int, after: int, *, weak: bool) -> dict[int, int]:
    """The elements by number, the farthest before the focus first, at negative distances; by type and id at each.

    What is both before and after it stands where it is nearer.
    """
    affected = ways(architecture, start, after, weak=weak, upstream=False).distances
    found = {start: 0, **affected}
    for one, distance in ways(architecture, start, before, weak=weak, upstream=True).distances.items():
        if one not in affected or distance < found[one]:
            found[one] = -distance
    order = {section: index for index, section in enumerate(types())}
    ranks = ((at, order[architecture.section_at(one)], architecture.id_at(one), one) for one, at in found.items())
    return {one: at for at, _, _, one in sorted(ranks)}


def _edges(architecture: Architecture, distance: Mapping[int, int], *, weak: bool) -> tuple[Edge, ...]:
    edges: dict[Edge, None] = {}
    for one, at in distance.items():
        for other, field in architecture.dependents(one, weak=weak):
            if distance.get(other) == at + 1:
                edges[Edge(architecture.id_at(one), architecture.id_at(other), field, "influence")] = None
    return tuple(edges)


VIEWPOINT = Viewpoint(
    name="impact",
    title={"en": "Impact", "id": "Dampak"},
    stakeholders=("change managers", "architects", "owners of applications and data"),
    concerns=("What is affected if this changes or fails?", "What does it depend on?"),
    about=tuple(name for name, info in types().items() if info.layer is not Layer.ACROSS or name == "units"),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - about one element, which only the reader knows
    reads={
        **{name: () for name, info in types().items() if info.layer is not Layer.ACROSS},
        "processes": ("services",),
        "services": ("processes", "supported_by"),
        "data": ("processes", "read_by|written_by"),
        "applications": ("supports", "reads|writes", "runs_on|main_facility"),
        "servers": ("facility",),
        "storages": ("facility", "stores"),
        "integration_platforms": ("networks",),
    },
    needs_subject=True,
    fixed={"group_by": "its columns are distances"},
)
