"""The frame of a sheet: head, foot, legend and count, at the same places for every viewpoint.

A recipe opens a `Page` for a view, draws its picture between `top` and `bottom`, and calls `finish`, which
adds the legend of what was really used and the count of what was really drawn. Neither can be passed in, so
neither can lie.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import LETTER, Canvas, Sample, Shade
from spbe_arch.drawing.palette import AMOUNTS, INK, MUTED, NOTE, PAPER, RULE, SHADES, STATUS, UNSHADED
from spbe_arch.drawing.shapes import Box, Open, Sheet
from spbe_arch.drawing.words import Words
from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spbe_arch.views.view import View

__all__ = ["A3", "A4", "Page", "first_that_fits", "link_to", "no_sample", "sheet_name", "upright"]

A4 = (841.89, 595.28)
A3 = (1190.55, 841.89)
"""Width and height in points, lying."""

_MARGIN = 28.35
_FOOT = 0.408
"""Where in the foot the period stands, as a share of the width."""
_SMALL = 6.5
_LEGEND_ROW = 13.0
_LEGEND_GAP = 12.0
_NOTE_ROW = 9.0
_NOTES = 3
"""The most notes that are printed; of more, the number."""


def upright(size: tuple[float, float]) -> tuple[float, float]:
    """Returns the size of a page that stands."""
    return size[1], size[0]


def sheet_name(view: View, number: int) -> str:
    """Returns the stem of the file of a sheet; no id has a tilde, so no two views share one."""
    return view.name if number == 1 else f"{view.name}~{number}"


def link_to(view: View, number: int) -> str:
    """Returns the address of a sheet as the other sheets of the view write it."""
    return f"{quote(sheet_name(view, number), safe='~')}.svg"


class Page(Canvas):
    """A page with its head drawn; the picture goes between `top` and `bottom`, `left` and `right`."""

    def __init__(
        self,
        view: View,
        heading: tuple[str, str],
        *,
        size: tuple[float, float] = A4,
        legend_rows: int = 1,
        notes: Sequence[str] = (),
        sheet: int = 1,
    ) -> None:
        """Opens a page with its head drawn.

        Args:
            view: Whose picture it is.
            heading: The number and name of the viewpoint, in Indonesian and English.
            size: Width and height in points.
            legend_rows: How many rows of legend to leave room for.
            notes: Lines to print above the legend, besides those of the view.
            sheet: The number of the sheet among those of the view.
        """
        super().__init__(Words(view.frame.language))
        self.view = view
        self.archimate = view.style == "archimate"
        self.sheet = sheet
        self.fits = True
        """Whether the picture has room on the page; a recipe that finds that it has not says so."""
        self.parts: tuple[tuple[str, frozenset[str]], ...] = ()
        """Sets of elements that are counted each for itself, with what they are called."""
        self.elsewhere = "outside"
        """The word for where the elements are that this sheet neither draws nor folds."""
        self.width, self.height = size
        self.left, self.right = _MARGIN, self.width - _MARGIN
        self.top = _MARGIN + 41.0
        self._rule = self.height - _MARGIN - 30.0
        self._rows = legend_rows
        self._remarks: list[str] = []
        self._notes = tuple(text.clean(note) for note in (*view.notes, *notes))
        self.bottom = self._rule - 10.0 - _LEGEND_ROW * legend_rows - _NOTE_ROW * min(len(self._notes), _NOTES)
        if not all(map(text.in_font, (*self._note_lines(), *self._foot_lines()))):
            self.use("foreign")  # before the rows of the legend are counted
        self.rect(Box(0, 0, *size), fill=PAPER)
        self.doors = {door.key: f"{quote(door.name, safe='~')}.svg" for door in view.doors}
        self._scales()
        self._head(self.words.either(heading))

    def _scales(self) -> None:
        """Keeps how the classes of the view look, and what the legend says of them if they are drawn."""
        colours, sizes = self.view.colours, self.view.sizes
        if colours is not None:
            self.own["shade"] = (0.0, no_sample, f"{text.clean(colours.title)}:")
            for number, one in enumerate(colours.classes):
                look = UNSHADED.get(one.key) or (AMOUNTS if colours.ordered else SHADES)[number]
                letter = "" if one.key in UNSHADED else one.key if colours.ordered else "ABCDEFGH"[number]
                shade = self.shades[one.key] = Shade(text.clean(one.name), look, letter)
                self.own[f"shade.{one.key}"] = (22.0, partial(self._swatch, shade), text.fit(shade.name, 120, 7))
        if sizes is not None:
            said = " · ".join(f"{one.key} = {text.clean(one.name)}" for one in sizes.classes)
            self.sizes = len(sizes.classes)
            said = f"{text.clean(sizes.title)}: {said}"
            for key in ("size", "gauge"):
                self.own[key] = (22.0, self._gauge_sample, f"{self.words[f'legend.{key}']}: {said}")

    def _gauge_sample(self, x: float, y: float) -> None:
        self.rect(Box(x, y - 5, 22, 10), fill=PAPER, stroke=MUTED)
        self.rect(Box(x, y + 2, 11, 3), fill=MUTED)

    def _swatch(self, shade: Shade, x: float, y: float) -> None:
        self.rect(Box(x, y - 5, 22, 10), fill=shade.colours.tint, stroke=shade.colours.strong, radius=2)
        if shade.letter and self.letters:
            self.letter(shade, Box(x, y - 4.5, LETTER, 9.0))

    def _head(self, viewpoint: str) -> None:
        view = self.view
        y = _MARGIN + 13
        room = self.right - self.left - max(text.width(viewpoint, 8, bold=True), 60) - 16
        title = text.clean(view.title) or text.clean(view.name)
        size = next((size for size in (15, 14, 13, 12) if text.width(title, size, bold=True) <= room), 12)
        self.text(self.left, y, text.fit(title, room, size, bold=True), size, bold=True)
        above = text.fit(f"↑ {text.clean(view.up.title)}", room * 0.4, 8) if view.up is not None else ""
        beside = room - text.width(above, 8) - (60.0 if above else 0.0)
        self.text(self.left, y + 13, text.fit(text.clean(view.subtitle), beside, 9), 9, MUTED)
        if view.up is not None:
            with self.group(above, link=f"{quote(view.up.name, safe='~')}.svg"):
                self.text(self.right - 70.0, y + 13, above, 8, NOTE, anchor="end")
        self.text(self.right, y - 2, viewpoint, 8, MUTED, bold=True, anchor="end")
        self.line((self.left, _MARGIN + 33), (self.right, _MARGIN + 33), stroke=INK, width=1.1)

    @property
    def legend_fits(self) -> bool:
        """Whether what was drawn can be explained in the rows left for it."""
        return len(self._legend_rows()) <= self._rows

    @property
    def folded(self) -> tuple[str, ...]:
        """The elements that were folded so far."""
        return self._sheet().folded

    @property
    def nameless(self) -> set[str]:
        """The elements that were folded so far and whose names this sheet does not say."""
        return {*self.folded} - self.named

    @property
    def drawn(self) -> tuple[str, ...]:
        """The elements that were drawn so far."""
        return self._sheet().drawn

    def remark(self, said: str) -> None:
        """Adds to the small line below the count."""
        self._remarks.append(said)

    def finish(self, of: int = 1) -> Sheet:
        """Draws notes, legend and foot, and returns the sheet; `of` is how many sheets the view has."""
        said = f"{self.words['sheet']} {self.sheet}/{of}"
        if self.sheet > 1:
            with self.group(said, link=link_to(self.view, 1)):
                self.text(self.right, _MARGIN + 26, said, 8, MUTED, anchor="end")
        else:
            self.text(self.right, _MARGIN + 26, said, 8, MUTED, anchor="end")
        self._legend()
        count, rest = self._count()
        agency, source, period, date = self._foot_lines()
        x, y = self.left + (self.right - self.left) * _FOOT, self._rule + 10
        self.line((self.left, self._rule), (self.right, self._rule), stroke=INK, width=0.8)
        self.text(self.left, y, agency, 8, bold=True)
        self.text(self.left, y + 10, source, _SMALL, MUTED)
        self.text(x, y, period, 8)
        self.text(x, y + 10, date, _SMALL, MUTED)
        room = self.right - x - 122
        self.text(self.right, y, text.fit(count, room, 8, bold=True), 8, bold=True, anchor="end")
        self.text(self.right, y + 10, text.fit(rest, room, _SMALL), _SMALL, MUTED, anchor="end")
        return self._sheet(f"{count}; {rest}")

    def _foot_lines(self) -> tuple[str, str, str, str]:
        """What the foot says of the model, as it is drawn: agency, source, period, date."""
        words, frame = self.words, self.view.frame
        agency, source, period, date = map(text.clean, (frame.agency, frame.source_note, frame.period, frame.date))
        room = (self.right - self.left) * _FOOT - 12
        return (
            text.fit(agency, room, 8, bold=True),
            text.fit(source, room, _SMALL),
            text.fit(f"{words['period']} {period.replace('-', '–')}", 110, 8) if period else "",
            text.fit(f"{words['status at']} {words.date(date)}", 110, _SMALL) if date else "",
        )

    def _note_lines(self) -> list[str]:
        """The notes that there is room for, as they are drawn; the last says how many more there are."""
        more = f" (+ {len(self._notes) - _NOTES})" if len(self._notes) > _NOTES else ""
        room = self.right - self.left
        lines = [text.fit(note, room, _SMALL) for note in self._notes[:_NOTES]]
        if more:
            lines[-1] = text.fit(self._notes[_NOTES - 1], room - text.width(more, _SMALL), _SMALL) + more
        return lines

    def _sheet(self, count: str = "") -> Sheet:
        view = self.view
        title = text.clean(view.title) or text.clean(view.name)
        said = map(text.clean, (view.subtitle, count, *self._notes))
        description = ". ".join(part for part in said if part)
        shapes = tuple(self.shapes)
        language = self.words.either(("id", "en"))
        return Sheet(sheet_name(view, self.sheet), title, description, language, self.width, self.height, shapes)

    def _count(self) -> tuple[str, str]:
        """The two lines at the foot on the right, counted from the shapes."""
        words, sheet = self.words, self._sheet()
        drawn, folded, whole = len(sheet.drawn), len(sheet.folded), len(self.view.nodes)
        sections = {node.section for node in self.view.nodes}
        thing = next(iter(sections)) if len(sections) == 1 else ""
        if self.parts:
            shown = set(sheet.drawn)
            said = " · ".join(f"{words.share(len(shown & ids), len(ids))} {thing}" for thing, ids in self.parts)
        elif folded and not drawn:
            folds = sum(isinstance(shape, Open) and shape.kind == "fold" for shape in sheet.shapes)
            said = f"{words.of_section(folded, thing)} {words['in']} {words.count(folds, 'fold')}"
        else:
            said = f"{words.number(drawn)} {words['of']} {words.of_section(whole, thing)}"
        rest = list(self._remarks)
        if drawn and folded:
            rest.insert(0, f"{words.number(folded)} {words['folded']}")
        if drawn + folded < whole:
            rest.append(f"{words.number(whole - drawn - folded)} {words[self.elsewhere]}")
        if not rest:
            rest.append(words["complete"] if whole else words["legend.empty"])
        return said, "; ".join(rest)

    # The legend

    def _legend(self) -> None:
        y = self.bottom + 3.0
        for note in self._note_lines():
            self.text(self.left, y + 6.5, note, _SMALL, MUTED)
            y += _NOTE_ROW
        rows = self._legend_rows()
        y = self._rule - 4.0 - _LEGEND_ROW * (len(rows) - 0.5)
        for row in rows:
            x = self.left
            for width, sample, label in row:
                sample(x, y)
                self.text(x + _before_label(width), y + 2.5, label, 7)
                x += _legend_width(width, label)
            y += _LEGEND_ROW

    def _legend_rows(self) -> list[list[Sample]]:
        """The samples of what was used, in as few rows as hold them, which are then as even as they can be."""
        used = [sample for key, sample in self._samples().items() if key in self.used]
        widths = [_legend_width(width, label) for width, _, label in used]
        room = self.right - self.left + _LEGEND_GAP
        least = _filled(widths, room)
        if len(least) > 1:
            runs = {sum(widths[start:end]) for start in range(len(widths)) for end in range(start + 1, len(widths) + 1)}
            least = next(
                rows
                for limit in sorted(run for run in runs if run <= room) or [room]
                if len(rows := _filled(widths, limit)) == len(least)
            )
        return [used[start:end] for start, end in least]

    def _samples(self) -> Mapping[str, Sample]:
        """What the legend can explain, in order."""
        words = self.words
        strong = self.used.get("count") or MUTED
        marks: dict[str, Sample] = {
            status: (10.4, self._marking(status), words[f"legend.{status}"]) for status in STATUS
        }
        marks |= {level.value: (11, self._levelling(level), words[f"legend.{level}"]) for level in Level}
        return {
            **self.own,
            "count": (
                14,
                lambda x, y: self.text(x, y + 4, "15", 12, strong, bold=True),
                words["legend.count"],
            ),
            "ribbon": self._ribbon_sample(),
            **marks,
            "part": (
                25,
                lambda x, y: self.text(x, y + 3.5, "12/15", 10, MUTED, bold=True),
                words["legend.part"],
            ),
            "fold": (18, self._dashing(MUTED), words["legend.fold"]),
            "empty": (18, self._dashing(RULE), words["legend.empty"]),
            "clean": (24, self._bar_sample, words["legend.clean"]),
            "foreign": (
                8,
                lambda x, y: self.rect(Box(x + 1, y - 3, 6, 7), stroke=INK),
                words["legend.foreign"],
            ),
        }

    def _marking(self, status: str) -> Callable[[float, float], None]:
        return lambda x, y: self.status_mark(status, x + 5.2, y)

    def _levelling(self, level: Level) -> Callable[[float, float], None]:
        return lambda x, y: self.level_mark(level, x + 5.5, y)

    def _ribbon_sample(self) -> Sample:
        """A ribbon of the states that are on the sheet, in a colour that it has there."""
        states = [status for status in ("as_is", "upgrade", "new", "retired") if f"ribbon.{status}" in self.used]
        said = " · ".join(self.words[f"legend.{status}"] for status in states)
        strong, width = self.used.get("ribbon") or MUTED, 9.0 * len(states)
        shares = dict.fromkeys(states, 1)
        return (
            width,
            lambda x, y: self.ribbon(Box(x, y - 3, width, 6), strong, shares),
            (f"{self.words['legend.ribbon']}: {said}"),
        )

    def _dashing(self, colour: str) -> Callable[[float, float], None]:
        return lambda x, y: self.rect(
            Box(x, y - 5, 18, 10), fill=PAPER, stroke=colour, width=0.8, radius=2, dash=(2, 2)
        )

    def _bar_sample(self, x: float, y: float) -> None:
        self.rect(Box(x, y - 3, 24, 6), fill=PAPER, stroke=MUTED, width=0.6)
        self.rect(Box(x, y - 3, 18, 6), fill=MUTED)


def first_that_fits(draw: Callable[[int], Page], *, legend_rows: int = 1) -> Page:
    """Returns the page that is drawn with the fewest rows of legend that suffice.

    Args:
        draw: Draws the page with so many rows left for the legend.
        legend_rows: The fewest.
    """
    page = draw(legend_rows)
    return page if page.legend_fits else first_that_fits(draw, legend_rows=legend_rows + 1)


def no_sample(x: float, y: float) -> None:
    """Draws nothing, where the words of the legend alone explain."""
    del x, y


def _legend_width(sample: float, label: str) -> float:
    return _before_label(sample) + text.width(label, 7) + _LEGEND_GAP


def _before_label(sample: float) -> float:
    """What stands left of the words: the sample and a gap, or nothing where the words alone explain."""
    return sample + 4.0 if sample else 0.0


def _filled(widths: Sequence[float], limit: float) -> list[tuple[int, int]]:
    """Rows, each filled up to the limit and with one sample at least, as the start and end of what is in them."""
    starts, length = [0], 0.0
    for index, width in enumerate(widths):
        if index > starts[-1] and length + width > limit + 1e-6:
            starts.append(index)
            length = 0.0
        length += width
    return list(pairwise([*starts, len(widths)]))
