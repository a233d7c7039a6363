"""The viewpoint "integration": the bus across the middle, applications above and below, and tables of exchanges.

Exchanges past the bus run in red lanes outside the cards, each with the letter of its row in the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import lines, text
from spbe_arch.drawing.canvas import LETTER
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.folds import Item, card_of, fewer, ranked
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.palette import ERROR, INK, LAYERS, MUTED, PAPER, RULE, STATUS
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.lines import Point
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("05 Integrasi", "05 Integration")

_ACROSS = {A4: 8, A3: 11}
"""How many cards stand above the bus, and how many below it."""
_LANES = {A4: 5, A3: 8}
"""The most lanes above the cards, and below them."""
_GAP = 8.0
_LANE = 12.0
_BUS = 34.0
_TO_BUS = 38.0
_ROW = 9.6
_ROWS = ((8.0, 12.4), (7.5, 11.6), (7.0, 10.6), (6.5, _ROW))
"""The size of the texts of the tables, and how high a row is: the largest that have room."""
_CELL = 7.0
"""What keeps the texts of two columns apart."""
_BETWEEN = 14.0
_HEAD = 12.0
_GREEN = LAYERS["infrastructure"].strong
_ZEBRA = "#F1F2F4"


@dataclass(frozen=True, slots=True)
class _Exchange:
    """An exchange with its ends; what it lacks is empty."""

    node: Node
    provider: str
    consumer: str
    via: tuple[str, ...]
    letter: str = ""

    @property
    def direct(self) -> bool:
        return not self.via


@dataclass(frozen=True, slots=True)
class _Model:
    """A view, sorted out."""

    view: View
    names: Mapping[str, str]
    applications: Sequence[Node]
    platforms: Sequence[Node]
    exchanges: Sequence[_Exchange]

    @property
    def numbers(self) -> Mapping[str, str]:
        """Of the platforms, if there are several."""
        several = len(self.platforms) > 1
        return {node.id: str(number) if several else "" for number, node in enumerate(self.platforms, 1)}


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of an integration, and lists of what is folded on it."""
    model = _model(view)
    size = A4 if len(model.applications) <= 2 * _ACROSS[A4] and len(model.exchanges) <= 30 else A3
    page = first_that_fits(partial(_drawn, model, size))
    if size == A4 and (page.folded or not page.fits):
        page = first_that_fits(partial(_drawn, model, A3))
    hidden = set(page.folded)
    words = page.words
    some = {
        words.called(section): [node for node in view.nodes if node.id in hidden and node.section == section]
        for section in dict.fromkeys(node.section for node in view.nodes)
    }
    listed = [Listed(title[:1].upper() + title[1:], nodes) for title, nodes in some.items() if nodes]
    names = listed_pages(view, HEADING, listed, first=2)
    return tuple(one.finish(1 + len(names)) for one in (page, *names))


def _model(view: View) -> _Model:
    ends: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    known = {node.id for node in view.nodes}
    for edge in view.edges:
        if edge.target in known:
            ends[edge.source][edge.field].append(edge.target)
    exchanges = []
    letters = _letters()
    for node in view.nodes:
        if node.section == "exchanges":
            said = ends[node.id]
            via = tuple(said["via"])
            provider, consumer = ("".join(said[name][:1]) for name in ("provider", "consumer"))
            exchanges.append(_Exchange(node, provider, consumer, via, "" if via else next(letters)))
    platforms = [node for node in view.nodes if node.section == "integration_platforms"]
    others = [node for node in view.nodes if node.section not in {"exchanges", "integration_platforms"}]
    names = {node.id: text.clean(node.name) or text.clean(node.id) for node in view.nodes}
    return _Model(view, names, others, platforms, exchanges)


def _letters() -> Iterator[str]:
    """A to Z, then A1 and so on."""
    for number in count():
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            yield f"{letter}{number or ''}"


# Places


@dataclass(slots=True)
class _Lane:
    """The way of an exchange past the bus: through points, with a letter on it."""

    exchange: _Exchange
    points: list[Point] = field(default_factory=list)
    sign: Point = (0.0, 0.0)


def _drawn(model: _Model, size: tuple[float, float], legend_rows: int) -> Page:
    page = Page(model.view, HEADING, size=size, legend_rows=legend_rows)
    page.parts = _parts(page, model)
    if not model.view.nodes:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    upper, lower = _rows(page, model, size)
    key_of = {node.id: item.key for item in (*upper, *lower) for node in item.nodes}
    rank = {item.key: (0, index) for index, item in enumerate(upper)}
    rank |= {item.key: (1, index) for index, item in enumerate(lower)}
    direct = [one for one in model.exchanges if one.direct and {one.provider, one.consumer} <= key_of.keys()]
    direct = [one for one in direct if key_of[one.provider] != key_of[one.consumer]]
    above, below, around = _sorted_lanes(direct, key_of, rank, _LANES[size])
    side = 12.0 if around else 0.0
    width = (page.right - page.left - side * 2 - _GAP * (_ACROSS[size] - 1)) / _ACROSS[size]
    y = page.top + _LANE * (len(above) + len(around)) + (8.0 if above or around else 0.0)
    below_cards = _LANE * (len(below) + len(around)) + (16.0 if below or around else 0.0) + 12.0
    others = _BUS + _TO_BUS * (bool(upper) + bool(lower)) + below_cards + _HEAD + _ROW * _longest(model) + 2.0
    for lines_ in (5, 3):  # whole names, if all rows of the tables have room nevertheless
        texts = card_texts([item.node for item in (*upper, *lower) if item.node], width, 7.5, lines=lines_)
        heights = [
            max([30.0, *(texts[item.key].height for item in row if item.node)]) if row else 0.0
            for row in (upper, lower)
        ]
        if y + sum(heights) + others <= page.bottom:
            break
    boxes = _placed(page, upper, side, width, y, heights[0])
    bus = Box(page.left + side, y + heights[0] + (_TO_BUS if upper else 0.0), page.right - page.left - 2 * side, _BUS)
    y = bus.bottom + (_TO_BUS if lower else 0.0)
    boxes |= _placed(page, lower, side, width, y, heights[1])
    foot = y + heights[1]
    lanes = _routed(page, (above, below, around), key_of, boxes, rank, foot)
    _draw_bus(page, model, bus)
    _draw_to_bus(page, model, key_of, boxes, rank, bus)
    for item in (*upper, *lower):
        _draw_item(page, item, boxes[item.key], texts)
    for lane in lanes:
        _draw_lane(page, lane, model)
    _badges(page, model, {lane.exchange.node.id for lane in lanes}, key_of, boxes)
    foot += below_cards
    _draw_tables(page, model, Box(page.left, foot, page.right - page.left, page.bottom - foot - 2.0))
    _explain(page, model)
    return page


def _longest(model: _Model) -> int:
    """The rows of the longer table."""
    direct = sum(one.direct for one in model.exchanges)
    return max(direct, len(model.exchanges) - direct)


def _parts(page: Page, model: _Model) -> tuple[tuple[str, frozenset[str]], ...]:
    sections = [("exchanges", [one.node for one in model.exchanges]), ("applications", model.applications)]
    parts = [(page.words.called(name), frozenset(node.id for node in nodes)) for name, nodes in sections]
    parts.append((page.words["SPL"], frozenset(node.id for node in model.platforms)))
    return tuple(part for part in parts if part[1])


def _rows(page: Page, model: _Model, size: tuple[float, float]) -> tuple[list[Item], list[Item]]:
    """Applications of the agency above the bus and below it, those of others below; of too many a fold."""
    across = _ACROSS[size]
    degrees = Counter(end for one in model.exchanges for end in (one.provider, one.consumer))
    for one in model.exchanges:  # who bypasses the bus is shown first
        degrees.update({end: 1_000 for end in (one.provider, one.consumer) if one.direct})
    items = [card_of(node) for node in model.applications]
    if len(items) > 2 * across:
        items = fewer(items, ranked(items, degrees)[: 2 * across - 1], page.words)
    outside = [item for item in items if item.node and item.node.kind == "outside"]
    own = [item for item in items if item not in outside]
    folds = [item for item in own if not item.node]
    own = [item for item in own if item.node]
    upper, rest = own[:across], own[across:]
    lower = [*rest, *outside, *folds]
    spare = len(lower) - across
    if spare > 0:
        upper, lower = (
            [*upper, *lower[len(rest) : len(rest) + spare]],
            [*lower[: len(rest)], *lower[len(rest) + spare :]],
        )
    if not upper:
        half = -(-len(lower) // 2)
        upper, lower = lower[:half], lower[half:]
    return upper, lower


def _placed(page: Page, row: Sequence[Item], side: float, width: float, y: float, height: float) -> dict[str, Box]:
    """The cards of a row at even distances."""
    room = page.right - page.left - 2 * side
    cell = room / max(len(row), 1)
    return {
        item.key: Box(page.left + side + cell * (index + 0.5) - width / 2, y, width, height)
        for index, item in enumerate(row)
    }


def _sorted_lanes(
    direct: Sequence[_Exchange], key_of: Mapping[str, str], rank: Mapping[str, tuple[int, int]], most: int
) -> tuple[list[_Exchange], list[_Exchange], list[_Exchange]]:
    """Exchanges past the bus: those above it, those below it, those around it; no more than have lanes."""
    above: list[_Exchange] = []
    below: list[_Exchange] = []
    around: list[_Exchange] = []
    for one in direct:
        rows = {rank[key_of[one.provider]][0], rank[key_of[one.consumer]][0]}
        kind = around if len(rows) == 2 else above if rows == {0} else below
        if len(around) + max(len(above) + (kind is above), len(below) + (kind is below)) + (kind is around) <= most:
            kind.append(one)
    return above, below, around


def _routed(
    page: Page,
    lanes: tuple[Sequence[_Exchange], Sequence[_Exchange], Sequence[_Exchange]],
    key_of: Mapping[str, str],
    boxes: Mapping[str, Box],
    rank: Mapping[str, tuple[int, int]],
    foot: float,
) -> list[_Lane]:
    above, below, around = lanes
    used: Counter[str] = Counter()
    total = Counter(key_of[end] for some in lanes for one in some for end in (one.provider, one.consumer))

    def port(id: str) -> float:
        """Where on its card a line ends; several stand side by side."""
        key = key_of[id]
        used[key] += 1
        return boxes[key].middle[0] + (used[key] - (total[key] + 1) / 2) * 10.0

    found = []
    head = page.top + 8.0
    for index, one in enumerate(above):
        y = head + _LANE * (len(around) + index)
        found.append(_level(one, port(one.provider), port(one.consumer), boxes[key_of[one.provider]].y, y))
    for index, one in enumerate(below):
        y = foot + 16.0 + _LANE * index
        found.append(_level(one, port(one.provider), port(one.consumer), foot, y))
    for index, one in enumerate(around):
        up, down = head + _LANE * index, foot + 16.0 + _LANE * (len(below) + len(around) - 1 - index)
        start, end = port(one.provider), port(one.consumer)
        right = start + end > page.left + page.right
        x = page.right - 1.0 - index % 3 * 3.5 if right else page.left + 1.0 + index % 3 * 3.5
        top = min(boxes[key_of[one.provider]].y, boxes[key_of[one.consumer]].y)
        way = [(0.0, top), (0.0, up), (x, up), (x, down), (0.0, down), (0.0, foot)]
        if rank[key_of[one.provider]][0] == 1:
            way.reverse()
        way[0], way[1] = (start, way[0][1]), (start, way[1][1])
        way[-1], way[-2] = (end, way[-1][1]), (end, way[-2][1])
        found.append(_Lane(one, way, ((way[1][0] + x) / 2, way[1][1])))
    return found


def _level(one: _Exchange, start: float, end: float, edge: float, y: float) -> _Lane:
    return _Lane(one, [(start, edge), (start, y), (end, y), (end, edge)], ((start + end) / 2, y))


# How it looks


def _draw_lane(page: Page, lane: _Lane, model: _Model) -> None:
    one = lane.exchange
    page.use("drawn.direct")
    kind = lines.KINDS["direct"]
    title = f"{one.letter}: {model.names[one.provider]} → {model.names[one.consumer]}"
    with page.group(title):
        before, tip = lane.points[-2], lane.points[-1]
        shorter = (tip[0], tip[1] - 4.5 if tip[1] > before[1] else tip[1] + 4.5)
        page.line(*lane.points[:-1], shorter, stroke=kind.colour, width=kind.width, dash=kind.dash)
        lines.head(page, kind, before, tip)
        _letter(page, one.letter, *lane.sign)


def _letter(page: Page, letter: str, x: float, y: float) -> None:
    page.use("drawn.letter")
    page.ellipse(x, y, 5.6, 5.6, fill=PAPER, stroke=ERROR, width=1.1)
    page.text(x, y + 2.4, letter, 6.5, ERROR, bold=True, anchor="middle")


def _badges(page: Page, model: _Model, drawn: set[str], key_of: Mapping[str, str], boxes: Mapping[str, Box]) -> None:
    """Letters on the cards of exchanges for which there is no lane."""
    places: Counter[str] = Counter()
    for one in model.exchanges:
        if not one.direct or one.node.id in drawn:
            continue
        for end in (one.provider, one.consumer):
            box = boxes.get(key_of.get(end, ""))
            if box is not None and places[key_of[end]] * 12.5 < box.width - 20:
                _letter(page, one.letter, box.x + 8 + places[key_of[end]] * 12.5, box.bottom + 2.0)
                places[key_of[end]] += 1


def _draw_bus(page: Page, model: _Model, bus: Box) -> None:
    words = page.words
    page.rect(bus, fill=_GREEN, radius=4)
    page.icon("integration_platforms", bus.x + 10, bus.y + 10, PAPER, size=14, width=1)
    uses = Counter(platform for one in model.exchanges for platform in one.via)
    title = words["bus"]
    page.text(bus.x + 32, bus.y + 15, title, 10, PAPER, bold=True)
    through = sum(1 for one in model.exchanges if not one.direct)
    said = f"{words.number(through)} {words['through the bus']}" if through else words["no bus"]
    page.text(bus.x + 32, bus.y + 26, said, 7, PAPER)
    x = bus.x + 40 + max(text.width(title, 10, bold=True), text.width(said, 7))
    shown = list(model.platforms)
    room = bus.right - x - 8
    while shown:
        rest = model.platforms[len(shown) :]
        each = (room - 6.0 * (len(shown) - bool(not rest))) / (len(shown) + bool(rest))
        if each >= 90 or len(shown) == 1:
            break
        shown = shown[:-1]
    if not shown:
        return
    width = min(each, 230.0)
    for node in shown:
        number = words.number(uses[node.id])
        box = Box(x, bus.y + 8, width, bus.height - 16)
        inner = width - 18 - text.width(number, 7, bold=True) - (8 if node.status in STATUS or node.worst else 0)
        inner -= LETTER if node.shade else 0
        name = f"{model.numbers[node.id]} {model.names[node.id]}".strip()
        page.chip(node, text.wrap(name, inner, 7, bold=True, lines=1), box)
        mark = 8.0 if node.status in STATUS or node.worst else 0.0
        page.text(box.right - 5 - mark, box.middle[1] + 2.5, number, 7, MUTED, bold=True, anchor="end")
        x += width + 6
    if rest:
        page.fold(
            f"+ {words.number(len(rest))}", rest, Box(x, bus.y + 8, width, bus.height - 16), link_to(page.view, 2)
        )


def _draw_to_bus(
    page: Page, model: _Model, key_of: Mapping[str, str], boxes: Mapping[str, Box],
    rank: Mapping[str, tuple[int, int]], bus: Box,
) -> None:  # fmt: skip
    sends = {key_of[one.provider] for one in model.exchanges if not one.direct and one.provider in key_of}
    gets = {key_of[one.consumer] for one in model.exchanges if not one.direct and one.consumer in key_of}
    kind = lines.KINDS["through"]
    for key in boxes:
        box = boxes[key]
        card, rim = (box.bottom, bus.y) if rank[key][0] == 0 else (box.y, bus.bottom)
        both = key in sends and key in gets
        for used, shift, (start, end) in (
            (key in sends, -8.0, (card, rim)), (key in gets, 8.0, (rim, card)),
        ):  # fmt: skip
            if used:
                page.use("drawn.through")
                x = box.middle[0] + (shift if both else 0.0)
                third = (end - start) / 3
                curve = ((x, start), (x, start + third), (x, end - third), (x, end))
                lines.draw(page, kind, curve)


def _draw_item(page: Page, item: Item, box: Box, texts: Mapping[str, CardText]) -> None:
    if item.node is None:
        page.fold(item.title, item.nodes, box, link_to(page.view, 2))
    else:
        outside = item.node.kind == "outside"
        page.card(item.node, texts[item.key], box, outside=outside)
        if outside:
            page.use("drawn.outside")


# Tables


class _Table(NamedTuple):
    """A table as it would be drawn if there were room without end."""

    title: str
    colour: str
    exchanges: Sequence[_Exchange]
    said: Sequence[tuple[str, ...]]
    """The texts of each row."""
    widths: Sequence[float]
    """What the longest text of each column takes."""

    @property
    def letter(self) -> float:
        return 18.0 if any(one.letter for one in self.exchanges) else 0.0

    @property
    def width(self) -> float:
        return self.letter + 8.0 + sum(self.widths)


def _draw_tables(page: Page, model: _Model, room: Box) -> None:
    """What goes past the bus at the left, what goes over it at the right, each as wide as its texts need."""
    words = page.words
    if room.height < _HEAD + _ROW:
        page.fits = False
        _fold_all(page, model, room)
        return
    parts = (
        (words["move to the bus"], ERROR, [one for one in model.exchanges if one.direct]),
        (words["Through the bus"], _GREEN, [one for one in model.exchanges if not one.direct]),
    )
    filled = [part for part in parts if part[2]]
    free = room.width - _BETWEEN * (len(filled) - 1)
    for size, row in _ROWS:
        tables = [_table(model, title, colour, [(one, _how(page, model, one)) for one in exchanges], size)
                  for title, colour, exchanges in filled]  # fmt: skip
        if _HEAD + row * _longest(model) <= room.height and sum(table.width for table in tables) <= free:
            break
    row = max(row, min((room.height - _HEAD) / max(_longest(model), 1), _ROWS[0][1]))
    x = room.x
    for table, width in zip(tables, _shared([table.width for table in tables], free), strict=True):
        _draw_table(page, table, Box(x, room.y, width, room.height), size, row)
        x += width + _BETWEEN


def _table(model: _Model, title: str, colour: str, exchanges: Sequence[tuple[_Exchange, str]], size: float) -> _Table:
    said = [
        (
            model.names.get(one.provider, "?"),
            f"→ {model.names.get(one.consumer, '?')}",
            text.clean(one.node.facts) or "–",
            how,
        )
        for one, how in exchanges
    ]
    widths = [max(text.width(cell, size) for cell in column) + _CELL for column in zip(*said, strict=True)]
    return _Table(title, colour, [one for one, _ in exchanges], said, widths)


def _shared(wanted: Sequence[float], free: float) -> list[float]:
    """Widths that fill a room: what is wanted and a share of what is left; if it is too much, the widest give way."""
    left = free - sum(wanted)
    if left >= 0:
        return [width + left / len(wanted) for width in wanted]
    for index, width in enumerate(rising := sorted(wanted)):
        most = (free - sum(rising[:index])) / (len(rising) - index)
        if most <= width:
            return [min(one, most) for one in wanted]
    return list(wanted)


def _fold_all(page: Page, model: _Model, room: Box) -> None:
    nodes = [one.node for one in model.exchanges]
    if nodes:
        y = min(room.y - 10.0, page.bottom - 16.0)
        page.fold(page.words.of_section(len(nodes), "exchanges"), nodes, Box(room.x, y, 160, 14), link_to(page.view, 2))


def _draw_table(page: Page, table: _Table, box: Box, size: float, row: float) -> None:
    words, exchanges, letter = page.words, table.exchanges, table.letter
    number = words.number(len(exchanges))
    rows = int((box.height - _HEAD) / row + 1e-6)
    shown = exchanges if len(exchanges) <= rows else exchanges[: rows - 1]
    height = _HEAD + row * min(len(exchanges), rows)
    page.rect(box._replace(height=height), fill=PAPER, stroke=RULE, width=0.6)
    page.rect(box._replace(height=_HEAD), fill=table.colour)
    page.text(box.x + 6, box.y + 9, text.fit(table.title, box.width - 40, 7.5, bold=True), 7.5, PAPER, bold=True)
    page.text(box.right - 6, box.y + 9, number, 7.5, PAPER, bold=True, anchor="end")
    widths = _shared(table.widths, box.width - letter - 8.0)
    y = box.y + _HEAD
    for index, one in enumerate(shown):
        if index % 2:
            page.rect(Box(box.x + 0.4, y, box.width - 0.8, row), fill=_ZEBRA)
        base = y + row / 2 + size * 0.36
        with page.group(page.title_of(one.node), "element", (one.node.id,)):
            page.text(box.x + 5, base, one.letter, size, ERROR, bold=True)
            x = box.x + 5 + letter
            for width, said in zip(widths, table.said[index], strict=True):
                page.text(x, base, text.fit(said, width - _CELL, size), size, INK)
                x += width
        y += row
    rest = exchanges[len(shown) :]
    if rest:
        said = f"+ {words.number(len(rest))} {words['others']}"
        page.fold(
            said, [one.node for one in rest], Box(box.x + 4, y + 0.3, box.width - 8, row - 0.6), link_to(page.view, 2)
        )


def _how(page: Page, model: _Model, one: _Exchange) -> str:
    """The platform by its number where there are several, else the way it is done; and the status."""
    said = [text.clean(one.node.detail)] if one.node.detail else []
    if one.via and len(model.platforms) > 1:
        said = [f"{page.words['SPL']} {' '.join(model.numbers[via] for via in one.via if via in model.numbers)}"]
    said += [page.words[f"legend.{one.node.status}"]] if one.node.status in STATUS else []
    return " · ".join(said)


def _explain(page: Page, model: _Model) -> None:
    words = page.words
    direct = sum(1 for one in model.exchanges if one.direct)
    for key, width, sample in (
        ("through", 26.0, partial(lines.sample, page, lines.KINDS["through"])),
        ("direct", 26.0, partial(_direct_sample, page)),
        ("letter", 12.0, lambda x, y: _letter(page, "A", x + 6, y)),
        ("outside", 18.0, partial(_outside_sample, page)),
    ):
        if f"drawn.{key}" in page.used and not (key == "letter" and "drawn.direct" in page.used):
            page.explain(key, width, sample, words[f"legend.{key}"])
    through = len(model.exchanges) - direct
    page.remark(
        f"{words.number(through)} {words['through the bus']} · {words.number(direct)} {words['point to point']}"
    )


def _direct_sample(page: Page, x: float, y: float) -> None:
    lines.sample(page, lines.KINDS["direct"], x, y)
    _letter(page, "A", x + 10, y)


def _outside_sample(page: Page, x: float, y: float) -> None:
    page.rect(Box(x, y - 5, 18, 10), fill=PAPER, stroke=MUTED, width=0.9, radius=2)
