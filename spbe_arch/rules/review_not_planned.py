"""SPBE814 (H2)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided
from spbe_arch.rules import Basis, Fault, Level, OfAgency, rule

_LAST = 4
"""Years from the first of a period to its last; a period of another length has a rule of its own."""


@rule(
    "SPBE814",
    Level.NOTE,
    "agency {agency} notes no review of its architecture in {years}",
    letter="H2",
    basis=[
        Basis("Perpres 95/2018 (review at mid-term and in the last year)", "high"),
        Basis("PermenPANRB 59/2020, indicator 11 (review)", "medium"),
    ],
    scope=OfAgency(),
)
def review_not_planned(part: Part) -> Iterator[Fault]:
    """No review of the architecture is noted for the middle of the period or for its last year.

    Why it matters:
        The architecture is reviewed at mid-term and in the last year, and the evaluation asks for the
        report. What is noted early is planned in time. Only an agency that lists its architecture document
        or roadmap is asked.

    Wrong:
        documents:
          reviu-2027:
            kind: report

    Right:
        documents:
          reviu-2027:
            kind: review
            date: 2027-06

    How to fix:
        Enter a document with `kind: review` and the year under `date`, also for a review that is still to
        come.
    """
    if part.is_incomplete:
        raise Undecided
    years = part.manifest.years
    documents = list(part.of("documents").values())
    listed = any(one.kind in ("architecture", "roadmap") for one in documents)
    if years is None or years[1] - years[0] != _LAST or not listed:
        return
    noted = {one.date.year for one in documents if one.kind == "review" and one.date}
    missing = sorted({years[0] + _LAST // 2, years[1]} - noted)
    if missing:
        yield Fault(Place(part.manifest.path), {"agency": part.manifest.name, "years": tuple(missing)})
