"""The page of the grammar: its examples are views that can be made, its tables are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spbe_arch import check, load, load_texts
from spbe_arch.definitions import CRITERIA, KEYS, VIEWPOINTS
from spbe_arch.drawing import draw
from spbe_arch.views import make_view, viewpoints
from spbe_arch.views.defined import own_views
from tests.patching import clean_texts

PAGE = (Path(__file__).parents[2] / "spbe_arch/views/README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def rows(heading: str) -> list[list[str]]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("|---")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_made_and_drawn(example: str) -> None:
    texts = {**clean_texts(), "tampilan.yaml": example}
    architecture = load_texts(texts.items())
    assert not [one for one in check(architecture) if one.place.path == "tampilan.yaml"]
    requests = [request for own in own_views(architecture).values() for request in own.requests(architecture)]
    assert requests
    for request in requests:
        assert draw(make_view(architecture, request))


def test_the_two_first_examples_are_one_view_in_two_languages() -> None:
    english, indonesian = (
        make_view(load_texts({**clean_texts(), "tampilan.yaml": text}.items()), "aplikasi-inti")
        for text in EXAMPLES[:2]
    )
    assert english == indonesian


def test_the_table_of_keys_is_that_of_the_code() -> None:
    assert {(row[0], row[1]) for row in rows("Keys")} == {
        (f"`{key}`", f"`{indonesian}`") for key, (indonesian, _) in KEYS.items()
    }


def test_the_table_of_viewpoints_is_that_of_the_code() -> None:
    assert [(row[0], row[1], row[3]) for row in rows("Viewpoints")] == [
        (
            f"`{name}`",
            f"`{VIEWPOINTS.indonesian[name]}`",
            ", ".join(f"`{one}`" for one in viewpoints()[name].parameters),
        )
        for name in VIEWPOINTS.values
    ]


def test_the_table_of_filters_is_that_of_the_code() -> None:
    assert {(row[0], row[1]) for row in rows("Filters")[:-1]} == {
        (f"`{name}`", f"`{indonesian}`") for name, indonesian in CRITERIA.items()
    }


def test_views_of_the_shipped_model_show_something() -> None:
    architecture = load(Path(__file__).parents[2] / "models/kab-bekasi")
    assert own_views(architecture)
    assert all(make_view(architecture, name).nodes for name in own_views(architecture))
