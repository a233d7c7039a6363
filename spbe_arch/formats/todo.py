"""A list of what to do for each unit, to be sent to the offices."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from spbe_arch.messages import printable, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A heading for each unit, with the place and the sentence of each finding below it."""
    by_unit: dict[tuple[bool, str], list[Told]] = defaultdict(list)
    for one in told:
        by_unit[not one.unit, one.who(style.language)].append(one)
    blocks = []
    for (_, unit), theirs in sorted(by_unit.items(), key=lambda pair: pair[0]):
        lines = [f"{printable(unit)} ({len(theirs)})"]
        for one in theirs:
            level = translate(one.level.value, style.language)
            lines.append(f"  [ ] {one.message}{one.proposal}")
            lines.append(f"      {level} {one.code}, {printable(one.spot.path, 1000)}:{one.spot.region.line}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
