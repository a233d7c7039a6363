"""The reference of the API: every public name with its signature and docstring, as Markdown."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import spbe_arch
from spbe_arch.architecture import Elements

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["as_markdown"]

_HEAD = """\
# The Python API

Written by `python -m tests.refresh` from the docstrings of the package; the examples run as tests, in the folder of
this repository. Everything here is imported from `spbe_arch`.
"""
# fmt: off
_FOR_THE_PACKAGE = frozenset((
    "above", "agency_at", "agency_of_path", "all_ordinals", "all_rows", "as_if_whole", "at_ordinal", "at_place",
    "both_ends", "called", "chosen", "dependence", "dependents", "ends_at", "facts", "file_at", "follow", "id_at",
    "ids_at", "inverse", "is_dropped", "is_external", "is_incomplete", "justifications", "lacks", "leading_to",
    "life_of", "link_count", "links_of", "may_lack_rules", "member_manifest", "naming", "neighbours",
    "number_count", "office_at", "ordinals", "ordinals_at", "ordinals_of", "own_entries", "own_rules", "pairs",
    "parts", "relation_names", "requirements", "row_at", "section_at", "sources", "target_of", "targets",
    "undecided", "unit_at", "units_above", "with_files", "with_findings", "with_texts", "within",
))
# fmt: on
"""Attributes of an architecture for rules and views, which work on numbers."""


def as_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for name in spbe_arch.__all__:
        parts += _section(name, getattr(spbe_arch, name), "##")
        if inspect.isclass(getattr(spbe_arch, name)):
            parts += _members(name, getattr(spbe_arch, name))
    parts += _section("Elements", Elements, "##")
    parts += _members("Elements", Elements)
    return "\n".join(parts)


def _members(name: str, cls: type[Any]) -> Iterator[str]:
    for member, value in vars(cls).items():
        if member.startswith("_") or member in _FOR_THE_PACKAGE or not inspect.getdoc(value):
            continue
        if inspect.isfunction(value) or isinstance(value, property) or hasattr(value, "func"):
            yield from _section(f"{name}.{member}", value, "###")


def _section(name: str, value: Any, hashes: str) -> Iterator[str]:
    yield f"{hashes} {name}\n"
    if inspect.isfunction(value):
        yield f"```python\n{name}{_signature(value)}\n```\n"
    yield f"{_prose(inspect.getdoc(value) or '')}\n"


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    some = [one for one in signature.parameters.values() if one.name != "self"]
    return str(signature.replace(parameters=some)).replace("'", "")


def _prose(doc: str) -> str:
    """A docstring: its paragraphs, its headings with lists, its examples as code."""
    lines: list[str] = []
    for block in doc.split("\n\n"):
        head, _, rest = block.partition("\n")
        if block.startswith(">>>"):
            lines.append(f"```pycon\n{block}\n```")
        elif re.fullmatch(r"(Args|Returns|Raises):", head):
            said = re.sub(r"\n {8,}", " ", rest)
            items = [re.sub(r"^(\w+): ", r"`\1`: ", one.strip()) for one in said.splitlines()]
            lines.append(f"{head}\n\n" + "\n".join(f"- {one}" for one in items))
        else:
            lines.append(block)
    return "\n\n".join(lines)
