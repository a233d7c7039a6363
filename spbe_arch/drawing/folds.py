"""What stands in a picture with lines: a card for each element, or folds where there are too many.

A fold stands for all its elements, so every element is drawn or counted, whatever the size of the view.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.palette import BANDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Node

__all__ = ["FOLD_HEIGHT", "STACK", "Item", "card_of", "fewer", "items_of", "ranked"]

STACK = ("across", *BANDS[:-1])
"""The layers that lie on each other, from the top."""
FOLD_HEIGHT = 32.0


class Item(NamedTuple):
    """A card; a fold of several elements; or, with none, an empty place."""

    key: str
    layer: str
    nodes: tuple[Node, ...]
    title: str = ""
    """Of a fold."""

    @property
    def node(self) -> Node | None:
        """The element, if it is one."""
        return self.nodes[0] if len(self.nodes) == 1 else None

    @property
    def name(self) -> str:
        return self.node.name if self.node else self.title


def items_of(nodes: Sequence[Node], most: int, degrees: Mapping[str, int], words: Words) -> list[Item]:
    """Returns what stands for the elements, by layer; for a national layer without any, an empty place.

    If there are more elements than cards, infrastructure is folded by type, then what has the fewest links.

    Args:
        nodes: The elements, without those of security.
        most: How many cards and folds there should be at most; a layer keeps a sixth of them.
        degrees: How many links each element has.
        words: For the titles of folds.
    """
    layers = {layer: [card_of(node) for node in nodes if layer_of(node) == layer] for layer in STACK}
    if len(nodes) > most:
        layers["infrastructure"] = _by_section(layers["infrastructure"], words)
    least = most // 6
    for layer in ("data", "business", "application", "services", "across", "infrastructure"):
        over = sum(map(len, layers.values())) - most
        if over > 0 and len(layers[layer]) > least + 1:
            kept = max(least, len(layers[layer]) - over - 1)
            layers[layer] = fewer(layers[layer], ranked(layers[layer], degrees)[:kept], words)
    empty = {layer: [Item(f" {layer}", layer, ())] for layer in BANDS}
    return [item for layer in STACK for item in layers[layer] or empty.get(layer, [])]


def card_of(node: Node) -> Item:
    """Returns the card of an element."""
    return Item(node.id, layer_of(node), (node,))


def _by_section(items: Sequence[Item], words: Words) -> list[Item]:
    sections: dict[str, list[Node]] = {}
    for node in chain.from_iterable(item.nodes for item in items):
        sections.setdefault(f" {node.id}" if node.focus else node.section, []).append(node)
    return [
        card_of(nodes[0])
        if len(nodes) == 1
        else Item(f" {section}", layer_of(nodes[0]), tuple(nodes), words.of_section(len(nodes), section))
        for section, nodes in sections.items()
    ]


def ranked(items: Sequence[Item], degrees: Mapping[str, int]) -> list[Item]:
    """Returns the items, those in focus first, then those with the most links."""

    def weight(item: Item) -> tuple[bool, int, str]:
        focus = any(node.focus for node in item.nodes)
        return not focus, -sum(degrees.get(node.id, 0) for node in item.nodes), item.key

    return sorted(items, key=weight)


def fewer(items: Sequence[Item], kept: Sequence[Item], words: Words) -> list[Item]:
    """Returns the items that are kept, in their order, and one fold of the rest."""
    stay = {item.key for item in kept}
    rest = tuple(node for item in items if item.key not in stay for node in item.nodes)
    layer = items[0].layer
    fold = Item(f" {layer}+", layer, rest, f"+ {words.number(len(rest))} {words['others']}")
    return [*(item for item in items if item.key in stay), fold]
