"""PlantUML, read with the grammar that is written; tests/browser has the real program draw it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing.text import clean
from spbe_arch.printers import plantuml
from tests.drawing import samples
from tests.printers.shared import TEXTS, matched, view_with

if TYPE_CHECKING:
    from spbe_arch.views.view import View

_TEXT = r"(?:[^\W_]|[ ]|<U\+[0-9A-F]{4,6}>)*?"
LINE = re.compile(
    rf"""@startuml|@enduml|skinparam\ \w+\ [\w\#]+
    |title\ (?P<title>{_TEXT})
    |package\ "(?P<box>{_TEXT})"\ as\ g\d+\ \{{
    |\}}
    |(?:\ \ )?rectangle\ "(?P<node>{_TEXT}(?:\\n{_TEXT})?)"\ as\ n\d+\ \#\w+(?:;line:\w+)?(?:;line\.\w+)?
    |n\d+\ -->\ n\d+(?:\ :\ (?P<said>{_TEXT}))?
    """,
    re.VERBOSE,
)
"""All that a line may be: text is letters, digits, spaces and numbered characters, and nothing else."""


def read(view: View, part: str) -> list[str]:
    """The texts of one kind, as PlantUML decodes them."""
    texts = [match[part] for match in matched(LINE, plantuml.write(view)) if match[part] is not None]
    return [re.sub(r"<U\+(\w+)>", lambda one: chr(int(one[1], 16)), text.replace("\\n", "\n")) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_is_read_back_literally(names: list[str]) -> None:
    view = view_with(names)
    below = [(clean(name) or f"e{index}", f"e{index}") for index, name in enumerate(names)]
    assert read(view, "node") == ["\n".join(dict.fromkeys(lines)) for lines in below]
    assert read(view, "title") == [name for name in [clean(names[-1])] if name]
    assert read(view, "box") == [clean(names[0]) or "g"]


def test_what_is_retired_is_dashed() -> None:
    [node, *_] = samples.chain().nodes
    view = replace(samples.chain(), nodes=(node._replace(status="retired"),), edges=(), groups=())
    assert b";line.dashed" in plantuml.write(view)
