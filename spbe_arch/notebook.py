"""How an architecture and a view show themselves in a notebook: in words, as SVG, as a graph to go on with."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from spbe_arch.drawing import draw, to_svg
from spbe_arch.messages import counted, translate
from spbe_arch.metamodel import Layer
from spbe_arch.views import make_view

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.views.view import View

__all__ = ["architecture_as_html", "architecture_as_svg", "view_as_graph", "view_as_svg"]


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
