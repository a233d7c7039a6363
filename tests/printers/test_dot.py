"""DOT, read back by the real Graphviz: what it draws is what was written."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.drawing import engine
from spbe_arch.drawing.text import clean
from spbe_arch.printers import dot
from tests.drawing import samples
from tests.printers.shared import TEXTS, view_with

if TYPE_CHECKING:
    from spbe_arch.views.view import View

SVG = "{http://www.w3.org/2000/svg}"


def drawn(view: View) -> list[ET.Element]:
    """The groups of the picture that Graphviz makes of the DOT text."""
    picture = engine.run(dot.write(view).decode(), "-Kdot", "-Tsvg", seconds=20)
    return list(ET.fromstring(picture).iter(f"{SVG}g"))  # noqa: S314 - made by the engine


def texts(groups: list[ET.Element], kind: str) -> dict[str, list[str | None]]:
    """The texts in each node, edge, cluster or graph, by its name."""
    return {
        group.findtext(f"{SVG}title") or "": [text.text for text in group.findall(f"{SVG}text")]
        for group in groups
        if group.get("class") == kind
    }


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_is_drawn_literally(names: list[str]) -> None:
    groups = drawn(view_with(names))
    shown = {id: said[:-1] for id, said in texts(groups, "node").items()}
    # Of a name without anything to show there is the id alone.
    assert shown == {f"e{index}": [clean(name)] if clean(name) else [] for index, name in enumerate(names)}
    assert texts(groups, "graph")[view_with(names).name] == ([clean(names[-1])] if clean(names[-1]) else [])
    assert texts(groups, "cluster")["cluster_0"] == [clean(names[0]) or "g"]


@settings(max_examples=25)
@given(st.lists(TEXTS.filter(lambda text: "_" not in text), min_size=2, max_size=6))
def test_every_link_says_its_word(names: list[str]) -> None:
    groups = drawn(view_with(names))
    said = list(texts(groups, "edge").values())
    assert said == [[clean(name)] if clean(name) else [] for name in names[1:]]


@pytest.mark.parametrize("id", ["a:b:n", "a\\", '"', "<b>x</b>", "graph", "a/b", "-1.5", "#1", "x y"])
def test_an_id_names_its_own_node_whatever_it_is(id: str) -> None:
    view = view_with(["Satu", "Dua"])
    first, second = view.nodes
    edge = view.edges[0]._replace(source=id, field="")
    groups = drawn(replace(view, nodes=(first._replace(id=id), second), edges=(edge,)))
    assert sorted(texts(groups, "node").values()) == [["Dua", "e1"], ["Satu", id]]
    assert len(texts(groups, "edge")) == 1


def test_a_matrix_is_a_net_of_what_its_cells_say() -> None:
    view = samples.matrix(4, 3)
    said = texts(drawn(view), "edge")
    assert len(said) == len({(cell.row, cell.column) for cell in view.cells})
    assert {word for words in said.values() for word in words} <= {"membaca", "menulis", "membaca dan menulis"}


def test_nothing_in_it_is_fetched_or_run() -> None:
    source = dot.write(samples.named(samples.chain())).decode()
    assert not [word for word in ("URL=", "href=", "image=", "stylesheet=", "shapefile=") if f" {word}" in source]


def test_the_same_view_gives_the_same_bytes() -> None:
    assert dot.write(samples.chain()) == dot.write(samples.chain())
