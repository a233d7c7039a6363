"""Lists of names on further sheets: columns of one length, names as large as there is room, no sheet for two names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from spbe_arch.drawing import draw
from spbe_arch.drawing.canvas import Canvas
from spbe_arch.drawing.chips import Listed, listed_pages
from spbe_arch.drawing.shapes import Box, Open
from spbe_arch.drawing.words import Words
from tests.drawing import checks, samples

_HEADING = ("01 Lapis", "01 Layers")


def columns(count: int) -> list[list[int]]:
    """How many names stand in each column of each sheet of a list of so many."""
    view = samples.layers(count)
    pages = listed_pages(view, _HEADING, [Listed("semua", view.nodes)], first=1)
    return [list(Counter(extent[0] for extent in checks.cards(page.finish(len(pages)))).values()) for page in pages]


@pytest.mark.parametrize("count", [20, 90, 200, 330])
def test_the_columns_of_the_last_sheet_are_of_nearly_one_length(count: int) -> None:
    last = columns(count)[-1]
    assert max(last) - min(last) <= max(2, count // 60)


@pytest.mark.parametrize("count", [1, 90, 200, 330])
def test_all_names_are_listed_once(count: int) -> None:
    assert sum(map(sum, columns(count))) == count


def test_a_short_list_is_written_larger() -> None:
    sizes = []
    for count in (10, 100):
        view = samples.layers(count)
        (page,) = listed_pages(view, _HEADING, [Listed("semua", view.nodes)], first=1)
        names = {node.name for node in view.nodes}
        sizes.append(max(line.size for line in checks.texts(page.finish()) if line.content in names))
    assert sizes[0] > sizes[1]


def fold(count: int, box: Box, *, names: bool = True) -> Canvas:
    canvas = Canvas(Words("id"))
    nodes = [node._replace(name=f"Nama {node.id}", worst=None) for node in samples.layers(count).nodes]
    canvas.fold("+ lainnya", nodes, box, "daftar.svg", names=names)
    return canvas


def test_a_fold_of_a_few_says_their_names_and_leads_nowhere() -> None:
    canvas = fold(2, Box(0, 0, 150, 32))
    (opened,) = (shape for shape in canvas.shapes if isinstance(shape, Open))
    assert (canvas.named, opened.link) == ({*opened.elements}, "")


@pytest.mark.parametrize(("count", "box"), [(20, Box(0, 0, 150, 32)), (2, Box(0, 0, 20, 32)), (2, Box(0, 0, 150, 14))])
def test_a_fold_without_room_for_the_names_leads_to_them(count: int, box: Box) -> None:
    canvas = fold(count, box)
    (opened,) = (shape for shape in canvas.shapes if isinstance(shape, Open))
    assert (canvas.named, opened.link) == (set(), "daftar.svg")


def test_no_sheet_is_made_for_names_that_a_fold_says() -> None:
    view = samples.context(0, 16)
    (sheet,) = draw(replace(view, nodes=tuple(node._replace(worst=None) for node in view.nodes)))
    assert len(sheet.folded) == 2
