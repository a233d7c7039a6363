"""SPBE806 (H6)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Initiative
from spbe_arch.rules import Basis, Each, Fault, Level, Term, agency_of, architecture_of, at, rule


def _years(initiative: Initiative) -> Iterator[tuple[str, int]]:
    """The years that it names, with their fields."""
    for field in ("until", "since"):
        year = getattr(initiative, field)
        if year is not None:
            yield field, year
    for field in ("budget", "targets"):
        yield from ((field, year) for year in getattr(initiative, field) or ())


@rule(
    "SPBE806",
    Level.ERROR,
    "{initiative} has {year} in its {field}, outside the period {period}",
    letter="H6",
    basis=[
        Basis("Perpres 95/2018 (the roadmap rests on the architecture and on RPJMD or Renstra)", "high"),
    ],
    scope=Each(Initiative),
)
def initiative_outside_period(initiative: Initiative) -> Iterator[Fault]:
    """An initiative whose years lie outside the period of the architecture.

    Why it matters:
        The roadmap belongs to one architecture. A year behind its end is in no plan and no budget of this
        period. An initiative may have begun before the period, as long as it ends within.

    Wrong:
        initiatives:
          kegiatan-risiko:
            until: 2031

    Right:
        initiatives:
          kegiatan-risiko:
            until: 2029

    How to fix:
        Correct the year, or let the initiative end with the period and enter the rest into the next
        architecture.
    """
    period = architecture_of(initiative).member_manifest(agency_of(initiative))
    if period.years is None:
        return
    first, last = period.years
    behind = [(year, field) for field, year in _years(initiative) if year > last]
    if initiative.until is not None and initiative.until < first:
        behind.append((initiative.until, "until"))
    if behind:
        year, field = max(behind, key=lambda one: one[0])
        values = {"initiative": initiative, "year": year, "field": Term("field", field, "initiatives")}
        yield Fault(at(initiative, field), {**values, "period": period.period})
