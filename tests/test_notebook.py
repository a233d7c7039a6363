"""In a notebook an architecture and a view show themselves; nothing of that is loaded before."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import graphviz
import pytest

from spbe_arch import check, compare, edit, gap_report, query, tell, what_if
from spbe_arch.loader import load_texts
from spbe_arch.views import make_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from spbe_arch.architecture import Architecture

MODEL = "services:\n  izin: {name: '<b>Izin</b> & \\N'}\napplications:\n  sim: {name: SIM, supports: [izin]}\n"


def model(manifest: str = "name: <i>Kabupaten</i>") -> Architecture:
    return load_texts([("spbe.yaml", f"version: 1\nagency: kab-x\n{manifest}\n"), ("m.yaml", MODEL)])


def test_findings_show_their_sentences_without_a_tag_of_the_model() -> None:
    page = check(model("name: X\nlanguage: en"), select=["SPBE304"])._repr_html_()
    assert "<caption>1 finding</caption>" in page
    assert "<td>m.yaml:2</td>" in page
    assert "<td>service &#x27;izin&#x27; has no executing unit</td>" in page


def test_a_notebook_shows_the_first_findings_and_counts_the_others() -> None:
    services = "".join(f"  layanan-{number}: {{name: L}}\n" for number in range(103))
    texts = [("spbe.yaml", "version: 1\nagency: kab-x\nname: X\nlanguage: en\n"), ("m.yaml", f"services:\n{services}")]
    page = check(load_texts(texts), select=["SPBE304"])._repr_html_()
    assert page.count("<tr>") == 100
    assert "<caption>103 findings; the first 100 are shown</caption>" in page


def test_elements_show_their_types_ids_and_names() -> None:
    page = model("name: X\nlanguage: en").applications._repr_html_()
    assert "<tr><td>application</td><td>sim</td><td>SIM</td></tr>" in page


def test_an_answer_shows_its_columns_and_rows_without_a_tag_of_the_model() -> None:
    page = query(model(), "services show id, name")._repr_html_()
    assert "<tr><th>id</th><th>name</th></tr><tr><td>izin</td><td>&lt;b&gt;Izin" in page


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (lambda it: it.services["izin"], "<Service izin: <b>Izin</b> & \\N>"),
        (lambda it: it.members, "(<Member kab-x: 1 files>,)"),
        (lambda it: compare(it, it), "<Difference: elements +0 -0, 0 renamed, 0 changed; links +0 -0; findings +0 -0>"),
        (lambda it: what_if(it, remove="izin"), "<Supposition: 1 broken links>"),
        (lambda it: check(it, select="SPBE304")[0], "<Finding SPBE304 warning: m.yaml izin.owner>"),
        (lambda it: query(it, "services show id"), "<Answer: 1 elements with id>"),
        (edit, "<Draft of kab-x: 0 files differ>"),
        (lambda it: gap_report(it, 2025, 2026), "<GapReport 2025-2026: 0 to build, 0 to change, 0 to retire>"),
        (lambda it: it.references("RAA"), "<ReferenceTable RAA 2020-2024: 6 codes>"),
    ],
)
def test_a_prompt_shows_what_something_is_on_one_line(made: Callable[[Architecture], object], shown: str) -> None:
    assert repr(made(model())) == shown


def test_printed_findings_are_one_line_each_in_the_language_of_the_manifest() -> None:
    said = str(check(model("name: X\nlanguage: en"), select=["SPBE304"]))
    assert said.startswith("m.yaml:2:3: SPBE304 service 'izin'")


def test_findings_are_told_in_the_language_asked_for() -> None:
    architecture = model("name: X\nlanguage: en")
    [told] = tell(architecture, check(architecture, select=["SPBE304"]), "id")
    assert told.message.startswith("layanan 'izin'")


def test_a_notebook_completes_fields_that_are_not_filled_in() -> None:
    assert "tags" in dir(model().services["izin"])


def test_a_notebook_completes_the_sections_and_what_is_for_everybody() -> None:
    proposed = dir(model())
    assert {"applications", "impact"} <= set(proposed)
    assert "ordinal_of" not in proposed


@pytest.mark.parametrize(("code", "meant"), [("model().aplikasi", "applications"), ("izin.nama", "name")])
def test_an_indonesian_name_says_what_it_is_called_in_python(code: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"is called '{meant}' here"):
        eval(code, {"model": model, "izin": model().services["izin"]})  # noqa: S307 - written above


def test_a_supposition_shows_its_findings_once_somebody_has_asked_for_them() -> None:
    supposed = what_if(model(), remove="izin")
    assert len(supposed.introduced) == 1
    assert repr(supposed) == "<Supposition: 1 broken links, findings +1 -4>"


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
