"""ArchiMate 3.2 as an alternative style: boxes, icons, colours and line ends of that notation; layout and frame stay.

What an element or a link is in ArchiMate, its declaration says. The notation leaves colours open; these are the
customary ones. They are alike in greyscale, where icon, corners and line ends tell things apart.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.lines import Kind
from spbe_arch.drawing.palette import INK, PAPER, Colours, strokes
from spbe_arch.drawing.shapes import Box
from spbe_arch.metamodel import type_of, types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.drawing.canvas import Canvas
    from spbe_arch.drawing.shapes import Segment
    from spbe_arch.views.view import Edge

__all__ = ["BAND", "KINDS", "STYLE", "TEXT", "colours_of", "draw_box", "draw_icon", "explain", "kind_of"]

STYLE = "archimate"
"""What a view calls this style."""
TEXT = 8.0
"""Where the text of a card begins: the icon stands at the right, so there is as much room as in the other style."""
BAND = Colours("#50555F", "#ECEEF1")
"""Of the ground of a layer, whose own colour would mix with those of the elements."""
_EDGE = "#3A3F47"
_ICON = 19.5
"""How far before the right edge the icon begins."""

_BUSINESS, _APPLICATION, _TECHNOLOGY = "#FFFFB5", "#B5FFFF", "#C9E7B7"
_MOTIVATION, _WORK, _STATE = "#CCCCFF", "#FFE0E0", "#E0FFE0"


class _Concept(NamedTuple):
    """How a type of ArchiMate looks."""

    fill: str
    corners: str
    """Square of structure, round of behaviour, cut of motivation; dashed of a grouping."""
    icon: str
    """Strokes on a grid of 16 by 16, as in `palette.ICONS`."""


_MAGNIFIER = "E9 6.5 5 5M5.5 10L1 15"
_CONCEPTS = {
    "BusinessActor": _Concept(_BUSINESS, "square", "E8 3.5 2.5 2.5M8 6L8 11M3 8L13 8M8 11L4 15M8 11L12 15"),
    "BusinessProcess": _Concept(_BUSINESS, "round", "M1 5.5L9 5.5L9 2.5L15 8L9 13.5L9 10.5L1 10.5Z"),
    "BusinessEvent": _Concept(_BUSINESS, "round", "M1 4L11 4C16 4 16 12 11 12L1 12L5 8Z"),
    "BusinessService": _Concept(_BUSINESS, "round", "M5 4L11 4C16 4 16 12 11 12L5 12C0 12 0 4 5 4Z"),
    "Representation": _Concept(_BUSINESS, "square", "M1 3L15 3L15 12C12 10 10 10 8 12C6 14 4 14 1 12ZM1 6L15 6"),
    "ApplicationComponent": _Concept(
        _APPLICATION, "square", "M5 1L15 1L15 15L5 15ZM2 4L8 4L8 7L2 7ZM2 9L8 9L8 12L2 12Z"
    ),
    "ApplicationInteraction": _Concept(_APPLICATION, "round", "M7 2C-0.5 2 -0.5 14 7 14ZM9 2C16.5 2 16.5 14 9 14Z"),
    "DataObject": _Concept(_APPLICATION, "square", "M1 3L15 3L15 13L1 13ZM1 6L15 6"),
    "Node": _Concept(_TECHNOLOGY, "square", "M1 5L11 5L11 15L1 15ZM1 5L5 1L15 1L11 5M15 1L15 11L11 15"),
    "Device": _Concept(_TECHNOLOGY, "square", "M3 2L13 2L14 3L14 10L13 11L3 11L2 10L2 3ZM5 11L2 15L14 15L11 11"),
    "SystemSoftware": _Concept(_TECHNOLOGY, "square", "E6 10 5 5M6.2 3.9C7.5 1 11 0.3 13.4 2.5C15.9 5 15 9 12.1 9.9"),
    "CommunicationNetwork": _Concept(
        _TECHNOLOGY,
        "square",
        "E4 5 2 2E13 4 2 2E3 12 2 2E12 12 2 2M6 4.8L11 4.2M3.8 7L3.2 10M12.8 6L12.2 10M5 12L10 12",
    ),
    "Facility": _Concept(_TECHNOLOGY, "square", "M2 14L2 2L5 2L5 9L8.5 6L8.5 9L12 6L12 9L15 7L15 14Z"),
    "Goal": _Concept(_MOTIVATION, "cut", "E8 8 7 7E8 8 4.5 4.5E8 8 2 2"),
    "Outcome": _Concept(_MOTIVATION, "cut", "E7 9 6 6E7 9 3 3M7 9L14 2M11 2L14 2L14 5"),
    "Driver": _Concept(
        _MOTIVATION, "cut", "E8 8 5.5 5.5M8 0.5L8 15.5M0.5 8L15.5 8M2.7 2.7L13.3 13.3M13.3 2.7L2.7 13.3"
    ),
    "Assessment": _Concept(_MOTIVATION, "cut", _MAGNIFIER),
    "Requirement": _Concept(_MOTIVATION, "cut", "M5 4L15 4L11 12L1 12Z"),
    "WorkPackage": _Concept(_WORK, "round", "M9 12C1 14 0 3 7 3C13 3 14 9 11 12L15 12M12.5 9.5L15 12L12.5 14.5"),
    "Gap": _Concept(_STATE, "square", "E8 8 6 6M1 6.3L15 6.3M1 9.7L15 9.7"),
    "Grouping": _Concept(PAPER, "dashed", "M1 3L8 3L8 6L1 6ZM1 6L15 6L15 14L1 14Z"),
}
_UNKNOWN = _Concept(PAPER, "square", "M2 2L14 2L14 14L2 14Z")

KINDS = {
    f"archimate.{name}": kind
    for name, kind in {
        "composition": Kind(_EDGE, 1.0, "", tail="diamond"),
        "aggregation": Kind(_EDGE, 1.0, "", tail="hollow diamond"),
        "assignment": Kind(_EDGE, 1.0, "triangle", tail="dot"),
        "realization": Kind(_EDGE, 1.0, "hollow triangle", dash=(2.0, 2.0)),
        "serving": Kind(_EDGE, 1.0, "open"),
        "access": Kind(_EDGE, 1.0, "open", dash=(1.2, 2.0)),
        "triggering": Kind(_EDGE, 1.0, "triangle"),
        "flow": Kind(_EDGE, 1.0, "triangle", dash=(5.0, 2.5)),
        "association": Kind(_EDGE, 0.8, ""),
    }.items()
}
"""The relationships by name, in the order of the legend."""
_READING = frozenset({"reads", "data"})
"""Fields that name what is read; then the head is at the one that reads."""


def kind_of(edge: Edge, section: str, on_bus: bool) -> tuple[str, bool]:
    """Returns the kind of line of a link, and whether it runs from target to source."""
    del on_bus
    link = type_of(section).links.get(edge.field) if section in types() else None
    against = link is not None and not link.declared.outward
    if edge.relationship == "access":
        against = against or edge.field in _READING
    name = f"archimate.{edge.relationship}"
    return (name if name in KINDS else "archimate.association"), against


def _concept_of(section: str) -> str:
    return type_of(section).archimate if section in types() else ""


def colours_of(section: str) -> Colours:
    """Returns the colours of a type."""
    return Colours(_EDGE, _CONCEPTS.get(_concept_of(section), _UNKNOWN).fill)


def draw_box(
    canvas: Canvas, section: str, box: Box, *, fill: str, stroke: str, width: float, dash: tuple[float, ...] = ()
) -> None:
    """Draws the box of an element of a type, with the corners of what it is."""
    corners = _CONCEPTS.get(_concept_of(section), _UNKNOWN).corners
    if corners != "cut":
        dash = dash or ((4.0, 2.0) if corners == "dashed" else ())
        canvas.rect(box, fill=fill, stroke=stroke, width=width, dash=dash, radius=6.0 if corners == "round" else 0.0)
        return
    cut = min(5.0, box.height / 4)
    points = (
        (box.x + cut, box.y), (box.right - cut, box.y), (box.right, box.y + cut), (box.right, box.bottom - cut),
        (box.right - cut, box.bottom), (box.x + cut, box.bottom), (box.x, box.bottom - cut), (box.x, box.y + cut),
    )  # fmt: skip
    segments: list[Segment] = [("L" if index else "M", point) for index, point in enumerate(points)]
    canvas.path([*segments, ("Z", ())], fill=fill, stroke=stroke, width=width, dash=dash)


def draw_icon(canvas: Canvas, section: str, box: Box) -> None:
    """Draws the icon of a type at the upper right of a card."""
    canvas.strokes(_icon(section), box.right - _ICON, box.y + 4.0, _EDGE, size=11.0, width=0.85)


def _icon(section: str) -> Sequence[Segment]:
    return strokes(_CONCEPTS.get(_concept_of(section), _UNKNOWN).icon)


def explain(canvas: Canvas, section: str) -> None:
    """Has the legend say what a type is called in ArchiMate."""
    concept = _concept_of(section)
    if concept:
        said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", concept)
        canvas.explain(f"archimate.{concept}", 22, partial(_sample, canvas, section), said)


def _sample(canvas: Canvas, section: str, x: float, y: float) -> None:
    fill = colours_of(section).tint
    draw_box(canvas, section, Box(x, y - 5.5, 22, 11), fill=fill, stroke=_EDGE, width=0.7)
    canvas.strokes(_icon(section), x + 7.0, y - 4.0, INK, size=8.0, width=0.7)
