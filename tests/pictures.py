"""The committed pictures of the shipped model."""

from __future__ import annotations

from pathlib import Path

from spbe_arch import check, load, render

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models/kab-bekasi"
FOLDER = ROOT / "diagrams/kab-bekasi"


def files() -> dict[Path, bytes]:
    """Every picture that `spbe render models/kab-bekasi -o diagrams/kab-bekasi` draws, with its bytes."""
    architecture = load(MODEL)
    pictures = render(architecture, check(architecture), formats=("svg", "png"))
    return {FOLDER / picture.name: picture.data for picture in pictures}
