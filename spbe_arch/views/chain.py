"""Viewpoint "chain": one service, with the processes that define it and everything that carries it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import translate
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import edges_between, frame_of, name_of, nodes_at, subject
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT", "chain_of"]

_FIELDS = frozenset(
    {
        "processes",
        "data",
        "supports",
        "reads",
        "writes",
        "runs_on",
        "networks",
        "connects",
        "facility",
        "main_facility",
        "stores",
        "secured_by",
        "secures",
    }
)


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    service: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The chain of a service through the six layers.

    Raises:
        UnknownViewError: if no service is named.
    """
    if service is None:
        raise UnknownViewError("view 'chain' is about one service: write 'chain:' and its id")
    ordinals = chain_of(architecture, service.ordinal)
    owner = service.owner
    subtitle = translate("From the process to the server, through the six layers", language)
    view = View(
        viewpoint="chain",
        name=name_of("chain", architecture, service),
        title=translate("Service chain", language) + subject(service),
        subtitle=f"{owner.name} · {subtitle}" if owner is not None and owner.name else subtitle,
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes_at(architecture, ordinals, findings, service, facts=architecture.id_at),
        edges=edges_between(architecture, ordinals, _FIELDS),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def chain_of(architecture: Architecture, service: int) -> list[int]:
    """The numbers of the elements of the chain of a service, each once, in the order of the layers."""
    targets, sources = architecture.targets, architecture.sources
    processes = targets(service, "processes")
    applications = sources(service, "applications", "supports")
    data = _once(targets(service, "data"), *(sources(one, "data", "processes") for one in processes))
    if not data:  # then what the applications keep is the nearest thing that is known
        data = _once(*(targets(one, field) for one in applications for field in ("reads", "writes")))
    carriers: list[int] = []
    for one in applications:
        carriers += [*targets(one, "runs_on"), *targets(one, "networks")]
        carriers += [*sources(one, "integration_platforms", "connects"), *targets(one, "main_facility")]
    for one in data:
        carriers += sources(one, "storages", "stores")
    facilities = [place for one in carriers for place in targets(one, "facility")]
    carried = _once(data, applications, carriers, facilities)
    security = [activity for one in carried for activity in architecture.both_ends(one, "secured_by")]
    return _once(processes, [service], carried, security)


def _once(*ordinals: list[int]) -> list[int]:
    return list(dict.fromkeys(chain.from_iterable(ordinals)))


def _suggest(architecture: Architecture) -> list[str]:
    """The service with the longest chain stands for all."""
    services = architecture.ordinals("services")
    longest = max(services, key=lambda one: len(chain_of(architecture, one)), default=None)
    return [f"chain:{architecture.id_at(longest)}"] if longest is not None else []


VIEWPOINT = Viewpoint(
    name="chain",
    title={"en": "Service chain", "id": "Rantai layanan"},
    stakeholders=("owner of the service", "architects", "auditors"),
    concerns=("What carries this service?", "Which data does it need?", "How is it secured?"),
    about=("services",),
    make=make,
    suggest=_suggest,
    reads={
        "processes": ("data",),
        "services": ("owner", "processes", "supported_by"),
        "data": ("secured_by",),
        "applications": ("reads|writes", "runs_on|main_facility", "secured_by"),
        "servers": ("facility", "secured_by"),
        "storages": ("facility", "secured_by"),
        "clouds": ("secured_by",),
        "facilities": ("secured_by",),
        "intranets": ("secured_by",),
        "integration_platforms": ("secured_by",),
    },
    needs_subject=True,
    fixed={"group_by": "its bands are the layers"},
)
