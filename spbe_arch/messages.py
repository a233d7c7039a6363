"""Findings → sentences with places, in the language of the reader.

The one place where a fault becomes words: everything before it is symbolic, every format after it prints what it
gets.
"""

from __future__ import annotations

import gettext
import os
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.baseline import fingerprint
from spbe_arch.config import rules_of
from spbe_arch.findings import ElementName, Finding, Level, Place, Region, Sentence, Term
from spbe_arch.linking import LAST_LINE
from spbe_arch.loader import locate
from spbe_arch.manifest import key_name
from spbe_arch.metamodel import type_of, types
from spbe_arch.metamodel.values import Choices
from spbe_arch.nodes import Document, opened, read
from spbe_arch.printing import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Rule
    from spbe_arch.errors import SpbeError
    from spbe_arch.findings import Fix
    from spbe_arch.placing import Regions
    from spbe_arch.splicing import Manuscript

__all__ = [
    "LANGUAGES",
    "Spot",
    "Teller",
    "Told",
    "ToldEdit",
    "ToldFix",
    "compiled",
    "counted",
    "decimal",
    "grouped",
    "in_words",
    "origin_of_language",
    "pick_language",
    "printable",
    "sentence",
    "tell",
    "template",
    "translate",
]

LANGUAGES = ("en", "id")


class Spot(NamedTuple):
    """A place in a file, as people and programs read it: lines and columns from 1."""

    path: str
    region: Region
    element: str | None
    message: str = ""


class ToldEdit(NamedTuple):
    """A stretch of a file, and the text that a fix puts in its place."""

    path: str
    region: Region
    text: str


class ToldFix(NamedTuple):
    """What mends a finding."""

    safe: bool
    """Whether the meaning is certain; else it is a guess."""
    message: str
    edits: tuple[ToldEdit, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words."""

    code: str
    rule: str
    level: Level
    message: str
    spot: Spot
    lines: tuple[str, ...]
    """The line of the text that the finding stands on, and the one before it where there is one."""
    related: tuple[Spot, ...]
    suggestion: str | None
    suggestion_words: str
    """The sentence that proposes it, with a `{text}`; empty where nothing is proposed."""
    suggestion_spot: Spot | None
    basis: tuple[str, ...]
    unit: str = ""
    """The name of the unit that the element belongs to, and which if several have it; empty if there is none."""
    fingerprint: str = ""
    """Stands for what was found, wherever it stands."""
    fix: ToldFix | None = None
    about: Rule | None = None
    """The rule itself; None stands for the one of this program with the code."""
    agency: str = ""
    """The name of the agency that it was found in, where there are several."""

    def __str__(self) -> str:
        """The finding on one line: `path:line:column: CODE message; did you mean …?`."""
        spot = self.spot
        start = f"{printable(spot.path, 1000)}:{spot.region.line}:{spot.region.column}: "
        return f"{start}{self.code} {self.message}{self.proposal}"

    def who(self, language: str) -> str:
        """The unit that has to act; where none is known, that there is none, and of which agency."""
        if self.unit:
            return self.unit
        nobody = translate("no unit", language)
        return f"{nobody} ({self.agency})" if self.agency else nobody

    @property
    def proposal(self) -> str:
        """The near miss, with where it is declared, as the end of a sentence; empty if there is none."""
        if self.suggestion is None:
            return ""
        where = ""
        if self.suggestion_spot is not None:
            spot = self.suggestion_spot
            where = f" ({printable(spot.path, 1000)}:{spot.region.line}:{spot.region.column})"
        return "; " + self.suggestion_words.format(text=f"'{printable(self.suggestion)}'{where}")


@cache
def compiled(language: str) -> gettext.NullTranslations:
    """The translations into a language; none where there is no catalogue."""
    path = Path(__file__).with_name("locale") / language / "LC_MESSAGES" / "spbe_arch.mo"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def translate(text: str, language: str) -> str:
    """An English sentence of this program in another language; the sentence itself where there is no other."""
    return text if language == "en" or not text else compiled(language).gettext(text)


def template(rule: Rule, language: str) -> str:
    """The sentence of a rule with names in braces; that of an own rule is the agency's own text."""
    own = rule.own_message(language)
    return translate(rule.message, language) if own is None else own


def in_words(error: SpbeError, language: str) -> str:
    """An error of this package in another language."""
    return translate(error.text, language).format(**error.values) if error.values else translate(error.text, language)


def counted(number: int, one: str, many: str, language: str) -> str:
    """A number of things, as in "1 error" and "2 errors"; the texts are English and have a `{count}`."""
    return translate(one if number == 1 else many, language).format(count=number)


def grouped(number: float, language: str) -> str:
    """A whole number as people write it, as in "1,000" or "1.000"."""
    shown = f"{number:,}" if type(number) is int else f"{number:,.0f}"
    return shown if language == "en" else shown.replace(",", ".")


def decimal(number: float, places: int, language: str) -> str:
    """A number with so many decimals, as in "2.50" or "2,50"."""
    shown = f"{number:.{places}f}"
    return shown if language == "en" else shown.replace(".", ",")


def pick_language(argument: str | None, manifest: str | None = None) -> str:
    """The first language wished for that exists: argument, `SPBE_LANGUAGE`, manifest, locale, English."""
    return _picked(argument, manifest)[0]


def origin_of_language(argument: str | None, manifest: str | None = None) -> str:
    """What `pick_language` went by."""
    return _picked(argument, manifest)[1]


def _picked(argument: str | None, manifest: str | None) -> tuple[str, str]:
    wishes = (
        (argument, "--language"),
        (os.environ.get("SPBE_LANGUAGE"), "SPBE_LANGUAGE"),
        (manifest, "spbe.yaml"),
        (_locale(), "locale"),
    )
    for wish, origin in wishes:
        name = (wish or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        language = _NAMED_BY_WINDOWS.get(name, name)
        if language in LANGUAGES:
            return language, origin
    return "en", "default"


_NAMED_BY_WINDOWS = {"indonesian": "id", "english": "en"}


def _locale() -> str:
    """The locale of the user: that of the environment, else (on Windows) that of the system."""
    stated = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    if stated is not None:
        return stated
    import locale

    try:
        return locale.getlocale()[0] or ""
    except ValueError:  # a locale that Python has no name for
        return ""


# --- what may be printed -------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    return f"'{printable(text, 80)}'"


# --- sentences -----------------------------------------------------------------------------------------------


class _Words(Formatter):
    """Puts the values of a message into its template."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ARG002 - as string.Formatter has it
        if isinstance(value, ElementName):
            return f"{self.label(value.section)} {_quoted(value.id)}"
        if isinstance(value, Term):
            return self.term(value)
        if isinstance(value, Choices):
            return ", ".join(value.indonesian if self.language == "id" else value.english)
        if isinstance(value, Sentence):
            return self.sentence(value.text, dict(value.values))
        if isinstance(value, tuple):
            return ", ".join(self.format_field(item, "") for item in value)
        if type(value) is str:
            return _quoted(value)
        return printable(str(value))

    def sentence(self, text: str, values: Mapping[str, Any]) -> str:
        """A sentence of this program with its values."""
        return self.vformat(translate(text, self.language), (), _Lenient(values))

    def label(self, section: str) -> str:
        """What one thing of a section is called; of the sections that hold no elements, those that have names."""
        return type_of(section).label(self.language) if section in types() else translate("view", self.language)

    def term(self, term: Term) -> str:
        if term.kind == "field":
            return _quoted(self.field(term.section, term.name))
        if term.kind in ("type", "types", "a type"):
            return self.types(term.name.split(" "), with_article=term.kind == "a type" and self.language == "en")
        return translate(term.name, self.language)

    def field(self, section: str, name: str) -> str:
        """The name of a field, or of a key of a view or of the manifest."""
        if section == "views":
            from spbe_arch.definitions import key_name as key_of_view

            return key_of_view(name, self.language)
        if section not in types():
            return key_name(name, self.language)
        info = type_of(section).fields[name]
        return info.indonesian if self.language == "id" else info.name

    def types(self, sections: list[str], *, with_article: bool) -> str:
        """The labels of types, as in "a unit or an agency"; more than three are elements."""
        labels = [type_of(name).label(self.language) for name in sections]
        if len(labels) > 3:
            labels = [translate("element", self.language)]
        if with_article:
            labels = [f"{_article(label)}{label}" for label in labels]
        return f" {translate('or', self.language)} ".join(labels)


def sentence(text: str, values: Mapping[str, Any], language: str) -> str:
    """An English sentence of this program with values of a finding, in a language."""
    return _Words(language).sentence(text, values)


def _article(noun: str) -> str:
    """What stands before an English noun of the format; some of them cannot be counted."""
    if noun in ("data", "awareness", "worthiness"):
        return ""
    return "an " if noun[0] in "aeio" else "a "


def tell(architecture: Architecture, findings: Iterable[Finding], language: str = "") -> list[Told]:
    """Put findings into words, with their places, in the order of paths, lines and columns.

    Printed, each is one line. What a check, a supposition or a draft found are findings of the architecture that it
    was asked about.

    >>> from spbe_arch import check, load, tell
    >>> architecture = load("models/kab-bekasi")
    >>> [first, *_] = tell(architecture, check(architecture, select=["SPBE501"]), "en")
    >>> print(first.message)
    application 'aplikasi-permintaan-opd' supports no service

    Args:
        architecture: the one they were found in.
        findings: some of its findings.
        language: "en" or "id"; else that of the manifest, else Indonesian.
    """
    return Teller(architecture, language or architecture.manifest.spoken).tell(findings)


class Teller:
    """Tells the findings on one architecture, in one language.

    Args:
        architecture: its texts show where findings stand.
        language: "en" or "id".
        prefix: what stands before every path, as in "models/kab-bekasi/".
        related: whether the other places of a finding are wanted too.
        documents: texts that were read for their places before, by path; those that are read now are put there too.
        regions: where the places of texts are that were read in other runs; those that are found now are noted there.
    """

    def __init__(
        self,
        architecture: Architecture,
        language: str = "en",
        prefix: str = "",
        *,
        related: bool = True,
        documents: dict[str, Document] | None = None,
        regions: Regions | None = None,
    ) -> None:
        self.architecture = architecture
        self.related = related
        self.language = language
        self.prefix = prefix
        self.words = _Words(language)
        self.rules = rules_of(architecture)
        self._documents: dict[str, Document] = {} if documents is None else documents
        self._regions = regions
        self._texts: dict[str, str | bytes] = {}
        self._split: dict[str, list[str]] = {}
        self._manuscripts: dict[str, Manuscript] = {}

    def tell(self, findings: Iterable[Finding]) -> list[Told]:
        """The findings in words, in the order of paths, lines and columns."""
        told = [self.one(finding) for finding in findings]
        return sorted(told, key=lambda one: (one.spot.path, one.spot.region, one.code, one.message))

    def one(self, finding: Finding) -> Told:
        """One finding in words."""
        fault = finding.fault
        rule = self.rules[fault.code]
        near = fault.suggestion
        words = translate(near.words, self.language) if near else ""
        if near and near.others:
            words = words.replace("{text}", f"{{text}}{self.or_(near.others)}")
        return Told(
            rule.code,
            rule.name,
            finding.level,
            self.message(rule, fault.values),
            self.spot(fault.place),
            self.lines(fault.place),
            tuple(self.spot(one.place, one.message) for one in fault.related) if self.related else (),
            near.text if near else None,
            words,
            self.spot(near.place) if near and near.place else None,
            tuple(printable(translate(basis.source, self.language), 1000) for basis in rule.basis),
            self.unit(fault.place),
            fingerprint(self.architecture, finding),
            self.fix(fault.fix) if fault.fix else None,
            rule,
            self.agency(fault.place),
        )

    def or_(self, others: Iterable[str]) -> str:
        """What else may be meant, behind a suggestion in a sentence that will be formatted."""
        said = "".join(f" {translate('or', self.language)} {_quoted(other)}" for other in others)
        return said.replace("{", "{{").replace("}", "}}")

    def fix(self, fix: Fix) -> ToldFix | None:
        """What a fix does to the texts; None if one of its edits cannot be made."""
        from spbe_arch.editing import splices_of
        from spbe_arch.errors import EditingError

        edits: list[ToldEdit] = []
        try:
            for path in dict.fromkeys(edit.place.path for edit in fix.edits):
                manuscript = self._manuscript(path)
                splices = splices_of(manuscript, [edit for edit in fix.edits if edit.place.path == path])
                edits += (ToldEdit(self.prefix + path, manuscript.region(one), one.text) for one in sorted(splices))
        except EditingError:
            return None
        words = translate(fix.words, self.language).format(text=_quoted(fix.text))
        return ToldFix(fix.safe, words, tuple(edits))

    def _manuscript(self, path: str) -> Manuscript:
        from spbe_arch.splicing import Manuscript

        known = self._manuscripts.get(path)
        if known is None:
            known = self._manuscripts[path] = Manuscript(path, self.architecture.texts.get(path, ""))
        return known

    def unit(self, place: Place) -> str:
        """The name of the unit that the element of a place belongs to; a unit belongs to itself."""
        element: Any = self.architecture.at_place(place)
        if element is None:
            return ""
        unit = element if element.section == "units" else element.info.belongs_to(element)
        return self._title(unit.ordinal) if unit is not None else ""

    def agency(self, place: Place) -> str:
        """The name of the agency in which a place is; empty where there is only one."""
        agency = self.architecture.agency_of_path(place.path) if len(self._agencies) > 1 else ""
        return self._agencies.get(agency) or agency

    def _title(self, unit: int) -> str:
        """The name of a unit; where others have it too, its agency or else its id tells which."""
        name, agency = self._named(unit)
        if self._namesakes[name,] < 2:
            return name
        which = agency if self._namesakes[name, agency] < 2 else self.architecture.id_at(unit)
        return f"{name} ({which})"

    def _named(self, unit: int) -> tuple[str, str]:
        """The names of a unit and of its agency, or their ids."""
        row, agency = self.architecture.row_at(unit), self.architecture.agency_at(unit)
        return row.get("name") or row.id, self._agencies.get(agency) or agency

    @cached_property
    def _agencies(self) -> dict[str, str | None]:
        return {member.manifest.agency: member.manifest.name for member in self.architecture.members}

    @cached_property
    def _namesakes(self) -> Counter[tuple[str, ...]]:
        """How many units have a name, and a name in an agency."""
        named = [self._named(unit) for unit in self.architecture.ordinals("units")]
        return Counter([*named, *((name,) for name, _ in named)])

    def message(self, rule: Rule, values: Mapping[str, Any]) -> str:
        """The sentence of a rule with these values."""
        sentence = self.words.vformat(template(rule, self.language), (), _Lenient(values))
        return printable(sentence, _LONGEST_SENTENCE) if rule.origin else sentence

    def spot(self, place: Place, message: str = "") -> Spot:
        """Where a place is in its file."""
        text = translate(message, self.language)
        return Spot(self.prefix + place.path, self._region(place), place.element, text)

    def lines(self, place: Place) -> tuple[str, ...]:
        """The line of a place and the one before it."""
        region = self._region(place)
        lines = self._lines(place.path)
        return tuple(lines[max(0, region.line - 2) : region.line])

    def _region(self, place: Place) -> Region:
        if place.region is LAST_LINE:
            lines = self._lines(place.path)
            end = len(lines[-1]) + 1 if lines else 1
            return Region(len(lines) or 1, end, len(lines) or 1, end + 1)
        if place.region is not None:
            return place.region
        text = self._text(place.path)
        if self._regions is None or isinstance(text, str):
            return locate(self._document(place.path), place)
        known = self._regions.at(text, place)
        if known is None:
            known = locate(self._document(place.path), place)
            self._regions.note(text, place, known)
        return known

    def _lines(self, path: str) -> list[str]:
        lines = self._split.get(path)
        if lines is None:
            document = self._documents.get(path) or opened(path, self._text(path))
            lines = self._split[path] = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines

    def _text(self, path: str) -> str | bytes:
        text = self._texts.get(path)
        if text is None:
            try:
                text = self.architecture.texts[path]
            except KeyError:
                text = ""
            self._texts[path] = text
        return text

    def _document(self, path: str) -> Document:
        document = self._documents.get(path)
        if document is None:
            document = self._documents[path] = read(path, self._text(path))
        return document


_LONGEST_SENTENCE = 2000
"""Characters of a sentence that an agency's own rule may say."""


class _Lenient(dict[str, Any]):
    """Values by name; a name that a template has and a fault has not stands as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"
