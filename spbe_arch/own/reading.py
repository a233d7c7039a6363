"""Nodes → own rules, with a finding for each mistake, typed by the metamodel: a rule that can never match is told."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import linking, reading
from spbe_arch.findings import Fault, Place, Related, Sentence, Suggestion, Term, english
from spbe_arch.metamodel import near_miss, type_of, types
from spbe_arch.metamodel import values as kinds
from spbe_arch.metamodel.values import Choices, Kind, Name, ValueProblem
from spbe_arch.nodes import BLANK, Broken, Node, Scalar, Sequence, plain, region
from spbe_arch.nodes import Mapping as MappingNode
from spbe_arch.own import (
    COMPARISONS,
    CONDITIONS,
    FIELD,
    KEYS,
    LEVELS,
    TODAY,
    VALUES,
    Compared,
    Comparison,
    Either,
    Every,
    Known,
    Located,
    Message,
    Named,
    Never,
    OwnRule,
    Path,
    Placeholder,
    Reached,
    Words,
    spellings,
)
from spbe_arch.paths import LONGEST, REPEATED, Found, PathProblem, Reason, follow, sections_called, type_near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from spbe_arch.catalogue import Rule
    from spbe_arch.own import Condition
    from spbe_arch.paths import Names, Step

__all__ = ["read_rules"]

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 60
DEEPEST = 20
"""How deep conditions may be nested."""

_KEYS = spellings(KEYS)
_CONDITIONS = spellings(CONDITIONS)
_COMPARISONS = spellings(COMPARISONS)
_VALUES = spellings(VALUES)
_LEVELS = spellings(LEVELS)
_LANGUAGES = ("en", "id")
_BOUNDS = ("is", "at_least", "at_most", "more_than", "less_than")
_ORDERED = _BOUNDS[1:]
_OF_ELEMENTS = ("is", "is_not", "under", "count", "each")
_OF_TEXTS = ("starts", "ends", "contains", "like")
_COUNT = kinds.NumberKind(whole=True)
_MOST_COUNTED = 1_000_000_000


class _Unreadable(Exception):  # noqa: N818 - not an error: its finding has been made
    """A part of a rule could not be read."""


def read_rules(
    path: str, node: MappingNode, is_damaged: Callable[[Node], bool], partial: Callable[[Scalar], bool]
) -> tuple[list[OwnRule], list[Fault], bool]:
    """The rules that stand in a mapping, what is wrong with them, and whether the last one lacks what was cut off.

    Args:
        path: of the file.
        node: from ids to rules.
        is_damaged: whether a fault of the text, which has been reported, may have changed a value.
        partial: whether the end of what was read may have cut off the rule with this key.
    """
    rules: list[OwnRule] = []
    faults: list[Fault] = []
    lacking = False
    for id, (key, value) in node.items.items():
        reader = _RuleReader(path, id, key, is_damaged)
        own = reader.rule(value)
        if not partial(key):
            faults += reader.faults
        elif reader.faults:
            lacking = True
        if ID.fullmatch(id) and len(id) <= LONGEST_ID:
            rules.append(own)
    return rules, faults, lacking


class _RuleReader:
    """Reads one rule."""

    def __init__(self, path: str, id: str, key: Scalar, is_damaged: Callable[[Node], bool]) -> None:
        self.path = path
        self.id = id
        self.key = key
        self.is_damaged = is_damaged
        self.faults: list[Fault] = []
        self.sound = True
        self.patterns: list[Located] = []
        self.ids: list[Located] = []
        self.depth = 0

    # --- what is wrong ---------------------------------------------------------------------------------------

    def add(self, rule: Rule, node: Node, suggestion: str | None = None, **values: Any) -> None:
        self.sound = False
        if not self.is_damaged(node):
            near = Suggestion(suggestion) if suggestion else None
            values = {"rule": self.id, **values}
            self.faults.append(rule.fault(Place(self.path, region(node)), values, suggestion=near))

    def problem(self, node: Node, text: str, suggestion: str | None = None, **values: Any) -> None:
        """A value that cannot stand where it stands; the text is English, with names of values in braces."""
        self.add(linking.OWN_RULE_VALUE, node, suggestion, problem=Sentence(text, tuple(values.items())))

    def value_problem(self, problem: ValueProblem, node: Node) -> None:
        for one in problem.all:
            self.problem(node, one.rule.message, one.suggestion, **one.values)

    def wrong_shape(self, node: Node, wanted: str) -> None:
        found = "a list" if isinstance(node, Sequence) else "a mapping"
        if not isinstance(node, (Sequence, MappingNode)):
            found = english("a blank value") if _is_blank(node) else "a single value"
        self.problem(node, linking.WRONG_SHAPE.message, found=Term("noun", found), wanted=Term("noun", wanted))

    def unknown_key(self, key: Scalar, known: Iterable[str]) -> None:
        self.add(linking.OWN_RULE_KEY, key, near_miss(key.value, tuple(known)), key=key.value)

    def keys(self, node: MappingNode, known: Mapping[str, str]) -> dict[str, tuple[Scalar, Node]]:
        """The keys of a mapping by their English names; others are told, and those written twice."""
        found: dict[str, tuple[Scalar, Node]] = {}
        for spelling, (key, value) in node.items.items():
            name = known.get(spelling)
            if name is None:
                self.unknown_key(key, known)
            elif name in found:
                self.duplicate(key, found[name][0])
            else:
                found[name] = (key, value)
        return found

    def duplicate(self, key: Scalar, first: Scalar) -> None:
        self.sound = False
        related = (Related(Place(self.path, region(first)), message="the first one"),)
        place = Place(self.path, region(key))
        self.faults.append(reading.DUPLICATE_KEY.fault(place, {"key": key.value}, related))

    # --- a rule ----------------------------------------------------------------------------------------------

    def rule(self, node: Node) -> OwnRule:
        if not ID.fullmatch(self.id) or len(self.id) > LONGEST_ID:
            self.add(
                linking.OWN_RULE_ID,
                self.key,
                reason=Term("noun", english("an id is of small letters, digits, hyphens")),
            )
        if not isinstance(node, MappingNode):
            if plain(node) is not None or isinstance(node, Broken):
                self.wrong_shape(node, "a mapping")
            else:
                self.lacks(english("which elements it is for"))
            return OwnRule(self.id, region(self.key), sound=False)
        self.sound = self.sound and not node.broken and not self.is_damaged(node)
        keys = {name: pair for name, pair in self.keys(node, _KEYS).items() if not _is_blank(pair[1])}
        level, title, why, fix, basis, allow = self.about(keys)
        sections = self.sections(keys)
        conditions = {name: self.topmost(keys.get(name), sections) for name in ("where", "require", "forbid")}
        message = self.message(keys, sections)
        examples = {name: self.example(keys.get(name)) for name in ("wrong", "right")}
        self.completeness(keys)
        return OwnRule(
            self.id,
            region(self.key),
            self.sound,
            sections,
            **conditions,
            field=_field_at(conditions["require"] or conditions["forbid"]),
            level=level,
            title=title,
            message=message,
            why=why,
            fix=fix,
            basis=basis,
            admits_reason=allow,
            patterns=tuple(self.patterns),
            ids=tuple(self.ids),
            **examples,
        )

    def completeness(self, keys: Mapping[str, Any]) -> None:
        if "for" not in keys:
            self.lacks(english("which elements it is for"))
        if "require" not in keys and "forbid" not in keys:
            self.lacks(english("what it requires or forbids"))
        if "message" not in keys:
            self.lacks(english("what its message is"))

    def lacks(self, what: str) -> None:
        self.add(linking.OWN_RULE_INCOMPLETE, self.key, lack=Term("noun", what))

    def about(self, keys: Mapping[str, tuple[Scalar, Node]]) -> tuple[str, Words, Words, Words, tuple[str, ...], bool]:
        level = self.choice(keys["level"][1], _LEVELS, LEVELS) if "level" in keys else "warning"
        title, why, fix = (self.words(keys[name][1]) if name in keys else Words() for name in ("title", "why", "fix"))
        basis = self.read_as(kinds.TEXTS, keys["basis"][1]) if "basis" in keys else ()
        allow = self.read_as(kinds.BOOL, keys["allow"][1]) if "allow" in keys else True
        return level or "warning", title, why, fix, basis or (), allow is not False

    def read_as(self, kind: Kind, node: Node) -> Any:
        """A value of the rule itself; a blank one is none."""
        if _is_blank(node) or isinstance(node, Broken):
            return None
        try:
            return kind.read(plain(node))
        except ValueProblem as problem:
            self.value_problem(problem, node)
            return None

    def choice(self, node: Node, known: Mapping[str, str], words: Mapping[str, str]) -> str | None:
        text = node.value.strip() if isinstance(node, Scalar) else ""
        if not isinstance(node, Scalar):
            self.wrong_shape(node, "a value of the list")
        elif text not in known:
            choices = Choices(tuple(words), tuple(words.values()))
            values = {"value": text, "choices": choices}
            self.problem(node, linking.UNKNOWN_VALUE.message, near_miss(text, tuple(known)), **values)
        return known.get(text)

    def words(self, node: Node) -> Words:
        """A text, or one for each language."""
        if isinstance(node, MappingNode):
            pairs = self.keys(node, {name: name for name in _LANGUAGES})
            texts = {name: self.read_as(kinds.TEXT, value) or "" for name, (_, value) in pairs.items()}
            return Words(next(iter(texts.values()), ""), tuple(texts.items()))
        return Words(self.read_as(kinds.TEXT, node) or "")

    def sections(self, keys: Mapping[str, tuple[Scalar, Node]]) -> tuple[str, ...]:
        """The sections of the elements that the rule is for, in the order of the layers."""
        if "for" not in keys:
            return ()
        node = keys["for"][1]
        wanted: set[str] = set()
        for item in node.items if isinstance(node, Sequence) else [node]:
            text = item.value.strip() if isinstance(item, Scalar) else ""
            named = sections_called(text)
            if not isinstance(item, Scalar):
                self.wrong_shape(item, english("the name of a type"))
            elif not named:
                self.problem(item, linking.UNKNOWN_TYPE.message, type_near(text), value=text)
            wanted.update(named)
        return tuple(section for section in types() if section in wanted)

    def example(self, pair: tuple[Scalar, Node] | None) -> Any:
        """A fragment of a model; whether it can be read is for the test of the rule to say."""
        if pair is None:
            return None
        node = pair[1]
        if not isinstance(node, MappingNode):
            self.wrong_shape(node, english("a mapping from sections to elements"))
            return None
        return plain(node)

    # --- conditions ------------------------------------------------------------------------------------------

    def topmost(self, pair: tuple[Scalar, Node] | None, sections: tuple[str, ...]) -> Condition | None:
        if pair is None or not sections:
            return None
        try:
            return self.condition(pair[1], sections, strict=True)
        except _Unreadable:
            return None

    def condition(self, node: Node, sections: tuple[str, ...], *, strict: bool = False) -> Condition:
        """A mapping of tests, all of which must hold.

        Args:
            node: the mapping.
            sections: of the elements that it is asked of.
            strict: whether each of them must have each field; else one is enough.

        Raises:
            _Unreadable: if a part of it cannot be read; the finding has been made.
        """
        if not isinstance(node, MappingNode):
            self.wrong_shape(node, english("a mapping of conditions"))
            raise _Unreadable
        with self.nested(node):
            parts = self.parts(node, sections, strict=strict)
        if not parts:
            self.problem(node, english("no condition stands here"))
            raise _Unreadable
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    @contextmanager
    def nested(self, node: Node) -> Iterator[None]:
        """One level deeper, if there is one."""
        if self.depth == DEEPEST:
            self.problem(node, english("conditions are nested deeper than {most}"), most=DEEPEST)
            raise _Unreadable
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def parts(
        self, node: MappingNode, sections: tuple[str, ...], *, strict: bool, besides: Iterable[str] = ()
    ) -> list[Condition]:
        """What stands in a mapping, but for some keys; each part that can be read is read, so all mistakes are told."""
        found: list[Condition] = []
        failed = False
        for spelling, (key, value) in node.items.items():
            if spelling in besides:
                continue
            try:
                found.append(self.part(key, value, sections, strict=strict))
            except _Unreadable:
                failed = True
        if failed:
            raise _Unreadable
        return found

    def part(self, key: Scalar, node: Node, sections: tuple[str, ...], *, strict: bool) -> Condition:
        word = _CONDITIONS.get(key.value)
        if word == "not":
            return Never(self.condition(node, sections, strict=strict))
        if word is not None:
            items: list[Node] = list(node.items) if isinstance(node, Sequence) else [node]
            joined = self.joined(node, items, sections, strict=strict)
            return Every(joined) if word == "all" else Either(joined)
        found = self.follow(key, sections, strict=strict)
        if self.is_damaged(node) or isinstance(node, Broken):
            self.sound = False
            raise _Unreadable
        if found.kinds:
            return self.of_values(node, found, sections)
        return self.of_elements(node, found, sections)

    def joined(
        self, node: Node, items: list[Node], sections: tuple[str, ...], *, strict: bool
    ) -> tuple[Condition, ...]:
        """The conditions of a list; each that can be read is read, so all mistakes are told."""
        found: list[Condition] = []
        for item in items:
            with suppress(_Unreadable):
                found.append(self.condition(item, sections, strict=strict))
        if not items:
            self.problem(node, english("no condition stands here"))
        if len(found) < len(items) or not items:
            raise _Unreadable
        return tuple(found)

    def follow(self, key: Scalar, sections: tuple[str, ...], *, strict: bool) -> Found:
        """Where the path in a text leads to.

        Raises:
            _Unreadable: if it leads nowhere.
        """
        try:
            return follow(key.value.strip().split("."), sections, strict=strict)
        except PathProblem as problem:
            self.path_problem(problem, key)
            raise _Unreadable from None

    def path_problem(self, problem: PathProblem, key: Scalar) -> None:
        match problem.reason:
            case Reason.UNKNOWN:
                element = Term("a type", " ".join(problem.sections))
                self.add(linking.OWN_RULE_PATH, key, problem.near, element=element, field=problem.name)
            case Reason.ENDED:
                self.problem(key, english("nothing lies below the field before {name}"), name=problem.name)
            case Reason.MIXED:
                words = english("{name} is a link at some of the types and a field at others")
                self.problem(key, words, name=problem.name)
            case Reason.UNREPEATABLE:
                words = english("only {fields} and their other ends may be repeated with +")
                self.problem(key, words, fields=", ".join(REPEATED))
            case Reason.LONG:
                words = english("a path has {count} names, and {most} are the most")
                self.problem(key, words, count=key.value.count(".") + 1, most=LONGEST)

    # --- tests of values -------------------------------------------------------------------------------------

    def of_values(self, node: Node, found: Found, sections: tuple[str, ...]) -> Condition:
        word = _word(node)
        if word is not None:
            filled = _behind(found.steps, Known(found.names, found.part, ()))
            return filled if word == "any" else Never(filled)
        if not isinstance(node, MappingNode):
            tests = (Comparison("is", self.operands("is", node, found)),)
            return _behind(found.steps, Known(found.names, found.part, tests))
        return self.compared_values(node, found, sections)

    def compared_values(self, node: MappingNode, found: Found, sections: tuple[str, ...]) -> Condition:
        before = len(self.faults)
        parts: list[Condition] = []
        tests: list[Comparison] = []
        bounds: tuple[int, int | None] | None = None
        failed = False
        for name, (key, value) in self.keys(node, _COMPARISONS).items():
            try:
                other = self.other_field(name, value, found, sections)
                if other is not None:
                    parts.append(other)
                elif name == "count":
                    bounds = self.bounds(value)
                elif not _fits(name, found.kinds):
                    self.problem(key, english("{word} does not fit what stands in this field"), word=key.value)
                    raise _Unreadable  # noqa: TRY301 - the other tests are read, too
                elif name == "is_not":
                    test = Comparison("is", self.operands(name, value, found))
                    parts.append(Never(_behind(found.steps, Known(found.names, found.part, (test,)))))
                else:
                    tests.append(Comparison(name, self.operands(name, value, found)))
            except _Unreadable:
                failed = True
        if failed or not (parts or tests or bounds):
            if not failed and len(self.faults) == before:
                self.problem(node, english("no condition stands here"))
            raise _Unreadable
        if bounds is not None and found.steps:
            self.problem(node, english("values behind a path cannot be counted, only elements"))
            raise _Unreadable
        if tests or bounds:
            least, most = bounds or (1, None)
            known = Known(found.names, found.part, tuple(tests), least, most)
            parts.append(_behind(found.steps, known))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def operands(self, word: str, node: Node, found: Found) -> tuple[Any, ...]:
        """The values behind a comparison, read as the field reads them."""
        if word in _ORDERED and isinstance(node, Scalar) and node.plain and node.value in TODAY:
            if not any(isinstance(kind, (kinds.DateKind, kinds.YearKind, kinds.ValidityKind)) for kind in found.kinds):
                self.problem(node, english("{word} stands for a day, and this field holds none"), word=node.value)
                raise _Unreadable
            return (TODAY[0],)
        items = node.items if isinstance(node, Sequence) else [node]
        if not items or (word in (*_ORDERED, "like") and isinstance(node, Sequence)):
            self.wrong_shape(node, "a single value")
            raise _Unreadable
        return tuple(value for item in items for value in self.operand(word, item, found))

    def operand(self, word: str, node: Node, found: Found) -> tuple[Any, ...]:
        if not isinstance(node, Scalar) or _is_blank(node):
            self.wrong_shape(node, "a single value")
            raise _Unreadable
        if word in _OF_TEXTS:
            if word == "like":
                self.patterns.append(Located(node.value, region(node)))
            return (node.value,)
        return self.values_read(node, found.kinds)

    def values_read(self, node: Scalar, found: tuple[Kind, ...]) -> tuple[Any, ...]:
        """What a text means to some kinds of field; one that can read it is enough."""
        values: list[Any] = []
        problems: list[ValueProblem] = []
        for kind in found:
            try:
                value = _one_of(kind).read(node.value)
            except ValueProblem as problem:
                problems.append(problem)
                continue
            values += value if type(value) is tuple and kind.many else [value]
        if not values:
            self.value_problem(problems[0], node)
            raise _Unreadable
        return tuple(dict.fromkeys(values))

    def other_field(self, word: str, node: Node, found: Found, sections: tuple[str, ...]) -> Condition | None:
        """A comparison with another field, `{field: until}`, instead of a value."""
        if not isinstance(node, MappingNode) or word in ("count", "each"):
            return None
        keys = self.keys(node, dict.fromkeys(FIELD, FIELD[0]))
        if not keys:
            if not node.items:
                self.wrong_shape(node, "a single value")
            raise _Unreadable
        key = keys[FIELD[0]][1]
        if not isinstance(key, Scalar) or word not in ("is", "is_not", *_ORDERED):
            self.wrong_shape(key, "a single value")
            raise _Unreadable
        other = self.follow(key, sections, strict=True)
        if not _comparable(found, other) or (word in _ORDERED and not _fits(word, found.kinds)):
            self.problem(key, english("the two fields cannot be compared so"))
            raise _Unreadable
        compared = Compared(_path(found), "is" if word == "is_not" else word, _path(other))
        return Never(compared) if word == "is_not" else compared

    def bounds(self, node: Node) -> tuple[int, int | None]:
        """How many there must be: a number, or a mapping with bounds."""
        if not isinstance(node, MappingNode):
            number = self.number(node)
            return number, number
        known = {spelling: name for spelling, name in _COMPARISONS.items() if name in _BOUNDS}
        least, most = 0, None
        for name, (_, value) in self.keys(node, known).items():
            number = self.number(value)
            if name in ("is", "at_least", "more_than"):
                least = max(least, number + (name == "more_than"))
            if name in ("is", "at_most", "less_than"):
                upper = number - (name == "less_than")
                most = upper if most is None else min(most, upper)
        if (most is not None and least > most) or not node.items:
            self.problem(node, english("no number can be within these bounds"))
            raise _Unreadable
        return least, most

    def number(self, node: Node) -> int:
        number = self.read_as(_COUNT, node)
        if not isinstance(number, int) or not 0 <= number <= _MOST_COUNTED:
            if number is not None:
                self.problem(node, english("a count is a number from 0 on"))
            raise _Unreadable
        return number

    # --- tests of elements -----------------------------------------------------------------------------------

    def of_elements(self, node: Node, found: Found, sections: tuple[str, ...]) -> Condition:
        word = _word(node)
        if word is not None:
            there = Reached(found.steps, Every(()))
            return there if word == "any" else Never(there)
        if not isinstance(node, MappingNode):
            return Reached(found.steps, Named(self.element_ids(node, found)))
        if not node.items:
            self.problem(node, english("no condition stands here"))
            raise _Unreadable
        return self.tested_elements(node, found, sections)

    def tested_elements(self, node: MappingNode, found: Found, sections: tuple[str, ...]) -> Condition:
        """Elements at the end of a path: so many of them that fulfil all that stands in the mapping."""
        known = {word: name for word, name in _COMPARISONS.items() if name in _OF_ELEMENTS}
        own = MappingNode(node.line, node.column)
        own.items = {word: pair for word, pair in node.items.items() if word in known}
        inner: list[Condition] = []
        parts: list[Condition] = []
        bounds: tuple[int, int | None] | None = None
        failed = False
        for name, (key, value) in self.keys(own, known).items():
            try:
                other = self.other_field(name, value, found, sections) if name in ("is", "is_not") else None
                if other is not None:
                    parts.append(other)
                elif name == "count":
                    bounds = self.bounds(value)
                elif name == "under" and not any("parent" in type_of(one).links for one in found.sections):
                    self.problem(key, english("{word} does not fit what stands in this field"), word=key.value)
                    raise _Unreadable  # noqa: TRY301 - the other tests are read, too
                elif name == "each":
                    parts.append(Never(Reached(found.steps, Never(self.condition(value, found.sections)))))
                elif name == "is_not":
                    parts.append(Never(Reached(found.steps, Named(self.element_ids(value, found)))))
                else:
                    inner.append(Named(self.element_ids(value, found), under=name == "under"))
            except _Unreadable:
                failed = True
        with self.nested(node):
            inner += self.parts(node, found.sections, strict=False, besides=known)
        if failed:
            raise _Unreadable
        if inner or bounds:
            least, most = bounds or (1, None)
            parts.append(Reached(found.steps, inner[0] if len(inner) == 1 else Every(tuple(inner)), least, most))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def element_ids(self, node: Node, found: Found) -> tuple[str, ...]:
        ids = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Scalar) or _is_blank(item):
                self.wrong_shape(item, "an id")
                raise _Unreadable
            ids.append(item.value.strip())
            self.ids.append(Located(item.value.strip(), region(item), found.sections))
        if not ids:
            self.wrong_shape(node, "an id")
            raise _Unreadable
        return tuple(ids)

    # --- messages --------------------------------------------------------------------------------------------

    def message(self, keys: Mapping[str, tuple[Scalar, Node]], sections: tuple[str, ...]) -> Message:
        """The sentence, in one language or in both, with fields in braces."""
        if "message" not in keys:
            return Message(Words())
        before = len(self.faults)
        node = keys["message"][1]
        written = self.words(node)
        places: dict[str, Placeholder] = {}
        nodes = dict.fromkeys((*_LANGUAGES, ""), node)
        if isinstance(node, MappingNode):
            nodes |= {name: value for name, (_, value) in node.items.items() if name in _LANGUAGES}
        texts = tuple((name, self.template(text, nodes[name], sections, places)) for name, text in written.by_language)
        only = texts[0][1] if texts else self.template(written.any, nodes[""], sections, places)
        if not only and len(self.faults) == before:
            self.lacks(english("what its message is"))
        return Message(Words(only, texts), tuple(places.values()))

    def template(self, text: str, node: Node, sections: tuple[str, ...], places: dict[str, Placeholder]) -> str:
        """The text with our own names in braces; whatever else stands in braces is told."""
        parts: list[str] = []
        for literal, name in _split(text):
            parts.append(literal.replace("{", "{{").replace("}", "}}"))
            if name is None or not isinstance(node, Scalar):
                continue
            placeholder = self.placeholder(name, node, sections)
            if placeholder is not None:
                places.setdefault(placeholder.name, placeholder)
                parts.append("{" + placeholder.name + "}")
        return "".join(parts)

    def placeholder(self, name: str, node: Scalar, sections: tuple[str, ...]) -> Placeholder | None:
        if name in _ELEMENT:
            return Placeholder("element", None)
        if not re.fullmatch(r"[a-z0-9_+]+(?:\.[a-z0-9_+]+)*", name):
            self.add(linking.OWN_RULE_MESSAGE, node, name=Name("{" + name[:40] + "}"))
            return None
        if not sections:
            return None
        try:
            found = follow(name.split("."), sections, strict=True)
        except PathProblem as problem:
            self.add(linking.OWN_RULE_MESSAGE, node, problem.near, name=Name("{" + name + "}"))
            return None
        names = [dict(step.names).get(sections[0]) or step.names[0][1] for step in found.steps]
        end = [found.names[0][1]] if found.names else []
        canonical = [re.sub(r"\W", "_", part) for part in (*names, *end, found.part) if part]
        return Placeholder("of_" + "__".join(canonical), _path(found))


def _path(found: Found) -> Path:
    """Where something is found, as a rule keeps it."""
    return Path(found.steps, found.names, found.part)


_ELEMENT = ("element", "elemen")
"""What stands for the element itself in a message, with its type."""


def _split(text: str) -> Iterable[tuple[str, str | None]]:
    """The parts of a message: what stands literally, and the name in braces behind it; doubled braces are braces."""
    literal = ""
    position = 0
    while position < len(text):
        if text[position : position + 2] in ("{{", "}}"):
            literal += text[position]
            position += 2
        elif text[position] in "{}":
            end = text.find("}", position) if text[position] == "{" else -1
            name = text[position + 1 : end] if end >= 0 else ""
            yield literal, name.strip()
            literal = ""
            position = end + 1 if end >= 0 else len(text)
        else:
            literal += text[position]
            position += 1
    yield literal, None


def _word(node: Node) -> str | None:
    """`any` or `none`, if that is what stands there without quotes."""
    return _VALUES.get(node.value) if isinstance(node, Scalar) and node.plain else None


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and (not node.value.strip() or (node.plain and node.value in BLANK))


def _one_of(kind: Kind) -> Kind:
    """How one value in a field of a kind is read."""
    if isinstance(kind, (kinds.ByYearKind, kinds.MapKind)):
        return kind.each
    return kinds.TEXT if isinstance(kind, kinds.TextsKind) else kind


def _fits(word: str, found: tuple[Kind, ...]) -> bool:
    """Whether a comparison says something of a field of one of these kinds."""
    ones = [_one_of(kind) for kind in found]
    if any(isinstance(kind, (kinds.SourceKind, kinds.AllowKind)) for kind in ones):
        return False
    if word in _ORDERED:
        ordered = (kinds.NumberKind, kinds.YearKind, kinds.DateKind, kinds.ValidityKind)
        return any(isinstance(kind, ordered) for kind in ones)
    if word in _OF_TEXTS:
        return any(isinstance(kind, (kinds.TextKind, kinds.CodeKind)) for kind in ones)
    if word == "under":
        return any(isinstance(kind, kinds.CodeKind) for kind in ones)
    return word in ("is", "is_not")


def _comparable(one: Found, other: Found) -> bool:
    """Whether what stands at the ends of two paths may be the same."""
    if not one.kinds or not other.kinds:
        return not one.kinds and not other.kinds and not set(one.sections).isdisjoint(other.sections)
    names = {_one_of(kind).name.removeprefix("any of ").removeprefix("one of ") for kind in one.kinds}
    others = {_one_of(kind).name.removeprefix("any of ").removeprefix("one of ") for kind in other.kinds}
    plain_names = ("source", "allow")
    return not names.isdisjoint(others) and names.isdisjoint(plain_names)


def _behind(steps: tuple[Step, ...], known: Known) -> Condition:
    """The test of the values of a field, at the elements that some steps lead to."""
    return Reached(steps, known) if steps else known


def _field_at(condition: Condition | None) -> Names:
    """The field that a condition begins with, as far as it is one of the element itself."""
    while isinstance(condition, (Every, Either, Never)):
        condition = condition.part if isinstance(condition, Never) else next(iter(condition.parts), None)
    if isinstance(condition, Known):
        names = condition.names
    elif isinstance(condition, Reached):
        names = condition.steps[0].names
    elif isinstance(condition, Compared):
        names = condition.left.steps[0].names if condition.left.steps else condition.left.names
    else:
        names = ()
    return tuple((section, name) for section, name in names if name in type_of(section).fields)
