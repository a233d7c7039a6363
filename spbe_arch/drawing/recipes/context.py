"""The viewpoint "context": an element in a double frame, and columns of what it is linked to on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing.columns import Columns, columned

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import View

__all__ = ["HEADING", "sheets"]

HEADING = ("13 Konteks", "13 Context")


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a context: the picture, and lists of what is folded on it."""
    return columned(view, Columns(HEADING, _title))


def _title(words: Words, key: str, name: str) -> str:
    """How far the elements of a column are, and on which side."""
    if key == "0":
        return words["focus"]
    if not key.lstrip("-").isdigit():
        return name
    side = words["leads to it"] if key.startswith("-") else words["led to"]
    return f"{side} · {key.lstrip('-')}"
