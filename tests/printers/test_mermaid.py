"""Mermaid, read with the grammar that is written; tests/browser has the real program draw it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing.text import clean
from spbe_arch.printers import mermaid
from tests.drawing import samples
from tests.printers.shared import TEXTS, matched, view_with

if TYPE_CHECKING:
    from spbe_arch.views.view import View

_TEXT = r"(?:[^\W_]|[ ]|\#\d+;|<wbr>)*?"
LINE = re.compile(
    rf"""flowchart\ TB
    |%%\ [^{{}}%]*
    |\ \ accTitle:\ (?P<title>{_TEXT})
    |\ \ subgraph\ g\d+\["(?P<box>{_TEXT})"\]
    |\ \ end
    |\ +(?P<node>n\d+)\["(?P<name>{_TEXT})(?:<br>(?P<id>{_TEXT}))?"\]
    |\ \ n\d+\ -->(?:\|"(?P<said>{_TEXT})"\|)?\ n\d+
    |\ \ classDef\ \w+\ [\w:,#-]+
    |\ \ class\ [\w,]+\ \w+
    """,
    re.VERBOSE,
)
"""All that a line may be: text is letters, digits, spaces and numbered characters, and nothing else."""


def read(view: View) -> list[dict[str, str]]:
    """Each line in its parts, their texts as Mermaid decodes them."""
    return [
        {part: _decoded(text) for part, text in match.groupdict().items() if text is not None}
        for match in matched(LINE, mermaid.write(view))
    ]


def _decoded(text: str) -> str:
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text.replace("<wbr>", ""))


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_is_read_back_literally(names: list[str]) -> None:
    lines = read(view_with(names))
    assert [line["name"] for line in lines if "name" in line] == [
        clean(name) or f"e{index}" for index, name in enumerate(names)
    ]
    assert [line["title"] for line in lines if "title" in line] == [clean(names[-1])]
    assert [line["box"] for line in lines if "box" in line] == [clean(names[0]) or "g"]


@given(st.lists(TEXTS.filter(lambda text: "_" not in text), min_size=2, max_size=6))
def test_every_link_says_its_word(names: list[str]) -> None:
    said = [line["said"] for line in read(view_with(names)) if "said" in line]
    assert said == [clean(name) for name in names[1:] if clean(name)]


def test_links_are_named_in_the_language_of_the_view() -> None:
    said = {language: b"mendukung" in mermaid.write(samples.chain(language)) for language in ("id", "en")}
    assert said == {"id": True, "en": False}


def test_a_chart_larger_than_mermaid_shows_says_so() -> None:
    assert mermaid.write(samples.large_chain(600)).startswith(b"%% ")
    assert mermaid.write(samples.chain()).startswith(b"flowchart")
