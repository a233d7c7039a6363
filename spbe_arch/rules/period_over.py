"""SPBE610 (F10)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Cloud, Database, OperatingSystem, Utility
from spbe_arch.rules import Basis, Each, Fault, Level, at, day_of, in_use, rule


@rule(
    "SPBE610",
    Level.WARNING,
    "{element} is in use, although its period ended on {date}",
    letter="F10",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian (metadata infrastruktur: jangka waktu layanan, validitas lisensi)", "high"
        ),
    ],
    scope=Each(Cloud, OperatingSystem, Database, Utility),
)
def period_over(element: Cloud | OperatingSystem | Database | Utility) -> Iterator[Fault]:
    """A cloud or software in use whose contract or licence has ended.

    Why it matters:
        What runs without a contract may stop on any day; what runs without a licence gets no corrections
        any more.

    Wrong:
        clouds:
          awan-daerah:
            contract_until: 2025-12

    Right:
        clouds:
          awan-daerah:
            contract_until: 2029-12

    How to fix:
        Enter the new end if it was renewed; if it is used no more, say `status: retired` with the year
        under `until`.
    """
    field = "contract_until" if isinstance(element, Cloud) else "license_until"
    until = element.contract_until if isinstance(element, Cloud) else element.license_until
    if until is not None and until.last_day < day_of(element) and in_use(element):
        yield Fault(at(element, field), {"element": element, "date": str(until)})
