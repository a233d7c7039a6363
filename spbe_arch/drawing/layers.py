"""The viewpoint "layers": what there is on each of the six layers, without lines.

Few elements get a card each, in bands; many are folded into tiles, a band for each layer and a column for each group
of the view.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.palette import EMBLEMS, INK, LAYERS, MUTED, PAPER
from spbe_arch.drawing.sheet import A3, A4, BANDS, Box, Canvas, CardText, card_texts
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["sheets"]

_CARDS = 60
"""The most elements that get a card each though the view has groups to fold them into."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a view of layers."""
    layers = {layer: [node for node in view.nodes if node.layer == layer] for layer in BANDS}
    shown = sum(map(len, layers.values()))
    if shown > _CARDS and len(view.groups) > 1:
        return (_tiles(view, layers, len(view.nodes) - shown),)
    return (_cards(view, layers, len(view.nodes) - shown),)


# Tiles: a band for each layer, a column for each group


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    nodes: Mapping[str, Sequence[Node]]
    """By layer."""


_COLUMNS = {A4: 7, A3: 10}
"""How many columns of tiles a page holds so that names of two words fit in them."""
_GAP = 4.0
_HEAD = 116.0
_PAD = 6.0
_TILE_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Of names in tiles; the largest that leaves room for all three names of every tile is taken, else the last."""
_INDENT = 5.0


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of tiles: how many lines of names they may have, and how high the band is."""

    layer: str
    lines: int
    size: float
    height: float


def _tiles(view: View, layers: Mapping[str, Sequence[Node]], outside: int) -> Sheet:
    words = Words(view.frame.language)
    columns, empty = _columns(view, layers, words), tuple[_Column, ...]()
    if len(columns) > _COLUMNS[A4]:
        columns, empty = _without_empty(columns)
    page = A4 if len(columns) <= _COLUMNS[A4] else A3
    columns, rest = _merged(columns, _COLUMNS[page], words)
    canvas = Canvas(view, size=page, notes=_column_notes(rest, empty, words))
    width = (canvas.right - canvas.left - _HEAD - _PAD - _GAP * (len(columns) - 1)) / len(columns)
    left = [canvas.left + _HEAD + _PAD + index * (width + _GAP) for index in range(len(columns))]
    top = _column_heads(canvas, columns, left, width)
    y = top
    for band in _bands(columns, width, canvas.bottom - top):
        _band_head(canvas, band.layer, layers[band.layer], Box(canvas.left, y, canvas.right - canvas.left, band.height))
        for x, column in zip(left, columns, strict=True):
            _tile(canvas, band, column, Box(x, y + _GAP, width, band.height - 2 * _GAP))
        y += band.height + _GAP
    return canvas.finish(outside=outside, remarks=[canvas.words["first names"]])


def _columns(view: View, layers: Mapping[str, Sequence[Node]], words: Words) -> list[_Column]:
    """The groups in order, each element in the first that has it, and a column for those in none."""
    place: dict[str, int] = {}
    for index, group in enumerate(view.groups):
        for member in group.nodes:
            place.setdefault(member, index)
    names = [text.clean(group.name) or text.clean(group.key) for group in view.groups] + [words["no group"]]
    sorted_in: list[dict[str, list[Node]]] = [{layer: [] for layer in BANDS} for _ in names]
    for layer, nodes in layers.items():
        for node in nodes:
            sorted_in[place.get(node.id, -1)][layer].append(node)
    columns = [_Column(name, nodes) for name, nodes in zip(names, sorted_in, strict=True)]
    return columns if _size(columns[-1]) else columns[:-1]


def _without_empty(columns: Sequence[_Column]) -> tuple[list[_Column], tuple[_Column, ...]]:
    return [column for column in columns if _size(column)], tuple(c for c in columns if not _size(c))


def _merged(columns: list[_Column], most: int, words: Words) -> tuple[list[_Column], list[_Column]]:
    """No more columns than there may be, the last for the smallest groups together; and those groups."""
    if len(columns) <= most:
        return columns, []
    by_size = sorted(range(len(columns)), key=lambda index: (-_size(columns[index]), index))
    kept = sorted(by_size[: most - 1])
    rest = [columns[index] for index in sorted(by_size[most - 1 :])]
    together = {layer: [node for column in rest for node in column.nodes[layer]] for layer in BANDS}
    return [*(columns[index] for index in kept), _Column(words["other groups"], together)], rest


def _column_notes(merged: Sequence[_Column], empty: Sequence[_Column], words: Words) -> list[str]:
    """What has to be said about groups that have no column."""
    notes = []
    if merged:
        said = ", ".join(f"{column.name} ({words.number(_size(column))})" for column in merged)
        notes.append(f"{words['other groups']} – {words.count(len(merged), 'groups together')}: {said}")
    if empty:
        said = ", ".join(column.name for column in empty)
        notes.append(f"{words.count(len(empty), 'groups left out')}: {said}")
    return notes


def _size(column: _Column) -> int:
    return sum(map(len, column.nodes.values()))


def _bands(columns: Sequence[_Column], width: float, room: float) -> list[_Band]:
    """The bands of all layers; together they fill the room."""
    room -= _GAP * (len(BANDS) - 1)
    for size in _TILE_SIZES:
        wanted = {layer: max(_wanted(column.nodes[layer], width, size) for column in columns) for layer in BANDS}
        spare = room - sum(_height(lines, size) for lines in wanted.values())
        if spare >= 0:
            return [_Band(layer, wanted[layer], size, _height(wanted[layer], size) + spare / 6) for layer in BANDS]
    lines = dict.fromkeys(BANDS, 2)
    spare = room - sum(_height(2, size) for _ in BANDS)
    for layer in BANDS * 5:
        if lines[layer] < wanted[layer] and spare >= size * 1.2:
            lines[layer] += 1
            spare -= size * 1.2
    return [_Band(layer, lines[layer], size, _height(lines[layer], size) + spare / 6) for layer in BANDS]


def _height(lines: int, size: float) -> float:
    return 2 * _GAP + 32.0 + lines * size * 1.2


def _wanted(nodes: Sequence[Node], width: float, size: float) -> int:
    """How many lines a tile would fill with three names and the count of the others."""
    return max(len(_names(nodes, width, size, 7)) + (len(nodes) > 3), 2)


def _names(nodes: Sequence[Node], width: float, size: float, lines: int) -> list[tuple[float, str]]:
    """The first one to three names in so many lines, each with its indent; one line is left to say how many follow."""
    room = width - 2 * _PAD
    for count, height in ((3, 2), (2, 2), (1, 2), (1, 1)):
        shown = [_wrapped(node, room, size, height) for node in nodes[:count]]
        if sum(map(len, shown)) + (len(nodes) > count) <= lines or height == 1:
            break
    return [(_INDENT if index else 0.0, line) for name in shown for index, line in enumerate(name)]


def _wrapped(node: Node, room: float, size: float, lines: int) -> tuple[str, ...]:
    """A name in lines; those after the first are set in, and one that fits whole in the first stays there."""
    name = text.clean(node.name) or text.clean(node.id)
    whole = text.wrap(name, room, size, lines=1)
    return whole if lines == 1 or whole == (name,) else text.wrap(name, room - _INDENT, size, lines=lines)


def _column_heads(canvas: Canvas, columns: Sequence[_Column], left: Sequence[float], width: float) -> float:
    """Draws the names of the columns and returns where the bands begin."""
    y = canvas.top - 4.0
    for x, column in zip(left, columns, strict=True):
        lines = text.wrap(column.name, width - 4, 7.5, bold=True, lines=2)
        canvas.lines(lines, Box(x, y, width, 20), 7.5, INK, bold=True)
    return y + 24.0


def _band_head(canvas: Canvas, layer: str, nodes: Sequence[Node], band: Box) -> None:
    words, colours = canvas.words, LAYERS[layer]
    canvas.rect(band, fill=colours.band, radius=3)
    head = Box(band.x, band.y, _HEAD, band.height)
    canvas.rect(head, fill=colours.strong, radius=3)
    canvas.icon(EMBLEMS[layer], head.x + 7, head.y + 8, PAPER, size=12, width=1)
    for index, line in enumerate(text.wrap(words[layer], _HEAD - 32, 9, bold=True, lines=2)):
        canvas.text(head.x + 25, head.y + 17 + index * 10.5, line, 9, PAPER, bold=True)
    has_bar = any(node.worst for node in canvas.view.nodes) and nodes
    base = head.bottom - (27.0 if has_bar else 10.0)
    canvas.text(head.right - 7, base, words.number(len(nodes)), 15, PAPER, bold=True, anchor="end")
    if not has_bar:
        return
    clean = sum(1 for node in nodes if not node.worst)
    bar = Box(head.x + 7, head.bottom - 23, _HEAD - 14, 6)
    canvas.use("clean")
    canvas.rect(bar, fill=colours.strong, stroke=PAPER, width=0.7)
    if clean:
        canvas.rect(bar._replace(width=bar.width * clean / len(nodes)), fill=PAPER)
    said = f"{words.share(clean, len(nodes))} {words['without findings']}"
    if text.width(said, 6.5) > bar.width:
        said = f"{words.number(clean)} {words['without findings']}"
    canvas.text(bar.x, head.bottom - 8, said, 6.5, PAPER)


def _tile(canvas: Canvas, band: _Band, column: _Column, box: Box) -> None:
    """Draws how many elements a group has on a layer, their states, the first names, the worst finding."""
    nodes, words, colours = column.nodes[band.layer], canvas.words, LAYERS[band.layer]
    if not nodes:
        canvas.empty(box)
        return
    title = f"{column.name}: {words.number(len(nodes))} {words[band.layer]}"
    with canvas.group(title, "fold", tuple(node.id for node in nodes)):
        canvas.rect(box, fill=colours.tint, stroke=colours.strong, radius=2.5)
        canvas.use("count", colours.strong)
        x, y, room = box.x + _PAD, box.y, box.width - 2 * _PAD
        count = words.number(len(nodes))
        beside = room - canvas.findings(nodes, box.right - 10, y + 10.5)
        size = next((size for size in (15, 13, 11, 9) if text.width(count, size, bold=True) <= beside), 8)
        canvas.text(x, y + 16.5, count, size, colours.strong, bold=True)
        canvas.use("ribbon")
        canvas.ribbon(Box(x, y + 21, room, 5), colours.strong, Counter(node.status for node in nodes))
        y += 26.0 + band.size * 1.2
        names = _names(nodes, box.width, band.size, band.lines)
        for indent, line in names:
            canvas.text(x + indent, y, line, band.size)
            y += band.size * 1.2
        rest = len(nodes) - sum(1 for indent, _ in names if not indent)
        if rest:
            canvas.text(x, y, f"+ {words.number(rest)} {words['others']}", band.size, MUTED)


# Cards: a band for each layer, six to a row

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Of names; the largest that fits without cutting a name is taken, else the largest that fits."""
_ACROSS = {A4: 6, A3: 8}
_SIDE = 70.0
_EDGE = 5.0
_SLACK = 12.0
"""How much higher than its text a card may be made to fill the page."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The cards of a layer, in rows of one height each."""

    layer: str
    cards: Sequence[Node]
    folded: Sequence[Node]
    texts: Mapping[str, CardText]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return max(_LEAST, 2 * _EDGE + sum(self.heights) + _EDGE * (len(self.heights) - 1))


_LEAST = 40.0


def _cards(view: View, layers: Mapping[str, Sequence[Node]], outside: int) -> Sheet:
    """Draws every element if that fits on A4 or A3, else on A4 as many as fit, and folds the rest."""
    for page in (A4, A3):
        canvas = Canvas(view, size=page)
        whole = dict.fromkeys(BANDS, 10**9)
        fitting = [rows for size in _SIZES if (rows := _laid_out(canvas, layers, size, whole))]
        if fitting:
            uncut = (rows for rows in fitting if not any(card.cut for row in rows for card in row.texts.values()))
            return _drawn(canvas, layers, next(uncut, fitting[0]), outside)
    canvas = Canvas(view)
    return _drawn(canvas, layers, _folded(canvas, layers), outside)


def _laid_out(
    canvas: Canvas, layers: Mapping[str, Sequence[Node]], size: float, most: Mapping[str, int]
) -> list[_Rows] | None:
    """The rows of all layers at a size of names and with so many rows at most, or nothing if the page is too low."""
    across = _ACROSS[canvas.width, canvas.height]
    room = canvas.bottom - canvas.top - _GAP * (len(BANDS) - 1)
    if sum(-(-min(len(layers[layer]), most[layer] * across) // across) for layer in BANDS) * 29.0 > room:
        return None
    width = _card_width(canvas)
    rows = [_rows(layer, layers[layer], width, size, across, most[layer]) for layer in BANDS]
    return rows if sum(row.height for row in rows) <= room else None


def _rows(layer: str, nodes: Sequence[Node], width: float, size: float, across: int, most: int) -> _Rows:
    places = most * across
    cards = nodes if len(nodes) <= places else nodes[: places - 1]
    texts = card_texts(cards, width, size)
    heights = [max(texts[node.id].height for node in cards[at : at + across]) for at in range(0, len(cards), across)]
    if not heights and len(nodes):
        heights = [24.0]
    return _Rows(layer, cards, nodes[len(cards) :], texts, tuple(heights))


def _folded(canvas: Canvas, layers: Mapping[str, Sequence[Node]]) -> list[_Rows]:
    """As many rows as the page takes; the layer that hides the most gets the next one."""
    across = _ACROSS[A4]
    most = dict.fromkeys(BANDS, 1)
    best = _laid_out(canvas, layers, 7.5, most)
    full: set[str] = set()
    while best and (open_ := [layer for layer in BANDS if layer not in full and len(layers[layer]) > most[layer] * across]):
        layer = max(open_, key=lambda name: len(layers[name]) - most[name] * across)
        more = {**most, layer: most[layer] + 1}
        rows = _laid_out(canvas, layers, 7.5, more)
        if rows:
            best, most = rows, more
        else:
            full.add(layer)
    if best is None:
        raise AssertionError("six rows of cards always fit on a page")
    return best


def _card_width(canvas: Canvas) -> float:
    across = _ACROSS[canvas.width, canvas.height]
    return (canvas.right - canvas.left - _SIDE - 16.0 - _EDGE * (across - 1)) / across


def _drawn(canvas: Canvas, layers: Mapping[str, Sequence[Node]], bands: Sequence[_Rows], outside: int) -> Sheet:
    room = canvas.bottom - canvas.top - _GAP * (len(BANDS) - 1)
    spare = room - sum(rows.height for rows in bands)
    count = sum(len(rows.heights) for rows in bands)
    slack = min(_SLACK, spare / count) if count else 0.0
    margin = (spare - slack * count) / len(BANDS)
    y = canvas.top
    for rows in bands:
        band = Box(canvas.left, y, canvas.right - canvas.left, rows.height + slack * len(rows.heights) + margin)
        _side(canvas, rows, layers[rows.layer], band)
        _grid(canvas, rows, band, slack)
        y = band.bottom + _GAP
    return canvas.finish(outside=outside)


def _side(canvas: Canvas, rows: _Rows, nodes: Sequence[Node], band: Box) -> None:
    """Draws the ground of a band and its head: how many, or how many of how many, and of what."""
    words, colours = canvas.words, LAYERS[rows.layer]
    canvas.rect(band, fill=colours.band, radius=3)
    canvas.rect(band._replace(width=_SIDE), fill=colours.strong, radius=3)
    canvas.icon(EMBLEMS[rows.layer], band.x + 7, band.y + 8, PAPER, size=12, width=1)
    count = words.number(len(nodes))
    if rows.folded:
        count = f"{words.number(len(rows.cards))}/{count}"
        canvas.use("part")
    room = _SIDE - 7 - 12 - 3 - 6
    size = next((size for size in (13, 12, 11, 10, 9, 8) if text.width(count, size, bold=True) <= room), 7)
    canvas.text(band.x + _SIDE - 6, band.y + 18.5, count, size, PAPER, bold=True, anchor="end")
    for index, line in enumerate(text.wrap(words[rows.layer], _SIDE - 12, 8, bold=True, lines=2)):
        canvas.text(band.x + 7, band.y + 30 + index * 9.6, line, 8, PAPER, bold=True)


def _grid(canvas: Canvas, rows: _Rows, band: Box, slack: float) -> None:
    across, width = _ACROSS[canvas.width, canvas.height], _card_width(canvas)
    left = band.x + _SIDE + 8.0
    if not rows.heights:
        canvas.empty(Box(left, band.y + _EDGE, width, band.height - 2 * _EDGE))
        return
    used = sum(rows.heights) + slack * len(rows.heights) + _EDGE * (len(rows.heights) - 1)
    y = band.y + (band.height - used) / 2
    places: list[Box] = []
    for height in rows.heights:
        places += [Box(left + column * (width + _EDGE), y, width, height + slack) for column in range(across)]
        y += height + slack + _EDGE
    for node, box in zip(rows.cards, places, strict=False):
        canvas.card(node, rows.texts[node.id], box)
    if rows.folded:
        words = canvas.words
        title = f"+ {words.number(len(rows.folded))} {words['others']}"
        canvas.fold(title, rows.folded, places[len(rows.cards)])
