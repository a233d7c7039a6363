"""The viewpoint "chain": what a service rests on, layer under layer, with the lines between.

A layer that is missing shows as an empty place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing import lines, notation
from spbe_arch.drawing.banded import Style, banded, with_lists

if TYPE_CHECKING:
    from spbe_arch.drawing.cards import CardText
    from spbe_arch.drawing.frame import Page
    from spbe_arch.drawing.shapes import Box, Sheet
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("02 Rantai layanan", "02 Service chain")


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a service chain, and lists of what is folded on it."""
    in_archimate = view.style == "archimate"
    kinds, kind_of = (notation.LINES, notation.kind_of) if in_archimate else (lines.KINDS, _kind_of)
    page = banded(view, Style(HEADING, kinds, kind_of, _card, gaps=True, fades=True))
    return with_lists(page, HEADING)


def _kind_of(edge: Edge, section: str, on_bus: bool) -> tuple[str, bool]:
    kind, against = lines.kind_of(section, edge.field)
    return ("direct" if kind == "through" and not on_bus else kind), against


def _card(page: Page, node: Node, words: CardText, box: Box, foot: float) -> None:
    page.card(node, words, box, foot=foot)
