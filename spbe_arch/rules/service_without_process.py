"""SPBE301 (C1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE301",
    Level.WARNING,
    "{service} is defined by no process",
    letter="C1",
    basis=[
        Basis("Perpres 132/2022, metadata layanan (lampiran arsitektur kementerian, bab III)", "high"),
        Basis("Kabupaten practice: the process is required", "high"),
    ],
    scope=Each(Service),
)
def service_without_process(service: Service) -> Iterator[Fault]:
    """A service that no business process defines.

    Why it matters:
        The service is promised, yet the model cannot say which duty of the office yields it, so no gap, cost or
        risk can be traced to it.

    Wrong:
        services:
          pajak-restoran:
            processes:

    Right:
        services:
          pajak-restoran:
            processes: [pemungutan-pajak]

    How to fix:
        Ask the unit that gives the service which of its processes yields it, and name that under `processes`.
    """
    if not service.processes and not is_ending(service):
        yield Fault(at(service, "processes"), {"service": service})
