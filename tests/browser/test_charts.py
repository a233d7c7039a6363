"""D2 and PlantUML themselves read what is written, and every name is read back from them literally."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from spbe_arch import check, load
from spbe_arch.drawing.engine import executable
from spbe_arch.drawing.text import clean
from spbe_arch.printers import d2, plantuml
from spbe_arch.views import make_view
from tests.browser.page import INSTALLED
from tests.browser.test_mermaid import names
from tests.command import ROOT
from tests.printers.shared import view_with

if TYPE_CHECKING:
    from pathlib import Path

    from spbe_arch.views.view import View

pytestmark = pytest.mark.browser

READ = """
import { readFileSync } from "fs";
import { D2 } from "@terrastruct/d2";
const told = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { diagram } = await new D2().compile(text);
  told.push({shapes: diagram.shapes.map(one => [one.id, one.label]), links: diagram.connections.map(one => one.label)});
}
process.stdout.write(JSON.stringify(told), () => process.exit(0));
"""


def read_by_d2(*views: View) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None or not (INSTALLED / "@terrastruct/d2").is_dir():
        pytest.skip("D2 is not installed: make test-browser installs it from npm")
    script = INSTALLED.parent / "read.mjs"  # beside what it imports
    script.write_text(READ)
    texts = json.dumps([d2.write(view).decode() for view in views])
    done = subprocess.run([node, str(script)], input=texts.encode(), capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def drawn_by_plantuml(folder: Path, view: View) -> list[str]:
    """The texts of its picture; Graphviz, which it needs, is the one that comes with this program."""
    program = shutil.which("plantuml")
    if program is None:
        pytest.skip("there is no plantuml on this machine")
    (folder / "view.puml").write_bytes(plantuml.write(view))
    environment = os.environ | {"GRAPHVIZ_DOT": str(executable()), "PLANTUML_LIMIT_SIZE": "60000"}
    command = [program, "-charset", "UTF-8", "-tsvg", str(folder / "view.puml")]
    subprocess.run(command, env=environment, capture_output=True, timeout=120, check=True)
    picture = (folder / "view.svg").read_text(encoding="utf-8")
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture)]


def test_d2_reads_every_name_literally() -> None:
    every = names()
    [told] = read_by_d2(view_with(every))
    shown = {id.rpartition(".")[2]: label for id, label in told["shapes"]}
    wrong = [name for index, name in enumerate(every) if shown[f"n{index}"] != f"{clean(name)}\ne{index}"]
    assert wrong == []
    assert shown["title"] == clean(every[-1])


def test_d2_reads_every_word_on_a_link_literally() -> None:
    every = [name for name in names() if "_" not in name]
    [told] = read_by_d2(view_with(every))
    assert sorted(told["links"]) == sorted(clean(name) for name in every[1:])


def test_d2_reads_the_views_of_the_shipped_model() -> None:
    architecture = load(ROOT / "models/kab-bekasi")
    requests = ("chain:perizinan-usaha", "landscape", "integration", "matrix:services-applications", "roadmap")
    views = [make_view(architecture, request, check(architecture)) for request in requests]
    for view, told in zip(views, read_by_d2(*views), strict=True):
        assert len(told["shapes"]) > len(view.nodes)


def test_plantuml_draws_every_name_literally(tmp_path: Path) -> None:
    every = [name for name in names() if clean(name).isprintable()]
    for start in range(0, len(every), 60):
        part = every[start : start + 60]
        shown = set(drawn_by_plantuml(tmp_path, view_with(part)))
        assert [name for name in part if clean(name).strip() not in {text.strip() for text in shown}] == []


def test_plantuml_draws_a_view_of_the_shipped_model(tmp_path: Path) -> None:
    view = make_view(load(ROOT / "models/kab-bekasi"), "chain:perizinan-usaha")
    shown = drawn_by_plantuml(tmp_path, view)
    assert {node.name for node in view.nodes} <= set(shown)
