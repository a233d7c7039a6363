"""What is installed from the wheel is complete: no file of the checkout is needed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.command import ROOT, run, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m pip install .` would install."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], check=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder of what is installed."""
    zipfile.ZipFile(wheel).extractall(wheel.parent / "site")
    return wheel.parent / "site"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--language", "id"),
        ("explain", "SPBE501", "--language", "id"),
        ("render", "-o", "gambar", "--view", "layers"),
        ("schema",),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_command_of_the_wheel_does_without_the_checkout(
    arguments: tuple[str, ...], installed: Path, tmp_path: Path
) -> None:
    write(tmp_path, clean_texts(), None)
    result = run(tmp_path, *arguments, environment={"PYTHONPATH": str(installed)})
    assert (result.returncode, bool(result.stdout + result.stderr)) == (0, True)


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    wanted = (path.relative_to(ROOT) for path in (ROOT / "spbe_arch").rglob("*") if path.is_file())
    found = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("spbe_arch/")}
    assert {path.as_posix() for path in wanted if "__pycache__" not in path.parts} == found
