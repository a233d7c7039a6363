"""Places for cards in rows and the curves between them: the part of a picture that the layout engine finds.

The engine gets boxes of sizes that are known already, a rank for each row, and nothing else of the model.
What it answers is never stretched, because the curves would miss the cards; its gaps are adjusted until the
room is filled.
"""

from __future__ import annotations

import json
import math
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.drawing import engine
from spbe_arch.drawing.lines import bezier
from spbe_arch.drawing.shapes import Box
from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.lines import Point

__all__ = ["Net", "Slot", "in_rows", "laid_out"]

_RUNS = 7
_NODESEP = (0.06, 0.9)
_RANKSEP = (0.32, 1.4)
"""The least and the largest gap between cards of a row, and between rows, in inches as the engine counts."""
_BESIDE = 7.0
_BELOW = 8.0
"""The least gaps in a picture without lines, between cards and between rows of one band."""
_BETWEEN = 22.0
_MARGIN = 7.0
"""How far above and below the cards curves may run."""
_MORE = 4.0
"""How much larger than the room a layout may be: the engine's steps are too coarse to hit it."""


class Slot(NamedTuple):
    """A card that needs a place."""

    key: str
    width: float
    height: float


class Net(NamedTuple):
    """Where everything is on the page."""

    boxes: dict[str, Box]
    curves: tuple[tuple[Point, ...], ...]
    """One for each link, from its source to its target: a start, then three points a cubic curve."""


def laid_out(
    rows: Sequence[Sequence[Slot]], links: Sequence[tuple[str, str]], room: Box, *, apart: float = _RANKSEP[1]
) -> Net | None:
    """Returns the widest layout within the room that the engine finds in a few runs, or nothing.

    Args:
        rows: The cards from top to bottom; their order decides between layouts that are equally good.
        links: Source and target of each.
        room: The place on the page.
        apart: The most room between two rows, in inches.

    Raises:
        DrawingError: The engine failed.
    """
    nodesep, ranksep = 0.17, 0.45
    slope = 144.0 * max(*map(len, rows), 2)  # a guess: how the width grows with the gap, in points an inch
    best: tuple[float, Net] | None = None
    before: tuple[float, float] | None = None
    for _ in range(_RUNS):
        net, width, height = _run(rows, links, nodesep, ranksep)
        fits = width <= room.width + _MORE and height <= room.height + _MORE
        if fits and (best is None or width * height > best[0]):
            best = width * height, _centred(net, width, height, room)
        if before and abs(before[0] - nodesep) > 0.01 and (width - before[1]) / (nodesep - before[0]) > 72:
            slope = (width - before[1]) / (nodesep - before[0])
        before = nodesep, width
        wider = _clamped(nodesep + (room.width - 4 - width) / slope, _NODESEP)
        higher = _clamped(ranksep + (room.height - 0.5 - height) / 72 / max(len(rows) - 1, 1), (_RANKSEP[0], apart))
        settled = abs(wider - nodesep) < 0.01 and abs(higher - ranksep) < 0.01
        if settled and (fits or nodesep == _NODESEP[0] or ranksep == _RANKSEP[0]):
            break
        nodesep, ranksep = wider, higher
    return best[1] if best else None


def in_rows(bands: Sequence[Sequence[Sequence[Slot]]], room: Box) -> Net | None:
    """Returns a layout without lines: rows of cards at even distances, close within a band."""
    rows = list(chain.from_iterable(bands))
    if not rows:
        return Net({}, ())
    tall = sum(max(slot.height for slot in row) for row in rows) + _BELOW * (len(rows) - len(bands))
    gap = (room.height - tall) / max(len(bands) - 1, 1)
    wide = max(sum(slot.width + _BESIDE for slot in row) for row in rows) - _BESIDE
    if (len(bands) > 1 and gap < _BETWEEN) or tall > room.height or wide > room.width:
        return None
    boxes: dict[str, Box] = {}
    y = room.y
    for band in bands:
        for row in band:
            height = max(slot.height for slot in row)
            cell = room.width / len(row)
            for index, slot in enumerate(row):
                x = room.x + cell * (index + 0.5) - slot.width / 2
                boxes[slot.key] = Box(x, y + (height - slot.height) / 2, slot.width, slot.height)
            y += height + _BELOW
        y += gap - _BELOW
    return Net(boxes, ())


def _run(
    rows: Sequence[Sequence[Slot]], links: Sequence[tuple[str, str]], nodesep: float, ranksep: float
) -> tuple[Net, float, float]:
    """Asks the engine once; returns the places, and the width and height that they take."""
    slots = list(chain.from_iterable(rows))
    names = {slot.key: f"n{index}" for index, slot in enumerate(slots)}
    answer = engine.run(_graph(rows, links, names, nodesep, ranksep), "-Kdot", "-Tjson")
    try:
        return _read(json.loads(answer), slots, links, names)
    except (ValueError, KeyError, TypeError) as error:
        raise DrawingError("the layout engine answered what was not asked: {reason!r}", reason=error) from error


def _read(
    answer: dict[str, Any], slots: Sequence[Slot], links: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> tuple[Net, float, float]:
    height = float(answer["bb"].split(",")[3])
    centres = {thing["name"]: _point(thing["pos"], height) for thing in answer["objects"] if "pos" in thing}
    boxes = {}
    for slot in slots:
        x, y = centres[names[slot.key]]
        boxes[slot.key] = Box(x - slot.width / 2, y - slot.height / 2, slot.width, slot.height)
    found = {edge["id"]: edge["pos"].split() for edge in answer.get("edges", ()) if "id" in edge}
    curves = []
    for index, (source, _) in enumerate(links):
        curve = tuple(_point(point, height) for point in found[str(index)])
        turned = _distance(curve[0], boxes[source]) > _distance(curve[-1], boxes[source])
        curves.append(curve[::-1] if turned else curve)
    extent = _extent(boxes, curves)
    net = _moved(Net(boxes, tuple(curves)), -extent.x, -extent.y)
    return net, extent.width, extent.height


def _extent(boxes: Mapping[str, Box], curves: Sequence[Sequence[Point]]) -> Box:
    """What the layout takes, measured: the engine's own word leaves out some curves that run around cards."""
    points = [
        bezier(curve[at : at + 4], step / 8)
        for curve in curves
        for at in range(0, len(curve) - 1, 3)
        for step in range(9)
    ]
    left = min(min(box.x for box in boxes.values()), min((x for x, _ in points), default=math.inf))
    right = max(max(box.right for box in boxes.values()), max((x for x, _ in points), default=-math.inf))
    top = min(min(box.y for box in boxes.values()), min((y for _, y in points), default=math.inf) + _MARGIN)
    bottom = max(max(box.bottom for box in boxes.values()), max((y for _, y in points), default=0.0) - _MARGIN)
    return Box(left, top, right - left, bottom - top)


def _graph(
    rows: Sequence[Sequence[Slot]],
    links: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    nodesep: float,
    ranksep: float,
) -> str:
    """The graph for the engine: a rank for each row, all edges downward, the model's names nowhere in it."""
    said = [
        f"digraph {{ newrank=true; splines=spline; nodesep={nodesep:.3f}; ranksep={ranksep:.3f};",
        'node [shape=box, fixedsize=true, label=""]; edge [arrowhead=none];',
    ]
    rank: dict[str, int] = {}
    for index, row in enumerate(rows):
        rank.update((slot.key, index) for slot in row)
        boxes = (f"{names[slot.key]} [width={slot.width / 72:.4f}, height={slot.height / 72:.4f}];" for slot in row)
        said.append(f"{{ rank=same; {' '.join(boxes)} }}")
        if index:
            said.append(f"{names[rows[index - 1][0].key]} -> {names[row[0].key]} [style=invis, weight=0];")
    for index, link in enumerate(links):
        upper, lower = sorted(link, key=lambda key: rank[key])
        said.append(f'{names[upper]} -> {names[lower]} [id="{index}"];')
    return "\n".join([*said, "}"])


def _point(text: str, height: float) -> Point:
    x, y = map(float, text.split(","))
    return x, height - y


def _distance(point: Point, box: Box) -> float:
    """How far a point is outside a box."""
    x = max(box.x - point[0], point[0] - box.right, 0.0)
    y = max(box.y - point[1], point[1] - box.bottom, 0.0)
    return max(x, y)


def _centred(net: Net, width: float, height: float, room: Box) -> Net:
    return _moved(net, room.x + (room.width - width) / 2, room.y + (room.height - height) / 2)


def _moved(net: Net, x: float, y: float) -> Net:
    boxes = {key: box._replace(x=box.x + x, y=box.y + y) for key, box in net.boxes.items()}
    curves = tuple(tuple((px + x, py + y) for px, py in curve) for curve in net.curves)
    return Net(boxes, curves)


def _clamped(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
