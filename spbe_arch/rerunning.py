"""Runs rules again after a change: only where the change reaches.

What rules find in the elements of a file rests on what they read for it. That is written down while they run: whose
rows were read, whose other ends were asked for, which kinds of link were trusted to be whole, of which sections all
elements were wanted. So nothing has to be
promised about how far a rule looks; after a change a file is looked at again if it has changed itself, or if something
that was read for it has. Groups, agencies and the whole are treated alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.architecture import Architecture, Member
from spbe_arch.cache import digest_of
from spbe_arch.interrupting import step
from spbe_arch.likeness import Ties
from spbe_arch.manifest import Manifest
from spbe_arch.packing import UnusablePackError
from spbe_arch.reaching import Reach, Read
from spbe_arch.rules import Check, Group
from spbe_arch.running import Keyed, Piece, Running, gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from spbe_arch.architecture import Part, Relation
    from spbe_arch.likeness import Traits
    from spbe_arch.metamodel import Element
    from spbe_arch.metamodel.references import ReferenceTable
    from spbe_arch.reaching import Plan
    from spbe_arch.records import FileResult, Row

__all__ = ["FOLLOWED", "Record", "Traced", "Watched", "is_kept", "name_of", "run_again"]


class Traced(NamedTuple):
    """What came of a file or of a group, and what was read for it."""

    piece: Piece
    read: Read
    members: tuple[int, ...] = ()
    """Of a group."""
    ties: Ties | None = None
    """What was found alike in a group."""


class Record(NamedTuple):
    """What some rules found, with all that it rests on; numbers of elements are those of that run."""

    files: dict[str, Traced]
    groups: dict[str, dict[Hashable, Traced]]
    """By the code of the rule, and by the key; of a rule about agencies that is the agency."""
    fresh: int = 0
    """How many elements and members of groups were looked at in that run."""

    def traced(self) -> Iterator[Traced]:
        """What came of every file and group, in order."""
        yield from self.files.values()
        for of_rule in self.groups.values():
            yield from of_rule.values()


def name_of(checks: Iterable[Check]) -> str:
    """Stands for some rules; what is set for them stands in the manifest, on which everything rests."""
    return digest_of(" ".join(one.rule.code for one in checks).encode())


def is_kept(check: Check) -> bool:
    """Whether what a rule finds may be kept: it is one of this package, so it rests on nothing but what is read."""
    functions = [check.find.func if isinstance(check.find, partial) else check.find]
    if isinstance(check.scope, Group):
        functions.append(check.scope.key)
    return all(map(_is_at_home, functions))


def _is_at_home(function: Callable[..., Any]) -> bool:
    """Whether a function stands by itself in a module of the rules, so that it knows nothing but what it is given."""
    module = getattr(function, "__module__", None) or ""
    return f"{module}.".startswith("spbe_arch.rules.") and "<" not in getattr(function, "__qualname__", "<")


def run_again(facts: Architecture, checks: list[Check], record: Record | None, reached: Reach | None) -> Record:
    """What some rules find; what they found before is taken from there if no change reaches it.

    Args:
        facts: the strict architecture.
        checks: the rules; `is_kept` holds for each.
        record: what they found in the last run, if that is known.
        reached: by what has changed since; None if anything may have.

    Raises:
        UnusablePackError: if a rule groups by what nobody knows how to keep.
    """
    watched = Watched.watching(facts)
    running = watched.running = Running(facts, checks, watched)
    known = Record({}, {}) if record is None or reached is None else _still_true(record, reached)
    fresh = 0
    files: dict[str, Traced] = {}
    renewed: set[str] = set()
    for file, numbers in facts.stretches():
        step()
        traced = known.files.get(file.path)
        doubted = reached.rules_reached(traced.read) if traced is not None and reached is not None else None
        if traced is None or doubted:
            again = _of_file(running, watched, numbers, doubted)
            traced = again if traced is None or doubted is None else _in_place_of(traced, again, doubted)
            renewed.add(file.path)
            fresh += len(numbers)
        files[file.path] = traced
    groups: dict[str, dict[Hashable, Traced]] = {}
    for one in running.wholes:
        of_rule = known.groups.get(one.rule.code, {})
        subjects = running.subjects(one)
        groups[one.rule.code] = {
            key: of_rule.get(key) or _of_whole(running, watched, one, subject) for key, subject in subjects.items()
        }
    pieces = [traced.piece for traced in files.values()]
    changed = [files[path].piece for path in renewed]
    if record is not None:
        changed += [traced.piece for path, traced in record.files.items() if path in renewed or path not in files]
    for one in running.groups:
        code = one.rule.code
        of_rule = groups[code] = dict(known.groups.get(code, {}))
        doubtful = {key for piece in changed if code in piece.keys for key in piece.keys[code].keys}
        if record is not None:
            doubtful |= record.groups.get(code, {}).keys() - of_rule.keys()
        members = gathered(pieces, one, doubtful)
        for key in doubtful:
            some = members.get(key, [])
            traced = of_rule.pop(key, None)
            if len(some) > 1:
                in_order = running.in_order(some)
                if traced is None or traced.members != in_order:
                    ties = _ties(watched, in_order, _last_time(record, code, key), reached)
                    traced = _of_group(running, watched, one, in_order, ties)
                    fresh += len(some)
                of_rule[key] = traced
    watched.let_go()
    return Record(files, groups, fresh)


def _of_whole(running: Running, watched: Watched, one: Check, subject: Part | Architecture) -> Traced:
    watched.reading = Reading()
    return Traced(running.whole(one, subject), watched.reading.done())


def _of_file(running: Running, watched: Watched, numbers: range, codes: AbstractSet[str] | None = None) -> Traced:
    """What all rules find in a file, or those of some codes."""
    watched.reading = Reading()
    piece = running.elements((ordinal for ordinal in numbers if not running.facts.is_dropped(ordinal)), codes)
    piece.keys = {code: keyed._replace(keys=list(map(_standing_for, keyed.keys))) for code, keyed in piece.keys.items()}
    watched.reading.rows.difference_update(numbers)
    return Traced(piece, watched.reading.done())


def _in_place_of(before: Traced, again: Traced, codes: AbstractSet[str]) -> Traced:
    """What all rules found in a file, and what those of some codes find there now."""
    piece, old, new = Piece(), before.piece, again.piece
    piece.found = [(code, fault) for code, fault in old.found if code not in codes] + new.found
    piece.undecided = Counter({where: count for where, count in old.undecided.items() if where[0] not in codes})
    piece.undecided.update(new.undecided)
    piece.keys = {code: keyed for code, keyed in old.keys.items() if code not in codes} | new.keys
    read = Read(
        {*before.read.rows, *again.read.rows},
        {*before.read.ends, *again.read.ends},
        {pair for pair in before.read.asked if pair[0] not in codes} | again.read.asked,
        before.read.sections | again.read.sections,
        before.read.everything or again.read.everything,
    )
    return Traced(piece, read)


def _of_group(running: Running, watched: Watched, one: Check, members: tuple[int, ...], ties: Ties) -> Traced:
    watched.reading, watched.ties = Reading(), ties
    watched.reading.rows.update(members)  # also where what is compared of them is known
    return Traced(running.group(one, members), watched.reading.done(), members, ties)


def _ties(watched: Watched, members: tuple[int, ...], before: Traced | None, reached: Reach | None) -> Ties:
    """What was found alike in a group the last time, whatever has changed since: it rests on what is compared alone.

    What is compared of a member is known where the member is not reached.
    """
    then: dict[int, int] = {}
    if before is not None and reached is not None:
        places = enumerate(before.members)
        then = {reached.now[one]: place for place, one in places if one not in reached.rows}
    ties = before.ties if before is not None and before.ties is not None else Ties()
    return ties.again([then.get(one, -1) for one in members], partial(_made_alone, watched, members))


def _made_alone(
    watched: Watched, members: tuple[int, ...], place: int, make: Callable[[int], Traits]
) -> tuple[Traits, bool]:
    """What is made of a member of a group, and whether nothing but that member was read for it."""
    outside, watched.reading = watched.reading, Reading()
    try:
        made = make(place)
    finally:
        inside, watched.reading = watched.reading, outside
        outside.add(inside)
    return made, inside.is_of(members[place])


def _last_time(record: Record | None, code: str, key: Hashable) -> Traced | None:
    return record.groups.get(code, {}).get(key) if record is not None else None


def _still_true(record: Record, reached: Reach) -> Record:
    """What no change reaches, by the numbers of today; of files some rules may be reached."""
    files = {
        path: _renumbered(traced, reached)
        for path, traced in record.files.items()
        if not reached.reaches_file(path) and not reached.reaches_elements(traced.read)
    }
    groups = {
        code: {key: _renumbered(traced, reached) for key, traced in of_rule.items() if not reached.reaches(traced.read)}
        for code, of_rule in record.groups.items()
    }
    return Record(files, groups)


def _renumbered(traced: Traced, reached: Reach) -> Traced:
    step()
    if reached.is_in_place:
        return traced
    now = reached.now
    piece = Piece()
    piece.found, piece.undecided = traced.piece.found, traced.piece.undecided
    piece.keys = {
        code: Keyed([now[one] for one in ordinals], keys) for code, (ordinals, keys) in traced.piece.keys.items()
    }
    return Traced(piece, reached.renumbered(traced.read), tuple([now[one] for one in traced.members]), traced.ties)


def _standing_for(key: Hashable) -> str:
    """What stands for a key of a group, also in a later run.

    Raises:
        UnusablePackError: if the key is of no type whose meaning is known to last.
    """
    return digest_of(repr(_plain_key(key)).encode("utf-8", "surrogatepass"))[:24]


def _plain_key(key: Hashable) -> object:
    if key is None or type(key) is bool:
        return key
    if isinstance(key, str):
        return str(key)
    if type(key) is tuple:
        return tuple(map(_plain_key, key))
    if type(key) is frozenset and all(isinstance(item, str) for item in key):
        return ["a set", *sorted(key)]
    raise UnusablePackError(f"a key is a {type(key).__name__}")


# --- what is read --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Reading:
    """What is read while some rules run."""

    rows: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    asked: set[tuple[str, Plan]] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    everything: bool = False

    def add(self, other: Reading) -> None:
        """Read what the other has read, too."""
        self.rows |= other.rows
        self.ends |= other.ends
        self.asked |= other.asked
        self.sections |= other.sections
        self.everything |= other.everything

    def is_of(self, ordinal: int) -> bool:
        """Whether nothing has been read but one element."""
        return self.rows <= {ordinal} and not (self.ends or self.asked or self.sections or self.everything)

    def done(self) -> Read:
        """What has been read."""
        return Read(self.rows, self.ends, self.asked, self.sections, self.everything)


class _PathOfFile(NamedTuple):
    """All that rules may know of a file."""

    path: str


class Watched(Architecture):
    """The strict architecture, which writes down what is read of it.

    A question that is not listed as one that can be followed may be answered otherwise after any change.
    """

    reading: Reading
    running: Running
    """What asks."""
    _facts: Architecture

    @classmethod
    def watching(cls, facts: Architecture) -> Watched:
        """The same architecture, watched."""
        watched = object.__new__(cls)
        watched.__dict__.update(facts.__dict__, _handed={})
        watched._facts = facts
        watched.reading = Reading()
        return watched

    # what is written at an element

    def at_ordinal(self, ordinal: int) -> Element:
        self.reading.rows.add(ordinal)
        return self._handed.get(ordinal) or super().at_ordinal(ordinal)  # type: ignore[return-value]

    def row_at(self, ordinal: int) -> Row:
        self.reading.rows.add(ordinal)
        return super().row_at(ordinal)

    def file_at(self, ordinal: int) -> FileResult:
        return _PathOfFile(super().file_at(ordinal).path)  # type: ignore[return-value]

    # where its links lead

    def targets(self, ordinal: int, field: str) -> list[int]:
        self.reading.rows.add(ordinal)
        return super().targets(ordinal, field)

    def unit_at(self, ordinal: int) -> int | None:
        self.reading.rows.add(ordinal)
        return super().unit_at(ordinal)

    # which links lead to it

    def ends_at(self, ordinal: int, relations: list[Relation]) -> list[int]:
        self.reading.ends.add(ordinal)
        return super().ends_at(ordinal, relations)

    def sources(self, ordinal: int, section: str, field: str) -> list[int]:
        self.reading.ends.add(ordinal)  # there may be no such links yet
        return super().sources(ordinal, section, field)

    def leading_to(
        self, section: str, sources: tuple[str, ...], fields: tuple[str, ...]
    ) -> tuple[list[Relation], frozenset[str]]:
        self.reading.asked.add((self.running.asking, (section, sources, fields)))
        return super().leading_to(section, sources, fields)

    # which elements there are

    def ordinals(self, section: str) -> list[int]:
        self.reading.sections.add(section)
        return self._facts.ordinals(section)

    def ordinals_of(self, agency: str, section: str) -> list[int]:
        self.reading.sections.add(section)
        return self._facts.ordinals_of(agency, section)

    # what every run rests on

    def member_manifest(self, agency: str) -> Manifest:
        return self._facts.member_manifest(agency)

    def references(self, prefix: str, agency: str = "") -> ReferenceTable:
        return self._facts.references(prefix, agency)


FOLLOWED = frozenset(
    {
        *(name for name in vars(Watched) if not name.startswith("_")),
        "agency",
        "agency_at",
        "both_ends",
        "chosen",
        "follow",
        "id_at",
        "ids_at",
        "inverse",
        "is_external",
        "is_incomplete",
        "lacks",
        "let_go",
        "links_of",
        "of",
        "section_at",
        "target_of",
        "units_above",
    }
)
"""What may be asked without giving up to know what a change reaches: it is written down or made of what is, it is the
same in all runs with one basis, or the element would not be the same with another answer (its id, section and file)."""
_STEADY = frozenset({"day", "manifest", "strict", "tables"})
"""What is the same in all runs with one basis, among what an architecture holds."""


def _marking(name: str) -> Any:
    """The same question, for which any change counts."""

    def asked(self: Watched, *arguments: Any, **options: Any) -> Any:
        self.reading.everything = True
        return getattr(Architecture, name)(self, *arguments, **options)

    def worth(self: Watched) -> Any:
        self.reading.everything = True
        return getattr(self._facts, name)

    return asked if callable(getattr(Architecture, name, None)) else property(worth)


def _is_question(name: str) -> bool:
    if name.startswith("__"):
        return name in ("__contains__", "__getattr__", "__getitem__", "__iter__", "__len__")
    return not name.startswith("_")


def _mark_what_is_not_followed() -> None:
    questions = {name for name, value in vars(Architecture).items() if callable(value) or hasattr(value, "__get__")}
    held = {name for name in vars(Architecture([Member(Manifest(), ())])) if name not in _STEADY}
    for name in filter(_is_question, questions | held):
        if name not in FOLLOWED:
            setattr(Watched, name, _marking(name))


_mark_what_is_not_followed()
