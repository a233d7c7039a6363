"""CI files, ours and those that `spbe init` writes: valid, pinned, with the least rights, and doing what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner

from tests import readme, runner
from tests.command import run, write
from tests.patching import clean_texts
from tests.test_cli import FAULTY

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "id")
POSIX = pytest.mark.skipif(os.name == "nt", reason="the commands it finds here are shell scripts")


@pytest.fixture(scope="module", params=LANGUAGES)
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as `spbe init` leaves it."""
    folder = tmp_path_factory.mktemp(request.param)
    run(folder, "init", ".", "--agency", "kab-contoh", "--language", request.param)
    return folder


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the README shows."""
    folder = tmp_path_factory.mktemp("readme")
    readme.write_files(folder)
    return folder


def tool(name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment of the tests."""
    command = Path(sys.executable).parent / name
    return subprocess.run([command, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)


def assert_follows(schema: str, file: Path) -> None:
    done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", str(file)])
    assert done.exit_code == 0, done.output


# --- valid ---------------------------------------------------------------------------------------------------

WRITTEN = (
    ("github-workflows", ".github/workflows/spbe.yml"),
    ("dependabot", ".github/dependabot.yml"),
    ("gitlab-ci", ".gitlab-ci.yml"),
)


@pytest.mark.parametrize(("schema", "path"), WRITTEN)
def test_a_file_that_is_written_follows_its_schema(schema: str, path: str, started: Path) -> None:
    assert_follows(schema, started / path)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", ".github/workflows/test.yml"),
        ("dependabot", ".github/dependabot.yml"),
    ],
)
def test_a_file_of_this_repository_follows_its_schema(schema: str, path: str) -> None:
    assert_follows(schema, ROOT / path)


@pytest.mark.parametrize(
    ("schema", "path"), [("github-workflows", ".github/workflows/architecture.yml"), ("gitlab-ci", ".gitlab-ci.yml")]
)
def test_a_file_of_the_readme_follows_its_schema(schema: str, path: str, shown: Path) -> None:
    assert_follows(schema, shown / path)


def test_pre_commit_understands_what_is_written(started: Path) -> None:
    assert tool("pre-commit", "validate-config", ".pre-commit-config.yaml", folder=started).returncode == 0


def test_pre_commit_understands_what_the_readme_shows(shown: Path) -> None:
    assert tool("pre-commit", "validate-config", ".pre-commit-config.yaml", folder=shown).returncode == 0


def test_pre_commit_understands_our_hooks() -> None:
    assert tool("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", folder=ROOT).returncode == 0


def test_the_hook_that_is_written_is_the_one_of_this_repository(started: Path) -> None:
    [repo] = yaml.safe_load((started / ".pre-commit-config.yaml").read_bytes())["repos"]
    ours, *_ = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    [theirs] = repo["hooks"]
    assert theirs.pop("additional_dependencies") == ["spbe-arch==0.1.0"]
    assert ours.items() >= theirs.items()


# --- safe ----------------------------------------------------------------------------------------------------


def test_an_auditor_of_workflows_finds_nothing_in_what_is_written(started: Path) -> None:
    (started / ".git").mkdir(exist_ok=True)
    done = tool("zizmor", "--offline", "--persona", "pedantic", "--no-progress", ".", folder=started)
    assert done.returncode == 0, done.stdout


def test_an_auditor_of_workflows_finds_nothing_in_this_repository() -> None:
    done = tool("zizmor", "--offline", "--no-progress", "action.yml", ".github", folder=ROOT)
    assert done.returncode == 0, done.stdout


def test_an_action_has_one_commit_everywhere() -> None:
    files = [ROOT / "action.yml", ROOT / "README.md", *(ROOT / ".github/workflows").glob("*.yml")]
    files += (ROOT / "spbe_arch/starting").rglob("*.yml")
    uses = re.findall(r"uses: (?!\./)(\S+)@(\S+)(?: (# v[\d.]+))?", "".join(file.read_text("utf-8") for file in files))
    pins = {(name, commit, version) for name, commit, version in uses}
    assert len(pins) == len({name for name, _, _ in pins}), pins
    assert all(re.fullmatch("[0-9a-f]{40}", commit) and version for _, commit, version in pins), pins


def test_only_the_job_that_uploads_may_write_and_only_findings(started: Path) -> None:
    workflow = yaml.safe_load((started / ".github/workflows/spbe.yml").read_bytes())
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert workflow["permissions"] == {}
    assert rights == {
        "check": {"contents": "read"},
        "code-scanning": {"contents": "read", "security-events": "write"},
    }
    assert "pull_request" in workflow["jobs"]["code-scanning"]["if"]


# --- doing what they say -------------------------------------------------------------------------------------


@pytest.fixture
def commands(tmp_path: Path) -> dict[str, str]:
    """An environment in which `pip install` has happened: `spbe` is this checkout, and installing does nothing."""
    folder = runner.install(tmp_path / "temp")
    (folder / "python").write_text('#!/bin/sh\necho "python $@"\n', encoding="utf-8")
    return runner.on_the_path(folder)


def broken(folder: Path) -> Path:
    write(folder, {**clean_texts(), "salah.yaml": FAULTY, ".spbe/requirements.txt": "spbe-arch\n"}, None)
    return folder


@POSIX
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workflow_annotates_and_sums_up(language: str, tmp_path: Path, commands: dict[str, str]) -> None:
    install, check, summary = _jobs(language, tmp_path, commands)["check"].values()
    assert install.log == "python -I -m pip install --requirement .spbe/requirements.txt\n"
    assert (check.code, check.log[:28]) == (1, "::error file=salah.yaml,line")
    assert "SPBE101" in summary.summary


@POSIX
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_for_code_scanning_is_uploaded_whatever_is_in_it(
    language: str, tmp_path: Path, commands: dict[str, str]
) -> None:
    *_, check = _jobs(language, tmp_path, commands)["code-scanning"].values()
    assert check.code == 0
    log = json.loads((tmp_path / "repo" / "spbe.sarif").read_text("utf-8"))
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {"SPBE101", "SPBE301"}


def _jobs(language: str, folder: Path, commands: dict[str, str]) -> dict[str, dict[str, runner.Ran]]:
    """What the steps of the written workflow do in a repository with findings, by job and step."""
    repository = broken(folder / "repo")
    text = ROOT / "spbe_arch/starting" / language / "dot-github/workflows/spbe.yml"
    jobs: dict[str, Any] = yaml.safe_load(text.read_bytes())["jobs"]
    return {
        name: {
            step["name"]: runner.run_text(step["run"], repository, folder / "temp", commands)
            for step in job["steps"]
            if "run" in step
        }
        for name, job in jobs.items()
    }


@POSIX
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pipeline_of_gitlab_makes_both_reports(language: str, tmp_path: Path, commands: dict[str, str]) -> None:
    repository = broken(tmp_path / "repo")
    job = yaml.safe_load((ROOT / "spbe_arch/starting" / language / "dot-gitlab-ci.yml").read_bytes())["spbe"]
    install, check = (runner.run_text(line, repository, tmp_path / "temp", commands) for line in job["script"])
    assert install.log == "python -I -m pip install --requirement .spbe/requirements.txt\n"
    assert check.code == 1
    reports = {kind: repository / name for kind, name in job["artifacts"]["reports"].items()}
    issues = json.loads(reports["codequality"].read_text("utf-8"))
    cases = list(ElementTree.parse(reports["junit"]).iter("testcase"))  # noqa: S314 - our own text
    assert (len(issues), len(cases)) == (2, 2)


@POSIX
def test_the_pipeline_of_the_readme_is_the_one_that_is_written(shown: Path, started: Path) -> None:
    assert yaml.safe_load((shown / ".gitlab-ci.yml").read_bytes()) == yaml.safe_load(
        (started / ".gitlab-ci.yml").read_bytes()
    )


@POSIX
def test_the_workflow_of_the_readme_passes_here(shown: Path, tmp_path: Path) -> None:
    workflow = yaml.safe_load((shown / ".github/workflows/architecture.yml").read_bytes())
    [inputs] = [one["with"] for one in workflow["jobs"]["architecture"]["steps"] if one["uses"] == "./"]
    runner.install(tmp_path)
    ran = runner.run_step("Check", ROOT, tmp_path, inputs)
    assert ran.code == 0, ran.log
    assert "::warning file=models/kab-bekasi/" in ran.log


def test_the_version_of_the_readme_is_the_one_of_the_package(shown: Path) -> None:
    from spbe_arch import __version__

    [repo] = yaml.safe_load((shown / ".pre-commit-config.yaml").read_bytes())["repos"]
    assert repo["rev"] == f"v{__version__}"
