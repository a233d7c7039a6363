"""Counts by rule and by unit, as text or CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from spbe_arch.findings import english
from spbe_arch.formats.csv_format import literal
from spbe_arch.messages import printable, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write", "write_csv"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """Two tables: the rules and the units with most findings first."""
    lines: list[str] = []
    for heading, counts in _tables(told, style):
        lines += [*([""] if lines else []), heading]
        width = max((len(str(count)) for _, count in counts), default=1)
        lines += [f"{count:>{width}}  {printable(name)}" for name, count in counts]
    return "\n".join(lines) + "\n"


def write_csv(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """The same counts, a row each."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(
        (translate("by", style.language), translate("name", style.language), translate("count", style.language))
    )
    for heading, counts in _tables(told, style):
        rows.writerows((heading, literal(name), count) for name, count in counts)
    return out.getvalue()


def _tables(told: Sequence[Told], style: Style) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    rules = Counter(f"{one.code} {one.rule} ({translate(one.level.value, style.language)})" for one in told)
    units = Counter(one.who(style.language) for one in told)
    for heading, counts in ((english("rule"), rules), (english("unit"), units)):
        yield translate(heading, style.language), sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
