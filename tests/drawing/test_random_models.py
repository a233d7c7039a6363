"""Models that nobody wrote, drawn by every viewpoint in both styles and languages."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import Architecture, check, load_texts
from spbe_arch.drawing import draw
from spbe_arch.metamodel import types
from spbe_arch.views import make_view, viewpoints
from tests.drawing import checks, samples
from tests.views.shared import MANIFEST

NAMES = st.one_of(st.sampled_from(samples.NASTY), st.text(max_size=40), st.sampled_from(["Layanan Publik", "SIM"]))


@st.composite
def models(draw: st.DrawFn) -> Architecture:
    """Some elements of every type, of one many, linked as the metamodel lets them or not at all."""
    dice = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - makes test data
    names = draw(st.lists(NAMES, min_size=1, max_size=8))
    many, most = draw(st.sampled_from(sorted(types()))), draw(st.integers(0, 70))
    ids = {
        section: [f"{section.replace('_', '-')}-{n}" for n in range(most if section == many else dice.randrange(3))]
        for section in types()
    }
    contents = {
        section: {id: {"name": dice.choice(names), **_links(dice, section, ids)} for id in some}
        for section, some in ids.items()
        if some
    }
    return load_texts([("spbe.yaml", MANIFEST), ("m.yaml", json.dumps(contents))])


def _links(dice: random.Random, section: str, ids: dict[str, list[str]]) -> dict[str, object]:
    found: dict[str, object] = {"status": dice.choice(["as_is", "new", "upgrade", "retired"])}
    for field, link in types()[section].links.items():
        targets = [id for target in sorted(link.target_set) for id in ids.get(target, ())]
        if targets and dice.random() < 0.5:
            found[field] = dice.sample(targets, min(len(targets), dice.randrange(1, 4)))
    return found


def request(architecture: Architecture, name: str, dice: int) -> str:
    """Of the whole or of an element, as the viewpoint can be asked; empty if there is nothing to ask about."""
    viewpoint = viewpoints()[name]
    about = [id for section in viewpoint.about for id in architecture.of(section)]
    whole = [f"{name}:{variant}" for variant in viewpoint.variants]
    whole += [] if viewpoint.needs_subject else [name]
    asked = [*whole, *(f"{name}:{id}" for id in about[:40])]
    return asked[dice % len(asked)] if asked else ""


@pytest.mark.parametrize("name", viewpoints())
@settings(max_examples=6, deadline=None)
@given(
    architecture=models(), dice=st.integers(0, 100), style=st.sampled_from(["", "archimate"]),
    language=st.sampled_from(["id", "en"]),
)  # fmt: skip
def test_a_random_model_is_drawn_whole_and_without_a_fault(
    name: str, architecture: Architecture, dice: int, style: str, language: str
) -> None:
    asked = request(architecture, name, dice)
    if not asked:
        return
    view = replace(make_view(architecture, asked, check(architecture), language), style=style)
    sheets = draw(view)
    assert [fault for sheet in sheets for fault in checks.faults(sheet)] == []
    assert [look for sheet in sheets for look in (*checks.unexplained(sheet), *checks.idle_samples(sheet))] == []
    assert {id for sheet in sheets for id in (*sheet.drawn, *sheet.folded)} == {node.id for node in view.nodes}
