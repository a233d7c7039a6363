"""What earlier runs found out, kept in the user's cache folder: file results, and records of what rules found.

A cache may be missing, damaged, old, half written or somebody else's; then it is as if there were none. Nothing that
it holds is executed, each part carries a checksum, and what comes out of it is looked at as the text of a model is.
The checksum is keyed by the program itself, so what another version wrote is not even opened.

For each repository there is a folder of its own. Packs in it are written once and never changed; several processes may
add some at the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
import time
import zlib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.errors import OutputError
from spbe_arch.files import Signature, UnreadableFileError, read_bytes, read_within, signature, write_bytes
from spbe_arch.packing import UnusablePackError, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.nodes import Limits
    from spbe_arch.records import FileResult

__all__ = ["Cache", "Packed", "blocks_of", "digest_of", "packed", "unpacked"]

_LARGEST = 500_000_000
"""Bytes of a part when it is inflated, and of a file of the cache."""
_MOST_BYTES = 1_000_000_000
"""Bytes that all repositories together may take."""
_LONGEST = 30 * 24 * 3600
"""Seconds after which what nobody has used is removed."""
_MOST_PACKS = 16
_IN_A_BLOCK = 100
"""Files whose results stand together; the more, the faster all are read, and the more is read for one."""
_SETTLED = 2_000_000_000
"""Nanoseconds after a change before the signature of a file is trusted: clocks of file systems tick coarsely."""
_MAGIC = b"SPBECACH"
_OWN_NAME = re.compile(r"[0-9a-f]{32}")
_PACK = ".pack"
_RECORD = ".record"
_SIGNATURES = "signatures" + _RECORD
_USED = "used"


class Packed(NamedTuple):
    """Some file results as bytes, with the digests of the texts they were read from."""

    digests: tuple[str, ...]
    data: bytes


def digest_of(text: bytes) -> str:
    """Stands for a text: two that differ have different ones."""
    return hashlib.blake2b(text, digest_size=20).hexdigest()


def packed(results: Mapping[str, FileResult]) -> Packed:
    """Results by the digests of their texts, as the cache keeps them.

    Raises:
        UnusablePackError: if they hold something that cannot be kept.
    """
    return Packed(tuple(results), zlib.compress(pack(results.values()), 1))


def blocks_of(results: Sequence[FileResult]) -> Iterator[Packed]:
    """Results that know their digests, in blocks of the size that the cache reads best.

    Raises:
        UnusablePackError: if they hold something that cannot be kept.
    """
    for start in range(0, len(results), _IN_A_BLOCK):
        yield packed({one.digest: one for one in results[start : start + _IN_A_BLOCK]})


def unpacked(block: Packed, wanted: Mapping[str, Sequence[str]]) -> list[FileResult]:
    """The results of a block for the paths of the texts that are wanted.

    Raises:
        UnusablePackError: if it is not what `packed` returned.
    """
    paths = [wanted.get(digest, ()) for digest in block.digests]
    results = unpack(_inflated(block.data), paths)
    digests = (digest for digest, some in zip(block.digests, paths, strict=True) for _ in some)
    for result, digest in zip(results, digests, strict=True):
        result.digest = digest
    return results


class Cache:
    """What is kept for one repository.

    Args:
        root: of the repository.
        limits: bounds on its files; what was read under others is not returned.
        folder: for all repositories; else the one of the user.
    """

    def __init__(self, root: Path, limits: Limits, folder: Path | None = None) -> None:
        self._root = root
        self._limits = limits
        self._above = folder if folder is not None else _users_folder()
        self._at_hand: dict[str, FileResult] = {}
        """What was found or kept last, by digest; a program that goes on need not unpack it again."""

    @cached_property
    def _folder(self) -> Path | None:
        """The folder of this repository, made if it is missing; None if it cannot be used."""
        if self._above is None or not _is_private(self._above):
            return None
        name = hashlib.blake2b(os.fsencode(os.path.realpath(self._root)), digest_size=16).hexdigest()
        folder = self._above / name
        is_new = not folder.exists()
        if not _is_private(folder):
            return None
        if is_new:
            _clean_up(self._above, name)
        try:
            (folder / _USED).touch()
        except OSError:
            return None
        return folder

    @cached_property
    def _stamp(self) -> bytes:
        """What the content rests on besides the texts."""
        return hashlib.blake2b(_program() + repr(self._limits).encode(), digest_size=32).digest()

    @property
    def is_usable(self) -> bool:
        """Whether anything can be kept."""
        return self._folder is not None

    @property
    def is_empty(self) -> bool:
        """Whether there are no file results."""
        return not self._packs()

    # --- file results ------------------------------------------------------------------------------------

    def results(self, digests: Mapping[str, str]) -> dict[str, FileResult]:
        """The results that are known, by path.

        Args:
            digests: of the texts of the files, by path.
        """
        wanted: dict[str, list[str]] = {}
        found: dict[str, FileResult] = {}
        for path, digest in digests.items():
            known = self._at_hand.get(digest)
            if known is not None and known.path == path:
                found[path] = known
            else:
                wanted.setdefault(digest, []).append(path)
        if not wanted:
            return found
        for block in self._blocks():
            if wanted.keys().isdisjoint(block.digests):
                continue
            try:
                results = unpacked(block, wanted)
            except UnusablePackError:
                continue
            found.update((result.path, result) for result in results)
            for digest in block.digests:
                wanted.pop(digest, None)
        return found

    def keep_at_hand(self, results: Iterable[FileResult]) -> None:
        """Keep what a model consists of now in memory, in place of what it consisted of."""
        self._at_hand = {result.digest: result for result in results if result.digest}

    def keep_results(self, blocks: Iterable[Packed]) -> None:
        """Add some results to what is kept, and put packs together when there are many."""
        fresh = list(blocks)
        if not fresh:
            return
        packs = self._packs()
        if len(packs) >= _MOST_PACKS:
            fresh = self._put_together(fresh)
        header = json.dumps([block.digests for block in fresh]).encode()
        parts = [self._sealed(header), *(self._sealed(block.data) for block in fresh)]
        data = b"".join(parts)
        name = hashlib.blake2b(data, digest_size=16).hexdigest() + _PACK
        if self._write(name, data) and len(packs) >= _MOST_PACKS:
            for path in packs:
                _remove(path)
            _clean_up(self._folder.parent, self._folder.name)  # type: ignore[union-attr]

    def _put_together(self, fresh: list[Packed]) -> list[Packed]:
        """All blocks that are kept and the fresh ones: large ones as they are, small ones made into larger ones."""
        large: list[Packed] = []
        small: dict[str, FileResult] = {}
        for block in (*self._blocks(), *fresh):
            if len(block.digests) > _IN_A_BLOCK // 2:
                large.append(block)
                continue
            try:
                results = unpacked(block, {digest: (digest,) for digest in block.digests})
            except UnusablePackError:
                continue
            small.update((result.path, result) for result in results)
        in_large = {digest for block in large for digest in block.digests}
        left = [digest for digest in small if digest not in in_large]
        return [*large, *blocks_of([small[digest] for digest in left[-_MOST_PACKS * _IN_A_BLOCK :]])]

    def _packs(self) -> list[Path]:
        return [path for path in _files(self._folder) if path.suffix == _PACK] if self._folder else []

    def _blocks(self) -> Iterator[Packed]:
        """Every block of every pack, the older first."""
        for path in self._packs():
            parts = self._parts(path.name)
            try:
                headings = json.loads(next(parts, b"[]"))
                for digests, data in zip(headings, parts, strict=False):
                    yield Packed(tuple(map(str, digests)), data)
            except (ValueError, TypeError, RecursionError):
                continue

    # --- digests -----------------------------------------------------------------------------------------

    def signatures(self, paths: Iterable[str]) -> dict[str, Signature]:
        """What the system says of some files now; of those of which it says nothing, nothing."""
        seen = ((path, signature(self._root / path)) for path in paths)
        return {path: one for path, one in seen if one is not None}

    def digests(self, paths: Iterable[str], signatures: Mapping[str, Signature]) -> dict[str, str]:
        """The digests of files by path; without those that cannot be read.

        A file is not read if its signature is the one that it had when it was read last.
        """
        known = self._known_signatures()
        digests: dict[str, str] = {}
        for path in paths:
            before = known.get(path)
            if before is not None and before[0] == signatures.get(path):
                digests[path] = before[1]
                continue
            try:
                digests[path] = digest_of(read_within(self._root, path, self._limits.bytes))
            except UnreadableFileError:
                continue
        return digests

    def keep_digests(self, signatures: Mapping[str, Signature], digests: Mapping[str, str], began: int) -> None:
        """Keep which digest goes with which signature.

        Args:
            signatures: as they were before the files were read.
            digests: of what was read.
            began: when the signatures were taken, in nanoseconds. A file that was changed just before may be changed
                again without a difference in its signature, so it is looked at next time.
        """
        settled = {
            path: (seen, digests[path])
            for path, seen in signatures.items()
            if path in digests and max(seen.modified, seen.changed) < began - _SETTLED
        }
        if settled != self._known_signatures():
            self.keep_plain(_SIGNATURES, [[path, *seen, digest] for path, (seen, digest) in settled.items()])

    def _known_signatures(self) -> dict[str, tuple[Signature, str]]:
        try:
            known = {path: (Signature(*seen), digest) for path, *seen, digest in self.plain(_SIGNATURES) or ()}
        except (ValueError, TypeError):
            return {}
        return known if all(type(digest) is str for _, digest in known.values()) else {}

    # --- records -----------------------------------------------------------------------------------------

    def record(self, name: str) -> bytes | None:
        """What was kept under a name; None if nothing was, or not by this version of the program."""
        part = next(self._parts(_file_name(name)), None)
        try:
            return None if part is None else _inflated(part)
        except UnusablePackError:
            return None

    def keep_record(self, name: str, data: bytes) -> None:
        """Keep some bytes under a name, in place of what was kept there."""
        self._write(_file_name(name), self._sealed(zlib.compress(data, 1)))

    def plain(self, name: str) -> Any:
        """The lists, mappings, texts and numbers that were kept under a name; None if there are none."""
        try:
            return json.loads(self.record(name) or b"null")
        except (ValueError, RecursionError):
            return None

    def keep_plain(self, name: str, plain: Any) -> None:
        """Keep lists, mappings, texts and numbers under a name, in place of what was kept there."""
        self.keep_record(name, json.dumps(plain).encode())

    # --- files -------------------------------------------------------------------------------------------

    def _write(self, name: str, data: bytes) -> bool:
        if self._folder is None or len(data) > _LARGEST:
            return False
        try:
            write_bytes(self._folder / name, data, lasting=False)
        except OutputError:
            return False
        return True

    def _sealed(self, data: bytes) -> bytes:
        return _MAGIC + len(data).to_bytes(8, "big") + self._checksum(data) + data

    def _checksum(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, key=self._stamp, digest_size=32).digest()

    def _parts(self, name: str) -> Iterator[bytes]:
        """The parts of a file of the cache up to the first that is damaged."""
        if self._folder is None:
            return
        try:
            data = read_bytes(self._folder / name, _LARGEST)
        except UnreadableFileError:
            return
        start = 0
        while data.startswith(_MAGIC, start):
            length = int.from_bytes(data[start + 8 : start + 16], "big")
            part = data[start + 48 : start + 48 + length]
            if len(part) < length or self._checksum(part) != data[start + 16 : start + 48]:
                return
            yield part
            start += 48 + length


def _file_name(name: str) -> str:
    return name if name.endswith(_RECORD) else name + _RECORD


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(data, _LARGEST)
    except zlib.error as error:
        raise UnusablePackError(str(error)) from error
    if not inflater.eof:
        raise UnusablePackError("it is cut off, or larger than anything that was packed")
    return inflated


@cache
def _program() -> bytes:
    """Stands for the program that runs: all files of this package, and the versions of what it reads models with."""
    import rapidfuzz
    import yaml

    from spbe_arch import __version__

    digest = hashlib.blake2b(digest_size=32)
    versions = (__version__, sys.version, yaml.__version__, rapidfuzz.__version__)
    digest.update("\0".join(versions).encode())
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                digest.update(name.encode() + b"\0")
                digest.update(Path(folder, name).read_bytes())
    return digest.digest()


# --- the folder of the user ------------------------------------------------------------------------------------


_NONE = ("", "0", "no", "off")
"""What `SPBE_CACHE` says where nothing shall be kept."""


def _users_folder() -> Path | None:
    """Where the caches of all repositories stand; None if the user wants none or has no place for it."""
    stated = os.environ.get("SPBE_CACHE")
    if stated is not None:
        return None if stated.lower() in _NONE else Path(stated).absolute()
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        above = os.path.expanduser("~/Library/Caches")
    else:
        above = os.environ.get("XDG_CACHE_HOME", "")
        if not Path(above).is_absolute():  # as the XDG specification has it
            above = os.path.expanduser("~/.cache")
    return Path(above, "spbe") if Path(above).is_absolute() else None


def _is_private(folder: Path) -> bool:
    """Whether a folder, made if it is missing, belongs to the user and nobody else can write into it."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = os.lstat(folder)
    except OSError:
        return False
    if not stat.S_ISDIR(about.st_mode):
        return False
    if sys.platform == "win32":  # the folder lies in the user's own profile, and modes mean nothing
        return True
    return about.st_uid == os.geteuid() and not about.st_mode & 0o022 and os.access(folder, os.W_OK)


def _clean_up(above: Path, kept: str) -> None:
    """Remove what nobody has used for long, and the oldest if all together takes too much; never what is in use now."""
    now = time.time()
    left = _MOST_BYTES
    for used, folder in sorted(((_last_use(folder), folder) for folder in _folders(above)), reverse=True):
        left -= sum(_size(path) for path in _files(folder))
        if folder.name != kept and (left < 0 or used < now - _LONGEST):
            for path in _files(folder):
                _remove(path)
            try:
                folder.rmdir()
            except OSError:
                continue


def _folders(above: Path) -> list[Path]:
    """The folders of repositories: only what this module has named itself is ever touched."""
    try:
        return [path for path in above.iterdir() if _OWN_NAME.fullmatch(path.name) and not path.is_symlink()]
    except OSError:
        return []


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in (_PACK, _RECORD) or path.name == _USED)
    except OSError:
        return []


def _last_use(folder: Path) -> float:
    try:
        return (folder / _USED).stat().st_mtime
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
