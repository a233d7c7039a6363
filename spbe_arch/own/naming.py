"""The Indonesian names of what stands in own rules: which words to write in place of the English ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spbe_arch.metamodel import FieldInfo, types
from spbe_arch.metamodel.values import ChoiceKind
from spbe_arch.nodes import Mapping, Node, Scalar, Sequence
from spbe_arch.own import COMPARISONS, CONDITIONS, KEYS, LEVELS, VALUES
from spbe_arch.paths import MANY_TYPES, OF_EVERY, leads_to, meaning, sections_called

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["indonesian_words"]


def indonesian_words(rule: Node) -> Iterator[tuple[Scalar, str]]:
    """The words of a rule that have an Indonesian name, with that name; fragments of models are left to others."""
    if not isinstance(rule, Mapping):
        return
    sections = _sections(rule)
    for key, value in rule.items.values():
        yield key, KEYS.get(key.value, key.value)
        if key.value == "for":
            yield from ((one, _section_name(one.value)) for one in _scalars(value))
        elif key.value in ("where", "require", "forbid"):
            yield from _in_condition(value, sections)
        elif key.value == "level":
            yield from ((one, LEVELS.get(one.value, one.value)) for one in _scalars(value))
        elif key.value == "message":
            yield from ((one, _in_message(one, sections)) for one in _scalars(value))


def _sections(rule: Mapping) -> tuple[str, ...]:
    written = rule.items.get("for")
    named = [sections_called(one.value) for one in _scalars(written[1])] if written else []
    return tuple(dict.fromkeys(section for some in named for section in some))


def _scalars(node: Node) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else [node]
    return [item for item in items if isinstance(item, Scalar)]


def _section_name(text: str) -> str:
    return MANY_TYPES.get(text) or (types()[text].indonesian if text in types() else text)


def _in_condition(node: Node, sections: tuple[str, ...]) -> Iterator[tuple[Scalar, str]]:
    for item in node.items if isinstance(node, Sequence) else [node]:
        for key, value in item.items.values() if isinstance(item, Mapping) else ():
            if key.value in CONDITIONS or key.value in COMPARISONS:
                yield key, CONDITIONS.get(key.value) or COMPARISONS[key.value]
                yield from _in_condition(value, sections)
            else:
                path, field, ends = _path(key.value, sections)
                yield key, path
                yield from _in_test(value, field, ends)


def _in_test(node: Node, field: FieldInfo | None, ends: tuple[str, ...]) -> Iterator[tuple[Scalar, str]]:
    """What stands behind a field: values of a list, words for any and none, comparisons, conditions on elements."""
    if isinstance(node, Mapping) and field is None:
        yield from _in_condition(node, ends)
    elif isinstance(node, Mapping):
        for key, value in node.items.values():
            yield key, COMPARISONS.get(key.value, key.value)
            yield from _in_test(value, field, ends)
    else:
        names = field.kind.values.indonesian if field is not None and isinstance(field.kind, ChoiceKind) else {}
        for one in _scalars(node):
            word = VALUES.get(one.value) or names.get(one.value)
            if word is not None and one.plain:
                yield one, word


def _path(text: str, sections: tuple[str, ...]) -> tuple[str, FieldInfo | None, tuple[str, ...]]:
    """A path in Indonesian names, the field at its end if that is no link, and the sections that it leads to."""
    names: list[str] = []
    field = None
    for part in text.split("."):
        bare = part.removesuffix("+")
        things = [thing for one in sections if (thing := meaning(one, bare)) is not None]
        names.append(things[0].indonesian + part[len(bare) :] if things else OF_EVERY.get(part, part))
        field = next((one for one in things if isinstance(one, FieldInfo) and not one.is_link), None)
        sections = leads_to(things) if field is None and things else sections
    return ".".join(names), field, sections


def _in_message(node: Scalar, sections: tuple[str, ...]) -> str:
    written = re.sub(r"\{([a-z0-9_.+]+)\}", lambda found: "{" + _path(found[1], sections)[0] + "}", node.value)
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
