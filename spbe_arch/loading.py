"""Folders → architecture: finds the manifest and the files of a repository and hands their texts to the loader."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.catalogue import reading
from spbe_arch.collecting import collector_held
from spbe_arch.errors import ModelNotFoundError
from spbe_arch.files import UnreadableFileError, find_files, find_up, holds, is_model_file, read_within, traces
from spbe_arch.findings import Fault, Place, Region, Term
from spbe_arch.loader import load_texts, read_file
from spbe_arch.manifest import MANIFEST, Manifest, read_manifest
from spbe_arch.nodes import Limits, read
from spbe_arch.records import FileResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache, Packed

__all__ = [
    "Texts",
    "find_root",
    "load",
    "manifest_above",
    "manifest_texts",
    "own_texts",
    "read_all",
    "read_one",
    "state",
    "survey",
]

T = TypeVar("T")

_NOTHING: Mapping[str, bytes] = MappingProxyType({})

_SMALL = 2_000_000
"""Bytes of a model below which a second process costs more than it saves."""
_MANY = 20_000
"""Elements that the garbage collector takes some tenths of a second to look through."""


class Texts(Mapping[str, bytes]):
    """The texts of a repository by path, read again when a finding is shown; nothing is kept in memory."""

    def __init__(
        self, root: Path, paths: Iterable[str], limits: Limits, overlay: Mapping[str, bytes] = _NOTHING
    ) -> None:
        self.root = root
        self._paths = tuple(paths)
        self._limits = limits
        self._overlay = overlay

    def __getitem__(self, path: str) -> bytes:
        if path in self._overlay:
            return self._overlay[path]
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
    cache: Cache | bool = False,
    overlay: Mapping[str, bytes] = _NOTHING,
    before: Architecture | None = None,
) -> Architecture:
    """The architecture of the repository that a path lies in, with the findings of reading and linking.

    Nothing in the repository is executed, nothing outside it is read, nothing is written but what `cache` names.

    Args:
        path: the repository, or a folder or file in it.
        workers: processes that read files; more than one needs a script guarded by `if __name__ == "__main__"`.
        limits: bounds on each file.
        progress: told how many files have been read, of how many, while a large model is read.
        cache: whether a large model is read from what earlier calls have kept in the user's cache folder, or that of
            one; nothing is kept unless it is asked for.
        overlay: texts that stand in place of files, by path from the root, as an editor has them; there need not be
            such a file yet.
        before: the architecture that it was before some files changed; with a cache, the rest is taken from there.

    Raises:
        ModelNotFoundError: if there is no such path, or no manifest at or above it.

    >>> architecture = load("models/kab-bekasi")
    >>> architecture.applications["bebunge"].supports[0].name
    'Portal Layanan Publik Bebunge'
    """
    root = find_root(path)
    manifests, paths = survey(root, limits, overlay)
    on_disk = [path for path in paths if path not in overlay]
    with collector_held():
        found = read_all(root, on_disk, limits, workers=workers, progress=progress, cache=cache)
        found |= {path: read_file(path, overlay[path], limits) for path in paths if path in overlay}
    pairs: list[tuple[str, str | bytes]] = [(path, "") for path in found]
    of_manifests, unreadable = manifest_texts(root, manifests, limits, overlay)
    architecture = load_texts([*pairs, *of_manifests], limits=limits, results=found, faults=unreadable, before=before)
    if len(architecture) > _MANY and gc.isenabled():
        gc.collect()  # what was put off while reading; else the first question would pay for it
    parts = {*manifests, *paths, *_tables(root, limits, overlay)} if overlay else set()
    ours = {path: text for path, text in overlay.items() if path in parts}
    return architecture.with_texts(Texts(root, (*manifests, *paths), limits, ours))


def _cache(root: Path, limits: Limits) -> Cache:
    from spbe_arch.cache import Cache

    return Cache(root, limits)


def state(path: str | os.PathLike[str]) -> dict[str, object]:
    """What the system says of the manifests and files of a repository now; it differs after a change of any.

    Raises:
        ModelNotFoundError: if there is no such path, or no manifest at or above it.
    """
    root = find_root(path)
    manifests, paths = survey(root, Limits())
    return {one: traces(root / one) for one in (*manifests, *paths, *_tables(root, Limits()))}


def _tables(root: Path, limits: Limits, overlay: Mapping[str, bytes] = _NOTHING) -> list[str]:
    """The files that the settings of a repository name in the place of tables of the package."""
    named = _peek(root, MANIFEST, limits, overlay).tables
    return [os.path.normpath(path.replace("\\", "/")).replace("\\", "/") for path in named]


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


def survey(root: Path, limits: Limits, overlay: Mapping[str, bytes] = _NOTHING) -> tuple[list[str], list[str]]:
    """The paths of the manifests and of the other files, members' included, and those that stand in an overlay."""
    manifests: dict[str, Manifest] = {}
    paths: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop(0)
        if folder in manifests:
            continue
        manifest = manifests[folder] = _peek(root, folder + MANIFEST, limits, overlay)
        paths += (folder + path for path in find_files(root / folder, MANIFEST, (*manifest.exclude, *manifest.tables)))
        for member in manifest.members:
            inside = os.path.normpath(folder + member.replace("\\", "/")).replace("\\", "/")
            if not inside.startswith("..") and holds(root, inside, MANIFEST):
                waiting.append(inside + "/")
    paths += (path for path in overlay if _is_part(root, path, manifests))
    return [folder + MANIFEST for folder in manifests], sorted(set(paths))


def _is_part(root: Path, path: str, manifests: Mapping[str, Manifest]) -> bool:
    """Whether a file that need not be there would be part of the model: of the agency whose manifest is the nearest."""
    nearest = find_up(root / path, MANIFEST)
    folder = "" if nearest is None else os.path.relpath(nearest, root.absolute()).replace(os.sep, "/") + "/"
    folder = "" if folder == "./" else folder
    if folder not in manifests or path == folder + MANIFEST:
        return False
    above = manifests[folder]
    return is_model_file(path.removeprefix(folder), (*above.exclude, *above.tables))


def _peek(root: Path, path: str, limits: Limits, overlay: Mapping[str, bytes] = _NOTHING) -> Manifest:
    try:
        text = overlay[path] if path in overlay else read_within(root, path, limits.bytes)
    except UnreadableFileError:
        return Manifest(path)
    return read_manifest(read(path, text, limits))


def manifest_texts(
    root: Path, manifests: list[str], limits: Limits, overlay: Mapping[str, bytes] = _NOTHING
) -> tuple[list[tuple[str, str | bytes]], list[Fault]]:
    """The texts of the manifests by path, and a fault for each that cannot be read."""
    texts: list[tuple[str, str | bytes]] = []
    faults: list[Fault] = []
    for path in manifests:
        try:
            data = overlay[path] if path in overlay else read_within(root, path, limits.bytes)
        except UnreadableFileError as error:
            place = Place(path, Region(1, 1, 1, 2))
            faults.append(reading.UNREADABLE_FILE.fault(place, {"reason": Term("noun", str(error))}))
            continue
        texts.append((path, data))
    return texts, faults


def read_all(
    root: Path,
    paths: list[str],
    limits: Limits,
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cache: Cache | bool = False,
) -> dict[str, FileResult]:
    """What some files of a repository say, by path; the arguments are those of `load`."""
    if _is_small(root, paths):
        return {path: read_one(root, path, limits) for path in paths}
    kept = _cache(root, limits) if cache is True else cache
    if kept and kept.is_usable:
        return _read_with_cache(root, paths, limits, workers, progress, kept)
    found: dict[str, FileResult] = {}
    for batch in _batches(_read_batch, root, paths, limits, workers):
        found.update((result.path, result) for result in batch)
        if progress is not None:
            progress(len(found), len(paths))
    return found


def _read_with_cache(
    root: Path,
    paths: list[str],
    limits: Limits,
    workers: int,
    progress: Callable[[int, int], None] | None,
    cache: Cache,
) -> dict[str, FileResult]:
    """What is kept of the files as they are now, and what had to be read; that is kept from now on."""
    from spbe_arch.cache import unpacked

    began = time.time_ns()
    signatures = cache.signatures(paths)
    found = {} if cache.is_empty else cache.results(cache.digests(paths, signatures))
    missing = [path for path in paths if path not in found]
    fresh = []
    if _is_small(root, missing):
        workers = 1
    for batch in _batches(_read_batch_packed, root, missing, limits, workers):
        results = batch.others
        if batch.packed.digests:
            results += unpacked(batch.packed, batch.paths)
            fresh.append(batch.packed)
        found.update((result.path, result) for result in results)
        if progress is not None:
            progress(len(found), len(paths))
    cache.keep_results(fresh)
    cache.keep_at_hand(found.values())
    cache.keep_digests(signatures, {path: result.digest for path, result in found.items() if result.digest}, began)
    return found


def _is_small(root: Path, paths: list[str]) -> bool:
    """Whether some files are so few and small that more than reading them does not pay."""
    left = _SMALL
    for path in paths if len(paths) > 1 else ():
        about = traces(root / path)
        left -= about.size if about else 0
        if left < 0:
            return False
    return True


def read_one(root: Path, path: str, limits: Limits, *, digested: bool = False) -> FileResult:
    """What one file of a repository says; that it cannot be read, if it cannot."""
    try:
        data = read_within(root, path, limits.bytes)
    except UnreadableFileError as error:
        place = Place(path, Region(1, 1, 1, 2))
        fault = reading.UNREADABLE_FILE.fault(place, {"reason": Term("noun", str(error))})
        return FileResult(path, faults=[fault], complete=False)
    result = read_file(path, data, limits)
    if digested:
        from spbe_arch.cache import digest_of

        result.digest = digest_of(data)
    return result


def _batches(read: Callable[..., T], root: Path, paths: list[str], limits: Limits, workers: int) -> Iterator[T]:
    """What is read of the files, batch by batch, in the order of the paths; by some processes, or by this one."""
    size = max(1, min(100, len(paths) // (workers * 16)))
    batches = [paths[start : start + size] for start in range(0, len(paths), size)]
    if workers == 1:
        yield from (read(root, some, limits) for some in batches)
        return
    from spbe_arch.workers import pool

    with pool(workers, gc.disable) as readers:  # a worker does nothing else, and dies after it
        jobs = [readers.submit(read, root, some, limits) for some in batches]
        for job in jobs:
            yield job.result()


def _read_batch(root: Path, paths: list[str], limits: Limits) -> list[FileResult]:
    return [read_one(root, path, limits) for path in paths]


class _Batch(NamedTuple):
    """What was read of some files, as it is kept."""

    packed: Packed
    paths: dict[str, list[str]]
    """Which files have the text of a digest."""
    others: list[FileResult]
    """What cannot be kept: files that could not be read, and own rules, which are few."""


def _read_batch_packed(root: Path, paths: list[str], limits: Limits) -> _Batch:
    from spbe_arch.cache import Packed, packed
    from spbe_arch.packing import UnusablePackError

    results = [read_one(root, path, limits, digested=True) for path in paths]
    kept = {result.digest: result for result in results if result.digest and not result.own_rules}
    try:
        block = packed(kept)
    except UnusablePackError:
        return _Batch(Packed((), b""), {}, results)
    of_digest: dict[str, list[str]] = {digest: [] for digest in kept}
    others = []
    for result in results:
        if result.digest in kept:
            of_digest[result.digest].append(result.path)
        else:
            others.append(result)
    return _Batch(block, of_digest, others)
