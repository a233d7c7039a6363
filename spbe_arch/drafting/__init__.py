"""Changes of an architecture, made in memory, looked at, and written back: every byte that they do not name stays.

draft = edit(load("models/kab-bekasi"))
draft.add(Application(id="sim-arsip", name="SIM Arsip", operator="bidang-tik"))
draft.change("bebunge", status="as_is")
draft.rename("open-data", "data-terbuka")
print(draft.diff())
draft.write()
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.catalogue import linking
from spbe_arch.checking import check, check_both
from spbe_arch.comparing import compare
from spbe_arch.config import rules_of, settle
from spbe_arch.drafting.lines import cut, pasted, with_section
from spbe_arch.drafting.mentions import mentions
from spbe_arch.drafting.renaming import Renaming
from spbe_arch.drafting.wording import fields_as_written, name_of, value_as_written
from spbe_arch.errors import EditingError, OutputError
from spbe_arch.files import Replacement, UnreadableFileError, files_among, read_within, replace_files
from spbe_arch.findings import Level
from spbe_arch.loader import read_file, reread, result_of, section_called
from spbe_arch.loading import Texts
from spbe_arch.manifest import ID, MANIFEST
from spbe_arch.metamodel.declaring import UNIT_FIELDS
from spbe_arch.nodes import BLANK
from spbe_arch.patches import Change, patch
from spbe_arch.splicing import Manuscript, Splice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import Element, FieldInfo, TypeInfo
    from spbe_arch.records import Row
    from spbe_arch.splicing import Entry

__all__ = ["Draft", "edit"]


def edit(architecture: Architecture) -> Draft:
    """A draft of changes; the architecture itself stays as it is.

    >>> from spbe_arch import load
    >>> from spbe_arch.metamodel import Application
    >>> draft = edit(load("models/kab-bekasi"))
    >>> draft.add(Application(id="sim-arsip", name="SIM Arsip", operator="bidang-tik"))
    >>> draft.architecture.applications["sim-arsip"].operator.short_name
    'Bidang TIK'
    >>> list(draft.changes)
    ['aplikasi.yaml']
    """
    return Draft(architecture)


class _Home(NamedTuple):
    """Where an element stands in a text."""

    manuscript: Manuscript
    section: Entry
    element: Entry

    @property
    def language(self) -> str:
        """The language that its section is called in."""
        info = section_called(_key(self.section))
        return "id" if info is not None and _key(self.section) != info.section else "en"


class Draft:
    """Changes made one after the other, each whole or not at all.

    A change that cannot be made raises `EditingError` and leaves the draft as it was. What the changes break is found
    out when somebody asks (`introduced`), and keeps them from being written.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.before = architecture
        """The architecture that the draft began with."""
        self._now = architecture
        self._changed: dict[str, bytes] = {}
        self._read: dict[str, bytes | None] = {}
        """What the files held that were looked at; None if there was none."""
        self._renamings: tuple[Renaming, ...] = ()
        self._may_break = False
        """Whether a change was made after which there may be other findings."""

    def __repr__(self) -> str:
        return f"<Draft of {self.before.agency}: {len(self.changes)} files differ>"

    # --- what came of it ---------------------------------------------------------------------------------------

    @property
    def architecture(self) -> Architecture:
        """The architecture with the changes, in memory."""
        return self._now

    @property
    def changes(self) -> Mapping[str, Change]:
        """The files that differ, by path; the baseline is among them if it knows findings about what was renamed."""
        found = {path: Change(self._read[path], data) for path, data in self._changed.items()}
        found |= self._baseline() if self._renamings else {}
        return {path: change for path, change in sorted(found.items()) if change.before != change.after}

    def diff(self) -> str:
        """The changes as a unified diff."""
        return patch(self.changes.items())

    def in_words(self, id: str) -> Iterator[tuple[str, int]]:
        """The files and lines in which an id still stands after it was given up: in descriptions and comments.

        They are left to people: a word that only looks like the id is no mention of it. So an id that might be any
        word, with neither hyphen nor digit, is not looked for.
        """
        local = id.rpartition("/")[2]
        if local.isalpha():
            return
        whole = re.compile(rf"(?<![\w-]){re.escape(local)}(?![\w-])".encode())
        for path, text in sorted(self._now.texts.items()):
            data = text.encode() if isinstance(text, str) else text
            if whole.search(data):
                yield from ((path, n) for n, line in enumerate(data.splitlines(), 1) if whole.search(line))

    @property
    def introduced(self) -> tuple[Finding, ...]:
        """The errors that there would be and that are not there now."""
        if not self._may_break:
            return ()
        found = compare(self.before, self._now, *_errors(self.before, self._now)).introduced
        return tuple(one for one in found if one.level is Level.ERROR)

    def write(self, *, force: bool = False) -> None:
        """Write the files that differ: all of them, or none.

        Args:
            force: whether to write although there would be new errors.

        Raises:
            EditingError: if there would be new errors, or the architecture was not read from files.
            OutputError: if a file cannot be written, or has changed since it was read.
        """
        texts = self.before.texts
        if not isinstance(texts, Texts):
            raise EditingError("the architecture was not read from files, so there are none to write to")
        if not force and (found := self.introduced):
            raise EditingError(
                "nothing was written: there would be {count} more errors, the first of them {code} at {place!r}",
                count=len(found),
                code=found[0].code,
                place=found[0].place.element or found[0].place.path,
            )
        replace_files(Replacement(texts.root, path, *change) for path, change in self.changes.items())

    # --- changes -----------------------------------------------------------------------------------------------

    def add(self, element: Element, *, file: str | None = None) -> None:
        """One element more, at the end of its section; the `defaults` of the file hold for it as for the others.

        Args:
            element: made in Python, with the ids of what it links to.
            file: where it shall stand; else where others of its type and unit do.

        Raises:
            EditingError: if its id is taken or is none, or the file cannot be edited.
        """
        self._refuse_id(element.id, self._now.agency)
        wanted = {name: value for name, value in element.filled().items() if name != "id"}
        path = file if file is not None else self.home_for(element.info, wanted)
        self._refuse_path(path, self._now.agency)
        manuscript = self._manuscript(path)
        section = _section(manuscript, element.info)
        language = self._language(manuscript) if section is None else _Home(manuscript, section, section).language
        fields = fields_as_written(element.info, wanted, language)
        with self._whole():
            name = element.info.indonesian_names[0] if language == "id" else element.info.section
            self._make({path: with_section(manuscript, section, name, element.id, fields or None)})
            has = _values(_row(self._home(path, element.info, element.id), element.info, element.id))
            if any(has.get(name) != value for name, value in wanted.items()):
                raise EditingError(
                    "{path} is not edited: {id!r} would not be what it shall be", path=path, id=element.id
                )
            self._may_break = True

    def change(self, id: str, **fields: Any) -> None:
        """Other values of some fields of an element.

        Args:
            id: of the element.
            fields: by their English names; links are ids, None takes a field away.

        Raises:
            UnknownElementError: if there is no such element.
            EditingError: if it has no such field, a value cannot be read, or the text cannot be edited there.
        """
        element = self._now[id]
        wanted = _values(self._now.row_at(element.ordinal))
        for name, given in fields.items():
            if name not in element.info.fields:
                raise EditingError("{section} have no field {field!r}", section=element.section, field=name)
            value = None if given is None else _read(element, name, given)
            wanted = {**wanted, name: value} if value is not None else {k: v for k, v in wanted.items() if k != name}
        path = self._home_of(element).manuscript.path
        with self._whole():
            self._settle(path, element.info, element.id, wanted)
            self._may_break = True

    def remove(self, id: str) -> None:
        """One element less, with its comments; links to it are broken then, which keeps the draft from being written.

        Raises:
            UnknownElementError: if there is no such element.
            EditingError: if the text cannot be edited there.
        """
        home = self._home_of(self._now[id])
        with self._whole():
            self._make({home.manuscript.path: [cut(home.manuscript, home.element).splice]})
            self._may_break = True

    def rename(self, old: str, new: str, *, keep_alias: bool = False) -> None:
        """Another id of an element, wherever it is named: in its own file and others, those of members too.

        Args:
            old: its id, with the agency before it if it belongs to a member.
            new: its id from now on.
            keep_alias: whether the old one is noted under `aliases`, so that others still find it.

        Raises:
            UnknownElementError: if there is no such element.
            EditingError: if the new id is taken or is none, or a place cannot be edited.
        """
        element = self._now[old]
        agency = self._now.agency_at(element.ordinal)
        renaming = Renaming(agency, element.id, new.removeprefix(f"{agency}/"), of_agency=element.section == "agencies")
        self._refuse_id(renaming.new, agency)
        if renaming.of_agency and any(one.manifest.agency == element.id for one in self._now.members):
            raise EditingError("{id!r} is the agency of a manifest; others know it by this id", id=element.id)
        path = self._home_of(element).manuscript.path
        with self._restored():
            with self._whole(renaming=renaming, says_the_same=True):
                self._make(dict(self._renamed_everywhere(renaming)))
                self._renamings = (*self._renamings, renaming)
            if keep_alias:
                wanted = _values(self._now.row_at(self._now[renaming.global_new].ordinal))
                wanted["aliases"] = (*wanted.get("aliases", ()), element.id)
                with self._whole():
                    self._settle(path, element.info, renaming.new, wanted)

    def move(self, id: str, file: str) -> None:
        """An element to another file, with its comments; the `defaults` of neither file change anything about it.

        Raises:
            UnknownElementError: if there is no such element.
            EditingError: if one of the texts cannot be edited there.
        """
        element = self._now[id]
        home = self._home_of(element)
        path = home.manuscript.path
        if path == file:
            raise EditingError("{id!r} stands in {path} already", id=id, path=path)
        self._refuse_path(file, self._now.agency_at(element.ordinal))
        lines = cut(home.manuscript, home.element)
        target = self._manuscript(file)
        section = _section(target, element.info)
        row = self._now.row_at(element.ordinal)
        with self._whole(says_the_same=True):
            self._make({path: [lines.splice], file: pasted(target, section, _key(home.section), lines)})
            self._settle(file, element.info, element.id, _values(row), row.unknown)

    # --- where things stand --------------------------------------------------------------------------------------

    def home_for(self, info: TypeInfo, fields: Mapping[str, Any] = {}) -> str:
        """The file where a new element belongs: where most of its type and unit stand, else most of its type.

        Args:
            info: its type.
            fields: what is known of it; its unit is looked for there.
        """
        units = [str(fields[name]) for name in UNIT_FIELDS if fields.get(name)][:1]
        agency = self._now.agency
        of_type: Counter[str] = Counter()
        of_unit: Counter[str] = Counter()
        for ordinal in self._now.all_ordinals():
            path = self._now.file_at(ordinal).path
            if self._now.agency_at(ordinal) != agency or path.endswith(MANIFEST) or not path:
                continue
            row = self._now.row_at(ordinal)
            if row.shape.type is info:
                of_type[path] += 1
                of_unit[path] += bool(units) and any(row.get(name) in units for name in UNIT_FIELDS)
        for counts in (+of_unit, of_type):
            if counts:
                return min(counts, key=lambda path: (-counts[path], path))
        name = info.indonesian_names[0] if self._language(None) == "id" else info.section
        return f"{self._now.manifest.folder}{name.replace('_', '-')}.yaml"

    def _language(self, manuscript: Manuscript | None) -> str:
        """The language that most sections of a text are called in, else that of the manifest."""
        root = manuscript.root if manuscript is not None else None
        entries = root.entries if root is not None else []
        names = [(_key(entry), info.section) for entry in entries if (info := section_called(_key(entry))) is not None]
        if not names:
            return "id" if self._now.manifest.language == "id" else "en"
        return "id" if sum(name != english for name, english in names) * 2 >= len(names) else "en"

    def _home_of(self, element: Element) -> _Home:
        path = self._now.file_at(element.ordinal).path
        if not path or path.rpartition("/")[2] == MANIFEST:
            raise EditingError("{id!r} stands in no file that can be edited", id=element.id)
        return self._home(path, element.info, element.id)

    def _home(self, path: str, info: TypeInfo, id: str) -> _Home:
        manuscript = self._manuscript(path)
        for section in manuscript.root.entries if manuscript.root is not None else ():
            if section_called(_key(section)) is info:
                for entry in section.value.entries:
                    if _key(entry) == id:
                        return _Home(manuscript, section, entry)
        raise EditingError("{path} is not edited: {id!r} is not found in it", path=path, id=id)

    def _manuscript(self, path: str) -> Manuscript:
        """The text of a file as it is in the draft; empty if there is none yet."""
        if path not in self._read:
            text = self._now.texts.get(path)
            data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            known = next((one for member in self.before.members for one in member.files if one.path == path), None)
            if (data is None) != (known is None) or (data is not None and read_file(path, data) != known):
                raise OutputError("{path} has changed since it was read; nothing was written", path=path)
            self._read[path] = data
        manuscript = Manuscript(path, self._changed.get(path, self._read[path] or b""))
        if not manuscript.document.complete:
            raise EditingError("{path} is not edited: it cannot be read whole", path=path)
        return manuscript

    def _refuse_id(self, id: str, agency: str) -> None:
        if not ID.fullmatch(id) or id in BLANK:
            raise EditingError("{id!r} is no id: letters, digits, '-', '_' and '.', at most 100", id=id)
        taken = self._now.find(f"{agency}/{id}")
        if taken is not None:
            raise EditingError("{id!r} is taken: {path} has it", id=id, path=self._now.file_at(taken.ordinal).path)

    def _refuse_path(self, path: str, agency: str) -> None:
        manifest = self._now.member_manifest(agency)
        others = (member.manifest.path for member in self._now.members)
        is_plain = path == posixpath.normpath(path) and not path.startswith("/")
        if not is_plain or path not in files_among(
            [path, *others], manifest.folder, MANIFEST, (*manifest.exclude, *manifest.tables)
        ):
            raise EditingError(
                "{path} would be no file of the model: no .yaml, hidden, excluded, or elsewhere", path=path
            )

    # --- how changes are made ------------------------------------------------------------------------------------

    @contextmanager
    def _whole(self, *, renaming: Renaming | None = None, says_the_same: bool = False) -> Iterator[None]:
        """What is done inside is done whole, or not at all; in the end the edited files are read and linked.

        Args:
            renaming: the id that is another one afterwards.
            says_the_same: whether nothing else may differ.
        """
        before, changed = self._now, dict(self._changed)
        with self._restored():
            yield
            edited = {path: data for path, data in self._changed.items() if changed.get(path) != data}
            self._now = reread(before, edited)
            if says_the_same:
                self._refuse_other(before, set(edited), renaming)

    @contextmanager
    def _restored(self) -> Iterator[None]:
        """What was before is there again if something inside fails."""
        kept = self._now, dict(self._changed), self._renamings, self._may_break
        try:
            yield
        except BaseException:
            self._now, self._changed, self._renamings, self._may_break = kept
            raise

    def _make(self, splices: Mapping[str, Iterable[Splice]]) -> None:
        self._changed |= {path: self._manuscript(path).edited(_joined(some)) for path, some in splices.items()}

    def _settle(
        self, path: str, info: TypeInfo, id: str, wanted: Mapping[str, Any], unknown: Iterable[str] | None = None
    ) -> None:
        """Write what an element lacks of some values, and blank what `defaults` would give it; then it has them.

        Args:
            path: of its file.
            info: its type.
            id: of the element.
            wanted: its values.
            unknown: the fields that could not be read before; else those that cannot be read now.
        """
        for _ in range(2):  # what is taken away may be given by a default again, and has to be blank then
            home = self._home(path, info, id)
            row = _row(home, info, id)
            has, odd = _values(row), set(row.unknown).difference(row.unknown if unknown is None else unknown)
            names = [name for name in info.order if has.get(name) != wanted.get(name) or name in odd]
            if not names:
                return
            splices = [splice for name in names for splice in _written(home, info.fields[name], wanted.get(name))]
            self._make({path: splices})
        if _values(_row(self._home(path, info, id), info, id)) != wanted:
            raise _other_element(path, id)

    def _renamed_everywhere(self, renaming: Renaming) -> Iterator[tuple[str, list[Splice]]]:
        """The splices of each file that names an element."""
        sign = renaming.old.encode()
        for member in self._now.members:
            agency = member.manifest.agency
            for file in member.files:
                text = self._now.texts.get(file.path, b"")
                if sign not in (text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text):
                    continue
                manuscript = self._manuscript(file.path)
                found = []
                for part, before in mentions(manuscript):
                    new = renaming.of_text(part.value, before, agency, is_key=part.is_key)
                    if new is not None and part.kind == "scalar":
                        found += manuscript.write(part, new)
                if found:
                    yield file.path, found

    def _refuse_other(self, before: Architecture, paths: set[str], renaming: Renaming | None) -> None:
        """Make sure that nothing is said now that was not said before, but for an id.

        Raises:
            EditingError: if there is, as where the `defaults` of another file cannot be read for a type.
        """
        codes = Counter(one.code for one in before.findings if one.code != linking.UNUSED_DEFAULT.code)
        more = (
            one for one in self._now.findings if one.place.path in paths and one.code != linking.UNUSED_DEFAULT.code
        )
        for one in more:
            if codes[one.code] == 0:
                path = one.place.path
                raise EditingError("nothing was changed: {path} would have a fault ({code})", path=path, code=one.code)
            codes[one.code] -= 1
        if _rows(before, paths, renaming) != _rows(self._now, paths, None) or _outline(before) != _outline(self._now):
            raise EditingError("nothing was changed: the model would no longer say the same")

    def _baseline(self) -> dict[str, Change]:
        """The file of known findings, with those about renamed elements as they are called now."""
        texts, named = self.before.texts, self.before.manifest.check.get("baseline")
        if not isinstance(texts, Texts) or not isinstance(named, str):
            return {}
        try:
            data = read_within(texts.root, named, 50_000_000)
        except UnreadableFileError:
            return {}
        again, findings = data, check(self._now)
        for renaming in self._renamings:
            again = renaming.of_baseline(again, self._now, findings)
        return {named: Change(data, again)}


# --- values and places -------------------------------------------------------------------------------------------


def _errors(before: Architecture, after: Architecture) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """What a check finds before and after, without looking for what is no error here, unless all is known already."""
    rules = rules_of(before)
    settings, _ = settle(before.manifest, rules=rules)
    errors = [code for code in sorted(settings.codes) if settings.level(rules[code]) is Level.ERROR]
    return check_both(before, after, select=() if before.is_cached else errors)


def _other_element(path: str, id: str) -> EditingError:
    return EditingError("{path} is not edited: {id!r} would not be what it shall be", path=path, id=id)


def _key(entry: Entry) -> str:
    return entry.key.value if entry.key is not None else ""


def _section(manuscript: Manuscript, info: TypeInfo) -> Entry | None:
    entries = manuscript.root.entries if manuscript.root is not None else ()
    return next((entry for entry in entries if section_called(_key(entry)) is info), None)


def _values(row: Row) -> dict[str, Any]:
    return dict(zip(row.shape.fields, row.values, strict=True))


def _row(home: _Home, info: TypeInfo, id: str) -> Row:
    """The row of an element in a text that is not part of an architecture yet."""
    rows = result_of(home.manuscript.document, home.manuscript.text).rows
    return next(row for row in rows if row.id == id and row.shape.type is info)


def _read(element: Element, name: str, given: Any) -> Any:
    """A value as it would be read from a file."""
    field = element.info.fields[name]
    try:
        value = field.kind.read(given)
    except ValueError as problem:
        raise EditingError("{field!r} cannot be {value!r}", field=name, value=str(given)) from problem
    return None if value == () or value == {} else value


def _written(home: _Home, field: FieldInfo, value: Any) -> list[Splice]:
    """The splices that give a field a value; None takes it away, or leaves it blank where it is not written."""
    manuscript, element = home.manuscript, home.element
    at = next((one for one in element.value.entries if _key(one) in field.spellings), None)
    written = None if value is None else value_as_written(field.kind, value, home.language)
    if manuscript.is_shared(element.value) or element.value.kind == "alias":
        raise EditingError(
            "{path} is not edited: {id!r} is shared by an anchor", path=manuscript.path, id=_key(element)
        )
    if at is None:
        order = section_called(_key(home.section)).order  # type: ignore[union-attr]
        names = {spelling: number for number, name in enumerate(order) for spelling in _spellings(home, name)}
        place = order.index(field.name)
        before = [one for one in element.value.entries if names.get(_key(one), -1) < place]
        return manuscript.add_pair(
            element.value, name_of(field, home.language), written, after=before[-1] if before else None
        )
    if written is None:
        return manuscript.remove(at) if len(element.value.entries) > 1 else manuscript.blank(at.value)
    return manuscript.write_value(at.value, written)


def _spellings(home: _Home, name: str) -> tuple[str, ...]:
    info = section_called(_key(home.section))
    return info.fields[name].spellings if info is not None else ()


def _joined(splices: Iterable[Splice]) -> list[Splice]:
    """Splices of which no two begin at one place: what is inserted there twice is inserted together."""
    found: dict[int, Splice] = {}
    for splice in splices:
        known = found.get(splice.start)
        if known is None or splice == known:
            found[splice.start] = splice
        else:
            found[splice.start] = Splice(splice.start, max(known.end, splice.end), known.text + splice.text)
    return list(found.values())


def _rows(architecture: Architecture, paths: set[str], renaming: Renaming | None) -> list[object]:
    """What the elements of some files say, in the order of their ids."""
    found = []
    for member in architecture.members:
        for file in member.files:
            if file.path in paths:
                rows = (
                    (row if renaming is None else renaming.of_row(row, member.manifest.agency)) for row in file.rows
                )
                found += [(row.id, row.shape.type.section, _values(row), set(row.unknown)) for row in rows]
    return [*sorted(found, key=lambda one: one[:2])]


def _outline(architecture: Architecture) -> object:
    """How much there is of everything that a slip would change."""
    codes = Counter(one.code for one in architecture.findings if one.code != linking.UNUSED_DEFAULT.code)
    files = [file for member in architecture.members for file in member.files]
    rules = Counter((rule.id, rule.sound) for file in files for rule in file.own_rules)
    views = Counter(id for file in files for id in file.views)
    return len(architecture), architecture.link_count, codes, rules, views
