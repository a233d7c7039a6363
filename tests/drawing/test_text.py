"""Measuring, cleaning and wrapping of text."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.drawing import text
from tests.drawing import build_fonts
from tests.drawing.samples import NASTY

WORDS = st.text(max_size=80).map(text.clean)
ROOMS = st.floats(min_value=20, max_value=300)
SIZES = st.sampled_from((6.5, 7.0, 8.0, 15.0))


@pytest.fixture(scope="module")
def rebuilt() -> tuple[dict[str, object], dict[str, object]]:
    return build_fonts.tables()


def test_widths_are_those_of_the_engines_font(rebuilt: tuple[dict[str, object], dict[str, object]]) -> None:
    committed = json.loads((build_fonts.FOLDER / "widths.json").read_text("utf-8"))
    assert committed == rebuilt[0], "run python -m tests.drawing.build_fonts"


def test_outlines_are_those_of_the_engines_font(rebuilt: tuple[dict[str, object], dict[str, object]]) -> None:
    assert text._outlines() == rebuilt[1], "run python -m tests.drawing.build_fonts"


@pytest.mark.parametrize(
    ("content", "bold", "expected"),
    [
        ("Arsitektur Kabupaten dalam Satu Halaman", True, 303.41),
        ("Lembar 1/8", False, 0.0),
    ],
)
def test_width_is_that_of_arimo(content: str, bold: bool, expected: float) -> None:
    size = 15.0 if bold else 8.0
    assert text.width(content, size, bold=bold) == pytest.approx(expected or 40.47, abs=0.01)


def test_a_character_beyond_the_font_is_as_wide_as_it_may_be() -> None:
    assert text.width("公", 10) == 10.0


def test_a_mark_on_a_letter_takes_no_room() -> None:
    assert text.width("e\u0301", 10) == text.width("e", 10)


@given(st.text())
def test_clean_text_is_clean(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)


@given(st.text())
def test_clean_text_has_no_control_characters(raw: str) -> None:
    assert not {"Cc", "Cs"} & {unicodedata.category(character) for character in text.clean(raw)}


def test_white_space_becomes_one_space() -> None:
    assert text.clean(" satu\r\n\t dua\u2028tiga\u3000") == "satu dua tiga"


@pytest.mark.parametrize(
    "control", ["\0", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f", "\ufffe", "\U0010ffff", "\ud800"]
)
def test_what_cannot_be_shown_is_replaced(control: str) -> None:
    assert text.clean(f"a{control}b") == "a\ufffdb"


@settings(max_examples=300)
@given(WORDS, ROOMS, SIZES, st.booleans(), st.integers(1, 5))
def test_no_line_is_wider_than_the_room(content: str, room: float, size: float, bold: bool, lines: int) -> None:
    wrapped = text.wrap(content, room, size, bold=bold, lines=lines)
    assert max(text.width(line, size, bold=bold) for line in wrapped) <= room + 0.01


@given(WORDS, ROOMS, st.integers(1, 5))
def test_there_are_no_more_lines_than_allowed(content: str, room: float, lines: int) -> None:
    assert 1 <= len(text.wrap(content, room, 8, lines=lines)) <= lines


@given(WORDS, ROOMS)
def test_text_that_is_not_cut_is_all_there(content: str, room: float) -> None:
    wrapped = text.wrap(content, room, 8, lines=10_000)
    assert _letters("".join(wrapped)) == _letters(content)


def _letters(content: str) -> str:
    return content.replace("-", "").replace(" ", "")


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("Perizinan Berusaha Berbasis Risiko", ("Perizinan Berusaha", "Berbasis Risiko")),
        ("infrastruktur/pengembangan", ("infrastruktur/", "pengembangan")),
        ("data_kependudukan_nasional", ("data_kependudukan_", "nasional")),
        ("Pertanggungjawabannya", ("Pertanggungjawa-", "bannya")),
        ("", ("",)),
    ],
)
def test_lines_break_where_people_would(content: str, lines: tuple[str, ...]) -> None:
    assert text.wrap(content, 82 if len(lines) > 1 and lines[1] != "bannya" else 66, 8) == lines


def test_a_cut_says_so_at_the_character() -> None:
    assert text.fit("Sistem Informasi", 50, 8) == "Sistem Info…"


def test_a_letter_keeps_its_marks() -> None:
    assert not text.fit("e\u0301" * 40, 50, 8)[:-1].endswith("e")


def test_a_very_long_name_takes_no_time() -> None:
    assert len(text.wrap("x" * 1_000_000, 80, 8)) == 3


@pytest.mark.parametrize("name", NASTY)
def test_outlines_exist_for_any_name(name: str) -> None:
    assert all(isinstance(text.outline(character, bold=True), tuple) for character in text.clean(name)[:200])
