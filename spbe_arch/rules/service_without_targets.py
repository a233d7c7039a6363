"""SPBE305 (C5)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE305",
    Level.WARNING,
    "{service} does not say whom it is for",
    letter="C5",
    basis=[Basis("Perpres 132/2022, metadata layanan (lampiran arsitektur kementerian, bab III)", "high")],
    scope=Each(Service),
)
def service_without_targets(service: Service) -> Iterator[Fault]:
    """A service that names no target users.

    Why it matters:
        Whether citizens, businesses, employees or other agencies use it decides on its channels, its security and its
        place in the evaluation.

    Wrong:
        services:
          pajak-restoran:
            targets:

    Right:
        services:
          pajak-restoran:
            targets: [business]

    How to fix:
        Name the users under `targets`: `public`, `business`, `employee`, `government`.
    """
    if not service.targets and not is_ending(service):
        yield Fault(at(service, "targets"), {"service": service})
