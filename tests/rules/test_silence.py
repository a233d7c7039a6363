"""What the format allows and no rule may complain about, though it looks like what a rule is for; and its opposite."""

from __future__ import annotations

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nkind: {kind}\nperiod: 2025-2029\n"
UNITS = """\
units:
  dinas: {name: Dinas Kesehatan, kind: office}
  kominfo: {name: Dinas Komunikasi dan Informatika, kind: office}
agencies:
  kemenkes: {name: Kementerian Kesehatan, kind: ministry}
"""


def speaks(code: str, model: str, kind: str = "regency") -> bool:
    """Whether a rule finds something in a small model."""
    texts = [("spbe.yaml", MANIFEST.format(kind=kind) + "check: {as_of: 2026-11-01}\n"), ("m.yaml", UNITS + model)]
    found = check(load_texts(texts), select=[code])
    assert not [one for one in found if one.code not in (code, "SPBE813")]
    return code in {one.code for one in found}


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_part_of_a_part_yields_what_the_whole_yields(depth: int) -> None:
    parts = "".join(f"  p{n}: {{name: P{n}, owner: dinas, parent: p{n - 1}}}\n" for n in range(1, depth + 1))
    model = f"processes:\n  p0: {{name: P0, owner: dinas}}\n{parts}services: {{s: {{name: S, processes: p0}}}}\n"
    assert not speaks("SPBE201", model)
    assert speaks("SPBE201", model.replace("processes: p0", "owner: dinas"))


@pytest.mark.parametrize(("status", "found"), [("as_is", True), ("new", True), ("retired", False)])
def test_a_service_that_ends_may_have_lost_its_application(status: str, found: bool) -> None:
    assert speaks("SPBE302", f"services: {{s: {{name: S, method: electronic, status: {status}}}}}\n") is found


@pytest.mark.parametrize(("name", "found"), [("SP4N-LAPOR!", False), ("Buku Tamu", True)])
def test_the_service_that_takes_complaints_needs_no_other_channel(name: str, found: bool) -> None:
    model = (
        "services: {aduan: {name: Pengaduan, reference: RAL.01.44, targets: public}}\n"
        f'applications: {{lapor: {{name: "{name}", supports: aduan}}}}\n'
    )
    assert speaks("SPBE308", model) is found


@pytest.mark.parametrize(
    ("producer", "found"), [("kemenkes", False), ("kemenkes/pusdatin", False), ("dinas", True), ("", True)]
)
def test_data_that_come_from_another_agency_have_their_process_there(producer: str, found: bool) -> None:
    assert speaks("SPBE404", f"data: {{d: {{name: D, producer: {producer}}}}}\n") is found


EXCHANGING = """\
applications: {{a: {{name: A, operator: {}}}, b: {{name: B, supports: s}}}}
services: {{s: {{name: S}}}}
exchanges: {{x: {{name: X, provider: a, consumer: b}}}}
"""


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("applications: {a: {name: A}}\n", True),
        ("applications: {a: {name: A}}\nservices: {s: {name: S, complaint_channel: a}}\n", False),
        (EXCHANGING.format("kemenkes"), False),
        (EXCHANGING.format("dinas"), True),
        ("applications: {a: {name: A, operator: kemenkes}}\n", True),
    ],
    ids=["nothing", "a complaint channel", "elsewhere, exchanging", "here, exchanging", "elsewhere, alone"],
)
def test_an_application_may_serve_without_supporting_a_service(model: str, found: bool) -> None:
    assert speaks("SPBE501", model) is found


@pytest.mark.parametrize(("data", "found"), [("d", False), ("", True)])
def test_data_that_an_application_exchanges_are_used_by_it(data: str, found: bool) -> None:
    model = (
        "applications: {a: {name: A}, b: {name: B, reads: d}}\ndata: {d: {name: D}}\n"
        f"exchanges: {{x: {{name: X, provider: a, consumer: b, data: {data}}}}}\n"
    )
    assert speaks("SPBE502", model) is found


@pytest.mark.parametrize(
    ("owner", "found"),
    [
        ("Kabupaten Contoh", False),
        ("Pemkab Contoh", False),
        ("Pemda", False),
        ("DINAS KESEHATAN", False),
        ("Dinas-Kesehatan", False),
        ("PT Awan", True),
        ("Pemerintah Kota Contoh", True),
        ("Kabupaten Lain", True),
    ],
)
def test_a_unit_of_the_agency_may_be_named_as_the_owner_of_what_is_its_own(owner: str, found: bool) -> None:
    assert speaks("SPBE601", f"servers: {{s: {{name: S, ownership: own, legal_owner: {owner}}}}}\n") is found


@pytest.mark.parametrize("name", ["Pemerintah Provinsi Daerah Khusus Jakarta", "Pemerintah Daerah Istimewa Yogyakarta"])
def test_an_agency_is_the_owner_by_its_own_name(name: str) -> None:
    model = {
        "spbe.yaml": f"version: 1\nagency: prov-contoh\nname: {name}\nperiod: 2025-2029\n",
        "a.yaml": f"servers: {{s: {{name: S, ownership: own, legal_owner: {name}}}}}\n",
    }
    assert "SPBE601" not in {finding.code for finding in check(load_texts(model.items()))}


@pytest.mark.parametrize(("closes", "found"), [("g", False), ("", True)])
def test_a_data_centre_whose_gap_is_being_closed_is_on_its_way(closes: str, found: bool) -> None:
    model = (
        "facilities: {pusat: {name: Pusat Data, reference: RAI.01.01, ownership: own}}\n"
        "gaps: {g: {name: Belum terhubung, decision: planned, concerns: pusat}}\n"
        f"initiatives: {{i: {{name: Interkoneksi, closes: {closes}}}}}\n"
    )
    assert speaks("SPBE602", model) is found


@pytest.mark.parametrize(("connects", "found"), [("kab-contoh", False), ("dinas", False), ("kemenkes", True)])
def test_a_network_of_the_whole_agency_connects_its_offices(connects: str, found: bool) -> None:
    model = (
        f"intranets: {{jip: {{name: JIP, connects: {connects}}}}}\nclouds: {{awan: {{name: Awan, manager: kominfo}}}}\n"
        "applications: {a: {name: A, owner: dinas, runs_on: awan}}\n"
    )
    assert speaks("SPBE605", model) is found


@pytest.mark.parametrize(
    ("runs_on", "found"), [("di-pusat", True), ("di-dinas", False), ("awan-bersama", True), ("awan-sendiri", False)]
)
def test_what_an_office_has_for_itself_needs_no_intranet(runs_on: str, found: bool) -> None:
    model = f"""facilities: {{pusat: {{name: Pusat, shared: yes}}, kamar: {{name: Kamar, shared: no}}}}
servers: {{di-pusat: {{name: Satu, facility: pusat}}, di-dinas: {{name: Dua, facility: kamar, manager: kominfo}}}}
clouds: {{awan-bersama: {{name: Awan}}, awan-sendiri: {{name: VPS, manager: dinas}}}}
applications:
  a: {{name: A, owner: dinas, runs_on: {runs_on}}}
  b: {{name: B, owner: kominfo, runs_on: awan-bersama}}
"""
    assert speaks("SPBE605", model) is found


@pytest.mark.parametrize(("delivers", "found"), [("a", False), ("", True)])
def test_an_activity_is_paid_for_what_its_programme_delivers(delivers: str, found: bool) -> None:
    model = (
        "applications: {a: {name: A}}\n"
        f"initiatives:\n  program: {{name: P, delivers: {delivers}}}\n"
        "  pelatihan: {name: Pelatihan operator, parent: program, budget: {2026: 10 juta}}\n"
    )
    assert speaks("SPBE807", model) is found


@pytest.mark.parametrize(("kind", "found"), [("regency", True), ("ministry", False), ("institution", False)])
def test_the_regulations_of_a_ministry_are_national(kind: str, found: bool) -> None:
    policy = "policies: {permen: {name: Peraturan Menteri, kind: ministerial_regulation, scope: national}}\n"
    assert speaks("SPBE813", policy, kind) is found


ENDED = {
    "SPBE153": "services: {{s: {{name: S, {0}}}}}",
    "SPBE202": "processes: {{p: {{name: P, {0}}}}}",
    "SPBE301": "services: {{s: {{name: S, {0}}}}}",
    "SPBE304": "services: {{s: {{name: S, {0}}}}}",
    "SPBE305": "services: {{s: {{name: S, {0}}}}}",
    "SPBE306": "services: {{s: {{name: S, risk: R, {0}}}}}",
    "SPBE401": "data: {{d: {{name: D, {0}}}}}",
    "SPBE402": "data: {{d: {{name: D, {0}}}}}",
    "SPBE404": "data: {{d: {{name: D, {0}}}}}",
    "SPBE406": "data: {{d: {{name: D, {0}}}}}",
    "SPBE501": "applications: {{a: {{name: A, {0}}}}}",
    "SPBE505": "applications: {{a: {{name: Presensi, {0}}}, b: {{name: Absensi}}}}",
    "SPBE604": "data: {{d: {{name: D, personal: yes}}}}\napplications: {{a: {{name: A, reads: d, runs_on: w, {0}}}}}\n"
    "clouds: {{w: {{name: W, ownership: third_party_foreign}}}}",
    "SPBE613": "servers: {{s: {{name: S, ownership: third_party, {0}}}}}",
    "SPBE701": "standards: {{s: {{name: S, {0}}}}}",
}


@pytest.mark.parametrize(("code", "model"), ENDED.items())
@pytest.mark.parametrize(
    ("end", "found"), [("until: 2027", True), ("until: 2025", False), ("status: retired, until: 2027", False)]
)
def test_nobody_completes_what_has_ended_or_is_to_end(code: str, model: str, end: str, found: bool) -> None:
    assert speaks(code, model.format(end) + "\n") is found


PLANNED = {
    "SPBE602": "facilities: {{f: {{name: F, reference: RAI.01.01, ownership: own, {0}}}}}",
    "SPBE609": "clouds: {{c: {{name: C, {0}}}}}",
    "SPBE613": "servers: {{s: {{name: S, ownership: third_party, {0}}}}}",
    "SPBE701": "awareness: {{w: {{name: W, {0}}}}}",
}


@pytest.mark.parametrize(("code", "model"), PLANNED.items())
@pytest.mark.parametrize(("begin", "found"), [("since: 2026", True), ("status: new, since: 2027", False)])
def test_what_has_not_begun_need_not_be_complete(code: str, model: str, begin: str, found: bool) -> None:
    assert speaks(code, model.format(begin) + "\n") is found


@pytest.mark.parametrize(
    ("test", "found"),
    [("", False), ("date: 2026", False), ("date: 2026-12", True), ("status: new", True), ("date: 2025-01", False)],
)
def test_a_test_that_lies_ahead_has_shown_nothing_yet(test: str, found: bool) -> None:
    model = (
        "data: {d: {name: D, personal: yes}}\napplications: {a: {name: A, reads: d}}\n"
        f"worthiness: {{w: {{name: W, secures: a, {test}}}}}\n"
    )
    assert speaks("SPBE512", model) is found


@pytest.mark.parametrize(
    ("application", "audit", "found"),
    [
        ("", "date: 2024-10-31", True),
        ("", "date: 2024-11-01", False),
        ("", "date: 2024-11", False),
        ("reference: RAA.01.01", "date: 2025-10", True),
        ("operator: kemenkes", "date: 2020", False),
    ],
)
def test_an_audit_is_due_after_its_years_to_the_day(application: str, audit: str, found: bool) -> None:
    model = (
        f"applications: {{a: {{name: A, {application}}}}}\n"
        f"audits: {{lama: {{name: L, secures: a, {audit}, result: adequate}}, "
        "kelak: {name: K, secures: a, date: 2027, result: adequate}}\n"
    )
    assert speaks("SPBE513", model) is found


@pytest.mark.parametrize("field", ["main_facility", "backup_facility"])
def test_a_backup_abroad_is_abroad(field: str) -> None:
    model = (
        "data: {d: {name: D, personal: yes}}\nfacilities: {f: {name: F, ownership: third_party_foreign}}\n"
        f"applications: {{a: {{name: A, reads: d, {field}: f}}}}\n"
    )
    assert speaks("SPBE604", model)


@pytest.mark.parametrize(("behind", "found"), [("pdn", False), ("", True)])
def test_a_way_through_another_data_centre_leads_to_the_national_one(behind: str, found: bool) -> None:
    model = (
        "facilities:\n"
        "  ruang: {name: Ruang, reference: RAI.01.01, ownership: own, interconnected_with: provinsi}\n"
        f"  provinsi: {{name: Provinsi, reference: RAI.01.01, ownership: own, interconnected_with: [{behind}]}}\n"
        "  pdn: {name: PDN, reference: RAI.01.01, ownership: other_government}\n"
    )
    assert speaks("SPBE602", model) is found


@pytest.mark.parametrize(("operators", "found"), [(("kemenkes",), False), (("kemenkes", "dinas"), True), ((), True)])
def test_data_that_only_another_government_handles_are_protected_there(operators: tuple[str, ...], found: bool) -> None:
    applications = ", ".join(f"a{n}: {{name: A{n}, operator: {one}, reads: d}}" for n, one in enumerate(operators))
    assert speaks("SPBE407", f"data: {{d: {{name: D, personal: yes}}}}\napplications: {{{applications}}}\n") is found


@pytest.mark.parametrize(("end", "found"), [("until: 2024", True), ("until: 2029", False)])
def test_a_unit_that_was_closed_answers_no_incident(end: str, found: bool) -> None:
    units = f"units: {{dinas: {{name: Dinas}}, csirt: {{name: CSIRT, roles: incident_response, {end}}}}}\n"
    texts = [("spbe.yaml", MANIFEST.format(kind="city") + "check: {as_of: 2026-11-01}\n"), ("m.yaml", units)]
    assert bool(list(check(load_texts(texts), select=["SPBE706"]))) is found
