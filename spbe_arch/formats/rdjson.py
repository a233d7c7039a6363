"""Reviewdog's diagnostic format, for review comments on any forge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.findings import Region
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told

__all__ = ["write"]

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """A DiagnosticResult of github.com/reviewdog/reviewdog/proto/rdf."""
    result = {"source": {"name": "spbe"}, "diagnostics": [_diagnostic(one) for one in told]}
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(one: Told) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": f"{one.message}{one.proposal}",
        "severity": _SEVERITIES[one.level],
        "code": {"value": one.code},
        "location": {
            "path": one.spot.path,
            "range": _range(one.spot.region),
        },
    }
    if one.fix is not None and len(one.fix.edits) == 1 and one.fix.edits[0].path == one.spot.path:
        # Of several suggestions a reviewer takes one; so what only helps together is not said here.
        [edit] = one.fix.edits
        diagnostic["suggestions"] = [{"range": _range(edit.region), "text": edit.text}]
    return diagnostic


def _range(region: Region) -> dict[str, Any]:
    return {
        "start": {"line": region.line, "column": region.column},
        "end": {"line": region.end_line, "column": region.end_column},
    }
