"""The colours of the visual language and the icons of the element types.

The colours of the layers were chosen by measure: text on them has a contrast of at least 4.5, and they stay
apart for people who see no red, no green or no blue. Business layers are warm, technology layers cool. Red
is for faults only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spbe_arch.drawing.shapes import Segment

__all__ = [
    "AMOUNTS", "BANDS", "CHANGES", "EMBLEMS", "ERROR", "ICONS", "INK", "LAYERS", "MUTED", "NOTE", "OCHRE", "PAPER",
    "RULE", "SHADES", "STATUS", "SUN", "SUN_EDGE", "UNSHADED", "Colours", "icon", "mix", "strokes",
]  # fmt: skip

PAPER = "#FFFFFF"
INK = "#1A1A1A"
MUTED = "#4A4F57"
RULE = "#767B83"
ERROR = "#B3001B"
OCHRE = "#8A4B00"
SUN = "#FFC400"
SUN_EDGE = "#5C3200"
NOTE = "#125BB8"
CHANGES = {"added": "#0D5230", "removed": "#B3001B", "changed": "#8A4B00"}
STATUS = {"new": "#0D5230", "upgrade": "#125BB8", "retired": "#5A5F66"}


def mix(colour: str, other: str, share: float) -> str:
    """Returns the colour with a share of the other in it; opacity would get lost in other programs."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(mine * (1 - share) + theirs * share):02X}" for mine, theirs in pairs)


class Colours(NamedTuple):
    """Of a layer."""

    strong: str
    """For edges, stripes, icons, lines; and white text on it."""
    tint: str
    """For cards, with ink on it."""

    @property
    def band(self) -> str:
        """For the ground of a band."""
        return mix(self.tint, PAPER, 0.62)


LAYERS = {
    "business": Colours("#7A6510", "#FBE6A2"),
    "services": Colours("#6B1606", "#F5CDB0"),
    "data": Colours("#B83589", "#FCE8F8"),
    "application": Colours("#125BB8", "#C4DAFA"),
    "infrastructure": Colours("#0D5230", "#C2F3DE"),
    "security": Colours("#50555F", "#D0D3D8"),
    "across": Colours("#5F5B52", "#EEECE7"),
}

SHADES = (
    Colours("#125BB8", "#C4DAFA"),
    Colours("#8A4B00", "#FBDDB3"),
    Colours("#0D5230", "#C2F3DE"),
    Colours("#B83589", "#FCE1F4"),
    Colours("#626100", "#EBEBA0"),
    Colours("#5B3A9E", "#DDD0F7"),
    Colours("#0B6170", "#BDEBF2"),
    Colours("#7A3B3B", "#F0D3D0"),
)
"""Of classes that are only different, in order; a letter beside each colour says the same in grey."""
AMOUNTS = tuple(Colours("#1F5FAE", tint) for tint in ("#F4F8FE", "#DCE9F8", "#C3DAF5", "#A9CBEF"))
"""Of classes that go from little to much; all are light enough for ink."""
UNSHADED = {"other": Colours("#50555F", "#D0D3D8"), "none": Colours(MUTED, PAPER)}
"""Of all other classes together, and of what nothing is known of."""

BANDS = ("business", "services", "data", "application", "infrastructure", "security")
"""The six layers, from the top of a page to its foot."""

_SHIELD = "M8 1C11 3 14 3 14 3M14 3C14 10 12 13 8 15M8 15C4 13 2 10 2 3M2 3C2 3 5 3 8 1"
_SERVER = "M2 2L14 2L14 7L2 7ZM2 9L14 9L14 14L2 14ZM10 4.5L12 4.5M10 11.5L12 11.5"
_DATABASE = "E8 4 6 2.4M2 4L2 12M14 4L14 12M2 12C2 15 14 15 14 12"
_POLICY = "M3 1L10 1L13 4L13 15L3 15ZM6 7L10 7M6 9.5L10 9.5M6 12L9 12"
_UNIT = "M5 1L11 1L11 5L5 5ZM1 11L6 11L6 15L1 15ZM10 11L15 11L15 15L10 15ZM8 5L8 8M3.5 11L3.5 8L12.5 8L12.5 11"
_OBJECTIVE = "E8 8 7 7E8 8 3.5 3.5E8 8 0.6 0.6"
_AUDIT = "M2 3L14 3L14 15L2 15ZM5 1L11 1L11 4L5 4ZM5 8L11 8M5 11.5L11 11.5"

ICONS = {
    "processes": "M1 4L10 4L15 8L10 12L1 12L5 8Z",
    "services": "M11 4C16 4 16 12 11 12M5 12C0 12 0 4 5 4M11 4L5 4M5 12L11 12",
    "data": "M2 2L14 2L14 14L2 14ZM2 6L14 6M5 9L11 9M5 11.5L9 11.5",
    "applications": "M4 2L15 2L15 14L4 14ZM1 4L7 4L7 7L1 7ZM1 9L7 9L7 12L1 12Z",
    "exchanges": "M1 5L14 5M11 2L14 5L11 8M15 11L2 11M5 8L2 11L5 14",
    "facilities": "M2 15L2 5L8 1L14 5L14 15ZM5 8L7 8M9 8L11 8M5 11L7 11M9 11L11 11",
    "clouds": "M4 13C0 13 0 7 4 7M4 7C4 2 11 2 12 6M12 6C16 6 16 13 12 13M12 13L4 13",
    "servers": _SERVER,
    "storages": _DATABASE + "M2 8C2 11 14 11 14 8",
    "databases": _DATABASE,
    "network_devices": "M1 6L15 6L15 12L1 12ZM4 9L7 9M9 9L12 9M8 6L8 2M5 2L11 2",
    "security_devices": "M1 3L15 3L15 13L1 13ZM1 6.3L15 6.3M1 9.6L15 9.6M6 3L6 6.3M11 6.3L11 9.6M6 9.6L6 13",
    "peripherals": "M2 6L14 6L14 12L2 12ZM4 2L12 2L12 6L4 6ZM4 10L12 10L12 15L4 15Z",
    "operating_systems": "M1 2L15 2L15 12L1 12ZM1 5L15 5M5 15L11 15",
    "utilities": "E8 8 3 3M8 1L8 5M8 11L8 15M1 8L5 8M11 8L15 8",
    "integration_platforms": (
        "M1 6.5L15 6.5L15 9.5L1 9.5ZM4 6.5L4 2M8 6.5L8 2M12 6.5L12 2M4 9.5L4 14M8 9.5L8 14M12 9.5L12 14"
    ),
    "intranets": "E8 3 2 2E3 13 2 2E13 13 2 2M7 5L4 11M9 5L12 11M5 13L11 13",
    "standards": "M3 1L13 1L13 15L3 15ZM5.5 8L7.5 10.5L11 5",
    "awareness": "M1 6L5 6L12 2L12 14L5 10L1 10ZM14 6L14 10",
    "vulnerability_assessments": "E7 7 5 5M10.7 10.7L15 15M7 4.5L7 7.5M7 9L7 9.6",
    "improvements": _SHIELD + "M8 12L8 5M5 8L8 5L11 8",
    "incidents": "M9 1L3 9L7 9L6 15L13 6L9 6Z",
    "audits": _AUDIT,
    "worthiness": "E8 6 4.5 4.5M5 9.5L4 15L8 13L12 15L11 9.5",
    "security": _SHIELD,
    "agencies": _UNIT,
    "units": _UNIT,
    "objectives": _OBJECTIVE,
    "indicators": _OBJECTIVE,
    "policies": _POLICY,
    "documents": _POLICY,
    "evaluations": _AUDIT,
    "themes": "M1 2L8 2L15 9L9 15L1 8ZE4.5 5.5 1 1",
    "gaps": "M1 8L5 8M11 8L15 8M7 3L5.5 8L7 13M9 3L10.5 8L9 13",
    "initiatives": "M3 1L3 15M3 2L14 2L11 5.5L14 9L3 9Z",
}
"""Of each section, strokes on a grid of 16 by 16; E cx cy rx ry is an ellipse."""


EMBLEMS = {
    "business": "processes",
    "services": "services",
    "data": "data",
    "application": "applications",
    "infrastructure": "servers",
    "security": "security",
}
"""The section whose icon stands for a layer as a whole."""


def icon(section: str) -> tuple[Segment, ...]:
    """Returns the strokes of a section's icon; of a section without one, a plain frame."""
    return strokes(ICONS.get(section, "M2 2L14 2L14 14L2 14Z"))


def strokes(source: str) -> tuple[Segment, ...]:
    """Returns the segments of strokes that are written as those of the icons."""
    spaced = "".join(f" {sign} " if sign.isalpha() else sign for sign in source)
    found: list[tuple[str, list[float]]] = []
    for word in spaced.split():
        if word.isalpha():
            found.append((word, []))
        else:
            found[-1][1].append(float(word))
    return tuple((command, tuple(numbers)) for command, numbers in found)
