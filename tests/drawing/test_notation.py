"""The notation of ArchiMate as a style of cards and lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from spbe_arch.drawing import draw
from spbe_arch.drawing.notation import LINES, SIGNS, kind_of
from spbe_arch.drawing.palette import INK, LAYERS, MUTED, PAPER
from spbe_arch.drawing.shapes import Open, Rect, Text
from spbe_arch.metamodel import types
from spbe_arch.views.view import Edge, View
from tests.drawing import checks, samples
from tests.drawing.checks import contrast

if TYPE_CHECKING:
    from spbe_arch.drawing import Sheet


def drawn(view: View) -> list[str]:
    return [line.content for line in checks.texts(draw(replace(view, style="archimate"))[0])]


def test_every_type_has_a_sign() -> None:
    assert {info.archimate for info in types().values()} <= SIGNS.keys()


def test_every_relationship_has_a_line() -> None:
    declared = {link.declared.relationship for info in types().values() for link in info.links.values()}
    assert {f"archimate.{one.rstrip('?')}" for one in declared} <= LINES.keys()


@pytest.mark.parametrize("concept", SIGNS)
def test_names_can_be_read_on_every_colour(concept: str) -> None:
    assert contrast(INK, SIGNS[concept].colours.tint) >= 4.5


def test_no_two_concepts_look_alike_in_grey() -> None:
    assert len({(sign.letter, sign.icon) for sign in SIGNS.values()}) == len(SIGNS)


def test_no_two_lines_look_alike_in_grey() -> None:
    assert len({(kind.head, kind.tail, kind.dash) for kind in LINES.values()}) == len(LINES)


def test_a_card_carries_the_letter_of_its_layer() -> None:
    sheet = draw(replace(samples.context(1, 1), style="archimate"))[0]
    letters: list[str] = []
    for at, shape in enumerate(sheet.shapes):
        if isinstance(shape, Open) and shape.kind == "element":
            letters += [one.content for one in sheet.shapes[at : at + 3] if isinstance(one, Text)]
    assert set(letters) <= {"B", "A", "T", "P", "M", "I"}


def test_the_legend_names_concepts_and_relationships() -> None:
    view = samples.chain("en")
    said = drawn(replace(view, edges=tuple(edge._replace(relationship="serving") for edge in view.edges)))
    assert {"Business Service", "Application Component", "Data Object", "serving"} <= set(said)


def test_the_legend_names_no_layers() -> None:
    assert "Layanan" not in drawn(samples.context(2, 2))


@pytest.mark.parametrize(
    ("section", "field", "relationship", "expected"),
    [
        ("applications", "supports", "serving", ("archimate.serving", False)),
        ("applications", "runs_on", "serving", ("archimate.serving", True)),
        ("applications", "reads", "access", ("archimate.access", True)),
        ("applications", "writes", "access", ("archimate.access", False)),
        ("exchanges", "provider", "flow", ("archimate.flow", True)),
        ("unknown", "field", "nothing", ("archimate.association", False)),
    ],
)
def test_a_line_runs_as_its_relationship_does(
    section: str, field: str, relationship: str, expected: tuple[str, bool]
) -> None:
    assert kind_of(Edge("a", "b", field, relationship), section) == expected


@pytest.mark.parametrize("view", [samples.matrix(12, 9), samples.security(30), samples.roadmap(9)])
def test_what_has_no_cards_keeps_its_look(view: View) -> None:
    assert draw(replace(view, style="archimate")) == draw(view)


@pytest.mark.parametrize("view", [samples.landscape(30), samples.deployment(4, 12), samples.layers(405)])
def test_chips_and_lists_have_the_colours_of_their_concepts(view: View) -> None:
    tints = {sign.colours.tint for sign in SIGNS.values()} | {PAPER, MUTED}
    for sheet in draw(replace(view, style="archimate")):
        filled = [one.fill for one in fills_of_elements(sheet)]
        assert set(filled) <= tints | {sign.colours.strong for sign in SIGNS.values()}


def fills_of_elements(sheet: Sheet) -> list[Rect]:
    """The outlines of cards and chips: the first shape of each element, where that is a rectangle."""
    pairs = pairwise(sheet.shapes)
    return [shape for opened, shape in pairs
            if isinstance(opened, Open) and opened.kind == "element" and isinstance(shape, Rect)]  # fmt: skip


def test_structure_is_square_and_behaviour_round() -> None:
    sheet = draw(replace(samples.chain(), style="archimate"))[0]
    radius = {}
    for opened, shape in zip(sheet.shapes, sheet.shapes[1:], strict=False):
        if isinstance(opened, Open) and opened.kind == "element" and isinstance(shape, Rect):
            radius[opened.elements[0]] = shape.radius
    sections = {node.id: node.section for node in samples.chain().nodes}
    found = {sections[id]: value > 0 for id, value in radius.items()}
    assert (found["services"], found["applications"]) == (True, False)


@pytest.mark.parametrize("view", [samples.layers(60), samples.network(4, 2, 3), samples.metamodel(), samples.chain()])
def test_no_colour_of_a_layer_is_left_in_the_notation(view: View) -> None:
    grounds = {colour for layer in LAYERS.values() for colour in (layer.tint, layer.band, layer.strong)}
    for sheet in draw(replace(view, style="archimate")):
        fills = {shape.fill for shape in sheet.shapes if isinstance(shape, Rect) and shape.fill}
        assert not fills & grounds
