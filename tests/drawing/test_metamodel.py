"""Pictures of the metamodel: the types, who may be linked to whom, the links by name."""

from __future__ import annotations

import pytest

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from tests.drawing import checks, samples

VIEW = samples.metamodel()


@pytest.mark.parametrize("sheet", range(3))
def test_every_type_is_on_every_sheet(sheet: int) -> None:
    assert set(draw(VIEW)[sheet].drawn) == {node.id for node in VIEW.nodes}


def test_a_cell_says_the_fields_and_the_relationship() -> None:
    titles = [shape.title for shape in draw(VIEW)[1].shapes if isinstance(shape, Open)]
    assert "membaca (access), menulis (access)" in titles


def test_the_legend_names_the_relationships_behind_the_letters() -> None:
    said = {line.content for line in checks.texts(draw(VIEW)[1])}
    assert {edge.relationship for edge in VIEW.edges} <= said


def test_links_to_all_types_of_a_layer_are_said_in_one() -> None:
    said = " ".join(line.content for line in checks.texts(draw(VIEW)[2]))
    assert "diamankan oleh → semua jenis di Keamanan (association)" in said
