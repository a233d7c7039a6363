"""Lines between the items of a picture: which there are, how they are drawn, and what the legend says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import lines
from spbe_arch.drawing.palette import PAPER, mix

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from spbe_arch.drawing.folds import Item
    from spbe_arch.drawing.frame import Page
    from spbe_arch.drawing.lines import Point
    from spbe_arch.views.view import Edge, View

__all__ = ["MOST", "Link", "draw_links", "links_between", "say_hidden"]

MOST = 60
"""The most lines that can be followed; more are not drawn, and the sheet says so."""


class Link(NamedTuple):
    """A line between two items, in the direction of its head."""

    source: str
    target: str
    kind: str
    both: bool = False


def links_between(
    view: View, items: Sequence[Item], kind_of: Callable[[Edge, str, bool], tuple[str, bool]]
) -> list[Link]:
    """Returns the lines, each once: several links between two folds are one line, and so are both ways of one kind.

    Args:
        view: Whose links they are.
        items: What stands for its elements.
        kind_of: The kind of the line of a link, and whether it runs against the link; it is given the section of the
            source and whether that is an exchange over a bus.
    """
    place = {node.id: index for index, item in enumerate(items) for node in item.nodes}
    sections = {node.id: node.section for node in view.nodes}
    on_bus = {edge.source for edge in view.edges if edge.field == "via"}
    on_bus.update(node.id for node in view.nodes if node.kind == "through")
    found: set[tuple[int, int, str]] = set()
    for edge in view.edges:
        if edge.source in place and edge.target in place and place[edge.source] != place[edge.target]:
            kind, against = kind_of(edge, sections[edge.source], edge.source in on_bus)
            ends = place[edge.source], place[edge.target]
            found.add((*(ends[::-1] if against else ends), kind))
    both = {(source, target, kind) for source, target, kind in found if (target, source, kind) in found}
    return [
        Link(items[source].key, items[target].key, kind, (source, target, kind) in both)
        for source, target, kind in sorted(found)
        if source < target or (source, target, kind) not in both
    ]


def draw_links(
    page: Page,
    links: Sequence[Link],
    curves: Sequence[Sequence[Point]],
    items: Sequence[Item],
    kinds: Mapping[str, lines.Kind],
    *,
    faded: Collection[str] = (),
) -> None:
    """Draws lines along their curves, and has the legend explain their kinds.

    Args:
        page: Where.
        links: What is linked.
        curves: One for each link.
        items: What stands at the ends.
        kinds: How they look, by name, in the order of the legend.
        faded: Items whose lines are pale, unless one leads to what replaces them.
    """
    words, names = page.words, {item.key: item.name for item in items}
    used = {link.kind for link in links}
    called = {name: words["link" if used == {"other"} else f"line.{name}"] for name in used}
    for name, kind in kinds.items():
        if name in used:
            page.explain(f"line.{name}", 26, partial(lines.sample, page, kind), called[name])
    for link, curve in zip(links, curves, strict=True):
        arrow = "↔" if link.both else "→"
        with page.group(f"{names[link.source]} {arrow} {names[link.target]}: {called[link.kind]}"):
            kind = kinds[link.kind]
            if link.kind != "replaces" and (link.source in faded or link.target in faded):
                kind = kind._replace(colour=mix(kind.colour, PAPER, 0.45))
            lines.draw(page, kind, curve, both=link.both)


def say_hidden(page: Page, links: Sequence[Link], reason: str) -> None:
    """Says at the foot of the page that there are lines that are not drawn, and why."""
    hidden = f"{page.words.count(len(links), 'links')} {page.words['without lines']}"
    page.remark(f"{hidden}: {page.words[reason]}")
