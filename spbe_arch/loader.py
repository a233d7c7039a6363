"""Nodes → elements → architecture, and what failed on the way."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping as MappingABC
from functools import cache
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import linking, reading
from spbe_arch.collecting import collector_held
from spbe_arch.findings import Edit, ElementName, Fault, Fix, Place, Region, Related, Suggestion, Term, english
from spbe_arch.manifest import ID, MANIFEST, Manifest, read_manifest
from spbe_arch.metamodel import FieldInfo, TypeInfo, ValueProblem, near_miss, types
from spbe_arch.metamodel.values import Name, Remedy, Target, is_one_guess
from spbe_arch.nodes import BLANK, Broken, Document, Limits, Node, Scalar, Sequence, plain, read, region, superfluous
from spbe_arch.nodes import Mapping as MappingNode
from spbe_arch.records import FileResult, Row, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture, Member
    from spbe_arch.catalogue import Rule

__all__ = [
    "SPECIAL",
    "Overlay",
    "element_lines",
    "load_texts",
    "locate",
    "lost_manifests",
    "read_file",
    "relinked",
    "reread",
    "result_of",
    "section_called",
]

SPECIAL = {
    "defaults": "defaults",
    "bawaan": "defaults",
    "references": "references",
    "referensi": "references",
    "rules": "rules",
    "aturan": "rules",
    "views": "views",
    "tampilan": "views",
}
"""Keys at the top of a file that hold no elements, in both languages (FORMAT §1)."""

_OF_A_CODE = {
    "name": "name",
    "nama": "name",
    "description": "description",
    "uraian": "description",
    "source": "source",
    "sumber": "source",
}
"""What may be said of a code of the agency's own, in both languages."""

_MOST_AKIN = 3
"""Sections proposed for one that shares a word with them."""

_NOUN = {
    Scalar: english("a single value"),
    Sequence: english("a list"),
    MappingNode: english("a mapping"),
    Broken: english("a single value"),
}


def load_texts(
    texts: Iterable[tuple[str, str | bytes]],
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    results: Mapping[str, FileResult] | None = None,
    faults: Iterable[Fault] = (),
    before: Architecture | None = None,
) -> Architecture:
    r"""The architecture that some texts describe, with the findings of reading and linking.

    The order of the texts has no meaning. A text whose path ends in `spbe.yaml` is the manifest of its folder; the
    one highest up is the architecture's own, the others are its members.

    Args:
        texts: pairs of path, with forward slashes, and text or bytes.
        limits: bounds on each text.
        results: what has been read already, by path; such a text is not read again and may be empty.
        faults: what was found while the texts were gathered.
        before: what some of the same results made last; where few differ, the rest is taken from there.

    >>> architecture = load_texts(
    ...     [
    ...         ("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"),
    ...         ("layanan.yaml", "layanan:\n  izin:\n    nama: Perizinan\n"),
    ...     ]
    ... )
    >>> architecture.services["izin"].name
    'Perizinan'
    """
    from spbe_arch.linking import link

    with collector_held():
        known = results or {}
        found = list(faults)
        manifests: dict[str, Manifest] = {}
        files: dict[str, FileResult] = {}
        kept: dict[str, str | bytes] = {}
        for path, text in sorted(texts, key=lambda pair: pair[0]):
            kept[path] = text
            if path.rpartition("/")[2] == MANIFEST:
                manifests[path.removesuffix(MANIFEST)] = read_manifest(read(path, text, limits))
            else:
                files[path] = known[path] if path in known else read_file(path, text, limits)
        for folder, manifest in manifests.items():
            for table in manifest.tables:
                files.pop(posixpath.normpath(folder + table), None)
        found += _unreachable(manifests, {fault.place.path for fault in found})
        return link(_architecture(list(_members(manifests, files)), before), found).with_texts(kept)


_FEW = 4
"""As long as fewer than one file in so many differs, an architecture is made of the one before."""


def _architecture(members: list[Member], before: Architecture | None) -> Architecture:
    from spbe_arch.architecture import Architecture

    if before is None or [one.manifest for one in before.members] != [one.manifest for one in members]:
        return Architecture(members)
    changes: dict[str, FileResult | None] = {}
    for then, now in zip(before.members, members, strict=True):
        files = {file.path: file for file in now.files}
        known = {file.path: file for file in then.files}
        changes |= {path: file for path, file in files.items() if known.get(path) is not file}
        changes |= dict.fromkeys(known.keys() - files.keys())
    if len(changes) * _FEW > sum(len(member.files) for member in members):
        return Architecture(members)
    return before.with_files(changes)


class Overlay(MappingABC[str, "str | bytes"]):
    """Texts of which some have changed, or are new."""

    def __init__(self, texts: Mapping[str, str | bytes], changed: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._changed = changed

    def __getitem__(self, path: str) -> str | bytes:
        return self._changed[path] if path in self._changed else self._texts[path]

    def __iter__(self) -> Iterator[str]:
        yield from self._texts
        yield from (path for path in self._changed if path not in self._texts)

    def __len__(self) -> int:
        return len(self._texts) + sum(path not in self._texts for path in self._changed)


def reread(architecture: Architecture, changed: Mapping[str, bytes]) -> Architecture:
    """The same architecture with some files, none of them a manifest, that hold other texts or are new."""
    files = {path: read_file(path, data) for path, data in changed.items()}
    return relinked(architecture, files).with_texts(Overlay(architecture.texts, changed))


def relinked(architecture: Architecture, changes: Mapping[str, FileResult | None]) -> Architecture:
    """The same architecture with other results of some files, none of them a manifest; None for one that is gone."""
    from spbe_arch.linking import link

    with collector_held():
        return link(architecture.with_files(changes), _gathered(architecture)).with_texts(architecture.texts)


def _gathered(architecture: Architecture) -> list[Fault]:
    """The faults that were found while the texts were gathered: manifests that cannot be read, or are not there."""
    missing = (one.fault for one in architecture.findings if one.code == linking.UNREACHABLE_MEMBER.code)
    return [*lost_manifests(architecture), *missing]


def lost_manifests(architecture: Architecture) -> list[Fault]:
    """The faults of manifests that could not be read."""
    return [
        one.fault
        for one in architecture.findings
        if one.code == reading.UNREADABLE_FILE.code and one.place.path.rpartition("/")[2] == MANIFEST
    ]


def _unreachable(manifests: dict[str, Manifest], unreadable: set[str]) -> Iterator[Fault]:
    """Members whose manifest is not among the texts, and has not been reported as one that cannot be read."""
    for folder, manifest in manifests.items():
        for member, place in zip(manifest.members, manifest.member_regions, strict=True):
            inside = posixpath.normpath(folder + member.replace("\\", "/"))
            if inside + "/" not in manifests and f"{inside}/{MANIFEST}" not in unreadable:
                yield linking.UNREACHABLE_MEMBER.fault(Place(manifest.path, place), {"member": member})


def _members(manifests: dict[str, Manifest], files: dict[str, FileResult]) -> Iterator[Member]:
    from spbe_arch.architecture import Member, folder_above

    if not manifests:
        manifests = {"": Manifest()}
    by_folder: dict[str, list[FileResult]] = {folder: [] for folder in sorted(manifests)}
    for path, file in files.items():
        by_folder.setdefault(folder_above(path, by_folder), []).append(file)
    for folder, found in by_folder.items():
        yield Member(manifests.get(folder) or Manifest(), tuple(found))


# --- one file ----------------------------------------------------------------------------------------------


def read_file(path: str, text: str | bytes, limits: Limits = Limits()) -> FileResult:  # noqa: B008 - frozen
    """All that one file says: a pure function of its text and the limits."""
    return result_of(read(path, text, limits), text)


def result_of(document: Document, text: str | bytes) -> FileResult:
    """All that one file says, from its nodes and its text."""
    path = document.path
    result = FileResult(path, complete=document.complete, finished=document.finished, faults=[*document.faults])
    if "spbe:" in document.text:
        result.comments = tuple(comment for comment in document.comments() if comment.text.startswith("spbe:"))
    root = document.root
    if isinstance(root, MappingNode):
        _FileReader(document, result).run(root)
    elif root is not None and not isinstance(root, Broken) and document.complete:
        if not any(fault.code in _DAMAGE for fault in document.faults):  # else the shape is that of the damage
            _add(result, reading.ROOT_NOT_MAPPING, region(root), found=_found(root))
        result.complete = False
    if result.faults or not document.finished:
        result.mentions = _agencies_named(text)
    return result


def _agencies_named(text: str | bytes) -> frozenset[str]:
    """What stands before a slash, in whatever encoding: NUL is left out, since UTF-16 writes letters with it."""
    plainest = text if isinstance(text, str) else text.decode("latin-1")
    return frozenset(match[1] for match in _BEFORE_SLASH.finditer(plainest.replace("\0", "")))


_BEFORE_SLASH = re.compile(r"(?<![A-Za-z0-9._-])([A-Za-z0-9._-]{1,100})/")

_DAMAGE = frozenset({reading.TEXT_NOT_UTF8.code, reading.CONTROL_CHARACTER.code, reading.BINARY_FILE.code})
"""What says that bytes or characters of a text are wrong."""


def _found(node: Node) -> Term:
    return Term("noun", _NOUN[type(node)])


def _add(
    result: FileResult,
    rule: Rule,
    place: Region,
    on: str | None = None,
    suggestion: str | Suggestion | None = None,
    fix: Fix | None = None,
    **values: Any,
) -> None:
    near = Suggestion(suggestion) if isinstance(suggestion, str) and suggestion else suggestion or None
    result.faults.append(rule.fault(Place(result.path, place, on), values, suggestion=near, fix=fix))


def _akin(name: str) -> Suggestion | None:
    """The sections that share a word with one that is not known, unless they are many."""
    words = set(re.split(r"[\s_-]+", name.casefold()))
    spellings: dict[str, str] = {}
    for spelling, info in _sections().items():
        if not words.isdisjoint(spelling.split("_")):
            spellings.setdefault(info.section, spelling)
    akin = list(spellings.values())
    return Suggestion(akin[0], others=tuple(akin[1:])) if 0 < len(akin) <= _MOST_AKIN else None


def _sections() -> dict[str, TypeInfo]:
    """Every spelling of every section."""
    if not _SECTIONS:
        for info in types().values():
            for spelling in (info.section, *info.indonesian_names):
                _SECTIONS[spelling] = info
    return _SECTIONS


_SECTIONS: dict[str, TypeInfo] = {}


def section_called(spelling: str) -> TypeInfo | None:
    """The type whose section has this name, in any spelling."""
    return _sections().get(spelling)


def _section_name(spelling: str | None) -> str:
    """The canonical name of a key at the top of a file."""
    info = _sections().get(spelling or "")
    return info.section if info else SPECIAL.get(spelling or "", "")


def _is_same_word(written: str, name: str) -> bool:
    """Whether a name was written with capitals, spaces or hyphens, so that no other can be meant."""
    return re.sub(r"[\s/-]+", "_", written.strip()).casefold() == name.casefold()


@cache
def _every_field() -> dict[str, FieldInfo]:
    """Every spelling of every field of any type."""
    return {spelling: info for entry in types().values() for spelling, info in entry.spellings.items()}


_UNKNOWN = object()
_COSTLY = frozenset(
    rule.code
    for rule in (
        reading.DUPLICATE_KEY,
        reading.KEY_NOT_TEXT,
        reading.MERGE_KEY_NOT_MAPPING,
        reading.VALUE_TOO_LONG,
    )
)
"""Faults that leave something of the text out while the rest is read."""


class _FileReader:
    """One walk over the nodes of one file."""

    def __init__(self, document: Document, result: FileResult) -> None:
        self.document = document
        self.result = result
        self.lost: set[str] = set()
        self.defaults: dict[str, tuple[Scalar, Node]] = {}
        self.used_defaults: set[str] = set()
        self.faulty_defaults: set[str] = set()
        self.defaults_by_type: dict[str, list[tuple[str, Any]]] = {}
        self.indonesian = False
        """Whether a section is called by an Indonesian name."""
        self.unknown_defaults: set[str] = set()
        """Spellings of fields whose default could not be read."""
        self.no_defaults = False
        """Whether there are defaults of which nothing could be read."""
        self.flawed = bool(document.faults)
        """Whether something in the text may have cost a value, so that each must be looked at."""
        self.lacks_at_end = False
        """Whether the element at the end lacks what it cannot do without."""
        self.last_line = -1 if document.finished else len(document.text.splitlines()) - 1
        """The line that has no line break at its end, from 0; what reaches into it may have been cut off."""
        self.own_rules: MappingNode | None = None
        """What stands under `rules`."""
        self.partial: set[tuple[int, int]] = set()
        """Where the elements stand that may have more fields than could be read."""

    def run(self, root: MappingNode) -> None:
        sections = _sections()
        seen: dict[str, Scalar] = {}
        known: list[tuple[TypeInfo, Node]] = []
        strangers: list[tuple[Scalar, Node]] = []
        for key, (key_node, node) in root.items.items():
            info = sections.get(key)
            name = info.section if info else SPECIAL.get(key)
            if name is None:
                strangers.append((key_node, node))
            elif name in seen:
                self.duplicate(key_node, seen[name])
            else:
                seen[name] = key_node
                if info is not None:
                    known.append((info, node))
                    self.indonesian = self.indonesian or key != info.section
                else:
                    self.special(name, node)
        self.strange(strangers, seen)
        self.partial = self.cut_short(root)
        for info, node in known:
            self.section(info, node)
        if self.own_rules is not None:
            self.read_own_rules(self.own_rules)
        self.unused_defaults()
        self.lost.update(str(f.values.get("key", "")) for f in self.result.faults if f.code in _COSTLY)
        self.result.lost = frozenset(self.lost)
        self.forgive_tags()
        if not self.document.complete:
            self.forgive(self.document.stopped - 1)
        elif self.last_line >= 0 and (self.forgive(self.last_line) or self.lacks_at_end):
            end = len(self.document.text.splitlines()[-1]) + 1
            place = Region(self.last_line + 1, end, self.last_line + 1, end + 1)
            _add(self.result, reading.FILE_CUT_OFF, place)

    def cut_short(self, root: MappingNode) -> set[tuple[int, int]]:
        """The elements that the end of what was read may have cut short: those on its line, and the one before."""
        if self.document.complete and self.document.finished:
            return set()
        end = len(self.document.text) if self.document.complete else self.document.stopped
        nodes = [node for _, node in root.items.values() if isinstance(node, MappingNode)]
        keys = [key for node in nodes for key, _ in node.items.values()]
        before = [key for key in keys if key.line < end]
        return {(key.line, key.column) for key in (*before[-1:], *keys[len(before) :])}

    def forgive_tags(self) -> None:
        """A value with a tag was written for another program; that it has another shape is no fault of its own."""
        faults = self.result.faults
        tagged = {f.place.region[:2] for f in faults if f.code == reading.YAML_TAG.code and f.place.region}
        if tagged:
            kept = (f for f in faults if f.code[4] == "0" or not f.place.region or f.place.region[:2] not in tagged)
            self.result.faults = list(kept)

    def forgive(self, line: int) -> bool:
        """Drop what was found from a line (from 0) on: what is left of a broken line is no fault of its own."""
        kept = [f for f in self.result.faults if f.code[4] == "0" or not f.place.region or f.place.region.line <= line]
        dropped = len(kept) < len(self.result.faults)
        self.result.faults = kept
        return dropped

    def add(
        self,
        rule: Rule,
        node: Node,
        on: str | None = None,
        suggestion: str | Suggestion | None = None,
        fix: Fix | None = None,
        **values: Any,
    ) -> None:
        _add(self.result, rule, region(node), on, suggestion, fix, **values)

    def duplicate(self, key: Scalar, first: Scalar, *, kept: Node | None = None, dropped: Node | None = None) -> None:
        """A name that stands twice; what stands behind both tells whether the second can go."""
        related = (Related(Place(self.result.path, region(first)), message="the first one"),)
        place = Place(self.result.path, region(key))
        fix = superfluous(place, key, kept, dropped) if kept is not None and dropped is not None else None
        self.result.faults.append(reading.DUPLICATE_KEY.fault(place, {"key": key.value}, related, fix=fix))

    def renamed(self, key: Scalar, near: str | None, known: Mapping[str, str], *, taken: bool) -> Fix | None:
        """The name that was probably meant in place of a key: for certain if only its letters are written otherwise.

        Args:
            key: that is not known.
            near: the name, if there is one near.
            known: all names with their canonical ones.
            taken: whether something is called so already.
        """
        if near is None or taken or not is_one_guess(key.value, known):
            return None
        place = Place(self.result.path, region(key))
        return Fix.writing(place, key.value.strip(), near, safe=_is_same_word(key.value, near))

    def strange(self, strangers: list[tuple[Scalar, Node]], seen: Mapping[str, Scalar]) -> None:
        """Keys that are no section: misspelt ones are faults; a file of nothing else is no model."""
        names = (*_sections(), *SPECIAL)
        near = {key.value: near_miss(key.value, names) for key, _ in strangers}
        if not seen and not any(near.values()):
            if strangers and self.document.complete:
                self.add(reading.NO_KNOWN_SECTION, strangers[0][0], section=strangers[0][0].value)
                mappings = [node for _, node in strangers if isinstance(node, MappingNode)]
                self.result.strange = frozenset(id for node in mappings for id in node.items)
            return
        written = set(seen)
        for key, node in strangers:
            meant = _section_name(near[key.value])
            known = {name: _section_name(name) for name in names}
            fix = self.renamed(key, near[key.value], known, taken=meant in written)
            written.add(meant)
            proposed = near[key.value] or _akin(key.value)
            self.add(linking.UNKNOWN_SECTION, key, suggestion=proposed, fix=fix, section=key.value)
            self.lost.add("")
            if isinstance(node, MappingNode):
                self.lost.update(node.items)
                self.unknown_defaults.update(node.items)

    # --- what is no element ----------------------------------------------------------------------------------

    def special(self, name: str, node: Node) -> None:
        if isinstance(node, Broken) or plain(node) is None:
            return
        if not isinstance(node, MappingNode):
            self.add(linking.WRONG_SHAPE, node, found=_found(node), wanted=Term("noun", "a mapping"))
            self.lost.add("")
            self.no_defaults = name == "defaults"
        elif name == "rules":
            self.own_rules = node  # read when it is known which of them the end of the text may have cut short
        elif name == "defaults":
            self.read_defaults(node)
        elif name == "views":
            self.read_views(node)
        else:
            self.read_references(node)

    def read_defaults(self, node: MappingNode) -> None:
        known = _every_field()
        for key, (key_node, value) in node.items.items():
            field = known.get(key)
            if field is None:
                near = near_miss(key, known)
                words = Term("noun", "the format")
                taken = near is not None and any(name in node.items for name in known[near].spellings)
                canonical = {name: info.name for name, info in known.items()}
                fix = self.renamed(key_node, near, canonical, taken=taken)
                self.add(linking.UNKNOWN_FIELD, key_node, suggestion=near, fix=fix, element=words, field=key)
                self.unknown_defaults.add(near or key)
            elif not field.takes_default:
                self.add(linking.NO_DEFAULT_ALLOWED, key_node, field=key)
            else:
                self.defaults[key] = (key_node, value)

    def unused_defaults(self) -> None:
        if self.result.complete and self.result.finished and not self.lost:
            for key, (key_node, _) in self.defaults.items():
                if key not in self.used_defaults:
                    edit = Edit("remove", Place(self.result.path, region(key_node)), was=key)
                    fix = Fix((edit,), safe=False, words=english("remove it"))
                    self.add(linking.UNUSED_DEFAULT, key_node, fix=fix, field=key)

    def read_references(self, node: MappingNode) -> None:
        from spbe_arch.metamodel.references import PREFIXES, CodeFault, parse_code

        written: dict[str, Scalar] = {}
        for key, (key_node, value) in node.items.items():
            prefix = key[:3].upper()
            parsed = parse_code(key, prefix) if prefix in PREFIXES else None
            if parsed is None or isinstance(parsed, CodeFault):
                self.add(linking.MALFORMED_CODE, key_node, value=key, prefix=Name("RAL"))
                self.lost.add("")
            elif parsed.code.count(".") < 3:
                self.add(linking.NATIONAL_CODE_REDEFINED, key_node, value=parsed.code)
            elif parsed.code in written:
                self.duplicate(key_node, written[parsed.code])
            else:
                written[parsed.code] = key_node
                texts = self.own_code(key_node, value)
                self.result.references[parsed.code] = (texts.get("name") or parsed.code, texts.get("description", ""))

    def read_own_rules(self, node: MappingNode) -> None:
        from spbe_arch.own.reading import read_rules

        def partial(key: Scalar) -> bool:
            return (key.line, key.column) in self.partial

        rules, faults, lacking = read_rules(self.result.path, node, self.is_damaged, partial)
        self.result.own_rules = rules
        self.result.faults += faults
        self.lacks_at_end = self.lacks_at_end or lacking

    def read_views(self, node: MappingNode) -> None:
        from spbe_arch.definitions import read_definition

        for id, (key, value) in node.items.items():
            if self.flawed and (self.is_damaged(key) or self.is_damaged(value)):
                continue
            if not ID.fullmatch(id):
                self.add(linking.MALFORMED_ID, key, suggestion=_free_id(id), id=id)
                continue
            raw = self.result.views[id] = plain(value)
            for problem in read_definition(id, raw)[1]:
                unknown_key = problem.rule is linking.UNKNOWN_FIELD and problem.values["field"] == problem.path[-1]
                on_key = unknown_key or problem.rule is reading.DUPLICATE_KEY
                where = _inside(value, problem.path, on_key=on_key) if problem.path else key
                self.add(problem.rule, where, None, problem.suggestion, **problem.values)

    def own_code(self, key: Scalar, node: Node) -> dict[str, str]:
        """The name and the description of a code: a mapping, or the name alone."""
        texts: dict[str, str] = {}
        written: dict[str, Scalar] = {}
        items = node.items if isinstance(node, MappingNode) else {"name": (key, node)}
        for spelling, (inner, value) in items.items():
            name = _OF_A_CODE.get(spelling)
            if name is None:
                near = near_miss(spelling, _OF_A_CODE)
                words = Term("noun", "this mapping")
                taken = near is not None and any(_OF_A_CODE.get(one) == _OF_A_CODE[near] for one in items)
                fix = self.renamed(inner, near, _OF_A_CODE, taken=taken)
                self.add(linking.UNKNOWN_FIELD, inner, suggestion=near, fix=fix, element=words, field=spelling)
            elif name in written:
                self.duplicate(inner, written[name])
            else:
                written[name] = inner
                if name != "source":
                    texts[name] = self.text(value)
        return texts

    def text(self, node: Node) -> str:
        if isinstance(node, (MappingNode, Sequence)):
            self.add(linking.WRONG_SHAPE, node, found=_found(node), wanted=Term("noun", "text"))
        raw = plain(node)
        return raw.strip() if isinstance(raw, str) else ""

    # --- elements --------------------------------------------------------------------------------------------

    def section(self, info: TypeInfo, node: Node) -> None:
        if not isinstance(node, MappingNode):
            if isinstance(node, Broken) or plain(node) is None or node.end_line < 0:
                return
            self.add(
                linking.WRONG_SHAPE, node, found=_found(node), wanted=Term("noun", "a mapping from ids to elements")
            )
            self.lost.add("")
            return
        for id, (key, value) in node.items.items():
            if not ID.fullmatch(id):
                if not self.is_damaged(key):
                    free = _free_id(id)
                    fix = None
                    if free is not None and free not in node.items:
                        fix = Fix.writing(Place(self.result.path, region(key)), key.value.strip(), free)
                    self.add(linking.MALFORMED_ID, key, suggestion=free, fix=fix, id=id)
                self.lost.add(id)
            elif isinstance(value, MappingNode):
                self.result.rows.append(self.element(info, id, key, value))
            elif isinstance(value, Broken):
                self.result.rows.append(Row(id, shape(info.section, ()), (), ("*",)))
            elif plain(value) is None:
                self.result.rows.append(self.element(info, id, key, MappingNode(key.line, key.column), closed=True))
            else:
                name = ElementName(info.section, id)
                self.add(
                    linking.WRONG_SHAPE,
                    value,
                    id,
                    found=_found(value),
                    wanted=Term("noun", "a mapping of fields"),
                    element=name,
                )
                self.result.rows.append(Row(id, shape(info.section, ()), (), ("*",)))

    def element(self, info: TypeInfo, id: str, key: Scalar, node: MappingNode, *, closed: bool = False) -> Row:
        spellings = info.spellings
        fields: list[str] = []
        values: list[Any] = []
        written: dict[str, Scalar] = {}
        unknown: list[str] = []
        for spelling, (field_key, value) in node.items.items():
            field = spellings.get(spelling)
            if field is None:
                self.unknown_field(info, id, node, field_key, unknown)
                continue
            name = field.name
            if name in written:
                kept = node.items[written[name].value][1]
                self.duplicate(field_key, written[name], kept=kept, dropped=value)
                continue
            written[name] = field_key
            read_value = self.value(info, id, field, value)
            if read_value is _UNKNOWN:
                unknown.append(name)
            elif read_value is not None and read_value != ():
                fields.append(name)
                values.append(read_value)
                if type(read_value) is tuple and len(read_value) > 1:
                    self.repeated(info, id, field, value, read_value)
        if (node.broken and not closed) or self.no_defaults:
            unknown.append("*")
        elif (key.line, key.column) in self.partial:
            unknown.append("?" if self.document.complete else "*")
        own = len(fields)
        if "*" not in unknown and (self.defaults or self.unknown_defaults):
            self.add_defaults(info, written, fields, values, unknown)
        self.missing(info, id, key, fields, unknown)
        return Row(id, shape(info.section, tuple(fields), len(fields) - own), tuple(values), tuple(unknown))

    def is_damaged(self, node: Node) -> bool:
        """Whether a fault of the text, which has been reported, may have changed a value."""
        if not self.flawed:
            return False
        if isinstance(node, Scalar):
            behind = not self.document.complete and node.end_line >= self.document.stopped
            return behind or "\ufffd" in node.value
        if isinstance(node, Sequence):
            return any(self.is_damaged(item) for item in node.items)
        if isinstance(node, MappingNode):
            return any(self.is_damaged(part) for pair in node.items.values() for part in pair)
        return True

    def value(self, info: TypeInfo, id: str, field: FieldInfo, node: Node) -> Any:
        """The value of a field, None if it is blank, `_UNKNOWN` if it cannot be read."""
        if self.flawed and self.is_damaged(node):
            return _UNKNOWN
        if type(node) is Scalar:
            raw: Any = node.value
            if not raw or (node.plain and raw in BLANK):
                raw = None
        else:
            raw = plain(node)
        if raw is None:
            return _UNKNOWN if isinstance(node, Broken) else None
        if type(node) is not Scalar and node.end_line < 0:
            return _UNKNOWN
        try:
            return field.kind.read(raw)
        except ValueProblem as problem:
            self.problem(problem, node, info, id, field)
            return _UNKNOWN

    def problem(self, problem: ValueProblem, node: Node, info: TypeInfo, id: str | None, field: FieldInfo) -> None:
        for one in problem.all:
            where = _inside(node, one.path, on_key=one.rule in (linking.UNKNOWN_FIELD, reading.DUPLICATE_KEY))
            values = {"field": Term("field", field.name, info.section), **one.values}
            is_needed = field.declared.required.level == "E" or one.path[-1:] in (("to",), ("ke",))
            fix = None if is_needed and one.remedy == _BLANKED else remedied(self.result.path, one, where)
            near = Suggestion(one.suggestion, others=one.others) if one.suggestion else None
            self.add(one.rule, where, id, near, fix, **values)

    def repeated(self, info: TypeInfo, id: str | None, field: FieldInfo, node: Node, value: tuple[Any, ...]) -> None:
        """Items that stand in a list before; the later one goes, if all that it says is said by the earlier one."""
        names = [item.to if isinstance(item, Target) else item for item in value]
        if len(set(names)) == len(names) or not isinstance(node, Sequence):
            return
        nodes = [item for item in node.items if not _is_blank(item)]
        first: dict[Any, int] = {}
        for number, name in enumerate(names):
            kept = first.setdefault(name, number)
            if kept == number or number >= len(nodes):
                continue
            fix = None
            if isinstance(value[number], str) or value[number] == value[kept]:
                edit = Edit("remove", Place(self.result.path, region(nodes[number])), was=_was(nodes[number]))
                fix = Fix((edit,), safe=True, words=english("remove the second one"))
            related = (Related(Place(self.result.path, region(nodes[kept])), message="the first one"),)
            values = {"field": Term("field", field.name, info.section), "value": _shown(name)}
            place = Place(self.result.path, region(nodes[number]), id)
            self.result.faults.append(linking.REPEATED_ITEM.fault(place, values, related, fix=fix))

    def unknown_field(self, info: TypeInfo, id: str, node: MappingNode, key: Scalar, unknown: list[str]) -> None:
        """A key that no field has: the other end of a link, or a slip, which leaves the field it spells unknown."""
        # Of two names that are equally near, as `metode` and `method` are to `metod`, the one in the file's language.
        names = sorted(info.spellings, key=lambda name: (name in info.fields) is self.indonesian)
        near = near_miss(key.value, names)
        element = ElementName(info.section, id)
        other = _other_end(info, key.value, shortened=near is None)
        if other is not None:
            source, field = other
            self.add(
                linking.OTHER_END_TYPED,
                key,
                id,
                fix=_moved(Place(self.result.path, region(key)), key, node.items[key.value][1]),
                field=key.value,
                stored=Term("field", field, source),
                section=Term("type", source),
            )
            return
        meant = info.spellings[near] if near is not None else None
        taken = meant is not None and (meant.name in unknown or any(name in node.items for name in meant.spellings))
        canonical = {name: field.name for name, field in info.spellings.items()}
        fix = self.renamed(key, near, canonical, taken=taken)
        self.add(linking.UNKNOWN_FIELD, key, id, near, fix, element=element, field=key.value)
        if meant is not None:
            unknown.append(meant.name)

    def add_defaults(
        self,
        info: TypeInfo,
        written: Mapping[str, Scalar],
        fields: list[str],
        values: list[Any],
        unknown: list[str],
    ) -> None:
        unknown += (info.spellings[key].name for key in self.unknown_defaults if key in info.spellings)
        for name, value in self.type_defaults(info):
            if name not in written and name not in unknown:
                if value is _UNKNOWN:
                    unknown.append(name)
                else:
                    fields.append(name)
                    values.append(value)

    def type_defaults(self, info: TypeInfo) -> list[tuple[str, Any]]:
        """The defaults that this type takes; a value that it cannot read is reported once, where it stands."""
        known = self.defaults_by_type.get(info.section)
        if known is None:
            known = self.defaults_by_type[info.section] = []
            written: dict[str, Scalar] = {}
            for key, (key_node, node) in self.defaults.items():
                field = info.spellings.get(key)
                if field is None:
                    continue
                self.used_defaults.add(key)
                if field.name in written:
                    self.duplicate_default(key_node, written[field.name])
                    continue
                written[field.name] = key_node
                raw = plain(node)
                value: Any = None
                if self.flawed and self.is_damaged(node):
                    value = _UNKNOWN
                elif raw is not None:
                    value = self.default_value(info, key, field, node, raw)
                if value is not None and value != ():
                    known.append((field.name, value))
                    if type(value) is tuple and len(value) > 1 and key not in self.faulty_defaults:
                        self.faulty_defaults.add(key)
                        self.repeated(info, None, field, node, value)
        return known

    def duplicate_default(self, key: Scalar, first: Scalar) -> None:
        if key.value not in self.faulty_defaults:
            self.faulty_defaults.add(key.value)
            kept, dropped = self.defaults[first.value][1], self.defaults[key.value][1]
            self.duplicate(key, first, kept=kept, dropped=dropped)

    def default_value(self, info: TypeInfo, key: str, field: FieldInfo, node: Node, raw: Any) -> Any:
        try:
            return field.kind.read(raw)
        except ValueProblem as problem:
            if key not in self.faulty_defaults:
                self.faulty_defaults.add(key)
                self.problem(problem, node, info, None, field)
            return _UNKNOWN

    def missing(self, info: TypeInfo, id: str, key: Scalar, fields: list[str], unknown: list[str]) -> None:
        """Fields without which the element means nothing (FORMAT §7); what a slip may have spelt is not missing."""
        for name in _structural(info):
            if name not in fields and name not in unknown and "?" in unknown:
                self.lacks_at_end = True
            elif name not in fields and name not in unknown and "*" not in unknown:
                element = ElementName(info.section, id)
                field = Term("field", name, info.section)
                self.add(linking.MISSING_FIELD, key, id, element=element, field=field)
                unknown.append(name)


_STRUCTURAL: dict[str, tuple[str, ...]] = {}


def _structural(info: TypeInfo) -> tuple[str, ...]:
    known = _STRUCTURAL.get(info.section)
    if known is None:
        names = tuple(name for name, field in info.fields.items() if field.declared.required.level == "E")
        known = _STRUCTURAL[info.section] = names
    return known


def _other_end(info: TypeInfo, spelling: str, *, shortened: bool) -> tuple[str, str] | None:
    """The section and field in which a link is kept whose other end is meant by this name on the type."""
    for inverse in info.inverses.values():
        if inverse.is_meant_by(spelling, shortened=shortened):
            for section in inverse.sections:
                for field in inverse.fields:
                    if field in types()[section].links and info.section in types()[section].links[field].targets:
                        return section, field
    return None


_BLANKED = Remedy("blank", safe=True)


def remedied(path: str, problem: ValueProblem, node: Node) -> Fix | None:
    """The fix of a value, as its kind proposes it, at the node where the value stands."""
    remedy = problem.remedy
    if remedy is None or isinstance(node, Scalar) == (remedy.action == "unwrap"):
        return None
    place = Place(path, region(node))
    if remedy.action == "write":
        return Fix.writing(place, _was(node), remedy.text, safe=remedy.safe)
    words = english("leave it blank") if remedy.action == "blank" else english("take the brackets away")
    return Fix((Edit(remedy.action, place, was=_was(node)),), remedy.safe, words)


def _was(node: Node) -> str:
    """What an edit finds at a node."""
    return node.value.strip() if isinstance(node, Scalar) else ""


def _shown(item: Any) -> str:
    """An item of a list, in a message."""
    return item if isinstance(item, str) else ", ".join(str(part) for part in item if part)


def _moved(place: Place, key: Scalar, node: Node) -> Fix | None:
    """The first half of moving a link to the end where it is kept: the ids are known, their elements are not yet."""
    items = node.items if isinstance(node, Sequence) else [node]
    ids = [item.value.strip() for item in items if isinstance(item, Scalar) and plain(item) is not None]
    if not ids or len(ids) < len(items):
        return None
    additions = (Edit("add", Place("", element=id)) for id in ids)
    return Fix((Edit("remove", place, was=key.value), *additions), safe=False, words=english("move it to {text}"))


def _inside(node: Node, path: tuple[str | int, ...], *, on_key: bool = False) -> Node:
    """The node at the end of a path of keys and positions, or the last one that exists."""
    for number, step in enumerate(path, 1):
        if isinstance(node, MappingNode) and str(step) in node.items:
            key, value = node.items[str(step)]
            node = key if plain(value) is None or (on_key and number == len(path)) else value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node


def _free_id(text: str) -> str | None:
    """An id as near to the text as ids can be."""
    import unicodedata

    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    proposed = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_text).strip("-._")[:100].strip("-._")
    return proposed if ID.fullmatch(proposed) else None


# --- places ------------------------------------------------------------------------------------------------


def locate(document: Document, place: Place) -> Region:
    """Where in a text a place is; the nearest thing above it that exists, if it does not itself."""
    if place.region is not None:
        return place.region
    root = document.root
    if place.element is None and place.field is not None and root is not None:
        return _at_keys(root, place)
    if place.element is None or not isinstance(root, MappingNode):
        return Region(1, 1, 1, 2)
    for key, (_, node) in root.items.items():
        info = _sections().get(key)
        if info is None or place.section not in (None, info.section):
            continue
        if isinstance(node, MappingNode) and place.element in node.items:
            id_node, element = node.items[place.element]
            return region(_field_node(root, info, id_node, element, place))
    return Region(1, 1, 1, 2)


_IN_INDONESIAN = {"check": "pemeriksaan", "views": "tampilan"}
"""Keys by which a place is named in English, with what may be written instead."""


def _at_keys(node: Node, place: Place) -> Region:
    """Where the keys of a manifest or of a view lead to, which the field of a place holds with NUL between them."""
    found = region(node)
    for key in (place.field or "").split("\0"):
        names = (key, _IN_INDONESIAN.get(key, key))
        items = node.items if isinstance(node, MappingNode) else {}
        pair = next((items[name] for name in names if name in items), None)
        if pair is None:
            return found
        key_node, node = pair
        shows_value = place.on_value and isinstance(node, Scalar) and plain(node) is not None
        found = region(node if shows_value else key_node)
    if isinstance(node, Sequence) and place.item is not None:
        written = [item for item in node.items if not _is_blank(item)]
        return region(written[place.item]) if place.item < len(written) else found
    return found


def element_lines(document: Document) -> Iterator[tuple[int, int]]:
    """The lines on which elements begin, each with the last line of the element; from 1."""
    root = document.root
    if not isinstance(root, MappingNode):
        return
    for key, (_, node) in root.items.items():
        if key in _sections() and isinstance(node, MappingNode):
            for id_node, element in node.items.values():
                yield id_node.line + 1, max(id_node.line, _last_line(element)) + 1


def _last_line(node: Node) -> int:
    """The last line, from 0, on which something of a node stands; one in block style ends where the next begins."""
    if isinstance(node, MappingNode) and node.items:
        key, value = next(reversed(node.items.values()))
        return max(key.line, _last_line(value))
    if isinstance(node, Sequence) and node.items:
        return _last_line(node.items[-1])
    return node.end_line - (node.end_column == 0 and node.end_line > node.line)


def _field_node(root: MappingNode, info: TypeInfo, id_node: Scalar, element: Node, place: Place) -> Node:
    field = info.fields.get(place.field or "")
    if field is None:
        return id_node
    pair = None
    if isinstance(element, MappingNode):
        pair = next((element.items[name] for name in field.spellings if name in element.items), None)
    if pair is None:
        pair = _default_pair(root, field)
    if pair is None:
        return id_node
    key, value = pair
    if not place.on_value or plain(value) is None:
        return key
    if isinstance(value, Sequence) and place.item is not None:
        items = [item for item in value.items if not _is_blank(item)]  # as the values of an element have none
        value = items[place.item] if place.item < len(items) else value
    if isinstance(value, MappingNode):
        if place.inside == "source":
            value = _one_of(value, "source", "sumber") or value
        return _one_of(value, "to", "ke", "document", "dokumen") or (key if isinstance(value, MappingNode) else value)
    return key if isinstance(value, Sequence) else value


def _one_of(node: Node, *names: str) -> Node | None:
    """The value of the first of some keys that a mapping has; None if it has none, or is no mapping."""
    items = node.items if isinstance(node, MappingNode) else {}
    return next((items[name][1] for name in names if name in items), None)


def _is_blank(node: Node) -> bool:
    raw = plain(node)
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _default_pair(root: MappingNode, field: FieldInfo) -> tuple[Scalar, Node] | None:
    for name in ("defaults", "bawaan"):
        if name in root.items and isinstance(root.items[name][1], MappingNode):
            defaults = root.items[name][1]
            assert isinstance(defaults, MappingNode)  # noqa: S101 - said the line above, to the type checker
            found = next((defaults.items[spelling] for spelling in field.spellings if spelling in defaults.items), None)
            if found is not None:
                return found
    return None
