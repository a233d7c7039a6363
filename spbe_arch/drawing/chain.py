"""The viewpoint "chain": what a service rests on, layer under layer, with the lines between.

The layout engine places boxes of sizes that are known already, a rank for each row of cards; bands, lines and cards
are drawn here. Security touches everything and its lines would hide the rest, so it stands as a wall of numbered
activities at the right, and the cards that it secures carry the numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain as joined
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import engine, lines, text
from spbe_arch.drawing.palette import LAYERS, MUTED, PAPER, STATUS
from spbe_arch.drawing.sheet import A3, A4, BANDS, Box, Canvas, CardText, card_texts, layer_of
from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.drawing.lines import Point
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["sheets"]

_CARDS = 30
"""The most cards that read well with lines between them; more are folded."""
_LINES = 60
"""The most lines; more are not drawn, and the sheet says so."""
_KEPT = 5
"""How many cards of a layer stay when it is folded."""
_STACK = ("across", *BANDS[:-1])
_SIZE = 8.0
_WIDTH = 103.0
_NAME_STRIP = 16.0
_BAND_PAD = 9.0
_WALL = 104.0
_WALL_CARD = 90.0
_KEY = 9.0
"""The height of the small boxes with the numbers of security activities."""
_LOWER = frozenset({
    "exchanges", "facilities", "intranets", "operating_systems", "databases", "utilities",
})  # fmt: skip
"""Sections that stand in a row below the others of their layer, which are linked to them."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A card, or a fold of several elements; with none, an empty place."""

    key: str
    layer: str
    nodes: tuple[Node, ...]
    title: str = ""
    """Of a fold."""

    @property
    def folds(self) -> bool:
        return len(self.nodes) > 1


class _Link(NamedTuple):
    """A line between two items, in the direction of its head."""

    source: str
    target: str
    kind: str
    both: bool = False


class _Placed(NamedTuple):
    """Where everything is, relative to the corner of the room for it."""

    boxes: dict[str, Box]
    curves: dict[int, list[Point]]
    """Of the links, by their number."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a view of a service chain."""
    order = {layer: index for index, layer in enumerate((*_STACK, "security"))}
    nodes = sorted(view.nodes, key=lambda node: (order[layer_of(node)], node.section, node.id))
    degrees = _degrees(view.edges)
    canvas = Canvas(view, legend_rows=2)
    items = _items([node for node in nodes if layer_of(node) != "security"], degrees, canvas.words)
    wall = _wall_items([node for node in nodes if layer_of(node) == "security"], degrees, canvas)
    links = _links(view, items)
    keys = _keys(view, items, wall)
    remarks = []
    shown = links
    if len(links) > _LINES:
        shown = []
        remarks.append(_without(canvas.words, links, canvas.words["too many lines"]))
    try:
        canvas, plan, placed = _on_page(view, items, shown, keys)
    except DrawingError as error:
        remarks.append(_without(canvas.words, links, str(error)))
        shown = []
        canvas, plan, placed = _on_page(view, items, shown, keys)
    _draw(canvas, plan, placed, shown, keys)
    _draw_wall(canvas, wall)
    return (canvas.finish(remarks=remarks),)


def _without(words: Words, links: Sequence[_Link], reason: str) -> str:
    return f"{words['no lines']} ({words.count(len(links), 'links')}): {reason}"


# What is drawn: items, links, keys


def _degrees(edges: Iterable[Edge]) -> dict[str, int]:
    degrees: dict[str, int] = {}
    for end in joined.from_iterable((edge.source, edge.target) for edge in edges):
        degrees[end] = degrees.get(end, 0) + 1
    return degrees


def _items(nodes: Sequence[Node], degrees: Mapping[str, int], words: Words) -> list[_Item]:
    """A card for each element; where there are too many, infrastructure is folded by type, then what has few links."""
    layers = {layer: [_card(node) for node in nodes if layer_of(node) == layer] for layer in _STACK}
    if len(nodes) > _CARDS:
        layers["infrastructure"] = _by_section(layers["infrastructure"], words)
    for layer in ("data", "business", "application", "services", "across", "infrastructure"):
        over = sum(map(len, layers.values())) - _CARDS
        if over > 0 and len(layers[layer]) > _KEPT + 1:
            layers[layer] = _fewer(layers[layer], max(_KEPT, len(layers[layer]) - over - 1), degrees, words)
    return [item for layer in _STACK for item in layers[layer] or _nothing(layer)]


def _card(node: Node) -> _Item:
    return _Item(node.id, layer_of(node), (node,))


def _nothing(layer: str) -> list[_Item]:
    """An empty place, for a layer whose absence says something."""
    return [] if layer == "across" else [_Item(f" {layer}", layer, ())]


def _by_section(items: Sequence[_Item], words: Words) -> list[_Item]:
    sections: dict[str, list[Node]] = {}
    for item in items:
        for node in item.nodes:
            sections.setdefault(f" {node.id}" if node.focus else node.section, []).append(node)
    return [
        _card(nodes[0])
        if len(nodes) == 1
        else _Item(f" {section}", layer_of(nodes[0]), tuple(nodes), words.of_section(len(nodes), section))
        for section, nodes in sections.items()
    ]


def _fewer(items: Sequence[_Item], kept: int, degrees: Mapping[str, int], words: Words) -> list[_Item]:
    """So many of the items, those in focus and those with the most links, and one fold of the rest."""

    def weight(item: _Item) -> tuple[bool, int, str]:
        focus = any(node.focus for node in item.nodes)
        return not focus, -sum(degrees.get(node.id, 0) for node in item.nodes), item.key

    stay = {item.key for item in sorted(items, key=weight)[:kept]}
    rest = tuple(node for item in items if item.key not in stay for node in item.nodes)
    layer = items[0].layer
    fold = _Item(f" {layer}+", layer, rest, f"+ {words.number(len(rest))} {words['others']}")
    return [*(item for item in items if item.key in stay), fold]


def _links(view: View, items: Sequence[_Item]) -> list[_Link]:
    """The lines, each once: several links between two folds are one line, and reading with writing is one."""
    place = {node.id: item.key for item in items for node in item.nodes}
    sections = {node.id: node.section for node in view.nodes}
    bus = {edge.source for edge in view.edges if edge.field == "via"}
    found: set[_Link] = set()
    for edge in view.edges:
        source, target = place.get(edge.source), place.get(edge.target)
        if source is None or target is None or source == target:
            continue
        kind, against = lines.kind_of(sections[edge.source], edge.field)
        if kind == "through" and edge.source not in bus:
            kind = "direct"
        found.add(_Link(target, source, kind) if against else _Link(source, target, kind))
    both = {link for link in found if link.kind == "access" and link._replace(source=link.target, target=link.source) in found}
    order = {item.key: index for index, item in enumerate(items)}
    kept = (link._replace(both=link in both) for link in found if link not in both or order[link.source] < order[link.target])
    return sorted(kept, key=lambda link: (order[link.source], order[link.target], link.kind))


def _keys(view: View, items: Sequence[_Item], wall: Sequence[_Item]) -> dict[str, list[str]]:
    """The numbers of the security activities that secure each item."""
    number = {node.id: index for index, item in enumerate(wall, 1) for node in item.nodes}
    place = {node.id: item.key for item in items for node in item.nodes}
    secured: dict[str, set[int]] = {}
    for edge in view.edges:
        if edge.field not in {"secures", "secured_by"}:
            continue
        activity, thing = (edge.source, edge.target) if edge.field == "secures" else (edge.target, edge.source)
        if activity in number and thing in place:
            secured.setdefault(place[thing], set()).add(number[activity])
    return {key: [f"K{index}" for index in sorted(numbers)] for key, numbers in secured.items()}


# Where it stands


@dataclass(frozen=True, slots=True)
class _Plan:
    """The cards in rows with their texts and sizes, before they have places."""

    rows: Sequence[Sequence[_Item]]
    texts: Mapping[str, CardText]
    heights: Mapping[str, float]

    @property
    def widest(self) -> int:
        return max(map(len, self.rows))


_ATTEMPTS = ((A4, 5, 5), (A4, 4, 5), (A3, 8, 5), (A3, 6, 5), (A3, 8, 3))
"""Page, cards in a row, lines of a name: the first with which everything fits is taken."""


def _on_page(
    view: View, items: Sequence[_Item], links: Sequence[_Link], keys: Mapping[str, Sequence[str]]
) -> tuple[Canvas, _Plan, _Placed]:
    for page, across, name_lines in _ATTEMPTS:
        canvas = Canvas(view, size=page, legend_rows=2)
        plan = _plan(items, across, name_lines, keys, canvas.words)
        room = _room(canvas)
        placed = _by_engine(plan, links, room) if links else _by_rule(plan, room)
        if placed:
            return canvas, plan, placed
    raise DrawingError("the picture is larger than the page")


def _room(canvas: Canvas) -> Box:
    """The place for the cards: inside the bands, left of the wall."""
    left = canvas.left + _NAME_STRIP + _BAND_PAD
    top = canvas.top + _BAND_PAD
    return Box(left, top, _bands_end(canvas) - _BAND_PAD - left, canvas.bottom - _BAND_PAD - top)


def _bands_end(canvas: Canvas) -> float:
    return canvas.right - _WALL - 8.0


def _plan(
    items: Sequence[_Item], across: int, name_lines: int, keys: Mapping[str, Sequence[str]], words: Words
) -> _Plan:
    singles = [item.nodes[0] for item in items if len(item.nodes) == 1]
    texts = card_texts(singles, _WIDTH, _SIZE, lines=name_lines)
    rows = list(_rows(items, across))
    layers = [row[0].layer for row in rows]
    heights = {}
    for row in rows:
        # A band is as high as its turned name.
        name = text.width(_short(words, row[0].layer), 7.5, bold=True) + 10.0 - 2 * _BAND_PAD
        least = max(24.0, name) if layers.count(row[0].layer) == 1 else 24.0
        for item in row:
            own = texts[item.key].height if len(item.nodes) == 1 else 30.0
            heights[item.key] = max(least, own + (_KEY - 3.0 if item.key in keys else 0.0))
    return _Plan(rows, texts, heights)


def _rows(items: Sequence[_Item], across: int) -> Iterator[list[_Item]]:
    """Each layer in as few rows as hold it, of nearly one length."""
    for layer in _STACK:
        upper = [item for item in items if item.layer == layer and not _is_lower(item)]
        lower = [item for item in items if item.layer == layer and _is_lower(item)]
        for some in (upper, lower):
            count = -(-len(some) // across)
            for index in range(count):
                yield some[index * len(some) // count : (index + 1) * len(some) // count]


def _is_lower(item: _Item) -> bool:
    return bool(item.nodes) and all(node.section in _LOWER for node in item.nodes)


def _by_engine(plan: _Plan, links: Sequence[_Link], room: Box) -> _Placed | None:
    """The best that the engine finds within the room; its gaps are adjusted, its result is never stretched."""
    gaps, ranks = max(plan.widest - 1, 1), max(len(plan.rows) - 1, 1)
    nodesep, ranksep = 0.17, 0.45
    best: tuple[float, _Placed] | None = None
    for _ in range(6):
        width, height, placed = _run(plan, links, nodesep, ranksep)
        over_x, over_y = width - room.width, height - room.height
        if over_x <= 0 and over_y <= 0 and (best is None or width * height > best[0]):
            best = width * height, _moved(placed, room.x - over_x / 2, room.y - over_y / 2)
        change = nodesep, ranksep
        nodesep = min(max(nodesep - over_x / 72 / gaps * 0.9, 0.1), 0.9)
        ranksep = min(max(ranksep - over_y / 72 / ranks, 0.3), 1.4)
        if abs(change[0] - nodesep) < 0.01 and abs(change[1] - ranksep) < 0.01:
            break
    return best[1] if best else None


def _run(plan: _Plan, links: Sequence[_Link], nodesep: float, ranksep: float) -> tuple[float, float, _Placed]:
    """Asks the engine once; returns width, height and places, y downward."""
    names = {item.key: f"n{index}" for index, item in enumerate(joined.from_iterable(plan.rows))}
    keys = {name: key for key, name in names.items()}
    answer = json.loads(engine.run(_graph(plan, links, names, nodesep, ranksep), "-Kdot", "-Tjson"))
    _, _, width, height = map(float, answer["bb"].split(","))
    boxes, curves = {}, {}
    for found in answer.get("objects", ()):
        if found["name"] in keys:
            key = keys[found["name"]]
            x, y = map(float, found["pos"].split(","))
            tall = plan.heights[key]
            boxes[key] = Box(x - _WIDTH / 2, height - y - tall / 2, _WIDTH, tall)
    for edge in answer.get("edges", ()):
        if "id" in edge:
            points = [tuple(map(float, point.split(","))) for point in edge["pos"].split()]
            curves[int(edge["id"])] = [(x, height - y) for x, y in points]
    return width, height, _Placed(boxes, curves)


def _graph(
    plan: _Plan, links: Sequence[_Link], names: Mapping[str, str], nodesep: float, ranksep: float
) -> str:
    """The graph for the engine: a rank for each row, every edge downward, names and labels of ours nowhere in it."""
    said = [
        f"digraph {{ newrank=true; splines=spline; nodesep={nodesep:.3f}; ranksep={ranksep:.3f};",
        f'node [shape=box, fixedsize=true, label="", width={_WIDTH / 72:.4f}]; edge [arrowhead=none];',
    ]
    rank: dict[str, int] = {}
    for index, row in enumerate(plan.rows):
        rank.update((item.key, index) for item in row)
        boxes = "; ".join(f"{names[item.key]} [height={plan.heights[item.key] / 72:.4f}]" for item in row)
        said.append(f"{{ rank=same; {boxes} }}")
        if index:
            said.append(f"{names[plan.rows[index - 1][0].key]} -> {names[row[0].key]} [style=invis, weight=0];")
    for index, link in enumerate(links):
        upper, lower = sorted((link.source, link.target), key=lambda key: rank[key])
        said.append(f'{names[upper]} -> {names[lower]} [id="{index}"];')
    return "\n".join([*said, "}"])


def _by_rule(plan: _Plan, room: Box) -> _Placed | None:
    """Rows of cards at even distances, for a picture without lines."""
    tall = [max(plan.heights[item.key] for item in row) for row in plan.rows]
    gap = min((room.height - sum(tall)) / max(len(tall) - 1, 1), 60.0)
    if gap < 2 * _BAND_PAD + 2 or plan.widest * (_WIDTH + 8) > room.width:
        return None
    boxes: dict[str, Box] = {}
    y = room.y
    for row, height in zip(plan.rows, tall, strict=True):
        cell = room.width / len(row)
        for index, item in enumerate(row):
            own = plan.heights[item.key]
            x = room.x + cell * (index + 0.5) - _WIDTH / 2
            boxes[item.key] = Box(x, y + (height - own) / 2, _WIDTH, own)
        y += height + gap
    return _Placed(boxes, {})


def _moved(placed: _Placed, x: float, y: float) -> _Placed:
    boxes = {key: box._replace(x=box.x + x, y=box.y + y) for key, box in placed.boxes.items()}
    curves = {key: [(px + x, py + y) for px, py in curve] for key, curve in placed.curves.items()}
    return _Placed(boxes, curves)


# How it looks


def _draw(
    canvas: Canvas, plan: _Plan, placed: _Placed, links: Sequence[_Link], keys: Mapping[str, Sequence[str]]
) -> None:
    items = list(joined.from_iterable(plan.rows))
    for layer in dict.fromkeys(item.layer for item in items):
        _draw_band(canvas, layer, [placed.boxes[item.key] for item in items if item.layer == layer])
    _draw_lines(canvas, items, placed, links)
    for item in items:
        box = placed.boxes[item.key]
        if not item.nodes:
            canvas.empty(box)
        elif item.folds:
            canvas.fold(item.title, item.nodes, box)
        else:
            canvas.card(item.nodes[0], plan.texts[item.key], box, foot=_KEY - 3.0 if item.key in keys else 0.0)
        _draw_keys(canvas, item, keys.get(item.key, ()), box)


def _short(words: Words, layer: str) -> str:
    return words[f"{layer}.short"] if layer in {"business", "data"} else words[layer]


def _draw_band(canvas: Canvas, layer: str, boxes: Sequence[Box]) -> None:
    colours = LAYERS[layer]
    top = min(box.y for box in boxes) - _BAND_PAD
    bottom = max(box.bottom for box in boxes) + _BAND_PAD
    band = Box(canvas.left, top, _bands_end(canvas) - canvas.left, bottom - top)
    canvas.rect(band, fill=colours.band, radius=2.5)
    canvas.rect(band._replace(width=_NAME_STRIP), fill=colours.strong, radius=2.5)
    x, y = canvas.left + _NAME_STRIP / 2 + 2.7, band.middle[1]
    canvas.text(x, y, _short(canvas.words, layer), 7.5, PAPER, bold=True, anchor="middle", turned=True)


def _draw_lines(canvas: Canvas, items: Sequence[_Item], placed: _Placed, links: Sequence[_Link]) -> None:
    used = {link.kind for link in links}
    for name, kind in lines.KINDS.items():
        if name in used:
            sample = _sample(canvas, kind)
            canvas.explain(f"line.{name}", 26, sample, canvas.words[f"line.{name}"])
    names = {item.key: item.title or item.nodes[0].name for item in items if item.nodes}
    for index, link in enumerate(links):
        curve = placed.curves[index]
        start = placed.boxes[link.source]
        if _far(curve[0], start) > _far(curve[-1], start):
            curve = curve[::-1]
        arrow = "↔" if link.both else "→"
        title = f"{names[link.source]} {arrow} {names[link.target]}: {canvas.words[f'line.{link.kind}']}"
        with canvas.group(title):
            lines.draw(canvas, lines.KINDS[link.kind], curve, both=link.both)


def _sample(canvas: Canvas, kind: lines.Kind) -> Callable[[float, float], None]:
    return lambda x, y: lines.sample(canvas, kind, x, y)


def _far(point: Point, box: Box) -> float:
    """How far a point is from the edge of a box; where a line begins this is nothing."""
    x = max(box.x - point[0], point[0] - box.right, 0.0)
    y = max(box.y - point[1], point[1] - box.bottom, 0.0)
    return max(x, y)


def _draw_keys(canvas: Canvas, item: _Item, numbers: Sequence[str], box: Box) -> None:
    """Draws the numbers of security activities on the lower edge of a card, from the right."""
    marked = any(node.worst for node in item.nodes) and not item.folds
    right = box.right - (8.0 if marked else 3.0)
    widths = [text.width(number, 6.5, bold=True) + 4.5 for number in numbers]
    while sum(widths) + 1.5 * len(widths) > right - box.x - 6.0:
        numbers, widths = [*numbers[:-2], "…"], [*widths[:-2], 10.0]
    x = right - sum(widths) - 1.5 * (len(widths) - 1)
    for number, width in zip(numbers, widths, strict=True):
        _draw_key(canvas, number, Box(x, box.bottom - _KEY / 2, width, _KEY))
        x += width + 1.5


def _draw_key(canvas: Canvas, number: str, box: Box) -> None:
    strong = LAYERS["security"].strong
    canvas.rect(box, fill=PAPER, stroke=strong, width=0.7, radius=1.5)
    canvas.text(box.middle[0], box.bottom - 2.1, number, 6.5, strong, bold=True, anchor="middle")


# The wall


def _wall_items(nodes: Sequence[Node], degrees: Mapping[str, int], canvas: Canvas) -> list[_Item]:
    """The security activities that the wall holds; the rest is folded."""
    items = [_card(node) for node in nodes]
    most = int((canvas.bottom - canvas.top - 52.0) // 47.0)
    return items if len(items) <= most else _fewer(items, most - 1, degrees, canvas.words)


def _draw_wall(canvas: Canvas, items: Sequence[_Item]) -> None:
    words, colours = canvas.words, LAYERS["security"]
    wall = Box(canvas.right - _WALL, canvas.top, _WALL, canvas.bottom - canvas.top)
    canvas.rect(wall, fill=colours.band, radius=2.5)
    canvas.rect(wall._replace(height=_NAME_STRIP), fill=colours.strong, radius=2.5)
    canvas.lines((words["security"],), wall._replace(height=_NAME_STRIP), 7.5, PAPER, bold=True)
    x, y = wall.x + (_WALL - _WALL_CARD) / 2, wall.y + _NAME_STRIP + 9.0
    if not items:
        canvas.empty(Box(x, y, _WALL_CARD, 30.0))
        return
    for line in text.wrap(f"K1–K{len(items)}: {words['legend.keys']}" if len(items) > 1 else f"K1: {words['legend.keys']}", _WALL_CARD, 6.5):
        canvas.text(x, y + 2.0, line, 6.5, MUTED)
        y += 8.2
    singles = [item.nodes[0] for item in items if not item.folds]
    texts = card_texts(singles, _WALL_CARD - 4, 7.5)
    heights = [texts[item.key].height if not item.folds else 30.0 for item in items]
    gap = min((wall.bottom - y - 8.0 - sum(heights)) / len(items), 14.0)
    for index, (item, height) in enumerate(zip(items, heights, strict=True), 1):
        y += gap / 2
        box = Box(x, y, _WALL_CARD, height)
        if item.folds:
            canvas.fold(item.title, item.nodes, box)
        else:
            canvas.card(item.nodes[0], texts[item.key], box)
        number = f"K{index}"
        width = text.width(number, 6.5, bold=True) + 4.5
        taken = 12.0 if not item.folds and item.nodes[0].status in STATUS else 2.0
        _draw_key(canvas, number, Box(box.right - taken - width, y - _KEY / 2, width, _KEY))
        y += height + gap / 2
