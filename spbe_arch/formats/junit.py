"""JUnit XML: a test case for each finding, for CI systems that show test reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.findings import Level
from spbe_arch.formats.concise import suggestion
from spbe_arch.messages import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """Errors are failures; warnings and notes are cases that passed and say something."""
    failures = sum(one.level is Level.ERROR for one in told)
    cases = "".join(map(_case, told)) or '    <testcase classname="spbe" name="check"/>\n'
    count = max(1, len(told))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites tests="{count}" failures="{failures}">\n'
        f'  <testsuite name="spbe" tests="{count}" failures="{failures}" errors="0" skipped="0">\n'
        f"{cases}  </testsuite>\n</testsuites>\n"
    )


def _case(one: Told) -> str:
    spot = one.spot
    name = f"{one.code} {spot.path}:{spot.region.line}:{spot.region.column}"
    said = _escape(f"{one.message}{suggestion(one)}")
    where = f'    <testcase classname="{_escape(one.rule)}" name="{_escape(name)}" file="{_escape(spot.path)}">\n'
    if one.level is Level.ERROR:
        body = f'      <failure type="{one.level.value}" message="{said}"/>\n'
    else:
        body = f"      <system-out>{one.level.value}: {said}</system-out>\n"
    return f"{where}{body}    </testcase>\n"


def _escape(text: str) -> str:
    """Text as XML holds it; what XML cannot hold has been made visible."""
    shown = printable(text, 10_000)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(character, entity)
    return shown
