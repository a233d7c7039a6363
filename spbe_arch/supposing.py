"""What would be if: elements removed, merged, replaced, moved; the architecture that is stays as it was.

would = what_if(architecture, merge={"absensi-dinkes": "presensi"}, move={"presensi": "bkpsdm"})
would.introduced, would.resolved
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from spbe_arch.arguments import several
from spbe_arch.checking import check_both
from spbe_arch.comparing import compare
from spbe_arch.errors import SupposedError
from spbe_arch.loader import relinked
from spbe_arch.metamodel.values import Target
from spbe_arch.records import shape

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.comparing import Difference
    from spbe_arch.findings import Finding
    from spbe_arch.records import FileResult, Row

__all__ = ["Supposition", "what_if"]


@dataclass(frozen=True)
class Supposition:
    """An architecture that is only supposed, beside the one that is.

    What links would break is known at once; findings are looked for when somebody asks for them.
    """

    before: Architecture
    """The one that is."""
    architecture: Architecture
    as_of: datetime.date | None = None
    """The day for rules about time."""

    @cached_property
    def difference(self) -> Difference:
        """From the one that is to the supposed one; both are checked when it is first asked for."""
        findings = check_both(self.before, self.architecture, as_of=self.as_of)
        return compare(self.before, self.architecture, *findings)

    @cached_property
    def broken(self) -> tuple[Finding, ...]:
        """Links that would lead nowhere, whatever the settings say of them."""
        links = ([one for one in some.findings if one.code in _BROKEN] for some in (self.before, self.architecture))
        return compare(self.before, self.architecture, *links).introduced

    @property
    def introduced(self) -> tuple[Finding, ...]:
        """Findings that there would be besides."""
        return self.difference.introduced

    @property
    def resolved(self) -> tuple[Finding, ...]:
        """Findings that would be gone."""
        return self.difference.resolved

    def __repr__(self) -> str:
        known = "difference" in vars(self)  # to look at a supposition is no reason to check it
        findings = f", findings +{len(self.introduced)} -{len(self.resolved)}" if known else ""
        return f"<Supposition: {len(self.broken)} broken links{findings}>"


_BROKEN = frozenset({"SPBE101", "SPBE102"})


def what_if(
    architecture: Architecture,
    *,
    remove: str | Iterable[str] = (),
    merge: Mapping[str, str] | None = None,
    replace: Mapping[str, str] | None = None,
    move: Mapping[str, str] | None = None,
    as_of: datetime.date | None = None,
) -> Supposition:
    """The architecture with some changes, what they break and what they mend.

    Args:
        architecture: the one that is; it is not changed.
        remove: the id of an element that is no longer there, or several.
        merge: ids of elements that go, with those that take over their links, in both directions.
        replace: ids of elements that go, with those that links to them lead to from now on.
        move: ids of elements with the units that own them from now on.
        as_of: the day for rules about time, as for `check`.

    Raises:
        UnknownElementError: if an element does not exist.
        SupposedError: if an element would be changed in two ways, or would be merged with one of another type.

    >>> from spbe_arch import load
    >>> would = what_if(load("models/kab-bekasi"), remove=["server-simrs"])
    >>> sorted({finding.place.element for finding in would.broken})
    ['antrean-rsud', 'kesenjangan-server-rsud', 'simrs', 'uji-kerentanan-rsud-2026']
    """
    plan = _Plan(architecture)
    for id in several(remove):
        plan.drop(id)
    for old, kept in (merge or {}).items():
        plan.lead(old, kept, joined=True)
    for old, new in (replace or {}).items():
        plan.lead(old, new, joined=False)
    for id, unit in (move or {}).items():
        plan.own(id, unit)
    return Supposition(architecture, plan.carried_out(), as_of)


class _Plan:
    """What becomes of the rows of an architecture."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self._dropped: set[int] = set()
        self._leads: dict[int, int] = {}
        self._joined: dict[int, list[int]] = defaultdict(list)
        self._owners: dict[int, str] = {}

    def drop(self, id: str) -> int:
        ordinal = self._architecture[id].ordinal
        if ordinal in self._dropped:
            raise SupposedError("{id!r} cannot go in two ways", id=id)
        self._dropped.add(ordinal)
        return ordinal

    def lead(self, old: str, new: str, *, joined: bool) -> None:
        source, target = self.drop(old), self._architecture[new].ordinal
        rows = self._architecture.row_at
        if rows(source).shape.type is not rows(target).shape.type:
            raise SupposedError("{old!r} and {new!r} are of different types", old=old, new=new)
        if source == target:
            raise SupposedError("{id!r} cannot take its own place", id=old)
        self._leads[source] = target
        if joined:
            self._joined[target].append(source)

    def own(self, id: str, unit: str) -> None:
        self._owners[self._architecture[id].ordinal] = self._architecture[unit].global_id

    def carried_out(self) -> Architecture:
        lost = [target for target in self._leads.values() if target in self._dropped and target not in self._leads]
        if lost:
            raise SupposedError("{id!r} would take over links and go", id=self._architecture.id_at(lost[0]))
        paths = {self._architecture.file_at(ordinal).path for ordinal in self._touched()}
        paths -= {member.manifest.path for member in self._architecture.members}
        files: dict[str, FileResult | None] = {}
        for file, numbers in self._architecture.stretches():
            if file.path in paths:
                rows = [self._row(ordinal) for ordinal in numbers if ordinal not in self._dropped]
                files[file.path] = replace(file, rows=rows, digest="")
        return relinked(self._architecture, files)

    def _touched(self) -> set[int]:
        """The elements that go, and those of which something may be said otherwise."""
        touched = {*self._dropped, *self._joined, *self._owners}
        for _, _, sources, targets in self._architecture.pairs():
            if not self._leads.keys().isdisjoint(targets):
                ends = zip(sources, targets, strict=True)
                touched.update(source for source, target in ends if target in self._leads)
        return touched

    def _row(self, ordinal: int) -> Row:
        """The row with its links led elsewhere, those of what was merged into it, and its owner."""
        row = self._architecture.row_at(ordinal)
        fields = dict(zip(row.shape.fields, row.values, strict=True))
        links = row.shape.type.links
        for name in links.keys() & fields.keys():
            fields[name] = self._led(ordinal, name, fields[name])
        for other in self._joined[ordinal]:
            absorbed = self._architecture.row_at(other)
            for name, value in zip(absorbed.shape.fields, absorbed.values, strict=True):
                if name in links:
                    fields[name] = _together(
                        fields.get(name),
                        self._led(other, name, value, self._architecture.agency_at(ordinal)),
                        many=links[name].kind.many,
                    )
        if ordinal in self._owners and "owner" in row.shape.type.fields:
            fields["owner"] = self._owners[ordinal]
        if fields == dict(zip(row.shape.fields, row.values, strict=True)):
            return row
        return row._replace(shape=shape(row.shape.type.section, tuple(fields)), values=tuple(fields.values()))

    def _led(self, ordinal: int, name: str, value: Any, home: str = "") -> Any:
        """The value of a link field, with what is led elsewhere; in the words of another agency, if one is named."""
        if isinstance(value, tuple) and not isinstance(value, Target):
            return tuple(dict.fromkeys(self._led(ordinal, name, item, home) for item in value))
        ends = self._architecture.follow(ordinal, name, (value,))
        end = self._last(ends[0]) if ends else None
        if end is None or (end == ends[0] and home in ("", self._architecture.agency_at(ordinal))):
            return value
        id = self._architecture.at_ordinal(end).global_id
        return value._replace(to=id) if isinstance(value, Target) else id

    def _last(self, ordinal: int) -> int:
        """What stands in the place of an element, if that is merged itself, what stands in its place."""
        seen: set[int] = set()
        while ordinal in self._leads and ordinal not in seen:
            seen.add(ordinal)
            ordinal = self._leads[ordinal]
        return ordinal


def _together(own: Any, other: Any, *, many: bool) -> Any:
    """The links of two elements in one field; where there is room for one, its own stays."""
    if not many:
        return other if own is None else own
    return tuple(dict.fromkeys((*(own or ()), *(other or ()))))
