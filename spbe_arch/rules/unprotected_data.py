"""SPBE407 (D7)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, is_ending, rule


@rule(
    "SPBE407",
    Level.WARNING,
    "{data} is {kind}, and neither the data nor an application that uses them is secured by anything",
    letter="D7",
    basis=[
        Basis("Peraturan BSSN 4/2021 (classification, encryption, limits on access)", "high"),
        Basis("UU 27/2022 (personal data)", "high"),
        Basis("PermenPANRB 8/2026, indicators 8 and 10", "medium"),
    ],
    scope=Each(Data),
)
def unprotected_data(data: Data) -> Iterator[Fault]:
    """Limited, closed or personal data that no security element protects, directly or through an application.

    Why it matters:
        A register of citizens without a standard, a test or an audit behind it is the leak that the newspapers will
        write about. One security element is enough, at the data or at an application that reads or writes them. Data
        that only applications of other government agencies handle are protected by those agencies.

    Wrong:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: limited
            processes: pemungutan-pajak
        storages:
          simpanan-utama:
            stores: [data-restoran, data-hotel, data-parkir]

    Right:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: limited
            processes: pemungutan-pajak
        storages:
          simpanan-utama:
            stores: [data-restoran, data-hotel, data-parkir]
        standards:
          sni-27001:
            secures: [data-restoran, data-hotel, data-penerimaan, data-tunggakan, data-pengaduan, data-parkir]

    How to fix:
        Name what protects the data under `secured_by`: the standard that is applied, at least. If nothing does, that
        is a gap: enter it under `gaps`.
    """
    kind = _kind(data)
    if not kind or data.secured_by or is_ending(data):
        return
    users = [one for one in (*data.read_by, *data.written_by) if not is_ending(one)]
    if users and all(application.run_elsewhere for application in users):
        return
    if not any(application.secured_by for application in users):
        yield Fault(at(data, "secured_by"), {"data": data, "kind": Term("noun", kind)})


def _kind(data: Data) -> str:
    """What makes protection a duty; empty if nothing does."""
    if data.personal:
        return english("personal")
    if data.confidentiality == "closed":
        return english("closed")
    return english("limited") if data.confidentiality == "limited" else ""
