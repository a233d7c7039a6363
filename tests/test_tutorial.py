"""The notebook of the shipped model runs, cell after cell, and writes nothing."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT

NOTEBOOK = ROOT / "models/kab-bekasi/tutorial.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """The value of the last expression of each cell, by its source, as a notebook shows it."""
    names: dict[str, Any] = {}
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(NOTEBOOK.parent)
        for cell in CELLS:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                tree = ast.parse(source)
                last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
                exec(compile(tree, source, "exec"), names)  # noqa: S102 - our own notebook
                if isinstance(last, ast.Expr):
                    code = compile(ast.Expression(last.value), source, "eval")
                    found[source] = eval(code, names)  # noqa: S307 - our own notebook
    return found


def test_it_shows_something_in_every_cell(shown: dict[str, Any]) -> None:
    empty = [source for source, value in shown.items() if value is None and "print(" not in source]
    assert (empty, len(shown) > 10) == ([], True)


def test_the_architecture_and_the_view_show_themselves(shown: dict[str, Any]) -> None:
    assert sum(hasattr(value, "_repr_svg_") for value in shown.values()) == 2


def test_no_output_is_committed() -> None:
    assert all(cell.get("outputs", []) == [] for cell in CELLS)


def test_it_leaves_the_model_alone(shown: dict[str, Any]) -> None:
    assert "status: upgrade" in (NOTEBOOK.parent / "aplikasi.yaml").read_text(encoding="utf-8")
    assert not Path(NOTEBOOK.parent / ".spbe-edit.json").exists()
