"""What installs from the package index and so takes minutes: `make test-hooks`, not among the other tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme, runner

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with this checkout as a repository of its own, spbe-arch, tagged as the README names it."""
    folder = tmp_path_factory.mktemp("hooks")
    copy = folder / "spbe-arch"
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().splitlines():
        if (ROOT / name).is_file() and name.startswith(("spbe_arch/", "pyproject", "README", "LICENSE", ".pre-commit")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "as it is")
    git(copy, "tag", re.findall(r"rev: (v[\d.]+)", readme.README.read_text("utf-8"))[0])
    return folder


def git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True)


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "cache"), "PRE_COMMIT_COLOR": "never"},
    )


@pytest.fixture(scope="module")
def office(beside: Path) -> Path:
    """A repository with the files of the README, all of them staged."""
    folder = beside / "kantor"
    folder.mkdir()
    readme.write_files(folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def test_the_hook_of_the_readme_finds_the_fault_of_the_readme(office: Path) -> None:
    done = pre_commit(office, "run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "SPBE101" in done.stdout


def test_the_hook_passes_once_the_fault_is_mended(office: Path) -> None:
    file = office / "contoh" / "perizinan.yaml"
    file.write_text(file.read_text("utf-8").replace("penerbitan-izn\n", "penerbitan-izin\n"), encoding="utf-8")
    git(office, "add", "--all")
    done = pre_commit(office, "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_is_not_run_where_no_yaml_changed(office: Path) -> None:
    git(office, "commit", "--quiet", "--message", "semua", "--no-verify")
    (office / "catatan.txt").write_text("x\n", encoding="utf-8")
    git(office, "add", "--all")
    assert "Skipped" in pre_commit(office, "run").stdout


def test_pre_commit_can_try_this_repository(beside: Path, office: Path) -> None:
    done = pre_commit(office, "try-repo", str(beside / "spbe-arch"), "spbe-check", "--all-files")
    assert "spbe check" in done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a runner in which the step Install has run."""
    if os.name == "nt":
        pytest.skip("it looks for the commands where Linux has them")
    temporary = tmp_path_factory.mktemp("runner")
    ran = runner.run_step("Install", ROOT, temporary, {})
    assert ran.code == 0, ran.log
    return temporary


def test_the_action_checks_with_what_it_installed(installed: Path) -> None:
    ran = runner.run_step("Check", ROOT, installed, {"path": "models/kab-bekasi"}, PYTHONPATH="")
    assert ran.code == 0, ran.log
    assert "## " in ran.summary


def test_what_was_installed_writes_a_repository_that_passes(installed: Path, tmp_path: Path) -> None:
    spbe = installed / "spbe" / "bin" / "spbe"
    subprocess.run([spbe, "init", "kab-contoh"], cwd=tmp_path, check=True)
    subprocess.run([spbe, "check", "kab-contoh", "--fail-level", "note"], cwd=tmp_path, check=True)
