"""SPBE705 (G5)."""

from collections.abc import Iterator
from typing import Any

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided, expand
from spbe_arch.rules import Basis, Fault, Level, OfAgency, Term, rule

_KINDS = ("awareness", "vulnerability_assessments", "improvements", "incidents")
"""The four kinds of programme."""


@rule(
    "SPBE705",
    Level.WARNING,
    "agency {agency} has no {missing} in its period",
    letter="G5",
    basis=[
        Basis("Peraturan BSSN 4/2021 (security programme)", "high"),
        Basis("Lampiran arsitektur kementerian (penerapan keamanan)", "high"),
    ],
    scope=OfAgency(),
)
def missing_security_programme(part: Part) -> Iterator[Fault]:
    """An agency that lacks one of the four kinds of security programme in its period.

    Why it matters:
        The programme of information security has four parts: making people aware, finding weaknesses, removing them,
        and handling incidents. Three of them do not make up for the fourth.

    Wrong:
        awareness:
          pelatihan-asn:
            date: 2023
          kampanye-warga:
            date: 2024

    Right:
        awareness:
          pelatihan-asn:
            date: 2023
          kampanye-warga:
            date: 2026

    How to fix:
        Enter the activity, also one that is planned (`status: new` with the year). An agency without any element of
        security is not asked; that the domain is empty is a finding of its own.
    """
    elements = list(part.of(*expand(("Security",))).values())
    kinds = {element.section for element in elements if _is_in_period(element, part.manifest.years)}
    missing = [section for section in _KINDS if section not in kinds]
    if elements and missing:
        if part.is_incomplete:
            raise Undecided
        values = {"agency": part.manifest.name, "missing": [Term("type", section) for section in missing]}
        yield Fault(Place(part.manifest.path), values)


def _is_in_period(element: Any, years: tuple[int, int] | None) -> bool:
    """Whether an element of security is of one of the four kinds, and of the period if both state years."""
    if element.section not in _KINDS:
        return False
    return element.date is None or years is None or years[0] <= element.date.year <= years[1]
