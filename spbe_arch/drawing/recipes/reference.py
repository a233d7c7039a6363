"""The viewpoint "reference": a tile for each code of level 2, its colour by how many elements carry it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.chips import Listed, listed_pages, sheets_of
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.palette import BANDS, INK, LAYERS, MUTED, PAPER, RULE
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("08 Peta referensi", "08 Reference map")

_CLASSES = ((2, "#DCE9F8", INK), (5, "#A9CBEF", INK), (10, "#5E9BDC", INK), (20, "#1F5FAE", PAPER))
_TOP = ("#0B2F63", PAPER)
"""The largest number of each class, its fill and the colour of text on it; and of all that is more."""
_EDGE = "#0B2F63"
_SIDE = 120.0
_ACROSS = {A4: 7, A3: 9}
_GAP = 3.5
_BETWEEN = 5.0
_LEAST, _HIGHEST = 31.0, 150.0
_FEWEST = 3
_SMALL_LINE = 7.8
_NAME = 7.0


@dataclass(frozen=True, slots=True)
class _Tile:
    code: str
    name: str
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class _Sector:
    """A code of level 1 and the tiles below it."""

    code: str
    name: str
    tiles: Sequence[_Tile]

    @property
    def nodes(self) -> list[Node]:
        return [node for tile in self.tiles for node in tile.nodes]


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a reference map: the tiles, then the names by code."""
    sectors = _sectors(view)
    size = next((size for size in (A4, A3) if _height(view, sectors, size) >= _LEAST), A3)
    parts = _parts(view, sectors, size)
    listed = [
        Listed(f"{tile.code} {tile.name}".strip(), tile.nodes)
        for sector in sectors
        for tile in sector.tiles
        if tile.nodes
    ]
    names = listed_pages(view, HEADING, listed, first=len(parts) + 1)
    place = sheets_of(names)
    pages = [
        first_that_fits(partial(_drawn, view, part, sectors, (size, number), place))
        for number, part in enumerate(parts, 1)
    ]
    return tuple(page.finish(len(pages) + len(names)) for page in (*pages, *names))


def _sectors(view: View) -> list[_Sector]:
    known = {node.id: node for node in view.nodes}
    members: dict[str, list[Node]] = {}
    for group in view.groups:
        members.setdefault(group.key, []).extend(known.pop(id) for id in group.nodes if id in known)
    page = Page(view, HEADING)
    lowers = view.columns.marks if view.columns else ()
    found = []
    for upper in view.rows.marks if view.rows else ():
        tiles = [
            _Tile(lower.key, text.clean(lower.name), members.pop(lower.key, []))
            for lower in lowers
            if lower.detail == upper.key
        ]
        own = members.pop(upper.key, [])
        if own:
            tiles.append(_Tile(upper.key, page.words["code itself"], own))
        found.append(_Sector(upper.key, text.clean(upper.name), tiles))
    rest = [*known.values(), *(node for nodes in members.values() for node in nodes)]
    if rest:
        said = page.words["without code"]
        found.append(_Sector("", said, [_Tile("", said, rest)]))
    return found


def _rows(sector: _Sector, across: int) -> int:
    return max(-(-len(sector.tiles) // across), 1)


def _across(sectors: Sequence[_Sector], size: tuple[float, float]) -> int:
    """How many tiles stand in a row: no more than the longest sector needs."""
    return max(_FEWEST, min(_ACROSS[size], max((len(sector.tiles) for sector in sectors), default=0)))


def _height(view: View, sectors: Sequence[_Sector], size: tuple[float, float]) -> float:
    """How high tiles can be so that all are on one page."""
    page = Page(view, HEADING, size=size, legend_rows=2)
    rows = [_rows(sector, _across(sectors, size)) for sector in sectors]
    if not rows:
        return _HIGHEST
    gaps = _BETWEEN * (len(rows) - 1) + _GAP * (sum(rows) - len(rows))
    return (page.bottom - page.top - gaps) / sum(rows)


def _parts(view: View, sectors: Sequence[_Sector], size: tuple[float, float]) -> list[list[_Sector]]:
    """The sectors of each sheet; one that is longer than a sheet is parted."""
    page = Page(view, HEADING, size=size, legend_rows=2)
    across = _across(sectors, size)
    most = int((page.bottom - page.top + _GAP) // (_LEAST + _BETWEEN))
    if _height(view, sectors, size) >= _LEAST:
        return [list(sectors)]
    parts: list[list[_Sector]] = [[]]
    used = 0
    for sector in sectors:
        for start in range(0, max(len(sector.tiles), 1), most * across):
            some = _Sector(sector.code, sector.name, sector.tiles[start : start + most * across])
            if used + _rows(some, across) > most:
                parts.append([])
                used = 0
            parts[-1].append(some)
            used += _rows(some, across)
    return [part for part in parts if part]


# How it looks


def _drawn(
    view: View, sectors: Sequence[_Sector], every: Sequence[_Sector], place: tuple[tuple[float, float], int],
    names: Mapping[str, int], legend_rows: int,
) -> Page:  # fmt: skip
    size, number = place
    page = Page(view, HEADING, size=size, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    if not sectors:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    height = min(_height(view, sectors, size), _HIGHEST)
    across = _across(every, size)
    width = (page.right - page.left - _SIDE - _BETWEEN - _GAP * (across - 1)) / across
    y = page.top
    for sector in sectors:
        rows = _rows(sector, across)
        whole = rows * height + (rows - 1) * _GAP
        _draw_sector(page, sector, Box(page.left, y, _SIDE, whole))
        left = page.left + _SIDE + _BETWEEN
        for index, tile in enumerate(sector.tiles):
            x, row = left + index % across * (width + _GAP), index // across
            link = link_to(view, names[tile.nodes[0].id]) if tile.nodes else ""
            _draw_tile(page, tile, Box(x, y + row * (height + _GAP), width, height), link)
        y += whole + _BETWEEN
    _explain(page, sectors, every)
    return page


def _draw_sector(page: Page, sector: _Sector, box: Box) -> None:
    layers = {layer_of(node) for node in page.view.nodes}
    layer = next((layer for layer in BANDS if layer in layers), "across")
    page.rect(box, fill=LAYERS[layer].strong if sector.code else MUTED, radius=3)
    count = page.words.number(len(sector.nodes))
    if sector.code:
        page.text(box.x + 7, box.y + 10.5, text.fit(text.clean(sector.code), _SIDE - 14, 6.5), 6.5, PAPER)
    room = int((box.height - (14.0 if sector.code else 6.0) - 2.0) // 9.6)
    y = box.y + (20.5 if sector.code else 13.0)
    beside = _SIDE - 20 - text.width(count, 13, bold=True)
    for index, line in enumerate(text.wrap(sector.name, beside, 8, bold=True, lines=max(min(room, 4), 1))):
        page.text(box.x + 7, y + index * 9.6, line, 8, PAPER, bold=True)
    page.text(box.right - 7, box.bottom - 7, count, 13, PAPER, bold=True, anchor="end")


def _draw_tile(page: Page, tile: _Tile, box: Box, link: str) -> None:
    words, count = page.words, len(tile.nodes)
    fill, colour = _look(count)
    said = words.number(count) if count else "–"
    beside = box.width - 16 - text.width(said, 10, bold=True)
    lines = text.wrap(tile.name, box.width - 11, _NAME, bold=True, lines=2 if box.height < 40 else 3)
    below = box.y + 20.5 + len(lines) * 8.4
    names = _names(page, tile.nodes, box.width - 11, int((box.bottom - 3.0 - below) // _SMALL_LINE) + 1)

    def words_on() -> None:
        small = PAPER if colour == PAPER else INK if count else MUTED
        page.text(box.x + 5, box.y + 9.5, text.fit(text.clean(tile.code), beside, 6.5), 6.5, small)
        page.text(box.right - 5, box.y + 11, said, 10, colour, bold=True, anchor="end")
        for index, line in enumerate(lines):
            page.text(box.x + 5, box.y + 19.5 + index * 8.4, line, _NAME, colour, bold=True)
        for index, line in enumerate(names):
            page.text(box.x + 5, below + index * _SMALL_LINE, line, 6.5, small)

    if not count:
        page.rect(box, fill=PAPER, stroke=RULE, width=0.8, radius=2.5, dash=(2, 2))
        page.use("empty")
        words_on()
        return
    title = f"{tile.code} {tile.name}: {words.count(count, 'element')}".strip()
    with page.group(title, "fold", tuple(node.id for node in tile.nodes), link):
        page.rect(box, fill=fill, stroke=_EDGE, width=0.7, radius=2.5)
        words_on()
        worst = min((node.worst for node in tile.nodes if node.worst), key=lambda level: level.rank, default=None)
        if worst:
            page.level_mark(worst, box.right - 3, box.bottom - 2)


def _names(page: Page, nodes: Sequence[Node], room: float, most: int) -> list[str]:
    """As many whole names as have room in so many lines, and how many more there are."""
    lines: list[str] = []
    for index, node in enumerate(nodes):
        name = text.wrap(text.clean(node.name) or text.clean(node.id), room, 6.5, lines=3)
        if len(lines) + len(name) + (index < len(nodes) - 1) > most:
            rest = f"+ {page.words.number(len(nodes) - index)} {page.words['others']}"
            return [*lines, rest] if lines else []
        lines += name
    return lines


def _look(count: int) -> tuple[str, str]:
    """The fill of a tile, and the colour of text on it."""
    if not count:
        return PAPER, MUTED
    return next(((fill, colour) for most, fill, colour in _CLASSES if count <= most), _TOP)


def _explain(page: Page, sectors: Sequence[_Sector], every: Sequence[_Sector]) -> None:
    words = page.words
    counts = [len(tile.nodes) for sector in sectors for tile in sector.tiles]
    least = 1
    for most, fill, _ in _CLASSES:
        if any(least <= count <= most for count in counts):
            page.explain(f"class.{most}", 20, partial(_sample, page, fill), f"{least}–{most}")
        least = most + 1
    if any(count >= least for count in counts):
        page.explain("class.top", 20, partial(_sample, page, _TOP[0]), f"{least} {words['or more']}")
    codes = [tile for sector in every for tile in sector.tiles if tile.code.count(".") == 2]
    used = sum(1 for tile in codes if tile.nodes)
    page.remark(f"{words.share(used, len(codes))} {words['codes used']}")


def _sample(page: Page, fill: str, x: float, y: float) -> None:
    page.rect(Box(x, y - 5, 20, 10), fill=fill, stroke=_EDGE, width=0.7, radius=2)
