"""What an agency writes under `views`: the grammar of a view definition (README of `views`).

A definition is read from plain values, as any field is, so a fault in it has a path, and a file result keeps nothing
but what was written. Which parameters a viewpoint takes, and whether what is named exists, is asked later, by
`views`, which knows the viewpoints and the architecture.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.catalogue import linking, reading
from spbe_arch.findings import ElementName, Term, english
from spbe_arch.metamodel import FieldInfo, near_miss, types
from spbe_arch.metamodel.lists import ValueList
from spbe_arch.metamodel.values import (
    TEXT,
    TEXTS,
    YEAR,
    BoolKind,
    ChoiceKind,
    CodeKind,
    DateKind,
    Kind,
    LinkKind,
    NumberKind,
    TextKind,
    TextsKind,
    ValueProblem,
    YearKind,
)
from spbe_arch.paths import OF_EVERY, UNIT, TypesKind, meanings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ASPECTS",
    "CRITERIA",
    "DIRECTIONS",
    "FILTERED",
    "KEYS",
    "KINDS_OF_CRITERIA",
    "LANGUAGES",
    "MOST_STEPS",
    "PARAMETERS",
    "STYLES",
    "VIEWPOINTS",
    "AspectKind",
    "ByLanguageKind",
    "Condition",
    "Criteria",
    "CriteriaKind",
    "Definition",
    "key_name",
    "read_definition",
    "spelling_of",
]

VIEWPOINTS = ValueList(
    "viewpoint",
    "layers = lapis, landscape = lanskap (lanskap_aplikasi), chain = rantai (rantai_layanan), matrix = matriks, "
    "impact = dampak, integration = integrasi, deployment = penempatan, security = keamanan (cakupan_keamanan), "
    "organisation = organisasi, reference = referensi (peta_referensi), roadmap = peta_rencana, change = perubahan, "
    "context = konteks, flow = aliran_data, network = jaringan, duplicates = duplikasi, "
    "portfolio = portofolio (portofolio_aplikasi), metamodel",
)
"""Every viewpoint by its name, as the files in `views` have it, with the Indonesian name that is read too."""

STYLES = ValueList("style", "spbe, archimate")
"""How cards and lines look: in the visual language of this program, or in the notation of ArchiMate."""
DIRECTIONS = ValueList("direction", "both = keduanya (dua_arah), upstream = hulu, downstream = hilir")
LANGUAGES = ("id", "en")
MOST_STEPS = 9
"""The largest depth; of more steps nobody could follow the picture."""

ASPECTS = {UNIT: UNIT, **{name: OF_EVERY[name] for name in ("layer", "type", "agency")}}
"""What elements can be told apart by besides their fields, with Indonesian names."""

CRITERIA = {"type": OF_EVERY["type"], UNIT: UNIT, "tag": "label", "year": "tahun", "path": OF_EVERY["path"]}
"""What a filter can ask besides the value of a field, with Indonesian names."""

FILTERED = (TextKind, TextsKind, BoolKind, ChoiceKind, NumberKind, YearKind, DateKind, CodeKind, LinkKind)
"""The kinds of fields that a filter can ask for a value."""


class Condition(NamedTuple):
    """What a filter asks of a field, which may be another one in each type."""

    field: str
    """As it was written."""
    values: Mapping[str, tuple[str, tuple[Any, ...]]]
    """Section → canonical name of the field, and the values of which one is enough."""


class Criteria(NamedTuple):
    """What an element must be to be shown; what is empty asks nothing."""

    sections: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Ids of units; those below them count too."""
    tags: tuple[str, ...] = ()
    year: int | None = None
    paths: tuple[str, ...] = ()
    """Files, folders, or patterns with `*`."""
    conditions: tuple[Condition, ...] = ()


class Definition(NamedTuple):
    """A view that an agency defined."""

    id: str
    viewpoint: str
    about: str = ""
    """As it would stand behind the colon of a request."""
    each: Criteria | None = None
    """What there is one sheet for each of; it names exactly one section."""
    where: Criteria = Criteria()
    title: Mapping[str, str] = {}
    """By language; "" for a text that holds in every language."""
    subtitle: Mapping[str, str] = {}
    notes: Mapping[str, tuple[str, ...]] = {}
    up: str = ""
    """The request of the view above it."""
    parameters: Mapping[str, Any] = {}
    """Of the viewpoint, as they are given to its function."""
    style: str = ""
    """How cards and lines look; empty if it is not said."""


# --- kinds -------------------------------------------------------------------------------------------------


class ByLanguageKind(Kind):
    """A text, or one for each language."""

    def __init__(self, each: Kind) -> None:
        self.each = each
        self.name = f"by language ({each.name})"  # type: ignore[misc]

    def read(self, raw: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            value = self.each.read(raw)
            return {"": value} if value else {}
        found = {}
        for key, item in raw.items():
            if key not in LANGUAGES:
                mapping = Term("noun", english("a text by language"))
                raise ValueProblem(linking.UNKNOWN_FIELD, (key,), near_miss(key, LANGUAGES), element=mapping, field=key)
            try:
                value = None if item is None else self.each.read(item)
            except ValueProblem as problem:
                raise problem.below(key) from None
            if value:
                found[key] = value
        return found


class AspectKind(Kind):
    """What elements are told apart by: a field of some type, or the unit, layer, type or agency."""

    name = "aspect"

    def read(self, raw: Any) -> str | None:
        text = TEXT.read(raw)
        if text is None:
            return None
        plain = text.lower().replace("-", "_").replace(" ", "_")
        canonical = {name: aspect for aspect, indonesian in ASPECTS.items() for name in (aspect, indonesian)}
        if plain in canonical:
            return canonical[plain]
        if plain not in _field_spellings():
            names = (*canonical, *_field_spellings())
            noun = Term("noun", english("the format"))
            raise ValueProblem(linking.UNKNOWN_FIELD, (), near_miss(plain, names), element=noun, field=text)
        return plain


@cache
def _field_spellings() -> dict[str, None]:
    """Every name of a field of any type, and of the other end of a link; in one order, so that a near miss is too."""
    names = [spelling for info in types().values() for spelling in info.spellings]
    ends = (end for info in types().values() for end in info.inverses.values())
    return dict.fromkeys([*names, *(name for end in ends for name in (end.name, end.indonesian))])


class DepthKind(NumberKind):
    """How many steps from an element are shown."""

    def __init__(self) -> None:
        super().__init__(whole=True)
        self.name = "depth"  # type: ignore[misc]

    def read(self, raw: Any) -> float | int | None:
        number = super().read(raw)
        if number is not None and not 1 <= number <= MOST_STEPS:
            wanted = Term("noun", english("a number from 1 to 9"))
            raise ValueProblem(linking.MALFORMED_NUMBER, value=str(raw), wanted=wanted)
        return number


class CriteriaKind(Kind):
    """A filter: a mapping of what an element must be; for the subjects of sheets, the name of a type is enough."""

    def __init__(self, *, of_subjects: bool) -> None:
        self.of_subjects = of_subjects
        self.name = "subjects" if of_subjects else "filter"  # type: ignore[misc]

    def read(self, raw: Any) -> Criteria:
        if self.of_subjects and not isinstance(raw, dict):
            raw = {"type": raw}
            try:
                return self._subjects(_criteria(raw), "type")
            except ValueProblem as problem:
                for one in problem.all:
                    one.path = one.path[1:]
                raise
        if not isinstance(raw, dict):
            noun = english("a list") if isinstance(raw, list) else english("a single value")
            wanted = Term("noun", english("a mapping"))
            raise ValueProblem(linking.WRONG_SHAPE, found=Term("noun", noun), wanted=wanted)
        criteria = _criteria(raw)
        return self._subjects(criteria, _written(raw, "type")) if self.of_subjects else criteria

    def _subjects(self, criteria: Criteria, key: str | None) -> Criteria:
        if len(criteria.sections) != 1:
            found = Term("noun", english("no type") if not criteria.sections else english("more than one type"))
            wanted = Term("noun", english("the name of one type"))
            raise ValueProblem(linking.WRONG_SHAPE, (key,) if key else (), found=found, wanted=wanted)
        return criteria


def _written(raw: Mapping[str, Any], criterion: str) -> str | None:
    return next((name for name in (criterion, CRITERIA[criterion]) if name in raw), None)


KINDS_OF_CRITERIA: dict[str, Kind] = {"type": TypesKind(), "unit": TEXTS, "tag": TEXTS, "year": YEAR, "path": TEXTS}


def _criteria(raw: Mapping[str, Any]) -> Criteria:
    """The criteria of a filter.

    Raises:
        ValueProblem: the first thing that is wrong with it, with all others.
    """
    names = {spelling: name for name, indonesian in CRITERIA.items() for spelling in (name, indonesian)}
    names["tags"] = "tag"
    found: dict[str, Any] = {}
    problems: list[ValueProblem] = []
    fields: list[tuple[str, Any]] = []
    for key, value in raw.items():
        name = names.get(key)
        if name is None:
            fields.append((key, value))
            continue
        if name in found:
            problems.append(ValueProblem(reading.DUPLICATE_KEY, (key,), key=key))
            continue
        try:
            found[name] = None if value is None else KINDS_OF_CRITERIA[name].read(value)
        except ValueProblem as problem:
            found[name] = None
            problems += problem.below(key).all
    sections = found.get("type") or ()
    conditions = []
    for key, value in fields:
        try:
            condition = _condition(key, value, sections)
        except ValueProblem as problem:
            problems += problem.below(key).all
        else:
            conditions += [condition] if condition else []
    if problems:
        first, *further = problems
        first.also = tuple(further)
        raise first
    year, units, tags, paths = (found.get(name) or None for name in ("year", "unit", "tag", "path"))
    return Criteria(sections, units or (), tags or (), year, paths or (), tuple(conditions))


def _condition(key: str, raw: Any, sections: tuple[str, ...]) -> Condition | None:
    """What is asked of the field of this name in each type that has it."""
    asked = sections or tuple(types())
    meant = meanings(asked, key).items()
    fields = {name: one for name, one in meant if isinstance(one, FieldInfo) and isinstance(one.kind, FILTERED)}
    if not fields:
        known = dict.fromkeys(spelling for name in asked for spelling in types()[name].spellings)
        noun = Term("type", sections[0]) if len(sections) == 1 else Term("noun", english("the format"))
        near = near_miss(key, (*known, *CRITERIA, *CRITERIA.values()))
        raise ValueProblem(linking.UNKNOWN_FIELD, (), near, element=noun, field=key)
    if raw is None:
        return None
    values: dict[str, tuple[str, tuple[Any, ...]]] = {}
    problems: list[tuple[FieldInfo, ValueProblem]] = []
    for name, info in fields.items():
        try:
            values[name] = (info.name, _values(info.kind, raw))
        except ValueProblem as problem:
            problems.append((info, problem))
    if not values:
        raise _likeliest(problems, raw)
    return Condition(key, values)


def _values(kind: Kind, raw: Any) -> tuple[Any, ...]:
    """The values of which one is enough; a field of one value may be asked for several."""
    items = raw if isinstance(raw, list) else [raw]
    found: list[Any] = []
    for index, item in enumerate(items):
        try:
            value = None if item is None else kind.read(item)
        except ValueProblem as problem:
            raise (problem.below(index) if isinstance(raw, list) and not problem.path else problem) from None
        found += value if type(value) is tuple else [] if value is None else [value]
    return tuple(found)


def _likeliest(problems: list[tuple[FieldInfo, ValueProblem]], raw: Any) -> ValueProblem:
    """What is wrong where no type can read a value: of code fields, that of the table that the code begins with."""
    text = str(raw[0] if isinstance(raw, list) and raw else raw)[:3].upper()
    return next((problem for info, problem in problems if info.codes == text), problems[0][1])


# --- definitions -------------------------------------------------------------------------------------------

_ASPECT = AspectKind()
PARAMETERS: dict[str, tuple[str, Kind]] = {
    "group_by": ("kelompokkan_menurut", _ASPECT),
    "colour_by": ("warnai_menurut", _ASPECT),
    "size_by": ("besar_menurut", _ASPECT),
    "depth": ("kedalaman", DepthKind()),
    "direction": ("arah", ChoiceKind(DIRECTIONS, many=False)),
}
"""What viewpoints take as keyword arguments, with Indonesian names and kinds; each takes some of them."""

KEYS: dict[str, tuple[str, Kind]] = {
    "viewpoint": ("sudut_pandang", ChoiceKind(VIEWPOINTS, many=False)),
    "title": ("judul", ByLanguageKind(TEXT)),
    "subtitle": ("subjudul", ByLanguageKind(TEXT)),
    "notes": ("catatan", ByLanguageKind(TEXTS)),
    "about": ("tentang", TEXT),
    "for_each": ("untuk_setiap", CriteriaKind(of_subjects=True)),
    "where": ("saringan", CriteriaKind(of_subjects=False)),
    **PARAMETERS,
    "style": ("gaya", ChoiceKind(STYLES, many=False)),
    "up": ("induk", TEXT),
}
"""The keys of a definition with their Indonesian names and kinds."""


@cache
def _names() -> dict[str, str]:
    """Every spelling of every key."""
    return {spelling: key for key, (indonesian, _) in KEYS.items() for spelling in (key, indonesian)}


def key_name(key: str, language: str) -> str:
    """What a key is called in a language."""
    return KEYS[key][0] if language == "id" else key


def spelling_of(written: Mapping[str, Any], key: str) -> str:
    """How a key was spelt in a definition; the key itself where it is not written."""
    return KEYS[key][0] if KEYS[key][0] in written else key


def read_definition(id: str, raw: Any) -> tuple[Definition | None, list[ValueProblem]]:
    """A definition from plain values, with what is wrong with it; there is none if something is.

    Args:
        id: under which it is written.
        raw: None, text, a list or a mapping, as `plain` yields them.
    """
    if not isinstance(raw, dict):
        noun = english("a list") if isinstance(raw, list) else english("a single value")
        if raw is not None:
            wanted = Term("noun", english("a mapping"))
            return None, [ValueProblem(linking.WRONG_SHAPE, found=Term("noun", noun), wanted=wanted)]
        raw = {}
    values: dict[str, Any] = {}
    problems: list[ValueProblem] = []
    for key, item in raw.items():
        try:
            name = _key(id, key, values)
            values[name] = None if item is None else KEYS[name][1].read(item)
        except ValueProblem as problem:
            problems += problem.below(key).all
    said_wrongly = {_names().get(str(problem.path[0]), problem.suggestion) for problem in problems}
    if values.get("viewpoint") is None and not said_wrongly & {"viewpoint", "sudut_pandang"}:
        field = Term("field", "viewpoint", "views")
        problems.append(ValueProblem(linking.MISSING_FIELD, element=ElementName("views", id), field=field))
    if problems:
        return None, problems
    parameters = {name: values[name] for name in PARAMETERS if values.get(name) is not None}
    return Definition(
        id,
        values["viewpoint"],
        values.get("about") or "",
        values.get("for_each"),
        values.get("where") or Criteria(),
        values.get("title") or {},
        values.get("subtitle") or {},
        values.get("notes") or {},
        values.get("up") or "",
        parameters,
        values.get("style") or "",
    ), []


def _key(id: str, key: str, known: Mapping[str, Any]) -> str:
    name = _names().get(key)
    if name is None:
        near = near_miss(key, _names())
        raise ValueProblem(linking.UNKNOWN_FIELD, (), near, element=ElementName("views", id), field=key)
    if name in known:
        raise ValueProblem(reading.DUPLICATE_KEY, key=key)
    return name
