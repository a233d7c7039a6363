"""Questions to an architecture as text: which elements, and what of them (the grammar stands in `language`).

    answer = query(architecture, "applications where status = upgrade and count(supports) > 1 show id, owner.name")
    answer.elements["bebunge"]
    answer.rows

No code in it is run, nothing but the architecture is read, and the work grows with its elements and links.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from spbe_arch.collecting import collector_held
from spbe_arch.metamodel import PartialDate, types
from spbe_arch.querying.conditions import Asker, types_called
from spbe_arch.querying.language import Column, Path, Request, Word, parse, parse_columns, parse_condition
from spbe_arch.showing import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spbe_arch.architecture import Architecture, Elements
    from spbe_arch.querying.language import Condition

__all__ = ["Answer", "ask", "query"]

Value = str | int | float | bool | None | tuple["Value", ...]
"""What stands in a cell: a value, several, or none."""
Rows = tuple[tuple[Value, ...], ...]

_SHOWN = ("id", "name", "type", "unit")
"""The columns of a query that names none."""


class Answer:
    """What a query found: elements, and a row of values for each."""

    def __init__(self, elements: Elements[Any], columns: tuple[str, ...], made: Callable[[], Rows]) -> None:
        self.elements = elements
        self.columns = columns
        self._made = made

    def __len__(self) -> int:
        return len(self.elements)

    @cached_property
    def rows(self) -> Rows:
        """The cells, as the columns are; made when they are first looked at.

        Raises:
            QueryError: if a column counts more links than a query may follow.
        """
        return self._made()

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} elements with {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the rows."""
        return str(show("answer_as_html", self))


def query(architecture: Architecture, text: str) -> Answer:
    """The answer to a query, in the order of files and lines if it asks for no other.

    Raises:
        QueryError: if the text is no query, or asks for what does not exist; the error says where.

    >>> from spbe_arch import load
    >>> architecture = load("models/kab-bekasi")
    >>> query(architecture, "services where count(supported_by) > 3 show id").rows
    (('perizinan-usaha',),)
    """
    return _answer(architecture, parse(text), text)


def ask(
    architecture: Architecture,
    sections: Iterable[str] = (),
    *,
    where: str = "",
    show: str = "",
    limit: int | None = None,
) -> Answer:
    """The same question in parts: names of sections, a condition, and columns.

    Args:
        architecture: what is asked.
        sections: names in either language; all if there are none.
        where: a condition; all elements if it is empty.
        show: columns with commas between; id, name, type and unit if it is empty.
        limit: the most rows.

    Raises:
        QueryError: if a part is none, or asks for what does not exist; the error says where.
    """
    names = tuple(Word(name, 0) for name in sections)
    condition = (parse_condition(where), Asker(architecture, where)) if where.strip() else None
    columns = parse_columns(show) if show.strip() else ()
    request = Request(names, None, columns, limit=limit)
    return _answer(architecture, request, show, condition)


def _answer(
    architecture: Architecture, request: Request, text: str, condition: tuple[Condition, Asker] | None = None
) -> Answer:
    asker = Asker(architecture, text)
    named = (section for word in request.types for section in types_called(word, text))
    sections = tuple(dict.fromkeys(named)) or tuple(types())
    if condition is None and request.condition is not None:
        condition = request.condition, asker
    columns = request.columns or tuple(Column(Path((Word(name, 0),)), name) for name in _SHOWN)
    getters = [asker.values(column.path, sections) for column in columns]
    order = _order(asker, request, columns, sections)
    found = [ordinal for section in sections for ordinal in architecture.ordinals(section)]
    with collector_held():
        if condition is not None:
            found = condition[1].pick(condition[0], sections)(found)
        if order is not None:
            found = _sorted(found, order, descending=request.descending)
    if request.limit is not None:
        found = found[: request.limit]

    def rows() -> Rows:
        with collector_held():
            cells = [_cells(architecture, found, values, elements=elements) for values, elements in getters]
            return tuple(zip(*cells, strict=True))

    return Answer(architecture.chosen(found), tuple(column.name for column in columns), rows)


def _order(
    asker: Asker, request: Request, columns: tuple[Column, ...], sections: tuple[str, ...]
) -> Callable[[int], Sequence[Any]] | None:
    """What rows are sorted by: a column by its name, or a path."""
    if request.order is None:
        return None
    named = {column.name: column.path for column in columns}
    return asker.values(named.get(str(request.order), request.order), sections)[0]


def _sorted(found: list[int], order: Callable[[int], Sequence[Any]], *, descending: bool) -> list[int]:
    """By the first value of each: numbers before texts, nothing last; those that are alike stay in order."""
    values = [here[0] if here else None for here in map(order, found)]
    if set(map(type, values)) <= {str}:
        keys = list(map(str.casefold, values))  # type: ignore[arg-type]
        return [found[place] for place in sorted(range(len(found)), key=keys.__getitem__, reverse=descending)]
    numbers: dict[int, float] = {}
    texts: dict[int, str] = {}
    nothing: list[int] = []
    for ordinal, value in zip(found, values, strict=True):
        if value is None:
            nothing.append(ordinal)
        elif isinstance(value, (int, float)):
            numbers[ordinal] = value
        else:
            texts[ordinal] = str(value).casefold()
    first = sorted(numbers, key=numbers.__getitem__, reverse=descending)
    then = sorted(texts, key=texts.__getitem__, reverse=descending)
    return [*nothing, *then, *first] if descending else [*first, *then, *nothing]


def _cells(
    architecture: Architecture, found: list[int], values: Callable[[int], Sequence[Any]], *, elements: bool
) -> list[Value]:
    """One column."""
    here = list(map(values, found))
    single = [some[0] for some in here if len(some) == 1]
    shown: list[Value] = []
    shown += architecture.ids_at(single) if elements else map(_value, single)
    if len(single) == len(here):
        return shown
    following = iter(shown)
    several = architecture.id_at if elements else _value
    return [next(following) if len(some) == 1 else tuple(map(several, some)) or None for some in here]


def _value(value: Any) -> Value:
    """A value of a field as it stands in a table."""
    if type(value) is str:
        return value
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return "; ".join(str(_value(part)) for part in value if part)
    return value if isinstance(value, (bool, int, float)) else str(value)
