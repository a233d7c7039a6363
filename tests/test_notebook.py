"""In a notebook an architecture and a view show themselves; nothing of that is loaded before."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import graphviz
import pytest

from spbe_arch.loader import load_texts
from spbe_arch.views import make_view

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture

MODEL = "services:\n  izin: {name: '<b>Izin</b> & \\N'}\napplications:\n  sim: {name: SIM, supports: [izin]}\n"


def model(manifest: str = "name: <i>Kabupaten</i>") -> Architecture:
    return load_texts([("spbe.yaml", f"version: 1\nagency: kab-x\n{manifest}\n"), ("m.yaml", MODEL)])


def test_a_view_shows_its_first_sheet() -> None:
    root = ElementTree.fromstring(make_view(model(), "layers")._repr_svg_())  # noqa: S314 - our own output
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_an_architecture_shows_its_layers() -> None:
    assert model()._repr_svg_() == make_view(model(), "layers")._repr_svg_()


def test_an_architecture_tells_its_name_and_counts_without_a_tag_of_the_model() -> None:
    page = model()._repr_html_()
    assert "&lt;i&gt;Kabupaten&lt;/i&gt;" in page
    assert "<i>" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(("language", "said"), [("id", "Aplikasi"), ("en", "Applications")])
def test_an_architecture_speaks_the_language_of_its_manifest(language: str, said: str) -> None:
    assert f"<th>{said}</th>" in model(f"name: X\nlanguage: {language}")._repr_html_()


def test_an_architecture_without_anything_shows_itself() -> None:
    assert "<svg" in load_texts([])._repr_html_()


def test_a_view_is_a_graph_of_graphviz() -> None:
    graph = make_view(model(), "chain:izin").to_graphviz()
    assert isinstance(graph, graphviz.Digraph)
    assert "sim -> izin" in graph.source


def test_a_notebook_is_not_loaded_before_it_asks() -> None:
    code = "import sys; from spbe_arch.loader import load_texts; load_texts([]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not {"spbe_arch.notebook", "spbe_arch.drawing", "spbe_arch.views", "graphviz"} & loaded
