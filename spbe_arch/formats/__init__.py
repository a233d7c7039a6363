"""Formats: findings in words → text for people and machines. One file each, one function each.

A format takes what is told and the summary, and returns the text to print; it decides nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.messages import Told

    Format = Callable[[Sequence[Told], Summary, str], str]

__all__ = ["NAMES", "format_named"]

NAMES = ("full", "concise", "github", "json")


def format_named(name: str) -> Format:
    """The function of a format: it takes what is told, the summary and the language, and returns text."""
    module = import_module(f"{__name__}.{name}_format" if name == "json" else f"{__name__}.{name}")
    written: Format = module.write
    return written
