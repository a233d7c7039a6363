"""Folders → architecture: finds the manifest and the files of a repository and hands their texts to the loader."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from spbe_arch.catalogue import reading
from spbe_arch.errors import ModelNotFoundError
from spbe_arch.files import UnreadableFileError, find_files, find_up, holds, read_within
from spbe_arch.findings import Fault, Place, Region, Term
from spbe_arch.loader import collector_held, load_texts, read_file
from spbe_arch.manifest import MANIFEST, Manifest, read_manifest
from spbe_arch.nodes import Limits, read
from spbe_arch.records import FileResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture

__all__ = ["Texts", "find_root", "load", "manifest_above", "manifest_texts", "own_texts", "survey"]

_SMALL = 2_000_000
"""Bytes of a model below which a second process costs more than it saves."""


class Texts(Mapping[str, bytes]):
    """The texts of a repository by path, read again when a finding is shown; nothing is kept in memory."""

    def __init__(self, root: Path, paths: Iterable[str], limits: Limits) -> None:
        self.root = root
        self._paths = tuple(paths)
        self._limits = limits

    def __getitem__(self, path: str) -> bytes:
        try:
            return read_within(self.root, path, self._limits.bytes)
        except UnreadableFileError as error:
            raise KeyError(path) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def find_root(path: str | os.PathLike[str] = ".") -> Path:
    """The folder of the architecture repository that a path lies in: the nearest at or above it with a manifest.

    Raises:
        ModelNotFoundError: if there is no such path, or no manifest at or above it.
    """
    start = Path(path)
    if not start.exists():
        raise ModelNotFoundError("{path} does not exist", path=start)
    root = find_up(start if start.is_dir() else start.parent, MANIFEST)
    if root is None:
        raise ModelNotFoundError(
            "there is no {manifest} in {path} or above it, so no model",
            manifest=MANIFEST,
            path=start,
        )
    return root


def load(
    path: str | os.PathLike[str] = ".",
    *,
    workers: int = 1,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Callable[[int, int], None] | None = None,
) -> Architecture:
    """The architecture of the repository that a path lies in, with the findings of reading and linking.

    Nothing in the repository is executed, nothing outside it is read, nothing is written.

    Args:
        path: the repository, or a folder or file in it.
        workers: processes that read files; more than one needs a script guarded by `if __name__ == "__main__"`.
        limits: bounds on each file.
        progress: told how many files have been read, of how many, while a large model is read.

    Raises:
        ModelNotFoundError: if there is no such path, or no manifest at or above it.

    >>> architecture = load("models/kab-bekasi")
    >>> architecture.applications["bebunge"].supports[0].name
    'Portal Layanan Publik Bebunge'
    """
    root = find_root(path)
    manifests, paths = survey(root, limits)
    texts = Texts(root, (*manifests, *paths), limits)
    with collector_held():
        found = _read_all(root, paths, limits, workers, progress)
    pairs: list[tuple[str, str | bytes]] = [(path, "") for path in found]
    of_manifests, unreadable = manifest_texts(root, manifests, limits)
    architecture = load_texts([*pairs, *of_manifests], limits=limits, results=found, faults=unreadable)
    return architecture.with_texts(texts)


def manifest_above(path: str | os.PathLike[str] = ".") -> Manifest | None:
    """The manifest of the repository that a path lies in; None if there is none. Nothing else is read."""
    root = find_up(Path(path), MANIFEST)
    return _peek(root, MANIFEST, Limits()) if root is not None else None


def own_texts(
    path: str | os.PathLike[str] = ".",
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The texts of a repository by path, its manifest first and none of its members'; and why others cannot be read.

    Raises:
        ModelNotFoundError: if there is no such path, or no manifest at or above it.
    """
    root = find_root(path)
    manifest = _peek(root, MANIFEST, limits)
    members = tuple(os.path.normpath(member.replace("\\", "/")).replace("\\", "/") + "/" for member in manifest.members)
    texts: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    for file in (MANIFEST, *find_files(root, MANIFEST, (*manifest.exclude, *manifest.tables))):
        try:
            if not file.startswith(members):
                texts[file] = read_within(root, file, limits.bytes)
        except UnreadableFileError as error:
            unreadable[file] = str(error)
    return texts, unreadable


def survey(root: Path, limits: Limits) -> tuple[list[str], list[str]]:
    """The paths of the manifests and of the other files, members' included."""
    manifests: list[str] = []
    paths: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop(0)
        if folder + MANIFEST in manifests:
            continue
        manifests.append(folder + MANIFEST)
        manifest = _peek(root, folder + MANIFEST, limits)
        paths += (folder + path for path in find_files(root / folder, MANIFEST, (*manifest.exclude, *manifest.tables)))
        for member in manifest.members:
            inside = os.path.normpath(folder + member.replace("\\", "/")).replace("\\", "/")
            if not inside.startswith("..") and holds(root, inside, MANIFEST):
                waiting.append(inside + "/")
    return manifests, sorted(set(paths))


def _peek(root: Path, path: str, limits: Limits) -> Manifest:
    try:
        return read_manifest(read(path, read_within(root, path, limits.bytes), limits))
    except UnreadableFileError:
        return Manifest(path)


def manifest_texts(
    root: Path, manifests: list[str], limits: Limits
) -> tuple[list[tuple[str, str | bytes]], list[Fault]]:
    """The texts of the manifests by path, and a fault for each that cannot be read."""
    texts: list[tuple[str, str | bytes]] = []
    faults: list[Fault] = []
    for path in manifests:
        try:
            data = read_within(root, path, limits.bytes)
        except UnreadableFileError as error:
            place = Place(path, Region(1, 1, 1, 2))
            faults.append(reading.UNREADABLE_FILE.fault(place, {"reason": Term("noun", str(error))}))
            continue
        texts.append((path, data))
    return texts, faults


def _read_all(
    root: Path, paths: list[str], limits: Limits, workers: int, progress: Callable[[int, int], None] | None
) -> dict[str, FileResult]:
    if len(paths) < 2 or _size(root, paths) <= _SMALL:
        return {path: _read_one(root, path, limits) for path in paths}
    if workers > 1:
        batches = _read_in_processes(root, paths, limits, workers)
    else:
        batches = ([_read_one(root, path, limits)] for path in paths)
    found: dict[str, FileResult] = {}
    for batch in batches:
        found.update((result.path, result) for result in batch)
        if progress is not None:
            progress(len(found), len(paths))
    return found


def _size(root: Path, paths: list[str]) -> int:
    return sum((root / path).stat().st_size for path in paths if (root / path).is_file())


def _read_one(root: Path, path: str, limits: Limits) -> FileResult:
    try:
        data = read_within(root, path, limits.bytes)
    except UnreadableFileError as error:
        place = Place(path, Region(1, 1, 1, 2))
        fault = reading.UNREADABLE_FILE.fault(place, {"reason": Term("noun", str(error))})
        return FileResult(path, faults=[fault], complete=False)
    return read_file(path, data, limits)


def _read_in_processes(root: Path, paths: list[str], limits: Limits, workers: int) -> Iterator[list[FileResult]]:
    """Files are handed out in batches; results come back in the order of the paths."""
    from concurrent.futures import ProcessPoolExecutor

    size = max(1, len(paths) // (workers * 16))
    batches = [paths[start : start + size] for start in range(0, len(paths), size)]
    pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent)
    try:
        jobs = [pool.submit(_read_batch, root, some, limits) for some in batches]
        for job in jobs:
            yield job.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)  # whoever interrupts does not want to wait
        raise
    pool.shutdown()  # to leave it to the end of Python, which may find it half closed, prints a traceback now and then


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; a worker would answer it with a traceback."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_batch(root: Path, paths: list[str], limits: Limits) -> list[FileResult]:
    import gc

    gc.disable()  # a worker does nothing else, and dies after it
    return [_read_one(root, path, limits) for path in paths]
