"""CSV, read back by a real reader and opened by a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from tests.formats.shared import DUPLICATE, TOLD, written


def rows_of(name: str = "csv", **changes: Any) -> list[list[str]]:
    told = (replace(DUPLICATE, **changes),) if changes else TOLD
    return list(csv.reader(io.StringIO(written(name, told), newline=""), strict=True))


def test_it_has_a_heading_and_a_row_for_each_finding() -> None:
    assert [len(row) for row in rows_of()] == [8] * (1 + len(TOLD))


def test_the_rows_of_a_unit_stand_together() -> None:
    units = [row[0] for row in rows_of()[1:]]
    assert units == sorted(units, key=lambda unit: unit.removeprefix("'"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", " =1", "＝1+1"])
def test_no_cell_is_a_formula(text: str) -> None:
    row = rows_of(message=text, unit=text, suggestion=text)[1]
    assert all(row[at][0] not in "=+-@\t\r\n＝" for at in (0, 4, 5))


def test_a_cell_that_is_no_formula_is_left_alone() -> None:
    assert rows_of(unit='Dinas A = B, "C"')[1][0] == 'Dinas A = B, "C"'


def test_the_counts_by_unit_hold_no_formula_either() -> None:
    assert ["unit", "'=1+1", "1"] in rows_of("statistics-csv", unit="=1+1")
