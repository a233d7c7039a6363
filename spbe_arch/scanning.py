"""The ids of a repository, found by how files are usually written: fast enough for every press of the tab key.

Nothing is linked, checked or even read as YAML where each element begins on a line of its own; where a section stands
in braces, its file is read.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from spbe_arch.loader import read_file, section_called
from spbe_arch.loading import manifest_above, own_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ids_in"]

_TOP = re.compile(rb"^([A-Za-z_]+):[ \t]*([^\r\n]*)\r?\n?", re.MULTILINE)
_CHILD = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\n)*( +)\S")


def ids_in(root: Path, beginning: str = "") -> Iterator[tuple[str, str]]:
    """The ids that begin so, each with its name if that stands right below it; those of members with their agency.

    Args:
        root: of the repository.
        beginning: of the ids.
    """
    manifest = manifest_above(root)
    yield from _own_ids(root, beginning)
    agency, slash, local = beginning.partition("/")
    for member in manifest.members if manifest is not None and slash else ():
        folder = root / member
        inside = manifest_above(folder) if os.path.realpath(folder).startswith(os.path.realpath(root)) else None
        if inside is not None and inside.agency == agency:
            yield from ((f"{agency}/{id}", name) for id, name in _own_ids(folder, local))


def _own_ids(root: Path, beginning: str) -> Iterator[tuple[str, str]]:
    for path, data in own_texts(root)[0].items():
        text = data.replace(b"\r\n", b"\n")
        tops = list(_TOP.finditer(text))
        for number, top in enumerate(tops):
            if section_called(top[1].decode()) is None:
                continue
            if top[2].startswith(b"{"):
                names = ((row.id, row.get("name") or "") for row in read_file(path, data).rows)
                yield from ((id, name) for id, name in names if id.startswith(beginning))
                break
            end = tops[number + 1].start() if number + 1 < len(tops) else len(text)
            yield from _in_lines(text, top.end(), end, beginning)


def _in_lines(text: bytes, start: int, end: int, beginning: str) -> Iterator[tuple[str, str]]:
    """The keys with the margin of the first one."""
    child = _CHILD.match(text, start, end)
    if child is None:
        return
    margin, wanted = re.escape(child[1]), re.escape(beginning.encode())
    key = rb"^" + margin + rb"[\"']?(" + wanted + rb"[A-Za-z0-9._-]*)[\"']?:[^\n]*(?:\n +(?:name|nama): *([^\n#]*))?"
    for match in re.compile(key, re.MULTILINE).finditer(text, start, end):
        yield match[1].decode(), (match[2] or b"").decode("utf-8", "replace").strip(" \"'")
