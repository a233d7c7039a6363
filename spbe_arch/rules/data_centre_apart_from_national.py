"""SPBE602 (F2)."""

from collections.abc import Iterator, Mapping

from spbe_arch.architecture import Architecture
from spbe_arch.metamodel import Facility, Undecided
from spbe_arch.rules import Basis, Fault, Level, Whole, at, in_use, rule


def _is_data_centre(facility: Facility) -> bool:
    return (facility.reference or "").startswith("RAI.01.01")


def _may_be_national(facility: Facility) -> bool:
    """A data centre of another, or one of an agency that is not loaded."""
    return facility.ownership != "own" and (_is_data_centre(facility) or not facility.reference)


def _network(facility: Facility, led: Mapping[Facility, bool | None]) -> tuple[set[Facility], bool | None]:
    """The facilities that one is interconnected with, itself among them, and whether a way leads to a national one.

    A way through others counts: a province leads its regencies there. None if it cannot be told.

    Args:
        facility: where the ways begin.
        led: what is known already of others.
    """
    ahead, network = [facility], {facility}
    is_known = True
    while ahead:
        one = ahead.pop()
        try:
            beside = {*one.interconnected_with, *one.interconnected_from} - network
        except Undecided:
            is_known = False
            continue
        for other in beside:
            try:
                if led.get(other) or _may_be_national(other):
                    return network, True
            except Undecided:
                is_known = False
        network |= beside
        ahead += beside
    return network, False if is_known else None


def _is_apart(facility: Facility, led: dict[Facility, bool | None]) -> bool:
    """Whether nothing leads a data centre of one's own to the national one, nor is to; what is found out is noted.

    Raises:
        Undecided: if it rests on what is not known.
    """
    if facility.ownership != "own" or not _is_data_centre(facility) or not in_use(facility):
        return False
    if facility not in led:
        network, found = _network(facility, led)
        led.update(dict.fromkeys(network, found))
    if led[facility] is None:
        raise Undecided
    return not led[facility] and not facility.delivered_by and not any(gap.closed_by for gap in facility.gaps)


@rule(
    "SPBE602",
    Level.WARNING,
    "{facility} is a data centre of one's own without a way to the National Data Centre",
    letter="F2",
    basis=[
        Basis("Perpres 95/2018 (the National Data Centre)", "high"),
        Basis("PermenPANRB 59/2020, indicator 16 (level 4: interconnected with the national one)", "high"),
    ],
    scope=Whole(),
    admits_reason=True,
)
def data_centre_apart_from_national(architecture: Architecture) -> Iterator[Fault]:
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
    led: dict[Facility, bool | None] = {}
    unknown = False
    for ordinal in architecture.ordinals("facilities"):
        facility = architecture.at_ordinal(ordinal)
        assert isinstance(facility, Facility)  # noqa: S101 - by its section
        try:
            if _is_apart(facility, led):
                yield Fault(at(facility, "interconnected_with"), {"facility": facility})
        except Undecided:
            unknown = True
    if unknown:
        raise Undecided
