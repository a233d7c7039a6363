"""`spbe check --show-settings`: what holds, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from spbe_arch.cli import app

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = """\
version: 1
agency: kab-danau
name: Pemerintah Kabupaten Danau
kind: regency
period: 2025-2029
check:
  baseline: dikenal.json
  fail_level: warning
  levels: {SPBE501: note}
  per_path: {"arsip/*": [SPBE302, SPBE301]}
  synonyms: {presensi: [absen]}
"""


def shown(folder: Path, *arguments: str) -> list[str]:
    (folder / "spbe.yaml").write_text(MANIFEST, encoding="utf-8")
    return CliRunner().invoke(app, ["check", ".", "--show-settings", *arguments]).stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "# spbe.yaml"),
        ((), 'baseline = "dikenal.json"  # spbe.yaml: check.baseline'),
        (("--baseline", "lain.json"), 'baseline = "lain.json"  # --baseline'),
        ((), 'fail_level = "warning"  # spbe.yaml: check.fail_level'),
        (("--fail-level", "note"), 'fail_level = "note"  # --fail-level'),
        (("--as-of", "2027-03"), 'as_of = "2027-03-31"  # --as-of'),
        ((), 'levels = {"SPBE501": "note"}  # spbe.yaml: check.levels'),
        ((), 'per_path = {"arsip/*": ["SPBE301", "SPBE302"]}  # spbe.yaml: check.per_path'),
        ((), 'synonyms = {"presensi": ["absen"]}  # spbe.yaml: check.synonyms'),
        ((), "fillers = []  # default"),
    ],
)
def test_a_line_says_what_holds_and_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert line in shown(tmp_path, *arguments)


def test_rules_name_every_place_that_chose_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    codes = next(line for line in shown(tmp_path, "--select", "SPBE5", "--ignore", "SPBE50") if "codes" in line)
    assert codes.endswith("  # --select, --ignore")
