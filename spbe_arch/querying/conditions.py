"""A query tree → what it asks of an architecture: names are looked up in the metamodel, values are read by their kind.

Everything that can be wrong is told before the first element is looked at: a name that no type in question has, a
value that the field does not take, an order of what has none. What lies at the end of a path is remembered for each
element on the way, so the work grows with the elements and their links, however long the path.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.errors import QueryError
from spbe_arch.findings import english
from spbe_arch.metamodel import PartialDate, ValueProblem, near_miss, type_of, types
from spbe_arch.metamodel.values import (
    BoolKind,
    ByYearKind,
    ChoiceKind,
    CodeKind,
    Kind,
    LinkKind,
    MapKind,
    NumberKind,
    SourceKind,
    YearKind,
    read_date,
)
from spbe_arch.querying.language import Blank, Both, Comparison, Has, Not
from spbe_arch.questions import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.querying.language import Condition, Path, Word

__all__ = ["Asker", "Test", "Values", "section_named"]

Test = Callable[[int], bool]
"""Whether a condition holds for the element of a number."""
Values = Callable[[int], "list[Any]"]
"""What a path leads to from the element of a number: values, or the numbers of elements."""

_OWN = ("id", "type", "layer", "agency", "file")
"""What every element has that is no field."""
_UNIT = "unit"
"""The link to the unit that an element belongs to, whichever field says so."""
_OF_A_SOURCE = ("document", "page", "url", "confidence", "fields", "note")
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MOST_STEPS = 20_000_000
"""Links that a query with counts may follow; it is the one part of a query that can grow beyond the model."""


def section_named(word: Word, query: str) -> str:
    """The section of a name in either language.

    Raises:
        QueryError: if there is none.
    """
    spellings = {name: info.section for info in types().values() for name in (info.section, *info.indonesian_names)}
    found = spellings.get(word.text.lower())
    if found is None:
        near = near_miss(word.text, spellings)
        sentence = (
            english("there is no section {name!r}; did you mean {near!r}?")
            if near
            else english("there is no section {name!r}")
        )
        raise QueryError(sentence, query=query, at=word.at, name=word.text, near=near)
    return found


class _End(NamedTuple):
    """What a step of a path is at the types that have it."""

    kind: Kind | None
    """Of a field; None for a link, an other end, or what every element has."""
    name: str
    links: bool
    """Whether it leads to elements."""


class _Step(NamedTuple):
    """One step of a path, looked up for every type that it may start from."""

    ends: Mapping[str, _End]
    """By section; the types that are not there have nothing of the name."""
    sections: tuple[str, ...]
    """Where it leads; empty if it does not lead to elements."""
    key: str = ""
    """The part of a mapping or source that is meant; empty for all of it."""


class Asker:
    """Puts queries to one architecture."""

    def __init__(self, architecture: Architecture, query: str) -> None:
        self._architecture = architecture
        self._query = query
        self._followed = 0

    # --- conditions --------------------------------------------------------------------------------------

    def test(self, condition: Condition, sections: tuple[str, ...]) -> Test:
        """Whether a condition holds for an element of one of the sections.

        Raises:
            QueryError: if it asks for what does not exist.
        """
        if isinstance(condition, Both):
            return _joined([self.test(one, sections) for one in condition.conditions], every=condition.every)
        if isinstance(condition, Not):
            inner = self.test(condition.condition, sections)
            return lambda ordinal: not inner(ordinal)
        if isinstance(condition, Blank):
            filled = self._reaches(self._steps(condition.path, sections), lambda _: True)
            return lambda ordinal: not filled(ordinal)
        if isinstance(condition, Has):
            return self._has(condition, sections)
        return self._comparison(condition, sections)

    def _has(self, condition: Has, sections: tuple[str, ...]) -> Test:
        steps = self._steps(condition.path, sections)
        if not steps[-1].sections:
            raise self._error("{name!r} does not lead to elements", condition.path.steps[-1])
        return self._reaches(steps, self.test(condition.condition, steps[-1].sections))

    def _comparison(self, asked: Comparison, sections: tuple[str, ...]) -> Test:
        if asked.sign == "!=":
            equal = self._comparison(asked._replace(sign="="), sections)
            return lambda ordinal: not equal(ordinal)
        steps = self._steps(asked.path, sections)
        if asked.path.counted:
            wanted = self._whole_number(asked.values[0])
            compare, count = _ORDER[asked.sign], self._counter(steps)
            return lambda ordinal: compare(count(ordinal), wanted)
        if steps[-1].sections:
            return self._reaches(steps, self._test_of_elements(asked))
        return self._reaches(steps, self._test_of_values(asked, steps[-1]))

    def _reaches(self, steps: list[_Step], holds: Callable[[Any], bool]) -> Test:
        """Whether a path leads from an element to something for which a test holds; remembered at each step."""
        *way, last = steps
        test = self._at_end(last, holds)
        for step in reversed(way):
            test = self._behind(step, test)
        return test

    def _at_end(self, step: _Step, holds: Callable[[Any], bool]) -> Test:
        values = self._values_at(step)
        return lambda ordinal: any(map(holds, values(ordinal)))

    def _behind(self, step: _Step, test: Test) -> Test:
        known: dict[int, bool] = {}
        values = self._values_at(step)

        def remembered(ordinal: int) -> bool:
            answer = known.get(ordinal)
            if answer is None:
                answer = known[ordinal] = test(ordinal)
            return answer

        return lambda ordinal: any(map(remembered, values(ordinal)))

    # --- what stands at the end of a path ----------------------------------------------------------------

    def _test_of_elements(self, asked: Comparison) -> Callable[[int], bool]:
        architecture = self._architecture
        if asked.sign == "like":
            matches = _pattern(asked.values[0].text)
            return lambda ordinal: matches(architecture.id_at(ordinal)) or matches(self._name_at(ordinal))
        if asked.sign == "under":
            return below(architecture, self._ordinal_of(asked.values[0]), "parent").__contains__
        if asked.sign not in ("=", "in"):
            raise self._error("{name!r} leads to elements, which have no order", asked.path.steps[-1])
        wanted = {self._ordinal_of(value) for value in asked.values}
        return wanted.__contains__

    def _name_at(self, ordinal: int) -> str:
        return self._architecture.row_at(ordinal).get("name") or ""

    def _ordinal_of(self, value: Word) -> int:
        found = self._architecture.find(value.text)
        if found is None:
            near = near_miss(value.text, self._architecture.of(*types()))
            sentence = (
                english("there is no element {id!r}; did you mean {near!r}?")
                if near
                else english("there is no element {id!r}")
            )
            raise QueryError(sentence, query=self._query, at=value.at, id=value.text, near=near)
        return found.ordinal

    def _test_of_values(self, asked: Comparison, step: _Step) -> Callable[[Any], bool]:
        kinds = [end.kind for end in step.ends.values()]
        if asked.sign == "like":
            matches = _pattern(asked.values[0].text)
            return lambda value: matches(_plain(value))
        if asked.sign == "under":
            return self._test_of_codes(asked, kinds)
        readers = [_reader(kind) for kind in dict.fromkeys(kinds)]
        if asked.sign in ("=", "in"):
            wanted = {_comparable(one) for value in asked.values for one in self._read(value, readers)}
            return lambda value: _comparable(value) in wanted
        (limit,) = {_comparable(one) for one in self._read(asked.values[0], readers)} or {None}
        if isinstance(limit, (str, bool)) or limit is None:
            raise self._error("{name!r} has no order", asked.path.steps[-1])
        compare, is_date = _ORDER[asked.sign], isinstance(limit, datetime.date)

        def holds(value: Any) -> bool:
            own = _comparable(value)
            return isinstance(own, datetime.date) == is_date and not isinstance(own, str) and compare(own, limit)

        return holds

    def _test_of_codes(self, asked: Comparison, kinds: list[Kind | None]) -> Callable[[Any], bool]:
        if not all(isinstance(kind, CodeKind) for kind in kinds):
            raise self._error("{name!r} is neither a reference code nor a link", asked.path.steps[-1])
        code = asked.values[0].text.upper()
        return lambda value: str(value) == code or str(value).startswith(code + ".")

    def _read(self, value: Word, readers: Iterable[Callable[[str], Any]]) -> list[Any]:
        """What the text may mean at each of the kinds.

        Raises:
            QueryError: if it means nothing at any of them.
        """
        found: list[Any] = []
        problem: ValueProblem | None = None
        for read in readers:
            try:
                found.append(read(value.text))
            except ValueProblem as error:
                problem = error
        if not found and problem is not None:
            near = problem.suggestion
            sentence = (
                english("there is no value {value!r}; did you mean {near!r}?")
                if near
                else english("there is no value {value!r}")
            )
            raise QueryError(sentence, query=self._query, at=value.at, value=value.text, near=near)
        return [one for one in found if one is not None]

    def _whole_number(self, value: Word) -> int:
        if not value.text.isdecimal() or len(value.text) > 9:
            raise self._error("expected a number instead of {name!r}", value)
        return int(value.text)

    # --- paths -------------------------------------------------------------------------------------------

    def values(self, path: Path, sections: tuple[str, ...]) -> tuple[Values, bool]:
        """What a path leads to, each once and in order, and whether that are the numbers of elements.

        Raises:
            QueryError: if it asks for what does not exist.
        """
        steps = self._steps(path, sections)
        if path.counted:
            count = self._counter(steps)
            return (lambda ordinal: [count(ordinal)]), False
        return self._follower(steps), bool(steps[-1].sections)

    def _counter(self, steps: list[_Step]) -> Callable[[int], int]:
        follow = self._follower(steps)
        return lambda ordinal: len(follow(ordinal))

    def _follower(self, steps: list[_Step]) -> Values:
        at_each = [self._values_at(step) for step in steps]

        def follow(ordinal: int) -> list[Any]:
            here: list[Any] = [ordinal]
            for values in at_each:
                here = list(dict.fromkeys(value for one in here for value in values(one)))
                self._followed += len(here)
            if self._followed > _MOST_STEPS:
                raise QueryError("the query follows more than {most} links", query=self._query, most=_MOST_STEPS)
            return here

        return follow

    def _steps(self, path: Path, sections: tuple[str, ...]) -> list[_Step]:
        found: list[_Step] = []
        here = sections
        for word in path.steps:
            before = found[-1] if found else None
            if before is not None and not before.sections:
                found[-1] = self._with_key(before, word)
                continue
            step = self._step(word, here)
            found.append(step)
            here = step.sections
        return found

    def _step(self, word: Word, sections: tuple[str, ...]) -> _Step:
        ends = {section: end for section in sections if (end := _end_of(section, word.text))}
        if not ends:
            known = {name for section in sections for name in _names_at(section)}
            near = near_miss(word.text, known)
            sentence = (
                english("nothing here has a {name!r}; did you mean {near!r}?")
                if near
                else english("nothing here has a {name!r}")
            )
            raise self._error(sentence, word, near=near)
        leading = {section: _leads_to(section, end) for section, end in ends.items() if end.links}
        if leading and len(leading) < len(ends):
            raise self._error("{name!r} is a link at some of the types and a field at others", word)
        reached = {one for targets in leading.values() for one in targets}
        return _Step(ends, tuple(section for section in types() if section in reached))

    def _with_key(self, step: _Step, word: Word) -> _Step:
        """The part of a field that is a mapping or a source."""
        kinds = {type(end.kind) for end in step.ends.values()}
        takes_keys = kinds <= {ByYearKind, MapKind} or (kinds == {SourceKind} and word.text in _OF_A_SOURCE)
        if step.key or not takes_keys:
            raise self._error("nothing lies below the field before {name!r}", word)
        return step._replace(key=word.text)

    def _values_at(self, step: _Step) -> Values:
        """The values of one step."""
        rows, at_ordinal = self._architecture.row_at, self._architecture.at_ordinal
        getters = {section: self._getter(end, step.key) for section, end in step.ends.items()}
        if not step.sections and all(end.kind is not None for end in step.ends.values()) and not step.key:
            defaults = {section: type_of(section).meant.get(end.name) for section, end in step.ends.items()}
            names = {section: end.name for section, end in step.ends.items()}

            def plain(ordinal: int) -> list[Any]:
                row = rows(ordinal)
                section = row.shape.type.section
                if section not in names:
                    return []
                value = row.get(names[section])
                return _each(defaults[section] if value is None else value)

            return plain

        def through_elements(ordinal: int) -> list[Any]:
            element = at_ordinal(ordinal)
            get = getters.get(element.section)
            return [] if get is None else get(element)

        return through_elements

    def _getter(self, end: _End, key: str) -> Callable[[Any], list[Any]]:
        if end.name == _UNIT and end.links:
            return lambda element: _ordinals(element.info.belongs_to(element))
        if end.links:
            return lambda element: _ordinals(getattr(element, end.name))
        if end.kind is None:
            return lambda element: [self._own(element, end.name)]
        return lambda element: _parts(getattr(element, end.name), key)

    def _own(self, element: Any, name: str) -> str:
        architecture = self._architecture
        if name == "id":
            return architecture.id_at(element.ordinal)
        if name == "type":
            return str(element.section)
        if name == "layer":
            return str(element.info.layer.value)
        if name == "agency":
            return architecture.agency_at(element.ordinal)
        return architecture.file_at(element.ordinal).path

    def _error(self, sentence: str, word: Word, **values: object) -> QueryError:
        return QueryError(sentence, query=self._query, at=word.at, name=word.text, **values)


def _reader(kind: Kind | None) -> Callable[[str], Any]:
    """What turns the text of a query into a value of the kind."""
    if isinstance(kind, (ByYearKind, MapKind)):
        kind = kind.each
    if isinstance(kind, (ChoiceKind, CodeKind)):
        return kind.one
    if isinstance(kind, (BoolKind, NumberKind, YearKind)):
        return kind.read
    if kind is not None and kind.name in ("date", "validity"):
        return lambda text: read_date(text) or text
    return str


def _end_of(section: str, name: str) -> _End | None:
    """What a name is at a type, in either language."""
    info = type_of(section)
    field = info.spellings.get(name)
    if field is not None:
        return _End(field.kind, field.name, links=isinstance(field.kind, LinkKind))
    for english_name, inverse in info.inverses.items():
        if name in (english_name, inverse.indonesian):
            return _End(None, english_name, links=True)
    if name in _OWN:
        return _End(None, name, links=False)
    return _End(None, _UNIT, links=True) if name == _UNIT else None


def _names_at(section: str) -> Iterator[str]:
    info = type_of(section)
    yield from info.spellings
    for name, inverse in info.inverses.items():
        yield from (name, inverse.indonesian)
    yield from (*_OWN, _UNIT)


def _leads_to(section: str, end: _End) -> tuple[str, ...]:
    """The sections of the elements that a link or an other end leads to."""
    info = type_of(section)
    if end.name in info.links:
        return info.links[end.name].targets
    return ("units",) if end.name == _UNIT else info.inverses[end.name].sections


def _ordinals(found: Any) -> list[int]:
    """The numbers of one element, of several, or of none."""
    if found is None:
        return []
    return [found.ordinal] if hasattr(found, "ordinal") else [one.ordinal for one in found]


def _each(value: Any) -> list[Any]:
    """The single values of a field."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, tuple) and not isinstance(value, PartialDate):
        return [value] if hasattr(value, "_fields") else list(value)
    return [value]


def _parts(value: Any, key: str) -> list[Any]:
    """The part of each value that is meant."""
    if not key:
        return _each(value)
    if isinstance(value, Mapping):
        return [item for name, item in value.items() if str(name) == key]
    found = [getattr(one, key) for one in _each(value)]
    return [part for one in found for part in _each(one)]


def _comparable(value: Any) -> Any:
    """What stands for a value in comparisons: small letters, the last day of a date, numbers as they are."""
    if isinstance(value, PartialDate):
        return value.last_day
    if isinstance(value, (bool, int, float, datetime.date)):
        return value
    return _plain(value).casefold()


def _plain(value: Any) -> str:
    if isinstance(value, tuple) and hasattr(value, "_fields") and not isinstance(value, PartialDate):
        return "; ".join(_plain(part) for part in value if part)
    if isinstance(value, tuple):
        return "; ".join(map(_plain, value)) if not isinstance(value, PartialDate) else str(value)
    return str(value)


def _pattern(text: str) -> Callable[[str], bool]:
    """Whether a text is as a pattern says, in any case: `*` stands for any letters, `?` for one; in linear time."""
    pieces = text.casefold().split("*")
    if len(pieces) == 1:
        return lambda value: len(value.casefold()) == len(text.casefold()) and _is_at(value.casefold(), pieces[0], 0)
    first, *middle, last = pieces

    def matches(value: str) -> bool:
        value = value.casefold()
        end = len(value) - len(last)
        if end < len(first) or not _is_at(value, first, 0) or not _is_at(value, last, end):
            return False
        at = len(first)
        for piece in middle:
            at = _found(value, piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return at <= end

    return matches


def _is_at(value: str, piece: str, at: int) -> bool:
    if "?" not in piece:
        return value.startswith(piece, at)
    part = value[at : at + len(piece)]
    return len(part) == len(piece) and all(sign in ("?", letter) for sign, letter in zip(piece, part, strict=True))


def _found(value: str, piece: str, start: int, end: int) -> int:
    if "?" not in piece:
        return value.find(piece, start, end)
    return next((at for at in range(start, end - len(piece) + 1) if _is_at(value, piece, at)), -1)


def _joined(tests: list[Test], *, every: bool) -> Test:
    if every:
        return lambda ordinal: all(test(ordinal) for test in tests)
    return lambda ordinal: any(test(ordinal) for test in tests)
