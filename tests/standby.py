"""A process that stands by with the package imported, and becomes the command by forking: started so, a run takes a
quarter of the time, and is a process of its own all the same.

A tenth of the runs, and all where a test says which command it starts, begin as a shell begins them (`tests.command`).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

__all__ = ["Standby", "is_possible", "standby"]

_ROOT = Path(__file__).parents[1]
_WIDTH = 8
"""Bytes of a number between the two."""


def is_possible() -> bool:
    """Whether this system forks as a shell starts."""
    return sys.platform == "linux"


@cache
def standby() -> Standby:
    """The process that stands by for this one, as long as this one runs."""
    return Standby()


class Standby:
    """Starts commands by way of a process that has imported all that they may need."""

    def __init__(self) -> None:
        self._there, there = socket.socketpair()
        with there:
            number = there.fileno()
            code = (
                f"from tests.standby import stand_by; stand_by({number}); from spbe_arch.__main__ import main; main()"
            )
            self._process = subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                stdin=subprocess.DEVNULL,
                pass_fds=[number],
            )
        atexit.register(self._end)

    def _end(self) -> None:
        self._there.close()
        self._process.wait()

    def run(
        self, folder: Path, arguments: Sequence[str], environment: Mapping[str, str], seconds: float
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a folder.

        Raises:
            subprocess.TimeoutExpired: if it takes more than so many seconds; it is ended then.
        """
        asked = {"folder": str(folder), "arguments": [*map(str, arguments)], "environment": dict(environment)}
        text = json.dumps(asked).encode()
        with (
            tempfile.TemporaryFile() as output,
            tempfile.TemporaryFile() as errors,
            Path(os.devnull).open("rb") as none,
        ):
            numbers = [none.fileno(), output.fileno(), errors.fileno()]
            socket.send_fds(self._there, [len(text).to_bytes(_WIDTH)], numbers)
            self._there.sendall(text)
            process = _number(self._there)
            self._there.settimeout(seconds)
            try:
                code = _number(self._there)
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                self._there.settimeout(None)
                _number(self._there)
                raise subprocess.TimeoutExpired(["spbe", *arguments], seconds) from None
            self._there.settimeout(None)
            return subprocess.CompletedProcess([*arguments], code, _text(output), _text(errors))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n").replace("\r", "\n")


def _number(connection: socket.socket) -> int:
    return int.from_bytes(_exactly(connection, _WIDTH), signed=True)


def _exactly(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = connection.recv(count - len(found))
        if not more:
            raise EOFError("the other side has gone")
        found += more
    return found


# --- on the other side -----------------------------------------------------------------------------------------


def stand_by(number: int) -> None:
    """Fork a process for each command that is asked for over a socket; only in such a process this returns."""
    _import_all()
    gc.collect()
    gc.freeze()
    connection = socket.socket(fileno=number)
    while True:
        size, numbers, _, _ = socket.recv_fds(connection, _WIDTH, 3)
        if not size:
            sys.exit()
        asked = json.loads(_exactly(connection, int.from_bytes(size)))
        process = os.fork()
        if not process:
            connection.close()
            _become(asked, numbers)
            return
        for one in numbers:
            os.close(one)
        connection.sendall(process.to_bytes(_WIDTH, signed=True))
        _, status = os.waitpid(process, 0)
        connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(_WIDTH, signed=True))


def _import_all() -> None:
    import spbe_arch

    for module in pkgutil.walk_packages(spbe_arch.__path__, "spbe_arch."):
        if not module.name.startswith(("spbe_arch.__main__", "spbe_arch.lsp")):
            importlib.import_module(module.name)


def _become(asked: Mapping[str, Any], numbers: Sequence[int]) -> None:
    """Make this process what a shell would have started."""
    for standard, one in enumerate(numbers):
        os.dup2(one, standard)
        os.close(one)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.path.remove("")  # the current folder, which `python -m spbe_arch` takes away too
    sys.argv = [str(_ROOT / "spbe_arch" / "__main__.py"), *asked["arguments"]]
