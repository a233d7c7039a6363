"""How the architecture is doing, in numbers: each metric is a count of a count, and says what it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import english
from spbe_arch.metamodel import Layer, types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["Metric", "coverage", "measure"]

_DUPLICATES = "SPBE505"


@dataclass(frozen=True)
class Metric:
    """One number about an architecture."""

    name: str
    """For programs, as in "reuse"."""
    of: str
    """What it is about, where there are several of a name: the layer or the id of the office."""
    numerator: float
    denominator: float
    counted: str
    """What the numerator counts."""
    among: str
    """What the denominator counts."""
    is_share: bool = True
    """Whether it is a part of a whole; else so much for each."""

    @property
    def value(self) -> float | None:
        """The quotient; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


def measure(architecture: Architecture, findings: Iterable[Finding] = ()) -> tuple[Metric, ...]:
    """The metrics of an architecture: reuse, duplication, orphans, coverage, integration, age, findings by office.

    Args:
        architecture: what is measured.
        findings: of a check of it; duplicates and findings by office are counted from them.

    >>> from spbe_arch import check, load, measure
    >>> architecture = load("models/kab-bekasi")
    >>> [metric.name for metric in measure(architecture, check(architecture))][:4]
    ['reuse', 'duplication', 'integration', 'age']
    """
    known = list(findings)
    return (
        _reuse(architecture),
        _duplication(architecture, known),
        _integration(architecture),
        _age(architecture),
        *_by_layer(architecture),
        *_findings(architecture, known),
    )


def _current(architecture: Architecture, section: str) -> list[int]:
    """The numbers of the elements of a section that are not retired."""
    return [one for one in architecture.ordinals(section) if architecture.row_at(one).get("status") != "retired"]


def _reuse(architecture: Architecture) -> Metric:
    used = shared = 0
    for application in _current(architecture, "applications"):
        services = architecture.targets(application, "supports")
        used += bool(services)
        shared += len({office for one in services if (office := architecture.office_at(one)) is not None}) > 1
    return Metric(
        "reuse",
        "",
        shared,
        used,
        english("applications that support services of several offices"),
        english("applications that support services"),
    )


def _duplication(architecture: Architecture, findings: list[Finding]) -> Metric:
    alike: set[int] = set()
    for one in findings:
        if one.code == _DUPLICATES:
            places = (one.place, *(related.place for related in one.fault.related))
            elements = (architecture.at_place(place) for place in places)
            alike.update(element.ordinal for element in elements if element and element.section == "applications")
    return Metric(
        "duplication",
        "",
        len(alike),
        len(_current(architecture, "applications")),
        english("applications that are likely the same as another of their agency"),
        english("applications"),
    )


def _integration(architecture: Architecture) -> Metric:
    elements: list[Any] = [architecture.at_ordinal(one) for one in _current(architecture, "exchanges")]
    known = [one for one in elements if one.provider is not None and one.consumer is not None]
    return Metric(
        "integration",
        "",
        sum(not one.is_direct for one in known),
        len(known),
        english("exchanges that a service hub carries"),
        english("exchanges of which both ends are known"),
    )


def _age(architecture: Architecture) -> Metric:
    date = architecture.manifest.date
    year = int(str(date)[:4]) if date else None
    begun = [architecture.row_at(one).get("since") for one in _current(architecture, "applications")]
    ages = [year - since for since in begun if year is not None and since is not None and since <= year]
    return Metric(
        "age",
        "",
        sum(ages),
        len(ages),
        english("years of applications until the date of the model"),
        english("applications that say since when they are there"),
        is_share=False,
    )


def _by_layer(architecture: Architecture) -> Iterator[Metric]:
    layers = [layer for layer in Layer if layer is not Layer.ACROSS]
    joined: set[int] = set()
    for stretch in architecture.dependence(weak=True).stretches:
        if stretch.field != "owner":
            joined.update(stretch.sources, stretch.targets)
    yield from (_orphans(architecture, layer, joined) for layer in layers)
    codes, units = zip(*(coverage(architecture, layer) for layer in layers), strict=True)
    yield from (*codes, *units)


def _orphans(architecture: Architecture, layer: Layer, joined: set[int]) -> Metric:
    numbers = _in_layer(architecture, layer)
    return Metric(
        "orphans",
        layer.value,
        sum(one not in joined for one in numbers),
        len(numbers),
        english("elements that nothing but their unit is linked with"),
        english("elements of the layer"),
    )


def coverage(architecture: Architecture, layer: Layer) -> tuple[Metric, Metric]:
    """How far a layer is filled: its elements with a reference code, of those that take one, and those with a unit."""
    numbers = _in_layer(architecture, layer)
    rows = [architecture.row_at(one) for one in numbers]
    coding = [row for row in rows if "reference" in row.shape.type.fields]
    codes = Metric(
        "codes",
        layer.value,
        sum(row.get("reference") is not None for row in coding),
        len(coding),
        english("elements with a reference code"),
        english("elements of the layer that take one"),
    )
    units = Metric(
        "units",
        layer.value,
        sum(architecture.unit_at(one) is not None for one in numbers),
        len(numbers),
        english("elements with a unit"),
        english("elements of the layer"),
    )
    return codes, units


def _in_layer(architecture: Architecture, layer: Layer) -> list[int]:
    """The numbers of the elements of a layer."""
    return [one for name, info in types().items() if info.layer is layer for one in architecture.ordinals(name)]


def _findings(architecture: Architecture, findings: list[Finding]) -> Iterator[Metric]:
    elements = Counter(architecture.office_at(one) for one in architecture.all_ordinals())
    found: Counter[str | None] = Counter()
    for one in findings:
        element = architecture.at_place(one.place)
        found[architecture.office_at(element.ordinal) if element is not None else None] += 1
    for office in sorted(one for one in elements if one is not None):
        yield Metric(
            "findings",
            office,
            found[office],
            elements[office],
            english("findings of the office"),
            english("elements of the office"),
            is_share=False,
        )
