"""How elements hang together: impact with ways, what stops, single points of failure, chains, circles, clusters."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch import load, load_texts
from spbe_arch.errors import UnknownElementError
from spbe_arch.metamodel import Layer
from spbe_arch.questions import way_as_text
from tests.patching import clean_texts

MANIFEST = ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n")
MODEL = load_texts(
    [
        MANIFEST,
        (
            "model.yaml",
            """
units:
  dinkes: {name: Dinas Kesehatan}
  kominfo: {name: Dinas Kominfo}
processes:
  periksa: {name: Pemeriksaan}
  putar-1: {name: Satu, triggers: [putar-2]}
  putar-2: {name: Dua, triggers: [putar-1]}
services:
  berobat: {name: Berobat, method: electronic, processes: [periksa]}
  loket: {name: Loket, method: face_to_face}
applications:
  simrs: {name: SIM RS, owner: dinkes, supports: [berobat, loket], runs_on: [server-1], writes: [pasien]}
  portal: {name: Portal, owner: kominfo, runs_on: [server-1, server-2], reads: [pasien]}
data:
  pasien: {name: Pasien}
  sepi: {name: Tidak dipakai}
servers:
  server-1: {name: Server 1, facility: ruang}
  server-2: {name: Server 2}
facilities:
  ruang: {name: Ruang Server}
""",
        ),
    ]
)
CLEAN = load_texts(list(clean_texts().items()))


def hit(id: str) -> dict[str, str]:
    return {effect.id: effect.strength.value for effect in MODEL.impact(id)}


def test_what_has_nothing_left_stops_and_what_has_something_left_is_weakened() -> None:
    assert hit("server-1") == {
        "simrs": "stops",
        "portal": "weakened",
        "berobat": "stops",
        "loket": "weakened",  # people go on without the application
        "pasien": "weakened",
    }


def test_distance_grows_with_the_links_between() -> None:
    assert {effect.id: effect.distance for effect in MODEL.impact("ruang")} == {
        "server-1": 1, "simrs": 2, "portal": 2, "berobat": 3, "loket": 3, "pasien": 3,
    }  # fmt: skip


def test_the_nearest_come_first_and_of_those_the_hardest_hit() -> None:
    assert [effect.id for effect in MODEL.impact("server-1")][:2] == ["simrs", "portal"]


def test_a_distance_can_be_the_last() -> None:
    assert [effect.id for effect in MODEL.impact("ruang", within=1)] == ["server-1"]


def test_associations_are_followed_on_request_and_only_concern() -> None:
    found = {effect.id: effect.strength.value for effect in MODEL.impact("dinkes", weak=True, within=1)}
    assert found == {"simrs": "concerned"}


def test_upstream_is_what_an_element_rests_on() -> None:
    assert {effect.id for effect in MODEL.impact("berobat", upstream=True)} == {"periksa", "simrs", "server-1", "ruang"}


def test_the_way_to_an_effect_is_told() -> None:
    (way,) = (effect.path for effect in MODEL.impact("ruang") if effect.id == "berobat")
    assert way_as_text(MODEL, way) == "ruang ←facility— server-1 ←runs_on— simrs —supports→ berobat"
    assert way_as_text(MODEL, way, "id") == "ruang ←fasilitas— server-1 ←berjalan_di— simrs —mendukung→ berobat"


def test_every_way_begins_at_the_element_and_ends_at_the_effect() -> None:
    for id in CLEAN.servers:
        for effect in CLEAN.impact(id, weak=True):
            assert (effect.path[0].source, effect.path[-1].target, len(effect.path)) == (id, effect.id, effect.distance)


def test_an_element_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownElementError, match="did you mean 'server-1'"):
        MODEL.impact("server1")


def test_single_points_of_failure_are_told_with_the_services_that_stop() -> None:
    assert {id: list(stopped) for id, stopped in MODEL.single_points_of_failure().items()} == {
        "server-1": ["berobat"],
        "ruang": ["berobat"],
    }


def test_paths_are_the_shortest_in_any_direction() -> None:
    assert [way_as_text(MODEL, way) for way in MODEL.paths("periksa", "pasien")] == [
        "periksa ←processes— berobat ←supports— simrs —writes→ pasien"
    ]


def test_where_nothing_leads_there_is_no_path() -> None:
    assert MODEL.paths("sepi", "simrs") == []


@pytest.mark.parametrize(("source", "target"), [("e-pajak", "server-pajak-1"), ("bidang-pajak", "data-restoran")])
def test_paths_are_as_many_and_as_short_as_networkx_says(source: str, target: str) -> None:
    graph: networkx.Graph[str] = networkx.Graph((link.source, link.target) for link in CLEAN.links())
    expected = {tuple(way) for way in networkx.all_shortest_paths(graph, source, target)}
    found = CLEAN.paths(source, target, most=1_000)
    assert {(way[0].source, *(step.target for step in way)) for way in found} == expected


def test_chains_go_from_layer_to_layer() -> None:
    assert [tuple(one.id for one in way) for way in MODEL.chains("processes", "servers")] == [
        ("periksa", "berobat", "simrs", "server-1")
    ]


def test_chains_go_up_too() -> None:
    assert [tuple(one.id for one in way) for way in MODEL.chains("server-1", "services")] == [
        ("server-1", "simrs", "berobat"), ("server-1", "simrs", "loket"),
    ]  # fmt: skip


def test_chains_can_be_asked_for_through_an_element() -> None:
    assert [way[-1].id for way in MODEL.chains("applications", "servers", through="portal")] == ["server-1", "server-2"]


def test_circles_are_told_and_access_to_data_is_none() -> None:
    assert MODEL.cycles() == [("putar-1", "putar-2")]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
def test_circles_are_those_of_networkx(pairs: list[tuple[int, int]]) -> None:
    lines = ["processes:"]
    for number in range(10):
        targets = ", ".join(dict.fromkeys(f"proses-{end}" for start, end in pairs if start == number != end))
        lines.append(f"  proses-{number}: {{name: Proses, triggers: [{targets}]}}")
    architecture = load_texts([MANIFEST, ("proses.yaml", "\n".join(lines))])
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        (f"proses-{start}", f"proses-{end}") for start, end in pairs if start != end
    )
    expected = {frozenset(some) for some in networkx.strongly_connected_components(graph) if len(some) > 1}
    assert {frozenset(some) for some in architecture.cycles()} == expected


def test_what_nothing_depends_on_is_unused() -> None:
    assert list(MODEL.unused()) == ["portal", "sepi"]


def test_what_no_service_rests_on_is_unreachable() -> None:
    assert list(MODEL.unreachable()) == ["portal", "pasien", "sepi", "server-2"]


def test_clusters_are_what_hangs_together() -> None:
    assert [len(cluster) for cluster in MODEL.clusters()] == [9, 2, 1]


def test_data_that_several_offices_use_are_shared() -> None:
    assert {id: list(offices) for id, offices in MODEL.shared_data().items()} == {"pasien": ["dinkes", "kominfo"]}


def test_what_has_most_links_is_most_central() -> None:
    assert next(iter(MODEL.centrality())) == "simrs"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8), st.integers(0, 3))
def test_what_stops_is_what_has_no_server_left(pairs: list[tuple[int, int]], server: int) -> None:
    runs = {app: {end for start, end in pairs if start == app} for app in range(4)}
    lines = ["servers:", *(f"  server-{number}: {{name: Server}}" for number in range(4)), "applications:"]
    for app, ends in runs.items():
        lines.append(
            f"  app-{app}: {{name: Aplikasi, runs_on: [{', '.join(f'server-{end}' for end in sorted(ends))}]}}"
        )
    architecture = load_texts([MANIFEST, ("model.yaml", "\n".join(lines))])
    assert set(architecture.stopped_by(f"server-{server}")) == {f"app-{app}" for app in runs if runs[app] == {server}}


def test_the_most_central_may_be_asked_for_alone() -> None:
    first = list(MODEL.centrality().items())[:3]
    assert list(MODEL.centrality(most=3).items()) == first


def test_clusters_are_the_components_of_what_depends_on_what() -> None:
    architecture = load("models/kab-bekasi")
    links = architecture.dependence()
    inside = {element.ordinal for element in architecture if element.info.layer is not Layer.ACROSS}
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(inside)
    pairs = zip(links.causes, links.effects, strict=True)
    graph.add_edges_from(pair for pair in pairs if inside.issuperset(pair))
    found = {frozenset(architecture[id].ordinal for id in some) for some in architecture.clusters()}
    assert found == {frozenset(some) for some in networkx.connected_components(graph)}


@pytest.mark.parametrize("year", [2020, 2026, 2027, 2029, 2035])
def test_what_exists_in_a_year_is_what_each_element_says(year: int) -> None:
    architecture = load("models/kab-bekasi")
    assert architecture.ordinals_at(year) == [
        one for one in architecture.all_ordinals() if architecture.exists_at(one, year)
    ]


def test_whole_sections_know_their_elements_by_local_and_global_id_and_no_others() -> None:
    applications = load("models/kab-bekasi").applications
    asked = ("bebunge", "kab-bekasi/bebunge", "diskominfosantik", "tiada", "tiada/bebunge")
    assert [id in applications for id in asked] == [True, True, False, False, False]
