"""The one way to the layout engine: a graph in, a layout or a picture out.

The engine is the `graphviz-pure` executable that the package of that name installs. It is looked for where
Python installs scripts, never on PATH or in the current folder, so nothing in a repository under check can
pose as it. It gets the graph on standard input, an empty environment, a limit of time, and on Linux one of memory.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from spbe_arch.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["executable", "run"]

_NAME = "graphviz-pure.exe" if os.name == "nt" else "graphviz-pure"


def run(graph: str, *options: str, seconds: float = 5.0, memory: int = 1 << 30) -> bytes:
    """Returns what the engine writes for a graph in the DOT language.

    Args:
        graph: The DOT text.
        options: Of the command, as in "-Tjson"; the engine's messages are silenced.
        seconds: How long it may take.
        memory: The most bytes that it may have; on Linux only.

    Raises:
        DrawingError: The engine is missing, failed, or did not answer in time; the message says which.
    """
    program = executable()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own executable, no shell
            [str(program), "-q", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=program.parent,
            env=_environment(),
        )
    except OSError as error:
        raise DrawingError(
            "the layout engine could not be started: {reason}", reason=error.strerror or error
        ) from error
    with process:
        try:
            _bound(process.pid, memory)
            answer, said = process.communicate(graph.encode(), seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise DrawingError("the layout engine did not answer within {seconds:g} s", seconds=seconds) from None
        except BaseException:
            process.kill()
            raise
    if process.returncode or not answer:
        raise DrawingError("the layout engine failed: {reason}", reason=_reason(said, process.returncode))
    return answer


def _bound(process: int, memory: int) -> None:
    """Lets a process have no more memory; what it asks for beyond that it does not get, and it fails."""
    if sys.platform == "linux":
        import resource

        with suppress(ProcessLookupError, PermissionError):  # it has ended, or nobody may be told here
            resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))


@functools.cache
def executable() -> Path:
    """Returns where the engine is installed.

    Raises:
        DrawingError: It is not.
    """
    for folder in _folders():
        program = folder / _NAME
        if folder.is_absolute() and program.is_file():
            return program
    raise DrawingError("the layout engine is not installed; it comes with 'pip install graphviz-pure'")


def _folders() -> Iterator[Path]:
    """The folders into which the installation of this very Python puts scripts, the likeliest first."""
    if sys.executable:
        yield Path(sys.executable).parent
    for scheme in (None, sysconfig.get_preferred_scheme("user")):
        yield Path(sysconfig.get_path("scripts", scheme) if scheme else sysconfig.get_path("scripts"))
    package = Path(__file__).resolve().parents[2]
    yield package / ("Scripts" if os.name == "nt" else "bin")  # pip install --target


def _environment() -> dict[str, str]:
    """Nothing that could make the engine read other files or speak otherwise; Windows needs its root."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _reason(stderr: bytes, code: int) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0][:200] if lines else f"exit code {code}"
