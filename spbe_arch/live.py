"""An architecture repository while somebody edits it: the files of the disk under the texts of the editor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import is_
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.catalogue import declared, linking
from spbe_arch.checking import check
from spbe_arch.files import UnreadableFileError, read_within
from spbe_arch.interrupting import NobodyWaitsError, as_long_as, step
from spbe_arch.loader import load_texts, read_file
from spbe_arch.loading import manifest_texts, read_all, read_one, survey
from spbe_arch.manifest import MANIFEST, read_manifest
from spbe_arch.messages import Teller, pick_language
from spbe_arch.nodes import Limits, read
from spbe_arch.remembering import Memory
from spbe_arch.replacing import follows
from spbe_arch.rules import Each, all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings
    from spbe_arch.findings import Fault, Finding
    from spbe_arch.messages import Told
    from spbe_arch.nodes import Document
    from spbe_arch.records import FileResult

__all__ = ["Repository", "lines_of"]

_LARGE = 5_000
"""Elements from which on a check may take longer than somebody who types waits."""
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their breaks, as an editor counts them."""
    return _LINE_BREAK.split(text)


class Repository:
    """One repository, from its root; paths are relative to that, with forward slashes."""

    def __init__(self, root: Path, language: str = "") -> None:
        self.root = root
        self._asked = language
        self._opened: dict[str, str] = {}
        self._files: dict[str, FileResult] = {}
        """What each file of the model says, in the order of paths."""
        self._whole: dict[str, FileResult] = {}
        """The last result of each file that could be read to its end."""
        self._told: dict[str, _Said] = {}
        self._documents: dict[str, Document] = {}
        """Texts that were read for the places of findings, as long as they do not change."""
        self._limits = Limits()
        self._whole_state, self._broken_state = _State(), _State()
        self._examining = Lock()
        self._edits = 0
        """How often something has changed; what was begun before the last change is not wanted any more."""
        self._changing = Lock()
        self.texts: Mapping[str, str | bytes] = _Texts(self)
        """The texts of the files, those of the editor before those of the disk."""
        self._checked: Findings | None = None
        """What the last check found."""
        self._manifests_read: list[tuple[str, str | bytes]] = []
        """The manifests of the disk, by path."""
        self._unreadable: list[Fault] = []
        """What is wrong with those that cannot be read."""
        self._stamps: dict[str, tuple[int, int]] = {}
        self.rescan()
        self._stamps = self._stamps_now()

    # --- what changes ----------------------------------------------------------------------------------------

    def write(self, path: str, text: str) -> None:
        """What the editor holds of a file, saved or not; what no file can hold is a question mark."""
        self._opened[path] = text.encode("utf-8", "replace").decode("utf-8")
        self._read(path)

    def close(self, path: str) -> None:
        """The editor has let go of a file: what is on the disk counts again."""
        if self._opened.pop(path, None) is not None:
            self._read(path)

    def rescan(self) -> None:
        """Look for files that came or went, and read all that the editor does not hold."""
        self._manifests, paths = survey(self.root, self._limits)
        self._manifests_read, self._unreadable = manifest_texts(self.root, self._manifests, self._limits)
        held = {path: self._files[path] for path in paths if path in self._files and path in self._opened}
        self._documents.clear()
        found = read_all(self.root, [path for path in paths if path not in held], self._limits, cache=True) | held
        self._files = {path: found[path] for path in paths}
        self._whole |= {path: file for path, file in self._files.items() if file.complete}
        self._forget()

    def changed_on_disk(self, path: str) -> None:
        """Another program has written, made or removed a file."""
        if path in self._files and (self.root / path).is_file():
            if path not in self._opened:
                self._read(path)
        else:
            self.rescan()

    def changes_on_disk(self) -> list[str]:
        """Look for what other programs wrote, made or removed since the last time; the last change comes last."""
        stamps = self._stamps_now()
        changed = [path for path in {*stamps, *self._stamps} if stamps.get(path) != self._stamps.get(path)]
        came_or_went = stamps.keys() != self._stamps.keys()
        self._stamps = stamps
        if came_or_went or not self._files.keys() >= set(changed):
            self.rescan()
        else:
            for path in changed:
                self._read(path)
        return sorted(changed, key=lambda path: (stamps.get(path, (0, 0)), path))

    def _stamps_now(self) -> dict[str, tuple[int, int]]:
        """When each file was written, and how long it is."""
        manifests, paths = survey(self.root, self._limits)
        found = {}
        for path in (*manifests, *paths):
            try:
                about = (self.root / path).stat()
            except OSError:
                continue  # it has gone since, and will be missed the next time
            found[path] = (about.st_mtime_ns, about.st_size)
        return found

    def _read(self, path: str) -> None:
        self._documents.pop(path, None)
        if path in self._files:
            opened = self._opened.get(path)
            found = read_one(self.root, path, self._limits) if opened is None else read_file(path, opened, self._limits)
            self._files[path] = found
            if found.complete:
                self._whole[path] = found
        self._forget()

    def _on_disk(self, path: str) -> bytes:
        return read_within(self.root, path, self._limits.bytes)

    def _forget(self) -> None:
        """Once something has changed: what was made of it before is true no more."""
        with self._changing:
            self._edits += 1
            for name in ("architecture", "_known", "findings", "is_large", "is_whole", "language"):
                self.__dict__.pop(name, None)

    # --- what is there ---------------------------------------------------------------------------------------

    def text(self, path: str) -> str:
        """The text of a file as it is now; empty if it cannot be read."""
        if path in self._opened:
            return self._opened[path]
        try:
            return self._on_disk(path).decode("utf-8", "replace")
        except UnreadableFileError:
            return ""

    def holds(self, path: str) -> bool:
        """Whether a file is one of the model, or a manifest."""
        return path in self._files or path in self._manifests

    def says(self, file: FileResult) -> bool:
        """Whether a file still says what it did, to its end."""
        return file.complete and self._files.get(file.path) is file

    def paths(self) -> Iterator[str]:
        """Of all files of the model, the manifests among them."""
        yield from self._manifests
        yield from self._files

    @cached_property
    def architecture(self) -> Architecture:
        """The architecture as the texts describe it now."""
        return self._made_of(self._files)

    @property
    def known(self) -> Architecture:
        """What is known of the model while somebody types, for whoever is asked about it.

        That is the architecture with the last whole state of files that cannot be read just now; in a large model,
        right after an edit, as it was before, for it is made again a moment later.
        """
        last = self._whole_state.architecture
        if self.is_large and self.is_whole and last is not None and "architecture" not in self.__dict__:
            return last
        return self._known

    @cached_property
    def _known(self) -> Architecture:
        files = self._files.items()
        return self._made_of({path: file if file.complete else self._whole.get(path, file) for path, file in files})

    def _made_of(self, files: Mapping[str, FileResult]) -> Architecture:
        """The architecture of some results; of the last one that is like it as much as is still true."""
        state = self._state_of(files)
        manifests, unreadable = self._manifest_texts(), self._unreadable
        basis = (dict(files), manifests, unreadable)
        last, of_last = state.made
        if last is not None and of_last == basis:
            return last
        pairs: list[tuple[str, str | bytes]] = [(path, "") for path in files]
        texts = [*pairs, *manifests]
        before = last or self._whole_state.architecture
        made = load_texts(texts, limits=self._limits, results=files, faults=unreadable, before=before)
        made = made.with_texts(self.texts)
        state.made = made, basis
        return made

    def _manifest_texts(self) -> list[tuple[str, str | bytes]]:
        """The manifests that can be read, as they are now."""
        return [(path, self._opened.get(path, text)) for path, text in self._manifests_read]

    def _state_of(self, files: Mapping[str, FileResult]) -> _State:
        return self._whole_state if all(file.complete for file in files.values()) else self._broken_state

    @cached_property
    def findings(self) -> Findings:
        """What a check finds now."""
        architecture = self.architecture
        with self._examining:
            return check(architecture, memory=self._state_of(self._files).memory)

    @cached_property
    def is_large(self) -> bool:
        """Whether a check may take so long that nobody should wait for it while typing."""
        return sum(len(file.rows) for file in self._files.values()) > _LARGE

    @cached_property
    def is_whole(self) -> bool:
        """Whether every file can be read to its end."""
        return self._state_of(self._files) is self._whole_state

    def examine(self) -> bool:
        """Check the state of now, in another thread; whether it is still that when it is done.

        A change breaks it off.
        """
        edits, files = self._edits, self._files.copy()
        with self._examining, as_long_as(lambda: self._edits == edits):
            try:
                step()
                architecture = self._made_of(files)
                findings = check(architecture, memory=self._state_of(files).memory)
            except NobodyWaitsError:
                return False
        with self._changing:
            if self._edits == edits:
                self.architecture, self.findings = architecture, findings
            return self._edits == edits

    @property
    def latest(self) -> Findings:
        """What a check finds now or, in a large model that has changed, what the last one found."""
        if "findings" not in self.__dict__ and self._checked is not None and self.is_large:
            return self._checked
        return self.findings

    def told_soon(self, path: str) -> list[Told]:
        """The findings of a file in words: in a large model that has changed, what can be known in no time.

        That is what reading finds and the rules about single elements; of all others, what they found in the file
        the last time, if the element is still there. Where much follows from an edit, rules and links count as others.
        """
        if "findings" in self.__dict__ or not self.is_large:
            return self.told().get(path, [])
        file = self._files.get(path)
        if self._checked is not None and file is not None and self._follows_much(file):
            return self._told_alone(file, self._checked)
        architecture = self.architecture
        found = [one for one in check(architecture, path=path) if one.place.path == path and _is_seen(one)]
        before = (one for one in self._checked or () if one.place.path == path and not _is_seen(one))
        found += (one for one in before if one.place.element is None or architecture.at_place(one.place) is not None)
        return Teller(architecture, self.language, documents=self._documents).tell(found)

    def _follows_much(self, file: FileResult) -> bool:
        """Whether the architecture with a file as it is now takes its time to make."""
        before = self._state_of(self._files).architecture
        return not file.complete or (before is not None and not follows(before, file))

    def _told_alone(self, file: FileResult, checked: Findings) -> list[Told]:
        """What a file shows by itself, and of all else what the last check found at elements that it still has."""
        above = [(one, text) for one, text in self._manifest_texts() if _is_above(one, file.path)]
        alone = load_texts([(file.path, ""), *above], limits=self._limits, results={file.path: file})
        shown = {(fault.code, fault.place) for fault in file.faults}
        found = [one for one in check(alone, path=file.path) if (one.code, one.place) in shown]
        old = next((one for one, _ in checked.architecture.stretches() if one.path == file.path), None)
        gone = {(fault.code, fault.place) for fault in old.faults} if old is not None else set()
        there = {(row.shape.type.section, row.id) for row in file.rows}
        before = (one for one in checked if one.place.path == file.path and (one.code, one.place) not in gone)
        found += (one for one in before if (one.place.section, one.place.element) in there)
        return Teller(checked.architecture, self.language, documents=self._documents).tell(found)

    @cached_property
    def language(self) -> str:
        """Of messages and help."""
        manifest = read_manifest(read(MANIFEST, self.text(MANIFEST), self._limits))
        return pick_language(self._asked or None, manifest.language)

    def told(self) -> dict[str, list[Told]]:
        """The findings in words, by path; files without any are not there."""
        by_path: dict[str, list[Finding]] = defaultdict(list)
        self._checked = self.findings
        for one in self.findings:
            by_path[one.place.path].append(one)
        teller = Teller(self.architecture, self.language, documents=self._documents)
        self._told = {path: self._words(teller, path, found) for path, found in by_path.items()}
        return {path: said.told for path, said in self._told.items()}

    def _words(self, teller: Teller, path: str, found: list[Finding]) -> _Said:
        """The words of the findings of a file; those of before, if nothing that they speak of has changed."""
        named = {path, *(related.place.path for one in found for related in one.fault.related)}
        named |= {near.place.path for one in found if (near := one.fault.suggestion) and near.place}
        files = [self._files.get(one) for one in sorted(named)]
        before = self._told.get(path)
        if before and None not in files and before.rests_on(self.language, found, files):
            return before
        return _Said(self.language, found, files, teller.tell(found))


def _is_above(manifest: str, path: str) -> bool:
    """Whether a manifest is one of those whose settings hold for a file."""
    return path.startswith(manifest.removesuffix(MANIFEST))


def _is_seen(finding: Finding) -> bool:
    """Whether a finding follows from its file, and from where its links lead."""
    if finding.code == linking.UNUSED_SUPPRESSION.code:
        return False
    rule = all_rules().get(finding.code)
    return finding.code in declared() if rule is None else isinstance(rule.scope, Each)


@dataclass(slots=True)
class _State:
    """What is known of the last state of a kind: of the last that was whole, or of the last that was not.

    While somebody types, the two take turns, and each is like the one of its kind.
    """

    memory: Memory = field(default_factory=Memory)
    """What a check found then."""
    made: tuple[Architecture | None, tuple[object, ...]] = (None, ())
    """The architecture with what it was made of, at once: another thread may ask while a new one is put there."""

    @property
    def architecture(self) -> Architecture | None:
        return self.made[0]


class _Said(NamedTuple):
    """The findings of a file in words, with what they rest on."""

    language: str
    findings: list[Finding]
    files: list[FileResult | None]
    told: list[Told]

    def rests_on(self, language: str, findings: list[Finding], files: list[FileResult | None]) -> bool:
        same = len(files) == len(self.files) and all(map(is_, files, self.files))
        return same and (language, findings) == (self.language, self.findings)


class _Texts(Mapping[str, "str | bytes"]):
    """The texts of a repository, read when they are asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def __getitem__(self, path: str) -> str | bytes:
        if not self._repository.holds(path):
            raise KeyError(path)
        return self._repository.text(path)

    def __iter__(self) -> Iterator[str]:
        return self._repository.paths()

    def __len__(self) -> int:
        return sum(1 for _ in self._repository.paths())
