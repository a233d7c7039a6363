"""SPBE602 (F2)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Facility
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


def _is_data_centre(facility: Facility) -> bool:
    return (facility.reference or "").startswith("RAI.01.01")


def _reached(facility: Facility) -> Iterator[Facility]:
    """The facilities that it is interconnected with, those behind them too: a province leads its regencies there."""
    ahead, seen = [facility], {facility}
    while ahead:
        one = ahead.pop()
        found = {*one.interconnected_with, *one.interconnected_from} - seen
        seen |= found
        ahead += sorted(found, key=lambda other: other.global_id)
        yield from found


def _may_be_national(facility: Facility) -> bool:
    """A data centre of another, or one of an agency that is not loaded."""
    return facility.ownership != "own" and (_is_data_centre(facility) or not facility.reference)


@rule(
    "SPBE602",
    Level.WARNING,
    "{facility} is a data centre of one's own without a way to the National Data Centre",
    letter="F2",
    basis=[
        Basis("Perpres 95/2018 (the National Data Centre)", "high"),
        Basis("PermenPANRB 59/2020, indicator 16 (level 4: interconnected with the national one)", "high"),
    ],
    scope=Each(Facility),
    admits_reason=True,
)
def data_centre_apart_from_national(facility: Facility) -> Iterator[Fault]:
    """A data centre in use of one's own, neither interconnected with the National Data Centre nor in an initiative.

    Why it matters:
        Data centres of one's own are to be interconnected with the National Data Centre or to move there; a way
        through the data centre of the province is one too. The code RAI.01.01 alone is not the national one:
        ownership tells them apart.

    Wrong:
        facilities:
          ruang-server-bapenda:
            name: Ruang Server Bapenda
            reference: RAI.01.01
            ownership: own
            tier: non_tier
            protection: Akses berkunci
            shared: true

    Right:
        facilities:
          ruang-server-bapenda:
            name: Ruang Server Bapenda
            reference: RAI.01.01
            ownership: own
            tier: non_tier
            protection: Akses berkunci
            shared: true
            interconnected_with: [pusat-data-nasional]

    How to fix:
        Name the National Data Centre under `interconnected_with`, or let the initiative that connects or
        moves it name it under `delivers`, or close a gap that concerns it.
    """
    if facility.ownership != "own" or not _is_data_centre(facility) or not in_use(facility):
        return
    if any(_may_be_national(other) for other in _reached(facility)):
        return
    if not facility.delivered_by and not any(gap.closed_by for gap in facility.gaps):
        yield Fault(at(facility, "interconnected_with"), {"facility": facility})
