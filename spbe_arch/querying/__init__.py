"""Questions to an architecture as text: which elements, and what of them (the grammar stands in `language`).

    answer = query(architecture, "applications where status = upgrade and count(supports) > 1 show id, owner.name")
    answer.elements["bebunge"]
    answer.rows

No code in it is run, nothing but the architecture is read, and the work grows with its elements and links.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spbe_arch.metamodel import PartialDate, types
from spbe_arch.querying.conditions import Asker, section_named
from spbe_arch.querying.language import Column, Path, Request, Word, parse, parse_columns, parse_condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture, Elements
    from spbe_arch.querying.language import Condition

__all__ = ["Answer", "ask", "query"]

Value = str | int | float | bool | None | tuple["Value", ...]
"""What stands in a cell: a value, several, or none."""

_SHOWN = ("id", "name", "type", "unit")
"""The columns of a query that names none."""


@dataclass(frozen=True)
class Answer:
    """What a query found: elements, and a row of values for each."""

    elements: Elements[Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)


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
    sections = tuple(dict.fromkeys(section_named(word, text) for word in request.types)) or tuple(types())
    if condition is None and request.condition is not None:
        condition = request.condition, asker
    columns = request.columns or tuple(Column(Path((Word(name, 0),)), name) for name in _SHOWN)
    getters = [asker.values(column.path, sections) for column in columns]
    order = _order(asker, request, columns, sections)
    found = [ordinal for section in sections for ordinal in architecture.ordinals(section)]
    if condition is not None:
        holds = condition[1].test(condition[0], sections)
        found = list(filter(holds, found))
    if order is not None:
        found.sort(key=lambda ordinal: _sortable(order(ordinal)), reverse=request.descending)
    if request.limit is not None:
        found = found[: request.limit]
    rows = tuple(
        tuple(_cell(architecture, values(ordinal), elements=elements) for values, elements in getters)
        for ordinal in found
    )
    return Answer(architecture.chosen(found), tuple(column.name for column in columns), rows)


def _order(
    asker: Asker, request: Request, columns: tuple[Column, ...], sections: tuple[str, ...]
) -> Callable[[int], list[Any]] | None:
    """What rows are sorted by: a column by its name, or a path."""
    if request.order is None:
        return None
    named = {column.name: column.path for column in columns}
    return asker.values(named.get(str(request.order), request.order), sections)[0]


def _cell(architecture: Architecture, values: list[Any], *, elements: bool) -> Value:
    shown: list[Value] = [architecture.id_at(value) if elements else _value(value) for value in values]
    return None if not shown else shown[0] if len(shown) == 1 else tuple(shown)


def _value(value: Any) -> Value:
    """A value of a field as it stands in a table."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return "; ".join(str(_value(part)) for part in value if part)
    return value if isinstance(value, (bool, int, float)) else str(value)


def _sortable(values: list[Any]) -> tuple[Any, ...]:
    """What rows are sorted by: numbers before texts, nothing last."""
    if not values:
        return (2, 0, "")
    first = values[0]
    if isinstance(first, PartialDate):
        return (1, 0, str(first))
    if isinstance(first, (int, float)) and not isinstance(first, datetime.date):
        return (0, first, "")
    return (1, 0, str(first).casefold())
