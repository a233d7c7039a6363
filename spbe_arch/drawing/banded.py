"""Bands of layers with lines between their cards: what the pictures of a chain and of a change have in common.

Bands, lines and cards are drawn around the places that `net` finds. Security touches everything and its lines
would hide the rest, so it stands as a wall of numbered activities at the right, and the cards that it secures
carry the numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import linked, text, wall
from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.folds import FOLD_HEIGHT, STACK, Item, items_of
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.net import Net, Slot, in_rows, laid_out
from spbe_arch.drawing.palette import PAPER
from spbe_arch.drawing.shapes import Box
from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spbe_arch.drawing.lines import Kind
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["Style", "banded", "with_lists"]

_ORDER = {layer: index for index, layer in enumerate((*STACK, "security"))}
_SIZE = 8.0
_WIDTH = 103.0
_NAME_STRIP = 16.0
_PAD = 9.0
"""How far a band reaches beyond its cards."""
_LOWER = {
    "application": frozenset({"exchanges"}),
    "infrastructure": frozenset({"facilities", "intranets", "operating_systems", "databases", "utilities"}),
}
"""Sections that stand in a row below the others of their layer, which are linked to them."""


class _Attempt(NamedTuple):
    """How much to draw and where."""

    cards: int
    """The most cards; more elements are folded."""
    size: tuple[float, float]
    across: int
    """The most cards in a row."""
    name_lines: int = 5


_ATTEMPTS = (
    _Attempt(30, A4, 5),
    _Attempt(30, A4, 4),
    _Attempt(25, A4, 5),
    _Attempt(20, A4, 5),
    _Attempt(30, A3, 8),
    _Attempt(30, A3, 6),
    _Attempt(25, A3, 6),
    _Attempt(20, A3, 6),
    _Attempt(14, A3, 6),
    _Attempt(8, A3, 6),
)
"""The first in which everything has a place is drawn; with more cards than 30 nobody can follow the lines. Folding on
A4 comes before A3, because what office printers have is A4, where a picture made for A3 cannot be read."""
_WITHOUT_LINES = (
    _Attempt(30, A4, 5),
    _Attempt(30, A3, 8),
    _Attempt(30, A3, 8, name_lines=3),
    _Attempt(14, A3, 8, name_lines=2),
)


@dataclass(frozen=True, slots=True)
class Style:
    """What one viewpoint draws otherwise than the others."""

    heading: tuple[str, str]
    kinds: Mapping[str, Kind]
    """The kinds of lines by name, in the order of the legend."""
    kind_of: Callable[[Edge, str, bool], tuple[str, bool]]
    """The kind of the line of a link, and whether it runs against the link; it is given the section of the source and
    whether that is an exchange over a bus."""
    card: Callable[[Page, Node, CardText, Box, float], None]
    """Draws a card, with so much of its foot kept free."""
    gaps: bool
    """Whether a layer without elements shows an empty place, and the wall of security stands even if it is empty."""
    fades: bool
    """Whether lines of what is to be retired are pale."""


def banded(view: View, style: Style) -> Page:
    """Returns the page of a view, not finished."""
    ordered = sorted(view.nodes, key=lambda node: (_ORDER[layer_of(node)], node.section, node.id))
    view = replace(view, nodes=tuple(ordered))
    return first_that_fits(partial(_with_lines, view, style), legend_rows=2)


def with_lists(page: Page, heading: tuple[str, str]) -> tuple[Sheet, ...]:
    """Returns the sheets of a page: itself, and lists by layer of what is folded on it."""
    hidden = page.nameless
    layers: dict[str, list[Node]] = {}
    for node in page.view.nodes:
        if node.id in hidden:
            layers.setdefault(page.words[layer_of(node)], []).append(node)
    names = listed_pages(page.view, heading, [Listed(*layer) for layer in layers.items()], first=2)
    return tuple(one.finish(1 + len(names)) for one in (page, *names))


def _with_lines(view: View, style: Style, legend_rows: int) -> Page:
    """The picture, with lines if they can be followed."""
    reason, before = "", None
    for attempt in _ATTEMPTS:
        plan = _planned(view, style, attempt, legend_rows)
        if not plan.links:
            break
        if before and (before.room, before.bands, before.links) == (plan.room, plan.bands, plan.links):
            continue
        before = plan
        if len(plan.links) > linked.MOST:
            reason = "too many lines"
            continue
        try:
            net = laid_out(plan.rows, [(link.source, link.target) for link in plan.links], plan.room)
        except DrawingError:
            reason = "engine failed"
            break
        if net:
            return _drawn(plan, net)
        reason = reason or "no room for lines"
    return _without_lines(view, style, reason, legend_rows)


def _without_lines(view: View, style: Style, reason: str, legend_rows: int) -> Page:
    """The same cards in plain rows; the foot of the page says why."""
    for attempt in _WITHOUT_LINES:
        plan = _planned(view, style, attempt, legend_rows)
        net = in_rows(plan.bands, plan.room)
        if net:
            if reason:
                linked.say_hidden(plan.page, plan.links, reason)
            return _drawn(replace(plan, links=()), net)
    raise DrawingError("the cards have no place on A3")


# What is drawn: items, links, keys


@dataclass(frozen=True, slots=True)
class _Plan:
    """What goes on the page, before it has a place."""

    page: Page
    style: Style
    items: Sequence[Item]
    wall: Sequence[Item]
    links: Sequence[linked.Link]
    keys: Mapping[str, Sequence[int]]
    """The numbers of the activities on the wall that secure an item."""
    texts: Mapping[str, CardText]
    bands: Sequence[Sequence[Sequence[Slot]]]
    """The rows of each layer."""

    @property
    def rows(self) -> list[Sequence[Slot]]:
        return list(chain.from_iterable(self.bands))

    @property
    def room(self) -> Box:
        """The place for the cards: inside the bands, left of the wall."""
        left, top = self.page.left + _NAME_STRIP + _PAD, self.page.top + _PAD
        return Box(left, top, self.end - _PAD - left, self.page.bottom - _PAD - top)

    @property
    def walled(self) -> bool:
        """Whether the wall of security stands."""
        return bool(self.wall) or self.style.gaps

    @property
    def end(self) -> float:
        """Where the bands end."""
        return self.page.right - (wall.WIDTH + 8.0 if self.walled else 0.0)


def _planned(view: View, style: Style, attempt: _Attempt, legend_rows: int) -> _Plan:
    page = Page(view, style.heading, size=attempt.size, legend_rows=legend_rows)
    degrees = Counter(end for edge in view.edges for end in (edge.source, edge.target))
    items = items_of([node for node in view.nodes if layer_of(node) != "security"], attempt.cards, degrees, page.words)
    if not style.gaps:
        items = [item for item in items if item.nodes]
    activities = wall.wall_items([node for node in view.nodes if layer_of(node) == "security"], degrees, page)
    keys = wall.keys(view.edges, items, activities)
    texts = card_texts([item.node for item in items if item.node], _WIDTH, _SIZE, lines=attempt.name_lines)
    bands = [
        _rows(list(members), attempt.across, texts, keys, page.words)
        for _, members in groupby(items, key=lambda item: item.layer)
    ]
    return _Plan(page, style, items, activities, linked.links_between(view, items, style.kind_of), keys, texts, bands)


def _rows(
    items: Sequence[Item],
    across: int,
    texts: Mapping[str, CardText],
    keys: Mapping[str, Sequence[int]],
    words: Words,
) -> list[list[Slot]]:
    """The items of a layer in as few rows as hold them, of nearly one length."""
    split: list[list[Item]] = []
    for some in (
        [item for item in items if not _is_lower(item)],
        [item for item in items if _is_lower(item)],
    ):
        count = -(-len(some) // across)
        split += [some[at * len(some) // count : (at + 1) * len(some) // count] for at in range(count)]
    # A band of one row must be as high as its turned name is long.
    name = text.width(_short(words, items[0].layer), 7.5, bold=True) + 10.0 - 2 * _PAD
    least = max(24.0, name) if len(split) == 1 else 24.0

    def height(item: Item) -> float:
        own = texts[item.key].height if item.node else FOLD_HEIGHT
        return max(own + (wall.KEY_ROOM if item.key in keys else 0.0), least)

    return [[Slot(item.key, _WIDTH, height(item)) for item in row] for row in split]


def _is_lower(item: Item) -> bool:
    lower = _LOWER.get(item.layer, frozenset())
    return bool(item.nodes) and all(node.section in lower for node in item.nodes)


# How it looks


def _drawn(plan: _Plan, net: Net) -> Page:
    page = plan.page
    for layer, members in groupby(plan.items, key=lambda item: item.layer):
        _draw_band(plan, layer, [net.boxes[item.key] for item in members])
    faded = {item.key for item in plan.items if item.node and item.node.status == "retired"} if plan.style.fades else ()
    linked.draw_links(page, plan.links, net.curves, plan.items, plan.style.kinds, faded=faded)
    for item in plan.items:
        box, numbers = net.boxes[item.key], plan.keys.get(item.key, ())
        if item.node:
            plan.style.card(page, item.node, plan.texts[item.key], box, wall.KEY_ROOM if numbers else 0.0)
        elif item.nodes:
            page.fold(item.title, item.nodes, box, link_to(page.view, 2), names=True)
        else:
            page.empty(box)
        wall.draw_keys(page, numbers, box, marked=bool(item.node and item.node.worst))
    if plan.walled:
        wall.draw_wall(page, plan.wall, plan.style.card)
    return page


def _short(words: Words, layer: str) -> str:
    return words[f"{layer}.short"] if layer in {"business", "data"} else words[layer]


def _draw_band(plan: _Plan, layer: str, boxes: Sequence[Box]) -> None:
    page = plan.page
    colours = page.ground_of(layer)
    top = _snapped(min(box.y for box in boxes) - _PAD, page.top)
    bottom = _snapped(max(box.bottom for box in boxes) + _PAD, page.bottom)
    band = Box(page.left, top, plan.end - page.left, bottom - top)
    page.rect(band, fill=colours.band, radius=2.5)
    page.rect(band._replace(width=_NAME_STRIP), fill=colours.strong, radius=2.5)
    x, y = page.left + _NAME_STRIP / 2 + 2.7, band.middle[1]
    page.text(x, y, _short(page.words, layer), 7.5, PAPER, bold=True, anchor="middle", turned=True)


def _snapped(value: float, edge: float) -> float:
    """The edge if the value is next to it: the engine's places are whole points, the wall's are not."""
    return edge if abs(value - edge) < 8.0 else value
