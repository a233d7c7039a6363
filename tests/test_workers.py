"""Processes that work for this one, and what a Ctrl-C finds of them."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import active_children, get_start_method
from typing import TYPE_CHECKING

import pytest

from spbe_arch.cli import _interrupted
from spbe_arch.workers import interrupts_held, pool

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A Ctrl-C is an exception, as in a command; processes that run tests may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows can hold no signals")


@POSIX
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_is_noticed_behind_what_must_not_be_broken_off() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - what happens inside is the point
        with interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append("the end")
        reached.append("what follows")
    assert reached == ["the end"]


@pytest.mark.skipif(get_start_method() != "fork", reason="processes begin in another way here")
@pytest.mark.usefixtures("interruptible")
def test_a_process_that_begins_while_somebody_interrupts_is_known_and_can_be_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork, begun = os.fork, []

    def interrupted_fork() -> int:
        process = fork()
        if process:
            begun.append(process)
            os.kill(os.getpid(), signal.SIGINT)
        return process

    monkeypatch.setattr(os, "fork", interrupted_fork)
    with pytest.raises(KeyboardInterrupt), pool(2) as workers:
        workers.submit(len, "x")
    known = {one.pid: one for one in active_children()}
    assert begun != []
    for process in begun:
        known[process].kill()


def test_an_interrupt_is_told_even_if_what_tells_it_is_half_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spbe_arch.messages", None)
    assert _interrupted("id") == "interrupted"


def test_an_interrupt_is_told_in_the_language_of_the_reader() -> None:
    assert _interrupted("id") == "dihentikan"
