"""The table of words: what it holds together."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from spbe_arch import metamodel

TABLE = json.loads(
    Path(metamodel.__file__).with_name("tables").joinpath("2020-2024", "likeness.json").read_text(encoding="utf-8")
)


def test_a_word_or_phrase_means_one_thing() -> None:
    forms = Counter(form for entry in TABLE["synonyms"] for form in {entry["word"], *entry["also"]})
    assert [form for form, count in forms.items() if count > 1] == []


def test_every_synonym_has_a_source_and_a_confidence() -> None:
    assert {source for entry in TABLE["synonyms"] for source in entry["sources"]} == set(TABLE["sources"])
    assert {entry["confidence"] for entry in TABLE["synonyms"]} <= {"high", "medium", "low"}


def test_words_are_written_in_small_letters_without_signs() -> None:
    forms = [form for entry in TABLE["synonyms"] for form in (entry["word"], *entry["also"])]
    words = " ".join([*forms, *TABLE["known"], *TABLE["fillers"].values(), *(one["words"] for one in TABLE["weak"])])
    assert [word for word in words.split() if not word.isalnum() or word != word.casefold()] == []


def test_weak_words_weigh_less_than_others() -> None:
    assert all(0 < one["weight"] < 1 for one in TABLE["weak"])
