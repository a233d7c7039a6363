"""Viewpoint "landscape": every application at the office that owns it, with its class and its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import grouped, grouped_by, painted
from spbe_arch.views.gathering import Marks, belonging, called, frame_of, name_of, node_at, subject
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    unit: Any = None,
    *,
    group_by: str = "",
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The applications of the agency, or of one unit, by office; offices without any are groups without nodes.

    The `kind` of a node is its class: "general" (aplikasi umum), "special" (aplikasi khusus), or "" without a code.
    """
    marks = Marks(findings)
    ordinals = list(filter(belonging(architecture, unit), architecture.ordinals("applications")))
    ordinals.sort(key=lambda one: (called(architecture, one).casefold(), architecture.row_at(one).id))
    nodes = tuple(
        node_at(architecture, one, marks, kind=class_of(architecture.row_at(one).get("reference"))) for one in ordinals
    )
    groups = grouped(architecture, ordinals, group_by, language)
    if unit is None and not group_by:
        groups = tuple(
            Group(group.key, translate("Of other agencies, or of no unit", language), group.nodes)
            if not group.key
            else group
            for group in groups
        )
        groups += _without(architecture, {group.key for group in groups})
    view = View(
        viewpoint="landscape",
        name=name_of("landscape", architecture, unit),
        title=translate("Application landscape", language) + subject(unit),
        subtitle=translate("Applications in groups; class and status", language)
        if group_by
        else translate("Applications by the office that owns them; class and status", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes,
        grouped_by=grouped_by(group_by),
        groups=groups,
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def class_of(code: str | None) -> str:
    """The class that a code of the application reference says."""
    return {"RAA.01": "general", "RAA.02": "special"}.get((code or "")[:6], "")


def _without(architecture: Architecture, known: set[str]) -> tuple[Group, ...]:
    """Offices that own no application, as empty groups; teams are no offices."""
    offices = (unit for unit in architecture.units.values() if unit.parent is None and unit.kind != "team")
    ids = ((architecture.id_at(office.ordinal), office.name or office.id) for office in offices)
    return tuple(Group(id, name, ()) for id, name in sorted(ids) if id not in known)


VIEWPOINT = Viewpoint(
    name="landscape",
    title={"en": "Application landscape", "id": "Lanskap aplikasi"},
    stakeholders=("head of the agency", "chief information officer", "offices"),
    concerns=("Who has which applications?", "Which are new, upgraded, to be retired?", "Which office has none?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["landscape"] if architecture.ordinals("applications") else [],
    reads={"applications": ("owner|operator", "reference")},
)
