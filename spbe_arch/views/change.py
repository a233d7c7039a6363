"""Viewpoint "change": what is added, removed and changed between two years, from as-is to to-be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import UnknownViewError
from spbe_arch.messages import grouped, translate
from spbe_arch.metamodel import Layer, type_of, types
from spbe_arch.planning import Fate, fates
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import edges_between, frame_of, nodes_at
from spbe_arch.views.view import Edge, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["DRAWN_LINKS", "VIEWPOINT", "neighbours"]

_KINDS = {Fate.BUILD: "added", Fate.RETIRE: "removed", Fate.CHANGE: "changed"}
_SECTIONS = tuple(name for name, info in types().items() if info.layer is not Layer.ACROSS)
DRAWN_LINKS = frozenset(
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
        "provider",
        "consumer",
        "via",
        "secured_by",
        "secures",
    }
)


def read(architecture: Architecture, said: str) -> tuple[int, int]:
    """The years behind the colon, as in "2025-2029".

    Raises:
        UnknownViewError: if there are none.
    """
    del architecture
    found = re.fullmatch(r"(\d{4})-(\d{4})", said)
    if not found or found[1] > found[2]:
        raise UnknownViewError("view 'change' is between two years: write them as in 'change:2025-2029'")
    return int(found[1]), int(found[2])


def make(architecture: Architecture, findings: Iterable[Finding], language: str, about: Any = None) -> View:
    """What changes between two years, and what is linked to it.

    The `kind` of a node is "added", "removed", "changed" (it is upgraded), or "kept"; that of an edge is "added",
    "removed" or "kept", and nothing if the two never are at one time.

    Raises:
        UnknownViewError: if no years are named and the manifest has no period.
    """
    years = about or architecture.manifest.years
    if not years:
        raise UnknownViewError("view 'change' is between two years: write them as in 'change:2025-2029'")
    first, last = years
    drawn = {one for section in _SECTIONS for one in architecture.ordinals(section)}
    before, after = (drawn.intersection(architecture.ordinals_at(year)) for year in (first, last))
    kinds = {one: _KINDS[fate] for one, fate in fates(architecture, first, last).items()}
    unchanged = len(before & after) - sum(kind == "changed" for kind in kinds.values())
    coming_or_going = (one for one, kind in kinds.items() if kind != "changed")
    beside = set(neighbours(architecture, coming_or_going)) & before & after - kinds.keys()
    shown = sorted({**kinds, **dict.fromkeys(beside, "kept")})
    note = translate("{count} elements of the six layers do not change; of them only neighbours are drawn", language)
    return View(
        viewpoint="change",
        name=f"change-{first}-{last}",
        title=f"{translate('Change of the architecture', language)} {first} → {last}",
        subtitle=translate("What is added, removed and changed, and what it is linked to", language),
        frame=frame_of(architecture, shown, language),
        nodes=nodes_at(
            architecture,
            shown,
            findings,
            facts=lambda one: _facts(architecture, one, kinds.get(one, ""), language),
            kind=lambda one: kinds.get(one, "kept"),
        ),
        edges=tuple(_edges(architecture, shown, kinds, before, after)),
        notes=(note.format(count=grouped(unchanged, language)),) if unchanged > 0 else (),
    )


def neighbours(architecture: Architecture, ordinals: Iterable[int]) -> Iterator[int]:
    """What is linked to some elements; security activities are only drawn if they change themselves."""
    incoming = [(section, field) for section, field in architecture.relation_names() if field in DRAWN_LINKS]
    for ordinal in ordinals:
        links = type_of(architecture.section_at(ordinal)).links
        found = [other for field in links if field in DRAWN_LINKS for other in architecture.targets(ordinal, field)]
        found += [other for section, field in incoming for other in architecture.sources(ordinal, section, field)]
        for other in found:
            if type_of(architecture.section_at(other)).layer not in {Layer.ACROSS, Layer.SECURITY}:
                yield other


def _edges(
    architecture: Architecture, shown: list[int], kinds: Mapping[int, str], before: set[int], after: set[int]
) -> Iterator[Edge]:
    """The links that have to do with a change."""
    ordinals = {architecture.id_at(one): one for one in shown}
    for edge in edges_between(architecture, shown, DRAWN_LINKS | {"replaces"}):
        ends = {ordinals[edge.source], ordinals[edge.target]}
        if not ends & kinds.keys():
            continue
        was, will = ends <= before, ends <= after
        kind = "kept" if was and will else "added" if will else "removed" if was else ""
        if kind or edge.field == "replaces":
            yield Edge(edge.source, edge.target, edge.field, edge.relationship, kind)


def _facts(architecture: Architecture, ordinal: int, kind: str, language: str) -> str:
    """From when or until when it is there."""
    since, until = (architecture.row_at(ordinal).get(name) for name in ("since", "until"))
    if kind == "added" and since:
        return translate("from {year}", language).format(year=since)
    if kind == "removed" and until:
        return translate("until {year}", language).format(year=until)
    if kind == "changed":
        return translate("upgraded", language)
    return ""


VIEWPOINT = Viewpoint(
    name="change",
    title={"en": "As-is and to-be", "id": "As-is dan to-be"},
    stakeholders=("head of the agency", "planners", "architects"),
    concerns=("What is new, what goes, what changes?", "What is touched by it?"),
    about=(),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - on request
    read=read,
    reads=dict.fromkeys(_SECTIONS, ()),
    fixed={
        "group_by": "its bands are the layers",
        "colour_by": "colours say what is added, removed and changed",
        "size_by": "a card says what has changed",
    },
)
