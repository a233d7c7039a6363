"""Processes that work for this one: none outlives it, and none has a word to say about Ctrl-C."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, Future

__all__ = ["interrupts_held", "pool"]

T = TypeVar("T")


@contextmanager
def pool(count: int, prepare: Callable[[], None] | None = None) -> Iterator[Executor]:
    """Some processes to hand work to; whoever leaves the block with an error does not wait for them.

    Args:
        count: how many.
        prepare: what each does first.
    """
    from concurrent.futures import ProcessPoolExecutor

    class Pool(ProcessPoolExecutor):
        def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
            with interrupts_held():  # this is when processes begin; one that is not noted yet would never be ended
                return super().submit(fn, *args, **kwargs)

    made = Pool(count, initializer=_begin, initargs=(prepare,))
    try:
        yield made
    except BaseException:
        made.shutdown(wait=False, cancel_futures=True)  # whoever interrupts does not want to wait
        raise
    made.shutdown()  # to leave it to the end of Python, which may find it half closed, prints a traceback now and then


@contextmanager
def interrupts_held() -> Iterator[list[int]]:
    """A Ctrl-C within the block is noticed behind it; those that came are noted in what it yields.

    Only the main thread is ever interrupted, whichever thread the system wakes, so there is nothing to hold in others.
    """
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is None:  # None: not ours to change
        yield []
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


def _begin(prepare: Callable[[], None] | None) -> None:
    """What a worker does first.

    Ctrl-C reaches every process of a terminal; a worker would answer it with a traceback. A parent that is killed ends
    no worker; it would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_the_parent() -> None:
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
