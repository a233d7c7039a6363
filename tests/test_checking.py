"""The engine: justifications that silence a rule, and the day that rules about time go by."""

from __future__ import annotations

import datetime

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts
from spbe_arch.rules import all_rules
from tests.patching import example_texts

OPEN = "services:\n  pajak-restoran:\n    complaint_channel:\n"


def codes(patch: str, day: str = "2026-11-01") -> list[str]:
    found = check(load_texts(example_texts(patch).items()), as_of=datetime.date.fromisoformat(day))
    return [finding.code for finding in found]


@pytest.mark.parametrize("name", ["SPBE308", "spbe308", "public-service-without-complaint-channel"])
def test_a_justification_by_code_or_name_silences_the_rule(name: str) -> None:
    assert codes(f"{OPEN}    allow: {{{name}: Melalui loket.}}\n") == []


def test_it_silences_the_rule_at_that_element_only() -> None:
    patch = (
        f"{OPEN}    allow: {{SPBE308: Melalui loket.}}\n  pajak-hotel: {{reference: RAL.01.16, complaint_channel: }}\n"
    )
    assert codes(patch) == ["SPBE308"]


def test_after_its_last_day_the_finding_is_back() -> None:
    patch = f"{OPEN}    allow: {{SPBE308: {{reason: Kanal dibangun, until: 2026-12}}}}\n"
    assert codes(patch, "2026-12-31") == []
    assert codes(patch, "2027-01-01") == ["SPBE308"]


@pytest.mark.parametrize("allowance", ["{SPBE308: }", "{SPBE308: {until: 2029}}", '{SPBE308: ""}'])
def test_one_without_a_reason_is_reported_and_leaves_the_rule_undecided(allowance: str) -> None:
    assert codes(f"{OPEN}    allow: {allowance}\n") == ["SPBE134"]


def test_one_that_cannot_be_read_leaves_the_rule_undecided() -> None:
    found = check(load_texts(example_texts(f"{OPEN}    allow: [SPBE308]\n").items()))
    assert [finding.code for finding in found] == ["SPBE105"]
    assert found.summary.undecided == 1


def test_a_rule_that_admits_none_speaks_and_the_justification_is_reported() -> None:
    patch = "services:\n  pajak-hotel:\n    owner:\n    allow: {service-without-owner: Belum ada.}\n"
    assert sorted(codes(patch)) == ["SPBE134", "SPBE304"]


def test_a_near_miss_of_a_rule_is_named() -> None:
    patch = "services:\n  pajak-hotel:\n    allow: {affair-unlik-code: Pinjaman.}\n"
    (finding,) = check(load_texts(example_texts(patch).items()))
    assert finding.fault.suggestion is not None
    assert finding.fault.suggestion.text == "affair-unlike-code"


def test_a_justification_of_a_whole_file_is_reported_once() -> None:
    text = "defaults:\n  allow: {SPBE999: Kebijakan.}\nthemes:\n  a: {name: A}\n  b: {name: B}\n"
    assert codes(f"# file: tema-lain.yaml\n{text}") == ["SPBE134"]


def test_rules_that_make_the_graph_meaningless_admit_no_reason() -> None:
    assert [code for code, one in all_rules().items() if one.rule.admits_reason and one.rule.level == "error"] == []
