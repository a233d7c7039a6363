"""The texts of an architecture repository at a revision of git, without a checkout.

Git is asked for trees and blobs only. Its configuration in the repository may name programs (fsmonitor, hooks, diff
drivers, pagers, credential helpers, remote helpers of a partial clone); none of the two commands used here runs one,
and all that can be switched off is switched off besides. The program is looked for on the path, never in the current
folder.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.errors import RevisionError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Blob", "Tree", "read_blobs", "top_of", "tree_at"]

_SECONDS = 120
_LONGEST_LINK = 4096
_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.untrackedCache=false",
    "-c", "protocol.allow=never",
    "-c", "credential.helper=",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ASKPASS": "",
    "GIT_PAGER": "",
    "LC_ALL": "C",
}


class Blob(NamedTuple):
    """A file at a revision."""

    path: str
    """Below the folder that was asked for, with forward slashes."""
    id: str
    """Of the object that holds its bytes."""


class Tree(NamedTuple):
    """What there is below a folder at a revision."""

    blobs: list[Blob]
    submodules: frozenset[str]
    """The folders that are other repositories; nothing in them is among the files."""


def top_of(folder: Path) -> Path:
    """The root of the git repository that a folder is in.

    Raises:
        RevisionError: if it is in none, or there is no git.
    """
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))


def tree_at(folder: Path, revision: str) -> Tree:
    """The files below a folder at a revision, sorted by path; a link to one of them is as that file.

    Raises:
        RevisionError: if there is no such revision, or the folder is in no repository.
    """
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}", fails=True)
    tree = found.decode("ascii", "replace").strip()
    if not tree:
        raise RevisionError(
            "there is no revision {revision!r} here, and no folder of this name with a model", revision=revision
        )
    inside = os.path.relpath(folder.resolve(), top_of(folder).resolve()).replace(os.sep, "/")
    where = tree if inside == "." else f"{tree}:{inside}"
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", where, fails=True)
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    submodules: dict[str, str] = {}
    kinds = {b"100644": files, b"100755": files, b"120000": links, b"160000": submodules}
    for entry in listed.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        mode, _, rest = about.partition(b" ")
        found_here = kinds.get(mode)
        if found_here is not None:
            found_here[path.decode("utf-8", "surrogateescape")] = rest.split(b" ")[1].decode("ascii")
    files.update(_linked(folder, files, links))
    return Tree(sorted(Blob(path, id) for path, id in files.items()), frozenset(submodules))


def _linked(folder: Path, files: Mapping[str, str], links: Mapping[str, str]) -> dict[str, str]:
    """The objects that links lead to, by the paths of the links; those that lead to none of the files have none."""
    texts = read_blobs(folder, sorted(set(links.values())), _LONGEST_LINK)
    ends = {
        path: posixpath.normpath(posixpath.join(posixpath.dirname(path), texts[id].decode("utf-8", "surrogateescape")))
        for path, id in links.items()
    }
    found = {}
    for path, end in ends.items():
        seen = {path}
        while end in ends and end not in seen:
            seen.add(end)
            end = ends[end]
        if end in files:
            found[path] = files[end]
    return found


def read_blobs(folder: Path, ids: list[str], most: int) -> dict[str, bytes]:
    """The bytes of objects by id; of one that is longer than `most`, one byte more than that, as `files` reads it.

    Raises:
        RevisionError: if git cannot hand one out.
    """
    if not ids:
        return {}
    command = [_program(), *_SAFE, "cat-file", "--batch"]
    given = "".join(f"{id}\n" for id in ids).encode("ascii")
    answer = _run(command, folder, given)
    found: dict[str, bytes] = {}
    at = 0
    for id in ids:
        end = answer.index(b"\n", at)
        parts = answer[at:end].split(b" ")
        if len(parts) != 3:
            raise RevisionError("git does not have the object {id}; is the clone complete?", id=id)
        size = int(parts[2])
        found[id] = answer[end + 1 : end + 1 + min(size, most + 1)]
        at = end + 1 + size + 1
    return found


def _git(folder: Path, *arguments: str, fails: bool = False) -> bytes:
    """What a command of git prints; nothing if it may fail and does."""
    return _run([_program(), *_SAFE, *arguments], folder, b"", fails=fails)


def _run(command: list[str], folder: Path, given: bytes, *, fails: bool = False) -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the program is looked up, the arguments are ours
            command,
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**kept, **_ENVIRONMENT},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RevisionError("git could not be run: {reason}", reason=str(error)) from error
    if done.returncode and not fails:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError("git says: {reason}", reason=said[0] if said else str(done.returncode))
    return done.stdout if not done.returncode else b""


def _program() -> str:
    """Git on the path; folders that are relative, as the current one on Windows, are not looked into."""
    names = ("git.exe",) if os.name == "nt" else ("git",)
    for folder in map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep)):
        if folder.is_absolute() and folder.resolve() != Path.cwd().resolve():
            for path in (folder / name for name in names):
                if path.is_file() and os.access(path, os.X_OK):
                    return str(path)
    raise RevisionError("git is not installed")
