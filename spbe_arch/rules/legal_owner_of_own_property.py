"""SPBE601 (F1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Infrastructure
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, rule


@rule(
    "SPBE601",
    Level.ERROR,
    "{element} is the agency's own, and yet names {legal_owner} as its legal owner",
    letter="F1",
    basis=[
        Basis("Perpres 132/2022, metadata infrastruktur (status kepemilikan, nama pemilik)", "high"),
    ],
    scope=Each(Infrastructure),
)
def legal_owner_of_own_property(element: Infrastructure) -> Iterator[Fault]:
    """Infrastructure that is the agency's own and names somebody else as its legal owner.

    Why it matters:
        One of the two is wrong, and with it who pays, who may switch it off, and where the data legally
        are. The agency itself and its units may be named.

    Wrong:
        servers:
          server-pajak-1:
            legal_owner: PT Awan Nusantara

    Right:
        servers:
          server-pajak-1:
            ownership: third_party_domestic
            legal_owner: PT Awan Nusantara

    How to fix:
        Correct `ownership`, or take `legal_owner` away: it is filled in only where the owner is another.
    """
    if element.ownership != "own" or not element.legal_owner:
        return
    architecture, agency = architecture_of(element), agency_of(element)
    manifest = architecture.member_manifest(agency)
    if element.legal_owner.casefold() in (manifest.name.casefold(), manifest.agency):
        return
    if architecture.called(agency, element.legal_owner) is None:  # a unit is the agency as well
        yield Fault(at(element, "legal_owner"), {"element": element, "legal_owner": element.legal_owner})
