"""The national applications: general ones (Aplikasi Umum) with their fields, and special ones of ministries.

Which applications are general is set by decisions that change, so the list is package data with sources and
confidence, one entry a line, beside the reference tables of its period.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Field", "NationalApplication", "NationalApplications", "national_applications"]

_VERSIONS = ("2020-2024",)
"""The folders under `tables/`, oldest first."""


class Field(NamedTuple):
    """One of the eight fields in which a general application may be designated."""

    key: str
    name_id: str
    name_en: str
    phrases: tuple[str, ...]
    """Words that say of a name or a function that it is of this field; plain, in small letters."""
    unless: tuple[str, ...]
    """Words beside which the phrases say something else."""
    codes: tuple[str, ...]
    """National codes of services in the field."""
    confidence: str
    sources: tuple[str, ...]

    def is_spoken_of(self, text: str) -> bool:
        """Whether a name or a function is of this field, by its words."""
        words = _plain(text)
        return any(_has(words, phrase) for phrase in self.phrases) and not any(_has(words, one) for one in self.unless)


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
        return next((one for one in self.applications if one.is_meant(name)), None)

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


@cache
def _read(version: str) -> NationalApplications:
    path = Path(__file__).with_name("tables") / version / "national_applications.json"
    data = json.loads(path.read_bytes())
    fields = tuple(Field(**_frozen(row)) for row in data["fields"])
    applications = tuple(NationalApplication(**_frozen(row)) for row in data["applications"])
    return NationalApplications(data["version"], data["legal_basis"], fields, applications)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _plain(text: str) -> str:
    """The words in small letters, with a space before, between and behind them."""
    letters = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return f" {' '.join(letters.split())} "


def _has(words: str, phrase: str) -> bool:
    return f" {phrase} " in words
