"""GitLab Code Quality: findings beside the lines of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A list of issues; GitLab wants fingerprints to be unique, so the second of two alike gets a number."""
    seen: dict[str, int] = {}
    issues = []
    for one in told:
        number = seen[one.fingerprint] = seen.get(one.fingerprint, 0) + 1
        issues.append(
            {
                "description": f"{one.code} {one.message}{one.proposal}",
                "check_name": one.rule,
                "fingerprint": one.fingerprint if number == 1 else f"{one.fingerprint}-{number}",
                "severity": _SEVERITIES[one.level],
                "location": {
                    "path": one.spot.path,
                    "lines": {"begin": one.spot.region.line, "end": one.spot.region.end_line},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
