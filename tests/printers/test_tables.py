"""CSV and Excel, read back by the real readers; nothing in them is a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from spbe_arch.drawing.text import clean
from spbe_arch.errors import DrawingError
from spbe_arch.messages import printable
from spbe_arch.printers import csv_format, xlsx
from spbe_arch.views.view import Axis, Cell, Mark, View
from tests.drawing import samples
from tests.printers.shared import TEXTS, view_with

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("http://x")', "＝1", "http://x", "'=1"]


def rows_of(view: View) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_format.write(view).decode(), newline=""), strict=True))


def sheets_of(view: View) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.write(view)))
    return {name: list(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def small_matrix() -> View:
    view = view_with(["Satu", "Dua"])
    return replace(
        view, edges=(), rows=Axis("Aplikasi", (Mark("e0", "Satu"),)), columns=Axis("Data", (Mark("e1", "Dua"),)),
        cells=(Cell("e0", "e1", "both"),),
    )  # fmt: skip


def test_csv_of_a_matrix_has_its_cells() -> None:
    assert rows_of(small_matrix()) == [["id", "nama", "Dua (e1)"], ["e0", "Satu", "membaca dan menulis"]]


def test_csv_of_any_other_view_has_an_element_a_row_with_its_links() -> None:
    rows = rows_of(samples.chain())
    assert len(rows) == 1 + len(samples.chain().nodes)
    [bebunge] = [row for row in rows if row[0] == "bebunge"]
    assert "mendukung: perizinan-usaha; membaca: d001" in bebunge[-1]


@settings(max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_csv_names_are_read_back(names: list[str]) -> None:
    read = [row[1] for row in rows_of(view_with(names))[1:]]
    shown = [printable(clean(name), 10_000) for name in names]
    assert [name.removeprefix("'") for name in read] == [name.removeprefix("'") for name in shown]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_of_csv_is_a_formula(name: str) -> None:
    cells = [cell for row in rows_of(view_with([name, name])) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=6))
@example(["\x00\ud800"])
def test_excel_names_are_read_back_literally(names: list[str]) -> None:
    elements = sheets_of(view_with(names))["Elemen"]
    assert [row[1] for row in elements[1:]] == [clean(name)[:32_767] for name in names]


@pytest.mark.parametrize("name", [*FORMULAS, "_x0041_", "_x005F_", "007", "1e3", "TRUE", "02.10", " a  b "])
def test_what_looks_like_something_else_is_text_in_excel(name: str) -> None:
    assert sheets_of(view_with([name]))["Elemen"][1][1] == clean(name)


def test_excel_has_a_sheet_for_cells_elements_and_links() -> None:
    assert list(sheets_of(small_matrix())) == ["Aplikasi × Data", "Elemen"]
    assert list(sheets_of(samples.chain())) == ["Elemen", "Tautan"]


def test_counts_are_numbers_in_excel() -> None:
    view = replace(small_matrix(), cells=(Cell("e0", "e1", "12"),))
    assert sheets_of(view)["Aplikasi × Data"][1] == ["e0", "Satu", 12.0]


@pytest.mark.parametrize("title", ["", "a/b:c*[d]?\\", "x" * 50, "'x'", "History", "Elemen"])
def test_any_title_names_a_sheet(title: str) -> None:
    view = replace(small_matrix(), rows=Axis(title, (Mark("e0", "Satu"),)), columns=Axis(title, (Mark("e1", "Dua"),)))
    assert len(sheets_of(view)) == 2


def test_the_same_view_gives_the_same_bytes() -> None:
    assert xlsx.write(samples.chain()) == xlsx.write(samples.chain())
    assert csv_format.write(samples.chain()) == csv_format.write(samples.chain())


def test_more_columns_than_excel_has_are_refused() -> None:
    columns = Axis("Data", tuple(Mark(str(index), str(index)) for index in range(17_000)))
    with pytest.raises(DrawingError, match="16384 columns"):
        xlsx.write(replace(small_matrix(), columns=columns))
