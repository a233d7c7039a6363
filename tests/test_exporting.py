"""Exports, each read back by the real reader of its format."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch import check, load_texts
from spbe_arch.exporting import _escaped, _is_xml, graphml, node_link, to_pandas
from tests.command import run, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = load_texts(list(clean_texts().items()))


def ends(graph: Any) -> list[tuple[str, str, str]]:
    return sorted((source, target, about["field"]) for source, target, about in graph.edges(data=True))


def test_networkx_reads_the_graphml_as_the_graph() -> None:
    read: Any = networkx.read_graphml(io.BytesIO(graphml(CLEAN).encode()), force_multigraph=True)
    assert ends(read) == ends(CLEAN.graph)


def test_networkx_reads_the_json_as_the_graph() -> None:
    read = networkx.node_link_graph(json.loads(node_link(CLEAN)), edges="edges")
    assert ends(read) == ends(CLEAN.graph)
    assert {id: about["name"] for id, about in read.nodes(data=True)} == {
        id: about["name"] for id, about in CLEAN.graph.nodes(data=True)
    }


@given(st.text(max_size=20))
def test_any_name_is_read_back_from_graphml(name: str) -> None:
    quoted = json.dumps(name)
    architecture = load_texts(
        [("spbe.yaml", "version: 1\nagency: a\n"), ("x.yaml", f"services: {{s: {{name: {quoted}}}}}")]
    )
    read: Any = networkx.read_graphml(io.BytesIO(graphml(architecture).encode()))
    expected = architecture.services["s"].name if "s" in architecture.services else None
    shown = "".join(letter if _is_xml(letter) else "\ufffd" for letter in expected or "")
    assert read.nodes.get("s", {}).get("name", "") == shown


@given(st.text())
def test_what_xml_cannot_hold_is_replaced_and_the_rest_stays(text: str) -> None:
    from xml.dom import minidom

    document = minidom.parseString(f"<a>{_escaped(text)}</a>".encode("utf-8", "surrogatepass"))  # noqa: S318 - our own
    root = document.documentElement
    assert root is not None
    read = "".join(node.data for node in root.childNodes)  # type: ignore[union-attr]
    assert len(read) == len(text)


def test_pandas_frames_hold_elements_links_and_findings() -> None:
    frames = to_pandas(CLEAN, check(CLEAN))
    assert (len(frames["elements"]), len(frames["links"])) == (len(CLEAN), CLEAN.link_count)
    assert list(frames["services"]["id"]) == list(CLEAN.services)


@pytest.mark.parametrize("form", ["graphml", "json", "sqlite"])
def test_the_command_writes_a_file(form: str, tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    assert run(tmp_path, "export", "--format", form, "-o", "hasil").returncode == 0
    assert (tmp_path / "hasil").stat().st_size > 1_000
