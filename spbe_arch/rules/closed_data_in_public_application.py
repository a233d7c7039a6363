"""SPBE408 (D8)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, related, rule


@rule(
    "SPBE408",
    Level.WARNING,
    "{data} is closed, and {applications} reads it for services that are for the public only",
    letter="D8",
    basis=[Basis("Peraturan BSSN 4/2021 (classification, encryption, limits on access)", "medium")],
    scope=Each(Data),
    admits_reason=True,
)
def closed_data_in_public_application(data: Data) -> Iterator[Fault]:
    """Closed data that are read by an application all of whose services are for the public only.

    Why it matters:
        Closed data are for those who are named. An application that serves citizens only has no reason to read them,
        or they are not closed.

    Wrong:
        data:
          data-statistik:
            confidentiality: closed
        services:
          pengaduan-masyarakat:
            targets: [public]

    Right:
        data:
          data-statistik:
            confidentiality: limited
        services:
          pengaduan-masyarakat:
            targets: [public]

    How to fix:
        Correct the confidentiality, take the data out of `reads`, or name the officers who use the service under
        `targets`. Where each citizen sees no more than his own data, they are `limited`.
    """
    if data.confidentiality == "closed":
        found = [application for application in data.read_by if _is_for_the_public(application)]
        if found:
            values = {"data": data, "applications": found}
            yield Fault(at(data, "confidentiality"), values, tuple(related(one) for one in found))


def _is_for_the_public(application: Application) -> bool:
    """Whether it supports services, and each of them is for the public and for nobody else."""
    services = list(application.supports)
    return bool(services) and all(service.targets == ("public",) for service in services)
