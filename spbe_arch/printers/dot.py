"""Prints a view as DOT, the language of Graphviz, for those who want to lay it out themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import graphviz

from spbe_arch.drawing.palette import INK, LAYERS, MUTED, PAPER
from spbe_arch.printers.net import net_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spbe_arch.printers.net import Net, Point
    from spbe_arch.views.view import View

__all__ = ["graph_of", "write"]

_STYLES = {"new": "rounded,filled,bold", "upgrade": "rounded,filled,bold", "retired": "rounded,dashed"}
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[./+-][A-Za-z0-9_]+)*")


def write(view: View) -> bytes:
    """The view as the bytes of a DOT file; the same view gives the same bytes."""
    source: str = graph_of(view).source
    return source.encode()


def graph_of(view: View) -> graphviz.Digraph:
    """The view as a graph of the package `graphviz`: a node for each element, a cluster for each group."""
    net = net_of(view)
    graph = graphviz.Digraph(name=literal(view.name))
    graph.attr("graph", label=literal(net.title), labelloc="t", fontname="Arimo", fontsize="15", rankdir="TB")
    graph.attr("node", shape="box", style="rounded,filled", fontname="Arimo", fontsize="10", fontcolor=INK)
    graph.attr("edge", fontname="Arimo", fontsize="8", color=MUTED, fontcolor=MUTED)
    names = _names(net)
    for index, box in enumerate(net.boxes):
        with graph.subgraph(name=f"cluster_{index}") as cluster:
            cluster.attr(label=literal(box.name), style="rounded", color=MUTED, fontname="Arimo", fontsize="9")
            for key in box.keys:
                _add(cluster, names, net.points[key])
    for point in net.loose.values():
        _add(graph, names, point)
    for line in net.lines:
        graph.edge(names[line.source], names[line.target], **({"label": literal(line.said)} if line.said else {}))
    return graph


def _add(graph: graphviz.Digraph, names: Mapping[str, str], point: Point) -> None:
    if not point.layer:
        graph.node(names[point.key], literal(point.name), shape="plaintext", style="")
        return
    colours = LAYERS[point.layer]
    said = {"style": _STYLES[point.status]} if point.status in _STYLES else {}
    graph.node(
        names[point.key],
        literal(point.name) if point.name == point.key else graphviz.nohtml(f"{literal(point.name)}\\n{_id(point)}"),
        color=colours.strong,
        fillcolor=PAPER if point.status == "retired" else colours.tint,
        **said,
        **({"penwidth": "2.5"} if point.focus else {}),
    )


def _id(point: Point) -> str:
    return str(literal(point.key))


def _names(net: Net) -> dict[str, str]:
    """What each point is called in the graph: its key, where that is plain in DOT, else its number."""
    # A colon would begin a port, and `#` is in no id, so no number is taken for a key.
    return {key: key if _PLAIN.fullmatch(key) else f"#{index}" for index, key in enumerate(net.points)}


def literal(text: str) -> str:
    """Text that Graphviz shows as it is: no escape, entity or HTML in it means anything."""
    from spbe_arch.drawing.text import clean

    shown: str = graphviz.escape(clean(text).replace("&", "&amp;"))
    return shown
