"""Pictures of a portfolio: sums, bars, further sheets."""

from __future__ import annotations

import re
from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from tests.drawing import checks, samples


def words(applications: int, offices: int = 12, sheet: int = 0) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.portfolio(applications, offices))[sheet])]


def test_the_sums_are_on_every_sheet_of_the_table() -> None:
    said = [words(2_000, 200, sheet) for sheet in range(2)]
    assert all("Seluruhnya" in some and "2.000" in some for some in said)


def test_a_count_says_of_whom_and_what() -> None:
    titles = [shape.title for shape in draw(samples.portfolio(66))[0].shapes if isinstance(shape, Open)]
    assert any(re.fullmatch(r"Dinas .* · Aplikasi .*: \d+ aplikasi", title) for title in titles)


def test_names_follow_by_age_the_oldest_first() -> None:
    heads = [word for word in words(66, sheet=1) if word.startswith(("Umur ", "Tak "))]
    assert heads[:2] == ["Tak diketahui", "Umur > 10 tahun"]


def test_a_count_leads_to_the_sheet_with_its_first_name() -> None:
    sheets = draw(samples.portfolio(400))
    folds = [shape for shape in sheets[0].shapes if isinstance(shape, Open) and shape.kind == "fold"]
    for fold in folds:
        (target,) = re.findall(r"portofolio~(\d+)\.svg", fold.link)
        assert fold.elements[0] in sheets[int(target) - 1].drawn


def test_names_stand_beside_the_counts_where_all_have_room() -> None:
    view = samples.portfolio(12, 4)
    cells = tuple(cell for cell in view.cells if not cell.column.startswith("age:") or cell.column == "age:< 3")
    shown = " ".join(line.content for line in checks.texts(draw(replace(view, cells=cells))[0]))
    assert all(node.name in shown for node in view.nodes)


def test_an_age_that_nothing_has_takes_no_column_and_is_told() -> None:
    view = samples.portfolio(12, 4)
    cells = tuple(cell for cell in view.cells if cell.column != "age:> 10")
    shown = [line.content for line in checks.texts(draw(replace(view, cells=cells))[0])]
    assert "> 10" not in shown
    assert any("tanpa aplikasi berumur: > 10" in line for line in shown)
