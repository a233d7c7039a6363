"""Draws views: view → sheet (shapes with places) → SVG or PNG.

    sheets = draw(view)
    to_svg(sheets[0])
    to_png(sheets[0], dpi=300)

A viewpoint is drawn by the file of its name in `recipes`; nothing else knows it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from spbe_arch.drawing.shapes import Sheet
from spbe_arch.errors import UnknownViewError

if TYPE_CHECKING:
    from spbe_arch.views.view import View

__all__ = ["Sheet", "draw", "to_png", "to_svg", "viewpoints"]


def draw(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a view; the same view gives the same sheets.

    Raises:
        UnknownViewError: There is no recipe for its viewpoint.
    """
    if view.viewpoint not in viewpoints():
        raise UnknownViewError("no way to draw viewpoint {name!r}", name=view.viewpoint)
    recipe = import_module(f"{__name__}.recipes.{view.viewpoint}")
    sheets: tuple[Sheet, ...] = recipe.sheets(view)
    return sheets


def viewpoints() -> tuple[str, ...]:
    """Returns the names of the viewpoints that can be drawn, sorted."""
    from pkgutil import iter_modules

    from spbe_arch.drawing import recipes

    return tuple(sorted(module.name for module in iter_modules(recipes.__path__)))


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
