"""How an architecture, what was found in it and a view show themselves in a notebook: in words, as SVG, as a graph."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from spbe_arch.drawing import draw, to_svg
from spbe_arch.messages import counted, tell, translate
from spbe_arch.metamodel import Layer
from spbe_arch.tables import shown
from spbe_arch.views import make_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.architecture import Architecture, Elements
    from spbe_arch.checking import Findings
    from spbe_arch.querying import Answer
    from spbe_arch.views.view import View

__all__ = [
    "answer_as_html",
    "architecture_as_html",
    "architecture_as_svg",
    "elements_as_html",
    "findings_as_html",
    "view_as_graph",
    "view_as_svg",
]

_ROWS = 100
"""Rows of a table that a notebook shows."""


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
    language = _language(architecture)
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
    language = _language(findings.architecture)
    rows = [
        (
            translate(one.level.value, language),
            one.code,
            f"{one.message}{one.proposal}",
            f"{one.spot.path}:{one.spot.region.line}",
        )
        for one in tell(findings.architecture, islice(findings, _ROWS), language)
    ]
    said = counted(len(findings), "{count} finding", "{count} findings", language)
    return _table(said, (), rows, len(findings), language)


def elements_as_html(elements: Elements[Any]) -> str:
    """The first elements, each with its type, id and name, below how many there are."""
    language = _language(elements.architecture)
    rows = [(one.info.label(language), id, one.name) for id, one in islice(elements.items(), _ROWS)]
    said = counted(len(elements), "{count} element", "{count} elements", language)
    return _table(said, (), rows, len(elements), language)


def answer_as_html(answer: Answer) -> str:
    """The first rows of an answer below the names of their columns and how many there are."""
    language = _language(answer.elements.architecture)
    said = counted(len(answer), "{count} element", "{count} elements", language)
    return _table(said, answer.columns, answer.rows[:_ROWS], len(answer), language)


def _language(architecture: Architecture) -> str:
    return architecture.manifest.spoken


def _table(said: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], total: int, language: str) -> str:
    """Rows below what is said of them, which tells of those that are not shown."""
    if len(rows) < total:
        said += f"; {translate('the first {count} are shown', language).format(count=len(rows))}"
    heads = "".join(f"<th>{escape(column)}</th>" for column in columns)
    lines = [f"<tr>{heads}</tr>"] if columns else []
    lines += ["<tr>" + "".join(f"<td>{escape(shown(cell))}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table><caption>{escape(said)}</caption>{''.join(lines)}</table>"
