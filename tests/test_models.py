"""The shipped model: its README names every finding that stays on purpose."""

from __future__ import annotations

import re
from pathlib import Path

from spbe_arch import check, load

MODEL = Path(__file__).parents[1] / "models" / "kab-bekasi"
ROW = re.compile(r"^\| (SPBE\d{3}) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


def test_the_readme_of_the_shipped_model_lists_its_findings() -> None:
    rows = ROW.findall((MODEL / "README.md").read_text(encoding="utf-8"))
    listed = {(code, named.strip(" `") if named.startswith("`") else None) for code, named in rows}
    assert {(finding.code, finding.place.element) for finding in check(load(MODEL))} == listed
