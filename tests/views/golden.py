"""A view of each viewpoint as DOT, whole: what it shows can be read in review."""

from __future__ import annotations

from pathlib import Path

from spbe_arch import load
from spbe_arch.printers.dot import write
from spbe_arch.views import make_view, viewpoints
from tests.patching import CLEAN

GOLDEN = Path(__file__).with_name("golden")


def request_of(name: str) -> str:
    """Of the whole where there is such a view; else of the first variant, years or element that it can be about."""
    viewpoint = viewpoints()[name]
    if viewpoint.variants:
        return f"{name}:{viewpoint.variants[0]}"
    if not viewpoint.needs_subject:
        return name
    return f"{name}:{next(id for section in viewpoint.about for id in load(CLEAN).of(section))}"


def written(name: str) -> bytes:
    """The view of a viewpoint in Indonesian, without findings."""
    return write(make_view(load(CLEAN), request_of(name), (), "id"))


def golden() -> dict[Path, bytes]:
    """What the golden files should hold."""
    return {GOLDEN / f"{name}.dot": written(name) for name in viewpoints()}
