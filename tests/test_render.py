"""`spbe render` as it is typed: options, exit codes, what is printed, what is left in the folder."""

from __future__ import annotations

import csv
import json
import os
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.command import run, write

if TYPE_CHECKING:
    from pathlib import Path

MODEL = {
    "model.yaml": "services:\n  izin: {name: Izin, owner: dinas}\nunits:\n  dinas: {name: Dinas}\n"
    "applications:\n  sim: {name: '=1+1', supports: [izin], owner: dinas}\n"
}
VIEW = ("render", "-o", "gambar", "--view", "layers")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write(tmp_path, MODEL)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "gambar").iterdir()}


def test_pictures_come_as_svg_and_png_with_an_index(model: Path) -> None:
    assert run(model, *VIEW).returncode == 0
    assert names(model) == {"layers.svg", "layers.png", "index.md", "index.html", ".spbe-pictures.json"}


@pytest.mark.parametrize(
    "formats",
    [
        ("--format", "dot,mermaid, CSV"),
        ("--format", "dot", "--format", "mermaid,csv"),
        ("--format=csv,mermaid,dot,csv",),
    ],
)
def test_formats_are_named_with_commas_or_one_after_the_other(formats: tuple[str, ...], model: Path) -> None:
    assert run(model, *VIEW, *formats).returncode == 0
    assert {name for name in names(model) if name.startswith("layers")} == {"layers.csv", "layers.dot", "layers.mmd"}


def test_what_cannot_be_drawn_is_said_in_the_language_of_the_model(tmp_path: Path) -> None:
    write(tmp_path / "model", {**MODEL, "spbe.yaml": "version: 1\nagency: kab-a\nname: A\nlanguage: id\n"})
    typed = ("render", "model", "-o", "gambar", "--view", "lanskap")
    outcome = run(tmp_path, *typed, environment={"SPBE_LANGUAGE": ""})
    assert outcome.stderr == "spbe: tidak ada tampilan 'lanskap'; mungkin maksud Anda 'landscape'?\n"


def test_every_format_is_written(model: Path) -> None:
    formats = "svg,png,pdf,drawio,dot,mermaid,d2,plantuml,csv,xlsx,json"
    assert run(model, *VIEW, "--format", formats, "--dpi", "50").returncode == 0
    assert len([name for name in names(model) if name.startswith("layers")]) == 11


@pytest.mark.parametrize(("typed", "said"), [("pmg", "did you mean 'png'"), ("gif", "there are svg, png, pdf")])
def test_an_unknown_format_is_a_mistake_of_the_caller(typed: str, said: str, model: Path) -> None:
    result = run(model, *VIEW, "--format", typed)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (model / "gambar").exists()


def test_a_name_that_looks_like_a_formula_is_text_in_csv(model: Path) -> None:
    run(model, *VIEW, "--format", "csv")
    with (model / "gambar/layers.csv").open(encoding="utf-8", newline="") as file:
        assert ["sim", "'=1+1"] in [row[:2] for row in csv.reader(file)]


def test_the_resolution_is_that_asked_for(model: Path) -> None:
    run(model, *VIEW, "--format", "png", "--dpi", "72")
    assert struct.unpack_from(">II", (model / "gambar/layers.png").read_bytes(), 16) == (842, 595)


def test_the_notation_of_archimate_is_drawn_where_it_is_asked_for(model: Path) -> None:
    run(model, *VIEW, "--format", "svg", "--style", "archimate")
    assert "Application Component" in (model / "gambar" / "layers.svg").read_text(encoding="utf-8")


def test_a_view_that_says_how_it_looks_keeps_its_look(model: Path) -> None:
    write(model, {"views.yaml": "views:\n  kita: {viewpoint: layers, style: spbe}\n"})
    run(model, "render", "-o", "gambar", "--view", "kita", "--format", "svg", "--style", "archimate")
    assert "Application Component" not in (model / "gambar" / "kita.svg").read_text(encoding="utf-8")


def test_each_file_is_told_with_what_became_of_it(model: Path) -> None:
    told = [run(model, *VIEW, "--format", "svg", "--language", "en").stdout for _ in range(2)]
    assert told[0].splitlines()[-1] == "gambar/layers.svg  drawn"
    assert told[1].splitlines()[-1] == "gambar/layers.svg  unchanged"


def test_a_check_is_silent_where_all_is_fresh(model: Path) -> None:
    run(model, "render", "-o", "gambar", "--format", "svg")
    result = run(model, "render", "-o", "gambar", "--format", "svg", "--check")
    assert (result.returncode, result.stdout) == (0, "")


def test_a_check_names_what_is_not_and_exits_with_1(model: Path) -> None:
    run(model, "render", "-o", "gambar", "--format", "svg", "--language", "en")
    (model / "gambar/layers.svg").write_text("edited")
    result = run(model, "render", "-o", "gambar", "--format", "svg", "--check", "--language", "en")
    assert (result.returncode, result.stdout) == (1, "gambar/layers.svg  stale\n")
    assert "spbe render" in result.stderr
    assert (model / "gambar/layers.svg").read_text() == "edited"


def test_a_view_that_is_gone_takes_its_pictures_along(model: Path) -> None:
    run(model, "render", "-o", "gambar", "--format", "svg")
    text = MODEL["model.yaml"].replace("izin", "ijin")
    write(model, {"model.yaml": text})
    result = run(model, "render", "-o", "gambar", "--format", "svg", "--language", "en")
    assert "gambar/chain-izin.svg  removed\n" in result.stdout
    assert {"chain-ijin.svg"} <= names(model)
    assert "chain-izin.svg" not in names(model)


def patched(code: str) -> tuple[str, ...]:
    """The command, after some code has run in its process."""
    return (sys.executable, "-c", f"import sys\n{code}from spbe_arch.cli import main\nsys.argv[0] = 'spbe'\nmain()\n")


def test_a_picture_that_fails_is_told_and_the_others_are_drawn(model: Path) -> None:
    code = (
        "from spbe_arch.drawing import engine\n"
        "from spbe_arch.errors import DrawingError\n"
        "def fail(*arguments, **options):\n"
        "    raise DrawingError('the layout engine failed: {reason}', reason='x{y}')\n"
        "engine.run = fail\n"
    )
    result = run(model, *VIEW, "--workers", "1", "--language", "en", command=patched(code))
    assert result.returncode == 2
    assert "spbe: layers (png): the layout engine failed: x{y}\n" in result.stderr
    assert names(model) == {"layers.svg", "index.md", "index.html", ".spbe-pictures.json"}


def test_a_view_with_a_sheet_for_each_is_asked_for_whole_or_by_one(model: Path) -> None:
    write(model, {"own.yaml": "views:\n  k: {viewpoint: layers, for_each: units}\nunits:\n  badan: {name: Badan}\n"})
    assert run(model, "render", "-o", "gambar", "--view", "k", "--format", "json").returncode == 0
    assert {"k-dinas.json", "k-badan.json"} <= names(model)
    assert run(model, "render", "-o", "satu", "--view", "k:badan", "--format", "json").returncode == 0
    assert [path.name for path in (model / "satu").glob("k-*")] == ["k-badan.json"]


_KILLED = """
import os, pathlib, signal
from spbe_arch import load
from spbe_arch.rendering import render

if __name__ == "__main__":
    for _ in render(load(pathlib.Path.cwd()), formats=["dot"], workers=2):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_workers_end_with_a_parent_that_is_killed(model: Path) -> None:
    (model / "draw.py").write_text(_KILLED, encoding="utf-8")
    # The pipe is closed, and the call returns, when the last process that holds it has ended.
    done = subprocess.run([sys.executable, "draw.py"], cwd=model, stdout=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode != 0


def test_any_number_of_workers_may_be_asked_for(model: Path) -> None:
    for workers in ("1", "3"):
        result = run(model, "render", "-o", f"gambar{workers}", "--workers", workers, "--dpi", "40")
        assert result.returncode == 0
    made = [{path.name: path.read_bytes() for path in (model / f"gambar{n}").iterdir()} for n in (1, 3)]
    assert made[0] == made[1]


def test_a_missing_extra_is_named_before_anything_is_drawn(model: Path) -> None:
    code = (
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'typst' else find(name, *more)\n"
    )
    result = run(model, *VIEW, "--format", "svg,pdf", command=patched(code))
    assert result.returncode == 2
    assert "pip install 'spbe-arch[pdf]'" in result.stderr
    assert not (model / "gambar").exists()


def test_no_bar_is_shown_where_nobody_looks(model: Path) -> None:
    result = run(model, *VIEW, "--format", "svg")
    assert "\x1b" not in result.stdout + result.stderr
    assert "━" not in result.stderr


def test_a_folder_inside_the_model_changes_nothing_in_a_check(model: Path) -> None:
    before = run(model, "check", "--output-format", "json").stdout
    run(model, "render", "-o", "gambar", "--format", "svg,json,csv,mermaid")
    assert run(model, "check", "--output-format", "json").stdout == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system lets root write anywhere")
def test_a_folder_without_the_right_to_write_is_named(model: Path) -> None:
    (model / "gambar").mkdir(mode=0o500)
    result = run(model, *VIEW, "--format", "svg")
    assert result.returncode == 2
    assert "gambar" in result.stderr


def test_json_of_a_view_carries_viewpoint_name_and_counts(model: Path) -> None:
    run(model, *VIEW, "--format", "json")
    said = json.loads((model / "gambar/layers.json").read_text(encoding="utf-8"))
    assert (said["viewpoint"], said["name"], said["counts"]["nodes"]) == ("layers", "layers", 2)


def test_pictures_in_another_notation_are_stale(model: Path) -> None:
    asked = ("render", "-o", "gambar", "--view", "context:sim", "--format", "svg")
    run(model, *asked, "--style", "archimate")
    assert run(model, *asked, "--check").returncode == 1
