"""Pictures of deployment: boxes in boxes, what has no place, folds."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.views.view import Edge, Node, View
from tests.drawing import checks, samples


def words(view: View) -> list[str]:
    return [line.content for line in checks.texts(draw(view)[0])]


def placed(*edges: Edge) -> View:
    made = (
        Node("f", "facilities", "infrastructure", "Pusat Data"),
        Node("s", "servers", "infrastructure", "Server"),
        Node("a", "applications", "application", "Aplikasi A"),
    )
    return replace(samples.deployment(0, 0, 0, 0), nodes=made, edges=edges)


def test_what_is_in_no_facility_says_so() -> None:
    assert "Tanpa fasilitas" in words(placed(Edge("a", "s", "runs_on", "serving")))


def test_an_application_without_a_place_says_so() -> None:
    assert "Aplikasi tanpa penempatan" in words(placed(Edge("s", "f", "facility", "aggregation")))


def test_where_all_have_a_place_nothing_says_otherwise() -> None:
    edges = (Edge("s", "f", "facility", "aggregation"), Edge("a", "s", "runs_on", "serving"))
    assert not {"Tanpa fasilitas", "Aplikasi tanpa penempatan", "Tanpa server"} & set(words(placed(*edges)))


def test_an_application_without_a_server_stands_in_its_main_facility() -> None:
    edges = (Edge("s", "f", "facility", "aggregation"), Edge("a", "f", "main_facility", "serving"))
    assert "Tanpa server" in words(placed(*edges))


def test_an_application_on_two_servers_counts_once() -> None:
    first = draw(samples.deployment(6, 40))[0]
    assert len(first.drawn) == len(samples.deployment(6, 40).nodes)


def test_what_is_folded_is_listed_by_its_place() -> None:
    first, *names = draw(samples.deployment(400, 1_500, 40))
    assert {id for sheet in names for id in sheet.drawn} == set(first.folded)


def test_names_have_lines_enough_to_stand_whole() -> None:
    said = [line.content for line in checks.texts(draw(samples.deployment(6, 40))[0])]
    assert not [line for line in said if line.endswith("…")]


def test_names_in_colours_are_not_cut_where_a3_holds_them() -> None:
    view = samples.shaded(samples.deployment(9, 40))
    named = replace(
        view, nodes=tuple(node._replace(name=f"Sistem Informasi Pengelolaan {node.id}") for node in view.nodes)
    )
    assert not [line.content for sheet in draw(named) for line in checks.texts(sheet) if line.content.endswith("…")]
