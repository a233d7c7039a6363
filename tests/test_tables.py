"""Tables as text, CSV, JSON, Markdown: what is written is read back by the parser of the format."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from spbe_arch import load_texts
from spbe_arch.formats.csv_format import literal
from spbe_arch.messages import printable
from spbe_arch.querying import query
from spbe_arch.tables import answer_in_words, print_table

CELL = st.one_of(st.none(), st.integers(), st.text(max_size=20), st.tuples(st.text(max_size=5), st.text(max_size=5)))
ROWS = st.lists(st.tuples(CELL, CELL), max_size=5)


@given(ROWS)
def test_json_gives_the_rows_back(rows: list[tuple[object, object]]) -> None:
    found = json.loads(print_table(("a", "b"), rows, "json"))["rows"]
    assert found == [{"a": _listed(one), "b": _listed(other)} for one, other in rows]


def _listed(cell: object) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_csv_gives_the_texts_back_as_texts(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(print_table(("a",), [(text,) for text in texts], "csv"), newline="")))
    assert [row[0] if row else "" for row in rows[1:]] == [literal(text) for text in texts]


@given(st.text(max_size=20))
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    html = MarkdownIt("commonmark").enable("table").parse(print_table(("a", "b"), [(text, "x")], "markdown"))
    cells = [token.children or [] for token in html if token.type == "inline"]
    assert "".join(child.content for child in cells[2]).strip() == printable(text, 10_000).strip()


def test_columns_stand_below_each_other_and_numbers_to_the_right() -> None:
    assert print_table(("id", "n"), [("satu", 1), ("dua", 10)]) == "id     n\n----  --\nsatu   1\ndua   10\n"


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=4), st.integers(25, 80))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]], width: int) -> None:
    import unicodedata

    for line in print_table(("a", "b"), rows, width=width).splitlines():
        assert sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line) <= width + sum(
            bool(unicodedata.combining(letter)) for letter in line
        )


ASKED = load_texts(
    [
        ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"),
        ("model.yaml", "applications:\n  simrs: {name: SIM RS, status: upgrade, users: 3}\n"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "language", "head", "row"),
    [
        ("applications", "id", ("id", "nama", "jenis_elemen", "unit"), ("simrs", "SIM RS", "aplikasi", None)),
        ("applications", "en", ("id", "name", "type", "unit"), ("simrs", "SIM RS", "applications", None)),
        ("applications show id, status, users", "id", ("id", "status", "users"), ("simrs", "peningkatan", 3)),
        ("applications show layer as lapis", "id", ("lapis",), ("aplikasi",)),
        ("servers", "id", ("id", "nama", "jenis_elemen", "unit"), None),
    ],
)
def test_people_are_told_an_answer_in_their_language_under_the_names_that_they_gave(
    asked: str, language: str, head: tuple[str, ...], row: tuple[object, ...] | None
) -> None:
    heads, rows = answer_in_words(query(ASKED, asked), language)
    assert (tuple(heads), list(rows)) == (head, [row] if row else [])
