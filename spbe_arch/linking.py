"""What links and identities of a whole architecture get wrong: the part of family 1 that no single file shows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.architecture import SOURCE_SECTIONS, Architecture, Unresolved
from spbe_arch.catalogue import declared, linking, reading
from spbe_arch.findings import ElementName, Fault, Finding, Place, Region, Related, Suggestion, Term
from spbe_arch.metamodel import near_miss, type_of
from spbe_arch.metamodel.references import NamedCode
from spbe_arch.metamodel.values import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.catalogue import Rule
    from spbe_arch.manifest import Manifest
    from spbe_arch.metamodel.references import ReferenceTable
    from spbe_arch.records import FileResult

__all__ = ["at_ordinal", "link", "unfinished"]

_MOST_SUGGESTIONS = 200
"""Unknown names for which the near miss is looked up; each look-up passes over all ids."""

_ONE_WAY = ("parent", "replaces", "after")
"""Link fields that may never lead back to where they began."""


def link(architecture: Architecture, gathered: Iterable[Fault] = ()) -> Architecture:
    """The architecture with all findings of reading and linking: families 0 and 1.

    Args:
        architecture: with nothing judged yet.
        gathered: what was found before any text was read.
    """
    faults = list(gathered)
    faults += [fault for member in architecture.members for fault in member.manifest.faults]
    files = [file for member in architecture.members for file in member.files]
    faults += [_recognised(architecture, fault) for file in files for fault in file.faults]
    link_faults, undecided_links = _links(architecture)
    code_faults, undecided_codes = _codes(architecture)
    undecided = undecided_links + undecided_codes
    faults += link_faults + code_faults
    faults += unfinished(architecture, cut_off=undecided > 0)
    for part in (_identity, _loops, _registry):
        faults += part(architecture)
    rules = declared()
    findings = tuple(Finding(fault, rules[fault.code].level) for fault in faults)
    return architecture.with_findings(findings, undecided)


def _recognised(architecture: Architecture, fault: Fault) -> Fault:
    """A file without a known section is a note, unless links name what stands in it: then its sections are misspelt."""
    if fault.code == reading.NO_KNOWN_SECTION.code and fault.place.path in architecture.named_strangers:
        return linking.UNKNOWN_SECTION.fault(fault.place, fault.values)
    return fault


def at_ordinal(
    architecture: Architecture,
    ordinal: int,
    field: str | None = None,
    item: int | None = None,
    *,
    on_value: bool = False,
) -> Place:
    """The place of an element, or of a field of it."""
    row = architecture.row_at(ordinal)
    path = architecture.file_at(ordinal).path
    return Place(path, None, row.id, field, item, on_value, row.shape.type.section)


def _name(architecture: Architecture, ordinal: int) -> ElementName:
    return ElementName(architecture.row_at(ordinal).shape.type.section, architecture.id_at(ordinal))


def _related(architecture: Architecture, ordinal: int, message: str = "") -> Related:
    return Related(at_ordinal(architecture, ordinal), architecture.row_at(ordinal).id, message)


def unfinished(architecture: Architecture, *, cut_off: bool) -> Iterator[Fault]:
    """Files whose last line has no line break: a note, or a fault where something hangs on what may be missing."""
    for member in architecture.members:
        files: tuple[FileResult | Manifest, ...] = (member.manifest, *member.files)
        for file in files:
            if not file.finished and file.complete and not _is_reported(file):
                rule = reading.FILE_CUT_OFF if cut_off else reading.UNFINISHED_LAST_LINE
                yield rule.fault(Place(file.path, LAST_LINE))


LAST_LINE = Region(-1, 1, -1, 1)
"""Stands for the end of the last line until a text is at hand."""


def _is_reported(file: FileResult | Manifest) -> bool:
    return any(fault.code == reading.FILE_CUT_OFF.code for fault in file.faults)


# --- links -------------------------------------------------------------------------------------------------


def _links(architecture: Architecture) -> tuple[list[Fault], int]:
    """The links that lead nowhere, and how many of them cannot be judged."""
    faults: list[Fault] = []
    undecided = 0
    near = _NearMisses(architecture)
    once = _Once(architecture)
    for unresolved in architecture.unresolved:
        if unresolved.reason == "lost":
            undecided += 1
        elif once.is_new(unresolved.source, unresolved.field, unresolved.text):
            faults.append(_link_fault(architecture, unresolved, near))
    return faults, undecided


class _Once:
    """Tells what is wrong with a value of `defaults` from what has been said of it at an element before."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.told: set[tuple[str, str, str]] = set()

    def is_new(self, ordinal: int, field: str, text: str) -> bool:
        if field not in self.architecture.row_at(ordinal).shape.inherited:
            return True
        key = (self.architecture.file_at(ordinal).path, field, text)
        known = key in self.told
        self.told.add(key)
        return not known


def _link_fault(architecture: Architecture, unresolved: Unresolved, near: _NearMisses) -> Fault:
    ordinal, field, index, text, reason = unresolved
    place = at_ordinal(architecture, ordinal, field, index, on_value=True)
    section = architecture.row_at(ordinal).shape.type.section
    wanted = _targets(section, field)
    values: dict[str, Any] = {
        "element": _name(architecture, ordinal),
        "target": text,
        "field": Term("field", field, section),
    }
    if reason == "agency":
        values["agency"] = text.partition("/")[0]
        return linking.UNKNOWN_AGENCY.fault(place, values)
    values["expected"] = Term("types", " ".join(wanted))
    if reason == "spelling":
        unit = architecture.called(architecture.agency_at(ordinal), text)
        meant = None
        if unit is not None:
            meant = Suggestion(architecture.row_at(unit).id, at_ordinal(architecture, unit), "write {text}")
        return linking.UNIT_BY_NAME.fault(place, values, suggestion=meant)
    if reason == "type":
        target = architecture.find(text)
        if target is not None:
            values["expected"] = Term("a type", " ".join(wanted))
            values["actual"] = Term("a type", target.section)
            related = (_related(architecture, target.ordinal),)
            return linking.WRONG_TARGET_TYPE.fault(place, values, related)
    suggestion = near.of(architecture.agency_at(ordinal), wanted, text)
    return linking.UNKNOWN_TARGET.fault(place, values, suggestion=suggestion)


def _targets(section: str, field: str) -> tuple[str, ...]:
    return SOURCE_SECTIONS if field == "source" else type_of(section).links[field].targets


class _NearMisses:
    """Looks up what an unknown id was probably meant to be: first among the types expected."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.known: dict[tuple[str, tuple[str, ...], str], Suggestion | None] = {}
        self.ids: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}

    def of(self, agency: str, sections: tuple[str, ...], text: str) -> Suggestion | None:
        key = (agency, sections, text)
        if key not in self.known:
            self.known[key] = self.look(agency, sections, text) if len(self.known) < _MOST_SUGGESTIONS else None
        return self.known[key]

    def look(self, agency: str, sections: tuple[str, ...], text: str) -> Suggestion | None:
        ids = self.ids.get((agency, sections))
        if ids is None:
            of_agency = (o for section in sections for o in self.architecture.ordinals(section))
            ids = {self.architecture.row_at(o).id: o for o in of_agency if self.architecture.agency_at(o) == agency}
            self.ids[agency, sections] = ids
        near = near_miss(text, ids)
        return Suggestion(near, at_ordinal(self.architecture, ids[near])) if near else None


# --- identity, hierarchies, codes ----------------------------------------------------------------------------


def _identity(architecture: Architecture) -> Iterator[Fault]:
    for ordinal, first in architecture.duplicates:
        values = {"id": architecture.row_at(ordinal).id, "other": _name(architecture, first)}
        suggestion = _free(architecture, ordinal)
        place = at_ordinal(architecture, ordinal)
        yield linking.DUPLICATE_ID.fault(place, values, (_related(architecture, first),), suggestion)
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for ordinal, agency, row in architecture.all_rows():
        first = seen[agency].setdefault(row.id.casefold(), ordinal)
        if first != ordinal:
            values = {"id": row.id, "other": _name(architecture, first)}
            place = at_ordinal(architecture, ordinal)
            yield linking.IDS_DIFFER_IN_CASE.fault(place, values, (_related(architecture, first),))


def _free(architecture: Architecture, ordinal: int) -> Suggestion:
    """An id that nobody has, made of the Indonesian name of the type and the id."""
    row = architecture.row_at(ordinal)
    stem = f"{row.shape.type.label('id').replace(' ', '-')}-{row.id}"[:90]
    number, proposed = 2, stem
    while f"{architecture.agency_at(ordinal)}/{proposed}" in architecture:
        number, proposed = number + 1, f"{stem}-{number}"
    return Suggestion(proposed, words="{text} is free")


def _loops(architecture: Architecture) -> Iterator[Fault]:
    """Hierarchies and orders that lead back to where they began; each loop is one fault."""
    for section, field in architecture.relation_names():
        if field not in _ONE_WAY:
            continue
        done: set[int] = set()
        for start in architecture.ordinals(section):
            trail = _trail(architecture, start, field, done)
            if trail:
                first = min(trail)
                values = {"element": _name(architecture, first), "field": Term("field", field, section)}
                related = tuple(_related(architecture, ordinal) for ordinal in sorted(trail) if ordinal != first)
                place = at_ordinal(architecture, first, field, on_value=True)
                yield linking.CIRCULAR_LINK.fault(place, values, related)


def _trail(architecture: Architecture, start: int, field: str, done: set[int]) -> list[int]:
    """The loop that is met when the field is followed from an element, if there is one not met before."""
    stack: list[tuple[int, list[int]]] = []
    path: list[int] = []
    on_path: dict[int, int] = {}
    loop: list[int] = []

    def enter(ordinal: int) -> None:
        on_path[ordinal] = len(path)
        path.append(ordinal)
        stack.append((ordinal, architecture.targets(ordinal, field)))

    if start not in done:
        enter(start)
    while stack:
        ordinal, ahead = stack[-1]
        if not ahead:
            stack.pop()
            path.pop()
            del on_path[ordinal]
            done.add(ordinal)
            continue
        following = ahead.pop()
        if following in on_path:
            loop = loop or path[on_path[following] :]
        elif following not in done:
            enter(following)
    return loop


def _codes(architecture: Architecture) -> tuple[list[Fault], int]:
    """Reference codes that the tables do not hold or name otherwise, and how many may be described in what is lost."""
    faults: list[Fault] = []
    undecided = 0
    once = _Once(architecture)
    judged: dict[tuple[str, str, str], _Verdict | None] = {}
    sound: dict[str, set[str]] = defaultdict(set)
    for ordinal, agency, row in architecture.all_rows():
        for position, field, prefix in row.shape.codes:
            value = row.values[position]
            for index, code in enumerate(value if isinstance(value, tuple) else (value,)):
                if type(code) is str and code in sound[agency]:
                    continue
                key = (agency, code, "" if type(code) is str else code.written_name)
                if key not in judged:
                    judged[key] = _judge(architecture, key[0], code, prefix)
                verdict = judged[key]
                if verdict is None:
                    if type(code) is str:
                        sound[agency].add(code)
                    continue
                if verdict.rule is linking.UNKNOWN_LOCAL_CODE and architecture.lacks(key[0]):
                    undecided += 1
                elif once.is_new(ordinal, field, code):
                    place = at_ordinal(architecture, ordinal, field, index, on_value=True)
                    faults.append(verdict.rule.fault(place, verdict.values, suggestion=verdict.suggestion))
    return faults, undecided


class _Verdict(NamedTuple):
    """What is wrong with a code."""

    rule: Rule
    values: dict[str, Any]
    suggestion: Suggestion | None = None


def _judge(architecture: Architecture, agency: str, code: str, prefix: str) -> _Verdict | None:
    table = architecture.references(prefix, agency)
    if code in table:
        return _judge_name(table, code)
    parts = code.split(".")
    national = next((".".join(parts[:n]) for n in (2, 3) if ".".join(parts[:n]) not in table), None)
    if national is None or (len(parts) > 3 and national == code):
        parent = table.parent(code)
        known = parent.code if parent else ".".join(parts[:3])
        return _Verdict(linking.UNKNOWN_LOCAL_CODE, {"value": code, "prefix": Name(prefix), "parent": Name(known)})
    complete = table.complete(national.count("."))
    rule = linking.UNKNOWN_NATIONAL_CODE if complete else linking.UNLISTED_NATIONAL_CODE
    return _Verdict(rule, {"value": code, "prefix": Name(prefix)})


def _judge_name(table: ReferenceTable, code: str) -> _Verdict | None:
    """Whether a code of the table was written with the name of another one."""
    entry = table.gainsays(code)
    if entry is None or not isinstance(code, NamedCode):
        return None
    meant = table.called(code.written_name)
    values = {"code": Name(entry.code), "called": entry.name_id, "name": code.written_name}
    return _Verdict(linking.CODE_UNLIKE_NAME, values, Suggestion(meant.code) if meant else None)


def _registry(architecture: Architecture) -> Iterator[Fault]:
    seen: dict[tuple[str, str, str], int] = {}
    for ordinal, agency, row in architecture.all_rows():
        if "registry_id" not in row.shape.positions:
            continue
        number = row.get("registry_id")
        first = seen.setdefault((agency, row.shape.type.section, number), ordinal)
        if first != ordinal:
            values = {"number": number, "other": _name(architecture, first)}
            place = at_ordinal(architecture, ordinal, "registry_id", on_value=True)
            yield linking.DUPLICATE_REGISTRY_ID.fault(place, values, (_related(architecture, first),))
