"""ArchiMate 3.2 as the other style of cards and lines: which shape, colour, letter, icon and line stands for what.

The standard leaves colours open; these are the usual ones. Its letters for layers say the same in grey, its outlines
tell structure (square), behaviour (round) and motivation (cut corners) apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from spbe_arch.drawing import lines
from spbe_arch.drawing.palette import INK, MUTED, PAPER, Colours, strokes
from spbe_arch.metamodel import type_of, types

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Segment
    from spbe_arch.views.view import Edge

__all__ = ["GROUND", "LINES", "SIGNS", "Outline", "Sign", "concept_name", "concept_of", "kind_of", "sign_of"]

GROUND = Colours(MUTED, "#E9EAEC")
"""Of the bands behind cards, which are no part of the notation."""

Outline: TypeAlias = Literal["square", "round", "cut"]

_INK = "#333333"
_TINTS = {
    "B": "#FFFFB5",
    "A": "#B5FFFF",
    "T": "#C9E7B7",
    "P": "#C9E7B7",
    "M": "#CCCCFF",
    "I": "#FFE0E0",
    "": PAPER,
}
"""Of the layers, by the letter that the standard has for them: business, application, technology, physical, motivation,
implementation and migration; what groups elements belongs to none."""


class Sign(NamedTuple):
    """How the elements of one ArchiMate concept look."""

    letter: str
    outline: Outline
    icon: str
    """Strokes on a grid of 16 by 16, as those of the palette."""

    @property
    def colours(self) -> Colours:
        return Colours(_INK, _TINTS[self.letter])

    @property
    def strokes(self) -> tuple[Segment, ...]:
        return strokes(self.icon)


SIGNS = {
    "BusinessActor": Sign("B", "square", "E8 3.5 2.5 2.5M8 6L8 10.5M4 8L12 8M8 10.5L5 15M8 10.5L11 15"),
    "BusinessProcess": Sign("B", "round", "M1 6L9 6L9 3L15 8L9 13L9 10L1 10Z"),
    "BusinessService": Sign("B", "round", "M5 4L11 4C16 4 16 12 11 12L5 12C0 12 0 4 5 4Z"),
    "BusinessEvent": Sign("B", "round", "M1 4L11 4C16 4 16 12 11 12L1 12L4 8Z"),
    "Representation": Sign("B", "square", "M2 3L14 3L14 12C10 9 6 15 2 12ZM2 6L14 6"),
    "ApplicationComponent": Sign(
        "A", "square", "M4 4L4 2L15 2L15 14L4 14L4 12M4 9L4 7M1 4L7 4L7 7L1 7ZM1 9L7 9L7 12L1 12Z"
    ),
    "ApplicationInteraction": Sign("A", "round", "M7 3C1 3 1 13 7 13ZM9 3C15 3 15 13 9 13Z"),
    "DataObject": Sign("A", "square", "M1 3L15 3L15 13L1 13ZM1 6L15 6"),
    "Node": Sign("T", "square", "M1 5L11 5L11 15L1 15ZM1 5L5 1L15 1L11 5M15 1L15 11L11 15"),
    "Device": Sign("T", "square", "M2 2L14 2L14 10L2 10ZM4 10L1 14L15 14L12 10"),
    "SystemSoftware": Sign("T", "square", "E6.5 9.5 5 5M6 2.5C11 0 17 5 14 11"),
    "CommunicationNetwork": Sign(
        "T", "square", "E3.5 12 2 2E10.5 12 2 2E5.5 4 2 2E12.5 4 2 2M7.5 4L10.5 4M5.5 12L8.5 12M5 6L4 10M12 6L11 10"
    ),
    "Facility": Sign("P", "square", "M1 14L1 3L4 3L4 10L8 7L8 10L11.5 7L11.5 10L15 7L15 14Z"),
    "Goal": Sign("M", "cut", "E8 8 7 7E8 8 4 4E8 8 1 1"),
    "Outcome": Sign("M", "cut", "E7 9 6 6E7 9 2.5 2.5M7 9L15 1M12 1L15 1L15 4"),
    "Driver": Sign("M", "cut", "E8 8 5.5 5.5E8 8 1 1M8 1L8 15M1 8L15 8M3 3L13 13M13 3L3 13"),
    "Assessment": Sign("M", "cut", "E10 6 5 5M6.5 9.5L1 15"),
    "Requirement": Sign("M", "cut", "M5 4L15 4L11 12L1 12Z"),
    "WorkPackage": Sign("I", "round", "M10 13C0 15 0 2 8 2C15 2 15 10 12 12M14 14L10 13L13 10"),
    "Gap": Sign("I", "square", "E8 8 5.5 5.5M0.5 6L15.5 6M0.5 10L15.5 10"),
    "Grouping": Sign("", "square", "M1 5L1 2L8 2L8 5M1 5L15 5L15 14L1 14Z"),
}
"""By the concept, as element types declare it."""

LINES = {
    "archimate.composition": lines.Kind(INK, 0.9, "", tail="diamond"),
    "archimate.aggregation": lines.Kind(INK, 0.9, "", tail="hollow diamond"),
    "archimate.assignment": lines.Kind(INK, 0.9, "triangle", tail="dot"),
    "archimate.realization": lines.Kind(INK, 0.9, "hollow triangle", dash=(1.2, 2.0)),
    "archimate.serving": lines.Kind(INK, 0.9, "open"),
    "archimate.access": lines.Kind(INK, 0.9, "open", dash=(1.2, 2.0)),
    "archimate.triggering": lines.Kind(INK, 0.9, "triangle"),
    "archimate.flow": lines.Kind(INK, 0.9, "triangle", dash=(5.0, 2.5)),
    "archimate.association": lines.Kind(INK, 0.9, ""),
}
"""By the relationship, as link fields declare it, behind the name of the notation; in the order of the legend."""


def sign_of(section: str) -> Sign:
    """Returns how the elements of a section look; those of a section that nobody knows are groupings."""
    return SIGNS[concept_of(section)]


def concept_of(section: str) -> str:
    """Returns the ArchiMate concept of the elements of a section."""
    return type_of(section).archimate if section in types() else "Grouping"


@cache
def concept_name(concept: str) -> str:
    """Returns a concept as the standard writes it, in every language: "Application Component"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", concept)


def kind_of(edge: Edge, section: str, _on_bus: bool = False) -> tuple[str, bool]:
    """Returns the relationship of a link, and whether it runs against the field; reading runs towards the reader."""
    name = f"archimate.{edge.relationship}"
    name = name if name in LINES else "archimate.association"
    kind, against = lines.kind_of(section, edge.field)
    if edge.relationship == kind == "access":
        return name, against
    link = type_of(section).links.get(edge.field) if section in types() else None
    return name, link is not None and not link.declared.outward
