"""An architecture in the formats of other graph programs and tables.

Nodes are elements by id with `layer`, `type`, `name`, `status`, `unit` and `reference`; edges run as the links are
written, with `field` and `relationship`, the same as in `architecture.graph`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import SpbeError
from spbe_arch.relational import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["graphml", "node_link", "to_pandas"]

_OF_A_NODE = ("layer", "type", "name", "status", "unit", "reference")
_OF_AN_EDGE = ("field", "relationship")


def graphml(architecture: Architecture) -> str:
    """The architecture as GraphML (graphml.graphdrawing.org), which networkx, Gephi, yEd and Neo4j read."""
    return "".join(_graphml(architecture))


def _graphml(architecture: Architecture) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for target, names in (("node", _OF_A_NODE), ("edge", _OF_AN_EDGE)):
        for name in names:
            yield f'  <key id="{target}.{name}" for="{target}" attr.name="{name}" attr.type="string"/>\n'
    yield f'  <graph id={_quoted(architecture.agency)} edgedefault="directed">\n'
    for id, attributes in _nodes(architecture):
        yield f"    <node id={_quoted(id)}>{_data('node', attributes)}</node>\n"
    for number, link in enumerate(architecture.links()):
        ends = f"source={_quoted(link.source)} target={_quoted(link.target)}"
        attributes = {"field": link.field, "relationship": link.relationship}
        yield f'    <edge id="e{number}" {ends}>{_data("edge", attributes)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(target: str, attributes: dict[str, str]) -> str:
    return "".join(f'<data key="{target}.{name}">{_escaped(value)}</data>' for name, value in attributes.items())


def _quoted(text: str) -> str:
    shown = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
    return f'"{shown}"'


def _escaped(text: str) -> str:
    """Text as it stands in XML; characters that XML 1.0 cannot hold become U+FFFD."""
    clean = "".join(letter if _is_xml(letter) else "\ufffd" for letter in text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _is_xml(letter: str) -> bool:
    """XML 1.0, production 2."""
    code = ord(letter)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def node_link(architecture: Architecture) -> str:
    """The architecture as JSON in the node-link form, which networkx (`edges="edges"`), D3 and Cytoscape read."""
    found = {
        "directed": True,
        "multigraph": True,
        "graph": {"agency": architecture.agency, "name": architecture.manifest.name or ""},
        "nodes": [{"id": id, **attributes} for id, attributes in _nodes(architecture)],
        "edges": [
            {
                "source": link.source,
                "target": link.target,
                "key": link.field,
                "field": link.field,
                "relationship": link.relationship,
            }
            for link in architecture.links()
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _nodes(architecture: Architecture) -> Iterator[tuple[str, dict[str, str]]]:
    for ordinal in architecture.all_ordinals():
        element: Any = architecture.at_ordinal(ordinal)
        unit = element.info.belongs_to(element)
        attributes = {
            "layer": element.info.layer.value,
            "type": element.section,
            "name": element.name,
            "status": element.status,
            "unit": None if unit is None else architecture.id_at(unit.ordinal),
            "reference": getattr(element, "reference", None),
        }
        yield architecture.id_at(ordinal), {name: str(value) for name, value in attributes.items() if value}
    known = set()
    for link in architecture.links():  # elements of agencies that are not loaded are named by links only
        if link.target not in architecture and link.target not in known:
            known.add(link.target)
            yield link.target, {"type": "external"}


def to_pandas(architecture: Architecture, findings: Iterable[Finding] = ()) -> dict[str, pandas.DataFrame]:
    """The architecture as pandas frames: elements, links, fields, findings, and one for each section that is used.

    Args:
        architecture: what becomes frames.
        findings: as `check` returns them, for the frame of findings.

    Raises:
        SpbeError: if pandas is not installed (the extra `pandas`).
    """
    try:
        import pandas
    except ImportError as error:
        raise SpbeError("pandas is not installed: python -m pip install 'spbe-arch[pandas]'") from error
    frames = {}
    for table in tables(architecture, findings):
        rows = list(table.rows)
        if rows or table.name in ("elements", "links", "fields", "findings"):
            frames[table.name] = pandas.DataFrame(rows, columns=list(table.columns))
    return frames
