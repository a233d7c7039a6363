"""Lines between cards: which line stands for which link field, and how its ends are drawn.

The colour is that of the layer that gives; dash and ends tell the kinds apart in grey too.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.palette import ERROR, LAYERS, MUTED, OCHRE, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.drawing.canvas import Canvas
    from spbe_arch.drawing.shapes import Segment

__all__ = ["KINDS", "Kind", "Point", "bezier", "draw", "head", "kind_of", "sample"]

Point = tuple[float, float]


class Kind(NamedTuple):
    """How a relationship looks."""

    colour: str
    width: float
    head: str
    """At the end: triangle, small, open, dot, square, hollow triangle, diamond, hollow diamond, or nothing."""
    tail: str = ""
    dash: tuple[float, ...] = ()


KINDS = {
    "defines": Kind(LAYERS["business"].strong, 1.0, "triangle"),
    "yields": Kind(LAYERS["business"].strong, 1.0, "open"),
    "supports": Kind(LAYERS["application"].strong, 1.5, "open"),
    "access": Kind(LAYERS["data"].strong, 1.2, "small", dash=(1.2, 2.0)),
    "runs": Kind(LAYERS["infrastructure"].strong, 1.0, "triangle", tail="dot"),
    "uses": Kind(LAYERS["infrastructure"].strong, 1.0, "triangle", dash=(5.0, 2.5)),
    "in": Kind(LAYERS["infrastructure"].strong, 0.8, "square"),
    "through": Kind(LAYERS["infrastructure"].strong, 1.2, "triangle"),
    "direct": Kind(ERROR, 1.4, "triangle", dash=(5.0, 2.5)),
    "replaces": Kind(OCHRE, 1.6, "triangle"),
    "other": Kind(MUTED, 0.8, "open"),
}
"""By name, in the order of the legend."""

_ALONG, _AGAINST = False, True
_FIELDS = {
    "services.processes": ("defines", _AGAINST),
    "services.data": ("access", _AGAINST),
    "services.complaint_channel": ("supports", _AGAINST),
    "data.processes": ("yields", _AGAINST),
    "applications.supports": ("supports", _ALONG),
    "applications.reads": ("access", _AGAINST),
    "applications.writes": ("access", _ALONG),
    "applications.runs_on": ("runs", _ALONG),
    "applications.main_facility": ("in", _ALONG),
    "applications.backup_facility": ("in", _ALONG),
    "applications.networks": ("uses", _ALONG),
    "exchanges.provider": ("through", _AGAINST),
    "exchanges.consumer": ("through", _ALONG),
    "exchanges.data": ("access", _AGAINST),
    "exchanges.via": ("uses", _ALONG),
    "clouds.networks": ("uses", _ALONG),
    "servers.facility": ("in", _ALONG),
    "servers.software": ("in", _AGAINST),
    "storages.facility": ("in", _ALONG),
    "storages.software": ("in", _AGAINST),
    "storages.stores": ("access", _AGAINST),
    "network_devices.facility": ("in", _ALONG),
    "network_devices.networks": ("in", _ALONG),
    "security_devices.facility": ("in", _ALONG),
    "security_devices.networks": ("in", _ALONG),
    "peripherals.facility": ("in", _ALONG),
    "integration_platforms.networks": ("uses", _ALONG),
    "integration_platforms.connects": ("uses", _AGAINST),
    "integration_platforms.data": ("access", _AGAINST),
}
"""The kind of line of each link field, and whether it runs against the field: data flow from what is read."""


def kind_of(section: str, field: str) -> tuple[str, bool]:
    """Returns the kind of line for a field of a section, and whether it runs from target to source."""
    if field == "replaces":
        return "replaces", _AGAINST
    return _FIELDS.get(f"{section}.{field}", ("other", _ALONG))


def draw(canvas: Canvas, kind: Kind, curve: Sequence[Point], *, both: bool = False) -> None:
    """Draws a line along a row of cubic curves, from its first point to its last.

    Args:
        canvas: Where.
        kind: How it looks.
        curve: A start, then three points a curve.
        both: Whether the tail ends like the head.
    """
    tail = kind.head if both else kind.tail
    points = _shortened(list(curve), _REACH.get(kind.head, 0.0))
    points = _shortened(points[::-1], _REACH.get(tail, 0.0))[::-1]
    segments: list[Segment] = [("M", points[0])]
    segments += [("C", _flat(points[at : at + 3])) for at in range(1, len(points), 3)]
    canvas.path(segments, stroke=kind.colour, width=kind.width, dash=kind.dash)
    _end(canvas, kind.head, kind, curve[-1], _direction(curve))
    _end(canvas, tail, kind, curve[0], _direction(curve[::-1]))


def sample(canvas: Canvas, kind: Kind, x: float, y: float) -> None:
    """Draws a short straight line for the legend, 26 wide."""
    draw(canvas, kind, ((x, y), (x + 8, y), (x + 17, y), (x + 25, y)))


def head(canvas: Canvas, kind: Kind, before: Point, tip: Point) -> None:
    """Draws the head of a straight line that comes from a point."""
    _end(canvas, kind.head, kind, tip, _direction((before, tip)))


_REACH = {"triangle": 4.5, "small": 3.6, "open": 0.8, "square": 2.0, "hollow triangle": 6.5, "diamond": 8.0,
          "hollow diamond": 8.0}  # fmt: skip
"""How much before its end the line itself stops, so that it does not show beside the point."""


def _end(canvas: Canvas, end: str, kind: Kind, tip: Point, direction: Point) -> None:
    """Draws the end of a line that arrives at a point."""
    x, y = tip
    dx, dy = direction

    def at(back: float, side: float) -> Point:
        return x - dx * back - dy * side, y - dy * back + dx * side

    if end in {"triangle", "small"}:
        length, half = (5.5, 2.3) if end == "triangle" else (4.6, 1.9)
        corners = (("M", tip), ("L", at(length, half)), ("L", at(length, -half)), ("Z", ()))
        canvas.path(corners, fill=kind.colour)
    elif end == "open":
        canvas.line(at(5.5, 2.6), at(0.6, 0.0), at(5.5, -2.6), stroke=kind.colour, width=max(kind.width, 1.0))
    elif end == "hollow triangle":
        corners = (("M", tip), ("L", at(6.5, 3.2)), ("L", at(6.5, -3.2)), ("Z", ()))
        canvas.path(corners, fill=PAPER, stroke=kind.colour, width=kind.width)
    elif end in {"diamond", "hollow diamond"}:
        diamond = (("M", tip), ("L", at(4.2, 2.4)), ("L", at(8.4, 0)), ("L", at(4.2, -2.4)), ("Z", ()))
        fill = kind.colour if end == "diamond" else PAPER
        canvas.path(diamond, fill=fill, stroke=kind.colour, width=kind.width)
    elif end == "dot":
        canvas.ellipse(*at(2.0, 0.0), 2.0, 2.0, fill=kind.colour)
    elif end == "square":
        sides = (("M", at(4.6, 2.3)), ("L", at(4.6, -2.3)), ("L", at(0, -2.3)), ("L", at(0, 2.3)), ("Z", ()))
        canvas.path(sides, fill=kind.colour)


def _direction(curve: Sequence[Point]) -> Point:
    """The unit vector in which a curve arrives at its last point."""
    end = curve[-1]
    for start in reversed(curve[:-1]):
        length = math.dist(start, end)
        if length > 0.01:
            return (end[0] - start[0]) / length, (end[1] - start[1]) / length
    return 0.0, 1.0


def _shortened(points: list[Point], reach: float) -> list[Point]:
    """The same row of curves without its last stretch of this length."""
    while reach > 0 and len(points) >= 4:
        length = _length(points[-4:])
        if length > reach:
            return [*points[:-4], *_until(points[-4:], 1 - reach / length)]
        if len(points) == 4:
            break
        points, reach = points[:-3], reach - length
    return points


def _length(curve: Sequence[Point]) -> float:
    steps = [bezier(curve, step / 8) for step in range(1, 9)]
    return sum(map(math.dist, (curve[0], *steps), steps))


def _until(curve: Sequence[Point], share: float) -> list[Point]:
    """The first part of one cubic curve, by de Casteljau."""
    first, rows = [], list(curve)
    while rows:
        first.append(rows[0])
        rows = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(rows)]
    return first


def bezier(curve: Sequence[Point], share: float) -> Point:
    """Returns the point that is so far along one cubic curve, from 0 to 1."""
    return _until(curve, share)[-1]


def _flat(points: Sequence[Point]) -> tuple[float, ...]:
    return tuple(value for point in points for value in point)
