"""The drawing board: cards, tiles, marks, legend and frame, which look the same on every sheet.

A recipe makes a `Canvas` for a view, draws its picture between `top` and `bottom`, and calls `finish`, which adds the
legend of what was really used and the count of what was really drawn. Neither can be passed in, so neither can lie.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from spbe_arch.drawing import text
from spbe_arch.drawing.palette import (
    ERROR,
    INK,
    LAYERS,
    MUTED,
    NOTE,
    OCHRE,
    PAPER,
    RULE,
    STATUS,
    SUN,
    SUN_EDGE,
    icon,
    mix,
)
from spbe_arch.drawing.shapes import Close, Ellipse, Open, Path, Rect, Segment, Shape, Sheet, Text
from spbe_arch.drawing.words import Words
from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.views.view import Node, View

__all__ = ["A3", "A4", "BANDS", "MARGIN", "Box", "Canvas", "CardText", "card_texts", "layer_of", "worst_of"]

A4 = (841.89, 595.28)
A3 = (1190.55, 841.89)
MARGIN = 28.35
BANDS = ("business", "services", "data", "application", "infrastructure", "security")
"""The six layers, from the top of a page to its foot."""

_SMALL = 6.5
_LEADING = 1.2
_CARD_TEXT = 23.0
"""Where the text of a card begins; left of it are the stripe and the icon."""
_CARD_END = 5.0
_STATUS_ROOM = 8.0
_LEVEL_ROOM = 3.0
_LEGEND_ROW = 13.0
_LEGEND_GAP = 12.0
_NOTE_ROW = 9.0


_Sample: TypeAlias = "tuple[float, Callable[[float, float], None], str]"
"""Of the legend: how wide it is, what draws it with its left end at a point, what it means."""


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


def layer_of(node: Node) -> str:
    """Returns the layer of a node; a layer that the palette does not know is drawn as lying across."""
    return node.layer if node.layer in LAYERS else "across"


def worst_of(nodes: Iterable[Node]) -> Level | None:
    """Returns the worst level among the findings of the nodes."""
    levels = {node.worst for node in nodes if node.worst}
    return min(levels, key=lambda level: level.rank, default=None)


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, broken into the lines that will be drawn, so that its height is known before."""

    first: tuple[str, ...]
    """The small lines on top: facts in one line, or the id."""
    lines: tuple[str, ...]
    size: float
    cut: bool
    """Whether the name goes on."""

    @property
    def height(self) -> float:
        """The least height of a card with this text."""
        return max(24.0, self._block + 9.0)

    @property
    def _block(self) -> float:
        """From the top of the small line's letters to the foot of the last line's."""
        return _SMALL * 1.25 * len(self.first) + self.size * (_LEADING * (len(self.lines) - 1) + 0.95)

    def top(self, box: Box) -> float:
        """Where the text begins so that it stands in the middle of the box."""
        return box.y + (box.height - self._block) / 2

    def placed(self, box: Box) -> Iterator[tuple[float, str, float, bool]]:
        """Yields the lines as base line, text, size, bold."""
        y = self.top(box)
        for line in self.first:
            yield y + _SMALL * 0.78, line, _SMALL, False
            y += _SMALL * 1.25
        for index, line in enumerate(self.lines):
            yield y + self.size * (0.78 + _LEADING * index), line, self.size, True


def card_texts(nodes: Sequence[Node], width: float, size: float, *, lines: int = 3) -> dict[str, CardText]:
    """Returns the texts of cards of one width, by id.

    Names that had to be cut and then read the same are given by their ids, which differ.
    """
    texts = {node.id: _card_text(node, node.name, width, size, lines) for node in nodes}
    alike = Counter(card.lines for card in texts.values() if card.cut)
    for node in nodes:
        if alike[texts[node.id].lines] > 1 and texts[node.id].cut:
            texts[node.id] = _card_text(node, node.id, width, size, lines)
    return texts


def _card_text(node: Node, name: str, width: float, size: float, lines: int) -> CardText:
    room = width - _CARD_TEXT - _CARD_END
    beside_mark = room - (_STATUS_ROOM if node.status in STATUS else _LEVEL_ROOM if node.worst else 0.0)
    shown = text.clean(name) or text.clean(node.id)
    wrapped = text.wrap(shown, beside_mark, size, bold=True, lines=lines)
    facts = text.clean(node.facts)
    small = text.wrap(facts or (node.id if shown != node.id else ""), beside_mark, _SMALL, lines=1 if facts else 2)
    first = tuple(line for line in small if line)
    return CardText(first, wrapped, size, cut=wrapped[-1].endswith("…") and not shown.endswith("…"))


class Canvas:
    """A page while it is being drawn."""

    def __init__(
        self,
        view: View,
        *,
        size: tuple[float, float] = A4,
        legend_rows: int = 1,
        notes: Sequence[str] = (),
    ) -> None:
        """Opens a page with its head drawn.

        Args:
            view: Whose picture it is.
            size: Width and height in points.
            legend_rows: How many rows of legend to leave room for.
            notes: Lines to print above the legend, besides those of the view.
        """
        self.view = view
        self.words = Words(view.frame.language)
        self.width, self.height = size
        self.left, self.right = MARGIN, self.width - MARGIN
        self.top = MARGIN + 41.0
        self._rule = self.height - MARGIN - 30.0
        self._notes = tuple(text.clean(note) for note in (*view.notes, *notes))
        self.bottom = self._rule - 10.0 - _LEGEND_ROW * legend_rows - _NOTE_ROW * min(len(self._notes), 3)
        self._shapes: list[Shape] = []
        self._used: dict[str, str] = {}
        self._own: dict[str, _Sample] = {}
        self.rect(Box(0, 0, *size), fill=PAPER)
        self._head()

    # Shapes

    def rect(
        self,
        box: Box,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.7,
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draws a rectangle."""
        self._shapes.append(Rect(*box, fill, stroke, width, radius, dash))

    def path(
        self,
        segments: Iterable[Segment],
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.7,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draws lines and curves."""
        self._shapes.append(Path(tuple(segments), fill, stroke, width, dash))

    def line(self, *points: tuple[float, float], stroke: str, width: float, dash: tuple[float, ...] = ()) -> None:
        """Draws straight lines through points."""
        self.path(_through(points), stroke=stroke, width=width, dash=dash)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, *, fill: str | None = None, stroke: str | None = None,
        width: float = 0.7,
    ) -> None:  # fmt: skip
        """Draws an ellipse around a centre."""
        self._shapes.append(Ellipse(x, y, rx, ry, fill, stroke, width))

    def text(
        self, x: float, y: float, content: str, size: float, colour: str = INK, *, bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start", turned: bool = False,
    ) -> None:  # fmt: skip
        """Draws a line of text that is clean and known to fit."""
        if not content:
            return
        if not all(map(text.in_font, content)):
            self.use("foreign")
        self._shapes.append(Text(x, y, content, size, colour, bold, anchor, turned))

    @contextmanager
    def group(
        self,
        title: str,
        kind: Literal["element", "fold", "part"] = "part",
        elements: tuple[str, ...] = (),
    ) -> Iterator[None]:
        """Holds the shapes drawn inside together, under a title."""
        self._shapes.append(Open(text.clean(title), kind, elements))
        yield
        self._shapes.append(Close())

    def use(self, key: str, value: str = "") -> None:
        """Notes that the legend has to explain something of the visual language."""
        self._used.setdefault(key, value)

    def explain(self, key: str, width: float, sample: Callable[[float, float], None], label: str) -> None:
        """Notes that the legend has to explain something of this picture.

        Args:
            key: Of the thing; it is explained once, before what all pictures have in common.
            width: Of the sample.
            sample: Draws it, with its left end at a point.
            label: What it means.
        """
        self._own.setdefault(key, (width, sample, label))
        self.use(key)

    # Icons and marks

    def icon(self, section: str, x: float, y: float, colour: str, *, size: float = 11.0, width: float = 0.85) -> None:
        """Draws the icon of a type in a square."""
        scale = size / 16
        strokes: list[Segment] = []
        for command, numbers in icon(section):
            if command == "E":
                cx, cy, rx, ry = (value * scale for value in numbers)
                self.ellipse(x + cx, y + cy, rx, ry, stroke=colour, width=width)
                continue
            placed = tuple(value * scale + (y if index % 2 else x) for index, value in enumerate(numbers))
            strokes.append((command, placed))
        if strokes:
            self.path(strokes, stroke=colour, width=width)

    def status_mark(self, status: str, x: float, y: float) -> None:
        """Draws the sign of a status around a point; as it is has none."""
        if status not in STATUS:
            return
        self.use(status)
        self.ellipse(x, y, 5.2, 5.2, fill=STATUS[status], stroke=PAPER, width=0.8)
        signs: dict[str, tuple[Segment, ...]] = {
            "new": _strokes((x - 2.7, y, x + 2.7, y), (x, y - 2.7, x, y + 2.7)),
            "upgrade": _strokes((x, y + 2.9, x, y - 2.7), (x - 2.2, y - 0.5, x, y - 2.7, x + 2.2, y - 0.5)),
            "retired": _strokes((x - 2, y - 2, x + 2, y + 2), (x - 2, y + 2, x + 2, y - 2)),
        }
        self.path(signs[status], stroke=PAPER, width=1.3)

    def level_mark(self, level: Level, x: float, y: float, count: str = "") -> None:
        """Draws the sign of a level around a point, and a count in front of it."""
        self.use(level.value)
        colour = {Level.ERROR: ERROR, Level.WARNING: OCHRE, Level.NOTE: NOTE}[level]
        if level is Level.ERROR:
            side, corner = 4.8, 4.8 * 0.4142
            ring = ((-corner, -side), (corner, -side), (side, -corner), (side, corner))
            points = [(x + dx, y + dy) for dx, dy in (*ring, *((-dx, -dy) for dx, dy in ring))]
            self.path((*_through(points), ("Z", ())), fill=ERROR, stroke=PAPER, width=0.6)
            self.path(_strokes((x, y - 2.8, x, y + 0.7), (x, y + 1.9, x, y + 2.8)), stroke=PAPER, width=1.3)
        elif level is Level.WARNING:
            points = [(x, y - 5.2), (x + 5.5, y + 4.3), (x - 5.5, y + 4.3)]
            self.path((*_through(points), ("Z", ())), fill=SUN, stroke=SUN_EDGE, width=0.8)
            self.path(_strokes((x, y - 1.9, x, y + 1.3), (x, y + 2.4, x, y + 3.2)), stroke=INK, width=1.2)
        else:
            self.ellipse(x, y, 4.6, 4.6, fill=PAPER, stroke=NOTE, width=0.9)
            self.path(_strokes((x, y - 0.8, x, y + 2.6), (x, y - 2.6, x, y - 1.8)), stroke=NOTE, width=1.2)
        self.text(x - 7.5, y + 2.5, count, 7, colour, bold=True, anchor="end")

    # Cards, folds, tiles

    def card(self, node: Node, words: CardText, box: Box, *, foot: float = 0.0) -> None:
        """Draws an element, with the marks of its status and its findings on the corners at the right.

        Args:
            node: The element.
            words: Its words, for a card of this width.
            box: The card.
            foot: How much of the card's height to keep free of text, at the bottom.
        """
        body = box._replace(height=box.height - foot)
        colours = LAYERS[layer_of(node)]
        retired = node.status == "retired"
        with self.group(self._title(node), "element", (node.id,)):
            self.rect(
                box,
                fill=PAPER if retired else colours.tint,
                stroke=colours.strong,
                width=1.5 if node.status in {"new", "upgrade"} or node.focus else 0.7,
                radius=2.5,
                dash=(3, 2) if retired else (),
            )
            if not retired:
                self._stripe(box, colours.strong)
            self.icon(node.section, box.x + 8, max(words.top(body) - 0.5, box.y + 5), colours.strong)
            for y, line, size, bold in words.placed(body):
                self.text(box.x + _CARD_TEXT, y, line, size, INK if bold and not retired else MUTED, bold=bold)
            self.status_mark(node.status, box.right - 3, box.y + 3.5)
            if node.worst:
                self.level_mark(node.worst, box.right - 1.5, box.bottom - 2.5)

    def fold(self, title: str, nodes: Sequence[Node], box: Box) -> None:
        """Draws a card that stands for several elements."""
        self.use("fold")
        with self.group(title, "fold", tuple(node.id for node in nodes)):
            self.rect(box, fill=PAPER, stroke=MUTED, width=0.8, radius=2.5, dash=(2, 2))
            taken = self.findings(nodes, box.right - 10, box.middle[1])
            free = box._replace(width=box.width - taken)
            lines = text.wrap(title, free.width - 12, 7.5, bold=True, lines=3)
            self.lines(lines, free, 7.5, MUTED, bold=True)

    def empty(self, box: Box) -> None:
        """Draws a place where an element could be and none is."""
        self.use("empty")
        self.rect(box, fill=PAPER, stroke=RULE, width=0.8, radius=2.5, dash=(2, 2))
        self.lines((self.words["none yet"],), box, _SMALL, MUTED)

    def lines(self, lines: Sequence[str], box: Box, size: float, colour: str, *, bold: bool = False) -> None:
        """Draws lines of text around the middle of a box."""
        x, y = box.middle
        y += size * (0.36 - _LEADING * (len(lines) - 1) / 2)
        for index, line in enumerate(lines):
            self.text(x, y + index * size * _LEADING, line, size, colour, bold=bold, anchor="middle")

    def findings(self, nodes: Sequence[Node], x: float, y: float) -> float:
        """Draws the worst level among some elements and how many have it; returns how much room that took."""
        level = worst_of(nodes)
        if not level:
            return 0.0
        count = self.words.number(sum(1 for node in nodes if node.worst is level))
        self.level_mark(level, x, y, count)
        return 16.0 + text.width(count, 7, bold=True)

    def _stripe(self, box: Box, colour: str) -> None:
        x, y, r = box.x, box.y, 2.5
        segments: tuple[Segment, ...] = (
            ("M", (x + r, y)),
            ("L", (x + 4.5, y)),
            ("L", (x + 4.5, box.bottom)),
            ("L", (x + r, box.bottom)),
            ("C", (x + 1, box.bottom, x, box.bottom - 1, x, box.bottom - r)),
            ("L", (x, y + r)),
            ("C", (x, y + 1, x + 1, y, x + r, y)),
            ("Z", ()),
        )
        self.path(segments, fill=colour)

    def _title(self, node: Node) -> str:
        """What a card says when pointed at or read aloud."""
        name = f"{node.name} ({node.id})" if node.name != node.id else node.id
        signs = [f"legend.{node.status}"] if node.status in STATUS else []
        signs += [f"legend.{node.worst}"] if node.worst else []
        return " · ".join([name, *(self.words[sign] for sign in signs)])

    # The frame

    def _head(self) -> None:
        view, words = self.view, self.words
        viewpoint = words[f"viewpoint.{view.viewpoint}"]
        y = MARGIN + 13
        room = self.right - self.left - max(text.width(viewpoint, 8, bold=True), 60) - 16
        title = text.clean(view.title) or text.clean(view.name)
        size = next((size for size in (15, 14, 13, 12) if text.width(title, size, bold=True) <= room), 12)
        self.text(self.left, y, text.fit(title, room, size, bold=True), size, bold=True)
        self.text(self.left, y + 13, text.fit(text.clean(view.subtitle), room, 9), 9, MUTED)
        self.text(self.right, y - 2, viewpoint, 8, MUTED, bold=True, anchor="end")
        self.text(self.right, y + 13, f"{words['sheet']} 1/1", 8, MUTED, anchor="end")
        self.line((self.left, MARGIN + 33), (self.right, MARGIN + 33), stroke=INK, width=1.1)

    def finish(self, *, outside: int = 0, remarks: Sequence[str] = ()) -> Sheet:
        """Draws notes, legend and foot, and returns the sheet.

        Args:
            outside: How many nodes of the view this viewpoint does not show.
            remarks: What else the line below the count has to say.
        """
        self._legend()
        sheet = self._sheet()
        count, rest = self._count(sheet, outside, remarks)
        frame, words = self.view.frame, self.words
        x, y = self.left + (self.right - self.left) * 0.408, self._rule + 10
        self.line((self.left, self._rule), (self.right, self._rule), stroke=INK, width=0.8)
        self.text(self.left, y, text.fit(text.clean(frame.agency), x - self.left - 12, 8, bold=True), 8, bold=True)
        self.text(self.left, y + 10, text.fit(text.clean(frame.source_note), x - self.left - 12, _SMALL), _SMALL, MUTED)
        period = text.clean(frame.period).replace("-", "–")
        self.text(x, y, text.fit(f"{words['period']} {period}", 110, 8) if period else "", 8)
        date = text.clean(frame.date)
        self.text(x, y + 10, text.fit(f"{words['status at']} {date}", 110, _SMALL) if date else "", _SMALL, MUTED)
        room = self.right - x - 122
        self.text(self.right, y, text.fit(count, room, 8, bold=True), 8, bold=True, anchor="end")
        self.text(self.right, y + 10, text.fit(rest, room, _SMALL), _SMALL, MUTED, anchor="end")
        return self._sheet(f"{count}; {rest}")

    def _sheet(self, count: str = "") -> Sheet:
        title = text.clean(self.view.title) or text.clean(self.view.name)
        said = (self.view.subtitle, count, *self._notes)
        description = ". ".join(part for part in map(text.clean, said) if part)
        name = text.clean(self.view.name)
        return Sheet(name, title, description, self.words.language, self.width, self.height, tuple(self._shapes))

    def _count(self, sheet: Sheet, outside: int, remarks: Sequence[str]) -> tuple[str, str]:
        """The two lines at the foot on the right."""
        words = self.words
        drawn, folded = len(sheet.drawn), len(sheet.folded)
        if folded and not drawn:
            folds = sum(isinstance(shape, Open) and shape.kind == "fold" for shape in sheet.shapes)
            said = f"{words.count(folded, 'element')} {words['in']} {words.count(folds, 'fold')}"
        else:
            whole = drawn + folded + outside
            said = f"{words.number(drawn)} {words['of']} {words.count(whole, 'element')}"
        rest = list(remarks)
        if drawn and folded:
            rest.insert(0, f"{words.number(folded)} {words['folded']}")
        if outside:
            rest.append(words.count(outside, "outside"))
        if not (drawn or folded or outside):
            rest.append(words["legend.empty"])
        return said, "; ".join(rest) or (words["complete"] if not folded else "")

    # The legend

    def _legend(self) -> None:
        y = self.bottom + 6.0
        for index, note in enumerate(self._notes[:3]):
            more = f" (+ {len(self._notes) - 3})" if index == 2 and len(self._notes) > 3 else ""
            room = self.right - self.left - text.width(more, _SMALL)
            self.text(self.left, y + 6.5, text.fit(note, room, _SMALL) + more, _SMALL, MUTED)
            y += _NOTE_ROW
        rows = self._legend_rows()
        y = self._rule - 4.0 - _LEGEND_ROW * (len(rows) - 0.5)
        for row in rows:
            x = self.left
            for width, sample, label in row:
                sample(x, y)
                self.text(x + width + 4, y + 2.5, label, 7)
                x += _legend_width(width, label)
            y += _LEGEND_ROW

    def _legend_rows(self) -> list[list[_Sample]]:
        """The samples of what was used, in one row if they fit, else in rows of nearly one length."""
        used = [sample for key, sample in self._samples().items() if key in self._used]
        widths = [_legend_width(width, label) for width, _, label in used]
        room = self.right - self.left + _LEGEND_GAP
        count = max(-(-sum(widths) // room), 1)
        rows: list[list[_Sample]] = [[]]
        length = 0.0
        for sample, width in zip(used, widths, strict=True):
            if rows[-1] and length + width > min(sum(widths) / count + width / 2, room):
                rows.append([])
                length = 0.0
            rows[-1].append(sample)
            length += width
        return rows

    def _samples(self) -> Mapping[str, _Sample]:
        """What the legend can explain, in order."""
        words = self.words
        strong = self._used.get("count") or self._used.get("part") or MUTED
        samples: dict[str, _Sample] = {
            **self._own,
            "count": (14, lambda x, y: self.text(x, y + 4, "15", 12, strong, bold=True), words["legend.count"]),
            "ribbon": (27, lambda x, y: self.ribbon(Box(x, y - 3, 27, 6), NOTE, {"as_is": 14, "upgrade": 8, "new": 5}),
                       words["legend.ribbon"]),
            "struck": (10, lambda x, y: self.ribbon(Box(x, y - 3, 10, 6), NOTE, {"retired": 1}),
                       words["legend.retired"]),
            **{
                status: (10.4, self._marking(status), words[f"legend.{status}"])
                for status in STATUS
            },
            **{
                level.value: (11, self._levelling(level), words[f"legend.{level}"])
                for level in Level
            },
            "part": (25, lambda x, y: self.text(x, y + 3.5, "12/15", 10, MUTED, bold=True), words["legend.part"]),
            "fold": (18, lambda x, y: self.rect(Box(x, y - 5, 18, 10), fill=PAPER, stroke=MUTED, width=0.8, radius=2,
                                               dash=(2, 2)), words["legend.fold"]),
            "empty": (18, lambda x, y: self.rect(Box(x, y - 5, 18, 10), fill=PAPER, stroke=RULE, width=0.8, radius=2,
                                                dash=(2, 2)), words["legend.empty"]),
            "clean": (24, self._bar_sample, words["legend.clean"]),
            "foreign": (8, lambda x, y: self.rect(Box(x + 1, y - 3, 6, 7), stroke=INK, width=0.7),
                        words["legend.foreign"]),
        }  # fmt: skip
        return samples

    def _marking(self, status: str) -> Callable[[float, float], None]:
        return lambda x, y: self.status_mark(status, x + 5.2, y)

    def _levelling(self, level: Level) -> Callable[[float, float], None]:
        return lambda x, y: self.level_mark(level, x + 5.5, y)

    def _bar_sample(self, x: float, y: float) -> None:
        self.rect(Box(x, y - 3, 24, 6), fill=PAPER, stroke=MUTED, width=0.6)
        self.rect(Box(x, y - 3, 18, 6), fill=MUTED)

    def ribbon(self, box: Box, strong: str, shares: Mapping[str, int]) -> None:
        """Draws how many elements have which status, as lengths of a ribbon."""
        whole = sum(shares.values())
        x = box.x
        for status in ("as_is", "upgrade", "new", "retired"):
            length = box.width * shares.get(status, 0) / whole
            if not length:
                continue
            fill = {"as_is": strong, "upgrade": mix(strong, PAPER, 0.55)}.get(status, PAPER)
            self.rect(Box(x, box.y, length, box.height), fill=fill, stroke=strong, width=0.6)
            if status == "retired":
                y = box.y + box.height / 2
                self.line((x, y), (x + length, y), stroke=strong, width=0.8)
                self.use("struck")
            x += length


def _through(points: Iterable[tuple[float, float]]) -> tuple[Segment, ...]:
    return tuple(("L" if index else "M", point) for index, point in enumerate(points))


def _strokes(*strokes: tuple[float, ...]) -> tuple[Segment, ...]:
    """Several rows of points, each x y x y …, as one path."""
    return tuple(
        segment for stroke in strokes for segment in _through(zip(stroke[::2], stroke[1::2], strict=True))
    )


def _legend_width(sample: float, label: str) -> float:
    return sample + 4.0 + text.width(label, 7) + _LEGEND_GAP
