"""What every viewpoint says of the elements it shows: nodes with status and findings, edges, the frame."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.views.view import Edge, Frame, Group, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import Element

__all__ = ["Marks", "belongs", "by_office", "edges_between", "frame_of", "name_of", "node_of", "office_of"]


class Marks:
    """The findings by the element they stand on."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_element: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.place.element is not None:
                self._by_element[finding.place.path, finding.place.element].append(finding)

    def on(self, element: Element, architecture: Architecture) -> list[Finding]:
        """Those on one element."""
        return self._by_element.get((architecture.file_at(element.ordinal).path, element.id), [])


def node_of(
    architecture: Architecture,
    element: Element,
    marks: Marks,
    *,
    facts: str = "",
    focus: bool = False,
    kind: str = "",
    detail: str = "",
) -> Node:
    """The element as a picture shows it."""
    found = marks.on(element, architecture)
    return Node(
        id=architecture.id_at(element.ordinal),
        section=element.section,
        layer=element.info.layer.value,
        name=element.name or element.id,
        facts=facts,
        status=element.status or "as_is",
        worst=min((finding.level for finding in found), key=lambda level: level.rank, default=None),
        findings=len(found),
        focus=focus,
        kind=kind,
        detail=detail,
    )


def name_of(viewpoint: str, architecture: Architecture, about: Element | None, *more: str) -> str:
    """The name of a view, which is the stem of its files; no two requests share one."""
    parts = [viewpoint, *more]
    if about is not None:
        parts.append(architecture.id_at(about.ordinal).replace("/", "+"))
    return "-".join(parts)


def office_of(unit: Any) -> Any:
    """The unit at the top of the hierarchy; a loop in it ends where it closes."""
    seen = {unit.ordinal}
    while unit.parent is not None and unit.parent.ordinal not in seen:
        unit = unit.parent
        seen.add(unit.ordinal)
    return unit


def belongs(element: Any, unit: Any) -> bool:
    """Whether an element belongs to a unit or to one below it."""
    owner = element.info.belongs_to(element)
    seen: set[int] = set()
    while owner is not None and owner != unit and owner.ordinal not in seen:
        seen.add(owner.ordinal)
        owner = owner.parent
    return bool(owner is not None and owner == unit)


def by_office(
    architecture: Architecture, elements: Iterable[Element], language: str, *, short: bool = False
) -> tuple[Group, ...]:
    """The elements by the office at the top of the unit they belong to, the one with most elements first.

    What belongs to no unit comes last.
    """
    members: dict[int, list[str]] = defaultdict(list)
    offices: dict[int, Any] = {}
    tops: dict[int, Any] = {}
    for element in elements:
        owner: Any = element.info.belongs_to(element)
        top = tops.setdefault(owner.ordinal, office_of(owner)) if owner is not None else None
        key = top.ordinal if top is not None else -1
        offices[key] = top
        members[key].append(architecture.id_at(element.ordinal))

    def group(key: int) -> Group:
        office = offices[key]
        if office is None:
            return Group("", translate("no unit", language), tuple(members[key]))
        name = (short and office.short_name) or office.name or office.id
        return Group(architecture.id_at(key), name, tuple(members[key]))

    groups = [group(key) for key in members]
    return tuple(sorted(groups, key=lambda found: (not found.key, -len(found.nodes), found.key)))


def edges_between(architecture: Architecture, elements: Iterable[Element], fields: frozenset[str]) -> tuple[Edge, ...]:
    """The links of some fields among the elements, in their order, each once."""
    chosen = {element.ordinal: element for element in elements}
    edges: dict[Edge, None] = {}
    for ordinal, element in chosen.items():
        for field in element.info.links:
            if field in fields:
                relationship = element.info.links[field].declared.relationship.rstrip("?")
                for target in architecture.targets(ordinal, field):
                    if target in chosen:
                        edge = Edge(architecture.id_at(ordinal), architecture.id_at(target), field, relationship)
                        edges.setdefault(edge)
    return tuple(edges)


def frame_of(architecture: Architecture, elements: Iterable[Element], language: str) -> Frame:
    """What the sheet says about its source; it says so when facts on it are illustrative."""
    manifest = architecture.manifest
    illustrative = any(source.confidence == "illustrative" for element in elements for source in element.source)
    note = f"{translate('Source: architecture model', language)} {manifest.agency}"
    if illustrative:
        note += f" · {translate('some facts are illustrative', language)}"
    return Frame(
        agency=manifest.name or manifest.agency,
        period=manifest.period,
        date=str(manifest.date) if manifest.date else "",
        language=language,
        source_note=note,
    )
