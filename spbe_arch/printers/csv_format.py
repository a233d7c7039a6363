"""Prints a view as CSV: the cells of a matrix, else an element a row with what it is linked to."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from spbe_arch.formats.csv_format import literal
from spbe_arch.printers.tables import tables_of

if TYPE_CHECKING:
    from spbe_arch.views.view import View

__all__ = ["write"]


def write(view: View) -> bytes:
    """The first table of the view as the bytes of a CSV file; no cell of it is a formula."""
    table = tables_of(view)[0]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(map(literal, table.heads))
    rows.writerows([literal(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return out.getvalue().encode()
