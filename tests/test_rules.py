"""Rules beyond the examples of their pages: what they must stay silent about, and what a page cannot show."""

from __future__ import annotations

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts
from tests.patching import clean_results, clean_texts, example_texts

MANIFEST = """\
version: 1
agency: kab-contoh
name: Kabupaten Contoh
period: 2025-2029
check:
  as_of: 2026-11-01
"""


def codes_of(patch: str) -> list[str]:
    """The codes found in the clean model with a patch on it."""
    texts = example_texts(patch)
    untouched = {path: result for path, result in clean_results().items() if texts[path] == clean_texts()[path]}
    return [finding.code for finding in check(load_texts(texts.items(), results=untouched))]


def found_in(text: str, code: str, manifest: str = MANIFEST) -> list[str | None]:
    """The elements of a small model that a rule names."""
    findings = check(load_texts([("spbe.yaml", manifest), ("model.yaml", text)]), select=[code])
    return [finding.place.element for finding in findings if finding.code == code]


# --- H1 ------------------------------------------------------------------------------------------------------

ONE_DOMAIN = "units: {dinas: {name: Dinas}}\nprocesses: {proses: {name: Proses, owner: dinas}}\n"


def test_domains_without_elements_are_one_finding() -> None:
    [finding] = (
        one for one in check(load_texts([("spbe.yaml", MANIFEST), ("model.yaml", ONE_DOMAIN)])) if one.code == "SPBE801"
    )
    assert finding.fault.values["domains"].english == (
        "Services",
        "Data and Information",
        "Applications",
        "Infrastructure",
        "Security",
    )


def test_an_architecture_without_a_period_is_not_asked_for_its_domains() -> None:
    assert found_in(ONE_DOMAIN, "SPBE801", MANIFEST.replace("period: 2025-2029\n", "")) == []


# --- E: applications -----------------------------------------------------------------------------------------

UNITS = """\
units:
  dinas: {name: Dinas, kind: office}
  bidang: {name: Bidang, kind: division, parent: dinas}
  badan: {name: Badan, kind: body}
agencies:
  kementerian: {name: Kementerian, kind: ministry}
  perusahaan: {name: PT Perangkat Lunak, kind: company}
"""


def application(**fields: str) -> str:
    """A model with one application of these fields, written as in YAML."""
    written = "".join(f", {name}: {value}" for name, value in fields.items())
    return f"{UNITS}applications:\n  sim: {{name: SIM{written}}}\n"


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ({"status": "as_is"}, True),
        ({"status": "new", "since": "2026"}, True),
        ({"status": "new", "since": "2027"}, False),
        ({"status": "new"}, False),
        ({"status": "retired", "until": "2028"}, False),
        ({"until": "2025"}, False),
        ({"operator": "kementerian"}, False),
        ({"operator": "perusahaan"}, True),
        ({"operator": "kab-contoh"}, True),
        ({"bases": "desktop"}, False),
        ({"bases": "[desktop, web]"}, True),
    ],
)
def test_only_an_application_that_is_in_use_here_needs_a_server(fields: dict[str, str], speaks: bool) -> None:
    assert found_in(application(**fields), "SPBE509") == (["sim"] if speaks else [])


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ({}, True),
        ({"owner": "dinas"}, False),
        ({"operator": "kementerian"}, False),
        ({"owner": "dinas", "developer": "perusahaan"}, True),
        ({"owner": "dinas", "developer": "perusahaan", "operator": "bidang"}, False),
        ({"owner": "dinas", "developer": "kementerian"}, False),
    ],
)
def test_a_builder_that_leaves_is_no_operating_unit(fields: dict[str, str], speaks: bool) -> None:
    assert found_in(application(**fields), "SPBE510") == (["sim"] if speaks else [])


@pytest.mark.parametrize(
    ("name", "functions", "speaks"),
    [
        ("E-Office Kabupaten", "", True),
        ("Aplikasi Persuratan Digital", "", True),
        ("SIMPEG", "", True),
        ("Pengaduan Warga Online", "", True),
        ("Buku Tamu", "surat masuk", True),
        ("Buku Tamu", "pencatatan tamu; laporan; surat masuk", False),
        ("SRIKANDI", "naskah dinas", False),
        ("SP4N-LAPOR! Kabupaten", "pengaduan", False),
        ("Pengaduan Kekerasan terhadap Perempuan", "", False),
        ("Whistleblowing System", "pengaduan", False),
        ("SIM Parkir", "rekapitulasi aduan parkir", False),
        ("Arsip Statis Daerah", "", False),
        ("Presensi Pegawai", "presensi", False),
        ("Keuangan Daerah", "penganggaran", False),
        ("SIPD", "perencanaan; penganggaran", False),
    ],
)
def test_what_seems_to_do_the_work_of_a_general_application(name: str, functions: str, speaks: bool) -> None:
    listed = ", ".join(f'"{one.strip()}"' for one in functions.split(";") if one)
    model = f'applications:\n  sim: {{name: "{name}", reference: RAA.02.02, functions: [{listed}]}}\n'
    assert found_in(model, "SPBE503") == (["sim"] if speaks else [])


@pytest.mark.parametrize(
    ("name", "speaks"),
    [("SRIKANDI", False), ("SIPD Kemendagri", False), ("LAPOR!", False), ("Lapor Bupati", True), ("SIAK", True)],
)
def test_general_is_only_what_was_designated(name: str, speaks: bool) -> None:
    model = f'applications:\n  sim: {{name: "{name}", reference: RAA.01.01}}\n'
    assert found_in(model, "SPBE504") == (["sim"] if speaks else [])


ENDS = """\
applications:
  satu: {name: Satu, owner: bidang}
  dua: {name: Dua, owner: OTHER}
exchanges:
  tukar: {name: Tukar, provider: satu, consumer: dua VIA}
integration_platforms:
  spl: {name: SPL CONNECTS}
"""


@pytest.mark.parametrize(
    ("other", "via", "connects", "speaks"),
    [
        ("badan", "", "", True),
        ("dinas", "", "", False),
        ("", "", "", False),
        ("badan", ", via: spl", "", False),
        ("badan", "", ", connects: [satu, dua]", False),
        ("badan", "", ", connects: [satu]", True),
        ("badan", ", status: retired", "", True),
    ],
)
def test_offices_share_data_over_the_hub(other: str, via: str, connects: str, speaks: bool) -> None:
    model = UNITS + ENDS.replace("OTHER", other).replace(" VIA", via).replace(" CONNECTS", connects)
    expected = ["tukar"] if speaks and "retired" not in via else []
    assert found_in(model, "SPBE507") == expected


@pytest.mark.parametrize(
    ("reference", "audits", "speaks"),
    [
        ("RAA.02.02", {"lama": "date: 2024-10, result: adequate"}, True),
        ("RAA.02.02", {"lama": "date: 2024-11, result: adequate"}, False),
        ("RAA.01.01", {"lama": "date: 2025-10, result: adequate"}, True),
        ("RAA.02.02", {"lama": "date: 2020, result: adequate", "baru": "date: 2026-01, result: adequate"}, False),
        ("RAA.02.02", {"lama": "date: 2020, result: adequate", "baru": "result: not_performed"}, True),
        ("RAA.02.02", {}, False),
    ],
)
def test_an_audit_grows_old(reference: str, audits: dict[str, str], speaks: bool) -> None:
    listed = "".join(f"  {id}: {{name: Audit {id}, {fields}, secures: sim}}\n" for id, fields in audits.items())
    model = f"applications:\n  sim: {{name: SIM, reference: {reference}}}\n" + (f"audits:\n{listed}" if audits else "")
    assert found_in(model, "SPBE513") == (["sim"] if speaks else [])


# --- F: infrastructure ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("ownership: own", []),
        ("ownership: own, legal_owner: PT Awan", ["SPBE601"]),
        ("ownership: own, legal_owner: Kabupaten Contoh", []),
        ("ownership: third_party_domestic", ["SPBE613"]),
        ("ownership: third_party_domestic, legal_owner: PT Awan", []),
        ("legal_owner: PT Awan", []),
    ],
)
def test_the_owner_is_named_where_it_is_another(fields: str, codes: list[str]) -> None:
    model = f"servers:\n  server: {{name: Server, {fields}}}\n"
    assert [code for code in ("SPBE601", "SPBE613") if found_in(model, code)] == codes


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ("", True),
        (", interconnected_with: pdn", False),
        (", interconnected_with: lain", True),
        (", status: retired, until: 2027", False),
        (", allow: {SPBE602: menunggu PDN beroperasi}", False),
    ],
)
def test_a_data_centre_of_ones_own_looks_for_the_national_one(fields: str, speaks: bool) -> None:
    model = f"""\
facilities:
  pusat: {{name: Pusat Data, reference: RAI.01.01, ownership: own{fields}}}
  pdn: {{name: PDN, reference: RAI.01.01, ownership: other_government}}
  lain: {{name: Titipan, reference: RAI.01.02, ownership: other_government}}
"""
    assert found_in(model, "SPBE602") == (["pusat"] if speaks else [])


@pytest.mark.parametrize(("shared", "speaks"), [("true", False), ("false", True), ("", False)])
def test_a_facility_is_one_offices_own_only_if_it_says_so(shared: str, speaks: bool) -> None:
    model = (
        f"facilities: {{ruang: {{name: Ruang, shared: {shared}}}}}\nservers: {{server: {{name: S, facility: ruang}}}}\n"
    )
    assert found_in(model, "SPBE603") == (["server"] if speaks else [])


def test_protected_data_are_found_through_what_holds_them() -> None:
    model = """\
data:
  rahasia: {name: Rahasia, confidentiality: closed}
  terbuka: {name: Terbuka, confidentiality: open}
applications:
  sim: {name: SIM, reads: rahasia, runs_on: server}
  laman: {name: Laman, reads: terbuka, runs_on: awan}
facilities:
  gedung: {name: Gedung, ownership: third_party_foreign}
servers:
  server: {name: Server, facility: gedung, ownership: own}
clouds:
  awan: {name: Awan, ownership: third_party_foreign}
storages:
  simpanan: {name: Simpanan, ownership: third_party_foreign, stores: rahasia, facility: gedung}
"""
    assert found_in(model, "SPBE604") == ["gedung", "simpanan"]


# --- H: the roadmap ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ("since: 2025, until: 2029", False),
        ("since: 2023, until: 2026", False),
        ("since: 2021, until: 2023", True),
        ("since: 2028, until: 2030", True),
        ("since: 2026, until: 2027, budget: {2031: 5}", True),
    ],
)
def test_years_of_the_roadmap_lie_in_the_period(fields: str, speaks: bool) -> None:
    assert found_in(f"initiatives: {{satu: {{name: Satu, {fields}}}}}\n", "SPBE806") == (["satu"] if speaks else [])


def test_years_and_unit_are_those_of_the_initiative_above() -> None:
    model = """\
initiatives:
  program: {name: Program, output: Hasil, since: 2025}
  kegiatan: {name: Kegiatan, parent: program, output: Hasil}
  rincian: {name: Rincian, parent: kegiatan}
"""
    findings = check(load_texts([("spbe.yaml", MANIFEST), ("model.yaml", model)]), select=["SPBE805"])
    lacking = {one.place.element: [term.name for term in one.fault.values["lacking"]] for one in findings}
    assert lacking == {"program": ["until", "owner"], "rincian": ["output"]}


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ("status: as_is", False),
        ("status: new, since: 2027", False),
        ("status: new", True),
        ("status: new, since: 2027, replaces: lama", True),
        ("status: upgrade", True),
        ("status: upgrade, replaces: lama", False),
        ("status: upgrade, note: dibangun", False),
        ("status: retired", True),
        ("status: retired, until: 2027", False),
    ],
)
def test_a_status_needs_what_the_format_says(fields: str, speaks: bool) -> None:
    delivered = "initiatives: {satu: {name: Satu, delivers: baru}}\n" if "note" in fields else ""
    model = f"servers:\n  lama: {{name: Lama}}\n  baru: {{name: Baru, {fields}}}\n{delivered}"
    assert found_in(model, "SPBE810") == (["baru"] if speaks else [])


def test_what_a_successor_with_a_year_replaces_needs_no_last_year() -> None:
    model = """\
servers:
  lama: {name: Lama, status: retired}
  baru: {name: Baru, status: upgrade, since: 2027, replaces: lama}
"""
    assert found_in(model, "SPBE810") == []


@pytest.mark.parametrize(
    ("application", "server", "speaks"),
    [
        ("status: new, since: 2027", "status: new, since: 2028", True),
        ("status: new, since: 2028", "status: new, since: 2028", False),
        ("status: as_is", "status: new, since: 2028", True),
        ("status: as_is", "status: new, since: 2026", False),
        ("status: upgrade", "status: new, since: 2028", False),
        ("status: as_is", "status: upgrade, since: 2028", False),
        ("status: new, since: 2027", "status: new", False),
    ],
)
def test_nothing_runs_on_what_is_yet_to_come(application: str, server: str, speaks: bool) -> None:
    model = f"applications: {{sim: {{name: SIM, runs_on: s, {application}}}}}\nservers: {{s: {{name: S, {server}}}}}\n"
    assert found_in(model, "SPBE811") == (["sim"] if speaks else [])


@pytest.mark.parametrize(
    ("application", "server", "speaks"),
    [
        ("status: new, since: 2027", "status: retired, until: 2026", True),
        ("status: new, since: 2026", "status: retired, until: 2028", True),
        ("status: new, since: 2026, until: 2027", "status: retired, until: 2028", False),
        ("status: as_is", "status: retired, until: 2026", False),
        ("status: new, since: 2027", "status: retired", False),
    ],
)
def test_no_plan_rests_on_what_ends(application: str, server: str, speaks: bool) -> None:
    model = f"applications: {{sim: {{name: SIM, runs_on: s, {application}}}}}\nservers: {{s: {{name: S, {server}}}}}\n"
    assert found_in(model, "SPBE812") == (["sim"] if speaks else [])


def test_a_local_application_that_carries_the_service_of_a_general_one_is_beside_it() -> None:
    model = """\
services: {kearsipan: {name: Kearsipan, reference: RAL.02.04.06}, lain: {name: Lain, reference: RAL.02.04.01}}
applications:
  srikandi: {name: SRIKANDI, reference: RAA.01.02, supports: [kearsipan, lain]}
  kilat: {name: Kilat, reference: RAA.02.02, supports: kearsipan}
  cepat: {name: Cepat, reference: RAA.02.02, supports: lain}
"""
    assert found_in(model, "SPBE503") == ["kilat"]
    assert found_in(model + "references: {RAL.02.04.06: {name: Urusan lain}}\n", "SPBE503") == []
