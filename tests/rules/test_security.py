"""Family G: security."""

import pytest

from tests.rules import codes_of

AUDIT = "audits:\n  audit-infrastruktur: {{{fields}}}\n"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date: , result: adequate", ["SPBE702"]),
        ("date: 2026-10-31, result: ", ["SPBE702"]),
        ("date: 2026-10-31, result: not_performed", ["SPBE702"]),
        ("date: , result: not_performed", []),
        ("date: , result: ", []),
        ("date: 2027-03, result: not_performed", []),
        ("date: 2026-11, result: ", []),
    ],
    ids=[
        "a result without a date",
        "a date without a result",
        "a date of what was not performed",
        "not performed",
        "nothing known",
        "planned",
        "within this month",
    ],
)
def test_date_and_result_of_an_audit_agree(fields: str, expected: list[str]) -> None:
    assert codes_of(AUDIT.format(fields=fields)) == expected


@pytest.mark.parametrize(
    ("until", "more", "expected"),
    [
        ("2026-10-31", "", ["SPBE703"]),
        ("2026-11", "", []),
        ("2026-11-01", "", []),
        ("2025", ", status: retired, until: 2027", []),
        ("2025", ", allow: {lapsed-standard: Sertifikasi ulang berjalan.}", []),
    ],
    ids=["the day before", "this month", "today", "retired", "justified"],
)
def test_a_standard_that_has_ended_secures_nothing(until: str, more: str, expected: list[str]) -> None:
    assert codes_of(f"standards:\n  sni-27001: {{valid_until: {until}{more}}}\n") == expected


def test_a_retired_security_element_need_not_secure_anything() -> None:
    assert codes_of("awareness:\n  kampanye-warga: {secures: , status: retired, until: 2027}\n") == []


def test_a_link_at_the_other_end_is_enough() -> None:
    patch = "awareness:\n  kampanye-warga: {secures: }\ndata:\n  data-statistik: {secured_by: [kampanye-warga]}\n"
    assert codes_of(patch) == []


def test_what_defaults_say_is_not_missed_in_the_list() -> None:
    patch = "vulnerability_assessments:\n  uji-penetrasi: {secures: [e-pajak]}\n"
    assert codes_of(patch) == []


def test_an_element_that_the_list_leaves_out_is_a_note() -> None:
    patch = "vulnerability_assessments:\n  uji-penetrasi: {secures: [e-tagih]}\n"
    assert codes_of(patch) == ["SPBE704"]


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ("incidents:\n  gangguan-pajak: {date: 2024}\n  gangguan-laman: {date: 2024-05}\n", ["SPBE705"]),
        ("incidents:\n  gangguan-pajak: {date: 2024}\n  gangguan-laman: {date: }\n", []),
    ],
    ids=["before the period", "without a date"],
)
def test_the_four_programmes_lie_in_the_period(patch: str, expected: list[str]) -> None:
    assert codes_of(patch) == expected


def test_a_gap_that_concerns_the_audit_is_a_follow_up() -> None:
    patch = "audits:\n  audit-keamanan: {follow_up: }\ngaps:\n  kesenjangan-pajak:\n    concerns: [audit-keamanan]\n"
    assert "SPBE707" not in codes_of(patch)
