"""Viewpoint "network": networks by the four layers of the local framework, with media, devices, and who is on them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import called, edges_between, frame_of, name_of, nodes_at, subject
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_DEVICES = ("network_devices", "security_devices")
_FIELDS = frozenset({"networks", "connects"})


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    about: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The networks with their devices and what they connect, of the agency, a facility or a unit.

    Groups are called by the layer, "access" to "other", or "" where none is said; a device without a layer of its own
    stands on that of its network. The facts of a network are its medium and bandwidth, its detail what it is, its
    `kind` "wired", "wireless" or "other"; the facts of a device are what it is and how many, its detail the facility.
    """
    networks, devices = _shown(architecture, about)
    connected = list(
        dict.fromkeys(end for one in networks for end in architecture.targets(one, "connects") if end not in networks)
    )
    ordinals = [*networks, *devices, *connected]
    layers = _layers(architecture, networks, devices)
    members: dict[str, list[str]] = defaultdict(list)
    for one in (*networks, *devices):
        members[layers[one]].append(architecture.id_at(one))
    listed = value_list("network_layer")
    names = {**{key: listed.label(key, language) for key in listed.values}, "": translate("layer not said", language)}
    view = View(
        viewpoint="network",
        name=name_of("network", architecture, about),
        title=translate("Network", language) + subject(about),
        subtitle=translate("The four layers of the network: what connects whom, over which medium", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes_at(
            architecture,
            ordinals,
            findings,
            about,
            facts=lambda one: _facts(architecture, one, language),
            kind=lambda one: _kind(architecture, one),
            detail=lambda one: _detail(architecture, one, language),
        ),
        edges=edges_between(architecture, ordinals, _FIELDS),
        groups=tuple(
            Group(key, name[:1].upper() + name[1:], tuple(members[key]))
            for key, name in names.items()
            if key or members[key]
        ),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _shown(architecture: Architecture, about: Any) -> tuple[list[int], list[int]]:
    """The networks and the devices: all, or those at a facility, or those that connect a unit."""
    networks = architecture.ordinals("intranets")
    devices = [one for section in _DEVICES for one in architecture.ordinals(section)]
    if about is None:
        return networks, devices
    here = about.ordinal
    if about.section == "intranets":
        return [here], [one for one in devices if here in architecture.targets(one, "networks")]
    ours = {one for one in networks if here in architecture.targets(one, "connects")}
    if about.section == "facilities":
        devices = [one for one in devices if here in architecture.targets(one, "facility")]
        ours.update(end for one in devices for end in architecture.targets(one, "networks"))
    else:
        devices = [one for one in devices if ours.intersection(architecture.targets(one, "networks"))]
    return [one for one in networks if one in ours], devices


def _layers(architecture: Architecture, networks: list[int], devices: list[int]) -> dict[int, str]:
    """The layer of each network and device; empty where none is said."""
    known = value_list("network_layer").values
    found = {one: architecture.row_at(one).get("network_layer") or "" for one in (*networks, *devices)}
    for one in devices:
        if not found[one]:
            ends = (found.get(end, "") for end in architecture.targets(one, "networks"))
            found[one] = next((layer for layer in ends if layer), "")
    return {one: layer if layer in known else "" for one, layer in found.items()}


def _facts(architecture: Architecture, ordinal: int, language: str) -> str:
    """What a person who looks after it wants to know, in a few words."""
    row = architecture.row_at(ordinal)
    section = row.shape.type.section
    if section == "intranets":
        media = value_list("medium")
        known = [one for one in row.get("media") or () if one in media.values]
        said = [(one == "other" and row.get("media_note")) or media.label(one, language) for one in known]
        return " · ".join([*said, *([_speed(row.get("bandwidth"))] if row.get("bandwidth") else [])])
    if section in _DEVICES:
        kinds = value_list("network_device_kind" if section == "network_devices" else "security_device_kind")
        kind, quantity = row.get("kind"), row.get("quantity")
        said = [kinds.label(kind, language)] if kind in kinds.values else []
        return " · ".join([*said, *([f"{quantity} ×"] if quantity else [])])
    return row.shape.type.label(language)


def _detail(architecture: Architecture, ordinal: int, language: str) -> str:
    row = architecture.row_at(ordinal)
    if row.shape.type.section == "intranets":
        kinds, kind = value_list("intranet_kind"), row.get("kind")
        return kinds.label(kind, language) if kind in kinds.values else ""
    places = architecture.targets(ordinal, "facility") if row.shape.type.section in _DEVICES else []
    return called(architecture, places[0]) if places else ""


def _kind(architecture: Architecture, ordinal: int) -> str:
    """Over what a network runs: "wired" if part of it does, "wireless", "other", or "" where nothing is said."""
    media = architecture.row_at(ordinal).get("media") or ()
    if "fiber_optic" in media or "coaxial" in media:
        return "wired"
    if "microwave" in media or "vsat" in media:
        return "wireless"
    return "other" if media or architecture.row_at(ordinal).get("media_note") else ""


def _speed(megabits: float) -> str:
    return f"{megabits / 1000:g} Gbps" if megabits >= 1000 else f"{megabits:g} Mbps"


VIEWPOINT = Viewpoint(
    name="network",
    title={"en": "Network", "id": "Jaringan"},
    stakeholders=("network operators", "security officers", "offices", "planners"),
    concerns=("Who is connected, over which medium?", "Which devices carry and guard it?", "Which layer has nothing?"),
    about=("facilities", "units", "intranets"),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
    reads={
        "intranets": ("network_layer", "media", "bandwidth", "connects", "devices"),
        "network_devices": ("networks", "network_layer|networks", "kind", "quantity", "facility"),
        "security_devices": ("networks", "kind", "quantity", "facility"),
        "units": (),
        "facilities": (),
        "agencies": (),
    },
    fixed={"group_by": "its bands are the layers of the network"},
)
