"""SPBE308 (C8)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, Service
from spbe_arch.metamodel.national import national_applications
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, is_ending, rule


@rule(
    "SPBE308",
    Level.NOTE,
    "public {service} has no complaint channel",
    letter="C8",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 42 (complaints)", "medium"),
        Basis("SP4N-LAPOR! is the general application for complaints", "medium"),
    ],
    scope=Each(Service),
    admits_reason=True,
)
def public_service_without_complaint_channel(service: Service) -> Iterator[Fault]:
    """A public service (RAL.01) that names no channel for complaints.

    Why it matters:
        Every public service needs a way to complain; the national one is SP4N-LAPOR!. The service that takes the
        complaints is its own way.

    Wrong:
        services:
          pajak-restoran:
            complaint_channel:

    Right:
        services:
          pajak-restoran:
            complaint_channel: sp4n-lapor

    How to fix:
        Name the application under `complaint_channel`; where one channel serves all, `defaults` says it once a file.
    """
    if not (service.reference or "").startswith("RAL.01") or service.complaint_channel is not None:
        return
    if is_ending(service) or (service.targets and not {"public", "business"} & set(service.targets)):
        return
    if not any(_takes_complaints(application) for application in service.supported_by):
        yield Fault(at(service, "complaint_channel"), {"service": service})


def _takes_complaints(application: Application) -> bool:
    """Whether it is the channel of some service, or the general application for complaints; then the service is one."""
    if application.complaint_channel_of:
        return True
    period = architecture_of(application).member_manifest(agency_of(application)).period
    national = national_applications(period).named(application.name or "")
    return national is not None and "complaints" in national.fields
