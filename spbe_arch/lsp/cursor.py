"""A text and a place in it → where in the model that is: the keys above, and what is being typed.

The text is read line by line, by indentation and brackets, not as YAML: while somebody types it rarely is YAML. What is
wrong far from the cursor must not take completion away from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cursor", "Slot", "cursor_at"]

Slot = Literal["key", "value", "comment"]
Step = str | int


class Cursor(NamedTuple):
    """What stands at a place in a text."""

    path: tuple[Step, ...]
    """The keys, and the numbers of list items, that lead to what is typed; a key that is being typed is not in it."""
    slot: Slot
    typed: str
    """What has been typed of the key or value, up to the cursor; of a comment, all of it."""
    start: int
    """The column where what is typed begins; counted from 0, in code points."""
    end: int
    """The column behind the word that the cursor is in."""
    beside: frozenset[str] = frozenset()
    """The other keys of the mapping that a key is typed in."""
    quote: str = ""
    """The quote that has been opened before what is typed."""
    in_flow: bool = False
    """Whether it stands in brackets or braces."""
    may_be_key: bool = False
    """Whether what is typed as a value may become the first key of a mapping, as behind the dash of a list."""
    fresh: bool = False
    """Whether it stands on a line of its own below its key, where a list would begin."""


class _Level(NamedTuple):
    indent: int
    step: Step
    open: bool
    """Whether the value of a key has not begun on its line, so that what is below belongs to it."""


_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#\-?\[\]{},"'&*!|>%@`][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)""")
_BLOCK_TEXT = re.compile(r"(?:[&!]\S+\s+)*[|>][-+0-9]*\s*(?:#.*)?$")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_WORD_END = re.compile(r"[^\s,\[\]{}#:\"']*")


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """What stands at a place.

    Args:
        lines: of the text, without their breaks.
        line: counted from 0; beyond the last one, the text is taken to go on with blank lines.
        column: counted from 0, in code points; beyond the end of the line, its end is meant.

    >>> cursor_at(["layanan:", "  izin:", "    nama: Per"], 2, 13)[:3]
    (('layanan', 'izin', 'nama'), 'value', 'Per')
    """
    row = lines[line] if 0 <= line < len(lines) else ""
    before = row[: max(column, 0)]
    comment = _comment(before)
    if comment is not None:
        levels = _levels(lines, line + 1).levels
        return Cursor(tuple(level.step for level in levels), "comment", before[comment:], comment, len(row))
    above = _levels(lines, line)
    end = len(before) + len(_word_at(row, len(before)))
    if above.text_below is not None and (not before.strip() or _indent(before) > above.text_below):
        return Cursor(_path(above.levels), "value", before.strip(), _indent(before), len(row))
    if above.flow is not None and not _begins_anew(row, above.levels):
        return _in_flow(_path(above.levels), above.flow + "\n" + before, before, end)
    return _in_block(lines, line, above.levels, before, end)


def _path(levels: Sequence[_Level]) -> tuple[Step, ...]:
    return tuple(level.step for level in levels)


def _word_at(row: str, column: int) -> str:
    match = _WORD_END.match(row, column)
    return match[0] if match else ""


# --- lines above ---------------------------------------------------------------------------------------------


class _Above(NamedTuple):
    """What the lines above leave open."""

    levels: list[_Level]
    flow: str | None = None
    """Brackets that are still open, with what stands in them so far."""
    text_below: int | None = None
    """The indentation of the key whose text stands below it (`|` or `>`), while that goes on."""


def _levels(lines: Sequence[str], until: int) -> _Above:
    levels: list[_Level] = []
    flow: str | None = None
    text_below: int | None = None
    for row in lines[: max(until, 0)]:
        if text_below is not None:
            if not row.strip() or _indent(row) > text_below:
                continue
            text_below = None
        if not row.strip() or row.lstrip().startswith("#") or row.startswith(("---", "...", "%")):
            continue
        if flow is not None:
            if not _begins_anew(row, levels):
                flow = _still_open(flow + "\n" + _bare(row))
                continue
            flow = None
        steps = list(_steps(row, levels))
        for level, _ in steps:
            _enter(levels, level)
        value = steps[-1][1] if steps else ""
        if _BLOCK_TEXT.match(value):
            text_below = levels[-1].indent if levels else 0
        elif value[:1] in ("[", "{"):
            flow = _still_open(_bare(value))
    return _Above(levels, flow, text_below)


def _steps(row: str, levels: Sequence[_Level]) -> Iterator[tuple[_Level, str]]:
    """The items and the key that a line begins, each with what stands behind it."""
    at = _indent(row)
    known = list(levels)
    while row[at : at + 2] in ("- ", "-"):
        step: Step = _next_item(known, at)
        level = _Level(at, step, open=True)
        behind = row[at + 1 :].lstrip(" ")
        yield level, behind
        _enter(known, level)
        at = len(row) - len(behind)
        if not behind:
            return
    found = _KEY.match(row, at)
    if found is not None:
        value = row[found.end() :].strip()
        properties = _PROPERTIES.match(value)
        value = value[properties.end() :] if properties else value
        value = "" if value.startswith("#") else value
        yield _Level(at, _unquoted(found[1]), open=not value), value


def _next_item(levels: Sequence[_Level], indent: int) -> int:
    for level in reversed(levels):
        if level.indent == indent and isinstance(level.step, int):
            return level.step + 1
        if level.indent < indent:
            break
    return 0


def _enter(levels: list[_Level], level: _Level) -> None:
    """Leave what does not hold the new level any more, and put it below what does."""
    is_item = isinstance(level.step, int)
    while levels:
        last = levels[-1]
        holds = last.indent < level.indent or (
            is_item and last.indent == level.indent and isinstance(last.step, str) and last.open
        )
        if holds:
            break
        levels.pop()
    levels.append(level)


def _begins_anew(row: str, levels: Sequence[_Level]) -> bool:
    """Whether a line begins a key so far left that brackets above it were never closed."""
    return bool(levels) and _indent(row) <= levels[-1].indent and _KEY.match(row, _indent(row)) is not None


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _unquoted(key: str) -> str:
    return key[1:-1] if key[:1] in ('"', "'") else key


def _bare(row: str) -> str:
    comment = _comment(row)
    return row if comment is None else row[:comment]


def _comment(row: str) -> int | None:
    """Where a comment begins in a line, if one does."""
    quote = ""
    for at, letter in enumerate(row):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and (at == 0 or row[at - 1] in " [{,:-"):
            quote = letter
        elif letter == "#" and (at == 0 or row[at - 1] in " \t"):
            return at
    return None


# --- in block style ------------------------------------------------------------------------------------------


def _in_block(lines: Sequence[str], line: int, above: list[_Level], before: str, end: int) -> Cursor:
    levels = list(above)
    steps = list(_steps(before, levels))
    if not steps:
        return _in_word(lines, line, levels, before, end)
    for level, _ in steps:
        _enter(levels, level)
    value = steps[-1][1]
    path = _path(levels)
    if value[:1] in ("[", "{"):
        return _in_flow(path, value, before, end)
    start = len(before) - len(value)
    is_item = isinstance(path[-1], int)
    if is_item and before.rstrip() == before and before.endswith("-"):
        return Cursor(path, "key", "-", start, end)
    typed, quote, start = _open_quote(value, start)
    return Cursor(path, "value", typed, start, end, quote=quote, may_be_key=is_item and not quote)


def _in_word(lines: Sequence[str], line: int, levels: list[_Level], before: str, end: int) -> Cursor:
    """On a line with neither key nor dash before the cursor: a key begins, or a value below its key."""
    indent = _indent(before)
    while levels and levels[-1].indent >= indent:
        levels.pop()
    typed, quote, start = _open_quote(before[indent:], indent)
    fresh = bool(levels) and isinstance(levels[-1].step, str) and levels[-1].open
    beside = frozenset(_keys_beside(lines, line, indent))
    return Cursor(_path(levels), "key", typed, start, end, beside, quote, fresh=fresh)


def _keys_beside(lines: Sequence[str], line: int, indent: int) -> Iterator[str]:
    """The keys of the mapping that a line with this indentation belongs to, but for that of the line itself."""
    for rows in (reversed(lines[:line]), lines[line + 1 :]):
        for row in rows:
            content = row.lstrip(" ")
            if not content or content.startswith("#"):
                continue
            dashes = len(row) - len(row.lstrip(" -"))
            at = dashes if content.startswith("- ") else _indent(row)
            found = _KEY.match(row, at) if at == indent else None
            if found is not None:
                yield _unquoted(found[1])
            if _indent(row) < indent:
                break


def _open_quote(value: str, start: int) -> tuple[str, str, int]:
    """What is typed without the quote before it, that quote, and where it begins."""
    if value[:1] in ('"', "'"):
        return value[1:], value[0], start + 1
    return value, "", start


# --- in brackets ---------------------------------------------------------------------------------------------


class _Frame:
    """A bracket that is open."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.key: str | None = None
        self.keys: list[str] = []
        self.item = 0
        self.token = ""

    def step(self) -> Step | None:
        """What leads into it: the number of an item, or a key."""
        return self.item if self.kind == "[" else self.key

    def end_item(self) -> None:
        """A comma: what comes now is another item, or another key."""
        if self.kind == "{" and self.key is None and self.token.strip():
            self.keys.append(_unquoted(self.token.strip()))
        self.item, self.key, self.token = self.item + 1, None, ""

    def end_key(self) -> None:
        """A colon: what comes now is a value."""
        self.key, self.token = _unquoted(self.token.strip()), ""
        self.keys.append(self.key)

    def awaits_key(self) -> bool:
        """Whether a colon would end a key."""
        return self.kind == "{" and self.key is None


_MOST_OPEN = 100


def _frames(text: str) -> list[_Frame]:
    """The brackets that a text leaves open; none when it closes all of them."""
    frames: list[_Frame] = []
    quote = ""
    for at, letter in enumerate(text):
        if not frames or quote:
            if letter in "[{" and not quote:
                frames.append(_Frame(letter))
            elif quote:
                quote = "" if letter == quote else quote
                frames[-1].token += letter
            continue
        top = frames[-1]
        if letter in "[{" and len(frames) < _MOST_OPEN:
            frames.append(_Frame(letter))
        elif letter in "]}":
            frames.pop()
        elif letter == ",":
            top.end_item()
        elif letter == ":" and top.awaits_key() and text[at + 1 : at + 2] in " \n":
            top.end_key()
        else:
            quote = letter if letter in "\"'" and not top.token.strip() else ""
            top.token += letter
    return frames


def _still_open(text: str) -> str | None:
    return text if _frames(text) else None


def _in_flow(path: tuple[Step, ...], text: str, before: str, end: int) -> Cursor:
    frames = _frames(text)
    if not frames:
        return Cursor(path, "value", "", len(before), end)
    steps = [step for frame in frames[:-1] if (step := frame.step()) is not None]
    last = frames[-1]
    value = last.token.rsplit("\n", 1)[-1].lstrip()
    typed, quote, start = _open_quote(value, len(before) - len(value))
    if last.awaits_key():
        return Cursor((*path, *steps), "key", typed, start, end, frozenset(last.keys), quote, in_flow=True)
    step = last.step()
    assert step is not None  # noqa: S101 - a key is awaited where there is none
    return Cursor((*path, *steps, step), "value", typed, start, end, quote=quote, in_flow=True)
