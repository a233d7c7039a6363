"""What must hold on every sheet, read from its shapes; each check returns what is wrong."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.drawing.lines import bezier
from spbe_arch.drawing.shapes import Ellipse, Open, Path, Rect, Sheet, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.drawing.lines import Point
    from spbe_arch.drawing.shapes import Shape

_SLACK = 0.8
T = TypeVar("T")


class Extent(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Extent, slack: float = 0.0) -> bool:
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Extent) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _SLACK and down > _SLACK

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


def extent(shape: Shape) -> Extent:
    match shape:
        case Rect():
            return Extent(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
        case Ellipse():
            return Extent(shape.cx - shape.rx, shape.cy - shape.ry, shape.cx + shape.rx, shape.cy + shape.ry)
        case Path():
            points = list(_points(shape))
            xs, ys = [x for x, _ in points], [y for _, y in points]
            return Extent(min(xs), min(ys), max(xs), max(ys))
        case Text():
            x, y = shape.start
            up, down = shape.size * 0.73, shape.size * 0.21
            if shape.turned:
                return Extent(x - up, y - shape.width, x + down, y)
            return Extent(x, y - up, x + shape.width, y + down)
        case _:
            raise TypeError(shape)


def _points(path: Path) -> Iterator[Point]:
    """Points on the path, close to each other where it is curved."""
    here = (0.0, 0.0)
    for command, numbers in path.segments:
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "C":
            yield from (bezier((here, *ends), step / 8) for step in range(9))
        yield from ends[-1:]
        here = ends[-1] if ends else here


def texts(sheet: Sheet) -> list[Text]:
    return [shape for shape in sheet.shapes if isinstance(shape, Text)]


def off_the_page(sheet: Sheet) -> list[Shape]:
    page = Extent(0, 0, sheet.width, sheet.height)
    drawn = (shape for shape in sheet.shapes if isinstance(shape, (Rect, Ellipse, Path, Text)))
    return [shape for shape in drawn if not page.holds(extent(shape), 0.01)]


def out_of_their_box(sheet: Sheet) -> list[str]:
    """Texts that leave the smallest rectangle in which they begin."""
    boxes = sorted((extent(shape) for shape in sheet.shapes if isinstance(shape, Rect)), key=lambda box: box.area)
    found = []
    for line in texts(sheet):
        here = extent(line)
        middle = (here.top + here.bottom) / 2
        around = (box for box in boxes if box.left <= here.left + 0.1 <= box.right and box.top <= middle <= box.bottom)
        if not next(around).holds(here, 0.3):
            found.append(line.content)
    return found


def overlapping_texts(sheet: Sheet) -> list[tuple[str, str]]:
    return _meeting([(extent(line), line.content) for line in texts(sheet)])


def _meeting(placed: list[tuple[Extent, T]]) -> list[tuple[T, T]]:
    """Those that overlap, each looked at with what begins above its foot."""
    placed = sorted(placed, key=lambda pair: pair[0].top)
    found = []
    for index, (here, one) in enumerate(placed):
        for there, other in placed[index + 1 :]:
            if there.top > here.bottom:
                break
            if here.meets(there):
                found.append((one, other))
    return found


def cards(sheet: Sheet) -> list[Extent]:
    """The outlines of cards and folds: the first shape of each group."""
    return [
        extent(shape) for opened, shape in pairwise(sheet.shapes) if isinstance(opened, Open) and opened.kind != "part"
    ]


def overlapping_cards(sheet: Sheet) -> list[tuple[Extent, Extent]]:
    return _meeting([(card, card) for card in cards(sheet)])


def covered_texts(sheet: Sheet) -> list[str]:
    """Texts that a mark drawn later lies on."""
    filled = [
        (index, extent(shape))
        for index, shape in enumerate(sheet.shapes)
        if isinstance(shape, (Ellipse, Path, Rect)) and shape.fill
    ]
    found = []
    for index, line in enumerate(sheet.shapes):
        if isinstance(line, Text):
            here = extent(line)
            if any(later > index and here.meets(there) for later, there in filled):
                found.append(line.content)
    return found


def small_texts(sheet: Sheet) -> list[str]:
    return [line.content for line in texts(sheet) if line.size < 6.5]


def pale_texts(sheet: Sheet) -> list[tuple[str, float]]:
    """Texts whose contrast with the last fill beneath them is less than 4.5."""
    found = []
    fills: list[tuple[Extent, str]] = []
    for shape in sheet.shapes:
        if isinstance(shape, Rect) and shape.fill:
            fills.append((extent(shape), shape.fill))
        if not isinstance(shape, Text):
            continue
        here = extent(shape)
        x, y = (here.left + here.right) / 2, (here.top + here.bottom) / 2
        beneath = next(
            fill for box, fill in reversed(fills) if box.left <= x <= box.right and box.top <= y <= box.bottom
        )
        step = contrast(shape.colour, beneath)
        if step < 4.5:
            found.append((shape.content, step))
    return found


@cache
def contrast(one: str, other: str) -> float:
    """How much lighter one colour is than the other, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (byte / 255 for byte in bytes.fromhex(colour[1:]))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faults(sheet: Sheet) -> Iterator[str]:
    """All of the above, named."""
    for check in (
        off_the_page, out_of_their_box, overlapping_texts, overlapping_cards, covered_texts, small_texts,
        pale_texts,
    ):  # fmt: skip
        found = check(sheet)
        if found:
            yield f"{check.__name__}: {found[:3]}"
