"""SPBE303 (C3)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, related, rule


@rule(
    "SPBE303",
    Level.WARNING,
    "{service} is offered face to face only, yet it is supported by {applications}",
    letter="C3",
    basis=[Basis("practice in offices and their software", "medium")],
    scope=Each(Service),
    admits_reason=True,
)
def face_to_face_service_with_application(service: Service) -> Iterator[Fault]:
    """A service that is offered face to face only, and that an application in use supports.

    Why it matters:
        One of the two is wrong. The evaluation counts electronic services by their method, so a service that has long
        had an application is missing from the count.

    Wrong:
        services:
          pajak-hotel:
            method: face_to_face

    Right:
        services:
          pajak-hotel:
            method: hybrid

    How to fix:
        Write `method: hybrid` if people may also come to the counter, `electronic` if not. Where the application serves
        the officers only, say so under `allow`.
    """
    if service.method == "face_to_face":
        in_use = [one for one in service.supported_by if one.status in ("as_is", "upgrade") and one.active is not False]
        if in_use:
            values = {"service": service, "applications": in_use}
            yield Fault(at(service, "method"), values, tuple(related(one) for one in in_use))
