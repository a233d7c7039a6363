"""One id in place of another: in a text that names it, in the row of an element, in the file of known findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from spbe_arch.baseline import fingerprint
from spbe_arch.findings import ElementName
from spbe_arch.metamodel.values import LinkKind, Source, SourceKind, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.records import Row

__all__ = ["Renaming"]


@dataclass(frozen=True)
class Renaming:
    """Another id of one element of one agency."""

    agency: str
    old: str
    new: str
    of_agency: bool = False
    """Whether the element is an agency, whose id stands before those of its elements."""

    @property
    def global_new(self) -> str:
        """The new id with its agency before it."""
        return f"{self.agency}/{self.new}"

    def of_text(self, text: str, before: str, home: str, *, is_key: bool = False) -> str | None:
        """A text that names the element, with the new id; None if it does not.

        Args:
            text: as it stands in a file.
            before: what stands before the id in it.
            home: the agency of the file.
            is_key: whether the text is the key of an element, and no link.
        """
        lead = text[: len(text) - len(text.lstrip())] + before
        named = text[len(lead) :].rstrip()
        tail = text[len(lead) + len(named) :]
        agency, slash, local = named.rpartition("/")
        if (agency if slash else home) == self.agency and local == self.old and not (is_key and slash):
            return lead + agency + slash + self.new + tail
        if self.of_agency and slash and agency == self.old and home == self.agency:
            return lead + self.new + slash + local + tail
        return None

    def of_row(self, row: Row, home: str) -> Row:
        """The row of an element of an agency, in which the element is called by its new id."""
        fields = row.shape.type.fields
        values = tuple(
            self._of_value(value, home) if isinstance(fields[name].kind, (LinkKind, SourceKind)) else value
            for name, value in zip(row.shape.fields, row.values, strict=True)
        )
        is_it = row.id == self.old and home == self.agency
        return row._replace(id=self.new if is_it else row.id, values=values)

    def _of_value(self, value: Any, home: str) -> Any:
        if isinstance(value, Target):
            return value._replace(to=self._of_id(value.to, home), source=self._of_value(value.source, home))
        if isinstance(value, Source):
            return value._replace(document=value.document and self._of_id(value.document, home))
        if isinstance(value, tuple):
            return tuple(self._of_value(item, home) for item in value)
        return self._of_id(value, home) if isinstance(value, str) else value

    def _of_id(self, id: str, home: str) -> str:
        return self.of_text(id, "", home) or id

    # --- known findings ------------------------------------------------------------------------------------------

    def of_baseline(self, data: bytes, architecture: Architecture, findings: Iterable[Finding]) -> bytes:
        """The file of known findings, in which those about the element are known by its new id.

        Args:
            data: what the file holds.
            architecture: with the new id.
            findings: all that is found in it.
        """
        for finding in findings:
            home = architecture.agency_of_path(finding.place.path)
            fault = finding.fault
            is_it = fault.place.element == self.new and home == self.agency
            place = fault.place._replace(element=self.old) if is_it else fault.place
            values = {name: self._was(value, home) for name, value in fault.values.items()}
            then = replace(finding, fault=replace(fault, place=place, values=values))
            was, now = fingerprint(architecture, then), fingerprint(architecture, finding)
            if was != now:
                data = data.replace(f'"{was}"'.encode(), f'"{now}"'.encode())
        return data

    def _was(self, value: Any, home: str) -> Any:
        """A value of a message as it was with the old id."""
        if isinstance(value, ElementName):
            return value._replace(id=self._was(value.id, home))
        if isinstance(value, (tuple, list)):
            return type(value)(self._was(item, home) for item in value) if type(value) in (tuple, list) else value
        if type(value) is not str:
            return value
        back = Renaming(self.agency, self.new, self.old, self.of_agency)
        return back.of_text(value, "", home) or value
