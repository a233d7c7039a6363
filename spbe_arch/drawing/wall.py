"""Security beside a picture with lines: a wall of numbered activities, and their numbers on what they secure.

Security touches everything, and lines for it would hide all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.folds import FOLD_HEIGHT, Item, card_of, fewer, ranked
from spbe_arch.drawing.frame import link_to
from spbe_arch.drawing.palette import MUTED, PAPER, STATUS
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spbe_arch.drawing.canvas import Canvas
    from spbe_arch.drawing.frame import Page
    from spbe_arch.views.view import Edge, Node

__all__ = ["KEY_ROOM", "WIDTH", "draw_keys", "draw_wall", "keys", "wall_items"]

WIDTH = 104.0
KEY_ROOM = 6.0
"""What the numbers take from the foot of a card."""
_MOST = 20
"""More activities than any page has room for."""
_CARD = 90.0
_HEAD = 16.0
_SAID = 26.0
"""What the explanation of the numbers takes."""
_GAPS = (9.0, 14.0)
"""The least and the largest gap above a card, where its number stands."""
_LINES = (6, 5, 4, 3)
"""The most lines of a name; how many activities there is room for is counted with the fewest."""
_KEY = 9.0
_KEY_GAP = 1.5


def wall_items(nodes: Sequence[Node], degrees: Mapping[str, int], page: Page) -> list[Item]:
    """Returns the activities in order, those for which the wall has no room in one fold at the end."""
    items = [card_of(node) for node in nodes]
    order = ranked(items, degrees)
    for kept in range(min(len(items), _MOST), -1, -1):
        some = items if kept == len(items) else fewer(items, order[:kept], page.words)
        if kept == len(items) - 1:
            continue  # a fold of one is no fold
        if sum(_heights(some)) + _GAPS[0] * len(some) <= page.bottom - page.top - _HEAD - _SAID:
            return some
    return []


def keys(edges: Iterable[Edge], items: Sequence[Item], wall: Sequence[Item]) -> dict[str, list[int]]:
    """Returns the numbers of the activities on the wall that secure each item."""
    number = {node.id: index for index, item in enumerate(wall, 1) for node in item.nodes}
    place = {node.id: item.key for item in items for node in item.nodes}
    secured: dict[str, set[int]] = {}
    for edge in edges:
        if edge.field not in {"secures", "secured_by"}:
            continue
        activity, thing = (edge.source, edge.target)[:: 1 if edge.field == "secures" else -1]
        if activity in number and thing in place:
            secured.setdefault(place[thing], set()).add(number[activity])
    return {key: sorted(numbers) for key, numbers in secured.items()}


def draw_wall(page: Page, items: Sequence[Item], card: Callable[[Page, Node, CardText, Box, float], None]) -> None:
    """Draws the wall at the right of the page, its cards as the viewpoint draws them."""
    words, colours = page.words, page.ground_of("security")
    wall = Box(page.right - WIDTH, page.top, WIDTH, page.bottom - page.top)
    page.rect(wall, fill=colours.band, radius=2.5)
    page.rect(wall._replace(height=_HEAD), fill=colours.strong, radius=2.5)
    page.lines((words["security"],), wall._replace(height=_HEAD), 7.5, PAPER, bold=True)
    x, y = wall.x + (WIDTH - _CARD) / 2, wall.y + _HEAD + 9.0
    if not items:
        page.empty(Box(x, y, _CARD, FOLD_HEIGHT))
        return
    numbers = f"K1–K{len(items)}" if len(items) > 1 else "K1"
    for line in text.wrap(f"{numbers}: {words['legend.keys']}", _CARD, 6.5, lines=2):
        page.text(x, y + 2.0, line, 6.5, MUTED)
        y += 8.2
    for lines in _LINES:  # whole names, where there is room below for them
        texts, heights = _texts(items, lines), _heights(items, lines)
        if sum(heights) + _GAPS[0] * (len(items) + 0.5) <= wall.bottom - y:
            break
    gap = min((wall.bottom - y - sum(heights)) / (len(items) + 0.5), _GAPS[1])
    for number, (item, height) in enumerate(zip(items, heights, strict=True), 1):
        y += gap
        box = Box(x, y, _CARD, height)
        if item.node:
            card(page, item.node, texts[item.key], box, 0.0)
        else:
            page.fold(item.title, item.nodes, box, link_to(page.view, 2), names=True)
        beside = 9.0 if item.node and item.node.status in STATUS else 1.0
        _draw_key(page, f"K{number}", box.right - _key_width(f"K{number}") - beside, y - 6.5)
        y += height


def draw_keys(canvas: Canvas, numbers: Sequence[int], box: Box, *, marked: bool) -> None:
    """Draws numbers of activities on the lower edge of a card, from the right.

    Args:
        canvas: Where.
        numbers: Those that secure the card; of more than fit, the first.
        box: The card.
        marked: Whether there is a mark on the corner.
    """
    right = box.right - (8.0 if marked else 3.0)
    signs = [f"K{number}" for number in numbers]
    while sum(map(_key_width, signs)) > right - box.x - 6.0:
        signs = [*signs[:-2], "…"]
    x = right - sum(map(_key_width, signs)) + _KEY_GAP
    for sign in signs:
        _draw_key(canvas, sign, x, box.bottom - _KEY / 2)
        x += _key_width(sign)


def _draw_key(canvas: Canvas, sign: str, x: float, y: float) -> None:
    strong = canvas.ground_of("security").strong
    box = Box(x, y, _key_width(sign) - _KEY_GAP, _KEY)
    canvas.rect(box, fill=PAPER, stroke=strong, radius=1.5)
    canvas.text(box.middle[0], box.bottom - 2.1, sign, 6.5, strong, bold=True, anchor="middle")


def _key_width(sign: str) -> float:
    return text.width(sign, 6.5, bold=True) + 4.5 + _KEY_GAP


def _texts(items: Sequence[Item], lines: int) -> dict[str, CardText]:
    return card_texts([item.node for item in items if item.node], _CARD, 7.5, lines=lines)


def _heights(items: Sequence[Item], lines: int = _LINES[-1]) -> list[float]:
    texts = _texts(items, lines)
    return [texts[item.key].height if item.node else FOLD_HEIGHT for item in items]
