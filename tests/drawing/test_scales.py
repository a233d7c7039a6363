"""Colours and sizes of views that agencies define, and ways between sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spbe_arch.drawing import draw, to_svg
from spbe_arch.drawing.shapes import Open, Rect
from spbe_arch.views.view import Door, Scale, Swatch, View
from tests.drawing import checks, samples


def words(view: View) -> list[str]:
    return [line.content for line in checks.texts(draw(view)[0])]


def test_the_legend_names_the_classes_that_are_drawn() -> None:
    shown = words(samples.shaded(samples.landscape(3), 8))
    assert "pemilik:" in shown
    assert shown.count("Dinas Ekonomi dan Keuangan") == 1


def test_a_letter_says_what_the_colour_says() -> None:
    view = samples.shaded(samples.landscape(8), 8)
    letters = [word for word in words(view) if word in {*"ABCDEFGH"}]
    drawn = sum(node.shade != "none" for node in view.nodes)
    assert len(letters) == drawn + len({node.shade for node in view.nodes if node.shade != "none"})


def test_amounts_are_numbered() -> None:
    assert "4" in words(samples.shaded(samples.landscape(40), ordered=True))


def test_a_class_is_part_of_what_a_card_says() -> None:
    sheet = draw(samples.shaded(samples.chain(), 8))[0]
    assert any("Dinas " in shape.title for shape in sheet.shapes if isinstance(shape, Open) and shape.kind == "element")


def test_the_size_is_explained_where_it_is_drawn() -> None:
    shown = words(samples.shaded(samples.landscape(20), sizes=True))
    assert any(word.startswith("tinggi dan panjang palang: pengguna: 1 = sampai 90") for word in shown)


def test_larger_applications_have_higher_chips() -> None:
    view = samples.landscape(1)
    small, large = (replace(view, nodes=(view.nodes[0]._replace(size=size),)) for size in (1, 4))
    heights = [checks.cards(draw(one)[0])[0] for one in (small, large)]
    assert heights[1].bottom - heights[1].top > heights[0].bottom - heights[0].top


def test_a_sheet_leads_to_the_view_above() -> None:
    view = replace(samples.landscape(3), up=Door("", "di-atas", "Di atas"))
    svg = to_svg(draw(view)[0])
    assert '<a href="di-atas.svg">' in svg
    assert "↑ Di atas" in svg


def test_an_element_leads_to_the_view_about_it() -> None:
    view = samples.landscape(3)
    id = view.nodes[0].id
    assert '<a href="tentang-a+b.svg">' in to_svg(
        draw(replace(view, doors=(Door(id, "tentang-a+b", "A"),)))[0]
    ).replace("%2B", "+")


def test_a_group_leads_to_the_view_about_it() -> None:
    view = samples.landscape(6, 2)
    door = Door(view.groups[0].key, "unit-satu", "A")
    assert '<a href="unit-satu.svg">' in to_svg(draw(replace(view, doors=(door,)))[0])


def test_bands_that_a_view_leaves_out_on_purpose_are_not_called_empty() -> None:
    view = samples.layers(0)
    assert words(view).count("belum ada") == 6
    assert words(replace(view, layers=("data",))).count("belum ada") == 1


def test_a_size_is_the_length_of_a_bar_on_a_card() -> None:
    view = samples.context(0, 2)
    scale = Scale("pengguna", tuple(Swatch(str(n), f"n{n}") for n in range(1, 5)), ordered=True)
    nodes = tuple(node._replace(size=size) for node, size in zip(view.nodes, (0, 1, 4), strict=True))
    sheet = draw(replace(view, nodes=nodes, sizes=scale))[0]
    bars = sorted(shape.width for shape in sheet.shapes if isinstance(shape, Rect) and shape.height == 3.0)[1:]
    assert bars[1] == pytest.approx(4 * bars[0])
    assert any(line.content.startswith("panjang palang: pengguna") for line in checks.texts(sheet))
