"""What becomes of files: each before and after, and the same as a patch that git and people can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Change", "patch"]


class Change(NamedTuple):
    """A file before and after."""

    before: bytes | None
    """None if there was none."""
    after: bytes


def patch(changes: Iterable[tuple[str, Change]]) -> str:
    """A unified diff of files, by the paths to show."""
    return "".join(part for path, change in changes for part in _diff(path, change))


def _diff(path: str, change: Change) -> Iterator[str]:
    from difflib import unified_diff

    before, after = _lines(change.before or b""), _lines(change.after)
    name = _named(path)
    for line in unified_diff(before, after, "/dev/null" if change.before is None else name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode("utf-8"))


def _named(path: str) -> str:
    """A path as git writes it in a diff."""
    if path.isprintable() and not set('"\\') & set(path):
        return path
    octal = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in path.encode())
    return f'"{"".join(octal)}"'
