"""What holds on every sheet of every viewpoint, whatever the model says and however large it is."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from spbe_arch.drawing import chips, draw, to_svg, viewpoints
from spbe_arch.drawing.recipes import matrix, security
from spbe_arch.drawing.shapes import Open
from spbe_arch.errors import UnknownViewError
from spbe_arch.findings import Level
from spbe_arch.views.view import Edge, Group, Node
from tests.drawing import checks, samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from spbe_arch.drawing import Sheet
    from spbe_arch.views.view import View


SVG = "{http://www.w3.org/2000/svg}"


def in_archimate(view: View) -> View:
    return replace(view, style="archimate")


VIEWS: dict[str, Callable[[], View]] = {
    "layers of nothing": lambda: samples.layers(0),
    "layers of one": lambda: samples.layers(1),
    "layers of a unit": lambda: samples.layers(60),
    "layers of an agency": lambda: samples.layers(405),
    "layers of an agency in English": lambda: samples.layers(405, language="en"),
    "layers of many groups": lambda: samples.layers(1_000, groups=40),
    "layers without groups": lambda: samples.layers(1_000, groups=0),
    "layers of a province": lambda: samples.layers(10_000, groups=9),
    "layers with nasty names": lambda: samples.named(samples.layers(58)),
    "agency with nasty names": lambda: samples.named(samples.layers(405)),
    "chain of nothing": lambda: samples.large_chain(0),
    "chain of one": lambda: samples.large_chain(1),
    "chain": samples.chain,
    "chain in English": lambda: samples.chain("en"),
    "chain of 60": lambda: samples.large_chain(60, 1),
    "chain of 1,000": lambda: samples.large_chain(1_000),
    "chain of 10,000": lambda: samples.large_chain(10_000),
    "chain with nasty names": lambda: samples.named(samples.chain()),
    "matrix of nothing": lambda: samples.matrix(0, 0),
    "matrix without columns": lambda: samples.matrix(5, 0),
    "matrix": lambda: samples.matrix(66, 40),
    "matrix in English": lambda: samples.matrix(12, 60, language="en"),
    "matrix of a province": lambda: samples.matrix(400, 300),
    "matrix of wide rows": lambda: samples.matrix(30, 400, 90),
    "matrix with nasty names": lambda: samples.named(samples.matrix(66, 40)),
    "impact of nothing": lambda: samples.impact(),
    "impact": lambda: samples.impact(2, 3, 8, 7, 5),
    "impact of many": lambda: samples.impact(2, 2, 38, 26, 49),
    "impact of thousands": lambda: samples.impact(20, 200, 1_000, 2_000, 3_000, language="en"),
    "impact with nasty names": lambda: samples.named(samples.impact(9, 9, 9, 9, 9)),
    "integration of nothing": lambda: samples.integration(0, 0),
    "integration": lambda: samples.integration(14, 16),
    "integration past the bus": lambda: samples.integration(16, 24, 24, 0),
    "integration over many buses": lambda: samples.integration(9, 16, 2, 9),
    "integration of many": lambda: samples.integration(60, 200, 30, 2, language="en"),
    "integration with nasty names": lambda: samples.named(samples.integration(20, 30, 9, 3)),
    "deployment of nothing": lambda: samples.deployment(0, 0, 0, 0),
    "deployment": lambda: samples.deployment(6, 40),
    "deployment without servers": lambda: samples.deployment(0, 20, 1),
    "deployment of many": lambda: samples.deployment(60, 300, 9, 20, language="en"),
    "deployment of thousands": lambda: samples.deployment(1_000, 4_000, 40),
    "deployment with nasty names": lambda: samples.named(samples.deployment(9, 30)),
    "organisation of nothing": lambda: samples.organisation(0),
    "organisation": lambda: samples.organisation(30),
    "organisation in English": lambda: samples.organisation(50, "en"),
    "organisation of a nation": lambda: samples.organisation(1_000),
    "organisation with nasty names": lambda: samples.named(samples.organisation(40)),
    "roadmap of nothing": lambda: samples.roadmap(0),
    "roadmap": lambda: samples.roadmap(17),
    "roadmap of a century": lambda: samples.roadmap(9, 2000, 2099),
    "roadmap of many": lambda: samples.roadmap(200, language="en"),
    "roadmap with nasty names": lambda: samples.named(samples.roadmap(30)),
    "reference of nothing": lambda: samples.reference(0),
    "reference without codes": lambda: samples.reference(9, 0),
    "reference": lambda: samples.reference(120),
    "reference of many": lambda: samples.reference(3_000, 300, "en"),
    "reference with nasty names": lambda: samples.named(samples.reference(60)),
    "security of nothing": lambda: samples.security(0),
    "security": lambda: samples.security(60),
    "security of many": lambda: samples.security(600, "en"),
    "security with nasty names": lambda: samples.named(samples.security(60)),
    "change of nothing": lambda: samples.change(0),
    "change": lambda: samples.change(24),
    "change of many": lambda: samples.change(90, language="en"),
    "change with nasty names": lambda: samples.named(samples.change(24)),
    "chain in ArchiMate": lambda: in_archimate(samples.chain("en")),
    "chain in ArchiMate with nasty names": lambda: in_archimate(samples.named(samples.chain())),
    "chain of many in ArchiMate": lambda: in_archimate(samples.large_chain(60, 1)),
    "change in ArchiMate": lambda: in_archimate(samples.change(24)),
    "context in ArchiMate": lambda: in_archimate(samples.context(8, 7, 5)),
    "context in ArchiMate with nasty names": lambda: in_archimate(samples.named(samples.context(9, 9, 9))),
    "flow in ArchiMate": lambda: in_archimate(samples.flow(9, 8)),
    "impact in ArchiMate": lambda: in_archimate(samples.impact(2, 3, 8, 7, 5)),
    "layers of a unit in ArchiMate": lambda: in_archimate(samples.layers(60)),
    "layers of an agency in ArchiMate": lambda: in_archimate(samples.layers(405)),
    "network in ArchiMate": lambda: in_archimate(samples.network(5, 4, 7)),
    "context of one": lambda: samples.context(0, 0),
    "context": lambda: samples.context(8, 7, 5),
    "context in English": lambda: samples.context(12, 3, language="en"),
    "context of many": lambda: samples.context(90, 400, 2_000),
    "context with nasty names": lambda: samples.named(samples.context(9, 9, 9)),
    "flow of nothing": lambda: samples.flow(0),
    "flow of one": lambda: samples.flow(1, 3),
    "flow": lambda: samples.flow(9, 8),
    "flow of many": lambda: samples.flow(300, 200, "en"),
    "flow with nasty names": lambda: samples.named(samples.flow(8, 8)),
    "network of nothing": lambda: samples.network(0),
    "network": lambda: samples.network(5, 4, 7),
    "network without devices": lambda: samples.network(4, 0, 2, "en"),
    "network of many": lambda: samples.network(40, 12, 60),
    "network of many devices": lambda: samples.network(3, 200, 1),
    "network with nasty names": lambda: samples.named(samples.network(6, 5, 9)),
    "duplicates of nothing": lambda: samples.duplicates(0),
    "duplicates": lambda: samples.duplicates(4),
    "duplicates of many": lambda: samples.duplicates(40, 8, "en"),
    "duplicates of a nation": lambda: samples.duplicates(400, 60),
    "duplicates with nasty names": lambda: samples.named(samples.duplicates(9, 14)),
    "portfolio of nothing": lambda: samples.portfolio(0),
    "portfolio": lambda: samples.portfolio(66),
    "portfolio in English": lambda: samples.portfolio(1_300, 3, "en"),
    "portfolio of a nation": lambda: samples.portfolio(10_000, 400),
    "portfolio with nasty names": lambda: samples.named(samples.portfolio(66, 40)),
    "metamodel": lambda: samples.metamodel(),
    "metamodel in English": lambda: samples.metamodel("en"),
    "metamodel with nasty names": lambda: samples.named(samples.metamodel()),
    "shaded layers": lambda: samples.shaded(samples.layers(60)),
    "shaded layers of an agency": lambda: samples.shaded(samples.layers(405)),
    "layers of some layers": lambda: some_layers(samples.layers(40)),
    "layers of one layer in groups": lambda: some_layers(samples.layers(405), 1),
    "shaded landscape": lambda: samples.shaded(samples.landscape(66), sizes=True),
    "shaded large landscape": lambda: samples.shaded(samples.landscape(400), ordered=True, sizes=True),
    "shaded chain with nasty names": lambda: samples.shaded(samples.named(samples.chain())),
    "shaded impact": lambda: samples.shaded(samples.impact(2, 3, 8, 7, 5), ordered=True),
    "shaded flow": lambda: samples.shaded(samples.flow(9, 8)),
    "shaded network": lambda: samples.shaded(samples.network(5, 4, 7)),
    "landscape of nothing": lambda: samples.landscape(0),
    "landscape of a few": lambda: samples.landscape(8, 3),
    "landscape": lambda: samples.landscape(66),
    "landscape in English": lambda: samples.landscape(66, language="en"),
    "landscape of a province": lambda: samples.landscape(1_000, 75),
    "landscape of a nation": lambda: samples.landscape(10_000, 200),
    "landscape with nasty names": lambda: samples.named(samples.landscape(66)),
    "large landscape with nasty names": lambda: samples.named(samples.landscape(400)),
}


VIEWS |= {
    "score": samples.score,
    "score in English": lambda: samples.score("en"),
    "score with nasty names": lambda: samples.named(samples.score()),
    "metrics": samples.metrics,
    "metrics in English": lambda: samples.metrics("en"),
    "metrics with nasty names": lambda: samples.named(samples.metrics()),
    "metrics with names that no picture may show": lambda: samples.named(samples.metrics(), samples.NASTY[9:13]),
    "difference": samples.difference,
    "difference in English": lambda: samples.difference("en"),
    "difference with nasty names": lambda: samples.named(samples.difference()),
}
_BARE_OF_ARCHIMATE = (
    "layers", "landscape", "matrix", "integration", "deployment", "organisation", "roadmap", "reference", "security",
    "network", "duplicates", "portfolio", "metamodel", "impact", "flow", "change", "score",
    "metrics",
)  # fmt: skip
for _name in _BARE_OF_ARCHIMATE:
    _made = VIEWS[f"{_name} with nasty names"]
    VIEWS[f"{_name} in ArchiMate with nasty names"] = partial(lambda made: in_archimate(made()), _made)


def test_every_viewpoint_is_there_in_both_styles_and_with_nasty_names() -> None:
    for word in ("in ArchiMate", "with nasty names"):
        assert {view_of(name).viewpoint for name in VIEWS if word in name} == set(viewpoints())


def some_layers(view: View, count: int = 2) -> View:
    """The view as if it had been asked for its first layers only."""
    layers = ("business", "services", "data")[:count]
    kept = {node.id for node in view.nodes if node.layer in layers}
    groups = tuple(replace(group, nodes=tuple(id for id in group.nodes if id in kept)) for group in view.groups)
    return replace(
        view, nodes=tuple(node for node in view.nodes if node.id in kept), groups=groups, edges=(), layers=layers
    )


@cache
def view_of(name: str) -> View:
    return VIEWS[name]()


@cache
def sheets_of(name: str) -> tuple[Sheet, ...]:
    return draw(view_of(name))


def some_of(name: str) -> tuple[Sheet, ...]:
    """The first sheets, the last one and some between: those of a province are many and made alike."""
    sheets = sheets_of(name)
    return sheets if len(sheets) < 8 else (*sheets[:3], sheets[len(sheets) // 2], sheets[-1])


@pytest.fixture(params=VIEWS, scope="module")  # so that a view is drawn once for all tests of it
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_sheet_has_a_fault(name: str) -> None:
    """Nothing leaves the page or its box, overlaps, is covered, small or pale; `checks` names them one by one."""
    assert [fault for sheet in some_of(name) for fault in checks.faults(sheet)] == []


def test_the_legend_explains_what_is_on_the_sheet_and_nothing_else(name: str) -> None:
    """The line of each relationship, marks, folds; and each sample looks like something of the picture."""
    for sheet in some_of(name):
        assert (checks.unexplained(sheet), checks.idle_samples(sheet)) == ([], [])


@pytest.mark.parametrize("hidden", ["satu baris " * 60 + "公共", ""], ids=["cut off", "not drawn"])
def test_letters_that_are_not_drawn_are_not_explained(hidden: str) -> None:
    notes = (hidden,) if hidden else ("satu", "dua", "tiga", "公共")
    (sheet,) = draw(replace(samples.chain(), notes=notes))
    assert "huruf di luar Latin; kotak pada PNG" not in [line.content for line in checks.texts(sheet)]


def test_every_element_is_drawn_or_folded(name: str) -> None:
    found = {id for sheet in sheets_of(name) for id in (*sheet.drawn, *sheet.folded)}
    assert found == {node.id for node in view_of(name).nodes}


def test_no_element_is_counted_twice_on_a_sheet(name: str) -> None:
    for sheet in sheets_of(name):
        assert len(set(sheet.drawn + sheet.folded)) == len(sheet.drawn) + len(sheet.folded)


def test_every_link_leads_to_a_sheet_of_the_view(name: str) -> None:
    sheets = sheets_of(name)
    known = {f"{quote(sheet.name, safe='~')}.svg" for sheet in sheets}
    links = {shape.link for sheet in sheets for shape in sheet.shapes if isinstance(shape, Open) and shape.link}
    assert links <= known


def test_every_sheet_says_which_it_is_of_how_many(name: str) -> None:
    sheets = sheets_of(name)
    for number, sheet in enumerate(sheets, 1):
        said = {line.content.split()[-1] for line in checks.texts(sheet)}
        assert f"{number}/{len(sheets)}" in said


def test_the_count_at_the_foot_is_that_of_the_shapes(name: str) -> None:
    for sheet in some_of(name):
        said = [_numbers(part) for part in _count(sheet).split(" · ")]
        folds = sum(getattr(shape, "kind", "") == "fold" for shape in sheet.shapes)
        drawn, folded = len(sheet.drawn), len(sheet.folded)
        if folded and not drawn:
            assert said == [[folded, folds]]
        else:
            assert sum(part[0] for part in said) == drawn
            assert sum(part[-1] for part in said) >= drawn + folded


@pytest.mark.parametrize(("recipe", "view"), [(matrix, samples.matrix(400, 300)), (security, samples.security(600))])
def test_what_goes_on_over_too_many_sheets_is_listed_by_office(
    recipe: ModuleType, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipe, "MOST_SHEETS", 2)
    monkeypatch.setattr(chips, "MOST_NAMES", 100)
    sheets = draw(view)
    assert len(sheets) < 6
    assert [fault for sheet in sheets for fault in checks.faults(sheet)] == []
    assert {id for sheet in sheets for id in (*sheet.drawn, *sheet.folded)} == {node.id for node in view.nodes}


def _numbers(said: str) -> list[int]:
    return [int("".join(filter(str.isdigit, word))) for word in said.split() if word[0].isdigit()]


def _count(sheet: Sheet) -> str:
    """The bold line at the foot on the right."""
    right = [line for line in checks.texts(sheet) if line.anchor == "end" and line.bold]
    return max(right, key=lambda line: line.y).content


def test_a_picture_can_be_read_aloud_and_runs_nothing(name: str) -> None:
    """Title, description and language on the root; a title for every card and fold; links to sheets; no ids twice."""
    for sheet in some_of(name):
        root = ET.fromstring(to_svg(sheet))  # noqa: S314 - our own output
        said = {child.get("id"): child.text for child in root if child.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert (root.get("role"), (root.get("aria-labelledby") or "").split()) == ("img", list(said))
        assert all(said.values())
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == sheet.language
        groups = list(root.iter(f"{SVG}g"))
        assert all((group.findtext(f"{SVG}title") or "").strip() for group in groups)
        ids = [group.get("id") for group in groups if group.get("id")]
        assert len(ids) == len(set(ids)) == len(sheet.drawn)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= HARMLESS
        attributes = {key for one in root.iter() for key in one.attrib}
        assert not [key for key in attributes if key == "style" or key.startswith("on")]


HARMLESS = {"svg", "title", "desc", "g", "a", "rect", "ellipse", "path", "text"}


def test_the_same_view_gives_the_same_bytes(name: str) -> None:
    again = draw(view_of(name))
    assert again == sheets_of(name)
    assert to_svg(again[0]) == to_svg(sheets_of(name)[0])


def test_the_order_of_elements_and_links_changes_no_chain() -> None:
    view = samples.chain()
    shuffle = random.Random(1).sample  # noqa: S311 - shuffles a test
    nodes, edges = shuffle(view.nodes, len(view.nodes)), shuffle(view.edges, len(view.edges))
    assert draw(replace(view, nodes=tuple(nodes), edges=tuple(edges))) == draw(view)


def test_the_order_of_layers_changes_no_picture_of_layers() -> None:
    view = samples.layers(405)
    by_layer = sorted(view.nodes, key=lambda node: node.layer)
    assert draw(replace(view, nodes=tuple(by_layer))) == draw(view)


@pytest.mark.parametrize("viewpoint", viewpoints())
@pytest.mark.parametrize("seed", range(12))
def test_rubbish_is_drawn_as_well_as_it_can_be(viewpoint: str, seed: int) -> None:
    sheets = draw(_rubbish(viewpoint, random.Random(seed)))  # noqa: S311 - makes test data
    assert [fault for sheet in sheets for fault in checks.faults(sheet)] == []


def _rubbish(viewpoint: str, dice: random.Random) -> View:
    """A view that no viewpoint would yield: unknown layers and fields, links to nowhere, groups that meet."""
    layers = [*samples.LAYERS, "across", "nowhere"]
    sections = ["processes", "data", "exchanges", "facilities", "audits", "units", "unheard_of"]
    fields = [
        "processes",
        "reads",
        "writes",
        "secures",
        "secured_by",
        "facility",
        "replaces",
        "provider",
        "?",
    ]
    made = tuple(
        Node(
            f"elemen-dengan-id-yang-panjang-sekali-{index}", dice.choice(sections), dice.choice(layers),
            dice.choice(samples.NASTY), dice.choice(samples.NASTY), dice.choice(["as_is", "new", "odd"]),
            dice.choice([None, *Level]), focus=dice.random() < 0.1,
        )
        for index in range(dice.choice([3, 20, 60, 200]))
    )  # fmt: skip
    ids = [*(node.id for node in made), "tiada"]
    edges = tuple(Edge(dice.choice(ids), dice.choice(ids), dice.choice(fields), "") for _ in range(len(made)))
    groups = tuple(Group(str(index), dice.choice(samples.NASTY), tuple(dice.sample(ids, 2))) for index in range(9))
    view = samples.named(samples.layers(0))
    return replace(view, viewpoint=viewpoint, nodes=made, edges=edges, groups=groups)


def test_an_unknown_viewpoint_is_the_callers_mistake() -> None:
    with pytest.raises(UnknownViewError, match="no way to draw viewpoint 'dream'"):
        draw(replace(samples.chain(), viewpoint="dream"))


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from tests.drawing import samples; from spbe_arch.drawing import draw, to_svg;"
        "print(*(to_svg(draw(view)[0]) for view in (samples.large_chain(90), samples.layers(405))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_no_two_viewpoints_have_one_number() -> None:
    headings = [import_module(f"spbe_arch.drawing.recipes.{name}").HEADING for name in viewpoints()]
    assert len({heading[0][:3] for heading in headings}) == len(headings)
