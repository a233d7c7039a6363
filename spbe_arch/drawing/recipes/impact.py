"""The viewpoint "impact": columns by distance from the focus, lines from what changes to what is affected."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import lines, text
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.folds import FOLD_HEIGHT, Item, card_of, fewer, ranked
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.lanes import between_columns
from spbe_arch.drawing.palette import INK
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("04 Dampak", "04 Impact")

_GROUNDS = ("#C5CAD2", "#DEE1E6", "#F1F2F4")
_INKS = ("#3A4049", "#5B616A", "#7C828A")
"""Of columns and of the lines to them, the nearest first."""
_DASH = (3.0, 2.0)
"""Of lines to folds."""
_GUTTERS = (26.0, 100.0)
_COLUMN = 20.0
"""The most width of a column, for each point of the size of names."""
_PAD = 7.0
_HEAD = 24.0
_GAPS = (9.0, 20.0)
_MOST = {A4: 8, A3: 12}
"""The most cards in a column besides a fold."""
_SIZES = (11.0, 10.0, 9.0, 8.0)
"""Of names: the largest with which no more is folded than with the least."""
_SWEEPS = 6
_FOLD = FOLD_HEIGHT - 8.0


@dataclass(frozen=True, slots=True)
class _Step:
    """The elements at one distance."""

    nodes: Sequence[Node]
    items: Sequence[Item]
    ranks: Sequence[int]
    """Which items are kept first if there is no room for all."""


@dataclass(frozen=True, slots=True)
class _Column:
    distance: int
    items: Sequence[Item]
    count: int
    """Of the elements at this distance."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of an impact, and lists of what is folded on it."""
    steps = _steps(view)
    pages = {}
    for size in (A4, A3):
        pages[size] = page = first_that_fits(partial(_drawn, view, steps, size))
        if page.fits and not page.folded:
            return (page.finish(),)
    longest = max((len(step.nodes) for step in steps.values()), default=0)
    page = pages[A4 if longest <= 2 * _MOST[A4] else A3]
    hidden = page.nameless
    listed = [
        Listed(_title(page, distance), some)
        for distance, step in steps.items()
        if (some := [node for node in step.nodes if node.id in hidden])
    ]
    names = listed_pages(view, HEADING, listed, first=2)
    return tuple(one.finish(1 + len(names)) for one in (page, *names))


def _steps(view: View) -> dict[int, _Step]:
    """The elements by distance; those that no group places stand at the largest."""
    known = {node.id: node for node in view.nodes}
    steps: dict[int, list[Node]] = {}
    for group in view.groups:
        distance = int(group.key) if group.key.lstrip("-").isdigit() else 9
        distance = max(-2, min(distance, 3))
        steps.setdefault(distance, []).extend(known.pop(id) for id in group.nodes if id in known)
    if known:
        steps.setdefault(3, []).extend(known.values())
    degrees = Counter(end for edge in view.edges for end in (edge.source, edge.target))
    return {distance: _step(steps[distance], degrees) for distance in sorted(steps) if steps[distance]}


def _step(nodes: Sequence[Node], degrees: Mapping[str, int]) -> _Step:
    items = [card_of(node) for node in nodes]
    place = {item.key: index for index, item in enumerate(items)}
    return _Step(nodes, items, [place[item.key] for item in ranked(items, degrees)])


def _title(page: Page, distance: int) -> str:
    words = page.words
    if distance == 0:
        return words["focus"]
    if distance < 0:
        return f"{words['needed']} {-distance}"
    said = f"{words['distance']} {distance}"
    return f"{said} · {words['direct']}" if distance == 1 else said


def _drawn(view: View, steps: Mapping[int, _Step], size: tuple[float, float], legend_rows: int) -> Page:
    page = Page(view, HEADING, size=size, legend_rows=legend_rows)
    if not steps:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    across = len(steps)
    room = page.right - page.left
    each = (room - _GUTTERS[0] * (across - 1)) / across
    likely = [step.nodes[index] for step in steps.values() for index in step.ranks[: _most(step, size)]]
    found = []
    for names in reversed(_SIZES):
        width = min(each, _COLUMN * names)
        texts = card_texts(likely, width - 2 * _PAD, names)
        kept = [_kept(page, step, texts, _most(step, size)) for step in steps.values()]
        folds = sum(most < len(step.nodes) for step, most in zip(steps.values(), kept, strict=True))
        found.append((sum(kept) + folds, -_cut(texts), width, texts, kept))
    _, _, width, texts, kept = next(one for one in reversed(found) if one[:2] >= found[0][:2])
    columns = [_column(page, distance, step, most) for (distance, step), most in zip(steps.items(), kept, strict=True)]
    links = _links(view, columns)
    columns = _ordered(columns, links)
    gutter = min((room - width * across) / max(across - 1, 1), _GUTTERS[1])
    left = page.left + (room - width * across - gutter * (across - 1)) / 2
    boxes: dict[str, Box] = {}
    for index, column in enumerate(columns):
        ground = Box(left + index * (width + gutter), page.top, width, page.bottom - page.top - 4)
        _draw_column(page, column, ground)
        boxes |= _placed(column, ground, texts)
    _draw_lines(page, columns, links, boxes)
    for column in columns:
        for item in column.items:
            _draw_item(page, item, boxes[item.key], texts)
    _explain(page, columns)
    return page


def _most(step: _Step, size: tuple[float, float]) -> int:
    """How many elements may get a card: all of a short column, of a long one those with the most links."""
    return len(step.items) if len(step.items) <= _MOST[size] + 1 else _MOST[size]


def _cut(texts: Mapping[str, CardText]) -> int:
    return sum(card.cut for card in texts.values())


def _kept(page: Page, step: _Step, texts: Mapping[str, CardText], most: int) -> int:
    """How many cards of a column have room, with the fold of the others."""
    room = page.bottom - page.top - _HEAD - 12.0
    while True:
        heights = [texts[step.nodes[index].id].height for index in sorted(step.ranks[:most])]
        heights += [_FOLD] * (most < len(step.items))
        less = most - (1 if most < len(step.items) else 2)  # a fold of one is no fold
        if sum(heights) + _GAPS[0] * (len(heights) - 1) <= room or less <= 0:
            return most
        most = less


def _column(page: Page, distance: int, step: _Step, most: int) -> _Column:
    """A column with so many cards; the elements with the fewest links are folded."""
    items = step.items
    if most < len(items):
        items = _folded(page, items, [items[index] for index in step.ranks[:most]])
    return _Column(distance, [_keyed(item, distance) for item in items], len(step.nodes))


def _folded(page: Page, items: Sequence[Item], kept: Sequence[Item]) -> list[Item]:
    *some, fold = fewer(items, kept, page.words)
    sections = {node.section for node in fold.nodes}
    thing = page.words.called(next(iter(sections)), len(fold.nodes)) if len(sections) == 1 else page.words["others"]
    return [*some, Item(fold.key, fold.layer, fold.nodes, f"+ {page.words.number(len(fold.nodes))} {thing}")]


def _keyed(item: Item, distance: int) -> Item:
    return item if item.node else Item(f" {distance}+", item.layer, item.nodes, item.title)


def _height(item: Item, texts: Mapping[str, CardText]) -> float:
    return texts[item.key].height if item.node else _FOLD


def _links(view: View, columns: Sequence[_Column]) -> list[tuple[str, str]]:
    """The lines between items of neighbouring columns, each once."""
    place = {node.id: (index, item.key) for index, column in enumerate(columns) for item in column.items
             for node in item.nodes}  # fmt: skip
    found = {
        (place[edge.source][1], place[edge.target][1])
        for edge in view.edges
        if edge.source in place and edge.target in place and place[edge.target][0] == place[edge.source][0] + 1
    }
    return sorted(found)


def _ordered(columns: Sequence[_Column], links: Sequence[tuple[str, str]]) -> list[_Column]:
    """The columns with their items near to what they are linked to; folds stay at the foot."""
    beside: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        beside[source].append(target)
        beside[target].append(source)
    order = [list(column.items) for column in columns]
    middle = next((index for index, column in enumerate(columns) if column.distance == 0), 0)
    outward = [*range(middle + 1, len(order)), *range(middle - 1, -1, -1)]
    for sweep in range(_SWEEPS):
        for index in outward if sweep % 2 == 0 else reversed(outward):
            near = (index - 1 if index > middle else index + 1) if sweep % 2 == 0 else None
            others = [order[near]] if near is not None else [order[n] for n in (index - 1, index + 1)
                                                             if 0 <= n < len(order)]  # fmt: skip
            heights = {item.key: (at + 0.5) / len(row) for row in others for at, item in enumerate(row)}
            order[index] = _by_height(order[index], beside, heights)
    return [_Column(column.distance, items, column.count) for column, items in zip(columns, order, strict=True)]


def _by_height(items: Sequence[Item], beside: Mapping[str, Sequence[str]], heights: Mapping[str, float]) -> list[Item]:
    def wanted(pair: tuple[int, Item]) -> tuple[bool, float, int]:
        index, item = pair
        ends = [heights[key] for key in beside.get(item.key, ()) if key in heights]
        return not item.node, sum(ends) / len(ends) if ends else (index + 0.5) / len(items), index

    return [item for _, item in sorted(enumerate(items), key=wanted)]


def _draw_column(page: Page, column: _Column, ground: Box) -> None:
    if column.distance:
        page.rect(ground, fill=_GROUNDS[min(abs(column.distance), 3) - 1], radius=3)
    title = _title(page, column.distance)
    if column.distance:
        title = f"{title} ({page.words.number(column.count)})"
    page.text(ground.middle[0], ground.y + 15, text.fit(title, ground.width - 6, 8, bold=True), 8, INK, bold=True,
              anchor="middle")  # fmt: skip


def _placed(column: _Column, ground: Box, texts: Mapping[str, CardText]) -> dict[str, Box]:
    heights = [_height(item, texts) for item in column.items]
    room = ground.height - _HEAD - 8.0
    spare = room - sum(heights)
    gap = min(spare / (len(heights) + 1), _GAPS[1])
    y = ground.y + _HEAD + (spare - gap * (len(heights) - 1)) / 2
    boxes = {}
    for item, height in zip(column.items, heights, strict=True):
        boxes[item.key] = Box(ground.x + _PAD, y, ground.width - 2 * _PAD, height)
        y += height + gap
    return boxes


def _draw_lines(
    page: Page, columns: Sequence[_Column], links: Sequence[tuple[str, str]], boxes: Mapping[str, Box]
) -> None:
    step = {item.key: column.distance for column in columns for item in column.items}
    names = {item.key: item.name for column in columns for item in column.items}
    cards = {item.key for column in columns for item in column.items if item.node}
    rows = [[item.key for item in column.items] for column in columns]
    room = Box(page.left, page.top + _HEAD, page.right - page.left, page.bottom - page.top - _HEAD)
    for (source, target), curve in zip(links, between_columns(rows, boxes, links, room), strict=True):
        away = max(abs(step[source]), abs(step[target]))
        dash = () if source in cards and target in cards else _DASH
        kind = _kind(away, dash)
        page.use(f"{'linked' if not dash else 'folded'}.{away}")
        with page.group(f"{names[source]} → {names[target]}"):
            lines.draw(page, kind, curve)


def _kind(away: int, dash: tuple[float, ...]) -> lines.Kind:
    """How a line looks whose farther end is so far away."""
    return lines.Kind(_INKS[min(away, 3) - 1], 1.1 if away == 1 else 0.8, "small", dash=dash)


def _draw_item(page: Page, item: Item, box: Box, texts: Mapping[str, CardText]) -> None:
    if item.node is None:
        page.fold(item.title, item.nodes, box, link_to(page.view, 2), names=True)
        return
    if item.node.focus:
        strong = page.card_colours(item.node).strong
        around = Box(box.x - 5, box.y - 5, box.width + 10, box.height + 10)
        page.rect(around, fill="#FFFFFF", stroke=strong, width=2.2, radius=5)
    page.card(item.node, texts[item.key], box)


def _explain(page: Page, columns: Sequence[_Column]) -> None:
    page.explain_layers(item.node for column in columns for item in column.items if item.node)
    distances = sorted({min(abs(column.distance), 3) for column in columns if column.distance})
    if distances:
        said = f"{page.words['legend.distances']} {', '.join(map(str, distances))}"
        page.explain("distances", 12.0 * len(distances), partial(_grounds_sample, page, distances), said)
    for word, dash in (("linked", ()), ("folded", _DASH)):
        kinds = [_kind(away, dash) for away in (1, 2, 3) if f"{word}.{away}" in page.used]
        if kinds:
            sample = partial(_lines_sample, page, kinds)
            page.explain(f"reach.{word}", 13.0 * len(kinds), sample, page.words[f"legend.{word}"])


def _lines_sample(page: Page, kinds: Sequence[lines.Kind], x: float, y: float) -> None:
    for index, kind in enumerate(kinds):
        start = x + 13.0 * index
        lines.draw(page, kind, ((start, y), (start + 4, y), (start + 8, y), (start + 12, y)))


def _grounds_sample(page: Page, distances: Sequence[int], x: float, y: float) -> None:
    for index, distance in enumerate(distances):
        page.rect(Box(x + index * 12, y - 5, 12, 10), fill=_GROUNDS[distance - 1])
