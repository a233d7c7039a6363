"""SPBE613 (F1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Infrastructure
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE613",
    Level.WARNING,
    "{element} belongs to another, whose name is missing",
    letter="F1",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata infrastruktur: status kepemilikan, nama pemilik)", "high"),
    ],
    scope=Each(Infrastructure),
)
def owner_of_borrowed_property_unnamed(element: Infrastructure) -> Iterator[Fault]:
    """Infrastructure in use that belongs to another, without the name of its owner.

    Why it matters:
        When it fails, or when the contract ends, somebody must be called; the model cannot say whom.

    Wrong:
        clouds:
          awan-daerah:
            legal_owner:

    Right:
        clouds:
          awan-daerah:
            legal_owner: PT Awan Nusantara

    How to fix:
        Write the name of the owner under `legal_owner`.
    """
    if element.ownership not in (None, "own") and not element.legal_owner and in_use(element):
        yield Fault(at(element, "legal_owner"), {"element": element})
