"""Formats: findings in words → text for people and machines. One file each, one function each.

A format takes what is told, the summary and the style, and returns the text to print; it decides nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.messages import Told

    Format = Callable[[Sequence[Told], Summary, "Style"], str]

__all__ = ["NAMES", "Style", "format_named"]

NAMES = ("full", "concise", "github", "json")


class Style(NamedTuple):
    """How a format for people writes; formats for machines look at none of it."""

    language: str = "en"
    colour: bool = False
    """Whether a terminal shows it that knows colours."""


def format_named(name: str) -> Format:
    """The function of a format: it takes what is told, the summary and the style, and returns text."""
    module = import_module(f"{__name__}.{name}_format" if name == "json" else f"{__name__}.{name}")
    written: Format = module.write
    return written
