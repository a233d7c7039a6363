"""The picture of a difference between two states: added in full, removed dashed, changed marked, neighbours faded.

It is drawn by the recipe of the viewpoint "change"; it is no viewpoint, since it is about two architectures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spbe_arch.comparing import LinkChange
from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer
from spbe_arch.views.change import DRAWN_LINKS
from spbe_arch.views.gathering import Marks, frame_of, node_of
from spbe_arch.views.view import Edge, Node, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    tongue = language or after.manifest.language or "id"
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
    marks = Marks(findings)
    nodes = tuple(node for id, kind in shown.items() for node in _node(difference, id, kind, marks))
    drawn = {node.id for node in nodes}
    elements = [after[node.id] for node in nodes if node.id in after]
    return View(
        viewpoint="change",
        name="difference",
        title=translate("Changes of the architecture", tongue),
        subtitle=translate("What is added, removed and changed, and what it is linked to", tongue),
        frame=frame_of(after, elements, tongue),
        nodes=nodes,
        edges=tuple(_edges(before, after, links, drawn)),
    )


def _node(difference: Difference, id: str, kind: str, marks: Marks) -> Iterator[Node]:
    architecture = difference.before if kind == "removed" else difference.after
    if id not in architecture:
        architecture = difference.before
    element = architecture[id]
    if element.info.layer is not Layer.ACROSS:
        node = node_of(architecture, element, marks, kind=kind)
        yield replace(node, worst=None, findings=0) if kind == "removed" else node


def _edges(
    before: Architecture, after: Architecture, links: Iterable[tuple[LinkChange, str]], drawn: set[str]
) -> Iterator[Edge]:
    """The links that came and went, and those that stay between what is drawn."""
    changed = set()
    for link, kind in links:
        if {link.source, link.target} <= drawn and link.field in DRAWN_LINKS:
            changed.add(link)
            element = (after if kind == "added" else before).find(link.source)
            relationship = element.info.links[link.field].declared.relationship if element is not None else ""
            yield Edge(link.source, link.target, link.field, relationship.rstrip("?"), kind)
    for kept in after.links():
        link = LinkChange(kept.source, kept.field, kept.target)
        if link.field in DRAWN_LINKS and {link.source, link.target} <= drawn and link not in changed:
            yield Edge(kept.source, kept.target, kept.field, kept.relationship, "kept")
