"""The viewpoint "metrics": a figure for each metric of the whole, bars by layer, and the findings of each office."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import text
from spbe_arch.drawing.frame import Page, first_that_fits
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, RULE, mix
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Mark, View

__all__ = ["HEADING", "sheets"]

HEADING = ("20 Metrik", "20 Metrics")

_FIGURES = 104.0
"""How high the figures about the whole are."""
_GAP = 14.0
_ROW = 21.0
_BY_LAYER = 0.56
"""The share of the width that the bars by layer take."""
_SPOT = LAYERS["application"].strong
_FAINT = mix(_SPOT, "#FFFFFF", 0.82)


class _Quotient(NamedTuple):
    part: float
    whole: float

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return f"{self.part:g} / {self.whole:g}"


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the one sheet of metrics."""
    return (first_that_fits(lambda legend_rows: _drawn(view, legend_rows)).finish(),)


def _drawn(view: View, legend_rows: int) -> Page:
    page = Page(view, HEADING, legend_rows=legend_rows)
    found = _quotients(view)
    rows = view.rows.marks if view.rows else ()
    columns = view.columns.marks if view.columns else ()
    offices = {node.id for node in view.nodes}
    of_layers = [mark for mark in columns if mark.key and mark.key not in offices]
    whole = [mark for mark in rows if (mark.key, "") in found]
    by_layer = [mark for mark in rows if any((mark.key, layer.key) in found for layer in of_layers)]
    _figures(page, whole, found)
    top = page.top + _FIGURES + _GAP
    middle = page.left + (page.right - page.left) * _BY_LAYER
    _layers(page, Box(page.left, top, middle - page.left - _GAP, page.bottom - top), by_layer, of_layers, found)
    for mark in rows:
        if any((mark.key, one) in found for one in offices):
            _offices(page, Box(middle, top, page.right - middle, page.bottom - top), mark, found)
    page.explain("metrics.bar", 30, partial(_sample, page), page.words["legend.metrics"])
    return page


def _quotients(view: View) -> dict[tuple[str, str], _Quotient]:
    """What is counted and among how many, by metric and what it is about; what is no quotient is not there."""
    found = {}
    for cell in view.cells:
        parts = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)/([0-9]{1,12})", cell.value)
        if parts is not None:
            found[cell.row, cell.column] = _Quotient(float(parts[1]), float(parts[2]))
    return found


def _shown(page: Page, mark: Mark, quotient: _Quotient) -> str:
    """The number, as a share of a hundred where the metric is one (its detail says so)."""
    if quotient.value is None:
        return "–"
    return f"{round(quotient.value * 100)} %" if _is_share(mark) else page.words.decimal(quotient.value, 2)


def _is_share(mark: Mark) -> bool:
    return mark.detail.startswith("%")


def _figures(page: Page, marks: Sequence[Mark], found: dict[tuple[str, str], _Quotient]) -> None:
    width = (page.right - page.left + _GAP) / max(1, len(marks)) - _GAP
    for number, mark in enumerate(marks):
        quotient = found[mark.key, ""]
        box = Box(page.left + number * (width + _GAP), page.top, width, _FIGURES)
        with page.group(mark.name):
            page.rect(box, stroke=RULE, width=0.8, radius=2.5)
            lines = text.wrap(text.clean(mark.name), width - 16, 8, bold=True, lines=2)
            for index, line in enumerate(lines):
                page.text(box.x + 8, box.y + 14 + index * 9.6, line, 8, INK, bold=True)
            page.text(box.x + 8, box.y + 52, _shown(page, mark, quotient), 20, _SPOT, bold=True)
            page.text(box.right - 8, box.y + 52, str(quotient), 8, MUTED, anchor="end")
            if _is_share(mark):
                _bar(page, Box(box.x + 8, box.y + 60, width - 16, 6), quotient.value)
            said = text.clean(mark.detail.removeprefix("%"))
            for index, line in enumerate(text.wrap(said, width - 16, 6.5, lines=3)):
                page.text(box.x + 8, box.y + 77 + index * 8, line, 6.5, MUTED)


def _bar(page: Page, box: Box, share: float | None) -> None:
    page.rect(box, fill=_FAINT)
    if share:
        page.rect(box._replace(width=round(box.width * min(1.0, share), 2)), fill=_SPOT)


def _sample(page: Page, x: float, y: float) -> None:
    _bar(page, Box(x, y - 3, 30, 6), 0.6)


def _layers(
    page: Page, box: Box, marks: Sequence[Mark], layers: Sequence[Mark], found: dict[tuple[str, str], _Quotient]
) -> None:
    """Draws a row for each layer and a column for each metric that is told by layer."""
    names = 112.0
    width = (box.width - names) / max(1, len(marks))
    for number, mark in enumerate(marks):
        x = box.x + names + number * width
        for index, line in enumerate(text.wrap(text.clean(mark.name), width - 10, 8, bold=True, lines=3)):
            page.text(x, box.y + 8 + index * 9.6, line, 8, INK, bold=True)
    y = box.y + 42
    step = min(34.0, (box.bottom - y) / max(1, len(layers)))
    for layer in layers:
        with page.group(layer.name):
            page.line((box.x, y - 4), (box.right, y - 4), stroke=RULE, width=0.6)
            page.text(box.x, y + 10, text.fit(text.clean(layer.name), names - 8, 8, bold=True), 8, INK, bold=True)
            for number, mark in enumerate(marks):
                quotient = found.get((mark.key, layer.key), _Quotient(0, 0))
                x = box.x + names + number * width
                page.text(x, y + 8, _shown(page, mark, quotient), 8, INK, bold=True)
                page.text(x + width - 14, y + 8, str(quotient), 6.5, MUTED, anchor="end")
                _bar(page, Box(x, y + 13, width - 14, 5), quotient.value)
        y += step


def _offices(page: Page, box: Box, mark: Mark, found: dict[tuple[str, str], _Quotient]) -> None:
    """Draws a bar for each office, the longest first; those for which there is no room are folded."""
    values = {node.id: found.get((mark.key, node.id), _Quotient(0, 0)) for node in page.view.nodes}
    nodes = sorted(page.view.nodes, key=lambda node: (-(values[node.id].value or 0.0), node.name, node.id))
    for index, line in enumerate(text.wrap(text.clean(mark.name), box.width, 8, bold=True, lines=2)):
        page.text(box.x, box.y + 8 + index * 9.6, line, 8, INK, bold=True)
    y = box.y + 34
    room = int((box.bottom - y) // _ROW)
    shown = nodes if len(nodes) <= room else nodes[: max(0, room - 1)]
    longest = max((value.value or 0.0 for value in values.values()), default=0.0)
    for node in shown:
        quotient = values[node.id]
        with page.group(node.name, "element", (node.id,)):
            said = f"{_shown(page, mark, quotient)}  ({quotient})"
            taken = text.width(said, 7)
            name = text.clean(node.name) or node.id
            page.text(box.x, y + 6, text.fit(name, box.width - taken - 10, 7.5), 7.5)
            page.text(box.right, y + 6, said, 7, MUTED, anchor="end")
            _bar(page, Box(box.x, y + 9, box.width, 5), (quotient.value or 0.0) / longest if longest else 0.0)
        y += _ROW
    if len(shown) < len(nodes):
        rest = nodes[len(shown) :]
        title = f"{page.words.number(len(rest))} {page.words['others']}"
        page.fold(title, rest, Box(box.x, y, box.width, _ROW - 4))
