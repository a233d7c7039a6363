"""Any YAML text → nodes, by the events of the C parser (libyaml).

They give the place of every key and value; the walk over them is bounded in every direction, and goes on after a fault
with what stood before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

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
from spbe_arch.nodes.kinds import (
    LINE_BREAKS,
    LONGEST_KEY,
    Broken,
    Document,
    Limits,
    Mapping,
    Node,
    Scalar,
    Sequence,
    plain,
    region,
)
from spbe_arch.quoting import missing_quotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from spbe_arch.catalogue import Rule

__all__ = ["read_events", "superfluous"]

if not yaml.__with_libyaml__:
    raise SpbeError(
        "this PyYAML was built without libyaml, on which speed and safety rest; "
        "install it from a wheel: python -m pip install --force-reinstall --only-binary :all: PyYAML"
    )


_Event = Any
"""An event of the parser; the published types know neither the attributes of its kinds nor that marks are there."""

_kind: Callable[[_Event], Any] = type


def read_events(document: Document, limits: Limits) -> None:
    """Read the text of a document into its nodes; faults go into it, and nothing raises."""
    _Reader(document, limits).run()


def _scalar(event: _Event) -> Scalar:
    start, end = event.start_mark, event.end_mark
    return Scalar(event.value, not event.style, start.line, start.column, end.line, end.column)


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
        return _scalar(event)

    def sequence(self, node: Sequence, depth: int) -> None:
        attach = node.items.append
        following = self.next
        has_room = self.has_room
        nodes = 0  # that `node` counts itself
        while True:
            event = following()
            if _kind(event) is ScalarEvent and event.anchor is None and event.tag is None and not has_room:
                attach(_scalar(event))
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
            key = _scalar(event)
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
                items[text] = (key, _scalar(value))
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
_COLON_IN_BRACKETS = english("a colon stands where none can; a comma is missing, or text with ': ' inside needs quotes")
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


def _is_colon_in_line(text: str, error: yaml.MarkedYAMLError) -> bool:
    """Whether a colon is in the way, on the line on which the bracket opens: on a later one, that is not closed."""
    mark, opening = error.problem_mark, error.context_mark
    if mark is None or opening is None or mark.line != opening.line:
        return False
    lines = text.splitlines()
    return mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == ":"


def _yaml_fault(document: Document, error: yaml.MarkedYAMLError, depth: int) -> Fault:
    told = f"{error.context or ''} {error.problem or ''}"
    problem = next((words for known, words in _PROBLEMS if known in told), english("this is not YAML"))
    is_colon = "did not find expected ',' or" in told and _is_colon_in_line(document.text, error)
    if is_colon:
        problem = _COLON_IN_BRACKETS
    opened = "unexpected end of stream" in told or (
        not is_colon
        and "did not find expected ',' or" in told
        and error.problem_mark is not None
        and error.problem_mark.line >= len(re.findall(LINE_BREAKS, document.text))
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
