"""How an element type is declared: one frozen class that says everything about the type (DESIGN §2).

    class Service(Element, section="services", indonesian="layanan", layer=Layer.SERVICES, archimate="BusinessService"):
        processes: Many["Process"] = link("proses_bisnis (proses, probis)", "realization <-", "W C1")
        supported_by = Inverse["Application"]("supports", "didukung_oleh")

The annotation names the kind of the field and the classes a link may point to; the default names the Indonesian
spellings (the first is written, those in brackets are read too), the ArchiMate relationship (`->`: this element is
its source) and which finding speaks when it is blank. Everything else derives from that.
"""

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from spbe_arch.metamodel import values
from spbe_arch.metamodel.values import Kind, LinkKind

if TYPE_CHECKING:
    from pydantic import BaseModel

    from spbe_arch.architecture import Architecture

__all__ = [
    "UNIT_FIELDS",
    "ElementBase",
    "FieldInfo",
    "Inverse",
    "Layer",
    "Links",
    "Many",
    "One",
    "TypeInfo",
    "Undecided",
    "field",
    "link",
    "type_of",
    "types",
]


class Layer(StrEnum):
    """A layer of the architecture; a *domain arsitektur*, but for the last, which holds what lies across them."""

    BUSINESS = "business"
    SERVICES = "services"
    DATA = "data"
    APPLICATION = "application"
    INFRASTRUCTURE = "infrastructure"
    SECURITY = "security"
    ACROSS = "across"

    def label(self, language: str) -> str:
        """Its name on sheets and in sentences."""
        return (_LAYERS_ID if language == "id" else _LAYERS_EN)[self]


_LAYERS_ID = {
    Layer.BUSINESS: "Proses Bisnis",
    Layer.SERVICES: "Layanan",
    Layer.DATA: "Data dan Informasi",
    Layer.APPLICATION: "Aplikasi",
    Layer.INFRASTRUCTURE: "Infrastruktur",
    Layer.SECURITY: "Keamanan",
    Layer.ACROSS: "Lintas Lapis",
}
_LAYERS_EN = {
    Layer.BUSINESS: "Business Processes",
    Layer.SERVICES: "Services",
    Layer.DATA: "Data and Information",
    Layer.APPLICATION: "Applications",
    Layer.INFRASTRUCTURE: "Infrastructure",
    Layer.SECURITY: "Security",
    Layer.ACROSS: "Across the Layers",
}


class Undecided(Exception):  # noqa: N818 - not an error: a rule asked for a fact that is broken
    """A fact that a rule asks for is broken, and its finding has been made; the engine counts it."""


# --- fields ------------------------------------------------------------------------------------------------


class Requirement(NamedTuple):
    """What is said when the field is blank: a level letter (E, W, I; C under a condition) and rule letters."""

    level: str = ""
    rules: tuple[str, ...] = ()


class Declared(NamedTuple):
    """What the default of an annotated field says."""

    indonesian: tuple[str, ...]
    relationship: str = ""
    outward: bool = True
    required: Requirement = Requirement()
    default: str | None = None
    """What the field means when it is blank."""


def _spellings(text: str) -> tuple[str, ...]:
    first, _, rest = text.partition(" (")
    return (first, *rest.rstrip(")").split(", ")) if rest else (first,)


def _requirement(text: str) -> Requirement:
    level, *rules = text.split() or [""]
    return Requirement(level, tuple(rules))


def field(indonesian: str, required: str = "", *, default: str | None = None) -> Any:
    """A field that is no link: its Indonesian spellings, what is said when it is blank, what it means then."""
    return Declared(_spellings(indonesian), required=_requirement(required), default=default)


def link(indonesian: str, relationship: str, required: str = "") -> Any:
    """A link: its Indonesian spellings, ArchiMate relationship with `->` or `<-`, what is said when it is blank."""
    name, _, arrow = relationship.partition(" ")
    return Declared(_spellings(indonesian), name, arrow != "<-", _requirement(required))


T = TypeVar("T", bound="ElementBase")
T_co = TypeVar("T_co", bound="ElementBase", covariant=True)

if TYPE_CHECKING:
    One = Annotated[T | None, "a link to at most one element"]
else:

    class _LinkTo:
        """At run time `One["Unit"]` and `Many["Unit | Agency"]` carry the names of the classes."""

        def __init__(self, many: bool) -> None:
            self.many = many

        def __getitem__(self, targets: Any) -> Any:
            return LinkKind(tuple(str(targets).split(" | ")), many=self.many)

    One = _LinkTo(many=False)


class Links(Sequence[T_co]):
    """The elements at the far end of a link field or of its inverse, in order.

    An element made by hand knows no architecture: then there are ids and no elements. What is written and leads
    nowhere is in `ids`, not among the elements.
    """

    __slots__ = ("_architecture", "_broken", "_ids", "_ordinals", "_pending")

    _ordinals: tuple[int, ...] | None
    _pending: tuple[int, str, tuple[Any, ...]]
    """The number of the element that carries the links, their field, and what is written."""

    def __init__(
        self,
        ids: tuple[str, ...],
        architecture: "Architecture | None" = None,
        ordinals: tuple[int, ...] = (),
        *,
        broken: bool = False,
    ) -> None:
        self._ids: tuple[str, ...] | None = ids
        self._architecture = architecture
        self._ordinals = ordinals
        self._broken = broken

    @classmethod
    def written(cls, raw: tuple[Any, ...], field: str, ordinal: int, architecture: "Architecture") -> "Links[T_co]":
        """The links that are written at an element; they are followed when somebody looks."""
        links = cls.__new__(cls)
        links._ids = links._ordinals = None
        links._architecture = architecture
        links._pending = (ordinal, field, raw)
        return links

    @classmethod
    def reaching(cls, ordinals: tuple[int, ...], architecture: "Architecture", *, broken: bool) -> "Links[T_co]":
        """The links that are known by the numbers of the elements at their far end."""
        links = cls.__new__(cls)
        links._ids = None
        links._ordinals = ordinals
        links._architecture = architecture
        links._broken = broken
        return links

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids as written; those of another agency with its name before them."""
        if self._ids is None:
            if hasattr(self, "_pending"):
                self._ids = tuple([item if isinstance(item, str) else item.to for item in self._pending[2]])
            else:
                assert self._architecture is not None  # noqa: S101 - who knows numbers knows whose they are
                self._ids = tuple(map(self._architecture.id_at, self._ordinals or ()))
        return self._ids

    def _targets(self) -> tuple[int, ...]:
        """The numbers of the elements at the far end."""
        if self._ordinals is None:
            assert self._architecture is not None  # noqa: S101 - only an architecture hands out what is pending
            self._ordinals = self._architecture.follow(*self._pending)
            self._broken = len(self._ordinals) < len(self._pending[2])
        return self._ordinals

    def __bool__(self) -> bool:
        if self._targets():
            return True
        self._decide()
        return False

    def _decide(self) -> None:
        """A rule may not conclude anything from what is only partly known."""
        if self._broken and self._architecture is not None and self._architecture.strict:
            raise Undecided

    def __len__(self) -> int:
        targets = self._targets()
        self._decide()
        return len(targets)

    @typing.overload
    def __getitem__(self, index: int) -> T_co: ...
    @typing.overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        return list(self)[index]

    def __iter__(self) -> Iterator[T_co]:
        targets = self._targets()
        self._decide()
        architecture = self._architecture
        if architecture is not None:
            for ordinal in targets:
                yield architecture.at_ordinal(ordinal)  # type: ignore[misc]

    def __repr__(self) -> str:
        return f"Links({', '.join(self.ids)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Links) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash(self.ids)


if TYPE_CHECKING:
    Many = Annotated[Links[T], "a link to any number of elements"]
else:
    Many = _LinkTo(many=True)


class Inverse(Generic[T_co]):
    """The other end of a link field, declared on the class that the link points to.

    The brackets name the classes at the far end: `children = Inverse["Unit"]("parent", "turunan")`.
    """

    def __init__(self, fields: str, indonesian: str, sources: str = "") -> None:
        self.fields = tuple(fields.split())
        """The link fields that lead here."""
        self.indonesian = indonesian
        self.name = ""
        self.sources = tuple(sources.split(" | "))
        """The names of the classes that carry the fields; filled in from the brackets."""

    if not TYPE_CHECKING:  # typing would compile each name as if it were code, which takes longer than all the rest

        def __class_getitem__(cls, sources: str) -> Any:
            return partial(cls, sources=sources)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def is_meant_by(self, spelling: str, *, shortened: bool = True) -> bool:
        """Whether a name is one of its own; shortened, it may lack its last word, as `didukung` for `didukung_oleh`."""
        names = (self.name, self.indonesian)
        return spelling in names or (shortened and (f"{spelling}_by" in names or f"{spelling}_oleh" in names))

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections of the classes at the far end."""
        return expand(self.sources)

    @typing.overload
    def __get__(self, element: None, owner: type) -> Self: ...
    @typing.overload
    def __get__(self, element: "ElementBase", owner: type) -> Links[T_co]: ...
    def __get__(self, element: "ElementBase | None", owner: type) -> "Self | Links[T_co]":
        if element is None:
            return self
        architecture = element.architecture
        if architecture is None:
            return Links(())
        return architecture.inverse(element, self)


class _LinkEnd:
    """Reads a link field of an element: ids from what was loaded, elements from its architecture."""

    __slots__ = ("many", "name")

    def __init__(self, name: str, *, many: bool) -> None:
        self.name = name
        self.many = many

    def __get__(self, element: "ElementBase | None", owner: type) -> Any:
        if element is None:
            return self
        raw = element.__dict__.get(self.name)
        architecture = element._architecture
        if raw is None and element._unknown and element.is_unknown(self.name):
            return element.blank(self.name)
        if self.many:
            if architecture is not None:
                return architecture.links_of(element.ordinal, self.name, raw or ())
            return Links(tuple(item if isinstance(item, str) else item.to for item in raw or ()))
        if raw is None or architecture is None:
            return None
        return architecture.target_of(element, self.name, raw)

    def __set__(self, element: "ElementBase", value: Any) -> None:
        raise AttributeError(f"{self.name} is read only: elements are frozen")


UNIT_FIELDS = ("owner", "producer", "manager", "operator")
"""The links that say which unit an element belongs to; the first that leads to one counts (FORMAT §7)."""

_FIRST = ("name", "description", "registry_id", "reference", "owner")
"""What is written at the head of an element."""

_WITHOUT_DEFAULT = frozenset({"name", "aliases", "registry_id", "replaces"})
"""Fields that tell an element from others."""


@dataclass(frozen=True)
class FieldInfo:
    """What is known of one field of one type."""

    name: str
    kind: Kind
    declared: Declared

    @property
    def indonesian(self) -> str:
        """The Indonesian name that the formatter writes."""
        return self.declared.indonesian[0]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name that is read."""
        return (self.name, *self.declared.indonesian)

    def label(self, language: str) -> str:
        """The name as words of a sentence."""
        return (self.indonesian if language == "id" else self.name).replace("_", " ")

    @property
    def takes_default(self) -> bool:
        """Whether the `defaults` of a file may give it a value (FORMAT §1)."""
        return self.name not in _WITHOUT_DEFAULT

    @property
    def is_link(self) -> bool:
        """Whether it points to elements."""
        return isinstance(self.kind, LinkKind)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The sections that a link may point to, in the order of the layers; empty for other fields."""
        return expand(self.kind.targets) if isinstance(self.kind, LinkKind) else ()

    @cached_property
    def target_set(self) -> frozenset[str]:
        """The same sections, to look one up."""
        return frozenset(self.targets)

    @property
    def codes(self) -> str:
        """The prefix of the reference table of a code field, else empty."""
        return self.kind.prefix if isinstance(self.kind, values.CodeKind) else ""


# --- types -------------------------------------------------------------------------------------------------

_TYPES: "dict[str, TypeInfo]" = {}
_CLASSES: "dict[str, type[ElementBase]]" = {}


class TypeInfo:
    """What is known of one element type, derived from its class."""

    def __init__(self, cls: "type[ElementBase]", section: str, indonesian: str, layer: Layer, archimate: str) -> None:
        self.cls = cls
        self.section = section
        self.indonesian_names = _spellings(indonesian)
        self.layer = layer
        self.layer_name: str = layer.value
        self.archimate = archimate
        """The ArchiMate 3.2 element."""

    def __reduce__(self) -> Any:
        return type_of, (self.section,)

    @cached_property
    def fields(self) -> dict[str, FieldInfo]:
        """The fields by canonical name, common ones first."""
        declared = self.cls.declared_fields
        return {name: FieldInfo(name, self._kind(kind), said) for name, (kind, said) in declared.items()}

    def _kind(self, kind: Kind) -> Kind:
        if isinstance(kind, LinkKind) and kind.targets == ("Self",):
            return LinkKind((self.cls.__name__,), many=kind.many)
        return kind

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The fields in the order in which people read them.

        What names the element, its code and owner, what the type says of itself as it is declared, and in the end
        what may be said of every element.
        """
        names = list(self.fields)
        own = [name for name in self.cls.__annotations__ if name in self.fields and name not in _FIRST]
        first = [name for name in _FIRST if name in self.fields]
        return tuple(dict.fromkeys([*first, *own, *names]))

    @cached_property
    def meant(self) -> dict[str, Any]:
        """The fields that mean something when they are blank, with what they mean."""
        return {name: info.declared.default for name, info in self.fields.items() if info.declared.default is not None}

    @cached_property
    def spellings(self) -> dict[str, FieldInfo]:
        """Every name of every field that is read, with its field."""
        return {spelling: info for info in self.fields.values() for spelling in info.spellings}

    @cached_property
    def links(self) -> dict[str, FieldInfo]:
        """The link fields."""
        return {name: info for name, info in self.fields.items() if info.is_link}

    @cached_property
    def inverses(self) -> dict[str, Inverse[Any]]:
        """The other ends that stand on this type, by their English names."""
        found = {}
        for cls in reversed(self.cls.__mro__):
            for name, value in vars(cls).items():
                if isinstance(value, Inverse):
                    found[name] = value  # noqa: PERF403 - a subclass's own replaces that of its base
        return found

    @cached_property
    def codes(self) -> str:
        """The prefix of its reference table, as in "RAL"; empty if it has none."""
        reference = self.fields.get("reference")
        return reference.codes if reference else ""

    @property
    def indonesian(self) -> str:
        """The Indonesian section name that the formatter writes."""
        return self.indonesian_names[0]

    def label(self, language: str) -> str:
        """What one element of the type is called in a sentence."""
        if language == "id":
            return self.cls.label_id or self.indonesian.replace("_", " ")
        words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in self.cls.__name__)
        return words.strip()

    def counted(self, count: int, language: str) -> str:
        """So many elements of the type, as in "1 service" and "3 services"."""
        label = self.label(language) if language == "id" or count == 1 else self.section.replace("_", " ")
        return f"{count} {label}"

    def belongs_to(self, element: Any) -> Any:
        """The unit that an element belongs to: its owner, else its producer, manager or operator (FORMAT §7).

        Units and agencies belong to nobody.
        """
        for name in self.holding:
            unit = getattr(element, name)
            if unit is not None and unit.section == "units":
                return unit
        return None

    @cached_property
    def holding(self) -> tuple[str, ...]:
        """The links that may say to which unit an element belongs, the one that counts first in front."""
        return tuple(name for name in UNIT_FIELDS if name in self.links)


def types() -> "Mapping[str, TypeInfo]":
    """Every element type by its section, in the order of the layers."""
    return _TYPES


def type_of(section: str) -> TypeInfo:
    """The element type of a section, by its canonical name."""
    return _TYPES[section]


def expand(names: tuple[str, ...]) -> tuple[str, ...]:
    """The sections of the classes named and of the classes below them."""
    wanted = tuple(_CLASSES[name] for name in names)
    return tuple(section for section, info in _TYPES.items() if issubclass(info.cls, wanted))


def _kind_of(annotation: Any) -> Kind:
    """The kind that an annotation names: itself, or behind the Python type."""
    return annotation if isinstance(annotation, Kind) else annotation.__metadata__[0]


class ElementBase:
    """What every class of elements is built on: frozen, strict about its fields, bound to an architecture or not.

    An element made in Python is validated by the pydantic model of its type, which is built when the first one is
    made; an architecture hands out elements that were validated while they were read.
    """

    __slots__ = ("__dict__", "_architecture", "_ordinal", "_unknown")

    section: ClassVar[str] = ""
    """The section of the type."""

    label_id: ClassVar[str] = ""
    """What one element is called in an Indonesian sentence, where the section's name will not do."""

    declared_fields: ClassVar[dict[str, tuple[Kind, Declared]]] = {}
    """Every field with its kind and what is declared of it, those of the base first."""

    id: str
    _architecture: "Architecture | None"
    _ordinal: int
    _unknown: tuple[str, ...]

    def __init_subclass__(
        cls,
        section: str = "",
        indonesian: str = "",
        layer: Layer = Layer.ACROSS,
        archimate: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        own: dict[str, tuple[Kind, Declared]] = {}
        for name, annotation in cls.__annotations__.items():
            declared = vars(cls).get(name)
            if isinstance(declared, Declared):
                kind = _kind_of(annotation)
                own[name] = (kind, declared)
                if isinstance(kind, LinkKind):
                    setattr(cls, name, _LinkEnd(name, many=kind.many))
                else:
                    delattr(cls, name)  # so that what is missing from an element is asked of `__getattr__`
        cls.declared_fields = {**cls.declared_fields, **own}
        _CLASSES[cls.__name__] = cls
        if section:
            _TYPES[section] = TypeInfo(cls, section, indonesian, layer, archimate)
            cls.section = section

    def __init__(self, **attributes: Any) -> None:
        """An element that belongs to no architecture.

        Args:
            attributes: `id` and the fields, by their English names; links are ids.

        Raises:
            pydantic.ValidationError: if a field does not exist or cannot be read; it is a ValueError.
        """
        validated = type(self).model()(**attributes)
        filled = {name: value for name, value in validated if value is not None and value != ()}
        self._fill(filled, None, -1)

    def _fill(
        self,
        attributes: dict[str, Any],
        architecture: "Architecture | None",
        ordinal: int,
        unknown: tuple[str, ...] = (),
    ) -> None:
        object.__setattr__(self, "__dict__", attributes)
        object.__setattr__(self, "_unknown", unknown)
        object.__setattr__(self, "_architecture", architecture)
        object.__setattr__(self, "_ordinal", ordinal)

    @classmethod
    def model(cls) -> "type[BaseModel]":
        """The pydantic model of the type: it validates, and yields a JSON Schema of one element.

        It is built when first asked for. Importing pydantic's model machinery and building 34 models at every start
        would take longer than reading and checking a regency.
        """
        if "_model" not in vars(cls):
            from pydantic import ConfigDict, create_model

            fields: dict[str, Any] = {
                name: (Annotated[Any, info.kind], None) for name, info in _TYPES[cls.section].fields.items()
            }
            config = ConfigDict(frozen=True, extra="forbid", title=cls.__name__)
            cls._model = create_model(cls.__name__, __config__=config, __doc__=cls.__doc__, id=(str, ...), **fields)  # type: ignore[attr-defined]
        return cls._model  # type: ignore[attr-defined,no-any-return]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    @property
    def info(self) -> TypeInfo:
        """What is declared of the type."""
        return _TYPES[self.section]

    @property
    def architecture(self) -> "Architecture | None":
        """The architecture that handed the element out; None for one made by hand."""
        return self._architecture

    @property
    def ordinal(self) -> int:
        """Its number in the architecture that handed it out, from 0; -1 for an element made by hand."""
        return self._ordinal

    @property
    def global_id(self) -> str:
        """The id with its agency before it, as in "kab-bekasi/bebunge"."""
        architecture = self.architecture
        return self.id if architecture is None else f"{architecture.agency_at(self.ordinal)}/{self.id}"

    def filled(self) -> dict[str, Any]:
        """The id and the fields that are filled in; links as they were written."""
        meant = self.info.meant
        return {name: value for name, value in self.__dict__.items() if value != meant.get(name)}

    def __dir__(self) -> list[str]:
        """What a notebook completes: the fields that are not filled in too."""
        return sorted({*object.__dir__(self), *self.declared_fields})

    def __repr__(self) -> str:
        """What a prompt shows: id and name, or how an element was made by hand."""
        if self.architecture is not None:
            return f"<{type(self).__name__} {self.id}: {self.__dict__.get('name', '')}>"
        shown = ", ".join(f"{name}={value!r}" for name, value in self.filled().items())
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        """Of one architecture: the same element. Made by hand: the same type and attributes."""
        if not isinstance(other, ElementBase) or type(self) is not type(other):
            return False
        if self.architecture is not None or other.architecture is not None:
            return self.architecture is other.architecture and self.ordinal == other.ordinal
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    @classmethod
    def bound(
        cls, attributes: dict[str, Any], architecture: "Architecture", ordinal: int, unknown: tuple[str, ...]
    ) -> Self:
        """An element as an architecture hands it out.

        Args:
            attributes: the id and what is filled in, as it was read.
            architecture: which hands it out.
            ordinal: its number there.
            unknown: the fields that could not be read; `*` and `?` stand for any that is not filled in.
        """
        element = cls.__new__(cls)
        element._fill(attributes, architecture, ordinal, unknown)
        return element

    def is_unknown(self, name: str) -> bool:
        """Whether a field that is not filled in could not be read."""
        unknown = self._unknown
        return bool(unknown) and (name in unknown or "*" in unknown or "?" in unknown)

    def blank(self, name: str) -> Any:
        """What a field shows that could not be read: nothing for people, undecided for rules.

        Raises:
            Undecided: on a strict architecture.
        """
        architecture = self.architecture
        if architecture is not None and architecture.strict:
            raise Undecided
        info = self.info.fields[name]
        if info.kind.many:
            return Links((), architecture, broken=True) if info.is_link else ()
        return None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A field that is not filled in: its default, or what cannot be known."""
            declared = self.declared_fields.get(name)
            if declared is None:
                meant = self.info.spellings.get(name)
                said = f"; the field is called {meant.name!r} here" if meant else ""
                raise AttributeError(f"{type(self).__name__} has no attribute {name!r}{said}", name=name, obj=self)
            if self._unknown and self.is_unknown(name):
                return self.blank(name)
            return () if declared[0].many else declared[1].default
