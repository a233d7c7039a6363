"""States of an architecture: a folder as it is now, or a repository at a revision of git.

What two states share is read once: a file is known by the bytes it holds.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from spbe_arch.cache import blocks_of, digest_of
from spbe_arch.collecting import collector_held
from spbe_arch.errors import ModelNotFoundError, RevisionError
from spbe_arch.files import files_among
from spbe_arch.loader import load_texts, read_file
from spbe_arch.loading import find_root, load
from spbe_arch.manifest import MANIFEST, read_manifest
from spbe_arch.nodes import Limits, read
from spbe_arch.packing import UnusablePackError
from spbe_arch.revisions import read_blobs, tree_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache
    from spbe_arch.records import FileResult

__all__ = ["Reader", "is_folder", "read_state"]

_LIMITS = Limits()


def is_folder(name: str) -> bool:
    """Whether a name means a folder with a model, not a revision."""
    return (Path(name) / MANIFEST).is_file()


class Reader:
    """Reads states of one repository; remembers what it has read, and makes a state of the last one.

    Args:
        root: the folder of the repository.
        workers: processes that read the files of a folder.
        cache: of the repository; what large models say is kept there, if there is one.
    """

    def __init__(self, root: Path, *, workers: int = 1, cache: Cache | None = None) -> None:
        self._root = root
        self._workers = workers
        self._cache = cache
        self._known: dict[tuple[str, str], FileResult] = {}
        """What was read, by path and blob."""
        self._last: Architecture | None = None
        self._files: WeakKeyDictionary[Architecture, str] = WeakKeyDictionary()
        self._is_large = False
        """Whether digests are needed, since something of the model is kept."""

    def now(self) -> Architecture:
        """The state in the folder.

        Raises:
            ModelNotFoundError: if there is no model.
        """
        self._last = load(self._root, workers=self._workers, cache=self._cache or False, before=self._last)
        return self._last

    def at(self, revision: str) -> Architecture:
        """The state at a revision of git.

        Raises:
            RevisionError: if there is none, or a member is a submodule then.
            ModelNotFoundError: if there was no model then.
        """
        tree = tree_at(self._root, revision)
        blobs = {blob.path: blob.id for blob in tree.blobs}
        if MANIFEST not in blobs:
            raise ModelNotFoundError(
                "there is no {manifest} at revision {revision!r}", manifest=MANIFEST, revision=revision
            )
        ids = {path: id for path, id in blobs.items() if path.rpartition("/")[2] == MANIFEST}
        texts = read_blobs(self._root, sorted(set(ids.values())), _LIMITS.bytes)
        manifests = {path: texts[id] for path, id in ids.items()}
        found, folders = _survey(blobs, manifests)
        for folder in folders:
            if not tree.submodules.isdisjoint(_above(folder)):
                raise RevisionError(
                    "{folder} is a submodule of git, which cannot be read at revision {revision!r}: check out both"
                    " states, each in a folder of its own with its submodules, and compare the folders",
                    folder=folder,
                    revision=revision,
                )
        wanted = {path: blobs[path] for path in found if path not in manifests}
        with collector_held():
            self._read({path: id for path, id in wanted.items() if (path, id) not in self._known})
        results = {path: self._known[path, id] for path, id in wanted.items()}
        pairs: list[tuple[str, str | bytes]] = [(path, "") for path in results]
        pairs += [(path, manifests[path]) for path in found if path in manifests]
        made = load_texts(pairs, results=results, before=self._last)
        self._last = made.with_texts(_Blobs(self._root, {path: blobs[path] for path in found}))
        if self._is_large:
            self._files[self._last] = digest_of(json.dumps(sorted(blobs.items())).encode())
        return self._last

    def files_of(self, state: Architecture) -> str:
        """What stands for all files of a state of a large model that was read here; empty if nothing does.

        Two states with one answer hold the same files.
        """
        return self._files.get(state, "")

    def _read(self, blobs: dict[str, str]) -> None:
        """Read some files, by path and blob; of many, those that the cache has are taken from there."""
        kept = _Kept(self._cache) if self._cache is not None and len(blobs) >= _MANY else None
        self._is_large = self._is_large or kept is not None
        known = kept.results(blobs) if kept is not None else {}
        self._known.update(((path, blobs[path]), result) for path, result in known.items())
        missing = {path: id for path, id in blobs.items() if path not in known}
        texts = read_blobs(self._root, sorted(set(missing.values())), _LIMITS.bytes)
        fresh = {}
        for path, id in missing.items():
            fresh[path] = self._known[path, id] = read_file(path, texts[id], _LIMITS)
            if self._is_large:
                fresh[path].digest = digest_of(texts[id])
        if kept is not None:
            kept.keep(blobs, known | fresh, fresh.values())


_MANY = 100
"""Files of a state from which on looking into the cache is sooner than reading them."""
_BLOBS = "blobs"


class _Kept:
    """What the cache has of objects of git: it knows results by the digests of texts, not by blobs."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        digests = cache.plain(_BLOBS)
        self._digests: dict[str, str] = digests if isinstance(digests, dict) else {}

    def results(self, blobs: dict[str, str]) -> dict[str, FileResult]:
        """What is known, by path."""
        known = {path: self._digests[id] for path, id in blobs.items() if id in self._digests}
        return self._cache.results({path: digest for path, digest in known.items() if type(digest) is str})

    def keep(self, blobs: dict[str, str], results: dict[str, FileResult], fresh: Iterable[FileResult]) -> None:
        """Keep what is new, and which digest goes with which blob."""
        self._cache.keep_at_hand(results.values())
        new = [result for result in fresh if result.digest and not result.own_rules]
        try:
            self._cache.keep_results(blocks_of(new))
        except UnusablePackError:  # a value that nobody knows how to keep; all is read again
            return
        digests = {blobs[path]: result.digest for path, result in results.items() if result.digest}
        if not digests.items() <= self._digests.items():
            self._cache.keep_plain(_BLOBS, digests)


class _Blobs(dict[str, "str | bytes"]):
    """The texts of a revision by path, read when a finding is shown."""

    def __init__(self, root: Path, ids: dict[str, str]) -> None:
        super().__init__(dict.fromkeys(ids, b""))
        self._root = root
        self._ids = ids

    def __getitem__(self, path: str) -> str | bytes:
        id = self._ids[path]
        return read_blobs(self._root, [id], _LIMITS.bytes)[id]


def _above(folder: str) -> list[str]:
    """A folder and those above it, up to that of the model."""
    parts = folder.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _survey(blobs: dict[str, str], manifests: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """The manifests and files of the model among the files of a revision, members' included.

    And the folders of members that have no manifest there.
    """
    found: dict[str, None] = {}
    lacking: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop(0)
        path = folder + MANIFEST
        if path not in manifests:
            lacking.append(folder.rstrip("/"))
        if path in found or path not in manifests:
            continue
        found[path] = None
        manifest = read_manifest(read(path, manifests[path], _LIMITS))
        found.update(dict.fromkeys(files_among(blobs, folder, MANIFEST, manifest.exclude)))
        for member in manifest.members:
            inside = os.path.normpath(folder + member.replace("\\", "/")).replace("\\", "/")
            if not inside.startswith(".."):
                waiting.append(inside + "/")
    return sorted(found), lacking


def read_state(reader: Reader, name: str | None) -> Architecture:
    """The state that a name means: a folder with a model, a revision, or, without a name, the folder as it is now.

    Raises:
        RevisionError: if it is neither.
        ModelNotFoundError: if there is no model.
    """
    if name is None:
        return reader.now()
    return load(find_root(name)) if is_folder(name) else reader.at(name)
