"""What links and identities of a whole architecture get wrong: the part of family 1 that no single file shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.architecture import SOURCE_SECTIONS, Architecture, Unresolved
from spbe_arch.catalogue import declared, linking, reading
from spbe_arch.findings import Edit, ElementName, Fault, Finding, Fix, Place, Region, Related, Suggestion, Term, english
from spbe_arch.manifest import MANIFEST
from spbe_arch.metamodel import near_miss, type_of
from spbe_arch.metamodel.references import NamedCode
from spbe_arch.metamodel.values import Name, is_one_guess
from spbe_arch.records import FileResult

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

    from spbe_arch.catalogue import Rule
    from spbe_arch.manifest import Manifest
    from spbe_arch.metamodel.references import ReferenceTable

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
    unjudged: Counter[tuple[str, str]] = Counter()
    lost_in: set[str] = set()
    faults += _links(architecture, unjudged, lost_in)
    faults += _codes(architecture, unjudged, lost_in)
    faults = _with_other_files(architecture, faults)
    faults += unfinished(architecture, lost_in)
    for part in (_identity, _aliases, _loops, _registry):
        faults += part(architecture)
    rules = declared()
    findings = tuple(Finding(fault, rules[fault.code].level) for fault in faults)
    return architecture.with_findings(findings, unjudged)


def _with_other_files(architecture: Architecture, faults: list[Fault]) -> list[Fault]:
    """The faults, with fixes completed that a single file could not say: those which reach into other elements."""
    carriers: dict[str, list[Unresolved]] | None = None
    completed = []
    for fault in faults:
        if fault.fix is not None and fault.code == linking.OTHER_END_TYPED.code:
            completed.append(replace(fault, fix=_moved(architecture, fault, fault.fix)))
        elif fault.fix is not None and fault.code == linking.MALFORMED_ID.code:
            carriers = _carriers(architecture) if carriers is None else carriers
            completed.append(replace(fault, fix=_renamed(architecture, fault, fault.fix, carriers)))
        else:
            completed.append(fault)
    return completed


def _carriers(architecture: Architecture) -> dict[str, list[Unresolved]]:
    """The links that lead nowhere, by what they name."""
    found = defaultdict(list)
    for unresolved in architecture.unresolved:
        found[unresolved.text].append(unresolved)
    return found


def _renamed(architecture: Architecture, fault: Fault, fix: Fix, carriers: dict[str, list[Unresolved]]) -> Fix | None:
    """Another id for an element, and for the links that name it; none if somebody has it."""
    agency = architecture.agency_of_path(fault.place.path)
    if f"{agency}/{fix.text}" in architecture:
        return None
    id = str(fault.values["id"])
    named = [one for one in carriers.get(id, ()) if architecture.agency_at(one.source) == agency]
    links = (
        Edit("write", at_ordinal(architecture, one.source, one.field, one.item, on_value=True), fix.text, id)
        for one in named
    )
    return fix._replace(edits=(*fix.edits, *links))


def _moved(architecture: Architecture, fault: Fault, fix: Fix) -> Fix | None:
    """A link, typed at its other end, at the elements that keep it; none unless each of them can take it.

    If they have it already, nothing is lost by taking it away; else it is a guess which end the author meant.
    """
    agency = architecture.agency_of_path(fault.place.path)
    element = architecture.find(f"{agency}/{fault.place.element}")
    if element is None:
        return None
    removal, *additions = fix.edits
    names = [inverse for inverse in element.info.inverses.values() if inverse.is_meant_by(removal.was)]
    kept = []
    for addition in additions:
        keeper = _keeper(architecture, element, names, agency, addition.place.element or "")
        if keeper is None:
            return None
        if not keeper.has_it:
            kept.append(Edit("add", keeper.place, keeper.text))
    if not kept:
        return Fix((removal,), safe=True, words=english("remove it; the other end has it"))
    targets = ", ".join(f"{edit.place.element}.{edit.place.field}" for edit in kept)
    return Fix((removal, *kept), safe=False, words=fix.words, text=targets)


class _Keeper(NamedTuple):
    """The field of an element that keeps a link, and the id that is written there."""

    place: Place
    text: str
    has_it: bool


def _keeper(architecture: Architecture, element: Any, names: list[Any], agency: str, text: str) -> _Keeper | None:
    target = architecture.find(text if "/" in text else f"{agency}/{text}")
    if target is None or not names or architecture.is_external(target.ordinal):
        return None
    section = element.section
    links = target.info.links
    fields = [
        field
        for inverse in names
        for field in inverse.fields
        if target.section in inverse.sections and field in links and section in links[field].targets
    ]
    if len(fields) != 1:
        return None
    [field] = fields
    row = architecture.row_at(target.ordinal)
    has_it = element.ordinal in architecture.targets(target.ordinal, field)
    is_full = row.get(field) is not None and not links[field].kind.many
    if not has_it and (is_full or field in row.shape.inherited or target.is_unknown(field)):
        return None
    same = architecture.agency_at(target.ordinal) == agency
    return _Keeper(at_ordinal(architecture, target.ordinal, field), element.id if same else element.global_id, has_it)


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


def unfinished(architecture: Architecture, lost_in: Collection[str]) -> Iterator[Fault]:
    """Files whose last line has no line break: a note, or a fault where something hangs on what may be missing.

    Args:
        architecture: with its links followed.
        lost_in: the agencies in which something is named that may stand in what could not be read.
    """
    for member in architecture.members:
        files: tuple[FileResult | Manifest, ...] = (member.manifest, *member.files)
        told = any(not file.complete or (isinstance(file, FileResult) and file.lost) for file in files)
        cut_off = member.manifest.agency in lost_in and not told  # else another fault says already what is missing
        for file in files:
            if not file.finished and file.complete and not _is_reported(file):
                place = Place(file.path, LAST_LINE)
                if cut_off:
                    yield reading.FILE_CUT_OFF.fault(place)
                else:
                    fix = Fix((Edit("end", place),), safe=False, words=english("end the line"))
                    yield reading.UNFINISHED_LAST_LINE.fault(place, fix=fix)


LAST_LINE = Region(-1, 1, -1, 1)
"""Stands for the end of the last line until a text is at hand."""


def _is_reported(file: FileResult | Manifest) -> bool:
    return any(fault.code == reading.FILE_CUT_OFF.code for fault in file.faults)


# --- links -------------------------------------------------------------------------------------------------


def _links(architecture: Architecture, unjudged: Counter[tuple[str, str]], lost_in: set[str]) -> Iterator[Fault]:
    """The links that lead nowhere; those that cannot be judged are counted, with the agencies they lead into."""
    near = _NearMisses(architecture)
    once = _Once(architecture)
    for unresolved in architecture.unresolved:
        if unresolved.reason == "lost":
            unjudged[linking.UNKNOWN_TARGET.code, architecture.file_at(unresolved.source).path] += 1
            lost_in.update(_led_into(architecture, unresolved))
        elif once.is_new(unresolved.source, unresolved.field, unresolved.text):
            yield _link_fault(architecture, unresolved, near)


def _led_into(architecture: Architecture, unresolved: Unresolved) -> Iterator[str]:
    """The agency whose element a link names; one that is not known may be that of any manifest."""
    agency, slash, _ = unresolved.text.partition("/")
    known = [member.manifest.agency for member in architecture.members]
    if not slash:
        yield architecture.agency_at(unresolved.source)
    elif agency in known:
        yield agency
    else:
        yield from known


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
    ordinal, field, index, text, reason, inside = unresolved
    place = at_ordinal(architecture, ordinal, inside or field, index, on_value=True)
    if inside:
        place = place._replace(inside=field)
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
        fix = Fix.writing(place, text, meant.text, safe=True) if meant else None
        return linking.UNIT_BY_NAME.fault(place, values, suggestion=meant, fix=fix)
    if reason == "type":
        target = architecture.find(text if "/" in text else f"{architecture.agency_at(ordinal)}/{text}")
        if target is not None:
            values["expected"] = Term("a type", " ".join(wanted))
            values["actual"] = Term("a type", target.section)
            related = (_related(architecture, target.ordinal),)
            return linking.WRONG_TARGET_TYPE.fault(place, values, related)
    suggestion = near.of(architecture.agency_at(ordinal), wanted, text)
    fix = None
    if suggestion is not None and near.is_one(architecture.agency_at(ordinal), wanted, text):
        fix = Fix.writing(place, text, suggestion.text, safe=_is_same_id(text, suggestion.text))
    return linking.UNKNOWN_TARGET.fault(place, values, suggestion=suggestion, fix=fix)


def _is_same_id(written: str, id: str) -> bool:
    """Whether an id was written with capitals or spaces; ids have no spaces and do not differ only in case."""
    return "-".join(written.split()).casefold() == id.casefold()


def _targets(section: str, field: str) -> tuple[str, ...]:
    return SOURCE_SECTIONS if field == "source" else type_of(section).links[field].targets


class _NearMisses:
    """Looks up what an unknown id was probably meant to be: first among the types expected."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.known: dict[tuple[str, tuple[str, ...], str], Suggestion | None] = {}
        self.ids: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
        self.only: dict[tuple[str, tuple[str, ...], str], bool] = {}

    def of(self, agency: str, sections: tuple[str, ...], text: str) -> Suggestion | None:
        key = (agency, sections, text)
        if key not in self.known:
            self.known[key] = self.look(agency, sections, text) if len(self.known) < _MOST_SUGGESTIONS else None
        return self.known[key]

    def is_one(self, agency: str, sections: tuple[str, ...], text: str) -> bool:
        """Whether no other id is as near."""
        key = (agency, sections, text)
        if key not in self.only:
            self.only[key] = is_one_guess(text, self.ids[agency, sections])
        return self.only[key]

    def look(self, agency: str, sections: tuple[str, ...], text: str) -> Suggestion | None:
        ids = self.ids.get((agency, sections))
        if ids is None:
            numbers = (one for section in sections for one in self.architecture.ordinals_of(agency, section))
            ids = {self.architecture.row_at(number).id: number for number in numbers}
            self.ids[agency, sections] = ids
        near = near_miss(text, ids)
        return Suggestion(near, at_ordinal(self.architecture, ids[near])) if near else None


# --- identity, hierarchies, codes ----------------------------------------------------------------------------


def _identity(architecture: Architecture) -> Iterator[Fault]:
    folders = _folders(architecture) if architecture.duplicates else {}
    for ordinal, first in architecture.duplicates:
        paths = (architecture.file_at(ordinal).path, architecture.file_at(first).path)
        if folders[paths[0]] != folders[paths[1]]:
            if paths[0] == folders[paths[0]] + MANIFEST:
                yield _same_agency(architecture, ordinal, first)
            continue  # that two members are one agency is one fault, whatever ids they share
        values = {"id": architecture.row_at(ordinal).id, "other": _name(architecture, first)}
        suggestion = _free(architecture, ordinal)
        place = at_ordinal(architecture, ordinal)
        yield linking.DUPLICATE_ID.fault(place, values, (_related(architecture, first),), suggestion)
    for alike in _alike_but_for_case(architecture):
        # Small letters first: the capitals are what differs.
        first, *others = sorted(alike, key=lambda one: architecture.row_at(one).id.swapcase())
        for ordinal in others:
            values = {"id": architecture.row_at(ordinal).id, "other": _name(architecture, first)}
            place = at_ordinal(architecture, ordinal)
            yield linking.IDS_DIFFER_IN_CASE.fault(place, values, (_related(architecture, first),))


def _alike_but_for_case(architecture: Architecture) -> Iterable[list[int]]:
    """The numbers of elements whose ids are the same in small letters; of such two, one is not in small letters."""
    capitals = [numbers[place] for _, numbers, notes in architecture.notes() for place in notes.capitals]
    if not capitals:
        return []
    wanted = {(architecture.agency_at(one), architecture.row_at(one).id.casefold()) for one in capitals}
    keyed = (((agency, row.id.casefold()), ordinal) for ordinal, agency, row in architecture.all_rows())
    return _shared((key, ordinal) for key, ordinal in keyed if key in wanted)


def _shared(keyed: Iterable[tuple[Hashable, int]]) -> Iterable[list[int]]:
    """The numbers under each key that several have."""
    firsts: dict[Hashable, int] = {}
    several: dict[Hashable, list[int]] = {}
    for key, ordinal in keyed:
        first = firsts.setdefault(key, ordinal)
        if first != ordinal:
            several.setdefault(key, [first]).append(ordinal)
    return several.values()


def _folders(architecture: Architecture) -> dict[str, str]:
    """The folder of the repository that each file belongs to."""
    folders = {member.manifest.path: member.manifest.folder for member in architecture.members}
    return folders | {file.path: member.manifest.folder for member in architecture.members for file in member.files}


def _same_agency(architecture: Architecture, ordinal: int, first: int) -> Fault:
    """Two repositories of one architecture that say they are the same agency."""
    path = architecture.file_at(ordinal).path
    place = next(Place(path, one.manifest.agency_region) for one in architecture.members if one.manifest.path == path)
    values = {"id": architecture.row_at(ordinal).id, "other": _name(architecture, first)}
    return linking.DUPLICATE_ID.fault(place, values, (_related(architecture, first),))


def _aliases(architecture: Architecture) -> Iterator[Fault]:
    """Old ids that another element has, or answers to as well."""
    dropped = {ordinal for ordinal, _ in architecture.duplicates}
    for ordinal, item, holder in architecture.taken_aliases:
        if ordinal not in dropped:
            alias = architecture.row_at(ordinal).get("aliases")[item]
            place = at_ordinal(architecture, ordinal, "aliases", item, on_value=True)
            values = {"alias": alias, "other": _name(architecture, holder)}
            yield linking.ALIAS_TAKEN.fault(place, values, (_related(architecture, holder),))


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
    for section, field, sources, targets in architecture.pairs():
        if field not in _ONE_WAY or not _leads_back(sources, targets):
            continue
        done: set[int] = set()
        for start in sorted(architecture.ordinals(section), key=architecture.id_at):
            trail = _trail(architecture, start, field, done)
            if trail:
                first = min(trail, key=architecture.id_at)
                values = {"element": _name(architecture, first), "field": Term("field", field, section)}
                related = tuple(_related(architecture, ordinal) for ordinal in sorted(trail) if ordinal != first)
                place = at_ordinal(architecture, first, field, on_value=True)
                yield linking.CIRCULAR_LINK.fault(place, values, related)


def _leads_back(sources: array[int], targets: array[int]) -> bool:
    """Whether some links make a loop: what nothing leads to is taken away until nothing is left."""
    ahead: dict[int, list[int]] = defaultdict(list)
    for source, target in zip(sources, targets, strict=True):
        ahead[source].append(target)
    leading_to = Counter(targets)
    free = [source for source in ahead if source not in leading_to]
    while free:
        for target in ahead.pop(free.pop(), ()):
            leading_to[target] -= 1
            if not leading_to[target] and target in ahead:
                free.append(target)
    return bool(ahead)


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


def _codes(architecture: Architecture, unjudged: Counter[tuple[str, str]], lost_in: set[str]) -> Iterator[Fault]:
    """Reference codes that the tables do not hold or name otherwise; those described in what is lost are counted."""
    once = _Once(architecture)
    judged: dict[tuple[str, str, str], _Verdict | None] = {}
    for _, numbers, notes in architecture.notes():
        agency = architecture.agency_at(numbers[0]) if notes.codes else ""
        unsound = False
        for (code, name), prefix in notes.codes.items():
            key = (agency, code, name)
            if key not in judged:
                judged[key] = _judge(architecture, agency, code, prefix)
            unsound |= judged[key] is not None
        if unsound:
            yield from _codes_among(architecture, numbers, judged, once, unjudged, lost_in)


def _codes_among(
    architecture: Architecture,
    numbers: Iterable[int],
    judged: Mapping[tuple[str, str, str], _Verdict | None],
    once: _Once,
    unjudged: Counter[tuple[str, str]],
    lost_in: set[str],
) -> Iterator[Fault]:
    """The codes of some elements that are no codes of the tables, or counted as undecided."""
    for ordinal in numbers:
        if architecture.is_dropped(ordinal):
            continue
        agency, row = architecture.agency_at(ordinal), architecture.row_at(ordinal)
        for position, field, _ in row.shape.codes:
            value = row.values[position]
            for index, code in enumerate(value if isinstance(value, tuple) else (value,)):
                verdict = judged[agency, code, code.written_name if isinstance(code, NamedCode) else ""]
                if verdict is None:
                    continue
                if verdict.rule is linking.UNKNOWN_LOCAL_CODE and architecture.lacks(agency):
                    unjudged[verdict.rule.code, architecture.file_at(ordinal).path] += 1
                    lost_in.add(agency)
                elif once.is_new(ordinal, field, code):
                    place = at_ordinal(architecture, ordinal, field, index, on_value=True)
                    yield verdict.rule.fault(place, verdict.values, suggestion=verdict.suggestion)


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
    there = table.children(national.rpartition(".")[0])
    values = {"value": code, "prefix": Name(prefix), "first": Name(there[0].code), "last": Name(there[-1].code)}
    return _Verdict(rule, values)


def _judge_name(table: ReferenceTable, code: str) -> _Verdict | None:
    """Whether a code of the table was written with the name of another one."""
    entry = table.gainsays(code)
    if entry is None or not isinstance(code, NamedCode):
        return None
    meant = table.called(code.written_name)
    values = {"code": Name(entry.code), "called": entry.name_id, "name": code.written_name}
    return _Verdict(linking.CODE_UNLIKE_NAME, values, Suggestion(meant.code) if meant else None)


def _registry(architecture: Architecture) -> Iterator[Fault]:
    numbers: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for _, ordinals, notes in architecture.notes():
        if notes.registered:
            numbers[architecture.agency_at(ordinals[0])].append(notes.registered)
    if all(len(set().union(*some)) == sum(map(len, some)) for some in numbers.values()):
        return
    keyed = (
        ((agency, row.shape.type.section, row.get("registry_id")), ordinal)
        for ordinal, agency, row in architecture.all_rows()
        if "registry_id" in row.shape.positions
    )
    for alike in _shared(keyed):
        first, *others = sorted(alike, key=architecture.id_at)
        for ordinal in others:
            number = architecture.row_at(ordinal).get("registry_id")
            values = {"number": number, "other": _name(architecture, first)}
            place = at_ordinal(architecture, ordinal, "registry_id", on_value=True)
            yield linking.DUPLICATE_REGISTRY_ID.fault(place, values, (_related(architecture, first),))
