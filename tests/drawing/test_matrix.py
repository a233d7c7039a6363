"""Pictures of matrices: signs, sums, and how large ones are parted."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.drawing.palette import RULE
from spbe_arch.drawing.shapes import Path
from spbe_arch.views.view import Group
from tests.drawing import checks, samples


def words(rows: int, columns: int, links: int = 3) -> list[str]:
    return [line.content for sheet in draw(samples.matrix(rows, columns, links)) for line in checks.texts(sheet)]


def test_rows_and_columns_are_counted_each_for_itself() -> None:
    assert "66 dari 66 aplikasi · 40 dari 40 data" in words(66, 40)


def test_a_row_says_how_many_links_it_has() -> None:
    assert words(1, 20).count("3") == 0  # the first row of the sample has none
    assert "3" in words(2, 20)


def test_what_has_no_link_says_so() -> None:
    assert {"0", "belum ada tautan"} <= set(words(2, 20))


def test_data_that_many_write_stands_out() -> None:
    assert "ditulis lebih dari satu aplikasi" in words(66, 40)


def test_the_legend_explains_only_the_signs_that_are_there() -> None:
    shown = words(20, 20, 1)
    assert "membaca" in shown
    assert "menulis" not in shown


def test_every_link_of_a_large_matrix_is_on_some_sheet() -> None:
    view = samples.matrix(400, 300)
    sheets = draw(view)
    met = {(row, column) for sheet in sheets for row in sheet.drawn for column in sheet.drawn}
    assert {(cell.row, cell.column) for cell in view.cells} <= met


def test_a_row_wider_than_a_sheet_goes_on_over_the_next() -> None:
    view = samples.matrix(3, 400, 90)
    met = {(row, column) for sheet in draw(view) for row in sheet.drawn for column in sheet.drawn}
    assert {(cell.row, cell.column) for cell in view.cells} <= met


def test_what_has_no_link_in_a_large_matrix_is_listed_at_the_end() -> None:
    assert "Aplikasi tanpa tautan" in words(400, 300)


def test_a_rule_parts_offices_that_have_no_short_name() -> None:
    view = samples.matrix(3, 3)
    keys = [mark.key for mark in view.rows.marks] if view.rows else []

    def rules(groups: tuple[Group, ...]) -> int:
        (sheet,) = draw(replace(view, groups=groups))
        return sum(
            isinstance(shape, Path) and shape.stroke == RULE and shape.stroke_width == 0.6 for shape in sheet.shapes
        )

    apart = rules(tuple(Group(key, "", (key,)) for key in keys))
    assert apart == rules((Group("one", "", tuple(keys)),)) + len(keys) - 1


def test_names_of_rows_are_written_smaller_before_they_are_cut() -> None:
    view = samples.matrix(42, 33)
    rows = {mark.key for mark in view.rows.marks} if view.rows else set()
    name = "Penyelenggaraan data tingkat kabupaten"
    renamed = replace(
        view,
        nodes=tuple(node._replace(name=f"{name} {node.id[-2:]}") if node.id in rows else node for node in view.nodes),
        rows=view.rows
        and replace(view.rows, marks=tuple(replace(mark, name=f"{name} {mark.key[-2:]}") for mark in view.rows.marks)),
    )
    (sheet,) = draw(renamed)
    assert sum(line.content.startswith(name) for line in checks.texts(sheet)) == len(rows)
