"""The part of the page of views that is written by the code: which viewpoint takes which colours, groups and sizes."""

from __future__ import annotations

from pathlib import Path

from spbe_arch.definitions import VIEWPOINTS
from spbe_arch.views import Viewpoint, viewpoints

PAGE = Path(__file__).parents[2] / "spbe_arch/views/README.md"
LOOKS = ("group_by", "colour_by", "size_by")
_HEADING = "### Which viewpoint takes which\n\n"
_LEAD = "`–` says what the picture tells in that way itself.\n\n"


def page() -> dict[Path, bytes]:
    """The page with its table as the code has it."""
    before, _, after = PAGE.read_text(encoding="utf-8").partition(_HEADING)
    rest = after.partition("\n#")
    table = "".join(f"{line}\n" for line in _lines())
    return {PAGE: (before + _HEADING + _LEAD + table + rest[1] + rest[2]).encode()}


def _lines() -> list[str]:
    known = viewpoints()
    rows = [[f"`{name}`", *(_said(known[name], look) for look in LOOKS)] for name in VIEWPOINTS.values]
    heads = ["viewpoint", *(f"`{look}`" for look in LOOKS)]
    return [f"| {' | '.join(row)} |" if row else "|---" * len(heads) + "|" for row in (heads, [], *rows)]


def _said(viewpoint: Viewpoint, look: str) -> str:
    return "yes" if look in viewpoint.parameters else f"– {viewpoint.fixed[look]}"
