"""SPBE601 (F1)."""

import re
from collections.abc import Iterator

from spbe_arch.likeness.elements import places_of
from spbe_arch.metamodel import Infrastructure
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, rule

_KINDS = {"kab": "kabupaten", "pemkab": "kabupaten", "pemkot": "kota", "prov": "provinsi", "pemprov": "provinsi"}
_OF_ALL = frozenset(["pemerintah", "pemda", "daerah", "republik", "indonesia", "ri"])


def _means(owner: str, agency: str) -> bool:
    """Whether an owner is the agency by another name, as in "Pemkab Bekasi": its place, and no other kind of place.

    >>> [_means(owner, "Pemerintah Kabupaten Bekasi") for owner in ("Pemkab Bekasi", "Pemda", "Pemerintah Kota Bekasi")]
    [True, True, False]
    """
    said, own = _words(owner), _words(agency)
    return said <= own and (not said or (places_of(agency) & own or own) <= said)


def _words(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return frozenset(_KINDS.get(word, word) for word in words) - _OF_ALL


@rule(
    "SPBE601",
    Level.ERROR,
    "{element} is the agency's own, and yet names {legal_owner} as its legal owner",
    letter="F1",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata infrastruktur: status kepemilikan, nama pemilik)", "high"),
    ],
    scope=Each(Infrastructure),
)
def legal_owner_of_own_property(element: Infrastructure) -> Iterator[Fault]:
    """Infrastructure that is the agency's own and names somebody else as its legal owner.

    Why it matters:
        One of the two is wrong, and with it who pays, who may switch it off, and where the data legally
        are. The agency itself, also by a shorter name, and its units may be named.

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
    if element.legal_owner.casefold() == agency or _means(
        element.legal_owner, architecture.member_manifest(agency).name
    ):
        return
    if architecture.called(agency, element.legal_owner) is None:  # a unit is the agency as well
        yield Fault(at(element, "legal_owner"), {"element": element, "legal_owner": element.legal_owner})
