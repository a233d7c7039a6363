"""SPBE511 (E11)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, is_ending, rule


@rule(
    "SPBE511",
    Level.WARNING,
    "{application} is not active, yet {services} rests on it",
    letter="E11",
    basis=[
        Basis("practice: inventories list inactive applications with services", "high"),
    ],
    scope=Each(Application),
)
def inactive_application_in_use(application: Application) -> Iterator[Fault]:
    """An application that is not active and still supports a service.

    Why it matters:
        Either the service is not offered in truth, or something else carries it that is missing from the
        model.

    Wrong:
        applications:
          laman-kabupaten:
            active: false

    Right:
        applications:
          laman-kabupaten:
            active: false
            status: retired
            until: 2026

    How to fix:
        If it has ended, say `status: retired` with the last year under `until`; else correct `active`, or
        take the services away.
    """
    services = [service for service in application.supports if not is_ending(service)]
    if application.active is False and in_use(application) and services:
        yield Fault(at(application, "active"), {"application": application, "services": services})
