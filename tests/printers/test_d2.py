"""D2, read with the grammar that is written; tests/browser has the real program read it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing.text import clean
from spbe_arch.printers import d2
from tests.drawing import samples
from tests.printers.shared import TEXTS, matched, view_with

if TYPE_CHECKING:
    from spbe_arch.views.view import View

_TEXT = r'"(?:[^"\\$]|\\["\\$n])*"'
LINE = re.compile(
    rf"""title:\ (?P<title>{_TEXT})\ \{{shape:\ text;[\w:;. -]+\}}
    |g\d+:\ (?P<box>{_TEXT})\ \{{
    |\ \ style:\ \{{[\w:;"\# -]+\}}
    |\}}
    |(?:\ \ )?n\d+:\ (?P<node>{_TEXT})\ \{{[\w:;."\# -]+\}}
    |(?:g\d+\.)?n\d+\ ->\ (?:g\d+\.)?n\d+(?::\ (?P<said>{_TEXT}))?
    """,
    re.VERBOSE,
)
"""All that a line may be: text is quoted, and no sign with a meaning stands alone in it."""


def read(view: View, part: str) -> list[str]:
    """The texts of one kind, as D2 decodes them."""
    texts = [match[part][1:-1] for match in matched(LINE, d2.write(view)) if match[part] is not None]
    return [re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], text) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_is_read_back_literally(names: list[str]) -> None:
    view = view_with(names)
    below = [(clean(name) or f"e{index}", f"e{index}") for index, name in enumerate(names)]
    assert read(view, "node") == ["\n".join(dict.fromkeys(lines)) for lines in below]
    assert read(view, "title") == [clean(names[-1])]
    assert read(view, "box") == [clean(names[0]) or "g"]


def test_what_is_retired_is_dashed() -> None:
    [node, *_] = samples.chain().nodes
    view = replace(samples.chain(), nodes=(node._replace(status="retired"),), edges=(), groups=())
    assert b"style.stroke-dash: 4" in d2.write(view)
