"""An architecture as tables, and SQL over them.

    elements  id, agency, type, layer, name, status, unit, reference, since, until, path
    links     source, target, field, relationship, note
    fields    element, field, position, value
    findings  code, rule, level, element, field, path
    and a table for each section, as in applications, with a column for each field

Several values of a field stand in one cell with "; " between; `fields` and `links` have them one by one. A query
can read these tables and nothing else: no files, no settings, no writing, and it has to end.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from itertools import chain
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import declared
from spbe_arch.errors import QueryError
from spbe_arch.metamodel import PartialDate, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["ENGINES", "Table", "ask_sql", "cell", "sqlite_bytes", "tables"]

ENGINES = ("sqlite", "duckdb")
Row = tuple[Any, ...]

_SECONDS = 60.0
"""How long a query may run."""
_MOST_ROWS = 1_000_000
_MOST_COLUMNS = 200
_LONGEST_VALUE = 10_000_000
"""Bytes of one value or of the query itself."""
_MOST_MEGABYTES = 200
"""Of the values of an answer: of a text its letters, of a number or of nothing the place that it takes in memory."""
_PLACE = 8
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_WITHOUT = frozenset({"load_extension", "readfile", "writefile", "fts3_tokenizer"})
"""Functions that reach beyond the tables."""


class Table:
    """Rows with named columns; the rows are made when they are read."""

    def __init__(self, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        self.name = name
        self.columns = columns
        self.rows = rows


def tables(architecture: Architecture, findings: Iterable[Finding] = ()) -> Iterator[Table]:
    """Every table of an architecture."""
    yield Table(
        "elements",
        ("id", "agency", "type", "layer", "name", "status", "unit", "reference", "since", "until", "path"),
        _elements(architecture),
    )
    yield Table("links", ("source", "target", "field", "relationship", "note"), _links(architecture))
    yield Table("fields", ("element", "field", "position", "value"), _fields(architecture))
    yield Table("findings", ("code", "rule", "level", "element", "field", "path"), _findings(architecture, findings))
    for section, info in types().items():
        yield Table(section, ("id", *info.fields), _of_section(architecture, section, tuple(info.fields)))


def _elements(architecture: Architecture) -> Iterator[Row]:
    for ordinal in architecture.all_ordinals():
        element: Any = architecture.at_ordinal(ordinal)
        unit = element.info.belongs_to(element)
        yield (
            architecture.id_at(ordinal),
            architecture.agency_at(ordinal),
            element.section,
            element.info.layer.value,
            element.name,
            element.status,
            None if unit is None else architecture.id_at(unit.ordinal),
            getattr(element, "reference", None),
            element.since,
            element.until,
            _name_of_file(architecture.file_at(ordinal).path),
        )


def _name_of_file(path: str) -> str:
    """A path as SQLite takes it: names of files need not be UTF-8."""
    return path.encode(errors="backslashreplace").decode()


def _links(architecture: Architecture) -> Iterator[Row]:
    for link in architecture.links():
        yield link.source, link.target, link.field, link.relationship, link.note


def _fields(architecture: Architecture) -> Iterator[Row]:
    for ordinal in architecture.all_ordinals():
        row, id = architecture.row_at(ordinal), architecture.id_at(ordinal)
        for name, value in zip(row.shape.fields, row.values, strict=True):
            several = isinstance(value, tuple) and not hasattr(value, "_fields")
            for position, one in enumerate(value if several else (value,)):
                yield id, name, position, cell(one)


def _findings(architecture: Architecture, findings: Iterable[Finding]) -> Iterator[Row]:
    rules = {**declared(), **architecture.own_rules}
    for finding in findings:
        place = finding.place
        element = architecture.at_place(place)
        id = None if element is None else architecture.id_at(element.ordinal)
        yield finding.code, rules[finding.code].name, finding.level.value, id, place.field, _name_of_file(place.path)


def _of_section(architecture: Architecture, section: str, fields: tuple[str, ...]) -> Iterator[Row]:
    for ordinal in architecture.ordinals(section):
        row = architecture.row_at(ordinal)
        meant = row.shape.type.meant
        yield architecture.id_at(ordinal), *(cell(row.get(name) or meant.get(name)) for name in fields)


def cell(value: Any) -> str | int | float | None:
    """A value of a field as a database and a table take it: a number or a text."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {cell(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        if hasattr(value, "to"):
            return str(value.to)
        return "; ".join(str(cell(one)) for one in value if one not in (None, ()))
    return str(value)


# --- asking ------------------------------------------------------------------------------------------------


def ask_sql(
    architecture: Architecture, findings: Iterable[Finding], text: str, *, engine: str = "sqlite"
) -> tuple[tuple[str, ...], list[Row]]:
    """The columns and rows of a query in SQL.

    Args:
        architecture: what is asked.
        findings: those of the table of findings.
        text: one query that reads.
        engine: "sqlite", or "duckdb" where the extra of this name is installed.

    Raises:
        QueryError: if the text is no query, wants more than to read, or takes too long.
    """
    if len(text) > 100_000:
        raise QueryError("the query is longer than {most} characters", most=100_000)
    words = set(re.findall(r"\w+", text.lower()))
    wanted = [table for table in tables(architecture, findings) if table.name in words]
    return _ask_duckdb(wanted, text) if engine == "duckdb" else _ask_sqlite(wanted, text)


def _ask_sqlite(wanted: list[Table], text: str) -> tuple[tuple[str, ...], list[Row]]:
    connection = sqlite3.connect(":memory:")
    try:
        _fill(connection, wanted)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MOST_COLUMNS)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: int(time.monotonic() > end), 100_000)
        connection.set_authorizer(_only_reading)
        cursor = connection.execute(text)
        if cursor.description is None:
            raise QueryError("the query does not read anything")
        rows = [tuple(map(_printable, row)) for row in _fetched(cursor.fetchone)]
        return tuple(column[0] for column in cursor.description), rows
    except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
        raise _told(error, stopped=str(error) == "interrupted") from error
    finally:
        connection.close()


def _fetched(following: Callable[[], Row | None]) -> list[Row]:
    """The rows of an answer, one after the other, so that no more of it is held than may be."""
    rows: list[Row] = []
    letters = 0
    for row in iter(following, None):
        rows.append(row)
        letters += sum(map(_length, row))
        if len(rows) > _MOST_ROWS:
            raise QueryError("the answer has more than {most} rows", most=_MOST_ROWS)
        if letters > _MOST_MEGABYTES * 1_000_000:
            raise QueryError("the answer is longer than {most} megabytes", most=_MOST_MEGABYTES)
    return rows


def _length(value: object) -> int:
    """How long a value is; those of a list or a structure (DuckDB) count."""
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, (list, tuple)):
        return _PLACE + sum(map(_length, value))
    if isinstance(value, dict):
        return _PLACE + sum(map(_length, chain(value, value.values())))
    return _PLACE


def _told(error: Exception, *, stopped: bool) -> QueryError:
    """What a database says of a query, or that it was stopped because it took too long."""
    if stopped:
        return QueryError("the query was stopped: it took longer than {seconds} seconds", seconds=round(_SECONDS))
    return QueryError("the database says: {reason}", reason=str(error))


def _only_reading(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action not in _READING or (action == sqlite3.SQLITE_FUNCTION and (second or first) in _WITHOUT):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _printable(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _ask_duckdb(wanted: list[Table], text: str) -> tuple[tuple[str, ...], list[Row]]:
    try:
        import duckdb
    except ImportError as error:
        raise QueryError("DuckDB is not installed: python -m pip install 'spbe-arch[duckdb]'") from error
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": "2GB",
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        for table in wanted:
            rows = list(table.rows)
            kinds = [_kind_of_column(rows, index) for index in range(len(table.columns))]
            columns = ", ".join(f'"{name}" {kind}' for name, kind in zip(table.columns, kinds, strict=True))
            connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
            if rows:
                marks = ", ".join("?" * len(table.columns))
                connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 - our names
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        statements = connection.extract_statements(text)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise QueryError("the query has to be one statement that reads")
        timer = threading.Timer(_SECONDS, connection.interrupt)
        timer.start()
        try:
            cursor = connection.execute(text)
            rows = _fetched(cursor.fetchone)
        finally:
            timer.cancel()
        return tuple(column[0] for column in cursor.description or ()), rows
    except duckdb.Error as error:
        raise _told(error, stopped=isinstance(error, duckdb.InterruptException)) from error
    finally:
        connection.close()


def _kind_of_column(rows: list[Row], index: int) -> str:
    """DuckDB wants a type for each column: numbers if all are, else text."""
    found = {type(row[index]) for row in rows if row[index] is not None}
    if found == {int}:
        return "BIGINT"
    return "DOUBLE" if found and found <= {int, float} else "VARCHAR"


# --- a file --------------------------------------------------------------------------------------------------


def sqlite_bytes(architecture: Architecture, findings: Iterable[Finding] = ()) -> bytes:
    """Every table as the bytes of an SQLite file."""
    connection = sqlite3.connect(":memory:")
    try:
        _fill(connection, tables(architecture, findings))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, wanted: Iterable[Table]) -> None:
    for table in wanted:
        columns = ", ".join(f'"{name}"' for name in table.columns)
        connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608 - our names
