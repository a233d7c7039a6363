"""What reading one file yields, compactly: rows of values that know no graph and no place.

A `FileResult` is a pure function of a text and the limits. It is all that is sent between processes or kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.metamodel import TypeInfo, type_of
from spbe_arch.metamodel.references import NamedCode

if TYPE_CHECKING:
    from spbe_arch.findings import Fault
    from spbe_arch.nodes import Comment
    from spbe_arch.own import OwnRule

__all__ = ["FileResult", "Notes", "Row", "Shape", "notes_of", "shape"]


class Shape:
    """The type of an element and the fields that are written at it; elements written alike share one."""

    def __init__(self, section: str, fields: tuple[str, ...], inherited: int = 0) -> None:
        self.type: TypeInfo = type_of(section)
        self.fields = fields
        """Canonical names, in the order written; those from `defaults` come last."""
        self.inherited = frozenset(fields[len(fields) - inherited :])
        """Those from `defaults`: what is wrong with one is wrong once in the file, not at each element."""

    def __reduce__(self) -> Any:
        return shape, (self.type.section, self.fields, len(self.inherited))

    @cached_property
    def positions(self) -> dict[str, int]:
        """Field → its position among the values."""
        return {name: position for position, name in enumerate(self.fields)}

    @cached_property
    def links(self) -> tuple[tuple[int, str], ...]:
        """The positions and names of the link fields."""
        links = self.type.links
        return tuple((position, name) for position, name in enumerate(self.fields) if name in links)

    @cached_property
    def codes(self) -> tuple[tuple[int, str, str], ...]:
        """The positions and names of the code fields, with the prefixes of their tables."""
        fields = self.type.fields
        return tuple(
            (position, name, fields[name].codes) for position, name in enumerate(self.fields) if fields[name].codes
        )


_SHAPES: dict[tuple[str, tuple[str, ...], int], Shape] = {}


def shape(section: str, fields: tuple[str, ...], inherited: int = 0) -> Shape:
    """The one shape of this section and these fields, of which the last so many come from `defaults`."""
    known = _SHAPES.get((section, fields, inherited))
    if known is None:
        known = _SHAPES.setdefault((section, fields, inherited), Shape(section, fields, inherited))
    return known


class Row(NamedTuple):
    """One element: its id, and the values of the fields that are written at it."""

    id: str
    shape: Shape
    values: tuple[Any, ...]
    unknown: tuple[str, ...] = ()
    """Fields that could not be read; `*` stands for any that is not written, `?` for any if the file was cut off."""

    def get(self, name: str) -> Any:
        """The value of a field, or None if it is not written."""
        position = self.shape.positions.get(name)
        return None if position is None else self.values[position]


@dataclass(slots=True)
class FileResult:
    """All that one file says."""

    path: str
    rows: list[Row] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The agency's own codes below level 2: code → name and description."""
    own_rules: list[OwnRule] = field(default_factory=list)
    """The agency's own rules, as data."""
    views: dict[str, Any] = field(default_factory=dict)
    """The agency's own views: id → what is written, as plain values; `definitions` says what it means."""
    faults: list[Fault] = field(default_factory=list)
    comments: tuple[Comment, ...] = ()
    """Those that speak to this program."""
    complete: bool = True
    """Whether everything was read; if not, any element may have stood behind the fault."""
    finished: bool = True
    """Whether the last line ends in a line break."""
    lost: frozenset[str] = frozenset()
    """Ids of elements that could not be kept."""

    def as_if_whole(self) -> FileResult:
        """The same file, taken for whole although its last line has no line break."""
        if self.finished:
            return self
        rows = [row._replace(unknown=tuple(name for name in row.unknown if name != "?")) for row in self.rows]
        return replace(self, rows=rows, finished=True)

    strange: frozenset[str] = frozenset()
    """What would be ids if the file, in which no section is known, were part of the model after all."""
    mentions: frozenset[str] = frozenset()
    """In a file with faults, all that may be another agency: what is not read may be a link to an element of it."""
    digest: str = field(default="", compare=False)
    """Stands for the text; empty if nobody asked for it."""


class Notes(NamedTuple):
    """What of a file the whole is asked about, so that nobody has to pass over all elements for it.

    Elements are told by their places among the rows.
    """

    allowing: tuple[int, ...]
    """Elements with justifications, or with some that cannot be read."""
    capitals: tuple[int, ...]
    """Elements whose ids differ from what they are in small letters."""
    registered: tuple[str, ...]
    """The official numbers, each behind the section that it is of."""
    codes: dict[tuple[str, str], str]
    """The reference codes, with the names written behind them, and the prefixes of their tables."""
    runs: tuple[tuple[str, int], ...]
    """Sections, each with how many elements of it follow each other."""


def notes_of(file: FileResult) -> Notes:
    """The notes of a file."""
    allowing: list[int] = []
    capitals: list[int] = []
    registered: list[str] = []
    codes: dict[tuple[str, str], str] = {}
    for number, row in enumerate(file.rows):
        positions = row.shape.positions
        if "allow" in positions or "allow" in row.unknown:
            allowing.append(number)
        if row.id.casefold() != row.id:
            capitals.append(number)
        if "registry_id" in positions:
            registered.append(f"{row.shape.type.section} {row.values[positions['registry_id']]}")
        for position, _, prefix in row.shape.codes:
            value = row.values[position]
            for code in value if type(value) is tuple else (value,):
                codes[code, code.written_name if isinstance(code, NamedCode) else ""] = prefix
    sections = groupby(row.shape.type.section for row in file.rows)
    runs = tuple((section, len(list(some))) for section, some in sections)
    return Notes(tuple(allowing), tuple(capitals), tuple(registered), codes, runs)
