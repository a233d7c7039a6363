"""The real command in a process of its own, in a folder made for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from tests.standby import is_possible, standby

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MANIFEST", "SECONDS", "SPBE", "environment_of_a_shell", "run", "write"]

ROOT = Path(__file__).parents[1]
MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
SPBE = (sys.executable, "-m", "spbe_arch")
SECONDS = 20
"""What a run may take at most, also on a slow machine."""


def run(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, command: tuple[str, ...] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder as from a shell, with English messages.

    If a test says which command, it is started from nothing; else most runs come from a process that stands by.
    """
    more = environment or {}
    if command is None and not _is_from_nothing(more):
        result = standby().run(folder, arguments, environment_of_a_shell(more), SECONDS)
    else:
        result = subprocess.run(
            [*(command or SPBE), *arguments],
            cwd=folder,
            env=environment_of_a_shell(more),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
    assert "Traceback" not in result.stderr + result.stdout, result.stderr
    assert result.returncode in (0, 1, 2), result.stderr
    return result


def _is_from_nothing(environment: Mapping[str, str]) -> bool:
    """Whether a run starts from nothing: where Python itself is told something, and else in each tenth test."""
    told = any(name.startswith(("PYTHON", "LC_", "LANG")) for name in environment)
    test = os.environ.get("PYTEST_CURRENT_TEST", "").encode("utf-8", "replace")
    return told or not is_possible() or crc32(test) % 10 == 0


def environment_of_a_shell(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPBE_", "PYTEST_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "SPBE_LANGUAGE": "en", **more}


def write(folder: Path, files: Mapping[str, str | bytes], manifest: str | None = MANIFEST) -> Path:
    for path, content in {**({} if manifest is None else {"spbe.yaml": manifest}), **files}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
