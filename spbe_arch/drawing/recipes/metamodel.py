"""The viewpoint "metamodel": the types in their layers, then who may be linked to whom, then each link by its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.cards import card_texts
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.frame import A3, Page, first_that_fits, no_sample
from spbe_arch.drawing.palette import BANDS, INK, MUTED, PAPER
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spbe_arch.drawing.cards import CardText
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("18 Metamodel", "18 Metamodel")

_LAYERS = (*BANDS, "across")
_ACROSS = 6
_LABEL = 92.0
_GAP = 5.0
_PAD = 5.0
_CARD_SIZE = 8.0
_MOST = 45
"""More types than a page has rows for."""
_HEAD = 118.0
_ROW = 15.5
_LETTERS = {
    "access": "A", "aggregation": "G", "assignment": "I", "association": "O", "composition": "C", "flow": "F",
    "influence": "N", "realization": "R", "serving": "V", "specialization": "S", "triggering": "T",
}  # fmt: skip
"""Of the relationships, as the table of relationships of ArchiMate has them."""
_COLUMNS = 4
_LINE = 8.4
_SIZE = 6.5


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a metamodel."""
    if not view.nodes or len(view.nodes) > _MOST or not _fits(view):
        listed = listed_pages(view, HEADING, [Listed(view.title, view.nodes)], first=1) or [Page(view, HEADING)]
        return tuple(page.finish(len(listed)) for page in listed)
    ends = {node.id for node in view.nodes}
    edges = [edge for edge in view.edges if edge.source in ends and edge.target in ends]
    columns = list(_columns(view, edges))
    count = -(-len(columns) // _COLUMNS)
    lists = [columns[start : start + _COLUMNS] for start in range(0, len(columns), _COLUMNS)]
    of = 2 + count if edges else 1
    pages = [first_that_fits(partial(_bands, view, of))]
    if edges:
        pages.append(first_that_fits(partial(_table, view, edges)))
        pages += [first_that_fits(partial(_named, view, some, number)) for number, some in enumerate(lists, 3)]
    return tuple(page.finish(of) for page in pages)


def _by_layer(nodes: Sequence[Node]) -> list[tuple[str, list[Node]]]:
    found = [(layer, [node for node in nodes if layer_of(node) == layer]) for layer in _LAYERS]
    return [(layer, some) for layer, some in found if some]


# The types


def _fits(view: View) -> bool:
    """Whether the types have room on one page, each with a card."""
    page = Page(view, HEADING, legend_rows=2)
    return sum(_heights(view, _texts(page, view))) <= page.bottom - page.top


def _heights(view: View, texts: Mapping[str, CardText]) -> list[float]:
    """The least height of each band, with the gap below it."""
    return [
        sum(max(texts[node.id].height for node in row) + _GAP for row in _in_rows(some)) + 2 * _PAD
        for _, some in _by_layer(view.nodes)
    ]


def _texts(page: Page, view: View) -> dict[str, CardText]:
    return card_texts(view.nodes, _width(page), _CARD_SIZE)


def _width(page: Page) -> float:
    return (page.right - page.left - _LABEL - _PAD - _GAP * (_ACROSS - 1)) / _ACROSS


def _in_rows(nodes: Sequence[Node]) -> list[Sequence[Node]]:
    """The types of a layer in rows of nearly one length."""
    rows = -(-len(nodes) // _ACROSS)
    each = -(-len(nodes) // rows)
    return [nodes[start : start + each] for start in range(0, len(nodes), each)]


def _bands(view: View, of: int, legend_rows: int) -> Page:
    page = Page(view, HEADING, legend_rows=legend_rows)
    texts = _texts(page, view)
    heights = _heights(view, texts)
    spare = max(page.bottom - page.top - sum(heights), 0.0) / sum(
        len(_in_rows(some)) for _, some in _by_layer(view.nodes)
    )
    spare = min(spare, 14.0)
    y = page.top
    for (layer, some), height in zip(_by_layer(view.nodes), heights, strict=True):
        rows = _in_rows(some)
        box = Box(page.left, y, page.right - page.left, height + spare * len(rows) - _GAP)
        colours = page.ground_of(layer)
        page.rect(box, fill=colours.band, radius=2.5)
        page.rect(box._replace(width=4.5), fill=colours.strong)
        lines = text.wrap(page.words[layer], _LABEL - 16, 8, bold=True, lines=3)
        for index, line in enumerate(lines):
            base = box.middle[1] + 2.9 + (index - (len(lines) - 1) / 2) * 9.6
            page.text(box.x + 10, base, line, 8, colours.strong, bold=True)
        top = y + _PAD
        for row in rows:
            tall = max(texts[node.id].height for node in row) + spare
            for index, node in enumerate(row):
                x = page.left + _LABEL + index * (_width(page) + _GAP)
                page.card(node, texts[node.id], Box(x, top, _width(page), tall))
            top += tall + _GAP
        y = box.bottom + _GAP
    page.explain("type", 0.0, no_sample, f"12 · BusinessProcess: {page.words['legend.type']}")
    if of > 1:
        page.remark(f"{page.words['links of types']} 2–{of}")
    return page


# Who may be linked to whom


def _table(view: View, edges: Sequence[Edge], legend_rows: int) -> Page:
    page = Page(view, HEADING, size=A3, legend_rows=legend_rows, sheet=2)
    nodes = [node for _, some in _by_layer(view.nodes) for node in some]
    label = 150.0
    width = (page.right - page.left - label) / len(nodes)
    height = min((page.bottom - page.top - _HEAD) / len(nodes), _ROW * 1.4)
    left, top = page.left + label, page.top + _HEAD
    page.text(page.left + 3, top - 6, page.words["from type"], 7, MUTED, bold=True)
    for index, node in enumerate(nodes):
        colours = page.card_colours(node)
        x = left + (index + 0.5) * width
        page.rect(Box(left + index * width + 0.5, top - 3.5, width - 1, 3), fill=colours.strong)
        page.text(x + 2.4, top - 7, text.fit(text.clean(node.name), _HEAD - 12, 7, bold=True), 7, INK, turned=True)
        if index % 2 == 0:
            page.rect(Box(left + index * width, top, width, height * len(nodes)), fill="#F4F5F7")
        y = top + index * height
        box = Box(page.left, y + 0.5, label - 3, height - 1)
        with page.group(page.title_of(node), "element", (node.id,)):
            page.rect(box, fill=colours.tint)
            page.rect(box._replace(width=3), fill=colours.strong)
            said = text.fit(text.clean(node.name), label - 26, 7, bold=True)
            page.emblem(node.section, box.x + 6, box.middle[1] - 4.5, colours.strong, size=9.0, width=0.7)
            page.text(box.x + 19, box.middle[1] + 2.5, said, 7, INK, bold=True)
    for index in range(len(nodes) + 1):
        page.line((page.left, top + index * height), (page.right, top + index * height), stroke="#C9CDD3", width=0.4)
    place = {node.id: index for index, node in enumerate(nodes)}
    cells: dict[tuple[int, int], list[Edge]] = {}
    for edge in edges:
        cells.setdefault((place[edge.source], place[edge.target]), []).append(edge)
    for (row, column), some in sorted(cells.items()):
        _draw_cell(page, nodes[row], some, Box(left + column * width, top + row * height, width, height))
    return page


def _draw_cell(page: Page, source: Node, edges: Sequence[Edge], box: Box) -> None:
    """The letters of the relationships, with the names of the fields behind them."""
    colours = page.card_colours(source)
    kinds = list(dict.fromkeys(edge.relationship for edge in edges))
    letters = text.fit("".join(_LETTERS.get(kind, "?") for kind in kinds), box.width - 3, 7, bold=True)
    title = ", ".join(f"{edge.kind or edge.field} ({edge.relationship})" for edge in edges)
    with page.group(title):
        page.rect(
            Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2), fill=PAPER, stroke=colours.strong, radius=1.5
        )
        page.text(box.middle[0], box.middle[1] + 2.5, letters, 7, colours.strong, bold=True, anchor="middle")
    for kind in kinds:
        letter = _LETTERS.get(kind, "?")
        page.explain(f"relationship.{letter}", 8.0, partial(_letter_sample, page, letter), kind or "?")


def _letter_sample(page: Page, letter: str, x: float, y: float) -> None:
    page.text(x + 4, y + 2.5, letter, 7, INK, bold=True, anchor="middle")


# Each link by its name


@dataclass(frozen=True, slots=True)
class _Piece:
    """The head of a type, or a link of it."""

    node: Node
    lines: tuple[str, ...]
    """Of a link; none for the head."""
    height: float


def _columns(view: View, edges: Sequence[Edge]) -> Iterator[list[_Piece]]:
    """The columns of all sheets; a type stands in one, and if it is longer than that its head stands again."""
    page = Page(view, HEADING, size=A3, legend_rows=2)
    room, width = page.bottom - page.top, _column_width(page)
    called = partial(_called, page, view)
    by_type: dict[str, dict[tuple[str, str], list[str]]] = {}
    for edge in edges:
        links = by_type.setdefault(edge.source, {})
        links.setdefault((edge.kind or edge.field, edge.relationship), []).append(edge.target)
    column: list[_Piece] = []
    used = 0.0
    for _, some in _by_layer(view.nodes):
        for node in some:
            head = _Piece(node, (), 19.0)
            pieces = [head, *(_piece(node, link, called, width) for link in by_type.get(node.id, {}).items())]
            if len(pieces) == 1:
                continue
            if column and used + sum(piece.height for piece in pieces) > room:
                yield column
                column, used = [], 0.0
            for piece in pieces:
                if used + piece.height > room:
                    yield column
                    column, used = [head], head.height
                column.append(piece)
                used += piece.height
    if column:
        yield column


def _piece(
    node: Node, link: tuple[tuple[str, str], list[str]], called: Callable[[Sequence[str]], str], width: float
) -> _Piece:
    (field, relationship), targets = link
    to = called(targets)
    lines = text.wrap(text.clean(f"{field} → {to} ({relationship})"), width - 12, _SIZE, lines=4)
    return _Piece(node, lines, len(lines) * _LINE + 1.5)


def _called(page: Page, view: View, targets: Sequence[str]) -> str:
    """The names of types; where all of a layer are among them, it is said instead."""
    left = dict.fromkeys(targets)
    if len(left) == len(view.nodes):
        return page.words["any type"]
    said = []
    for group in view.groups:
        if len(group.nodes) > 1 and left.keys() >= set(group.nodes):
            said.append(f"{page.words['all of']} {group.name}")
            left = {target: None for target in left if target not in group.nodes}
    names = [node.name for node in view.nodes if node.id in left]
    return ", ".join([*names, *said])


def _column_width(page: Page) -> float:
    return (page.right - page.left - 16.0 * (_COLUMNS - 1)) / _COLUMNS


def _named(view: View, columns: Sequence[Sequence[_Piece]], number: int, legend_rows: int) -> Page:
    page = Page(view, HEADING, size=A3, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    width = _column_width(page)
    for index, column in enumerate(columns):
        x, y = page.left + index * (width + 16.0), page.top
        for piece in column:
            if piece.lines:
                for line_number, line in enumerate(piece.lines):
                    page.text(x + 8, y + (line_number + 0.8) * _LINE, line, _SIZE, INK)
            else:
                _draw_type(page, piece.node, Box(x, y + 4.0, width, 13.0))
            y += piece.height
    return page


def _draw_type(page: Page, node: Node, box: Box) -> None:
    colours = page.card_colours(node)
    with page.group(page.title_of(node), "element", (node.id,)):
        page.rect(box, fill=colours.tint)
        page.rect(box._replace(width=3), fill=colours.strong)
        facts = text.fit(text.clean(node.facts), box.width * 0.45, _SIZE)
        room = box.width - 14 - text.width(facts, _SIZE)
        page.text(box.x + 7, box.y + 9.2, text.fit(text.clean(node.name), room, 7, bold=True), 7, INK, bold=True)
        page.text(box.right - 3, box.y + 9.2, facts, _SIZE, MUTED, anchor="end")
