"""Workflow commands of GitHub Actions: findings on the lines of a pull request.

GitHub shows ten annotations of each kind for a step and drops the others without a word (actions/toolkit,
docs/problem-matchers.md). So ten are made, errors being of one kind; what is left stands in the log, and a notice,
which is one of the ten, says so.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from spbe_arch.findings import Level
from spbe_arch.messages import counted, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]

MOST = 10
"""Annotations of one kind that GitHub shows for a step; of all kinds it shows 50 for a job."""
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A workflow command for each finding that GitHub shows, and the other findings as lines of the log."""
    counts = Counter(one.level for one in told)
    room = dict.fromkeys(_COMMANDS, MOST)
    if any(number > MOST for number in counts.values()):
        room[Level.NOTE] -= 1
    annotated: list[Told] = []
    logged: list[Told] = []
    for one in told:
        fits = room[one.level] > 0
        room[one.level] -= fits
        (annotated if fits else logged).append(one)
    return "".join(map(_command, annotated)) + (_log(logged, style.language) if logged else "")


def _log(told: Sequence[Told], language: str) -> str:
    """Findings as a folded part of the log in which nothing is a command, and a notice that they are there."""
    lines = "".join(f"{one!s}\n" for one in told)
    # What ends the pause must not stand in the lines, and nobody can write a line that holds its own digest.
    pause = sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
    more = counted(len(told), "{count} more finding", "{count} more findings", language)
    said = translate("{findings} in the log of this step; GitHub shows {count} of a kind", language)
    said = said.format(findings=more, count=MOST)
    return f"::group::{more}\n::stop-commands::{pause}\n{lines}::{pause}::\n::endgroup::\n::notice title=spbe::{said}\n"


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
    return f"::{_COMMANDS[one.level]} {named}::{_escape(one.message + one.proposal)}\n"


def _escape(text: str) -> str:
    """What a workflow command may hold as its message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
