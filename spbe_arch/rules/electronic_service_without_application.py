"""SPBE302 (C2)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE302",
    Level.WARNING,
    "{service} is offered electronically, but no application supports it",
    letter="C2",
    basis=[
        Basis("Perpres 132/2022 (lampiran arsitektur kementerian: applications deliver the service)", "high"),
        Basis("PermenPANRB 59/2020, indicators 32 to 47", "high"),
    ],
    scope=Each(Service),
)
def electronic_service_without_application(service: Service) -> Iterator[Fault]:
    """A service that is electronic or hybrid, and that no application supports.

    Why it matters:
        Something must carry the service, and it is missing from the model: its data, its server and its security
        cannot be found.

    Wrong:
        services:
          layanan-tanpa-aplikasi:
            name: Konsultasi Pajak Daring
            reference: RAL.01.16
            owner: bapenda
            method: electronic
            targets: public
            processes: [penagihan-pajak]
            complaint_channel: sp4n-lapor

    Right:
        services:
          layanan-tanpa-aplikasi:
            name: Konsultasi Pajak
            reference: RAL.01.16
            owner: bapenda
            method: face_to_face
            targets: public
            processes: [penagihan-pajak]
            complaint_channel: sp4n-lapor

    How to fix:
        Name the service under `supports` of the application that carries it. If there is none, the method is
        `face_to_face`.
    """
    if service.method in ("electronic", "hybrid") and not service.supported_by and not is_ending(service):
        yield Fault(at(service), {"service": service})
