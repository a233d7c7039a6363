"""What a path of names leads to: from types along links and their other ends, then to a field or a part of one.

Own rules, queries and the filters of views look their names up here. So one name means the same in all of them, and
each tells a wrong one in its own manner, at its own place.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

from spbe_arch.catalogue import linking
from spbe_arch.metamodel import FieldInfo, Inverse, Layer, near_miss, type_of, types
from spbe_arch.metamodel import values as kinds
from spbe_arch.metamodel.lists import ValueList
from spbe_arch.metamodel.values import Kind, ValueProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spbe_arch.architecture import Architecture

__all__ = [
    "LONGEST",
    "MANY_TYPES",
    "OF_EVERY",
    "REPEATED",
    "UNIT",
    "Found",
    "Holder",
    "Meaning",
    "Names",
    "PathProblem",
    "Reason",
    "Step",
    "TypesKind",
    "follow",
    "leads_to",
    "meaning",
    "meanings",
    "names_of",
    "sections_by_name",
    "sections_called",
    "type_near",
    "value_of_every",
    "values_in",
    "word_for",
]

LONGEST = 8
"""How many names a path may have."""

OF_EVERY = {"id": "id", "type": "jenis_elemen", "layer": "lapis", "agency": "instansi", "path": "berkas"}
"""What may be asked of every element besides its fields, with the Indonesian names."""

UNIT = "unit"
"""The link of every element to the unit that it belongs to, whichever field says so; called alike in both languages."""

MANY_TYPES = {"all": "semua", "infrastructure": "infrastruktur", "security": "keamanan"}
"""What stands for all types, or for those of a layer; the other layers have English names only."""

REPEATED = ("parent", "replaces", "after")
"""Fields that lead to the same type and never back to where they began; they and their other ends may be repeated."""

_LAYERS = ValueList(
    "layer",
    "business = bisnis (proses_bisnis), services = layanan, data = data (data_dan_informasi), application = aplikasi, "
    "infrastructure = infrastruktur, security = keamanan, across = lintas_lapis",
)


class TypesKind(Kind):
    """Types of elements, or whole layers of them."""

    name = "types"
    many = True

    def read(self, raw: Any) -> tuple[str, ...]:
        found: dict[str, None] = {}
        items = raw if isinstance(raw, list) else [raw]
        for index, text in enumerate(items):
            for name in kinds.TEXTS.read(text):
                sections = sections_called(name)
                if not sections:
                    path = (index,) if isinstance(raw, list) else ()
                    raise ValueProblem(linking.UNKNOWN_TYPE, path, type_near(name), value=name)
                found.update(dict.fromkeys(sections))
        return tuple(found)


_KINDS: dict[str, Kind] = {
    "id": kinds.TEXT,
    "type": TypesKind(),
    "layer": kinds.ChoiceKind(_LAYERS, many=False),
    "agency": kinds.TEXT,
    "path": kinds.TEXT,
}
_EVERY = {spelling: name for name, indonesian in OF_EVERY.items() for spelling in (name, indonesian)}


class Holder:
    """What the name `unit` means to every type."""

    name: ClassVar[str] = UNIT
    indonesian: ClassVar[str] = UNIT
    sections: ClassVar[tuple[str, ...]] = ("units",)


Meaning: TypeAlias = "FieldInfo | Inverse[Any] | Holder"

Names: TypeAlias = tuple[tuple[str, str], ...]
"""What a name means, by section: two types may call different fields alike."""


class Step(NamedTuple):
    """One step of a path: the link field, or the other end of one, that is followed."""

    names: Names
    repeated: bool = False
    """Whether it is followed again and again, as in `parent+`."""


class Found(NamedTuple):
    """Where a path leads to."""

    steps: tuple[Step, ...]
    sections: tuple[str, ...]
    """Where the steps lead to."""
    names: Names = ()
    """The field at the end; empty if the path ends at elements."""
    part: str = ""
    """The part of each value, as in `source.confidence`."""
    kinds: tuple[Kind, ...] = ()
    """Of the field, or of its part."""


class Reason(Enum):
    """Why a path leads nowhere."""

    UNKNOWN = "no type here has the name"
    ENDED = "nothing lies below the field before the name"
    MIXED = "the name is a link at some of the types, and a field at others"
    UNREPEATABLE = "a link with this name cannot be followed again and again"
    LONG = "the path has too many names"


class PathProblem(Exception):  # noqa: N818 - a path of a model is a problem, not an error of the caller
    """A path that leads nowhere: why, at which of its names, and what was meant."""

    def __init__(self, reason: Reason, number: int, name: str, sections: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.number = number
        self.name = name
        self.sections = sections
        """The types that do not have the name."""

    @property
    def near(self) -> str | None:
        """What was most likely meant by a name that is not known."""
        if self.reason is not Reason.UNKNOWN:
            return None
        return near_miss(self.name, tuple(dict.fromkeys(one for some in self.sections for one in names_of(some))))


def follow(names: Sequence[str], sections: tuple[str, ...], *, strict: bool = False) -> Found:
    """Where a path leads to.

    Args:
        names: the path.
        sections: of the elements that it begins at.
        strict: whether each of them must know the first name; else one is enough.

    Raises:
        PathProblem: if it leads nowhere.
    """
    if len(names) > LONGEST:
        raise PathProblem(Reason.LONG, LONGEST, names[LONGEST])
    steps: list[Step] = []
    here = sections
    for number, name in enumerate(names):
        if _is_of_every(name, here):
            if number < len(names) - 1:
                raise PathProblem(Reason.ENDED, number + 1, names[number + 1])
            canonical = _EVERY[name]
            return Found(tuple(steps), here, tuple((one, canonical) for one in here), "", (_KINDS[canonical],))
        meant = _meant(name.removesuffix("+"), number, here, strict=strict and not number)
        fields = {one: thing for one, thing in meant.items() if isinstance(thing, FieldInfo) and not thing.is_link}
        if fields and len(fields) < len(meant):
            raise PathProblem(Reason.MIXED, number, name)
        if fields:
            return _at_values(names, number, fields, Found(tuple(steps), here))
        steps.append(_step(name, number, meant))
        here = leads_to(meant.values())
    return Found(tuple(steps), here)


def _is_of_every(name: str, sections: tuple[str, ...]) -> bool:
    """Whether a name means what every element has: unless each of the types has a field of that name."""
    return name in _EVERY and not all(meaning(section, name) for section in sections)


def _meant(name: str, number: int, sections: tuple[str, ...], *, strict: bool) -> dict[str, Meaning]:
    """What a name means to some sections."""
    found = meanings(sections, name)
    lacking = tuple(section for section in sections if section not in found) if strict or not found else ()
    if lacking:
        raise PathProblem(Reason.UNKNOWN, number, name, lacking)
    return found


def _step(name: str, number: int, meant: Mapping[str, Meaning]) -> Step:
    repeated = name.endswith("+")
    if repeated and any(_fields_of(thing).isdisjoint(REPEATED) for thing in meant.values()):
        raise PathProblem(Reason.UNREPEATABLE, number, name)
    return Step(tuple((section, thing.name) for section, thing in meant.items()), repeated)


def _fields_of(thing: Meaning) -> set[str]:
    return set(thing.fields) if isinstance(thing, Inverse) else {thing.name}


def _at_values(names: Sequence[str], number: int, fields: Mapping[str, Meaning], found: Found) -> Found:
    """The end of a path at a field that is no link; some kinds have parts."""
    infos = [info for info in fields.values() if isinstance(info, FieldInfo)]
    of_names = {info.kind.name: info.kind for info in infos}  # those of one name read alike
    found = found._replace(
        names=tuple((section, field.name) for section, field in fields.items()), kinds=tuple(of_names.values())
    )
    if len(names) == number + 1:
        return found
    part = _part(names[number + 1], found.kinds)
    if part is None or len(names) > number + 2:
        raise PathProblem(Reason.ENDED, number + 1 if part is None else number + 2, names[number + 1])
    return found._replace(part=part[0], kinds=part[1])


def _part(name: str, of: tuple[Kind, ...]) -> tuple[str, tuple[Kind, ...]] | None:
    """What a name below a field means: a part of a source, or a key of a mapping."""
    mappings = [kind.each for kind in of if isinstance(kind, (kinds.ByYearKind, kinds.MapKind))]
    if len(mappings) == len(of):
        return name, tuple(mappings)
    parts = {spelling: one for one, other in kinds.SourceKind.NAMES.items() for spelling in (one, other)}
    if name not in parts or not all(isinstance(kind, kinds.SourceKind) for kind in of):
        return None
    of_parts: dict[str, Kind] = {"confidence": kinds.CONFIDENCE, "fields": kinds.TEXTS}
    return parts[name], (of_parts.get(parts[name], kinds.TEXT),)


# --- names -----------------------------------------------------------------------------------------------------


def meaning(section: str, name: str) -> Meaning | None:
    """What a name means to a type: a field, the other end of one, or the link to its unit."""
    found = type_of(section).spellings.get(name) or _other_ends(section).get(name)
    return Holder() if found is None and name == UNIT else found


def word_for(section: str, name: str, language: str) -> str:
    """What the English name of a field, of the other end of one, or of what every element has is in a language."""
    if language != "id":
        return name
    meant = meaning(section, name)
    return OF_EVERY.get(name, name) if meant is None else meant.indonesian


def meanings(sections: Iterable[str], name: str) -> dict[str, Meaning]:
    """What a name means to those of some types that have it."""
    return {section: meant for section in sections if (meant := meaning(section, name)) is not None}


def names_of(section: str) -> Iterator[str]:
    """Every name that means something to a type."""
    yield from type_of(section).spellings
    yield from _other_ends(section)
    yield from (*_EVERY, UNIT)


def _other_ends(section: str) -> dict[str, Inverse[Any]]:
    known = _OTHER_ENDS.get(section)
    if known is None:
        ends = type_of(section).inverses.values()
        known = _OTHER_ENDS[section] = {name: end for end in ends for name in (end.name, end.indonesian)}
    return known


_OTHER_ENDS: dict[str, dict[str, Inverse[Any]]] = {}


def leads_to(things: Iterable[Meaning]) -> tuple[str, ...]:
    """The sections that links and other ends lead to, in the order of the layers."""
    reached = {one for thing in things for one in (thing.targets if isinstance(thing, FieldInfo) else thing.sections)}
    return tuple(section for section in types() if section in reached)


def sections_called(name: str) -> tuple[str, ...]:
    """The sections that the name of a type, of a layer or of all stands for; none if there are none."""
    return sections_by_name().get(_plain(name), ())


def type_near(name: str) -> str | None:
    """The name of a type, of a layer or of all that was most likely meant by one that is not known."""
    return near_miss(_plain(name), sections_by_name())


def _plain(name: str) -> str:
    """The name of a type as tables have it, however it was written."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def sections_by_name() -> dict[str, tuple[str, ...]]:
    """Every name of a type, of a layer and of all types, with the sections that it stands for."""
    if not _BY_NAME:
        for section, info in types().items():
            _BY_NAME.update(dict.fromkeys((section, *info.indonesian_names), (section,)))
        for layer in Layer:
            _BY_NAME.setdefault(layer.value, tuple(one for one, info in types().items() if info.layer is layer))
        _BY_NAME["all"] = tuple(types())
        for word, indonesian in MANY_TYPES.items():
            _BY_NAME[indonesian] = _BY_NAME[word]
    return _BY_NAME


_BY_NAME: dict[str, tuple[str, ...]] = {}


# --- values ----------------------------------------------------------------------------------------------------


def value_of_every(architecture: Architecture, name: str) -> Callable[[int], str]:
    """What tells, by number, what every element of an architecture has under a name of `OF_EVERY`."""
    if name == "id":
        return architecture.id_at
    if name == "type":
        return architecture.section_at
    if name == "layer":
        return lambda ordinal: type_of(architecture.section_at(ordinal)).layer_name
    if name == "agency":
        return architecture.agency_at
    return lambda ordinal: architecture.file_at(ordinal).path


def values_in(found: Any, part: str = "") -> tuple[Any, ...]:
    """The single values of what stands in a field, or of a part of each."""
    if found is None:
        return ()
    if isinstance(found, Mapping):
        return tuple(value for key, value in found.items() if not part or str(key) == part)
    each = found if type(found) is tuple else (found,)
    if not part:
        return each
    parts = [getattr(one, part) for one in each]
    return tuple(one for some in parts for one in (some if type(some) is tuple else (some,)) if one is not None)
