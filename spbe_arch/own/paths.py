"""Paths through an architecture as own rules write them: names with dots between them, typed by the metamodel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.catalogue import linking
from spbe_arch.findings import Sentence, Term, english
from spbe_arch.metamodel import FieldInfo, Inverse, near_miss, type_of, types
from spbe_arch.metamodel import values as kinds
from spbe_arch.own import MANY_TYPES, PSEUDO_FIELDS, Path, Step, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spbe_arch.catalogue import Rule
    from spbe_arch.metamodel.values import Kind
    from spbe_arch.own import Names

__all__ = ["Found", "PathProblem", "follow", "leads_to", "meaning", "sections_by_name", "sections_called"]

LONGEST_PATH = 8
"""How many names a path may have."""

_PSEUDO = spellings(PSEUDO_FIELDS)

_REPEATED = ("parent", "replaces", "after")
"""Fields that lead to the same type and never back to where they began; they and their other ends may be repeated."""


class PathProblem(Exception):  # noqa: N818 - a path of a model is a problem, not an error of the caller
    """Why a path leads nowhere: the rule that it breaks, the values of its message, and what was meant."""

    def __init__(self, rule: Rule, suggestion: str | None = None, **values: Any) -> None:
        super().__init__(rule.name)
        self.rule = rule
        self.suggestion = suggestion
        self.values = values


def _problem(text: str, **values: Any) -> PathProblem:
    return PathProblem(linking.OWN_RULE_VALUE, problem=Sentence(text, tuple(values.items())))


class Found(NamedTuple):
    """Where a path leads to."""

    steps: tuple[Step, ...]
    sections: tuple[str, ...]
    """Where the steps lead to."""
    names: Names = ()
    part: str = ""
    kinds: tuple[Kind, ...] = ()
    """Of the field at the end; empty if the path ends at elements."""

    @property
    def path(self) -> Path:
        """The same as it is kept."""
        return Path(self.steps, self.names, self.part)


def follow(text: str, sections: tuple[str, ...], *, strict: bool) -> Found:
    """Where a path leads to.

    Args:
        text: the path.
        sections: of the elements that it begins at.
        strict: whether each of them must know the first name; else one is enough.

    Raises:
        PathProblem: if it leads nowhere.
    """
    names = text.strip().split(".")
    if len(names) > LONGEST_PATH:
        words = english("a path has {count} names, and {most} are the most")
        raise _problem(words, count=len(names), most=LONGEST_PATH)
    steps: list[Step] = []
    here = sections
    for number, name in enumerate(names):
        if name in _PSEUDO and number == len(names) - 1:
            return Found(tuple(steps), here, tuple((one, _PSEUDO[name]) for one in here), "", (kinds.TEXT,))
        meant = _meanings(name.removesuffix("+"), here, strict=strict and not number)
        ahead = {one: thing for one, thing in meant.items() if not isinstance(thing, FieldInfo) or thing.is_link}
        if not ahead:
            fields = {one: thing for one, thing in meant.items() if isinstance(thing, FieldInfo)}
            return _at_values(names[number:], fields, tuple(steps), here)
        steps.append(_step(name, ahead))
        here = leads_to(ahead.values())
    return Found(tuple(steps), here)


def _step(name: str, ahead: Mapping[str, FieldInfo | Inverse[Any]]) -> Step:
    repeated = name.endswith("+")
    if repeated and any(_bare_fields(thing).isdisjoint(_REPEATED) for thing in ahead.values()):
        fields = ", ".join(_REPEATED)
        raise _problem(english("only {fields} and their other ends may be repeated with +"), fields=fields)
    return Step(tuple((section, thing.name) for section, thing in ahead.items()), repeated)


def _bare_fields(thing: FieldInfo | Inverse[Any]) -> set[str]:
    return set(thing.fields) if isinstance(thing, Inverse) else {thing.name}


def _meanings(name: str, sections: tuple[str, ...], *, strict: bool) -> dict[str, FieldInfo | Inverse[Any]]:
    """What a name means to the types of some sections."""
    found = {section: meant for section in sections if (meant := meaning(section, name)) is not None}
    lacking = [section for section in sections if section not in found] if strict or not found else []
    if lacking:
        known = dict.fromkeys(spelling for section in lacking for spelling in _known_names(section))
        element = Term("a type", " ".join(lacking))
        raise PathProblem(linking.OWN_RULE_PATH, near_miss(name, tuple(known)), element=element, field=name)
    return found


def _at_values(names: list[str], fields: Mapping[str, FieldInfo], steps: tuple[Step, ...], here: Any) -> Found:
    """The end of a path at a field that is no link; `source` has parts."""
    pairs = tuple((section, field.name) for section, field in fields.items())
    found = tuple({field.kind.name: field.kind for field in fields.values()}.values())  # those of one name read alike
    if len(names) == 1:
        return Found(steps, here, pairs, "", found)
    parts = spellings(kinds.SourceKind.NAMES)
    if len(names) == 2 and all(isinstance(kind, kinds.SourceKind) for kind in found) and names[1] in parts:
        part = parts[names[1]]
        kind = {"confidence": kinds.CONFIDENCE, "fields": kinds.TEXTS}.get(part, kinds.TEXT)
        return Found(steps, here, pairs, part, (kind,))
    raise _problem(english("field {field} leads to no other element"), field=names[0])


# --- names -----------------------------------------------------------------------------------------------------


def sections_called(name: str) -> tuple[str, ...]:
    """The sections that a name behind `for` stands for; none if there are none."""
    return sections_by_name().get(name, ())


def sections_by_name() -> dict[str, tuple[str, ...]]:
    """Every spelling of every section, and of the words for several, with the sections."""
    if not _BY_NAME:
        for word, indonesian in MANY_TYPES.items():
            many = tuple(one for one, info in types().items() if word in ("all", info.layer.value))
            _BY_NAME[word] = _BY_NAME[indonesian] = many
        for section, info in types().items():
            _BY_NAME.update(dict.fromkeys((section, *info.indonesian_names), (section,)))
    return _BY_NAME


_BY_NAME: dict[str, tuple[str, ...]] = {}


def meaning(section: str, name: str) -> FieldInfo | Inverse[Any] | None:
    """What a name means to a type: a field, or the other end of one."""
    return type_of(section).spellings.get(name) or _other_ends(section).get(name)


def _other_ends(section: str) -> dict[str, Inverse[Any]]:
    known = _OTHER_ENDS.get(section)
    if known is None:
        ends = type_of(section).inverses.values()
        known = _OTHER_ENDS[section] = {name: end for end in ends for name in (end.name, end.indonesian)}
    return known


_OTHER_ENDS: dict[str, dict[str, Inverse[Any]]] = {}


def _known_names(section: str) -> tuple[str, ...]:
    return (*type_of(section).spellings, *_other_ends(section), *_PSEUDO)


def leads_to(things: Iterable[FieldInfo | Inverse[Any]]) -> tuple[str, ...]:
    """The sections that link fields and other ends lead to, in the order of the layers."""
    reached = {one for thing in things for one in (thing.targets if isinstance(thing, FieldInfo) else thing.sections)}
    return tuple(section for section in types() if section in reached)
