"""Viewpoint "context": an element and all that it is linked to, some steps far, whatever the link says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import grouped, translate
from spbe_arch.metamodel import type_of, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import edges_between, frame_of, name_of, nodes_at, subject, way_of
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_FIELDS = frozenset(field for info in types().values() for field in info.links)


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    about: Any = None,
    *,
    depth: int = 1,
    direction: str = "both",
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The neighbours of an element; groups are called by their distance, "-2" to "2".

    The `kind` of an exchange is "through" or "direct".

    Downstream, at positive distances, is where the relationship leads: from the server over the application to the
    service, from the unit to what it owns.

    Raises:
        UnknownViewError: if no element is named.
    """
    if about is None:
        raise UnknownViewError("view 'context' is about one element: write 'context:' and its id")
    distance = _distances(architecture, about.ordinal, depth, direction)
    ordinals = list(distance)
    links = edges_between(architecture, ordinals, _FIELDS)
    at = {architecture.id_at(one): step for one, step in distance.items()}
    labels = {section: type_of(section).label(language) for section in set(map(architecture.section_at, ordinals))}
    drawn = tuple(edge for edge in links if _leads_outward(at[edge.source], at[edge.target]))
    beside = len(links) - len(drawn)
    note = translate("{count} links between its neighbours are not drawn", language).format(
        count=grouped(beside, language)
    )
    view = View(
        viewpoint="context",
        name=name_of("context", architecture, about),
        title=translate("Context", language) + subject(about),
        subtitle=translate("What it is linked to: left what leads to it, right where it leads", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes_at(
            architecture,
            ordinals,
            findings,
            about,
            facts=lambda one: labels[architecture.section_at(one)],
            kind=lambda one: way_of(architecture, one),
        ),
        edges=drawn,
        groups=tuple(
            Group(str(step), "", tuple(architecture.id_at(one) for one, at in distance.items() if at == step))
            for step in sorted(set(distance.values()))
        ),
        notes=(note,) if beside else (),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _leads_outward(one: int, other: int) -> bool:
    """Whether two distances are one step apart on one side."""
    return abs(one - other) == 1


def _distances(architecture: Architecture, start: int, depth: int, direction: str) -> dict[int, int]:
    """The elements by number, with those upstream at negative distances; what is both ways stands downstream."""
    found = {start: 0}
    beside = _Beside(architecture)
    fronts = {1: [start], -1: [start]}
    sides = {"upstream": (-1,), "downstream": (1,)}.get(direction, (1, -1))
    for step in range(1, depth + 1):
        for side in sides:
            ahead = {other for one in fronts[side] for other in beside.on(one, side if step == 1 else 0)}
            fronts[side] = sorted(ahead - found.keys())
            found.update(dict.fromkeys(fronts[side], side * step))
    order = {section: index for index, section in enumerate(types())}
    return dict(sorted(found.items(), key=lambda item: (item[1], order[architecture.section_at(item[0])], item[0])))


class _Beside:
    """What is linked to an element, by the side on which the relationship has it."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._incoming: dict[str, list[tuple[str, str, bool]]] = {}
        self._outward: Mapping[tuple[str, str], bool] = {
            (section, field): type_of(section).links[field].declared.outward
            for section, field in architecture.relation_names()
            if field in type_of(section).links
        }

    def on(self, ordinal: int, side: int) -> list[int]:
        """The neighbours downstream (1), upstream (-1), or all (0)."""
        architecture = self.architecture
        section = architecture.section_at(ordinal)
        found: list[int] = []
        for field, info in type_of(section).links.items():
            if side in (0, 1 if info.declared.outward else -1):
                found += architecture.targets(ordinal, field)
        for source, field, outward in self._leading_to(section):
            if side in (0, -1 if outward else 1):
                found += architecture.sources(ordinal, source, field)
        return found

    def _leading_to(self, section: str) -> list[tuple[str, str, bool]]:
        """The links that may lead to elements of a section."""
        if section not in self._incoming:
            self._incoming[section] = [
                (source, field, outward)
                for (source, field), outward in self._outward.items()
                if section in type_of(source).links[field].target_set
            ]
        return self._incoming[section]


VIEWPOINT = Viewpoint(
    name="context",
    title={"en": "Context", "id": "Konteks"},
    stakeholders=("owners", "developers", "architects"),
    concerns=("What is this linked to?", "Who owns it, what carries it, what uses it?", "Which links are missing?"),
    about=tuple(types()),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - about one element, which only the reader knows
    reads={
        **dict.fromkeys(types(), ()),
        "processes": ("owner", "services", "objectives"),
        "services": ("owner", "processes", "supported_by"),
        "data": ("owner|producer", "steward", "processes", "read_by|written_by"),
        "applications": ("owner|operator", "supports", "reads|writes", "runs_on|main_facility", "secured_by"),
        "servers": ("facility", "runs", "software"),
        "storages": ("facility", "stores"),
        "integration_platforms": ("networks", "connects"),
        "intranets": ("connects",),
        "initiatives": ("owner", "delivers"),
        "gaps": ("concerns",),
    },
    needs_subject=True,
    fixed={"group_by": "its columns are distances"},
)
