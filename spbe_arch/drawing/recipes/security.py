"""The viewpoint "security": a row for each asset, a column for each of the seven kinds of activity."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import layer_of
from spbe_arch.drawing.chips import MOST_SHEETS, Listed, listed_pages
from spbe_arch.drawing.frame import A4, Page, first_that_fits, upright
from spbe_arch.drawing.palette import BANDS, ERROR, INK, LAYERS, MUTED, OCHRE, PAPER, RULE, SUN, SUN_EDGE
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Cell, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("11 Cakupan keamanan", "11 Security coverage")

_HEAD = 98.0
_BAND = 13.0
_ROW = (9.0, 13.0)
_UNIT, _NATURE, _SUM = 94.0, 76.0, 24.0
_CELL = 22.0
_ZEBRA = "#F1F2F4"
_STRONG = LAYERS["security"].strong
_VALUES = ("done", "adequate", "needs_improvement", "inadequate", "not_performed", "expired", "none")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: an asset, or with none the heading of a layer."""

    layer: str
    office: str = ""
    node: Node | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """What all sheets of a view share."""

    view: View
    kinds: Sequence[str]
    names: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]
    bands: Mapping[str, _Band]
    secured: int
    """How many elements are secured in some way."""


@dataclass(slots=True)
class _Band:
    """How many elements a layer has, and how many of them are secured: at all, and by each kind of activity."""

    size: int = 0
    secured: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a coverage of security."""
    if view.nodes and not (view.columns and view.columns.marks):
        listed = listed_pages(view, HEADING, [Listed(view.title, view.nodes)], first=1)
        return tuple(page.finish(len(listed)) for page in listed)
    parts = list(_parts(view)) or [[]]
    table = _table(view)
    pages = [
        first_that_fits(partial(_drawn, table, part, number)) for number, part in enumerate(parts[:MOST_SHEETS], 1)
    ]
    if len(parts) > MOST_SHEETS:
        pages += listed_pages(view, HEADING, _listed(view, parts[MOST_SHEETS:]), first=MOST_SHEETS + 1)
    return tuple(page.finish(len(pages)) for page in pages)


def _table(view: View) -> _Table:
    marks = view.columns.marks if view.columns else ()
    kinds = [mark.key for mark in marks][:7]
    cells = {(cell.row, cell.column): cell for cell in view.cells}
    bands: dict[str, _Band] = defaultdict(_Band)
    for node in view.nodes:
        band = bands[layer_of(node)]
        covered = {kind for kind in kinds if _covers(cells.get((node.id, kind)))}
        band.size += 1
        band.secured += bool(covered)
        band.by_kind.update(covered)
    secured = {cell.row for cell in view.cells if _covers(cell)}
    count = sum(1 for node in view.nodes if node.id in secured)
    return _Table(view, kinds, {mark.key: text.clean(mark.name) for mark in marks}, cells, bands, count)


def _listed(view: View, parts: Sequence[Sequence[_Line]]) -> list[Listed]:
    """What stands on no sheet, by layer and office."""
    words = Words(view.frame.language)
    found: dict[str, list[Node]] = defaultdict(list)
    for line in chain.from_iterable(parts):
        if line.node:
            found[" · ".join(filter(None, (line.office, words[line.layer])))].append(line.node)
    return [Listed(title, nodes) for title, nodes in found.items()]


def _lines(view: View) -> Iterator[_Line]:
    """All rows, by layer and office."""
    known = {node.id: node for node in view.nodes}
    placed = [(group.name, known.pop(id)) for group in view.groups for id in group.nodes if id in known]
    placed += [("", node) for node in known.values()]
    for layer in (*BANDS, "across"):
        own = [(office, node) for office, node in placed if layer_of(node) == layer]
        if own:
            yield _Line(layer)
            yield from (_Line(layer, text.clean(office), node) for office, node in own)


def _parts(view: View) -> Iterator[list[_Line]]:
    """The rows of each sheet; a layer that goes on has its heading again, and no heading is the last row."""
    page = Page(view, HEADING, size=upright(A4), legend_rows=2)
    room = page.bottom - page.top - _HEAD
    part: list[_Line] = []
    used = 0.0
    for line in _lines(view):
        needed = _ROW[0] if line.node else _BAND + _ROW[0]
        if part and used + needed > room:
            yield part
            part = [_Line(line.layer, again=True)] if line.node else []
            used = _BAND if line.node else 0.0
        part.append(line)
        used += _ROW[0] if line.node else _BAND
    if part:
        yield part


def _drawn(table: _Table, part: Sequence[_Line], number: int, legend_rows: int) -> Page:
    page = Page(table.view, HEADING, size=upright(A4), legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    kinds = table.kinds
    if not part or not kinds:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    left = page.right - _SUM - _CELL * len(kinds)
    rows = sum(1 for line in part if line.node)
    spare = page.bottom - page.top - _HEAD - _BAND * (len(part) - rows)
    height = min(max(spare / max(rows, 1), _ROW[0]), _ROW[1])
    _draw_heads(page, kinds, table.names, left)
    y = page.top + _HEAD
    office = None
    for index, line in enumerate(part):
        if line.node is None:
            _draw_band(page, table, line, Box(page.left, y, page.right - page.left, _BAND), left)
            y += _BAND
            office = None
            continue
        box = Box(page.left, y, page.right - page.left, height)
        if index % 2:
            page.rect(Box(page.left + _UNIT, y, box.width - _UNIT, height), fill=_ZEBRA)
        if line.office != office:
            if office is not None:
                page.line((page.left, y), (page.right, y), stroke=RULE, width=0.5)
            said = text.fit(line.office, _UNIT - 4, 6.5)
            page.text(page.left, y + height / 2 + 2.3, said, 6.5, MUTED)
            office = line.office
        _draw_row(page, table, line.node, box, left)
        y += height
    _explain(page, table, part)
    return page


def _draw_heads(page: Page, kinds: Sequence[str], names: Mapping[str, str], left: float) -> None:
    y = page.top + _HEAD - 4.0
    page.text(page.left + _UNIT + 3, y, page.words["asset"], 7, MUTED, bold=True)
    page.text(left - _NATURE, y, page.words["nature"], 7, MUTED, bold=True)
    for index, kind in enumerate(kinds):
        x = left + (index + 0.5) * _CELL
        page.icon(kind, x - 5.5, page.top + _HEAD - 15.0, _STRONG)
        said = page.words.called(kind) if names[kind] == kind else names[kind]
        page.text(x + 2.4, page.top + _HEAD - 19.0, text.fit(said, _HEAD - 22.0, 7), 7, INK, turned=True)


def _draw_band(page: Page, table: _Table, line: _Line, box: Box, left: float) -> None:
    """The heading of a layer: how many of its elements are secured at all, and by each kind."""
    words, band = page.words, table.bands[line.layer]
    page.rect(box, fill=LAYERS[line.layer].strong)
    said = f"({words['continued']})" if line.again else f"{words.share(band.secured, band.size)} {words['secured']}"
    page.text(box.x + 5, box.y + 9.3, words[line.layer], 7.5, PAPER, bold=True)
    page.text(left - 6, box.y + 9.3, said, 7, PAPER, anchor="end")
    for index, kind in enumerate(table.kinds):
        count = words.number(band.by_kind[kind])
        page.text(left + (index + 0.5) * _CELL, box.y + 9.3, count, 7, PAPER, bold=True, anchor="middle")


def _covers(cell: Cell | None) -> bool:
    return cell is not None and cell.value not in {"none", "not_performed", "expired"}


def _draw_row(page: Page, table: _Table, node: Node, box: Box, left: float) -> None:
    base = box.middle[1] + 2.4
    size = 7.0 if box.height >= 9.5 else 6.5
    start = box.x + _UNIT + 3
    with page.group(page.title_of(node), "element", (node.id,)):
        room = left - _NATURE - start - 4 - (12.0 if node.worst else 0.0)
        page.text(start, base, text.fit(text.clean(node.name) or text.clean(node.id), room, size), size, INK)
        if node.worst:
            page.level_mark(node.worst, left - _NATURE - 9.0, box.middle[1])
        page.text(left - _NATURE, base, text.fit(text.clean(node.detail), _NATURE - 4, 6.5), 6.5, MUTED)
    covered = 0
    for index, kind in enumerate(table.kinds):
        cell = table.cells.get((node.id, kind))
        covered += _covers(cell)
        x, y = left + (index + 0.5) * _CELL, box.middle[1]
        said = text.clean(", ".join(cell.nodes)) if cell is not None and cell.nodes else ""
        if said:
            with page.group(f"{text.clean(node.name) or node.id} · {table.names[kind]}: {said}"):
                _sign(page, cell.value if cell else "", x, y)
        else:
            _sign(page, cell.value if cell else "", x, y)
    colour = MUTED if covered else OCHRE
    page.text(page.right - 3, base, page.words.number(covered), 7, colour, bold=True, anchor="end")


def _sign(page: Page, value: str, x: float, y: float) -> None:
    """What a cell shows: nothing yet is an empty place."""
    if value in {"done", "adequate"}:
        page.rect(Box(x - 3.4, y - 3.4, 6.8, 6.8), fill=_STRONG, radius=1)
        if value == "adequate":
            page.line((x - 2, y), (x - 0.5, y + 1.7), (x + 2.1, y - 1.7), stroke=PAPER, width=1.1)
    elif value == "needs_improvement":
        sides = (("M", (x, y - 3.8)), ("L", (x + 4.2, y + 3.4)), ("L", (x - 4.2, y + 3.4)), ("Z", ()))
        page.path(sides, fill=SUN, stroke=SUN_EDGE, width=0.7)
    elif value == "inadequate":
        page.line((x - 3, y - 3), (x + 3, y + 3), stroke=ERROR, width=1.6)
        page.line((x - 3, y + 3), (x + 3, y - 3), stroke=ERROR, width=1.6)
    elif value in {"not_performed", "expired"}:
        page.ellipse(x, y, 3.1, 3.1, fill=PAPER, stroke=OCHRE, width=1.1)
        if value == "expired":
            page.line((x - 2.1, y + 2.1), (x + 2.1, y - 2.1), stroke=OCHRE, width=1.1)
    elif value == "none":
        page.line((x - 2, y), (x + 2, y), stroke=MUTED, width=0.9)
    else:
        page.rect(Box(x - 3.4, y - 3.4, 6.8, 6.8), fill=PAPER, stroke=RULE, width=0.6, radius=1, dash=(1.5, 1.5))


def _explain(page: Page, table: _Table, part: Sequence[_Line]) -> None:
    words = page.words
    found = [table.cells.get((line.node.id, kind)) for line in part if line.node for kind in table.kinds]
    used = Counter(cell.value if cell is not None and cell.value in _VALUES else "gap" for cell in found)
    for value in (*_VALUES, "gap"):
        if used[value]:
            page.explain(f"cover.{value}", 9, partial(_sign_sample, page, value), words[f"cover.{value}"])
    page.remark(f"{words.share(table.secured, len(table.view.nodes))} {words['secured in some way']}")


def _sign_sample(page: Page, value: str, x: float, y: float) -> None:
    _sign(page, value, x + 4.5, y)
