"""Own rules → checks: which of them hold, what is wrong between them, and how their conditions are judged.

A condition is a tree of data; here it becomes a tree of functions that ask elements for their fields. What is partly
broken decides nothing: `all` and `any` look at the other conditions before they give up. What is asked of the elements
at the end of links is remembered, so the work grows with the links, not with the paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import linking
from spbe_arch.config import catalogue, packages_of
from spbe_arch.findings import Fault, Place, Related, Sentence, Suggestion, Term, english
from spbe_arch.metamodel import PartialDate, Undecided, near_miss, type_of
from spbe_arch.metamodel.declaring import ElementBase
from spbe_arch.metamodel.values import Name
from spbe_arch.own import TODAY, Compared, Comparison, Either, Every, Known, Named, Never, Path, Reached
from spbe_arch.paths import OF_EVERY, UNIT, value_of_every, values_in
from spbe_arch.rules import Check, Each, at, day_of, is_external

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.metamodel import Element
    from spbe_arch.own import Condition, Entry, Located, OwnRule
    from spbe_arch.paths import Step

__all__ = ["enact"]

Judge = "Callable[[Any], bool]"

_MOST_MEMORY = 1 << 20
"""Bytes that the engine may use for one pattern."""


def enact(architecture: Architecture) -> tuple[list[Check], list[Fault]]:
    """The own rules of an architecture that can be run, and what is wrong with them between each other.

    A rule holds for the repository in whose files it stands, and for the member repositories in folders below that.
    """
    faults = list(_taken(architecture))
    refused = {fault.place for fault in faults}
    patterns = _Patterns()
    checks = []
    for entry in architecture.own_entries:
        if not entry.own.sound or Place(entry.origin, entry.own.region) in refused:
            continue
        wrong = list(patterns.faults(entry))
        faults += wrong
        faults += _unknown_ids(architecture, entry)
        if not wrong and patterns.can_run(entry.own):
            checks.append(_check(architecture, entry, patterns))
    return checks, [*faults, *patterns.missing]


def _taken(architecture: Architecture) -> Iterator[Fault]:
    """Rules whose id means another one, or a family: one of this program, of a package, or of the same agency."""
    rules = catalogue(packages_of(architecture.manifest)).values()
    codes = tuple(rule.code.casefold() for rule in rules)
    shipped = {rule.name for rule in rules}.union(code[:length] for code in codes for length in range(1, len(code) + 1))
    first = architecture.own_rules
    for entry in architecture.own_entries:
        place = Place(entry.origin, entry.own.region)
        known = first[entry.code]
        if entry.own.id in shipped:
            reason = Term("noun", english("a rule of this program has that name"))
            yield linking.OWN_RULE_ID.fault(place, {"rule": entry.own.id, "reason": reason})
        elif known is not entry:
            reason = Term("noun", english("another own rule of the agency has that id"))
            related = (Related(Place(known.origin, known.own.region), message="the first one"),)
            yield linking.OWN_RULE_ID.fault(place, {"rule": entry.own.id, "reason": reason}, related)


def _unknown_ids(architecture: Architecture, entry: Entry) -> Iterator[Fault]:
    """The elements that a rule names and nobody has described; of agencies that are not loaded, nobody can say."""
    agency = entry.space.rstrip("/")
    for located in entry.own.ids:
        of, slash, _ = located.text.partition("/")
        owner = of if slash else agency
        known = any(member.manifest.agency == owner for member in architecture.members)
        if not known or architecture.lacks(owner):
            continue
        if architecture.find(_global(located.text, agency)) is None:
            yield _unknown_id(architecture, entry, located, agency)


def _unknown_id(architecture: Architecture, entry: Entry, located: Located, agency: str) -> Fault:
    ordinals = (ordinal for section in located.sections for ordinal in architecture.ordinals(section))
    ids = {architecture.row_at(one).id: one for one in ordinals if architecture.agency_at(one) == agency}
    near = near_miss(located.text, ids) if ids else None
    values = {
        "rule": entry.own.id,
        "target": located.text,
        "expected": Term("types", " ".join(located.sections)),
    }
    place = Place(entry.origin, located.region)
    return linking.OWN_RULE_TARGET.fault(place, values, suggestion=Suggestion(near) if near else None)


def _global(id: str, agency: str) -> str:
    return id if "/" in id else f"{agency}/{id}"


class _Patterns:
    """The patterns of all own rules, each compiled once by RE2, which never takes longer than a text is long."""

    def __init__(self) -> None:
        self.compiled: dict[str, Any] = {}
        self.missing: list[Fault] = []
        """The one finding that there is no engine, if there is none and it is needed."""
        self._engine: Any = None

    def faults(self, entry: Entry) -> Iterator[Fault]:
        """The patterns of a rule that cannot be read."""
        for located in entry.own.patterns:
            place = Place(entry.origin, located.region)
            if not self.has_engine(place):
                return
            reason = self.compile(located.text)
            if reason is not None:
                values = {"rule": entry.own.id, "pattern": located.text, "reason": Name(reason)}
                yield linking.OWN_RULE_PATTERN.fault(place, values)

    def can_run(self, own: OwnRule) -> bool:
        return all(located.text in self.compiled for located in own.patterns)

    def has_engine(self, place: Place) -> bool:
        if self._engine is None and not self.missing:
            try:
                import re2
            except ImportError:
                self.missing.append(linking.NO_PATTERN_ENGINE.fault(place))
            else:
                self._engine = re2
        return self._engine is not None

    def compile(self, pattern: str) -> str | None:
        """Why a pattern cannot be read; None if it can."""
        if pattern in self.compiled:
            return None
        options = self._engine.Options()
        options.log_errors = False
        options.max_mem = _MOST_MEMORY
        try:
            self.compiled[pattern] = self._engine.compile(pattern, options=options)
        except (self._engine.error, UnicodeError) as error:
            said = error.args[0] if error.args else ""
            return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return None


# --- from conditions to functions ----------------------------------------------------------------------------


class _NotLoaded(Exception):  # noqa: N818 - not an error: what belongs to an agency that is not loaded is not known
    """A rule asks for a fact of an element of which nothing but the id is known; it stays silent."""


_DOUBTS = (Undecided, _NotLoaded)


def _check(architecture: Architecture, entry: Entry, patterns: _Patterns) -> Check:
    """The rule as the engine runs it."""
    own = entry.own
    judges = _Judges(architecture, entry.space.rstrip("/"), patterns)
    where = judges.of(own.where) if own.where is not None else None
    require = judges.of(own.require) if own.require is not None else None
    forbid = judges.of(own.forbid) if own.forbid is not None else None
    fields = dict(own.field)

    def is_broken_by(element: Any) -> bool:
        if where is not None and not where(element):
            return False
        return (require is not None and not require(element)) or (forbid is not None and forbid(element))

    def find(element: Element) -> Iterator[Fault]:
        place = at(element, fields.get(element.section))
        if not place.path.startswith(entry.folder):
            return
        try:
            broken = is_broken_by(element)
        except _NotLoaded:
            return
        if broken:
            yield Fault(place, _values(own, element))

    scope = Each(*(type_of(section).cls for section in own.sections))  # type: ignore[arg-type]
    return Check(entry, scope, find)


def _values(own: OwnRule, element: Any) -> dict[str, Any]:
    """The values of the message: what stands at the end of each path, the first three."""
    values: dict[str, Any] = {}
    for placeholder in own.message.placeholders:
        values[placeholder.name] = element if placeholder.path is None else _shown(element, placeholder.path)
    return values


_MOST_SHOWN = 3


def _shown(element: Any, path: Path) -> Any:
    try:
        found = list(dict.fromkeys(_at_end(element, path)))
    except _DOUBTS:
        return Name("?")
    shown = [_as_value(one) for one in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        shown.append(Sentence(english("{count} more"), (("count", len(found) - _MOST_SHOWN),)))
    return tuple(shown) if shown else Name("-")


def _as_value(found: Any) -> Any:
    if isinstance(found, bool):
        return Term("noun", "yes" if found else "no")
    return Name(found) if isinstance(found, str) else Name(str(found))


class _Judges:
    """Makes functions of conditions, for the elements of one architecture."""

    def __init__(self, architecture: Architecture, agency: str, patterns: _Patterns) -> None:
        self.architecture = architecture
        self.agency = agency
        self.patterns = patterns

    def of(self, condition: Condition) -> Callable[[Any], bool]:
        """Whether an element fulfils a condition.

        The function raises one of `_DOUBTS` where that rests on what is not known.
        """
        match condition:
            case Every(parts):
                return _every([self.of(part) for part in parts])
            case Either(parts):
                return _either([self.of(part) for part in parts])
            case Never(part):
                return _never(self.of(part))
            case Known():
                return self.known(condition)
            case Named(ids, under):
                wanted = frozenset(map(self.identity, ids))
                return (lambda element: _is_under(element, wanted)) if under else (lambda one: one.global_id in wanted)
            case Reached():
                return self.reached(condition)
            case Compared(left, word, right):
                holds = _BETWEEN[word]
                return lambda one: any(holds(a, b) for a in _at_end(one, left) for b in _at_end(one, right))

    def identity(self, id: str) -> str:
        """The global id of the element that an id, or an alias, stands for."""
        wanted = _global(id, self.agency)
        element = self.architecture.find(wanted)
        return wanted if element is None else element.global_id

    def known(self, known: Known) -> Callable[[Any], bool]:
        names, part, least, most = dict(known.names), known.part, known.least, known.most
        tests = [self.test(comparison) for comparison in known.tests]

        def holds(element: Any) -> bool:
            values = _values_of(element, names, part)
            count = sum(all(test(value, element) for test in tests) for value in values)
            return count >= least and (most is None or count <= most)

        return holds

    def test(self, comparison: Comparison) -> Callable[[Any, Any], bool]:
        """Whether a value passes a test; the element says which day it is."""
        word, operands = comparison
        if word == "like":
            pattern = self.patterns.compiled[operands[0]]
            return lambda value, _: pattern.search(_as_utf8(value)) is not None
        if word in _OF_TEXTS:
            holds, folded = _OF_TEXTS[word], tuple(str(one).casefold() for one in operands)
            return lambda value, _: any(holds(str(value).casefold(), one) for one in folded)
        if word == "is":
            return lambda value, _: value in operands
        if word == "under":
            return lambda value, _: any(f"{value}.".startswith(f"{one}.") for one in operands)
        between = _BETWEEN[word]
        if operands == (TODAY[0],):
            return lambda value, element: between(value, _day_as(value, day_of(element)))
        return lambda value, _: any(between(value, one) for one in operands)

    def reached(self, reached: Reached) -> Callable[[Any], bool]:
        steps, part, least, most = reached
        inner = _remembered(self.of(part))
        if (least, most) == (1, None):
            for step in reversed(steps):
                inner = _remembered(_some(step, inner))
            return inner

        def holds(element: Any) -> bool:
            count = sum(map(inner, _ends(element, steps)))
            return count >= least and (most is None or count <= most)

        return holds


def _every(parts: list[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    def holds(element: Any) -> bool:
        doubt: type[Exception] | None = None
        for part in parts:
            try:
                if not part(element):
                    return False
            except _DOUBTS as error:
                doubt = type(error)
        if doubt is not None:
            raise doubt
        return True

    return holds


def _either(parts: list[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    none = _every([_never(part) for part in parts])
    return lambda element: not none(element)


def _never(part: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda element: not part(element)


def _some(step: Step, part: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether one of the elements that a step leads to passes."""
    names = dict(step.names)

    def holds(element: Any) -> bool:
        doubt: type[Exception] | None = None
        for other in _following(element, names, repeated=step.repeated):
            try:
                if part(other):
                    return True
            except _DOUBTS as error:
                doubt = type(error)
        if doubt is not None:
            raise doubt
        return False

    return holds


def _remembered(part: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The same, asked of each element once; a doubt is remembered, too."""
    known: dict[int, bool | type[Exception]] = {}
    asked: list[Any] = [None]

    def holds(element: Any) -> bool:
        if element.architecture is not asked[0]:  # the same elements, of which more or less is known
            asked[0] = element.architecture
            known.clear()
        answer = known.get(element.ordinal)
        if answer is None:
            try:
                answer = part(element)
            except _DOUBTS as error:
                answer = type(error)
            known[element.ordinal] = answer
        if isinstance(answer, bool):
            return answer
        raise answer

    return holds


# --- what stands at an element -------------------------------------------------------------------------------

_ENOUGH = 100_000
"""Elements at the end of one path that are counted; with more, the rule cannot be judged."""


def _at_end(element: Any, path: Path) -> Iterable[Any]:
    """The elements at the end of a path, as their global ids, or the values there."""
    ends = _ends(element, path.steps) if path.steps else [element]
    if not path.names:
        return [one.global_id for one in ends]
    names = dict(path.names)
    return [value for one in ends for value in _values_of(one, names, path.part)]


def _ends(element: Any, steps: Iterable[Step]) -> list[Any]:
    """The elements at the end of some steps, each once."""
    here = [element]
    for step in steps:
        names = dict(step.names)
        ahead = {one.ordinal: one for each in here for one in _following(each, names, repeated=step.repeated)}
        if len(ahead) > _ENOUGH:
            raise Undecided
        here = list(ahead.values())
    return here


def _following(element: Any, names: dict[str, str], *, repeated: bool) -> Iterable[Any]:
    """The elements that one step leads to."""
    if not repeated:
        return _next(element, names)
    found: dict[int, Any] = {}
    waiting = [element]
    while waiting:
        for one in _next(waiting.pop(), names):
            if one.ordinal not in found:
                found[one.ordinal] = one
                waiting.append(one)
        if len(found) > _ENOUGH:
            raise Undecided
    return list(found.values())


def _next(element: Any, names: dict[str, str]) -> Iterable[Any]:
    if is_external(element):
        raise _NotLoaded
    name = names.get(element.section)
    if name is None:
        return ()
    found = element.info.belongs_to(element) if name == UNIT else getattr(element, name)
    if found is None:
        return ()
    return (found,) if isinstance(found, ElementBase) else found


def _values_of(element: Any, names: dict[str, str], part: str) -> tuple[Any, ...]:
    """The values of a field, or of a part of each."""
    name = names.get(element.section)
    if name == "id":
        return (element.id,)
    if is_external(element):
        raise _NotLoaded
    if name is None:
        return ()
    if name in OF_EVERY:
        return (value_of_every(element.architecture, name)(element.ordinal),)
    return values_in(getattr(element, name), part)


def _is_under(element: Any, wanted: frozenset[str]) -> bool:
    """Whether an element is one of some, or a part of one, at whatever depth."""
    seen: set[int] = set()
    while element is not None and element.ordinal not in seen:
        if element.global_id in wanted:
            return True
        if is_external(element):
            raise _NotLoaded
        seen.add(element.ordinal)
        element = getattr(element, "parent", None)
    return False


# --- comparisons -----------------------------------------------------------------------------------------------


def _as_utf8(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode()


def _day_as(value: Any, day: datetime.date) -> Any:
    """The day of the check, as precise as what it is compared with."""
    return day.year if isinstance(value, int) else PartialDate(day.year, day.month, day.day)


def _first(value: Any) -> Any:
    """The first day of a date, or the value itself."""
    return (
        PartialDate(value.year, value.month or 1, value.day or 1).last_day if isinstance(value, PartialDate) else value
    )


def _last(value: Any) -> Any:
    return value.last_day if isinstance(value, PartialDate) else value


def _alike(one: Any, other: Any) -> bool:
    """Whether two values can be put in order."""
    return isinstance(one, PartialDate) == isinstance(other, PartialDate) and not isinstance(one, str)


_BETWEEN: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda one, other: one == other,
    "at_least": lambda one, other: _alike(one, other) and _last(one) >= _first(other),
    "at_most": lambda one, other: _alike(one, other) and _last(one) <= _last(other),
    "more_than": lambda one, other: _alike(one, other) and _last(one) > _last(other),
    "less_than": lambda one, other: _alike(one, other) and _last(one) < _first(other),
}
"""Comparisons of two values. A date stands for its last day (FORMAT §2); what it is compared with, for all its days."""

_OF_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "starts": str.startswith,
    "ends": str.endswith,
    "contains": lambda text, part: part in text,
}
