"""Viewpoint "integration": which applications exchange data, over the bus or past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import Marks, belonging, edges_between, frame_of, name_of, node_at, subject
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_FIELDS = frozenset({"provider", "consumer", "via"})


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    unit: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The exchanges of the agency, or of the applications of one unit, with their applications and platforms.

    The `kind` of an exchange is "through" or "direct", that of an application "outside" if it is of another agency;
    the facts of an exchange are its data, its detail the way it is done.
    """
    marks = Marks(findings)
    belongs = belonging(architecture, unit)
    exchanges: list[Any] = [
        one
        for one in architecture.exchanges.values()
        if unit is None or any(end is not None and belongs(end.ordinal) for end in (one.provider, one.consumer))
    ]
    ends = [end for one in exchanges for end in (one.provider, one.consumer) if end is not None]
    applications = sorted(
        {end.ordinal: end for end in ends}.values(), key=lambda one: (_holder(one).casefold(), one.id)
    )
    platforms = list({one.ordinal: one for exchange in exchanges for one in exchange.via}.values())
    methods = value_list("exchange_method")
    nodes = [
        node_at(
            architecture, one.ordinal, marks, facts=_holder(one), kind="" if one.info.belongs_to(one) else "outside"
        )
        for one in applications
    ]
    nodes += [node_at(architecture, one.ordinal, marks) for one in platforms]
    nodes += [
        node_at(
            architecture,
            one.ordinal,
            marks,
            kind="through" if one.via.ids else "direct",
            facts=", ".join(data.name or data.id for data in one.data),
            detail=methods.label(one.method, language) if one.method in methods.values else "",
        )
        for one in exchanges
    ]
    ordinals = [one.ordinal for one in (*applications, *platforms, *exchanges)]
    view = View(
        viewpoint="integration",
        name=name_of("integration", architecture, unit),
        title=translate("Integration", language) + subject(unit),
        subtitle=translate("Data exchanged between applications; what bypasses the SPL is marked", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=tuple(nodes),
        edges=edges_between(architecture, ordinals, _FIELDS),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _holder(application: Any) -> str:
    """The unit or the agency that has the application, shortly."""
    holder = application.info.belongs_to(application) or application.operator or application.developer
    return (holder.short_name or holder.name or holder.id) if holder is not None else ""


VIEWPOINT = Viewpoint(
    name="integration",
    title={"en": "Integration", "id": "Integrasi"},
    stakeholders=("chief information officer", "data stewards", "developers"),
    concerns=("Who gives data to whom?", "Which exchanges bypass the SPL?", "What do other agencies get?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["integration"] if architecture.ordinals("exchanges") else [],
    reads={
        "applications": ("owner|operator|developer",),
        "exchanges": ("provider", "consumer", "data", "method"),
        "integration_platforms": (),
    },
    fixed={"group_by": "places follow from which way exchanges go"},
)
