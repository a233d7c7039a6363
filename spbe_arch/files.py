"""The one door for reading files of a model, and the one for writing what the program makes.

Only regular files are opened, nothing outside the root is followed, and a write is whole or absent.
"""

from __future__ import annotations

import fnmatch
import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from spbe_arch.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "Replacement",
    "Signature",
    "UnreadableFileError",
    "create_bytes",
    "files_among",
    "find_files",
    "find_up",
    "find_up_any",
    "finish_replacing",
    "hand_out",
    "holds",
    "is_half_replaced",
    "is_model_file",
    "leads_out",
    "read_bytes",
    "read_within",
    "remove_file",
    "replace_files",
    "signature",
    "traces",
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
    patterns = _patterns(exclude)
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
            elif entry.name.lower().endswith(_ENDINGS) and not _is_manifest(path, entry.path, root, manifest):
                found.append(path)
    return sorted(found)


def files_among(paths: Iterable[str], folder: str, manifest: str, exclude: Iterable[str] = ()) -> list[str]:
    """What `find_files` would find below a folder, if these were all files there are; the paths are whole."""
    inside = [path.removeprefix(folder) for path in paths if path.startswith(folder)]
    nested = tuple(path.removesuffix(manifest) for path in inside if path.endswith(f"/{manifest}"))
    patterns = _patterns(exclude)
    return sorted(
        folder + path
        for path in inside
        if path != manifest
        and path.lower().endswith(_ENDINGS)
        and not path.startswith(nested)
        and not any(part.startswith(".") for part in path.split("/"))
        and not any(_is_excluded(beginning, patterns) for beginning in _beginnings(path))
    )


def is_model_file(path: str, exclude: Iterable[str] = ()) -> bool:
    """Whether a file of this path, relative to its manifest, would be part of a model if it were there."""
    patterns = _patterns(exclude)
    parts = path.split("/")
    is_hidden = any(part.startswith(".") for part in parts)
    return parts[-1].lower().endswith(_ENDINGS) and not is_hidden and not _is_excluded(path, patterns)


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


def _is_manifest(path: str, whole: str, root: Path, manifest: str) -> bool:
    """Whether it is the manifest, also under the name `SPBE.YAML` where that is the same file."""
    if path == manifest:
        return True
    own = root / manifest
    return path.lower() == manifest and os.path.exists(whole) and os.path.exists(own) and os.path.samefile(whole, own)


def _patterns(exclude: Iterable[str]) -> tuple[str, ...]:
    """What is left out, as the walk names paths: `./draf/` is `draf`."""
    return tuple(pattern.removeprefix("./").strip("/") for pattern in exclude)


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
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise UnreadableFileError("it is not a regular file")
    size = min(about.st_size, limit)
    with os.fdopen(handle, "rb") as file:
        try:
            data = file.read(size + 1)  # no more memory is asked for than is filled
            return data if len(data) <= size else data + file.read(limit - size)
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


class Signature(NamedTuple):
    """What the system says of a regular file; any change of its content changes that."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int
    """When the content or the name was changed last, in nanoseconds; no program can set it, unlike `modified`."""


def signature(path: Path) -> Signature | None:
    """What tells whether a file is as it was; None where nothing does.

    A link is none: what it leads to has to be looked at. On Windows nobody knows when a file was changed, only when
    it is said to have been modified.
    """
    if sys.platform == "win32":
        return None
    return _signature(path, os.lstat)


def traces(path: Path) -> Signature | None:
    """What the system says of a file, or of what a link leads to; after a change it says something else, as a rule."""
    return _signature(path, os.stat)


def _signature(path: Path, look: Callable[[Path], os.stat_result]) -> Signature | None:
    try:
        about = look(path)
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    return Signature(about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)


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
    before: bytes | None
    """What it must hold until then; None if there must be no such file."""
    after: bytes


JOURNAL = ".spbe-edit.json"
"""Stands in a repository while several of its files are replaced, and says how to end that if nobody did."""


class _Prepared(NamedTuple):
    temporary: Path
    target: Path
    of: Replacement


def replace_files(replacements: Iterable[Replacement]) -> None:
    """Give some files of a model other contents: all of them, or none, even if the process is killed half-way.

    Each new text is on the disk before the first file is replaced, and so is a journal that says which stands for
    which; whoever replaces files in the repository next ends what was begun. A file keeps its mode, and one that a link
    stands for stays where it is.

    Raises:
        OutputError: if one of them lies outside its root, may not be written, or no longer holds what it held.
    """
    wanted = list(replacements)
    for root in {one.root for one in wanted}:
        finish_replacing(root)
    prepared: list[_Prepared] = []
    done: list[_Prepared] = []
    journals: list[Path] = []
    folders: set[Path] = set()
    try:
        for one in wanted:
            target, mode = _target(one)
            if target.parent not in folders:
                folders.add(target.parent)
                _clear_forgotten(target.parent)
            prepared.append(_Prepared(_temporary(target, one.after, mode), target, one))
        for ready in prepared:
            _refuse_changed(ready.target, ready.of)
        journals += _write_journals(prepared)
        while prepared:
            ready = prepared[0]
            ready.temporary.replace(ready.target)
            del prepared[0]
            done.append(ready)
    except OSError as error:
        path = prepared[0].of.path if prepared else ""
        _take_back(done)
        raise _not_written(error.filename or path, error) from error
    except BaseException:
        _take_back(done)
        raise
    finally:
        for journal in journals:
            journal.unlink(missing_ok=True)
        for ready in prepared:
            ready.temporary.unlink(missing_ok=True)


def _target(one: Replacement) -> tuple[Path, int]:
    """The file itself, behind any link, and its mode."""
    target = Path(os.path.realpath(one.root / one.path))
    if not _is_within(str(target), os.path.realpath(one.root)):
        raise OutputError("{path} lies outside the repository; nothing was written", path=one.path)
    if one.before is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        return target, 0o666 & ~_umask()
    if not os.access(target, os.W_OK) or not target.stat().st_mode & 0o222:
        raise OutputError("{path} may not be written; nothing was", path=one.path)
    return target, target.stat().st_mode


def _refuse_changed(target: Path, one: Replacement) -> None:
    if one.before is None and not os.path.lexists(target):
        return
    if one.before is None or target.read_bytes() != one.before:
        raise OutputError("{path} has changed since it was read; nothing was written", path=one.path)


def _take_back(done: list[_Prepared]) -> None:
    for ready in done:
        if ready.of.before is None:
            ready.target.unlink(missing_ok=True)
        else:
            _temporary(ready.target, ready.of.before, ready.target.stat().st_mode).replace(ready.target)


# --- what was begun and not ended ----------------------------------------------------------------------------


def _write_journals(prepared: list[_Prepared]) -> Iterator[Path]:
    """One in each repository of which more than one file is replaced."""
    import json

    for root in dict.fromkeys(ready.of.root for ready in prepared):
        own = [ready for ready in prepared if ready.of.root == root]
        if len(own) < 2:
            continue
        top = os.path.realpath(root)
        entries = [
            {
                "file": _from(top, ready.target),
                "new": _from(top, ready.temporary),
                "before": None if ready.of.before is None else _digest(ready.of.before),
                "after": _digest(ready.of.after),
            }
            for ready in own
        ]
        journal = Path(top, JOURNAL)
        _temporary(journal, json.dumps({"replacing": entries}, indent=1).encode(), 0o600).replace(journal)
        yield journal


def _from(top: str, path: Path) -> str:
    return path.relative_to(top).as_posix()


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def is_half_replaced(root: Path) -> bool:
    """Whether replacing files of a repository was interrupted."""
    return os.path.isfile(root / JOURNAL)


def finish_replacing(root: Path) -> bool:
    """End what was begun in a repository: every file that a journal names gets its new text.

    The journal is a file like others, which anybody may have written: what it names must lie in the repository, and
    the files must hold what it says, or nothing is done.

    Returns:
        Whether there was anything to end.

    Raises:
        OutputError: if a file holds something else by now; the journal is gone then, and the files stay as they are.
    """
    if not is_half_replaced(root):
        return False
    journal = Path(os.path.realpath(root), JOURNAL)
    entries = list(_entries_of(journal))
    ready = [(one.temporary, one.target) for one in entries if one.state == "ready"]
    is_begun = any(one.state == "done" for one in entries)
    is_lost = any(one.state == "lost" for one in entries)
    try:
        if is_begun and is_lost:
            raise OutputError("{path} speaks of an interrupted edit whose files have changed since", path=JOURNAL)
        for temporary, target in ready if not is_lost else ():
            temporary.replace(target)
    except OSError as error:
        raise _not_written(journal, error) from error
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)
        journal.unlink(missing_ok=True)
    return bool(ready) and not is_lost


class _Begun(NamedTuple):
    """One file of a journal."""

    state: Literal["done", "ready", "lost"]
    temporary: Path
    target: Path


def _entries_of(journal: Path) -> Iterator[_Begun]:
    """What a journal says; one that cannot be read says nothing."""
    import json

    try:
        entries = json.loads(read_bytes(journal, _LONGEST_JOURNAL))["replacing"]
        texts = [[str(entry[name]) for name in ("file", "new", "before", "after")] for entry in entries]
    except (UnreadableFileError, ValueError, LookupError, TypeError, RecursionError):
        return
    top = str(journal.parent)
    for file, new, before, after in texts:
        target, temporary = Path(top, file), Path(top, new)
        inside = all(_is_within(os.path.realpath(path), top) and not path.is_symlink() for path in (target, temporary))
        held = str(_digest(target.read_bytes()) if target.is_file() else None)
        is_whole = temporary.parent == target.parent and temporary.name.startswith(".") and temporary.is_file()
        if inside and held == after:
            yield _Begun("done", temporary, target)
        elif inside and held == before and is_whole and _digest(temporary.read_bytes()) == after:
            yield _Begun("ready", temporary, target)
        else:
            yield _Begun("lost", temporary, target)


_LONGEST_JOURNAL = 50_000_000


_NEW = ".spbe-new"
"""How the name ends of a file that is to take the place of another one."""
_FORGOTTEN = 3600.0
"""Seconds after which nobody is still about to put such a file in its place."""


def _clear_forgotten(folder: Path) -> None:
    """Remove what a process that was killed left in a folder, unless a journal still says where it belongs."""
    import time

    if any(is_half_replaced(one) for one in (folder, *folder.parents)):
        return
    now = time.time()
    with os.scandir(folder) as found:
        ours = [one for one in found if one.name.startswith(".") and one.name.endswith(_NEW)]
    for one in ours:
        if one.is_file(follow_symlinks=False) and now - one.stat(follow_symlinks=False).st_mtime > _FORGOTTEN:
            with suppress(PermissionError):  # that of somebody else, who clears it one day
                Path(one.path).unlink(missing_ok=True)


def _temporary(target: Path, data: bytes, mode: int, *, lasting: bool = True) -> Path:
    """A file beside another one, which can take its place."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-", suffix=_NEW)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _not_written(path: object, error: OSError) -> OutputError:
    return OutputError("{path} cannot be written: {reason}", path=path, reason=error.strerror or error)


def write_bytes(path: Path, data: bytes, *, lasting: bool = True) -> bool:
    """Write a file whole, or leave what was there; a file that holds these bytes already is not touched.

    Args:
        path: of the file; folders that are missing are made.
        data: all that it shall hold.
        lasting: whether it must outlive a failure of the system; what can be made again need not.

    Returns:
        Whether anything was written.

    Raises:
        OutputError: if it cannot be written, or what stands there is a device or a pipe, which no file may replace.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        if os.path.lexists(path) and _is_device(path.lstat()):
            raise OutputError("{path} is a device or a pipe, and no file takes its place", path=path)
        with _whole(path, data, lasting=lasting) as file:
            file.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    return True


def hand_out(path: Path, data: bytes) -> None:
    """Write what a person has asked for to the place that the person has named.

    A device or a pipe, as /dev/stdout or one that a shell has made, takes the bytes; a link stays, and the file that it
    leads to is written.

    Raises:
        OutputError: if it cannot be written.
    """
    try:
        if os.path.exists(path) and _is_device(path.stat()):
            _pour(path, data)
            return
    except BrokenPipeError:  # its reader has gone, as of `| head`
        return
    except OSError as error:
        raise _not_written(path, error) from error
    write_bytes(Path(os.path.realpath(path)), data)


def _is_device(about: os.stat_result) -> bool:
    """Whether it is what bytes go into, and no file, folder or link."""
    kinds = (stat.S_ISCHR, stat.S_ISBLK, stat.S_ISFIFO, stat.S_ISSOCK)
    return any(is_kind(about.st_mode) for is_kind in kinds)


def _pour(path: Path, data: bytes) -> None:
    # A pipe that nobody reads must not block the opening; the writing may wait for its reader.
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


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
def _whole(path: Path, data: bytes, *, lasting: bool = True) -> Iterator[Path]:
    """A finished file beside the place where it is to stand; it is gone in the end, if it was not moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _temporary(path, data, 0o666 & ~_umask(), lasting=lasting)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
