"""SVG in a real browser: text stays in its box in another font, and nothing runs or is fetched."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from spbe_arch import check, load
from spbe_arch.drawing import draw, to_svg
from spbe_arch.views import make_view, viewpoints
from tests.browser.page import found
from tests.command import ROOT
from tests.drawing import samples
from tests.drawing.checks import texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spbe_arch.drawing import Sheet

pytestmark = pytest.mark.browser

REQUESTS = (
    "layers", "layers:diskominfosantik", "chain:perizinan-usaha", "landscape", "impact:bebunge", "integration",
    "matrix:applications-data", "deployment", "reference:RAB", "roadmap", "change:2025-2029", "security",
    "organisation", "context:bebunge", "flow", "network", "portfolio", "duplicates", "metamodel",
)  # fmt: skip

MEASURE = """
  await document.fonts.ready;
  return [...document.querySelectorAll("svg")].map(svg => {
    svg.setAttribute("font-family", FONT);
    const page = svg.viewBox.baseVal;
    return [...svg.querySelectorAll("text")].map(text => {
      const box = text.getBBox();
      return {said: text.textContent, meant: Number(text.getAttribute("textLength")),
              drawn: text.getComputedTextLength(), width: box.width,
              inside: text.getAttribute("transform") !== null ||
                (box.x >= -0.5 && box.x + box.width <= page.width + 0.5)};
    });
  });
"""
STYLES = ("spbe", "archimate")


@cache
def pictures(style: str) -> dict[str, tuple[Sheet, ...]]:
    """The sheets of every viewpoint of the shipped model, by what was asked for."""
    architecture = load(ROOT / "models/kab-bekasi")
    findings = check(architecture)
    views = (make_view(architecture, request, findings) for request in REQUESTS)
    return {view.name: draw(replace(view, style=style)) for view in views}


def measured(folder: Path, svgs: Sequence[str], font: str) -> list[list[dict[str, Any]]]:
    """What the browser says of the texts of some pictures, when their font is another one."""
    told = found(folder, "".join(svgs), MEASURE.replace("FONT", json.dumps(font)))
    assert isinstance(told, list)
    assert len(told) == len(svgs)
    assert all(told)
    return told


def strays(told: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The texts that are not as long as they were measured, or leave the page."""
    return [
        one
        for picture in told
        for one in picture
        if abs(one["drawn"] - one["meant"]) > 0.5 or abs(one["width"] - one["meant"]) > 1.5 or not one["inside"]
    ]


def test_every_viewpoint_is_measured() -> None:
    assert {request.partition(":")[0] for request in REQUESTS} == set(viewpoints())


@pytest.mark.parametrize("font", ["DejaVu Sans", "serif", "monospace"])
@pytest.mark.parametrize("style", STYLES)
def test_every_text_is_as_long_as_it_was_measured_in_any_font(style: str, font: str, tmp_path: Path) -> None:
    svgs = [to_svg(sheet) for sheets in pictures(style).values() for sheet in sheets]
    assert strays(measured(tmp_path, svgs, font)) == []


def test_without_its_length_a_text_in_another_font_would_leave_its_box(tmp_path: Path) -> None:
    sheet = pictures("spbe")["layers"][0]
    bare = to_svg(sheet).replace(' lengthAdjust="spacingAndGlyphs"', "").replace("textLength", "data-was")
    (told,) = measured(tmp_path, [bare], "monospace")
    assert max(one["drawn"] for one in told) > 1.2 * max(shape.width for shape in texts(sheet))


def test_nasty_names_stay_in_their_boxes_too(tmp_path: Path) -> None:
    assert strays(measured(tmp_path, [to_svg(draw(samples.named(samples.chain()))[0])], "DejaVu Sans")) == []


EVIL = (
    "<script>window.sprung = 1; parent.sprung = 1</script>",
    '"><image href="https://contoh.invalid/x.png" onload="sprung=1"/>',
    "' onclick='sprung=1",
    "&lt;script&gt;sprung=1&lt;/script&gt;",
    "<foreignObject><iframe src='https://contoh.invalid'></iframe></foreignObject>",
    "]]><style>@import 'https://contoh.invalid/x.css';</style>",
    "url(https://contoh.invalid)",
    'a" onmouseover="sprung=1',
)


@pytest.mark.parametrize(
    "body",
    [
        "INLINE", '<img src="p.svg">', '<object data="p.svg" type="image/svg+xml"></object>',
        '<iframe src="p.svg"></iframe>',
    ],
    ids=["inline", "img", "object", "iframe"],
)  # fmt: skip
def test_nothing_runs_and_nothing_is_fetched(body: str, tmp_path: Path) -> None:
    picture = to_svg(draw(samples.named(samples.chain(), EVIL))[0])
    (tmp_path / "p.svg").write_text(picture, encoding="utf-8")
    script = """
      await new Promise(done => setTimeout(done, 500));
      const frame = document.querySelector("object, iframe");
      const inner = frame && frame.contentDocument;
      return {
        sprung: typeof window.sprung !== "undefined",
        fetched: performance.getEntriesByType("resource").map(one => one.name)
          .filter(name => !name.startsWith("file:")),
        scripts: document.querySelectorAll("svg script, svg style, svg image, svg foreignObject").length
          + (inner ? inner.querySelectorAll("script, style, image, foreignObject").length : 0),
        shown: [...(inner || document).querySelectorAll("title")].length,
      };
    """
    told = found(tmp_path, body.replace("INLINE", picture), script)
    assert (told["sprung"], told["fetched"], told["scripts"]) == (False, [], 0)


def test_the_index_shows_every_picture(tmp_path: Path) -> None:
    from spbe_arch.gallery import keep

    architecture = load(ROOT / "models/kab-bekasi")
    keep(tmp_path, architecture, views=("chain:perizinan-usaha", "landscape"), formats=("svg",))
    script = """
      const frame = document.querySelector("iframe");
      await new Promise(done => setTimeout(done, 1500));
      const page = frame.contentDocument;
      return [...page.querySelectorAll("img")].map(image => { image.loading = "eager"; return image; })
        .map(image => [image.getAttribute("src"), image.alt.length > 20, image.naturalWidth > 0]);
    """
    told = found(tmp_path, '<iframe src="index.html" width="1200" height="9000"></iframe>', script)
    pictures = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert sorted(name for name, _, _ in told) == pictures
    assert [name for name, has_words, is_drawn in told if not (has_words and is_drawn)] == []
