"""Tables of the package that an agency adds to, or puts a file of its own in the place of.

Designations change faster than programs, so a file of the repository may hold the list of national applications; it
has the form of the one that is shipped. It is read like a file of the model: nothing in it runs, and what is wrong
with it is a finding, since a list that is not read would be a rule that silently does not know anything.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.catalogue import linking, reading
from spbe_arch.findings import Fault, Place, Region, Term, english
from spbe_arch.likeness import OwnWords
from spbe_arch.metamodel.national import NationalApplications, applications_of
from spbe_arch.nodes import plain, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.config import Settings

__all__ = ["OwnTables", "own_tables"]


class OwnTables(NamedTuple):
    """What an agency has besides the tables of the package, or in their place."""

    words: OwnWords = OwnWords()
    national: NationalApplications | None = None


def own_tables(architecture: Architecture, settings: Settings) -> tuple[OwnTables, list[Fault]]:
    """What the settings say of tables, and what is wrong with the files that they name."""
    written = settings.tables.get("national_applications")
    if written is None:
        return OwnTables(settings.words), []
    manifest = architecture.manifest
    path = posixpath.normpath(manifest.folder + written.replace("\\", "/"))
    data, faults = _read(architecture, path)
    if faults:
        return OwnTables(settings.words), faults
    try:
        return OwnTables(settings.words, applications_of(data)), []
    except (LookupError, TypeError, ValueError, AttributeError):
        values = {
            "found": Term("noun", english("another table")),
            "wanted": Term("noun", english("a list of national applications")),
        }
        return OwnTables(settings.words), [linking.WRONG_SHAPE.fault(Place(path, Region(1, 1, 1, 2)), values)]


def _read(architecture: Architecture, path: str) -> tuple[Any, list[Fault]]:
    place = Place(architecture.manifest.path, field="check\0tables\0national_applications", on_value=True)
    try:
        text = None if path.startswith(("../", "/")) else architecture.texts[path]
    except (KeyError, ValueError):
        text = None
    if text is None:
        values = {"reason": Term("noun", english("there is no such file in the repository, or it cannot be read"))}
        return None, [reading.UNREADABLE_FILE.fault(place, values)]
    document = read(path, text)
    if document.faults or document.root is None:
        return None, list(document.faults) or list(_empty(place))
    return plain(document.root), []


def _empty(place: Place) -> Iterable[Fault]:
    yield reading.UNREADABLE_FILE.fault(place, {"reason": Term("noun", english("the file is empty"))})
