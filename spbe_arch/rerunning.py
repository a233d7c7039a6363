"""Runs rules again after a change: only where the change reaches.

What rules find in the elements of a file rests on what they read for it. That is written down while they run: whose
rows were read, whose other ends were asked for, which kinds of link were trusted to be whole. So nothing has to be
promised about how far a rule looks; after a change a file is looked at again if it has changed itself, or if something
that was read for it has. Groups are treated alike; rules about the whole always run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from spbe_arch.architecture import Architecture
from spbe_arch.cache import digest_of
from spbe_arch.packing import UnusablePackError
from spbe_arch.reaching import still_true
from spbe_arch.remembering import Record, stretches
from spbe_arch.rules import Check, Each, Group
from spbe_arch.running import Justified, Outcome, Piece, Read, Running, assembled, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spbe_arch.metamodel import Element, Links
    from spbe_arch.metamodel.declaring import ElementBase
    from spbe_arch.records import FileResult, Row
    from spbe_arch.remembering import Memory

__all__ = ["FOLLOWED", "Watched", "is_kept", "run_again"]


def run_again(facts: Architecture, checks: list[Check], memory: Memory) -> Outcome:
    """Everything that some rules find; what the last run found is taken from there if it still holds.

    Args:
        facts: the strict architecture.
        checks: the rules; in the order in which findings at one place are told.
        memory: of the last run; from now on of this one.
    """
    try:
        justified = Justified(facts)
        record = _remembered(facts, [one for one in checks if is_kept(one)], memory, justified)
    except UnusablePackError:  # a rule groups by, or tells, what nobody knows how to keep
        return run(facts, checks)
    others = [one for one in checks if not is_kept(one)]
    return assembled(facts, checks, [*record.pieces(), Running(facts, others, justified=justified).everything()])


def is_kept(check: Check) -> bool:
    """Whether what a rule finds may be kept: it is one of this package, so it rests on nothing but what is read.

    Rules about the whole are not: they read everything.
    """
    functions = [check.find.func if isinstance(check.find, partial) else check.find]
    if isinstance(check.scope, Group):
        functions.append(check.scope.key)
    return isinstance(check.scope, (Each, Group)) and all(map(_is_at_home, functions))


def _is_at_home(function: Callable[..., Any]) -> bool:
    """Whether a function stands by itself in a module of the rules, so that it knows nothing but what it is given."""
    module = getattr(function, "__module__", None) or ""
    return f"{module}.".startswith("spbe_arch.rules.") and "<" not in getattr(function, "__qualname__", "<")


class Watched(Architecture):
    """The strict architecture, which writes down what is read of it.

    A question that is not listed as one that can be followed may be answered otherwise after any change.
    """

    read: Read

    @classmethod
    def watching(cls, facts: Architecture) -> Watched:
        """The same architecture, watched."""
        watched = object.__new__(cls)
        watched.__dict__.update(facts.__dict__, _handed={})
        watched.read = Read()
        return watched

    def at_ordinal(self, ordinal: int) -> Element:
        self.read.rows.add(ordinal)
        return self._handed.get(ordinal) or super().at_ordinal(ordinal)  # type: ignore[return-value]

    def inverse(self, element: ElementBase, inverse: Any) -> Links[Any]:
        self.read.ends.add(element.ordinal)
        return super().inverse(element, inverse)

    def row_at(self, ordinal: int) -> Row:
        self.read.rows.add(ordinal)
        return super().row_at(ordinal)

    def file_at(self, ordinal: int) -> FileResult:
        self.read.rows.add(ordinal)
        return super().file_at(ordinal)

    def id_at(self, ordinal: int) -> str:
        self.read.rows.add(ordinal)
        return super().id_at(ordinal)

    def sources(self, ordinal: int, section: str, field: str) -> list[int]:
        self.read.ends.add(ordinal)
        return super().sources(ordinal, section, field)

    def both_ends(self, ordinal: int, own: tuple[int, ...], other: str, *, broken: bool) -> Links[Any]:
        self.read.ends.add(ordinal)
        return super().both_ends(ordinal, own, other, broken=broken)

    def leading_to(self, section: str, sources: tuple[str, ...], fields: tuple[str, ...]) -> Any:
        self.read.plans.add((section, sources, fields))
        return super().leading_to(section, sources, fields)


FOLLOWED = frozenset(
    {
        *(name for name in vars(Watched) if not name.startswith("__")),
        "agency",
        "agency_at",
        "follow",
        "is_dropped",
        "is_external",
        "lacks",
        "links_of",
        "member_manifest",
        "references",
        "target_of",
        "targets",
    }
)
"""What may be asked without giving up to know what a change reaches: it is written down, leads to what is, or is among
what a record is about."""


def _marking(name: str) -> Any:
    """The same question, for which any change counts."""

    def asked(self: Watched, *arguments: Any, **options: Any) -> Any:
        self.read.everything = True
        return getattr(Architecture, name)(self, *arguments, **options)

    def worth(self: Watched) -> Any:
        self.read.everything = True
        return vars(Architecture)[name].__get__(self, Architecture)

    return asked if callable(vars(Architecture)[name]) else property(worth)


def _is_question(name: str) -> bool:
    if name.startswith("__"):
        return name in ("__contains__", "__getattr__", "__getitem__", "__iter__", "__len__")
    return not name.startswith("_") and (
        callable(vars(Architecture)[name]) or hasattr(vars(Architecture)[name], "__get__")
    )


for _name in filter(_is_question, vars(Architecture)):
    if _name not in FOLLOWED:
        setattr(Watched, _name, _marking(_name))


# --- with what is known before -----------------------------------------------------------------------------------


def _remembered(facts: Architecture, checks: list[Check], memory: Memory, justified: Justified) -> Record:
    """What the rules find, of which what is known before is not looked for again."""
    told = [
        (one.rule.code, sorted(one.find.keywords.items()) if isinstance(one.find, partial) else []) for one in checks
    ]
    name = digest_of(json.dumps(told).encode())
    kept = still_true(facts, memory, name, {one.rule.code for one in checks})
    watched = Watched.watching(facts)
    running = Running(facts, checks, watched, justified)
    fresh = {
        file.path: _part_of_file(running, watched, numbers)
        for file, numbers in stretches(facts)
        if file.path not in kept.parts
    }
    parts = {**kept.parts, **fresh}
    groups = {}
    for one in running.groups:
        code = one.rule.code
        in_question = kept.in_question.get(code)
        if in_question is not None:
            in_question = in_question.union(*_keys_of(fresh.values(), code))
        known = kept.groups.get(code, {})
        groups[code] = {key: part for key, part in known.items() if key not in (in_question or ())}
        members = _members(parts.values(), code, in_question)
        groups[code] |= _parts_of_groups(running, watched, one, members, known)
    record = Record.of(facts, name, parts, groups)
    memory.keep(record, facts, len(fresh))
    return record


def _keys_of(parts: Iterable[Piece], code: str) -> list[list[str]]:
    return [part.keys[code][1] for part in parts if code in part.keys]


def _part_of_file(running: Running, watched: Watched, numbers: range) -> Piece:
    part = Piece()
    watched.read = part.read
    keys: dict[str, dict[Any, list[int]]] = {one.rule.code: {} for one in running.groups}
    for ordinal in numbers:
        if not watched.is_dropped(ordinal):
            running.element(ordinal, part, keys)
    for code, of_rule in keys.items():
        pairs = [(ordinal, _standing_for(key)) for key, ordinals in of_rule.items() for ordinal in ordinals]
        if pairs:
            part.keys[code] = [ordinal for ordinal, _ in pairs], [key for _, key in pairs]
    part.read.rows.difference_update(numbers)
    _without_strangers(part, watched)
    return part


def _members(parts: Iterable[Piece], code: str, in_question: set[str] | None) -> dict[str, list[int]]:
    """The elements by what stands for their key; of the keys in question, if only some are."""
    members: dict[str, list[int]] = defaultdict(list)
    for part in parts:
        ordinals, keys = part.keys.get(code, _NO_KEYS)
        if in_question is None or not in_question.isdisjoint(keys):
            for ordinal, key in zip(ordinals, keys, strict=True):
                if in_question is None or key in in_question:
                    members[key].append(ordinal)
    return members


_NO_KEYS: tuple[list[int], list[str]] = ([], [])


def _parts_of_groups(
    running: Running, watched: Watched, one: Check, members: Mapping[str, list[int]], known: Mapping[str, Piece]
) -> dict[str, Piece]:
    found: dict[str, Piece] = {}
    for key, ordinals in members.items():
        if len(ordinals) < 2:
            continue
        ordered = running.in_order(ordinals)
        if key in known and known[key].members == ordered:
            found[key] = known[key]
            continue
        part = found[key] = Piece(ordered)
        watched.read = part.read
        running.group(one, ordered, part)
        _without_strangers(part, watched)
    return found


def _without_strangers(part: Piece, facts: Architecture) -> None:
    """Elements of agencies that are not loaded never change, but nobody looks after who points to them."""
    read = part.read
    read.everything = read.everything or any(map(facts.is_external, read.ends))
    strangers = {ordinal for ordinal in read.rows if facts.is_external(ordinal)}
    if strangers:
        read.rows -= strangers


def _standing_for(key: Any) -> str:
    """What stands for a key of a group, also in a later run.

    Raises:
        UnusablePackError: if the key is of no type whose meaning is known to last.
    """
    return digest_of(repr(key if _is_plain(key) else _plain_key(key)).encode("utf-8", "surrogatepass"))[:24]


_PLAIN = frozenset({str, type(None)})


def _is_plain(key: Any) -> bool:
    return type(key) is tuple and _PLAIN.issuperset(map(type, key))


def _plain_key(key: Any) -> Any:
    if key is None or isinstance(key, str):
        return key if key is None else str(key)
    if type(key) is tuple:
        return tuple(_plain_key(item) for item in key)
    if type(key) is frozenset and all(isinstance(item, str) for item in key):
        return ["a set", *sorted(key)]
    raise UnusablePackError(f"a key is a {type(key).__name__}")
