"""What a sheet is made of: a flat list of shapes at absolute places, in points, y downward.

Every recipe makes such a list and every printer prints any of them, so nothing below this line knows
viewpoints and nothing above it knows SVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from spbe_arch.drawing import text

__all__ = ["Box", "Close", "Ellipse", "Open", "Path", "Rect", "Segment", "Shape", "Sheet", "Text"]

Segment: TypeAlias = tuple[str, tuple[float, ...]]
"""A command of a path and its numbers: M x y, L x y, C x1 y1 x2 y2 x y, Z."""


class Box(NamedTuple):
    """A place on the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, its corners rounded by the radius."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.7
    radius: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Lines and curves."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.7
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse around a centre."""

    cx: float
    cy: float
    rx: float
    ry: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.7


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; x and y are where its anchor stands on the base line."""

    x: float
    y: float
    content: str
    size: float
    colour: str
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    turned: bool = False
    """Whether it runs upward, turned by 90°."""

    @property
    def width(self) -> float:
        """How long the line is."""
        return text.width(self.content, self.size, bold=self.bold)

    @property
    def start(self) -> tuple[float, float]:
        """Where the first letter stands, whatever the anchor."""
        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return (self.x, self.y + back) if self.turned else (self.x - back, self.y)


@dataclass(frozen=True, slots=True)
class Open:
    """The shapes up to the matching `Close` belong together and have a title."""

    title: str
    kind: Literal["element", "fold", "part"] = "part"
    elements: tuple[str, ...] = ()
    """The elements that the group stands for: the one that it draws, or those that it folds."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """The end of the group opened last."""


Shape: TypeAlias = Rect | Path | Ellipse | Text | Open | Close


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, ready to be printed."""

    name: str
    """The stem of the file that it is printed into."""
    title: str
    description: str
    """What the picture says, for those who cannot see it."""
    language: str
    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """The elements that have a card of their own, each once, in order."""
        return tuple(dict.fromkeys(self._of("element")))

    @property
    def folded(self) -> tuple[str, ...]:
        """The elements that have no card and are counted in a fold, each once."""
        drawn = set(self.drawn)
        return tuple(dict.fromkeys(element for element in self._of("fold") if element not in drawn))

    def _of(self, kind: str) -> tuple[str, ...]:
        opened = (shape for shape in self.shapes if isinstance(shape, Open) and shape.kind == kind)
        return tuple(element for shape in opened for element in shape.elements)
