"""Workflow commands of GitHub Actions: findings on the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.findings import Level
from spbe_arch.formats.concise import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A workflow command for each finding."""
    return "".join(_command(one) for one in told)


def _command(one: Told) -> str:
    region = one.spot.region
    properties = {
        "file": one.spot.path,
        "line": region.line,
        "col": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "title": f"{one.code} {one.rule}",
    }
    named = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[one.level]} {named}::{_escape(one.message + suggestion(one))}\n"


def _escape(text: str) -> str:
    """What a workflow command may hold as its message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
