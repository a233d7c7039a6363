"""Prints a view as an Excel workbook: a sheet for each of its tables, every text as text."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from spbe_arch.drawing.text import clean
from spbe_arch.errors import DrawingError
from spbe_arch.printers.tables import tables_of

if TYPE_CHECKING:
    from spbe_arch.printers.tables import Table
    from spbe_arch.views.view import View

__all__ = ["write"]

_ROWS, _COLUMNS, _CHARACTERS = 1_048_576, 16_384, 32_767
"""What a sheet and a cell hold."""
_UNDATED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The same in every file, so that the same view gives the same bytes; Excel wants one, without a time zone."""
_WIDEST = 60
_UPRIGHT = 12
"""The most columns whose heads are not turned."""


def write(view: View) -> bytes:
    """The view as the bytes of a workbook; the same view gives the same bytes.

    Raises:
        DrawingError: A table has more rows or columns than a sheet of Excel.
    """
    import xlsxwriter

    out = io.BytesIO()
    # What looks like a number, a formula or a link in a model is text there, and stays text here.
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": clean(view.title)[:255], "created": _UNDATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
    turned = book.add_format({"bold": True, "rotation": 90, "valign": "bottom", "bottom": 1})
    taken: set[str] = set()
    for number, table in enumerate(tables_of(view), start=1):
        if len(table.rows) >= _ROWS or len(table.heads) > _COLUMNS:
            raise DrawingError(
                "a sheet of Excel holds {rows} rows and {columns} columns, and view {name!r} has more",
                rows=_ROWS,
                columns=_COLUMNS,
                name=view.name,
            )
        name = _sheet_name(table.title, number, taken)
        _fill(book.add_worksheet(name), table, head, turned if len(table.heads) > _UPRIGHT else head)
    book.close()
    return out.getvalue()


def _sheet_name(title: str, number: int, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, without some signs, none twice."""
    plain = "".join(" " if character in "[]:*?/\\'" else character for character in title).strip()[:31].strip()
    name = plain if plain and plain.casefold() not in taken | {"history"} else f"{number}"
    taken.add(name.casefold())
    return name


def _fill(sheet: Any, table: Table, head: Any, across: Any) -> None:
    for column, said in enumerate(table.heads):
        sheet.write_string(0, column, said[:_CHARACTERS], head if column < table.labels else across)
    for index, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(index, column, cell)
            elif cell:
                sheet.write_string(index, column, cell[:_CHARACTERS])
    for column in range(len(table.heads)):
        cells = [str(row[column]) for row in table.rows]
        if column < table.labels or across is head:
            cells.append(table.heads[column])
        sheet.set_column(column, column, min(max(map(len, cells), default=1), _WIDEST) + 2)
    sheet.freeze_panes(1, table.labels)
    sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
