"""Known findings: a file that hides what is known already, so that only new findings fail a run.

A finding is known by what was found, not by where: its code, the element, the field and the values of its message. So
a baseline survives edits above a line, and moves and renames of files. It can only hide; nothing in it is run.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import is_always, linking
from spbe_arch.errors import SpbeError
from spbe_arch.findings import Amount

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["BaselineError", "fingerprint", "pruned", "read_baseline", "unknown", "written"]

VERSION = 1


class BaselineError(SpbeError):
    """A file that should be a baseline is none."""


_TOLD_ONCE = frozenset(
    rule.code
    for rule in (
        linking.UNKNOWN_TARGET,
        linking.WRONG_TARGET_TYPE,
        linking.UNKNOWN_AGENCY,
        linking.UNIT_BY_NAME,
        linking.UNKNOWN_NATIONAL_CODE,
        linking.UNLISTED_NATIONAL_CODE,
        linking.UNKNOWN_LOCAL_CODE,
        linking.CODE_UNLIKE_NAME,
    )
)
"""Rules that tell what is wrong with a value of `defaults` once in a file, at whichever element comes first."""


def fingerprint(architecture: Architecture, finding: Finding) -> str:
    """Sixteen characters that stand for what was found; equal for the same fault wherever it stands."""
    place = finding.place
    values = finding.fault.values
    element = place.element
    if _is_of_defaults(architecture, finding):
        element = "defaults"
        values = {name: value for name, value in values.items() if name != "element"}
    told = (
        finding.code,
        architecture.agency_of_path(place.path),
        place.section,
        element,
        place.field,
        sorted((name, _plain(value)) for name, value in values.items() if type(value) is not Amount),
    )
    return hashlib.sha256(json.dumps(told, ensure_ascii=True, default=str).encode()).hexdigest()[:16]


def _is_of_defaults(architecture: Architecture, finding: Finding) -> bool:
    """Whether a value of `defaults` is meant, and not the element that it is told at."""
    place = finding.place
    element = architecture.at_place(place) if finding.code in _TOLD_ONCE else None
    return element is not None and place.field in architecture.row_at(element.ordinal).shape.inherited


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else str(value)


def written(
    architecture: Architecture,
    findings: Iterable[Finding],
    before: bytes = b"",
    name: str = "",
    not_run: Container[str] = frozenset(),
) -> str:
    """The text of a baseline that knows these findings; one entry a line, so that git shows what changed.

    Args:
        architecture: the one that was checked.
        findings: what is to be known.
        before: the text of the baseline whose place it takes; empty if there is none.
        name: of the file, for messages.
        not_run: the codes of the rules that nobody asked for; their entries are kept.
    """
    counts = Counter((finding.code, fingerprint(architecture, finding)) for finding in findings)
    for code, key, count in _entries(before, name) if before else ():
        if code in not_run:
            counts[code, key] += count
    return _text(counts)


def pruned(text: bytes, name: str, architecture: Architecture, findings: Iterable[Finding], ran: Container[str]) -> str:
    """The text of a baseline without what is no longer found; nothing is added to it.

    Args:
        text: of the baseline.
        name: of the file, for messages.
        architecture: the one that was checked.
        findings: everything that is found in it, known or not.
        ran: the codes of the rules that ran; entries of others are kept, since nobody looked for them.

    Raises:
        BaselineError: if the text is no baseline.
    """
    found = Counter(fingerprint(architecture, finding) for finding in findings)
    kept: Counter[tuple[str, str]] = Counter()
    for code, key, count in _entries(text, name):
        left = count if code not in ran else min(count, found[key])
        found[key] -= left
        kept[code, key] += left
    return _text(+kept)


def _text(counts: Counter[tuple[str, str]]) -> str:
    entries = [
        f"    {json.dumps({'code': code, 'fingerprint': key, 'count': count})}"
        for (code, key), count in sorted(counts.items())
    ]
    inside = "\n" + ",\n".join(entries) + "\n  " if entries else ""
    return "{\n" + f'  "version": {VERSION},\n  "findings": [{inside}]\n}}\n'


def read_baseline(text: bytes, name: str) -> Counter[str]:
    """How often each fingerprint is known.

    Raises:
        BaselineError: if the text is no baseline.
    """
    known: Counter[str] = Counter()
    for _, key, count in _entries(text, name):
        known[key] += count
    return known


def _entries(text: bytes, name: str) -> list[tuple[str, str, int]]:
    """The entries of a baseline: code, fingerprint, count. It is a file that anybody may have written."""
    try:
        data = json.loads(text)
        version = data["version"]
        entries = [(entry["code"], entry["fingerprint"], entry.get("count", 1)) for entry in data["findings"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _no_baseline(name) from error
    if type(version) is not int or not all(
        type(code) is str and type(key) is str and type(count) is int and count > 0 for code, key, count in entries
    ):
        raise _no_baseline(name)
    if version != VERSION:
        raise BaselineError("{name} is a baseline of another version than {known}", name=name, known=VERSION)
    return entries


def _no_baseline(name: str) -> BaselineError:
    return BaselineError("{name} is not a baseline; --write-baseline makes one", name=name)


def unknown(architecture: Architecture, findings: Iterable[Finding], known: Counter[str]) -> list[Finding]:
    """The findings that the baseline does not know; of several alike, as many are hidden as it counts.

    What cannot be switched off is not hidden either.
    """
    left = Counter(known)
    shown = []
    for finding in findings:
        key = fingerprint(architecture, finding)
        if left[key] > 0 and not is_always(finding.code):
            left[key] -= 1
        else:
            shown.append(finding)
    return shown
