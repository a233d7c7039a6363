"""SPBE611 (F11)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Facility
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, in_use, rule


@rule(
    "SPBE611",
    Level.NOTE,
    "{facility} states no {lacking}",
    letter="F11",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian (metadata infrastruktur: klasifikasi tier, sistem pengamanan)", "medium"
        ),
        Basis("PermenPANRB 59/2020, indicator 16", "medium"),
    ],
    scope=Each(Facility),
)
def facility_without_tier_or_protection(facility: Facility) -> Iterator[Fault]:
    """A facility in use without a tier or without a note on its protection.

    Why it matters:
        How long it may be down and who can enter decide which applications may stand there. A facility of
        another government is not asked.

    Wrong:
        facilities:
          pusat-data:
            tier:
            protection:

    Right:
        facilities:
          pusat-data:
            tier: non_tier
            protection: Akses berkartu

    How to fix:
        Write the class under `tier`, `non_tier` if it has none, and the locks, cameras and guards under
        `protection`.
    """
    if facility.ownership == "other_government" or not in_use(facility):
        return
    lacking = [field for field in ("tier", "protection") if not getattr(facility, field)]
    if lacking:
        words = [Term("field", field, "facilities") for field in lacking]
        yield Fault(at(facility, lacking[0]), {"facility": facility, "lacking": words})
