"""JUnit XML: a test case for each finding, for CI systems that show test reports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spbe_arch.findings import Level
from spbe_arch.messages import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]


MOST = 25_000
"""Cases that GitLab reads: of larger files it says that they exceed 250,000 objects (its issue 507482), of which a
failure is nine, or 30 MB (docs.gitlab.com, "Unit test reports")."""


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """Errors are failures; warnings and notes are cases that passed and say something."""
    failures = sum(one.level is Level.ERROR for one in told)
    shown = told if len(told) <= MOST else sorted(told, key=lambda one: one.level.rank)[: MOST - 1]
    cases = "".join(map(_case, shown, _names(shown))) or '    <testcase classname="spbe" name="check"/>\n'
    if len(shown) < len(told):
        cases += _remainder(len(told) - len(shown), style.language)
    failures = min(failures, len(shown))
    count = max(1, len(shown) + (len(shown) < len(told)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites tests="{count}" failures="{failures}">\n'
        f'  <testsuite name="spbe" tests="{count}" failures="{failures}" errors="0" skipped="0">\n'
        f"{cases}  </testsuite>\n</testsuites>\n"
    )


def _names(told: Sequence[Told]) -> Iterator[str]:
    """A name for each case; GitLab drops the second of two that are named alike, so it gets a number."""
    seen: Counter[str] = Counter()
    for one in told:
        name = f"{one.code} {one.spot.path}:{one.spot.region.line}:{one.spot.region.column}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _remainder(number: int, language: str) -> str:
    """A case that says how many findings have none."""
    said = _escape(counted(number, "{count} more finding", "{count} more findings", language))
    return f'    <testcase classname="spbe" name="check">\n      <system-out>{said}</system-out>\n    </testcase>\n'


def _case(one: Told, name: str) -> str:
    spot = one.spot
    said = _escape(f"{one.message}{one.proposal}")
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
