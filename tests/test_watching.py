"""`spbe check --watch` as a process: it tells what is found after every change, and nothing stops it but Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.command import MANIFEST, SECONDS, SPBE, environment_of_a_shell, run, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVICES = "services:\n  izin: {name: Izin, owner: dpmptsp}\n"
UNITS = "units:\n  dpmptsp: {name: Dinas Penanaman Modal, kind: office}\n"


class Watch:
    """A process that watches, and what it has printed so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [*SPBE, "check", "--watch", "--output-format", "concise", "--select", "SPBE1", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment_of_a_shell({"PYTHONUNBUFFERED": "1"}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, text: str) -> list[str]:
        """What is printed up to a line that holds a text."""
        seen: list[str] = []
        while not seen or text not in seen[-1]:
            seen.append(self.lines.get(timeout=SECONDS))
        return seen

    def report(self) -> list[str]:
        """The next report, up to its counts."""
        lines = self.until("element")
        begins = max(number for number, line in enumerate(lines) if "changed: " in line or "watching" in line)
        return lines[begins:]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"layanan.yaml": SERVICES, "unit.yaml": UNITS})


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    watch = Watch(folder)
    watch.report()
    yield watch
    watch.end()


def test_it_begins_with_what_is_found_now(folder: Path) -> None:
    write(folder, {"layanan.yaml": SERVICES.replace("dpmptsp", "tiada")}, None)
    watch = Watch(folder)
    told = watch.report()
    watch.end()
    assert "SPBE101" in "".join(told)


def test_it_tells_what_changed_and_what_is_found_then(folder: Path, watch: Watch) -> None:
    write(folder, {"layanan.yaml": SERVICES.replace("dpmptsp", "tiada")}, None)
    told = "\n".join(watch.report())
    assert "changed: layanan.yaml" in told
    assert "layanan.yaml:2:29: SPBE101" in told


def test_a_change_of_one_file_is_followed_into_others(folder: Path, watch: Watch) -> None:
    write(folder, {"unit.yaml": UNITS.replace("dpmptsp", "bappeda")}, None)
    assert "SPBE101" in "".join(watch.report())
    write(folder, {"unit.yaml": UNITS}, None)
    assert "SPBE101" not in "".join(watch.report())


def test_new_files_and_files_that_go_are_noticed(folder: Path, watch: Watch) -> None:
    write(folder, {"bagian/baru.yaml": "services:\n  lain: {nme: X}\n"}, None)
    assert "bagian/baru.yaml:2:10: SPBE103" in "\n".join(watch.report())
    (folder / "bagian/baru.yaml").unlink()
    assert "SPBE103" not in "\n".join(watch.report())


def test_a_half_written_file_is_told_of_and_survived(folder: Path, watch: Watch) -> None:
    write(folder, {"layanan.yaml": SERVICES[:-20] + "["}, None)
    assert "SPBE0" in "\n".join(watch.report())
    write(folder, {"layanan.yaml": SERVICES}, None)
    assert "SPBE0" not in "\n".join(watch.report())


def test_a_manifest_that_goes_and_comes_is_survived(folder: Path, watch: Watch) -> None:
    (folder / "spbe.yaml").unlink()
    assert "changed: spbe.yaml" in "\n".join(watch.until("no model"))
    write(folder, {}, MANIFEST.replace("kab-contoh", "kab-lain"))
    assert "changed: spbe.yaml" in "\n".join(watch.report())


def test_settings_hold_as_soon_as_they_are_written(folder: Path, watch: Watch) -> None:
    write(folder, {}, MANIFEST + "exclude: [unit.yaml]\n")
    assert "SPBE101" in "\n".join(watch.report())


def test_nothing_moves_the_cursor_where_there_is_no_terminal(folder: Path, watch: Watch) -> None:
    write(folder, {"layanan.yaml": SERVICES + "\n"}, None)
    assert "\x1b" not in "".join(watch.report())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal to send to another process")
def test_control_c_is_the_way_to_end_it(watch: Watch) -> None:
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=SECONDS) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_control_c_leaves_a_line_for_the_prompt(folder: Path) -> None:
    """A terminal shows ^C at the beginning of a line, and that is where the shell would go on."""
    import pty

    screen, terminal = pty.openpty()
    command = [*SPBE, "check", "--watch", "--output-format", "concise"]
    with subprocess.Popen(
        command, cwd=folder, env=environment_of_a_shell({}), stdin=terminal, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        seen = b""
        while b"spbe explain" not in seen:
            seen += os.read(screen, 65536)
        process.send_signal(signal.SIGINT)
        with suppress(OSError):  # the other end is closed
            while more := os.read(screen, 65536):
                seen += more
        assert process.wait(timeout=SECONDS) == 0
    os.close(screen)
    assert seen.endswith(b"\r\n\r\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_it_ends_when_nobody_reads_any_longer(folder: Path) -> None:
    with subprocess.Popen(
        [*SPBE, "check", "--watch"],
        cwd=write(folder, {"layanan.yaml": SERVICES.replace("dpmptsp", "tiada")}, None),
        env=environment_of_a_shell({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        write(folder, {"layanan.yaml": SERVICES.replace("dpmptsp", "nihil")}, None)
        assert process.wait(timeout=SECONDS) == 0


@pytest.mark.parametrize("arguments", [("tiada",), ("layanan.yaml", "tiada.yaml"), ("--as-of", "kemarin")])
def test_what_cannot_be_done_at_the_beginning_is_not_waited_for(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run(folder, "check", "--watch", *arguments).returncode == 2


@pytest.mark.parametrize("option", ["--write-baseline", "--prune-baseline", "--show-settings"])
def test_it_does_nothing_else_than_checking(folder: Path, option: str) -> None:
    assert run(folder, "check", "--watch", option).returncode == 2
