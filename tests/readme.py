"""The README as a program: its files are written, its commands run, its outputs compared or written anew."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_FENCE = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its kind, its text, and the file that it shows."""

    kind: str
    body: str
    file: str | None


def blocks() -> list[Block]:
    """The fenced blocks of the README, in order."""
    return [Block(found["kind"], found["body"], found["file"]) for found in _FENCE.finditer(README.read_text("utf-8"))]


def write_files(folder: Path) -> None:
    """Write the files that the README shows."""
    for block in blocks():
        if block.file is not None:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")


def command_of(block: Block) -> str:
    """The command in the first line of a console block."""
    return block.body.partition("\n")[0].removeprefix("$ ")


def output_of(command: str, folder: Path) -> str:
    """What a command of the README prints on stdout."""
    _, *arguments = command.split()
    return printed([sys.executable, "-m", "spbe_arch", *arguments], folder).rstrip("\n") + "\n"


def printed(command: list[str], folder: Path) -> str:
    """What a command prints on stdout."""
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, env=environment())
    return done.stdout


def environment() -> dict[str, str]:
    """The environment of a run that finds this checkout and no settings of the person who runs it."""
    import os

    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run_python(body: str) -> str:
    """What a Python block prints, run from the root."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.chdir(ROOT):
        exec(compile(body, str(README), "exec"), {})  # noqa: S102 - our own README
    return printed.getvalue()
