"""What the format allows and no rule may complain about, though it looks like what a rule is for; and its opposite."""

from __future__ import annotations

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nkind: {kind}\nperiod: 2025-2029\n"
UNITS = """\
units:
  dinas: {name: Dinas Kesehatan, kind: office}
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
    [("Kabupaten Contoh", False), ("DINAS KESEHATAN", False), ("Dinas-Kesehatan", False), ("PT Awan", True)],
)
def test_a_unit_of_the_agency_may_be_named_as_the_owner_of_what_is_its_own(owner: str, found: bool) -> None:
    assert speaks("SPBE601", f"servers: {{s: {{name: S, ownership: own, legal_owner: {owner}}}}}\n") is found


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
        f"intranets: {{jip: {{name: JIP, connects: {connects}}}}}\nclouds: {{awan: {{name: Awan}}}}\n"
        "applications: {a: {name: A, owner: dinas, runs_on: awan}}\n"
    )
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
