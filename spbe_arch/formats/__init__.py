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

__all__ = ["FOR_PEOPLE", "FROM_GIT_ROOT", "NAMES", "WITH_RELATED", "Style", "format_named"]

NAMES = ("full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown", "csv")
"""Formats for findings."""

FOR_PEOPLE = frozenset({"full", "concise", "markdown"})
"""Those that print the first findings only, and say how many more there are."""

WITH_RELATED = frozenset({"full", "json", "jsonl", "sarif"})
"""Those that show where else a finding has to do with; finding these places means reading their files."""

FROM_GIT_ROOT = frozenset({"sarif", "github", "gitlab", "rdjson"})
"""Those whose readers expect paths from the root of the git repository."""


class Style(NamedTuple):
    """How a format for people writes; formats for machines look at none of it."""

    language: str = "en"
    colour: bool = False
    """Whether a terminal shows it that knows colours."""
    guesses: bool = False
    """Whether fixes are shown that are guesses; the sentence of the finding names the near miss anyway."""


def format_named(name: str) -> Format:
    """The function of a format: it takes what is told, the summary and the style, and returns text."""
    stem, _, variant = name.partition("-")
    own = {"json", "csv"}  # names that modules of the standard library have
    module = import_module(f"{__name__}.{stem}_format" if stem in own else f"{__name__}.{stem}")
    written: Format = getattr(module, f"write_{variant}" if variant else "write")
    return written
