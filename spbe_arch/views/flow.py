"""Viewpoint "flow": where data comes from and where it goes: who yields, writes, keeps, reads and uses it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import grouped, translate
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import (
    belonging,
    edges_between,
    frame_of,
    name_of,
    nature_of,
    nodes_at,
    short_of,
    subject,
    way_of,
)
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]

_FIELDS = frozenset(
    {
        "data.processes",
        "applications.reads",
        "applications.writes",
        "storages.stores",
        "services.data",
        "exchanges.data",
        "exchanges.consumer",
    }
)
_LEADING_TO_DATA = (
    ("writes", "applications", "writes"),
    ("keeps", "storages", "stores"),
    ("reads", "applications", "reads"),
    ("reads", "exchanges", "data"),
    ("uses", "services", "data"),
)
"""Columns, with the links from their elements to the data."""


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    about: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The flow of one kind of data, of all that belong to a unit, or of all.

    Groups are the columns: "yields", "writes", "data", "keeps", "reads", "uses". An application that writes some and
    reads other data stands among those that write. The facts of data are its producer, its detail is its nature; data
    that nobody yields and nobody writes has no known origin, and its `kind` is "origin unknown"; that of an exchange is
    "through" or "direct".
    """
    columns = _columns(architecture, about)
    ordinals = list(dict.fromkeys(chain.from_iterable(columns.values())))
    orphans = {one for one in columns["data"] if _is_orphan(architecture, one)}
    names = _names(language)
    view = View(
        viewpoint="flow",
        name=name_of("flow", architecture, about),
        title=translate("Data flow", language) + subject(about),
        subtitle=translate("Who yields the data, writes, keeps, reads and uses it", language),
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes_at(
            architecture,
            ordinals,
            findings,
            about,
            facts=_Holders(architecture).of,
            kind=lambda one: "origin unknown" if one in orphans else way_of(architecture, one),
            detail=lambda one: nature_of(architecture, one, language),
        ),
        edges=edges_between(architecture, ordinals, _FIELDS),
        groups=tuple(Group(key, names[key], tuple(map(architecture.id_at, found))) for key, found in columns.items()),
        notes=_notes(architecture, orphans, language),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


def _names(language: str) -> dict[str, str]:
    return {
        "yields": translate("yields", language),
        "writes": translate("writes", language),
        "data": translate("data", language),
        "keeps": translate("keeps", language),
        "reads": translate("reads", language),
        "uses": translate("uses", language),
    }


def _columns(architecture: Architecture, about: Any) -> dict[str, list[int]]:
    """The numbers of the elements of each column, each element in the first that has it."""
    data = _data(architecture, about)
    found: dict[str, list[int]] = {"yields": [], "writes": [], "data": data, "keeps": [], "reads": [], "uses": []}
    for one in data:
        found["yields"] += architecture.targets(one, "processes")
        for key, section, field in _LEADING_TO_DATA:
            found[key] += architecture.sources(one, section, field)
    exchanges = [one for one in found["reads"] if architecture.section_at(one) == "exchanges"]
    found["uses"] += (end for one in exchanges for end in architecture.targets(one, "consumer"))
    seen: set[int] = set()
    for key in ("data", "yields", "writes", "keeps", "reads", "uses"):
        found[key] = [one for one in dict.fromkeys(found[key]) if one not in seen]
        seen.update(found[key])
    return found


def _data(architecture: Architecture, about: Any) -> list[int]:
    if about is not None and about.section == "data":
        return [about.ordinal]
    if about is not None and about.section == "applications":
        used = (architecture.targets(about.ordinal, field) for field in ("writes", "reads"))
        return list(dict.fromkeys(chain.from_iterable(used)))
    return list(filter(belonging(architecture, about), architecture.ordinals("data")))


def _is_orphan(architecture: Architecture, data: int) -> bool:
    """Whether nobody is known to yield or to write it."""
    return not architecture.targets(data, "processes") and not architecture.sources(data, "applications", "writes")


class _Holders:
    """Who produces data, and who has what else is shown; a few units have very much."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self._short = {-1: ""}

    def of(self, ordinal: int) -> str:
        """What the unit of an element is called for short."""
        architecture = self._architecture
        ends = architecture.targets(ordinal, "producer") if architecture.section_at(ordinal) == "data" else []
        holder = ends[0] if ends else architecture.holders[ordinal]
        if holder not in self._short:
            self._short[holder] = short_of(architecture, holder)
        return self._short[holder]


def _notes(architecture: Architecture, orphans: set[int], language: str) -> tuple[str, ...]:
    if not orphans:
        return ()
    first = [architecture.row_at(one).get("name") or architecture.id_at(one) for one in sorted(orphans)[:3]]
    said = translate("{count} data without a known origin: {names}", language)
    return (
        said.format(
            count=grouped(len(orphans), language), names=", ".join(first) + (", …" if len(orphans) > 3 else "")
        ),
    )


VIEWPOINT = Viewpoint(
    name="flow",
    title={"en": "Data flow", "id": "Aliran data"},
    stakeholders=("data stewards", "owners of data", "developers", "auditors"),
    concerns=("Where does this data come from?", "Who changes it?", "Where is it kept?", "Who reads and uses it?"),
    about=("data", "units", "applications"),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
    reads={
        "data": ("owner|producer", "processes", "written_by", "read_by|used_by_services", "stored_on"),
        "processes": (),
        "applications": ("owner|operator",),
        "storages": (),
        "exchanges": ("consumer",),
        "services": ("owner",),
    },
    fixed={"group_by": "its columns say what is done with data"},
)
