"""Readiness for the evaluation: levels, what is missing, grades, forms of output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from spbe_arch import load, load_texts
from spbe_arch.drawing import draw
from spbe_arch.errors import SchemeError
from spbe_arch.querying.language import parse
from spbe_arch.scorecard import FORMATS, score_as, score_view
from spbe_arch.scoring import SCHEMES, Scored, grade_of, scheme, score
from tests.command import run, write
from tests.drawing import checks
from tests.patching import clean_texts
from tests.pictures import MODEL

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n")
CLEAN = load_texts(list(clean_texts().items()))
QUERIES = [
    text
    for name in SCHEMES
    for indicator in scheme(name).indicators
    for criterion in indicator.criteria
    for text in (*criterion.every, criterion.share, criterion.of)
    if text
]


def scored(model: str, number: int) -> Scored:
    found = score(load_texts([MANIFEST, ("model.yaml", model)]))
    return next(one for one in found.scored if one.indicator.number == number)


@pytest.mark.parametrize("text", sorted(set(QUERIES)))
def test_every_query_of_the_schemes_is_one(text: str) -> None:
    parse(text)


@pytest.mark.parametrize("name", SCHEMES)
def test_an_empty_model_shows_nothing(name: str) -> None:
    assert {one.level for one in score(load_texts([MANIFEST]), name).scored} == {0}


@pytest.mark.parametrize("name", SCHEMES)
def test_no_indicator_is_shown_beyond_what_a_model_can_show(name: str) -> None:
    assert [one.indicator.number for one in score(CLEAN, name).scored if one.level > one.indicator.most] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_numbers_are_unique_and_within_the_scheme(name: str) -> None:
    numbers = [indicator.number for indicator in scheme(name).indicators]
    assert numbers == sorted(set(numbers))
    assert 1 <= min(numbers) <= max(numbers) <= scheme(name).of


def test_a_level_holds_only_if_those_below_it_do() -> None:
    audits = "audits: {a: {name: A, kind: security, result: adequate, date: 2025-01-01, follow_up: sudah}}"
    assert scored(audits, 31).level == 3
    assert scored(audits.replace("adequate", "not_performed"), 31).level == 1


def test_what_is_missing_for_the_next_level_is_named() -> None:
    (missing,) = scored("data: {a: {name: A, producer: x, steward: x}, b: {name: B}}\nunits: {x: {name: X}}", 23).next
    assert (missing.criterion.level, missing.found, missing.wanted, missing.missing) == (2, 1, 2, ("b",))


def test_of_several_things_those_that_are_absent_are_named() -> None:
    (missing,) = scored("initiatives: {a: {name: A, content: services, output: x}}", 12).next
    assert missing.missing[0] == "initiatives where content = governance"


@pytest.mark.parametrize(
    ("index", "grade"),
    [(5.0, "excellent"), (4.2, "excellent"), (4.19, "very_good"), (3.5, "very_good"), (3.49, "good"), (2.6, "good"),
     (2.59, "fair"), (1.8, "fair"), (1.79, "poor"), (0.0, "poor")],
)  # fmt: skip
def test_the_grade_follows_from_the_bounds(index: float, grade: str) -> None:
    assert grade_of(index) == grade


def test_the_grades_of_the_23_governments_of_west_java_are_reproduced() -> None:
    evaluations = load(MODEL).evaluations.values()
    given = {one.id: one.grade for one in evaluations}
    assert {one.id: grade_of(one.index or 0.0) for one in evaluations} == given
    assert len(given) == 23


def test_bounds_that_are_not_known_give_no_grade() -> None:
    assert grade_of(4.0, "20") == ""


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_form_says_that_it_is_no_evaluation(output_format: str, language: str) -> None:
    text = score_as(output_format, score(CLEAN), language)
    assert {"text": "evalua", "markdown": "evalua", "json": '"is_preparation": true'}[output_format] in text


@pytest.mark.parametrize("scheme", ["47", "20"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_text_fits_a_terminal(scheme: str, language: str) -> None:
    text = score_as("text", score(CLEAN, scheme), language)
    assert [line for line in text.splitlines() if len(line) > 80] == []


def test_the_json_has_every_criterion_with_its_confidence() -> None:
    found = json.loads(score_as("json", score(CLEAN), "en"))
    assert {one["confidence"] for indicator in found["indicators"] for one in indicator["criteria"]} <= {
        "high", "medium", "low",
    }  # fmt: skip
    assert len(found["coverage"]) == 6


def test_the_markdown_has_a_row_for_each_indicator() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(score_as("markdown", score(CLEAN), "id"))
    assert sum(token.type == "tr_open" for token in tokens) == 1 + len(scheme("47").indicators)


@pytest.mark.parametrize("name", SCHEMES)
def test_the_picture_has_no_faults(name: str) -> None:
    (sheet,) = draw(score_view(CLEAN, score(CLEAN, name)))
    assert list(checks.faults(sheet)) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"scheme": 1}', '{"indicators": []}', "[" * 100_000])
def test_a_file_that_is_no_scheme_is_an_error(content: str, tmp_path: Path) -> None:
    (tmp_path / "skema.json").write_text(content)
    with pytest.raises(SchemeError):
        scheme(str(tmp_path / "skema.json"))


def test_an_agency_may_bring_its_own_scheme(tmp_path: Path) -> None:
    own = {
        "scheme": "sendiri", "id": "Skema", "en": "Scheme", "basis": "", "confidence": "", "of": 1, "grades": [],
        "indicators": [{"number": 1, "id": "Ada", "en": "There", "most": 1, "criteria": [
            {"level": 1, "id": "ada", "en": "there", "every": ["services"], "confidence": "high"}]}],
    }  # fmt: skip
    write(tmp_path, {**clean_texts(), "skema.json": json.dumps(own)}, None)
    assert "  1  ■····  There" in run(tmp_path, "score", "--scheme", "skema.json").stdout


def test_a_mistake_in_a_scheme_is_told_where_it_stands(tmp_path: Path) -> None:
    text = json.dumps({"scheme": "x", "id": "", "en": "", "basis": "", "confidence": "", "of": 1, "grades": [],
        "indicators": [{"number": 1, "id": "", "en": "", "most": 1, "criteria": [
            {"level": 1, "id": "", "en": "", "every": ["servces"], "confidence": "low"}]}]})  # fmt: skip
    write(tmp_path, {**clean_texts(), "skema.json": text}, None)
    result = run(tmp_path, "score", "--scheme", "skema.json")
    assert (result.returncode, "did you mean 'services'?" in result.stderr) == (2, True)
