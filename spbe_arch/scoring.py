"""How ready an architecture is for the evaluation: what it shows of each indicator that touches it.

This is a preparation, not the evaluation: it sees the model and none of the evidence outside it. The schemes are
data beside the reference tables: indicators, and for each level what the model has to show, as queries.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.errors import SchemeError
from spbe_arch.measuring import coverage
from spbe_arch.metamodel import Layer
from spbe_arch.querying import query

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture

__all__ = ["SCHEMES", "Coverage", "Criterion", "Indicator", "Met", "Score", "Scored", "grade_of", "scheme", "score"]

SCHEMES = ("47", "20")
"""The schemes that come with the package: PermenPANRB 59/2020 and PermenPANRB 8/2026."""
_FOLDER = Path(__file__).parent / "metamodel/tables/evaluation"
_MOST_NAMED = 20
"""Elements that are named as evidence or as missing."""


class Criterion(NamedTuple):
    """What a model has to show for a level of an indicator."""

    level: int
    text_id: str
    text_en: str
    every: tuple[str, ...] = ()
    """Queries that each have to find something."""
    at_least: int = 1
    """How much each of them has to find."""
    share: str = ""
    """A query for those for which something holds …"""
    of: str = ""
    """… among what this query finds …"""
    least: float = 1.0
    """… and how large their share has to be."""
    confidence: str = "low"
    """How sure it is that the criterion follows from the guidance."""
    basis: str = ""

    def text(self, language: str) -> str:
        """What has to be shown, in a language."""
        return self.text_id if language == "id" else self.text_en


@dataclass(frozen=True)
class Indicator:
    """An indicator of the evaluation that touches the architecture."""

    number: int
    name_id: str
    name_en: str
    most: int
    """The highest level of which a model can show anything; the levels above need other evidence."""
    criteria: tuple[Criterion, ...]
    aspect: str = ""
    """The part of the scheme that it belongs to; empty if it has none."""
    weight: float = 1.0
    """In per cent; 1 where the scheme has none."""

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.name_id if language == "id" else self.name_en


@dataclass(frozen=True)
class Scheme:
    """A scheme of evaluation."""

    name: str
    title_id: str
    title_en: str
    basis: str
    confidence: str
    of: int
    """How many indicators it has in all."""
    grades: tuple[tuple[float, str], ...]
    """Lower bounds of the index with grades, the highest first; empty if they are not known."""
    indicators: tuple[Indicator, ...]

    def title(self, language: str) -> str:
        """Its title in a language."""
        return self.title_id if language == "id" else self.title_en


class Met(NamedTuple):
    """A criterion, judged."""

    criterion: Criterion
    holds: bool
    found: int
    """How many elements show it."""
    wanted: int
    """How many there are, or would have to be."""
    evidence: tuple[str, ...]
    """The first elements that show it."""
    missing: tuple[str, ...]
    """The first elements that do not."""


@dataclass(frozen=True)
class Scored:
    """What the model shows of an indicator."""

    indicator: Indicator
    level: int
    """The level that it supports; 0 if it shows nothing."""
    met: tuple[Met, ...]

    @property
    def next(self) -> tuple[Met, ...]:
        """What is missing for the next level; empty if the model can show no more."""
        return tuple(one for one in self.met if one.criterion.level == self.level + 1 and not one.holds)


class Coverage(NamedTuple):
    """How far a domain of the architecture is filled."""

    layer: Layer
    elements: int
    coded: float | None
    """The share with a reference code, of those that take one; None if none does."""
    owned: float
    """The share that belongs to a unit."""


@dataclass(frozen=True)
class Score:
    """What an architecture shows of a scheme."""

    scheme: Scheme
    scored: tuple[Scored, ...]
    coverage: tuple[Coverage, ...]

    @property
    def mean(self) -> float:
        """The mean of the levels that the model supports, by weight; no index, since it knows only some indicators."""
        weights = sum(one.indicator.weight for one in self.scored)
        return sum(one.level * one.indicator.weight for one in self.scored) / weights if weights else 0.0


def grade_of(index: float, name: str = "47") -> str:
    """The grade of an SPBE index from 0 to 5, as in "good"; empty if the scheme's bounds are not known.

    The bounds are those of PermenPANRB 59/2020: 4.2 excellent, 3.5 very good, 2.6 good, 1.8 fair, below it poor.

    >>> grade_of(1.60), grade_of(2.68), grade_of(3.52)
    ('poor', 'good', 'very_good')
    """
    return next((grade for bound, grade in scheme(name).grades if index >= bound), "")


@cache
def scheme(name: str) -> Scheme:
    """A scheme of the package, or one in a file.

    Raises:
        SchemeError: if there is none, or the file is none.
    """
    from spbe_arch.files import UnreadableFileError, read_bytes

    path = _FOLDER / f"{name}.json" if name in SCHEMES else Path(name)
    try:
        return _scheme(json.loads(read_bytes(path, 10_000_000)))
    except UnreadableFileError as error:
        raise SchemeError(
            "there is no scheme {name!r}; there are {known}", name=name, known=", ".join(SCHEMES)
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise SchemeError("{name} is not a scheme of evaluation", name=name) from error


def _scheme(data: dict[str, Any]) -> Scheme:
    return Scheme(
        name=str(data["scheme"]),
        title_id=str(data["id"]),
        title_en=str(data["en"]),
        basis=str(data["basis"]),
        confidence=str(data["confidence"]),
        of=int(data["of"]),
        grades=tuple((float(bound), str(grade)) for bound, grade in data["grades"]),
        indicators=tuple(map(_indicator, data["indicators"])),
    )


def _indicator(data: dict[str, Any]) -> Indicator:
    return Indicator(
        number=int(data["number"]),
        name_id=str(data["id"]),
        name_en=str(data["en"]),
        most=int(data["most"]),
        aspect=str(data.get("aspect", "")),
        weight=float(data.get("weight", 1)),
        criteria=tuple(map(_criterion, data["criteria"])),
    )


def _criterion(data: dict[str, Any]) -> Criterion:
    return Criterion(
        level=int(data["level"]),
        text_id=str(data["id"]),
        text_en=str(data["en"]),
        every=tuple(map(str, data.get("every", ()))),
        at_least=int(data.get("at_least", 1)),
        share=str(data.get("share", "")),
        of=str(data.get("of", "")),
        least=float(data.get("least", 1)),
        confidence=str(data["confidence"]),
        basis=str(data.get("basis", "")),
    )


def score(architecture: Architecture, name: str = "47") -> Score:
    """What an architecture shows of the indicators of a scheme.

    Args:
        architecture: what is looked at.
        name: "47", "20", or the path of a file with a scheme of the same form.

    Raises:
        SchemeError: if there is no such scheme.
        QueryError: if a scheme from a file asks for what does not exist.
    """
    known = scheme(name)
    scored = tuple(_scored(architecture, indicator) for indicator in known.indicators)
    layers = (layer for layer in Layer if layer is not Layer.ACROSS)
    return Score(known, scored, tuple(_coverage(architecture, layer) for layer in layers))


def _scored(architecture: Architecture, indicator: Indicator) -> Scored:
    met = tuple(_judged(architecture, one) for one in indicator.criteria)
    level = 0
    for step in sorted({one.level for one in indicator.criteria}):
        if not all(one.holds for one in met if one.criterion.level == step):
            break
        level = step
    return Scored(indicator, level, met)


def _judged(architecture: Architecture, criterion: Criterion) -> Met:
    if criterion.share:
        every = list(query(architecture, criterion.of).elements)
        holding = set(query(architecture, criterion.share).elements) & set(every)
        missing = [id for id in every if id not in holding]
        holds = bool(every) and len(holding) >= criterion.least * len(every)
        named = tuple(id for id in every if id in holding)[:_MOST_NAMED]
        return Met(criterion, holds, len(holding), len(every), named, tuple(missing[:_MOST_NAMED]))
    found = [list(query(architecture, one).elements) for one in criterion.every]
    enough = sum(len(some) >= criterion.at_least for some in found)
    if len(found) == 1:
        return Met(criterion, bool(enough), len(found[0]), criterion.at_least, tuple(found[0][:_MOST_NAMED]), ())
    named = tuple(id for some in found for id in some[:3])[:_MOST_NAMED]
    missing = [text for text, some in zip(criterion.every, found, strict=True) if len(some) < criterion.at_least]
    return Met(criterion, enough == len(found), enough, len(found), named, tuple(missing))


def _coverage(architecture: Architecture, layer: Layer) -> Coverage:
    codes, units = coverage(architecture, layer)
    return Coverage(layer, int(units.denominator), codes.value, units.value or 0.0)
