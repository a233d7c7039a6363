"""Architecture → pictures: makes the views asked for, draws and prints each. It writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import draw, to_png, to_svg
from spbe_arch.views import default_requests, make_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["Picture", "render"]


class Picture(NamedTuple):
    """One sheet, printed."""

    name: str
    """The name of its file."""
    data: bytes


def render(
    architecture: Architecture,
    findings: Iterable[Finding] = (),
    *,
    views: Iterable[str] = (),
    formats: Iterable[str] = ("svg",),
    dpi: int = 150,
    language: str = "",
) -> Iterator[Picture]:
    """The pictures of an architecture, one for each sheet and format.

    Args:
        architecture: what is drawn.
        findings: those that are marked on the elements, as `check` returns them.
        views: requests as in "layers", "layers:diskominfosantik", "chain:perizinan-usaha"; else a useful set.
        formats: "svg" and "png".
        dpi: resolution of PNG, dots per inch.
        language: of the labels; else that of the manifest.

    Raises:
        UnknownViewError: if a view does not exist.
        DrawingError: if the layout engine fails.
    """
    found = tuple(findings)
    wanted = tuple(formats)
    for request in tuple(views) or default_requests(architecture):
        for sheet in draw(make_view(architecture, request, found, language)):
            if "svg" in wanted:
                yield Picture(f"{sheet.name}.svg", to_svg(sheet).encode())
            if "png" in wanted:
                yield Picture(f"{sheet.name}.png", to_png(sheet, dpi=dpi))
