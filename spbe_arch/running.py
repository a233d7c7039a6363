"""Runs rules: over each element, over groups of elements that share a key, over the architecture as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spbe_arch.architecture import Part
from spbe_arch.findings import ElementName, Fault, Finding, Place
from spbe_arch.linking import at_ordinal
from spbe_arch.metamodel import Undecided
from spbe_arch.metamodel.declaring import ElementBase
from spbe_arch.rules import Check, Each, Group, OfAgency, Whole, is_called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Rule

__all__ = ["Found", "Justified", "Outcome", "Piece", "Plan", "Read", "Running", "Undecidedness", "assembled", "run"]

Plan: TypeAlias = "tuple[str, tuple[str, ...], tuple[str, ...]]"
"""A section, with the sections and fields whose links may lead to it."""


Undecidedness: TypeAlias = "Counter[tuple[str, str]]"
"""How often, by the code of a rule and the file of what it looked at; "" is the file of the architecture."""


class Outcome(NamedTuple):
    """What some rules found."""

    findings: list[Finding]
    undecided: Undecidedness
    """How often which rule could not decide in which file."""


class Found(NamedTuple):
    """What a rule found at an element, at a group, or in the whole."""

    code: str
    subject: int
    """The number of the element, or of the first of the group; -1 for the whole."""
    fault: Fault


class Read:
    """What was read while some rules ran, by the numbers of elements."""

    __slots__ = ("ends", "everything", "plans", "rows")

    def __init__(self) -> None:
        self.rows: set[int] = set()
        """Elements that were handed out."""
        self.ends: set[int] = set()
        """Elements whose other ends were asked for."""
        self.plans: set[Plan] = set()
        """Kinds of links of which it was asked whether all are known."""
        self.everything = False
        """Whether a question was asked that any change may answer otherwise."""


class Piece:
    """What came of running rules over some elements, or over a group."""

    __slots__ = ("found", "keys", "members", "read", "undecided")

    def __init__(self, members: tuple[int, ...] = ()) -> None:
        self.found: list[Found] = []
        self.undecided: Undecidedness = Counter()
        self.members = members
        """Of a group."""
        self.keys: dict[str, tuple[list[int], list[str]]] = {}
        """For each rule about groups, the elements of a file that are in some, and what stands for the key of each."""
        self.read = Read()
        """Of other files."""


def run(facts: Architecture, checks: list[Check]) -> Outcome:
    """Everything that some rules find.

    Args:
        facts: the strict architecture.
        checks: the rules; in the order in which findings at one place are told.
    """
    return assembled(facts, checks, [Running(facts, checks).everything()])


class Running:
    """Rules about to run over an architecture."""

    def __init__(
        self,
        facts: Architecture,
        checks: list[Check],
        watched: Architecture | None = None,
        justified: Justified | None = None,
    ) -> None:
        self.facts = facts
        self.shown = facts if watched is None else watched
        """What the rules see."""
        self.justified = Justified(facts) if justified is None else justified
        self.whole = [one for one in checks if isinstance(one.scope, (OfAgency, Whole))]
        self.each: dict[str, list[Check]] = defaultdict(list)
        self.grouping: dict[str, list[Check]] = defaultdict(list)
        self.groups = [one for one in checks if isinstance(one.scope, Group)]
        self.ranks = {section: rank for rank, section in enumerate(_sections_looked_at(checks))}
        for one in checks:
            if isinstance(one.scope, (Each, Group)):
                for section in one.scope.sections:
                    (self.each if isinstance(one.scope, Each) else self.grouping)[section].append(one)

    def everything(self) -> Piece:
        """What comes of all of them when nothing is known before."""
        part = Piece()
        for one in self.whole:
            for subject in self.shown.parts() if isinstance(one.scope, OfAgency) else [self.shown]:
                self.look(one, subject, -1, part)
        keys: dict[str, dict[Any, list[int]]] = {one.rule.code: {} for one in self.groups}
        for ordinal in self.facts.all_ordinals() if self.each or self.grouping else ():
            self.element(ordinal, part, keys)
        for one in self.groups:
            for members in keys[one.rule.code].values():
                if len(members) > 1:
                    self.group(one, members, part)
        return part

    def element(self, ordinal: int, part: Piece, keys: dict[str, dict[Any, list[int]]]) -> None:
        """Run the rules over one element, and put it into its groups."""
        section = self.facts.row_at(ordinal).shape.type.section
        each, grouping = self.each.get(section, ()), self.grouping.get(section, ())
        if not each and not grouping:
            return
        element = self.shown.at_ordinal(ordinal)
        for one in each:
            self.look(one, element, ordinal, part)
        for one in grouping:
            try:
                key = one.scope.key(element)  # type: ignore[union-attr]
            except Undecided:
                self.count(one, element, part)
                continue
            if key is not None:
                keys[one.rule.code].setdefault(key, []).append(ordinal)

    def group(self, one: Check, members: Iterable[int], part: Piece) -> None:
        """Run a rule over a group; all its members are given."""
        ordered = self.in_order(members)
        self.look(one, [self.shown.at_ordinal(ordinal) for ordinal in ordered], ordered[0], part)

    def in_order(self, members: Iterable[int]) -> tuple[int, ...]:
        """The members of a group as its rule gets them: by their ids, so that the order of files means nothing."""
        ranks, row_at = self.ranks, self.facts.row_at

        def rank(number: int) -> tuple[str, int, int]:
            row = row_at(number)
            return row.id, ranks.get(row.shape.type.section, -1), number

        return tuple(sorted(members, key=rank))

    def look(self, one: Check, subject: Any, ordinal: int, part: Piece) -> None:
        """Let a rule look at what its scope says: an element, a group of elements, or the architecture."""
        try:
            for fault in one.find(subject):
                if not (one.rule.admits_reason and self.justified.covers(one.rule, fault.place)):
                    part.found.append(Found(one.rule.code, ordinal, _named(fault, one.rule.code)))
        except Undecided:
            self.count(one, subject, part)

    def count(self, one: Check, subject: Any, part: Piece) -> None:
        """Once for what a rule looked at, in each file that a finding of it may stand in."""
        elements = subject if isinstance(subject, list) else [subject]
        for number, element in enumerate(elements):
            part.undecided[one.rule.code, self.path(element)] += not number

    def path(self, subject: Any) -> str:
        """The file of what a rule looked at."""
        if isinstance(subject, ElementBase):
            return self.facts.file_at(subject.ordinal).path
        return subject.manifest.path if isinstance(subject, Part) else ""


class Justified:
    """Knows what the elements justify."""

    def __init__(self, facts: Architecture) -> None:
        self._day = facts.day
        self._justifications = {at_ordinal(facts, ordinal): allow for ordinal, allow in facts.justifications()}

    def covers(self, rule: Rule, place: Place) -> bool:
        """Whether the element there says why the rule does not hold for it, and the time for that has not run out.

        Raises:
            Undecided: if what it says could not be read, or gives no reason; SPBE134 says so.
        """
        element = Place(place.path, element=place.element, section=place.section)
        if element not in self._justifications:
            return False
        allow = self._justifications[element]
        if allow is None:
            raise Undecided
        stated = [allowance for name, allowance in allow.items() if is_called(rule, name)]
        if not all(one.reason for one in stated):
            raise Undecided
        return any(one.until is None or one.until.last_day >= self._day for one in stated)


def _named(fault: Fault, code: str) -> Fault:
    """The fault with its code, and with names in place of elements."""
    values = {name: _symbolic(value) for name, value in fault.values.items()}
    return replace(fault, code=code, values=values)


def _symbolic(value: Any) -> Any:
    if isinstance(value, ElementBase):
        architecture = value.architecture
        return ElementName(value.info.section, architecture.id_at(value.ordinal) if architecture else value.id)
    if isinstance(value, list):
        items = [_symbolic(item) for item in value]
        are_elements = all(isinstance(item, ElementName) for item in items)
        return tuple(sorted(items, key=lambda name: name.id) if are_elements else items)
    return value


def assembled(facts: Architecture, checks: list[Check], pieces: Iterable[Piece]) -> Outcome:
    """The findings in one order: of the whole, of elements, of groups; by type, place in the files, and rule."""
    rules = {one.rule.code: (number, one) for number, one in enumerate(checks)}
    sections = {name: rank for rank, name in enumerate(_sections_looked_at(checks))}
    undecided: Undecidedness = Counter()
    ranked: list[tuple[tuple[int, ...], Finding]] = []
    for piece in pieces:
        undecided.update(piece.undecided)
        for code, subject, fault in piece.found:
            number, check = rules[code]
            rank: tuple[int, ...] = (0, number)
            if subject >= 0:
                section = sections.get(facts.row_at(subject).shape.type.section, -1)
                in_group = isinstance(check.scope, Group)
                rank = (2, number, section, subject) if in_group else (1, section, subject, number)
            ranked.append((rank, Finding(fault, check.rule.level)))
    ranked.sort(key=itemgetter(0))
    return Outcome([finding for _, finding in ranked], undecided)


def _sections_looked_at(checks: list[Check]) -> dict[str, None]:
    found: dict[str, None] = {}
    for kind in (Each, Group):
        for one in checks:
            if isinstance(one.scope, kind):
                found |= dict.fromkeys(one.scope.sections)
    return found
