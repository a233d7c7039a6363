"""SPBE501 (E1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE501",
    Level.WARNING,
    "{application} supports no service",
    letter="E1",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata aplikasi: layanan yang didukung)", "high"),
        Basis("PermenPANRB 59/2020, indicator 15", "high"),
    ],
    scope=Each(Application),
)
def application_without_service(application: Application) -> Iterator[Fault]:
    """An application that supports no service.

    Why it matters:
        It costs money and nobody can say for what. Requests for new applications without a stated use look just
        like this. A complaint channel serves by taking complaints, and an application that another agency runs may
        be there for what it exchanges only.

    Wrong:
        applications:
          e-pajak:
            supports:

    Right:
        applications:
          e-pajak:
            supports: [pajak-restoran, pajak-hotel]

    How to fix:
        Name the services that it carries under `supports`. An application that no service needs is a candidate for
        `status: retired`.
    """
    if application.supports or application.complaint_channel_of or is_ending(application):
        return
    if not (application.run_elsewhere and (application.provides or application.consumes)):
        yield Fault(at(application, "supports"), {"application": application})
