"""The shipped model and the folder of its committed pictures."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models/kab-bekasi"
FOLDER = ROOT / "diagrams/kab-bekasi"
