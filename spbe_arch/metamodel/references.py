"""The national reference tables (Referensi Arsitektur) and the codes that people write.

The tables are package data, one file a table and one entry a line, under `tables/` and the period that the
regulation gives them. A table is read when it is first asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from string import ascii_letters
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "PREFIXES",
    "CodeFault",
    "Completeness",
    "Entry",
    "NamedCode",
    "OwnCode",
    "ParsedCode",
    "ReferenceLevel",
    "ReferenceTable",
    "parse_code",
    "table",
]

PREFIXES = ("RAB", "RAL", "RAD", "RAA", "RAI", "RAK")
"""Of the six tables: business processes, services, data, applications, infrastructure, security."""

_VERSIONS = ("2020-2024",)
"""The folders under `tables/`, oldest first; Perpres 132/2022 holds until a successor exists."""

_NATIONAL_LEVELS = 2
"""Levels 1 and 2 are set by Perpres 132/2022 for everybody, the deeper ones by each agency for itself."""


class Entry(NamedTuple):
    """A code of a reference table and what it stands for."""

    code: str
    level: int
    """The number of pairs of digits in the code."""
    name_id: str
    name_en: str
    """A translation of this project; the regulation has none."""
    confidence: str = "high"
    """high, medium, low; what is low is contested between the sources, or its name was not found."""
    sources: tuple[str, ...] = ()
    """Keys of the `sources` of the table."""
    also: tuple[str, ...] = ()
    """Other Indonesian names that sources give it."""
    rab: str | None = None
    """The business process code of the same affair or function, where the table names one."""
    note: str = ""
    own: bool = False
    """Whether an agency defined it, or renamed it, for itself."""

    def name(self, language: str) -> str:
        """The name in Indonesian ("id"), else in English."""
        return self.name_id if language == "id" else self.name_en

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, whatever the case and the spaces."""
        return _folded(name) in {_folded(known) for known in (self.name_id, self.name_en, *self.also)}

    def resembles(self, name: str) -> bool:
        """Whether a name has a telling word of one of its names, a slip allowed, or is made of its first letters."""
        from rapidfuzz import fuzz

        names = [_folded(known).split() for known in (self.name_id, self.name_en, *self.also)]
        if any(_folded(name) == "".join(word[0] for word in words) for words in names):
            return True
        written = [word for word in _folded(name).split() if word not in _GENERAL_WORDS]
        known = {word for words in names for word in words if word not in _GENERAL_WORDS}
        return any(fuzz.ratio(one, other, score_cutoff=_A_SLIP) for one in written for other in known)


_A_SLIP = 80
"""Per cent of likeness from which two words are one with a slip."""

_GENERAL_WORDS = frozenset(["dan", "urusan", "bidang", "layanan", "pelayanan", "data", "and", "of", "the"])
"""Words that stand in names of every kind."""


class OwnCode(NamedTuple):
    """What an agency says of a code of its own."""

    name: str
    description: str = ""


class ReferenceLevel(NamedTuple):
    """What a level of a table is called, and who sets its codes."""

    level: int
    name_id: str
    name_en: str
    set_by: str

    def name(self, language: str) -> str:
        """The name in Indonesian ("id"), else in English."""
        return self.name_id if language == "id" else self.name_en


class Completeness(NamedTuple):
    """Whether a level of a table holds every code there is, so that an unknown one is wrong."""

    level: int
    complete: bool
    note: str


@dataclass(frozen=True)
class ReferenceTable(Collection[str]):
    """One of the six tables: a collection of codes, in their order, that knows what each stands for.

    >>> services = table("RAL")
    >>> services.name("RAL.01.16", "en")
    'Licensing and accreditation'
    >>> "RAL.01.99" in services, services.complete(1)
    (False, True)
    """

    prefix: str
    version: str
    """The period that the regulation gives the table, as in "2020-2024"."""
    title_id: str
    title_en: str
    legal_basis: str
    levels: tuple[ReferenceLevel, ...]
    completeness: tuple[Completeness, ...]
    """By level; a deeper one than these is never complete."""
    sources: Mapping[str, str]
    notes: tuple[str, ...]
    _entries: Mapping[str, Entry]

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<ReferenceTable {self.prefix} {self.version}: {len(self)} codes>"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of their codes, each before what is below it."""
        return tuple(self._entries.values())

    def entry(self, code: str) -> Entry | None:
        """The entry of a code in its full form, as in "RAL.01.16"."""
        return self._entries.get(code)

    def gainsays(self, code: str) -> Entry | None:
        """The entry of a code that was written with a name which is not, and does not resemble, the entry's own.

        Levels 1 and 2 and the codes that an agency describes are compared; below, agencies differ (A5).
        """
        entry = self._entries.get(code)
        name = code.written_name if isinstance(code, NamedCode) else ""
        if not name or entry is None or not (entry.own or entry.level <= _NATIONAL_LEVELS):
            return None
        if entry.is_called(name):
            return None
        other = self.called(name)
        kin = other is not None and (other.code.startswith(entry.code) or entry.code.startswith(other.code))
        return entry if (other is not None and not kin) or not entry.resembles(name) else None

    def called(self, name: str) -> Entry | None:
        """The first entry that has a name, whatever the case and the spaces."""
        return next((entry for entry in self._entries.values() if entry.is_called(name)), None)

    def name(self, code: str, language: str) -> str | None:
        """The name of a code in Indonesian ("id"), else in English; None if the table lacks the code."""
        found = self._entries.get(code)
        return found and found.name(language)

    def parent(self, code: str) -> Entry | None:
        """The entry one level up, if the table holds it; the code itself need not be known."""
        return self._entries.get(code.rpartition(".")[0])

    def children(self, code: str) -> tuple[Entry, ...]:
        """The entries one level down, in order; those of level 1 are below the prefix."""
        return self._children.get(code, ())

    def complete(self, level: int) -> bool:
        """Whether every code of the level is in the table; never so where agencies define their own."""
        return any(about.complete for about in self.completeness if about.level == level)

    def extended(self, codes: Mapping[str, OwnCode]) -> ReferenceTable:
        """This table with codes of an agency, which may also rename what the table has below level 2.

        A code whose parent is unknown is accepted; the gap is for a rule to report.

        Args:
            codes: By code in its full form.

        Raises:
            ValueError: A code is not one of this table, or is of level 1 or 2, which are national.
        """
        entries = dict(self._entries)
        for code, own in codes.items():
            entries[code] = self._own_entry(code, own)
        return replace(self, _entries=dict(sorted(entries.items())))

    def _own_entry(self, code: str, own: OwnCode) -> Entry:
        if not re.fullmatch(_FULL_CODE, code) or not code.startswith(self.prefix):
            raise ValueError(f"{code!r} is not a code of the table {self.prefix}")
        if _level(code) <= _NATIONAL_LEVELS:
            raise ValueError(f"{code!r} is of level {_level(code)}, and levels 1 and 2 are national")
        return Entry(code, _level(code), own.name, own.name, note=own.description, own=True)

    @cached_property
    def _children(self) -> Mapping[str, tuple[Entry, ...]]:
        below: dict[str, list[Entry]] = {}
        for code, entry in self._entries.items():
            below.setdefault(code.rpartition(".")[0], []).append(entry)
        return {parent: tuple(entries) for parent, entries in below.items()}


def table(prefix: str, period: str = "2025-2029") -> ReferenceTable:
    """The table in force for a period; every call yields the same object.

    Args:
        prefix: One of `PREFIXES`.
        period: Of the architecture, as in its manifest.

    Raises:
        ValueError: There is no such table.
    """
    if prefix not in PREFIXES:
        raise ValueError(f"there is no reference table {prefix!r}; the six are {', '.join(PREFIXES)}")
    begun = [version for version in _VERSIONS if version[:4] <= period[:4]]
    return _read(prefix, begun[-1] if begun else _VERSIONS[0])


@cache
def _read(prefix: str, version: str) -> ReferenceTable:
    # Beside the module, not through importlib.resources: its import takes ten times as long as the reading.
    path = Path(__file__).with_name("tables") / version / f"{prefix.lower()}.json"
    data = json.loads(path.read_bytes())
    return ReferenceTable(
        prefix=data["table"],
        version=data["version"],
        title_id=data["title"]["id"],
        title_en=data["title"]["en"],
        legal_basis=data["legal_basis"],
        levels=tuple(ReferenceLevel(**level) for level in data["levels"]),
        completeness=tuple(Completeness(**level) for level in data["completeness"]),
        sources=data["sources"],
        notes=tuple(data["notes"]),
        _entries={row["code"]: _entry(row) for row in data["entries"]},
    )


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        row["code"],
        row["level"],
        row["name_id"],
        row["name_en"],
        row["confidence"],
        tuple(row["sources"]),
        tuple(row.get("also", ())),
        row.get("rab_affair") or row.get("rab_function"),
        row.get("note", ""),
    )


def _level(code: str) -> int:
    return code.count(".")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


# What people write in a code field


class ParsedCode(NamedTuple):
    """A code in its full form, and the name that was written after it."""

    code: str
    name: str = ""


class NamedCode(str):
    """A code that was written with a name after it, as in "RAL.01.16 Perizinan"."""

    __slots__ = ("written_name",)

    written_name: str
    """As typed; it is compared with the name in the table (A5)."""

    def __new__(cls, code: str, name: str) -> Self:
        made = super().__new__(cls, code)
        made.written_name = name
        return made

    def __reduce__(self) -> tuple[type[NamedCode], tuple[str, str]]:
        return NamedCode, (str(self), self.written_name)


class CodeFault(NamedTuple):
    """Why a text is no code of its table, and what it probably was."""

    kind: Literal["wrong-prefix", "bad-form", "spreadsheet-damage"]
    text: str
    candidates: tuple[str, ...] = ()
    """Codes of the table, the likeliest first."""
    prefix: str = ""
    """Of the other table, for a wrong prefix."""


_NUMBERS = r"[0-9]{2}(?:\.[0-9]{2}){0,6}"
_FULL_CODE = rf"[A-Z]{{3}}\.{_NUMBERS}"
_WRITTEN_CODE = rf"(?s)(?:(?P<prefix>[A-Za-z]{{3}})\.)?(?P<numbers>{_NUMBERS})(?:\s+(?:[-–—:]\s*)?(?P<name>.*))?"
_NUMBERS_SOMEHOW = r"[0-9\s.,/_-]*"


def parse_code(text: str, prefix: str, within: ReferenceTable | None = None) -> ParsedCode | CodeFault:
    """Read a code as people write it: with or without the prefix, alone or before its name.

    Whether the table holds the code is not asked; a table is looked up only to say what a fault probably was.

    Args:
        text: As typed.
        prefix: Of the table of the field, as in "RAL".
        within: The table to look in for candidates; by default the national one.

    >>> parse_code("01.16  Perizinan", "RAL")
    ParsedCode(code='RAL.01.16', name='Perizinan')
    >>> parse_code("2.1", "RAB").candidates
    ('RAB.02.10', 'RAB.02.01')
    """
    written = text.strip()
    match = re.fullmatch(_WRITTEN_CODE, written)
    if match and (match["prefix"] or prefix).upper() == prefix:
        return ParsedCode(f"{prefix}.{match['numbers']}", " ".join((match["name"] or "").split()))
    word = written[: len(written) - len(written.lstrip(ascii_letters))]
    if word.upper() in PREFIXES and word.upper() != prefix:
        return CodeFault("wrong-prefix", text, prefix=word.upper())
    known = table(prefix) if within is None else within
    if undamaged := _undamaged(written):
        return CodeFault("spreadsheet-damage", text, _known(undamaged, known))
    spelled = _respelled(written[len(word) :] if word.upper() == prefix else written)
    return CodeFault("bad-form", text, _known(spelled, known))


def _known(readings: list[str], within: ReferenceTable) -> tuple[str, ...]:
    codes = [f"{within.prefix}.{reading}" for reading in readings]
    return tuple(code for code in codes if code in within)


# A code without its prefix looks to a spreadsheet like a number or a date: `02.10` becomes 2.1, `01.02`
# becomes 1.02, `02.01.01` the first of February 2001 (all three seen in the annex of a ministry's decree).
# Indonesian has a dot between hours and minutes (CLDR), so a time is possible as well. The patterns are
# compiled when a fault needs them, not at every start.
_NUMBER = r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?"
_ISO_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.]*)?"
_SLASH_DATE = r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})"
_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"


def _undamaged(written: str) -> list[str]:
    """What the cell may have held, the likeliest first; nothing if no spreadsheet would write this."""
    if number := re.fullmatch(_NUMBER, written):
        return _from_number(*number.groups())
    if date := re.fullmatch(_ISO_DATE, written):
        year, month, day = date.groups()
        return _dotted((month, day, year[2:]), (day, month, year[2:]))
    if date := re.fullmatch(_SLASH_DATE, written):
        first, second, year = date.groups()
        return _dotted((first, second, year[-2:]), (second, first, year[-2:]))
    if time := re.fullmatch(_TIME, written):
        hours, minutes, seconds = time.groups("00")
        return _dotted((hours, minutes)) if seconds == "00" else _dotted((hours, minutes, seconds))
    return []


def _from_number(whole: str, fraction: str | None) -> list[str]:
    if fraction is None or not fraction.strip("0"):
        return _dotted((whole,))
    if len(fraction) == 1:
        return _dotted((whole, fraction + "0"), (whole, fraction))
    return _dotted((whole, fraction))


def _respelled(written: str) -> list[str]:
    """The leading digits in pairs, whatever stands between them: `9.5`, `0905`, `09-05`."""
    pairs: list[str] = []
    numbers = re.match(_NUMBERS_SOMEHOW, written)
    for digits in re.findall("[0-9]+", numbers.group()) if numbers else ():
        if len(digits) > 1 and len(digits) % 2:
            return []
        pairs += [digits] if len(digits) == 1 else re.findall("..", digits)
    return _dotted(pairs) if pairs else []


def _dotted(*codes: tuple[str, ...] | list[str]) -> list[str]:
    dotted = [".".join(pair.zfill(2) for pair in pairs) for pairs in codes]
    return list(dict.fromkeys(dotted))
