"""The viewpoint "change": bands of layers with what is added, removed and changed, and pale what is linked to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing.banded import Style, banded, with_lists
from spbe_arch.drawing.frame import Page, first_that_fits
from spbe_arch.drawing.lines import KINDS, Kind
from spbe_arch.drawing.palette import CHANGES, ERROR, PAPER, Colours, mix
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from spbe_arch.drawing.cards import CardText
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Edge, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("10 As-is dan to-be", "10 As-is and to-be")

_LINES = {
    "added": Kind("#0D5230", 1.8, ""),
    "removed": Kind(ERROR, 1.1, "", dash=(5.0, 3.0)),
    "kept": Kind("#8A9099", 0.8, ""),
    "replaces": KINDS["replaces"],
    "other": KINDS["other"],
}
_STATUS = {"added": "new", "removed": "retired", "changed": "upgrade"}
"""The status whose card has room for the sign."""


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheet of a change, and lists of what is folded on it."""
    if not view.nodes:
        return (first_that_fits(partial(_nothing, view)).finish(),)
    shown = replace(
        view,
        nodes=tuple(  # in focus, so that neighbours are folded before what changes
            node._replace(status=_STATUS.get(node.kind, "as_is"), focus=node.kind in CHANGES) for node in view.nodes
        ),
    )
    page = banded(shown, Style(HEADING, _LINES, _kind_of, _card, gaps=False, fades=False))
    words, counts = page.words, Counter(node.kind for node in view.nodes)
    said = [f"{words.number(counts[kind])} {words[f'change.{kind}']}" for kind in CHANGES if counts[kind]]
    if said:
        page.remark(" · ".join(said))
    return with_lists(page, HEADING)


def _nothing(view: View, legend_rows: int) -> Page:
    page = Page(view, HEADING, legend_rows=legend_rows)
    page.empty(Box(page.left, page.top, 120, 40))
    return page


def _kind_of(edge: Edge, section: str, on_bus: bool) -> tuple[str, bool]:
    del section, on_bus
    if edge.field == "replaces":
        return "replaces", True
    return (edge.kind if edge.kind in _LINES else "other"), False


def _card(page: Page, node: Node, words: CardText, box: Box, foot: float) -> None:
    kind = node.kind if node.kind in CHANGES else "kept"
    page.card(node._replace(focus=False), words, box, foot=foot, change=kind)
    width = 18.0 if kind == "kept" else 10.4
    sample = partial(_sample, page, kind, page.card_colours(node))
    page.explain(f"change.{kind}", width, sample, page.words[f"change.{kind}"])


def _sample(page: Page, kind: str, colours: Colours, x: float, y: float) -> None:
    if kind == "kept":
        fill, stroke = mix(colours.tint, PAPER, 0.75), mix(colours.strong, PAPER, 0.45)
        page.rect(Box(x, y - 5, 18, 10), fill=fill, stroke=stroke, radius=2)
    else:
        page.change_mark(kind, x + 5.2, y)
