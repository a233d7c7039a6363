"""The one door for reading files of a model, and the one for writing what the program makes.

Only regular files are opened, nothing outside the root is followed, and a write is whole or absent.
"""

from __future__ import annotations

import fnmatch
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Replacement",
    "UnreadableFileError",
    "create_bytes",
    "files_among",
    "find_files",
    "find_up",
    "find_up_any",
    "holds",
    "leads_out",
    "read_bytes",
    "read_within",
    "remove_file",
    "replace_files",
    "write_bytes",
]

_ENDINGS = (".yaml", ".yml")


class UnreadableFileError(Exception):
    """A file of a model cannot be read; the reader turns it into a finding, and its text is translated there."""


def find_up(start: Path, name: str) -> Path | None:
    """The nearest folder at or above a file or folder that holds a file of this name."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / name):
            return folder
    return None


def find_up_any(start: Path, name: str) -> Path | None:
    """The nearest folder at or above another that holds a file or folder of this name."""
    here = start.absolute()
    return next((folder for folder in (here, *here.parents) if (folder / name).exists()), None)


def find_files(root: Path, manifest: str, exclude: Iterable[str] = ()) -> list[str]:
    """The paths of the model's files below a folder, relative, with forward slashes, in sorted order.

    Hidden files and folders, and what `exclude` names, are left out; a folder with a manifest of its own is another
    agency, so the walk ends there. Each folder is entered once, and no link out of the root is followed: such a link,
    and a folder that cannot be listed, are among the paths, so that reading them says why nothing of them is read.
    """
    top = os.path.realpath(root)
    patterns = tuple(pattern.strip("/") for pattern in exclude)
    entered = {_identity(top)}
    found: list[str] = []
    waiting = [(str(root), "")]
    while waiting:
        folder, before = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            found.append(before.rstrip("/") or ".")
            continue
        for entry in entries:
            path = before + entry.name
            if entry.name.startswith(".") or _is_excluded(path, patterns):
                continue
            if os.path.isdir(entry.path):
                identity = _identity(entry.path)
                if entry.is_symlink() and not _is_within(os.path.realpath(entry.path), top):
                    found.append(path)
                elif identity not in entered and not os.path.isfile(os.path.join(entry.path, manifest)):
                    entered.add(identity)
                    waiting.append((entry.path, path + "/"))
            elif entry.name.lower().endswith(_ENDINGS) and path != manifest:
                found.append(path)
    return sorted(found)


def files_among(paths: Iterable[str], folder: str, manifest: str, exclude: Iterable[str] = ()) -> list[str]:
    """What `find_files` would find below a folder, if these were all files there are; the paths are whole."""
    inside = [path.removeprefix(folder) for path in paths if path.startswith(folder)]
    nested = tuple(path.removesuffix(manifest) for path in inside if path.endswith(f"/{manifest}"))
    patterns = tuple(pattern.strip("/") for pattern in exclude)
    return sorted(
        folder + path
        for path in inside
        if path != manifest
        and path.lower().endswith(_ENDINGS)
        and not path.startswith(nested)
        and not any(part.startswith(".") for part in path.split("/"))
        and not any(_is_excluded(beginning, patterns) for beginning in _beginnings(path))
    )


def holds(root: Path, folder: str, name: str) -> bool:
    """Whether a folder lies inside the root, below it, and holds a file of this name."""
    top, inside = os.path.realpath(root), os.path.realpath(root / folder)
    return inside != top and _is_within(inside, top) and os.path.isfile(os.path.join(inside, name))


def _identity(folder: str) -> tuple[int, int]:
    """What tells a folder from all others, however it was reached."""
    about = os.stat(folder)
    return about.st_dev, about.st_ino


def _is_within(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def _is_excluded(path: str, patterns: tuple[str, ...]) -> bool:
    if not patterns:
        return False
    names = (*_beginnings(path), path.rpartition("/")[2])
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns for name in names)


def _beginnings(path: str) -> list[str]:
    """The folders that a path leads through, and the path itself."""
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


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
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFileError("it is not a regular file")
    with os.fdopen(handle, "rb") as file:
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
    if not _is_within(os.path.realpath(root / path), os.path.realpath(root)):
        raise UnreadableFileError("it lies outside the repository")
    return read_bytes(root / path, limit)


class Replacement(NamedTuple):
    """A file of a model and what it shall hold."""

    root: Path
    path: str
    """From the root, with forward slashes."""
    before: bytes
    """What it must hold until then."""
    after: bytes


def replace_files(replacements: Iterable[Replacement]) -> None:
    """Give some files of a model other contents: all of them, or none.

    Each new text is on the disk before the first file is replaced. A file keeps its mode, and one that a link stands
    for stays where it is.

    Raises:
        OutputError: if one of them lies outside its root, may not be written, or no longer holds what it held.
    """
    prepared: list[tuple[Path, Path, Replacement]] = []
    done: list[tuple[Path, Replacement]] = []
    try:
        for one in replacements:
            target = _target(one)
            prepared.append((_temporary(target, one.after, target.stat().st_mode), target, one))
        for _, target, one in prepared:
            _refuse_changed(target, one)
        while prepared:
            temporary, target, one = prepared[0]
            temporary.replace(target)
            del prepared[0]
            done.append((target, one))
    except OSError as error:
        path = prepared[0][2].path if prepared else ""
        _take_back(done)
        raise _not_written(error.filename or path, error) from error
    except BaseException:
        _take_back(done)
        raise
    finally:
        for temporary, _, _ in prepared:
            temporary.unlink(missing_ok=True)


def _target(one: Replacement) -> Path:
    """The file itself, behind any link."""
    target = Path(os.path.realpath(one.root / one.path))
    if not _is_within(str(target), os.path.realpath(one.root)):
        raise OutputError("{path} lies outside the repository; nothing was written", path=one.path)
    if not os.access(target, os.W_OK) or not target.stat().st_mode & 0o222:
        raise OutputError("{path} may not be written; nothing was", path=one.path)
    return target


def _refuse_changed(target: Path, one: Replacement) -> None:
    if target.read_bytes() != one.before:
        raise OutputError("{path} has changed since it was read; nothing was written", path=one.path)


def _take_back(done: list[tuple[Path, Replacement]]) -> None:
    for target, one in done:
        _temporary(target, one.before, target.stat().st_mode).replace(target)


def _temporary(target: Path, data: bytes, mode: int) -> Path:
    """A file beside another one, which can take its place."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _not_written(path: object, error: OSError) -> OutputError:
    return OutputError("{path} cannot be written: {reason}", path=path, reason=error.strerror or error)


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
        with _whole(path, data) as file:
            file.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    return True


def remove_file(path: Path) -> None:
    """Remove a file that this program has made; one that is no longer there is no matter.

    Raises:
        OutputError: if it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("{path} cannot be removed: {reason}", path=path, reason=error.strerror or error) from error


def create_bytes(path: Path, data: bytes) -> bool:
    """Write a new file whole; whatever stands there already is left, also if it came this very moment.

    Returns:
        Whether it was written.

    Raises:
        OutputError: if it cannot be written.
    """
    try:
        if os.path.lexists(path):
            return False
        with _whole(path, data) as file:
            try:
                path.hardlink_to(file)
            except FileExistsError:
                return False
            except OSError:  # a file system without links, where the look before has to do
                file.rename(path)
    except OSError as error:
        raise _not_written(path, error) from error
    return True


def leads_out(root: Path, path: str) -> bool:
    """Whether a file would be written outside the root, because a folder on the way to it is a link."""
    return not _is_within(os.path.realpath((root / path).parent), os.path.realpath(root))


@contextmanager
def _whole(path: Path, data: bytes) -> Iterator[Path]:
    """A finished file beside the place where it is to stand; it is gone in the end, if it was not moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _temporary(path, data, 0o666 & ~_umask())
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
