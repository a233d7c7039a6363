"""The clean model with one thing wrong: every place where a mutation can be made, and the text after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from spbe_arch.checking import check
from spbe_arch.loader import load_texts, read_file
from spbe_arch.metamodel import FieldInfo, TypeInfo, types
from spbe_arch.metamodel.values import AllowKind, ByYearKind, MapKind
from spbe_arch.nodes import Mapping, Node, Scalar, Sequence, read
from spbe_arch.remembering import Memory
from tests.patching import clean_results, clean_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingABC

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings
    from spbe_arch.findings import Finding
    from spbe_arch.records import FileResult
    from spbe_arch.remembering import Run

__all__ = [
    "Entry",
    "Spot",
    "cut",
    "elements",
    "fields",
    "findings_anew",
    "findings_with",
    "link_ends",
    "misspelt",
    "replaced",
    "tell",
]

SECTIONS = {name: info for info in types().values() for name in (info.section, *info.indonesian_names)}


@dataclass(frozen=True)
class Entry:
    """An element of a file."""

    path: str
    info: TypeInfo
    id: str
    key: Scalar
    node: Mapping


@dataclass(frozen=True)
class Spot:
    """A field of an element."""

    entry: Entry
    info: FieldInfo
    key: Scalar
    node: Node

    def __str__(self) -> str:
        return f"{self.entry.path}:{self.key.line + 1} {self.entry.id}.{self.info.name}"


def findings_with(path: str, text: str) -> Findings:
    """What is found in the clean model when one file has another text."""
    if path not in clean_results():
        return findings_anew(path, text)
    clean, memory = _clean()
    return check(load_texts(_texts_with(path, text), results=_results_with(path, text), before=clean), memory=memory)


def findings_anew(path: str, text: str) -> Findings:
    """The same, with nothing taken over from a check of the clean model."""
    return check(load_texts(_texts_with(path, text), results=_results_with(path, text)))


def _texts_with(path: str, text: str) -> list[tuple[str, str]]:
    return [*clean_texts().items(), (path, text)]


def _results_with(path: str, text: str) -> dict[str, FileResult]:
    results = clean_results()
    return {**results, path: read_file(path, text)} if path != "spbe.yaml" else results


class _MemoryOfOne(Memory):
    """Keeps the first run, and no later one."""

    def keep(self, kind: str, found: Run, files: MappingABC[str, FileResult]) -> None:
        if self.recall(kind) is None:
            super().keep(kind, found, files)


@cache
def _clean() -> tuple[Architecture, Memory]:
    """The clean model, and what a check of it found and read."""
    architecture, memory = load_texts(clean_texts().items(), results=clean_results()), _MemoryOfOne()
    check(architecture, memory=memory)
    return architecture, memory


def tell(findings: Findings) -> list[str]:
    return [said(finding) for finding in findings]


def said(finding: Finding) -> str:
    place = finding.place
    return f"{finding.code} {place.path} {place.element}.{place.field} {place.region} {dict(finding.fault.values)}"


# --- where -------------------------------------------------------------------------------------------------


def elements(path: str) -> Iterator[Entry]:
    """Every element of a file."""
    root = read(path, clean_texts()[path]).root
    assert isinstance(root, Mapping)
    for section, (_, node) in root.items.items():
        if section in SECTIONS and isinstance(node, Mapping):
            for id, (key, element) in node.items.items():
                assert isinstance(element, Mapping)
                yield Entry(path, SECTIONS[section], id, key, element)


def fields(path: str) -> Iterator[Spot]:
    """Every field of every element of a file."""
    for entry in elements(path):
        for spelling, (key, node) in entry.node.items.items():
            yield Spot(entry, entry.info.spellings[spelling], key, node)


def link_ends(spot: Spot) -> Iterator[Scalar]:
    """Every id in a link field, or in a source."""
    if spot.info.is_link or spot.info.name == "source":
        yield from _ends(spot.node)


def _ends(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _ends(item)
    elif isinstance(node, Mapping):
        for name in ("to", "ke", "document", "dokumen"):
            if name in node.items:
                yield from _ends(node.items[name][1])


# --- what --------------------------------------------------------------------------------------------------


def replaced(path: str, node: Scalar, by: str) -> str:
    """The text of a file with one key or single value written otherwise."""
    lines = clean_texts()[path].split("\n")
    line = lines[node.line]
    lines[node.line] = line[: node.column] + by + line[node.end_column :]
    return "\n".join(lines)


def cut(path: str, key: Scalar, by: str | None = None) -> str:
    """The text of a file without a key and what stands below it, or with a line in its place."""
    lines = clean_texts()[path].split("\n")
    end = key.line + 1
    while end < len(lines) and lines[end].strip() and _indentation(lines[end]) > key.column:
        end += 1
    lines[key.line : end] = [] if by is None else [" " * key.column + by]
    return "\n".join(lines)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def misspelt(word: str, known: Any) -> Iterator[str]:
    """The word with a letter left out, and with two letters swapped, as far as that is no other known word."""
    middle = len(word) // 2
    for slip in (word[:middle] + word[middle + 1 :], _swapped(word, middle)):
        if slip not in known and slip != word and slip:
            yield slip


def _swapped(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def of_wrong_type(spot: Spot) -> str:
    """A value of a shape that the field does not take."""
    if isinstance(spot.info.kind, (ByYearKind, MapKind, AllowKind)) or not spot.info.kind.many:
        return "[satu, dua]"
    return "{satu: dua}"
