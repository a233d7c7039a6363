"""JSON Schemas for editors: of a model file and of the manifest, in either language, derived from the declarations.

They are draft-07, which yaml-language-server and with it every editor reads. They admit all that the loader reads
without a finding, and more: identity, links and placeholders are left to `spbe check`.

What is odd here is for that server (2.0). A description stands at a field and never at the kind behind it: a
hover shows the innermost one. A spelling that is not to be suggested wraps its reference in `allOf`: draft-07
drops what stands beside a `$ref`. Text says which types it is *not*: wherever `type` names booleans, true and
false are suggested. Alternatives carry an empty `properties`: a hover tells them apart by it. Patterns spell out
both cases of a letter: ECMAScript has no inline flags.
"""

from __future__ import annotations

import inspect
import json
import re
from functools import singledispatch
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch import definitions, own, paths
from spbe_arch.config import KEYS as CHECK_KEYS
from spbe_arch.config import TABLES
from spbe_arch.manifest import ID, KEYS, PERIOD, VERSION
from spbe_arch.metamodel import FieldInfo, TypeInfo, types, values
from spbe_arch.metamodel.references import PREFIXES, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.metamodel.values import Kind

__all__ = ["json_schema", "manifest_schema", "schema_text"]

Schema = dict[str, Any]


def json_schema(language: str = "en") -> Schema:
    """The schema of a model file: every file of a repository but the manifest.

    Both vocabularies are admitted; the language decides which one an editor suggests and explains.

    Args:
        language: "en" or "id".

    >>> schema = json_schema("id")
    >>> schema["properties"]["layanan"], schema["properties"]["services"]["doNotSuggest"]
    ({'$ref': '#/definitions/section.services'}, True)
    """
    return _ModelSchema(language).whole()


def manifest_schema(language: str = "en") -> Schema:
    """The schema of a manifest, `spbe.yaml`.

    Args:
        language: "en" or "id".
    """
    return _ManifestSchema(language).whole()


def schema_text(language: str = "en", *, manifest: bool = False) -> str:
    """A schema as it is written to a file; the same bytes every time.

    Args:
        language: "en" or "id".
        manifest: The one of the manifest instead of the one of model files.
    """
    schema = manifest_schema(language) if manifest else json_schema(language)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


_APART: Schema = {"properties": {}}
"""Tells a part from its neighbours, and binds nothing."""


class _Definitions:
    """A schema in the making: the words of one language, and the parts that are shared."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.parts: dict[str, Schema] = {}
        self.words: dict[str, str] = {}
        """What a kind takes, in a phrase; by the name of its part."""

    def level(self) -> Schema:
        """How much a finding weighs, in either language."""
        return self.define("level", {"enum": [*own.LEVELS, *own.LEVELS.values(), None]})

    def say(self, english: str, indonesian: str) -> str:
        """The one of two texts that is in the language of the schema."""
        return indonesian if self.language == "id" else english

    def define(self, name: str, part: Schema) -> Schema:
        """Keep a part under a name, and refer to it."""
        self.parts[name] = part
        return _ref(name)

    def kind(self, kind: Kind) -> Schema:
        """A reference to what a kind admits."""
        name = _part_name(kind)
        if name not in self.parts:
            admitted = admits(kind, self)
            self.parts[name] = admitted.schema
            self.words[name] = admitted.words
        return _ref(name)

    def phrase(self, kind: Kind) -> str:
        """What a kind takes, in a phrase."""
        self.kind(kind)
        return self.words[_part_name(kind)]

    def document(self, name: str, title: str, properties: Schema) -> Schema:
        """A whole schema, with all parts that were defined on the way."""
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "$id": f"urn:spbe-arch:{name}:{VERSION}:{self.language}",
            "title": title,
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": False,
            "definitions": dict(sorted(self.parts.items())),
        }

    def mapping(self, keys: Iterable[tuple[str, str, Schema]]) -> Schema:
        """A mapping with a few keys, each in English and Indonesian."""
        properties: Schema = {}
        for english, indonesian, part in keys:
            properties |= self.spelled(self.say(english, indonesian), (english, indonesian), part)
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def spelled(self, suggested: str, spellings: Iterable[str], part: Schema) -> Schema:
        """The same property, given as a reference, under every spelling; an editor suggests one of them."""
        others = [spelling for spelling in spellings if spelling != suggested]
        return {suggested: part} | {spelling: self.unsuggested(part) for spelling in others}

    def unsuggested(self, part: Schema) -> Schema:
        name = part["$ref"].rpartition("/")[2]
        return self.define(f"unsuggested.{name}", {**_APART, "doNotSuggest": True, "allOf": [part]})


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _part_name(kind: Kind) -> str:
    """The name of a kind as a key: "text*" and "number (Mbps)" become "kind.texts" and "kind.number-mbps"."""
    return "kind." + re.sub(r"[^a-z0-9]+", "-", kind.name.lower().replace("*", "s")).strip("-")


# --- what each kind admits ---------------------------------------------------------------------------------


class Admitted(NamedTuple):
    """What a kind of field admits: as a schema without a description, and in a phrase."""

    schema: Schema
    words: str


def _text_value(**form: str) -> Schema:
    """A text, of a form if YAML takes it for one; the field decides, so `007`, `true` and `2025` are text too."""
    return _either({"type": "string", **form}, {"not": {"type": ["string", "array", "object"]}})


def _text_or(number: str, **form: Any) -> Schema:
    """A text of a form, or what YAML takes for a number."""
    return {"type": ["string", number, "null"], **form}


@singledispatch
def admits(kind: Kind, _shared: _Definitions) -> Admitted:
    """What a kind admits; a new kind is registered here with one function."""
    raise TypeError(f"{type(kind).__name__} has no schema")


@admits.register(values.TextKind)
def _text(_kind: values.TextKind, shared: _Definitions) -> Admitted:
    return Admitted(_text_value(), shared.say("Text.", "Teks."))


@admits.register(values.TextsKind)
def _texts(_kind: values.TextsKind, shared: _Definitions) -> Admitted:
    return Admitted(
        _one_or_several(shared.kind(values.TEXT)),
        shared.say("One text or several.", "Satu teks atau beberapa."),
    )


@admits.register(values.BoolKind)
def _bool(kind: values.BoolKind, shared: _Definitions) -> Admitted:
    words = shared.say("Yes or no.", "Ya atau tidak.")
    pattern = _whole("|".join(_any_case(word) for word in kind.words))
    return Admitted({"type": ["boolean", "string", "null"], **_form(pattern, words)}, words)


@admits.register(values.ChoiceKind)
def _choice(kind: values.ChoiceKind, shared: _Definitions) -> Admitted:
    if kind.many:
        one = values.ChoiceKind(kind.values, many=False)
        words = shared.say("Any of the values: ", "Beberapa dari nilai: ")
        return Admitted(_one_or_several(shared.kind(one)), words + _listed(_written(kind.values, shared)))
    written = _written(kind.values, shared)
    labels = [kind.values.label(value, shared.say("id", "en")) for value in kind.values.values]
    pattern = _whole("|".join(_any_case(spelling) for spelling in kind.spellings))
    words = shared.say("One of the values: ", "Satu dari nilai: ") + _listed(written)
    return Admitted(_suggesting(written, labels, {"type": "string", **_form(pattern, words)}), words)


def _written(listed: values.ValueList, shared: _Definitions) -> list[str]:
    return list(listed.indonesian.values() if shared.language == "id" else listed.values)


@admits.register(values.NumberKind)
def _number(kind: values.NumberKind, shared: _Definitions) -> Admitted:
    units = ", ".join(kind.units)
    number = shared.say("A whole number", "Bilangan bulat") if kind.whole else shared.say("A number", "Angka")
    in_unit = shared.say(f" in {kind.unit}", f" dalam {kind.unit}") if kind.unit else ""
    words = number + in_unit + shared.say(f", or with a unit: {units}.", f", atau dengan satuan: {units}.")
    unit = "|".join(_any_case(unit) for unit in kind.units)
    rupiah = r"(?:[Rr][Pp]\.?\s*)?" if kind.unit == "IDR" else ""
    pattern = _whole(rf"{rupiah}[+-]?\d+(?:\.\d+)?\s*(?:{unit})?")
    return Admitted(_text_or("integer" if kind.whole else "number", **_form(pattern, words)), words)


_YEAR = r"(?:19|20)\d\d|2100"
_YEARS = {"minimum": 1900, "maximum": 2100}


@admits.register(values.YearKind)
def _year(_kind: values.YearKind, shared: _Definitions) -> Admitted:
    words = shared.say("A year from 1900 to 2100.", "Tahun dari 1900 sampai 2100.")
    return Admitted(_text_or("integer", **_YEARS, **_form(_whole(_YEAR), words)), words)


@admits.register(values.DateKind)
def _date(_kind: values.DateKind, shared: _Definitions) -> Admitted:
    words = shared.say("A date: 2025, 2025-06 or 2025-06-10.", "Tanggal: 2025, 2025-06, atau 2025-06-10.")
    pattern = _whole(rf"(?:{_YEAR})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
    return Admitted(_text_or("integer", **_YEARS, **_form(pattern, words)), words)


@admits.register(values.ValidityKind)
def _validity(_kind: values.ValidityKind, shared: _Definitions) -> Admitted:
    either = _either(shared.kind(values.FREQUENCY), shared.kind(values.DATE))
    return Admitted(either, f"{shared.phrase(values.FREQUENCY)} {shared.phrase(values.DATE)}")


@admits.register(values.ByYearKind)
def _by_year(kind: values.ByYearKind, shared: _Definitions) -> Admitted:
    years = {
        "type": "object",
        # The year 0 is how the loader keeps a value without a year.
        "propertyNames": _form(rf"^\s*(?:{_YEAR}|0)\s*$", shared.phrase(values.YEAR)),
        "additionalProperties": shared.kind(kind.each),
    }
    words = shared.phrase(kind.each) + shared.say(" By year: {2025: …, 2026: …}.", " Per tahun: {2025: …, 2026: …}.")
    return Admitted(_either(shared.kind(kind.each), years), words)


@admits.register(values.MapKind)
def _map(kind: values.MapKind, shared: _Definitions) -> Admitted:
    words = shared.say("A mapping from keys to values. Each value: ", "Pasangan kunci dan nilai. Tiap nilai: ")
    schema = {"type": ["object", "null"], "additionalProperties": shared.kind(kind.each)}
    return Admitted(schema, words + shared.phrase(kind.each))


_NATIONAL_LEVELS = 2
"""Of the codes, those that hold for everybody are suggested; the deeper ones are many, and each agency has its own."""


@admits.register(values.CodeKind)
def _code(kind: values.CodeKind, shared: _Definitions) -> Admitted:
    if kind.many:
        one = values.CodeKind(kind.prefix)
        return Admitted(_one_or_several(shared.kind(one)), shared.phrase(one))
    codes = table(kind.prefix)
    national = [entry for entry in codes.entries if entry.level <= _NATIONAL_LEVELS]
    title = shared.say(codes.title_en, codes.title_id)
    words = shared.say("A code of ", "Kode ") + f"{kind.prefix}, {title} ({codes.legal_basis})."
    example = national[-1].code
    form = shared.say(f"A code of {kind.prefix}, as in {example}.", f"Kode {kind.prefix}, seperti {example}.")
    pattern = _whole(rf"(?:{_any_case(kind.prefix)}\.)?\d\d(?:\.\d\d){{0,6}}(?:\s[\s\S]*)?")
    # To YAML the code `01.16` is a number.
    other = {"type": ["string", "number"], **_form(pattern, form)}
    names = [entry.name(shared.language) for entry in national]
    return Admitted(_suggesting([entry.code for entry in national], names, other), words)


@admits.register(values.LinkKind)
def _link(kind: values.LinkKind, shared: _Definitions) -> Admitted:
    if kind.many:
        one = shared.kind(values.LinkKind(kind.targets, many=False))
        return Admitted(_one_or_several(one), shared.say("One link or several.", "Satu tautan atau beberapa."))
    parts = {"to": _id_text(shared), "source": shared.kind(values.SOURCE)}
    mapping = shared.mapping(_named(kind.NAMES, parts, shared))
    mapping |= _needed(shared.say("to", "ke"), ("to", kind.NAMES["to"]))
    return Admitted(_either(_id_text(shared), mapping), shared.say("One link.", "Satu tautan."))


@admits.register(values.SourceKind)
def _source(kind: values.SourceKind, shared: _Definitions) -> Admitted:
    parts = {
        "document": _id_text(shared),
        "confidence": shared.kind(values.CONFIDENCE),
        "fields": shared.kind(values.TEXTS),
    }
    one = _either(_id_text(shared), shared.mapping(_named(kind.NAMES, parts, shared)))
    words = shared.say(
        "Where the fact comes from: the id of a document or policy, a mapping, or a list of them.",
        "Asal fakta: id sebuah dokumen atau kebijakan, sebuah pemetaan, atau daftarnya.",
    )
    return Admitted(_one_or_several(shared.define("source-item", one)), words)


@admits.register(values.AllowKind)
def _allow(kind: values.AllowKind, shared: _Definitions) -> Admitted:
    mapping = shared.mapping(_named(kind.NAMES, {"until": shared.kind(values.DATE)}, shared))
    words = shared.say(
        "Why a rule does not hold here: {rule: reason}, or with a date {rule: {reason: …, until: …}}.",
        "Mengapa suatu aturan tidak berlaku: {aturan: alasan}, atau dengan tanggal {aturan: {alasan: …, sampai: …}}.",
    )
    reason = _either(shared.kind(values.TEXT), mapping)
    return Admitted({"type": ["object", "null"], "additionalProperties": reason}, words)


@admits.register(paths.TypesKind)
def _types(_kind: paths.TypesKind, shared: _Definitions) -> Admitted:
    written = [shared.say(info.section, info.indonesian) for info in types().values()]
    labels = [info.label(shared.language) for info in types().values()]
    words = shared.say("One type of elements, or several.", "Satu jenis elemen, atau beberapa.")
    pattern = _whole("|".join(_any_case(spelling) for spelling in paths.sections_by_name()))
    one = _suggesting(written, labels, {"type": "string", **_form(pattern, words)})
    return Admitted(_one_or_several(shared.define("type-name", one)), words)


@admits.register(definitions.ByLanguageKind)
def _by_language(kind: definitions.ByLanguageKind, shared: _Definitions) -> Admitted:
    each = shared.kind(kind.each)
    mapping = {"type": "object", "properties": {"id": each, "en": each}, "additionalProperties": False}
    words = shared.say(" Or by language: {id: …, en: …}.", " Atau menurut bahasa: {id: …, en: …}.")
    return Admitted(_either(each, mapping), shared.phrase(kind.each) + words)


@admits.register(definitions.AspectKind)
def _aspect(_kind: definitions.AspectKind, shared: _Definitions) -> Admitted:
    aspects = [shared.say(name, indonesian) for name, indonesian in definitions.ASPECTS.items()]
    fields = dict.fromkeys(
        shared.say(field.name, field.indonesian)
        for info in types().values()
        for field in info.fields.values()
        if isinstance(field.kind, definitions.FILTERED)
    )
    names = list(dict.fromkeys([*aspects, *fields]))
    words = shared.say(
        "A field of the elements, or unit, layer, type, agency.", "Isian elemen, atau unit, lapis, jenis, instansi."
    )
    return Admitted(_suggesting(names, [name.replace("_", " ") for name in names], {"type": "string"}), words)


@admits.register(definitions.CriteriaKind)
def _criteria(kind: definitions.CriteriaKind, shared: _Definitions) -> Admitted:
    criteria = {
        spelling: shared.kind(definitions.KINDS_OF_CRITERIA[name])
        for name, indonesian in definitions.CRITERIA.items()
        for spelling in (name, indonesian)
    }
    meant: dict[str, dict[str, Schema]] = {}
    for field in (field for info in types().values() for field in info.fields.values()):
        if isinstance(field.kind, definitions.FILTERED):
            for spelling in field.spellings:
                meant.setdefault(spelling, {})[_part_name(field.kind)] = shared.kind(field.kind)
    shared_by_kinds: dict[tuple[str, ...], Schema] = {}
    fields = {}
    for name, parts in meant.items():
        kinds = tuple(sorted(parts))
        if kinds not in shared_by_kinds:
            shared_by_kinds[kinds] = shared.define(f"criterion.{name}", _any_of_values(parts))
        fields[name] = shared_by_kinds[kinds]
    mapping = {"type": ["object", "null"], "properties": {**fields, **criteria}, "additionalProperties": False}
    words = shared.say("A filter: {type: …, unit: …, status: …}.", "Saringan: {jenis_elemen: …, unit: …, status: …}.")
    if not kind.of_subjects:
        return Admitted(mapping, words)
    either = _either(shared.kind(definitions.KINDS_OF_CRITERIA["type"]), mapping)
    return Admitted(either, shared.say("A type, or a filter with one.", "Sebuah jenis, atau saringan dengan jenis."))


def _any_of_values(kinds: Mapping[str, Schema]) -> Schema:
    """A value of some field of a name, or several of which one is enough."""
    one = [part for _, part in sorted(kinds.items())]
    return _either(*one, {"type": "array", "items": {"anyOf": one}})


def _named(
    names: Mapping[str, str], parts: Mapping[str, Schema], shared: _Definitions
) -> Iterator[tuple[str, str, Schema]]:
    """The keys of a small mapping; those without a part of their own are text."""
    for english, indonesian in names.items():
        yield english, indonesian, parts.get(english) or shared.kind(values.TEXT)


def _id_text(shared: _Definitions) -> Schema:
    """The id of an element, in its own agency or in another one."""
    form = shared.say("An id, or agency/id.", "Sebuah id, atau instansi/id.")
    return shared.define("id", _text_value(**_form(_whole(rf"(?:{ID.pattern}/)?{ID.pattern}"), form)))


def _one_or_several(one: Schema) -> Schema:
    """A list, or one value without brackets."""
    return _either(one, {"type": "array", "items": one})


def _needed(suggested: str, spellings: Iterable[str]) -> Schema:
    """A mapping has one of the spellings of a key; if none, the suggested one is missed."""
    needed: Schema = {"required": [suggested]}
    for spelling in spellings:
        if spelling != suggested:
            needed = {"if": {"required": [spelling]}, "else": needed}
    return needed


def _suggesting(suggested: list[str], descriptions: list[str], other: Schema) -> Schema:
    """Some values that an editor suggests, and whatever else is read in their place."""
    return _either({"enum": suggested, "enumDescriptions": descriptions}, other, {"type": "null"})


def _either(*alternatives: Schema) -> Schema:
    """One of several, each apart from the others."""
    return {"anyOf": [{**_APART, **({"allOf": [part]} if "$ref" in part else part)} for part in alternatives]}


def _form(pattern: str, words: str) -> dict[str, str]:
    """The form of a text; a pattern binds texts only, so numbers and blanks pass it."""
    return {"pattern": pattern, "patternErrorMessage": words}


def _whole(pattern: str) -> str:
    """The pattern over a whole text, with spaces around it; or a blank text."""
    return rf"^\s*(?:{pattern})?\s*$"


def _any_case(word: str) -> str:
    """A pattern for a word in any case; for an underscore there may stand spaces, hyphens and slashes."""
    separator = r"(?:_|[\s\-/]+)"
    return "".join(
        separator if letter == "_" else f"[{letter.upper()}{letter.lower()}]" if letter.isalpha() else re.escape(letter)
        for letter in word
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) + "."


# --- model files -------------------------------------------------------------------------------------------


class _ModelSchema(_Definitions):
    """The schema of a model file."""

    def whole(self) -> Schema:
        properties: Schema = {}
        for info in types().values():
            spellings = (info.section, *info.indonesian_names)
            properties |= self.spelled(self.section_name(info), spellings, self.section(info))
        self.sections = dict(properties)
        for english, (indonesian, part) in self.special().items():
            properties |= self.spelled(self.say(english, indonesian), (english, indonesian), self.define(english, part))
        title = self.say("Model file of an SPBE architecture", "Berkas model arsitektur SPBE")
        return self.document("model", title, properties)

    def section_name(self, info: TypeInfo) -> str:
        return self.say(info.section, info.indonesian)

    def section(self, info: TypeInfo) -> Schema:
        """A mapping from ids to elements of a type."""
        about = {
            "title": self.section_name(info).replace("_", " "),
            "description": self.type_description(info),
        }
        id_form = self.say(
            "An id: letters, digits, '-', '_' and '.'; a letter or digit at both ends.",
            "Sebuah id: huruf, angka, '-', '_', dan '.'; huruf atau angka di kedua ujungnya.",
        )
        part = {
            **about,
            "type": ["object", "null"],
            "propertyNames": self.define("element-id", _form(f"^{ID.pattern}$", id_form)),
            "additionalProperties": self.element(info),
        }
        return self.define(f"section.{info.section}", part)

    def element(self, info: TypeInfo) -> Schema:
        properties: Schema = {}
        for field in info.fields.values():
            properties |= self.spelled(self.field_name(field), field.spellings, self.field(info, field))
        name = info.fields["name"]
        part = {
            "title": info.label(self.language),
            "description": self.type_description(info),
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": False,
            # Of the fields without which an element means nothing, only this one never comes from `defaults`.
            **_needed(self.field_name(name), name.spellings),
        }
        return self.define(f"element.{info.section}", part)

    def type_description(self, info: TypeInfo) -> str:
        written = inspect.cleandoc(info.cls.__doc__ or "")
        label = info.label(self.language).capitalize()
        lines = [self.say(written, f"{written.partition(':')[0] if ':' in written else label}.")]
        layer = info.layer.label(self.language)
        lines.append(
            self.say(
                f"Layer: {layer}. ArchiMate: {info.archimate}.",
                f"Lapis: {layer}. ArchiMate: {info.archimate}.",
            )
        )
        if info.codes:
            lines.append(self.phrase(info.fields["reference"].kind))
        return "\n".join(lines)

    # --- fields

    def field_name(self, field: FieldInfo) -> str:
        return self.say(field.name, field.indonesian)

    def field(self, info: TypeInfo, field: FieldInfo) -> Schema:
        """A reference to the part of a field, which types share where they say the same of it."""
        part = {
            "title": field.label(self.language),
            "description": "\n".join(self.field_description(info, field)),
            **self.kind(field.kind),
        }
        common = f"field.{field.name}"
        if self.parts.setdefault(common, part) == part:
            return _ref(common)
        return self.define(f"field.{info.section}.{field.name}", part)

    def field_description(self, info: TypeInfo, field: FieldInfo) -> Iterator[str]:
        yield self.phrase(field.kind)
        if field.is_link:
            yield from self.link_description(info, field)
        if field.declared.required.level:
            yield self.when_blank(field)
        yield self.say("Indonesian: ", "Inggris: ") + _listed(
            field.declared.indonesian if self.language == "en" else [field.name]
        )

    def link_description(self, info: TypeInfo, field: FieldInfo) -> Iterator[str]:
        yield self.say("Points to: ", "Menunjuk ke: ") + self.targets(info, field)
        relationship = field.declared.relationship.rstrip("?").capitalize()
        yield f"ArchiMate: {relationship}, " + (
            self.say("from this element to the other.", "dari elemen ini ke yang lain.")
            if field.declared.outward
            else self.say("from the other element to this one.", "dari elemen lain ke elemen ini.")
        )
        other_end = self.other_end(info, field)
        if other_end:
            yield self.say("Other end: ", "Ujung lain: ") + f"{other_end}."

    def targets(self, info: TypeInfo, field: FieldInfo) -> str:
        if len(field.targets) == len(types()):
            return self.say("any element.", "elemen apa pun.")
        if field.targets == (info.section,):
            return self.say("the same type.", "jenis yang sama.")
        return _listed(self.section_name(types()[section]) for section in field.targets)

    def other_end(self, info: TypeInfo, field: FieldInfo) -> str | None:
        """What the link is called where it leads."""
        for section in field.targets:
            for inverse in types()[section].inverses.values():
                if field.name in inverse.fields and info.section in inverse.sections:
                    return self.say(inverse.name, inverse.indonesian)
        return None

    def when_blank(self, field: FieldInfo) -> str:
        level, rules = field.declared.required
        meaning = {
            "E": self.say("an error", "kesalahan"),
            "W": self.say("a warning", "peringatan"),
            "I": self.say("a note", "catatan"),
            "C": self.say("a finding on a condition", "temuan dengan syarat"),
        }[level]
        named = f" ({', '.join(rules)})" if rules else ""
        return self.say(f"Blank: {meaning}{named}.", f"Bila kosong: {meaning}{named}.")

    # --- what is no element

    def special(self) -> dict[str, tuple[str, Schema]]:
        """The keys at the top of a file that are no section, with their Indonesian names."""
        return {
            "defaults": ("bawaan", self.defaults()),
            "references": ("referensi", self.references()),
            "rules": ("aturan", self.own_rules()),
            "views": ("tampilan", self.views()),
        }

    def own_rules(self) -> Schema:
        """The agency's own rules by id."""
        condition = self.condition()
        fragment = self.define(
            "own.fragment",
            {
                "description": self.say(
                    "A small model: an example that `spbe rules test` runs.",
                    "Model kecil: contoh yang dijalankan `spbe rules test`.",
                ),
                "type": ["object", "null"],
                "properties": self.sections,
                "additionalProperties": False,
            },
        )
        one = self.kind(values.TEXT)
        both = {"type": "object", "properties": {"en": one, "id": one}, "additionalProperties": False}
        words = self.define("own.words", _either(one, both))
        level = self.level()
        parts = dict.fromkeys(("title", "message", "why", "fix"), words) | {
            **dict.fromkeys(("where", "require", "forbid"), condition),
            **dict.fromkeys(("wrong", "right"), fragment),
            "for": self.own_types(),
            "level": level,
            "basis": self.kind(values.TEXTS),
            "allow": self.kind(values.BOOL),
        }
        keys = ((english, indonesian, parts[english]) for english, indonesian in own.KEYS.items())
        form = self.say(
            "An id of small letters and digits, with hyphens.", "Id dari huruf kecil dan angka, dengan tanda hubung."
        )
        return {
            "title": self.say("rules", "aturan"),
            "description": self.say("The agency's own rules.", "Aturan milik instansi."),
            "type": ["object", "null"],
            "propertyNames": _form("^[a-z0-9]+(?:-[a-z0-9]+)*$", form),
            "additionalProperties": self.define("own.rule", self.mapping(keys)),
        }

    def own_types(self) -> Schema:
        """What a rule may be for: sections, or the words for several."""
        many = list(paths.MANY_TYPES.values() if self.language == "id" else paths.MANY_TYPES)
        spelled = [name for info in types().values() for name in (info.section, *info.indonesian_names)]
        names = [*(self.section_name(info) for info in types().values()), *many]
        others = [*spelled, *paths.MANY_TYPES, *paths.MANY_TYPES.values()]
        one = self.define("own.type", _either({"enum": names}, {"enum": list(dict.fromkeys(others))}))
        return self.define("own.types", _one_or_several(one))

    def condition(self) -> Schema:
        """A condition: tests by field or path, and words that join conditions. Which fit is for the loader to say."""
        test, condition = _ref("own.test"), _ref("own.condition")
        names = {self.field_name(field) for info in types().values() for field in info.fields.values()}
        ends = (inverse for info in types().values() for inverse in info.inverses.values())
        names |= {self.say(inverse.name, inverse.indonesian) for inverse in ends}
        properties: Schema = dict.fromkeys(sorted(names), test)
        for word, indonesian in own.CONDITIONS.items():
            part = condition if word == "not" else self.define(f"own.{word}", _one_or_several(condition))
            properties |= self.spelled(self.say(word, indonesian), (word, indonesian), part)
        path = self.say("A field, or a path with dots.", "Sebuah isian, atau jalur dengan titik.")
        whole = {
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": test,
            "propertyNames": _form(r"^[a-z0-9_]+\+?(?:\.[a-z0-9_]+\+?)*$", path),
        }
        self.define("own.condition", whole)
        self.define("own.test", self.own_test(properties))
        return condition

    def own_test(self, conditions: Schema) -> Schema:
        """What stands behind a field: a value or several, comparisons, or conditions on the elements there."""
        properties = dict(conditions)
        for word, indonesian in own.COMPARISONS.items():
            part = self.define(f"own.{word}", {"title": self.say(word, indonesian)})
            properties |= self.spelled(self.say(word, indonesian), (word, indonesian), part)
        scalar = {"type": ["string", "number", "boolean"], "description": self.own_values()}
        several = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
        tested = {"type": "object", "properties": properties, "additionalProperties": _ref("own.test")}
        return _either(scalar, several, tested)

    def own_values(self) -> str:
        return self.say(
            "A value, `any` for any value, or `none` for none.",
            "Sebuah nilai, `ada` untuk sembarang nilai, atau `kosong`.",
        )

    def views(self) -> Schema:
        """A mapping from ids to definitions of views."""
        properties: Schema = {}
        for key, (indonesian, kind) in definitions.KEYS.items():
            about = {"title": self.say(key, indonesian).replace("_", " "), "description": self.view_key(key)}
            part = self.define(f"view.{key}", {**about, **self.kind(kind)})
            properties |= self.spelled(self.say(key, indonesian), (key, indonesian), part)
        needed = _needed(self.say("viewpoint", "sudut_pandang"), ("viewpoint", "sudut_pandang"))
        view = {"type": "object", "properties": properties, "additionalProperties": False, **needed}
        return {
            "title": self.say("views", "tampilan"),
            "description": self.say("The agency's own views.", "Tampilan milik instansi."),
            "type": ["object", "null"],
            "propertyNames": _form(f"^{ID.pattern}$", self.say("An id.", "Sebuah id.")),
            "additionalProperties": self.define("view", view),
        }

    def view_key(self, key: str) -> str:
        return {
            "viewpoint": self.say("The kind of picture.", "Jenis gambar."),
            "title": self.say(
                "The title, one or by language: {id: …, en: …}.",
                "Judul, satu atau menurut bahasa: {id: …, en: …}.",
            ),
            "subtitle": self.say("The line below the title.", "Baris di bawah judul."),
            "notes": self.say("Lines at the foot of the picture.", "Catatan di kaki gambar."),
            "about": self.say(
                "What it is about: an element, a variant as in applications-data, or years.",
                "Pokok bahasannya: sebuah elemen, ragam seperti applications-data, atau tahun.",
            ),
            "for_each": self.say(
                "A sheet for each element of a type: units, services, themes, or what the viewpoint can be about.",
                "Satu lembar bagi tiap elemen sebuah jenis: unit kerja, layanan, tema, atau yang dapat dibahas.",
            ),
            "where": self.say("What elements must be to be shown.", "Syarat elemen untuk ditampilkan."),
            "group_by": self.say("What makes groups.", "Dasar pengelompokan."),
            "colour_by": self.say("What the colours tell apart.", "Yang dibedakan oleh warna."),
            "size_by": self.say("The amount that sizes show.", "Banyaknya yang ditunjukkan oleh ukuran."),
            "depth": self.say("How many steps from the subject, 1 to 9.", "Berapa langkah dari pokoknya, 1 sampai 9."),
            "direction": self.say("Which way the steps go.", "Ke arah mana langkahnya."),
            "style": self.say(
                "How cards and lines look: spbe, or archimate for the notation of ArchiMate.",
                "Rupa kartu dan garis: spbe, atau archimate untuk notasi ArchiMate.",
            ),
            "up": self.say("The view above this one, which it links to.", "Tampilan di atasnya, tujuan tautannya."),
        }[key]

    def defaults(self) -> Schema:
        """Fields of any type; one name may be of several kinds, as `kind` is."""
        meant: dict[str, list[Schema]] = {}
        suggested: set[str] = set()
        for info in types().values():
            for field in info.fields.values():
                if field.takes_default:
                    suggested.add(self.field_name(field))
                    for spelling in field.spellings:
                        parts = meant.setdefault(spelling, [])
                        part = self.field(info, field)
                        if part not in parts:
                            parts.append(part)
        properties: Schema = {}
        for spelling, parts in meant.items():
            part = parts[0] if len(parts) == 1 else self.define(f"default.{spelling}", _either(*parts))
            properties[spelling] = part if spelling in suggested else self.unsuggested(part)
        return {
            "title": self.say("defaults", "bawaan"),
            "description": self.say(
                "Values for every element of this file that has the field and does not name it.",
                "Nilai bagi setiap elemen berkas ini yang memiliki isian itu dan tidak menuliskannya.",
            ),
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": False,
        }

    def references(self) -> Schema:
        prefix = "|".join(_any_case(prefix) for prefix in PREFIXES)
        form = self.say(
            "A code of level 3 or below, as in RAL.01.16.01.",
            "Kode tingkat 3 ke bawah, seperti RAL.01.16.01.",
        )
        text = self.kind(values.TEXT)
        keys = (
            ("name", "nama", text),
            ("description", "uraian", text),
            ("source", "sumber", self.kind(values.SOURCE)),
        )
        return {
            "title": self.say("references", "referensi"),
            "description": self.say(
                "The agency's own reference codes below level 2.",
                "Kode referensi milik instansi di bawah tingkat 2.",
            ),
            "type": ["object", "null"],
            "propertyNames": _form(rf"^\s*(?:{prefix})(?:\.\d\d){{3,7}}(?:\s[\s\S]*)?$", form),
            "additionalProperties": _either(text, self.mapping(keys)),
        }


# --- the manifest ------------------------------------------------------------------------------------------


class _ManifestSchema(_Definitions):
    """The schema of a manifest."""

    def whole(self) -> Schema:
        properties: Schema = {}
        narrower = self.narrower()
        for english, (indonesian, kind) in KEYS.items():
            about = {"title": self.say(english, indonesian), "description": self.meaning(english)}
            part = self.define(english, {**about, **(narrower.get(english) or self.kind(kind))})
            properties |= self.spelled(self.say(english, indonesian), (english, indonesian), part)
        properties |= self.spelled(self.say("check", "pemeriksaan"), ("check", "pemeriksaan"), self.check())
        title = self.say("Manifest of an SPBE architecture (spbe.yaml)", "Manifes arsitektur SPBE (spbe.yaml)")
        return self.document("manifest", title, properties)

    def narrower(self) -> dict[str, Schema]:
        """What the loader asks of some keys beyond their kind."""
        period = self.say("Two years, as in 2025-2029.", "Dua tahun, seperti 2025-2029.")
        agency = self.say("An id, as in kab-contoh.", "Sebuah id, seperti kab-contoh.")
        return {
            "version": {"enum": [int(VERSION), VERSION, None]},
            "agency": _text_value(**_form(_whole(ID.pattern), agency)),
            "period": {"type": ["string", "null"], **_form(_whole(PERIOD.pattern), period)},
            "language": {"enum": ["id", "en", None]},
        }

    def meaning(self, key: str) -> str:
        return {
            "version": self.say("The version of the format.", "Versi format."),
            "agency": self.say(
                "The id of the agency, and the namespace of every id of the model.",
                "Id instansi, dan ruang nama setiap id model.",
            ),
            "name": self.say("The name of the agency on every sheet.", "Nama instansi pada setiap lembar."),
            "kind": self.say("What kind of agency it is.", "Jenis instansi."),
            "period": self.say(
                "The period of the architecture; it bounds the roadmap and picks the reference tables.",
                "Periode arsitektur; membatasi peta rencana dan menentukan tabel referensi.",
            ),
            "date": self.say("The date of this state of the model.", "Tanggal keadaan model ini."),
            "language": self.say("The language of diagrams and documents.", "Bahasa diagram dan dokumen."),
            "members": self.say(
                "Folders of the repositories that belong to this one.",
                "Folder repositori yang menjadi anggota repositori ini.",
            ),
            "exclude": self.say("Path patterns of files that are no model.", "Pola jalur berkas yang bukan model."),
            "check": self.say("How the model is checked.", "Cara model diperiksa."),
            "select": self.say("The rules that run.", "Aturan yang dijalankan."),
            "ignore": self.say("The rules that do not run.", "Aturan yang tidak dijalankan."),
            "fail_level": self.say("The level from which on a check fails.", "Tingkat yang membuat pemeriksaan gagal."),
            "as_of": self.say("The day that rules about time go by.", "Hari yang menjadi acuan aturan tentang waktu."),
            "extend": self.say(
                "Rules that run besides those that run by default.", "Aturan tambahan di luar yang dijalankan baku."
            ),
            "levels": self.say(
                "Rules that weigh more or less here, by code or name.",
                "Aturan yang tingkatnya lain di sini, menurut kode atau nama.",
            ),
            "parameters": self.say(
                "Parameters of rules, by code or name.", "Parameter aturan, menurut kode atau nama."
            ),
            "per_path": self.say(
                "Rules that are left out in some files, by path pattern.",
                "Aturan yang tidak berlaku pada berkas tertentu, menurut pola jalur.",
            ),
            "baseline": self.say("The file of known findings.", "Berkas temuan yang sudah diketahui."),
            "require_reasons": self.say(
                "Whether a suppression must say why.", "Apakah pengabaian temuan wajib menyebut alasannya."
            ),
            "packages": self.say(
                "Installed packages whose rules run, too, by entry point.",
                "Paket terpasang yang aturannya ikut dijalankan, menurut titik masuknya.",
            ),
            "synonyms": self.say(
                "Words that mean the same in the names of applications, data and processes.",
                "Kata yang semakna dalam nama aplikasi, data, dan proses bisnis.",
            ),
            "fillers": self.say(
                "Words that tell nothing apart in such names.", "Kata yang tidak membedakan apa pun dalam nama itu."
            ),
            "tables": self.say(
                "Files of the repository in the place of tables of the package.",
                "Berkas repositori sebagai pengganti tabel bawaan.",
            ),
            "most_findings": self.say(
                "How many findings formats for people print.", "Banyaknya temuan yang dicetak bentuk untuk orang."
            ),
        }[key]

    def check(self) -> Schema:
        names = {"type": "array", "items": {"type": "string"}}
        level = self.level()
        narrower: dict[str, Schema] = {
            "fail_level": level,
            "levels": {"type": ["object", "null"], "additionalProperties": level},
            "parameters": {"type": ["object", "null"], "additionalProperties": {"type": "object"}},
            "per_path": {"type": ["object", "null"], "additionalProperties": {"anyOf": [{"type": "string"}, names]}},
            "synonyms": {"type": ["object", "null"], "additionalProperties": {"anyOf": [{"type": "string"}, names]}},
            "tables": {
                "type": ["object", "null"],
                "properties": {name: {"type": ["string", "null"]} for name in TABLES},
                "additionalProperties": False,
            },
        }
        properties = {
            key: self.define(
                f"check.{key}",
                {
                    "description": self.meaning(key),
                    **(self.kind(kind) if kind and key not in narrower else narrower[key]),
                },
            )
            for key, kind in CHECK_KEYS.items()
        }
        part = {"type": ["object", "null"], "properties": properties, "additionalProperties": False}
        return self.define(
            "check", {"title": self.say("check", "pemeriksaan"), "description": self.meaning("check"), **part}
        )
