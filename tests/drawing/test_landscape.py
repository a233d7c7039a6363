"""Pictures of the applications of an agency: boxes, squares, and the sheets with their names."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open, Rect
from tests.drawing import checks, samples


def words(count: int, offices: int) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.landscape(count, offices))[0])]


def test_a_regency_fits_on_one_sheet() -> None:
    (sheet,) = draw(samples.landscape(66))
    assert len(sheet.drawn) == 66


def test_the_legend_counts_the_classes() -> None:
    assert {"aplikasi umum (17)", "aplikasi khusus (33)", "tanpa kode RAA (16)"} <= set(words(66, 30))


def test_offices_without_applications_are_named() -> None:
    assert "Unit tanpa aplikasi" in words(20, 30)


def test_the_foot_says_how_many_offices_have_some() -> None:
    assert any(word.endswith("unit kerja memiliki aplikasi") for word in words(66, 30))


def test_a_thousand_are_squares_that_say_their_names() -> None:
    first = draw(samples.landscape(1_000, 75))[0]
    assert len(first.drawn) == 1_000


def test_a_thousand_are_listed_by_name_on_further_sheets() -> None:
    view = samples.landscape(1_000, 75)
    drawn = [id for sheet in draw(view)[1:] for id in sheet.drawn]
    assert sorted(drawn) == sorted(node.id for node in view.nodes)


def test_thousands_share_squares() -> None:
    first = draw(samples.landscape(7_000, 200))[0]
    assert "satu kotak = sepuluh aplikasi atau kurang" in [line.content for line in checks.texts(first)]


def test_an_office_leads_to_the_names_of_its_applications() -> None:
    first, *names = draw(samples.landscape(1_000, 75))
    place = {id: f"{sheet.name}.svg" for sheet in reversed(names) for id in sheet.drawn}
    opened = [shape for shape in first.shapes if isinstance(shape, Open)]
    office = next(shape for shape in opened if shape.link)
    square = next(shape for shape in opened if shape.kind == "element")
    assert office.link == place[square.elements[0]]


def test_columns_are_of_nearly_one_length() -> None:
    view = samples.landscape(24, 6)
    sizes = (1, 1, 1, 1, 12, 8)
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    ids = [node.id for node in view.nodes]
    groups = tuple(
        replace(group, nodes=tuple(ids[start : start + size]))
        for group, start, size in zip(view.groups, starts, sizes, strict=True)
    )
    boxes = [checks.extent(shape) for shape in draw(replace(view, groups=groups))[0].shapes if isinstance(shape, Rect)]
    offices = [box for box in boxes[1:] if 200 < box.right - box.left < 300 and box.bottom - box.top > 40]
    feet = {box.left: max(other.bottom for other in offices if other.left == box.left) for box in offices}
    assert max(feet.values()) - min(feet.values()) < 100
