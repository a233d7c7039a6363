"""`spbe check --fix`, `--unsafe-fixes` and `--diff`: what is written, what is printed, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from spbe_arch.errors import OutputError
from spbe_arch.files import Replacement, replace_files
from tests.command import MANIFEST, run, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RULES = ("--select", "SPBE0,SPBE1", "--ignore", "SPBE151,SPBE153,SPBE154,SPBE155")
FAULTY = "services:\r\n  s:\r\n    name: X  # tetap\r\n    note: '-'\r\n    owner: bapnda\r\n"
UNITS = "units:\n  bapenda: {name: Badan Pendapatan}\n"
SAFE = FAULTY.replace(" '-'", "")
GUESSED = SAFE.replace("bapnda", "bapenda")
FILES: Mapping[str, str | bytes] = {"a.yaml": FAULTY, "unit/u.yaml": UNITS}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write(tmp_path / "model", FILES)


def fix(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return run(folder, "check", *RULES, *arguments, **options)


def text(path: Path) -> str:
    return path.read_bytes().decode()


def test_what_is_certain_is_written_and_the_rest_is_found(model: Path) -> None:
    result = fix(model, "--fix", "--output-format", "concise")
    assert text(model / "a.yaml") == SAFE
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["SPBE101"]
    assert result.stderr.splitlines()[-1] == "1 fixed, 1 remain (1 more with --unsafe-fixes)"
    assert result.returncode == 1


def test_guesses_are_written_when_they_are_asked_for(model: Path) -> None:
    result = fix(model, "--fix", "--unsafe-fixes")
    assert text(model / "a.yaml") == GUESSED
    assert result.stderr.splitlines()[-1] == "2 fixed, 0 remain"
    assert (result.stdout, result.returncode) == ("", 0)


def test_a_diff_is_printed_and_nothing_is_written(model: Path) -> None:
    result = run(model, "check", *RULES, "--diff")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        *("--- a.yaml", "+++ a.yaml", "@@ -1,5 +1,5 @@", " services:", "   s:", "     name: X  # tetap"),
        *("-    note: '-'", "+    note:", "     owner: bapnda"),
    ]
    assert result.stderr == "1 would be fixed, 1 would remain (1 more with --unsafe-fixes)\n"
    assert text(model / "a.yaml") == FAULTY


def test_a_diff_that_is_applied_does_what_fixing_does(model: Path) -> None:
    diff = subprocess.run(
        [*_command(), "check", *RULES, "--diff", "--unsafe-fixes"], cwd=model, capture_output=True, check=False
    ).stdout
    subprocess.run(["git", "apply", "-p0", "--unidiff-zero", "-"], cwd=model, input=diff, check=True)
    assert text(model / "a.yaml") == GUESSED


def _command() -> tuple[str, ...]:
    from tests.command import SPBE

    return SPBE


def test_a_diff_says_where_a_line_break_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "services:\n  s: {name: x, note: n/a}\nthemes: {}"})
    lines = run(tmp_path, "check", "--select", "SPBE1", "--diff").stdout.splitlines()
    assert lines[4:] == [
        *("-  s: {name: x, note: n/a}", "+  s: {name: x, note: }"),
        *(" themes: {}", "\\ No newline at end of file"),
    ]


def test_a_model_in_which_there_is_nothing_to_fix_has_no_diff(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": UNITS})
    result = fix(tmp_path, "--diff")
    assert (result.stdout, result.returncode) == ("", 0)
    assert fix(tmp_path, "--fix").stderr.splitlines()[-1] == "0 fixed, 0 remain"


def test_fixing_twice_writes_once(model: Path) -> None:
    fix(model, "--fix")
    before = (model / "a.yaml").stat().st_mtime_ns
    assert fix(model, "--fix").stderr.splitlines()[-1] == "0 fixed, 1 remain (1 more with --unsafe-fixes)"
    assert (model / "a.yaml").stat().st_mtime_ns == before


def test_a_check_says_what_can_be_fixed_and_how(model: Path) -> None:
    result = fix(model)
    assert result.stderr.splitlines()[-1] == "1 can be fixed with --fix (1 more with --unsafe-fixes)"
    assert "= fix: leave it blank" in result.stdout
    assert "write 'bapenda'" not in result.stdout
    assert "= fix: write 'bapenda' (a guess)" in fix(model, "--unsafe-fixes").stdout


def test_it_speaks_the_language_of_its_reader(model: Path) -> None:
    result = fix(model, "--diff", "--language", "id")
    assert result.stderr == "1 akan diperbaiki, 1 akan tersisa (1 lagi dengan --unsafe-fixes)\n"
    assert "= perbaikan: kosongkan" in fix(model, "--language", "id").stdout


def test_programs_are_told_what_a_fix_would_change(model: Path) -> None:
    found = json.loads(fix(model, "--output-format", "json").stdout)["findings"]
    fixes = {one["code"]: one["fix"] for one in found}
    assert fixes["SPBE114"]["applicability"] == "safe"
    [edit] = fixes["SPBE101"]["edits"]
    assert edit == {"path": "a.yaml", "line": 5, "column": 12, "end_line": 5, "end_column": 18, "text": "bapenda"}


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "unit/b.yaml": FAULTY.replace(" s:", " t:")})
    fix(tmp_path, "unit", "--fix")
    assert text(tmp_path / "a.yaml") == FAULTY
    assert text(tmp_path / "unit/b.yaml") == SAFE.replace(" s:", " t:")


def test_files_of_a_member_are_written_when_its_folder_is_named(tmp_path: Path) -> None:
    own = "version: 1\nagency: prov\nname: Provinsi\nmembers: [kab]\n"
    write(tmp_path, {"kab/spbe.yaml": MANIFEST, "kab/a.yaml": FAULTY, "kab/u.yaml": UNITS}, own)
    assert "2 can be fixed in the folders of members, when they are named" in fix(tmp_path, "--fix").stderr
    assert text(tmp_path / "kab/a.yaml") == FAULTY
    fix(tmp_path, "kab", "--fix")
    assert text(tmp_path / "kab/a.yaml") == SAFE


def test_what_the_baseline_knows_is_not_touched(model: Path) -> None:
    fix(model, "--write-baseline", "--baseline", "b.json")
    assert "0 fixed" in fix(model, "--fix", "--baseline", "b.json").stderr
    assert text(model / "a.yaml") == FAULTY


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fix", "--write-baseline"),
        ("--diff", "--prune-baseline"),
        ("--fix", "--show-settings"),
        ("--diff", "--output-format", "json"),
        ("--write-baseline", "--prune-baseline"),
        ("--write-baseline", "--show-settings"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: tuple[str, ...], model: Path) -> None:
    result = fix(model, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert text(model / "a.yaml") == FAULTY


# --- writing -------------------------------------------------------------------------------------------------


def test_a_file_that_may_not_be_written_is_named_and_nothing_is_written(model: Path) -> None:
    write(model, {"b.yaml": FAULTY.replace(" s:", " t:")})
    (model / "b.yaml").chmod(0o444)
    result = fix(model, "--fix")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "spbe: b.yaml may not be written; nothing was\n"
    assert text(model / "a.yaml") == FAULTY
    assert sorted(path.name for path in model.iterdir()) == ["a.yaml", "b.yaml", "spbe.yaml", "unit"]


def test_a_file_keeps_its_mode(model: Path) -> None:
    (model / "a.yaml").chmod(0o640)
    fix(model, "--fix")
    assert (model / "a.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a right there that few have")
def test_a_link_inside_the_repository_stays_a_link(model: Path) -> None:
    (model / "a.yaml").rename(model / "asli.txt")
    (model / "a.yaml").symlink_to("asli.txt")
    fix(model, "--fix")
    assert (model / "a.yaml").is_symlink()
    assert text(model / "asli.txt") == SAFE


@pytest.mark.skipif(os.name == "nt", reason="links need a right there that few have")
def test_nothing_outside_the_repository_is_written(model: Path) -> None:
    outside = model.parent / "luar.yaml"
    (model / "a.yaml").rename(outside)
    (model / "a.yaml").symlink_to(outside)
    assert "0 fixed" in fix(model, "--fix").stderr
    assert text(outside) == FAULTY
    with pytest.raises(OutputError):
        replace_files([Replacement(model, "a.yaml", FAULTY.encode(), b"")])
    assert text(outside) == FAULTY


def test_a_file_that_changed_is_not_replaced_and_neither_are_the_others(model: Path) -> None:
    units = UNITS.encode()
    with pytest.raises(OutputError):
        replace_files([Replacement(model, "unit/u.yaml", units, b"x"), Replacement(model, "a.yaml", b"lain", b"y")])
    assert (model / "unit/u.yaml").read_bytes() == units
    assert text(model / "a.yaml") == FAULTY
    assert [path.name for path in (model / "unit").iterdir()] == ["u.yaml"]


def test_a_replacement_that_fails_half_way_is_taken_back(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path as Paths

    replace = Paths.replace

    def fails(path: Path, target: Path) -> Path:
        if target.name == "a.yaml":
            raise PermissionError(13, "no", str(target))
        return replace(path, target)

    monkeypatch.setattr(Paths, "replace", fails)
    units = UNITS.encode()
    with pytest.raises(OutputError):
        replace_files(
            [Replacement(model, "unit/u.yaml", units, b"x"), Replacement(model, "a.yaml", FAULTY.encode(), b"y")]
        )
    assert (model / "unit/u.yaml").read_bytes() == units
    assert sorted(path.name for path in model.iterdir()) == ["a.yaml", "spbe.yaml", "unit"]


def test_a_file_that_has_gone_is_named(model: Path) -> None:
    with pytest.raises(OutputError):
        replace_files([Replacement(model, "tiada.yaml", b"", b"x")])
