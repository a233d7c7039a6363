"""Work done in a copy of this process while this one goes on: what is in memory need not be sent there."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from spbe_arch.workers import interrupts_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

__all__ = ["beside"]

T = TypeVar("T")

_LENGTH = 8
"""Bytes in which an answer says how long it is: a copy that is ended while it answers has answered nothing."""


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin some work in a copy of this process; what is handed out waits for it and returns what came of it.

    Where no copy can be made (no Linux, other threads, too many processes), or where it comes to nothing, the work is
    done here when it is asked for. So it may run twice, and must change nothing. A copy does not outlive the block.
    """
    copy = _copied(work)
    if copy is None:
        yield work
        return
    process, source = copy
    try:
        with os.fdopen(source, "rb") as answer:
            yield lambda: _received(answer.read(), work)
    finally:
        os.kill(process, signal.SIGKILL)  # it has answered, or nobody waits for it any more
        os.waitpid(process, 0)


def _copied(work: Callable[[], T]) -> tuple[int, int] | None:
    """The process that does the work, and where its answer is read; None if there can be none."""
    threads = Path("/proc/self/task")
    if sys.platform != "linux" or not threads.is_dir() or len(list(threads.iterdir())) > 1:
        return None  # locks of other threads would stay closed in the copy for ever
    source, sink = os.pipe()
    try:
        with interrupts_held() as came:  # a copy half made could only print a traceback
            process = os.fork()
            if process == 0:
                _answer(work, sink, came)
    except OSError:
        os.close(source)
        os.close(sink)
        return None
    os.close(sink)
    return process, source


def _answer(work: Callable[[], T], sink: int, came: list[int]) -> NoReturn:
    """Do the work, send what came of it, and end at once: nothing that the process was to do later is done twice."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for interrupt in came:
            signal.raise_signal(interrupt)
        found = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(sink, "wb") as answer:
            answer.write(len(found).to_bytes(_LENGTH) + found)
    finally:
        os._exit(0)


def _received(answer: bytes, work: Callable[[], T]) -> T:
    """What came of the work; if it failed, it fails here again, where it can be told."""
    length, found = answer[:_LENGTH], answer[_LENGTH:]
    if len(length) < _LENGTH or len(found) != int.from_bytes(length):
        return work()
    received: T = pickle.loads(found)  # noqa: S301 - from a copy of this process
    return received
