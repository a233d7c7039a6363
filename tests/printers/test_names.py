"""File names: what every system takes, and never the same for two views."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.printers.names import file_stem

NAMES = [
    "con",
    "aux.x",
    "LPT1",
    "a..b",
    "a.",
    ".a",
    "-a",
    "a" * 300,
    "A",
    "名前",
    "a/b",
    "..",
    "",
    "a\\b",
    "a b",
    "\ud800",
]


@pytest.mark.parametrize("name", ["layers", "chain-perizinan-usaha", "layers-kab-x+dinas.1", "a_b"])
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert file_stem(name) == name


@given(st.one_of(st.text(), st.sampled_from(NAMES)))
def test_any_name_is_made_safe(name: str) -> None:
    stem = file_stem(name)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+.-]{0,99}", stem)
    assert ".." not in stem
    assert not stem.endswith(".")
    assert stem.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


@given(st.sets(st.one_of(st.text("aA.-~/ é", max_size=6), st.sampled_from(NAMES)), min_size=2))
def test_no_two_names_meet_on_any_disk(names: set[str]) -> None:
    assert len({file_stem(name).casefold() for name in names}) == len(names)
