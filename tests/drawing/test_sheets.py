"""What holds on every sheet of every viewpoint, whatever the model says and however large it is."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from spbe_arch.drawing import draw, to_svg, viewpoints
from spbe_arch.errors import UnknownViewError
from spbe_arch.findings import Level
from spbe_arch.views.view import Edge, Group, Node
from tests.drawing import checks, samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from spbe_arch.drawing import Sheet
    from spbe_arch.views.view import View

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
}


@cache
def view_of(name: str) -> View:
    return VIEWS[name]()


@cache
def sheet_of(name: str) -> Sheet:
    (sheet,) = draw(view_of(name))
    return sheet


@pytest.fixture(params=VIEWS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_is_off_the_page(name: str) -> None:
    assert checks.off_the_page(sheet_of(name)) == []


def test_no_text_leaves_its_box(name: str) -> None:
    assert checks.out_of_their_box(sheet_of(name)) == []


def test_no_two_texts_overlap(name: str) -> None:
    assert checks.overlapping_texts(sheet_of(name)) == []


def test_no_two_cards_overlap(name: str) -> None:
    assert checks.overlapping_cards(sheet_of(name)) == []


def test_no_mark_lies_on_a_text(name: str) -> None:
    assert checks.covered_texts(sheet_of(name)) == []


def test_no_text_is_too_small(name: str) -> None:
    assert checks.small_texts(sheet_of(name)) == []


def test_every_text_stands_out(name: str) -> None:
    assert checks.pale_texts(sheet_of(name)) == []


def test_every_element_is_drawn_or_folded_once(name: str) -> None:
    sheet = sheet_of(name)
    assert sorted(sheet.drawn + sheet.folded) == sorted(node.id for node in view_of(name).nodes)


def test_the_count_at_the_foot_is_that_of_the_shapes(name: str) -> None:
    sheet = sheet_of(name)
    digits = {int("".join(filter(str.isdigit, word))) for word in _count(sheet).split() if word[0].isdigit()}
    folds = sum(getattr(shape, "kind", "") == "fold" for shape in sheet.shapes)
    drawn, folded = len(sheet.drawn), len(sheet.folded)
    assert digits == ({folded, folds} if folded and not drawn else {drawn, drawn + folded})


def _count(sheet: Sheet) -> str:
    """The bold line at the foot on the right."""
    right = [line for line in checks.texts(sheet) if line.anchor == "end" and line.bold]
    return max(right, key=lambda line: line.y).content


def test_the_same_view_gives_the_same_bytes(name: str) -> None:
    (again,) = draw(view_of(name))
    assert to_svg(again) == to_svg(sheet_of(name))


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
    (sheet,) = draw(_rubbish(viewpoint, random.Random(seed)))  # noqa: S311 - makes test data
    assert list(checks.faults(sheet)) == []


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
