"""Text on a sheet: made clean, measured in Arimo, broken into lines that fit.

All widths on all sheets come from here; no engine and no reader's font is ever asked. The table holds the
advance widths of the font that the PNG printer draws with; the SVG printer writes them down as
`textLength`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["clean", "fit", "in_font", "outline", "width", "wrap"]

_ELLIPSIS = "…"
_BREAK_AFTER = frozenset(" /-–_.;")
_SPACES = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_UNFIT = re.compile(
    r"[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters; XML has no way to write most of them
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls reorder what stands beside them
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # half a character; no character
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


def clean(text: str) -> str:
    r"""Returns the text in one line, as it may be drawn: what cannot be shown is U+FFFD.

    >>> clean("Izin\n  usaha\x07")
    'Izin usaha�'
    """
    if (
        text.isprintable() and "  " not in text
    ):  # no space but the plain one, no control, nothing unassigned: most names
        return text.strip(" ")
    return _UNFIT.sub("\ufffd", _SPACES.sub(" ", text)).strip(" ")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Returns how wide the text is, in points, at a size in points."""
    advances = _advances(bold)
    return sum(map(advances.__getitem__, text)) * size


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Returns the text if it fits in one line, else as much of it as does, and "…"."""
    return wrap(text, room, size, bold=bold, lines=1)[0]


def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 3) -> tuple[str, ...]:
    """Returns the text in lines no wider than the room, at least one.

    Lines break at spaces, else after one of ``/ - – _ . ;``, else within the word with a hyphen. If there is
    more text than lines, the last line ends in "…" at the character that still fits.
    """
    advances = _advances(bold)
    limit = room / size + 1e-9
    wrapped: list[str] = []
    rest = text
    while rest and len(wrapped) < lines:
        if len(wrapped) == lines - 1:
            wrapped.append(_cut(rest, limit, advances))
            break
        line, rest = _first_line(rest, limit, advances)
        wrapped.append(line)
    return tuple(wrapped) or ("",)


def in_font(text: str) -> bool:
    """Returns whether the font has all characters of the text, so that every program shows it."""
    known: dict[str, int] = _widths()["regular"]
    return known.keys() >= set(text)


def outline(character: str, *, bold: bool = False) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Returns the contours of a character in ems, y upward; of one that the font lacks, a box.

    A contour is a start and segments: 2 numbers are the end of a line, 6 the controls and end of a curve.
    """
    table = _outlines()
    contours = table["bold" if bold else "regular"].get(character)
    if contours is None:
        return _box(_advances(bold)[character])
    return tuple(tuple(_cubic(contour, table["em"])) for contour in contours)


def _box(advance: float) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """A hollow box: a contour, and another one inside it that runs the other way."""
    if advance < 0.3:
        return ()
    left, right, low, high, pen = 0.08, advance - 0.08, 0.0, 0.7, 0.07
    outer = ((left, low), (left, high), (right, high), (right, low), (left, low))
    left, right, low, high = left + pen, right - pen, low + pen, high - pen
    return outer, ((left, low), (right, low), (right, high), (left, high), (left, low))


def _cubic(contour: list[list[int]], em: int) -> Iterator[tuple[float, ...]]:
    """The same contour with cubic curves for the quadratic ones of the font."""
    x = y = 0.0
    for segment in contour:
        *control, end_x, end_y = (value / em for value in segment)
        if control:
            cx, cy = control
            yield (
                x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3,
                end_x + (cx - end_x) * 2 / 3, end_y + (cy - end_y) * 2 / 3,
                end_x, end_y,
            )  # fmt: skip
        else:
            yield end_x, end_y
        x, y = end_x, end_y


class _Advances(dict[str, float]):
    """Advance widths in ems; that of a character which the font lacks is a guess on the wide side."""

    def __missing__(self, character: str) -> float:
        self[character] = advance = _guess(character)
        return advance


def _guess(character: str) -> float:
    if character in _JOINERS or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return 1.0 if character >= "\u2e80" else 0.7


@functools.cache
def _widths() -> dict[str, Any]:
    return _table(_data("widths.json"))


@functools.cache
def _advances(bold: bool) -> _Advances:
    table = _widths()
    return _Advances((key, value / table["em"]) for key, value in table["bold" if bold else "regular"].items())


@functools.cache
def _outlines() -> dict[str, Any]:
    import gzip

    return _table(gzip.decompress(_data("outlines.json.gz")))


def _table(data: bytes) -> dict[str, Any]:
    import json

    table: dict[str, Any] = json.loads(data)
    return table


def _data(name: str) -> bytes:
    from importlib.resources import files  # 8 ms, which only those pay who draw

    return files(__package__).joinpath("arimo", name).read_bytes()


def _first_line(text: str, limit: float, advances: _Advances) -> tuple[str, str]:
    """The longest beginning of the text that fits and ends where a line may end, and the rest."""
    end = _end(text, limit, advances)
    if end == len(text):
        return text, ""
    if text[end] == " ":
        return text[:end], text[end + 1 :]
    space = text.rfind(" ", 0, end)
    if space > 0:
        return text[:space], text[space + 1 :]
    for index in range(end, 1, -1):
        if text[index - 1] in _BREAK_AFTER:
            return text[:index], text[index:]
    end = max(_end(text, limit - advances["-"], advances), 1)
    return f"{text[:end]}-", text[end:]


def _cut(text: str, limit: float, advances: _Advances) -> str:
    end = _end(text, limit, advances)
    if end == len(text):
        return text
    return text[: _end(text, limit - advances[_ELLIPSIS], advances)].rstrip() + _ELLIPSIS


def _end(text: str, limit: float, advances: _Advances) -> int:
    """How many characters fit, never parting a letter from the marks on it."""
    total = 0.0
    for index, character in enumerate(text):
        total += advances[character]
        if total > limit:
            while index and (advances[text[index]] == 0.0 or text[index - 1] == "\u200d"):
                index -= 1
            return index
    return len(text)
