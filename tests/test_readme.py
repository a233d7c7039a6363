"""Everything shown in the README is run."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from spbe_arch import check, load_texts
from tests import readme

if TYPE_CHECKING:
    from pathlib import Path

CONSOLE = [block for block in readme.blocks() if block.kind == "console"]
PYTHON = [block for block in readme.blocks() if block.kind == "python"]
TEXT = readme.README.read_text("utf-8")


@pytest.mark.parametrize("block", CONSOLE, ids=readme.command_of)
def test_a_command_prints_what_the_readme_shows(block: readme.Block, tmp_path: Path) -> None:
    readme.write_files(tmp_path)
    shown = block.body.partition("\n")[2]
    assert readme.output_of(readme.command_of(block), tmp_path).startswith(shown)


def test_the_python_block_runs_and_finds_no_errors() -> None:
    assert "\n0\nMultiDiGraph with" in readme.run_python(PYTHON[0].body)


def test_the_block_about_drafts_runs_and_shows_a_diff() -> None:
    assert "+  sim-arsip:\n+    name: SIM Arsip\n" in readme.run_python(PYTHON[1].body)


SHELL = [line for block in readme.blocks() if block.kind == "sh" for line in block.body.splitlines()]


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("spbe ")])
def test_a_command_without_output_does_what_the_readme_says(line: str, tmp_path: Path) -> None:
    shutil.copytree(readme.ROOT / "models", tmp_path / "models")
    readme.output_of(line, tmp_path)
    assert [path.name for path in sorted(tmp_path.glob("build/*.svg"))][:1] == ["chain-perizinan-usaha.svg"]


def test_the_plain_commands_are_those_of_the_make_targets() -> None:
    """Both targets have run them when a test runs, on a fresh machine."""
    makefile = (readme.ROOT / "Makefile").read_text("utf-8")
    plain = makefile.replace("$(PYTHON)", "python3").replace("$(BIN)", ".venv/bin").replace("'", '"')
    plain = plain.replace(" --quiet --disable-pip-version-check --no-compile", "")
    wanted = [line for line in SHELL if "python" in line]
    assert len(wanted) == 4
    assert [line for line in wanted if line not in plain] == []


def test_the_plain_commands_of_windows_are_those_of_the_others() -> None:
    (windows,) = (block.body for block in readme.blocks() if block.kind == "bat")
    elsewhere = windows.replace("py -m venv", "python3 -m venv").replace("Scripts\\", "bin/").replace("\\", "/")
    assert elsewhere.splitlines() == [line for line in SHELL if "python" in line]


def test_the_plain_commands_are_those_that_ci_runs_on_windows_and_macos() -> None:
    workflow = (readme.ROOT / ".github/workflows/test.yml").read_text("utf-8")
    assert 'pip install --editable ".[dev]"' in workflow.replace("'", '"')
    assert "tests/all_checks.py" in workflow


def test_the_demo_says_what_was_found_where_the_pictures_are_and_what_to_type_next(tmp_path: Path) -> None:
    shutil.copytree(readme.ROOT / "models", tmp_path / "models")
    (tmp_path / "tests").mkdir()
    shutil.copy(readme.ROOT / "tests/demo.py", tmp_path / "tests")
    said = readme.printed([sys.executable, "tests/demo.py"], tmp_path)
    found, _, drawn = said.partition("Found in models/kab-bekasi: 0 errors, ")[2].partition("Drawn into ")
    pictures, _, following = drawn.partition("Next:\n")
    assert found
    assert all((tmp_path / line.strip()).is_file() for line in pictures.splitlines()[1:])
    assert len(following.splitlines()) == 3


@pytest.mark.parametrize("target", ["demo", "test"])
def test_a_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (readme.ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", TEXT))))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (readme.ROOT / link).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\| `spbe (\w+)", TEXT, re.MULTILINE))))
def test_a_command_of_the_table_exists(command: str) -> None:
    from spbe_arch.cli import COMMANDS

    assert command in COMMANDS


def test_every_command_stands_in_the_table() -> None:
    from spbe_arch.cli import COMMANDS

    assert sorted(COMMANDS) == sorted(set(re.findall(r"^\| `spbe (\w+)", TEXT, re.MULTILINE)))


def test_the_suppression_of_the_readme_silences_its_rule() -> None:
    block = next(block.body for block in readme.blocks() if "spbe: ignore" in block.body)
    manifest = "versi: 1\ninstansi: kab-contoh\nnama: Kabupaten Contoh\n"
    findings = check(load_texts([("spbe.yaml", manifest), ("aplikasi.yaml", block)]))
    assert not {"SPBE509", "SPBE141", "SPBE142", "SPBE143"}.intersection(one.code for one in findings)
