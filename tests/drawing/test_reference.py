"""Heat maps of reference codes: tiles, classes, what has no code."""

from __future__ import annotations

from itertools import pairwise

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open, Rect
from tests.drawing import checks, samples


def words(elements: int, codes: int = 45) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.reference(elements, codes))[0])]


def test_every_code_has_a_tile_whether_used_or_not() -> None:
    view = samples.reference(60)
    codes = [mark.key for mark in view.columns.marks] if view.columns else []
    assert set(codes) <= set(words(60))


def test_the_foot_says_how_many_codes_are_used() -> None:
    assert "0 dari 45 kode dipakai" in words(0)


def test_what_has_no_code_has_a_tile_of_its_own() -> None:
    assert "Tanpa kode, atau kode tak dikenal" in [shape.title.partition(":")[0] for shape in _folds()]


def _folds() -> list[Open]:
    shapes = draw(samples.reference(120))[0].shapes
    return [shape for shape in shapes if isinstance(shape, Open) and shape.kind == "fold"]


def test_the_colour_of_a_tile_is_that_of_its_number() -> None:
    shapes = draw(samples.reference(120))[0].shapes
    fills = {
        len(opened.elements): tile.fill
        for opened, tile in pairwise(shapes)
        if isinstance(opened, Open) and opened.kind == "fold" and isinstance(tile, Rect)
    }
    assert all((fill == "#DCE9F8") == (count <= 2) for count, fill in fills.items())


def test_a_tile_leads_to_the_names() -> None:
    sheets = draw(samples.reference(120))
    names = {f"{sheet.name}.svg" for sheet in sheets[1:]}
    assert {fold.link for fold in _folds()} <= names


def test_a_tile_with_room_names_what_has_its_code() -> None:
    view = samples.reference(3, 3)
    shown = [line.content for line in checks.texts(draw(view)[0])]
    assert {node.name for node in view.nodes} <= set(shown)
