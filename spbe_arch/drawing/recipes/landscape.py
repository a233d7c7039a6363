"""The viewpoint "landscape": a box for each office, a chip for each of its applications.

Where there are too many for chips, an application is a square, and the names follow on further sheets.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from spbe_arch.drawing import text
from spbe_arch.drawing.chips import Listed, chip_height, chip_texts, listed_pages, sheets_of, where_names_are
from spbe_arch.drawing.frame import A3, A4, Page, first_that_fits, link_to, no_sample, upright
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, PAPER, RULE, STATUS, UNSHADED, Colours
from spbe_arch.drawing.shapes import Box
from spbe_arch.drawing.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet
    from spbe_arch.views.view import Node, View

__all__ = ["HEADING", "sheets"]

HEADING = ("03 Lanskap aplikasi", "03 Application landscape")

_CHIPS = 90
"""The most applications that get a chip each."""
_STATES = ("as_is", "upgrade", "new", "retired")
_GROUND = "#F4F5F7"
_BETWEEN = 7.0
_GAPS = (6.0, 12.0)
_PAD = 5.0
_INNER = 4.0
_ATTEMPTS = (
    (A4, 3, 11.0), (A4, 3, 10.0), (A4, 3, 9.0), (A4, 4, 9.0),
    (A4, 4, 8.0), (A4, 4, 7.0), (upright(A4), 3, 7.0), (upright(A3), 4, 7.0),
)  # fmt: skip
"""Page, columns and size of names, of which the first that fits is drawn: the largest names that have room."""
_LARGER = 0.5
"""How much larger the name of an office is than those in it."""
_STEP = 1.4
"""How much higher a chip is for each point of its name above 7."""
_BARE = 12
"""The most units without applications that are named."""
_TALLER = 9.0
"""How much higher a chip is for each class of size."""
_LEADING = 1.2


def sheets(view: View) -> tuple[Sheet, ...]:
    """Returns the sheets of a landscape of applications."""
    offices = _offices(view)
    if len(view.nodes) <= _CHIPS:
        for attempt in _ATTEMPTS:
            page = first_that_fits(partial(_boxes, view, offices, attempt))
            if page.fits:
                return (page.finish(),)
    return _squares(view, offices)


@dataclass(frozen=True, slots=True)
class _Office:
    name: str
    nodes: Sequence[Node]
    key: str = ""


def _offices(view: View) -> list[_Office]:
    """The groups, each application in the first that has it, and what is in none."""
    known = {node.id: node for node in view.nodes}
    found = []
    for group in view.groups:
        nodes = [known.pop(id) for id in group.nodes if id in known]
        nodes.sort(key=lambda node: -node.size)
        found.append(_Office(text.clean(group.name) or text.clean(group.key), nodes, group.key))
    if known:
        word = _words(view)["no group"]
        found.append(_Office(word, list(known.values())))
    return found


def _words(view: View) -> Words:
    return Words(view.frame.language)


# Boxes with chips


@dataclass(frozen=True, slots=True)
class _Row:
    """One chip, or two beside each other."""

    nodes: Sequence[Node]
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """An office and how its box is filled."""

    title: tuple[str, ...]
    count: str
    rows: Sequence[_Row]
    names: tuple[tuple[float, str], ...]
    """Of units without applications, instead of rows: lines with their indents."""
    height: float
    size: float
    """Of the names."""
    key: str = ""


def _boxes(
    view: View, offices: Sequence[_Office], attempt: tuple[tuple[float, float], int, float], legend_rows: int
) -> Page:
    paper, columns, size = attempt
    page = Page(view, HEADING, size=paper, legend_rows=legend_rows)
    width = (page.right - page.left - _BETWEEN * (columns - 1)) / columns
    half = (width - 2 * _PAD - _INNER) / 2
    halves, wholes = chip_texts(view.nodes, half, size=size), chip_texts(view.nodes, width - 2 * _PAD, size=size)
    blocks = [_block(page, office, width, size, halves, wholes) for office in offices if office.nodes]
    bare = [office.name for office in offices if not office.nodes]
    stacks = _stacked([*blocks, *([_bare(page, bare, width, size)] if bare else [])], columns)
    heights = list(map(_length, stacks))
    room = page.bottom - page.top
    page.fits = max(heights) - _GAPS[0] <= room
    most = max(map(len, stacks))
    gap = _GAPS[0] + min(max(room - max(heights), 0.0) / max(most, 1), _GAPS[1] - _GAPS[0])
    for index, stack in enumerate(stacks):
        y = page.top
        for block in stack:
            _draw_block(
                page, block, Box(page.left + index * (width + _BETWEEN), y, width, block.height), halves, wholes
            )
            y += block.height + gap
    _explain_classes(page)
    if (bare or len(view.groups) > 1) and not view.grouped_by:
        words = page.words
        page.remark(f"{words.share(len(blocks), len(offices))} {words.called('units')} {words['with applications']}")
    return page


def _stacked(blocks: Sequence[_Block], columns: int) -> list[list[_Block]]:
    """The boxes, each put into the shortest column: in their order, or the highest first if that gives less height."""
    best: list[list[_Block]] = []
    for order in (range(len(blocks)), sorted(range(len(blocks)), key=lambda index: -blocks[index].height)):
        places: list[list[int]] = [[] for _ in range(columns)]
        for index in order:
            min(places, key=lambda some: _length([blocks[one] for one in some])).append(index)
        stacks = [
            [blocks[index] for index in some] for some in sorted(map(sorted, places), key=lambda some: (not some, some))
        ]
        if not best or max(map(_length, stacks)) < max(map(_length, best)) - 0.5:
            best = stacks
    return best


def _length(stack: Sequence[_Block]) -> float:
    return sum(block.height + _GAPS[0] for block in stack)


def _block(
    page: Page, office: _Office, width: float, size: float, halves: Mapping[str, tuple[str, ...]],
    wholes: Mapping[str, tuple[str, ...]],
) -> _Block:  # fmt: skip
    count = page.words.number(len(office.nodes))
    title = text.wrap(
        office.name, width - 2 * _PAD - text.width(count, size + 1.0, bold=True) - 8, size + _LARGER, bold=True
    )
    rows = list(_rows(office.nodes, size, halves, wholes))
    inner = sum(row.height for row in rows) + _INNER * (len(rows) - 1)
    return _Block(title, count, rows, (), _head(title, size) + inner + _PAD + 1.0, size, office.key)


def _rows(
    nodes: Sequence[Node], size: float, halves: Mapping[str, tuple[str, ...]], wholes: Mapping[str, tuple[str, ...]]
) -> Iterator[_Row]:
    """Two chips a row; a name too long for half a row, and the last of an odd number, have a row of their own."""
    waiting: Node | None = None
    for node in nodes:
        if halves[node.id][-1].endswith("…"):
            yield _Row([node], _height(node, size, wholes))
        elif waiting is None:
            waiting = node
        else:
            yield _Row([waiting, node], max(_height(waiting, size, halves), _height(node, size, halves)))
            waiting = None
    if waiting is not None:
        yield _Row([waiting], _height(waiting, size, wholes))


def _height(node: Node, size: float, texts: Mapping[str, tuple[str, ...]]) -> float:
    return chip_height(texts[node.id], size) + _STEP * (size - 7.0) + _TALLER * max(node.size - 1, 0)


def _bare(page: Page, names: Sequence[str], width: float, size: float) -> _Block:
    words = page.words
    title = text.wrap(words["units without"], width - 2 * _PAD - 20, size + _LARGER, bold=True)
    dot = text.width("· ", size)
    most = len(names) if len(names) <= _BARE else _BARE - 1
    lines = [
        (dot, line) if index else (0.0, f"· {line}")
        for name in names[:most]
        for index, line in enumerate(text.wrap(name, width - 2 * _PAD - 4 - dot, size, lines=2))
    ]
    if most < len(names):
        lines.append((0.0, f"+ {words.number(len(names) - most)} {words['others']}"))
    height = _head(title, size) + len(lines) * (size + 2.0) + _PAD
    return _Block(title, words.number(len(names)), (), tuple(lines), height, size)


def _head(title: Sequence[str], size: float) -> float:
    return 13.0 + size + (len(title) - 1) * (size + _LARGER) * _LEADING


def _draw_block(
    page: Page, block: _Block, box: Box, halves: Mapping[str, tuple[str, ...]], wholes: Mapping[str, tuple[str, ...]]
) -> None:
    bare, size = not block.rows, block.size
    page.rect(box, fill=PAPER if bare else _GROUND, stroke=RULE, radius=3, dash=(2, 2) if bare else ())
    for index, line in enumerate(block.title):
        with page.group(line, link=page.doors.get(block.key, "")) if block.key in page.doors else nullcontext():
            y = box.y + 5.0 + size + index * (size + _LARGER) * _LEADING
            page.text(box.x + _PAD, y, line, size + _LARGER, MUTED if bare else INK, bold=True)
    page.text(box.right - _PAD, box.y + 5.0 + size, block.count, size + 1.0, MUTED, bold=True, anchor="end")
    y = box.y + _head(block.title, size)
    for index, (indent, line) in enumerate(block.names):
        page.text(box.x + _PAD + 2 + indent, y + size - 2.0 + index * (size + 2.0), line, size, MUTED)
    for row in block.rows:
        width = (box.width - 2 * _PAD - _INNER * (len(row.nodes) - 1)) / len(row.nodes)
        for index, node in enumerate(row.nodes):
            lines = (halves if len(row.nodes) == 2 else wholes)[node.id]
            height = _height(node, size, halves if len(row.nodes) == 2 else wholes) if node.size else row.height
            place = Box(box.x + _PAD + index * (width + _INNER), y, width, height)
            if node.size:
                page.use("size")
            page.chip(node, lines, place, size=size, filled=node.kind == "general")
        y += row.height + _INNER


def _explain_classes(page: Page) -> None:
    """The legend of the colours, with how many there are of each."""
    counts = Counter(node.kind or "unclassed" for node in page.view.nodes)
    if set(counts) <= {"unclassed"} or page.view.colours is not None:
        return
    colours = page.card_colours(page.view.nodes[0])
    for kind in ("general", "special", "unclassed"):
        if counts[kind]:
            fill = colours.strong if kind == "general" else colours.tint
            label = f"{page.words[f'kind.{kind}']} ({page.words.number(counts[kind])})"
            page.explain(f"kind.{kind}", 22, _swatch(page, fill, colours.strong), label)


def _swatch(page: Page, fill: str, stroke: str) -> Callable[[float, float], None]:
    return lambda x, y: page.rect(Box(x, y - 5, 22, 10), fill=fill, stroke=stroke, radius=2)


# Squares

_SIDE = 8.0
_PITCH = 9.2
_TITLE = 7.5
_COUNT = 17.0
"""The room for the count before the squares."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """An office as squares."""

    office: _Office
    title: tuple[str, ...]
    height: float


def _squares(view: View, offices: Sequence[_Office]) -> tuple[Sheet, ...]:
    """The overview, on as few sheets as hold it, then the names by unit."""
    filled = [office for office in offices if office.nodes]
    for size, columns, each in ((A4, 4, 1), (A3, 4, 1), (A3, 5, 1), (A3, 6, 1), (A3, 6, 10)):
        stacks = _stacks(view, filled, size, columns, each)
        if len(stacks) <= columns:
            break
    count = -(-len(stacks) // columns)
    listed = [Listed(office.name, office.nodes) for office in filled]
    general = {node.id for node in view.nodes if node.kind == "general"}
    names = listed_pages(view, HEADING, listed, first=count + 1, filled=general)
    place = sheets_of(names)
    overview = [
        first_that_fits(partial(_plotted, view, stacks, (size, columns, each), index, place)) for index in range(count)
    ]
    of = count + len(names)
    for page in overview:
        page.remark(where_names_are(names))
    bare = [office.name for office in offices if not office.nodes]
    if bare:
        overview[0].remark(f"{overview[0].words['units without']}: {overview[0].words.number(len(bare))}")
    return tuple(page.finish(of) for page in (*overview, *names))


def _stacks(
    view: View, offices: Sequence[_Office], size: tuple[float, float], columns: int, each: int
) -> list[list[_Plot]]:
    """The columns of all sheets, filled one after the other; an office that is higher than a column is parted."""
    page = Page(view, HEADING, size=upright(size), legend_rows=2)
    width = (page.right - page.left - 16.0 * (columns - 1)) / columns
    across = int((width - _COUNT) // _PITCH)
    room = page.bottom - page.top
    most = int((room - 50) // _PITCH) * across * each
    stacks: list[list[_Plot]] = [[]]
    used = 0.0
    for office in offices:
        for start in range(0, len(office.nodes), most):
            part = _Office(office.name, _in_states(office.nodes)[start : start + most])
            title = text.wrap(part.name, width, _TITLE, bold=True)
            rows = -(-_square_count(part.nodes, each) // across)
            height = 4.0 + len(title) * _TITLE * _LEADING + rows * _PITCH + 7.0
            if used + height - 7.0 > room and stacks[-1]:
                stacks.append([])
                used = 0.0
            stacks[-1].append(_Plot(part, title, height))
            used += height
    return stacks


def _in_states(nodes: Sequence[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: _STATES.index(_state(node)))


def _state(node: Node) -> str:
    return node.status if node.status in STATUS else "as_is"


def _square_count(nodes: Sequence[Node], each: int) -> int:
    return sum(-(-count // each) for count in Counter(map(_state, nodes)).values())


def _plotted(
    view: View,
    stacks: Sequence[Sequence[_Plot]],
    form: tuple[tuple[float, float], int, int],
    index: int,
    place: Mapping[str, int],
    legend_rows: int,
) -> Page:
    size, columns, each = form
    page = Page(view, HEADING, size=upright(size), legend_rows=legend_rows, sheet=index + 1)
    page.elsewhere, page.letters = "other sheets", False
    width = (page.right - page.left - 16.0 * (columns - 1)) / columns
    for number, stack in enumerate(stacks[index * columns : (index + 1) * columns]):
        x, y = page.left + number * (width + 16.0), page.top
        for plot in stack:
            _draw_plot(page, plot, x, y, width, each, link_to(view, place[plot.office.nodes[0].id]))
            y += plot.height
    counts = Counter(map(_state, view.nodes))
    for status in _STATES:
        if counts[status]:
            label = f"{page.words[f'legend.{status}']} ({page.words.number(counts[status])})"
            page.explain(f"square.{status}", _SIDE, _square_sample(page, status), label)
    key = "legend.one" if each == 1 else "legend.ten"
    page.explain("square", 0, no_sample, page.words[key])
    return page


def _draw_plot(page: Page, plot: _Plot, x: float, y: float, width: float, each: int, link: str) -> None:
    strong = LAYERS["application"].strong
    nodes = plot.office.nodes
    with page.group(plot.office.name, link=link):
        for line in plot.title:
            y += _TITLE * _LEADING
            page.text(x, y - 2.0, line, _TITLE, INK, bold=True)
    y += 2.0
    count = page.words.number(len(nodes))
    page.text(x + _COUNT - 4.0, y + 7.0, count, 7.5, strong, bold=True, anchor="end")
    across = int((width - _COUNT) // _PITCH)
    title = f"{plot.office.name}: {page.words.of_section(len(nodes), 'applications')}"
    if each > 1:
        with page.group(title, "fold", tuple(node.id for node in nodes), link):
            states = Counter(map(_state, nodes))
            shown = [status for status in _STATES for _ in range(-(-states[status] // each))]
            for index, status in enumerate(shown):
                _square(page, status, x + _COUNT + index % across * _PITCH, y + index // across * _PITCH, _PLAIN)
        return
    for index, node in enumerate(nodes):
        with page.group(page.title_of(node), "element", (node.id,)):
            place = x + _COUNT + index % across * _PITCH, y + index // across * _PITCH
            _square(page, _state(node), *place, page.colours_of(node))


_PLAIN = LAYERS["application"]


def _square(page: Page, status: str, x: float, y: float, colours: Colours) -> None:
    fill = {"as_is": colours.strong, "upgrade": colours.tint, "new": STATUS["new"]}.get(status, PAPER)
    stroke = {"new": STATUS["new"], "retired": MUTED}.get(status, colours.strong)
    page.rect(Box(x, y, _SIDE, _SIDE), fill=fill, stroke=stroke, width=0.7)
    if status == "upgrade":
        corner = (("M", (x, y + _SIDE)), ("L", (x + _SIDE, y)), ("L", (x + _SIDE, y + _SIDE)), ("Z", ()))
        page.path(corner, fill=colours.strong)
    elif status == "new":
        middle = _SIDE / 2
        page.line((x + 1.5, y + middle), (x + _SIDE - 1.5, y + middle), stroke=PAPER, width=1.1)
        page.line((x + middle, y + 1.5), (x + middle, y + _SIDE - 1.5), stroke=PAPER, width=1.1)


def _square_sample(page: Page, status: str) -> Callable[[float, float], None]:
    colours = _PLAIN if page.view.colours is None else UNSHADED["other"]
    return lambda x, y: _square(page, status, x, y - _SIDE / 2, colours)
