"""What the viewpoints show: context, flow and network, and what holds for all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from spbe_arch import Architecture, check, load, load_texts
from spbe_arch.definitions import PARAMETERS
from spbe_arch.drawing import viewpoints as drawn
from spbe_arch.metamodel import types
from spbe_arch.views import duplicates, make_view, viewpoints
from tests.patching import CLEAN
from tests.views.page import LOOKS
from tests.views.shared import MANIFEST, architecture

if TYPE_CHECKING:
    from spbe_arch.views.view import View

EVERY = viewpoints()


@cache
def clean() -> Architecture:
    return load(CLEAN)


def columns(model: str, request: str) -> dict[str, list[str]]:
    view = make_view(load_texts([("spbe.yaml", MANIFEST), ("m.yaml", model)]), request)
    return {group.key: list(group.nodes) for group in view.groups if group.nodes}


# All viewpoints


@pytest.mark.parametrize("name", EVERY)
def test_a_viewpoint_can_be_drawn(name: str) -> None:
    assert name in drawn()


@pytest.mark.parametrize("name", EVERY)
def test_a_viewpoint_says_for_whom_and_what_it_answers(name: str) -> None:
    viewpoint = EVERY[name]
    assert viewpoint.stakeholders
    assert all(concern.endswith("?") for concern in viewpoint.concerns)
    assert set(viewpoint.title) == {"en", "id"}


@pytest.mark.parametrize("name", EVERY)
def test_what_a_viewpoint_reads_is_declared_in_the_metamodel(name: str) -> None:
    viewpoint = EVERY[name]
    for variant in viewpoint.variants or ("",):
        for section, fields in viewpoint.reads_of(variant).items():
            info = types()[section]
            named = [one for spec in fields for one in spec.split("|")]
            assert [one for one in named if one not in info.fields and one not in info.inverses] == []


def requests(name: str) -> list[str]:
    viewpoint = EVERY[name]
    found = [f"{name}:{variant}" for variant in viewpoint.variants]
    found += [] if viewpoint.needs_subject else [name]
    for section in viewpoint.about:
        found += [f"{name}:{id}" for id in list(clean().of(section))[:1]]
    return found


@pytest.mark.parametrize("request_", [request for name in EVERY for request in requests(name)])
def test_what_is_shown_is_what_is_declared_to_be(request_: str) -> None:
    """`needs` counts blanks in what a viewpoint declares; what it shows besides would be left out."""
    name, _, said = request_.partition(":")
    viewpoint = EVERY[name]
    variant = said if said in viewpoint.variants else ""
    shown = {node.section for node in make_view(clean(), request_).nodes}
    across = {
        section for section in types() if types()[section].layer == "across" or types()[section].layer == "security"
    }
    assert shown - set(viewpoint.reads_of(variant) or viewpoint.shows) <= across


@pytest.mark.parametrize("request_", [request for name in EVERY for request in requests(name)])
def test_ends_of_links_members_and_cells_are_elements_of_the_view(request_: str) -> None:
    view = make_view(clean(), request_)
    ids = {node.id for node in view.nodes}
    assert len(ids) == len(view.nodes)
    assert {end for edge in view.edges for end in (edge.source, edge.target)} <= ids
    assert {id for group in view.groups for id in group.nodes} <= ids


@pytest.mark.parametrize("name", [name for name in EVERY if "colour_by" in EVERY[name].parameters])
def test_colours_do_not_change_what_is_shown(name: str) -> None:
    request = requests(name)[-1]
    about = f", about: {request.partition(':')[2]}" if ":" in request else ""
    texts = [(path.name, path.read_bytes()) for path in sorted(CLEAN.glob("*.yaml"))]
    own = load_texts([*texts, ("t.yaml", f"views:\n  a: {{viewpoint: {name}{about}, colour_by: type}}\n")])
    plain, coloured = make_view(own, request), make_view(own, "a")
    assert [node.id for node in coloured.nodes] == [node.id for node in plain.nodes]
    assert all(node.shade for node in coloured.nodes)


@pytest.mark.parametrize("name", EVERY)
def test_a_viewpoint_takes_groups_colours_and_sizes_or_says_why_not(name: str) -> None:
    assert {*LOOKS} == {*EVERY[name].fixed} ^ ({*LOOKS} & {*EVERY[name].parameters})


def test_parameters_are_those_of_the_grammar() -> None:
    assert {one for viewpoint in EVERY.values() for one in viewpoint.parameters} == set(PARAMETERS)


# Context

CHAINED = """
units:
  dinas: {name: Dinas}
processes:
  proses: {name: Proses, owner: dinas}
services:
  layanan: {name: Layanan, processes: proses}
applications:
  aplikasi: {name: Aplikasi, supports: layanan, reads: data-a, runs_on: mesin, owner: dinas}
data:
  data-a: {name: Data}
servers:
  mesin: {name: Mesin}
"""


def test_what_leads_to_an_element_is_left_and_where_it_leads_right() -> None:
    assert columns(CHAINED, "context:aplikasi") == {
        "-1": ["mesin", "dinas"],
        "0": ["aplikasi"],
        "1": ["layanan", "data-a"],
    }


def test_a_context_goes_as_deep_as_is_asked() -> None:
    own = "views:\n  a: {viewpoint: context, about: mesin, depth: 3, direction: downstream}"
    view = make_view(architecture(own, CHAINED), "a")
    assert {group.key: group.nodes for group in view.groups} == {
        "0": ("mesin",),
        "1": ("aplikasi",),
        "2": ("layanan", "data-a", "dinas"),
        "3": ("proses",),
    }


@pytest.mark.parametrize(("direction", "keys"), [("upstream", ["-1", "0"]), ("downstream", ["0", "1"])])
def test_a_context_may_look_one_way(direction: str, keys: list[str]) -> None:
    own = f"views:\n  a: {{viewpoint: context, about: aplikasi, direction: {direction}}}"
    assert [group.key for group in make_view(architecture(own, CHAINED), "a").groups] == keys


def test_links_between_neighbours_are_counted_and_not_drawn() -> None:
    model = CHAINED + "exchanges:\n  x: {name: X, provider: aplikasi, consumer: aplikasi, data: data-a}\n"
    view = make_view(load_texts([("spbe.yaml", MANIFEST), ("m.yaml", model)]), "context:aplikasi", (), "en")
    assert view.notes == ("1 links between its neighbours are not drawn",)


# Flow

FLOW = """
processes:
  proses: {name: Proses}
data:
  warga: {name: Warga, processes: proses}
  gelap: {name: Gelap}
applications:
  penulis: {name: Penulis, writes: warga, reads: gelap}
  pembaca: {name: Pembaca, reads: warga}
  penerima: {name: Penerima}
exchanges:
  tukar: {name: Tukar, provider: penulis, consumer: penerima, data: warga}
services:
  layanan: {name: Layanan, data: warga}
storages:
  simpan: {name: Simpan, stores: warga}
"""


def test_a_flow_has_those_who_yield_write_keep_read_and_use_in_columns() -> None:
    assert columns(FLOW, "flow:warga") == {
        "yields": ["proses"],
        "writes": ["penulis"],
        "data": ["warga"],
        "keeps": ["simpan"],
        "reads": ["pembaca", "tukar"],
        "uses": ["layanan", "penerima"],
    }


def test_the_flow_of_an_application_is_that_of_its_data() -> None:
    assert columns(FLOW, "flow:pembaca")["data"] == ["warga"]


def test_data_without_a_known_origin_is_named() -> None:
    view = make_view(load_texts([("spbe.yaml", MANIFEST), ("m.yaml", FLOW)]), "flow", (), "en")
    assert view.notes == ("1 data without a known origin: Gelap",)


# Network

NETWORK = """
units:
  dinas: {name: Dinas}
facilities:
  pusat: {name: Pusat}
intranets:
  jaringan: {name: Jaringan, network_layer: telecommunication, media: fiber_optic, bandwidth: 10 Gbps, connects: dinas}
  radio: {name: Radio, media: microwave}
network_devices:
  router: {name: Router, networks: jaringan, facility: pusat, kind: router, quantity: 2}
  titik: {name: Titik, network_layer: access}
security_devices:
  tembok: {name: Tembok, networks: jaringan}
"""


def test_devices_stand_on_the_layer_that_they_name_or_that_of_their_network() -> None:
    assert columns(NETWORK, "network") == {
        "access": ["titik"],
        "telecommunication": ["jaringan", "router", "tembok"],
        "": ["radio"],
    }


def test_the_four_layers_are_there_even_if_nothing_is_in_them() -> None:
    view = make_view(load_texts([("spbe.yaml", MANIFEST)]), "network")
    assert [group.key for group in view.groups] == ["access", "telecommunication", "internet", "other"]


def test_a_network_says_its_medium_and_bandwidth() -> None:
    view = make_view(load_texts([("spbe.yaml", MANIFEST), ("m.yaml", NETWORK)]), "network", (), "en")
    facts = {node.id: (node.facts, node.kind) for node in view.nodes if node.section == "intranets"}
    assert facts == {"jaringan": ("fiber optic · 10 Gbps", "wired"), "radio": ("microwave", "wireless")}


@pytest.mark.parametrize(
    ("about", "networks"), [("pusat", ["jaringan"]), ("dinas", ["jaringan"]), ("radio", ["radio"])]
)
def test_a_network_can_be_about(about: str, networks: list[str]) -> None:
    view = make_view(load_texts([("spbe.yaml", MANIFEST), ("m.yaml", NETWORK)]), f"network:{about}")
    assert [node.id for node in view.nodes if node.section == "intranets"] == networks


# Duplicates

ALIKE = """
units:
  badan: {name: Badan, short_name: B, kind: body}
  dinas: {name: Dinas, short_name: D, kind: office}
applications:
  absensi: {name: Absensi Online, owner: badan, status: upgrade}
  presensi: {name: Presensi Pegawai, owner: dinas}
  surat: {name: E-Surat, owner: dinas}
"""
NEIGHBOUR = "applications:\n  surat: {name: Aplikasi E-Surat}\n"


def alike() -> Architecture:
    members = f"{MANIFEST}members: [tetangga]\n"
    other = "version: 1\nagency: tetangga\nname: Pemerintah Kota Tetangga\n"
    texts = [("spbe.yaml", members), ("m.yaml", ALIKE), ("tetangga/spbe.yaml", other), ("tetangga/m.yaml", NEIGHBOUR)]
    return load_texts(texts)


def shown(view: View) -> list[tuple[str, tuple[str, ...]]]:
    return [(group.kind, tuple(id.removeprefix("kab-contoh/") for id in group.nodes)) for group in view.groups]


def test_clusters_of_an_agency_come_before_chances_of_reuse() -> None:
    assert [kind for kind, _ in shown(make_view(alike(), "duplicates"))] == ["same", "reuse"]


def test_clusters_are_those_of_the_findings_that_are_handed_in() -> None:
    findings = check(alike(), select=["SPBE505", "SPBE519"])
    assert shown(make_view(alike(), "duplicates", findings)) == shown(make_view(alike(), "duplicates"))


def test_what_a_check_does_not_find_is_not_shown() -> None:
    others = check(alike(), ignore=["SPBE505", "SPBE519"])
    assert make_view(alike(), "duplicates", others).groups == ()


def test_a_cluster_says_what_speaks_for_it_and_what_merging_would_touch() -> None:
    group = make_view(alike(), "duplicates", (), "id").groups[0]
    assert (group.name, group.facts, group.detail) == (
        "Absensi Online, Presensi Pegawai",
        "100 % serupa: nama",
        "penggabungan tidak menyentuh layanan, data, server atau pertukaran data dalam model",
    )


def test_members_name_their_office_and_across_agencies_their_agency() -> None:
    facts = {node.name: node.facts for node in make_view(alike(), "duplicates").nodes}
    assert facts["Presensi Pegawai"] == "D"
    assert facts["Aplikasi E-Surat"] == "Kota Tetangga"


def test_duplicates_of_a_unit_are_the_clusters_that_it_has_part_in() -> None:
    view = make_view(alike(), "duplicates:badan")
    assert [node.id for node in view.nodes] == ["absensi", "presensi"]


def test_a_filter_takes_members_away_and_with_them_clusters_of_one() -> None:
    own = architecture("views:\n  a: {viewpoint: duplicates, where: {unit: dinas}}", ALIKE)
    assert make_view(own, "a").groups == ()


def test_what_is_alike_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    model = alike()
    first = make_view(model, "duplicates")
    monkeypatch.setattr(duplicates, "_faults", None)  # to call it is an error
    assert make_view(model, "duplicates") == first


def test_nothing_alike_is_said_in_words() -> None:
    view = make_view(load_texts([("spbe.yaml", MANIFEST)]), "duplicates", (), "id")
    assert view.subtitle == "Tidak ditemukan yang serupa di antara 0 aplikasi"


# Portfolio

DATED = MANIFEST + "date: 2026-11-01\n"
OWNED = """
units:
  dinas: {name: Dinas}
  bidang: {name: Bidang, parent: dinas}
  badan: {name: Badan}
applications:
  baru: {name: Baru, owner: dinas, reference: RAA.02.01, since: 2028, status: new}
  muda: {name: Muda, owner: bidang, reference: RAA.02.01, since: 2024}
  cukup: {name: Cukup, owner: dinas, reference: RAA.02.02.03, since: 2021}
  matang: {name: Matang, owner: badan, reference: RAA.01, since: 2016}
  tua: {name: Tua, since: 2015}
  gelap: {name: Gelap, owner: badan, reference: RAA.01.02}
"""


def portfolio(manifest: str = DATED, request: str = "portfolio", model: str = OWNED) -> View:
    return make_view(load_texts([("spbe.yaml", manifest), ("m.yaml", model)]), request, (), "en")


def test_ages_are_counted_to_the_date_of_the_model() -> None:
    assert {node.id: node.detail for node in portfolio().nodes} == {
        "baru": "planned",
        "muda": "< 3",
        "cukup": "3–5",
        "matang": "6–10",
        "tua": "> 10",
        "gelap": "age not known",
    }


def test_without_a_date_no_age_is_known_and_a_note_says_so() -> None:
    view = portfolio(MANIFEST)
    assert {node.detail for node in view.nodes} == {"age not known"}
    assert view.notes == ("The manifest names no date, so ages are not known",)


def test_a_class_is_the_code_down_to_level_2() -> None:
    counts = {(cell.row, cell.column): cell.value for cell in portfolio().cells if cell.column.startswith("class:")}
    assert counts == {
        ("dinas", "class:RAA.02.01"): "2",
        ("dinas", "class:RAA.02.02"): "1",
        ("badan", "class:RAA.01"): "1",
        ("badan", "class:RAA.01.02"): "1",
        ("", "class:"): "1",
    }


def test_each_application_is_in_one_class_and_one_age() -> None:
    cells = [(id, cell.column.partition(":")[0]) for cell in portfolio().cells for id in cell.nodes]
    assert sorted(cells) == sorted((node.id, kind) for node in portfolio().nodes for kind in ("class", "age"))


def test_the_rows_of_a_unit_are_the_units_below_it() -> None:
    assert [mark.key for mark in portfolio(request="portfolio:dinas").rows.marks] == ["dinas", "bidang"]  # type: ignore[union-attr]


def test_all_classes_of_the_national_table_have_a_column() -> None:
    view = portfolio(model="")
    assert view.columns is not None
    assert [mark.detail for mark in view.columns.marks] == [
        "RAA.01.01",
        "RAA.01.02",
        "RAA.02.01",
        "RAA.02.02",
        *["age"] * 4,
    ]


# Metamodel


def test_every_type_that_is_declared_is_shown_with_its_archimate_element_and_its_number() -> None:
    facts = {node.section: node.facts for node in portfolio(request="metamodel").nodes}
    assert list(facts) == list(types())
    assert facts["applications"] == f"6 · {types()['applications'].archimate}"
    assert facts["servers"].startswith("0 · ")


def test_every_link_is_an_edge_or_named_as_one_of_all_types() -> None:
    view = portfolio(request="metamodel")
    shown = {(edge.source, edge.target, edge.field, edge.relationship) for edge in view.edges}
    missing = {
        field
        for section, info in types().items()
        for field, link in info.links.items()
        for target in link.targets
        if (f"type:{section}", f"type:{target}", field, link.declared.relationship.rstrip("?")) not in shown
    }
    everywhere = set.intersection(*(set(info.links) for info in types().values()))
    assert missing == everywhere
    assert all(field.replace("_", " ") in view.notes[0] for field in everywhere)


def test_a_filter_changes_the_numbers_of_a_metamodel_and_not_its_types() -> None:
    own = architecture("views:\n  a: {viewpoint: metamodel, where: {type: applications, unit: badan}}", OWNED)
    view = make_view(own, "a")
    facts = {node.section: node.facts.split()[0] for node in view.nodes}
    assert (facts["applications"], facts["units"], len(facts)) == ("2", "0", len(types()))
