"""Three pictures, whole: read the difference in review, and `python -m tests.refresh` writes it."""

from __future__ import annotations

import pytest

from tests.drawing.golden import GOLDEN, REQUESTS, drawn
from tests.refresh import COMMAND


@pytest.mark.parametrize("name", REQUESTS)
def test_a_picture_is_what_its_golden_file_holds(name: str) -> None:
    assert drawn(name) == (GOLDEN / f"{name}.svg").read_text(encoding="utf-8"), f"if this is meant, run `{COMMAND}`"
