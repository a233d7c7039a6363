"""JSON for programs; the keys never change with the language, and new ones are only added."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.checking import Summary
    from spbe_arch.formats import Style
    from spbe_arch.messages import Spot, Told, ToldFix

__all__ = ["finding_of", "summary_of", "write"]

VERSION = 1


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """One object: `version`, `findings`, `summary`."""
    found = {"version": VERSION, "findings": [finding_of(one) for one in told], "summary": summary_of(summary)}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def finding_of(one: Told) -> dict[str, Any]:
    """One finding."""
    return {
        "code": one.code,
        "rule": one.rule,
        "level": one.level.value,
        "message": one.message,
        **_place(one.spot),
        "end_line": one.spot.region.end_line,
        "end_column": one.spot.region.end_column,
        "element": one.spot.element,
        "related": [{**_place(spot), "element": spot.element, "message": spot.message} for spot in one.related],
        "suggestion": one.suggestion,
        "fix": _fix(one.fix) if one.fix is not None else None,
        "basis": list(one.basis),
        "unit": one.unit or None,
        "fingerprint": one.fingerprint,
    }


def _fix(fix: ToldFix) -> dict[str, Any]:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "message": fix.message,
        "edits": [
            {
                "path": edit.path,
                "line": edit.region.line,
                "column": edit.region.column,
                "end_line": edit.region.end_line,
                "end_column": edit.region.end_column,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }


def _place(spot: Spot) -> dict[str, Any]:
    return {"path": spot.path, "line": spot.region.line, "column": spot.region.column}


def summary_of(summary: Summary) -> dict[str, Any]:
    """The counts of a run."""
    return {
        "error": summary.errors,
        "warning": summary.warnings,
        "note": summary.notes,
        "undecided": summary.undecided,
        "suppressed": summary.suppressed,
        "known": summary.known,
        "files": summary.files,
        "elements": summary.elements,
        "links": summary.links,
        "as_of": summary.as_of.isoformat(),
    }
