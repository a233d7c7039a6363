"""The viewpoint "roadmap": a row for each initiative, a bar over its years, a band for each content."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits
from spbe_arch.drawing.palette import ERROR, INK, LAYERS, MUTED, OCHRE, PAPER, SUN, SUN_EDGE, mix
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("09 Peta rencana", "09 Roadmap")

_COLOURS = {
    "governance": LAYERS["across"].strong, "management": LAYERS["business"].strong,
    "services": LAYERS["services"].strong, "infrastructure": LAYERS["infrastructure"].strong,
    "application": LAYERS["application"].strong, "security": LAYERS["security"].strong,
    "audit": LAYERS["data"].strong,
}  # fmt: skip
_HEAD = 20.0
_CONTENT, _UNIT = 66.0, 58.0
_SHARES = (0.27, 0.14)
"""Of names and of outputs in the width of the page."""
_GAP = 4.0
_LEAST, _HIGHEST = 21.0, 34.0
_NAME = 7.5
_LEADING = 1.2
_SMALL_ROW = 7.8
_GROUND = "#F5F6F8"
_HAIR = "#D5D8DD"


@dataclass(frozen=True, slots=True)
class _Row:
    """An initiative with its words, or with no node the place for one."""

    node: Node | None
    lines: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of one content."""

    key: str
    name: str
    rows: Sequence[_Row]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns are."""

    names: float
    units: float
    years: float
    year: float
    output: float
    right: float


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a roadmap; rows that find no room stand on further ones."""
    for size in (A4, A3):
        parts = list(_parts(view, size))
        if len(parts) <= 1:
            break
    pages = [first_that_fits(partial(_drawn, view, part, size, number)) for number, part in enumerate(parts or [[]], 1)]
    return tuple(page.finish(len(pages)) for page in pages)


def _grid(page: Page, years: int) -> _Grid:
    wide = page.right - page.left
    names = page.left + _CONTENT + 6.0
    units = names + wide * _SHARES[0]
    start, end = units + _UNIT, page.right - wide * _SHARES[1]
    return _Grid(names, units, start, (end - start) / max(years, 1), end + 6.0, page.right)


def _parts(view: View, size: tuple[float, float]) -> Iterator[list[_Band]]:
    """What stands on each sheet; a content that does not end on one goes on with the next."""
    page = Page(view, HEADING, size=size, legend_rows=2)
    grid = _grid(page, len(view.columns.marks) if view.columns else 0)
    room = page.bottom - page.top - _HEAD
    part: list[_Band] = []
    used = 0.0
    for key, name, nodes in _contents(page, view):
        rows = [_row(node, grid) for node in nodes] or [_Row(None, (), _LEAST)]
        while rows:
            count = 0
            height = 0.0
            while count < len(rows) and used + height + rows[count].height <= room:
                height += rows[count].height
                count += 1
            if count:
                part.append(_Band(key, name, rows[:count]))
                used += height + _GAP
                rows = rows[count:]
            if rows:
                yield part
                part, used = [], 0.0
    if part:
        yield part


def _contents(page: Page, view: View) -> Iterator[tuple[str, str, list[Node]]]:
    known = {node.id: node for node in view.nodes}
    for group in view.groups:
        nodes = [known.pop(id) for id in group.nodes if id in known]
        yield group.key, text.clean(group.name) or text.clean(group.key), nodes
    if known:
        yield "", page.words["no group"], list(known.values())


def _row(node: Node, grid: _Grid) -> _Row:
    name = text.clean(node.name) or text.clean(node.id)
    room = grid.units - grid.names - 8.0 - (9.0 if node.worst else 0.0)
    lines = text.wrap(name, room, _NAME, bold=True, lines=2)
    return _Row(node, lines, max(_LEAST, len(lines) * _NAME * _LEADING + 6.0))


# How it looks


def _drawn(view: View, bands: Sequence[_Band], size: tuple[float, float], number: int, legend_rows: int) -> Page:
    page = Page(view, HEADING, size=size, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    years = [mark.key for mark in view.columns.marks] if view.columns else []
    grid = _grid(page, len(years))
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in view.cells:
        cells[cell.row][cell.column] = cell.value
    rows = sum(len(band.rows) for band in bands)
    spare = page.bottom - page.top - _HEAD - sum(band.height + _GAP for band in bands)
    slack = max(min(spare / max(rows, 1), _HIGHEST - _LEAST), 0.0)
    _draw_heads(page, grid, years)
    y = page.top + _HEAD
    for band in bands:
        height = band.height + slack * len(band.rows)
        _draw_band(page, band, grid, years, Box(page.left, y, grid.right - page.left, height), slack, cells)
        y += height + _GAP
    _draw_today(page, grid, years, y - _GAP)
    _explain(page, view, cells)
    return page


def _draw_heads(page: Page, grid: _Grid, years: Sequence[str]) -> None:
    words, y = page.words, page.top + 12.0
    heads = ((grid.names, "initiative"), (grid.units, "unit"), (grid.output, "output"))
    for x, word in heads:
        page.text(x, y, words[word], 7, MUTED, bold=True)
    size = next((size for size in (9.0, 8.0, 7.0) if grid.year >= text.width("2025", size, bold=True) + 6), 6.5)
    step = 1 if grid.year >= text.width("2025", 6.5, bold=True) + 2 else 5
    while step * grid.year < text.width("2025", 6.5, bold=True) + 2 and years:
        step += 5
    for index in range(0, len(years), step):
        room = grid.year * min(step, len(years) - index)
        said = text.clean(years[index])
        if text.width(said, size, bold=True) <= room:
            page.text(grid.years + index * grid.year + room / 2, y, said, size, INK, bold=True, anchor="middle")


def _draw_band(
    page: Page, band: _Band, grid: _Grid, years: Sequence[str], box: Box, slack: float,
    cells: Mapping[str, Mapping[str, str]],
) -> None:  # fmt: skip
    colour = _COLOURS.get(band.key, MUTED)
    page.rect(box, fill=_GROUND)
    head = box._replace(width=_CONTENT)
    page.rect(head, fill=colour, radius=2.5)
    said = band.name[:1].upper() + band.name[1:]
    most = max(int((box.height - 3) // 9.0), 1)
    page.lines(text.wrap(said, _CONTENT - 8, 7.5, bold=True, lines=min(most, 3)), head, 7.5, PAPER, bold=True)
    for index in range(len(years) + 1):
        x = grid.years + index * grid.year
        page.line((x, box.y), (x, box.bottom), stroke="#9AA0A8", width=0.6)
        for quarter in range(1, 4) if index < len(years) and grid.year > 40 else ():
            at = x + quarter * grid.year / 4
            page.line((at, box.y), (at, box.bottom), stroke=_HAIR, width=0.4)
    y = box.y
    for index, row in enumerate(band.rows):
        if index:
            page.line((page.left + _CONTENT, y), (grid.right, y), stroke=_HAIR, width=0.6)
        place = Box(grid.names, y, grid.right - grid.names, row.height + slack)
        if row.node is None:
            page.text(grid.names, place.middle[1] + 2.4, page.words["no initiative"], 7, MUTED)
        else:
            _draw_row(page, row.node, row, place, grid, years, cells.get(row.node.id, {}), colour)
        y += row.height + slack


def _draw_row(
    page: Page, node: Node, row: _Row, box: Box, grid: _Grid, years: Sequence[str], cells: Mapping[str, str],
    colour: str,
) -> None:  # fmt: skip
    middle = box.middle[1]
    with page.group(f"{page.title_of(node)} · {page.words[_progress(node)]}", "element", (node.id,)):
        y = middle + _NAME * (0.36 - _LEADING * (len(row.lines) - 1) / 2)
        for index, line in enumerate(row.lines):
            page.text(grid.names, y + index * _NAME * _LEADING, line, _NAME, INK, bold=True)
        if node.worst:
            page.level_mark(node.worst, grid.units - 9.0, middle)
        most = max(int((box.height - 3.0) // _SMALL_ROW), 1)
        beside = ((grid.units, _UNIT - 5.0, node.facts, MUTED), (grid.output, grid.right - grid.output - 3.0,
                                                                  node.detail, INK))  # fmt: skip
        for x, room, said, ink in beside:
            lines = text.wrap(text.clean(said), room, 6.5, lines=most)
            for index, line in enumerate(lines):
                page.text(x, middle + 2.3 - (len(lines) - 1) * _SMALL_ROW / 2 + index * _SMALL_ROW, line, 6.5, ink)
        runs = _runs(years, cells)
        if not runs:
            page.text(grid.years + 5, middle + 2.4, page.words["without years"], 6.5, OCHRE, bold=True)
        for first, last in runs:
            bar = Box(grid.years + first * grid.year, middle - 5.0, (last - first + 1) * grid.year, 10.0)
            _bar(page, node.kind, colour, bar._replace(x=bar.x + 0.8, width=max(bar.width - 1.6, 2.0)))
        if runs and "late" in cells.values():
            _diamond(page, min(grid.years + (runs[-1][1] + 1) * grid.year + 7.0, grid.output - 9.0), middle)


def _progress(node: Node) -> str:
    return f"progress.{node.kind if node.kind in {'done', 'running', 'not_started'} else ''}"


def _runs(years: Sequence[str], cells: Mapping[str, str]) -> list[tuple[int, int]]:
    """The first and last of years in a row."""
    runs: list[tuple[int, int]] = []
    for index, year in enumerate(years):
        if year in cells:
            if runs and runs[-1][1] == index - 1:
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
    return runs


def _bar(page: Page, progress: str, colour: str, box: Box) -> None:
    if progress == "done":
        page.rect(box, fill=colour, stroke=colour, width=1, radius=2)
    elif progress == "running":
        page.rect(box, fill=mix(colour, PAPER, 0.62), stroke=colour, width=1, radius=2)
    else:
        page.rect(box, fill=PAPER, stroke=colour, width=1, radius=2, dash=(3, 2) if progress else (1, 1.5))


def _diamond(page: Page, x: float, y: float) -> None:
    sides = (("M", (x, y - 5)), ("L", (x + 5, y)), ("L", (x, y + 5)), ("L", (x - 5, y)), ("Z", ()))
    page.path(sides, fill=SUN, stroke=SUN_EDGE, width=0.8)


def _draw_today(page: Page, grid: _Grid, years: Sequence[str], foot: float) -> None:
    """A line at the date of the model."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", page.view.frame.date)
    if not found or found[1] not in years:
        return
    share = (int(found[2] or 1) - 1) / 12 + (int(found[3] or 1) - 1) / 365
    x = grid.years + (years.index(found[1]) + min(share, 1.0)) * grid.year
    page.line((x, page.top + _HEAD - 3), (x, foot), stroke=ERROR, width=1.3)
    label = f"{page.words['legend.today']} {page.words.date(page.view.frame.date)}"
    page.explain("today", 4, partial(_today_sample, page), label)


def _today_sample(page: Page, x: float, y: float) -> None:
    page.line((x + 2, y - 6), (x + 2, y + 6), stroke=ERROR, width=1.3)


def _explain(page: Page, view: View, cells: Mapping[str, Mapping[str, str]]) -> None:
    words = page.words
    shown = set(page.drawn)
    kinds = {_progress(node) for node in view.nodes if node.id in shown and cells.get(node.id)}
    for key in _ORDER:
        if key in kinds:
            page.explain(key, 24, partial(_bar_sample, page, key.partition(".")[2]), words[key])
    if any("late" in cells[id].values() for id in shown & cells.keys()):
        page.explain("late", 11, lambda x, y: _diamond(page, x + 5.5, y), words["legend.late"])
    counts = Counter(_progress(node) for node in view.nodes)
    said = [f"{words.number(counts[key])} {words[key]}" for key in sorted(counts, key=_ORDER.index)]
    if said:
        page.remark(" · ".join(said))


_ORDER = ("progress.done", "progress.running", "progress.not_started", "progress.")


def _bar_sample(page: Page, progress: str, x: float, y: float) -> None:
    _bar(page, progress, MUTED, Box(x, y - 4.5, 24, 9))
