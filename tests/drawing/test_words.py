"""The words of sheets, in both languages."""

from __future__ import annotations

import re

import pytest

from spbe_arch.drawing import words
from spbe_arch.drawing.words import Words


@pytest.mark.parametrize("key", words._WORDS)
def test_every_word_is_there_in_both_languages(key: str) -> None:
    assert len(words._WORDS[key]) in {2, 3}
    assert all(words._WORDS[key])


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (999, "999"), (1_000, "1.000"), (1_234_567, "1.234.567")])
def test_indonesian_numbers_have_points(value: int, shown: str) -> None:
    assert Words("id").number(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(1, "1 element"), (2, "2 elements"), (0, "0 elements")])
def test_english_has_a_plural(value: int, shown: str) -> None:
    assert Words("en").count(value, "element") == shown


def test_a_language_without_words_is_indonesian() -> None:
    assert Words("jv")["services"] == "Layanan"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_name(month: int) -> None:
    assert re.fullmatch(r"9 [A-Z][a-z]+ 2026", Words("id").date(f"2026-{month:02}-09"))
