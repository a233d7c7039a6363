"""The PNG printer: size, resolution, the same bytes twice, and names that try to break out."""

from __future__ import annotations

import math
import struct
from dataclasses import replace
from itertools import pairwise

import pytest

from spbe_arch.drawing import draw, png, to_png
from spbe_arch.drawing.shapes import Rect, Sheet, Text
from spbe_arch.errors import DrawingError
from tests.drawing import samples


@pytest.fixture(scope="module")
def chain() -> Sheet:
    return draw(samples.chain())[0]


def page(*shapes: Rect | Text) -> Sheet:
    return Sheet("s", "t", "d", "id", 200, 100, (Rect(0, 0, 200, 100, "#FFFFFF"), *shapes))


@pytest.mark.parametrize(("dpi", "size"), [(72, (842, 595)), (150, (1754, 1240))])
def test_the_picture_is_exactly_the_page(chain: Sheet, dpi: int, size: tuple[int, int]) -> None:
    assert struct.unpack_from(">II", to_png(chain, dpi=dpi), 16) == size


@pytest.mark.parametrize("letter", ["–", "é", "→", "公", "a"])
def test_no_text_makes_the_page_larger(letter: str) -> None:
    line = Text(195, 50, "", 8, "#000000", anchor="end")
    row = replace(line, content=letter * int(190 / Text(0, 0, letter, 8, "#000000").width))
    assert struct.unpack_from(">II", to_png(page(row), dpi=72), 16) == (200, 100)


def test_it_says_its_resolution(chain: Sheet) -> None:
    picture = to_png(chain, dpi=150)
    assert struct.unpack_from(">IIB", picture, picture.index(b"pHYs") + 4) == (5906, 5906, 1)


def test_the_same_sheet_gives_the_same_bytes(chain: Sheet) -> None:
    assert to_png(chain) == to_png(chain)


def test_a_picture_too_large_is_refused(chain: Sheet) -> None:
    with pytest.raises(DrawingError, match="at most 35 million pixels"):
        to_png(chain, dpi=1200)


def test_a_picture_of_no_size_is_refused(chain: Sheet) -> None:
    with pytest.raises(DrawingError):
        to_png(chain, dpi=0)


def test_nasty_names_are_printed() -> None:
    assert to_png(draw(samples.named(samples.chain()))[0], dpi=72).startswith(b"\x89PNG")


@pytest.mark.parametrize("content", ["\\", "a\\", '"', '\\"', '"; evil [label="', "\\N \\G &amp;", "a" * 5000 + '"'])
def test_a_text_never_ends_its_string(content: str) -> None:
    assert to_png(page(Text(5, 50, content, 8, "#000000")), dpi=72).startswith(b"\x89PNG")


def test_a_backslash_is_an_outline() -> None:
    assert "\\" not in png._graph(page(Text(5, 50, "C:\\data", 8, "#000000"))).replace('\\"', "")


def test_turned_text_is_an_outline() -> None:
    assert "Aplikasi" not in png._graph(page(Text(50, 90, "Aplikasi", 8, "#000000", turned=True)))


def test_straight_lines_need_no_more_points_than_corners() -> None:
    (contour,) = png._contours((("M", (0, 0)), ("L", (9, 0)), ("L", (9, 9)), ("Z", ())))
    assert list(png._flat(contour)) == [(0, 0), (9, 0), (9, 9), (0, 0)]


def test_a_curve_made_of_lines_stays_on_the_curve() -> None:
    """A quarter of a circle with the radius of a card's corner, printed at the highest resolution."""
    (contour,) = png._contours(png._outline(Rect(0, 0, 5, 5, "#000000", radius=2.5)))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(png._flat(contour))]
    assert all(abs(math.dist(middle, (2.5, 2.5)) - 2.5) < 0.1 for middle in middles)


def test_what_holds_already_is_not_set_again() -> None:
    row = [Rect(x, 10, 5, 5, "#123456") for x in range(10, 100, 10)]
    assert png._graph(page(*row)).count("#123456") == 2  # for the fill and for the stroke


def test_dashes_are_as_long_as_the_pattern_says() -> None:
    dashes = list(png._dashes([(0.0, 0.0), (3.0, 0.0), (10.0, 0.0)], (2.0, 1.0)))
    assert [(dash[0][0], dash[-1][0]) for dash in dashes] == [(0, 2), (3, 5), (6, 8), (9, 10)]


def test_a_text_is_as_wide_as_its_table_says() -> None:
    """Draws a word and a bar of the width that is said of it, and compares where their ink ends."""
    content = "Wj&Perizinan"
    width = Text(0, 0, content, 40, "#000000", bold=True).width
    sheet = Sheet("s", "t", "d", "id", 400, 100, (Text(20, 50, content, 40, "#000000", bold=True),))
    bar = Sheet("s", "t", "d", "id", 400, 100, (Rect(20, 30, width, 10, "#000000"),))
    assert abs(_right_end(to_png(sheet, dpi=72)) - _right_end(to_png(bar, dpi=72))) <= 4


def _right_end(picture: bytes) -> int:
    """The last column with ink, from a picture without filters or with the simplest."""
    import zlib

    width, height = struct.unpack_from(">II", picture, 16)
    data, at = b"", 8
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw, row, last = zlib.decompress(data), bytearray(width * 4), 0
    for y in range(height):
        line = raw[y * (width * 4 + 1) : (y + 1) * (width * 4 + 1)]
        row = _unfiltered(line[0], bytearray(line[1:]), row)
        last = max([last, *(x for x in range(width) if row[4 * x + 3] and row[4 * x] < 128)])
    return last


def _unfiltered(kind: int, line: bytearray, above: bytearray) -> bytearray:
    for index in range(len(line)):
        left = line[index - 4] if index >= 4 else 0
        corner = above[index - 4] if index >= 4 else 0
        near = left + above[index] - corner
        paeth = min((left, above[index], corner), key=lambda value: abs(near - value))
        line[index] = (line[index] + (0, left, above[index], (left + above[index]) // 2, paeth)[kind]) & 255
    return line
