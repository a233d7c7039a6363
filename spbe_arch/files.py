"""The one door for reading files of a model, and the one for writing what the program makes.

Only regular files are opened, nothing outside the root is followed, and a write is whole or absent.
"""

from __future__ import annotations

import fnmatch
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from spbe_arch.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["UnreadableFileError", "find_files", "find_up", "read_bytes", "read_within", "write_bytes"]

_ENDINGS = (".yaml", ".yml")


class UnreadableFileError(Exception):
    """A file of a model cannot be read; the reader turns it into a finding, and its text is translated there."""


def find_up(start: Path, name: str) -> Path | None:
    """The nearest folder at or above a file or folder that holds a file of this name."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / name).is_file():
            return folder
    return None


def find_files(root: Path, manifest: str, exclude: Iterable[str] = ()) -> Iterator[str]:
    """The paths of the model's files below a folder, relative, with forward slashes, in sorted order.

    Hidden files and folders, and what `exclude` names, are left out; a folder with a manifest of its own is another
    agency, so the walk ends there. Links to folders are followed only if they stay inside the root, and each folder
    is entered once.
    """
    top = root.resolve()
    patterns = tuple(pattern.strip("/") for pattern in exclude)
    entered = {top}

    def walk(folder: Path, before: str) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield before.rstrip("/")  # a folder that cannot be listed is reported as a file that cannot be read
            return
        for entry in entries:
            path = before + entry.name
            if entry.name.startswith(".") or _is_excluded(path, patterns):
                continue
            if entry.is_dir():
                inside = Path(entry.path).resolve()
                if inside in entered or not inside.is_relative_to(top) or (Path(entry.path) / manifest).is_file():
                    continue
                entered.add(inside)
                yield from walk(Path(entry.path), path + "/")
            elif entry.name.lower().endswith(_ENDINGS) and path != manifest and _is_inside(entry, top):
                yield path

    yield from sorted(walk(root, ""))


def _is_inside(entry: os.DirEntry[str], top: Path) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(top)


def _is_excluded(path: str, patterns: tuple[str, ...]) -> bool:
    parts = path.split("/")
    beginnings = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(
        fnmatch.fnmatchcase(beginning, pattern) for pattern in patterns for beginning in (*beginnings, parts[-1])
    )


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a regular file, at most one more than the limit, so that the reader sees that it is too long.

    Raises:
        UnreadableFileError: if it is no regular file, or the system does not let it be read.
    """
    try:
        # A FIFO must not block the opening; Windows has neither FIFOs nor the flag.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _unreadable(error) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableFileError("it is not a regular file")
        try:
            return file.read(limit + 1)
        except OSError as error:
            raise _unreadable(error) from error


def _unreadable(error: OSError) -> UnreadableFileError:
    """The usual reasons in our own words, which are the same on every system."""
    if isinstance(error, PermissionError):
        return UnreadableFileError("you have no right to read it")
    if isinstance(error, FileNotFoundError):
        return UnreadableFileError("it is no longer there")
    if isinstance(error, IsADirectoryError):
        return UnreadableFileError("it is a folder")
    return UnreadableFileError(error.strerror or str(error))


def read_within(root: Path, path: str, limit: int) -> bytes:
    """The bytes of a file of a model, which must lie inside its root.

    Raises:
        UnreadableFileError: if it does not, or cannot be read.
    """
    if not (root / path).resolve().is_relative_to(root.resolve()):
        raise UnreadableFileError("it lies outside the repository")
    return read_bytes(root / path, limit)


def write_bytes(path: Path, data: bytes) -> bool:
    """Write a file whole, or leave what was there; a file that holds these bytes already is not touched.

    Returns:
        Whether anything was written.

    Raises:
        OutputError: if it cannot be written.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError("{path} cannot be written: {reason}", path=path, reason=error.strerror or error) from error
    return True


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
