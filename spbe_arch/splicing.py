"""Edits of a text in its own manner: every byte that no edit names stays as it is.

The one module that every command stands on which changes a model. A `Manuscript` is a text with the places of
everything in it, comments and aliases included; it answers with splices for what is asked (another value, a field more,
an item less), in the style, the indentation and the line breaks that the text has, and makes the edited text of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping as MappingABC
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.tokens import BlockEntryToken, FlowEntryToken

from spbe_arch.errors import EditingError
from spbe_arch.findings import Region
from spbe_arch.nodes import BLANK, LONGEST_KEY, is_clean, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Value = str | None | Sequence["Value"] | Mapping[str, "Value"]
    """What can be written: a text, nothing, a list, a mapping from texts."""

__all__ = ["Entry", "Manuscript", "Part", "Splice", "quoted"]


class Splice(NamedTuple):
    """A stretch of a text, in characters from its start, and what stands there instead."""

    start: int
    end: int
    text: str


# --- quoting -------------------------------------------------------------------------------------------------

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What a text without quotes does not begin with."""
_OF_FLOW = frozenset(",[]{}?")
"""What ends or changes a text without quotes inside brackets or braces."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def quoted(text: str, style: str = "", *, flow: bool = False) -> str:
    r"""A text as YAML that is read back as this very text, on one line.

    Args:
        text: any text without lone surrogates.
        style: `'` or `"` to have these quotes; else there are none unless YAML needs them.
        flow: whether it stands inside brackets or braces.

    Raises:
        EditingError: if no YAML can hold the text.

    >>> print(quoted("Dinas"), quoted("Dinas: Umum"), quoted("satu\ndua"), quoted("a, b", flow=True))
    Dinas 'Dinas: Umum' "satu\ndua" 'a, b'
    """
    if not style and _may_stand_plain(text, flow=flow):
        return text
    if style != '"' and is_clean(text) and not any(sign in text for sign in "\n\r\t"):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


_SURELY_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./()-]| (?=[A-Za-z0-9(]))*")
"""Ids, codes and most names: they need no quotes wherever they stand, unless they stand for nothing."""


def _may_stand_plain(text: str, *, flow: bool) -> bool:
    if _SURELY_PLAIN.fullmatch(text):
        return text not in BLANK
    if not text or text in BLANK or text == "<<" or text != text.strip(" ") or not is_clean(text):
        return False
    if text[0] in _INDICATORS and not (text[0] == "-" and text[1:2].isalnum()):
        return False
    if any(sign in text for sign in ("\n", "\r", "\t", ": ", " #")) or text.endswith(":"):
        return False
    return not flow or (_OF_FLOW.isdisjoint(text) and "::" not in text)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if is_clean(character):
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        raise EditingError("half a character (U+{code}) cannot be written", code=f"{code:04X}")
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# --- what stands in a text -----------------------------------------------------------------------------------


class Part:
    """A single value, a list, a mapping or an alias, with its place: offsets in the text."""

    __slots__ = ("anchor", "content", "end", "entries", "entry", "kind", "start", "style", "tag", "value")

    def __init__(self, kind: str, start: int, content: int, end: int, style: str, anchor: str | None) -> None:
        self.kind = kind
        """scalar, list, mapping or alias."""
        self.start = start
        self.content = content
        """Where it begins behind its anchor and tag."""
        self.end = end
        """Behind its last character; blank lines and comments below it do not belong to it. -1 if it was not seen."""
        self.style = style
        """Of a scalar: empty if plain, else `'`, `"`, `|` or `>`. Of a list or mapping: flow or block."""
        self.anchor = anchor
        self.tag: tuple[int, int] | None = None
        """Where its tag stands, if it has one."""
        self.value = ""
        """The text of a scalar, the name of an alias."""
        self.entries: list[Entry] = []
        self.entry: Entry | None = None
        """The entry whose key or value it is; None for the root."""

    @property
    def is_blank(self) -> bool:
        """Whether it is a value that says nothing."""
        return self.kind == "scalar" and not self.style and self.value in BLANK

    @property
    def in_flow(self) -> bool:
        """Whether it stands inside brackets or braces."""
        return self.entry is not None and self.entry.parent.style == "flow"

    @property
    def is_key(self) -> bool:
        """Whether it is the key of a pair."""
        return self.entry is not None and self.entry.key is self


class Entry:
    """An item of a list, or a pair of key and value of a mapping."""

    __slots__ = ("key", "parent", "value")

    def __init__(self, parent: Part, key: Part | None, value: Part) -> None:
        self.parent = parent
        self.key = key
        self.value = value

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.value.end


_DEEPEST = 100
_BREAK = re.compile(r"\r\n|\r|\n")
_PROPERTY = re.compile(r"(?:(&[0-9A-Za-z_-]+)|(!<[^>\s]*>|![^\s,\[\]{}]*))(?:\s+(?:#[^\r\n]*\s+)*)?")


class _Builder:
    """One walk over the events of a text; it stops at a fault and keeps what stood before it."""

    def __init__(self, text: str, shift: int) -> None:
        self.text = text
        self.shift = shift
        self.root: Part | None = None
        self.parts: list[Part] = []
        self.aliased: set[str] = set()
        """Names of aliases that stand in the text."""
        self._open: list[Part] = []
        self._keys: list[Part | None] = []
        """For each open mapping the key whose value comes next."""
        with suppress(yaml.YAMLError):  # the reader has a finding about it
            self._walk(yaml.CLoader(text[shift:]).get_event)

    def _walk(self, following: Any) -> None:
        while True:
            event = following()
            if event is None:
                return
            if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self._close(event)
                if not self._open:
                    return  # a second document is no part of the model
            elif isinstance(event, (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent)):
                part = self._part(event)
                self._attach(part)
                if part.kind in ("list", "mapping"):
                    if len(self._open) >= _DEEPEST:
                        return
                    self._open.append(part)
                    self._keys.append(None)
                elif not self._open:
                    return

    def _part(self, event: Any) -> Part:
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        if isinstance(event, AliasEvent):
            part = Part("alias", start, start, end, "", None)
            part.value = str(event.anchor)
            self.aliased.add(part.value)
            return part
        tag, content = self._behind_properties(event, start)
        if isinstance(event, ScalarEvent):
            style = event.style or ""
            if style in ("|", ">"):
                end = start + len(self.text[start:end].rstrip())
            part = Part("scalar", start, min(content, end), end, style, event.anchor)
            part.value = event.value
        else:
            kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
            part = Part(kind, start, content, -1, "flow" if event.flow_style else "block", event.anchor)
        part.tag = tag
        return part

    def _behind_properties(self, event: Any, start: int) -> tuple[tuple[int, int] | None, int]:
        tag = None
        if event.anchor is None and event.tag is None:
            return None, start
        for _ in range(2):
            match = _PROPERTY.match(self.text, start)
            if match is None:
                break
            if match[2] is not None:
                tag = (match.start(2), match.end(2))
            start = match.end()
        return tag, start

    def _attach(self, part: Part) -> None:
        self.parts.append(part)
        if not self._open:
            self.root = self.root or part
            return
        parent = self._open[-1]
        if parent.kind == "list":
            part.entry = Entry(parent, None, part)
            parent.entries.append(part.entry)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = part
            part.entry = Entry(parent, part, part)  # until its value is known
            return
        self._keys[-1] = None
        assert key.entry is not None  # noqa: S101 - given the line above
        part.entry = key.entry
        part.entry.value = part
        parent.entries.append(part.entry)

    def _close(self, event: Any) -> None:
        part = self._open.pop()
        self._keys.pop()
        if part.style == "flow":
            part.end = event.end_mark.index + self.shift
            if part.entries and event.start_mark.index == event.end_mark.index:
                part.end = part.entries[-1].end  # a pair in brackets has no braces of its own
        else:
            part.end = max((entry.end for entry in part.entries[-1:]), default=part.content)


class Manuscript:
    """One text as it stands, and the edits of it.

    Places are offsets in the text, byte order mark included. What is asked for by a method is a list of splices;
    `edited` makes the text of some of them.

    Args:
        path: what errors call it; it is not opened.
        data: the text, or its bytes.

    Raises:
        EditingError: if the bytes are no UTF-8, or so much is wrong with them that nothing could be read.
    """

    def __init__(self, path: str, data: str | bytes) -> None:
        self.path = path
        self.document = read(path, data)
        """The same text as findings speak of it."""
        try:
            self.text = (data if isinstance(data, bytes) else data.encode("utf-8")).decode("utf-8")
        except UnicodeError as error:
            raise EditingError("{path} is not edited: it is not UTF-8", path=path) from error
        shift = len(self.text) - len(self.text.removeprefix("\ufeff"))
        if len(self.document.text) != len(self.text) - shift:
            raise EditingError("{path} is not edited: it cannot be read", path=path)
        clean = self.text[:shift] + self.document.text
        self._shift = shift
        built = _Builder(clean, shift)
        self.root = built.root
        self.parts = built.parts
        """Everything in the text, in its order."""
        self._aliased = built.aliased
        self._line_starts = [shift, *(match.end() for match in _BREAK.finditer(self.text))]
        self._singles = {part.start: part for part in built.parts if part.kind == "scalar"}
        self._lists = {part.start: part for part in reversed(built.parts) if part.kind in ("list", "mapping")}

    # --- places ----------------------------------------------------------------------------------------------

    def offset(self, line: int, column: int) -> int:
        """The place of a line and column, which count from 1."""
        if not 1 <= line <= len(self._line_starts):
            raise EditingError("{path} is not edited: it has no line {line}", path=self.path, line=line)
        return min(self._line_starts[line - 1] + column - 1, len(self.text))

    def line(self, offset: int) -> int:
        """The line of a place, from 1."""
        return self._line_and_column(offset)[0]

    def region(self, splice: Splice) -> Region:
        """Where the stretch of a splice stands, in lines and columns from 1."""
        (line, column), (end_line, end_column) = self._line_and_column(splice.start), self._line_and_column(splice.end)
        return Region(line, column, end_line, end_column)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = max(1, bisect_left(self._line_starts, offset + 1))
        return line, max(1, offset - self._line_starts[line - 1] + 1)

    def single_at(self, region: Region) -> Part | None:
        """The single value, or the key, that begins where a region does."""
        return self._singles.get(self.offset(region.line, region.column))

    def collection_at(self, region: Region) -> Part | None:
        """The list or mapping that begins where a region does."""
        return self._lists.get(self.offset(region.line, region.column))

    def pair(self, *keys: str) -> Entry | None:
        """The pair that a path of keys leads to, as they are written; merge keys and aliases are not followed."""
        part, found = self.root, None
        for key in keys:
            entries = part.entries if part is not None and part.kind == "mapping" else []
            found = next((one for one in entries if one.key is not None and one.key.value == key), None)
            if found is None:
                return None
            part = found.value
        return found

    def is_shared(self, part: Part) -> bool:
        """Whether an alias stands elsewhere for the part, or for what it is in: an edit would change both places."""
        at: Part | None = part
        while at is not None:
            if at.anchor is not None and at.anchor in self._aliased:
                return True
            at = at.entry.parent if at.entry is not None else None
        return False

    # --- single values ---------------------------------------------------------------------------------------

    def write(self, part: Part, text: str) -> list[Splice]:
        """Another text in place of a single value or a key; its anchor, tag and quotes stay."""
        if part.kind != "scalar":
            raise self._other_form(part.start)
        if part.is_key and len(text) > LONGEST_KEY:
            raise self._long_key()
        style = part.style if part.style in ("'", '"') else ""
        written = quoted(text, style, flow=part.in_flow)
        if part.style == "|" and "\n" in text:
            written = self._literal(part, text) or written
        if part.content == part.end and self.text[part.end - 1 : part.end] not in ("", " ", "\t", "\n", "\r"):
            written = " " + written
        return [Splice(part.content, part.end, written)]

    def _literal(self, part: Part, text: str) -> str | None:
        """The text below a `|` with the indentation of the old one; None where that would not be read back."""
        lines = self.text[part.content : part.end].splitlines()[1:]
        indentation = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
        if not indentation or self.text[part.content : part.content + 2].strip() not in ("|", "|-"):
            return None
        rows = _literal_rows(text, indentation)
        return self.newline(part.start).join(rows) if rows else None

    def blank(self, part: Part) -> list[Splice]:
        """Nothing in place of the value of a pair; the key stays. An item of a list is taken out of it."""
        if part.entry is None or part.is_key:
            raise self._other_form(part.start)
        if part.entry.key is None:
            return self.remove(part.entry)
        if part.end < 0:
            raise self._other_form(part.start)
        if part.style == "block":
            return [Splice(self._behind_colon(part.entry), part.end, "")]
        start = part.content
        if not part.in_flow:
            start = len(self.text[:start].rstrip())
        return [Splice(start, part.end, "")]

    # --- lists and mappings ----------------------------------------------------------------------------------

    def remove(self, entry: Entry) -> list[Splice]:
        """An item, a field or an element less, with its lines and the comment behind it."""
        if entry.end < 0:
            raise self._other_form(entry.value.start)
        if entry.parent.style == "flow":
            return [self._removed_from_flow(entry)]
        return [self._removed_from_block(entry)]

    def _removed_from_block(self, entry: Entry) -> Splice:
        start = self._start(entry)
        line = self.line_start(start)
        if not self.text[line:start].strip(" "):
            stop = self.line_end(entry.end)
            if not _is_space_or_comment(self.text[entry.end : stop]):
                raise self._other_form(entry.end)
            behind = self.behind_break(stop)
            if behind == stop and line > self._shift:  # the last line stays without a line break
                return Splice(len(_without_break(self.text[:line])), stop, "")
            return Splice(line, behind, "")
        following = self._sibling(entry, 1)
        if following is None:
            return Splice(len(self.text[:start].rstrip(" \t")), entry.end, "")
        stretch = self.text[entry.end : self._start(following)]
        if any(row.lstrip().startswith("#") for row in stretch.splitlines()[1:]):
            raise self._lost_comment(entry.end)
        return Splice(start, self._start(following), "")

    def _removed_from_flow(self, entry: Entry) -> Splice:
        start, line, stop = self._start(entry), self.line_start(self._start(entry)), self.line_end(entry.end)
        comma = self._comma_behind(entry)
        behind = entry.end if comma is None or comma >= stop else comma + 1
        if not self.text[line:start].strip(" \t") and _is_space_or_comment(self.text[behind:stop]):
            return Splice(line, self.behind_break(stop), "")
        following, before = self._sibling(entry, 1), self._sibling(entry, -1)
        if following is not None:
            found = Splice(start, self._start(following), "")
        elif before is not None:
            found = Splice(before.end, entry.end, "")
        else:
            found = Splice(start, entry.end if comma is None else comma + 1, "")
        if "#" in self.text[entry.end : found.end] or "#" in self.text[found.start : start]:
            raise self._lost_comment(start)
        return found

    def unwrap(self, part: Part) -> list[Splice]:
        """The only item of a list in brackets in place of the list."""
        if part.kind != "list" or part.style != "flow" or len(part.entries) != 1 or part.entry is None:
            raise self._other_form(part.start)
        item = part.entries[0].value
        text = self.text[item.start : item.end]
        if "#" in self.text[part.content : item.start] + self.text[item.end : part.end]:
            raise self._lost_comment(part.start)
        return [Splice(part.content, part.end, text)]

    def add_item(self, part: Part, *values: Value) -> list[Splice]:
        """Items more at the end of a list; a single value becomes the first of the list, a blank one a list of them."""
        in_flow = [self._in_flow(value) or "null" for value in values]
        if part.kind == "list" and part.style == "flow":
            return self._added_to_flow(part, in_flow)
        if part.kind == "list":
            return [self.line_behind(part.entries[-1].end, self._item_rows(part.entries[-1], values))]
        if part.is_blank:
            return self.write_value(part, values)
        if part.style in ("|", ">", "block") or part.kind == "alias" or _BREAK.search(self.text[part.start : part.end]):
            raise self._other_form(part.start)
        first = self.text[part.start : part.end]
        if part.kind == "scalar" and not part.style:
            first = self.text[part.start : part.content] + quoted(part.value, flow=True)
        return [Splice(part.start, part.end, f"[{', '.join((first, *in_flow))}]")]

    def add_pair(self, part: Part | None, key: str, value: Value, *, after: Entry | None = None) -> list[Splice]:
        """A field or an element more: at the end of a mapping, or behind one of its pairs.

        Args:
            part: the mapping; a blank value becomes one; None stands for a text without anything in it.
            key: its name.
            value: what is written there.
            after: the pair that it follows; else the last one.
        """
        if part is None:
            rows = self._pair_rows(key, value, 0)
            return [self.line_behind(len(self.text), rows)]
        if part.kind == "mapping" and part.style == "flow":
            if self.text[part.content : part.content + 1] != "{":  # a pair in brackets
                raise self._other_form(part.start)
            written = f"{quoted(key, flow=True)}: {self._in_flow(value)}".rstrip()
            return self._added_to_flow(part, [written if value is not None else written + " "], after)
        if part.kind == "mapping":
            last = after or part.entries[-1]
            if last.end < 0:
                raise self._other_form(last.value.start)
            first = self._start(part.entries[0])
            return [self.line_behind(last.end, self._pair_rows(key, value, first - self.line_start(first)))]
        if part.is_blank and part.entry is not None and not part.in_flow:
            start = self._start(part.entry)
            column = start - self.line_start(start) + self.step
            if part.content < part.end:  # a `~` or `null`
                raise self._other_form(part.start)
            return [self.line_behind(part.end, self._pair_rows(key, value, column))]
        raise self._other_form(part.start)

    def write_value(self, part: Part, value: Value) -> list[Splice]:
        """Any value in place of that of a pair."""
        if isinstance(value, str) and part.kind == "scalar":
            return self._written_below(part, value) or self.write(part, value)
        if value is None:
            return self.blank(part)
        if part.kind == "list" and part.style == "block" and not isinstance(value, MappingABC):
            splices = self._relisted(part, [value] if isinstance(value, str) else list(value))
            if splices:
                return splices
        if part.entry is None or part.is_key or part.entry.key is None or part.end < 0:
            raise self._other_form(part.start)
        if part.in_flow or isinstance(value, str) or self._is_inline(value):
            written = " " + self._in_flow(value)
        else:
            key = self._start(part.entry)
            column = key - self.line_start(key)
            written = self._below(value, column)
        return [Splice(self._behind_colon(part.entry), part.end, written)]

    def _relisted(self, part: Part, wanted: list[Value]) -> list[Splice]:
        """The items that a list of lines lacks, behind those that stay with their comments; none if others are wanted.

        That is where items change places, or none stays.
        """
        texts = {value for value in wanted if isinstance(value, str)}
        stay = [one for one in part.entries if one.value.kind == "scalar" and one.value.value in texts]
        kept = [one.value.value for one in stay]
        if not stay or kept != wanted[: len(kept)] or len(set(kept)) < len(kept):
            return []
        staying = set(stay)
        splices = [splice for one in part.entries if one not in staying for splice in self.remove(one)]
        rows = self._item_rows(stay[-1], wanted[len(kept) :])
        return [*splices, *([self.line_behind(stay[-1].end, rows)] if rows else ())]

    def _item_rows(self, beside: Entry, values: Iterable[Value]) -> list[str]:
        """Lines of more items, as the one beside them stands."""
        dash = self._start(beside)
        gap = self.text[dash + 1 : beside.value.start]
        margin = " " * self.column(dash) + "-" + (gap if gap and not gap.strip(" ") else " ")
        return [row for value in values for row in self._hanging(margin, self._in_block(value, len(margin)))]

    def _written_below(self, part: Part, text: str) -> list[Splice]:
        """Several lines in place of a single value on its own line; none if they are written otherwise."""
        entry = part.entry
        if "\n" not in text or part.in_flow or part.style == "|" or part.anchor is not None or entry is None:
            return []
        if entry.key is None or part.end < 0 or self.text[part.end : self.line_end(part.end)].strip():
            return []
        key = self._start(entry)
        rows = _literal_rows(text, key - self.line_start(key) + self.step)
        written = " " + self.newline(part.start).join(rows)
        return [Splice(self._behind_colon(entry), part.end, written)] if rows else []

    def remove_comment(self, start: int, end: int) -> list[Splice]:
        """A comment less: with its line, if there is nothing else on it."""
        line = self.line_start(start)
        if not self.text[line:start].strip(" \t"):
            return [Splice(line, self.behind_break(end), "")]
        return [Splice(len(self.text[:start].rstrip(" \t")), end, "")]

    # --- the edited text -------------------------------------------------------------------------------------

    def edited(self, splices: Iterable[Splice]) -> bytes:
        """The text with some splices made; the same one asked for twice is made once.

        Raises:
            EditingError: if two of them touch the same stretch; then nothing is made.
        """
        parts: list[str] = []
        position, last = 0, None
        for splice in sorted(set(splices)):
            if last is not None and (splice.start < last.end or splice.start == last.start):
                line = self._line_and_column(splice.start)[0]
                raise EditingError("{path} is not edited: two edits overlap at line {line}", path=self.path, line=line)
            parts += (self.text[position : splice.start], splice.text)
            position, last = splice.end, splice
        return "".join((*parts, self.text[position:])).encode("utf-8")

    # --- the manner of the text ------------------------------------------------------------------------------

    def newline(self, near: int) -> str:
        """The line break at the end of the line of a place, else the first one of the text."""
        match = _BREAK.search(self.text, near) or _BREAK.search(self.text)
        return match.group() if match else "\n"

    @cached_property
    def step(self) -> int:
        """How many columns a mapping stands right of its key, in most places; 2 where there is none."""
        steps = [
            self.column(part.content) - self.column(part.entry.key.start)
            for part in self.parts
            if part.kind == "mapping"
            and part.style == "block"
            and part.entry is not None
            and part.entry.key is not None
        ]
        likely = [step for step in steps if 0 < step <= 8]
        return max(sorted(set(likely)), key=likely.count) if likely else 2

    @cached_property
    def lists_in_flow(self) -> bool:
        """Whether lists stand in brackets; so they do where there are as many of one kind as of the other."""
        styles = [part.style for part in self.parts if part.kind == "list"]
        return styles.count("flow") >= styles.count("block")

    @cached_property
    def mappings_in_flow(self) -> bool:
        """Whether what stands in fields and lists as a mapping stands in braces; not where there is none."""
        styles = [part.style for part in self.parts if part.kind == "mapping" and _depth(part) > _OF_ELEMENTS]
        return "flow" in styles and styles.count("flow") >= styles.count("block")

    def _is_inline(self, value: Value) -> bool:
        """Whether several values are written on the line of their key."""
        if isinstance(value, MappingABC):
            return self.mappings_in_flow and all(isinstance(one, str) for one in value.values())
        return self.lists_in_flow

    def column(self, offset: int) -> int:
        """How many characters stand before a place on its line."""
        return offset - self.line_start(offset)

    # --- inside ----------------------------------------------------------------------------------------------

    @cached_property
    def _signs(self) -> tuple[list[int], list[int]]:
        """Where the dashes of block lists and the commas of flow style stand."""
        dashes: list[int] = []
        commas: list[int] = []
        scanner = yaml.CLoader(self.document.text)
        with suppress(yaml.YAMLError):  # what stands before the fault is known
            while (token := scanner.get_token()) is not None:
                if isinstance(token, BlockEntryToken):
                    dashes.append(token.start_mark.index + self._shift)
                elif isinstance(token, FlowEntryToken):
                    commas.append(token.start_mark.index + self._shift)
        return dashes, commas

    def _start(self, entry: Entry) -> int:
        """Where an entry begins: at its dash, at the question mark before its key, or at its key."""
        if entry.key is None:
            if entry.parent.style == "flow":
                return entry.value.start
            dashes = self._signs[0]
            at = bisect_left(dashes, entry.value.start) - 1
            if at < 0:
                raise self._other_form(entry.value.start)
            return dashes[at]
        if self.text[: entry.key.start].rstrip().endswith("?") and entry.parent.content < entry.key.start:
            raise self._other_form(entry.key.start)
        return entry.key.start

    def _comma_behind(self, entry: Entry) -> int | None:
        commas = self._signs[1]
        at = bisect_left(commas, entry.end)
        following = self._sibling(entry, 1)
        limit = following.value.start if following is not None else entry.parent.end
        return commas[at] if at < len(commas) and commas[at] < limit else None

    def _sibling(self, entry: Entry, step: int) -> Entry | None:
        entries = entry.parent.entries
        at = next(number for number, one in enumerate(entries) if one is entry) + step
        return entries[at] if 0 <= at < len(entries) else None

    def _behind_colon(self, entry: Entry) -> int:
        assert entry.key is not None  # noqa: S101 - asked for pairs only
        match = re.compile(r"[ \t]*:").match(self.text, entry.key.end)
        if match is None:
            raise self._other_form(entry.key.start)
        if "#" in self.text[match.end() : entry.value.start]:
            raise self._lost_comment(entry.key.start)
        return match.end()

    def line_start(self, offset: int) -> int:
        """Where the line of a place begins."""
        return self._line_starts[max(0, bisect_left(self._line_starts, offset + 1) - 1)]

    def line_end(self, offset: int) -> int:
        """Where the line of a place ends, before its line break."""
        match = _BREAK.search(self.text, offset)
        return match.start() if match else len(self.text)

    def behind_break(self, offset: int) -> int:
        """Behind the line break that stands at a place, if one does."""
        match = _BREAK.match(self.text, offset)
        return match.end() if match else offset

    def line_behind(self, offset: int, rows: list[str]) -> Splice:
        """Some lines below the line of a place; a text without a line break at its end stays without."""
        newline = self.newline(offset)
        stop = self.line_end(offset)
        if not self.text[self._shift :] or self.text[stop - 1 : stop] in ("\n", "\r"):
            return Splice(stop, stop, "".join(row + newline for row in rows))
        return Splice(stop, stop, "".join(newline + row for row in rows))

    def _added_to_flow(self, part: Part, written: list[str], after: Entry | None = None) -> list[Splice]:
        if part.end < 0:
            raise self._other_form(part.start)
        joined = ", ".join(written)
        if not part.entries:
            return [Splice(part.content + 1, part.content + 1, joined)]
        last = after or part.entries[-1]
        start = self._start(last)
        line = self.line_start(start)
        own_line = not self.text[line:start].strip(" \t") and self.line_start(part.content) != line
        comma = self._comma_behind(last)
        behind = last.end if comma is None else comma + 1
        stop = self.line_end(behind)
        if not own_line or not _is_space_or_comment(self.text[behind:stop]):
            return [Splice(last.end, last.end, f", {joined}")]
        row = self.newline(start) + self.text[line:start]
        if comma is not None:
            return [Splice(stop, stop, "".join(f"{row}{one}," for one in written))]
        rows = ",".join(row + one for one in written)
        if stop == last.end:
            return [Splice(stop, stop, "," + rows)]
        return [Splice(last.end, last.end, ","), Splice(stop, stop, rows)]

    # --- values as text --------------------------------------------------------------------------------------

    def _in_flow(self, value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return quoted(value, flow=True)
        if isinstance(value, MappingABC):
            return "{" + ", ".join(f"{quoted(k, flow=True)}: {self._in_flow(v)}" for k, v in value.items()) + "}"
        return "[" + ", ".join(self._in_flow(one) or "null" for one in value) + "]"

    def _in_block(self, value: Value, column: int) -> list[str]:
        """The rows of a value that begins at a column; the first has no margin."""
        if value is None or isinstance(value, str):
            return [quoted(value) if value is not None else ""]
        if not value:
            return ["{}" if isinstance(value, MappingABC) else "[]"]
        if isinstance(value, MappingABC):
            rows = [row for key, one in value.items() for row in self._pair_rows(key, one, column)]
        else:
            margin = " " * column + "- "
            rows = [row for one in value for row in self._hanging(margin, self._in_block(one, column + 2))]
        return [rows[0][column:], *rows[1:]]

    @staticmethod
    def _hanging(margin: str, rows: list[str]) -> list[str]:
        return [(margin + rows[0]).rstrip(" "), *rows[1:]]

    def _pair_rows(self, key: str, value: Value, column: int) -> list[str]:
        if len(key) > LONGEST_KEY:
            raise self._long_key()
        head = f"{' ' * column}{quoted(key)}:"
        literal = _literal_rows(value, column + self.step) if isinstance(value, str) and "\n" in value else []
        if literal:
            return [f"{head} {literal[0]}", *literal[1:]]
        if value is None or isinstance(value, str):
            return [f"{head} {quoted(value)}" if value is not None else head]
        is_element = isinstance(value, MappingABC) and column <= self.step  # ids stand one step below their section
        if not value or (self._is_inline(value) and not is_element):
            return [f"{head} {self._in_flow(value)}"]
        return [head, *self._rows_below(value, column)]

    def _rows_below(self, value: Value, column: int) -> Iterator[str]:
        inner = column + self.step
        first, *others = self._in_block(value, inner)
        yield " " * inner + first
        yield from others

    def _below(self, value: Value, column: int) -> str:
        newline = self.newline(0)
        return "".join(newline + row for row in self._rows_below(value, column))

    def _other_form(self, offset: int) -> EditingError:
        return EditingError(
            "{path} is not edited: what stands at line {line} has another form than this edit needs",
            path=self.path,
            line=self._line_and_column(offset)[0],
        )

    def _lost_comment(self, offset: int) -> EditingError:
        return EditingError(
            "{path} is not edited: a comment at line {line} would be lost",
            path=self.path,
            line=self._line_and_column(offset)[0],
        )

    def _long_key(self) -> EditingError:
        return EditingError(
            "{path} is not edited: a key would be longer than {limit} characters", path=self.path, limit=LONGEST_KEY
        )


_OF_ELEMENTS = 2
"""Mappings that an element is in: the file and the section."""


def _depth(part: Part) -> int:
    """How many mappings and lists a part is in."""
    depth = 0
    while part.entry is not None:
        depth, part = depth + 1, part.entry.parent
    return depth


def _literal_rows(text: str, indentation: int) -> list[str]:
    """A text behind a `|` and below it; none if it would not be read back."""
    body = text.removesuffix("\n").split("\n")
    kept = all(line == line.rstrip() and is_clean(line) and "\r" not in line for line in body)
    if not kept or not body[0] or body[0][0] in " \t" or not body[-1]:
        return []
    margin = " " * indentation
    return ["|" if text.endswith("\n") else "|-", *(margin + line if line else "" for line in body)]


def _is_space_or_comment(text: str) -> bool:
    return re.fullmatch(r"[ \t]*(?:[ \t]#[^\r\n]*)?", text) is not None


def _without_break(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1]
