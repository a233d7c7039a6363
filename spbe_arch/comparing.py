"""Two states of an architecture → what changed: elements and links added, removed, changed, renamed; findings too.

An element is the same one in both states if its id is, or if the new state says so (its alias is the old id, its
number in the registry is the same), or if a new one and one that is gone are alike in all but the id.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spbe_arch.architecture import BOTH_ENDS
from spbe_arch.baseline import fingerprint
from spbe_arch.findings import english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["Changed", "Difference", "FieldChange", "LinkChange", "Renamed", "compare"]


class FieldChange(NamedTuple):
    """A field of an element in both states; None where it is blank."""

    field: str
    before: Any
    after: Any


class Changed(NamedTuple):
    """An element that is in both states and not the same."""

    id: str
    """In the new state."""
    section: str
    fields: tuple[FieldChange, ...]


class Renamed(NamedTuple):
    """An element with another id than before."""

    before: str
    after: str
    section: str
    because: str
    """How it was recognised: alias, registry, content."""


class LinkChange(NamedTuple):
    """A link that came or went; ends that were renamed have their new ids."""

    source: str
    field: str
    target: str


@dataclass(frozen=True)
class Difference:
    """What changed from one state of an architecture to another; each list in the order of ids."""

    before: Architecture
    after: Architecture
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    changed: tuple[Changed, ...]
    links_added: tuple[LinkChange, ...]
    links_removed: tuple[LinkChange, ...]
    introduced: tuple[Finding, ...]
    """Findings of the new state that the old one did not have."""
    resolved: tuple[Finding, ...]

    def __bool__(self) -> bool:
        """Whether anything of the architecture changed; findings do not count."""
        return any((self.added, self.removed, self.renamed, self.changed, self.links_added, self.links_removed))

    def __repr__(self) -> str:
        return (
            f"<Difference: elements +{len(self.added)} -{len(self.removed)}, {len(self.renamed)} renamed,"
            f" {len(self.changed)} changed; links +{len(self.links_added)} -{len(self.links_removed)};"
            f" findings +{len(self.introduced)} -{len(self.resolved)}>"
        )


def compare(
    before: Architecture,
    after: Architecture,
    findings_before: Iterable[Finding] = (),
    findings_after: Iterable[Finding] = (),
) -> Difference:
    """What changed from one state to another.

    Args:
        before: the old state.
        after: the new one.
        findings_before: what `check` says of the old one.
        findings_after: what it says of the new one.

    >>> from spbe_arch import load
    >>> architecture = load("models/kab-bekasi")
    >>> bool(compare(architecture, architecture))
    False
    """
    same = _shared(before, after)
    old, new = _by_id(before, same), _by_id(after, same)
    renamed = _renamed(before, after, old, new)
    names = {one.before: one.after for one in renamed}
    is_renamed = set(names.values())
    both = [(id, names.get(id, id)) for id in old if names.get(id, id) in new]
    gone, come = _links(before, after, names)
    introduced, resolved = _findings(before, after, findings_before, findings_after)
    return Difference(
        before,
        after,
        added=tuple(sorted(id for id in new if id not in old and id not in is_renamed)),
        removed=tuple(sorted(id for id in old if id not in new and id not in names)),
        renamed=renamed,
        changed=tuple(_changed(before, after, old, new, both)),
        links_added=tuple(sorted(come)),
        links_removed=tuple(sorted(gone)),
        introduced=introduced,
        resolved=resolved,
    )


def _shared(before: Architecture, after: Architecture) -> set[int]:
    """The files, by their identity as objects, whose elements are the same in both states."""
    if before.duplicates or after.duplicates or _agencies(before) != _agencies(after):
        return set()  # then what a file says depends on others
    olds = {id(file) for one in before.members for file in one.files}
    return olds & {id(file) for one in after.members for file in one.files}


def _agencies(architecture: Architecture) -> list[tuple[str, str]]:
    return [(one.manifest.path, one.manifest.agency) for one in architecture.members]


def _by_id(architecture: Architecture, same: set[int]) -> dict[str, int]:
    """The elements by id, without those of files that are the same."""
    if same:
        stretches = [numbers for file, numbers in architecture.stretches() if id(file) not in same]
        ordinals = [number for numbers in stretches for number in numbers]
    else:
        ordinals = list(architecture.all_ordinals())
    return dict(zip(architecture.ids_at(ordinals), ordinals, strict=True))


def _changed(
    before: Architecture,
    after: Architecture,
    old: Mapping[str, int],
    new: Mapping[str, int],
    both: list[tuple[str, str]],
) -> Iterator[Changed]:
    """The elements whose fields are not the same; links are compared as links."""
    rows, others = before.rows, after.rows
    differing = [pair for pair in both if rows[old[pair[0]]] is not others[new[pair[1]]]]
    for was, id in sorted(differing, key=lambda pair: pair[1]):
        one, other = rows[old[was]], others[new[id]]
        if (one.shape, one.values) == (other.shape, other.values):
            continue
        section = other.shape.type.section
        found = []
        if one.shape.type is not other.shape.type:
            found.append(FieldChange("type", one.shape.type.section, section))
        links = one.shape.type.links.keys() | other.shape.type.links.keys()
        for name in dict.fromkeys((*other.shape.fields, *one.shape.fields)):
            values = one.get(name), other.get(name)
            if values[0] != values[1] and name not in links:
                found.append(FieldChange(name, *values))
        if found:
            yield Changed(id, section, tuple(found))


_Pairs: TypeAlias = "tuple[array[int], array[int]]"
"""The numbers of the elements at both ends of some links."""


def _links(
    before: Architecture, after: Architecture, names: Mapping[str, str]
) -> tuple[set[LinkChange], set[LinkChange]]:
    """The links that went, and those that came; of fields with the same links in both states none is looked at."""
    olds, news = _by_field(before), _by_field(after)
    old_ids, new_ids = (one.ids_at(range(one.number_count)) for one in (before, after))
    if names:
        old_ids = [names.get(id, id) for id in old_ids]
    of_today = None if old_ids == new_ids else {id: number for number, id in enumerate(new_ids)}
    now = None if of_today is None else [of_today.get(id, -1) for id in old_ids]
    same = {name for name, pairs in olds.items() if name in news and _renumbered(pairs, now) == news[name]}
    if any(field in BOTH_ENDS and (section, field) not in same for section, field in (*olds, *news)):
        same = {(section, field) for section, field in same if field not in BOTH_ENDS}
    gone, come = _named(olds, same, old_ids), _named(news, same, new_ids)
    return {LinkChange(*link) for link in gone - come}, {LinkChange(*link) for link in come - gone}


def _renumbered(pairs: _Pairs, now: Sequence[int] | None) -> _Pairs:
    """Links by the numbers that elements have now; None where they have the same."""
    if now is None:
        return pairs
    sources, targets = (array("i", map(now.__getitem__, ends)) for ends in pairs)
    return sources, targets


def _by_field(architecture: Architecture) -> dict[tuple[str, str], _Pairs]:
    found = architecture.pairs()
    return {(section, field): (sources, targets) for section, field, sources, targets in found if field != "source"}


def _named(
    links: Mapping[tuple[str, str], _Pairs], same: set[tuple[str, str]], ids: list[str]
) -> set[tuple[str, str, str]]:
    """Links by the ids of their ends; what is written at both ends is one."""
    found: set[tuple[str, str, str]] = set()
    for (section, field), (sources, targets) in links.items():
        if (section, field) not in same:
            found.update((ids[one], field, ids[other]) for one, other in zip(sources, targets, strict=True))
    twice = {(other, "secured_by", one) for one, field, other in found if field == "secures"}
    return found - twice


_Key = Callable[["Architecture", int], Any]
"""What stands for an element of a number; None if nothing does."""


# --- what was renamed ----------------------------------------------------------------------------------------


def _renamed(
    before: Architecture, after: Architecture, old: Mapping[str, int], new: Mapping[str, int]
) -> tuple[Renamed, ...]:
    gone = {id: ordinal for id, ordinal in old.items() if id not in new}
    come = {id: ordinal for id, ordinal in new.items() if id not in old}
    found: dict[str, Renamed] = {}
    for because, pairs in (
        (english("alias"), _by_alias(after, gone, come)),
        (english("registry"), _by_key(before, after, gone, come, _registry)),
        (english("content"), _by_key(before, after, gone, come, _content)),
    ):
        for was, id in pairs:
            if was in gone and id in come:
                section = after.row_at(come[id]).shape.type.section
                found[id] = Renamed(was, id, section, because)
                del gone[was], come[id]
    return tuple(found[id] for id in sorted(found))


def _by_alias(after: Architecture, gone: Mapping[str, int], come: Mapping[str, int]) -> list[tuple[str, str]]:
    pairs = []
    for id, ordinal in come.items():
        agency, slash, _ = id.rpartition("/")
        pairs += [(f"{agency}{slash}{alias}", id) for alias in after.row_at(ordinal).get("aliases") or ()]
    return [(was, id) for was, id in pairs if was in gone]


def _by_key(
    before: Architecture, after: Architecture, gone: Mapping[str, int], come: Mapping[str, int], key: _Key
) -> list[tuple[str, str]]:
    """Pairs that share a key which no third one has."""
    olds, news = _keyed(before, gone, key), _keyed(after, come, key)
    return [(olds[one][0], news[one][0]) for one in olds if len(olds[one]) == 1 and len(news.get(one, ())) == 1]


def _keyed(architecture: Architecture, some: Mapping[str, int], key: _Key) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for id, ordinal in some.items():
        shared = key(architecture, ordinal)
        if shared is not None:
            found[shared].append(id)
    return found


def _registry(architecture: Architecture, ordinal: int) -> Any:
    row = architecture.row_at(ordinal)
    number = row.get("registry_id")
    return (architecture.agency_at(ordinal), row.shape.type.section, number) if number else None


def _content(architecture: Architecture, ordinal: int) -> Any:
    """All that is written at it; too little tells nothing."""
    row = architecture.row_at(ordinal)
    written = sorted((name, repr(value)) for name, value in zip(row.shape.fields, row.values, strict=True))
    if len(written) < 2 or not row.get("name"):
        return None
    return architecture.agency_at(ordinal), row.shape.type.section, tuple(written)


# --- findings ------------------------------------------------------------------------------------------------


def _findings(
    before: Architecture, after: Architecture, old: Iterable[Finding], new: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Those that came, and those that went; known by what was found, not by where it stands."""
    if old is new:  # as where both states were found to say the same
        return (), ()
    olds = [(fingerprint(before, one), one) for one in old]
    news = [(fingerprint(after, one), one) for one in new]
    return _not_among(news, olds), _not_among(olds, news)


def _not_among(some: list[tuple[str, Finding]], others: list[tuple[str, Finding]]) -> tuple[Finding, ...]:
    left = Counter(key for key, _ in others)
    found = []
    for key, finding in some:
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return tuple(found)
