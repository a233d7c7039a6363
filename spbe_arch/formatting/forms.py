"""What each place of a file calls its keys and values, in which order they stand, and what may stand on one line.

A form knows the words of one place in both languages; the layout asks it on its way down a text. Where a form knows
nothing, as of a key that is misspelt, what was written stays.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from spbe_arch.definitions import ASPECTS, CRITERIA, AspectKind, ByLanguageKind, CriteriaKind
from spbe_arch.definitions import KEYS as VIEW_KEYS
from spbe_arch.loader import SPECIAL
from spbe_arch.manifest import KEYS as MANIFEST_KEYS
from spbe_arch.metamodel import TypeInfo, types
from spbe_arch.metamodel import values as kinds
from spbe_arch.own import COMPARISONS, CONDITIONS, LEVELS, VALUES
from spbe_arch.own import FIELD as OTHER_FIELD
from spbe_arch.own import KEYS as RULE_KEYS
from spbe_arch.paths import MANY_TYPES, OF_EVERY, PathProblem, TypesKind, follow, meaning, sections_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spbe_arch.metamodel.values import Kind
    from spbe_arch.splicing import Part

    Rank = tuple[float, ...]

__all__ = ["Form", "Vocabulary", "of_file", "of_manifest"]

Vocabulary = Literal["id", "en", ""]
"""The language to write; empty keeps the language of each word."""

Manner = Literal["kept", "fit", "block"]


class Word(NamedTuple):
    """A word in both languages."""

    english: str
    indonesian: str
    also: str = ""
    """Another English spelling that is read."""

    def written(self, as_it_is: str, vocabulary: Vocabulary) -> str:
        """The spelling that the formatter writes: in the language asked for, else in that of what stands there."""
        is_english = _plainest(as_it_is) in (self.english.lower(), self.also)
        if vocabulary == "en" or (not vocabulary and is_english):
            return self.english
        return self.indonesian


@lru_cache(4096)
def _plainest(written: str) -> str:
    return re.sub(r"[\s\-/]+", "_", written.strip()).lower()


class Form:
    """What stands in one place; this one keeps it as it is."""

    manner: Manner = "kept"
    """Whether lists and mappings stand on one line: as they do, if they are small, or never."""
    keeps_quotes = False
    """Whether quotes mean something here."""
    is_apart = False
    """Whether a blank line stands between its pairs."""

    def __init__(self, vocabulary: Vocabulary = "") -> None:
        self.vocabulary = vocabulary

    def key(self, written: str) -> str:
        """How a key is written."""
        return written

    def rank(self, written: str) -> Rank | None:  # noqa: ARG002
        """Where a pair stands among the others; None if nobody knows."""
        return None

    def below(self, written: str) -> Form:  # noqa: ARG002
        """The form of the value behind a key."""
        return Form(self.vocabulary)

    def item(self) -> Form:
        """The form of the items of a list."""
        return self

    def text(self, part: Part) -> str:
        """How a single value is written."""
        return part.value

    def unwrapped(self, part: Part) -> Part:
        """The value that is written in place of another: the only item of a list that needs no brackets."""
        return part


class _Keys(Form):
    """A mapping with keys that are known."""

    def __init__(
        self, vocabulary: Vocabulary, words: Iterable[tuple[Word, Form]], also: Mapping[str, str] = {}
    ) -> None:
        super().__init__(vocabulary)
        self._known: dict[str, tuple[int, Word, Form]] = {}
        """By spelling."""
        for number, (word, form) in enumerate(words):
            for spelling in (word.english, word.indonesian):
                self._known.setdefault(spelling, (number, word, form))
        for spelling, english in also.items():
            self._known.setdefault(spelling, self._known[english])

    def key(self, written: str) -> str:
        known = self._known.get(written)
        return known[1].written(written, self.vocabulary) if known else written

    def rank(self, written: str) -> Rank | None:
        known = self._known.get(written)
        return (known[0],) if known else None

    def below(self, written: str) -> Form:
        known = self._known.get(written)
        return known[2] if known else Form(self.vocabulary)


def _keys(vocabulary: Vocabulary, names: Mapping[str, str], forms: Mapping[str, Form]) -> _Keys:
    """The keys of a small mapping, English → Indonesian, with the forms of those values that have one."""
    kept = Form(vocabulary)
    return _Keys(vocabulary, [(Word(*pair), forms.get(pair[0], kept)) for pair in names.items()])


class _Words(Form):
    """A single value that may be one of some words, or a list of such values."""

    def __init__(self, vocabulary: Vocabulary, words: Mapping[str, Word]) -> None:
        super().__init__(vocabulary)
        self.words = words
        """By spelling, in its plainest form."""

    def text(self, part: Part) -> str:
        word = self.words.get(_plainest(part.value))
        return word.written(part.value, self.vocabulary) if word else part.value


def _spelt(words: Mapping[str, str]) -> dict[str, Word]:
    return {spelling: Word(*pair) for pair in words.items() for spelling in pair}


# --- values of fields ----------------------------------------------------------------------------------------


class _Value(Form):
    """The value of a field of some kind."""

    manner: Manner = "fit"

    def __init__(self, vocabulary: Vocabulary, kind: Kind) -> None:
        super().__init__(vocabulary)
        self.kind = kind

    @cached_property
    def _words(self) -> Form:
        return _Words(self.vocabulary, _words_of(self.kind))

    @cached_property
    def _mapping(self) -> Form:
        return _mapping_of(self.vocabulary, self.kind)

    def text(self, part: Part) -> str:
        return self._words.text(part)

    def key(self, written: str) -> str:
        return self._mapping.key(written)

    def rank(self, written: str) -> Rank | None:
        return self._mapping.rank(written)

    def below(self, written: str) -> Form:
        return self._mapping.below(written)

    def unwrapped(self, part: Part) -> Part:
        if not self.kind.many or part.kind != "list" or len(part.entries) != 1:
            return part
        only = part.entries[0].value
        says_something = only.kind == "mapping" or (only.kind == "scalar" and not only.is_blank and only.value.strip())
        return only if says_something and part.anchor is None and only.anchor is None else part


def _words_of(kind: Kind) -> dict[str, Word]:
    """The closed list of values that a kind reads, by spelling."""
    if isinstance(kind, kinds.ValidityKind):
        return _words_of(kinds.FREQUENCY)
    if isinstance(kind, kinds.BoolKind):
        yes, no = Word("true", "ya", also="yes"), Word("false", "tidak", also="no")
        return {"true": yes, "yes": yes, "ya": yes, "false": no, "no": no, "tidak": no}
    if isinstance(kind, kinds.ChoiceKind):
        values = kind.values
        return {spelling: Word(value, values.indonesian[value]) for spelling, value in values.spellings.items()}
    return {}


def _mapping_of(vocabulary: Vocabulary, kind: Kind) -> Form:
    """The form of a value that is a mapping."""
    if isinstance(kind, kinds.LinkKind):
        return _keys(vocabulary, kind.NAMES, {"source": _Value(vocabulary, kinds.SOURCE)})
    if isinstance(kind, kinds.SourceKind):
        forms: dict[str, Form] = {"confidence": _Value(vocabulary, kinds.CONFIDENCE)}
        return _keys(vocabulary, kind.NAMES, forms | {"fields": _Value(vocabulary, kinds.TEXTS)})
    if isinstance(kind, kinds.AllowKind):
        return _Each(vocabulary, _keys(vocabulary, kind.NAMES, {}))
    if isinstance(kind, kinds.ByYearKind):
        return _ByYear(vocabulary)
    return Form(vocabulary)


class _ByYear(Form):
    """A value for each year, the earliest first."""

    def rank(self, written: str) -> Rank | None:
        return (int(written),) if written.isdecimal() and len(written) < 10 else None


class _Each(Form):
    """A mapping in which what stands behind each key is of one form."""

    def __init__(self, vocabulary: Vocabulary, each: Form, kept: frozenset[str] = frozenset()) -> None:
        super().__init__(vocabulary)
        self.each = each
        self.kept = kept
        """Keys of which the values stay as they are."""

    def below(self, written: str) -> Form:
        return Form(self.vocabulary) if written in self.kept else self.each


class _Elements(_Each):
    manner: Manner = "block"


# --- elements ------------------------------------------------------------------------------------------------


class _Element(_Keys):
    """The fields of an element, in the order of its type."""

    manner: Manner = "block"

    def __init__(self, vocabulary: Vocabulary, info: TypeInfo) -> None:
        fields = [info.fields[name] for name in info.order]
        words = [(Word(one.name, one.indonesian), _Value(vocabulary, one.kind)) for one in fields]
        super().__init__(vocabulary, words, {spelling: one.name for one in fields for spelling in one.spellings})


class _ElementInFragment(_Element):
    manner: Manner = "kept"


class _Defaults(Form):
    """Fields that hold for all types of a file: renamed only where that means the same to each of them."""

    manner: Manner = "block"

    def __init__(self, vocabulary: Vocabulary, infos: tuple[TypeInfo, ...]) -> None:
        super().__init__(vocabulary)
        self._infos = infos
        self._elements = [_Element(vocabulary, info) for info in infos]

    def key(self, written: str) -> str:
        meant = self._meant(written)
        wanted = dict.fromkeys(
            Word(info.spellings[written].name, info.spellings[written].indonesian).written(written, self.vocabulary)
            for info in self._infos
            if written in info.spellings
        )
        return next((name for name in wanted if self._meant(name) == meant), written)

    def _meant(self, name: str) -> list[str | None]:
        """What a name means to each type."""
        fields = (info.spellings.get(name) for info in self._infos)
        return [field.name if field is not None else None for field in fields]

    def rank(self, written: str) -> Rank | None:
        ranks = [rank for form in self._elements if (rank := form.rank(written)) is not None]
        return max(ranks, default=None)

    def below(self, written: str) -> Form:
        fields = [info.spellings[written] for info in self._infos if written in info.spellings]
        forms = {field.kind.name: _Value(self.vocabulary, field.kind) for field in fields}
        return next(iter(forms.values())) if len(forms) == 1 else Form(self.vocabulary)


# --- views ---------------------------------------------------------------------------------------------------


@cache
def _view(vocabulary: Vocabulary) -> Form:
    words = []
    for english, (indonesian, kind) in VIEW_KEYS.items():
        if isinstance(kind, CriteriaKind):
            form: Form = _Criteria(vocabulary)
        elif isinstance(kind, AspectKind):
            form = _Words(vocabulary, _spelt(ASPECTS))
        elif isinstance(kind, ByLanguageKind):
            form = Form(vocabulary)
        else:
            form = _Kept(vocabulary, kind)
        words.append((Word(english, indonesian), form))
    return _Keys(vocabulary, words)


class _Kept(_Value):
    """A value whose brackets stay as they are."""

    manner: Manner = "kept"

    def unwrapped(self, part: Part) -> Part:
        return part


class _Criteria(_Keys):
    """A filter; its fields are those of the types that it is for, which it does not say as a rule."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        section = _Words(vocabulary, _section_words())
        words = [(Word(*pair), section if pair[0] == "type" else Form(vocabulary)) for pair in CRITERIA.items()]
        super().__init__(vocabulary, words, {"tags": "tag"})

    def text(self, part: Part) -> str:
        word = _section_words().get(part.value)
        return word.written(part.value, self.vocabulary) if word else part.value

    def key(self, written: str) -> str:
        if written in self._known:
            return super().key(written)
        return _field_of_all(written, self.vocabulary)

    def below(self, written: str) -> Form:
        if written in self._known:
            return super().below(written)
        fields = [info.spellings[written] for info in types().values() if written in info.spellings]
        found = {field.kind.name: field.kind for field in fields}
        return _Kept(self.vocabulary, next(iter(found.values()))) if len(found) == 1 else Form(self.vocabulary)


@cache
def _section_words() -> dict[str, Word]:
    """Every spelling of every section."""
    words = {info: Word(info.section, info.indonesian_names[0]) for info in types().values()}
    return {name: word for info, word in words.items() for name in (info.section, *info.indonesian_names)}


def _field_of_all(written: str, vocabulary: Vocabulary) -> str:
    """The name of a field that every type that knows the one knows the same by."""
    known = [info for info in types().values() if written in info.spellings]
    names = dict.fromkeys(
        Word(info.spellings[written].name, info.spellings[written].indonesian).written(written, vocabulary)
        for info in known
    )

    def meant(name: str) -> list[str | None]:
        fields = (info.spellings.get(name) for info in types().values())
        return [field.name if field is not None else None for field in fields]

    return next((name for name in names if meant(name) == meant(written)), written)


# --- own rules -----------------------------------------------------------------------------------------------


class _Rule(_Keys):
    """A rule of the agency's own."""

    keeps_quotes = True

    def __init__(self, vocabulary: Vocabulary, sections: tuple[str, ...]) -> None:
        condition = _Condition(vocabulary, sections)
        fragment = _fragment(vocabulary)
        forms: dict[str, Form] = {
            "for": _Words(vocabulary, _section_words() | _spelt(MANY_TYPES)),
            "level": _Words(vocabulary, _spelt(LEVELS)),
            "allow": _Kept(vocabulary, kinds.BOOL),
            **dict.fromkeys(("where", "require", "forbid"), condition),
            **dict.fromkeys(("wrong", "right"), fragment),
        }
        names = ["title", *(name for name in RULE_KEYS if name != "title")]
        kept = Form(vocabulary)
        super().__init__(vocabulary, [(Word(name, RULE_KEYS[name]), forms.get(name, kept)) for name in names])


class _Condition(Form):
    """What a rule asks of elements of some sections."""

    keeps_quotes = True

    def __init__(self, vocabulary: Vocabulary, sections: tuple[str, ...]) -> None:
        super().__init__(vocabulary)
        self.sections = sections

    def key(self, written: str) -> str:
        word = _spelt(CONDITIONS).get(written) or _spelt(COMPARISONS).get(written)
        if word is not None:
            return word.written(written, self.vocabulary)
        return _path(written, self.sections, self.vocabulary)

    def below(self, written: str) -> Form:
        if written in _spelt(CONDITIONS) or written in _spelt({"each": COMPARISONS["each"]}):
            return self
        if written in _spelt(COMPARISONS):
            return _Operand(self.vocabulary, self.sections, ())
        try:
            found = follow(written.strip().split("."), self.sections)
        except PathProblem:
            return Form(self.vocabulary)
        if found.kinds:
            return _Operand(self.vocabulary, self.sections, found.kinds)
        return _Condition(self.vocabulary, found.sections)

    def text(self, part: Part) -> str:
        word = _spelt(VALUES).get(part.value) if not part.style else None
        return word.written(part.value, self.vocabulary) if word else part.value


class _Operand(Form):
    """What the values of a field are compared with."""

    keeps_quotes = True

    def __init__(self, vocabulary: Vocabulary, sections: tuple[str, ...], found: tuple[Kind, ...]) -> None:
        super().__init__(vocabulary)
        self.sections = sections
        self.kinds = found

    def key(self, written: str) -> str:
        word = _spelt(COMPARISONS).get(written) or _spelt(dict([OTHER_FIELD])).get(written)
        return word.written(written, self.vocabulary) if word else written

    def below(self, written: str) -> Form:
        if written in OTHER_FIELD:
            return _OtherField(self.vocabulary, self.sections)
        return self

    def text(self, part: Part) -> str:
        word = _spelt(VALUES).get(part.value) if not part.style else None
        if word is None and any(isinstance(kind, TypesKind) for kind in self.kinds):
            word = _section_words().get(part.value)
        if word is not None:
            return word.written(part.value, self.vocabulary)
        texts = {_Value(self.vocabulary, kind).text(part) for kind in self.kinds}
        return texts.pop() if len(texts) == 1 else part.value


class _OtherField(Form):
    def __init__(self, vocabulary: Vocabulary, sections: tuple[str, ...]) -> None:
        super().__init__(vocabulary)
        self.sections = sections

    def text(self, part: Part) -> str:
        return _path(part.value, self.sections, self.vocabulary)


def _path(written: str, sections: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """A path with each of its names in the language asked for, where all sections agree on it."""
    here = sections
    names = []
    for name in written.strip().split("."):
        bare, repeated = name.removesuffix("+"), name.endswith("+")
        meant = [thing for section in here if (thing := meaning(section, bare)) is not None]
        words = {Word(one.name, one.indonesian) for one in meant}
        if name in _spelt(OF_EVERY):
            words = {_spelt(OF_EVERY)[name]}
        names.append((words.pop().written(bare, vocabulary) if len(words) == 1 else bare) + "+" * repeated)
        try:
            here = follow([name], here).sections
        except PathProblem:
            return written
    translated = ".".join(names)
    try:
        same = follow(translated.split("."), sections) == follow(written.strip().split("."), sections)
    except PathProblem:
        return written
    return translated if same else written


class _Rules(Form):
    """The rules of a file by their ids; each is for some sections, which its form has to know."""

    keeps_quotes = True

    def __init__(self, vocabulary: Vocabulary, sections: Mapping[str, tuple[str, ...]], kept: frozenset[str]) -> None:
        super().__init__(vocabulary)
        self._sections = sections
        self._kept = kept

    def below(self, written: str) -> Form:
        if written in self._kept:
            return _KeptRule(self.vocabulary)
        return _Rule(self.vocabulary, self._sections.get(written, ()))


class _KeptRule(Form):
    keeps_quotes = True

    def below(self, written: str) -> Form:  # noqa: ARG002
        return self


# --- whole files ---------------------------------------------------------------------------------------------


@cache
def _sections(vocabulary: Vocabulary, element: type[_Element], section: type[_Each]) -> tuple[tuple[Word, Form], ...]:
    """The sections with the forms of their elements; forms do not change, so all files share them."""
    return tuple(
        (Word(info.section, info.indonesian_names[0]), section(vocabulary, element(vocabulary, info)))
        for info in types().values()
    )


@cache
def _other_names() -> dict[str, str]:
    return {name: info.section for info in types().values() for name in info.indonesian_names}


class _Unordered(_Keys):
    """Known keys that stay in the order in which they are written."""

    def rank(self, written: str) -> Rank | None:  # noqa: ARG002
        return None


@cache
def _fragment(vocabulary: Vocabulary) -> Form:
    """A small model inside a rule."""
    return _Unordered(vocabulary, _sections(vocabulary, _ElementInFragment, _Each), _other_names())


class _File(_Unordered):
    """The sections of a file of a model; they stay in their order."""

    manner: Manner = "block"
    is_apart = True


def of_file(vocabulary: Vocabulary, root: Part, kept: frozenset[str] = frozenset()) -> Form:
    """The form of a file of a model.

    Args:
        vocabulary: the language to write.
        root: of the file.
        kept: ids of own rules and views that nobody could read, so their words stay as they are.
    """
    infos = dict.fromkeys(
        types()[_other_names().get(name, name)] for name in _names(root) if _other_names().get(name, name) in types()
    )
    forms: dict[str, Form] = {
        "defaults": _Defaults(vocabulary, tuple(infos)),
        "references": _Each(vocabulary, _keys(vocabulary, _OF_A_CODE, {})),
        "rules": _Rules(vocabulary, _sections_of_rules(root), kept),
        "views": _Each(vocabulary, _view(vocabulary), kept),
    }
    special = [
        (Word(english, indonesian), forms[english]) for english, indonesian in zip(*[iter(SPECIAL)] * 2, strict=True)
    ]
    return _File(vocabulary, [*special, *_sections(vocabulary, _Element, _Elements)], _other_names())


_OF_A_CODE = {"name": "nama", "description": "uraian", "source": "sumber"}


def _names(part: Part) -> list[str]:
    return [entry.key.value for entry in part.entries if entry.key is not None]


def _sections_of_rules(root: Part) -> dict[str, tuple[str, ...]]:
    """For each rule of a file the sections that it is for."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in root.entries:
        if entry.key is not None and SPECIAL.get(entry.key.value) == "rules":
            for rule in entry.value.entries:
                wanted = [
                    one.value for one in rule.value.entries if one.key is not None and one.key.value in ("for", "untuk")
                ]
                names = [item.value.value for one in wanted for item in one.entries] or [one.value for one in wanted]
                sections = {section for name in names for section in sections_called(name)}
                if rule.key is not None:
                    found[rule.key.value] = tuple(one for one in types() if one in sections)
    return found


def of_manifest(vocabulary: Vocabulary) -> Form:
    """The form of `spbe.yaml`; what stands under `check` has English names only, and stays as it is."""
    words = [
        (Word(english, indonesian), _Kept(vocabulary, kind)) for english, (indonesian, kind) in MANIFEST_KEYS.items()
    ]
    return _Keys(vocabulary, [*words, (Word("check", "pemeriksaan"), Form(vocabulary))])
