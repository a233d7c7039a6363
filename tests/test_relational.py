"""SQL over an architecture: it reads the tables and nothing else; the file that is written can be read."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from spbe_arch import check, load_texts
from spbe_arch.errors import QueryError
from spbe_arch.relational import ENGINES, ask_sql, sqlite_bytes
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = load_texts(list(clean_texts().items()))
FINDINGS = check(CLEAN)


def rows(text: str, engine: str = "sqlite") -> list[tuple[Any, ...]]:
    return ask_sql(CLEAN, FINDINGS, text, engine=engine)[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_element_is_a_row(engine: str) -> None:
    assert rows("select count(*) from elements", engine) == [(len(CLEAN),)]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_link_is_a_row(engine: str) -> None:
    assert rows("select count(*) from links", engine) == [(CLEAN.link_count,)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_section_is_a_table_of_its_fields(engine: str) -> None:
    (row,) = rows("select name, status, users from applications where id = 'e-pajak'", engine)
    pajak = CLEAN.applications["e-pajak"]
    assert row == (pajak.name, pajak.status, pajak.users)


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_can_be_joined(engine: str) -> None:
    text = (
        "select l.target from links l join elements e on e.id = l.source where e.id = 'e-pajak' and field = 'supports'"
    )
    assert [row[0] for row in rows(text, engine)] == list(CLEAN.applications["e-pajak"].supports.ids)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "attach database 'x.db' as x",
        "create table x (a integer)",
        "insert into elements values (1)",
        "delete from elements",
        "drop table elements",
        "select load_extension('x')",
        "select readfile('/etc/hostname')",
        "select * from read_csv('/etc/hostname')",
        "copy elements to 'x.csv'",
        "install httpfs",
        "load 'x'",
        "set enable_external_access = true",
        "vacuum into 'x.db'",
        "select 1; select 2",
        "select * from tiada",
        "selec",
        "",
    ],
)
def test_a_query_can_only_read_the_tables(text: str, engine: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError):
        rows(text, engine)
    assert list(tmp_path.iterdir()) == []


def test_a_value_has_a_bound() -> None:
    with pytest.raises(QueryError, match="too big"):
        rows("select hex(zeroblob(100000000))")


@pytest.mark.parametrize(
    ("engine", "text"),
    [
        ("sqlite", "select hex(zeroblob(50000)) from elements"),
        ("duckdb", "select repeat('x', 100000) from elements"),
        ("sqlite", "with recursive n(i) as (select 1 union all select i + 1 from n) select i, i * 0.5, null from n"),
        ("duckdb", "select range(10000) from elements"),
        ("duckdb", "select {'a': repeat('x', 50000), 'b': map {1: repeat('y', 50000)}} from elements"),
    ],
)
def test_an_answer_has_a_bound(engine: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spbe_arch.relational._MOST_MEGABYTES", 1)
    with pytest.raises(QueryError, match="the answer is longer than 1 megabytes"):
        rows(text, engine)


def test_a_query_has_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spbe_arch.relational._SECONDS", 0.0)
    with pytest.raises(QueryError, match="stopped: it took longer than 0 seconds"):
        rows("with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n")


def test_the_written_file_holds_every_table(tmp_path: Path) -> None:
    (tmp_path / "model.db").write_bytes(sqlite_bytes(CLEAN, FINDINGS))
    connection = sqlite3.connect(tmp_path / "model.db")
    found = dict(connection.execute("select id, name from services").fetchall())
    connection.close()
    assert found == {id: service.name for id, service in CLEAN.services.items()}
