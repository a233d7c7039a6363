"""A dense model in the hands of somebody who edits it: one element a file, links of all kinds, two agencies.

It begins as the clean model, half of it as a member below the root, and is edited at random: everything that a check
rests on may change, and often back again. One seed gives one history.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import Any

import yaml

from spbe_arch.metamodel import FieldInfo, types
from spbe_arch.metamodel.values import BoolKind, ChoiceKind, CodeKind, LinkKind, SourceKind, YearKind
from tests.patching import clean_texts

__all__ = ["Files", "History"]

Files = dict[str, str]
"""Texts by path."""

_ROOT = "spbe.yaml"
_MEMBER = "kab/spbe.yaml"
_WORDS = ("Perizinan", "Kepegawaian", "Keuangan", "Absensi", "Presensi", "Pengaduan", "Data", "Pegawai", "Online")
_OTHERS = ("tiada", "prov-lain/sesuatu", "kab-anggota/tiada", "Dinas Satu", "lama")
_CODES = ("RAA.02.01", "RAA.01.01", "RAL.01.16", "RAL.01.16.07", "RAD.01.01", "RAB.01.02", "RAI.01.01", "RAK.01.01")
_PLAIN = ("2024", "2026", "2027", "2030", "12", "2026-05", "2027-01-01", "ya", "tidak", "", "0")
_TELLING = (BoolKind, ChoiceKind, CodeKind, YearKind)
_COMMENTS = (
    "# spbe: ignore[SPBE5] sementara",
    "# spbe: ignore[SPBE3,SPBE4] alasan",
    "# spbe: ignore[SPBE501] x until 2026-01-01",
    "# spbe: ignore[perlu-nama]",
    "# catatan",
)
_SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"as_of": "2031-01-01"},
    {"ignore": ["SPBE5"]},
    {"parameters": {"SPBE505": {"likeness": 60}}},
    {"synonyms": [["absensi", "presensi", "pegawai"]]},
    {"fillers": ["online"]},
    {"level": {"SPBE501": "note"}},
    {"tables": {"national_applications": "tabel.yaml"}},
    {"extend": ["SPBE8"]},
)
_OF_MANIFESTS: tuple[tuple[str, Any], ...] = (
    ("period", "2025-2029"),
    ("period", "2020-2024"),
    ("name", "Pemerintah Provinsi Contoh"),
    ("name", "Kabupaten Absensi"),
    ("kind", "regency"),
    ("date", "2027"),
    ("exclude", []),
    ("exclude", ["services"]),
)
_OWN_RULES = (
    "rules:\n  perlu-nama: {for: applications, message: '{id} {name}', require: {url: true}}\n",
    "rules:\n  perlu-nama: {for: applications, message: '{id}', forbid: {owner.name: {like: 'Dinas.*'}}}\n",
    "rules:\n  perlu-nama: {for: services, message: '{id}', require: {processes.name: true}}\n  lain: {for: data\n",
    "",
)
_TABLES = (
    '{"version": 1, "valid": "2025-2029", "applications": [], "fields": []}\n',
    "salah: [\n",
    "",
)


@dataclass(frozen=True)
class _Element:
    """One element and the file that it stands in."""

    section: str
    id: str
    fields: tuple[tuple[str, Any], ...]
    comment: str = ""
    cut: int = 0
    """How many characters are missing at the end of the file."""

    def text(self) -> str:
        lines = [f"{self.section}:", f"  {self.id}: {self.comment}".rstrip()]
        lines += (f"    {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in self.fields)
        text = "\n".join(lines) + "\n"
        return text[: len(text) - self.cut]


@dataclass
class History:
    """A model and what becomes of it."""

    seed: int
    elements: dict[str, _Element] = field(default_factory=dict)
    """By the paths of their files."""
    others: dict[str, str] = field(default_factory=dict)
    """Other files by path."""
    manifests: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - one seed gives one history
        clean = _clean()
        self.manifests[_ROOT] = {
            "version": 1,
            "agency": "prov-contoh",
            "name": "Pemerintah Provinsi Contoh",
            "period": "2025-2029",
            "members": ["kab"],
            "check": {"as_of": "2026-11-01"},
        }
        self.manifests[_MEMBER] = {
            "version": 1,
            "agency": "kab-anggota",
            "name": "Kabupaten Anggota",
            "period": "2025-2029",
        }
        for number, one in enumerate(clean):
            self.elements[f"{one.section}/{number:03}.yaml"] = one
            if number % 3 == 0:
                self.elements[f"kab/{one.section}-{number:03}.yaml"] = one
        self.others["rujukan.yaml"] = "references:\n  RAL.01.16.07: Perizinan Daerah\n"
        self.others["aturan.yaml"] = _OWN_RULES[0]
        self.others["luar.yaml"] = "agencies:\n  prov-lain: {name: Provinsi Lain}\n"
        self.sound = dict(self.elements)
        for _ in range(self.random.choice([0, 20, 60])):  # a sound model has little to find
            self.random.choice([self.set_field, self.copy_value])()

    # --- as files ----------------------------------------------------------------------------------------

    def files(self) -> Files:
        found = {path: json.dumps(one, indent=1, ensure_ascii=False) + "\n" for path, one in self.manifests.items()}
        return {**found, **self.others, **{path: one.text() for path, one in self.elements.items()}}

    # --- edits -------------------------------------------------------------------------------------------

    def edit(self) -> list[str]:
        """Change something of some elements, and now and then what all of them rest on; returns what."""
        edits = self.random.choices(_EDITS, k=self.random.randint(1, 6))
        if self.random.random() < 0.2:
            edits.append(self.random.choice(_EDITS_OF_ALL))
        for edit in edits:
            edit(self)
        return [edit.__name__ for edit in edits]

    def path(self) -> str:
        return self.random.choice(sorted(self.elements))

    def set_field(self) -> None:
        """A field of an element takes another value, or goes."""
        path = self.path()
        one = self.elements[path]
        info = types()[one.section]
        written = [name for name, _ in one.fields if name in info.fields]
        names = written if written and self.random.random() < 0.5 else sorted(info.fields)
        if self.random.random() < 0.4:
            names = [name for name in names if name in info.links] or names
        name = self.random.choice(names)
        kept = dict(one.fields)
        value = self.value(info.fields[name], kept.get(name))
        if self.random.random() < 0.2:
            kept.pop(name, None)
        else:
            kept[name] = value
        self.elements[path] = replace(one, fields=tuple(kept.items()))

    def set_telling(self) -> None:
        """A field that others are judged by takes another value that it may have: a choice, a year, a code."""
        path = self.path()
        one = self.elements[path]
        fields = types()[one.section].fields
        name = self.random.choice([name for name, of in fields.items() if isinstance(of.kind, _TELLING)])
        of, kept = fields[name], dict(one.fields)
        if isinstance(of.kind, ChoiceKind):
            value: Any = self.random.choice(list(of.kind.values.indonesian))
            kept[name] = [value] if of.kind.many else value
        elif isinstance(of.kind, CodeKind):
            kept[name] = self.value(of, None)
        else:
            kept[name] = self.random.choice(
                ("ya", "tidak") if isinstance(of.kind, BoolKind) else ("2024", "2026", "2028")
            )
        if self.random.random() < 0.15:
            del kept[name]
        self.elements[path] = replace(one, fields=tuple(kept.items()))

    def value(self, of: FieldInfo, before: Any) -> Any:
        """Some value of a field; now and then one that it does not take."""
        random, kind = self.random, of.kind
        if isinstance(kind, (LinkKind, SourceKind)):
            wanted = of.targets if isinstance(kind, LinkKind) else ("documents", "policies")
            strict = random.random() < 0.9
            ids = [one.id for one in self.elements.values() if one.section in wanted or not strict]
            pool = [*ids, *(f"kab-anggota/{id}" for id in ids[:5]), *(f"prov-contoh/{id}" for id in ids[:5]), *_OTHERS]
            chosen = random.choices([*ids, *pool], k=random.randint(1, 3))
            if isinstance(kind, SourceKind):
                return {"document": chosen[0], "confidence": random.choice(["high", "illustrative"])}
            if kind.many:
                return chosen if not isinstance(before, list) else [*before[:3], *chosen]
            return chosen[0]
        if isinstance(kind, ChoiceKind):
            value = random.choice([*kind.values.indonesian, "salah"])
            return [value] if kind.many else value
        if isinstance(kind, CodeKind):
            fitting = [code for code in _CODES if code.startswith(kind.prefix)] or list(_CODES)
            return random.choice([*fitting, f"{fitting[0]} Nama Lain"])
        if of.name in ("name", "description", "function", "functions", "short_name", "spellings"):
            return " ".join(random.sample(_WORDS, 2))
        if of.name == "allow":
            return {random.choice(["SPBE501", "SPBE505", "SPBE503"]): random.choice(["ada alasan", ""])}
        if of.name == "aliases":
            return [random.choice([one.id for one in self.elements.values()] + ["lama"])]
        return random.choice(_PLAIN)

    def copy_value(self) -> None:
        """A field takes the value that another element of the type has: so do names, codes and owners become alike."""
        path = self.path()
        one = self.elements[path]
        alike = [other for other in self.elements.values() if other.section == one.section]
        other = self.random.choice(alike)
        if other.fields:
            name, value = self.random.choice(other.fields)
            self.elements[path] = replace(one, fields=tuple({**dict(one.fields), name: value}.items()))

    def remove(self) -> None:
        del self.elements[self.path()]

    def bring_back(self) -> None:
        """A file is again what it was in the beginning."""
        path = self.random.choice(sorted(self.sound))
        self.elements[path] = self.sound[path]

    def move(self) -> None:
        path = self.path()
        one = self.elements.pop(path)
        self.elements[self.random.choice(["a.yaml", "zz.yaml", "kab/m.yaml", "bagian/x.yaml"])] = one

    def copy(self) -> None:
        """The same element stands twice, or in both agencies."""
        self.elements[self.random.choice(["0.yaml", "kab/salinan.yaml", "y.yaml"])] = self.elements[self.path()]

    def rename(self) -> None:
        """An element takes another id; it may be that of another, or of an alias."""
        path, other = self.path(), self.path()
        id = self.random.choice([self.elements[other].id, f"baru-{self.random.randint(0, 3)}", "lama"])
        self.elements[path] = replace(self.elements[path], id=id)

    def retype(self) -> None:
        """What stands there is an element of another type."""
        path, other = self.path(), self.path()
        self.elements[path] = replace(self.elements[path], section=self.elements[other].section)

    def reorder(self) -> None:
        path = self.path()
        fields = list(self.elements[path].fields)
        self.random.shuffle(fields)
        self.elements[path] = replace(self.elements[path], fields=tuple(fields))

    def comment(self) -> None:
        path = self.path()
        self.elements[path] = replace(self.elements[path], comment=self.random.choice(["", *_COMMENTS]))

    def cut_off(self) -> None:
        """The end of a file is missing, or its last line break."""
        path = self.path()
        self.elements[path] = replace(self.elements[path], cut=self.random.choice([0, 1, 1, 3, 20]))

    def mend(self) -> None:
        """All that is cut off is whole again: else one lost file hides what the others are about."""
        for path, one in self.elements.items():
            self.elements[path] = replace(one, cut=0)

    def group_file(self) -> None:
        """Some elements share a file, in some order, and perhaps twice."""
        chosen = self.random.sample(sorted(self.elements), 3)
        texts: dict[str, list[str]] = {}
        for path in chosen:
            one = self.elements[path]
            lines = replace(one, cut=0, id=f"{one.id}-g").text().split("\n")
            texts.setdefault(one.section, []).extend(lines[1:-1])
        self.others["bersama.yaml"] = "".join(f"{name}:\n" + "\n".join(lines) + "\n" for name, lines in texts.items())

    def shuffle_file(self) -> None:
        """The elements of a shared file change places."""
        blocks = self.others.get("bersama.yaml", "").split("\n  ")
        if len(blocks) > 2:
            head, *rest = blocks
            self.random.shuffle(rest)
            self.others["bersama.yaml"] = "\n  ".join([head, *rest]).rstrip("\n") + "\n"

    def change_codes(self) -> None:
        names = self.random.choice(["Perizinan Daerah", "Lain", ""])
        self.others["rujukan.yaml"] = f"references:\n  RAL.01.16.07: {names}\n" if names else ""

    def change_rules(self) -> None:
        self.others["aturan.yaml"] = self.random.choice(_OWN_RULES)

    def change_table(self) -> None:
        self.others["tabel.yaml"] = self.random.choice(_TABLES)

    def change_stranger(self) -> None:
        self.others["luar.yaml"] = self.random.choice(["", "agencies:\n  prov-lain: {name: Provinsi Lain}\n"])

    def change_manifest(self) -> None:
        path = self.random.choice([_ROOT, _MEMBER])
        name, value = self.random.choice(_OF_MANIFESTS)
        self.manifests[path] = {**self.manifests[path], name: value}

    def change_settings(self) -> None:
        self.manifests[_ROOT]["check"] = {"as_of": "2026-11-01", **self.random.choice(_SETTINGS)}

    def change_member(self) -> None:
        self.manifests[_ROOT]["members"] = self.random.choice([["kab"], ["kab"], []])
        self.manifests[_MEMBER]["agency"] = self.random.choice(["kab-anggota", "kab-anggota", "kab-lain"])


_EDITS = (
    *[History.set_telling] * 10,
    *[History.set_field] * 6,
    *[History.copy_value] * 3,
    *[History.bring_back] * 3,
    History.remove,
    History.move,
    History.rename,
    History.retype,
    History.reorder,
    History.comment,
    History.group_file,
    History.shuffle_file,
)
_EDITS_OF_ALL = (
    *[History.mend] * 3,
    History.copy,
    History.cut_off,
    History.change_codes,
    History.change_rules,
    History.change_table,
    History.change_stranger,
    History.change_manifest,
    History.change_settings,
    History.change_member,
)
"""Those after which much or everything has to be looked at again."""


@cache
def _clean() -> tuple[_Element, ...]:
    """The elements of the clean model, one after the other."""
    spellings = {name: info for info in types().values() for name in (info.section, *info.indonesian_names)}
    found = []
    for path, text in clean_texts().items():
        contents = yaml.load(text, yaml.BaseLoader) if path != _ROOT else {}  # noqa: S506 - it makes texts of all
        for section, elements in contents.items():
            if section not in spellings:  # defaults and the like
                continue
            info = spellings[section]
            for id, written in elements.items():
                fields = {info.spellings[name].name: value for name, value in written.items() if name in info.spellings}
                found.append(_Element(info.section, id, tuple(fields.items())))
    return tuple(found)
