"""Markdown, in which nothing of a model is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from spbe_arch.formats.markdown import escape
from tests.formats.shared import HOSTILE, SUMMARY, TOLD, UNKNOWN_TARGET, written


@pytest.mark.parametrize(
    "text",
    ["a|b", "`x`", "*x*", "_x_", "[x](y)", "![x](y)", "<b>", "&lt;", "~x~", "#1", "\\", HOSTILE],
)
def test_no_sign_is_markup(text: str) -> None:
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()#+!|~<>]", escape(text).replace("&#", "")) is None


@pytest.mark.parametrize("text", ["https://jahat.example/x", "www.jahat.example", "@bappeda"])
def test_nothing_becomes_a_link_or_a_mention(text: str) -> None:
    assert re.search(r"://|www\.|@", escape(text)) is None


def test_each_row_of_the_table_has_its_three_cells() -> None:
    rows = [line for line in written("markdown").splitlines() if "SPBE" in line]
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows] == [4] * len(TOLD)


def test_a_message_of_several_lines_stays_in_its_row() -> None:
    assert "a b" in written("markdown", (replace(UNKNOWN_TARGET, message="a\tb\n"),))


def test_what_is_not_shown_is_counted() -> None:
    shown = SUMMARY.errors + SUMMARY.warnings + SUMMARY.notes - 1
    assert written("markdown", TOLD[:1]).endswith(f"and {shown} more\n")
