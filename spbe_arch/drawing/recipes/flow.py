"""The viewpoint "flow": columns of who yields, writes, keeps, reads and uses data, with the data in their middle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spbe_arch.drawing.columns import Columns, columned
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import View

__all__ = ["HEADING", "sheets"]

HEADING = ("14 Aliran data", "14 Data flow")


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a flow of data: the picture, and lists of what is folded on it.

    Exchanges over the bus have lines to the data that they carry only: the picture of integration shows the rest.
    """
    words = Words(view.frame.language)
    data = {id for group in view.groups if group.key == "data" for id in group.nodes}
    kinds = {node.id: node.kind for node in view.nodes}
    shown = tuple(
        edge for edge in view.edges if {edge.source, edge.target} & data or kinds.get(edge.source) != "through"
    )
    hidden = len(view.edges) - len(shown)
    remark = words.count(hidden, "links past data") if hidden else ""
    return columned(replace(view, edges=shown), Columns(HEADING, _title, remark))


def _title(words: Words, key: str, name: str) -> str:
    del words, key
    return name[:1].upper() + name[1:]
