"""Known findings: a file that hides what is known already, so that only new findings fail a run.

A finding is known by what was found, not by where: its code, the element, the field and the values of its message. So
a baseline survives edits above a line, and moves and renames of files. It can only hide; nothing in it is run.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from spbe_arch.errors import SpbeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["BaselineError", "fingerprint", "read_baseline", "unknown", "written"]

VERSION = 1


class BaselineError(SpbeError):
    """A file that should be a baseline is none."""


def fingerprint(architecture: Architecture, finding: Finding) -> str:
    """Sixteen characters that stand for what was found; equal for the same fault wherever it stands."""
    place = finding.place
    told = (
        finding.code,
        architecture.agency_of_path(place.path),
        place.section,
        place.element if place.element is not None else place.path,
        place.field,
        sorted((name, _plain(value)) for name, value in finding.fault.values.items()),
    )
    return hashlib.sha256(json.dumps(told, ensure_ascii=True, default=str).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else str(value)


def written(architecture: Architecture, findings: Iterable[Finding]) -> str:
    """The text of a baseline that knows these findings; one entry a line, so that git shows what changed."""
    counts = Counter((finding.code, fingerprint(architecture, finding)) for finding in findings)
    entries = [
        f"    {json.dumps({'code': code, 'fingerprint': key, 'count': count})}"
        for (code, key), count in sorted(counts.items())
    ]
    return "{\n" + f'  "version": {VERSION},\n  "findings": [\n' + ",\n".join(entries) + "\n  ]\n}\n"


def read_baseline(text: bytes, name: str) -> Counter[str]:
    """How often each fingerprint is known.

    Raises:
        BaselineError: if the text is no baseline.
    """
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BaselineError("{name} is a baseline of another version than {known}", name=name, known=VERSION)
        return Counter({str(entry["fingerprint"]): int(entry.get("count", 1)) for entry in data["findings"]})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError("{name} is not a baseline; --write-baseline makes one", name=name) from error


def unknown(architecture: Architecture, findings: Iterable[Finding], known: Counter[str]) -> list[Finding]:
    """The findings that the baseline does not know; of several alike, as many are hidden as it counts."""
    left = Counter(known)
    shown = []
    for finding in findings:
        key = fingerprint(architecture, finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            shown.append(finding)
    return shown
