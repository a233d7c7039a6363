"""Each viewpoint, whole: read the difference in review, and `python -m tests.refresh` writes it."""

from __future__ import annotations

import pytest

from spbe_arch.views import viewpoints
from tests.refresh import COMMAND
from tests.views.golden import GOLDEN, written


@pytest.mark.parametrize("name", viewpoints())
def test_a_viewpoint_shows_what_its_golden_file_holds(name: str) -> None:
    assert written(name).decode() == (GOLDEN / f"{name}.dot").read_bytes().decode(), (
        f"if this is meant, run `{COMMAND}`"
    )
