"""Layers of many elements: a band for each layer, a column for each group, a tile where they cross.

A tile says how many elements it stands for, in which states they are, the names of the first, and the worst
finding.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.frame import Page
from spbe_arch.drawing.palette import BANDS, EMBLEMS, INK, MUTED, PAPER
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.views.view import Node, View

__all__ = ["Column", "Table", "bands_of", "table_of", "tiles"]


@dataclass(frozen=True, slots=True)
class Column:
    """Elements that stand in a column of tiles."""

    name: str
    nodes: Mapping[str, Sequence[Node]]
    """By layer."""

    @property
    def size(self) -> int:
        return sum(map(len, self.nodes.values()))


_COLUMNS = 7
"""How many columns of tiles an A4 page holds so that names of two words fit in them. A larger page is not taken: it
would be printed on A4 all the same, too small to read, and the smallest groups together lose nothing, as every column
has a sheet of its own."""
_GAP = 4.0
_HEAD = 116.0
_PAD = 6.0
_TILE_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Of names; of those with room for three names in every tile the one that cuts the fewest, else the last."""
_INDENT = 5.0


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of tiles: how many lines of names they may have, and how high the band is."""

    layer: str
    lines: int
    size: float
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """What the tiles of a view are: columns in order, of which the last may be for several groups together."""

    columns: Sequence[Column]
    merged: Sequence[Column]
    empty: Sequence[Column]
    """Groups for which there is no column because they have no elements."""


def bands_of(view: View) -> tuple[str, ...]:
    """Returns the layers that a view is about, from the top; all six if it leaves none out on purpose."""
    return tuple(layer for layer in BANDS if layer in view.layers) or BANDS


def table_of(view: View, layers: Mapping[str, Sequence[Node]]) -> Table:
    """Returns the columns that a page holds; the groups for which there is no room share one."""
    words = Words(view.frame.language)
    columns = _columns(view, layers, words)
    crowded = len(columns) > _COLUMNS
    empty = [column for column in columns if crowded and not column.size]
    columns = [column for column in columns if column.size or not crowded]
    columns, merged = _merged(columns, _COLUMNS, words)
    return Table(columns, merged, empty)


def tiles(
    view: View,
    heading: tuple[str, str],
    layers: Mapping[str, Sequence[Node]],
    table: Table,
    links: Sequence[str],
    legend_rows: int,
) -> Page:
    """Returns the page with all elements in tiles.

    Args:
        view: Whose picture it is.
        heading: The number and name of its viewpoint, in Indonesian and English.
        layers: Its elements by layer.
        table: Its columns.
        links: Where the tiles of each column lead.
        legend_rows: How many rows of legend to leave room for.
    """
    columns = table.columns
    notes = _column_notes(table.merged, table.empty, Words(view.frame.language))
    page = Page(view, heading, legend_rows=legend_rows, notes=notes)
    width = (page.right - page.left - _HEAD - _PAD - _GAP * (len(columns) - 1)) / len(columns)
    left = [page.left + _HEAD + _PAD + index * (width + _GAP) for index in range(len(columns))]
    y = _column_heads(page, columns, left, width)
    for band in _bands(columns, width, page.bottom - y):
        box = Box(page.left, y, page.right - page.left, band.height)
        _band_head(page, band.layer, layers[band.layer], box)
        for x, column, link in zip(left, columns, links, strict=True):
            _tile(page, band, column, Box(x, y + _GAP, width, band.height - 2 * _GAP), link)
        y += band.height + _GAP
    return page


def _columns(view: View, layers: Mapping[str, Sequence[Node]], words: Words) -> list[Column]:
    """The groups in order, each element in the first that has it, and a column for those in none."""
    place: dict[str, int] = {}
    for index, group in enumerate(view.groups):
        for member in group.nodes:
            place.setdefault(member, index)
    names = [text.clean(group.name) or text.clean(group.key) for group in view.groups] + [words["no group"]]
    sorted_in: list[dict[str, list[Node]]] = [{layer: [] for layer in layers} for _ in names]
    for layer, nodes in layers.items():
        for node in nodes:
            sorted_in[place.get(node.id, -1)][layer].append(node)
    columns = [Column(name, nodes) for name, nodes in zip(names, sorted_in, strict=True)]
    return columns if columns[-1].size else columns[:-1]


def _merged(columns: list[Column], most: int, words: Words) -> tuple[list[Column], list[Column]]:
    """No more columns than there may be, the last for the smallest groups together; and those groups."""
    if len(columns) <= most:
        return columns, []
    by_size = sorted(range(len(columns)), key=lambda index: (-columns[index].size, index))
    kept = sorted(by_size[: most - 1])
    rest = [columns[index] for index in sorted(by_size[most - 1 :])]
    together = {layer: [node for column in rest for node in column.nodes[layer]] for layer in rest[0].nodes}
    return [*(columns[index] for index in kept), Column(words["other groups"], together)], rest


def _column_notes(merged: Sequence[Column], empty: Sequence[Column], words: Words) -> list[str]:
    """What has to be said about groups that have no column."""
    notes = []
    if merged:
        said = ", ".join(f"{column.name} ({words.number(column.size)})" for column in merged)
        notes.append(f"{words['other groups']} – {words.count(len(merged), 'groups together')}: {said}")
    if empty:
        said = ", ".join(column.name for column in empty)
        notes.append(f"{words.count(len(empty), 'groups left out')}: {said}")
    return notes


def _bands(columns: Sequence[Column], width: float, height: float) -> list[_Band]:
    """The bands of all layers; together they are as high as there is room."""
    layers = tuple(columns[0].nodes)
    room = height - _GAP * (len(layers) - 1)
    fitting: list[tuple[int, list[_Band]]] = []
    for size in _TILE_SIZES:
        wanted = {layer: max(_wanted(column.nodes[layer], width, size) for column in columns) for layer in layers}
        spare = room - sum(_height(lines, size) for lines in wanted.values())
        if spare >= 0:
            bands = [
                _Band(layer, wanted[layer], size, _height(wanted[layer], size) + spare / len(layers))
                for layer in layers
            ]
            fitting.append((_cuts(columns, width, size), bands))
    if fitting:
        return min(fitting, key=lambda found: found[0])[1]
    return _shortened(wanted, _TILE_SIZES[-1], room)


def _shortened(wanted: Mapping[str, int], size: float, room: float) -> list[_Band]:
    """Bands without room for three names in every tile: two lines each, more in turn while there is room."""
    lines = dict.fromkeys(wanted, 2)
    spare = room - sum(_height(2, size) for _ in wanted)
    for layer in tuple(wanted) * 5:
        if lines[layer] < wanted[layer] and spare >= size * 1.2:
            lines[layer] += 1
            spare -= size * 1.2
    return [_Band(layer, lines[layer], size, _height(lines[layer], size) + spare / len(wanted)) for layer in wanted]


def _height(lines: int, size: float) -> float:
    return 2 * _GAP + 32.0 + lines * size * 1.2


def _wanted(nodes: Sequence[Node], width: float, size: float) -> int:
    """How many lines a tile would fill with three names and the count of the others."""
    return max(len(_names(nodes, width, size, 7)) + (len(nodes) > 3), 2)


def _cuts(columns: Sequence[Column], width: float, size: float) -> int:
    """How many names are cut when tiles show three names each."""
    in_tiles = (nodes for column in columns for nodes in column.nodes.values())
    return sum(line.endswith("…") for nodes in in_tiles for _, line in _names(nodes, width, size, 7))


def _names(nodes: Sequence[Node], width: float, size: float, lines: int) -> list[tuple[float, str]]:
    """The first one to three names in so many lines, with indents; one is left to say how many follow."""
    room = width - 2 * _PAD
    for count, height in ((3, 2), (2, 2), (1, 2), (1, 1)):
        shown = [_wrapped(node, room, size, height) for node in nodes[:count]]
        if sum(map(len, shown)) + (len(nodes) > count) <= lines or height == 1:
            break
    cut = Counter(name for name in shown if name[-1].endswith("…"))
    shown = [
        text.wrap(text.clean(node.id), room, size, lines=1) if cut[name] > 1 else name
        for node, name in zip(nodes, shown, strict=False)
    ]
    return [(_INDENT if index else 0.0, line) for name in shown for index, line in enumerate(name)]


def _wrapped(node: Node, room: float, size: float, lines: int) -> tuple[str, ...]:
    """A name in lines; those after the first are set in, and one that fits whole in the first stays there."""
    name = text.clean(node.name) or text.clean(node.id)
    whole = text.wrap(name, room, size, lines=1)
    return whole if lines == 1 or whole == (name,) else text.wrap(name, room - _INDENT, size, lines=lines)


def _column_heads(page: Page, columns: Sequence[Column], left: Sequence[float], width: float) -> float:
    """Draws the names of the columns and returns where the bands begin."""
    y = page.top - 4.0
    for x, column in zip(left, columns, strict=True):
        lines = text.wrap(column.name, width - 4, 7.5, bold=True, lines=2)
        page.lines(lines, Box(x, y, width, 20), 7.5, INK, bold=True)
    return y + 24.0


def _band_head(page: Page, layer: str, nodes: Sequence[Node], band: Box) -> None:
    words, colours = page.words, page.ground_of(layer)
    page.rect(band, fill=colours.band, radius=3)
    head = Box(band.x, band.y, _HEAD, band.height)
    page.rect(head, fill=colours.strong, radius=3)
    page.icon(EMBLEMS[layer], head.x + 7, head.y + 8, PAPER, size=12, width=1)
    for index, line in enumerate(text.wrap(words[layer], _HEAD - 32, 9, bold=True, lines=2)):
        page.text(head.x + 25, head.y + 17 + index * 10.5, line, 9, PAPER, bold=True)
    has_bar = any(node.worst for node in page.view.nodes) and nodes
    base = head.bottom - (27.0 if has_bar else 10.0)
    page.text(head.right - 7, base, words.number(len(nodes)), 15, PAPER, bold=True, anchor="end")
    if not has_bar:
        return
    clean = sum(1 for node in nodes if not node.worst)
    bar = Box(head.x + 7, head.bottom - 23, _HEAD - 14, 6)
    page.use("clean")
    page.rect(bar, fill=colours.strong, stroke=PAPER, width=0.7)
    if clean:
        page.rect(bar._replace(width=bar.width * clean / len(nodes)), fill=PAPER)
    said = f"{words.share(clean, len(nodes))} {words['without findings']}"
    if text.width(said, 6.5) > bar.width:
        said = f"{words.number(clean)} {words['without findings']}"
    page.text(bar.x, head.bottom - 8, said, 6.5, PAPER)


def _tile(page: Page, band: _Band, column: Column, box: Box, link: str) -> None:
    """Draws how many elements a group has on a layer, their states, the first names, the worst finding."""
    nodes, words, colours = column.nodes[band.layer], page.words, page.ground_of(band.layer)
    if not nodes:
        page.empty(box)
        return
    title = f"{column.name}: {words.number(len(nodes))} {words[band.layer]}"
    with page.group(title, "fold", tuple(node.id for node in nodes), link):
        page.rect(box, fill=colours.tint, stroke=colours.strong, radius=2.5)
        page.use("count", colours.strong)
        x, y, room = box.x + _PAD, box.y, box.width - 2 * _PAD
        count = words.number(len(nodes))
        beside = room - page.findings(nodes, box.right - 10, y + 10.5)
        size = next((size for size in (15, 13, 11, 9) if text.width(count, size, bold=True) <= beside), 8)
        page.text(x, y + 16.5, count, size, colours.strong, bold=True)
        page.ribbon(Box(x, y + 21, room, 5), colours.strong, Counter(node.status for node in nodes))
        y += 26.0 + band.size * 1.2
        names = _names(nodes, box.width, band.size, band.lines)
        for indent, line in names:
            page.text(x + indent, y, line, band.size)
            y += band.size * 1.2
        rest = len(nodes) - sum(1 for indent, _ in names if not indent)
        if rest:
            page.text(x, y, f"+ {words.number(rest)} {words['others']}", band.size, MUTED)
