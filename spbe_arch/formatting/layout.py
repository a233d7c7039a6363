"""A text → the same text in the one layout: lines, indentation, brackets, quotes and the places of comments.

What is called how, and in which order, is for a `Form` to say; here a text is a tree of parts with what stands between
them. A comment belongs to the entry on whose line it stands, or to the one below it, and goes where that goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.splicing import quoted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from spbe_arch.formatting.forms import Form
    from spbe_arch.splicing import Entry, Manuscript, Part

__all__ = ["WIDTH", "Written", "laid_out", "remarks"]

WIDTH = 120
"""What may stand on one line; a single value is never broken."""
_STEP = 2
_GAP = 2
"""Spaces before a comment behind something."""
_DEEPEST_IN_FLOW = 2
_REMARK = re.compile(r"(?:(?<=[ \t\r\n\ufeff])|^)#[^\r\n]*", re.MULTILINE)
_DASH = re.compile(r"(?<!\S)-(?!\S)")
_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"([|>][-+0-9]*)[ \t]*(#[^\r\n]*)?")
_PLAIN_HEADER = re.compile(r"[|>]-?")
"""One that says neither how far its lines are indented nor that blank lines below them are part of it."""
_AS_OTHER_THAN_TEXT = re.compile(
    r"(?i)[-+.]?[0-9][0-9_.,:eExXoO+-]*|[-+]?0[xo][0-9a-f_]+|[-+]?\.(?:inf|nan)|true|false|yes|no|on|off|y|n"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?|="
)
"""What other programs take for a number, a date, yes or no unless it is in quotes."""


class Written(NamedTuple):
    """A comment: its text with the `#`, and how many spaces stand before it if it stands behind something."""

    text: str
    gap: int = 0
    start: int = 0


class _Trivia:
    """The comments of one entry."""

    __slots__ = ("above", "behind")

    def __init__(self) -> None:
        self.above: list[str] = []
        """Lines above it; a blank one is empty."""
        self.behind: list[Written] = []


def laid_out(manuscript: Manuscript, form: Form) -> str:
    """The text in the layout of a form; its line breaks are those of its first line."""
    layout = _Layout(manuscript)
    lines = list(layout.whole(form))
    newline = manuscript.newline(0)
    return "".join(line + newline for line in lines)


def remarks(manuscript: Manuscript) -> list[Written]:
    """Every comment of a text, in its order."""
    return [one for _, found, _ in _gaps(manuscript) for one in found]


def _gaps(manuscript: Manuscript) -> Iterator[tuple[int, list[Written], int]]:
    """What stands between single values: where each stretch begins, the comments in it, and where it ends."""
    position = 0
    for part in manuscript.parts:
        if part.kind not in ("scalar", "alias") or part.content < position:
            continue
        yield position, _found(manuscript, position, part.start), part.start
        position = part.end
        if part.style in ("|", ">"):
            header = _HEADER.match(manuscript.text, part.content)
            if header is not None and header[2]:
                gap = header.start(2) - header.end(1)
                yield part.start, [Written(header[2].rstrip(), gap, header.start(2))], part.start
    end = len(manuscript.text)
    yield position, _found(manuscript, position, end), end


def _found(manuscript: Manuscript, start: int, end: int) -> list[Written]:
    """The comments of a stretch without values."""
    found: list[Written] = []
    if manuscript.text.find("#", start, end) < 0:
        return found
    for match in _REMARK.finditer(manuscript.text, start, end):
        offset = match.start()
        before = manuscript.text[offset - manuscript.column(offset) : offset].lstrip("\ufeff")
        gap = len(before) - len(before.rstrip(" \t")) if before.strip() else 0
        found.append(Written(match.group().rstrip(), gap, offset))
    return found


class _Layout:
    """One text with what stands between its parts given to its entries."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.text = manuscript.text
        self.trivia: defaultdict[int, _Trivia] = defaultdict(_Trivia)
        """By the identity of an entry."""
        self.below: defaultdict[int, list[str]] = defaultdict(list)
        """Lines at the end of a list or mapping, by its identity."""
        self.busy: set[int] = set()
        """The parts inside of which comments stand."""
        self.before_all: list[str] = []
        self.anchored = any(part.anchor is not None for part in manuscript.parts)
        self._give()

    # --- whose comment it is -----------------------------------------------------------------------------------

    def _give(self) -> None:
        singles = [part for part in self.manuscript.parts if part.kind in ("scalar", "alias")]
        following = {part.start: part for part in reversed(singles)}
        last: Part | None = None
        for start, found, end in _gaps(self.manuscript):
            ahead = following.get(end)
            if start == end and found:  # behind the sign of a text of several lines
                self._behind(_entry(ahead or following[start]), found[0])
                continue
            self._give_gap(last, ahead, start, end, found)
            last = ahead

    def _give_gap(self, last: Part | None, ahead: Part | None, start: int, end: int, found: list[Written]) -> None:
        position = start
        is_leading = last is None
        above: list[tuple[int, list[str]]] = []
        """Where each comment above the next part stands, with the lines that it takes."""
        for one in found:
            blank = self._blank_lines(position, one.start)
            position = one.start + len(one.text)
            if one.gap and last is not None and self._is_behind(last, one.start):
                self._behind(self._outermost_on_line(last, one.start), one)
                continue
            home = None if is_leading else self._home_below(last, ahead, one.start)
            if home is not None:
                self.below[id(home)] += [""] * blank + [one.text]
                self._mark(home)
                continue
            is_leading = True
            above.append((one.start, [""] * blank + [one.text]))
        above.append((above[-1][0] if above else position, [""] * self._blank_lines(position, end)))
        rows = [row for _, some in above for row in some]
        if ahead is None:
            if rows[:-1] or (rows and rows[-1]):
                root = self.manuscript.root
                assert root is not None  # noqa: S101 - a text without one is not laid out
                self.below[id(root)] += rows
            return
        if last is None:
            above = [(above[0][0], self._taken_before_all(rows, end))]
        for offset, some in above:
            entry = self._outermost_from(ahead, offset, found)
            if entry is not None and some:
                self.trivia[id(entry)].above += some
                if any(some):
                    self._mark(entry.parent)

    def _taken_before_all(self, rows: list[str], end: int) -> list[str]:
        """The lines above a `---`, which stays; those below it are left."""
        match = re.search(r"^---[ \t]*(?=[\r\n]|\Z)", self.text[:end], re.MULTILINE)
        if match is None:
            return rows
        above = len(_found(self.manuscript, 0, match.start()))
        taken = 0
        while taken < len(rows) and above > 0:
            above -= bool(rows[taken])
            taken += 1
        self.before_all = [row for row in rows[:taken] if row] + ["---"]
        return rows[taken:]

    def _blank_lines(self, start: int, end: int) -> int:
        """Whether a blank line stands in a stretch: of several, one is kept."""
        lines = _BREAK.split(self.text[start:end])
        return int(any(not line.strip(" \t\ufeff") for line in lines[1:-1]))

    def _is_behind(self, part: Part, offset: int) -> bool:
        """Whether a comment stands on the line of a part, or behind brackets that close what the part is in."""
        if not _BREAK.search(self.text, part.end, offset):
            return True
        return not self.text[offset - self.manuscript.column(offset) : offset].strip(" \t]},")

    def _outermost_on_line(self, part: Part, offset: int) -> Entry:
        """The largest entry that ends before a comment on its line and began on that line."""
        entry = _entry(part)
        while entry.parent.entry is not None and 0 <= entry.parent.end <= offset:
            above = entry.parent.entry
            begin = above.key.start if above.key is not None else entry.parent.start
            if entry.parent.style != "flow" and (_has_dash(above) or _BREAK.search(self.text, begin, offset)):
                break
            entry = above
        return entry

    def _outermost_from(self, part: Part, offset: int, comments: list[Written]) -> Entry | None:
        """The largest entry that begins with a part and behind a place; between them stand only some comments."""
        entry = part.entry
        dashes = self._dashes(offset, part.start, comments) - (entry is not None and _has_dash(entry))
        while entry is not None and entry.parent.entry is not None:
            above = entry.parent.entry
            if above.value is not entry.parent or entry.parent.entries[0] is not entry:
                break
            if _has_dash(above):
                if dashes <= 0:
                    break
                dashes -= 1
            elif (above.key or above.value).start < offset:
                break
            entry = above
        return entry

    def _dashes(self, start: int, end: int, comments: list[Written]) -> int:
        """How many items of lists begin on the line of a place or below it, and before another; not in comments."""
        start -= self.manuscript.column(start)
        inside = [(one.start, one.start + len(one.text)) for one in comments]
        dashes = (match.start() for match in _DASH.finditer(self.text, start, end))
        return sum(not any(begin <= dash < behind for begin, behind in inside) for dash in dashes)

    def _home_below(self, last: Part | None, ahead: Part | None, offset: int) -> Part | None:
        """The list or mapping that has ended, to whose lines a comment on a line of its own still belongs."""
        if last is None or last.entry is None:
            return None
        around = set(_around(ahead)) if ahead is not None else set()
        column = self.manuscript.column(offset)
        limit = -1 if ahead is None else self._column_of_line(ahead)
        part: Part | None = last.entry.parent
        while part is not None and id(part) not in around:
            if part.style == "flow":
                if 0 <= part.end > offset:
                    return part
            elif limit < self.manuscript.column(part.content) <= column:
                return part
            part = part.entry.parent if part.entry is not None else None
        return None

    def _column_of_line(self, part: Part) -> int:
        """How far the line of a part is indented."""
        start = part.start - self.manuscript.column(part.start)
        return len(self.text[start : part.start]) - len(self.text[start : part.start].lstrip(" "))

    def _behind(self, entry: Entry, one: Written) -> None:
        known = self.trivia[id(entry)]
        if known.behind:
            known.above.append(one.text)
        else:
            known.behind.append(one)
        self._mark(entry.parent)

    def _mark(self, part: Part | None) -> None:
        while part is not None and id(part) not in self.busy:
            self.busy.add(id(part))
            part = part.entry.parent if part.entry is not None else None

    # --- lines -------------------------------------------------------------------------------------------------

    def whole(self, form: Form) -> Iterator[str]:
        root = self.manuscript.root
        assert root is not None  # noqa: S101 - a text without one is not laid out
        yield from self.before_all
        for number, (entry, key) in enumerate(self._ordered(root, form)):
            if form.is_apart and number:
                yield ""
            yield from self._above(entry, 0, first=form.is_apart or not number)
            yield from self._pair(entry, key, form, 0)
        if form.is_apart and any(self.below[id(root)]):
            yield ""
        yield from _stripped(self.below[id(root)], at_start=form.is_apart, at_end=True)

    def _ordered(self, part: Part, form: Form) -> Iterable[tuple[Entry, str]]:
        """The pairs of a mapping with their names, in the order of the form."""
        pairs = [(entry, form.key(_key(entry))) for entry in part.entries]
        if self.anchored and any(one.kind == "alias" for one in _below(part)):
            return pairs  # an alias must not come to stand above its anchor
        ranked: list[tuple[tuple[float, ...], int]] = []
        rank: tuple[float, ...] = ()
        for number, (entry, _) in enumerate(pairs):
            rank = form.rank(_key(entry)) or rank  # what no form knows stays behind what it stands behind
            ranked.append((rank, number))
        return [pairs[number] for _, number in sorted(ranked)]

    def _above(self, entry: Entry, column: int, *, first: bool) -> Iterator[str]:
        for row in _stripped(self.trivia[id(entry)].above, at_start=first):
            yield " " * column + row if row else ""

    def _pair(self, entry: Entry, key: str, form: Form, column: int) -> Iterator[str]:
        assert entry.key is not None  # noqa: S101 - asked for pairs only
        mark = f"&{entry.key.anchor} " if entry.key.anchor is not None else ""
        head = f"{' ' * column}{mark}{self._key_text(entry.key, key)}:"
        yield from self._hung(head, entry, form.below(_key(entry)), column)

    @staticmethod
    def _key_text(part: Part, key: str, *, flow: bool = False) -> str:
        if key == "<<" and not part.style:
            return key
        style = "'" if part.style and _AS_OTHER_THAN_TEXT.fullmatch(key) else ""
        return _in_quotes(key, style, flow=flow)

    def _hung(self, head: str, entry: Entry, form: Form, column: int) -> Iterator[str]:
        """The lines of a value behind its key or its dash."""
        part = form.unwrapped(entry.value) if id(entry.value) not in self.busy else entry.value
        behind = "".join(f"{' ' * max(_GAP, one.gap)}{one.text}" for one in self.trivia[id(entry)].behind)
        around = self._marks(entry.value) if part is not entry.value else ""
        marks = around + self._marks(part)
        if part.kind == "alias":
            yield f"{head} {marks}*{part.value}{behind}"
        elif part.kind == "scalar":
            first, *others = self._scalar(part, form, len(head) + 1 + len(marks))
            margin = " " * (column + _STEP)
            yield f"{head} {marks}{first}".rstrip(" ") + behind
            yield from (margin + row if row else "" for row in others)
        elif self._is_inline(part, form, len(head) + 1 + len(around)):
            yield f"{head} {around}{self._in_flow(part, form)}{behind}"
        elif entry.key is not None:
            yield f"{head} {marks}".rstrip(" ") + behind
            yield from self._block(part, form, column + _STEP)
        else:
            yield from self._block_in_list(head, f"{head} {marks}".rstrip(" "), entry, part, form)

    def _block_in_list(self, dash: str, head: str, entry: Entry, part: Part, form: Form) -> Iterator[str]:
        """A list or mapping as an item; a comment behind nothing but its dash stands above it instead."""
        column = len(dash) - 1
        yield from (" " * column + one.text for one in self.trivia[id(entry)].behind)
        rows = self._block(part, form, column + _STEP)
        first = next(rows)
        if head == dash and part.kind == "mapping" and not first.lstrip(" ").startswith("#"):
            yield f"{dash} {first.lstrip(' ')}"
        else:
            yield head
            yield first
        yield from rows

    def _block(self, part: Part, form: Form, column: int) -> Generator[str]:
        if part.kind == "mapping":
            for number, (entry, key) in enumerate(self._ordered(part, form)):
                yield from self._above(entry, column, first=not number)
                yield from self._pair(entry, key, form, column)
        else:
            for number, entry in enumerate(part.entries):
                yield from self._above(entry, column, first=not number)
                yield from self._item(entry, form.item(), column)
        yield from (" " * column + row if row else "" for row in _stripped(self.below[id(part)], at_end=True))

    def _item(self, entry: Entry, form: Form, column: int) -> Iterator[str]:
        yield from self._hung(" " * column + "-", entry, form, column)

    # --- on one line -------------------------------------------------------------------------------------------

    def _is_inline(self, part: Part, form: Form, column: int) -> bool:
        if not part.entries:
            return True
        if id(part) in self.busy or self._has_block_text(part):
            return False
        if form.manner == "block" or (form.manner == "kept" and part.style != "flow"):
            return False
        if form.manner == "fit" and not self._is_small(part, form, _DEEPEST_IN_FLOW):
            return False
        return column + len(self._in_flow(part, form)) <= WIDTH

    def _has_block_text(self, part: Part) -> bool:
        singles = (one for one in _below(part) if one.kind == "scalar")
        return any("\n" in one.value or (one.style in ("|", ">") and self._text_block(one)) for one in singles)

    def _is_small(self, part: Part, form: Form, depth: int) -> bool:
        """Whether it reads well on one line: a list of single values, a mapping of these and of single values."""
        if part.kind == "list":
            return depth > 0 and not any(entry.value.kind in ("list", "mapping") for entry in part.entries)
        below = ((form.below(_key(entry)), entry.value) for entry in part.entries)
        values = [(inner.unwrapped(value), inner) for inner, value in below]  # as they will be written
        return depth > 0 and all(
            self._is_small(one, inner, depth - 1)
            for one, inner in values
            if one.kind in ("list", "mapping") and one.entries
        )

    def _in_flow(self, part: Part, form: Form) -> str:
        marks = self._marks(part)
        if part.kind == "alias":
            return f"*{part.value}"
        if part.kind == "scalar":
            return marks + self._single(part, form, flow=True)
        if part.kind == "list":
            return (
                marks + "[" + ", ".join(self._in_flow(one.value, form.item()) or "null" for one in part.entries) + "]"
            )
        pairs = []
        for entry, key in self._ordered(part, form):
            assert entry.key is not None  # noqa: S101 - pairs of a mapping have keys
            below = form.below(_key(entry))
            value = self._in_flow(below.unwrapped(entry.value), below)
            pairs.append(f"{self._key_text(entry.key, key, flow=True)}: {value}")
        return marks + "{" + ", ".join(pairs) + "}"

    # --- single values -----------------------------------------------------------------------------------------

    def _marks(self, part: Part) -> str:
        tag = self.text[slice(*part.tag)] + " " if part.tag is not None else ""
        return tag + (f"&{part.anchor} " if part.anchor is not None else "")

    def _single(self, part: Part, form: Form, *, flow: bool = False) -> str:
        if part.is_blank:
            return part.value
        text = form.text(part)
        if part.style == '"' and not text.isprintable() and text == part.value:
            source = self.text[part.content : part.end]
            if not _BREAK.search(source):
                return source  # what nobody would see is spelt out there, and stays so
        style = ""
        if part.style and (form.keeps_quotes or _AS_OTHER_THAN_TEXT.fullmatch(text)):
            style = "'"
        return _in_quotes(text, style, flow=flow)

    def _scalar(self, part: Part, form: Form, column: int) -> list[str]:
        """The lines of a single value; those below the first have no margin."""
        if part.style in ("|", ">"):
            return self._text_block(part) or [self._single(part, form)]
        single = self._single(part, form)
        source = self.text[part.content : part.end]
        rows = [row.strip() for row in _BREAK.split(source.strip("\"'"))]
        if len(rows) == 1 or column + len(single) <= WIDTH:
            return [single]
        if " ".join(rows) == part.value and all(rows) and not any(row.startswith("#") for row in rows):
            return [">-", *rows]
        return [single]

    def _text_block(self, part: Part) -> list[str]:
        """The lines of a text of several lines; none if it cannot be moved as it is."""
        header, *rows = _BREAK.split(self.text[part.content : part.end])
        match = _HEADER.match(header)
        written = [row for row in rows if row.strip()]
        if match is None or not written or part.value.endswith("\n\n") or not _PLAIN_HEADER.fullmatch(match[1]):
            return []
        margin = min(len(row) - len(row.lstrip(" ")) for row in written)
        if len(written[0]) - len(written[0].lstrip(" ")) != margin or "\t" in rows[0][: margin + 1]:
            return []
        return [match[1], *(row[margin:] if row.strip() else "" for row in rows)]


def _in_quotes(text: str, style: str, *, flow: bool) -> str:
    """The text without quotes if YAML needs none, else in those that need the fewest signs more."""
    written = quoted(text, style, flow=flow)
    if written.startswith("'") and "'" in text and '"' not in text and "\\" not in text:
        return quoted(text, '"', flow=flow)
    return written


def _entry(part: Part) -> Entry:
    assert part.entry is not None  # noqa: S101 - only the root has none, and it is a mapping
    return part.entry


def _has_dash(entry: Entry) -> bool:
    return entry.key is None and entry.parent.style != "flow"


def _key(entry: Entry) -> str:
    return entry.key.value if entry.key is not None else ""


def _below(part: Part) -> Iterator[Part]:
    yield part
    for entry in part.entries:
        yield from _below(entry.value)


def _around(part: Part | None) -> Iterator[int]:
    """What a part stands in, by identity."""
    while part is not None:
        yield id(part)
        part = part.entry.parent if part.entry is not None else None


def _stripped(rows: list[str], *, at_start: bool = False, at_end: bool = False) -> list[str]:
    """Lines without blank ones at their start, or at their end; of several blank ones, one."""
    rows = [row for number, row in enumerate(rows) if row or not number or rows[number - 1]]
    if at_start and rows[:1] == [""]:
        rows = rows[1:]
    return rows[:-1] if at_end and rows[-1:] == [""] else rows
