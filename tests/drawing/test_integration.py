"""Pictures of integration: what goes over the bus, what goes past it, and the tables."""

from __future__ import annotations

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from tests.drawing import checks, samples


def words(applications: int, exchanges: int, direct: int = 3, platforms: int = 1) -> list[str]:
    view = samples.integration(applications, exchanges, direct, platforms)
    return [line.content for line in checks.texts(draw(view)[0])]


def titles(applications: int, exchanges: int, direct: int) -> list[str]:
    sheet = draw(samples.integration(applications, exchanges, direct))[0]
    return [shape.title for shape in sheet.shapes if isinstance(shape, Open)]


def test_the_foot_says_how_many_bypass_the_bus() -> None:
    assert "13 lewat SPL · 3 titik ke titik" in words(14, 16)


def test_an_exchange_past_the_bus_has_a_lane_with_its_letter() -> None:
    assert [title for title in titles(14, 16, 1) if title.startswith("A: ")]


def test_a_letter_stands_on_the_lane_and_in_the_table() -> None:
    assert words(14, 16).count("A") >= 2


def test_without_any_exchange_over_it_the_bus_says_so() -> None:
    assert "belum ada pertukaran lewat SPL" in words(6, 4, 4, 0)


def test_several_buses_are_told_apart_by_number() -> None:
    assert {"SPL 1", "SPL 2"} <= set(words(14, 16, 3, 2))


def test_all_that_bypass_the_bus_are_named_even_without_a_lane() -> None:
    shown = words(16, 20, 20, 0)
    assert {"A", "T"} <= set(shown)


def test_a_regency_has_its_integration_on_a4() -> None:
    sizes = {(sheet.width, sheet.height) for sheet in draw(samples.integration(14, 16))}
    assert sizes == {(841.89, 595.28)}


def test_rows_of_tables_are_all_there_when_they_fill_the_page() -> None:
    for exchanges in range(6, 30):
        assert not draw(samples.integration(10, exchanges))[0].folded
