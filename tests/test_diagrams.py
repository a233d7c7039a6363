from __future__ import annotations

import pytest

from spbe_arch import check, load
from spbe_arch.drawing import draw
from spbe_arch.views import make_view
from tests import pictures


def test_the_committed_pictures_are_what_is_drawn_today() -> None:
    drawn = pictures.files()
    stale = [path.name for path, data in drawn.items() if not path.is_file() or path.read_bytes() != data]
    assert stale == [], "the pictures have changed: look at them after `make diagrams`"


def test_no_picture_is_left_over() -> None:
    assert sorted(pictures.FOLDER.iterdir()) == sorted(pictures.files())


@pytest.mark.parametrize("view", ["layers", "layers:diskominfosantik", "chain:perizinan-usaha"])
def test_layers_and_chains_of_the_shipped_model_are_made_for_a4(view: str) -> None:
    architecture = load(pictures.MODEL)
    sheets = draw(make_view(architecture, view, check(architecture)))
    assert {tuple(sorted((sheet.width, sheet.height))) for sheet in sheets} == {(595.28, 841.89)}
