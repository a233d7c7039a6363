"""SARIF, as code scanning takes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from spbe_arch.formats import sarif
from tests.formats.shared import ODD, TOLD, UNKNOWN_TARGET, written

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "sarif" / "sarif-schema-2.1.0.json"


def run_of(*told: Any, language: str = "en") -> Any:
    return json.loads(written("sarif", told or TOLD, language))["runs"][0]


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the schema of OASIS is not in this checkout")
@pytest.mark.parametrize("told", [TOLD, ()], ids=["findings", "none"])
def test_it_follows_the_schema(told: Any) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(json.loads(written("sarif", told)))


def test_each_result_names_a_rule_that_is_described() -> None:
    run = run_of()
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [one.code for one in TOLD]


def test_a_rule_is_described_in_the_language_of_the_run() -> None:
    [rule] = run_of(UNKNOWN_TARGET, language="id")["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].startswith("Sebuah tautan")


def test_a_path_is_a_relative_uri() -> None:
    location = run_of(ODD)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "model%2C%20ke%3A2/50%25%20%C3%A9.yaml", "uriBaseId": "SRCROOT"}


def test_columns_count_code_points() -> None:
    assert run_of()["columnKind"] == "unicodeCodePoints"


def test_the_fingerprint_stands_for_what_was_found_and_not_for_its_line() -> None:
    assert run_of(UNKNOWN_TARGET)["results"][0]["partialFingerprints"] == {"spbe/v1": UNKNOWN_TARGET.fingerprint}


def test_what_github_would_refuse_is_counted_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    monkeypatch.setattr(sarif, "SHOWN", 3)
    run = run_of()
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert (len(run["results"]), notification["message"]["text"][:20]) == (3, "1 result is left out")


def test_what_github_would_refuse_is_the_lightest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    monkeypatch.setattr(sarif, "SHOWN", 2)
    levels = [result["level"] for result in run_of(*reversed(TOLD))["results"]]
    assert levels == ["error", "warning"]


def test_what_github_takes_and_does_not_show_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "SHOWN", 3)
    run = run_of()
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert (len(run["results"]), notification["message"]["text"][:25]) == (4, "of 4 results GitHub shows")


def test_a_rule_has_no_more_tags_than_github_takes() -> None:
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in run_of()["tool"]["driver"]["rules"])
