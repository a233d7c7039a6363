"""Pictures in the notation of ArchiMate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from spbe_arch.drawing import archimate, draw
from spbe_arch.drawing.shapes import Open, Path
from spbe_arch.metamodel import types
from tests.drawing import checks, samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from spbe_arch.views.view import View

CARDS: dict[str, Callable[[], View]] = {
    "chain": samples.chain,
    "chain with nasty names": lambda: samples.named(samples.chain()),
    "layers of a unit": lambda: samples.layers(60),
    "layers with nasty names": lambda: samples.named(samples.layers(58)),
    "context with nasty names": lambda: samples.named(samples.context(8, 7, 5)),
    "flow": lambda: samples.flow(9, 8),
    "impact": lambda: samples.impact(2, 3, 8, 7, 5),
    "integration": lambda: samples.integration(14, 16),
    "deployment": lambda: samples.deployment(6, 40),
}


def drawn(view: View) -> View:
    return replace(view, style="archimate")


@pytest.mark.parametrize("name", CARDS)
def test_what_holds_on_every_sheet_holds_in_this_style(name: str) -> None:
    for sheet in draw(drawn(CARDS[name]())):
        assert list(checks.faults(sheet)) == []


@pytest.mark.parametrize("name", CARDS)
def test_the_style_leaves_out_nothing(name: str) -> None:
    view = CARDS[name]()
    shown = [{id for sheet in draw(one) for id in (*sheet.drawn, *sheet.folded)} for one in (view, drawn(view))]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("section", types())
def test_every_type_is_called_as_archimate_calls_it(section: str) -> None:
    node = replace(samples.layers(1).nodes[0], section=section, layer=types()[section].layer.value)
    sheet = draw(drawn(replace(samples.context(0, 1), nodes=(node,), edges=(), groups=())))[0]
    assert any(types()[section].archimate == line.content.replace(" ", "") for line in checks.texts(sheet))


def test_every_type_has_a_colour_and_an_icon_of_its_own_kind() -> None:
    sections = [section for section, info in types().items() if info.archimate != "Grouping"]
    assert "#FFFFFF" not in {archimate.colours_of(section).tint for section in sections}


def test_every_relationship_that_is_declared_has_a_line() -> None:
    declared = {link.declared.relationship.rstrip("?") for info in types().values() for link in info.links.values()}
    assert declared <= {name.removeprefix("archimate.") for name in archimate.KINDS}


def line_titles(field: str, relationship: str) -> list[str]:
    view = samples.context(0, 1)
    focus, other = view.nodes
    focus = replace(focus, section="applications", layer="application", name="Aplikasi")
    other = replace(other, section="data", layer="data", name="Data")
    edge = replace(view.edges[0], source=focus.id, target=other.id, field=field, relationship=relationship)
    sheet = draw(drawn(replace(view, nodes=(focus, other), edges=(edge,))))[0]
    return [shape.title for shape in sheet.shapes if isinstance(shape, Open) and ": access" in shape.title]


def test_the_head_of_an_access_is_at_the_one_that_reads() -> None:
    assert line_titles("reads", "access") == ["Data → Aplikasi: access"]


def test_the_head_of_an_access_is_at_what_is_written() -> None:
    assert line_titles("writes", "access") == ["Aplikasi → Data: access"]


def test_a_realization_ends_in_a_hollow_triangle() -> None:
    view = samples.context(0, 1)
    edge = replace(view.edges[0], field="processes", relationship="realization")
    shapes = draw(drawn(replace(view, edges=(edge,))))[0].shapes
    assert any(isinstance(shape, Path) and shape.fill == "#FFFFFF" and len(shape.segments) == 4 for shape in shapes)


def test_a_change_keeps_the_lines_that_say_what_changes() -> None:
    words = [line.content for line in checks.texts(draw(drawn(samples.change(12)))[0])]
    assert "tautan baru" in words
    assert "serving" not in words
