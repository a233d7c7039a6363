"""JSON lines: a finding a line, the summary last; for programs that read while we write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spbe_arch.formats.json_format import finding_of, summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """An object a line, each with a `kind`: finding or summary."""
    lines: list[dict[str, object]] = [{"kind": "finding", **finding_of(one)} for one in told]
    lines.append({"kind": "summary", **summary_of(summary)})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
