"""Page examples as models: a patch on the clean model, or one file beside it.

A patch is a mapping from section to ids to fields, merged over the elements of `tests/clean`: a blank value takes the
field away, an id that is not there is added. An example that cannot be said so names its file in its first line
(`# file: name.yaml`) and is taken literally; a further such line begins another file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from spbe_arch.loader import read_file
from spbe_arch.metamodel import TypeInfo, types
from spbe_arch.nodes import plain, read

if TYPE_CHECKING:
    from spbe_arch.records import FileResult

__all__ = ["CLEAN", "clean_results", "clean_texts", "example_texts"]

CLEAN = Path(__file__).with_name("clean")

Contents = dict[str, dict[str, dict[str, Any]]]
"""One file: section → id → field → value, all names canonical where they are known."""


@cache
def clean_texts() -> dict[str, str]:
    """The files of the clean model by path."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(CLEAN.glob("*.yaml"))}


@cache
def clean_results() -> dict[str, FileResult]:
    """What each file of the clean model says; a text that a case does not touch is not read again."""
    return {path: read_file(path, text) for path, text in clean_texts().items() if path != "spbe.yaml"}


def example_texts(example: str) -> dict[str, str]:
    """The texts of the clean model with an example applied.

    Raises:
        ValueError: if a patch is not of the form that a patch has.
    """
    if example.startswith("# file:"):
        files = (part.partition("\n") for part in example.split("# file:")[1:])
        return {**clean_texts(), **{name.strip(): text.rstrip("\n") + "\n" for name, _, text in files}}
    return patched(_patch(example))


def patched(patch: Contents) -> dict[str, str]:
    """The texts of the clean model with a patch merged over it; only files that it touches are written anew."""
    texts = dict(clean_texts())
    for section, elements in patch.items():
        for id, fields in elements.items():
            path = _home(section, id)
            contents = _contents(texts[path])
            merged = contents.setdefault(section, {}).setdefault(id, {})
            merged.update(fields)  # a blank one switches a default off, as it does for a person who types it
            texts[path] = _written(contents)
    return texts


def _home(section: str, id: str) -> str:
    """The file that holds an element, else the first that holds its section."""
    holding = _ids()
    with_section = [path for path, sections in holding.items() if section in sections]
    return next((path for path in with_section if id in holding[path][section]), with_section[0])


@cache
def _ids() -> dict[str, dict[str, frozenset[str]]]:
    """The ids in each section of each file of the clean model."""
    contents = {path: _contents(text) for path, text in clean_texts().items() if path != "spbe.yaml"}
    return {
        path: {section: frozenset(elements) for section, elements in of_file.items()}
        for path, of_file in contents.items()
    }


def _patch(example: str) -> Contents:
    patch = yaml.load(example, Loader=_TextLoader)  # noqa: S506 - makes texts, lists and mappings only
    if not isinstance(patch, dict) or not all(isinstance(elements, dict) for elements in patch.values()):
        raise ValueError("a patch maps sections to ids to fields")
    names = _section_names()
    return {names[section]: _elements(names[section], elements) for section, elements in patch.items()}


def _contents(text: str) -> Contents:
    root: Any = plain(read("", text).root)  # type: ignore[arg-type]
    names = _section_names()
    return {names.get(key, key): _elements(names[key], value) if key in names else value for key, value in root.items()}


def _section_names() -> dict[str, str]:
    """Every spelling of every section with the canonical one."""
    return {name: info.section for info in types().values() for name in (info.section, *info.indonesian_names)}


def _elements(section: str, elements: dict[str, Any]) -> dict[str, dict[str, Any]]:
    info = types()[section]
    return {id: _canonical(info, fields) for id, fields in elements.items()}


def _canonical(info: TypeInfo, fields: dict[str, Any] | None) -> dict[str, Any]:
    known = {spelling: field.name for spelling, field in info.spellings.items()}
    return {known.get(name, name): value for name, value in (fields or {}).items()}


def _written(contents: Contents) -> str:
    return yaml.dump(contents, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


class _TextLoader(yaml.SafeLoader):
    """Reads every single value as text, as the reader under test does; a blank one as None."""


_TextLoader.yaml_implicit_resolvers = {}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), None)
