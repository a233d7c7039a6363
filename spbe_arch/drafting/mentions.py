"""Where the id of an element stands in a text: at the element, in links, sources, views and own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.definitions import CRITERIA, KEYS
from spbe_arch.loader import SPECIAL, read_file, section_called
from spbe_arch.metamodel import types
from spbe_arch.metamodel.values import LinkKind, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spbe_arch.metamodel.values import Kind
    from spbe_arch.splicing import Entry, Manuscript, Part

__all__ = ["mentions"]


def mentions(manuscript: Manuscript) -> Iterator[tuple[Part, str]]:
    """The single values that name an element, each with what stands before the id in it.

    The keys of elements are among them. What is before an id is empty but for requests of views, as in `chain:izin`.
    """
    for entry in _pairs(manuscript.root):
        name = _key(entry)
        special = SPECIAL.get(name)
        if special == "defaults":
            yield from _of_fields(entry.value, _any_field)
        elif special == "references":
            yield from (found for code in _pairs(entry.value) for found in _of_fields(code.value, _of_a_code))
        elif special == "views":
            yield from (found for view in _pairs(entry.value) for found in _of_view(view.value))
        elif special == "rules":
            yield from _of_rules(manuscript)
        elif (info := section_called(name)) is not None:
            spellings = info.spellings
            for element in _pairs(entry.value):
                if element.key is not None:
                    yield element.key, ""
                kinds = {written: field.kind for written, field in spellings.items()}
                yield from _of_fields(element.value, lambda field, kinds=kinds: kinds.get(field))  # type: ignore[misc]


def _pairs(part: Part | None) -> list[Entry]:
    return [one for one in part.entries if one.key is not None] if part is not None else []


def _key(entry: Entry) -> str:
    return entry.key.value if entry.key is not None else ""


def _any_field(name: str) -> Kind | None:
    kinds = [info.spellings[name].kind for info in types().values() if name in info.spellings]
    return next((kind for kind in kinds if isinstance(kind, (LinkKind, SourceKind))), None)


def _of_a_code(name: str) -> Kind | None:
    return SourceKind() if name in ("source", "sumber") else None


def _of_fields(part: Part, kind_of: Callable[[str], Kind | None]) -> Iterator[tuple[Part, str]]:
    for field in _pairs(part):
        kind = kind_of(_key(field))
        if isinstance(kind, LinkKind):
            yield from _targets(field.value, ("to", "ke"))
        elif isinstance(kind, SourceKind):
            yield from _targets(field.value, ("document", "dokumen"))


def _targets(part: Part, keys: tuple[str, str]) -> Iterator[tuple[Part, str]]:
    """The ids of links, or of sources, and those of the sources of links."""
    if part.kind in ("scalar", "alias"):
        yield part, ""
    elif part.kind == "list":
        for item in part.entries:
            if item.key is None:
                yield from _targets(item.value, keys)
    else:
        for pair in _pairs(part):
            if _key(pair) in keys and pair.value.kind in ("scalar", "alias"):
                yield pair.value, ""
            elif _key(pair) in ("source", "sumber"):
                yield from _targets(pair.value, ("document", "dokumen"))


def _of_view(part: Part) -> Iterator[tuple[Part, str]]:
    for pair in _pairs(part):
        names = {spelling: name for name, (indonesian, _) in KEYS.items() for spelling in (name, indonesian)}
        name = names.get(_key(pair))
        if name in ("about", "up") and pair.value.kind == "scalar":
            before, colon, _ = pair.value.value.rpartition(":")
            yield pair.value, before + colon
        elif name in ("for_each", "where"):
            for criterion in _pairs(pair.value):
                is_unit = _key(criterion) in ("unit", CRITERIA["unit"])
                if is_unit or isinstance(_any_field(_key(criterion)), LinkKind):
                    yield from _targets(criterion.value, ("to", "ke"))


def _of_rules(manuscript: Manuscript) -> Iterator[tuple[Part, str]]:
    result = read_file(manuscript.path, manuscript.text)
    for rule in result.own_rules:
        for located in rule.ids:
            part = manuscript.single_at(located.region)
            if part is not None and part.value.strip() == located.text:
                yield part, ""
