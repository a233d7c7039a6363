"""The viewpoint "duplicates": a panel for each cluster, with what speaks for it at the left and a card a member.

Of a cluster with more members than a panel holds, and of clusters beyond the panels, the names follow on further
sheets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import text
from spbe_arch.drawing.cards import card_texts
from spbe_arch.drawing.chips import Listed, listed_pages, sheets_of
from spbe_arch.drawing.frame import A4, Page, first_that_fits, link_to, upright
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, OCHRE, PAPER, RULE
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.cards import CardText
    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Group, Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("17 Duplikasi dan bagi pakai", "17 Duplicates and reuse")

_PANELS = 120
"""The most clusters that get a panel each."""
_ROWS = 3
"""The most rows of cards in a panel."""
_SAID = 168.0
_GROUND = "#F4F5F7"
_PAD = 6.0
_BETWEEN = 5.0
_GAP = 6.0
_HEAD = 21.0
_CARD_SIZE = 7.5
_LINE = 8.6
_COMPARED = 12
"""Of how many clusters the members may be compared; of more, none has room for it."""
_LEADING = 1.2


class _Form(NamedTuple):
    """A page, how many cards stand beside each other on it, and how much is said below each."""

    size: tuple[float, float]
    across: int
    below: int = 0
    """The most lines of what hangs on an application."""
    scale: float = 1.0
    """How much larger everything is written."""

    @property
    def said(self) -> float:
        """The width of what speaks for a cluster."""
        return _SAID * self.scale

    @property
    def line(self) -> float:
        """The height of a line of what hangs on an application."""
        return _LINE * self.scale


_FORMS = (_Form(A4, 3, 12), _Form(A4, 5, 12), _Form(A4, 5), _Form(upright(A4), 3))
"""The first of which one sheet holds all clusters, else the last; before them come larger ones for a few clusters."""
_SCALES = (1.5, 1.25)


class _Line(NamedTuple):
    """A line of what speaks for a cluster."""

    said: str
    size: float
    colour: str
    bold: bool


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cluster and how its panel is filled."""

    group: Group
    cards: Sequence[Node]
    folded: Sequence[Node]
    lines: Sequence[_Line]
    texts: Mapping[str, CardText]
    below: Mapping[str, tuple[str, ...]]
    """What is said below each card."""
    rows: Sequence[float]
    """The height of each row of cards, with what is said below."""
    card: float
    """The height of a card that has something below it; else cards are as high as their row."""
    height: float


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of the clusters of what is alike."""
    known = {node.id: node for node in view.nodes}
    groups = [(group, [known[id] for id in dict.fromkeys(group.nodes) if id in known]) for group in view.groups]
    groups = [(group, members) for group, members in groups if members]
    for form in (*_large(groups), *_FORMS):
        if form.below and len(groups) > _COMPARED:
            continue
        panels = [_panel(view, form, group, members) for group, members in groups[:_PANELS]]
        parts = list(_parts(view, form, panels)) or [[]]
        if len(parts) == 1:
            break
    names = listed_pages(view, HEADING, _listed(view, groups, panels), first=len(parts) + 1)
    of = len(parts) + len(names)
    place = sheets_of(names)
    drawn = [first_that_fits(partial(_drawn, view, form, parts, place, number)) for number in range(1, len(parts) + 1)]
    spare = sum(len(members) - 1 for group, members in groups if group.kind == "same")
    if spare:
        drawn[0].remark(f"{drawn[0].words.of_section(spare, 'applications')} {drawn[0].words['fewer if merged']}")
    return tuple(page.finish(of) for page in (*drawn, *names))


def _large(groups: Sequence[tuple[Group, Sequence[Node]]]) -> Iterator[_Form]:
    """Forms whose cards take the whole width, where no cluster has more members than stand beside each other."""
    most = max((len(members) for _, members in groups), default=0)
    for scale in _SCALES:
        if 2 <= most <= 3:
            yield _Form(A4, most, 12, scale)


def _listed(view: View, groups: Sequence[tuple[Group, Sequence[Node]]], panels: Sequence[_Panel]) -> list[Listed]:
    """The clusters whose names need further sheets, and what is in none."""
    listed = [
        Listed(f"{group.facts}: {group.name}" if group.facts else group.name or group.key, members)
        for number, (group, members) in enumerate(groups)
        if number >= len(panels) or panels[number].folded
    ]
    grouped = {node.id for _, members in groups for node in members}
    rest = [node for node in view.nodes if node.id not in grouped]
    return [*listed, Listed("–", rest)] if rest else listed


def _panel(view: View, form: _Form, group: Group, members: Sequence[Node]) -> _Panel:
    most = form.across * _ROWS
    cards, folded = (members, ()) if len(members) <= most else (members[: most - 1], members[most - 1 :])
    width = _card_width(Page(view, HEADING, size=form.size), form)
    texts = card_texts(cards, width, (_CARD_SIZE + bool(form.below)) * form.scale)
    below = {node.id: _hanging(node, width - 4.0, form) for node in cards if form.below and node.detail}
    card = max((texts[node.id].height for node in cards), default=0.0) if below else 0.0
    heights = [(card or texts[node.id].height) + _below(below.get(node.id, ()), form) for node in cards]
    heights += [24.0] * bool(folded)
    rows = [max(heights[start : start + form.across]) for start in range(0, len(heights), form.across)]
    lines = _said(group, form)
    said = sum(line.size * _LEADING for line in lines) + 4.0
    height = max(said, sum(rows) + _BETWEEN * (len(rows) - 1)) + 2 * _PAD
    return _Panel(group, cards, folded, lines, texts, below, rows, card, height)


def _hanging(node: Node, width: float, form: _Form) -> tuple[str, ...]:
    """What hangs on an application, each kind on lines of its own if so many are allowed."""
    said, size = text.clean(node.detail), 7.0 * form.scale
    lines = [line for kind in said.split(" · ") for line in text.wrap(kind, width, size, lines=form.below)]
    return tuple(lines) if len(lines) <= form.below else text.wrap(said, width, size, lines=form.below)


def _below(lines: Sequence[str], form: _Form) -> float:
    return len(lines) * form.line + 4.0 * form.scale if lines else 0.0


def _said(group: Group, form: _Form) -> list[_Line]:
    room = form.said - 2 * _PAD
    lines = []
    for said, size, colour, bold, most in (
        (group.facts, 8.0, OCHRE if group.kind == "same" else LAYERS["application"].strong, True, 2),
        (group.name or group.key, 7.0, INK, True, 3),
        (group.detail, 6.5, MUTED, False, 3),
    ):
        large = size * form.scale
        shown = text.wrap(text.clean(said), room, large, bold=bold, lines=most) if said else ()
        lines += [_Line(line, large, colour, bold) for line in shown]
    return lines


def _card_width(page: Page, form: _Form) -> float:
    return (page.right - page.left - form.said - _PAD - _BETWEEN * (form.across - 1)) / form.across


def _parts(view: View, form: _Form, panels: Sequence[_Panel]) -> Iterator[list[_Panel]]:
    """The panels of each sheet; a heading stands before each kind, and again where it goes on."""
    page = Page(view, HEADING, size=form.size, legend_rows=2)
    room = page.bottom - page.top
    part: list[_Panel] = []
    used = 0.0
    for panel in panels:
        heading = _HEAD if not part or part[-1].group.kind != panel.group.kind else 0.0
        if part and used + heading + panel.height > room:
            yield part
            part, used, heading = [], 0.0, _HEAD
        part.append(panel)
        used += heading + panel.height + _GAP
    if part:
        yield part


def _drawn(
    view: View, form: _Form, parts: Sequence[Sequence[_Panel]], place: Mapping[str, int], number: int,
    legend_rows: int,
) -> Page:  # fmt: skip
    page = Page(view, HEADING, size=form.size, legend_rows=legend_rows, sheet=number)
    page.elsewhere = "other sheets"
    part = parts[number - 1]
    if not part:
        if not view.nodes:
            box = Box(page.left, page.top + 4.0, page.right - page.left, 48.0)
            page.rect(box, fill=PAPER, stroke=RULE, width=0.8, radius=3, dash=(2, 2))
            page.lines((page.words["nothing alike"],), box, 9, MUTED, bold=True)
        return page
    before = parts[number - 2][-1].group.kind if number > 1 else None
    counts = Counter(group.kind for group in view.groups if group.nodes)
    y, kind = page.top, None
    for panel in part:
        if panel.group.kind != kind:
            again = kind is None and panel.group.kind == before
            kind = panel.group.kind
            _draw_heading(page, kind, counts[kind], y, again=again)
            y += _HEAD
        _draw_panel(page, form, panel, place, y)
        y += panel.height + _GAP
    return page


def _draw_heading(page: Page, kind: str, count: int, y: float, *, again: bool) -> None:
    words = page.words
    box = Box(page.left, y, page.right - page.left, _HEAD - 5.0)
    page.rect(box, fill=OCHRE if kind == "same" else LAYERS["application"].strong, radius=2)
    said = words["alike across" if kind == "reuse" else "alike within"]
    more = f"({words['continued']})" if again else words.count(count, "cluster")
    page.text(box.x + _PAD, box.y + 11.0, said, 8, PAPER, bold=True)
    page.text(box.right - _PAD, box.y + 11.0, more, 8, PAPER, bold=True, anchor="end")


def _draw_panel(page: Page, form: _Form, panel: _Panel, place: Mapping[str, int], y: float) -> None:
    page.rect(Box(page.left, y, page.right - page.left, panel.height), fill=_GROUND, stroke=RULE, radius=3)
    base = y + _PAD
    for line in panel.lines:
        base += line.size * _LEADING
        page.text(page.left + _PAD, base - line.size * 0.3, line.said, line.size, line.colour, bold=line.bold)
    width = _card_width(page, form)
    top = y + _PAD
    for row, height in enumerate(panel.rows):
        for column, node in enumerate(panel.cards[row * form.across : (row + 1) * form.across]):
            x = _across(page, form, column, width)
            page.card(node, panel.texts[node.id], Box(x, top, width, panel.card or height))
            for index, said in enumerate(panel.below.get(node.id, ())):
                base = top + panel.card + form.line + 1.4 + index * form.line
                page.text(x + 2.0, base, said, 7.0 * form.scale, INK)
        if panel.folded and row == len(panel.rows) - 1:
            more = f"+ {page.words.number(len(panel.folded))} {page.words['others']}"
            box = Box(_across(page, form, form.across - 1, width), top, width, height)
            page.fold(more, panel.folded, box, link_to(page.view, place[panel.folded[0].id]))
        top += height + _BETWEEN


def _across(page: Page, form: _Form, column: int, width: float) -> float:
    """Where a column of cards begins."""
    return page.left + form.said + column * (width + _BETWEEN)
