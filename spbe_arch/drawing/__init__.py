"""Draws views: view → sheet (shapes with places) → SVG or PNG.

sheets = draw(view)
to_svg(sheets[0])
to_png(sheets[0], dpi=300)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from spbe_arch.drawing.shapes import Sheet
from spbe_arch.errors import UnknownViewError

if TYPE_CHECKING:
    from spbe_arch.views.view import View

__all__ = ["VIEWPOINTS", "Sheet", "draw", "to_png", "to_svg"]

VIEWPOINTS = ("layers", "chain")
"""Those that can be drawn; the recipe of each is the module of its name, with a function `sheets`."""


def draw(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a view; the same view gives the same sheets.

    Raises:
        UnknownViewError: There is no recipe for its viewpoint.
        DrawingError: The layout engine is not installed.
    """
    if view.viewpoint not in VIEWPOINTS:
        raise UnknownViewError(f"no way to draw viewpoint '{view.viewpoint}'")
    recipe = import_module(f"{__name__}.{view.viewpoint}")
    sheets: tuple[Sheet, ...] = recipe.sheets(view)
    return sheets


def to_svg(sheet: Sheet) -> str:
    """Returns the sheet as the text of an SVG file."""
    from spbe_arch.drawing import svg

    return svg.to_svg(sheet)


def to_png(sheet: Sheet, *, dpi: int = 150) -> bytes:
    """Returns the sheet as the bytes of a PNG file.

    Raises:
        DrawingError: The engine failed, or the picture would have too many pixels.
    """
    from spbe_arch.drawing import png

    return png.to_png(sheet, dpi=dpi)
