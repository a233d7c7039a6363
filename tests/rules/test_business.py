"""Families B and A11: business processes."""

import pytest

from tests.rules import codes_of, messages_of

PART = """
processes:
  pembinaan:
    name: Pembinaan Wajib Pajak
    reference: RAB.09.02
    owner: bidang-pajak
    {field}
"""


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("objectives: sasaran-penerimaan", ["SPBE201"]),
        ("{objectives: sasaran-penerimaan, status: retired, until: 2027}", []),
        ("parent: pemungutan-pajak", []),
    ],
    ids=["alone", "retired", "a part of a process with services"],
)
def test_a_process_yields_something_itself_or_through_the_whole(field: str, expected: list[str]) -> None:
    lines = field.strip("{}").replace(", ", "\n    ")
    assert codes_of(PART.format(field=lines)) == expected


def test_a_process_with_parts_is_judged_by_its_parts() -> None:
    whole = (
        "  induk:\n    name: Induk\n    reference: RAB.09.02\n    owner: bapenda\n    objectives: sasaran-penerimaan\n"
    )
    patch = f"processes:\n{whole}  pemungutan-pajak:\n    parent: induk\n"
    assert codes_of(patch) == []


def test_objectives_at_a_part_count_for_the_whole() -> None:
    patch = "processes:\n  pengelolaan-pendapatan:\n    objectives:\n    indicators:\n"
    assert codes_of(patch) == []


def test_a_part_is_not_asked_for_objectives() -> None:
    patch = "processes:\n  pemungutan-pajak:\n    objectives:\n    indicators:\n"
    assert codes_of(patch) == []


def spread(*owners: str, extra: str = "") -> str:
    parts = [
        f"  arsip-{number}:\n    name: Pengelolaan  arsip\n    reference: RAB.09.06\n    owner: {owner}\n"
        f"    objectives: sasaran-pelayanan\n{extra}"
        for number, owner in enumerate(owners)
    ]
    names = ", ".join(f"arsip-{number}" for number in range(len(owners)))
    data = (
        "data:\n  arsip:\n    name: Arsip Dinamis\n    reference: RAD.09.06\n    producer: bapenda\n"
        f"    confidentiality: open\n    interoperable: true\n    processes: [{names}]\n"
    )
    reads = "applications:\n  laman-kabupaten:\n    reads: [data-statistik, arsip]\n"
    return "processes:\n" + "".join(parts) + data + reads


def test_one_name_in_three_units_is_one_finding() -> None:
    assert codes_of(spread("bapenda", "diskominfo", "sekretariat-daerah", "bidang-aplikasi")) == ["SPBE204"]


def test_one_name_in_two_units_is_none() -> None:
    assert codes_of(spread("bapenda", "diskominfo")) == []


def test_a_justification_at_the_first_silences_the_finding() -> None:
    allow = "    allow: {uncoordinated-process: Diatur masing-masing.}\n"
    assert codes_of(spread("bapenda", "diskominfo", "sekretariat-daerah", extra=allow)) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("reference: RAB.02.06", ["SPBE155"]),
        ("reference: RAB.02", ["SPBE155"]),
        ("reference: RAB.02.06\n    kind: support", []),
        ("reference: RAB.09.06", []),
    ],
    ids=["another affair", "another sector", "support", "work of every office"],
)
def test_a_code_lies_within_the_affairs_of_the_unit(fields: str, expected: list[str]) -> None:
    assert codes_of(f"processes:\n  pemungutan-pajak:\n    {fields}\n") == expected


def test_affairs_of_the_office_count_for_its_parts() -> None:
    patch = "units:\n  bapenda:\n    affairs: [RAB.02.06]\nprocesses:\n  pemungutan-pajak:\n    reference: RAB.02.06\n"
    assert codes_of(patch) == []


def test_the_affairs_are_named() -> None:
    patch = "processes:\n  pemungutan-pajak:\n    reference: RAB.02.06\n"
    (message,) = messages_of(patch)
    assert message == (
        "process 'pemungutan-pajak' has the code RAB.02.06, which is none of the affairs of unit 'bidang-pajak': "
        "RAB.09.02, RAB.09.05"
    )
