"""What a change reaches: the architecture of the last run and that of today, compared in all that rules can read.

Nothing is foretold from what was edited. What links lead to is compared as it was resolved, so an id that is taken,
given back, spelt otherwise or moved shows itself at the elements whose links lead elsewhere now.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spbe_arch.cache import digest_of
from spbe_arch.interrupting import step
from spbe_arch.metamodel import types
from spbe_arch.packing import UnusablePackError, plain_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from spbe_arch.architecture import Architecture
    from spbe_arch.manifest import Manifest
    from spbe_arch.records import FileResult, Row

__all__ = ["Basis", "Before", "FileBefore", "Plan", "Reach", "Read", "reach"]

Plan: TypeAlias = "tuple[str, tuple[str, ...], tuple[str, ...]]"
"""A section, with the sections and fields whose links may lead to it."""


class Read(NamedTuple):
    """What was read while some rules ran; elements are told by their numbers."""

    rows: Collection[int]
    """Elements of which something was read that is written at them, or where their links lead."""
    ends: Collection[int]
    """Elements of which it was asked which links lead to them."""
    asked: AbstractSet[tuple[str, Plan]]
    """Kinds of links of which rules asked whether all are known, each with the code of the rule."""
    sections: AbstractSet[str]
    """Sections of which it was asked which elements there are."""
    everything: bool
    """Whether a question was asked that any change may answer otherwise."""


class FileBefore(NamedTuple):
    """A file of a run."""

    digest: str
    """Of its text; empty if that is not known."""
    elements: int
    """How many it has; they are numbered through, in the order of the files."""


@dataclass(slots=True)
class Basis:
    """What a run of the rules looked at, as far as it is compared."""

    about: str
    """Stands for what everything rests on: day, manifests, tables, own codes, taken ids, what is missing as a whole."""
    files: dict[str, FileBefore]
    strangers: list[tuple[str, str, str]]
    """Elements of agencies that are not loaded, in the order of their numbers, which follow those of the files."""
    links: dict[tuple[str, str], tuple[Sequence[int], Sequence[int]]]
    """Where the links of each section and field begin and end."""
    lacking: dict[Plan, frozenset[str]] = field(default_factory=dict)
    """The agencies of which some links of a kind are not known."""

    @classmethod
    def of(cls, facts: Architecture) -> Basis:
        """Of a strict architecture."""
        return cls(
            _about(facts),
            {file.path: FileBefore(file.digest, len(numbers)) for file, numbers in facts.stretches()},
            list(facts.strangers()),
            {(section, field): (sources, targets) for section, field, sources, targets in facts.pairs()},
        )


class Before(NamedTuple):
    """The last run: what it looked at, and what is still at hand of that."""

    basis: Basis
    files: Mapping[str, FileResult]
    """What the files said, by path; empty if only their digests are known."""
    results: Callable[[Mapping[str, str]], Mapping[str, FileResult]]
    """What is known of texts that there were: of digests by path, the results by path."""


_OF_TEXT = ("faults", "agency_region", "member_regions")
"""What of a manifest no rule sees: where things stand in it, and what reading found."""


def _about(facts: Architecture) -> str:
    manifests = [_plain(member.manifest) for member in facts.members]
    own_codes = [
        (file.path, sorted(file.references.items()))
        for member in facts.members
        for file in member.files
        if file.references
    ]
    taken = [
        [(facts.section_at(one), facts.row_at(one).id, facts.file_at(one).path) for one in pair]
        for pair in facts.duplicates
    ]
    agencies = sorted({member.manifest.agency for member in facts.members})
    missing = [(one, facts.lacks(one), facts.is_incomplete(one), sorted(facts.naming(one))) for one in agencies]
    tables = [digest_of(_bytes(facts.texts.get(path, ""))) for path in facts.manifest.tables]
    told = (facts.day.isoformat(), manifests, own_codes, taken, missing, tables)
    return digest_of(json.dumps(told, sort_keys=True).encode())


def _plain(manifest: Manifest) -> dict[str, Any]:
    found = {one.name: getattr(manifest, one.name) for one in fields(manifest) if one.name not in _OF_TEXT}
    return {**found, "date": str(manifest.date), "doubtful": sorted(manifest.doubtful)}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def reach(before: Before, facts: Architecture, today: Basis) -> Reach | None:
    """What differs between the last run and today; None if anything may."""
    if before.basis.about != today.about:
        return None
    reached = Reach(before.basis, today)
    reached.look_at_files(before, facts)
    reached.look_at_strangers()
    reached.look_at_links()
    reached.plans = {plan for plan, lacking in before.basis.lacking.items() if facts.leading_to(*plan)[1] != lacking}
    return reached


class Reach:
    """What changes reach; elements are told by the numbers that they had."""

    def __init__(self, basis: Basis, today: Basis) -> None:
        self._basis = basis
        self._today = today
        self._count = sum(file.elements for file in basis.files.values())
        self._count_now = sum(file.elements for file in today.files.values())
        self.now: list[int] = [-1] * (self._count + len(basis.strangers))
        """The numbers of today by those before; -1 for an element that is no longer there."""
        self._then: list[int] = [-1] * (self._count_now + len(today.strangers))
        self._changed: set[str] = set()
        self._stretches: dict[str, range] = {}
        self.rows: set[int] = set()
        """Elements that say something else, or whose links lead elsewhere."""
        self.ends: set[int] = set()
        """Elements to which other links lead."""
        self.plans: set[Plan] = set()
        self.sections: set[str] = set()
        """Sections of which elements came or went, or stand in another order."""
        self.is_in_place = True
        """Whether every element that is still there has the number that it had."""

    # --- comparing ---------------------------------------------------------------------------------------

    def look_at_files(self, before: Before, facts: Architecture) -> None:
        """Tell changed files from others, and in them changed elements from others."""
        today = {file.path: (file, numbers) for file, numbers in facts.stretches()}
        manifests = {member.manifest.path for member in facts.members}
        first = 0
        changed: dict[str, range] = {}
        for path, (digest, count) in self._basis.files.items():
            step()
            then = self._stretches[path] = range(first, first + count)
            first += count
            file, now = today.get(path, (None, range(0)))
            is_same = file is not None and (
                path in manifests or before.files.get(path) is file or digest == file.digest != ""
            )
            if is_same and len(now) == count:
                self._map(then, now)
            else:
                changed[path] = then
        self._changed = set(changed)
        came = [path for path in today if path not in self._basis.files]
        unknown = {path: self._basis.files[path].digest for path, then in changed.items() if then and path in today}
        unknown = {path: digest for path, digest in unknown.items() if digest and path not in before.files}
        old = {**before.files, **(before.results(unknown) if unknown else {})}
        for path, then in changed.items():
            file, now = today.get(path, (None, range(0)))
            rows = old[path].rows if path in old else []
            if len(rows) < len(then):  # nobody knows what was there
                self.sections.update(types())
                continue
            self._look_at_sections(rows, file)
            if file is not None:
                self._look_at_rows(rows, then, file.rows, now)
        for path in came:
            self._look_at_sections([], today[path][0])
        gone = {number for then in changed.values() for number in then if self.now[number] < 0}
        self.rows |= gone
        self.ends |= gone

    def _look_at_sections(self, old: list[Row], new: FileResult | None) -> None:
        """The sections of which a file has other elements, or in another order."""
        before, after = _by_section(old), _by_section(new.rows if new else [])
        self.sections.update(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))

    def _look_at_rows(self, old: list[Row], then: range, new: list[Row], now: range) -> None:
        """The elements of one file that are still there, and which of them say something else.

        Where ids stand twice or in another order, none is taken to be the same.
        """
        before = {row.id: number for row, number in zip(old, then, strict=True)}
        after = {row.id: number for row, number in zip(new, now, strict=True)}
        if len(before) < len(old) or len(after) < len(new):
            return
        if [id for id in before if id in after] != [id for id in after if id in before]:
            return
        for id, number in before.items():
            if id not in after:
                continue
            one, other = old[number - then.start], new[after[id] - now.start]
            if one.shape.type is other.shape.type:
                self._pair(number, after[id])
                if not _says_the_same(one, other):
                    self.rows.add(number)

    def _map(self, then: range, now: range) -> None:
        self.now[then.start : then.stop] = now
        self._then[now.start : now.stop] = then
        self.is_in_place &= then == now

    def _pair(self, then: int, now: int) -> None:
        self.now[then] = now
        self._then[now] = then
        self.is_in_place &= then == now

    def look_at_strangers(self) -> None:
        """Elements of agencies that are not loaded are the same, unless several are called so."""
        before, today = self._basis.strangers, self._today.strangers
        numbers = {one: number for number, one in enumerate(today)}
        once = Counter(before) + Counter(today)
        for number, one in enumerate(before, self._count):
            if one in numbers and once[one] == 2:
                self._pair(number, self._count_now + numbers[one])

    def look_at_links(self) -> None:
        """Links that are there on one side only, told at both of their ends."""
        width = len(self._then) + 1
        nothing: tuple[Sequence[int], Sequence[int]] = ((), ())
        now = self.now
        is_all_the_same = now == list(range(len(self._then)))
        for name in self._basis.links.keys() | self._today.links.keys():
            step()
            sources, targets = self._basis.links.get(name, nothing)
            sources_now, targets_now = self._today.links.get(name, nothing)
            if is_all_the_same and (sources, targets) == (sources_now, targets_now):
                continue
            mapped = [now[one] * width + now[other] for one, other in zip(sources, targets, strict=True)]
            today = [one * width + other for one, other in zip(sources_now, targets_now, strict=True)]
            if mapped == today:
                continue
            before, after = Counter(mapped), Counter(today)
            for number, pair in enumerate(mapped):
                if before[pair] != after[pair]:
                    self.rows.add(sources[number])
                    self.ends.add(targets[number])
            for pair in after - before:
                one, other = divmod(pair, width)
                self.rows.add(self._then[one])
                self.ends.add(self._then[other])

    # --- asking ------------------------------------------------------------------------------------------

    def reaches_file(self, path: str) -> bool:
        """Whether a file has changed, or the links of an element of it lead elsewhere."""
        return path in self._changed or path in self._reached_paths

    @cached_property
    def _reached_paths(self) -> set[str]:
        """The files with elements that are reached themselves."""
        paths = list(self._stretches)
        starts = [numbers.start for numbers in self._stretches.values()]
        return {paths[bisect_right(starts, number) - 1] for number in self.rows if number < self._count}

    def reaches(self, read: Read) -> bool:
        """Whether something that was read has changed."""
        return self.reaches_elements(read) or bool(self.rules_reached(read))

    def reaches_elements(self, read: Read) -> bool:
        """Whether it has, beyond whether all links of a kind are known."""
        return (
            read.everything
            or (bool(self.rows) and not self.rows.isdisjoint(read.rows))
            or (bool(self.ends) and not self.ends.isdisjoint(read.ends))
            or not self.sections.isdisjoint(read.sections)
        )

    def rules_reached(self, read: Read) -> frozenset[str]:
        """The codes of the rules that asked for kinds of links of which others are unknown now."""
        return frozenset(code for code, plan in read.asked if plan in self.plans) if self.plans else frozenset()

    def renumbered(self, read: Read) -> Read:
        """The same, by the numbers of today; only for what is not reached."""
        now = self.now
        rows, ends = {now[one] for one in read.rows}, {now[one] for one in read.ends}
        return read._replace(rows=rows, ends=ends)


def _by_section(rows: list[Row]) -> dict[str, list[str]]:
    """The ids of some elements by section, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.shape.type.section].append(row.id)
    return found


def _says_the_same(one: Row, other: Row) -> bool:
    """Codes are equal whatever name was written behind them, so equal rows are looked at as they are written, too."""
    try:
        return one == other and repr(plain_row(one)) == repr(plain_row(other))
    except UnusablePackError:
        return False
