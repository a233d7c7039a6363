"""The viewpoint "flow": columns of who yields, writes, keeps, reads and uses data, with the data in their middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing.columns import Columns, columned

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import View

__all__ = ["HEADING", "sheets"]

HEADING = ("14 Aliran data", "14 Data flow")


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a flow of data: the picture, and lists of what is folded on it."""
    return columned(view, Columns(HEADING, _title))


def _title(words: Words, key: str, name: str) -> str:
    del words, key
    return name[:1].upper() + name[1:]
