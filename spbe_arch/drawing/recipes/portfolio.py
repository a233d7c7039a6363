"""The viewpoint "portfolio": a table of counts with bars, classes and then ages across; the names by age behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import text
from spbe_arch.drawing.chips import Listed, listed_pages, sheets_of, where_names_are
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to, upright
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, RULE
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Mark, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("16 Portofolio aplikasi", "16 Application portfolio")

_HEAD = 62.0
_ROW = (12.5, 28.0)
_COUNTS = 54.0
"""How wide a column of counts is beside names."""
_NAMES = 120.0
"""The least width of the column of names."""
_NAME_LINES = 5
_MOST_NAMES = 200
"""The most applications that a page could name beside the counts."""
_SUM = 44.0
_BETWEEN = 10.0
_OWNER = 0.23
"""What the names of the rows take of the width."""
_COUNT = 24.0
_BAR = 6.0
_ZEBRA = "#F1F2F4"
_STRONG = LAYERS["application"].strong
_MOST_CLASSES = 12
"""More columns than any page has room for."""


class _Row(NamedTuple):
    """A row, with the elements in each of its columns."""

    name: str
    cells: Mapping[str, Sequence[Node]]
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class _Table:
    """What all sheets of a view share."""

    view: View
    classes: Sequence[Mark]
    ages: Sequence[Mark]
    rows: Sequence[_Row]
    whole: _Row
    place: Mapping[str, int]
    """On which sheet the name of each element is."""
    most: int
    """The largest count in a cell, which has the longest bar."""
    most_in_all: int
    """Likewise of the sums."""
    idle: Sequence[str]
    """The classes of age in which nothing is, which have no columns."""
    alone: bool
    """Whether one sheet holds all rows, so that there may be room for names."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a portfolio of applications."""
    columns = view.columns.marks if view.columns else ()
    classes = [mark for mark in columns if mark.detail != "age"][:_MOST_CLASSES]
    rows = _rows(view) if classes else []
    found = {key for row in rows for key, nodes in row.cells.items() if nodes}
    ages = [mark for mark in columns if mark.detail == "age"]
    idle = [text.clean(mark.name) for mark in ages if mark.key not in found] if rows else []
    ages = [mark for mark in ages if text.clean(mark.name) not in idle]
    if view.nodes and not rows:
        listed = listed_pages(view, HEADING, [Listed(view.title, view.nodes)], first=1)
        return tuple(page.finish(len(listed)) for page in listed)
    for size in (A4, upright(A3)):
        each = _fitting(view, size)
        if len(rows) <= each:
            break
    of = max(-(-len(rows) // each), 1)
    names = listed_pages(view, HEADING, _listed(view, ages), first=of + 1)
    whole = _whole(rows)
    most, most_in_all = (
        max((len(cell) for row in some for cell in row.cells.values()), default=1) for some in (rows, [whole])
    )
    table = _Table(view, classes, ages, rows, whole, sheets_of(names), most, most_in_all, idle, of == 1)
    pages = [first_that_fits(partial(_drawn, table, size, number, each)) for number in range(1, of + 1)]
    if names:
        for page in pages:
            page.remark(where_names_are(names))
    return tuple(page.finish(of + len(names)) for page in (*pages, *names))


def _rows(view: View) -> list[_Row]:
    known = {node.id: node for node in view.nodes}
    cells: dict[str, dict[str, list[Node]]] = {}
    for cell in view.cells:
        cells.setdefault(cell.row, {})[cell.column] = [known[id] for id in cell.nodes if id in known]
    rows = []
    for group in view.groups:
        if group.key in cells:
            members = [known[id] for id in group.nodes if id in known]
            rows.append(_Row(text.clean(group.name) or text.clean(group.key), cells[group.key], members))
    return rows


def _whole(rows: Sequence[_Row]) -> _Row:
    """All rows in one."""
    cells: dict[str, list[Node]] = {}
    for row in rows:
        for key, nodes in row.cells.items():
            cells.setdefault(key, []).extend(nodes)
    return _Row("", cells, [node for row in rows for node in row.nodes])


def _fitting(view: View, size: tuple[float, float]) -> int:
    """How many rows a page holds."""
    page = Page(view, HEADING, size=size, legend_rows=2)
    return int((page.bottom - page.top - _HEAD - _ROW[1]) // _ROW[0])


def _listed(view: View, ages: Sequence[Mark]) -> list[Listed]:
    """The names by age, the oldest first; then what is in no column of ages."""
    left = {node.id: node for node in view.nodes}
    members: dict[str, list[Node]] = {}
    for cell in view.cells:
        members.setdefault(cell.column, []).extend(left[id] for id in cell.nodes if id in left)
    words = Words(view.frame.language)
    listed = []
    for mark in reversed(ages):
        nodes = [left.pop(node.id) for node in members.get(mark.key, ()) if node.id in left]
        if nodes:
            listed.append(Listed(_aged(words, text.clean(mark.name)), nodes))
    return [*listed, *([Listed("–", list(left.values()))] if left else [])]


def _aged(words: Words, name: str) -> str:
    """A class of age as a heading: years with what they count, and words alone."""
    return name[:1].upper() + name[1:] if name[:1].isalpha() else words["aged"].format(years=name)


def _drawn(table: _Table, size: tuple[float, float], number: int, each: int, legend_rows: int) -> Page:
    page = Page(table.view, HEADING, size=size, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    rows = table.rows[(number - 1) * each : number * each]
    if not rows:
        page.empty(Box(page.left, page.top, 160, 40))
        return page
    spare = page.bottom - page.top - _HEAD - _ROW[1]
    places = _places(page, table, 0.0)
    named = _named(page, table, spare) if table.alone else None
    if named:
        places = _places(page, table, named.width)
        _draw_names_head(page, named)
    _draw_heads(page, table, places)
    least = named.heights if named else [_ROW[0]] * len(rows)
    more = min((spare - sum(least)) / len(rows), _ROW[1] - _ROW[0])
    if table.idle:
        page.remark(f"{page.words['no application of age']}: {', '.join(table.idle)}")
    y = page.top + _HEAD
    page.rect(Box(page.left, y, page.right - page.left, _ROW[1] - 3), fill=LAYERS["application"].band)
    whole = table.whole._replace(name=page.words["all rows"])
    _draw_row(page, table, whole, places, Box(page.left, y, page.right - page.left, _ROW[1] - 3), whole=True)
    y += _ROW[1]
    for index, (row, height) in enumerate(zip(rows, least, strict=True)):
        box = Box(page.left, y, page.right - page.left, height + more)
        if index % 2:
            page.rect(box, fill=_ZEBRA)
        _draw_row(page, table, row, places, box)
        if named:
            _draw_names(page, named.lines[index], box._replace(x=page.right - named.width + 3, width=named.width - 6))
        y += height + more
    return page


class _Named(NamedTuple):
    """The names of the applications of each row, at the right of a table that has room for them."""

    width: float
    lines: Sequence[tuple[str, ...]]
    heights: Sequence[float]
    """The least height of each row."""


def _named(page: Page, table: _Table, room: float) -> _Named | None:
    """The names in a column that takes what the counts can spare, if all of them have room."""
    width = page.right - page.left
    counts = (len(table.classes) + len(table.ages)) * _COUNTS + 2 * _BETWEEN
    width = min(width * (1 - _OWNER) - _SUM - counts, width * 0.4)
    if width < _NAMES or len(table.whole.nodes) > _MOST_NAMES:
        return None
    said = [" · ".join(text.clean(node.name) or node.id for node in row.nodes) for row in table.rows]
    lines = [text.wrap(one, width - 6, 6.5, lines=_NAME_LINES) for one in said]
    heights = [max(_ROW[0], len(some) * 7.8 + 5.0) for some in lines]
    cut = any(some[-1].endswith("…") for some in lines)
    return None if cut or sum(heights) > room else _Named(width, lines, heights)


def _draw_names_head(page: Page, named: _Named) -> None:
    said = page.words.called("applications", 2)
    page.text(page.right - named.width + 3, page.top + _HEAD - 5.0, said[:1].upper() + said[1:], 7, MUTED, bold=True)


def _draw_names(page: Page, lines: Sequence[str], box: Box) -> None:
    base = box.middle[1] + 2.4 - (len(lines) - 1) * 3.9
    for index, line in enumerate(lines):
        page.text(box.x, base + index * 7.8, line, 6.5, INK)


def _places(page: Page, table: _Table, names: float) -> dict[str, Box]:
    """Where each column stands, left of so much room for names; only x and width of the boxes mean something."""
    width = page.right - page.left
    start = page.left + width * _OWNER + _SUM
    each = (page.right - names - start - 2 * _BETWEEN) / (len(table.classes) + len(table.ages))
    found = {}
    x = start + _BETWEEN
    for mark in table.classes:
        found[mark.key] = Box(x, 0, each, 0)
        x += each
    x += _BETWEEN
    for mark in table.ages:
        found[mark.key] = Box(x, 0, each, 0)
        x += each
    return found


def _draw_heads(page: Page, table: _Table, places: Mapping[str, Box]) -> None:
    words, base = page.words, page.top + _HEAD - 5.0
    title = text.clean(table.view.rows.title) if table.view.rows else ""
    owner = (page.right - page.left) * _OWNER
    page.text(
        page.left + 3, base, text.fit(title[:1].upper() + title[1:], owner - 8, 7, bold=True), 7, MUTED, bold=True
    )
    page.text(page.left + owner + _SUM - 4, base, words["sum"], 7, MUTED, bold=True, anchor="end")
    for marks, word in ((table.classes, "class by reference"), (table.ages, "age in years")):
        if not marks:
            continue
        first, last = places[marks[0].key], places[marks[-1].key]
        room = last.right - first.x - 4
        page.text(first.x + 2, page.top + 8, text.fit(words[word], room, 7.5, bold=True), 7.5, INK, bold=True)
        page.line((first.x + 2, page.top + 12), (last.right - 2, page.top + 12), stroke=RULE, width=0.6)
        for mark in marks:
            place = places[mark.key]
            said = text.clean(mark.name) or text.clean(mark.key)
            code = text.clean(mark.detail) if marks is table.classes else ""
            lines = text.wrap(said, place.width - 6, 6.5, lines=4 if code else 5)
            top = base - (len(lines) - 1) * 8.0
            with page.group(f"{code} {said}".strip()):
                if code:
                    shown = text.fit(code, place.width - 6, 6.5, bold=True)
                    page.text(place.x + 3, top - 8.5, shown, 6.5, MUTED, bold=True)
                for index, line in enumerate(lines):
                    page.text(place.x + 3, top + index * 8.0, line, 6.5, INK)
    page.line((page.left, page.top + _HEAD - 1), (page.right, page.top + _HEAD - 1), stroke=INK, width=0.8)


def _draw_row(
    page: Page, table: _Table, row: _Row, places: Mapping[str, Box], box: Box, *, whole: bool = False
) -> None:
    base = box.middle[1] + 2.4
    owner = (page.right - page.left) * _OWNER
    taken = page.findings(row.nodes, box.x + owner - 8, box.middle[1]) if box.height >= 12 and not whole else 0.0
    with page.group(row.name):
        lines = text.wrap(row.name, owner - 8 - taken, 7, bold=whole, lines=2 if box.height >= 20 else 1)
        for index, line in enumerate(lines):
            page.text(box.x + 3, base + (index - (len(lines) - 1) / 2) * 8.4, line, 7, INK, bold=whole)
    count = page.words.number(len(row.nodes))
    page.text(box.x + owner + _SUM - 4, base, count, 7.5, INK, bold=True, anchor="end")
    for mark in (*table.classes, *table.ages):
        nodes = row.cells.get(mark.key, ())
        place = places[mark.key]
        if nodes:
            _draw_cell(page, table, nodes, f"{row.name} · {text.clean(mark.name)}",
                       Box(place.x, box.y, place.width, box.height), mark, whole=whole)  # fmt: skip


def _draw_cell(
    page: Page, table: _Table, nodes: Sequence[Node], said: str, box: Box, mark: Mark, *, whole: bool
) -> None:
    """A count and a bar.

    In the columns of classes it stands for its elements; in those of ages and in the sums it only counts them.
    """
    words = page.words
    title = f"{said}: {words.of_section(len(nodes), 'applications')}"
    folds = mark.detail != "age" and not whole
    link = link_to(page.view, table.place[nodes[0].id]) if nodes[0].id in table.place else ""
    members = tuple(node.id for node in nodes) if folds else ()
    with page.group(title, "fold" if folds else "part", members, "" if whole else link):
        if folds:
            page.rect(Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2))
        count = words.number(len(nodes))
        room = min(_COUNT, box.width - 4)
        page.text(box.x + room, box.middle[1] + 2.5, count, 7, _STRONG if folds else INK, bold=True, anchor="end")
        free = box.width - room - 8
        if free > 8:
            length = max(free * len(nodes) / (table.most_in_all if whole else table.most), 1.5)
            shares = Counter(node.status for node in nodes)
            page.ribbon(Box(box.x + room + 4, box.middle[1] - _BAR / 2, length, _BAR), _STRONG, shares)
