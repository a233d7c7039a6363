"""For people: the sentence, the lines it is about, a caret, what belongs to it, and what to do next."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from spbe_arch.findings import Level
from spbe_arch.messages import printable, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Spot, Told

__all__ = ["write"]

_WIDEST = 110
"""Characters of a source line that are shown."""


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A block for each finding, with a blank line behind it."""
    return "".join(f"{_block(one, style)}\n\n" for one in told)


def _block(one: Told, style: Style) -> str:
    def say(text: str) -> str:
        return translate(text, style.language)

    head = _paint(f"{say(one.level.value)}[{one.code}]", _COLOURS[one.level], style)
    parts = [f"{head} {one.message}{one.proposal}"]
    region = one.spot.region
    margin = " " * len(str(region.line))
    parts.append(f"{margin}{_paint('-->', _QUIET, style)} {_where(one.spot)}")
    if one.lines and one.lines[-1].strip():
        parts += _snippet(one, margin, style)
    for spot in one.related:
        said = f": {spot.message}" if spot.message else ""
        name = f" '{printable(spot.element)}'" if spot.element and not spot.message else ""
        parts.append(f"{margin} = {say('see')} {_where(spot)}{name}{said}")
    if one.basis:
        parts.append(f"{margin} = {say('basis')}: {one.basis[0]}")
    if one.fix is not None and (one.fix.safe or style.guesses):
        how = "" if one.fix.safe else f" ({say('a guess')})"
        parts.append(f"{margin} = {say('fix')}: {one.fix.message}{how}")
    return "\n".join(parts)


def _snippet(one: Told, margin: str, style: Style) -> list[str]:
    """The line before, the line itself, and a caret below what is meant."""
    region = one.spot.region
    bar = _paint("|", _QUIET, style)
    parts = [f"{margin} {bar}"]
    if len(one.lines) > 1 and one.lines[0].strip():
        parts.append(f"{region.line - 1:>{len(margin)}} {bar} {_cut(one.lines[0], 0)[0]}")
    shown, start = _cut(one.lines[-1], region.column - 1)
    caret = _paint("^" * _width_of_caret(one, shown, start), _COLOURS[one.level], style)
    return [*parts, f"{region.line} {bar} {shown}", f"{margin} {bar} {' ' * start}{caret}"]


_COLOURS = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.NOTE: "1;36"}
_QUIET = "2"


def _paint(text: str, code: str, style: Style) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def _where(spot: Spot) -> str:
    return f"{printable(spot.path, 1000)}:{spot.region.line}:{spot.region.column}"


def _cut(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column that fits, made printable, and how wide it is up to the column."""
    first = max(0, column - _WIDEST // 2) if len(line) > _WIDEST else 0
    before, behind = line[first:column], line[column : first + _WIDEST]
    start = ("…" if first else "") + printable(before, 10_000)
    end = printable(behind, 10_000) + ("…" if len(line) > first + _WIDEST else "")
    return start + end, sum(_columns(character) for character in start)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _width_of_caret(one: Told, shown: str, start: int) -> int:
    region = one.spot.region
    wanted = region.end_column - region.column if region.end_line == region.line else 1
    return max(1, min(wanted, len(shown) - start))
