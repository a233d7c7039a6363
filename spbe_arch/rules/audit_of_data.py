"""SPBE413 (D13)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Audit, Data, Element
from spbe_arch.rules import Basis, Each, Fault, Level, architecture_of, at, is_external, rule


@rule(
    "SPBE413",
    Level.WARNING,
    "{audit} audits {data}, and data are not audited",
    letter="D13",
    basis=[Basis("Lampiran arsitektur kementerian (manajemen keamanan: no audit of data)", "high")],
    scope=Each(Audit, Data),
)
def audit_of_data(element: Audit | Data) -> Iterator[Fault]:
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
    found = [one for one in (element.secures if isinstance(element, Audit) else element.secured_by) if _is_met(one)]
    targets = architecture_of(element).targets
    if isinstance(element, Audit):
        written = set(targets(element.ordinal, "secures"))
        here = [one for one in found if one.ordinal in written]
        if here:
            yield Fault(at(element, "secures"), {"audit": element, "data": here})
        return
    written = set(targets(element.ordinal, "secured_by"))
    for audit in found:
        if audit.ordinal in written and element.ordinal not in targets(audit.ordinal, "secures"):
            yield Fault(at(element, "secured_by"), {"audit": audit, "data": element})


def _is_met(one: Element) -> bool:
    """Whether it is the other end of what the rule looks for."""
    return isinstance(one, (Audit, Data)) and not is_external(one)
