"""Runs rules over elements, groups and agencies, and takes what they yield but for what the elements justify."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spbe_arch.architecture import Part
from spbe_arch.findings import ElementName, Fault, Finding, Place
from spbe_arch.interrupting import step
from spbe_arch.linking import at_ordinal
from spbe_arch.metamodel import Undecided
from spbe_arch.metamodel.declaring import ElementBase
from spbe_arch.rules import Check, Each, Group, Members, OfAgency, Whole, is_called

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from collections.abc import Set as AbstractSet

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Rule

__all__ = ["Keyed", "Outcome", "Piece", "Running", "Undecidedness", "gathered", "outcome", "run", "shared_out"]

Undecidedness: TypeAlias = "Counter[tuple[str, str]]"
"""How often, by the code of a rule and the file of what it looked at; "" is the file of the architecture."""


class Outcome(NamedTuple):
    """What some rules found."""

    findings: list[Finding]
    undecided: Undecidedness


class Keyed(NamedTuple):
    """Elements that are in groups of a rule, and the key of each."""

    ordinals: list[int]
    keys: list[Hashable]


class Piece:
    """What came of running rules over some elements, over a group, or over the whole."""

    __slots__ = ("found", "keys", "undecided")

    def __init__(self) -> None:
        self.found: list[tuple[str, Fault]] = []
        """Codes of rules with what they found."""
        self.undecided: Undecidedness = Counter()
        self.keys: dict[str, Keyed] = {}
        """For each rule about groups, the elements that are in one."""


def run(facts: Architecture, checks: list[Check], ordinals: Iterable[int] | None = None) -> Outcome:
    """Everything that some rules find.

    Args:
        facts: the strict architecture.
        checks: the rules.
        ordinals: the only elements to look at, by the rules about single ones; else all, and all rules.
    """
    if ordinals is not None:
        checks = [one for one in checks if isinstance(one.scope, Each)]
        return outcome(checks, [Running(facts, checks).elements(ordinals)])
    running = Running(facts, checks)
    elements = running.elements(facts.all_ordinals())
    pieces = [running.whole(one, subject) for one in running.wholes for subject in running.subjects(one).values()]
    pieces.append(elements)
    for one in running.groups:
        members = (some for some in gathered([elements], one).values() if len(some) > 1)
        pieces += (running.group(one, running.in_order(some)) for some in members)
    facts.let_go()
    return outcome(checks, pieces)


def shared_out(checks: list[Check]) -> tuple[list[Check], list[Check]]:
    """The rules in two shares of about equal work: those that compare names with each other come last."""
    others = [one for one in checks if not one.compares_names]
    return others, [one for one in checks if one.compares_names]


def outcome(checks: list[Check], pieces: Iterable[Piece]) -> Outcome:
    """What the pieces hold, as findings at the levels of their rules."""
    levels = {one.rule.code: one.rule.level for one in checks}
    findings: list[Finding] = []
    undecided: Undecidedness = Counter()
    for piece in pieces:
        findings += (Finding(fault, levels[code]) for code, fault in piece.found)
        if piece.undecided:
            undecided.update(piece.undecided)
    return Outcome(findings, undecided)


def gathered(
    pieces: Iterable[Piece], one: Check, wanted: AbstractSet[Hashable] | None = None
) -> dict[Hashable, list[int]]:
    """The elements that a rule groups, by key; also those that are by themselves.

    Args:
        pieces: that the elements are told by.
        one: the rule.
        wanted: the only keys to look for.
    """
    members: dict[Hashable, list[int]] = {}
    for piece in pieces:
        keyed = piece.keys.get(one.rule.code)
        if keyed is None or (wanted is not None and wanted.isdisjoint(keyed.keys)):
            continue
        for ordinal, key in zip(*keyed, strict=True):
            if wanted is None or key in wanted:
                members.setdefault(key, []).append(ordinal)
    return members


class Running:
    """Rules about to run over an architecture.

    Args:
        facts: the strict architecture.
        checks: the rules.
        shown: what the rules see of it, if that is another object.
    """

    def __init__(self, facts: Architecture, checks: list[Check], shown: Architecture | None = None) -> None:
        self.facts = facts
        self.shown = facts if shown is None else shown
        self.asking = ""
        """The code of the rule that has its turn."""
        self.groups = [one for one in checks if isinstance(one.scope, Group)]
        self.wholes = [one for one in checks if isinstance(one.scope, (OfAgency, Whole))]
        self._each: dict[str, list[Check]] = {}
        self._grouping: dict[str, list[tuple[Check, Group]]] = {}
        for one in checks:
            scope = one.scope
            if isinstance(scope, Each):
                for section in scope.sections:
                    self._each.setdefault(section, []).append(one)
            elif isinstance(scope, Group):
                for section in scope.sections:
                    self._grouping.setdefault(section, []).append((one, scope))
        self._justifications = {at_ordinal(facts, ordinal): allow for ordinal, allow in facts.justifications()}

    def subjects(self, one: Check) -> dict[str, Part | Architecture]:
        """What a rule about agencies is called with, each by its id; one about the architecture, with that."""
        if isinstance(one.scope, OfAgency):
            return {part.agency: Part(self.shown, part.manifest) for part in self.facts.parts()}
        return {"": self.shown}

    def whole(self, one: Check, subject: Part | Architecture) -> Piece:
        """Run a rule about an agency, or about the architecture."""
        step()
        piece = Piece()
        self._look(one, subject, piece)
        return piece

    def elements(self, ordinals: Iterable[int], codes: AbstractSet[str] | None = None) -> Piece:
        """Run the rules about single elements, and find the keys of the groups that the elements are in.

        Each element is handed out once for all rules.

        Args:
            ordinals: the elements.
            codes: of the only rules to run.
        """
        piece = Piece()
        sections, shown = self.facts.section_at, self.shown
        each_of, grouping_of = self._each, self._grouping
        if codes is not None:
            each_of = {name: [one for one in some if one.rule.code in codes] for name, some in each_of.items()}
            grouping_of = {
                name: [(one, scope) for one, scope in some if one.rule.code in codes]
                for name, some in grouping_of.items()
            }
        for ordinal in ordinals if each_of or grouping_of else ():
            section = sections(ordinal)
            each, grouping = each_of.get(section, ()), grouping_of.get(section, ())
            if not each and not grouping:
                continue
            step()
            element = shown.at_ordinal(ordinal)
            for one in each:
                self.asking = one.rule.code
                try:
                    for fault in one.find(element):
                        self._take(one, fault, piece)
                except Undecided:
                    self._count(one, element, piece)
            for one, scope in grouping:
                self.asking = one.rule.code
                try:
                    key = scope.key(element)
                except Undecided:
                    self._count(one, element, piece)
                    continue
                if key is not None:
                    keyed = piece.keys.setdefault(one.rule.code, Keyed([], []))
                    keyed.ordinals.append(ordinal)
                    keyed.keys.append(key)
        return piece

    def in_order(self, ordinals: Iterable[int]) -> tuple[int, ...]:
        """The members of a group in the order of ids: that of files means nothing."""
        rows = self.facts.rows
        return tuple(sorted(ordinals, key=lambda ordinal: (rows[ordinal].id, ordinal)))

    def group(self, one: Check, members: Iterable[int]) -> Piece:
        """Run a rule over a group; all its members are given, in order."""
        step()
        piece = Piece()
        self._look(one, Members[Any](self.shown, tuple(members)), piece)
        return piece

    def _look(self, one: Check, subject: Any, piece: Piece) -> None:
        """Let a rule look at what its scope says: an element, a group of elements, an agency, or the architecture."""
        self.asking = one.rule.code
        try:
            for fault in one.find(subject):
                self._take(one, fault, piece)
        except Undecided:
            self._count(one, subject, piece)

    def _take(self, one: Check, fault: Fault, piece: Piece) -> None:
        if not (one.rule.admits_reason and self._is_justified(one.rule, fault.place)):
            piece.found.append((one.rule.code, _named(fault, one.rule.code)))

    def _count(self, one: Check, subject: Any, piece: Piece) -> None:
        """Once for what a rule looked at, in each file that a finding of it may stand in."""
        for number, path in enumerate(self._paths(subject)):
            piece.undecided[one.rule.code, path] += not number

    def _paths(self, subject: Any) -> Iterable[str]:
        if isinstance(subject, Members):
            return subject.paths
        if isinstance(subject, ElementBase):
            return [self.facts.file_at(subject.ordinal).path]
        return [subject.manifest.path if isinstance(subject, Part) else ""]

    def _is_justified(self, rule: Rule, place: Place) -> bool:
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
        return any(one.until is None or one.until.last_day >= self.facts.day for one in stated)


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
