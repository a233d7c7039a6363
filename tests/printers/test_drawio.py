"""draw.io, read as the program reads it: XML, then places through groups, then plain labels."""

from __future__ import annotations

import base64
import html
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Close, Ellipse, Open, Path, Rect, Sheet, Text
from spbe_arch.drawing.text import clean
from spbe_arch.printers import drawio
from spbe_arch.printers.extents import extent_of
from tests.drawing import samples
from tests.printers.shared import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Placed(NamedTuple):
    """A cell with its style and the place on the page that its parents give it."""

    cell: ET.Element
    style: dict[str, str]
    box: tuple[float, float, float, float]


def diagrams(*sheets: Sheet) -> list[ET.Element]:
    return list(ET.fromstring(drawio.write(sheets)).iter("diagram"))  # noqa: S314 - our own output


def placed(diagram: ET.Element) -> Iterator[Placed]:
    """Every vertex that is no group, in the order in which they are drawn."""
    origins = {"1": (0.0, 0.0)}
    for item in diagram.iter():
        cell = item.find("mxCell") if item.tag == "UserObject" else item if item.tag == "mxCell" else None
        geometry = cell.find("mxGeometry") if cell is not None else None
        if cell is None or geometry is None or cell.get("vertex") != "1":
            continue
        left, top = origins[cell.get("parent", "")]
        x, y, width, height = (float(geometry.get(name, "nan")) for name in ("x", "y", "width", "height"))
        box = (left + x, top + y, width, height)
        if item.tag == "UserObject":
            origins[item.get("id", "")] = box[:2]
        elif not (cell.get("style") or "").startswith("group"):
            yield Placed(cell, _style(cell), box)


def _style(cell: ET.Element) -> dict[str, str]:
    pairs = (part.partition("=") for part in (cell.get("style") or "").split(";") if part)
    return {name: value for name, _, value in pairs}


def page(*shapes: Rect | Path | Ellipse | Text | Open | Close) -> Sheet:
    return Sheet("s", "t", "d", "id", 200, 100, shapes)


@pytest.fixture(scope="module")
def chain() -> Sheet:
    return draw(samples.chain())[0]


def test_every_shape_keeps_its_place_through_all_groups(chain: Sheet) -> None:
    shapes = [shape for shape in chain.shapes if isinstance(shape, (Rect, Ellipse, Text))]
    cells = [one for one in placed(diagrams(chain)[0]) if not one.style.get("shape", "").startswith("stencil")]
    assert len(cells) == len(shapes)
    for shape, cell in zip(shapes, cells, strict=True):
        assert cell.box == pytest.approx(tuple(extent_of(shape)), abs=0.03)


@given(TEXTS.map(clean).filter(bool))
def test_any_text_is_a_plain_label(content: str) -> None:
    [one] = placed(diagrams(page(Text(5, 50, content, 8, "#000000")))[0])
    assert one.style["html"] == "0"
    assert one.cell.get("value") == content


@given(TEXTS.map(clean))
def test_any_title_is_said_when_the_pointer_rests_on_it(title: str) -> None:
    [group] = diagrams(page(Open(title), Close()))[0].iter("UserObject")
    assert html.unescape(group.get("tooltip") or "") == title
    assert "<" not in (group.get("tooltip") or "")


def test_every_name_of_the_view_stands_in_it() -> None:
    view = samples.named(samples.chain())
    tooltips = {
        html.unescape(group.get("tooltip") or "")
        for diagram in diagrams(*draw(view))
        for group in diagram.iter("UserObject")
    }
    for node in view.nodes:
        assert any(clean(node.name) in said for said in tooltips)


def test_a_curve_is_a_stencil_of_the_same_curve() -> None:
    path = Path((("M", (10, 20)), ("C", (10, 5, 30, 5, 30, 20)), ("Z", ())), fill="#FFFFFF")
    [one] = placed(diagrams(page(path))[0])
    packed = base64.b64decode(one.style["shape"].removeprefix("stencil(").removesuffix(")"))
    shape = ET.fromstring(unquote(zlib.decompress(packed, -15).decode()))  # noqa: S314 - our own output
    assert [(part.tag, dict(part.attrib)) for part in shape.iter() if part.tag in ("move", "curve", "close")] == [
        ("move", {"x": "0", "y": "15"}),
        ("curve", {"x1": "0", "y1": "0", "x2": "20", "y2": "0", "x3": "20", "y3": "15"}),
        ("close", {}),
    ]


def test_a_straight_line_is_an_edge_with_its_corners() -> None:
    path = Path((("M", (1, 2)), ("L", (3, 4)), ("L", (5, 6))), stroke="#000000", dash=(5, 2))
    [edge] = [cell for cell in diagrams(page(path))[0].iter("mxCell") if cell.get("edge")]
    points = [(point.get("x"), point.get("y"), point.get("as")) for point in edge.iter("mxPoint")]
    assert sorted(points, key=lambda point: point[0] or "") == [
        ("1", "2", "sourcePoint"),
        ("3", "4", None),
        ("5", "6", "targetPoint"),
    ]
    assert _style(edge)["dashPattern"] == "5 2"


def test_a_curve_that_runs_straight_is_an_edge() -> None:
    path = Path((("M", (10, 20)), ("C", (15, 20, 25, 20, 30, 20))), stroke="#000000")
    [edge] = [cell for cell in diagrams(page(path))[0].iter("mxCell") if cell.get("edge")]
    assert [(point.get("x"), point.get("y")) for point in edge.iter("mxPoint")] == [("10", "20"), ("30", "20")]


@given(st.lists(st.integers(0, 300), min_size=4, max_size=2000))
def test_what_is_stored_is_what_any_zlib_inflates(numbers: list[int]) -> None:
    data = repr(numbers).encode() * 20
    assert zlib.decompress(drawio._stored(data), -15) == data


def test_a_sheet_is_a_page_and_a_link_between_sheets_leads_to_it() -> None:
    sheets = draw(samples.landscape(200))
    found = diagrams(*sheets)
    assert [diagram.get("id") for diagram in found] == [f"page-{number}" for number in range(1, len(sheets) + 1)]
    links = {group.get("link") for diagram in found for group in diagram.iter("UserObject")} - {None}
    assert links
    assert links <= {f"data:page/id,page-{number}" for number in range(1, len(sheets) + 1)}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "data:action/json,{}", "//evil"])
def test_a_link_that_could_harm_is_dropped(link: str) -> None:
    [group] = diagrams(page(Open("t", link=link), Close()))[0].iter("UserObject")
    assert group.get("link") is None


def test_the_same_sheets_give_the_same_bytes(chain: Sheet) -> None:
    again = replace(chain, shapes=tuple(chain.shapes))
    assert drawio.write((chain,)) == drawio.write((again,))
