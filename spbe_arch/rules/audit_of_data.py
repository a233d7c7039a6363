"""SPBE413 (D13)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Audit, Data
from spbe_arch.rules import Basis, Each, Fault, Level, architecture_of, at, is_external, rule


@rule(
    "SPBE413",
    Level.WARNING,
    "{audit} audits {data}, and data are not audited",
    letter="D13",
    basis=[Basis("Lampiran arsitektur kementerian (manajemen keamanan: no audit of data)", "high")],
    scope=Each(Audit),
)
def audit_of_data(audit: Audit) -> Iterator[Fault]:
    """An audit that is linked to data.

    Why it matters:
        Audits examine applications and infrastructure; the national sheet has no audit at data, and the row is sent
        back. What protects data is a standard.

    Wrong:
        audits:
          audit-infrastruktur:
            secures: [pusat-data, data-restoran]

    Right:
        audits:
          audit-infrastruktur:
            secures: [pusat-data]

    How to fix:
        Name the application or the storage that keeps the data instead.
    """
    found = [one for one in audit.secures if isinstance(one, Data) and not is_external(one)]
    written = set(architecture_of(audit).targets(audit.ordinal, "secures"))
    here = [data for data in found if data.ordinal in written]
    if here:
        yield Fault(at(audit, "secures"), {"audit": audit, "data": here})
    for data in found:
        if data not in here:
            yield Fault(at(data, "secured_by"), {"audit": audit, "data": data})
