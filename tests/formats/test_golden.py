"""Each format, whole: read the difference in review, and `python -m tests.refresh` writes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spbe_arch.formats import WITH_RELATED
from tests.formats import shared
from tests.refresh import COMMAND


@pytest.mark.parametrize("name", shared.VARIANTS)
def test_a_format_writes_what_its_golden_file_holds(name: str) -> None:
    text = (shared.GOLDEN / f"{name}.txt").read_bytes().decode()
    assert shared.written(name) == text, f"if this is meant, run `{COMMAND}`"


@pytest.mark.parametrize("name", shared.VARIANTS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_format_can_say_that_there_is_nothing_to_say(name: str, language: str) -> None:
    assert isinstance(shared.written(name, (), language), str)


@pytest.mark.parametrize("name", ["full", "concise", "github", "todo", "csv"])
def test_one_finding_more_is_some_text_more_and_nothing_else_changes(name: str) -> None:
    start = shared.written(name, shared.TOLD[:1]).splitlines()[-1]
    assert start in shared.written(name, shared.TOLD[:2])


@pytest.mark.parametrize("name", sorted(set(shared.VARIANTS) - WITH_RELATED))
def test_a_format_that_shows_no_related_places_needs_none(name: str) -> None:
    bare = tuple(replace(one, related=()) for one in shared.TOLD)
    assert shared.written(name, bare) == shared.written(name, shared.TOLD)
