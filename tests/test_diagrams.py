"""The committed pictures of the shipped model are those of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spbe_arch import check, load
from spbe_arch.drawing import draw
from spbe_arch.views import make_view
from tests.command import run
from tests.pictures import FOLDER, MODEL, ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_the_committed_pictures_are_what_is_drawn_today() -> None:
    result = run(ROOT, "render", "models/kab-bekasi", "-o", str(FOLDER), "--check")
    assert (result.returncode, result.stdout) == (0, ""), "look at them after `make diagrams`"


def test_all_of_them_are_known_to_the_ledger(tmp_path: Path) -> None:
    from spbe_arch.gallery.ledger import FILE, read_ledger

    known = {*read_ledger(FOLDER).pictures, FILE, "index.md", "index.html"}
    assert {path.name for path in FOLDER.iterdir()} == known


@pytest.mark.parametrize("view", ["layers", "layers:diskominfosantik", "chain:perizinan-usaha"])
def test_layers_and_chains_of_the_shipped_model_are_made_for_a4(view: str) -> None:
    architecture = load(MODEL)
    sheets = draw(make_view(architecture, view, check(architecture)))
    assert {tuple(sorted((sheet.width, sheet.height))) for sheet in sheets} == {(595.28, 841.89)}
