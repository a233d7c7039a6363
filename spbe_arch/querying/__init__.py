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
from spbe_arch.querying.conditions import SINGLE, Asker, types_called
from spbe_arch.querying.language import Column, Path, Request, Word, parse, parse_columns, parse_condition
from spbe_arch.showing import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture, Elements
    from spbe_arch.metamodel.values import Kind
    from spbe_arch.querying.language import Condition

__all__ = ["Answer", "ask", "query"]

Value = str | int | float | bool | None | tuple["Value", ...]
"""What stands in a cell: a value, several, or none."""
Rows = tuple[tuple[Value, ...], ...]

_SHOWN = ("id", "name", "type", "unit")
"""The columns of a query that names none."""


class Answer:
    """What a query found: elements, and a row of values for each."""

    def __init__(
        self,
        elements: Elements[Any],
        columns: tuple[str, ...],
        kinds: tuple[tuple[Kind, ...], ...],
        made: Callable[[], Rows],
        *,
        is_named: bool,
    ) -> None:
        self.elements = elements
        self.columns = columns
        self.kinds = kinds
        """What may stand in each column; nothing is said of ids and numbers."""
        self.is_named = is_named
        """Whether the question says which columns there are."""
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
    made = [asker.column(column.path, sections) for column in columns]
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
            return tuple(zip(*(_cells(column(found)) for column in made), strict=True))

    names = tuple(column.name for column in columns)
    kinds = tuple(asker.kinds(column.path, sections) for column in columns)
    return Answer(architecture.chosen(found), names, kinds, rows, is_named=bool(request.columns))


def _order(
    asker: Asker, request: Request, columns: tuple[Column, ...], sections: tuple[str, ...]
) -> Callable[[list[int]], list[Any]] | None:
    """What rows are sorted by: a column by its name, or a path."""
    if request.order is None:
        return None
    named = {column.name: column.path for column in columns}
    return asker.column(named.get(str(request.order), request.order), sections)


def _sorted(found: list[int], order: Callable[[list[int]], list[Any]], *, descending: bool) -> list[int]:
    """By the first value of each: numbers before texts, nothing last; those that are alike stay in order."""
    values = order(found)
    if set(map(type, values)) == {str}:
        return _ranked(found, list(map(str.casefold, values)), descending=descending)
    first = [value[0] if type(value) is tuple else value for value in values]
    known = dict(zip(found, first, strict=True))
    nothing = [one for one, value in known.items() if value is None]
    numbers = [one for one, value in known.items() if isinstance(value, (int, float))]
    texts = [one for one, value in known.items() if value is not None and not isinstance(value, (int, float))]
    numbers = _ranked(numbers, [known[one] for one in numbers], descending=descending)
    texts = _ranked(texts, [str(known[one]).casefold() for one in texts], descending=descending)
    return [*nothing, *texts, *numbers] if descending else [*numbers, *texts, *nothing]


def _ranked(ordinals: list[int], keys: list[Any], *, descending: bool) -> list[int]:
    """Some numbers in the order of their keys; those of keys alike stay as they are."""
    return [ordinals[place] for place in sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)]


def _cells(column: list[Any]) -> list[Value]:
    """One column, as it stands in a table."""
    if set(map(type, column)) <= SINGLE:
        return column
    return [tuple(map(_value, cell)) if type(cell) is tuple else _value(cell) for cell in column]


def _value(value: Any) -> Value:
    """A value of a field as it stands in a table."""
    if type(value) in SINGLE:
        return value  # type: ignore[no-any-return]
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return "; ".join(str(_value(part)) for part in value if part)
    return value if isinstance(value, (bool, int, float)) else str(value)
