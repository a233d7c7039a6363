"""What must hold on every sheet, read from its shapes; each check returns what is wrong."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.drawing.lines import KINDS, bezier
from spbe_arch.drawing.notation import LINES, SIGNS
from spbe_arch.drawing.palette import (
    CHANGES,
    ERROR,
    INK,
    MUTED,
    NOTE,
    PAPER,
    STATUS,
    SUN,
    SUN_EDGE,
    UNSHADED,
    mix,
)
from spbe_arch.drawing.shapes import Close, Ellipse, Open, Path, Rect, Sheet, Text
from spbe_arch.drawing.text import in_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    filled: dict[int, list[Extent]] = defaultdict(list)
    found = []
    for shape in reversed(sheet.shapes):  # so that what is known to be filled was drawn later
        if isinstance(shape, Text):
            here = extent(shape)
            if any(here.meets(there) for band in _bands(here) for there in filled[band]):
                found.append(shape.content)
        elif isinstance(shape, (Ellipse, Path, Rect)) and shape.fill:
            here = extent(shape)
            for band in _bands(here):
                filled[band].append(here)
    return found[::-1]


def _bands(here: Extent) -> range:
    """The numbers of the bands across the sheet in which something lies; what meets has one in common."""
    return range(int(here.top // _BAND), int(here.bottom // _BAND) + 1)


_BAND = 12.0


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


class _Look(NamedTuple):
    """How a shape looks, wherever it is; what is pale counts as what it comes from."""

    kind: str
    fill: str
    stroke: str
    dash: tuple[float, ...]

    @property
    def form(self) -> tuple[str, bool, bool, tuple[float, ...]]:
        """The same without colours."""
        return self.kind, bool(self.fill), bool(self.stroke), self.dash


_STRONG = {
    *(kind.colour for kind in (*KINDS.values(), *LINES.values())),
    *(sign.colours.strong for sign in SIGNS.values()),
}
_PALE = {mix(colour, PAPER, 0.45): colour for colour in _STRONG}
_PALE |= {mix(sign.colours.tint, PAPER, 0.75): sign.colours.tint for sign in SIGNS.values()}
_NEUTRAL = {MUTED, mix(MUTED, PAPER, 0.62), *UNSHADED["other"], PAPER, ""}
"""Of samples that stand for what has many colours on the sheet."""


def _look(shape: Rect | Ellipse | Path) -> _Look:
    fill, stroke = (_PALE.get(colour or "", colour or "") for colour in (shape.fill, shape.stroke))
    return _Look(type(shape).__name__, fill, stroke, getattr(shape, "dash", ()))


def _looks(shapes: Iterable[Shape]) -> set[_Look]:
    return {_look(shape) for shape in shapes if isinstance(shape, (Rect, Ellipse, Path))}


def _parted(sheet: Sheet) -> tuple[list[Shape], list[Shape]]:
    """The picture with its head, and the legend: what is drawn between the number of the sheet and its foot."""
    foot = (28.35, sheet.height - 58.35)
    rules = [at for at, one in enumerate(sheet.shapes) if isinstance(one, Path) and one.segments[0][1] == foot]
    numbers = [
        at
        for at, one in enumerate(sheet.shapes[: rules[-1]])
        if isinstance(one, Text) and one.content.startswith(("Lembar ", "Sheet ")) and one.y < 60
    ]
    return list(sheet.shapes[: numbers[-1]]), list(sheet.shapes[numbers[-1] + 1 : rules[-1]])


def idle_samples(sheet: Sheet) -> list[_Look]:
    """What the legend explains and the picture does not have; a neutral sample stands for any colour."""
    picture, legend = map(_looks, _parted(sheet))
    forms = {look.form for look in picture}
    missing = {
        look
        for look in legend - picture
        if look._replace(fill=PAPER, dash=(3.0, 2.0)) not in picture  # as what is retired or removed
        and (look.form not in forms or not {look.fill, look.stroke} <= _NEUTRAL)
    }
    return sorted(missing - {_FOREIGN} if not all(map(in_font, map(_content, sheet.shapes))) else missing)


_FOREIGN = _Look("Rect", "", INK, ())
"""The box that stands for letters of other scripts."""


def _content(shape: Shape) -> str:
    return shape.content if isinstance(shape, Text) else ""


_MARKS = {
    *(_Look("Ellipse", colour, PAPER, ()) for colour in {*STATUS.values(), *CHANGES.values()}),
    _Look("Path", SUN, SUN_EDGE, ()), _Look("Path", ERROR, PAPER, ()), _Look("Ellipse", PAPER, NOTE, ()),
    _Look("Rect", PAPER, MUTED, (2.0, 2.0)),
}  # fmt: skip
"""Of status, change and findings; folds."""


def unexplained(sheet: Sheet) -> list[_Look]:
    """Marks and styles of lines in the picture that its legend does not have."""
    picture, legend = _parted(sheet)
    shown = {look for look in _looks(picture) if look in _MARKS}
    opened = ""
    for shape in picture:
        if isinstance(shape, Open):
            opened = shape.title
        elif isinstance(shape, Close):
            opened = ""
        elif isinstance(shape, Path) and shape.stroke and not shape.fill and (" → " in opened or " ↔ " in opened):
            shown.add(_look(shape))
    return sorted(shown - _looks(legend))
