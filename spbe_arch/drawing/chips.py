"""Lists of names: chips in columns, over as many pages as they need.

A picture that folds elements leads to such a list, so that every name is on some sheet. More names than anybody would
leaf through are not printed: each heading of the list is a fold then, and the sheet says where all names are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing import text
from spbe_arch.drawing.canvas import BY_LETTER
from spbe_arch.drawing.frame import A4, Page, first_that_fits, upright
from spbe_arch.drawing.palette import INK, MUTED, RULE, STATUS
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.views.view import Node, View

__all__ = [
    "MOST_NAMES",
    "MOST_SHEETS",
    "Listed",
    "chip_height",
    "chip_texts",
    "listed_pages",
    "sheets_of",
    "sub_view",
    "where_names_are",
]

_SIZE = 7.0
_LEADING = 1.2
_PAD = 6.0
_MARK_ROOM = 7.0


class _Form(NamedTuple):
    """A page, how many columns it has, and the size of names in them."""

    size: tuple[float, float]
    across: int
    names: float = _SIZE


_FORMS = (
    *(_Form(A4, 3, size) for size in (9.0, 8.0)),
    *(_Form(A4, columns) for columns in (3, 4, 5, 6)),
    _Form(upright(A4), 4),
)
"""The first that holds the whole list, else as many as needed of the last."""
_LINES = 4
"""Of a name in a list: there is room below, so hardly any is cut."""
_SHORTEST = 0.5
"""The least length of columns, as a share of the page: shorter ones would part what belongs together."""
_HALVINGS = 7
MOST_NAMES = 2000
"""The most names of a list, which take some twenty pages."""
MOST_SHEETS = 40
"""The most sheets of a picture that goes on row by row; what would stand on further ones is listed."""
_FOLD = 24.0
"""The height of what stands for the names under a heading: two lines."""
_BETWEEN = 10.0
_GAP = 3.0
_HEAD = 8.5


def chip_texts(
    nodes: Sequence[Node], width: float, *, lines: int = 2, size: float = _SIZE
) -> dict[str, tuple[str, ...]]:
    """Returns the lines of chips of one width, by id; names that had to be cut and read the same give way to ids."""
    texts = {node.id: _lines(node, node.name, width, lines, size) for node in nodes}
    alike = Counter(found for found in texts.values() if found[-1].endswith("…"))
    return {
        node.id: _lines(node, node.id, width, lines, size) if alike[texts[node.id]] > 1 else texts[node.id]
        for node in nodes
    }


def chip_height(lines: Sequence[str], size: float = _SIZE) -> float:
    """Returns how high a chip with these lines is."""
    return 15.0 + (len(lines) - 1) * size * _LEADING


def _lines(node: Node, name: str, width: float, lines: int, size: float) -> tuple[str, ...]:
    room = width - 2 * _PAD - (_MARK_ROOM if node.status in STATUS or node.worst else 0.0)
    room -= BY_LETTER if node.shade else 0.0
    return text.wrap(text.clean(name) or text.clean(node.id), room, size, bold=True, lines=lines)


@dataclass(frozen=True, slots=True)
class Listed:
    """Names under a heading."""

    title: str
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands in one column of one page, from the top: headings and chips with their heights."""

    title: tuple[str, ...]
    count: str
    node: Node | None
    lines: tuple[str, ...]
    height: float
    folded: Sequence[Node] = ()
    """Of a list of too many names: those under the title."""


def listed_pages(
    view: View,
    heading: tuple[str, str],
    listed: Sequence[Listed],
    *,
    first: int,
    filled: Collection[str] = (),
) -> list[Page]:
    """Returns the pages, not finished, that list names under headings.

    Args:
        view: Whose pages they are; its title stands on each.
        heading: The number and name of the viewpoint, in Indonesian and English.
        listed: What is listed, in order.
        first: The number of the first page among the sheets of the view.
        filled: The ids of those that stand out.
    """
    too_many = sum(len(section.nodes) for section in listed) > MOST_NAMES
    for form in _FORMS:
        across = form.across
        probe = Page(view, heading, size=form.size)
        columns = _folds(probe, listed, across) if too_many else _even_columns(probe, listed, form)
        if len(columns) <= across:
            break
    pages = []
    for number, start in enumerate(range(0, len(columns), across), first):
        some = columns[start : start + across]
        pages.append(first_that_fits(partial(_drawn, view, heading, form, some, number, filled)))
    return pages


def _width(page: Page, across: int) -> float:
    """Of each of so many columns."""
    return (page.right - page.left - _BETWEEN * (across - 1)) / across


def _drawn(
    view: View, heading: tuple[str, str], form: _Form, columns: Sequence[Sequence[_Piece]], number: int,
    filled: Collection[str], legend_rows: int,
) -> Page:  # fmt: skip
    page = Page(view, heading, size=form.size, legend_rows=legend_rows, sheet=number)
    width = _width(page, form.across)
    page.elsewhere = "other sheets"
    if any(piece.folded for column in columns for piece in column):
        page.remark(page.words["names in tables"])
    for index, column in enumerate(columns):
        _draw_column(page, column, page.left + index * (width + _BETWEEN), width, form.names, filled)
    return page


def _draw_column(
    page: Page, column: Sequence[_Piece], x: float, width: float, size: float, filled: Collection[str]
) -> None:
    y = page.top
    for piece in column:
        if piece.folded:
            page.fold(f"{piece.count} · {piece.title[0]}", piece.folded, Box(x, y, width, _FOLD))
        elif piece.node:
            box = Box(x, y, width, piece.height - _GAP)
            page.chip(piece.node, piece.lines, box, size=size, filled=piece.node.id in filled)
        else:
            base = y + 13.0
            for index, line in enumerate(piece.title):
                page.text(x, base + index * _HEAD * _LEADING, line, _HEAD, INK, bold=True)
            page.text(x + width, base, piece.count, _HEAD, MUTED, bold=True, anchor="end")
            rule = y + piece.height - 3.5
            page.line((x, rule), (x + width, rule), stroke=RULE, width=0.6)
        y += piece.height


def _even_columns(page: Page, listed: Sequence[Listed], form: _Form) -> list[list[_Piece]]:
    """The columns of all pages, full; those of the last are of nearly one length."""
    width = _width(page, form.across)
    texts = [chip_texts(section.nodes, width, lines=_LINES, size=form.names) for section in listed]
    columns = partial(_columns, page, width=width, size=form.names)
    room = page.bottom - page.top - 26.0  # a second and a third row of legend, where they are needed
    full = list(columns(listed, texts, room=room))
    before = full[: (len(full) - 1) // form.across * form.across]
    left, again = _left(listed, sum(piece.node is not None for column in before for piece in column))
    last = full[len(before) :]
    low, high = room * _SHORTEST, room
    for _ in range(_HALVINGS if left else 0):
        middle = (low + high) / 2
        shorter = list(columns(left, texts[len(texts) - len(left) :], room=middle, again=again))
        if len(shorter) > form.across:
            low = middle
        else:
            last, high = shorter, middle
    return [*before, *last]


def _left(listed: Sequence[Listed], drawn: int) -> tuple[list[Listed], bool]:
    """What is left of a list behind so many names, and whether the first heading stood before some of them."""
    for index, section in enumerate(listed):
        if drawn < len(section.nodes):
            return [Listed(section.title, section.nodes[drawn:]), *listed[index + 1 :]], drawn > 0
        drawn -= len(section.nodes)
    return [], False


def _columns(
    page: Page, listed: Sequence[Listed], texts: Sequence[Mapping[str, tuple[str, ...]]], *, width: float, size: float,
    room: float, again: bool = False,
) -> Iterator[list[_Piece]]:  # fmt: skip
    """Columns, each as full as it can be; no heading is the last thing in one."""
    column: list[_Piece] = []
    used = 0.0
    for section, lines in zip(listed, texts, strict=True):
        head = _headed(page, section, width, again=again)
        again = False
        for index, node in enumerate(section.nodes):
            height = chip_height(lines[node.id], size) + _GAP
            needed = height + (0.0 if index else head.height)
            if used + needed > room and column:
                yield column
                column, used = [], 0.0
            if not index or not column:
                column.append(head if not index else _headed(page, section, width, again=True))
                used += column[-1].height
            column.append(_Piece((), "", node, lines[node.id], height))
            used += height
    if column:
        yield column


def _folds(page: Page, listed: Sequence[Listed], across: int) -> list[list[_Piece]]:
    """Columns with a fold for the names under each heading; those of the last page are of one length, others full."""
    pieces = [
        _Piece((text.clean(one.title),), page.words.number(len(one.nodes)), None, (), _FOLD + _GAP, one.nodes)
        for one in listed
    ]
    each = int((page.bottom - page.top - 13.0) // (_FOLD + _GAP))  # a second row of legend, where it is needed
    full = (len(pieces) - 1) // (each * across) * each * across
    even = max(-(-(len(pieces) - full) // across), 1)
    starts = (*((start, each) for start in range(0, full, each)),
              *((start, even) for start in range(full, len(pieces), even)))  # fmt: skip
    return [pieces[start : start + count] for start, count in starts]


def _headed(page: Page, section: Listed, width: float, *, again: bool) -> _Piece:
    words = page.words
    count = f"({words['continued']})" if again else words.number(len(section.nodes))
    room = width - text.width(count, _HEAD, bold=True) - 6.0
    lines = text.wrap(text.clean(section.title), room, _HEAD, bold=True, lines=2 if again else 3)
    return _Piece(lines, count, None, (), 21.0 + (len(lines) - 1) * _HEAD * _LEADING)


def sheets_of(pages: Iterable[Page]) -> dict[str, int]:
    """Returns on which of some pages each element is drawn or folded first."""
    found: dict[str, int] = {}
    for page in pages:
        for element in (*page.drawn, *page.folded):
            found.setdefault(element, page.sheet)
    return found


def where_names_are(pages: Sequence[Page]) -> str:
    """Returns what the sheet before some lists says of them."""
    words, first, last = pages[0].words, pages[0].sheet, pages[-1].sheet
    said = words["more on"] if any(page.folded for page in pages) else words["names on"]
    return f"{said} {first}–{last}" if last > first else f"{said} {first}"


def sub_view(view: View, title: str, nodes: Sequence[Node]) -> View:
    """Returns the same view about some of its elements only."""
    return replace(view, title=f"{view.title}: {title}" if title else view.title, nodes=tuple(nodes))
