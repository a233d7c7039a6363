"""What a YAML text is read into: single values, lists and mappings, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.findings import Fault, Region

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BLANK",
    "LINE_BREAKS",
    "LONGEST_KEY",
    "Broken",
    "Comment",
    "Document",
    "Limits",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "plain",
    "region",
]

LINE_BREAKS = r"\r\n|\r|\n"

LONGEST_KEY = 1024
"""Characters of a key; YAML itself has this bound for keys without a question mark."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; what goes beyond one of them is a finding."""

    bytes: int = 20_000_000
    depth: int = 100
    nodes: int = 2_000_000
    expansion: int = 100_000
    """Values that aliases and merge keys may add."""
    scalar: int = 65_536
    """Characters of one value."""


class Scalar:
    """A single value: its text, whether it stands without quotes, and where it begins and ends.

    Lines and columns count from 0; the end is that of the first character behind it.
    """

    __slots__ = ("column", "end_column", "end_line", "line", "plain", "value")

    def __init__(self, value: str, plain: bool, line: int, column: int, end_line: int, end_column: int) -> None:
        self.value = value
        self.plain = plain
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column


class Sequence:
    """A list."""

    __slots__ = ("column", "end_column", "end_line", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column
        self.end_line = -1
        """-1 while the end has not been seen: a fault of the text lies inside."""
        self.end_column = -1


class Mapping:
    """A mapping from key texts to pairs of key and value."""

    __slots__ = ("column", "end_column", "end_line", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: dict[str, tuple[Scalar, Node]] = {}
        self.line = line
        self.column = column
        self.end_line = -1
        self.end_column = -1

    @property
    def broken(self) -> bool:
        """Whether a fault of the text lies inside, so that keys may be missing."""
        return self.end_line < 0


class Broken:
    """A value that cannot be used; the finding about it has been made."""

    __slots__ = ("column", "end_column", "end_line", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = self.end_line = line
        self.column = column
        self.end_column = column + 1


Node = Scalar | Sequence | Mapping | Broken


class Comment(NamedTuple):
    """A comment: the text behind the `#`, and where the `#` stands (from 0)."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class Document:
    """One text, read."""

    path: str
    text: str
    """What was read: without byte order mark, and with characters replaced that YAML cannot hold."""
    root: Node | None
    """None if the text is blank or nothing of it could be read."""
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True
    """Whether everything was read; if not, what is missing may have been behind the fault."""
    finished: bool = True
    """Whether the last line ends in a line break."""
    stopped: int = -1
    """The line, from 0, of the fault behind which nothing was read; -1 if everything was."""

    def comments(self) -> Iterator[Comment]:
        """The comments in their order; the parser drops them, so they are found between the values."""
        if "#" not in self.text:
            return
        spans = sorted(_spans(self.root))
        position = 0
        for number, line in enumerate(re.split(LINE_BREAKS, self.text)):
            start = line.find("#")
            while start >= 0:
                while position < len(spans) and spans[position][1] <= (number, start):
                    position += 1
                inside = position < len(spans) and spans[position][0] <= (number, start)
                if inside and spans[position][0][0] == number:  # unless behind the sign of a text of several lines
                    inside = _HEADER.fullmatch(line, spans[position][0][1], start) is None
                if not inside and (start == 0 or line[start - 1] in " \t"):
                    yield Comment(line[start + 1 :].strip(), number, start)
                    break
                start = line.find("#", start + 1)


_HEADER = re.compile(r"(?:[&!]\S*[ \t]+)*[|>][-+0-9]*[ \t]+")


def _spans(node: Node | None) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches that single values cover."""
    if isinstance(node, Scalar):
        yield (node.line, node.column), (node.end_line, node.end_column)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _spans(item)
    elif isinstance(node, Mapping):
        for key, value in node.items.values():
            yield from _spans(key)
            yield from _spans(value)


def region(node: Node) -> Region:
    """Where the node stands; a list or mapping in block style ends with its first line."""
    if isinstance(node, Scalar) and node.line == node.end_line:
        return Region(node.line + 1, node.column + 1, node.end_line + 1, max(node.end_column, node.column + 1) + 1)
    if node.line == node.end_line:
        return Region(node.line + 1, node.column + 1, node.line + 1, node.end_column + 1)
    return Region(node.line + 1, node.column + 1, node.line + 1, node.column + 2)


BLANK = frozenset({"", "~", "null", "Null", "NULL"})


def plain(node: Node) -> str | list[object] | dict[str, object] | None:
    """The node as text, list, mapping, or None where it is blank; the field decides what a text means."""
    if isinstance(node, Scalar):
        value = node.value
        return None if not value or (node.plain and value in BLANK) else value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.items.items()}
    return None
