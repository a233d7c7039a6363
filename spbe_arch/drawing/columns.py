"""Columns of cards with lines between: what the pictures of a context and of a flow have in common.

The columns stand from left to right; the places in them, and the ways of the lines, are those that `net` finds for
the same picture lying on its side. What finds no place is folded by type, and then by how few links it has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import lines, linked, notation, text
from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.folds import FOLD_HEIGHT, Item, card_of, ranked
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.lanes import between_columns
from spbe_arch.drawing.net import Net, Slot, laid_out
from spbe_arch.drawing.palette import INK, PAPER
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words
from spbe_arch.errors import DrawingError
from spbe_arch.metamodel import type_of, types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["Columns", "columned"]

_GROUND = "#F4F5F7"
_HEAD = 20.0
_PAD = 8.0


@dataclass(frozen=True, slots=True)
class Columns:
    """What one viewpoint draws otherwise than the others."""

    heading: tuple[str, str]
    title: Callable[[Words, str, str], str]
    """What stands over a column: from the words, the key and the name of its group."""
    remark: str = ""
    """What the foot of the page says besides."""


class _Attempt(NamedTuple):
    """How much to draw and where."""

    each: int
    """The most cards and folds in a column."""
    size: tuple[float, float]
    gap: float
    """The least room for the lines between two columns."""


_ATTEMPTS = (
    _Attempt(11, A4, 60.0),
    _Attempt(11, A4, 26.0),
    _Attempt(15, A3, 70.0),
    _Attempt(15, A3, 26.0),
    _Attempt(9, A3, 60.0),
    _Attempt(9, A3, 26.0),
    _Attempt(7, A3, 70.0),
    _Attempt(6, A3, 70.0),
    _Attempt(6, A3, 26.0),
    _Attempt(5, A3, 70.0),
    _Attempt(4, A3, 70.0),
)
"""The first in which everything has a place is drawn; what is small and folds nothing comes before what is large."""
_MOST_COLUMNS = 9
"""As many as A3 holds with room for lines between."""
_WIDTHS = (11.5, 18.5)
"""Of cards, the least and the most, for each point of the size of names."""
_SIZES = (11.0, 10.0, 9.0, 8.0)
"""Of names: the largest with which the longest column has room."""
_BETWEEN = 9.0
"""The least gap between cards with names larger than the least."""
_APART = 4.6
"""The most room between two columns, in inches."""
_FOCUS = (6.0, 84.0)
"""How high the card in focus is for each line that ends on a side of it, and the most."""


class _Content(NamedTuple):
    """What a picture shows with so many cards in a column, wherever it is drawn."""

    columns: Sequence[tuple[str, int, Sequence[Item]]]
    """Title, number of elements, and what stands for them; columns without any are left out."""
    links: Sequence[linked.Link]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What goes on the page, before it has a place."""

    page: Page
    columns: Sequence[tuple[str, int, Sequence[Item]]]
    links: Sequence[linked.Link]
    texts: Mapping[str, CardText]
    width: float
    size: float

    @property
    def room(self) -> Box:
        """The place for the cards: below the heads of the columns."""
        page = self.page
        return Box(page.left + _PAD, page.top + _HEAD, page.right - page.left - 2 * _PAD, self.height)

    @property
    def height(self) -> float:
        return self.page.bottom - self.page.top - _HEAD - _PAD

    def slot(self, item: Item) -> Slot:
        """The size of a card or fold."""
        if item.node is None:
            return Slot(item.key, self.width, FOLD_HEIGHT - 6.0)
        height, room = self.texts[item.key].height, 0.0
        if item.node.focus:
            ends = Counter(link.source == item.key for link in self.links if item.key in link[:2])
            height, room = max(height, min(_FOCUS[0] * max(ends.values(), default=0), _FOCUS[1])), 10.0  # for its frame
        return Slot(item.key, self.width + room, height + room)

    def spare(self) -> float:
        """What the gaps between the cards of the longest column have, each."""
        return min(
            (self.height - sum(self.slot(item).height for item in items)) / (len(items) + 1)
            for *_, items in self.columns
        )


def columned(view: View, style: Columns) -> tuple[Sheet, ...]:
    """Returns the sheets of a view: the picture, and lists of what is folded on it."""
    words = Words(view.frame.language)
    sorted_in = _sorted_in(view, style, words)
    content = cache(partial(_content, view, sorted_in, words))
    page = first_that_fits(partial(_drawn, view, style, content), legend_rows=2)
    hidden = page.nameless
    listed = [
        Listed(title, some) for _, title, nodes in sorted_in if (some := [node for node in nodes if node.id in hidden])
    ]
    names = listed_pages(view, style.heading, listed, first=2)
    return tuple(one.finish(1 + len(names)) for one in (page, *names))


def _sorted_in(view: View, style: Columns, words: Words) -> list[tuple[str, str, list[Node]]]:
    """Key, title and elements of each column; an element is in the first group that has it, and what is in none last.

    Of more columns than a page holds the outermost are one.
    """
    known = {node.id: node for node in view.nodes}
    found = []
    for group in view.groups:
        nodes = [known.pop(id) for id in group.nodes if id in known]
        found.append((group.key, style.title(words, group.key, text.clean(group.name)), nodes))
    if known:
        found.append(("", words["no group"], list(known.values())))
    found = [column for column in found if column[2]]
    while len(found) > _MOST_COLUMNS:
        middle = next((at for at, column in enumerate(found) if any(one.focus for one in column[2])), 0)
        at = 0 if middle > len(found) - 1 - middle else len(found) - 2
        (key, first, some), (_, last, more) = found[at : at + 2]
        ends = (first.partition(" – ")[0], last.rpartition(" – ")[2])
        found[at : at + 2] = [(key, " – ".join(ends), [*some, *more])]
    return found


def _drawn(view: View, style: Columns, content: Callable[[int], _Content], legend_rows: int) -> Page:
    """The picture, with lines if they can be followed."""
    if not view.nodes:
        page = Page(view, style.heading, legend_rows=legend_rows)
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    reason = ""
    for attempt in _in_order(view):
        for sizes in (_SIZES, _SIZES[-1:]):
            plan = _planned(view, style, content, attempt, legend_rows, sizes)
            if plan is None or not plan.links or len(plan.links) > linked.MOST:
                reason = reason or ("too many lines" if plan is not None and plan.links else "")
                break
            try:
                net = _placed(plan)
            except DrawingError:
                return _without_lines(view, style, content, "engine failed", legend_rows)
            if net is not None:
                _draw(plan, net)
                return plan.page
            reason = reason or "no room for lines"
            if plan.size == _SIZES[-1]:
                break
    return _without_lines(view, style, content, reason, legend_rows)


def _in_order(view: View) -> list[_Attempt]:
    """The attempts, those on A4 first if nothing has to be folded there."""
    longest = max((len(group.nodes) for group in view.groups), default=0)
    return [one for one in _ATTEMPTS if one.size == A3 or longest <= one.each]


def _without_lines(
    view: View, style: Columns, content: Callable[[int], _Content], reason: str, legend_rows: int
) -> Page:
    """The same cards in plain columns; the foot of the page says why."""
    for attempt in (*_in_order(view), *_ATTEMPTS):
        plan = _planned(view, style, content, attempt, legend_rows, _SIZES)
        net = _stacked(plan) if plan is not None else None
        if plan is not None and net is not None:
            if reason:
                linked.say_hidden(plan.page, plan.links, reason)
            _draw(plan, net, with_lines=False)
            return plan.page
    raise DrawingError("the cards have no place on A3")


# What is drawn


def _content(view: View, sorted_in: Sequence[tuple[str, str, Sequence[Node]]], words: Words, most: int) -> _Content:
    degrees = Counter(end for edge in view.edges for end in (edge.source, edge.target))
    columns = [
        (title, len(nodes), _items(f"{at}", nodes, most, degrees, words))
        for at, (_, title, nodes) in enumerate(sorted_in)
    ]
    items = [item for *_, some in columns for item in some]
    kind_of = notation.kind_of if view.style == "archimate" else _kind_of
    return _Content(columns, linked.links_between(view, items, kind_of))


def _planned(
    view: View, style: Columns, content: Callable[[int], _Content], attempt: _Attempt, legend_rows: int,
    sizes: Sequence[float],
) -> _Plan | None:  # fmt: skip
    """What goes on a page, with the largest names that have room; None if its columns are too many for it."""
    page = Page(view, style.heading, size=attempt.size, legend_rows=legend_rows)
    columns, links = content(attempt.each)
    across = len(columns)
    room = page.right - page.left - 2 * _PAD - 10.0
    each = (room - attempt.gap * (across - 1)) / across
    if each < _WIDTHS[0] * _SIZES[-1]:
        return None
    items = [item for *_, some in columns for item in some]
    if style.remark:
        page.remark(style.remark)
    for size in sizes:
        if each < _WIDTHS[0] * size:
            continue
        width = min(each, _WIDTHS[1] * size)
        texts = card_texts([item.node for item in items if item.node], width, size, lines=4)
        plan = _Plan(page, columns, links, texts, width, size)
        if plan.spare() >= _BETWEEN:
            break
    return plan


def _items(column: str, nodes: Sequence[Node], most: int, degrees: Mapping[str, int], words: Words) -> list[Item]:
    """A card for each element; of too many, folds by type, or by layer where there are too many types for that."""
    if len(nodes) <= most:
        return [card_of(node) for node in nodes]
    focus = [node for node in nodes if node.focus][: most // 2]
    shown = {node.id for node in focus}
    others = [node for node in nodes if node.id not in shown]
    kinds = _sorted_by([node.section for node in others], others)
    if len(kinds) + len(focus) > most:
        kinds = _sorted_by([layer_of(node) for node in others], others)
    if len(kinds) + len(focus) > most:
        kinds = {"": others}
    spare = most - len(focus) - len(kinds)
    found: list[Item] = []
    for kind, some in sorted(kinds.items(), key=lambda pair: (len(pair[1]), pair[0])):
        kept = len(some) if len(some) - 1 <= spare else spare
        spare -= kept - 1 if kept == len(some) else kept
        stay = {item.key for item in ranked(list(map(card_of, some)), degrees)[:kept]}
        found += (card_of(node) for node in some if node.id in stay)
        rest = tuple(node for node in some if node.id not in stay)
        if rest:
            section = kind if len({node.section for node in rest}) == 1 else ""
            said = words.of_section(len(rest), section)
            found.append(Item(f" {column}.{kind}", layer_of(rest[0]), rest, f"+ {said}" if stay else said))
    order = {node.id: index for index, node in enumerate(nodes)}
    return sorted([*map(card_of, focus), *found], key=lambda item: (item.node is None, order[item.nodes[0].id]))


def _sorted_by(keys: Sequence[str], nodes: Sequence[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for key, node in zip(keys, nodes, strict=True):
        found.setdefault(key, []).append(node)
    return found


def _kind_of(edge: Edge, section: str, on_bus: bool) -> tuple[str, bool]:
    kind, against = lines.kind_of(section, edge.field)
    if kind == "other" and section in types():  # then the line runs as the relationship does
        link = type_of(section).links.get(edge.field)
        against = link is not None and not link.declared.outward
    return ("direct" if kind == "through" and not on_bus else kind), against


# Where it stands


def _placed(plan: _Plan) -> Net | None:
    """The places that the engine finds for the picture on its side, turned back, and level lines between them."""
    rows = [[_turned(plan.slot(item)) for item in items] for *_, items in plan.columns]
    room, ends = plan.room, [(link.source, link.target) for link in plan.links]
    net = laid_out(rows, ends, Box(0, 0, room.height, room.width), apart=_APART)
    if net is None:
        return None
    boxes = {key: Box(room.x + box.y, room.y + box.x, box.height, box.width) for key, box in net.boxes.items()}
    guides = [[(room.x + y, room.y + x) for x, y in curve] for curve in net.curves]
    columns = [[item.key for item in items] for *_, items in plan.columns]
    return Net(boxes, between_columns(columns, boxes, ends, room, guides))


def _turned(slot: Slot) -> Slot:
    return Slot(slot.key, slot.height, slot.width)


def _stacked(plan: _Plan) -> Net | None:
    """Plain columns, the cards at even distances."""
    room, boxes = plan.room, {}
    across = len(plan.columns)
    cell = room.width / across
    if cell < plan.width + 12.0:
        return None
    for index, (*_, items) in enumerate(plan.columns):
        slots = [plan.slot(item) for item in items]
        spare = room.height - sum(slot.height for slot in slots)
        if spare < 4.0 * (len(slots) + 1):
            return None
        gap = min(spare / (len(slots) + 1), 16.0)
        y = room.y + (spare - gap * (len(slots) - 1)) / 2
        for slot in slots:
            boxes[slot.key] = Box(room.x + cell * (index + 0.5) - slot.width / 2, y, slot.width, slot.height)
            y += slot.height + gap
    return Net(boxes, ())


# How it looks


def _draw(plan: _Plan, net: Net, *, with_lines: bool = True) -> None:
    page = plan.page
    for title, count, items in plan.columns:
        _draw_column(page, f"{title} ({page.words.number(count)})", [net.boxes[item.key] for item in items])
    if with_lines:
        items = [item for *_, some in plan.columns for item in some]
        folds = {item.key for item in items if item.node is None}
        kinds = notation.LINES if page.archimate else lines.KINDS
        linked.draw_links(page, plan.links, net.curves, items, kinds, faded=folds)
    for *_, items in plan.columns:
        for item in items:
            _draw_item(page, item, net.boxes[item.key], plan.texts)
    page.explain_layers(item.node for *_, some in plan.columns for item in some if item.node)


def _draw_column(page: Page, said: str, boxes: Sequence[Box]) -> None:
    left = max(min(box.x for box in boxes) - _PAD / 2, page.left)
    right = min(max(box.right for box in boxes) + _PAD / 2, page.right)
    page.rect(Box(left, page.top, right - left, page.bottom - page.top - 2.0), fill=_GROUND, radius=3)
    page.text((left + right) / 2, page.top + 12.5, text.fit(said, right - left - 6, 8, bold=True), 8, INK, bold=True,
              anchor="middle")  # fmt: skip


def _draw_item(page: Page, item: Item, box: Box, texts: Mapping[str, CardText]) -> None:
    if item.node is None:
        page.fold(item.title, item.nodes, box, link_to(page.view, 2), names=True)
        return
    if item.node.focus:
        strong = page.card_colours(item.node).strong
        page.rect(box, fill=PAPER, stroke=strong, width=2.2, radius=5)
        box = Box(box.x + 5, box.y + 5, box.width - 10, box.height - 10)
    page.card(item.node, texts[item.key], box)
