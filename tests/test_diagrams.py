"""The committed pictures of the shipped model are those of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.command import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "diagrams/kab-bekasi"


def test_the_committed_pictures_are_what_is_drawn_today() -> None:
    result = run(ROOT, "render", "models/kab-bekasi", "-o", str(FOLDER), "--check")
    assert (result.returncode, result.stdout) == (0, ""), "look at them after `make diagrams`"


def test_all_of_them_are_known_to_the_ledger(tmp_path: Path) -> None:
    from spbe_arch.gallery.ledger import FILE, read_ledger

    known = {*read_ledger(FOLDER).pictures, FILE, "index.md", "index.html"}
    assert {path.name for path in FOLDER.iterdir()} == known
