"""SPBE307 (C7)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Service, Undecided
from spbe_arch.metamodel.values import Name
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, rule


@rule(
    "SPBE307",
    Level.WARNING,
    "the code {code} of {service} belongs to the affair {expected}, and its affair is {affair}",
    letter="C7",
    basis=[Basis("Lampiran arsitektur kementerian (metadata layanan: urusan pemerintahan terkait)", "medium")],
    scope=Each(Service),
    admits_reason=True,
)
def affair_unlike_code(service: Service) -> Iterator[Fault]:
    """A service whose reference code belongs to another affair than the one it names.

    Why it matters:
        The service is counted under one affair by its code and under another by its affair; reports on either are
        wrong.

    Wrong:
        services:
          informasi-publik:
            affair: RAB.04.01

    Right:
        services:
          informasi-publik:
            affair: RAB.09.03

    How to fix:
        Correct the affair, or the reference code if that is the slip. Codes whose area belongs to no single affair, as
        RAL.01.16 (licensing), are not compared.
    """
    if not service.reference or not service.affair:
        return
    table = architecture_of(service).references("RAL", agency_of(service))
    if table.gainsays(service.reference):
        raise Undecided
    entry = table.entry(_area(service.reference))
    if entry is not None and entry.rab and not _agree(entry.rab, service.affair):
        values = {
            "service": service,
            "code": Name(service.reference),
            "affair": Name(service.affair),
            "expected": Name(entry.rab),
        }
        yield Fault(at(service, "affair"), values)


def _area(code: str) -> str:
    """The code at level 2."""
    return ".".join(code.split(".")[:3])


def _agree(expected: str, affair: str) -> bool:
    """Whether two codes are the same as far as both go."""
    return all(one == other for one, other in zip(expected.split("."), affair.split("."), strict=False))
