"""The viewpoint "layers": what there is on each of the six layers, without lines.

Few elements get a card each, in a band for each layer; many are folded, into tiles if the view has groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.cards import CardText, card_texts
from spbe_arch.drawing.chips import MOST_NAMES, Listed, listed_pages, sub_view, where_names_are
from spbe_arch.drawing.frame import Page, first_that_fits, link_to
from spbe_arch.drawing.palette import EMBLEMS, PAPER
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.tiles import Column, bands_of, table_of, tiles
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("01 Lapis", "01 Layers")

_CARDS = 60
"""The most elements that get a card each though the view has groups to fold them into."""
_CARDS_OF_COLUMN = 90
"""The most elements of one group that get a card each on its own sheet; of more, the names are listed."""
_ACROSS = (3, 6)
"""How few and how many cards stand beside each other on A4. A larger page is not taken: it would be printed on A4 all
the same."""
_SIZES = (11.0, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Of names; the largest that fits without cutting a name is taken, else the largest that fits."""
_FOLDED_SIZE = 7.5
_ALL = 10**9
_SIDE = 70.0
"""The width of the head of a band."""
_MARGIN = 8.0
_EDGE = 5.0
_GAP = 4.0
_LEAST = 45.0
"""The height of a band with nothing in it: its head has a count and a name of two lines."""
_SLACK = 12.0
"""How much higher than its text a card may be made to fill the page."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a view of layers: the whole, then what is folded on it."""
    layers = {layer: [node for node in view.nodes if node.layer == layer] for layer in bands_of(view)}
    shown = sum(map(len, layers.values()))
    pages = _in_cards(view, layers) if shown <= _CARDS or len(view.groups) < 2 else []
    if len(view.groups) > 1 and (not pages or pages[0].folded):
        pages = _in_tiles(view, layers)
    return tuple(page.finish(len(pages)) for page in pages)


def _in_tiles(view: View, layers: Mapping[str, Sequence[Node]]) -> list[Page]:
    """The tiles, then for each of their columns the cards, or the names if there are too many for cards."""
    table = table_of(view, layers)
    words = Words(view.frame.language)
    more: list[Page] = []
    links = []
    for column in table.columns:
        first = len(more) + 2
        links.append(link_to(view, first) if column.size else "")
        if column.size:
            groups = table.merged if column.name == words["other groups"] else ()
            more += _of_column(view, column, groups, first)
    whole = first_that_fits(lambda legend_rows: tiles(view, HEADING, layers, table, links, legend_rows))
    whole.remark(where_names_are(more) if len(more) > 1 else words["first names"])
    if view.colours is not None:
        whole.remark(words["shades behind"])
    return [whole, *more]


def _of_column(view: View, column: Column, merged: Sequence[Column], sheet: int) -> list[Page]:
    own = sub_view(view, column.name, [node for nodes in column.nodes.values() for node in nodes])
    if column.size <= _CARDS_OF_COLUMN:
        page = first_that_fits(lambda legend_rows: _cards(own, HEADING, column.nodes, legend_rows, sheet))
        if not page.folded:
            return [page]
    return listed_pages(own, HEADING, _listed(view, merged or (column,)), first=sheet)


def _listed(view: View, columns: Sequence[Column]) -> list[Listed]:
    words = Words(view.frame.language)
    if len(columns) > 1 and sum(column.size for column in columns) > MOST_NAMES:
        return [Listed(column.name, [node for nodes in column.nodes.values() for node in nodes]) for column in columns]
    return [
        Listed(f"{column.name} · {words[layer]}" if len(columns) > 1 else words[layer], column.nodes[layer])
        for column in columns
        for layer in column.nodes
        if column.nodes[layer]
    ]


def _in_cards(view: View, layers: Mapping[str, Sequence[Node]]) -> list[Page]:
    """The cards; if some have no place, also the names of all that stand behind the folds."""
    first = first_that_fits(lambda legend_rows: _cards(view, HEADING, layers, legend_rows))
    hidden = set(first.folded)
    if not hidden:
        return [first]
    words = Words(view.frame.language)
    rest = {layer: [node for node in nodes if node.id in hidden] for layer, nodes in layers.items()}
    listed = [Listed(words[layer], nodes) for layer, nodes in rest.items() if nodes]
    own = sub_view(view, "", [node for nodes in rest.values() for node in nodes])
    return [first, *listed_pages(own, HEADING, listed, first=2)]


@dataclass(frozen=True, slots=True)
class _Band:
    """The cards of a layer, in rows of one height each."""

    layer: str
    nodes: Sequence[Node]
    cards: Sequence[Node]
    """Those of the nodes that have a card; the others are folded."""
    texts: Mapping[str, CardText]
    rows: tuple[float, ...]
    """Their heights."""
    across: int
    """How many cards stand in a row."""

    @property
    def height(self) -> float:
        return max(_LEAST, 2 * _EDGE + sum(self.rows) + _EDGE * (len(self.rows) - 1))


def _cards(
    view: View, heading: tuple[str, str], layers: Mapping[str, Sequence[Node]], legend_rows: int,
    sheet: int = 1,
) -> Page:  # fmt: skip
    """Draws every element if that fits, else as many as fit, and folds the rest."""
    page = Page(view, heading, legend_rows=legend_rows, sheet=sheet)
    every = dict.fromkeys(layers, _ALL)
    fitting = [bands for letters in _SIZES if (bands := _bands(page, layers, letters, every))]
    if fitting:
        uncut = (bands for bands in fitting if not any(card.cut for band in bands for card in band.texts.values()))
        return _drawn(page, next(uncut, fitting[0]))
    return _drawn(page, _folded(page, layers))


def _bands(page: Page, layers: Mapping[str, Sequence[Node]], letters: float, most: Mapping[str, int]) -> list[_Band]:
    """All bands at a size of names and with so many rows at most; none if the page is too low for them."""
    room, across = _room(page, len(layers)), _across(layers)
    if sum(-(-min(len(layers[layer]), most[layer] * across) // across) for layer in layers) * (24.0 + _EDGE) > room:
        return []
    bands = [_band(page, layer, layers[layer], letters, most[layer], across) for layer in layers]
    return bands if sum(band.height for band in bands) <= room else []


def _across(layers: Mapping[str, Sequence[Node]]) -> int:
    """How many cards stand in a row: no more than the longest band needs."""
    return max(_ACROSS[0], min(_ACROSS[1], max(map(len, layers.values()), default=0)))


def _band(page: Page, layer: str, nodes: Sequence[Node], letters: float, most: int, across: int) -> _Band:
    cards = nodes if len(nodes) <= most * across else nodes[: most * across - 1]
    texts = card_texts(cards, _card_width(page, across), letters)
    rows = tuple(
        max(texts[node.id].height for node in cards[start : start + across]) for start in range(0, len(cards), across)
    )
    return _Band(layer, nodes, cards, texts, rows, across)


def _folded(page: Page, layers: Mapping[str, Sequence[Node]]) -> list[_Band]:
    """As many rows as the page takes; the layer that hides the most gets the next one."""
    rows = dict.fromkeys(layers, 1)
    best = _bands(page, layers, _FOLDED_SIZE, rows)
    growing, across = set(layers), _across(layers)
    while growing := {layer for layer in growing if len(layers[layer]) > rows[layer] * across}:
        layer = max(sorted(growing), key=lambda name: len(layers[name]) - rows[name] * across)
        more = {**rows, layer: rows[layer] + 1}
        bands = _bands(page, layers, _FOLDED_SIZE, more)
        if bands:
            best, rows = bands, more
        else:
            growing.discard(layer)
    return best


def _room(page: Page, bands: int) -> float:
    """How high so many bands may be together."""
    return page.bottom - page.top - _GAP * (bands - 1)


def _card_width(page: Page, across: int) -> float:
    return (page.right - page.left - _SIDE - 2 * _MARGIN - _EDGE * (across - 1)) / across


def _drawn(page: Page, bands: Sequence[_Band]) -> Page:
    """Draws the bands, with what is left of the page spread over their rows and then over the bands."""
    spare = _room(page, len(bands)) - sum(band.height for band in bands)
    count = sum(len(band.rows) for band in bands)
    slack = min(_SLACK, spare / count) if count else 0.0
    margin = (spare - slack * count) / len(bands)
    y = page.top
    for band in bands:
        box = Box(page.left, y, page.right - page.left, band.height + slack * len(band.rows) + margin)
        _head(page, band, box)
        _grid(page, band, box, slack)
        y = box.bottom + _GAP
    return page


def _head(page: Page, band: _Band, box: Box) -> None:
    """Draws the ground of a band and its head: how many, or how many of how many, and of what."""
    words, colours = page.words, page.ground_of(band.layer)
    page.rect(box, fill=colours.band, radius=3)
    page.rect(box._replace(width=_SIDE), fill=colours.strong, radius=3)
    page.icon(EMBLEMS[band.layer], box.x + 7, box.y + 8, PAPER, size=12, width=1)
    count = words.number(len(band.nodes))
    if len(band.cards) < len(band.nodes):
        count = f"{words.number(len(band.cards))}/{count}"
        page.use("part")
    room = _SIDE - 28.0
    size = next((size for size in (13, 12, 11, 10, 9, 8) if text.width(count, size, bold=True) <= room), 7)
    page.text(box.x + _SIDE - 6, box.y + 18.5, count, size, PAPER, bold=True, anchor="end")
    for index, line in enumerate(text.wrap(words[band.layer], _SIDE - 12, 8, bold=True, lines=2)):
        page.text(box.x + 7, box.y + 30 + index * 9.6, line, 8, PAPER, bold=True)


def _grid(page: Page, band: _Band, box: Box, slack: float) -> None:
    """Draws the cards of a band, and one for those that have none."""
    width = _card_width(page, band.across)
    left = box.x + _SIDE + _MARGIN
    if not band.nodes:
        page.empty(Box(left, box.y + _EDGE, width, box.height - 2 * _EDGE))
        return
    y = box.y + (box.height - sum(band.rows) - slack * len(band.rows) - _EDGE * (len(band.rows) - 1)) / 2
    places: list[Box] = []
    for height in band.rows:
        places += [Box(left + column * (width + _EDGE), y, width, height + slack) for column in range(band.across)]
        y += height + slack + _EDGE
    for node, place in zip(band.cards, places, strict=False):
        page.card(node, band.texts[node.id], place)
    rest = band.nodes[len(band.cards) :]
    if rest:
        page.fold(
            f"+ {page.words.number(len(rest))} {page.words['others']}",
            rest,
            places[len(band.cards)],
            link_to(page.view, 2),
        )
