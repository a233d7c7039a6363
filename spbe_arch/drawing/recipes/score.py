"""The viewpoint "score": a radar with a spoke for each aspect, five rings, and a table of the numbers beside it."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import TYPE_CHECKING, Literal

from spbe_arch.drawing import text
from spbe_arch.drawing.frame import Page, first_that_fits
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, PAPER, RULE, mix
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import View

__all__ = ["HEADING", "sheets"]

HEADING = ("19 Kesiapan", "19 Readiness")

_LEVELS = 5
_LABEL = 84.0
"""How wide the name of a spoke may be."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the one sheet of a score."""
    return (first_that_fits(lambda legend_rows: _drawn(view, legend_rows)).finish(),)


def _drawn(view: View, legend_rows: int) -> Page:
    page = Page(view, HEADING, legend_rows=legend_rows)
    marks = view.columns.marks if view.columns else ()
    values = _values(view)
    height = page.bottom - page.top
    middle = page.left + 262.0, page.top + height / 2 + 4
    radius = min(height / 2 - 34.0, 168.0)
    if len(marks) >= 3:
        _rings(page, middle, radius, len(marks))
        most = [values.get(("most", mark.key), 0.0) for mark in marks]
        _area(page, middle, radius, most, fill=None, dash=(4.0, 3.0))
        reached = [values.get(("level", mark.key), 0.0) for mark in marks]
        _area(page, middle, radius, reached, fill=mix(LAYERS["application"].strong, PAPER, 0.72), dash=())
        _numbers(page, middle, radius)
        _names(page, middle, radius, [mark.name for mark in marks])
    page.parts = ((page.words["spokes"], frozenset(mark.key for mark in marks)),)
    _table(page, values)
    names = {mark.key: mark.name for mark in view.rows.marks} if view.rows else {}
    page.explain("score.level", 18, partial(_sample, page, shaded=True), names.get("level", ""))
    page.explain("score.most", 18, partial(_sample, page, shaded=False), names.get("most", ""))
    return page


def _values(view: View) -> dict[tuple[str, str], float]:
    """The levels on each spoke, from 0 to 5; what is no number is not there."""
    found = {}
    for cell in view.cells:
        if re.fullmatch(r"[0-5](\.[0-9]+)?", cell.value):
            found[cell.row, cell.column] = min(float(cell.value), float(_LEVELS))
    return found


def _sample(page: Page, x: float, y: float, *, shaded: bool) -> None:
    if shaded:
        strong = LAYERS["application"].strong
        corners = (("M", (x, y - 5)), ("L", (x + 18, y - 5)), ("L", (x + 18, y + 5)), ("L", (x, y + 5)), ("Z", ()))
        page.path(corners, fill=mix(strong, PAPER, 0.72), stroke=strong, width=1.6)
    else:
        page.line((x, y), (x + 18, y), stroke=MUTED, width=1.0, dash=(4.0, 3.0))


def _point(middle: tuple[float, float], radius: float, spoke: int, of: int) -> tuple[float, float]:
    angle = 2 * math.pi * spoke / of - math.pi / 2
    return round(middle[0] + radius * math.cos(angle), 2), round(middle[1] + radius * math.sin(angle), 2)


def _rings(page: Page, middle: tuple[float, float], radius: float, count: int) -> None:
    for level in range(1, _LEVELS + 1):
        ring = [_point(middle, radius * level / _LEVELS, spoke, count) for spoke in range(count)]
        page.line(*ring, ring[0], stroke=RULE, width=0.6)
    for spoke in range(count):
        page.line(middle, _point(middle, radius, spoke, count), stroke=RULE, width=0.6)


def _numbers(page: Page, middle: tuple[float, float], radius: float) -> None:
    for level in range(1, _LEVELS + 1):
        page.text(middle[0] - 3, middle[1] - radius * level / _LEVELS + 7, str(level), 6.5, INK, anchor="end")


def _area(
    page: Page, middle: tuple[float, float], radius: float, values: list[float], *, fill: str | None,
    dash: tuple[float, ...],
) -> None:  # fmt: skip
    points = [_point(middle, radius * value / _LEVELS, spoke, len(values)) for spoke, value in enumerate(values)]
    segments = [("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ())]
    stroke = LAYERS["application"].strong if fill else MUTED
    page.path(segments, fill=fill, stroke=stroke, width=1.6 if fill else 1.0, dash=dash)


def _names(page: Page, middle: tuple[float, float], radius: float, names: list[str]) -> None:
    for spoke, name in enumerate(names):
        x, y = _point(middle, radius + 9.0, spoke, len(names))
        lines = text.wrap(name, _LABEL, 8, bold=True, lines=2)
        side = x - middle[0]
        anchor: Literal["start", "middle", "end"] = "middle" if abs(side) < 12 else "start" if side > 0 else "end"
        top = y - (9.6 * len(lines) if y < middle[1] - radius * 0.6 else 4.8 * len(lines) if abs(side) >= 12 else 0)
        for index, line in enumerate(lines):
            page.text(x, top + 8 + index * 9.6, line, 8, INK, bold=True, anchor=anchor)


def _table(page: Page, values: dict[tuple[str, str], float]) -> None:
    """Draws the numbers: what the model shows of what it can show, and the indicators of each spoke."""
    marks = page.view.columns.marks if page.view.columns else ()
    left, right = page.left + 545.0, page.right
    step = min(22.0, (page.bottom - page.top) / max(1, len(marks)))
    y = page.top + 6.0
    for index, mark in enumerate(marks):
        with page.group(mark.name, "element", (mark.key,)):
            if index % 2 == 0:
                page.rect(Box(left, y - 3, right - left, step), fill="#F1F2F4")
            shown = " / ".join(page.words.decimal(values.get((row, mark.key), 0.0)) for row in ("level", "most"))
            page.text(right - 6, y + step / 2, shown, 8, INK, bold=True, anchor="end")
            room = right - left - 18 - text.width(shown, 8, bold=True)
            page.text(
                left + 6, y + (7 if step >= 20 else step / 2), text.fit(mark.name, room, 8, bold=True), 8, bold=True
            )
            if step >= 20:
                page.text(left + 6, y + 15, text.fit(mark.detail, room, 6.5), 6.5, MUTED)
        y += step
