"""What every viewpoint says of the elements it shows: nodes with status and findings, edges, the frame.

Elements are told by their numbers here: a view of a nation has more of them than can be handed out in its time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from spbe_arch.messages import translate
from spbe_arch.metamodel.values import value_list
from spbe_arch.views.view import Edge, Frame, Group, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import Element
    from spbe_arch.records import Shape

__all__ = [
    "Marks",
    "belonging",
    "by_office",
    "called",
    "edges_between",
    "frame_of",
    "name_of",
    "nature_of",
    "node_at",
    "nodes_at",
    "short_of",
    "subject",
    "way_of",
]


class Marks:
    """The findings by the element they stand on."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_element: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.place.element is not None:
                self._by_element[finding.place.path, finding.place.element].append(finding)

    def __bool__(self) -> bool:
        return bool(self._by_element)

    def on(self, ordinal: int, architecture: Architecture) -> list[Finding]:
        """Those on one element."""
        return self._by_element.get((architecture.file_at(ordinal).path, architecture.row_at(ordinal).id), [])


def called(architecture: Architecture, ordinal: int) -> str:
    """The name of an element, or its id if it has none."""
    row = architecture.row_at(ordinal)
    return str(row.get("name") or row.id)


def short_of(architecture: Architecture, unit: int) -> str:
    """The short name of a unit, where it has one."""
    return str(architecture.row_at(unit).get("short_name") or called(architecture, unit))


def subject(about: Element | None) -> str:
    """The end of the title of a view that is about one element."""
    return f": {about.name or about.id}" if about is not None else ""


def node_at(
    architecture: Architecture,
    ordinal: int,
    marks: Marks,
    *,
    facts: str = "",
    focus: bool = False,
    kind: str = "",
    detail: str = "",
) -> Node:
    """The element of this number as a picture shows it."""
    row = architecture.row_at(ordinal)
    info = row.shape.type
    found = marks.on(ordinal, architecture) if marks else ()
    worst = min((finding.level for finding in found), key=lambda level: level.rank) if found else None
    name, status = row.get("name") or row.id, row.get("status") or "as_is"
    return Node(  # by position: there may be very many
        architecture.id_at(ordinal), info.section, info.layer_name, name, facts, status, worst, len(found), focus, kind,
        detail,
    )  # fmt: skip


def _nothing(ordinal: int) -> str:
    """What is said of every element where there is nothing to say."""
    del ordinal
    return ""


def nodes_at(
    architecture: Architecture,
    ordinals: Iterable[int],
    findings: Iterable[Finding],
    about: Element | None = None,
    *,
    facts: Callable[[int], str] = _nothing,
    kind: Callable[[int], str] = _nothing,
    detail: Callable[[int], str] = _nothing,
) -> tuple[Node, ...]:
    """The elements of these numbers as a picture shows them, with the one that it is about in focus."""
    marks = Marks(findings)
    focus = about.ordinal if about is not None else None
    return tuple(
        node_at(architecture, one, marks, facts=facts(one), kind=kind(one), detail=detail(one), focus=one == focus)
        for one in ordinals
    )


def way_of(architecture: Architecture, ordinal: int) -> str:
    """Whether an exchange goes "through" the SPL or is "direct"; empty for what is no exchange."""
    if architecture.section_at(ordinal) != "exchanges":
        return ""
    return "through" if architecture.row_at(ordinal).get("via") else "direct"


def nature_of(architecture: Architecture, ordinal: int, language: str) -> str:
    """How much care data needs."""
    row = architecture.row_at(ordinal)
    if row.shape.type.section != "data":
        return ""
    natures, nature = value_list("confidentiality"), row.get("confidentiality")
    said = [natures.label(nature, language)] if nature in natures.values else []
    return " · ".join([*said, *([translate("personal", language)] if row.get("personal") else [])])


def name_of(viewpoint: str, architecture: Architecture, about: Element | None, *more: str) -> str:
    """The name of a view, which is the stem of its files; no two requests share one."""
    parts = [viewpoint, *more]
    if about is not None:
        parts.append(architecture.id_at(about.ordinal).replace("/", "+"))
    return "-".join(parts)


def belonging(architecture: Architecture, unit: Element | None) -> Callable[[int], bool]:
    """Tells by its number whether an element belongs to a unit or to one below it; without a unit, all do."""
    if unit is None:
        return lambda ordinal: True  # noqa: ARG005 - as the other one is called
    top, holders = unit.ordinal, architecture.holders
    known = {-1: False}

    def belongs(ordinal: int) -> bool:
        holder = holders[ordinal]
        if holder not in known:
            known[holder] = top in architecture.units_above(holder)
        return known[holder]

    return belongs


def by_office(
    architecture: Architecture, ordinals: Iterable[int], language: str, *, short: bool = False
) -> tuple[Group, ...]:
    """The elements by the office at the top of the unit they belong to, the one with most elements first.

    What belongs to no unit comes last.
    """
    members: dict[int, list[str]] = defaultdict(list)
    holders, tops, of_all = architecture.holders, {-1: -1}, list(ordinals)
    for ordinal, id in zip(of_all, architecture.ids_at(of_all), strict=True):
        holder = holders[ordinal]
        if holder not in tops:
            tops[holder] = architecture.units_above(holder)[-1]
        members[tops[holder]].append(id)

    def group(office: int) -> Group:
        if office < 0:
            return Group("", translate("no unit", language), tuple(members[office]))
        name = (short_of if short else called)(architecture, office)
        return Group(architecture.id_at(office), name, tuple(members[office]))

    groups = [group(office) for office in members]
    return tuple(sorted(groups, key=lambda found: (not found.key, -len(found.nodes), found.key)))


def edges_between(architecture: Architecture, ordinals: Iterable[int], fields: frozenset[str]) -> tuple[Edge, ...]:
    """The links of some fields among the elements, in their order, each once.

    Args:
        architecture: Where the elements are.
        ordinals: Their numbers.
        fields: As in "reads", or as in "applications.reads" where other types have a field of this name too.
    """
    numbers = list(dict.fromkeys(ordinals))
    chosen = dict(zip(numbers, architecture.ids_at(numbers), strict=True))
    followed: dict[Shape, list[tuple[str, str, Callable[[int], Sequence[int]]]]] = {}
    edges: list[Edge] = []
    for ordinal, id in chosen.items():
        written = architecture.row_at(ordinal).shape
        if written not in followed:
            section, links = written.type.section, written.type.links
            followed[written] = [
                (field, info.declared.relationship.rstrip("?"), _following(architecture, section, field, len(chosen)))
                for field, info in links.items()
                if field in written.positions and (field in fields or f"{section}.{field}" in fields)
            ]
        for field, relationship, follow in followed[written]:
            targets = follow(ordinal)
            edges += [
                Edge(id, chosen[target], field, relationship)
                for target in (targets if len(targets) < 2 else dict.fromkeys(targets))
                if target in chosen
            ]
    return tuple(edges)


_MANY = 1000
"""From so many elements on, it pays to index all links of a field at once."""


def _following(architecture: Architecture, section: str, field: str, count: int) -> Callable[[int], Sequence[int]]:
    """What tells where a link field of an element leads to, for so many elements."""
    if count < _MANY:
        return lambda ordinal: architecture.targets(ordinal, field)
    return architecture.leading_from(section, field)


def frame_of(architecture: Architecture, ordinals: Iterable[int], language: str) -> Frame:
    """What the sheet says about its source; it says so when facts on it are illustrative."""
    manifest = architecture.manifest
    illustrative = any(
        source.confidence == "illustrative"
        for row in map(architecture.row_at, ordinals)
        if "source" in row.shape.positions
        for source in row.get("source") or ()
    )
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
