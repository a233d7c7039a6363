"""The drawing board: shapes, icons, marks, cards and folds, which look the same on every sheet.

It also keeps what was used, for the legend to explain.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from spbe_arch.drawing import notation, text
from spbe_arch.drawing.cards import TEXT
from spbe_arch.drawing.palette import (
    BANDS,
    CHANGES,
    EMBLEMS,
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
    Colours,
    icon,
    mix,
)
from spbe_arch.drawing.shapes import Box, Close, Ellipse, Open, Path, Rect, Segment, Shape, Text
from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.drawing.cards import CardText
    from spbe_arch.drawing.words import Words
    from spbe_arch.views.view import Node

__all__ = ["BY_LETTER", "LETTER", "Canvas", "Sample", "Shade", "layer_of"]

Sample: TypeAlias = "tuple[float, Callable[[float, float], None], str]"
"""Of the legend: how wide it is, what draws it with its left end at a point, what it means."""

_SMALL = 6.5
_BEHIND_LETTER = 11.0
"""Where the text of a card in the notation of ArchiMate begins."""
_LEADING = 1.2
BY_LETTER = 4.0
"""What the letter of a class takes of the width of a name: it stands where there was nothing before the name."""
LETTER = 7.0
"""How much of a chip the letter of its class takes."""


class Shade(NamedTuple):
    """How a class of a scale looks."""

    name: str
    colours: Colours
    letter: str


def layer_of(node: Node) -> str:
    """Returns the layer of a node; a layer that the palette does not know is drawn as lying across."""
    return node.layer if node.layer in LAYERS else "across"


class Canvas:
    """A list of shapes that grows, in the language of a view."""

    def __init__(self, words: Words) -> None:
        """Begins an empty list."""
        self.words = words
        self.sizes = 0
        """How many classes of size there are."""
        self.letters = True
        """Whether what has a class shows its letter."""
        self.archimate = False
        """Whether cards are drawn in the notation of ArchiMate."""
        self.shapes: list[Shape] = []
        self.used: dict[str, str] = {}
        """What the legend has to explain, with the colour that it was drawn in if that varies."""
        self._carded: set[str] = set()
        self.named: set[str] = set()
        """The elements that folds say the names of."""
        self.own: dict[str, Sample] = {}
        """Samples of what only this picture has."""
        self.shades: dict[str, Shade] = {}
        """The colours of classes by their keys, if the picture has a scale of colours."""
        self.doors: dict[str, str] = {}
        """The addresses of other pictures by the element or the group that they are about."""

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
        self.shapes.append(Rect(*box, fill, stroke, width, radius, dash))

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
        self.shapes.append(Path(tuple(segments), fill, stroke, width, dash))

    def line(self, *points: tuple[float, float], stroke: str, width: float, dash: tuple[float, ...] = ()) -> None:
        """Draws straight lines through points."""
        self.path(_through(points), stroke=stroke, width=width, dash=dash)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, *, fill: str | None = None, stroke: str | None = None,
        width: float = 0.7,
    ) -> None:  # fmt: skip
        """Draws an ellipse around a centre."""
        self.shapes.append(Ellipse(x, y, rx, ry, fill, stroke, width))

    def text(
        self, x: float, y: float, content: str, size: float, colour: str = INK, *, bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start", turned: bool = False,
    ) -> None:  # fmt: skip
        """Draws a line of text that is clean and known to fit."""
        if not content:
            return
        if not text.in_font(content):
            self.use("foreign")
        self.shapes.append(Text(x, y, content, size, colour, bold, anchor, turned))

    @contextmanager
    def group(
        self,
        title: str,
        kind: Literal["element", "fold", "part"] = "part",
        elements: tuple[str, ...] = (),
        link: str = "",
    ) -> Iterator[None]:
        """Holds the shapes drawn inside together, under a title; a second card of an element is a part of the first."""
        if kind == "element":
            link = link or self.doors.get(elements[0], "")
            kind = "part" if elements[0] in self._carded else kind
            self._carded.add(elements[0])
        self.shapes.append(Open(text.clean(title), kind, elements, link))
        yield
        self.shapes.append(Close())

    def use(self, key: str, value: str = "") -> None:
        """Notes that the legend has to explain something of the visual language."""
        self.used.setdefault(key, value)

    def explain(self, key: str, width: float, sample: Callable[[float, float], None], label: str) -> None:
        """Notes that the legend has to explain something of this picture.

        Args:
            key: Of the thing; it is explained once, before what all pictures have in common.
            width: Of the sample.
            sample: Draws it, with its left end at a point.
            label: What it means.
        """
        self.own.setdefault(key, (width, sample, label))
        self.use(key)

    def explain_layers(self, nodes: Iterable[Node]) -> None:
        """Notes that the legend has to explain the colours of the layers of some elements, unless classes have them."""
        shown: dict[str, list[str]] = {}
        for node in nodes if not (self.shades or self.archimate) else ():
            shown.setdefault(layer_of(node), []).append(node.section)
        for layer in (*BANDS, "across"):
            if layer in shown:
                emblem = EMBLEMS.get(layer, "units")
                section = emblem if emblem in shown[layer] else shown[layer][0]
                self.explain(f"layer.{layer}", 20, partial(self._layer_sample, layer, section), self.words[layer])

    def _layer_sample(self, layer: str, section: str, x: float, y: float) -> None:
        colours = LAYERS[layer]
        self.rect(Box(x, y - 5, 20, 10), fill=colours.tint, stroke=colours.strong, radius=2)
        self.icon(section, x + 6, y - 4, colours.strong, size=8, width=0.7)

    # Icons and marks

    def icon(self, section: str, x: float, y: float, colour: str, *, size: float = 11.0, width: float = 0.85) -> None:
        """Draws the icon of a type in a square."""
        self.strokes(icon(section), x, y, colour, size=size, width=width)

    def strokes(
        self, segments: Iterable[Segment], x: float, y: float, colour: str, *, size: float, width: float
    ) -> None:
        """Draws strokes on a grid of 16 by 16 in a square of this size."""
        scale = size / 16
        strokes: list[Segment] = []
        for command, numbers in segments:
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

    def change_mark(self, change: str, x: float, y: float) -> None:
        """Draws the sign of a change around a point; what is kept has none."""
        if change not in CHANGES:
            return
        self.ellipse(x, y, 5.2, 5.2, fill=CHANGES[change], stroke=PAPER, width=0.8)
        signs: dict[str, tuple[Segment, ...]] = {
            "added": _strokes((x - 2.7, y, x + 2.7, y), (x, y - 2.7, x, y + 2.7)),
            "removed": _strokes((x - 2.7, y, x + 2.7, y)),
            "changed": (*_through([(x, y - 2.6), (x + 2.6, y + 1.9), (x - 2.6, y + 1.9)]), ("Z", ())),
        }
        self.path(signs[change], stroke=PAPER, width=1.3 if change != "changed" else 1.0)

    def level_mark(self, level: Level, x: float, y: float, count: str = "") -> None:
        """Draws the sign of a level around a point, and a count in front of it."""
        self.use(level.value)
        colour = {Level.ERROR: ERROR, Level.WARNING: OCHRE, Level.NOTE: MUTED}[level]
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

    def card(
        self, node: Node, words: CardText, box: Box, *, foot: float = 0.0, outside: bool = False, change: str = ""
    ) -> None:
        """Draws an element, with the marks of its status and its findings on the corners at the right.

        Args:
            node: The element.
            words: Its words, for a card of this width.
            box: The card.
            foot: How much of the card's height to keep free of text, at the bottom.
            outside: Whether it is of another agency and so has no colour of its own.
            change: What became of it between two years, which is shown instead of its status: added, removed,
                changed or kept.
        """
        body = box._replace(height=box.height - foot)
        colours = Colours(MUTED, PAPER) if outside else self.card_colours(node)
        if change == "kept":
            colours = Colours(mix(colours.strong, PAPER, 0.45), mix(colours.tint, PAPER, 0.75))
        retired = change == "removed" if change else node.status == "retired"
        stands_out = change in {"added", "changed"} if change else node.status in {"new", "upgrade"}
        with self.group(self.title_of(node), "element", (node.id,)):
            fill, width = PAPER if retired else colours.tint, 1.5 if stands_out or node.focus else 0.7
            dash = (3.0, 2.0) if retired else ()
            if self.archimate:
                marked = change in CHANGES or (not change and node.status in STATUS)
                self._in_notation(node.section, box, fill, colours.strong, width, dash, beside=8.0 if marked else 0.0)
            else:
                self.rect(box, fill=fill, stroke=colours.strong, width=width, radius=2.5, dash=dash)
                if not retired and not outside:
                    self._stripe(box, colours.strong)
                self.icon(node.section, box.x + 8, max(words.top(body) - 0.5, box.y + 5), colours.strong)
            self.class_mark(node, box)
            self._gauge(node, box, colours.strong)
            left = box.x + (_BEHIND_LETTER if self.archimate else TEXT)
            for y, line, size, bold in words.placed(body):
                self.text(left, y, line, size, INK if bold and not retired and change != "kept" else MUTED, bold=bold)
            mark = self.change_mark if change else self.status_mark
            mark(change or node.status, box.right - 3, box.y + 3.5)
            if node.worst:
                self.level_mark(node.worst, box.right - 1.5, box.bottom - 2.5)

    def _gauge(self, node: Node, box: Box, colour: str) -> None:
        """Draws the class of size of an element as the length of a bar on the foot of its card."""
        if node.size and self.sizes:
            if "size" not in self.used:
                self.use("gauge")
            self.rect(Box(box.x, box.bottom - 3.0, box.width * node.size / self.sizes, 3.0), fill=colour)

    def _in_notation(
        self, section: str, box: Box, fill: str, stroke: str, width: float, dash: tuple[float, ...], *, beside: float
    ) -> None:
        """Draws a card in the notation of ArchiMate: its outline, the letter of its layer, its icon at the right."""
        sign = notation.sign_of(section)
        self.outline(sign.outline, box, fill=fill, stroke=stroke, width=width, dash=dash)
        self.text(box.x + 3.5, box.y + 8.0, sign.letter, _SMALL, MUTED)
        self.strokes(sign.strokes, box.right - 14.0 - beside, box.y + 3.5, stroke, size=10.0, width=0.8)
        self._explain_concept(section)

    def _explain_concept(self, section: str, *, bare: bool = False) -> None:
        concept = notation.concept_of(section)
        sample = partial(self._concept_sample, notation.SIGNS[concept], bare=bare)
        self.explain(f"concept.{concept}", 22, sample, notation.concept_name(concept))

    def emblem(self, section: str, x: float, y: float, colour: str, *, size: float, width: float = 0.85) -> None:
        """Draws the icon of a type, in the notation of ArchiMate that of its concept."""
        strokes = notation.sign_of(section).strokes if self.archimate else icon(section)
        self.strokes(strokes, x, y, colour, size=size, width=width)

    def outline(
        self, outline: notation.Outline, box: Box, *, fill: str, stroke: str, width: float, dash: tuple[float, ...] = ()
    ) -> None:
        """Draws the outline that ArchiMate has for structure, behaviour or motivation."""
        if outline != "cut":
            radius = min(6.0, box.height / 2.5) if outline == "round" else 0.0
            self.rect(box, fill=fill, stroke=stroke, width=width, radius=radius, dash=dash)
            return
        cut = min(4.0, box.height / 3)
        (left, top), (right, bottom) = (box.x, box.y), (box.right, box.bottom)
        corners = (
            (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
            (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
        )  # fmt: skip
        self.path((*_through(corners), ("Z", ())), fill=fill, stroke=stroke, width=width, dash=dash)

    def _concept_sample(self, sign: notation.Sign, x: float, y: float, *, bare: bool) -> None:
        colours = sign.colours
        self.outline(sign.outline, Box(x, y - 5.5, 22, 11), fill=colours.tint, stroke=colours.strong, width=0.7)
        if bare:  # as chips are
            return
        self.text(x + 2.5, y + 2.4, sign.letter, _SMALL, MUTED)
        self.strokes(sign.strokes, x + 10.5, y - 4.5, colours.strong, size=9.0, width=0.7)

    def chip(self, node: Node, lines: Sequence[str], box: Box, *, size: float = 7.0, filled: bool = False) -> None:
        """Draws an element without an icon, for lists of many.

        Args:
            node: The element.
            lines: Its name, broken for a chip of this width.
            box: The chip.
            size: Of the name.
            filled: Whether it stands out, white on the strong colour of its layer.
        """
        colours = self.card_colours(node)
        retired = node.status == "retired"
        filled = filled and node.shade not in self.shades
        fill = PAPER if retired else colours.strong if filled else colours.tint
        with self.group(self.title_of(node), "element", (node.id,)):
            width, dash = 1.5 if node.status in {"new", "upgrade"} or node.focus else 0.7, (3.0, 2.0) if retired else ()
            if self.archimate:
                sign = notation.sign_of(node.section)
                self.outline(sign.outline, box, fill=fill, stroke=colours.strong, width=width, dash=dash)
                self._explain_concept(node.section, bare=True)
            else:
                self.rect(box, fill=fill, stroke=colours.strong, radius=2.0, width=width, dash=dash)
            colour = MUTED if retired else PAPER if filled else INK
            y = box.middle[1] + size * (0.36 - _LEADING * (len(lines) - 1) / 2)
            self.class_mark(node, box)
            self._gauge(node, box, colours.strong)
            left = box.x + (BY_LETTER if node.shade in self.shades else 0.0) + 6
            for index, line in enumerate(lines):
                self.text(left, y + index * size * _LEADING, line, size, colour, bold=True)
            self.status_mark(node.status, box.right - 3, box.y + 2.5)
            if node.worst:
                self.level_mark(node.worst, box.right - 2.5, box.bottom - 2.0)

    def fold(self, title: str, nodes: Sequence[Node], box: Box, link: str = "", *, names: bool = False) -> None:
        """Draws a card that stands for several elements, and leads to the sheet that shows them if there is one.

        Args:
            title: What stands on it.
            nodes: The elements.
            box: The card.
            link: To the sheet that shows them.
            names: Whether their names stand in the place of the title, and lead nowhere, if they have room.
        """
        self.use("fold")
        said = self._names_in(box, nodes) if names else ()
        self.named.update(node.id for node in nodes if said)
        with self.group(title, "fold", tuple(node.id for node in nodes), "" if said else link):
            self.rect(box, fill=PAPER, stroke=MUTED, width=0.8, radius=2.5, dash=(2, 2))
            taken = self.findings(nodes, box.right - 10, box.middle[1])
            free = box._replace(width=box.width - taken)
            if said:
                self.lines(said, free, 7, INK)
                return
            lines = text.wrap(title, free.width - 12, 7.5, bold=True, lines=max(1, min(3, int((box.height - 2) // 9))))
            self.lines(lines, free, 7.5, MUTED, bold=True)

    @staticmethod
    def _names_in(box: Box, nodes: Sequence[Node]) -> tuple[str, ...]:
        """The names of some elements, a line each, if a box of this size has room for them; else none."""
        if any(node.worst for node in nodes) or len(nodes) * 7 * _LEADING + 4.0 > box.height:
            return ()
        names = tuple(text.clean(node.name) or text.clean(node.id) for node in nodes)
        fit = all(text.width(name, 7) <= box.width - 8.0 for name in names)
        return names if fit and len({*names}) == len(names) else ()

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
        level = _worst(nodes)
        if not level:
            return 0.0
        count = self.words.number(sum(1 for node in nodes if node.worst is level))
        self.level_mark(level, x, y, count)
        return 16.0 + text.width(count, 7, bold=True)

    def colours_of(self, node: Node) -> Colours:
        """Returns the colours of an element: those of its class if the picture has a scale, else of its layer."""
        shade = self.shades.get(node.shade)
        if shade is None:
            return LAYERS[layer_of(node)]
        self.use("shade")
        self.use(f"shade.{node.shade}")
        return shade.colours

    def card_colours(self, node: Node) -> Colours:
        """Returns the colours of the card of an element, in the notation of ArchiMate those of its concept."""
        if self.archimate and node.shade not in self.shades:
            return notation.sign_of(node.section).colours
        return self.colours_of(node)

    def ground_of(self, layer: str) -> Colours:
        """Returns the colours of what stands behind the cards of a layer."""
        return notation.GROUND if self.archimate else LAYERS[layer]

    def class_mark(self, node: Node, box: Box) -> None:
        """Draws the letter of the class of an element at the left edge, so that colour is not all that tells it."""
        shade = self.shades.get(node.shade)
        if shade is not None and shade.letter:
            self.letter(shade, Box(box.x, box.middle[1] - 4.5, LETTER, 9.0))

    def letter(self, shade: Shade, box: Box) -> None:
        """Draws the letter of a class in a box of its strong colour."""
        self.rect(box, fill=shade.colours.strong, radius=1.5)
        self.text(box.middle[0], box.middle[1] + 2.4, shade.letter, _SMALL, PAPER, bold=True, anchor="middle")

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

    def title_of(self, node: Node) -> str:
        """Returns what a card says when pointed at or read aloud."""
        name = f"{node.name} ({node.id})" if node.name != node.id else node.id
        signs = [f"legend.{node.status}"] if node.status in STATUS else []
        signs += [f"legend.{node.worst}"] if node.worst else []
        shade = [self.shades[node.shade].name] if node.shade in self.shades else []
        return " · ".join([name, *shade, *(self.words[sign] for sign in signs)])

    def ribbon(self, box: Box, strong: str, shares: Mapping[str, int]) -> None:
        """Draws how many elements have which status, as lengths of a ribbon."""
        whole = sum(shares.values())
        parts = {status: shares.get(status, 0) for status in ("upgrade", "new", "retired")}
        x = box.x
        for status, part in {"as_is": whole - sum(parts.values()), **parts}.items():
            length = box.width * part / whole
            if not length:
                continue
            fill = {"as_is": strong, "upgrade": mix(strong, PAPER, 0.55)}.get(status, PAPER)
            self.use("ribbon", strong)
            self.use(f"ribbon.{status}")
            self.rect(Box(x, box.y, length, box.height), fill=fill, stroke=strong, width=0.6)
            if status == "retired":
                y = box.y + box.height / 2
                self.line((x, y), (x + length, y), stroke=strong, width=0.8)
            x += length


def _worst(nodes: Iterable[Node]) -> Level | None:
    """Returns the worst level among the findings of the nodes."""
    levels = {node.worst for node in nodes if node.worst}
    return min(levels, key=lambda level: level.rank, default=None)


def _through(points: Iterable[tuple[float, float]]) -> tuple[Segment, ...]:
    return tuple(("L" if index else "M", point) for index, point in enumerate(points))


def _strokes(*strokes: tuple[float, ...]) -> tuple[Segment, ...]:
    """Several rows of points, each x y x y …, as one path."""
    return tuple(segment for stroke in strokes for segment in _through(zip(stroke[::2], stroke[1::2], strict=True)))
