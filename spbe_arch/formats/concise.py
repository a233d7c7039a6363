"""One line a finding, as editors and grep like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.messages import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["line", "suggestion", "write"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """`path:line:column: CODE message; did you mean …?` for each finding."""
    return "".join(f"{line(one)}\n" for one in told)


def line(one: Told) -> str:
    """The finding on one line."""
    spot = one.spot
    start = f"{printable(spot.path, 1000)}:{spot.region.line}:{spot.region.column}: "
    return f"{start}{one.code} {one.message}{suggestion(one)}"


def suggestion(one: Told) -> str:
    """The near miss, with where it is declared, as the end of a sentence."""
    if one.suggestion is None:
        return ""
    where = ""
    if one.suggestion_spot is not None:
        spot = one.suggestion_spot
        where = f" ({printable(spot.path, 1000)}:{spot.region.line}:{spot.region.column})"
    return "; " + one.suggestion_words.format(text=f"'{printable(one.suggestion)}'{where}")
