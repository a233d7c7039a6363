"""CSV for a spreadsheet: a finding a row, with the unit that has to act."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from spbe_arch.findings import english
from spbe_arch.messages import printable, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["literal", "write"]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula; the wide forms count in East Asian settings."""

_COLUMNS = (
    english("unit"),
    english("level"),
    english("code"),
    english("element"),
    english("message"),
    english("suggestion"),
    english("path"),
    english("line"),
)


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """Sorted by unit, so that the rows of an office stand together."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(translate(column, style.language) for column in _COLUMNS)
    for one in sorted(told, key=lambda one: one.unit):
        level = translate(one.level.value, style.language)
        spot = one.spot
        cells = (one.unit, level, one.code, spot.element or "", one.message, one.suggestion or "", spot.path)
        rows.writerow([*map(literal, cells), spot.region.line])
    return out.getvalue()


def literal(text: str) -> str:
    """A cell that a spreadsheet takes for text, not for a formula (OWASP, CSV injection)."""
    shown = printable(text, 10_000)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
