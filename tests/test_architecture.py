"""The typed graph: identity, time, links and other ends, handles, and the same architecture after a change."""

from __future__ import annotations

import ast
import datetime
import inspect
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spbe_arch.architecture
from spbe_arch.architecture import Architecture, Link
from spbe_arch.errors import UnknownElementError
from spbe_arch.linking import link
from spbe_arch.loader import load_texts, read_file
from spbe_arch.metamodel import Layer, Service, Undecided, types

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = datetime.date(2026, 11, 24)
MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nkind: regency\nperiod: 2025-2029\n"


def load(*files: str, manifest: str = MANIFEST) -> Architecture:
    return load_texts([("spbe.yaml", manifest), *((f"{number}.yaml", text) for number, text in enumerate(files, 1))])


def province() -> Architecture:
    """A province with one regency as its member, and an agency that is known and not loaded."""
    return load_texts(
        [
            ("spbe.yaml", "version: 1\nagency: prov\nname: Provinsi\nmembers: [kab]\n"),
            ("a.yaml", "layanan:\n  izin: {nama: Izin Provinsi}\ninstansi:\n  kemen: {nama: Kementerian}\n"),
            ("b.yaml", "aplikasi:\n  sim: {nama: Sim, mendukung: [izin, kab/izin, kemen/izin]}\n"),
            ("kab/spbe.yaml", "version: 1\nagency: kab\nname: Kabupaten\n"),
            ("kab/c.yaml", "layanan:\n  izin: {nama: Izin Kabupaten, alias: perizinan}\n"),
            ("kab/d.yaml", "aplikasi:\n  loket: {nama: Loket, mendukung: [izin, prov/izin]}\n"),
        ]
    )


# Elements and their ids


def test_elements_come_in_the_order_of_files_and_lines() -> None:
    architecture = load("layanan:\n  b: {nama: B}\n  a: {nama: A}\n", "aplikasi:\n  c: {nama: C}\n")
    assert [element.id for element in architecture] == ["kab-contoh", "b", "a", "c"]


def test_the_manifest_is_the_element_of_its_own_agency() -> None:
    agency = load().agencies["kab-contoh"]
    assert (agency.name, agency.kind) == ("Kabupaten Contoh", "regency")


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("izin", "Izin Provinsi"),
        ("prov/izin", "Izin Provinsi"),
        ("kab/izin", "Izin Kabupaten"),
        ("kab/perizinan", "Izin Kabupaten"),
        ("kab/kab", "Kabupaten"),
    ],
)
def test_an_element_is_found_by_local_id_global_id_and_alias(id: str, name: str) -> None:
    assert province()[id].name == name


def test_the_elements_of_a_type_have_local_ids_in_the_own_agency_and_global_ones_in_members() -> None:
    assert list(province().services) == ["izin", "kab/izin"]


def test_an_element_knows_its_global_id() -> None:
    assert [service.global_id for service in province().services.values()] == ["prov/izin", "kab/izin"]


@pytest.mark.parametrize("id", ["tiada", "kab/tiada", "tiada/izin", ""])
def test_an_id_that_is_not_there_is_no_element(id: str) -> None:
    assert id not in province()
    assert province().find(id) is None


def test_an_unknown_id_names_the_near_miss() -> None:
    with pytest.raises(UnknownElementError, match="did you mean 'izin'"):
        load("layanan:\n  izin: {nama: Izin}\n")["izn"]


def test_an_unknown_id_of_a_type_names_the_near_miss() -> None:
    with pytest.raises(UnknownElementError, match="did you mean 'izin'"):
        load("layanan:\n  izin: {nama: Izin}\n").services["izn"]


def test_an_id_of_another_type_is_told_where_it_stands() -> None:
    with pytest.raises(UnknownElementError, match=r"'izin', which stands in 1\.yaml, is none of these"):
        load("layanan:\n  izin: {nama: Izin}\n").units["izin"]


def test_a_word_that_is_no_type_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="servicess"):
        load().servicess  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_no_text_is_no_id() -> None:
    architecture = load("layanan:\n  izin: {nama: Izin}\n")
    with pytest.raises(TypeError, match="an id is a text, not <Service izin: Izin>"):
        architecture.impact(architecture.services["izin"])  # type: ignore[arg-type]


def test_of_two_elements_with_one_id_the_first_is_kept() -> None:
    architecture = load("layanan:\n  a: {nama: Pertama}\n", "aplikasi:\n  a: {nama: Kedua}\n")
    assert (len(architecture), architecture["a"].name, list(architecture.applications)) == (2, "Pertama", [])


def test_an_id_wins_over_an_alias() -> None:
    architecture = load("layanan:\n  a: {nama: A, alias: b}\n  b: {nama: B}\n")
    assert architecture["b"].name == "B"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda it: it.of("aplications"), "there is no type 'aplications'; did you mean 'applications'?"),
        (lambda it: it.of("aplikasi"), "there is no type 'aplikasi'; did you mean 'applications'?"),
        (lambda it: it.in_layer("aplication"), "there is no layer 'aplication'; did you mean 'application'?"),
        (lambda it: it.applications.where(status="upgrad"), "there is no value 'upgrad'; did you mean 'upgrade'?"),
        (lambda it: it.applications.where(status="x"), "there is no value 'x'"),
    ],
)
def test_a_word_that_there_is_not_is_an_error_and_no_empty_answer(ask: Callable[[Any], object], said: str) -> None:
    with pytest.raises(UnknownElementError) as raised:
        ask(load("applications: {a: {name: A}}\n"))
    assert str(raised.value) == said


def test_elements_of_several_types_and_of_a_layer_can_be_asked_for() -> None:
    architecture = load("server:\n  s: {nama: S}\naplikasi:\n  a: {nama: A}\nfasilitas:\n  f: {nama: F}\n")
    assert list(architecture.of("applications", "servers")) == ["a", "s"]
    assert list(architecture.in_layer(Layer.INFRASTRUCTURE)) == ["f", "s"]


def test_an_architecture_of_nothing_is_true_and_holds_its_agency() -> None:
    architecture = load()
    assert bool(architecture)
    assert len(architecture) == 1


# Time (FORMAT §4)

STATUSES = """
layanan:
  tetap: {nama: Tetap}
  sejak: {nama: Sejak, sejak: 2026}
  sampai: {nama: Sampai, sampai: 2026}
  antara: {nama: Antara, sejak: 2026, sampai: 2027}
  baru: {nama: Baru, status: baru}
  baru-sejak: {nama: Baru sejak, status: baru, sejak: 2027}
  dihentikan: {nama: Dihentikan, status: dihentikan, sampai: 2025}
  peningkatan: {nama: Peningkatan, status: peningkatan}
  lama: {nama: Lama}
  pengganti: {nama: Pengganti, status: peningkatan, sejak: 2027, menggantikan: lama}
  lama-berakhir: {nama: Lama berakhir, sampai: 2028}
  pengganti-berakhir: {nama: Pengganti berakhir, sejak: 2027, menggantikan: lama-berakhir}
"""


@pytest.mark.parametrize(
    ("id", "years"),
    [
        ("tetap", [2024, 2025, 2026, 2027, 2028, 2029]),
        ("sejak", [2026, 2027, 2028, 2029]),
        ("sampai", [2024, 2025, 2026]),
        ("antara", [2026, 2027]),
        ("baru", [2029]),
        ("baru-sejak", [2027, 2028, 2029]),
        ("dihentikan", [2024, 2025]),
        ("peningkatan", [2024, 2025, 2026, 2027, 2028, 2029]),
        ("lama", [2024, 2025, 2026]),
        ("pengganti", [2027, 2028, 2029]),
        ("lama-berakhir", [2024, 2025, 2026, 2027, 2028]),
        ("pengganti-berakhir", [2027, 2028, 2029]),
    ],
)
def test_an_element_is_in_the_slices_of_its_years(id: str, years: list[int]) -> None:
    architecture = load(STATUSES)
    assert [year for year in range(2024, 2030) if id in architecture.at(year)] == years


def test_a_chain_of_successors_hands_over_year_by_year() -> None:
    architecture = load(
        "layanan:\n"
        "  a: {nama: A}\n"
        "  b: {nama: B, sejak: 2026, menggantikan: a}\n"
        "  c: {nama: C, sejak: 2028, menggantikan: b}\n"
    )
    slices = [[id for id in architecture.at(year) if id != "kab-contoh"] for year in (2025, 2026, 2027, 2028)]
    assert slices == [["a"], ["b"], ["b"], ["c"]]


# Links and other ends

EXCHANGE = """
layanan:
  izin: {nama: Izin, data: penduduk}
aplikasi:
  siak: {nama: SIAK}
  sim: {nama: SIM, mendukung: izin, membaca: [penduduk], menulis: penduduk, pemilik: dinas}
data:
  penduduk: {nama: Data penduduk, produsen: dinas}
pertukaran:
  tukar: {nama: Tukar, penyedia: siak, penerima: sim, data: penduduk}
unit_kerja:
  dinas: {nama: Dinas}
  bidang: {nama: Bidang, induk: dinas}
"""


@pytest.mark.parametrize(
    ("id", "end", "ids"),
    [
        ("izin", "supported_by", ("sim",)),
        ("penduduk", "read_by", ("sim",)),
        ("penduduk", "written_by", ("sim",)),
        ("penduduk", "used_by_services", ("izin",)),
        ("penduduk", "exchanged_in", ("tukar",)),
        ("siak", "provides", ("tukar",)),
        ("siak", "consumes", ()),
        ("sim", "consumes", ("tukar",)),
        ("dinas", "owns", ("sim",)),
        ("dinas", "produces", ("penduduk",)),
        ("dinas", "children", ("bidang",)),
        ("bidang", "children", ()),
    ],
)
def test_the_other_end_of_a_link(id: str, end: str, ids: tuple[str, ...]) -> None:
    assert getattr(load(EXCHANGE)[id], end).ids == ids


def test_the_other_end_yields_elements_of_its_type() -> None:
    [application] = load(EXCHANGE).services["izin"].supported_by
    assert application.name == "SIM"


def test_a_link_to_many_yields_elements_and_keeps_what_leads_nowhere_as_an_id() -> None:
    supports = (
        load("layanan:\n  a: {nama: A}\naplikasi:\n  x: {nama: X, mendukung: [tiada, a]}\n").applications["x"].supports
    )
    assert (supports.ids, [service.id for service in supports], len(supports)) == (("tiada", "a"), ["a"], 1)


def test_a_link_to_one_yields_its_element() -> None:
    owner = load(EXCHANGE).applications["sim"].owner
    assert owner is not None
    assert owner.name == "Dinas"


def test_a_link_to_one_that_leads_to_another_type_yields_nothing() -> None:
    assert load("layanan:\n  a: {nama: A, pemilik: b}\n  b: {nama: B}\n").services["a"].owner is None


def test_documents_know_what_they_are_the_source_of() -> None:
    architecture = load("layanan:\n  a: {nama: A, sumber: d}\ndokumen:\n  d: {nama: D}\n")
    assert architecture.documents["d"].documents_for.ids == ("a",)


def test_a_source_is_no_link() -> None:
    architecture = load("layanan:\n  a: {nama: A, sumber: d}\ndokumen:\n  d: {nama: D}\n")
    assert (list(architecture.links()), architecture.link_count) == ([], 0)


def test_the_links_of_an_architecture_are_typed() -> None:
    architecture = load("layanan:\n  a: {nama: A}\naplikasi:\n  x: {nama: X, mendukung: {ke: a, catatan: n}}\n")
    assert list(architecture.links()) == [Link("x", "a", "supports", "serving", outward=True, note="n")]


def test_there_are_as_many_links_as_are_counted() -> None:
    text = "data:\n  d: {nama: D, secured_by: [s, t]}\nstandar:\n  s: {nama: S, secures: d}\n  t: {nama: T}\n"
    architecture = load(text, EXCHANGE)
    assert architecture.link_count == len(list(architecture.links()))


def test_links_between_agencies_lead_both_ways() -> None:
    assert [(link.source, link.target) for link in province().links()] == [
        ("sim", "izin"),
        ("sim", "kab/izin"),
        ("sim", "kemen/izin"),
        ("kab/loket", "kab/izin"),
        ("kab/loket", "izin"),
    ]


def test_a_member_resolves_its_ids_in_its_own_agency() -> None:
    assert province().services["kab/izin"].supported_by.ids == ("sim", "kab/loket")


def test_an_element_of_an_agency_that_is_not_loaded_stands_for_itself() -> None:
    external = list(province().applications["sim"].supports)[2]
    assert (external.global_id, external.name) == ("kemen/izin", None)


# Handles


def test_two_handles_of_one_element_are_equal() -> None:
    architecture = load("layanan:\n  a: {nama: A}\n")
    assert architecture["a"] == architecture.services["a"]
    assert len({architecture["a"], architecture.services["a"]}) == 1


def test_handles_of_two_architectures_are_not_equal() -> None:
    assert load("layanan:\n  a: {nama: A}\n")["a"] != load("layanan:\n  a: {nama: A}\n")["a"]


def test_a_handle_is_not_equal_to_an_element_made_by_hand() -> None:
    assert load("layanan:\n  a: {nama: A}\n")["a"] != Service(id="a", name="A")


def test_a_handle_is_of_the_class_of_its_type() -> None:
    assert type(load("layanan:\n  a: {nama: A}\n")["a"]) is Service


@pytest.mark.parametrize("field", ["name", "targets", "since", "processes", "description"])
def test_what_is_not_written_reads_as_in_an_element_made_by_hand(field: str) -> None:
    loaded = load("layanan:\n  a: {uraian: A}\n".replace("uraian: A", "")).services["a"]
    assert getattr(loaded, field) == getattr(Service(id="a"), field)


def test_a_field_that_could_not_be_read_is_blank_for_people() -> None:
    service = load("layanan:\n  a: {nama: A, metode: surat, target: [semua], proses: [[x]]}\n").services["a"]
    assert (service.method, service.targets, list(service.processes)) == (None, (), [])


@pytest.mark.parametrize("field", ["method", "targets", "owner"])
def test_a_field_that_could_not_be_read_is_undecided_for_rules(field: str) -> None:
    text = "layanan:\n  a: {nama: A, metode: surat, target: [semua], pemilik: tiada}\n"
    service = load(text).facts(DAY).services["a"]
    with pytest.raises(Undecided):
        getattr(service, field)


def test_a_link_that_leads_nowhere_is_undecided_for_rules() -> None:
    service = load("layanan:\n  a: {nama: A, proses: tiada}\n").facts(DAY).services["a"]
    with pytest.raises(Undecided):
        bool(service.processes)


def test_links_of_which_some_lead_somewhere_are_there_for_rules() -> None:
    service = load("layanan:\n  a: {nama: A, proses: [tiada, p]}\nproses:\n  p: {nama: P}\n").facts(DAY).services["a"]
    assert service.processes


def test_another_end_is_undecided_for_rules_while_a_link_of_its_field_leads_nowhere() -> None:
    text = "layanan:\n  a: {nama: A}\naplikasi:\n  x: {nama: X, mendukung: tiada}\n"
    with pytest.raises(Undecided):
        bool(load(text).facts(DAY).services["a"].supported_by)


# The graph


def test_the_graph_has_elements_as_nodes_with_layer_type_and_name() -> None:
    graph = load("layanan:\n  a: {nama: A}\naplikasi:\n  x: {nama: X, mendukung: a}\n").graph
    attributes = {"layer": "application", "type": "applications", "name": "X", "external": False}
    assert graph.nodes["x"] == attributes


def test_the_graph_has_links_as_edges_with_field_and_relationship() -> None:
    graph = load("layanan:\n  a: {nama: A, pemilik: u}\nunit_kerja:\n  u: {nama: U}\n").graph
    assert list(graph.edges(data=True)) == [
        ("a", "u", {"field": "owner", "relationship": "assignment", "outward": False})
    ]


def test_an_element_of_an_agency_that_is_not_loaded_is_an_external_node() -> None:
    attributes = {"layer": "services", "type": "services", "name": "izin", "external": True}
    assert province().graph.nodes["kemen/izin"] == attributes


def test_two_links_between_two_elements_are_two_edges() -> None:
    graph = load("aplikasi:\n  x: {nama: X, membaca: d, menulis: d}\ndata:\n  d: {nama: D}\n").graph
    assert graph.number_of_edges("x", "d") == 2


# Change

POOL = {
    "a.yaml": [
        "",
        "layanan:\n  a: {nama: A, pemilik: u}\n  b: {nama: B}\n",
        "layanan:\n  b: {nama: B, menggantikan: a}\n",
    ],
    "b.yaml": ["aplikasi:\n  a: {nama: X, mendukung: [a, b]}\n", "aplikasi:\n  y: {nama: Y, mendukung: [a, b, c]\n"],
    "kab/c.yaml": ["unit_kerja:\n  u: {nama: U}\n", "layanan:\n  c: {nama: C, pemilik: prov/u}\n"],
    "kab/d/e.yaml": ["unit_kerja:\n  v: {nama: V, induk: v}\n", "layanan:\n  a: {nama: A, alias: c}\n"],
}
MANIFESTS = {
    "spbe.yaml": "version: 1\nagency: prov\nname: Provinsi\nmembers: [kab]\n",
    "kab/spbe.yaml": "version: 1\nagency: kab\nname: Kabupaten\n",
}
EDITS = st.lists(
    st.sampled_from(sorted(POOL)).flatmap(lambda path: st.tuples(st.just(path), st.sampled_from([None, *POOL[path]]))),
    max_size=6,
)


def told(architecture: Architecture) -> list[Any]:
    """All that an architecture says."""
    rows = [(o, architecture.id_at(o), architecture.row_at(o)) for o in architecture.all_ordinals()]
    return [rows, list(architecture.links()), architecture.unresolved, architecture.duplicates, architecture.findings]


@given(EDITS)
@settings(max_examples=60)
def test_after_any_edits_it_is_as_if_loaded_afresh(edits: list[tuple[str, str | None]]) -> None:
    texts = dict(MANIFESTS)
    architecture = load_texts(texts.items())
    for path, text in edits:
        architecture = link(architecture.with_files({path: None if text is None else read_file(path, text)}))
        if text is None:
            texts.pop(path, None)
        else:
            texts[path] = text
    assert told(architecture) == told(load_texts(texts.items()))


def test_a_change_leaves_the_architecture_as_it_was() -> None:
    before = load("layanan:\n  a: {nama: A}\n")
    before.with_files({"1.yaml": None})
    assert list(before.services) == ["a"]


def test_files_that_do_not_change_are_shared() -> None:
    before = load("layanan:\n  a: {nama: A}\n", "aplikasi:\n  x: {nama: X}\n")
    after = before.with_files({"1.yaml": None})
    assert after.members[0].files[0] is before.members[0].files[1]


# The class itself


def test_the_collections_for_type_checkers_are_those_of_the_declared_types() -> None:
    source = Path(inspect.getfile(spbe_arch.architecture)).read_text("utf-8")
    blocks = [
        statement.body
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef) and node.name == "Architecture"
        for statement in node.body
        if isinstance(statement, ast.If)
    ]
    listed = [ast.unparse(line) for line in itertools.chain(*blocks) if isinstance(line, ast.AnnAssign)]
    assert listed == [f"{section}: Elements[{info.cls.__name__}]" for section, info in types().items()]


def test_what_is_left_out_is_no_part_of_an_agency() -> None:
    files = {
        "spbe.yaml": "version: 1\nagency: kab\nname: Kabupaten Contoh\n",
        "tema.yaml": "themes: {satu: {name: Satu}, dua: {name: Dua}}\n",
    }
    architecture = load_texts(files.items())
    assert [list(part.of("themes")) for part in architecture.parts()] == [["satu", "dua"]]
    within = architecture.within({architecture["dua"].ordinal})
    assert [list(part.of("themes")) for part in within.parts()] == [["dua"]]
