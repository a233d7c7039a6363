"""Printers: views and sheets → files, in any of several formats. One file each, one function each.

What shows places (SVG, PNG, PDF, draw.io) prints the sheets of a view; what keeps the net or the table (DOT, Mermaid,
D2, PlantUML, CSV, Excel, JSON) prints the view itself, so nothing has to be laid out for it. SVG and PNG have their
printers in `drawing`: the one is where all others start from, the other is drawn by the layout engine.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spbe_arch.drawing import Sheet
    from spbe_arch.views.view import View

__all__ = ["NAMES", "OF_SHEETS", "Picture", "ending", "print_view", "require"]

NAMES = ("svg", "png", "pdf", "drawio", "dot", "mermaid", "d2", "plantuml", "csv", "xlsx", "json")
"""Formats of pictures."""

OF_SHEETS = frozenset({"svg", "png", "pdf", "drawio"})
"""Those that show a view as it is laid out; the others need no layout."""

_ENDINGS = {"mermaid": "mmd", "plantuml": "puml"}
"""What files of a format are called, where it is not its name."""

_NEEDED = {"pdf": ("pdf", ("typst", "fontpkg_arimo")), "xlsx": ("office", ("xlsxwriter",))}
"""The extra of a format, and the modules that come with it."""


class Picture(NamedTuple):
    """One file of a view."""

    name: str
    """The name of the file."""
    data: bytes


def ending(format: str) -> str:
    """What the names of the files of a format end with, as in ".svg"."""
    return f".{_ENDINGS.get(format, format)}"


def require(formats: Iterable[str]) -> None:
    """Makes sure that what these formats need is installed.

    Raises:
        DrawingError: It is not; the message says what to install.
    """
    for format in formats:
        extra, modules = _NEEDED.get(format, ("", ()))
        if not all(map(find_spec, modules)):
            raise DrawingError(
                "format {format} needs an extra: python -m pip install 'spbe-arch[{extra}]'",
                format=format,
                extra=extra,
            )


def print_view(view: View, sheets: Sequence[Sheet], format: str, *, dpi: int = 150) -> Iterator[Picture]:
    """The files of a view in a format: one for each sheet as SVG and PNG, else one for the view.

    Args:
        view: its name is the stem of the names of the files.
        sheets: the view as it is laid out; for formats that are not `OF_SHEETS`, none are needed.
        format: one of `NAMES`.
        dpi: resolution of PNG, dots per inch.

    Raises:
        DrawingError: The engine failed, or what the format needs is missing.
    """
    if format == "svg":
        from spbe_arch.drawing import to_svg

        yield from (Picture(f"{sheet.name}.svg", to_svg(sheet).encode()) for sheet in sheets)
    elif format == "png":
        from spbe_arch.drawing import to_png

        yield from (Picture(f"{sheet.name}.png", to_png(sheet, dpi=dpi)) for sheet in sheets)
    else:
        own = {"json", "csv"}  # names that modules of the standard library have
        module = import_module(f"{__name__}.{format}_format" if format in own else f"{__name__}.{format}")
        data = module.write(sheets if format in OF_SHEETS else view)
        yield Picture(view.name + ending(format), data)
