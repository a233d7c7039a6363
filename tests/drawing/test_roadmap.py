"""Pictures of a roadmap: bars, what is late, contents without anything."""

from __future__ import annotations

from spbe_arch.drawing import draw
from tests.drawing import checks, samples


def words(initiatives: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.roadmap(initiatives))[0])]


def test_a_content_without_initiatives_is_shown() -> None:
    assert words(0).count("belum ada inisiatif") == 7


def test_the_foot_counts_by_progress() -> None:
    assert "5 selesai · 4 berjalan · 4 belum mulai · 4 kemajuan tidak disebut" in words(17)


def test_an_initiative_without_years_says_so() -> None:
    assert "tanpa tahun" in words(17)


def test_what_is_late_is_marked() -> None:
    assert "terlambat dari rencana" in words(17)


def test_the_date_of_the_model_is_a_line() -> None:
    assert "status per 1 November 2026" in words(17)


def test_rows_beyond_the_page_stand_on_further_sheets() -> None:
    drawn = [id for sheet in draw(samples.roadmap(200)) for id in sheet.drawn]
    assert len(drawn) == len(set(drawn)) == 200
