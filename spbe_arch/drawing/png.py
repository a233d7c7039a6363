"""Prints a sheet as PNG, with nothing but the layout engine.

The engine draws what its graph attribute `_background` says, in a small language called xdot. Two invisible
nodes pinned near the corners of the page give the picture its size. What xdot lacks is made of what it has:
dashes are cut here, turned text and letters that the engine would get wrong are outlines.
"""

from __future__ import annotations

import math
import struct
import unicodedata
import zlib
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeAlias

from spbe_arch.drawing import engine, text
from spbe_arch.drawing.shapes import Close, Ellipse, Open, Path, Rect, Segment, Shape, Sheet, Text
from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["to_png"]

_Point = tuple[float, float]
_Contour: TypeAlias = "Sequence[tuple[_Point, ...]]"
"""A start, and then for each line its end, and for each curve its controls and end."""

_PIXELS = 35_000_000
"""The most that is printed: A4 at 600 dpi, which takes the engine 1 s and 290 MB."""
_PIECE = 4000
"""Graphviz refuses quoted strings of more than 16 kB, but it takes a sum of short ones."""
_ROUND = 0.5523
"""How far the controls of a curve stand off to make it a quarter of a circle."""
_RAISE = 0.1
"""The engine draws text of xdot so much of its size too high."""
_STATES = frozenset("ScCFt")
"""The operations that hold until the next of their kind: pen, colours, font, weight."""
_STEP = 1.2
"""How long the lines are, in points, of which a dashed curve is made."""
_STEPS = (4, 32)
"""The fewest and the most of them."""
_LETTER_STEPS = 2
"""Of how many lines a curve in the outline of a letter is made."""
_DOT = 0.36
"""Half the smallest node; nodes pinned so far inside the corners make the picture exactly the page."""


def to_png(sheet: Sheet, *, dpi: int = 150) -> bytes:
    """Returns the sheet as the bytes of a PNG file; the same sheet gives the same bytes.

    Raises:
        DrawingError: The engine failed, or the picture would have too many pixels.
    """
    pixels = sheet.width * sheet.height * (dpi / 72) ** 2
    if dpi < 1 or pixels > _PIXELS:
        raise DrawingError(
            "no picture of {dpi} dpi: it would have {pixels:.0f} of at most 35 million pixels",
            dpi=dpi,
            pixels=pixels / 1e6,
        )
    picture = engine.run(_graph(sheet), "-Kneato", "-n2", "-Tpng", f"-Gdpi={dpi}", seconds=60)
    return _with_resolution(picture, dpi)


def _graph(sheet: Sheet) -> str:
    drawing = " ".join(_changing(part for shape in sheet.shapes for part in _print(shape, sheet.height)))
    corners = "".join(
        f'{name} [pos="{_number(x)},{_number(y)}!"];'
        for name, x, y in (("a", _DOT, _DOT), ("b", sheet.width - _DOT, sheet.height - _DOT))
    )
    return (
        "graph { margin=0; pad=0; node [style=invis, shape=point, width=0.01, height=0.01, fixedsize=true]; "
        f"{corners} _background={_quoted(drawing)} }}"
    )


def _quoted(drawing: str) -> str:
    """A quoted string of DOT; there is no backslash in it but those before quotes."""
    pieces = (drawing[start : start + _PIECE] for start in range(0, len(drawing), _PIECE))
    return " + ".join('"' + piece.replace('"', '\\"') + '"' for piece in pieces)


def _changing(operations: Iterable[str]) -> Iterator[str]:
    """The operations without those that set a pen, a colour or a font to what it is already.

    The engine looks for the end of the drawing at each number it reads, so what is not written saves twice.
    """
    now: dict[str, str] = {}
    for operation in operations:
        kind = operation[0]
        if kind not in _STATES:
            yield operation
        elif now.get(kind) != operation:
            now[kind] = operation
            yield operation


def _print(shape: Shape, height: float) -> Iterator[str]:
    """The operations of xdot that draw a shape on a page of this height."""
    match shape:
        case Rect():
            return _path(Path(_outline(shape), shape.fill, shape.stroke, shape.stroke_width, shape.dash), height)
        case Path():
            return _path(shape, height)
        case Ellipse():
            return _ellipse(shape, height)
        case Text():
            return _text(shape, height)
        case Open() | Close():
            return iter(())


def _path(shape: Path, height: float) -> Iterator[str]:
    for contour in _contours(shape.segments):
        if shape.fill:
            stroke = shape.stroke if not shape.dash else None
            yield from _ink(shape.fill, stroke or shape.fill, shape.stroke_width if stroke else 0.0)
            yield _drawn(contour, height, filled=True)
        elif shape.stroke and not shape.dash:
            yield from _ink(None, shape.stroke, shape.stroke_width)
            yield _drawn(contour, height, filled=False)
        if shape.stroke and shape.dash:
            yield from _ink(None, shape.stroke, shape.stroke_width)
            for dash in _dashes(list(_flat(contour)), shape.dash):
                yield _points("L", dash, height)


def _ellipse(shape: Ellipse, height: float) -> Iterator[str]:
    yield from _ink(shape.fill, shape.stroke or shape.fill or "#000000", shape.stroke_width if shape.stroke else 0.0)
    numbers = (shape.cx, height - shape.cy, shape.rx, shape.ry)
    yield f"{'E' if shape.fill else 'e'} {' '.join(map(_number, numbers))}"


def _text(shape: Text, height: float) -> Iterator[str]:
    x, y = shape.start
    for run, plain in _runs(shape):
        if plain and run.strip():
            yield from _ink(None, shape.colour, 1.0)
            size = len(run.encode())
            yield f"F {_number(shape.size)} 5 -Arimo"
            yield f"t {int(shape.bold)}"
            yield f"T {_number(x)} {_number(height - y - _RAISE * shape.size)} -1 0 {size} -{run}"
        elif not plain:
            yield from _path(Path(_letters(shape, run, x, y), fill=shape.colour), height)
        advance = text.width(run, shape.size, bold=shape.bold)
        x, y = (x, y - advance) if shape.turned else (x + advance, y)


def _runs(shape: Text) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether the engine may draw each as text.

    It may not if the text is turned, if the character is a backslash, which each version counts otherwise, or
    if the font lacks it, for then only we know how wide it was taken to be. Letters beyond ASCII come one by
    one: the engine takes them for wider than they are, and would widen the page for a row of them.
    """
    content = unicodedata.normalize("NFC", shape.content)  # the engine does not put marks on letters
    if text.width(content, 1) != text.width(shape.content, 1):
        content = shape.content
    if shape.turned:
        yield content, False
        return
    for plain, run in groupby(content, key=lambda character: character.isascii() and character != "\\"):
        if plain:
            yield "".join(run), True
        else:
            yield from ((character, character != "\\" and text.in_font(character)) for character in run)


def _letters(shape: Text, run: str, x: float, y: float) -> tuple[Segment, ...]:
    """The outlines of a piece of text in one path: xdot has no holes, but a way there and back makes them.

    They are made of straight lines, of which xdot needs a third of the numbers.
    """
    segments: list[Segment] = []
    ahead = 0.0
    for character in run:
        for start, *more in _corners(character, shape.bold):
            segments.append(("L" if segments else "M", _placed(shape, x, y, ahead, start)))
            segments += (("L", _placed(shape, x, y, ahead, end)) for end in (*more, start))
            segments.append(("L", segments[0][1]))
        ahead += text.width(character, shape.size, bold=shape.bold)
    return tuple(segments)


@lru_cache(maxsize=512)
def _corners(character: str, bold: bool) -> tuple[tuple[_Point, ...], ...]:
    """The corners of each contour of a character, in ems."""
    return tuple(tuple(_straightened(contour)) for contour in text.outline(character, bold=bold))


def _straightened(contour: Iterable[Sequence[float]]) -> Iterator[_Point]:
    """The corners of a contour of a letter, whose curves are short."""
    last: _Point = (0.0, 0.0)
    for numbers in contour:
        *controls, end = zip(numbers[::2], numbers[1::2], strict=True)
        yield from _curve(last, (*controls, end), _LETTER_STEPS) if controls else (end,)
        last = end


def _placed(shape: Text, x: float, y: float, ahead: float, corner: _Point) -> _Point:
    along, above = ahead + corner[0] * shape.size, corner[1] * shape.size
    return (x - above, y - along) if shape.turned else (x + along, y - above)


def _outline(rect: Rect) -> tuple[Segment, ...]:
    """A rectangle as a path."""
    left, top, right, bottom = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
    r = min(rect.radius, rect.width / 2, rect.height / 2)
    if not r:
        return (
            ("M", (left, top)),
            ("L", (right, top)),
            ("L", (right, bottom)),
            ("L", (left, bottom)),
            ("Z", ()),
        )
    k = r * (1 - _ROUND)
    return (
        ("M", (left + r, top)),
        ("L", (right - r, top)),
        ("C", (right - k, top, right, top + k, right, top + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)),
        ("L", (left + r, bottom)),
        ("C", (left + k, bottom, left, bottom - k, left, bottom - r)),
        ("L", (left, top + r)),
        ("C", (left, top + k, left + k, top, left + r, top)),
        ("Z", ()),
    )


def _contours(segments: Iterable[Segment]) -> Iterator[_Contour]:
    """Each contour: a start, and then the ends of lines and the controls and ends of curves."""
    contour: list[tuple[_Point, ...]] = []
    for command, numbers in segments:
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            if len(contour) > 1:
                yield contour
            contour = [points]
        elif command == "C":
            contour.append(points)
        else:
            end = contour[0] if command == "Z" else points
            if end[-1] != contour[-1][-1]:
                contour.append(end)
    if len(contour) > 1:
        yield contour


def _flat(contour: _Contour) -> Iterator[_Point]:
    """The contour as straight lines."""
    last = contour[0][-1]
    yield last
    for points in contour[1:]:
        if len(points) == 1:
            yield from points
        else:
            length = sum(math.dist(*pair) for pair in pairwise((last, *points)))
            yield from _curve(last, points, min(max(round(length / _STEP), _STEPS[0]), _STEPS[1]))
        last = points[-1]


def _curve(start: _Point, points: Sequence[_Point], steps: int) -> Iterator[_Point]:
    """The ends of the lines that a curve is made of, from its start, controls and end."""
    a, (b, c, d) = start, points
    for step in range(1, steps):
        t = step / steps
        ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
        yield _between(_between(ab, bc, t), _between(bc, cd, t), t)
    yield d


def _dashes(line: Sequence[_Point], pattern: Sequence[float]) -> Iterator[list[_Point]]:
    """The pieces of a line that a pattern of dashes and gaps leaves."""
    index, left = 0, pattern[0]
    dash = [line[0]]
    for start, end in pairwise(line):
        length, done = math.dist(start, end), 0.0
        while length - done > left:
            done += left
            corner = _between(start, end, done / length)
            if index % 2 == 0:
                yield [*dash, corner]
            index += 1
            left, dash = pattern[index % len(pattern)], [corner]
        left -= length - done
        dash.append(end)
    if index % 2 == 0 and len(dash) > 1:
        yield dash


def _between(start: _Point, end: _Point, share: float) -> _Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _ink(fill: str | None, stroke: str, width: float) -> Iterator[str]:
    style = f"setlinewidth({_number(width)})"
    yield f"S {len(style)} -{style}"
    yield f"c 7 -{stroke}"
    if fill:
        yield f"C 7 -{fill}"


def _drawn(contour: _Contour, height: float, *, filled: bool) -> str:
    """A contour as lines, or as curves if it has any; a line is a straight one."""
    if all(len(points) == 1 for points in contour):
        return _points("P" if filled else "L", [point for points in contour for point in points], height)
    flat = list(contour[0])
    for points in contour[1:]:
        flat += (flat[-1], points[0], points[0]) if len(points) == 1 else points
    return _points("b" if filled else "B", flat, height)


def _points(operation: str, points: Sequence[_Point], height: float) -> str:
    numbers = " ".join(f"{_number(x)} {_number(height - y)}" for x, y in points)
    return f"{operation} {len(points)} {numbers}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _with_resolution(picture: bytes, dpi: int) -> bytes:
    """The same PNG with a pHYs chunk, which tells programs how large to place it."""
    body = b"pHYs" + struct.pack(">IIB", *(round(dpi / 0.0254),) * 2, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    head = 8 + 25  # the signature and the header chunk
    return picture[:head] + chunk + picture[head:]
