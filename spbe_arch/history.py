"""States of an architecture: a folder as it is now, or a repository at a revision of git.

What two states share is read once: a file is known by the bytes it holds.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from spbe_arch.collecting import collector_held
from spbe_arch.errors import ModelNotFoundError
from spbe_arch.files import files_among
from spbe_arch.loader import load_texts, read_file
from spbe_arch.loading import find_root, load
from spbe_arch.manifest import MANIFEST, read_manifest
from spbe_arch.nodes import Limits, read
from spbe_arch.revisions import blobs_at, read_blobs

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.records import FileResult

__all__ = ["Reader", "is_folder", "read_state"]

_LIMITS = Limits()


def is_folder(name: str) -> bool:
    """Whether a name means a folder with a model, not a revision."""
    return (Path(name) / MANIFEST).is_file()


class Reader:
    """Reads states of one repository; remembers what it has read.

    Args:
        root: the folder of the repository.
        workers: processes that read the files of a folder.
    """

    def __init__(self, root: Path, *, workers: int = 1) -> None:
        self._root = root
        self._workers = workers
        self._known: dict[tuple[str, str], FileResult] = {}
        """What was read, by path and blob."""

    def now(self) -> Architecture:
        """The state in the folder.

        Raises:
            ModelNotFoundError: if there is no model.
        """
        return load(self._root, workers=self._workers)

    def at(self, revision: str) -> Architecture:
        """The state at a revision of git.

        Raises:
            RevisionError: if there is none.
            ModelNotFoundError: if there was no model then.
        """
        blobs = {blob.path: blob.id for blob in blobs_at(self._root, revision)}
        if MANIFEST not in blobs:
            raise ModelNotFoundError(
                "there is no {manifest} at revision {revision!r}", manifest=MANIFEST, revision=revision
            )
        ids = {path: id for path, id in blobs.items() if path.rpartition("/")[2] == MANIFEST}
        texts = read_blobs(self._root, sorted(set(ids.values())), _LIMITS.bytes)
        manifests = {path: texts[id] for path, id in ids.items()}
        found = _survey(blobs, manifests)
        wanted = {path: blobs[path] for path in found if path not in manifests}
        missing = sorted({id for path, id in wanted.items() if (path, id) not in self._known})
        with collector_held():
            fresh = read_blobs(self._root, missing, _LIMITS.bytes)
            for path, id in wanted.items():
                if (path, id) not in self._known:
                    self._known[path, id] = read_file(path, fresh[id], _LIMITS)
        results = {path: self._known[path, id] for path, id in wanted.items()}
        pairs: list[tuple[str, str | bytes]] = [(path, "") for path in results]
        pairs += [(path, manifests[path]) for path in found if path in manifests]
        return load_texts(pairs, results=results).with_texts(_Blobs(self._root, {path: blobs[path] for path in found}))


class _Blobs(dict[str, "str | bytes"]):
    """The texts of a revision by path, read when a finding is shown."""

    def __init__(self, root: Path, ids: dict[str, str]) -> None:
        super().__init__(dict.fromkeys(ids, b""))
        self._root = root
        self._ids = ids

    def __getitem__(self, path: str) -> str | bytes:
        id = self._ids[path]
        return read_blobs(self._root, [id], _LIMITS.bytes)[id]


def _survey(blobs: dict[str, str], manifests: dict[str, bytes]) -> list[str]:
    """The manifests and files of the model among the files of a revision, members' included."""
    found: dict[str, None] = {}
    waiting = [""]
    while waiting:
        folder = waiting.pop(0)
        path = folder + MANIFEST
        if path in found or path not in manifests:
            continue
        found[path] = None
        manifest = read_manifest(read(path, manifests[path], _LIMITS))
        found.update(dict.fromkeys(files_among(blobs, folder, MANIFEST, manifest.exclude)))
        for member in manifest.members:
            inside = os.path.normpath(folder + member.replace("\\", "/")).replace("\\", "/")
            if not inside.startswith(".."):
                waiting.append(inside + "/")
    return sorted(found)


def read_state(reader: Reader, name: str | None) -> Architecture:
    """The state that a name means: a folder with a model, a revision, or, without a name, the folder as it is now.

    Raises:
        RevisionError: if it is neither.
        ModelNotFoundError: if there is no model.
    """
    if name is None:
        return reader.now()
    return load(find_root(name)) if is_folder(name) else reader.at(name)
