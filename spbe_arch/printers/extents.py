"""How much of the page a shape takes, and a group of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing.shapes import Box, Close, Ellipse, Open, Path, Rect, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.drawing.shapes import Sheet

__all__ = ["around", "extent_of", "extent_of_groups"]

_UP, _DOWN = 0.95, 0.25
"""How far a line of text reaches above and below its base line, as shares of its size."""


def extent_of(shape: Rect | Path | Ellipse | Text) -> Box:
    """The least box that holds a shape; a curve is held by its controls."""
    match shape:
        case Rect():
            return Box(shape.x, shape.y, shape.width, shape.height)
        case Ellipse():
            return Box(shape.cx - shape.rx, shape.cy - shape.ry, 2 * shape.rx, 2 * shape.ry)
        case Path():
            xs = [x for _, numbers in shape.segments for x in numbers[::2]] or [0.0]
            ys = [y for _, numbers in shape.segments for y in numbers[1::2]] or [0.0]
            return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        case Text():
            x, y = shape.start
            if shape.turned:
                return Box(x - _UP * shape.size, y - shape.width, (_UP + _DOWN) * shape.size, shape.width)
            return Box(x, y - _UP * shape.size, shape.width, (_UP + _DOWN) * shape.size)


def around(boxes: Iterable[Box]) -> Box:
    """The least box that holds some boxes; without any, nothing at the origin."""
    found = list(boxes)
    if not found:
        return Box(0.0, 0.0, 0.0, 0.0)
    left, top = min(box.x for box in found), min(box.y for box in found)
    return Box(left, top, max(box.right for box in found) - left, max(box.bottom for box in found) - top)


def extent_of_groups(sheet: Sheet) -> Iterator[tuple[int, Open, Box]]:
    """Each group of a sheet, where it begins among the shapes and the box around it, in the order in which they end."""
    inside: list[tuple[int, Open, list[Box]]] = []
    for index, shape in enumerate(sheet.shapes):
        if isinstance(shape, Open):
            inside.append((index, shape, []))
        elif isinstance(shape, Close):
            start, opened, boxes = inside.pop()
            box = around(boxes)
            if inside and boxes:
                inside[-1][2].append(box)
            yield start, opened, box
        elif inside:
            inside[-1][2].append(extent_of(shape))
