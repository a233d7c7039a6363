"""The action of this repository: each shell step is run by bash, as a runner would, also with inputs that mean harm."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests import runner
from tests.command import write
from tests.patching import clean_texts
from tests.test_cli import FAULTY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands it finds here are shell scripts")

HOSTILE = (
    '"; touch pwned; "',
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    "x\ntouch pwned",
    "${IFS}; touch pwned",
    "-x; touch pwned",
    "&& touch pwned",
    "a[$(touch pwned)]",
)
VALUES = [name for name in runner.ACTION["inputs"] if name != "version"]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runner")
    runner.install(folder)
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("bersih"), clean_texts(), None)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return write(tmp_path / "repo", {**clean_texts(), "salah.yaml": FAULTY}, None)


def check(workspace: Path, temporary: Path, **inputs: str) -> runner.Ran:
    return runner.run_step(
        "Check", workspace, temporary, {name.replace("_", "-"): text for name, text in inputs.items()}
    )


# --- what it does --------------------------------------------------------------------------------------------


def test_a_clean_model_passes_and_has_a_summary(clean: Path, temporary: Path) -> None:
    ran = check(clean, temporary)
    assert ran.code == 0, ran.log
    assert "## Check of the architecture" in ran.summary


def test_findings_are_annotated_and_fail_the_step(faulty: Path, temporary: Path) -> None:
    ran = check(faulty, temporary)
    assert ran.code == 1
    assert ran.log.startswith("::error file=salah.yaml,line=8,")
    assert "SPBE101" in ran.summary


def test_the_model_may_lie_in_a_folder(faulty: Path, temporary: Path) -> None:
    assert "file=repo/salah.yaml" in check(faulty.parent, temporary, path="repo").log.replace("./", "")


def test_sarif_is_a_file_that_the_caller_may_upload(faulty: Path, temporary: Path) -> None:
    ran = check(faulty, temporary, format="sarif")
    with open(ran.outputs["sarif-file"], encoding="utf-8") as file:  # noqa: PTH123 - a path as a caller gets it
        codes = {result["ruleId"] for result in json.load(file)["runs"][0]["results"]}
    assert (ran.code, codes) == (1, {"SPBE101", "SPBE301"})


def test_findings_in_the_log_are_no_commands(faulty: Path, temporary: Path) -> None:
    log = check(faulty, temporary, format="sarif").log.splitlines()
    pause = log[0].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{64}", pause)
    assert log[-1] == f"::{pause}::"


def test_the_fail_level_decides(faulty: Path, temporary: Path) -> None:
    write(faulty, {"salah.yaml": FAULTY.replace("pemungutan-pajk, ", "")}, None)
    assert [check(faulty, temporary, fail_level=level).code for level in ("", "warning")] == [0, 1]


def test_a_baseline_leaves_out_what_it_knows(faulty: Path, temporary: Path) -> None:
    check(faulty, temporary, args="--write-baseline")
    assert check(faulty, temporary, baseline=".spbe-baseline.json", fail_level="note").code == 0


def test_further_arguments_are_words(faulty: Path, temporary: Path) -> None:
    assert check(faulty, temporary, args="--ignore SPBE101\n--ignore  SPBE3").code == 0


def test_the_summary_can_be_left_out(faulty: Path, temporary: Path) -> None:
    assert check(faulty, temporary, summary="false").summary == ""


def test_a_summary_that_github_would_refuse_is_replaced(clean: Path, tmp_path: Path) -> None:
    command = runner.install(tmp_path) / "spbe"
    command.write_text(f'#!/bin/sh\nhead -c 1100000 /dev/zero | tr "\\0" x > "{tmp_path}/spbe-summary.md"\n', "utf-8")
    ran = check(clean, tmp_path)
    assert (ran.code, "larger than a summary may be" in ran.summary, len(ran.summary.splitlines())) == (0, True, 1)


def test_what_an_earlier_step_left_is_not_taken_for_its_own(faulty: Path, temporary: Path) -> None:
    check(faulty, temporary, format="sarif")
    ran = check(faulty, temporary, format="sarif", path="tiada")
    assert (ran.code, ran.outputs, ran.summary) == (2, {}, "")


@pytest.mark.parametrize("format_", ["full", "", "github sarif", "*"])
def test_another_format_is_refused(format_: str, clean: Path, temporary: Path) -> None:
    ran = check(clean, temporary, format=format_)
    assert (ran.code, ran.log) == (2, "::error title=spbe::format must be github or sarif\n")


# --- inputs that mean harm -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("names", [["format"], [name for name in VALUES if name != "format"]], ids=["format", "others"])
def test_no_input_is_run(names: list[str], text: str, faulty: Path, temporary: Path) -> None:
    assert runner.run_step("Check", faulty, temporary, dict.fromkeys(names, text)).code == 2
    assert not list(faulty.rglob("pwned"))
    assert not list(temporary.rglob("pwned"))


@pytest.mark.parametrize("text", [*HOSTILE, "0.1.0 --index-url http://evil", "../evil", "0.1.0;x", "1.0\n-e ."])
def test_only_the_number_of_a_release_is_installed(text: str, tmp_path: Path) -> None:
    ran = runner.run_step("Install", tmp_path, tmp_path / "temp", {"version": text}, **_recording(tmp_path))
    assert (ran.code, ran.log) == (2, "::error title=spbe::version must be the number of a release, as in 0.1.0\n")
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize(
    ("version", "installed"), [("", str(runner.ROOT)), ("0.1.0", "spbe-arch==0.1.0"), ("1.0rc1", "spbe-arch==1.0rc1")]
)
def test_what_stands_beside_the_action_is_installed_or_a_release(version: str, installed: str, tmp_path: Path) -> None:
    ran = runner.run_step("Install", tmp_path, tmp_path / "temp", {"version": version}, **_recording(tmp_path))
    assert ran.code == 0, ran.log
    venv, pip = (tmp_path / "calls").read_text("utf-8").splitlines()
    assert venv == f"-I -m venv {tmp_path}/temp/spbe"
    assert pip == f"-I -m pip install --quiet --disable-pip-version-check -- {installed}"


def _recording(folder: Path) -> dict[str, str]:
    """A Python that writes down what it was asked for, and of which `venv` makes a copy."""
    commands = folder / "commands"
    commands.mkdir()
    python = commands / "python"
    python.write_text(
        f'#!/bin/sh\necho "$@" >> "{folder}/calls"\n'
        'if [ "$3" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    return runner.on_the_path(commands)


def test_a_module_beside_the_model_is_not_run(faulty: Path, tmp_path: Path) -> None:
    for name in ("venv.py", "pip.py", "secrets.py", "yaml.py", "click.py"):
        (faulty / name).write_text("open('pwned', 'w')\nraise SystemExit(3)\n", encoding="utf-8")
    temporary = tmp_path / "temp"
    runner.install(temporary)
    assert check(faulty, temporary).code == 1
    assert not (faulty / "pwned").exists()


# --- least privilege -----------------------------------------------------------------------------------------


def test_no_expression_stands_in_the_text_of_a_script() -> None:
    assert all("${{" not in step.get("run", "") for step in runner.ACTION["runs"]["steps"])


def test_nothing_is_asked_of_the_runner_but_inputs_and_its_own_place() -> None:
    expressions = set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", (runner.ROOT / "action.yml").read_text("utf-8")))
    others = {one for one in expressions if not one.startswith("inputs.")}
    assert others == {"github.action_path", "steps.check.outputs.sarif-file"}


def test_every_input_is_used_and_described() -> None:
    steps: list[dict[str, Any]] = runner.ACTION["runs"]["steps"]
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(steps)))
    assert used == set(runner.ACTION["inputs"])
    assert all(one["description"] for one in runner.ACTION["inputs"].values())
