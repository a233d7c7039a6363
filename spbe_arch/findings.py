"""Level, region, place, fault and finding: what can be said about a model, before it is put in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Action",
    "Amount",
    "Edit",
    "ElementName",
    "Fault",
    "Finding",
    "Fix",
    "Level",
    "Place",
    "Region",
    "Related",
    "Sentence",
    "Suggestion",
    "Term",
    "Waiting",
    "english",
    "waiting",
]


def english(text: str) -> str:
    """Mark an English text for the message catalogue, where no call to translate it names it itself."""
    return text


class Level(StrEnum):
    """How much a finding weighs; the names and their meaning are those of SARIF 2.1.0, §3.27.10."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return _RANKS[self]

    def at_least(self, other: Level) -> bool:
        """Whether this level weighs as much as the other, or more."""
        return self.rank <= other.rank


_RANKS = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


class Region(NamedTuple):
    """A stretch of a text: lines and columns count from 1, the end column is the first one behind it."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where a fault is, by name: a file, or an element in it, a field of that, an item of the field.

    It stays symbolic until it is printed, so it survives edits elsewhere in the file and costs nothing while
    nobody looks at it. A fault of the text itself carries its region.
    """

    path: str
    region: Region | None = None
    element: str | None = None
    """The id of the element, as the file has it."""
    field: str | None = None
    item: int | None = None
    """The item of a list field, from 0."""
    on_value: bool = False
    """Whether the value of the field is meant, or its name."""
    section: str | None = None
    """The section of the element, where two in one file share an id."""
    inside: str | None = None
    """What of the item, where it is a mapping: the `source` of a link."""


class ElementName(NamedTuple):
    """An element inside a message: printed as its type and its id, as in "service 'izin'"."""

    section: str
    id: str


class Term(NamedTuple):
    """A word of the format inside a message, printed in the language of the message.

    `kind` is one of field, type, "a type", types; of anything else, `name` is an English text that is translated.
    """

    kind: str
    name: str
    section: str = ""


class Sentence(NamedTuple):
    """A sentence inside a message: English, with names of values in braces; translated when printed."""

    text: str
    values: tuple[tuple[str, Any], ...] = ()


class Amount(int):
    """A number inside a message that says how much there is to it; what was found is the same if it changes."""


class Related(NamedTuple):
    """Another place that belongs to the fault, with the element that stands there."""

    place: Place
    element: str | None = None
    message: str = ""
    """One of the catalogue's notes, English; translated when printed."""


class Suggestion(NamedTuple):
    """What to write instead: as a rule the near miss of what was written, and where the thing meant is declared."""

    text: str
    place: Place | None = None
    words: str = english("did you mean {text}?")
    """How it is proposed: English, with a `{text}`; translated when printed."""
    others: tuple[str, ...] = ()
    """What else may be meant."""


Action = Literal[
    "write", "blank", "remove", "unwrap", "add", "untag", "quote", "replace", "everywhere", "end", "uncomment"
]
"""What becomes of what stands at a place.

write: a key or a single value gets another text; blank: a value is taken away, its key stays; remove: a field, an item
or an element goes with its line; unwrap: the only item stands instead of its list; add: a link field gets one more;
untag: a tag goes; quote: a stretch is put in quotes; replace: a stretch becomes another; everywhere: so does every such
stretch of the file; end: the last line gets its line break; uncomment: a comment goes.
"""


class Edit(NamedTuple):
    """One change of a text, by name; how it looks there is decided when it is made."""

    action: Action
    place: Place
    text: str = ""
    """What is written or added."""
    was: str = ""
    """What stands there; where something else stands, nothing is changed."""


class Fix(NamedTuple):
    """What mends a fault: all of its edits, or none."""

    edits: tuple[Edit, ...]
    safe: bool
    """Whether the meaning is certain; what is a guess is made only when guesses are asked for."""
    words: str = english("write {text}")
    """What it does: English, with a `{text}` if it needs one; translated when printed."""
    text: str = ""

    @classmethod
    def writing(cls, place: Place, was: str, text: str, *, safe: bool = False) -> Fix:
        """Another text at one place."""
        return cls((Edit("write", place, text, was),), safe, text=text)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule yields: a place and the values of its message, no words and no level."""

    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    suggestion: Suggestion | None = None
    code: str = ""
    """Of the rule; the engine fills it in for what the rules of a check yield."""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the level that holds in this run; formats put it into words."""

    fault: Fault
    level: Level

    @property
    def code(self) -> str:
        """The code of the rule, as in SPBE301."""
        return self.fault.code

    @property
    def place(self) -> Place:
        """Where a person would type the fix."""
        return self.fault.place

    def __repr__(self) -> str:
        named = ".".join(part for part in (self.place.element, self.place.field) if part)
        return f"<Finding {self.code} {self.level.value}: {f'{self.place.path} {named}'.strip()}>"


class Waiting(NamedTuple):
    """How many findings have a fix that was not made."""

    safe: int
    unsafe: int


def waiting(findings: Iterable[Finding]) -> Waiting:
    """How many of some findings can be fixed, and how many more if guesses are allowed."""
    fixes = [one.fault.fix for one in findings if one.fault.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    return Waiting(safe, len(fixes) - safe)
