"""Viewpoint "deployment": what runs where: facilities and clouds, servers and storage, applications and data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.messages import grouped, translate
from spbe_arch.metamodel.values import value_list
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import Marks, edges_between, frame_of, node_at, subject
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_SECTIONS = (
    "facilities",
    "clouds",
    "servers",
    "storages",
    "network_devices",
    "security_devices",
    "peripherals",
    "intranets",
)
_ABBREVIATIONS = frozenset(
    [
        "das",
        "iaas",
        "ids",
        "ips",
        "nac",
        "nas",
        "paas",
        "raid",
        "saas",
        "san",
        "utm",
        "vpn",
        "vsat",
        "waf",
        "sdwan",
        "bumn",
    ]
)
_FIELDS = frozenset({"facility", "runs_on", "main_facility", "stores"})


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    facility: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """All places with what is in them, or those of one facility or cloud.

    What an application runs on, where a server stands and what storage keeps are edges; the facts are technical.
    """
    marks = Marks(findings)
    places = [ordinal for section in _SECTIONS for ordinal in architecture.ordinals(section)]
    if facility is not None:
        here = facility.ordinal
        places = [one for one in places if one == here or here in architecture.targets(one, "facility")]
    known = set(places)
    applications = [
        one
        for one in architecture.ordinals("applications")
        if facility is None or not known.isdisjoint(_hosts(architecture, one))
    ]
    stores = [one for one in places if architecture.section_at(one) == "storages"]
    data = dict.fromkeys(kept for one in stores for kept in architecture.targets(one, "stores"))
    ordinals = [*places, *applications, *data]
    nodes = tuple(
        node_at(architecture, one, marks, facts=_facts(architecture.at_ordinal(one), language) if one in known else "")
        for one in ordinals
    )
    view = View(
        viewpoint="deployment",
        name="deployment" if facility is None else f"deployment-{architecture.id_at(facility.ordinal)}",
        title=translate("Deployment", language) + subject(facility),
        subtitle=translate("Facilities, servers, and the applications that run on them", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes,
        edges=edges_between(architecture, ordinals, _FIELDS),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _hosts(architecture: Architecture, application: int) -> Iterator[int]:
    yield from architecture.targets(application, "runs_on")
    yield from architecture.targets(application, "main_facility")


def _facts(element: Any, language: str) -> str:
    """What a person who looks after it wants to know, in a few words."""
    said: list[str] = []
    choices = {
        "facilities": (("tier", "tier"), ("ownership", "ownership")),
        "clouds": (("kind", "cloud_kind"), ("ownership", "ownership")),
        "servers": (("processor", "processor"), ("raid", "raid")),
        "storages": (("access", "storage_access"),),
        "network_devices": (("kind", "network_device_kind"),),
        "security_devices": (("kind", "security_device_kind"),),
        "intranets": (("kind", "intranet_kind"),),
    }.get(element.section, ())
    for field, listed in choices:
        value = getattr(element, field)
        if value:
            said.append(_label(listed, value, language))
    if element.section == "servers":
        said = [*([f"{element.memory:g} GB"] if element.memory else []), *said]
        said += [translate("virtual", language)] if element.virtual else []
    elif element.section == "storages" and element.capacity:
        said.append(_size(element.capacity))
    elif element.section == "intranets":
        said += [_label("medium", medium, language) for medium in element.media]
        said += [f"{element.bandwidth:g} Mbps"] if element.bandwidth else []
    elif element.section == "facilities":
        backups = len(element.backup_facility_of)
        if backups:
            said.append(translate("backup for {count} applications", language).format(count=grouped(backups, language)))
    return " · ".join(said)


def _label(listed: str, value: str, language: str) -> str:
    """A value in words; what is an abbreviation is written as one."""
    words = value_list(listed).label(value, language).split()
    return " ".join(word.upper() if word in _ABBREVIATIONS else word for word in words)


def _size(gigabytes: float) -> str:
    return f"{gigabytes / 1000:g} TB" if gigabytes >= 1000 else f"{gigabytes:g} GB"


VIEWPOINT = Viewpoint(
    name="deployment",
    title={"en": "Deployment", "id": "Penempatan"},
    stakeholders=("operators", "security officers", "architects"),
    concerns=("What runs where?", "What is lost if a server or a facility fails?", "What has no place?"),
    about=("facilities", "clouds"),
    make=make,
    suggest=lambda architecture: ["deployment"] if architecture.of("servers", "clouds") else [],
    reads={
        "facilities": ("tier", "ownership"),
        "clouds": ("kind", "ownership"),
        "servers": ("facility", "memory", "processor"),
        "storages": ("facility", "stores", "capacity"),
        "network_devices": ("facility", "kind"),
        "security_devices": ("facility", "kind"),
        "peripherals": ("facility",),
        "intranets": ("kind", "media", "bandwidth"),
        "applications": ("runs_on|main_facility",),
        "data": (),
    },
    fixed={"group_by": "its boxes are facilities, clouds and servers"},
)
