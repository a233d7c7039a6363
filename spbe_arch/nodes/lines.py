"""Texts that use only the plainest YAML, read line by line: more than twice as fast as the events of the parser.

Most of what architects write is keys with values, lists, and mappings in braces. What else YAML has, and
whatever is wrong, is left to the parser: `read_lines` gives None for the whole text. Where it gives nodes, they are
those that the parser's events would give, with the same places.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from spbe_arch.nodes.kinds import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from spbe_arch.nodes.kinds import Limits, Node

__all__ = ["read_lines"]

_Block = TypeVar("_Block", Mapping, Sequence)

_KEY = r"([A-Za-z0-9_][A-Za-z0-9_./-]{0,127}+)"
"""A key, as those of the format and ids are: nothing in it that YAML could take for something else."""

_FIRST = r"(?:[^\s\-?:,\[\]{}\#&*!|>'\"%@`]|-(?=[A-Za-z0-9]))"
"""What a value without quotes begins with."""

_QUOTED = r"\"[^\"\\\n\t]*+\"|'[^'\n\t]*+'"
"""Quotes with nothing to unfold or unescape in them."""

_REST = r"[^,:?\#\[\]{}]*+"
_IN_BRACKETS = rf"{_FIRST} {_REST} (?: (?: :(?=[A-Za-z0-9/]) | (?<=\S)\# ) {_REST} )*+"
"""A value without quotes in brackets."""


def _brackets(inner: str) -> str:
    return rf"(?: \[ {inner} \] | \{{ {inner} \}} )"


_FLAT = r"[^\n\t\[\]{}]*+"
_DEEP = rf"{_FLAT} (?: {_brackets(_FLAT)} {_FLAT} )*+"
_DEEPER = rf"{_FLAT} (?: {_brackets(_DEEP)} {_FLAT} )*+"
_LEVELS = 3
"""What may stand in brackets, and how deep they go."""

_LINE = re.compile(
    rf"""
    (\ *+) (-\ ++)?+
    (?: {_KEY} : (?=[\ \n]) )?+ (\ *+)
    (?:
        ( {_FIRST} [^\n\t:\#]*+ (?: (?: :(?=\S) | (?<=\S)\# ) [^\n\t:\#]*+ )*+ )
        | ( {_QUOTED} ) \ *+
        | ( {_brackets(_DEEPER)} | [>|]-?+ (?= \ *+ \n ) ) \ *+
    )?+
    (?: (?<![^\ \n]) \# [^\n]*+ )?+ \n
    | ([^\n]++ \n?)
    """,
    re.VERBOSE,
)
"""Indentation, dash, key, gap, and a value: without quotes, in quotes, or in brackets; else all of an odd line.

In the place of brackets may stand the sign that the lines below are the value.
"""

_ITEM = re.compile(
    rf"""
    (\ *+) (?: {_KEY} : (\ ++) )?+
    (?: ( {_IN_BRACKETS} ) | ( (?: {_QUOTED} ) \ *+ ) | ( {_brackets(_DEEP)} \ *+ ) )
    (?: , (?! \ *+ $) | $ )
    | (.+)
    """,
    re.VERBOSE,
)
"""What stands between two commas in brackets: gap, key, gap, and a value in one of three ways; else the odd rest."""


def read_lines(text: str, limits: Limits) -> Mapping | None:
    """The nodes of a text, or None where anything in it is not of the plainest.

    Args:
        text: without characters that YAML cannot hold.
        limits: bounds; a text that might go beyond one of them is none of the plainest.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n") or "\r" in text or len(text) > limits.nodes:
        return None
    if len(text) > limits.scalar and max(map(len, text.split("\n"))) > limits.scalar:
        return None
    try:
        return _Lines(text, limits).read()
    except _NotPlainError:
        return None


class _NotPlainError(Exception):
    """Something in the text is not of the plainest, or is wrong."""


class _Lines:
    """One walk over the lines of one text."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._blocks: list[tuple[Mapping | Sequence, int]] = []
        """The lists and mappings that are not at their end, outermost first, each with its indentation."""
        self._waiting: tuple[Mapping, Scalar] | None = None
        """A key with nothing behind its colon, in its mapping."""

    @cached_property
    def _rows(self) -> list[str]:
        """The lines as they are, for values that go over several."""
        return self._text.split("\n")[:-1]

    def read(self) -> Mapping | None:
        node = Mapping(-1, -1)
        indent = line = -1  # the indentation of keys that go straight into the node
        following = 0  # the line behind a value that goes over several
        for spaces, dash, key, gap, plain, quoted, brackets, odd in _LINE.findall(self._text):
            line += 1
            if line < following:
                continue
            column = len(spaces)
            if column != indent or not key or dash:
                if not key:
                    if dash:
                        indent = -1
                        following = self._item(line, column, dash, plain, quoted, brackets)
                    elif plain:
                        self._continue(node, line, column, plain)
                    elif quoted or brackets or odd:
                        raise _NotPlainError
                    continue
                node = self._mapping(line, column, dash)
                column = indent = column + len(dash)
            if key in node.items:
                raise _NotPlainError
            end = column + len(key)
            name = Scalar(key, True, line, column, line, end)
            begin = end + 1 + len(gap)
            if plain and plain[-1] != " ":
                node.items[key] = (name, Scalar(plain, True, line, begin, line, begin + len(plain)))
            elif plain or quoted or brackets:
                value = self._value(line, column, begin, plain, quoted, brackets)
                node.items[key] = (name, value)
                following = value.end_line
            else:
                self._waiting = (node, name)
                indent = -1
        return self._end(line + 1)

    def _end(self, line: int) -> Mapping | None:
        """Close everything at the end of the text; what was opened first is the whole."""
        self._settle()
        root = None
        while self._blocks:
            root = self._close(line, 0)
        return root if isinstance(root, Mapping) else None

    def _item(self, line: int, column: int, dash: str, plain: str, quoted: str, brackets: str) -> int:
        """Add a value to the list that it belongs to, and tell the line that it ends on, or before."""
        listed = self._block(Sequence, line, column)
        value = self._value(line, column, column + len(dash), plain, quoted, brackets)
        listed.items.append(value)
        return value.end_line

    def _mapping(self, line: int, column: int, dash: str) -> Mapping:
        """The mapping that a key belongs to; behind a dash it begins one."""
        if not dash:
            return self._block(Mapping, line, column)
        listed = self._block(Sequence, line, column)
        column += len(dash)
        node = self._open(Mapping(line, column), column)
        listed.items.append(node)
        return node

    def _value(self, line: int, indent: int, column: int, plain: str, quoted: str, brackets: str) -> Node:
        if brackets and brackets[0] in ">|":
            return self._lines_below(line, indent, column, brackets)
        return _value(line, column, plain, quoted, brackets)

    def _block(self, kind: type[_Block], line: int, column: int) -> _Block:
        """The list or mapping that something at a place belongs to; what ends before it is closed."""
        blocks = self._blocks
        if not blocks:
            return self._open(kind(line, column), column)
        if self._waiting is not None:
            mapping, key = self._waiting
            indent = blocks[-1][1]
            if column > indent or (column == indent and kind is Sequence):
                self._waiting = None
                node = self._open(kind(line, column), column)
                mapping.items[key.value] = (key, node)
                return node
            self._settle()
        while blocks and (blocks[-1][1] > column or (blocks[-1][1] == column and type(blocks[-1][0]) is not kind)):
            self._close(line, column)
        block, indent = blocks[-1] if blocks else (None, -1)
        if indent != column or not isinstance(block, kind):
            raise _NotPlainError
        return block

    def _open(self, block: _Block, indent: int) -> _Block:
        if len(self._blocks) + _LEVELS >= self._limits.depth:
            raise _NotPlainError
        self._blocks.append((block, indent))
        return block

    def _close(self, line: int, column: int) -> Mapping | Sequence:
        """End the innermost block: at what comes next, as the parser tells it."""
        block, _ = self._blocks.pop()
        block.end_line, block.end_column = line, column
        return block

    def _settle(self) -> None:
        """Give the key that waits a blank value: it stands behind the colon."""
        if self._waiting is not None:
            mapping, key = self._waiting
            behind = key.end_column + 1
            mapping.items[key.value] = (key, Scalar("", True, key.line, behind, key.line, behind))
            self._waiting = None

    def _continue(self, node: Mapping, line: int, column: int, more: str) -> None:
        """A line that goes on with the value without quotes on the line above it."""
        name, value = next(reversed(node.items.values()), (None, None))
        if not isinstance(value, Scalar) or not value.plain or value.end_line != line - 1 or name is None:
            raise _NotPlainError
        is_whole = value.end_column == len(self._rows[line - 1].rstrip(" "))  # no comment behind it
        if column <= name.column or not is_whole:
            raise _NotPlainError
        more = more.rstrip(" ")
        value.value = self._bounded(f"{value.value} {more}")
        value.end_line, value.end_column = line, column + len(more)

    def _lines_below(self, line: int, indent: int, column: int, sign: str) -> Scalar:
        """The value that stands below its key, deeper than it: as it is (`|`), or with lines put together (`>`)."""
        rows = self._rows
        first = rows[line + 1] if line + 1 < len(rows) else ""
        margin = len(first) - len(first.lstrip(" "))
        if margin <= indent or margin == len(first):
            raise _NotPlainError
        end = line + 1
        found: list[str] = []
        while end < len(rows) and (not rows[end].strip(" ") or rows[end].startswith(first[:margin])):
            row = rows[end]
            if "\t" in row or (row[margin : margin + 1] == " " and (sign[0] == ">" or not row.strip(" "))):
                raise _NotPlainError
            found.append(row[margin:])
            end += 1
        text = "\n".join(found).rstrip("\n")
        if sign[0] == ">":
            text = re.sub(r"\n(\n*)", lambda breaks: breaks[1] or " ", text)
        return Scalar(self._bounded(text if sign[1:] else text + "\n"), False, line, column, end, 0)

    def _bounded(self, value: str) -> str:
        if len(value) > self._limits.scalar:
            raise _NotPlainError
        return value


def _value(line: int, column: int, plain: str, quoted: str, brackets: str) -> Node:
    """What stands on one line, written in one of three ways; there may be blanks behind it."""
    if plain:
        plain = plain.rstrip(" ")
        return Scalar(plain, True, line, column, line, column + len(plain))
    if quoted:
        quoted = quoted.rstrip(" ")
        return Scalar(quoted[1:-1], False, line, column, line, column + len(quoted))
    brackets = brackets.rstrip(" ")
    if not brackets:
        raise _NotPlainError
    node: Mapping | Sequence = Mapping(line, column) if brackets[0] == "{" else Sequence(line, column)
    node.end_line, node.end_column = line, column + len(brackets)
    inner = brackets[1:-1]
    if inner.strip(" "):
        _fill(node, inner, line, column + 1)
    return node


def _fill(node: Mapping | Sequence, inner: str, line: int, column: int) -> None:
    """Add what stands in brackets, from a column on."""
    for gap, key, second_gap, plain, quoted, brackets, odd in _ITEM.findall(inner):
        if odd:
            raise _NotPlainError
        column += len(gap)
        if isinstance(node, Sequence):
            if key:
                raise _NotPlainError
            node.items.append(_value(line, column, plain, quoted, brackets))
        else:
            if not key or key in node.items:
                raise _NotPlainError
            end = column + len(key)
            name = Scalar(key, True, line, column, line, end)
            column = end + 1 + len(second_gap)
            node.items[key] = (name, _value(line, column, plain, quoted, brackets))
        column += len(plain) + len(quoted) + len(brackets) + 1
