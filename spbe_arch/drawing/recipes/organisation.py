"""The viewpoint "organisation": a card for each unit with six counters, in columns by kind of office."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits
from spbe_arch.drawing.palette import BANDS, EMBLEMS, INK, LAYERS, MUTED, OCHRE, PAPER, RULE, STATUS, SUN, mix
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("12 Organisasi", "12 Organisation")

_FORMS = ((A4, 6), (A3, 9))
_BETWEEN = 8.0
_GAPS = (5.0, 12.0)
_PAD = 6.0
_HEAD = 15.0
_INDENT = 8.0
_NAME = 7.5
_LEADING = 1.2
_BOX = 12.5
_SIGN = 7.0
"""The size of the icon of a layer in a counter."""
_GAP_EDGE = 1.6
"""Of a unit with services that no application supports; the others have a thin edge."""
_ROOT = 46.0
_STRONG = LAYERS["across"].strong
_WARM = mix(SUN, PAPER, 0.85)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A card, or with no node the heading of a kind."""

    node: Node | None
    lines: tuple[str, ...]
    depth: int
    height: float
    count: str = ""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of an organisation; units that find no room stand on further ones."""
    head = next((node for node in view.nodes if node.kind == "head"), None)
    for size, across in _FORMS:
        columns = list(_columns(view, head, size, across))
        if len(columns) <= across:
            across = max(len(columns), 3)
            columns = list(_columns(view, head, size, across))  # wider, so never more of them
            break
    parts = [columns[start : start + across] for start in range(0, len(columns), across)] or [[]]
    pages = [
        first_that_fits(partial(_drawn, view, head if number == 1 else None, part, (size, across), number))
        for number, part in enumerate(parts, 1)
    ]
    return tuple(page.finish(len(pages)) for page in pages)


def _width(page: Page, across: int) -> float:
    return (page.right - page.left - _BETWEEN * (across - 1)) / across


def _columns(view: View, head: Node | None, size: tuple[float, float], across: int) -> Iterator[list[_Piece]]:
    """The columns of all sheets, filled one after the other; each begins with the heading of a kind."""
    page = Page(view, HEADING, size=size, legend_rows=2)
    width = _width(page, across)
    room = page.bottom - page.top - (_ROOT if head else 0.0)
    column: list[_Piece] = []
    used = 0.0
    for title, nodes, depths in _kinds(view, head):
        count = page.words.number(len(nodes))
        heading = _heading(title, count, width)
        again = _heading(title, f"({page.words['continued']})", width)
        for index, node in enumerate(nodes):
            piece = _card(node, depths[node.id], width)
            needed = piece.height + _GAPS[0] + (heading.height + _GAPS[0] if not index else 0.0)
            if column and used + needed > room:
                yield column
                column, used = [], 0.0
            if not column or not index:
                column.append(again if index else heading)
                used += heading.height + _GAPS[0]
            column.append(piece)
            used += piece.height + _GAPS[0]
    if column:
        yield column


def _kinds(view: View, head: Node | None) -> Iterator[tuple[str, list[Node], Mapping[str, int]]]:
    """Each kind with its units in order, and how deep each stands; the head stands apart."""
    known = {node.id: node for node in view.nodes if node is not head}
    parents = {edge.source: edge.target for edge in view.edges if edge.field == "parent"}
    depths = {id: _depth(id, parents) for id in known}
    for group in view.groups:
        nodes = [known.pop(id) for id in group.nodes if id in known]
        if nodes:
            yield text.clean(group.name) or text.clean(group.key), nodes, depths
    if known:
        yield Words(view.frame.language)["no group"], list(known.values()), depths


def _depth(id: str, parents: Mapping[str, str]) -> int:
    seen = {id}
    while parents.get(id) and parents[id] not in seen and len(seen) < 4:
        id = parents[id]
        seen.add(id)
    return len(seen) - 1


def _heading(title: str, count: str, width: float) -> _Piece:
    room = width - 16 - text.width(count, 7, bold=True)
    said = title[:1].upper() + title[1:]
    return _Piece(None, text.wrap(said, room, 7, bold=True, lines=1), 0, _HEAD, count)


def _card(node: Node, depth: int, width: float) -> _Piece:
    room = width - depth * _INDENT - 2 * _PAD - (8.0 if node.worst or node.status in STATUS else 0.0)
    lines = text.wrap(text.clean(node.name) or text.clean(node.id), room, _NAME, bold=True, lines=5)
    return _Piece(node, lines, depth, 9.0 + len(lines) * _NAME * _LEADING + _BOX + 7.0)


# How it looks


def _drawn(
    view: View, head: Node | None, columns: Sequence[Sequence[_Piece]], form: tuple[tuple[float, float], int],
    number: int, legend_rows: int,
) -> Page:  # fmt: skip
    size, across = form
    page = Page(view, HEADING, size=size, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    if not view.nodes:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    width = _width(page, across)
    counts = {(cell.row, cell.column): int(cell.value) for cell in view.cells if cell.value.isdigit()}
    top = page.top
    if head is not None:
        _draw_head(page, head, len(columns), width)
        top += _ROOT
    most = max((sum(piece.height for piece in column) for column in columns), default=0.0)
    longest = max(map(len, columns), default=1)
    gap = min(max((page.bottom - top - most) / longest, _GAPS[0]), _GAPS[1])
    for index, column in enumerate(columns):
        x, y = page.left + index * (width + _BETWEEN), top
        fitted = min(gap, max((page.bottom - top - sum(one.height for one in column)) / len(column), _GAPS[0]))
        for piece in column:
            indent = piece.depth * _INDENT
            box = Box(x + indent, y, width - indent, piece.height)
            if piece.node is None:
                page.rect(box, fill=_STRONG, radius=2)
                page.text(x + 6, y + 10, piece.lines[0], 7, PAPER, bold=True)
                page.text(box.right - 6, y + 10, piece.count, 7, PAPER, bold=True, anchor="end")
            else:
                _draw_card(page, piece.node, piece.lines, box, counts)
            y += piece.height + fitted
    _explain(page, view, counts)
    return page


def _draw_head(page: Page, head: Node, columns: int, width: float) -> None:
    """The unit that coordinates all, above the columns, with lines to them."""
    size = 200.0
    middle = (page.left + page.right) / 2
    if columns:
        last = page.left + (columns - 1) * (width + _BETWEEN) + width / 2
        middle = min(middle, (page.left + width / 2 + last) / 2 + 0.0)
    middle = max(middle, page.left + size / 2)
    box = Box(middle - size / 2, page.top, size, 24)
    y = page.top + 35.0
    page.line((middle, box.bottom), (middle, y), stroke=_STRONG, width=1)
    xs = [page.left + index * (width + _BETWEEN) + width / 2 for index in range(columns)]
    if xs:
        page.line((min(*xs, middle), y), (max(*xs, middle), y), stroke=_STRONG, width=1)
    for x in xs:
        page.line((x, y), (x, page.top + _ROOT), stroke=_STRONG, width=1)
    with page.group(page.title_of(head), "element", (head.id,)):
        page.rect(box, fill=LAYERS["across"].tint, stroke=_STRONG, width=1.2, radius=2.5)
        page.icon("units", box.x + 8, box.y + 6.5, _STRONG)
        name = text.fit(text.clean(head.name) or text.clean(head.id), size - 40, 8.5, bold=True)
        page.text(box.middle[0] + 8, box.y + 15, name, 8.5, INK, bold=True, anchor="middle")
        if head.worst:
            page.level_mark(head.worst, box.right - 2, box.bottom - 2)


def _draw_card(page: Page, node: Node, lines: Sequence[str], box: Box, counts: Mapping[tuple[str, str], int]) -> None:
    gap = node.kind == "gap"
    retired = node.status == "retired"
    with page.group(page.title_of(node), "element", (node.id,)):
        page.rect(
            box, fill=_WARM if gap else PAPER, stroke=OCHRE if gap else _STRONG, width=_GAP_EDGE if gap else 0.7,
            radius=2.5, dash=(3, 2) if retired else (),
        )  # fmt: skip
        for index, line in enumerate(lines):
            y = box.y + 12 + index * _NAME * _LEADING
            page.text(box.x + _PAD, y, line, _NAME, MUTED if retired else INK, bold=True)
        width = (box.width - 2 * _PAD - 5 * 2.0) / 6
        y = box.bottom - _BOX - 6.0
        for index, layer in enumerate(BANDS):
            place = Box(box.x + _PAD + index * (width + 2.0), y, width, _BOX)
            _counter(page, layer, counts.get((node.id, layer), 0), place)
        page.status_mark(node.status, box.right - 3, box.y + 3.5)
        if node.worst:
            page.level_mark(node.worst, box.right - 1.5, box.y + (14.0 if node.status in STATUS else 4.0))


def _counter(page: Page, layer: str, count: int, box: Box) -> None:
    if not count:
        page.rect(box, stroke=RULE, width=0.6, radius=1.5, dash=(1.5, 1.5))
        return
    page.rect(box, fill=LAYERS[layer].strong, radius=1.5)
    said = page.words.number(count)
    if text.width(said, 7, bold=True) > box.width - 1:
        said = "99+" if text.width("999+", 6.5, bold=True) > box.width - 1 else "999+"
    wide = text.width(said, 7, bold=True)
    size = 7.0 if wide <= box.width - 1 else 6.5
    taken = _SIGN + 3.0 if wide <= box.width - _SIGN - 5.0 else 0.0
    if taken:  # so that the layers are told apart without their colours, too
        page.emblem(EMBLEMS[layer], box.x + 2.0, box.middle[1] - _SIGN / 2, PAPER, size=_SIGN, width=0.6)
    page.text(box.middle[0] + taken / 2, box.middle[1] + 2.5, said, size, PAPER, bold=True, anchor="middle")


def _explain(page: Page, view: View, counts: Mapping[tuple[str, str], int]) -> None:
    words = page.words
    used = {layer for _, layer in counts}
    for layer in BANDS:
        if layer in used:
            page.explain(f"layer.{layer}", 13, partial(_layer_sample, page, layer), words[layer])
    page.explain("nothing", 13, partial(_nothing_sample, page), words["legend.nothing"])
    if any(node.kind == "gap" for node in view.nodes):
        page.explain("gap", 16, partial(_gap_sample, page), words["legend.gap"])
    owners = {row for row, _ in counts}
    bare = sum(1 for node in view.nodes if node.id not in owners)
    if bare:
        page.remark(words.count(bare, "owning nothing"))


def _layer_sample(page: Page, layer: str, x: float, y: float) -> None:
    page.rect(Box(x, y - 5.5, 13, 11), fill=LAYERS[layer].strong, radius=1.5)
    page.icon(EMBLEMS[layer], x + 2.5, y - 4, PAPER, size=8, width=0.7)


def _nothing_sample(page: Page, x: float, y: float) -> None:
    page.rect(Box(x, y - 5.5, 13, 11), stroke=RULE, width=0.6, radius=1.5, dash=(1.5, 1.5))


def _gap_sample(page: Page, x: float, y: float) -> None:
    page.rect(Box(x, y - 5, 16, 10), fill=_WARM, stroke=OCHRE, width=_GAP_EDGE, radius=2)
