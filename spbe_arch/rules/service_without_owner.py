"""SPBE304 (C4)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE304",
    Level.WARNING,
    "{service} has no executing unit",
    letter="C4",
    basis=[Basis("Perpres 132/2022, metadata layanan (lampiran arsitektur kementerian, bab III)", "high")],
    scope=Each(Service),
)
def service_without_owner(service: Service) -> Iterator[Fault]:
    """A service that no unit executes.

    Why it matters:
        Whoever needs the service does not know where to go, and nobody answers for its quality.

    Wrong:
        services:
          pajak-restoran:
            owner:

    Right:
        services:
          pajak-restoran:
            owner: bapenda

    How to fix:
        Name the unit that gives the service (unit pelaksana) under `owner`.
    """
    if service.owner is None and not is_ending(service):
        yield Fault(at(service, "owner"), {"service": service})
