"""Lines between columns of cards."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.drawing.lanes import between_columns
from spbe_arch.drawing.lines import bezier
from spbe_arch.drawing.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.drawing.lines import Point

ROOM = Box(0, 0, 600, 400)
WIDTH, GUTTER = 80.0, 40.0


@st.composite
def pictures(draw: st.DrawFn) -> tuple[list[list[str]], dict[str, Box], list[tuple[str, str]]]:
    """Columns of cards that do not meet, and links between any of them."""
    columns, boxes = [], {}
    for at in range(draw(st.integers(1, 5))):
        y, keys = 10.0, []
        for row in range(draw(st.integers(1, 6))):
            y += draw(st.sampled_from([0.0, 3.0, 9.0, 25.0]))
            boxes[f"{at}.{row}"] = Box(at * (WIDTH + GUTTER), y, WIDTH, draw(st.sampled_from([24.0, 34.0])))
            y = boxes[f"{at}.{row}"].bottom
            keys.append(f"{at}.{row}")
        columns.append(keys)
    ends = st.sampled_from(sorted(boxes))
    links = draw(st.lists(st.tuples(ends, ends).filter(lambda link: link[0] != link[1]), max_size=25))
    return columns, boxes, links


def points(curve: Sequence[Point]) -> list[Point]:
    return [bezier(curve[at : at + 4], step / 12) for at in range(0, len(curve) - 1, 3) for step in range(13)]


def crossed(curve: Sequence[Point], boxes: Mapping[str, Box]) -> set[str]:
    return {
        key
        for key, box in boxes.items()
        for x, y in points(curve)
        if box.x + 0.1 < x < box.right - 0.1 and box.y + 0.1 < y < box.bottom - 0.1
    }


@given(pictures())
def test_no_line_crosses_a_card(picture: tuple[list[list[str]], dict[str, Box], list[tuple[str, str]]]) -> None:
    columns, boxes, links = picture
    assert [crossed(curve, boxes) for curve in between_columns(columns, boxes, links, ROOM)] == [set()] * len(links)


@given(pictures())
def test_a_line_begins_and_ends_on_the_edges_of_its_cards(
    picture: tuple[list[list[str]], dict[str, Box], list[tuple[str, str]]],
) -> None:
    columns, boxes, links = picture
    for link, curve in zip(links, between_columns(columns, boxes, links, ROOM), strict=True):
        for key, (x, y) in zip(link, (curve[0], curve[-1]), strict=True):
            assert x in {boxes[key].x, boxes[key].right}
            assert boxes[key].y < y < boxes[key].bottom


def test_lines_arrive_in_the_order_of_where_they_come_from() -> None:
    boxes = {f"a{n}": Box(0, 40 * n, 80, 30) for n in range(5)} | {"b": Box(120, 60, 80, 60)}
    curves = between_columns([["a0", "a1", "a2", "a3", "a4"], ["b"]], boxes, [(f"a{n}", "b") for n in range(5)], ROOM)
    heights = [curve[-1][1] for curve in curves]
    assert all(below - above == 7.0 for above, below in pairwise(heights))


def test_a_guide_says_between_which_cards_to_pass() -> None:
    boxes = {
        "a": Box(0, 100, 80, 24),
        "b": Box(120, 40, 80, 24),
        "c": Box(120, 160, 80, 24),
        "d": Box(240, 100, 80, 24),
    }
    guide = ((80.0, 112.0), (160.0, 20.0), (160.0, 20.0), (240.0, 112.0))
    (curve,) = between_columns([["a"], ["b", "c"], ["d"]], boxes, [("a", "d")], ROOM, [guide])
    assert min(y for _, y in curve) < 40


def test_cards_of_one_column_are_linked_beside_it() -> None:
    boxes = {"a": Box(0, 0, 80, 24), "b": Box(0, 60, 80, 24), "c": Box(120, 0, 80, 24)}
    (curve,) = between_columns([["a", "b"], ["c"]], boxes, [("a", "b")], ROOM)
    assert {curve[0][0], curve[-1][0]} == {80.0}
