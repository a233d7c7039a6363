"""How an architecture, its findings and a view show themselves in a notebook: in words, as SVG, as a graph."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from spbe_arch.drawing import draw, to_svg
from spbe_arch.messages import counted, tell, translate
from spbe_arch.metamodel import Layer
from spbe_arch.views import make_view

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings
    from spbe_arch.views.view import View

__all__ = ["architecture_as_html", "architecture_as_svg", "findings_as_html", "view_as_graph", "view_as_svg"]

_FINDINGS = 100
"""Findings that a notebook shows."""


def view_as_svg(view: View) -> str:
    """The first sheet of a view."""
    return to_svg(draw(view)[0])


def view_as_graph(view: View) -> Any:
    """A view as a `graphviz.Digraph`."""
    from spbe_arch.printers.dot import graph_of

    return graph_of(view)


def architecture_as_svg(architecture: Architecture) -> str:
    """The six layers of an architecture on one sheet."""
    return view_as_svg(make_view(architecture, "layers"))


def architecture_as_html(architecture: Architecture) -> str:
    """The name of an architecture, how many elements each layer has, what reading it found, and its six layers."""
    language = architecture.manifest.language or "id"
    heads, numbers = "", ""
    for layer in Layer:
        heads += f"<th>{escape(layer.label(language))}</th>"
        numbers += f"<td>{len(architecture.in_layer(layer))}</td>"
    found = len(architecture.findings)
    said = counted(found, "{count} finding while reading", "{count} findings while reading", language)
    name = escape(architecture.manifest.name or architecture.agency)
    title = escape(translate("Elements by layer", language))
    return (
        f"<div><strong>{name}</strong> <code>{escape(architecture.agency)}</code>"
        f"<table><caption>{title}</caption><tr>{heads}</tr><tr>{numbers}</tr></table>"
        f"<p>{escape(said)}</p>{architecture_as_svg(architecture)}</div>"
    )


def findings_as_html(findings: Findings) -> str:
    """The first findings, each with its level, its sentence and its place, below how many there are."""
    language = findings.architecture.manifest.language or "id"
    rows = ""
    for one in tell(findings.architecture, islice(findings, _FINDINGS), language):
        level = translate(one.level.value, language)
        place = f"{one.spot.path}:{one.spot.region.line}"
        said = "".join(f"<td>{escape(text)}</td>" for text in (level, one.code, f"{one.message}{one.proposal}", place))
        rows += f"<tr>{said}</tr>"
    total = counted(len(findings), "{count} finding", "{count} findings", language)
    left = max(len(findings) - _FINDINGS, 0)
    more = counted(left, "{count} more finding", "{count} more findings", language) if left else ""
    return f"<table><caption>{escape(total)}</caption>{rows}</table><p>{escape(more)}</p>"
