"""The viewpoint "network": a band for each of the four layers, in it a trunk for each network with its devices on it.

The medium and the bandwidth are written on the trunk; at its end stands whom it connects.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to
from spbe_arch.drawing.palette import INK, MUTED, PAPER, RULE
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("15 Jaringan", "15 Network")

_SIDE = 84.0
"""The width of the head of a band."""
_PAD = 7.0
_GAP = 5.0
_NETWORK = 122.0
_SEGMENT = 82.0
"""The length of the trunk that carries the words."""
_BETWEEN = 9.0
_END = 112.0
_NAMES = 3
"""For how many names of whom a network connects there is room at least."""
_SIZE = 7.5
_LEAST = 46.0
_MOST_LINES = {A4: 2, A3: 4}
"""The most lines of devices of a network; of more devices the rest is folded."""
_WIDTHS = {"wired": 2.2, "wireless": 2.2, "other": 1.2, "": 1.0}


@dataclass(frozen=True, slots=True)
class _Row:
    """A network with what is on it; a row without a network holds devices that have none."""

    network: Node | None
    devices: Sequence[Node]
    connected: Sequence[Node]


@dataclass(frozen=True, slots=True)
class _Band:
    """A layer."""

    key: str
    name: str
    rows: Sequence[_Row]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a band as it stands on a page: its rows with their heights."""

    band: _Band
    rows: Sequence[tuple[_Row, float]]
    again: bool

    @property
    def height(self) -> float:
        return max(_LEAST, 2 * _PAD + sum(height for _, height in self.rows) + _GAP * (len(self.rows) - 1))


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a network: the bands, and lists of what is folded on them."""
    bands = _bands(view)
    for size in (A4, A3):
        parts = _pages(Page(view, HEADING, size=size, legend_rows=2), bands, size)
        if len(parts) == 1:
            break
    count = len(parts)
    pages = [first_that_fits(partial(_drawn, view, parts, size, number)) for number in range(count)]
    words = pages[0].words
    hidden = {id for page in pages for id in page.nameless} - {id for page in pages for id in page.named}
    hidden -= {id for page in pages for id in page.drawn}
    listed = list(_listed(bands, hidden, words))
    names = listed_pages(view, HEADING, listed, first=count + 1)
    for page in pages:
        page.elsewhere = "other sheets"
    return tuple(page.finish(count + len(names)) for page in (*pages, *names))


def _bands(view: View) -> list[_Band]:
    """The layers in order, with the rows of each."""
    known = {node.id: node for node in view.nodes}
    on: dict[str, list[Node]] = defaultdict(list)
    connected: dict[str, list[Node]] = defaultdict(list)
    networked: set[str] = set()
    for edge in view.edges:
        if edge.field == "networks" and edge.target in known and edge.source in known:
            on[edge.target].append(known[edge.source])
            networked.add(edge.source)
        elif edge.field == "connects" and edge.target in known:
            connected[edge.source].append(known[edge.target])
    bands, placed = [], set(networked)
    for group in view.groups:
        nodes = [known[id] for id in group.nodes if id in known]
        rows = [_Row(node, on[node.id], connected[node.id]) for node in nodes if node.section == "intranets"]
        loose = [node for node in nodes if node.section != "intranets" and node.id not in networked]
        placed |= {node.id for node in nodes} | {node.id for row in rows for node in row.connected}
        bands.append(_Band(group.key, text.clean(group.name), [*rows, *([_Row(None, loose, ())] if loose else [])]))
    rest = [node for node in view.nodes if node.id not in placed]
    if rest:
        bands.append(_Band("", "", [_Row(None, rest, ())]))
    return bands


def _listed(bands: Sequence[_Band], hidden: set[str], words: Words) -> Iterator[Listed]:
    """What is folded, under the network that it is on."""
    told: set[str] = set()
    for band in bands:
        for row in band.rows:
            some = [node for node in (*row.devices, *row.connected) if node.id in hidden - told]
            told.update(node.id for node in some)
            if some:
                name = text.clean(row.network.name) or row.network.id if row.network else words["without network"]
                yield Listed(name, some)


# Places


def _across(page: Page) -> int:
    """How many devices stand in a line."""
    room = page.right - page.left - _SIDE - _NETWORK - _SEGMENT - _END - 2 * _PAD - 2 * _BETWEEN
    return int((room + _BETWEEN) // (_device_width(page) + _BETWEEN))


def _device_width(page: Page) -> float:
    return 102.0 if page.width > A4[0] else 100.0


def _pages(page: Page, bands: Sequence[_Band], size: tuple[float, float]) -> list[list[_Piece]]:
    """The bands, parted so that each page holds its share."""
    room = page.bottom - page.top
    pages: list[list[_Piece]] = [[]]
    used = 0.0
    for band in bands:
        rows: list[tuple[_Row, float]] = []
        again = False
        for row in band.rows:
            height = _row_height(page, row, size)
            needed = _Piece(band, [*rows, (row, height)], again).height
            if used + needed > room and (rows or pages[-1]):
                if rows:
                    pages[-1].append(_Piece(band, rows, again))
                    again = True
                pages.append([])
                used, rows = 0.0, []
            rows.append((row, height))
        piece = _Piece(band, rows, again)
        if used + piece.height > room and pages[-1]:
            pages.append([])
            used = 0.0
        pages[-1].append(piece)
        used += piece.height + _GAP
    return pages


def _row_height(page: Page, row: _Row, size: tuple[float, float]) -> float:
    texts = card_texts(_shown(page, row, size), _device_width(page), _SIZE)
    heights = _line_heights(page, row, size, texts)
    least = 34.0
    if row.network is not None:
        own = card_texts([row.network], _NETWORK, 8.0)[row.network.id].height
        least = max(own, 12.0 + 9.0 * min(len(row.connected), _NAMES + 1))
    return max(sum(heights) + _GAP * max(len(heights) - 1, 0), least)


def _shown(page: Page, row: _Row, size: tuple[float, float]) -> list[Node]:
    """The devices that have a card; of too many, one place is left for the fold."""
    most = _across(page) * _MOST_LINES[size]
    return list(row.devices if len(row.devices) <= most else row.devices[: most - 1])


def _line_heights(page: Page, row: _Row, size: tuple[float, float], texts: Mapping[str, CardText]) -> list[float]:
    across, shown = _across(page), _shown(page, row, size)
    places = len(shown) + (len(shown) < len(row.devices))
    return [
        max([30.0, *(texts[node.id].height for node in shown[start : start + across])])
        for start in range(0, places, across)
    ]


# How it looks


def _drawn(
    view: View, parts: Sequence[Sequence[_Piece]], size: tuple[float, float], number: int, legend_rows: int
) -> Page:
    page = Page(view, HEADING, size=size, legend_rows=legend_rows, sheet=number + 1)
    if not view.nodes:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    pieces = parts[number]
    spare = page.bottom - page.top - sum(piece.height for piece in pieces) - _GAP * (len(pieces) - 1)
    more = min(max(spare, 0.0) / max(len(pieces), 1), 26.0)
    y = page.top
    first_list = len(parts) + 1
    for piece in pieces:
        box = Box(page.left, y, page.right - page.left, piece.height + more)
        _draw_band(page, piece, box, size, first_list)
        y = box.bottom + _GAP
    _explain(page, pieces)
    return page


def _draw_band(page: Page, piece: _Piece, box: Box, size: tuple[float, float], first_list: int) -> None:
    words, band = page.words, piece.band
    colours = page.ground_of("infrastructure")
    page.rect(box, fill=colours.band, radius=3)
    page.rect(box._replace(width=_SIDE), fill=colours.strong, radius=3)
    title = text.wrap(band.name or words["others"], _SIDE - 12, 8.5, bold=True, lines=2)
    for index, line in enumerate(title):
        page.text(box.x + 7, box.y + 15 + index * 10.0, line, 8.5, PAPER, bold=True)
    networks = sum(row.network is not None for row in band.rows)
    devices = len({node.id for row in band.rows for node in row.devices})
    y = box.y + 16 + len(title) * 10.0
    said = [words.of_section(networks, "intranets"), f"{words.number(devices)} {words['devices of']}"]
    for line in [*said, *([f"({words['continued']})"] if piece.again else [])]:
        if y < box.bottom - 3:
            page.text(box.x + 7, y, text.fit(line, _SIDE - 12, 6.5), 6.5, PAPER)
        y += 8.5
    left = box.x + _SIDE + _PAD
    if not piece.rows:
        page.empty(Box(left, box.y + _PAD, _NETWORK, box.height - 2 * _PAD))
        return
    spare = box.height - piece.height if piece.height > _LEAST else box.height - 2 * _PAD - _of_rows(piece)
    y = box.y + _PAD + (spare / 2 if spare > 0 else 0.0)
    for row, height in piece.rows:
        _draw_row(page, row, Box(left, y, box.right - _PAD - left, height), size, first_list)
        y += height + _GAP


def _of_rows(piece: _Piece) -> float:
    return sum(height for _, height in piece.rows) + _GAP * (len(piece.rows) - 1)


def _draw_row(page: Page, row: _Row, box: Box, size: tuple[float, float], first_list: int) -> None:
    """The network, its trunk, its devices, and whom it connects."""
    shown = _shown(page, row, size)
    width, across = _device_width(page), _across(page)
    texts = card_texts(shown, width, _SIZE)
    heights = _line_heights(page, row, size, texts)
    start = box.x + _NETWORK + _SEGMENT
    places: list[Box] = []
    y = box.y + (box.height - sum(heights) - _GAP * max(len(heights) - 1, 0)) / 2
    middles = []
    for height in heights:
        places += (Box(start + index * (width + _BETWEEN), y, width, height) for index in range(across))
        middles.append(y + height / 2)
        y += height + _GAP
    if row.network is not None:
        _draw_trunk(page, row, box, middles or [box.middle[1]], start)
    for node, place in zip(shown, places, strict=False):
        page.card(node, texts[node.id], place)
    rest = row.devices[len(shown) :]
    if rest:
        said = f"+ {page.words.number(len(rest))} {page.words['devices of']}"
        page.fold(said, rest, places[len(shown)], link_to(page.view, first_list))
    if row.network is None:
        name = text.wrap(page.words["without network"], _NETWORK - 8, 7.5, bold=True, lines=2)
        page.lines(name, Box(box.x, box.y, _NETWORK, box.height), 7.5, MUTED, bold=True)
        return
    own = card_texts([row.network], _NETWORK, 8.0)
    height = min(max(own[row.network.id].height, 30.0), box.height)
    page.card(row.network, own[row.network.id], Box(box.x, box.y + (box.height - height) / 2, _NETWORK, height))
    _draw_end(page, row, Box(box.right - _END, box.y, _END, box.height), first_list)


def _draw_trunk(page: Page, row: _Row, box: Box, middles: Sequence[float], start: float) -> None:
    """The line of a network, under its devices, with its medium and bandwidth on its first stretch."""
    network = row.network
    assert network is not None  # noqa: S101 - the caller draws the trunk of networks only
    y, end = box.middle[1], box.right - _END
    strong = page.ground_of("infrastructure").strong
    width = _WIDTHS.get(network.kind, 1.0)
    dash = (5.0, 3.0) if network.kind == "wireless" else (1.5, 2.5) if not network.kind else ()
    title = f"{text.clean(network.name) or network.id}: {text.clean(network.facts) or page.words['medium not said']}"
    with page.group(title):
        knee = start - 8.0
        page.line((box.x + _NETWORK, y), (knee, y), stroke=strong, width=width, dash=dash)
        if len(middles) > 1 or abs(middles[0] - y) > 0.5:
            page.line((knee, min(*middles, y)), (knee, max(*middles, y)), stroke=strong, width=width, dash=dash)
        for middle in middles:
            page.line((knee, middle), (end - 6.0, middle), stroke=strong, width=width, dash=dash)
        if len(middles) > 1:
            page.line((end - 6.0, middles[0]), (end - 6.0, middles[-1]), stroke=strong, width=width, dash=dash)
        page.line((end - 6.0, y), (end, y), stroke=strong, width=width, dash=dash)
    said = text.clean(network.facts) or page.words["medium not said"]
    words = text.wrap(said, _SEGMENT - 14, 6.5, lines=2)
    for index, line in enumerate(words):
        page.text(box.x + _NETWORK + 4, y - 4.0 - (len(words) - 1 - index) * 7.8, line, 6.5, INK)


def _draw_end(page: Page, row: _Row, box: Box, first_list: int) -> None:
    """Whom the network connects: the first names, and how many there are."""
    words, nodes = page.words, row.connected
    if not nodes:
        page.use("empty")
        page.rect(box, fill=PAPER, stroke=RULE, width=0.8, radius=2.5, dash=(2, 2))
        page.lines(text.wrap(words["nobody connected"], _END - 10, 6.5, lines=2), box, 6.5, MUTED)
        return
    most = max(int((box.height - 13.0) // 8.5), 1)
    shown = nodes[:most] if len(nodes) <= most else nodes[: most - 1]
    whole = [line for node in shown for line in text.wrap(_called(node), _END - 10, 6.5, lines=3)]
    names = [text.fit(_called(node), _END - 10, 6.5) for node in shown]
    if len(shown) == len(nodes) and len(whole) <= most:
        names = whole
        page.named.update(node.id for node in nodes if not any(line.endswith("…") for line in whole))
    title = f"{words['connected']}: {words.number(len(nodes))}"
    link = link_to(page.view, first_list)
    with page.group(title, "fold", tuple(node.id for node in nodes), link):
        page.use("fold")
        page.rect(box, fill=PAPER, stroke=MUTED, width=0.8, radius=2.5, dash=(2, 2))
        y = box.y + (box.height - 8.5 * (len(names) + 1 + (len(shown) < len(nodes)))) / 2 + 6.5
        page.text(box.x + 6, y, title, 7, MUTED, bold=True)
        for name in names:
            y += 8.5
            page.text(box.x + 6, y, name, 6.5, INK)
        if len(shown) < len(nodes):
            y += 8.5
            page.text(box.x + 6, y, f"+ {words.number(len(nodes) - len(shown))} {words['others']}", 6.5, MUTED)


def _called(node: Node) -> str:
    return text.clean(node.name) or node.id


def _explain(page: Page, pieces: Sequence[_Piece]) -> None:
    kinds = {row.network.kind for piece in pieces for row, _ in piece.rows if row.network is not None}
    for kind, key in (("wired", "wired"), ("wireless", "wireless"), ("other", "other medium"), ("", "unknown medium")):
        if kind in kinds:
            page.explain(f"medium.{key}", 26, partial(_sample, page, kind), page.words[f"legend.{key}"])


def _sample(page: Page, kind: str, x: float, y: float) -> None:
    dash = (5.0, 3.0) if kind == "wireless" else (1.5, 2.5) if not kind else ()
    page.line((x, y), (x + 26, y), stroke=page.ground_of("infrastructure").strong, width=_WIDTHS[kind], dash=dash)
