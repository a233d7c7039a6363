"""SPBE705 (G5)."""

from collections import defaultdict
from collections.abc import Iterator

from spbe_arch.architecture import Architecture
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided, expand
from spbe_arch.rules import Basis, Fault, Level, Term, Whole, agency_of, rule

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
    scope=Whole(),
)
def missing_security_programme(architecture: Architecture) -> Iterator[Fault]:
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
        Enter the activity, also a planned one (`status: new`), or a gap and an initiative that closes it.
    """
    found = _kinds_by_agency(architecture)
    for member in architecture.members:
        kinds = found.get(member.manifest.agency)
        missing = [section for section in _KINDS if kinds is not None and section not in kinds]
        if missing:
            if architecture.lacks(member.manifest.agency):
                raise Undecided
            values = {"agency": member.manifest.name, "missing": [Term("type", section) for section in missing]}
            yield Fault(Place(member.manifest.path), values)


def _kinds_by_agency(architecture: Architecture) -> dict[str, set[str]]:
    """The sections of security that have an element in the period, of each agency that has any element of security."""
    periods = {member.manifest.agency: member.manifest.years for member in architecture.members}
    found: dict[str, set[str]] = defaultdict(set)
    for element in architecture.of(*expand(("Security",))).values():
        agency = agency_of(element)
        kinds = found[agency]
        if element.section in _KINDS and element.section not in kinds:
            years, date = periods[agency], element.date
            if date is None or years is None or years[0] <= date.year <= years[1]:
                kinds.add(element.section)
    return found
