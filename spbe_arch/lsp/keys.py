"""What may stand at a path of keys, from the JSON Schema: which keys, which values, and what they are for.

The schema is derived from the declarations, so nothing of the format is repeated here. It reads both vocabularies and
marks one of them as the one to propose.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.schema import json_schema, manifest_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Grammar", "Word", "grammar"]

Node = dict[str, Any]


class Word(NamedTuple):
    """A key or a value that may be written."""

    text: str
    title: str = ""
    help: str = ""
    holds: str = ""
    """What a key holds: a "mapping", a "list" or a single "value"; nothing for values."""
    required: bool = False


@cache
def grammar(language: str, *, manifest: bool = False) -> Grammar:
    """What may stand in a model file, or in a manifest, with names and help in a language."""
    return Grammar(manifest_schema(language) if manifest else json_schema(language))


class Grammar:
    """The schema of one kind of file."""

    def __init__(self, schema: Node) -> None:
        self._schema = schema

    def keys(self, path: Iterable[str | int]) -> list[Word]:
        """The keys that may be written at a path, in the order of the declaration."""
        found: dict[str, Word] = {}
        for node in self._at(path):
            required = {*node.get("required", ()), *_needed(node)}
            for name, below in node.get("properties", {}).items():
                if not self._resolved(below).get("doNotSuggest"):
                    title, text = self._said(below)
                    found.setdefault(name, Word(name, title, text, self._holds(below), name in required))
        return list(found.values())

    def values(self, path: Iterable[str | int]) -> list[Word]:
        """The words that may be a value at a path, each with what it means."""
        found: dict[str, Word] = {}
        for node in self._at(path):
            meanings = node.get("enumDescriptions", [])
            for number, value in enumerate(node.get("enum", ())):
                meant = meanings[number] if number < len(meanings) else ""
                found.setdefault(str(value), Word(str(value), meant))
        return list(found.values())

    def is_bool(self, path: Iterable[str | int]) -> bool:
        """Whether yes and no are values at a path."""
        return any("boolean" in _listed(node.get("type")) for node in self._at(path))

    def takes_list(self, path: Iterable[str | int]) -> bool:
        """Whether a list may stand at a path."""
        return any("items" in node for node in self._at(path))

    def help(self, path: Iterable[str | int]) -> tuple[str, str]:
        """The title and the description of what stands at a path."""
        nodes = [self._schema]
        said = ("", "")
        for step in path:
            below = list(self._below(nodes, step))
            said = next((told for told in map(self._said, below) if told != ("", "")), ("", ""))
            nodes = list(self._expanded(below))
        return said

    def _at(self, path: Iterable[str | int]) -> list[Node]:
        nodes = list(self._expanded([self._schema]))
        for step in path:
            nodes = list(self._expanded(self._below(nodes, step)))
        return nodes

    def _below(self, nodes: Iterable[Node], step: str | int) -> Iterator[Node]:
        for node in nodes:
            if isinstance(step, int):
                if isinstance(node.get("items"), dict):
                    yield node["items"]
            elif step in node.get("properties", {}):
                yield node["properties"][step]
            elif isinstance(node.get("additionalProperties"), dict):
                yield node["additionalProperties"]

    def _expanded(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """The nodes with all that they refer to and are made of."""
        waiting = list(nodes)
        seen: set[int] = set()
        while waiting:
            node = waiting.pop(0)
            if id(node) in seen:
                continue
            seen.add(id(node))
            yield node
            if "$ref" in node:
                waiting.append(self._referred(node))
            for name in ("allOf", "anyOf", "oneOf"):
                waiting += node.get(name, ())

    def _referred(self, node: Node) -> Node:
        found: Node = self._schema["definitions"][node["$ref"].rpartition("/")[2]]
        return found

    def _resolved(self, node: Node) -> Node:
        return self._referred(node) if "$ref" in node else node

    def _said(self, node: Node) -> tuple[str, str]:
        for one in self._expanded([node]):
            if "title" in one or "description" in one:
                return one.get("title", ""), one.get("description", "")
        return "", ""

    def _holds(self, node: Node) -> str:
        parts = list(self._expanded([node]))
        if any("items" in part for part in parts):
            return "list"
        kinds = {kind for part in parts for kind in _listed(part.get("type"))}
        return "mapping" if "object" in kinds and kinds.isdisjoint(("string", "number", "boolean")) else "value"


def _listed(kind: Any) -> list[Any]:
    return kind if isinstance(kind, list) else [kind]


def _needed(node: Node) -> Iterator[str]:
    """The keys that are required under some spelling: `if` one is missing, `else` the other must stand there."""
    for branch in ("if", "then", "else"):
        if isinstance(node.get(branch), dict):
            yield from node[branch].get("required", ())
