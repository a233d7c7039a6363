"""The national applications: general ones (Aplikasi Umum) with their fields, and special ones of ministries.

Which applications are general is set by decisions that change, so the list is package data with sources and
confidence, one entry a line, beside the reference tables of its period.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Field", "NationalApplication", "NationalApplications", "applications_of", "national_applications"]

T = TypeVar("T", bound=tuple[Any, ...])

_VERSIONS = ("2020-2024",)
"""The folders under `tables/`, oldest first."""


class Field(NamedTuple):
    """One of the eight fields in which a general application may be designated."""

    key: str
    name_id: str
    name_en: str
    phrases: tuple[str, ...]
    """Words that say of a name or a function that it is of this field; plain, in small letters."""
    of_names: tuple[str, ...]
    """Words that say so of a name only."""
    unless: tuple[str, ...]
    """Words beside which the phrases say something else."""
    codes: tuple[str, ...]
    """National codes of services in the field."""
    confidence: str
    sources: tuple[str, ...]

    def is_named(self, name: str) -> bool:
        """Whether an application of this name is of this field, by its words."""
        return self._has_any(name, self.phrases + self.of_names)

    def is_function(self, text: str) -> bool:
        """Whether a function is of this field, by its words."""
        return self._has_any(text, self.phrases)

    def _has_any(self, text: str, phrases: tuple[str, ...]) -> bool:
        words = _plain(text)
        return any(_has(words, phrase) for phrase in phrases) and not self.excludes(text)

    def excludes(self, text: str) -> bool:
        """Whether a name or a function has words beside which those of the field say something else."""
        words = _plain(text)
        return any(_has(words, one) for one in self.unless)


class NationalApplication(NamedTuple):
    """An application of a ministry or a national agency that regions use."""

    name: str
    by: str
    """Who is answerable for it."""
    fields: tuple[str, ...]
    """The keys of its fields."""
    designated: str
    """Whether it is a general application: yes, no, or unclear where the sources do not agree."""
    decision: str
    names: tuple[str, ...]
    """Found anywhere in the name of an application; plain, in small letters."""
    exact: tuple[str, ...]
    """Names that mean it only when nothing else stands beside them."""
    confidence: str
    sources: tuple[str, ...]

    def is_meant(self, name: str) -> bool:
        """Whether an application of this name is this one.

        >>> [one.name for one in national_applications().applications if one.is_meant("Aplikasi SP4N LAPOR! Kabupaten")]
        ['SP4N-LAPOR!']
        """
        words = _plain(name)
        return words.strip() in self.exact or any(_has(words, one) for one in self.names)


@dataclass(frozen=True)
class NationalApplications:
    """The list that holds for a period."""

    version: str
    legal_basis: str
    fields: tuple[Field, ...]
    applications: tuple[NationalApplication, ...]

    def named(self, name: str) -> NationalApplication | None:
        """The national application that a name means, if it means one."""
        if self._first_words.isdisjoint(_plain(name).split()):
            return None
        return next((one for one in self.applications if one.is_meant(name)), None)

    @cached_property
    def general(self) -> tuple[tuple[Field, NationalApplication], ...]:
        """The fields that have a general application, each with it."""
        found = ((field, self.designated(field)) for field in self.fields)
        return tuple((field, application) for field, application in found if application is not None)

    @cached_property
    def service_codes(self) -> tuple[str, ...]:
        """The codes of services in the fields that have a general application."""
        return tuple(code for field, _ in self.general for code in field.codes)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words with which the phrases of the fields begin; a text without any of them is of no field."""
        phrases = (phrase for field in self.fields for phrase in (*field.phrases, *field.of_names))
        return frozenset(phrase.partition(" ")[0] for phrase in phrases)

    def may_be_of_a_field(self, texts: Iterable[str]) -> bool:
        """Whether texts hold a word with which a phrase of a field begins; quick, for the many that do not."""
        return not self.telling.isdisjoint(_plain(" ".join(texts)).split())

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The words with which the names of the applications begin; what has none of them means none."""
        names = (name for one in self.applications for name in (*one.names, *one.exact))
        return frozenset(name.partition(" ")[0] for name in names)

    def designated(self, field: Field) -> NationalApplication | None:
        """The general application of a field, if one has been designated."""
        return next((one for one in self.applications if one.designated == "yes" and field.key in one.fields), None)


def national_applications(period: str = "2025-2029") -> NationalApplications:
    """The list in force for a period; every call yields the same object.

    >>> applications = national_applications()
    >>> [field.key for field in applications.fields if applications.designated(field)]
    ['procurement', 'records', 'personnel', 'complaints']
    """
    begun = [version for version in _VERSIONS if version[:4] <= period[:4]]
    return _read(begun[-1] if begun else _VERSIONS[0])


def applications_of(data: dict[str, Any]) -> NationalApplications:
    """The list that a table holds, as it was read from JSON or YAML.

    Raises:
        KeyError, TypeError, ValueError: if it is not of the form that the tables of the package have.
    """
    fields = tuple(_entry(Field, row) for row in data["fields"])
    applications = tuple(_entry(NationalApplication, row) for row in data["applications"])
    return NationalApplications(str(data.get("version", "")), str(data.get("legal_basis", "")), fields, applications)


def _entry(cls: type[T], row: dict[str, Any]) -> T:
    """One line of a table; what it leaves out is blank, and a single word may stand for a list of one."""
    annotations = cls.__annotations__
    if not set(row) <= set(annotations):
        raise ValueError(f"unknown: {sorted(set(row) - set(annotations))}")
    values: dict[str, Any] = {}
    for name, kind in annotations.items():
        value = row.get(name)
        if "tuple" in str(kind):
            items = value if isinstance(value, list) else [] if value is None else [value]
            if not all(isinstance(item, str) for item in items):
                raise TypeError(name)
            values[name] = tuple(items)
        elif value is None or isinstance(value, str):
            values[name] = value or ""
        else:
            raise TypeError(name)
    return cls(**values)


@cache
def _read(version: str) -> NationalApplications:
    path = Path(__file__).with_name("tables") / version / "national_applications.json"
    return applications_of(json.loads(path.read_bytes()))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The words in small letters, with a space before, between and behind them."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


_WORD = re.compile(r"[^\W_]+")


def _has(words: str, phrase: str) -> bool:
    return f" {phrase} " in words
