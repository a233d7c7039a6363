"""`spbe.yaml`: whose architecture it is, for which period, who belongs to it, and how it is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import linking, reading
from spbe_arch.findings import Edit, Fault, Fix, Place, Region, Suggestion, Term, english
from spbe_arch.metamodel import near_miss
from spbe_arch.metamodel.values import (
    TEXTS,
    ChoiceKind,
    Choices,
    DateKind,
    Kind,
    TextKind,
    ValueProblem,
    is_one_guess,
    value_list,
)
from spbe_arch.nodes import Broken, Document, Mapping, Node, Scalar, Sequence, plain, region

if TYPE_CHECKING:
    from spbe_arch.catalogue import Rule
    from spbe_arch.metamodel import PartialDate

__all__ = [
    "ID",
    "KEYS",
    "MANIFEST",
    "PERIOD",
    "VERSION",
    "Manifest",
    "key_name",
    "read_manifest",
]

MANIFEST = "spbe.yaml"
VERSION = "1"

_TEXT = TextKind()
KEYS: dict[str, tuple[str, Kind]] = {
    "version": ("versi", _TEXT),
    "agency": ("instansi", _TEXT),
    "name": ("nama", _TEXT),
    "kind": ("jenis", ChoiceKind(value_list("agency_kind"), many=False)),
    "period": ("periode", _TEXT),
    "date": ("tanggal", DateKind()),
    "language": ("bahasa", _TEXT),
    "members": ("anggota", TEXTS),
    "exclude": ("kecuali", TEXTS),
}
_REQUIRED = ("version", "agency", "name")
PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")


@dataclass(slots=True)
class Manifest:
    """One manifest, with what is blank in it left at its default."""

    path: str = MANIFEST
    version: str = VERSION
    """Of the source format."""
    agency: str = "model"
    """The name space of the ids."""
    agency_region: Region | None = None
    """Where it says so."""
    name: str = ""
    kind: str | None = None
    period: str = ""
    date: PartialDate | None = None
    language: str = ""
    """Of diagrams and documents: "id", "en", or empty if the manifest does not say."""
    members: tuple[str, ...] = ()
    """Folders of other repositories below this one, as written."""
    member_regions: tuple[Region, ...] = ()
    """Where each of the members stands."""
    exclude: tuple[str, ...] = ()
    check: dict[str, Any] = field(default_factory=dict)
    """What stands under `check`, as plain values; `config` reads it, which knows the rules."""
    doubtful: frozenset[str] = frozenset()
    """Keys under `check` that reach into a line that was cut off or could not be read."""
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True
    """Whether everything was read, the agency among it; if not, ids may belong to another name space."""
    finished: bool = True
    """Whether the last line ends in a line break."""

    @property
    def spoken(self) -> str:
        """The language of what people see where nobody asks for another one."""
        return self.language or "id"

    @property
    def folder(self) -> str:
        """The folder of the manifest, with a slash behind it; empty for the root."""
        return self.path.removesuffix(MANIFEST)

    @property
    def tables(self) -> tuple[str, ...]:
        """Files that settings name in the place of tables of the package; they are no part of the model."""
        named = self.check.get("tables")
        return tuple(path for path in named.values() if isinstance(path, str)) if isinstance(named, dict) else ()

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of the period."""
        match = PERIOD.fullmatch(self.period)
        return (int(match[1]), int(match[2])) if match else None


def read_manifest(document: Document) -> Manifest:
    """The manifest that a document holds; what cannot be read is a fault in it."""
    manifest = Manifest(
        document.path, faults=list(document.faults), complete=document.complete, finished=document.finished
    )
    root = document.root
    if not isinstance(root, Mapping):
        manifest.complete = False
        _missing(manifest, document, root)
        return manifest
    _read_keys(manifest, root)
    manifest.doubtful = _doubtful(document, root)
    if document.complete:
        lacking = _lacking(root)
        if not document.finished:
            _forgive_last_line(manifest, document, cut_off=bool(lacking))
        else:
            for name, place in lacking.items():
                _lack(manifest, name, place)
    else:
        _forgive(manifest, document.stopped - 1)
    return manifest


def _forgive(manifest: Manifest, line: int) -> bool:
    """Drop what was found from a line (from 0) on: what is left of a broken line is no fault of its own."""
    kept = [f for f in manifest.faults if f.code[4] == "0" or not f.place.region or f.place.region.line <= line]
    dropped = len(kept) < len(manifest.faults)
    manifest.faults = kept
    return dropped


def _doubtful(document: Document, root: Mapping) -> frozenset[str]:
    if document.complete and document.finished:
        return frozenset()
    line = document.text.count("\n") if document.complete else document.stopped - 1
    nodes = (root.items[name][1] for name in _spellings("check") if name in root.items)
    settings = (pair for node in nodes if isinstance(node, Mapping) for pair in node.items.values())
    return frozenset(key.value for key, node in settings if max(key.line, node.end_line) >= line)


_TOP = Region(1, 1, 1, 2)


def _lacking(root: Mapping) -> dict[str, Region]:
    """The keys that must have a value and have none, each with the place where that is to be written."""
    near = _nearly_written(root)
    found: dict[str, Region] = {}
    for name in _REQUIRED:
        pairs = [root.items[spelling] for spelling in _spellings(name) if spelling in root.items]
        if not pairs and name not in near:
            found[name] = _TOP
        elif pairs and all(_is_blank(value) for _, value in pairs):
            found[name] = region(pairs[0][0])
    return found


def _is_blank(node: Node) -> bool:
    return not isinstance(node, Broken) and plain(node) is None


def _lack(manifest: Manifest, name: str, where: Region = _TOP) -> None:
    place = Place(manifest.path, where)
    manifest.faults.append(linking.DAMAGED_MANIFEST.fault(place, {"field": Term("field", name, MANIFEST)}))


def _forgive_last_line(manifest: Manifest, document: Document, *, cut_off: bool) -> None:
    """A line that was cut off is one fault, and so is what is missing behind it."""
    last = document.text.count("\n")
    if _forgive(manifest, last) or cut_off:
        end = len(document.text) - document.text.rfind("\n")
        place = Place(manifest.path, Region(last + 1, end, last + 1, end + 1))
        manifest.faults.append(reading.FILE_CUT_OFF.fault(place))


def _names() -> tuple[str, ...]:
    return (*KEYS, "check")


def _spellings(name: str) -> tuple[str, ...]:
    return (name, KEYS[name][0]) if name in KEYS else ("check", "pemeriksaan")


def key_name(name: str, language: str) -> str:
    """The name of a key of the manifest, as it is written in a language."""
    return _spellings(name)[language == "id"]


def _canonical() -> dict[str, str]:
    return {spelling: name for name in _names() for spelling in _spellings(name)}


def _nearly_written(root: Mapping) -> set[str]:
    canonical = _canonical()
    near = (near_miss(key, canonical) for key in root.items if key not in canonical)
    return {canonical[name] for name in near if name}


def _missing(manifest: Manifest, document: Document, root: Node | None) -> None:
    if document.faults:
        return
    if root is None:
        _lack(manifest, _REQUIRED[0])
        return
    found = Term("noun", "a list" if isinstance(root, Sequence) else "a single value")
    _fault(manifest, linking.WRONG_SHAPE, root, found=found, wanted=Term("noun", "a mapping"))


def _read_keys(manifest: Manifest, root: Mapping) -> None:
    canonical = _canonical()
    values: dict[str, Any] = {}
    for key, (key_node, node) in root.items.items():
        name = canonical.get(key)
        if name is None:
            _unknown_key(manifest, key_node, canonical, root)
        elif name in values:
            _fault(manifest, reading.DUPLICATE_KEY, key_node, key=key)
        elif name == "check":
            values[name] = None
            manifest.check = _read_check(manifest, node)
        else:
            values[name] = _read_value(manifest, name, node)
    _accept(manifest, root, values)


def _accept(manifest: Manifest, root: Mapping, values: dict[str, Any]) -> None:
    def node_of(name: str) -> Node:
        return next(root.items[spelling][1] for spelling in _spellings(name) if spelling in root.items)

    agency = values.get("agency")
    if agency is None:
        manifest.complete = False
    else:
        manifest.agency_region = region(node_of("agency"))
        if ID.fullmatch(agency):
            manifest.agency = agency
        else:
            manifest.complete = False
            _fault(manifest, linking.MALFORMED_ID, node_of("agency"), id=agency)
    if values.get("version") not in (None, VERSION):
        _fault(manifest, linking.UNKNOWN_VERSION, node_of("version"), value=values["version"])
    language = values.get("language")
    if language not in (None, "id", "en"):
        choices = Choices(("id", "en"), ("id", "en"))
        _fault(manifest, linking.UNKNOWN_VALUE, node_of("language"), value=language, choices=choices)
        language = None
    manifest.language = language or ""
    manifest.version = values.get("version") or VERSION
    manifest.name = values.get("name") or manifest.agency
    manifest.kind = values.get("kind")
    manifest.date = values.get("date")
    manifest.members = values.get("members") or ()
    if manifest.members:
        manifest.member_regions = _member_regions(node_of("members"))
    manifest.exclude = values.get("exclude") or ()
    period = values.get("period")
    if period is not None:
        if PERIOD.fullmatch(period):
            manifest.period = period
        else:
            _fault(manifest, linking.MALFORMED_PERIOD, node_of("period"), value=period)


def _member_regions(node: Node) -> tuple[Region, ...]:
    """The places of the members that are not blank."""
    nodes = [item for item in node.items if plain(item) is not None] if isinstance(node, Sequence) else [node]
    return tuple(region(item) for item in nodes)


def _read_value(manifest: Manifest, name: str, node: Node) -> Any:
    raw = plain(node)
    if raw is None:
        return None
    try:
        return KEYS[name][1].read(raw)
    except ValueProblem as problem:
        suggestion = Suggestion(problem.suggestion) if problem.suggestion else None
        place = Place(manifest.path, region(node))
        fix = None if name in (*_REQUIRED, *_GATHERING) else _remedied(place, problem, node)
        manifest.faults.append(problem.rule.fault(place, problem.values, suggestion=suggestion, fix=fix))
        return None


_GATHERING = ("members", "exclude")
"""Keys that say which files are read; what a change of them would find, nobody has seen."""


def _remedied(place: Place, problem: ValueProblem, node: Node) -> Fix | None:
    remedy = problem.remedy
    if remedy is None or remedy.action == "unwrap" or not isinstance(node, Scalar):
        return None
    if remedy.action == "write":
        return Fix.writing(place, node.value.strip(), remedy.text, safe=remedy.safe)
    return Fix((Edit(remedy.action, place, was=node.value.strip()),), remedy.safe, english("leave it blank"))


def _read_check(manifest: Manifest, node: Node) -> dict[str, Any]:
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken) and plain(node) is not None:
            found = Term("noun", "a list" if isinstance(node, Sequence) else "a single value")
            _fault(manifest, linking.WRONG_SHAPE, node, found=found, wanted=Term("noun", "a mapping"))
        return {}
    return {key: plain(value) for key, (_, value) in node.items.items()}


def _unknown_key(manifest: Manifest, key: Scalar, known: dict[str, str], root: Mapping) -> None:
    near = near_miss(key.value, known)
    place = Place(manifest.path, region(key))
    values = {"element": Term("noun", "the manifest"), "field": key.value}
    fix = None
    if (
        near is not None
        and is_one_guess(key.value, known)
        and known[near] not in _GATHERING
        and not any(one in root.items for one in _spellings(known[near]))
    ):
        fix = Fix.writing(place, key.value.strip(), near)
    suggestion = Suggestion(near) if near else None
    manifest.faults.append(linking.UNKNOWN_FIELD.fault(place, values, suggestion=suggestion, fix=fix))


def _fault(manifest: Manifest, rule: Rule, node: Node, **values: object) -> None:
    manifest.faults.append(rule.fault(Place(manifest.path, region(node)), values))
