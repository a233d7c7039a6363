"""Pictures of the reach of a change: columns, lines, folds."""

from __future__ import annotations

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from tests.drawing import checks, samples


def words(*counts: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.impact(*counts))[0])]


def test_a_column_says_how_far_and_how_many() -> None:
    assert {"Asal, jarak 1 (3)", "Fokus", "Jarak 1 · langsung (8)", "Jarak 3 (5)"} <= set(words(2, 3, 8, 7, 5))


def test_a_column_without_elements_is_not_drawn() -> None:
    assert not [word for word in words(0, 0, 8) if word.startswith("Asal")]


def test_what_has_no_room_is_folded_and_listed() -> None:
    first, *names = draw(samples.impact(2, 2, 38, 26, 49))
    assert {id for sheet in names for id in sheet.drawn} == set(first.folded)


def test_a_fold_leads_to_the_list() -> None:
    first = draw(samples.impact(0, 0, 38))[0]
    folds = [shape for shape in first.shapes if isinstance(shape, Open) and shape.kind == "fold"]
    assert [fold.link for fold in folds] == ["dampak~2.svg"]


def test_a_line_runs_from_what_changes_to_what_is_affected() -> None:
    titles = [shape.title for shape in draw(samples.impact(0, 0, 1))[0].shapes if isinstance(shape, Open)]
    assert any(title.startswith("Data Penduduk → ") for title in titles)
