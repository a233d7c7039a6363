"""A query tree → what it asks of an architecture: names are looked up in the metamodel, values are read by their kind.

Everything that can be wrong is told before the first element is looked at: a name that no type in question has, a
value that the field does not take, an order of what has none. Conditions are asked of many elements at once: those
at the end of a path are judged together, each once, so the work grows with the elements and their links, however long
the path.
"""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import compress, repeat
from types import NoneType
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import QueryError
from spbe_arch.findings import english
from spbe_arch.metamodel import PartialDate, ValueProblem, near_miss, type_of, types
from spbe_arch.metamodel.values import (
    BoolKind,
    ByYearKind,
    ChoiceKind,
    CodeKind,
    Kind,
    MapKind,
    NumberKind,
    YearKind,
    read_date,
)
from spbe_arch.paths import (
    LONGEST,
    OF_EVERY,
    REPEATED,
    UNIT,
    Found,
    PathProblem,
    Reason,
    Step,
    TypesKind,
    follow,
    sections_called,
    type_near,
    value_of_every,
    values_in,
)
from spbe_arch.querying.language import Blank, Both, Comparison, Has, Not
from spbe_arch.questions import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.paths import Names
    from spbe_arch.querying.language import Condition, Path, Word
    from spbe_arch.records import Shape

__all__ = ["SINGLE", "Asker", "Column", "Pick", "types_called"]

Pick = Callable[["list[int]"], "list[int]"]
"""Those of some elements, by their numbers and in their order, for which a condition holds."""
Values = Callable[[int], "Sequence[Any]"]
"""What a path leads to from the element of a number: values, or the numbers of elements."""
Column = Callable[["list[int]"], "list[Any]"]
"""What stands at each of many elements, by their numbers."""

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MOST_STEPS = 20_000_000
"""Links that a query with counts may follow; it is the one part of a query that can grow beyond the model."""


def types_called(word: Word, query: str) -> tuple[str, ...]:
    """The sections that the name of a type, or of a layer, stands for, in either language.

    Raises:
        QueryError: if it is no such name.
    """
    found = sections_called(word.text)
    if not found:
        near = type_near(word.text)
        sentence = (
            english("there is no type {name!r}; did you mean {near!r}?")
            if near
            else english("there is no type {name!r}")
        )
        raise QueryError(sentence, query=query, at=word.at, name=word.text, near=near)
    return found


class Asker:
    """Puts queries to one architecture."""

    def __init__(self, architecture: Architecture, query: str) -> None:
        self._architecture = architecture
        self._query = query
        self._followed = 0

    # --- conditions --------------------------------------------------------------------------------------

    def pick(self, condition: Condition, sections: tuple[str, ...]) -> Pick:
        """Those of some elements of the sections for which a condition holds.

        Raises:
            QueryError: if it asks for what does not exist.
        """
        match condition:
            case Both():
                picks = [self.pick(one, sections) for one in condition.conditions]
                return _every(picks) if condition.every else _either(picks)
            case Not():
                return _without(self.pick(condition.condition, sections))
            case Blank():
                found = self._found(condition.path, sections)
                return _without(self._reaching(found.steps, self._having(found) if found.names else _all))
            case Has():
                found = self._found(condition.path, sections)
                if found.names:
                    raise self._error("{name!r} does not lead to elements", condition.path.steps[-1])
                return self._reaching(found.steps, self.pick(condition.condition, found.sections))
            case Comparison():
                return self._comparison(condition, sections)

    def _comparison(self, asked: Comparison, sections: tuple[str, ...]) -> Pick:
        if asked.sign == "!=":
            return _without(self._comparison(asked._replace(sign="="), sections))
        found = self._found(asked.path, sections)
        if asked.path.counted:
            wanted = self._whole_number(asked.values[0])
            compare, count = _ORDER[asked.sign], self._counter(found)
            return lambda numbers: [one for one in numbers if compare(count(one), wanted)]
        if found.names and asked.sign == "like":
            return self._reaching(found.steps, self._having_like(found, asked.values[0].text))
        if found.names:
            return self._reaching(found.steps, self._having(found, self._test_of_values(asked, found)))
        holds = self._test_of_elements(asked)
        return self._reaching(found.steps, lambda numbers: list(filter(holds, numbers)))

    def _reaching(self, steps: Sequence[Step], pick: Pick) -> Pick:
        """Those from which some steps lead to an element that is picked.

        All elements that the steps lead to are gathered first, and judged together, each once.
        """
        ways = [self._way(step) for step in steps]

        def reaching(numbers: list[int]) -> list[int]:
            fronts = [numbers]
            for way in ways:
                fronts.append(list({other for one in fronts[-1] for other in way(one)}))
            found = pick(fronts.pop())
            for way, front in zip(reversed(ways), reversed(fronts), strict=True):
                good = set(found)
                found = [one for one in front if not good.isdisjoint(way(one))] if good else []
            return found

        return reaching

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

    def _test_of_values(self, asked: Comparison, found: Found) -> Callable[[Any], bool]:
        if asked.sign == "under":
            return self._test_of_codes(asked, found.kinds)
        readers = [_reader(kind) for kind in found.kinds]
        if asked.sign in ("=", "in"):
            wanted = {_comparable(one) for value in asked.values for one in self._read(value, readers)}
            return lambda value: (value.casefold() if type(value) is str else _comparable(value)) in wanted
        limits = {_comparable(one) for one in self._read(asked.values[0], readers)}
        dates = [limit for limit in limits if isinstance(limit, datetime.date)]
        numbers = [limit for limit in limits if isinstance(limit, (int, float)) and not isinstance(limit, bool)]
        if not dates and not numbers:
            raise self._error("{name!r} has no order", asked.path.steps[-1])
        compare = _ORDER[asked.sign]

        def holds(value: Any) -> bool:
            own = _comparable(value)
            if isinstance(own, str):
                return False
            return any(compare(own, limit) for limit in (dates if isinstance(own, datetime.date) else numbers))

        return holds

    def _test_of_codes(self, asked: Comparison, found: Iterable[Kind]) -> Callable[[Any], bool]:
        if not all(isinstance(kind, CodeKind) for kind in found):
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
                meant = read(value.text)
            except ValueProblem as error:
                problem = error
            else:
                found += meant if type(meant) is tuple else [meant]
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

    def _counter(self, found: Found) -> Callable[[int], int]:
        follow = self._follower(found)
        return lambda ordinal: len(follow(ordinal))

    def _follower(self, found: Found) -> Values:
        """What lies at the end, each once and in order; remembered for each element on the way."""
        ways: list[Callable[[int], Sequence[Any]]] = [self._way(step) for step in found.steps]
        if found.names:
            ways.append(self._values(found))
        follow = ways.pop()
        if not ways:
            return lambda ordinal: list(dict.fromkeys(follow(ordinal)))
        for way in reversed(ways):
            follow = self._behind(way, follow)
        return follow

    def _behind(self, way: Callable[[int], Sequence[int]], follow: Values) -> Values:
        known: dict[int, Sequence[Any]] = {}

        def remembered(ordinal: int) -> Sequence[Any]:
            found = known.get(ordinal)
            if found is None:
                found = known[ordinal] = follow(ordinal)
            return found

        def behind(ordinal: int) -> Sequence[Any]:
            here = way(ordinal)
            if len(here) == 1:
                return remembered(here[0])
            found = list(dict.fromkeys([end for one in here for end in remembered(one)]))
            self._followed += len(found)
            if self._followed > _MOST_STEPS:
                raise QueryError("the query follows more than {most} links", query=self._query, most=_MOST_STEPS)
            return found

        return behind

    def _way(self, step: Step) -> Callable[[int], Sequence[int]]:
        """What one step leads to."""
        follow = self._architecture.following(step.names)
        if not step.repeated:
            return follow

        def again(ordinal: int) -> Sequence[int]:
            found: dict[int, None] = {}
            waiting = [ordinal]
            while waiting:
                new = [one for one in follow(waiting.pop()) if one not in found]
                found.update(dict.fromkeys(new))
                waiting += new
            self._followed += len(found)
            return list(found)

        return again

    def _found(self, path: Path, sections: tuple[str, ...]) -> Found:
        try:
            return follow([word.text for word in path.steps], sections)
        except PathProblem as problem:
            raise self._problem(problem, path.steps[problem.number]) from None

    def _problem(self, problem: PathProblem, word: Word) -> QueryError:
        match problem.reason:
            case Reason.UNKNOWN:
                near = problem.near
                if near:
                    return self._error("nothing here has a {name!r}; did you mean {near!r}?", word, near=near)
                return self._error("nothing here has a {name!r}", word)
            case Reason.ENDED:
                return self._error("nothing lies below the field before {name!r}", word)
            case Reason.MIXED:
                return self._error("{name!r} is a link at some of the types and a field at others", word)
            case Reason.UNREPEATABLE:
                sentence = english("{name!r} cannot be repeated; only {fields} and their other ends can")
                return self._error(sentence, word, fields=", ".join(REPEATED))
            case Reason.LONG:
                return self._error("a path has {most} names at most", word, most=LONGEST)

    def _values(self, found: Found) -> Values:
        """The values of a field, or what every element has, at the end of a path."""
        column, part = self._column(found), found.part

        def values(ordinal: int) -> Sequence[Any]:
            value = column([ordinal])[0]
            return (value,) if type(value) is str else values_in(value, part)

        return values

    def _having(self, found: Found, holds: Callable[[Any], bool] = lambda _: True) -> Pick:
        """Those with a value at the end for which a test holds."""
        column, part = self._column(found), found.part
        if found.names[0][1] in OF_EVERY and found.names[0][1] != "id":
            holds = cache(holds)  # the same few values stand at all elements
        judged: dict[int, bool] = {}
        """Values that are no texts, by identity; those of a default stand at many elements."""

        def is_good(value: Any) -> bool:
            good = judged.get(id(value))
            if good is None:
                good = judged[id(value)] = any(map(holds, values_in(value, part)))
            return good

        def having(numbers: list[int]) -> list[int]:
            pairs = zip(numbers, column(numbers), strict=True)
            return [one for one, value in pairs if (holds(value) if type(value) is str else is_good(value))]

        return having

    def _having_like(self, found: Found, pattern: str) -> Pick:
        """Those with a value at the end that is as a pattern says; texts are judged side by side."""
        column, part = self._column(found), found.part
        pick, matches = _side_by_side(pattern), _pattern(pattern)

        def having(numbers: list[int]) -> list[int]:
            values = column(numbers)
            kinds = set(map(type, values))
            if kinds == {str}:
                return pick(numbers, values)
            pairs = zip(numbers, values, strict=True)
            if kinds <= {str, NoneType}:
                filled = [one for one, value in pairs if value is not None]
                return pick(filled, [value for value in values if value is not None])
            return [one for one, value in pairs if any(matches(_plain(some)) for some in values_in(value, part))]

        return having

    # --- columns: the same for many elements at once ------------------------------------------------------

    def kinds(self, path: Path, sections: tuple[str, ...]) -> tuple[Kind, ...]:
        """The kinds of the values that a path leads to; none if it leads to elements or counts."""
        return () if path.counted else self._found(path, sections).kinds

    def column(self, path: Path, sections: tuple[str, ...]) -> Column:
        """What a path leads to from many elements: for each a value, several, or None; elements by their ids.

        Raises:
            QueryError: if it asks for what does not exist.
        """
        found = self._found(path, sections)
        if path.counted:
            count = self._counter(found)
            return lambda numbers: list(map(count, numbers))
        if not found.steps:
            raws, part = self._column(found), found.part
            return lambda numbers: _cells(raws(numbers), part)
        architecture = self._architecture
        if not found.names and len(found.steps) == 1 and all(name == UNIT for _, name in found.steps[0].names):
            return lambda numbers: _ids_of(architecture, map(architecture.holders.__getitem__, numbers))
        follow, tell = self._follower(found), architecture.ids_at

        def column(numbers: list[int]) -> list[Any]:
            ends = list(map(follow, numbers))
            if found.names:
                return [some[0] if len(some) == 1 else tuple(some) or None for some in ends]
            single = iter(tell([some[0] for some in ends if len(some) == 1]))
            return [next(single) if len(some) == 1 else tuple(tell(some)) or None for some in ends]

        return column

    def _column(self, found: Found) -> Column:
        """What stands in a field of many elements, or is meant if nothing stands there; None if nothing is."""
        architecture, name = self._architecture, found.names[0][1]
        rows = architecture.rows
        if name == "id":
            return architecture.ids_at
        if name == "type":
            return lambda numbers: [rows[one].shape.type.section for one in numbers]
        if name in OF_EVERY:
            of_every = value_of_every(architecture, name)
            return lambda numbers: list(map(of_every, numbers))
        places = _Places(found.names)

        def column(numbers: list[int]) -> list[Any]:
            here = [rows[one] for one in numbers]
            values = [row.values[at] if (at := places[row.shape]) >= 0 else None for row in here]
            if not places.meant:
                return values
            sections, pairs = places.meant, zip(here, values, strict=True)
            return [sections.get(row.shape.type.section) if value is None else value for row, value in pairs]

        return column

    def _error(self, sentence: str, word: Word, **values: object) -> QueryError:
        return QueryError(sentence, query=self._query, at=word.at, name=word.text, **values)


class _Places(dict["Shape", int]):
    """Where a field stands in the values of rows of each shape, found out when asked for; -1 if nowhere."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = dict(names)
        meant = {section: type_of(section).meant.get(name) for section, name in names}
        self.meant = {section: value for section, value in meant.items() if value is not None}
        """What a blank field means, by section."""

    def __missing__(self, shape: Shape) -> int:
        self[shape] = shape.positions.get(self._names.get(shape.type.section, ""), -1)
        return self[shape]


SINGLE = frozenset({str, int, float, bool, NoneType})
"""Types of values that stand in a cell as they are."""


def _cells(raws: list[Any], part: str) -> list[Any]:
    """What fields say, as cells: a value, several, or None."""
    if set(map(type, raws)) <= SINGLE:
        return raws
    several = [(raw,) if type(raw) is str else values_in(raw, part) for raw in raws]
    return [some[0] if len(some) == 1 else some or None for some in several]


def _ids_of(architecture: Architecture, numbers: Iterable[int]) -> list[str | None]:
    """The ids of some elements, of which there are few, each named often; None for a number below zero."""
    numbers = list(numbers)
    known: dict[int, str | None] = {one: architecture.id_at(one) for one in set(numbers) if one >= 0}
    return list(map(known.get, numbers))


def _all(numbers: list[int]) -> list[int]:
    return numbers


def _every(picks: list[Pick]) -> Pick:
    def every(numbers: list[int]) -> list[int]:
        for pick in picks:
            numbers = pick(numbers)
        return numbers

    return every


def _either(picks: list[Pick]) -> Pick:
    def either(numbers: list[int]) -> list[int]:
        found: set[int] = set()
        rest = numbers
        for pick in picks:
            found.update(pick(rest))
            rest = [one for one in rest if one not in found]
        return [one for one in numbers if one in found]

    return either


def _without(pick: Pick) -> Pick:
    def without(numbers: list[int]) -> list[int]:
        found = set(pick(numbers))
        return [one for one in numbers if one not in found]

    return without


def _reader(kind: Kind | None) -> Callable[[str], Any]:
    """What turns the text of a query into a value of the kind."""
    if isinstance(kind, (ByYearKind, MapKind)):
        kind = kind.each
    if isinstance(kind, (ChoiceKind, CodeKind)):
        return kind.one
    if isinstance(kind, (BoolKind, NumberKind, TypesKind, YearKind)):
        return kind.read
    if kind is not None and kind.name in ("date", "validity"):
        return lambda text: read_date(text) or text
    return str


def _comparable(value: Any) -> Any:
    """What stands for a value in comparisons: small letters, the last day of a date, numbers as they are."""
    if type(value) is str:
        return value.casefold()
    if isinstance(value, PartialDate):
        return value.last_day
    if isinstance(value, (bool, int, float, datetime.date)):
        return value
    return _plain(value).casefold()


def _plain(value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields") and not isinstance(value, PartialDate):
        return "; ".join(_plain(part) for part in value if part)
    if isinstance(value, tuple):
        return "; ".join(map(_plain, value)) if not isinstance(value, PartialDate) else str(value)
    return str(value)


def _pattern(text: str) -> Callable[[str], bool]:
    """Whether a text is as a pattern says, in any case: `*` stands for any letters, `?` for one; in linear time."""
    pieces = text.casefold().split("*")
    if len(pieces) == 1:
        return lambda value: len(value := value.casefold()) == len(pieces[0]) and _is_at(value, pieces[0], 0)
    first, *middle, last = pieces
    finders = [_finder(piece) for piece in middle if piece]

    def matches(value: str) -> bool:
        value = value.casefold()
        at, end = len(first), len(value) - len(last)
        if end < at or not _is_at(value, first, 0) or not _is_at(value, last, end):
            return False
        for find in finders:
            at = find(value, at, end)
            if at < 0:
                return False
        return True

    return matches if "?" in text else _pieces_in_order(first, middle, last)


def _pieces_in_order(first: str, middle: list[str], last: str) -> Callable[[str], bool]:
    """Whether a text, in small letters, begins and ends so and has some pieces between, one after the other."""

    def matches(value: str) -> bool:
        value = value.casefold()
        at, end = len(first), len(value) - len(last)
        if at and (at > end or not value.startswith(first)):
            return False
        if last and (at > end or not value.endswith(last)):
            return False
        for piece in middle:
            at = value.find(piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True

    return matches


def _side_by_side(pattern: str) -> Callable[[list[int], list[str]], list[int]]:
    """Picks the numbers of the texts that are as a pattern says: one piece after the other, in all of them."""
    first, *pieces = pattern.casefold().split("*")
    if first or not pieces or pieces.pop():
        matches = _pattern(pattern)
        return lambda numbers, texts: list(compress(numbers, map(matches, texts)))

    def pick(numbers: list[int], texts: list[str]) -> list[int]:
        texts = [text.casefold() for text in texts]
        starts: Iterable[int] = repeat(0)
        for piece in filter(None, pieces):
            ends = _ends(piece, texts, starts)
            good = [end >= 0 for end in ends]
            numbers, texts = list(compress(numbers, good)), list(compress(texts, good))
            starts = compress(ends, good)
        return numbers

    return pick


def _ends(piece: str, texts: Iterable[str], starts: Iterable[int]) -> list[int]:
    """Where a piece of a pattern ends that stands first in each of some texts from a place on; -1 if nowhere."""
    if "?" in piece:
        find = _finder(piece)
        return [find(text, start, len(text)) for text, start in zip(texts, starts, strict=False)]
    length = len(piece)
    return [
        place + length if (place := text.find(piece, start)) >= 0 else -1
        for text, start in zip(texts, starts, strict=False)
    ]


def _finder(piece: str) -> Callable[[str, int, int], int]:
    """Where a piece of a pattern ends that stands first between two places of a text; -1 if it stands nowhere."""
    if "?" not in piece:

        def find(value: str, start: int, end: int) -> int:
            at = value.find(piece, start, end)
            return at if at < 0 else at + len(piece)

        return find
    if len(piece) <= _SHORT:
        search = re.compile(re.escape(piece).replace(re.escape("?"), "."), re.DOTALL).search

        def seek(value: str, start: int, end: int) -> int:
            found = search(value, start, end)
            return found.end() if found else -1

        return seek
    wild = sum(1 << at for at, sign in enumerate(piece) if sign == "?")
    fits = dict.fromkeys(piece, wild)
    for at, sign in enumerate(piece):
        fits[sign] |= 1 << at
    whole = 1 << (len(piece) - 1)

    def step(value: str, start: int, end: int) -> int:
        reached = 0  # bit n: the letters before here are as the first n + 1 signs of the piece say (Baeza-Yates 1992)
        for at in range(start, end):
            reached = ((reached << 1) | 1) & fits.get(value[at], wild)
            if reached & whole:
                return at + 1
        return -1

    return step


_SHORT = 32
"""Signs of a piece of a pattern that `re` looks for; each stands for one letter, so it never goes back further."""


def _is_at(value: str, piece: str, at: int) -> bool:
    if "?" not in piece:
        return not piece or value.startswith(piece, at)
    part = value[at : at + len(piece)]
    return len(part) == len(piece) and all(sign in ("?", letter) for sign, letter in zip(piece, part, strict=True))
