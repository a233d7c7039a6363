"""Mermaid itself draws what is written, and every name is read back from its picture literally."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from spbe_arch import check, load
from spbe_arch.drawing.text import clean
from spbe_arch.printers import mermaid
from spbe_arch.views import make_view
from tests.browser.page import MERMAID, found
from tests.command import ROOT
from tests.drawing import samples
from tests.printers.shared import view_with

if TYPE_CHECKING:
    from pathlib import Path

    from spbe_arch.views.view import View

pytestmark = pytest.mark.browser

DRAW = """
  mermaid.initialize({startOnLoad: false, securityLevel: LEVEL});
  const told = [];
  for (const [index, chart] of CHARTS.entries()) {
    const {svg} = await mermaid.render("chart" + index, chart);
    const holder = document.createElement("div");
    holder.innerHTML = svg;
    document.body.append(holder);
    const text = element => [...element.querySelectorAll("p")].map(one => {
      const copy = one.cloneNode(true);
      for (const line of copy.querySelectorAll("br")) line.replaceWith("\\n");
      return copy.textContent;
    }).join("");
    told.push({
      nodes: [...holder.querySelectorAll("g.node")]
        .map(node => [node.id.replace(/^.*flowchart-(n\\d+)-\\d+$/, "$1"), text(node)]),
      edges: [...holder.querySelectorAll("g.edgeLabel")].map(text).filter(said => said),
      odd: holder.querySelectorAll("script, img, iframe, a, i, b, code, em, strong, .katex").length,
    });
    holder.remove();
  }
  return told;
"""


def drawn(folder: Path, *views: View, level: str = "strict") -> list[dict[str, Any]]:
    if not MERMAID.is_file():
        pytest.skip("mermaid is not installed: make test-browser installs it from npm")
    charts = json.dumps([mermaid.write(view).decode() for view in views]).replace("<", "\\u003c")
    script = DRAW.replace("CHARTS", charts).replace("LEVEL", json.dumps(level))
    told = found(folder, f'<script src="{MERMAID.as_uri()}"></script>', script)
    assert isinstance(told, list)
    return told


def names() -> list[str]:
    """Each sign of ASCII with others beside it, what means something to Mermaid, and texts by chance."""
    dice = Random(132)  # noqa: S311 - makes test data
    signs = [f"{chr(code)}a{chr(code)}{chr(code)} b" for code in range(0x21, 0x7F)]
    meant = [
        "end", "1. satu", "- satu", "* satu", "# satu", "`kode`", "**tebal**", "_miring_", "$$x^2$$", "fa:fa-car x",
        "%%{init: {}}%%", "graph TD", "subgraph", "style n0 fill:#f00;", "classDef a b:#c;", "#quot;", "#35;", "&amp;",
        "<br/>", "\\n", "ﬂ°°35¶ß", "click n0 call x()", "a --> b", 'a"]; x["b', "---",
        "@{ shape: x }", ":::kelas", "e\u0301",
    ]  # fmt: skip
    chance = ["".join(dice.choices("ab1 .#;&<>\"'`*_$%:{}[]()|\\/-=~^!?@+", k=dice.randint(1, 20))) for _ in range(150)]
    nasty = [name for name in samples.NASTY if len(name) < 500]
    return [name for name in (*signs, *meant, *chance, *nasty) if clean(name)]


@pytest.mark.parametrize("level", ["strict", "loose"])
def test_every_name_is_drawn_literally(level: str, tmp_path: Path) -> None:
    every = names()
    parts = [every[start : start + 60] for start in range(0, len(every), 60)]
    for part, told in zip(parts, drawn(tmp_path, *map(view_with, parts), level=level), strict=True):
        shown = dict(told["nodes"])
        wrong = [
            (clean(name), shown.get(f"n{index}"))
            for index, name in enumerate(part)
            if shown.get(f"n{index}") != f"{clean(name)}\ne{index}"
        ]
        assert wrong == []
        assert told["odd"] == 0


def test_every_word_on_a_link_is_drawn_literally(tmp_path: Path) -> None:
    every = [name for name in names() if "_" not in name][:120]
    [told] = drawn(tmp_path, view_with(every))
    assert sorted(told["edges"]) == sorted(clean(name) for name in every[1:])


def test_the_views_of_the_shipped_model_are_drawn(tmp_path: Path) -> None:
    architecture = load(ROOT / "models/kab-bekasi")
    requests = ("chain:perizinan-usaha", "landscape", "integration", "matrix:services-applications", "roadmap")
    views = [make_view(architecture, request, check(architecture)) for request in requests]
    for view, told in zip(views, drawn(tmp_path, *views), strict=True):
        assert len(told["nodes"]) >= len(view.nodes)
