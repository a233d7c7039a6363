"""Family C: services; and A5, names written after codes."""

import pytest

from tests.rules import codes_of, messages_of


def test_an_application_that_is_planned_or_out_of_use_does_not_speak_against_the_counter() -> None:
    patch = """
services:
  loket:
    name: Konsultasi Pajak
    reference: RAL.01.16
    owner: bapenda
    method: face_to_face
    targets: business
    processes: penagihan-pajak
    complaint_channel: sp4n-lapor
applications:
  portal-data:
    supports: [informasi-publik, loket]
  laman-kabupaten:
    supports: [informasi-publik, pengaduan-masyarakat, loket]
    active: false
"""
    assert "SPBE303" not in codes_of(patch)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("reference: RAL.01.25\n    affair: RAB.04.01", []),
        ("reference: RAL.01.25\n    affair: RAB.04", []),
        ("reference: RAL.01.25\n    affair: RAB.06.01", ["SPBE307"]),
        ("reference: RAL.01.16\n    affair: RAB.06.01", []),
        ("reference: RAL.01\n    affair: RAB.06.01", []),
        ("reference: RAL.01.25\n    affair:", []),
    ],
    ids=["the affair of the code", "its sector", "another", "a code of many affairs", "level 1 only", "no affair"],
)
def test_code_and_affair_are_compared_where_the_table_knows_the_affair(fields: str, expected: list[str]) -> None:
    assert codes_of(f"services:\n  informasi-publik:\n    {fields}\n") == expected


def test_a_justified_affair_is_silent_until_its_day() -> None:
    patch = (
        "services:\n  informasi-publik:\n    affair: RAB.06.01\n    allow: {SPBE307: {reason: Pinjaman, until: %s}}\n"
    )
    assert codes_of(patch % "2026-11") == []
    assert codes_of(patch % "2026-10-31") == ["SPBE307"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("complaint_channel:\n    targets: [employee]", []),
        ("complaint_channel:\n    reference: RAL.02.02", []),
        ("complaint_channel:\n    status: retired\n    until: 2027", []),
        ("complaint_channel:", ["SPBE308"]),
    ],
    ids=["for employees", "administration", "retired", "for the public"],
)
def test_a_public_service_has_a_channel(fields: str, expected: list[str]) -> None:
    assert codes_of(f"services:\n  pajak-restoran:\n    affair:\n    {fields}\n") == expected


def test_the_complaint_service_is_its_own_channel() -> None:
    assert codes_of("services:\n  pengaduan-masyarakat:\n    complaint_channel:\n") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("RAL.01.16 Perizinan dan Akreditasi", []),
        ("RAL.01.16 perizinan", []),
        ("RAL.01.16 Layanan Perizinan", []),
        ("RAL.01.16 Perijinan & Akreditasi", []),
        ("01.17 PU", []),
        ("RAL.01.16 Kesehatan", ["SPBE129"]),
        ("RAL.01.01 Pertanahan", ["SPBE129"]),
        ("RAL.01.25.04 Apa saja", []),
    ],
)
def test_a_name_after_a_code_is_that_of_the_table(written: str, expected: list[str]) -> None:
    assert codes_of(f"services:\n  pajak-restoran:\n    affair:\n    reference: {written}\n") == expected


def test_the_code_that_bears_the_name_is_proposed() -> None:
    patch = "services:\n  pajak-restoran:\n    reference: RAL.01.16 Kesehatan\n"
    assert messages_of(patch) == ["RAL.01.16 is 'Perizinan dan Akreditasi', and 'Kesehatan' is written after it"]


def test_a_code_in_doubt_is_not_compared_with_the_affair() -> None:
    assert codes_of("services:\n  informasi-publik:\n    reference: RAL.01.25 Informasi\n") == ["SPBE129"]
