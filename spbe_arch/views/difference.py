"""The picture of a difference between two states: added in full, removed dashed, changed marked, neighbours faded.

It is drawn by the recipe of the viewpoint "change"; it is no viewpoint, since it is about two architectures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.comparing import LinkChange
from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer
from spbe_arch.views.change import DRAWN_LINKS, neighbours
from spbe_arch.views.gathering import Marks, edges_between, frame_of, node_at
from spbe_arch.views.view import Edge, Node, View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.comparing import Difference
    from spbe_arch.findings import Finding

__all__ = ["difference_view"]


def difference_view(difference: Difference, findings: Iterable[Finding], language: str = "") -> View:
    """The view of what changed in the six layers, with what it is linked to.

    Args:
        difference: what changed.
        findings: of the new state; they are marked on the elements.
        language: of the labels; else that of the manifest, else Indonesian.
    """
    before, after = difference.before, difference.after
    tongue = language or after.manifest.spoken
    kinds: dict[str, str] = dict.fromkeys(difference.added, "added") | dict.fromkeys(difference.removed, "removed")
    kinds |= dict.fromkeys((one.id for one in difference.changed), "changed")
    kinds |= dict.fromkeys((one.after for one in difference.renamed), "changed")
    links = [(link, "added") for link in difference.links_added] + [
        (link, "removed") for link in difference.links_removed
    ]
    shown = dict(kinds)
    for link, _ in links:
        if link.field in DRAWN_LINKS:
            shown.setdefault(link.source, "kept")
            shown.setdefault(link.target, "kept")
    for architecture in (after, before):
        beside = neighbours(architecture, _ordinals(architecture, kinds))
        shown |= {id: "kept" for id in map(architecture.id_at, beside) if id not in shown and id in after}
    marks = Marks(findings)
    nodes = tuple(node for id, kind in shown.items() for node in _node(difference, id, kind, marks))
    drawn = {node.id: node for node in nodes}
    ordinals = _ordinals(after, drawn)
    return View(
        viewpoint="change",
        name="difference",
        title=translate("Changes of the architecture", tongue),
        subtitle=translate("What is added, removed and changed, and what it is linked to", tongue),
        frame=frame_of(after, ordinals, tongue),
        nodes=nodes,
        edges=tuple(_edges(before, after, links, drawn, kinds)),
    )


def _ordinals(architecture: Architecture, ids: Iterable[str]) -> list[int]:
    """The numbers of those that the architecture has."""
    return [number for number in map(architecture.number_of, ids) if number is not None]


def _node(difference: Difference, id: str, kind: str, marks: Marks) -> Iterator[Node]:
    architecture = difference.before if kind == "removed" else difference.after
    if id not in architecture:
        architecture = difference.before
    element = architecture[id]
    if element.info.layer is not Layer.ACROSS:
        node = node_at(architecture, element.ordinal, marks, kind=kind)
        yield node._replace(worst=None, findings=0) if kind == "removed" else node


def _edges(
    before: Architecture,
    after: Architecture,
    links: Iterable[tuple[LinkChange, str]],
    drawn: Collection[str],
    kinds: Mapping[str, str],
) -> Iterator[Edge]:
    """The links that came and went between what is drawn, and those that stay and have to do with a change."""
    changed = set()
    for link, kind in links:
        if link.field in DRAWN_LINKS and link.source in drawn and link.target in drawn:
            changed.add(link)
            element = (after if kind == "added" else before).find(link.source)
            relationship = element.info.links[link.field].declared.relationship if element is not None else ""
            yield Edge(link.source, link.target, link.field, relationship.rstrip("?"), kind)
    for kept in edges_between(after, _ordinals(after, drawn), DRAWN_LINKS):
        if LinkChange(kept.source, kept.field, kept.target) not in changed and (
            kept.source in kinds or kept.target in kinds
        ):
            yield kept._replace(kind="kept")
