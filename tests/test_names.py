"""A module of a package, once it is imported, is known there by its name: nothing else may be called so."""

from __future__ import annotations

import ast
import dis
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(ROOT.glob("spbe_arch/**/__init__.py"))


@pytest.mark.parametrize("init", PACKAGES, ids=lambda init: init.parent.relative_to(ROOT).as_posix())
def test_a_name_that_a_package_uses_means_the_same_whatever_was_imported(init: Path) -> None:
    text = init.read_text("utf-8")
    modules = {module.name for module in pkgutil.iter_modules([str(init.parent)])}
    package = ".".join(init.parent.relative_to(ROOT).parts)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module in (package, f"{package}.{alias.name}")
    }
    assert modules & {*global_names(compile(text, str(init), "exec"))} <= imported


def global_names(code: CodeType) -> Iterator[str]:
    """The names that code looks up in its module, or among what is built in."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield instruction.argval
    for part in code.co_consts:
        if hasattr(part, "co_consts"):
            yield from global_names(part)
