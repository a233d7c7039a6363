"""The SVG printer: what any reader of XML gets back, and what must never be in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing import draw, to_svg
from spbe_arch.drawing.shapes import Close, Open, Shape, Sheet, Text
from spbe_arch.drawing.text import clean
from spbe_arch.views.view import Node
from tests.drawing import samples

SVG = "{http://www.w3.org/2000/svg}"


def parsed(sheet: Sheet) -> ET.Element:
    return ET.fromstring(to_svg(sheet))  # noqa: S314 - our own output


def printed(*shapes: Shape) -> ET.Element:
    return parsed(Sheet("s", "t", "d", "id", 100, 100, shapes))


@pytest.fixture(scope="module")
def chain() -> ET.Element:
    return parsed(draw(samples.chain())[0])


@given(st.text().map(clean))
def test_any_text_reads_back_literally(content: str) -> None:
    text = printed(Text(0, 0, content, 8, "#000000")).find(f"{SVG}text")
    assert text is not None
    assert (text.text or "") == content


@given(st.text().map(clean))
def test_any_title_reads_back_literally(content: str) -> None:
    assert (printed(Open(content), Close()).findtext(f"{SVG}g/{SVG}title") or "") == content


@pytest.mark.parametrize("name", [name for name in samples.NASTY if clean(name)])
def test_a_name_stands_in_the_picture_as_it_is(name: str) -> None:
    view = replace(samples.chain(), nodes=(Node("a", "data", "data", name),), edges=())
    root = parsed(draw(view)[0])
    assert f"{clean(name)} (a)" in [title.text for title in root.iter(f"{SVG}title")]


def test_the_picture_has_a_role_a_title_and_a_description(chain: ET.Element) -> None:
    ids = [child.get("id") for child in chain if child.tag in {f"{SVG}title", f"{SVG}desc"}]
    assert (chain.get("role"), chain.get("aria-labelledby")) == ("img", " ".join(filter(None, ids)))


def test_the_description_says_what_the_foot_says(chain: ET.Element) -> None:
    assert "22 dari 22 elemen" in (chain.findtext(f"{SVG}desc") or "")


def test_every_card_can_be_found_by_the_id_of_its_element(chain: ET.Element) -> None:
    ids = {group.get("id") for group in chain.iter(f"{SVG}g")} - {None}
    assert ids == {f"rantai-perizinan-usaha.{node.id}" for node in samples.chain().nodes}


def test_every_text_keeps_its_width_in_any_font(chain: ET.Element) -> None:
    assert all(text.get("textLength") for text in chain.iter(f"{SVG}text"))


def test_the_page_is_a4(chain: ET.Element) -> None:
    assert (chain.get("width"), chain.get("height")) == ("297mm", "210mm")


@pytest.mark.parametrize("word", ["<script", "<style", "<foreignObject", "<!DOCTYPE", "<image", "\r", "opacity"])
def test_it_has_nothing_that_runs_or_is_fetched(word: str) -> None:
    view = samples.named(samples.chain(), ("a", "b"))
    assert word not in to_svg(draw(view)[0])


@pytest.mark.parametrize("link", ["layanan.svg", "https://contoh.go.id/a?b=1&c", "a b#c"])
def test_a_link_is_kept(link: str) -> None:
    anchor = printed(Open("t", link=link), Close()).find(f"{SVG}a")
    assert anchor is not None
    assert anchor.get("href") == link


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//evil",
        "http://[",
        "\tjavascript:x",
    ],
)
def test_a_link_that_could_harm_is_dropped(link: str) -> None:
    assert printed(Open("t", link=link), Close()).find(f"{SVG}a") is None


def test_ids_differ_for_different_elements() -> None:
    groups = printed(Open("", "element", ("a/b",)), Close(), Open("", "element", ("a_b",)), Close()).iter(f"{SVG}g")
    assert len({group.get("id") for group in groups}) == 2
