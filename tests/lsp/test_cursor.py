"""Where in the model a place in a text is, however broken the text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spbe_arch.lsp.cursor import Cursor, cursor_at
from tests.lsp.marked import position


def cursor(text: str) -> Cursor:
    plain, place = position(text)
    return cursor_at(plain.split("\n"), place.line, place.character)


@pytest.mark.parametrize(
    ("text", "path", "slot", "typed"),
    [
        ("lay|", (), "key", "lay"),
        ("layanan:\n  |", ("layanan",), "key", ""),
        ("layanan:\n  izin:\n    na|", ("layanan", "izin"), "key", "na"),
        ("layanan:\n  izin:\n    nama: Per|", ("layanan", "izin", "nama"), "value", "Per"),
        ("layanan:\n  izin:\n    nama:|", ("layanan", "izin", "nama"), "value", ""),
        ("layanan:\n  izin:\n    data: [a, b|", ("layanan", "izin", "data", 1), "value", "b"),
        ("layanan:\n  izin: {nama: Izin, met|", ("layanan", "izin"), "key", "met"),
        ("layanan:\n  izin: {data: [{to: x|", ("layanan", "izin", "data", 0, "to"), "value", "x"),
        ("layanan:\n  izin:\n    data:\n    - a\n    - |", ("layanan", "izin", "data", 1), "value", ""),
        (
            "layanan:\n  izin:\n    sumber:\n      - dokumen: x\n        hal|",
            ("layanan", "izin", "sumber", 0),
            "key",
            "hal",
        ),
        ("layanan:\n  a: [x\n  b:\n    nama: |", ("layanan", "b", "nama"), "value", ""),
        ("layanan:\n  a:\n    uraian: |2\n", ("layanan", "a", "uraian"), "value", ""),
        ("layanan:\n  a:\n    nama: 'It|", ("layanan", "a", "nama"), "value", "It"),
        ("layanan:\n  a:\n    nama: x # spbe|", ("layanan", "a", "nama"), "comment", "# spbe"),
    ],
)
def test_where_a_place_is(text: str, path: tuple[object, ...], slot: str, typed: str) -> None:
    found = cursor(text)
    assert (found.path, found.slot, found.typed) == (path, slot, typed)


def test_what_stands_below_a_bar_is_text() -> None:
    lines = ["layanan:", "  a:", "    uraian: |", "      nama: ini teks", "      "]
    assert cursor_at(lines, 4, 6).path == ("layanan", "a", "uraian")


def test_the_other_keys_of_the_mapping_are_known() -> None:
    assert cursor("layanan:\n  a:\n    nama: A\n    |\n    metode: x\n  b:\n    data: y").beside == {"nama", "metode"}


WILD = st.text(alphabet="ab: \n-[]{},'\"#|>&*!\\\u0085\u2028é😀", max_size=80)


@given(WILD, st.integers(-1, 12), st.integers(-1, 40))
@example("[" * 500, 0, 500)
def test_any_text_has_a_cursor_anywhere(text: str, line: int, column: int) -> None:
    found = cursor_at(text.split("\n"), line, column)
    assert 0 <= found.start <= max(found.end, found.start)
