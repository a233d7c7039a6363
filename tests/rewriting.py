"""A model as contents that can be written otherwise: other files, another order, other ids, the other vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from spbe_arch.metamodel import FieldInfo, TypeInfo, types
from spbe_arch.metamodel.values import (
    AllowKind,
    BoolKind,
    ChoiceKind,
    LinkKind,
    SourceKind,
    ValidityKind,
    value_list,
)
from spbe_arch.nodes import plain, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

__all__ = ["Entry", "Model", "model_of", "renamed", "respelt", "unrelated"]

ROOT = Path(__file__).parents[1]
SECTIONS = {name: info for info in types().values() for name in (info.section, *info.indonesian_names)}
DEFAULTS = ("defaults", "bawaan")
REFERENCES = ("references", "referensi")
_OF_A_CODE = {"name": "nama", "description": "uraian", "source": "sumber"}


@dataclass(frozen=True)
class Entry:
    """An element as it is written, with what it takes from the defaults of its file."""

    section: str
    id: str
    fields: dict[str, Any]
    defaults: dict[str, Any]


@dataclass(frozen=True)
class Model:
    """A repository: its manifest as text, its elements in order, the agency's own codes."""

    manifest: str
    entries: tuple[Entry, ...]
    references: dict[str, Any]

    def texts(self, files: Iterable[Iterable[Entry]] | None = None) -> dict[str, str]:
        """The texts of the repository, with its elements in some files."""
        texts = {"spbe.yaml": self.manifest}
        if self.references:
            texts["referensi.yaml"] = _dumped({"references": self.references})
        for number, entries in enumerate([self.entries] if files is None else files):
            texts[f"{number:03d}.yaml"] = _dumped(_contents(entries))
        return texts


def model_of(folder: Path) -> Model:
    """The model that a folder holds, members left out."""
    entries: list[Entry] = []
    references: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        root: Any = plain(read(path.name, path.read_bytes()).root) if path.name != "spbe.yaml" else {}  # type: ignore[arg-type]
        defaults: dict[str, Any] = next((root[name] for name in DEFAULTS if name in root), {})
        for name, content in root.items():
            if name in REFERENCES:
                references.update(content)
            elif name in SECTIONS:
                info = SECTIONS[name]
                own = {key: value for key, value in defaults.items() if key in info.spellings}
                entries += (Entry(info.section, id, fields or {}, own) for id, fields in content.items())
    return Model((folder / "spbe.yaml").read_text("utf-8"), tuple(entries), references)


def _contents(entries: Iterable[Entry]) -> dict[str, Any]:
    """What a file holds; a default is written where an element takes it, since files mix elements of several."""
    contents: dict[str, Any] = {}
    for entry in entries:
        contents.setdefault(entry.section, {})[entry.id] = _whole(entry)
    return contents


def _whole(entry: Entry) -> dict[str, Any]:
    known = types()[entry.section].spellings
    written = {known[name].name for name in entry.fields if name in known}
    taken = {name: value for name, value in entry.defaults.items() if known[name].name not in written}
    return {**entry.fields, **taken}


def _dumped(contents: dict[str, Any]) -> str:
    return yaml.dump(contents, Dumper=_Plainly, allow_unicode=True, sort_keys=False, width=1000)


class _Plainly(yaml.SafeDumper):
    """Writes everything out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


# --- other ids -----------------------------------------------------------------------------------------------


def renamed(model: Model, rename: Callable[[str], str]) -> Model:
    """The model with other ids, in the links too."""
    ids = {entry.id for entry in model.entries}

    def new(id: Any) -> Any:
        return rename(id) if id in ids else id

    def fields(section: str, given: dict[str, Any]) -> dict[str, Any]:
        known = types()[section].spellings
        return {key: _with_ids(known[key], value, new) if key in known else value for key, value in given.items()}

    entries = (
        Entry(e.section, new(e.id), fields(e.section, e.fields), fields(e.section, e.defaults)) for e in model.entries
    )
    return Model(model.manifest, tuple(entries), model.references)


def _with_ids(field: FieldInfo, value: Any, new: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_with_ids(field, item, new) for item in value]
    if isinstance(field.kind, (LinkKind, SourceKind)):
        if isinstance(value, dict):
            return {
                key: new(item) if key in ("to", "ke", "document", "dokumen") else item for key, item in value.items()
            }
        return new(value)
    return value


# --- the other vocabulary ------------------------------------------------------------------------------------


def respelt(model: Model, random: Random) -> dict[str, str]:
    """The texts of the model with every section, field and value in one of its spellings."""
    sections: dict[str, dict[str, Any]] = {}
    chosen: dict[str, str] = {}
    for entry in model.entries:
        info = types()[entry.section]
        name = chosen.setdefault(entry.section, random.choice([info.section, *info.indonesian_names]))
        sections.setdefault(name, {})[entry.id] = dict(_respelt_fields(info, _whole(entry), random))
    language = random.randrange(2)
    texts = {"spbe.yaml": model.manifest, "000.yaml": _dumped(sections)}
    if model.references:
        codes = {code: _keys(content, _OF_A_CODE, random) for code, content in model.references.items()}
        texts["referensi.yaml"] = _dumped({REFERENCES[language]: codes})
    return texts


def _respelt_fields(info: TypeInfo, fields: dict[str, Any], random: Random) -> Iterator[tuple[str, Any]]:
    for key, value in fields.items():
        field = info.spellings[key]
        yield random.choice(field.spellings), _respelt(field.kind, value, random)


def _respelt(kind: Any, value: Any, random: Random) -> Any:
    if isinstance(value, list):
        return [_respelt(kind, item, random) for item in value]
    if value is None:
        return None
    if isinstance(kind, ChoiceKind):
        return _choice(kind.values.name, value, random)
    if isinstance(kind, ValidityKind):
        return _choice("frequency", value, random) if value in value_list("frequency").spellings else value
    if isinstance(kind, BoolKind):
        words = (("true", "yes", "ya"), ("false", "no", "tidak"))[value.lower() in ("false", "no", "tidak")]
        return random.choice(words)
    return _respelt_mapping(kind, value, random) if isinstance(value, dict) else value


def _respelt_mapping(kind: Any, value: dict[str, Any], random: Random) -> Any:
    if isinstance(kind, AllowKind):
        return {rule: _keys(item, kind.NAMES, random) for rule, item in value.items()}
    if isinstance(kind, (LinkKind, SourceKind)):
        inner = {
            key: _choice("confidence", item, random) if key in ("confidence", "keyakinan") else item
            for key, item in value.items()
        }
        return _keys(inner, kind.NAMES, random)
    return value


def _choice(name: str, value: str, random: Random) -> str:
    """A spelling of the same value of a list."""
    spellings = value_list(name).spellings
    meant = spellings[value.lower().replace(" ", "_").replace("-", "_")]
    return random.choice([spelling for spelling, one in spellings.items() if one == meant])


def _keys(content: Any, names: dict[str, str], random: Random) -> Any:
    """A small mapping with each key in one of the two languages."""
    if not isinstance(content, dict):
        return content
    english: dict[Any, str] = {indonesian: name for name, indonesian in names.items()}
    pairs = ((str(english.get(key, key)), value) for key, value in content.items())
    return {random.choice([key, names[key]]): value for key, value in pairs}


# --- an element that has nothing to do with the others -------------------------------------------------------

_OF_THE_WHOLE = {"units": ["roles"], "policies": ["scope"], "documents": ["kind"], "initiatives": ["content"]}
"""Fields by which an element is what an agency lacks as a whole; without them it is none of that."""


def unrelated(clean: Model, section: str) -> list[Entry]:
    """A fresh element of a type, filled in as in the clean model, but for what ties it to others.

    An exchange brings its two applications with it.
    """
    if section == "exchanges":
        ends = [Entry("applications", f"tak-terkait-{end}", {"name": f"Zzyzx {end}"}, {}) for end in ("hulu", "hilir")]
        fields = {"name": "Zzyzx tukar", "provider": "tak-terkait-hulu", "consumer": "tak-terkait-hilir"}
        return [*ends, Entry(section, "tak-terkait", fields, {})]
    info = types()[section]
    sample = max((entry for entry in clean.entries if entry.section == section), key=lambda entry: len(entry.fields))
    left_out = {
        "name",
        "registry_id",
        "aliases",
        "allow",
        "source",
        "spellings",
        "short_name",
        *_OF_THE_WHOLE.get(section, ()),
    }
    given = ((info.spellings[key], value) for key, value in sample.fields.items())
    own = {field.name: value for field, value in given if not field.is_link and field.name not in left_out}
    return [Entry(section, "tak-terkait", {"name": "Zzyzx", **own}, {})]
