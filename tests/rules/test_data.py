"""Family D: data."""

import pytest

from tests.rules import codes_of

DATA = """
data:
  titik-parkir:
    name: Titik Parkir
    reference: RAD.09.02
    producer: bapenda
    confidentiality: limited
    processes: pemungutan-pajak
    {fields}
"""
READ = """
applications:
  e-tagih:
    reads: [data-penerimaan, data-tunggakan, titik-parkir]
"""


def parking(fields: str, more: str = "") -> str:
    return DATA.format(fields=fields) + more


# Stewards


def test_several_units_that_keep_their_own_data_are_one_note_each() -> None:
    patch = """
data:
  data-penerimaan: {steward: bapenda}
  data-tunggakan: {steward: bidang-penagihan}
"""
    assert codes_of(patch) == ["SPBE403", "SPBE403"]


@pytest.mark.parametrize(
    "patch",
    [
        "data:\n  data-restoran: {steward: bapenda}\n  data-statistik: {steward: bapenda}\n",
        "data:\n  data-pengaduan: {producer: diskominfo}\n",
        "data:\n  data-penerimaan: {steward: bapenda}\nunits:\n  bapenda: {roles: [data_steward]}\n",
        "data:\n  data-penerimaan: {steward: bapenda, allow: {self-stewarded-data: Rahasia pajak.}}\n",
    ],
    ids=["steward of others' data", "the walidata's own data", "a walidata by role", "justified"],
)
def test_a_steward_of_other_data_or_by_role_is_none(patch: str) -> None:
    assert codes_of(patch) == []


# Where data come from and go to


def test_data_of_another_agency_are_not_asked_for_a_process() -> None:
    assert codes_of("data:\n  data-statistik: {producer: kemdagri, processes: }\n") == []


@pytest.mark.parametrize(
    "more",
    [
        READ,
        "storages:\n  simpanan-utama:\n    stores: [data-restoran, data-hotel, titik-parkir]\n",
        "exchanges:\n  tukar-objek:\n    data: [data-restoran, data-hotel, titik-parkir]\n",
    ],
    ids=["read", "stored", "exchanged"],
)
def test_data_that_are_read_stored_or_exchanged_are_used(more: str) -> None:
    assert codes_of(parking("secured_by: kampanye-warga", more + KAMPANYE)) == []


KAMPANYE = """
awareness:
  kampanye-warga:
    secures:
"""


@pytest.mark.parametrize(("interoperable", "expected"), [("true", ["SPBE411"]), ("false", ["SPBE405"])])
def test_data_that_nothing_takes_are_one_finding(interoperable: str, expected: list[str]) -> None:
    fields = f"secured_by: kampanye-warga\n    interoperable: {interoperable}"
    assert codes_of(parking(fields, KAMPANYE)) == expected


# Protection


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("personal: true", ["SPBE407"]),
        ("note: terbatas", ["SPBE407"]),
        ("status: retired\n    until: 2027", []),
    ],
    ids=["personal", "limited", "retired"],
)
def test_data_that_only_an_unprotected_storage_holds(fields: str, expected: list[str]) -> None:
    more = "storages:\n  simpanan-utama:\n    stores: [data-restoran, data-hotel, titik-parkir]\n"
    assert codes_of(parking(fields, more)) == expected


def test_a_secured_application_protects_its_data() -> None:
    assert codes_of(parking("personal: true", READ)) == []


def test_closed_data_that_are_only_written_by_a_public_application_are_none() -> None:
    patch = """
data:
  data-pengaduan: {confidentiality: closed}
services:
  pengaduan-masyarakat: {targets: [public]}
applications:
  sp4n-lapor: {reads: [data-statistik]}
"""
    assert codes_of(patch) == []


def test_officers_among_the_users_make_it_right() -> None:
    patch = (
        "data:\n  data-pengaduan: {confidentiality: closed}\nservices:\n  pengaduan-masyarakat: {targets: [public]}\n"
    )
    assert codes_of(patch) == ["SPBE408"]
    officers = "services:\n  pengaduan-masyarakat: {targets: [public, employee]}\n"
    assert codes_of("data:\n  data-pengaduan: {confidentiality: closed}\n" + officers) == []


# Sharing


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("interoperable: false", ["SPBE409"]),
        ("note: belum dibagi", ["SPBE409"]),
        ("urls: https://data.contoh.go.id/parkir", []),
        ("allow: {open-data-not-offered: Sedang disiapkan.}", []),
    ],
    ids=["not interoperable", "nothing said", "at an address", "justified"],
)
def test_open_data_are_offered(fields: str, expected: list[str]) -> None:
    assert codes_of(parking(fields, READ).replace("limited", "open")) == expected


def test_open_data_that_a_public_service_publishes_are_offered() -> None:
    more = READ + "services:\n  informasi-publik:\n    data: [data-statistik, data-pengaduan, titik-parkir]\n"
    assert codes_of(parking("interoperable: false", more).replace("limited", "open")) == []


# Duplicates, standards, audits


TWIN = """
data:
  twin:
    name: {name}
    reference: {code}
    owner: {owner}
    producer: {producer}
    confidentiality: limited
    processes: penagihan-pajak
applications:
  e-tagih:
    reads: [data-penerimaan, data-tunggakan, twin]
"""


@pytest.mark.parametrize(
    ("name", "code", "owner", "producer", "expected"),
    [
        ("Objek Pajak Hotel", "RAD.02.11", "bidang-penagihan", "bidang-penagihan", ["SPBE410"]),
        ("Hotel, objek pajak (daftar)", "RAD.02.11", "bidang-penagihan", "bidang-penagihan", ["SPBE410"]),
        ("Objek Pajak Hotel", "RAD.09.02", "bidang-penagihan", "bidang-penagihan", []),
        ("Objek Pajak Hotel", "RAD.02.11", "bidang-penagihan", "bidang-pajak", []),
        ("Objek Pajak Hiburan", "RAD.02.11", "bidang-penagihan", "bidang-penagihan", []),
        ("Data Objek Pajak Hotel", "RAD.02.11", "bidang-pajak", "bidang-penagihan", ["SPBE151"]),
    ],
    ids=["fillers", "order of words", "another code", "one producer", "another thing", "one unit, which A7 reports"],
)
def test_one_thing_from_two_producers(name: str, code: str, owner: str, producer: str, expected: list[str]) -> None:
    assert codes_of(TWIN.format(name=f'"{name}"', code=code, owner=owner, producer=producer)) == expected


@pytest.mark.parametrize("missing", ["standard", "metadata"])
def test_maps_have_a_standard_and_metadata(missing: str) -> None:
    assert codes_of(f"data:\n  data-restoran: {{kind: geospatial, {missing}: }}\n") == ["SPBE412"]


def test_both_missing_are_one_note() -> None:
    assert codes_of("data:\n  data-restoran: {kind: geospatial, standard: , metadata: }\n") == ["SPBE412"]


def test_an_audit_that_data_name_is_reported_at_the_data() -> None:
    patch = "data:\n  data-restoran:\n    secured_by: [standar-teknis, sni-27001, audit-aplikasi]\n"
    assert codes_of(patch) == ["SPBE413"]


def test_what_an_audit_names_in_an_agency_that_is_not_loaded_may_be_no_data() -> None:
    assert codes_of("audits:\n  audit-infrastruktur:\n    secures: [pusat-data, prov-contoh/sesuatu]\n") == []
