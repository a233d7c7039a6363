"""Comments that silence a finding where it stands: `# spbe: ignore[SPBE501] reason until 2027-01-01`.

Indonesian words are read as well: `# spbe: abaikan[SPBE501] alasan sampai 2027-01-01`.

Behind a value or key the comment speaks for its line; behind the id of an element, for the whole element; on a line of
its own, for the line below it. A suppression that has expired, silences nothing or names no rule is a finding.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.catalogue import is_always, linking
from spbe_arch.config import codes_of, names_of, rules_of
from spbe_arch.errors import UnknownRuleError
from spbe_arch.findings import Edit, Fix, Place, Region, Suggestion, english
from spbe_arch.linking import LAST_LINE
from spbe_arch.loader import element_lines, locate
from spbe_arch.metamodel import near_miss
from spbe_arch.metamodel.values import is_one_guess, read_date
from spbe_arch.nodes import read

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Rule
    from spbe_arch.config import Settings
    from spbe_arch.findings import Fault, Finding
    from spbe_arch.nodes import Comment, Document

__all__ = ["suppress"]

_FORM = re.compile(r"spbe:\s*(?:ignore|abaikan)\[([^\]]*)\]")


_ANNOUNCING = ("until", "sampai")
_DATE = re.compile(r"\d[\d./-]{3,}[.,;:]?$")
"""What is meant for a date in the midst of words, whatever its order."""


class _Suppression(NamedTuple):
    """One comment, understood."""

    codes: frozenset[str]
    first: int
    last: int
    """The lines that it speaks for, from 1."""
    place: Place
    text: str
    lacks_reason: bool


def suppress(
    architecture: Architecture, findings: list[Finding], settings: Settings, undecided: Collection[tuple[str, str]] = ()
) -> tuple[list[Finding], list[Fault], int]:
    """The findings that no comment silences, what is wrong with the comments, and how many findings were silenced.

    What cannot be switched off is not silenced either. A comment counts as unused only where its rules could judge
    everything in its file.

    Args:
        architecture: where the comments stand.
        findings: what was found.
        settings: what holds.
        undecided: the codes of rules that could not judge something, each with the path of the file that it is in.
    """
    documents = _documents(architecture)
    if not documents:
        return findings, [], 0
    faults: list[Fault] = []
    rules = rules_of(architecture)
    suppressions = {path: list(_understood(document, settings, rules, faults)) for path, document in documents.items()}
    faults = [one for one in faults if not _may_name_a_lost_rule(one, architecture)]
    used: set[_Suppression] = set()
    broken: set[_Suppression] = set()
    shown = []
    for finding in findings:
        path = finding.place.path
        around = _around(finding, documents[path], suppressions[path]) if path in documents else []
        silencing = [] if is_always(finding.code) else [one for one in around if finding.code in one.codes]
        used.update(silencing)
        if not silencing:
            shown.append(finding)
            broken.update(around if finding.code.startswith(("SPBE0", "SPBE1")) else ())
    needed = used | broken
    for path, found in suppressions.items():
        open_codes = _open_codes(architecture, path, undecided)
        for one in found:
            judged = documents[path].complete and one not in needed and one.codes.isdisjoint(open_codes)
            if judged and _was_looked_for(one, settings, rules):
                faults.append(_unused(one))
            elif one.lacks_reason:
                faults.append(linking.SUPPRESSION_WITHOUT_REASON.fault(one.place, {"rules": one.text}))
    return shown, faults, len(findings) - len(shown)


def _unused(suppression: _Suppression) -> Fault:
    edit = Edit("uncomment", suppression.place)
    fix = Fix((edit,), safe=True, words=english("remove the comment"))
    return linking.UNUSED_SUPPRESSION.fault(suppression.place, {"rules": suppression.text}, fix=fix)


def _may_name_a_lost_rule(fault: Fault, architecture: Architecture) -> bool:
    """Whether a name that no rule has may be that of an own rule in what could not be read."""
    name = str(fault.values.get("rule", ""))
    return (
        fault.code == linking.UNKNOWN_RULE.code
        and not name.upper().startswith("SPBE")
        and architecture.may_lack_rules(architecture.agency_of_path(fault.place.path))
    )


def _documents(architecture: Architecture) -> dict[str, Document]:
    """The files that hold comments for this program, manifests among them."""
    paths = {file.path for member in architecture.members for file in member.files if file.comments}
    for member in architecture.members:
        text = architecture.texts.get(member.manifest.path, "")
        if (b"spbe:" if isinstance(text, bytes) else "spbe:") in text:  # type: ignore[operator]
            paths.add(member.manifest.path)
    texts = ((path, architecture.texts.get(path, "")) for path in sorted(paths))
    return {path: (read if len(text) > _MOST_TO_KEEP else _kept)(path, text) for path, text in texts}


_MOST_TO_KEEP = 100_000
"""Letters of a text whose nodes are kept."""


@lru_cache(maxsize=128)
def _kept(path: str, text: str | bytes) -> Document:
    """A text, read once however often it is checked: an editor checks after every key, and a fix after every edit."""
    return read(path, text)


def _open_codes(architecture: Architecture, path: str, undecided: Collection[tuple[str, str]]) -> set[str]:
    """The codes of rules that could not judge something in a file, in its agency, or in all."""
    manifests = (member.manifest for member in architecture.members)
    above = max((one for one in manifests if path.startswith(one.folder)), key=lambda one: len(one.folder))
    return {code for code, where in undecided if where in (path, above.path, "")}


def _was_looked_for(suppression: _Suppression, settings: Settings, rules: Mapping[str, Rule]) -> bool:
    """Whether the rules of a suppression ran; of a family, those that run by default."""
    return all(code in settings.codes or not rules[code].default for code in suppression.codes) and any(
        code in settings.codes for code in suppression.codes
    )


def _around(finding: Finding, document: Document, suppressions: list[_Suppression]) -> list[_Suppression]:
    """The suppressions that speak for the line of a finding."""
    if finding.place.region is LAST_LINE:
        return []
    line = locate(document, finding.place).line
    return [one for one in suppressions if one.first <= line <= one.last]


def _understood(
    document: Document, settings: Settings, rules: Mapping[str, Rule], faults: list[Fault]
) -> Iterator[_Suppression]:
    elements = dict(element_lines(document))
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for comment in document.comments():
        if not comment.text.startswith("spbe:"):
            continue
        end = len(lines[comment.line].rstrip()) + 1
        region = Region(comment.line + 1, comment.column + 1, comment.line + 1, end)
        place = Place(document.path, region)
        match = _FORM.match(comment.text)
        if match is None or not match[1].strip(", ") or _is_there_another(comment.text, match.end()):
            faults.append(linking.MALFORMED_SUPPRESSION.fault(place, {"text": comment.text}))
            continue
        reason, until = _reason_and_date(comment.text[match.end() :].split())
        codes = _codes(match[1], place, lines[comment.line], rules, faults)
        if not codes or _has_expired(until, place, settings.as_of, faults):
            continue
        line = _line_meant(comment, lines)
        yield _Suppression(
            codes, line, elements.get(line, line), place, match[1], settings.require_reasons and not reason
        )


def _is_there_another(text: str, start: int) -> bool:
    """Whether a second suppression stands in a comment; no form is looked for behind the last bracket, so as to end."""
    return _FORM.search(text, start, text.rfind("]") + 1) is not None


def _reason_and_date(words: list[str]) -> tuple[list[str], str | None]:
    """What stands behind the bracket: the reason, and the date, which may stand before, within or behind the reason.

    The words that announce it are common in reasons, so what looks like no date makes none; but at the end "until"
    announces one, and where it has been forgotten, the word itself is what cannot be read as a date.
    """
    for at, word in enumerate(words):
        if word.casefold().rstrip(":") not in _ANNOUNCING:
            continue
        date = words[at + 1] if at + 1 < len(words) else ""
        is_last = at + 2 >= len(words)
        if not date or (is_last and word == "until") or (date[0].isdigit() if is_last else _DATE.match(date)):
            return words[:at] + words[at + 2 :], date or word
    return words, None


def _line_meant(comment: Comment, lines: list[str]) -> int:
    """The line that a comment speaks for, from 1: its own, or the next one that holds more than a comment."""
    line = comment.line
    if not lines[line][: comment.column].strip():
        line += 1
        while line < len(lines) and (not lines[line].strip() or lines[line].lstrip().startswith("#")):
            line += 1
    return line + 1


def _codes(text: str, place: Place, line: str, rules: Mapping[str, Rule], faults: list[Fault]) -> frozenset[str]:
    found: set[str] = set()
    for name in filter(None, map(str.strip, text.split(","))):
        try:
            codes = codes_of(name, rules)
            if all(is_always(code) for code in codes):
                faults.append(linking.FUTILE_SUPPRESSION.fault(place, {"rules": name}))
            else:
                found.update(codes)
        except UnknownRuleError:
            known = names_of(rules)
            near = near_miss(name, known)
            meant = Suggestion(near) if near else None
            fix = _corrected(place, line, name, near) if near and is_one_guess(name, known) else None
            faults.append(linking.UNKNOWN_RULE.fault(place, {"rule": name}, suggestion=meant, fix=fix))
    return frozenset(found)


def _corrected(place: Place, line: str, name: str, near: str) -> Fix:
    """Another name in a comment."""
    assert place.region is not None  # noqa: S101 - comments have one
    number = place.region.line
    column = line.index(name, place.region.column) + 1
    edit = Edit("replace", Place(place.path, Region(number, column, number, column + len(name))), near, name)
    return Fix((edit,), safe=False, text=near)


def _has_expired(until: str | None, place: Place, day: datetime.date, faults: list[Fault]) -> bool:
    if until is None:
        return False
    date = read_date(until)
    if date is None:
        faults.append(linking.MALFORMED_DATE.fault(place, {"value": until}))
        return True
    if date.last_day < day:
        faults.append(linking.EXPIRED_SUPPRESSION.fault(place, {"date": str(date)}))
        return True
    return False
