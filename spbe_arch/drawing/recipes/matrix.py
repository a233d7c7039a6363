"""The viewpoint "matrix": rows and columns of names, and a sign where two have to do with each other.

What does not fit on one sheet is parted by rows; each sheet has the columns that its rows touch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.chips import MOST_SHEETS, Listed, listed_pages
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, upright
from spbe_arch.drawing.palette import ERROR, INK, LAYERS, MUTED, OCHRE, PAPER, RULE, mix
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Mark, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("06 Matriks", "06 Matrix")

_SIGNS = {
    "read": ("application", "ring"), "write": ("data", "square"), "both": ("data", "holed"),
    "supports": ("application", "square"), "defines": ("business", "square"), "runs": ("application", "square"),
    "main": ("infrastructure", "square"), "backup": ("infrastructure", "ring"), "uses": ("infrastructure", "dot"),
    "owns": ("application", "square"), "operates": ("application", "ring"),
    "owns and operates": ("application", "holed"),
}  # fmt: skip
"""The layer whose colour a word has, and its sign."""
_FORMS = (A4, upright(A4), A3, upright(A3))
_ROOMY, _LEAST, _MOST = 9.5, 8.2, 16.0
"""Heights and widths of cells: those that are pleasant, the least, the largest."""
_UNIT, _SUM = 62.0, 20.0
_WIDEST_UNIT = 96.0
_NAMES = (118.0, 210.0)
_HEADS = (104.0, 170.0)
"""The least and the largest room for the names of rows and of columns."""
_EASY = 11.0
"""The size of cells up to which the names of offices get more room."""
_SMALL = 6.5
_TWO_LINES = 15.0
"""The least width of cells whose columns may have names in two lines."""
_ZEBRA = "#F1F2F4"
_MARKED = mix(ERROR, PAPER, 0.88)


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows and columns of one sheet."""

    rows: Sequence[Mark]
    columns: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class _Table:
    """A view, looked up."""

    view: View
    nodes: Mapping[str, Node]
    values: Mapping[tuple[str, str], str]
    offices: Mapping[str, str]
    """The office of each row."""
    group_of: Mapping[str, str]
    """The key of the group of each row: offices may have the same name, or none."""
    rows: Sequence[Mark]
    columns: Sequence[Mark]
    parts: tuple[tuple[str, frozenset[str]], ...]
    """What rows and columns are called, with all their keys."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a matrix."""
    table = _table(view)
    whole = _Block(table.rows, table.columns)
    if view.nodes and not (table.rows and table.columns):
        return _parted(table)  # there is nothing to compare with: a list of names
    for least in (_ROOMY, _LEAST):
        for size in _FORMS:
            probe = Page(view, HEADING, size=size, legend_rows=2)
            across, down = probe.right - probe.left, probe.bottom - probe.top
            if len(whole.columns) * least > across or len(whole.rows) * least > down:
                continue  # even without names; to measure those of very many takes long
            grid = _grid(probe, table, whole)
            if min(grid.width, grid.height) >= least:
                page = first_that_fits(partial(_drawn, table, whole, size, (1, 1), 0))
                return (page.finish(),)
    return _parted(table)


def _table(view: View) -> _Table:
    nodes = {node.id: node for node in view.nodes}
    rows = [mark for mark in (view.rows.marks if view.rows else ()) if mark.key in nodes]
    columns = [mark for mark in (view.columns.marks if view.columns else ()) if mark.key in nodes]
    offices = {id: group.name for group in reversed(view.groups) for id in group.nodes}
    group_of = {id: group.key for group in reversed(view.groups) for id in group.nodes}
    values = {(cell.row, cell.column): cell.value for cell in view.cells}
    parts = tuple(
        (text.clean(axis.title).lower() if axis else "", frozenset(mark.key for mark in marks))
        for axis, marks in ((view.rows, rows), (view.columns, columns))
    )
    return _Table(view, nodes, values, offices, group_of, rows, columns, parts)


def _grid(page: Page, table: _Table, block: _Block, *, least: bool = False) -> _Grid:
    """Where the cells are, and how much room names have beside and above them."""
    rows, columns = max(len(block.rows), 1), max(len(block.columns), 1)
    offices = {text.clean(table.offices.get(mark.key, "")) for mark in block.rows} - {""}
    longest = max((text.width(office, _SMALL) for office in offices), default=0.0) + 6.0
    spare = page.right - page.left - _SUM - _NAMES[0] - _EASY * columns
    unit = _clamped(min(longest, spare), _UNIT, _WIDEST_UNIT) if offices else 0.0
    wide, high = page.right - page.left - unit - _SUM, page.bottom - page.top
    name = _clamped(_longest(block.rows) + 10.0, _NAMES[0], min(_NAMES[1], wide - _ROOMY * columns))
    head = _clamped(_longest(block.columns) + 22.0, _HEADS[0], min(_HEADS[1], high - _ROOMY * rows))
    width, height = (wide - name) / columns, (high - head) / rows
    if least:
        width, height = min(width, _ROOMY), min(height, _ROOMY)
    left, top = page.left + unit + name, page.top + head
    return _Grid(page.left + unit, left, top, min(width, _MOST), min(height, _MOST), columns, rows)


def _longest(marks: Sequence[Mark]) -> float:
    return max((text.width(text.clean(mark.name), 8.0) for mark in marks), default=0.0)


def _clamped(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))


# Parts


def _parted(table: _Table) -> tuple[Sheet, ...]:
    """Rows by office with the columns they touch, sheet after sheet; then what has no sheet and no link."""
    blocks = list(islice(_blocks(table), MOST_SHEETS))
    touched = {key for pair in table.values for key in pair}
    bare = [mark for mark in (*table.rows, *table.columns) if mark.key not in touched]
    words = Words(table.view.frame.language)
    listed = _beyond(table, blocks, touched) + [
        Listed(f"{axis.title} {words['without links']}", [table.nodes[mark.key] for mark in some])
        for axis, marks in ((table.view.rows, table.rows), (table.view.columns, table.columns))
        if axis and (some := [mark for mark in marks if mark.key not in touched])
    ]
    names = listed_pages(table.view, HEADING, listed, first=len(blocks) + 1) if listed else []
    for page in names:
        page.parts = table.parts
    of = len(blocks)
    pages = [
        first_that_fits(partial(_drawn, table, block, upright(A4), (number, of), len(bare)))
        for number, block in enumerate(blocks, 1)
    ]
    return tuple(page.finish(of + len(names)) for page in (*pages, *names))


def _beyond(table: _Table, blocks: Sequence[_Block], touched: Collection[str]) -> list[Listed]:
    """The rows that have links and are on no sheet, by office, and such columns."""
    shown = {mark.key for block in blocks for mark in (*block.rows, *block.columns)}
    rows, columns = (
        [mark.key for mark in marks if mark.key in touched and mark.key not in shown]
        for marks in (table.rows, table.columns)
    )
    found: dict[str, list[Node]] = defaultdict(list)
    for key in rows:
        found[table.offices.get(key, "") or (table.view.rows.title if table.view.rows else "")].append(table.nodes[key])
    for key in columns:
        found[table.view.columns.title if table.view.columns else ""].append(table.nodes[key])
    return [Listed(title, nodes) for title, nodes in found.items()]


def _blocks(table: _Table) -> Iterator[_Block]:
    page = Page(table.view, HEADING, size=upright(A4), legend_rows=2)
    across = int((page.right - page.left - _UNIT - _NAMES[0] - _SUM) // _LEAST)
    down = int((page.bottom - page.top - _HEADS[0] - 13.0) // _LEAST)
    touches: dict[str, list[str]] = defaultdict(list)
    for row, column in table.values:
        touches[row].append(column)
    order = {mark.key: index for index, mark in enumerate(table.columns)}
    rows: list[Mark] = []
    columns: set[str] = set()
    for mark in table.rows:
        own = sorted({key for key in touches[mark.key] if key in order}, key=order.__getitem__)
        if not own:
            continue
        if rows and (len(rows) == down or len(columns.union(own)) > across):
            yield _block(table, rows, columns)
            rows, columns = [], set()
        while len(own) > across:  # a row that is wider than a sheet
            yield _block(table, [mark], set(own[:across]))
            own = own[across:]
        rows.append(mark)
        columns.update(own)
    if rows:
        yield _block(table, rows, columns)


def _block(table: _Table, rows: Sequence[Mark], columns: set[str]) -> _Block:
    return _Block(tuple(rows), tuple(mark for mark in table.columns if mark.key in columns))


# How it looks


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells are."""

    names: float
    """Where the names of rows begin."""
    left: float
    top: float
    width: float
    height: float
    columns: int
    rows: int

    @property
    def right(self) -> float:
        return self.left + self.width * self.columns

    @property
    def bottom(self) -> float:
        return self.top + self.height * self.rows

    def middle(self, row: int, column: int) -> tuple[float, float]:
        return self.left + (column + 0.5) * self.width, self.top + (row + 0.5) * self.height


def _drawn(
    table: _Table, block: _Block, size: tuple[float, float], place: tuple[int, int], bare: int, legend_rows: int
) -> Page:
    number, of = place
    page = Page(table.view, HEADING, size=size, legend_rows=legend_rows, sheet=number)
    page.parts = table.parts
    page.elsewhere = "other sheets"
    grid = _grid(page, table, block, least=of > 1)
    if not block.rows or not block.columns:
        page.empty(Box(page.left, page.top, 120, 40))
        return page
    _draw_ground(page, table, block, grid)
    _draw_columns(page, table, block, grid)
    _draw_rows(page, table, block, grid)
    _draw_cells(page, table, block, grid)
    label = page.words["legend.sum" if of == 1 else "legend.sum here"]
    page.explain("sum", 10, lambda x, y: page.text(x, y + 2.5, "12", 7, MUTED, bold=True), label)
    if bare and number == 1:
        page.remark(
            f"{page.words.count(bare, 'element')} {page.words['without links']}: {page.words['sheet']} {of + 1}"
        )
    return page


def _draw_ground(page: Page, table: _Table, block: _Block, grid: _Grid) -> None:
    """Zebra, the ground of columns that are marked, rules between offices and every five columns."""
    for index in range(0, len(block.rows), 2):
        width = grid.right + _SUM - grid.names
        page.rect(Box(grid.names, grid.top + index * grid.height, width, grid.height), fill=_ZEBRA)
    for index, mark in enumerate(block.columns):
        if table.nodes[mark.key].kind == "contested":
            box = Box(grid.left + index * grid.width, page.top, grid.width, grid.bottom - page.top)
            page.rect(box, fill=_MARKED, stroke=mix(ERROR, PAPER, 0.4), width=0.5)
            page.explain("contested", 10, partial(_marked_sample, page), page.words["legend.contested"])
    for index in range(len(block.columns) + 1):
        if index % 5 == 0 or index == len(block.columns):
            x = grid.left + index * grid.width
            page.line((x, page.top + 8), (x, grid.bottom), stroke="#A9AEB5", width=0.4)
    before = None
    for index, mark in enumerate(block.rows):
        group = table.group_of.get(mark.key, "")
        if group != before:
            y = grid.top + index * grid.height
            page.line((page.left, y), (grid.right + _SUM, y), stroke=RULE, width=0.6)
            before = group
    page.line((page.left, grid.bottom), (grid.right + _SUM, grid.bottom), stroke=RULE, width=0.6)


def _marked_sample(page: Page, x: float, y: float) -> None:
    page.rect(Box(x, y - 5, 10, 10), fill=_MARKED, stroke=mix(ERROR, PAPER, 0.4), width=0.5)


def _draw_columns(page: Page, table: _Table, block: _Block, grid: _Grid) -> None:
    rows = {mark.key for mark in block.rows}
    sums = Counter(column for row, column in table.values if row in rows)
    room = grid.top - page.top - 20.0
    size = min(max(grid.width * 0.62, _SMALL), 8.0)
    names = _told_apart(block.columns, room, size)
    if grid.width >= _TWO_LINES and any(lines[-1].endswith("…") for lines in names.values()):
        size = _SMALL
        names = _told_apart(block.columns, room, size, lines=2)
    for index, mark in enumerate(block.columns):
        x = grid.left + (index + 0.5) * grid.width
        node = table.nodes[mark.key]
        contested = node.kind == "contested"
        with page.group(page.title_of(node), "element", (node.id,)):
            colour = ERROR if contested else INK
            lines = names[mark.key]
            for line, name in enumerate(lines):
                beside = (line - (len(lines) - 1) / 2) * _SMALL * 1.12
                page.text(x + size * 0.35 + beside, grid.top - 14.0, name, size, colour, turned=True)
        _draw_sum(page, sums[mark.key], x, grid.top - 3.0, "middle", grid.width)


def _draw_sum(page: Page, count: int, x: float, y: float, anchor: str, room: float) -> None:
    said = page.words.number(count)
    if text.width(said, _SMALL, bold=True) > room + 0.5:
        said = f"{said[:1]}…" if text.width(f"{said[:1]}…", _SMALL, bold=True) <= room else ""
    place = "middle" if anchor == "middle" else "end"
    page.text(x, y, said, _SMALL, MUTED if count else OCHRE, bold=True, anchor=place)  # type: ignore[arg-type]
    if not count:
        page.explain("none", 5, partial(_zero_sample, page), page.words["legend.none"])


def _zero_sample(page: Page, x: float, y: float) -> None:
    page.text(x, y + 2.5, "0", 7, OCHRE, bold=True)


def _told_apart(marks: Sequence[Mark], room: float, size: float, *, lines: int = 1) -> dict[str, tuple[str, ...]]:
    """The names in so many lines each; those that read the same when cut give way to their keys."""
    names = {mark.key: text.wrap(text.clean(mark.name) or mark.key, room, size, lines=lines) for mark in marks}
    alike = Counter(name for name in names.values() if name[-1].endswith("…"))
    return {
        key: text.wrap(text.clean(key), room, size, lines=lines) if alike[name] > 1 else name
        for key, name in names.items()
    }


def _draw_rows(page: Page, table: _Table, block: _Block, grid: _Grid) -> None:
    shown = {mark.key for mark in block.columns}
    sums = Counter(row for row, column in table.values if column in shown)
    room = grid.left - grid.names - 8.0
    longest = max((text.width(text.clean(mark.name), 1.0) for mark in block.rows), default=0.0)
    size = max(min(grid.height * 0.62, 8.0, room / longest if longest else 8.0), _SMALL)
    title = text.clean(page.view.rows.title) if page.view.rows else ""
    page.text(grid.names, grid.top - 3.0, text.fit(title, room, 7, bold=True), 7, MUTED, bold=True)
    names = _told_apart(block.rows, room, size)
    before = None
    for index, mark in enumerate(block.rows):
        base = grid.top + (index + 0.5) * grid.height + size * 0.35
        group = table.group_of.get(mark.key, "")
        if group != before:
            said = text.fit(text.clean(table.offices.get(mark.key, "")), grid.names - page.left - 4, _SMALL)
            page.text(page.left, grid.top + (index + 0.5) * grid.height + _SMALL * 0.35, said, _SMALL, MUTED)
            before = group
        node = table.nodes[mark.key]
        with page.group(page.title_of(node), "element", (node.id,)):
            page.text(grid.names + 3, base, names[mark.key][0], size, INK)
        _draw_sum(page, sums[mark.key], grid.right + _SUM - 2, base, "end", _SUM)


def _draw_cells(page: Page, table: _Table, block: _Block, grid: _Grid) -> None:
    column = {mark.key: index for index, mark in enumerate(block.columns)}
    row = {mark.key: index for index, mark in enumerate(block.rows)}
    radius = min(grid.width, grid.height) * 0.29
    used = {}
    for (at, across), value in table.values.items():
        if at in row and across in column:
            x, y = grid.middle(row[at], column[across])
            _sign(page, value, x, y, radius)
            used[value] = True
    for value in (*_SIGNS, *sorted(used.keys() - _SIGNS.keys())):
        if value in used:
            label = page.words[f"cell.{value}"] if value in _SIGNS else page.words["cell.other"]
            page.explain(f"cell.{value}", 8, partial(_sign_sample, page, value), label)


def _sign_sample(page: Page, value: str, x: float, y: float) -> None:
    _sign(page, value, x + 4, y, 2.9)


def _sign(page: Page, value: str, x: float, y: float, radius: float) -> None:
    layer, sign = _SIGNS.get(value, ("across", "dot"))
    colour = LAYERS[layer].strong
    if sign == "ring":
        page.ellipse(x, y, radius, radius, fill=PAPER, stroke=colour, width=1.2)
    elif sign == "dot":
        page.ellipse(x, y, radius * 0.8, radius * 0.8, fill=colour)
    else:
        page.rect(Box(x - radius, y - radius, 2 * radius, 2 * radius), fill=colour)
        if sign == "holed":
            page.ellipse(x, y, radius * 0.55, radius * 0.55, fill=PAPER)
