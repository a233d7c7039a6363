"""Viewpoint "chain": one service, with the processes that define it and everything that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import translate
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import Marks, edges_between, frame_of, name_of, node_of
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import Element

__all__ = ["VIEWPOINT"]

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


def make(architecture: Architecture, findings: Iterable[Finding], language: str, service: Any = None) -> View:
    """The chain of a service through the six layers.

    Raises:
        UnknownViewError: if no service is named.
    """
    if service is None:
        raise UnknownViewError("view 'chain' is about one service: write 'chain:' and its id")
    marks = Marks(findings)
    elements = _chain(service)
    nodes = tuple(
        node_of(architecture, one, marks, facts=architecture.id_at(one.ordinal), focus=one == service)
        for one in elements
    )
    owner = service.owner
    subtitle = translate("From the process to the server, through the six layers", language)
    return View(
        viewpoint="chain",
        name=name_of("chain", architecture, service),
        title=f"{translate('Service chain', language)}: {service.name or service.id}",
        subtitle=f"{owner.name} · {subtitle}" if owner is not None and owner.name else subtitle,
        frame=frame_of(architecture, elements, language),
        nodes=nodes,
        edges=edges_between(architecture, elements, _FIELDS),
    )


def _chain(service: Any) -> list[Element]:
    """The elements of the chain, each once, in the order of the layers."""
    processes = list(service.processes)
    applications = list(service.supported_by)
    data = _once([*service.data, *(one for process in processes for one in process.data)])
    if not data:  # then what the applications keep is the nearest thing that is known
        data = [one for application in applications for one in (*application.reads, *application.writes)]
    carriers: list[Any] = []
    for application in applications:
        carriers += [*application.runs_on, *application.networks, *application.connected_by]
        carriers += [one for one in (application.main_facility,) if one is not None]
    for one in data:
        carriers += one.stored_on
    facilities = [one.facility for one in carriers if getattr(one, "facility", None) is not None]
    carried = _once([*data, *applications, *carriers, *facilities])
    security = [activity for one in carried for activity in one.secured_by]
    return _once([*processes, service, *carried, *security])


def _once(elements: Iterable[Any]) -> list[Any]:
    return list({element.ordinal: element for element in elements}.values())


def _suggest(architecture: Architecture) -> list[str]:
    """The service with the longest chain stands for all."""
    chains = {id: len(_chain(service)) for id, service in architecture.services.items()}
    longest = max(chains, key=lambda id: chains[id], default=None)
    return [f"chain:{longest}"] if longest else []


VIEWPOINT = Viewpoint(
    name="chain",
    title={"en": "Service chain", "id": "Rantai layanan"},
    stakeholders=("owner of the service", "architects", "auditors"),
    concerns=("What carries this service?", "Which data does it need?", "How is it secured?"),
    about=("services",),
    make=make,
    suggest=_suggest,
)
