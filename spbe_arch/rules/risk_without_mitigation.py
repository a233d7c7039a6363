"""SPBE306 (C6)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE306",
    Level.WARNING,
    "{service} states a risk and no mitigation",
    letter="C6",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 21 (risk management)", "high"),
        Basis("Kabupaten practice: a risk without mitigation is sent back", "high"),
    ],
    scope=Each(Service),
)
def risk_without_mitigation(service: Service) -> Iterator[Fault]:
    """A service that states a risk and says nothing about its mitigation.

    Why it matters:
        A risk that is known and left alone is worse in an audit than one that nobody had seen.

    Wrong:
        services:
          pajak-hotel:
            mitigation:

    Right:
        services:
          pajak-hotel:
            mitigation: Verifikasi oleh petugas.

    How to fix:
        Write under `mitigation` what is done about the risk, or that it is accepted, and by whom.
    """
    if service.risk and not service.mitigation and not is_ending(service):
        yield Fault(at(service, "mitigation"), {"service": service})
