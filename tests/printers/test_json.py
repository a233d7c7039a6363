"""JSON of a view: what was written is read back as the same view."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch import check, load
from spbe_arch.printers import json_format
from spbe_arch.views import make_view, viewpoints
from spbe_arch.views.view import Door
from tests.command import ROOT
from tests.drawing import samples
from tests.printers.shared import TEXTS, view_with

if TYPE_CHECKING:
    from spbe_arch.views.view import View


@cache
def view_of(viewpoint: str) -> View:
    architecture = load(ROOT / "models/kab-bekasi")
    about = {"chain": "chain:perizinan-usaha", "impact": "impact:bebunge", "context": "context:bebunge"}
    known = viewpoints()[viewpoint]
    request = about.get(viewpoint, f"{viewpoint}:{known.variants[0]}" if known.variants else viewpoint)
    suggested = known.suggest(architecture)
    return make_view(architecture, suggested[0] if suggested else request, check(architecture))


@pytest.mark.parametrize("viewpoint", [name for name in viewpoints() if name != "change"])
def test_a_view_of_the_shipped_model_comes_back(viewpoint: str) -> None:
    assert json_format.read(json_format.write(view_of(viewpoint))) == view_of(viewpoint)


def test_colours_sizes_and_doors_come_back() -> None:
    view = samples.shaded(samples.layers(12), sizes=True)
    door = Door("k", "other", "Other")
    view = replace(view, up=door, doors=(door, door), style="archimate")
    assert json_format.read(json_format.write(view)) == view


def test_a_view_of_a_change_comes_back() -> None:
    assert json_format.read(json_format.write(samples.change(20))) == samples.change(20)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_name_comes_back(names: list[str]) -> None:
    view = view_with(names)
    assert json_format.read(json_format.write(view)) == view


def test_it_says_how_many_there_are() -> None:
    said = json.loads(json_format.write(samples.chain()))
    assert (said["viewpoint"], said["counts"]["nodes"], len(said["nodes"])) == ("chain", 22, 22)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": 2}', '{"format": 1, "nodes": 3}', "\xff"])
def test_what_is_no_view_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no view in this layout|Expecting value"):
        json_format.read(text)
