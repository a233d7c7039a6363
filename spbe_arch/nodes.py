"""YAML → nodes and comments that remember where they stand.

`read` walks the events of the C parser (libyaml) instead of building objects: it gives the place of every key and
value, is bounded in every direction, and goes on after a fault with what stood before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from spbe_arch.catalogue import reading
from spbe_arch.errors import SpbeError
from spbe_arch.findings import Edit, Fault, Fix, Place, Region, Related, Term, english
from spbe_arch.quoting import missing_quotes
from spbe_arch.signatures import kind_by_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spbe_arch.catalogue import Rule

__all__ = [
    "BLANK",
    "LONGEST_KEY",
    "Comment",
    "Document",
    "Limits",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "is_clean",
    "opened",
    "plain",
    "read",
    "region",
    "superfluous",
]

if not yaml.__with_libyaml__:
    raise SpbeError(
        "this PyYAML was built without libyaml, on which speed and safety rest; "
        "install it from a wheel: python -m pip install --force-reinstall --only-binary :all: PyYAML"
    )


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
    """A single value: its text, whether it stands without quotes, and the parser's marks before and behind it."""

    __slots__ = ("end", "plain", "start", "value")

    def __init__(self, value: str, start: Any, end: Any, plain: bool) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.plain = plain

    @property
    def line(self) -> int:
        """Where it begins: lines and columns count from 0, as the parser counts."""
        line: int = self.start.line
        return line

    @property
    def column(self) -> int:
        """Where it begins in its line."""
        column: int = self.start.column
        return column

    @property
    def end_line(self) -> int:
        """The line of the first character behind it."""
        line: int = self.end.line
        return line

    @property
    def end_column(self) -> int:
        """The column of the first character behind it."""
        column: int = self.end.column
        return column


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
        for number, line in enumerate(re.split(_LINE_BREAKS, self.text)):
            start = line.find("#")
            while start >= 0:
                while position < len(spans) and spans[position][1] <= (number, start):
                    position += 1
                inside = position < len(spans) and spans[position][0] <= (number, start)
                if not inside and (start == 0 or line[start - 1] in " \t"):
                    yield Comment(line[start + 1 :].strip(), number, start)
                    break
                start = line.find("#", start + 1)


_LINE_BREAKS = r"\r\n|\r|\n"


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


_Event = Any
"""An event of the parser; the published types know neither the attributes of its kinds nor that marks are there."""

LONGEST_KEY = 1024
"""Characters of a key; YAML itself has this bound for keys without a question mark."""

_kind: Callable[[_Event], Any] = type

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


# --- from bytes to text ------------------------------------------------------------------------------------

_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UNFIT = "[^\t\n\r -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_HIDDEN_BREAKS = {"\x85": "NEL (U+0085)", "\u2028": "LS (U+2028)", "\u2029": "PS (U+2029)"}
_HIDDEN_BREAK = "[\x85\u2028\u2029]"
_CHARACTER_NAMES = {"\0": "NUL", "\x1b": "ESC", "\x7f": "DEL", "\x08": "BS", "\x0c": "FF"}


def _decode(path: str, data: bytes, faults: list[Fault]) -> str | None:
    kind = kind_by_signature(data)
    if kind is not None:
        faults.append(_binary(path, kind))
        return None
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if encoding is not None:
        is_text = len(_controls(_odd_characters(data.decode(encoding, "replace")))) <= _MOST_CONTROLS
        told = _fault(reading.TEXT_IN_UTF16, path, Region(1, 1, 1, 2), encoding=_Word(encoding[:6]))
        faults.append(told if is_text else _binary(path))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        byte = data[error.start]
        faults.append(
            _fault(
                reading.TEXT_NOT_UTF8,
                path,
                _behind(before.removeprefix("\ufeff")),
                byte=_Word(f"0x{byte:02X}"),
                reading=bytes([byte]).decode("cp1252", "replace"),
            )
        )
        return data.decode("utf-8", "replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """The encoding, if every second byte of a beginning is nought, as in UTF-16 of plain letters, and no other is.

    A picture or a program has noughts of both kinds, or several in a row.
    """
    even, odd = data[:64:2].count(0), data[1:64:2].count(0)
    few, many = sorted((even, odd))
    if many <= 8 or few:
        return None
    return "UTF-16-BE" if even else "UTF-16-LE"


def _binary(path: str, kind: str = english("a binary file")) -> Fault:
    return _fault(reading.BINARY_FILE, path, Region(1, 1, 1, 2), kind=Term("noun", kind))


def _behind(before: str) -> Region:
    """The place of the character that follows a text."""
    lines = re.split(_LINE_BREAKS, before)
    return Region(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)


class _Word(str):
    """A value of a message that is printed without quotes."""

    __slots__ = ()


def _clean(path: str, text: str, faults: list[Fault]) -> str | None:
    """The text with what YAML cannot hold replaced, character by character, so that no place moves.

    None if it is no text: with control characters of many kinds it is a binary file; with some, and bytes that are no
    UTF-8 besides, its first fault is the one fault.
    """
    if text.startswith("\ufeff"):
        faults.append(_everywhere(reading.BYTE_ORDER_MARK, path, Region(1, 1, 1, 2), "\ufeff", ""))
        text = text[1:]
    if is_clean(text):
        return text
    odd = _odd_characters(text)
    controls = _controls(odd)
    if len(controls) > _MOST_CONTROLS:
        faults[:] = [_binary(path)]
        return None
    garbled = bool(controls) and _is_garbled(faults)
    faults += (_odd_character(path, text, *one) for one in odd if not _is_control(one[1]))
    if controls:
        faults.append(_control_characters(path, text, controls))
    if garbled:
        faults[:] = [min(faults, key=lambda fault: fault.place.region or Region(1, 1, 1, 2))]
        return None
    return re.sub(_UNFIT, "\ufffd", re.sub(_HIDDEN_BREAK, " ", text))


def _odd_characters(text: str) -> list[tuple[int, str]]:
    """The characters that YAML cannot hold, each where it stands first."""
    return sorted((text.find(character), character) for character in set(text) if not is_clean(character))


def _controls(odd: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [one for one in odd if _is_control(one[1])]


def _is_control(character: str) -> bool:
    return character != "\ufeff" and character not in _HIDDEN_BREAKS


def _is_garbled(faults: list[Fault]) -> bool:
    return any(fault.code == reading.TEXT_NOT_UTF8.code for fault in faults)


_MOST_CONTROLS = 3
"""Kinds of control characters that a damaged text may hold; a file with more is a program, a picture, a database."""


def _odd_character(path: str, text: str, position: int, character: str) -> Fault:
    place = _behind(text[:position])
    if character in _HIDDEN_BREAKS:
        named = _Word(_HIDDEN_BREAKS[character])
        return _everywhere(reading.HIDDEN_LINE_BREAK, path, place, character, " ", character=named)
    return _everywhere(reading.BYTE_ORDER_MARK, path, place, character, "")


def _everywhere(rule: Rule, path: str, place: Region, was: str, text: str, **values: object) -> Fault:
    """A fault that another character in every place of this one mends; so it is read already."""
    words = english("write a space") if text else english("take it out")
    fix = Fix((Edit("everywhere", Place(path, place), text, was),), safe=True, words=words)
    return rule.fault(Place(path, place), values, fix=fix)


def _control_characters(path: str, text: str, found: list[tuple[int, str]]) -> Fault:
    """One damage, one fault: at the first control character; where the first of each other kind stands is told too."""
    places = [_behind(text[:position]) for position, _ in found]
    character = found[0][1]
    name = f"{_CHARACTER_NAMES.get(character, '')} (U+{ord(character):04X})".strip()
    others = tuple(Related(Place(path, place), message="another one") for place in places[1:])
    return _fault(reading.CONTROL_CHARACTER, path, places[0], related=others, character=_Word(name))


_LINE_CHARACTERS = dict.fromkeys(map(ord, "\t\n\r"))
_PLAIN_BYTES = bytes((9, 10, 13, *range(32, 127)))


def is_clean(text: str) -> bool:
    """Whether a text holds only what YAML can hold unescaped, and no hidden line break."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN_BYTES)
    if text.translate(_LINE_CHARACTERS).isprintable():
        return True
    return re.search(_UNFIT, text) is None and re.search(_HIDDEN_BREAK, text) is None


# --- from text to nodes ------------------------------------------------------------------------------------


def read(path: str, text: str | bytes, limits: Limits = Limits()) -> Document:
    """Read one text into positioned nodes; every fault of it is in the result, and nothing raises.

    Args:
        path: what findings call the text; it is not opened.
        text: the text, or its bytes.
        limits: bounds on size, depth, number and expansion.
    """
    document = opened(path, text, limits)
    if document.complete:
        _Reader(document, limits).run()
    return document


def opened(path: str, text: str | bytes, limits: Limits = Limits()) -> Document:
    """One text as `read` takes it, before its nodes are read: without byte order mark, and with its faults so far."""
    faults: list[Fault] = []
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > limits.bytes:
        limit = _Word(f"{limits.bytes / 1e6:g}")
        faults.append(_fault(reading.FILE_TOO_LARGE, path, Region(1, 1, 1, 2), limit=limit))
        return Document(path, "", None, faults, complete=False)
    decoded = _decode(path, text, faults) if isinstance(text, bytes) else text
    if decoded is None:
        return Document(path, "", None, faults, complete=False)
    cleaned = _clean(path, decoded, faults)
    if cleaned is None:
        return Document(path, "", None, faults, complete=False)
    return Document(path, cleaned, None, faults, finished=not cleaned or cleaned[-1] in "\r\n")


class _StopReading(Exception):  # noqa: N818 - not an error: the rest of the text is out of bounds
    """The rest of the text is out of bounds; the finding has been made."""


class _Reader:
    """One walk over the events of one text."""

    def __init__(self, document: Document, limits: Limits) -> None:
        self.document = document
        self.limits = limits
        self.count = 0
        self.expanded = 0
        self.has_room = len(document.text) > limits.scalar
        """Whether the text is long enough to hold a value that is too long."""
        self.anchors: dict[str, tuple[Node, int]] = {}
        """Anchor → node and the number of values in it; 0 while it is still open."""
        self.next: Callable[[], _Event] = yaml.CLoader(document.text).get_event

    def run(self) -> None:
        document = self.document
        try:
            self.next()  # the stream begins
            if isinstance(self.next(), DocumentStartEvent):
                self.node(self.next(), lambda node: setattr(document, "root", node), 0)
                self.next()  # the document ends
                self.end()
        except yaml.MarkedYAMLError as error:
            fault = _yaml_fault(document, error, self.limits.depth)
            if not _is_told(fault, document.faults):
                document.faults.append(fault)
            self.stop(fault)
        except _StopReading:
            self.stop(document.faults[-1])
        root = document.root
        if isinstance(root, Scalar) and plain(root) is None:
            document.root = None

    def end(self) -> None:
        event = self.next()
        if not isinstance(event, StreamEndEvent):
            place = self.place(event)
            fix = Fix((Edit("replace", place, "", "---"),), safe=False, words=english("remove the '---'"))
            self.report(reading.SEVERAL_DOCUMENTS, event, fix=fix)
            self.stop(self.document.faults[-1])

    def stop(self, fault: Fault) -> None:
        self.document.complete = False
        if fault.place.region is not None:
            self.document.stopped = fault.place.region.line - 1

    def report(
        self,
        rule: Rule,
        event: _Event,
        *,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        **values: object,
    ) -> None:
        self.document.faults.append(rule.fault(self.place(event), values, related, fix=fix))

    def place(self, event: _Event) -> Place:
        mark = event.start_mark
        end = event.end_mark.column if event.end_mark.line == mark.line else mark.column + 1
        return Place(
            self.document.path, Region(mark.line + 1, mark.column + 1, mark.line + 1, max(end, mark.column + 1) + 1)
        )

    def untagged(self, event: _Event, shown: str) -> Fix:
        """The tag taken away: for certain where it only says what the field says itself."""
        return Fix(
            (Edit("untag", self.place(event), was=event.tag),), shown in _HARMLESS_TAGS, english("remove the tag")
        )

    def node(self, event: _Event, attach: Callable[[Node], object], depth: int) -> None:
        """Make the node that the event begins; it is attached before it is filled, so that a fault keeps it."""
        self.count += 1
        if self.count > self.limits.nodes:
            self.report(reading.TOO_MANY_NODES, event, limit=self.limits.nodes)
            raise _StopReading
        if _kind(event) is AliasEvent:
            attach(self.alias(event))
            return
        if event.tag is not None and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(reading.YAML_TAG, event, fix=self.untagged(event, shown), tag=shown)
        before = self.count
        made: Node
        if _kind(event) is ScalarEvent:
            made = self.scalar(event)
            attach(made)
        elif depth >= self.limits.depth:
            self.report(reading.NESTING_TOO_DEEP, event, limit=self.limits.depth)
            raise _StopReading
        elif _kind(event) is MappingStartEvent:
            mark = event.start_mark
            made = Mapping(mark.line, mark.column)
            attach(made)
            self.anchor(event, made, 0)
            self.mapping(made, depth + 1)
        else:
            mark = event.start_mark
            made = Sequence(mark.line, mark.column)
            attach(made)
            self.anchor(event, made, 0)
            self.sequence(made, depth + 1)
        self.anchor(event, made, self.count - before + 1)

    def anchor(self, event: _Event, node: Node, size: int) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, size)

    def alias(self, event: _Event) -> Node:
        known = self.anchors.get(event.anchor)
        mark = event.start_mark
        if known is None:
            self.report(
                reading.YAML_FAULT, event, fix=self.quoted_alias(event), problem=Term("problem", _UNKNOWN_ALIAS)
            )
            return Broken(mark.line, mark.column)
        node, size = known
        if size == 0:
            self.report(reading.ALIAS_IN_ITSELF, event, alias=f"*{event.anchor}")
            return Broken(mark.line, mark.column)
        self.expanded += size
        self.count += size
        if self.expanded > self.limits.expansion:
            self.report(reading.ALIAS_EXPANSION, event, limit=self.limits.expansion)
            raise _StopReading
        return node

    def quoted_alias(self, event: _Event) -> Fix | None:
        """Quotes, in case that it was meant as text; no fix where it is but the beginning of one."""
        if not re.match(r"[ \t]*(?:[ \t]#|[\r\n]|$)", self.document.text[event.end_mark.index :][:200]):
            return None
        written = f"*{event.anchor}"
        edit = Edit("quote", self.place(event), written, written)
        return Fix((edit,), safe=False, words=english("put {text} in quotes"), text=written)

    def scalar(self, event: _Event) -> Node:
        if len(event.value) > self.limits.scalar:
            self.report(reading.VALUE_TOO_LONG, event, limit=self.limits.scalar)
            return Broken(event.start_mark.line, event.start_mark.column)
        return Scalar(event.value, event.start_mark, event.end_mark, not event.style)

    def sequence(self, node: Sequence, depth: int) -> None:
        attach = node.items.append
        following = self.next
        has_room = self.has_room
        nodes = 0  # that `node` counts itself
        while True:
            event = following()
            if _kind(event) is ScalarEvent and event.anchor is None and event.tag is None and not has_room:
                attach(Scalar(event.value, event.start_mark, event.end_mark, not event.style))
            elif _kind(event) is SequenceEndEvent:
                break
            else:
                nodes += 1
                self.node(event, attach, depth)
        self.add_to_count(len(node.items) - nodes, event)
        node.end_line, node.end_column = event.end_mark.line, event.end_mark.column

    def mapping(self, node: Mapping, depth: int) -> None:
        items = node.items
        following = self.next
        has_room, limit = self.has_room, self.limits.scalar
        merged: list[tuple[_Event, Node]] = []
        nodes = 0  # that `node` counts itself
        while True:
            event = following()
            if _kind(event) is not ScalarEvent:
                if _kind(event) is MappingEndEvent:
                    break
                self.bad_key(event, depth)
                continue
            text = event.value
            key = Scalar(text, event.start_mark, event.end_mark, not event.style)
            if event.anchor is not None or event.tag is not None or not text:
                self.odd_key(event, key)
            value = following()
            if text in items or len(text) > LONGEST_KEY:
                self.repeated_key(event, key, items, value, depth)
            elif text == "<<" and key.plain:
                self.node(value, _pairing(merged, value), depth)
            elif (
                _kind(value) is ScalarEvent
                and value.anchor is None
                and value.tag is None
                and text
                and (not has_room or len(value.value) <= limit)
            ):
                items[text] = (key, Scalar(value.value, value.start_mark, value.end_mark, not value.style))
            else:
                nodes += 1
                self.node(value, _entering(items, text, key), depth)
        self.add_to_count(2 * len(items) - nodes, event)
        for where, value_node in merged:
            self.merge(items, where, value_node)
        node.end_line, node.end_column = event.end_mark.line, event.end_mark.column

    def add_to_count(self, number: int, event: _Event) -> None:
        self.count += number
        if self.count > self.limits.nodes:
            self.report(reading.TOO_MANY_NODES, event, limit=self.limits.nodes)
            raise _StopReading

    def merge(self, items: dict[str, tuple[Scalar, Node]], event: _Event, value: Node) -> None:
        """Add what a merge key brings; keys that the mapping has itself win, then the first mapping named."""
        sources = value.items if isinstance(value, Sequence) else [value]
        for source in sources:
            if isinstance(source, Mapping):
                self.expanded += len(source.items)
                for text, pair in source.items.items():
                    items.setdefault(text, pair)
            elif not isinstance(source, Broken):
                self.report(reading.MERGE_KEY_NOT_MAPPING, event, found=_noun(source))

    def odd_key(self, event: _Event, key: Scalar) -> None:
        if event.tag is not None and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report(reading.YAML_TAG, event, fix=self.untagged(event, shown), tag=shown)
        if event.anchor is not None:
            self.anchors[event.anchor] = (key, 1)
        if not key.value:
            self.report(reading.KEY_NOT_TEXT, event, found=Term("noun", "blank"))

    def bad_key(self, event: _Event, depth: int) -> None:
        """A key that is a list, a mapping or an alias: the pair is left out, unless the alias names a text."""
        keys: list[Node] = []
        self.node(event, keys.append, depth)
        found = english("an alias") if _kind(event) is AliasEvent else _noun(keys[0]).name
        if not isinstance(keys[0], Broken):
            self.report(reading.KEY_NOT_TEXT, event, found=Term("noun", found))
        self.node(self.next(), keys.append, depth)

    def repeated_key(
        self,
        event: _Event,
        key: Scalar,
        items: dict[str, tuple[Scalar, Node]],
        value: _Event,
        depth: int,
    ) -> None:
        dropped: list[Node] = []
        if len(key.value) > LONGEST_KEY:
            self.report(reading.VALUE_TOO_LONG, event, limit=LONGEST_KEY)
            self.node(value, dropped.append, depth)
            return
        kept_key, kept = items[key.value]
        first = Related(Place(self.document.path, region(kept_key)), message="the first one")
        self.report(reading.DUPLICATE_KEY, event, related=(first,), key=key.value)
        at = len(self.document.faults) - 1
        self.node(value, dropped.append, depth)
        fix = superfluous(self.place(event), key, kept, dropped[0])
        self.document.faults[at] = replace(self.document.faults[at], fix=fix)


def superfluous(place: Place, key: Scalar, kept: Node, dropped: Node) -> Fix | None:
    """The fix that removes the second of two pairs, if it says the same as the first, or nothing."""
    second = plain(dropped)
    if isinstance(dropped, Broken) or (second is not None and second != plain(kept)):
        return None
    return Fix((Edit("remove", place, was=key.value),), safe=True, words=english("remove the second one"))


def _entering(items: dict[str, tuple[Scalar, Node]], text: str, key: Scalar) -> Callable[[Node], None]:
    def enter(node: Node) -> None:
        if text:
            items[text] = (key, node)

    return enter


def _pairing(merged: list[tuple[_Event, Node]], event: _Event) -> Callable[[Node], None]:
    return lambda node: merged.append((event, node))


def _noun(node: Node) -> Term:
    names = {Sequence: english("a list"), Mapping: english("a mapping")}
    return Term("noun", names.get(type(node), english("a single value")))


# --- faults of YAML, in words that say what to do ----------------------------------------------------------

_UNKNOWN_ALIAS = english(
    "the alias names an anchor that does not stand above it; text that begins with '*' needs quotes"
)
_LATE_QUOTES = english("the quotes opened here are closed only some lines below, in the middle of something else")
_TAB = english("a tab stands where YAML takes spaces only")
_HARMLESS_TAGS = frozenset({"!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!seq", "!!map"})

_PARSER_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on: looking ahead, it may meet its own limit of 1,000 before the reader meets its."""

_PROBLEMS = (
    ("mapping values are not allowed", english("a colon stands where none can; text with ': ' inside needs quotes")),
    ("found a tab character", _TAB),
    ("that cannot start any token", english("text that begins with this character needs quotes")),
    ("could not find expected ':'", english("a key without its colon")),
    (
        "did not find expected key",
        english("the line does not fit what stands above it; look at its indentation and quotes"),
    ),
    ("did not find expected '-'", english("the line does not fit the list above it; look at its indentation")),
    ("did not find expected ',' or ']'", english("a list in brackets is not closed, or a comma is missing")),
    ("did not find expected ',' or '}'", english("a mapping in braces is not closed, or a comma is missing")),
    ("unexpected end of stream", english("the text ends inside quotes that were opened here")),
    ("found unknown escape character", english("a backslash in double quotes must be doubled, or use single quotes")),
    (
        "did not find expected hexdecimal number",
        english("a backslash in double quotes must be doubled, or use single quotes"),
    ),
    (
        "did not find expected alphabetic",
        english("an anchor or alias needs a name; text that begins with '&' or '*' needs quotes"),
    ),
    (
        "did not find expected <document start>",
        english("this does not belong to the text above it; look at its indentation"),
    ),
    (
        "block sequence entries are not allowed",
        english("a list item stands where none can; begin it on a line of its own"),
    ),
    (
        "did not find expected comment or line break",
        english("something stands after '|' or '>' that cannot stand there"),
    ),
    ("undefined tag handle", english("text that begins with '!' needs quotes")),
    ("directive", english("a line that begins with '%' needs quotes")),
    ("did not find expected node content", english("a value is missing, or a bracket is not closed")),
    ("mapping keys are not allowed", english("text that begins with '? ' needs quotes")),
    ("incompatible YAML document", english("a line that begins with '%' needs quotes")),
)


def _is_told(fault: Fault, faults: list[Fault]) -> bool:
    """Whether a fault of YAML is the echo of one on its line, or of an unknown alias on the line above it."""
    line = fault.place.region.line if fault.place.region else 0
    lines = {f.place.region.line + above for f in faults if f.place.region for above in (0, f.code == fault.code)}
    return line in lines


def _late_quotes(root: Node | None, line: int) -> Scalar | None:
    """The last text, if it is in quotes that were opened on a line above this one and closed on it."""
    node = root
    while isinstance(node, (Sequence, Mapping)) and node.items:
        node = node.items[-1] if isinstance(node, Sequence) else list(node.items.values())[-1][1]
    if isinstance(node, Scalar) and not node.plain and node.line < node.end_line == line:
        return node
    return None


def _yaml_fault(document: Document, error: yaml.MarkedYAMLError, depth: int) -> Fault:
    told = f"{error.context or ''} {error.problem or ''}"
    problem = next((words for known, words in _PROBLEMS if known in told), english("this is not YAML"))
    opened = "unexpected end of stream" in told or (
        "did not find expected ',' or" in told
        and error.problem_mark is not None
        and error.problem_mark.line >= len(re.findall(_LINE_BREAKS, document.text))
    )
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    quotes = _late_quotes(document.root, line)
    if quotes is not None:
        line, column, problem = quotes.line, quotes.column, _LATE_QUOTES
    lines = document.text.splitlines()
    if lines and line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    if lines and lines[line][column : column + 1] == "\t":
        problem = _TAB
    place = Place(document.path, Region(line + 1, column + 1, line + 1, column + 2))
    if _PARSER_TOO_DEEP in told:
        return reading.NESTING_TOO_DEEP.fault(place, {"limit": depth})
    row = lines[line] if lines else ""
    fix = None if quotes is not None else missing_quotes(document.path, row, line + 1, column, told)
    return reading.YAML_FAULT.fault(place, {"problem": Term("problem", problem)}, fix=fix)


def _fault(rule: Rule, path: str, place: Region, *, related: tuple[Related, ...] = (), **values: object) -> Fault:
    return rule.fault(Place(path, place), values, related)
