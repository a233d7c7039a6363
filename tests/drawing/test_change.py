"""Pictures of a change between two years."""

from __future__ import annotations

from spbe_arch.drawing import draw
from tests.drawing import checks, samples


def words(count: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.change(count))[0])]


def test_the_foot_counts_what_changes() -> None:
    assert any("ditambah" in word and "dihapus" in word and "diubah" in word for word in words(24))


def test_the_legend_explains_the_lines() -> None:
    assert {"tautan baru", "tautan dihapus", "tautan tetap", "digantikan oleh"} <= set(words(24))


def test_neighbours_are_folded_before_what_changes() -> None:
    view = samples.change(60)
    first = draw(view)[0]
    kinds = {node.id: node.kind for node in view.nodes}
    drawn = [kinds[id] != "kept" for id in first.drawn]
    folded = [kinds[id] != "kept" for id in first.folded]
    assert sum(drawn) / len(drawn) > sum(folded) / len(folded)


def test_without_any_change_the_sheet_says_so() -> None:
    assert "belum ada elemen" in words(0)
