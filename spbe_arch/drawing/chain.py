"""The viewpoint "chain": what a service rests on, layer under layer, with the lines between.

Bands, lines and cards are drawn around the places that `net` finds. Security touches everything and its lines would
hide the rest, so it stands as a wall of numbered activities at the right, and the cards that it secures carry the
numbers. A layer that is missing shows as an empty place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import lines, text
from spbe_arch.drawing.net import Net, Slot, in_rows, laid_out
from spbe_arch.drawing.palette import LAYERS, MUTED, PAPER, STATUS
from spbe_arch.drawing.sheet import A3, A4, BANDS, Box, Canvas, CardText, card_texts, layer_of
from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Node, View

__all__ = ["sheets"]

_STACK = ("across", *BANDS[:-1])
_ORDER = {layer: index for index, layer in enumerate((*_STACK, "security"))}
_LINES = 60
"""The most lines that can be followed; more are not drawn, and the sheet says so."""
_SIZE = 8.0
_WIDTH = 103.0
_FOLD_HEIGHT = 32.0
_NAME_STRIP = 16.0
_PAD = 9.0
"""How far a band reaches beyond its cards."""
_WALL = 104.0
_WALL_CARD = 90.0
_KEY = 9.0
"""The height of the small boxes with the numbers of security activities."""
_KEY_ROOM = 6.0
_LOWER = frozenset(
    {"exchanges", "facilities", "intranets", "operating_systems", "databases", "utilities"}
)
"""Sections that stand in a row below the others of their layer, which are linked to them."""


class _Attempt(NamedTuple):
    """How much to draw and where."""

    cards: int
    """The most cards; more elements are folded."""
    page: tuple[float, float]
    across: int
    """The most cards in a row."""
    name_lines: int = 5


_ATTEMPTS = (
    _Attempt(30, A4, 5),
    _Attempt(30, A4, 4),
    _Attempt(30, A3, 8),
    _Attempt(30, A3, 6),
    _Attempt(20, A4, 5),
    _Attempt(20, A3, 6),
    _Attempt(14, A3, 6),
)
"""The first in which everything has a place is drawn; with more cards than 30 nobody can follow the lines."""
_WITHOUT_LINES = (_Attempt(30, A4, 5), _Attempt(30, A3, 8), _Attempt(30, A3, 8, name_lines=3))


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a view of a service chain."""
    reason = ""
    for attempt in _ATTEMPTS:
        plan = _planned(view, attempt)
        if not plan.links:
            break
        if len(plan.links) > _LINES:
            reason = "too many lines"
            continue
        try:
            net = laid_out(plan.rows, [(link.source, link.target) for link in plan.links], plan.room)
        except DrawingError:
            reason = "engine failed"
            break
        if net:
            return (_drawn(plan, net),)
        reason = reason or "no room for lines"
    return (_without_lines(view, reason),)


def _without_lines(view: View, reason: str) -> Sheet:
    """The same cards in plain rows, and the reason below the count."""
    for attempt in _WITHOUT_LINES:
        plan = _planned(view, attempt)
        net = in_rows(plan.bands, plan.room)
        if net:
            words = plan.canvas.words
            hidden = f"{words.count(len(plan.links), 'links')} {words['without lines']}: " if reason else ""
            return _drawn(replace(plan, links=()), net, hidden + words[reason] if reason else "")
    raise DrawingError("the cards of the chain have no place on A3")


# What is drawn: items, links, keys


@dataclass(frozen=True, slots=True)
class _Item:
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


class _Link(NamedTuple):
    """A line between two items, in the direction of its head."""

    source: str
    target: str
    kind: str
    both: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What goes on the page, before it has a place."""

    canvas: Canvas
    items: Sequence[_Item]
    wall: Sequence[_Item]
    links: Sequence[_Link]
    keys: Mapping[str, Sequence[int]]
    """The numbers of the security activities that secure an item."""
    texts: Mapping[str, CardText]
    bands: Sequence[Sequence[Sequence[Slot]]]
    """The rows of each layer."""

    @property
    def rows(self) -> list[Sequence[Slot]]:
        return list(chain.from_iterable(self.bands))

    @property
    def room(self) -> Box:
        """The place for the cards: inside the bands, left of the wall."""
        left, top = self.canvas.left + _NAME_STRIP + _PAD, self.canvas.top + _PAD
        return Box(left, top, _bands_end(self.canvas) - _PAD - left, self.canvas.bottom - _PAD - top)


def _planned(view: View, attempt: _Attempt) -> _Plan:
    canvas = Canvas(view, size=attempt.page, legend_rows=2)
    nodes = sorted(view.nodes, key=lambda node: (_ORDER[layer_of(node)], node.section, node.id))
    degrees = Counter(end for edge in view.edges for end in (edge.source, edge.target))
    items = _items([node for node in nodes if layer_of(node) != "security"], attempt.cards, degrees, canvas.words)
    wall = _wall([node for node in nodes if layer_of(node) == "security"], degrees, canvas)
    keys = _keys(view, items, wall)
    texts = card_texts([item.node for item in items if item.node], _WIDTH, _SIZE, lines=attempt.name_lines)
    bands = [
        _rows(list(members), attempt.across, texts, keys, canvas.words)
        for _, members in groupby(items, key=lambda item: item.layer)
    ]
    return _Plan(canvas, items, wall, _links(view, items), keys, texts, bands)


def _items(nodes: Sequence[Node], most: int, degrees: Mapping[str, int], words: Words) -> list[_Item]:
    """A card for each element; where there are too many, infrastructure is folded by type, then what has few links."""
    layers = {layer: [_card(node) for node in nodes if layer_of(node) == layer] for layer in _STACK}
    if len(nodes) > most:
        layers["infrastructure"] = _by_section(layers["infrastructure"], words)
    least = most // 6
    for layer in ("data", "business", "application", "services", "across", "infrastructure"):
        over = sum(map(len, layers.values())) - most
        if over > 0 and len(layers[layer]) > least + 1:
            layers[layer] = _fewer(layers[layer], max(least, len(layers[layer]) - over - 1), degrees, words)
    empty = {layer: [_Item(f" {layer}", layer, ())] for layer in BANDS}
    return [item for layer in _STACK for item in layers[layer] or empty.get(layer, [])]


def _card(node: Node) -> _Item:
    return _Item(node.id, layer_of(node), (node,))


def _by_section(items: Sequence[_Item], words: Words) -> list[_Item]:
    sections: dict[str, list[Node]] = {}
    for node in chain.from_iterable(item.nodes for item in items):
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
    place = {node.id: index for index, item in enumerate(items) for node in item.nodes}
    sections = {node.id: node.section for node in view.nodes}
    on_bus = {edge.source for edge in view.edges if edge.field == "via"}
    found: set[tuple[int, int, str]] = set()
    for edge in view.edges:
        if edge.source not in place or edge.target not in place:
            continue
        kind, against = lines.kind_of(sections[edge.source], edge.field)
        if kind == "through" and edge.source not in on_bus:
            kind = "direct"
        ends = place[edge.source], place[edge.target]
        if ends[0] != ends[1]:
            found.add((*(ends[::-1] if against else ends), kind))
    both = {(source, target, kind) for source, target, kind in found if (target, source, kind) in found}
    return [
        _Link(items[source].key, items[target].key, kind, (source, target, kind) in both)
        for source, target, kind in sorted(found)
        if kind != "access" or source < target or (source, target, kind) not in both
    ]


def _keys(view: View, items: Sequence[_Item], wall: Sequence[_Item]) -> dict[str, list[int]]:
    number = {node.id: index for index, item in enumerate(wall, 1) for node in item.nodes}
    place = {node.id: item.key for item in items for node in item.nodes}
    secured: dict[str, set[int]] = {}
    for edge in view.edges:
        if edge.field not in {"secures", "secured_by"}:
            continue
        activity, thing = (edge.source, edge.target) if edge.field == "secures" else (edge.target, edge.source)
        if activity in number and thing in place:
            secured.setdefault(place[thing], set()).add(number[activity])
    return {key: sorted(numbers) for key, numbers in secured.items()}


def _rows(
    items: Sequence[_Item], across: int, texts: Mapping[str, CardText], keys: Mapping[str, Sequence[int]], words: Words
) -> list[list[Slot]]:
    """The items of a layer in as few rows as hold them, of nearly one length."""
    split: list[list[_Item]] = []
    for some in ([item for item in items if not _is_lower(item)], [item for item in items if _is_lower(item)]):
        count = -(-len(some) // across)
        split += [some[at * len(some) // count : (at + 1) * len(some) // count] for at in range(count)]
    # A band of one row must be as high as its turned name is long.
    name = text.width(_short(words, items[0].layer), 7.5, bold=True) + 10.0 - 2 * _PAD
    least = max(24.0, name) if len(split) == 1 else 24.0

    def height(item: _Item) -> float:
        own = texts[item.key].height if item.node else _FOLD_HEIGHT
        return max(own + (_KEY_ROOM if item.key in keys else 0.0), least)

    return [[Slot(item.key, _WIDTH, height(item)) for item in row] for row in split]


def _is_lower(item: _Item) -> bool:
    return bool(item.nodes) and all(node.section in _LOWER for node in item.nodes)


# How it looks


def _drawn(plan: _Plan, net: Net, hidden: str = "") -> Sheet:
    canvas = plan.canvas
    for layer, members in groupby(plan.items, key=lambda item: item.layer):
        _draw_band(canvas, layer, [net.boxes[item.key] for item in members])
    _draw_lines(plan, net)
    for item in plan.items:
        box, numbers = net.boxes[item.key], plan.keys.get(item.key, ())
        if item.node:
            canvas.card(item.node, plan.texts[item.key], box, foot=_KEY_ROOM if numbers else 0.0)
        elif item.nodes:
            canvas.fold(item.title, item.nodes, box)
        else:
            canvas.empty(box)
        _draw_keys(canvas, numbers, box, marked=bool(item.node and item.node.worst))
    _draw_wall(canvas, plan.wall)
    return canvas.finish(remarks=[hidden] if hidden else [])


def _bands_end(canvas: Canvas) -> float:
    return canvas.right - _WALL - 8.0


def _short(words: Words, layer: str) -> str:
    return words[f"{layer}.short"] if layer in {"business", "data"} else words[layer]


def _draw_band(canvas: Canvas, layer: str, boxes: Sequence[Box]) -> None:
    colours = LAYERS[layer]
    top = min(box.y for box in boxes) - _PAD
    bottom = max(box.bottom for box in boxes) + _PAD
    band = Box(canvas.left, top, _bands_end(canvas) - canvas.left, bottom - top)
    canvas.rect(band, fill=colours.band, radius=2.5)
    canvas.rect(band._replace(width=_NAME_STRIP), fill=colours.strong, radius=2.5)
    x, y = canvas.left + _NAME_STRIP / 2 + 2.7, band.middle[1]
    canvas.text(x, y, _short(canvas.words, layer), 7.5, PAPER, bold=True, anchor="middle", turned=True)


def _draw_lines(plan: _Plan, net: Net) -> None:
    canvas, words = plan.canvas, plan.canvas.words
    used = {link.kind for link in plan.links}
    for name, kind in lines.KINDS.items():
        if name in used:
            canvas.explain(f"line.{name}", 26, _sample(canvas, kind), words[f"line.{name}"])
    names = {item.key: item.name for item in plan.items}
    for link, curve in zip(plan.links, net.curves, strict=True):
        arrow = "↔" if link.both else "→"
        title = f"{names[link.source]} {arrow} {names[link.target]}: {words[f'line.{link.kind}']}"
        with canvas.group(title):
            lines.draw(canvas, lines.KINDS[link.kind], curve, both=link.both)


def _sample(canvas: Canvas, kind: lines.Kind) -> Callable[[float, float], None]:
    return lambda x, y: lines.sample(canvas, kind, x, y)


def _draw_keys(canvas: Canvas, numbers: Sequence[int], box: Box, *, marked: bool) -> None:
    """Draws the numbers of security activities on the lower edge of a card, from the right."""
    right = box.right - (8.0 if marked else 3.0)
    signs = [f"K{number}" for number in numbers]
    while sum(map(_key_width, signs)) > right - box.x - 6.0:
        signs = [*signs[:-2], "…"]
    x = right - sum(map(_key_width, signs)) + _KEY_GAP
    for sign in signs:
        _draw_key(canvas, sign, x, box.bottom - _KEY / 2)
        x += _key_width(sign)


_KEY_GAP = 1.5


def _key_width(sign: str) -> float:
    return text.width(sign, 6.5, bold=True) + 4.5 + _KEY_GAP


def _draw_key(canvas: Canvas, sign: str, x: float, y: float) -> None:
    strong = LAYERS["security"].strong
    box = Box(x, y, _key_width(sign) - _KEY_GAP, _KEY)
    canvas.rect(box, fill=PAPER, stroke=strong, radius=1.5)
    canvas.text(box.middle[0], box.bottom - 2.1, sign, 6.5, strong, bold=True, anchor="middle")


# The wall

_WALL_HEAD = _NAME_STRIP + 30.0
_WALL_GAP = 9.0


def _wall(nodes: Sequence[Node], degrees: Mapping[str, int], canvas: Canvas) -> list[_Item]:
    """The security activities; those for which the wall has no room are folded."""
    items = [_card(node) for node in nodes]
    least = canvas.bottom - canvas.top - _WALL_HEAD
    some = _wall_texts(items[:20])
    used, kept = 0.0, 0
    for item in items[:20]:
        used += some[item.key].height + _WALL_GAP
        if used > least - (_FOLD_HEIGHT + _WALL_GAP if kept + 1 < len(items) else 0.0):
            return _fewer(items, kept, degrees, canvas.words)
        kept += 1
    return items


def _wall_texts(items: Sequence[_Item]) -> dict[str, CardText]:
    return card_texts([item.node for item in items if item.node], _WALL_CARD, 7.5)


def _draw_wall(canvas: Canvas, items: Sequence[_Item]) -> None:
    """Draws the numbered security activities, beside all bands."""
    words, colours = canvas.words, LAYERS["security"]
    wall = Box(canvas.right - _WALL, canvas.top, _WALL, canvas.bottom - canvas.top)
    canvas.rect(wall, fill=colours.band, radius=2.5)
    canvas.rect(wall._replace(height=_NAME_STRIP), fill=colours.strong, radius=2.5)
    canvas.lines((words["security"],), wall._replace(height=_NAME_STRIP), 7.5, PAPER, bold=True)
    x, y = wall.x + (_WALL - _WALL_CARD) / 2, wall.y + _NAME_STRIP + 9.0
    if not items:
        canvas.empty(Box(x, y, _WALL_CARD, _FOLD_HEIGHT))
        return
    numbers = f"K1–K{len(items)}" if len(items) > 1 else "K1"
    for line in text.wrap(f"{numbers}: {words['legend.keys']}", _WALL_CARD, 6.5):
        canvas.text(x, y + 2.0, line, 6.5, MUTED)
        y += 8.2
    texts = _wall_texts(items)
    heights = [texts[item.key].height if item.node else _FOLD_HEIGHT for item in items]
    gap = min((wall.bottom - y - 4.0 - sum(heights)) / len(items), 14.0)
    for number, (item, height) in enumerate(zip(items, heights, strict=True), 1):
        y += gap
        box = Box(x, y, _WALL_CARD, height)
        if item.node:
            canvas.card(item.node, texts[item.key], box)
        else:
            canvas.fold(item.title, item.nodes, box)
        marked = item.node is not None and item.node.status in STATUS
        _draw_key(canvas, f"K{number}", box.right - _key_width(f"K{number}") - (9.0 if marked else 1.0), y - 6.5)
        y += height
