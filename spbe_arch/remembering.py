"""What the last run of the rules found, and all that it rests on: for the next run, in this process or another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.cache import digest_of
from spbe_arch.packing import fault_of, plain_fault
from spbe_arch.running import Found, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache
    from spbe_arch.records import FileResult
    from spbe_arch.running import Plan

__all__ = [
    "Before",
    "LastingMemory",
    "Loose",
    "Memory",
    "Record",
    "about",
    "loose_links",
    "packed_record",
    "stretches",
    "unpacked_record",
]


class FileBefore(NamedTuple):
    """A file of the run that a record is of."""

    digest: str
    elements: int
    """How many it has; they are numbered through, in the order of the files."""


class Loose(NamedTuple):
    """A link that leads nowhere, or to a unit by its name."""

    source: int
    field: str
    item: int
    text: str
    reason: str
    inside: str
    target: int
    """The number of the unit; -1 if there is none."""


@dataclass(slots=True)
class Record:
    """What a run found, with all that it rests on; numbers of elements are those of that run."""

    name: str
    """Stands for the rules and their parameters."""
    about: str
    """Stands for what every part rests on: day, manifests, codes of the agencies' own, what is missing as a whole."""
    files: dict[str, FileBefore]
    parts: dict[str, Piece]
    """Of the elements of each file, by path."""
    groups: dict[str, dict[str, Piece]]
    """By the code of the rule, and by what stands for the key."""
    plans: dict[Plan, frozenset[str]]
    """The agencies of which some links of a kind were not known."""
    loose: frozenset[Loose]

    @classmethod
    def of(cls, facts: Architecture, name: str, parts: dict[str, Piece], groups: dict[str, dict[str, Piece]]) -> Record:
        """The record of a run."""
        files = {file.path: FileBefore(file.digest, len(numbers)) for file, numbers in stretches(facts)}
        record = cls(name, about(facts), files, parts, groups, {}, loose_links(facts))
        asked = {plan for part in record.pieces() for plan in part.read.plans}
        record.plans = {plan: facts.leading_to(*plan)[1] for plan in sorted(asked)}
        return record

    @property
    def codes(self) -> set[str]:
        """Of the rules that found something, or that group."""
        return {one.code for part in self.pieces() for one in part.found}.union(self.groups)

    def pieces(self) -> Iterator[Piece]:
        """What came of every file and group."""
        yield from self.parts.values()
        for of_rule in self.groups.values():
            yield from of_rule.values()


def stretches(facts: Architecture) -> Iterator[tuple[FileResult, range]]:
    """Every file, manifests among them, with the numbers of its elements."""
    first = 0
    for member in facts.members:
        for file in (facts.file_at(first), *member.files):
            yield file, range(first, first + len(file.rows))
            first += len(file.rows)


def about(facts: Architecture) -> str:
    manifests = [
        (one.path, one.agency, one.name, one.kind, one.period, str(one.date), one.members, one.complete, one.finished)
        for one in (member.manifest for member in facts.members)
    ]
    own_codes = [
        (file.path, sorted(file.references.items()))
        for member in facts.members
        for file in member.files
        if file.references
    ]
    taken = [
        (facts.row_at(one).shape.type.section, facts.row_at(one).id, facts.file_at(one).path, facts.file_at(first).path)
        for one, first in facts.duplicates
    ]
    agencies = sorted({member.manifest.agency for member in facts.members})
    known = [(one, facts.lacks(one), facts.is_incomplete(one), sorted(facts.naming(one))) for one in agencies]
    told = (facts.day.isoformat(), manifests, own_codes, taken, known)
    return digest_of(json.dumps(told).encode())


def loose_links(facts: Architecture) -> frozenset[Loose]:
    found = []
    for source, name, item, text, reason, inside in facts.unresolved:
        unit = facts.called(facts.agency_at(source), text) if reason == "spelling" else None
        found.append(Loose(source, name, item, text, reason, inside, -1 if unit is None else unit))
    return frozenset(found)


# --- memories --------------------------------------------------------------------------------------------------


class Before(NamedTuple):
    """The last run."""

    record: Record
    files: Mapping[str, FileResult]
    """What the files said, by path; empty if only their digests are known."""


class Memory:
    """What the last run found, kept while the program runs."""

    def __init__(self) -> None:
        self._before: Before | None = None

    def recall(self, name: str) -> Before | None:
        """The last run of some rules; None if it is not known."""
        return self._before if self._before is not None and self._before.record.name == name else None

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:  # noqa: ARG002 - others know some
        """What is known of texts that there were, by the paths of their files.

        Args:
            digests: of the texts, by path.
        """
        return {}

    def keep(self, record: Record, architecture: Architecture, fresh: int) -> None:  # noqa: ARG002 - others go by it
        """Keep what a run found, in place of the last.

        Args:
            record: of the run.
            architecture: that it looked at.
            fresh: how many files it had to look at again.
        """
        self._before = Before(record, {file.path: file for one in architecture.members for file in one.files})


_WORTH_WRITING = 50
"""One file in so many must have been looked at again before a record is written anew; it tells of what it rests on,
so an older one is as true."""


class LastingMemory(Memory):
    """What the last run found, kept in the user's cache folder as well."""

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache

    def recall(self, name: str) -> Before | None:
        before = super().recall(name)
        if before is not None:
            return before
        record = unpacked_record(self._cache.record(f"found-{name}") or b"", name)
        return Before(record, {}) if record is not None else None

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:
        return self._cache.results(digests)

    def keep(self, record: Record, architecture: Architecture, fresh: int) -> None:
        """Keep what a run found; what little changes reach is sooner looked at again than written."""
        super().keep(record, architecture, fresh)
        if fresh * _WORTH_WRITING < len(record.files):
            return
        self._cache.keep_record(f"found-{record.name}", packed_record(record))


def packed_record(record: Record) -> bytes:
    """A record as bytes.

    Raises:
        UnusablePackError: if a finding holds a value that has no plain form.
    """
    plans = {plan: number for number, plan in enumerate(record.plans)}
    plain = {
        "about": record.about,
        "files": [(path, *file) for path, file in record.files.items()],
        "plans": [(*plan, sorted(lacking)) for plan, lacking in record.plans.items()],
        "loose": sorted(record.loose),
        "parts": [_plain_part(record.parts[path], plans) for path in record.files],
        "groups": {
            code: {key: _plain_part(part, plans) for key, part in of_rule.items()}
            for code, of_rule in record.groups.items()
        },
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain_part(part: Piece, plans: Mapping[Plan, int]) -> list[Any]:
    read = part.read
    return [
        [(code, subject, plain_fault(fault)) for code, subject, fault in part.found],
        [(*where, count) for where, count in part.undecided.items()],
        sorted(read.rows),
        sorted(read.ends),
        sorted(plans[plan] for plan in read.plans),
        read.everything,
        part.keys,
        part.members,
    ]


def unpacked_record(data: bytes, name: str) -> Record | None:
    """The record that some bytes hold; None if they hold none that a run of today could have made."""
    if not data:
        return None
    try:
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        files = {_text(path): FileBefore(_text(digest), _number(count)) for path, digest, count in plain["files"]}
        most = sum(file.elements for file in files.values())
        plans = {
            (_text(section), tuple(map(_text, sources)), tuple(map(_text, fields))): frozenset(map(_text, lacking))
            for section, sources, fields, lacking in plain["plans"]
        }
        asked = list(plans)
        return Record(
            name,
            _text(plain["about"]),
            files,
            {path: _part(part, asked, most) for path, part in zip(files, plain["parts"], strict=True)},
            {
                code: {key: _part(part, asked, most) for key, part in of_rule.items()}
                for code, of_rule in plain["groups"].items()
            },
            plans,
            frozenset(_loose_link(one, most) for one in plain["loose"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _part(plain: list[Any], plans: list[Plan], most: int) -> Piece:
    found, undecided, rows, ends, asked, everything, keys, members = plain
    _check_numbers([subject for _, subject, _ in found], most)
    _check_numbers(rows, most)
    _check_numbers(ends, most)
    _check_numbers(members, most)
    _check_numbers(asked, len(plans))
    part = Piece(tuple(members))
    part.found = [Found(_text(code), subject, fault_of(fault)) for code, subject, fault in found]
    part.undecided.update({(_text(code), _text(path)): _number(count) for code, path, count in undecided})
    for code, (ordinals, of_rule) in keys.items():
        _check_numbers(ordinals, most)
        if not set(map(type, of_rule)) <= {str} or len(ordinals) != len(of_rule):
            raise ValueError("a key is none, or nobody's")
        part.keys[code] = ordinals, of_rule
    part.read.rows.update(rows)
    part.read.ends.update(ends)
    part.read.plans.update(plans[number] for number in asked)
    part.read.everything = bool(everything)
    return part


def _loose_link(plain: list[Any], most: int) -> Loose:
    source, field, item, text, reason, inside, target = plain
    _check_numbers([source, target + 1], most + 1)
    return Loose(source, _text(field), _number(item), _text(text), _text(reason), _text(inside), target)


def _check_numbers(numbers: list[int], most: int) -> None:
    """All are whole numbers from 0 on, below the most."""
    if not set(map(type, numbers)) <= {int} or (numbers and not 0 <= min(numbers) <= max(numbers) < most):
        raise ValueError("a number is none of an element")


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a number is none")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text is none")
    return value
