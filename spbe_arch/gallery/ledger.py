"""What a folder of pictures knows of itself: a small file in it, `.spbe-pictures.json`.

It says which files there are ours, what each was drawn from and what it held when it was written. So an unchanged view
is not laid out again, a picture that somebody changed or deleted is, and nothing is removed that is not ours. The file
is read like any text that comes from elsewhere: what is not as it should be is as if it were not there.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.files import UnreadableFileError, read_bytes
from spbe_arch.printers import NAMES, ending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spbe_arch.rendering import Job

__all__ = [
    "FILE",
    "Chapter",
    "Entry",
    "Ledger",
    "digest_of",
    "digests_of",
    "drawn_with",
    "held_by",
    "read_ledger",
    "to_bytes",
]

FILE = ".spbe-pictures.json"

_FORMAT = 1
_LARGEST = 50_000_000
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+~-]*")


class Entry(NamedTuple):
    """A picture."""

    view: str
    format: str
    drawn_from: str
    """The digest of all that it depends on but the program; empty if that is no longer known."""
    holds: str
    """The digest of its bytes."""


class Chapter(NamedTuple):
    """What the index says of a view."""

    viewpoint: str
    request: str
    title: str
    subtitle: str
    descriptions: tuple[str, ...] = ()
    """What each sheet says, for those who cannot see it."""


class Ledger(NamedTuple):
    """Views and pictures by name."""

    drawn_with: str = ""
    """The digest of the program."""
    views: Mapping[str, Chapter] = {}
    pictures: Mapping[str, Entry] = {}

    def sorted_out(self) -> dict[tuple[str, str], dict[str, Entry]]:
        """The pictures by view and format."""
        found: dict[tuple[str, str], dict[str, Entry]] = {}
        for name, entry in self.pictures.items():
            found.setdefault((entry.view, entry.format), {})[name] = entry
        return found


def read_ledger(folder: Path) -> Ledger:
    """What the folder knows of itself; nothing, if it has no ledger or one that is damaged."""
    try:
        said = json.loads(read_bytes(folder / FILE, _LARGEST))
        if not isinstance(said, dict) or said.get("format") != _FORMAT:
            return Ledger()
        views = {str(name): _chapter(about) for name, about in said["views"].items()}
        pictures = {
            str(name): Entry(*(str(about[key]) for key in Entry._fields)) for name, about in said["pictures"].items()
        }
        return Ledger(
            str(said["drawn_with"]),
            views,
            {name: entry for name, entry in pictures.items() if _may_be_ours(name, entry)},
        )
    except (UnreadableFileError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Ledger()


def _chapter(about: Any) -> Chapter:
    viewpoint, request, title, subtitle = (str(about[key]) for key in Chapter._fields[:-1])
    return Chapter(viewpoint, request, title, subtitle, tuple(map(str, about["descriptions"])))


def _may_be_ours(name: str, entry: Entry) -> bool:
    """Whether it is the name of a picture in this very folder, whatever the file says."""
    return entry.format in NAMES and name.endswith(ending(entry.format)) and _PLAIN.fullmatch(name) is not None


def to_bytes(ledger: Ledger) -> bytes:
    """The ledger as a file; a picture or view a line, so that two branches that draw can be merged."""
    lines = [
        "{",
        f' "format": {_FORMAT},',
        f' "drawn_with": {json.dumps(ledger.drawn_with)},',
        ' "views": {',
        _listed({name: chapter._asdict() for name, chapter in ledger.views.items()}),
        " },",
        ' "pictures": {',
        _listed({name: entry._asdict() for name, entry in ledger.pictures.items()}),
        " }",
        "}",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "backslashreplace")


def _listed(items: Mapping[str, Mapping[str, Any]]) -> str:
    return ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(about, ensure_ascii=False)}" for name, about in sorted(items.items())
    )


def held_by(path: Path) -> str | None:
    """The digest of the bytes of a file; None if there is no such file, or it cannot be read."""
    try:
        return digest_of(read_bytes(path, 1 << 30))
    except UnreadableFileError:
        return None


def digest_of(data: bytes) -> str:
    """A short stand-in for bytes."""
    return hashlib.sha256(data).hexdigest()[:32]


def digests_of(job: Job) -> dict[str, str]:
    """For each format of a job, a short stand-in for all that its pictures depend on but the program."""
    digest = hashlib.sha256(repr((job.view, job.links)).encode("utf-8", "backslashreplace"))
    found = {}
    for format in job.formats:
        own = digest.copy()
        own.update(f"{format} {job.dpi if format == 'png' else ''}".encode())
        found[format] = own.hexdigest()[:16]
    return found


@functools.cache
def drawn_with() -> str:
    """A stand-in for all that decides how a view is drawn but the view: the code, its tables, what it stands on."""
    from importlib.metadata import PackageNotFoundError, version

    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".json", ".gz", ".mo"):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for name in ("graphviz-pure", "graphviz", "typst", "fontpkg-arimo", "XlsxWriter"):
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()[:16]
