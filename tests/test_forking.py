"""Work in a copy of the process: the same answer as here, and nothing left behind."""

import os
import subprocess
import sys
import threading

import pytest

from spbe_arch.forking import beside

copies = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are made on Linux alone")


def told_by(script: str) -> str:
    """What a process without other threads prints, errors too; a worker of the tests has some."""
    lines = "import os, signal, threading\nfrom spbe_arch.forking import beside\n" + script
    arguments = [sys.executable, "-c", lines]
    told = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
    return told.stdout.strip()


@copies
def test_the_work_is_done_in_another_process() -> None:
    assert told_by("with beside(os.getpid) as other: print(other() != os.getpid())") == "True"


@copies
def test_an_answer_larger_than_a_pipe_arrives() -> None:
    assert told_by("with beside(lambda: 'x' * 5_000_000) as other: print(len(other()))") == "5000000"


@copies
def test_no_copy_outlives_an_error() -> None:
    script = """
try:
    with beside(lambda: threading.Event().wait(60)):
        1 // 0
except ZeroDivisionError:
    try:
        print(os.waitpid(-1, os.WNOHANG))
    except ChildProcessError:
        print("none is left")
"""
    assert told_by(script) == "none is left"


@copies
def test_a_copy_that_is_ended_counts_as_none() -> None:
    script = """
here = os.getpid()
def work():
    if os.getpid() != here:
        os._exit(9)
    return "here"
with beside(work) as other:
    print(other())
"""
    assert told_by(script) == "here"


@copies
def test_a_copy_that_is_interrupted_while_it_is_made_says_nothing() -> None:
    script = """
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))
here = os.getpid()
with beside(os.getpid) as other:
    print(other() == here)
"""
    assert told_by(script) == "True"


def test_work_that_fails_fails_here() -> None:
    with beside(lambda: [0][1]) as other, pytest.raises(IndexError):
        other()


def test_beside_another_thread_the_work_is_done_here() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with beside(os.getpid) as other:
            assert other() == os.getpid()
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("folder", ["models/kab-bekasi", "models/faulty"])
def test_two_processes_find_what_one_finds(folder: str) -> None:
    script = f"""
from spbe_arch import check, checking, load
architecture = load({folder!r})
alone = check(architecture)
checking._WORTH_A_COPY = 0
together = check(architecture, workers=2)
print((list(together), together.summary) == (list(alone), alone.summary))
"""
    assert told_by(script) == "True"
