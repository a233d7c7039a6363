"""Pictures of an organisation: counters, kinds, further sheets."""

from __future__ import annotations

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Path
from tests.drawing import checks, samples


def words(units: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.organisation(units))[0])]


def test_the_foot_says_how_many_own_nothing() -> None:
    view = samples.organisation(30)
    bare = {node.id for node in view.nodes} - {cell.row for cell in view.cells}
    assert f"{len(bare)} unit tanpa elemen" in words(30)


def test_a_kind_says_how_many_units_it_has() -> None:
    assert {"Sekretariat", "9"} <= set(words(30))


def test_thousands_do_not_leave_their_counter() -> None:
    assert "999+" in words(30) or "99+" in words(30)


def test_units_beyond_the_page_stand_on_further_sheets() -> None:
    view = samples.organisation(1_000)
    drawn = [id for sheet in draw(view) for id in sheet.drawn]
    assert sorted(drawn) == sorted(node.id for node in view.nodes)


def test_a_counter_shows_the_icon_of_its_layer_for_prints_without_colour() -> None:
    few = samples.organisation(3)
    (sheet,) = draw(few)
    strokes = [shape for shape in sheet.shapes if isinstance(shape, Path) and shape.stroke == "#FFFFFF"]
    assert len(strokes) >= len(few.cells) > 0
