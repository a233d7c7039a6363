"""Lines between columns of cards: level where they leave, pass a column and arrive, and curved only between columns.

The ends of several lines on one side of a card stand below each other in the order of where they go, so they cross no
more than they must; what passes a column runs between its cards.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.lines import bezier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.lines import Point
    from spbe_arch.drawing.shapes import Box

__all__ = ["between_columns"]

_APART = 7.0
"""The most room between two ends on a side of a card."""
_BESIDE = 4.0
"""The most room between two lines that pass between the same cards."""
_CLEAR = 2.5
"""How far from cards lines pass."""
_OUT = 22.0
"""How far lines between cards of one column reach beside it."""


class _Way(NamedTuple):
    """A line from its end at the left to the one at the right; or, within a column, from either."""

    first: str
    last: str
    columns: range
    """Those that it passes."""
    side: int
    """Where both ends are if the column is the same: 1 at the right, -1 at the left; else 0."""


def between_columns(
    columns: Sequence[Sequence[str]],
    boxes: Mapping[str, Box],
    links: Sequence[tuple[str, str]],
    room: Box,
    guides: Sequence[Sequence[Point]] = (),
) -> tuple[tuple[Point, ...], ...]:
    """Returns a curve for each link, from its source to its target: a start, then three points a cubic curve.

    Args:
        columns: The keys of the cards of each column, from the left.
        boxes: Where the cards are.
        links: Source and target of each.
        room: Within which lines may pass above and below the cards of a column.
        guides: For each link a curve that says between which cards to pass; without, that is nearest to straight.
    """
    place = {key: at for at, column in enumerate(columns) for key in column}
    ways = [_way(place, source, target, len(columns)) for source, target in links]
    passes = _passes(columns, boxes, ways, room, guides)
    ends = _ends(boxes, ways, passes)
    curves = []
    for index, ((source, _), way) in enumerate(zip(links, ways, strict=True)):
        start = _edge(boxes[way.first], way.side or 1), ends[index, way.first]
        end = _edge(boxes[way.last], way.side or -1), ends[index, way.last]
        if way.side:
            reach = max(start[0], end[0]) + _OUT if way.side > 0 else min(start[0], end[0]) - _OUT
            curve: tuple[Point, ...] = start, (reach, start[1]), (reach, end[1]), end
        else:
            middle = []
            for column in way.columns:
                y = passes[index, column]
                some = [boxes[key] for key in columns[column]]
                middle += [(min(box.x for box in some), y), (max(box.right for box in some), y)]
            curve = _level((start, *middle, end))
        curves.append(curve if source == way.first else curve[::-1])
    return tuple(curves)


def _way(place: Mapping[str, int], source: str, target: str, count: int) -> _Way:
    first, last = sorted((source, target), key=place.__getitem__)
    same = place[first] == place[last]
    side = (-1 if place[first] == count - 1 and count > 1 else 1) if same else 0
    return _Way(first, last, range(place[first] + 1, place[last]), side)


def _edge(box: Box, side: int) -> float:
    return box.right if side > 0 else box.x


def _level(points: Sequence[Point]) -> tuple[Point, ...]:
    """A curve through points that is level in each of them."""
    curve = [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        curve += [(middle, y), (middle, to_y), (to_x, to_y)]
    return tuple(curve)


# Where lines pass columns


def _passes(
    columns: Sequence[Sequence[str]],
    boxes: Mapping[str, Box],
    ways: Sequence[_Way],
    room: Box,
    guides: Sequence[Sequence[Point]],
) -> dict[tuple[int, int], float]:
    """At which height each line passes each column on its way, by the numbers of both."""
    wanted: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for index, way in enumerate(ways):
        for column in way.columns:
            some = [boxes[key] for key in columns[column]]
            x = (min(box.x for box in some) + max(box.right for box in some)) / 2
            straight = (boxes[way.first].middle, boxes[way.last].middle)
            curve = guides[index] if guides else (straight[0], *straight, straight[1])
            wanted[column].append((_height_at(curve, x), index))
    found: dict[tuple[int, int], float] = {}
    for column, lines in wanted.items():
        gaps = _gaps([boxes[key] for key in columns[column]], room)
        sorted_in: dict[tuple[float, float], list[tuple[float, int]]] = defaultdict(list)
        for y, index in sorted(lines):
            sorted_in[min(gaps, key=lambda gap: max(gap[0] - y, y - gap[1], 0.0))].append((y, index))
        for gap, some_lines in sorted_in.items():
            heights = _apart([y for y, _ in some_lines], *gap)
            found.update(((index, column), y) for (_, index), y in zip(some_lines, heights, strict=True))
    return found


def _gaps(boxes: Sequence[Box], room: Box) -> list[tuple[float, float]]:
    """Where lines can pass a column: above its cards, between them and below."""
    edges = [
        room.y,
        *(edge for box in sorted(boxes, key=lambda box: box.y) for edge in (box.y, box.bottom)),
        room.bottom,
    ]
    gaps = [(top + _CLEAR, bottom - _CLEAR) for top, bottom in zip(edges[::2], edges[1::2], strict=True)]
    return [gap for gap in gaps if gap[1] >= gap[0]] or [(room.y, room.y), (room.bottom, room.bottom)]


def _apart(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """The heights nearest to those wanted, in order, that keep a distance within a gap."""
    step = min(_BESIDE, (high - low) / max(len(wanted) - 1, 1))
    heights: list[float] = []
    for y in wanted:
        heights.append(max(min(y, high), low, heights[-1] + step if heights else low))
    return [min(y, high - step * (len(heights) - 1 - index)) for index, y in enumerate(heights)]


def _height_at(curve: Sequence[Point], x: float) -> float:
    """The height of a curve where it comes to a place from the left or the right, or of its end if it does not."""
    points = [bezier(curve[at : at + 4], step / 8) for at in range(0, len(curve) - 1, 3) for step in range(9)]
    for (one, y), (other, to_y) in pairwise(points):
        if min(one, other) <= x <= max(one, other):
            return y if one == other else y + (to_y - y) * (x - one) / (other - one)
    return points[-1][1]


# Where they leave and arrive


def _ends(
    boxes: Mapping[str, Box], ways: Sequence[_Way], passes: Mapping[tuple[int, int], float]
) -> dict[tuple[int, str], float]:
    """The height of each end, by the number of the line and the card."""
    sides: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for index, way in enumerate(ways):
        heights = [passes[index, column] for column in way.columns]
        ahead = heights[0] if heights else boxes[way.last].middle[1]
        behind = heights[-1] if heights else boxes[way.first].middle[1]
        sides[way.first, way.side or 1].append((ahead, index))
        sides[way.last, way.side or -1].append((behind, index))
    found: dict[tuple[int, str], float] = {}
    for (key, _), ends in sides.items():
        box = boxes[key]
        step = min(_APART, box.height * 0.7 / max(len(ends) - 1, 1))
        for at, (_, index) in enumerate(sorted(ends)):
            found[index, key] = box.middle[1] + (at - (len(ends) - 1) / 2) * step
    return found
