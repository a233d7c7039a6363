"""Which view shows what was changed in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.metamodel import type_of

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.records import FileResult

__all__ = ["request_for"]

_OF_SECTION = {
    "applications": "landscape",
    "exchanges": "integration",
    "units": "organisation",
    "initiatives": "roadmap",
    "gaps": "roadmap",
}
_OF_LAYER = {"infrastructure": "deployment", "security": "security"}


def request_for(before: Architecture, after: Architecture, path: str) -> str:
    """The view of what differs in a file: of the one element that does, else of the types that do; empty if nothing.

    Args:
        before: the architecture before the change.
        after: and behind it.
        path: of the file.
    """
    old, new = _file(before, path), _file(after, path)
    was = {(row.shape.type.section, row.id): row for row in old.rows} if old else {}
    now = {(row.shape.type.section, row.id): row for row in new.rows} if new else {}
    changed = [key for key, row in now.items() if was.get(key) != row]
    agency = after.agency_of_path(path)
    if len(changed) == 1:
        [(section, id)] = changed
        element = after.find(f"{agency}/{id}")
        if element is not None and element.section == section:
            name = after.id_at(element.ordinal)
            return f"chain:{name}" if section == "services" else f"context:{name}"
    sections = [section for section, _ in changed or (was.keys() ^ now.keys())]
    if not sections:
        return ""
    section = max(set(sections), key=lambda one: (sections.count(one), one))
    return _OF_SECTION.get(section) or _OF_LAYER.get(type_of(section).layer.value, "layers")


def _file(architecture: Architecture, path: str) -> FileResult | None:
    return next((file for member in architecture.members for file in member.files if file.path == path), None)
