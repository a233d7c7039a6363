from __future__ import annotations

import doctest
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = (
    "spbe_arch.architecture",
    "spbe_arch.measuring",
    "spbe_arch.planning",
    "spbe_arch.scoring",
    "spbe_arch.loader",
    "spbe_arch.loading",
    "spbe_arch.messages",
    "spbe_arch.metamodel.references",
    "spbe_arch.printers.names",
    "spbe_arch.rendering",
    "spbe_arch.supposing",
)


@pytest.fixture
def in_the_root() -> Iterator[None]:
    before = Path.cwd()
    os.chdir(Path(__file__).parents[1])
    yield
    os.chdir(before)


@pytest.mark.usefixtures("in_the_root")
@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0 == result.failed
