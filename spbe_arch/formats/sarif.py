"""SARIF 2.1.0 for code scanning: rules with their pages, results with fingerprints that survive moves."""

from __future__ import annotations

import json
import os
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from spbe_arch import __version__
from spbe_arch.config import catalogue
from spbe_arch.messages import counted, translate
from spbe_arch.pages import page_as_text, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.catalogue import Rule
    from spbe_arch.checking import Summary
    from spbe_arch.findings import Region
    from spbe_arch.formats import Style
    from spbe_arch.messages import Told, ToldFix

__all__ = ["write"]

MOST = 25_000
"""Results that GitHub takes in one run, of 20 runs in a file; what lies beyond is counted in a notification."""
SHOWN = 5_000
"""Results of a run that GitHub shows, the heaviest first. Both numbers, and the 20 tags of a rule, are those of
docs.github.com, "SARIF results exceed limits"; of the 10 MB after gzip, 25,000 results of random letters take 4."""


def write(told: Sequence[Told], summary: Summary, style: Style) -> str:  # noqa: ARG001 - what formats are given
    """One run with one driver; columns count code points."""
    rules = {one.code: one.about or catalogue()[one.code] for one in told}
    codes = sorted(rules)
    index = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "spbe",
                "semanticVersion": __version__,
                "rules": [_rule(rules[code], style.language) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the root of the git repository"}}},
        "results": [_result(one, index) for one in _heaviest(told)],
    }
    if len(told) > SHOWN:
        notification = {"level": "warning", "message": {"text": _limits(len(told), style.language)}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [notification]}]
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _heaviest(told: Sequence[Told]) -> Sequence[Told]:
    """As many as GitHub takes, errors before the rest if some have to be left out."""
    return told if len(told) <= MOST else sorted(told, key=lambda one: one.level.rank)[:MOST]


def _limits(found: int, language: str) -> str:
    """What becomes of so many results."""
    if found > MOST:
        left_out = counted(found - MOST, "{count} result is left out", "{count} results are left out", language)
        said = translate("{results}: GitHub takes {most} in one run, and shows {shown}", language)
        return said.format(results=left_out, most=MOST, shown=SHOWN)
    said = translate("of {found} results GitHub shows {shown}, the heaviest first", language)
    return said.format(found=found, shown=SHOWN)


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    page = page_as_text(rule, language)
    longest = max((len(ticks) for ticks in re.findall("`+", page)), default=0)
    fence = "`" * max(3, longest + 1)  # so that no text of an own rule ends it
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": page_of(rule, language).title},
        "help": {"text": page, "markdown": f"{fence}text\n{page}{fence}\n"},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["architecture", "spbe"], **({"fixes": rule.fixes} if rule.fixes else {})},
    }


def _result(one: Told, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index[one.code],
        "level": one.level.value,
        "message": {"text": _literal(f"{one.message}{one.proposal}")},
        "locations": [_location(one.spot.path, one.spot.region, one.spot.element)],
        "partialFingerprints": {"spbe/v1": one.fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _literal(spot.message or spot.element or "")},
                **_location(spot.path, spot.region),
            }
            for number, spot in enumerate(one.related, 1)
        ]
    if one.fix is not None:
        result["fixes"] = [_fix(one.fix)]
    return result


def _uri(path: str) -> str:
    """Of the bytes of the name, which need not be UTF-8; a name of Windows need not be well-formed UTF-16."""
    return quote(path, errors="surrogatepass" if os.name == "nt" else "surrogateescape")


def _fix(fix: ToldFix) -> dict[str, Any]:
    """SARIF knows no guesses, so the description says that it is one."""
    text = fix.message if fix.safe else f"{fix.message} (unsafe: a guess)"
    return {
        "description": {"text": _literal(text)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(path), "uriBaseId": "SRCROOT"},
                "replacements": [
                    {"deletedRegion": _region(edit.region), "insertedContent": {"text": edit.text}} for edit in edits
                ],
            }
            for path, edits in groupby(fix.edits, key=lambda edit: edit.path)
        ],
        "properties": {"applicability": "safe" if fix.safe else "unsafe"},
    }


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _literal(text: str) -> str:
    """Text in which nothing is a link; SARIF 2.1.0 §3.11.6 makes one of `[text](target)`."""
    return re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", text)


def _location(path: str, region: Region, element: str | None = None) -> dict[str, Any]:
    physical = {
        "artifactLocation": {"uri": _uri(path), "uriBaseId": "SRCROOT"},
        "region": _region(region),
    }
    location: dict[str, Any] = {"physicalLocation": physical}
    if element:
        location["logicalLocations"] = [{"name": element, "kind": "element"}]
    return location
