"""The call of the layout engine: found only where it was installed, limited in time, clear about failures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spbe_arch.drawing import engine
from spbe_arch.errors import DrawingError

GRAPH = "digraph { a -> b }"


def test_it_lays_out_a_graph() -> None:
    assert b'"bb"' in engine.run(GRAPH, "-Kdot", "-Tjson")


def test_a_broken_graph_is_an_error_with_the_reason() -> None:
    with pytest.raises(DrawingError, match=r"the layout engine failed: .*syntax error"):
        engine.run("digraph { a -> ", "-Kdot", "-Tjson")


def test_it_is_stopped_when_it_takes_too_long() -> None:
    edges = " ".join(f"n{index} -> n{index * 7 % 997};" for index in range(3_000))
    with pytest.raises(DrawingError, match=r"did not answer within 0\.05 s"):
        engine.run(f"digraph {{ {edges} }}", "-Kdot", "-Tjson", seconds=0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets a running process be bound")
def test_it_fails_when_it_takes_too_much_memory() -> None:
    edges = " ".join(f"n{index} -> n{index * 7 % 997};" for index in range(3_000))
    with pytest.raises(DrawingError, match="the layout engine failed"):
        engine.run(f"digraph {{ {edges} }}", "-Kdot", "-Tjson", memory=24 << 20)


def test_a_program_of_that_name_in_the_current_folder_or_on_path_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / engine._NAME
    trap.write_text("#!/bin/sh\ntouch sprung\n")
    trap.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    engine.executable.cache_clear()
    engine.run(GRAPH, "-Kdot", "-Tjson")
    assert [path.name for path in tmp_path.iterdir()] == [engine._NAME]


def test_a_missing_engine_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_folders", lambda: iter([Path("/nowhere"), Path("bin")]))
    engine.executable.cache_clear()
    try:
        with pytest.raises(DrawingError, match="pip install graphviz-pure"):
            engine.executable()
    finally:
        engine.executable.cache_clear()


def test_importing_the_package_loads_no_recipe_and_no_printer() -> None:
    code = "import sys, spbe_arch.drawing; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "spbe_arch.drawing.png",
        "spbe_arch.drawing.svg",
        "spbe_arch.drawing.chain",
        "gzip",
        "subprocess",
    }
    assert not heavy & set(done.stdout.split())
