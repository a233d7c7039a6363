"""SPBE411 (D11)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE411",
    Level.WARNING,
    "{data} is said to be interoperable, and no service hub, exchange or other application takes it",
    letter="D11",
    basis=[
        Basis("Perpres 39/2019 (data are shared)", "medium"),
        Basis("PermenPANRB 59/2020, indicator 18 (sistem penghubung layanan)", "medium"),
        Basis("Permenkominfo 1/2023 (interoperability)", "medium"),
    ],
    scope=Each(Data),
    admits_reason=True,
)
def interoperable_data_without_consumer(data: Data) -> Iterator[Fault]:
    """Data that are said to be interoperable, while nothing carries them and no other application reads them.

    Why it matters:
        "Ya" in the column earns a level in the evaluation, which asks over which hub the data go, and to whom. The
        application that writes the data is no consumer; an address at the data counts.

    Wrong:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: open
            interoperable: true
            processes: pemungutan-pajak

    Right:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: open
            interoperable: true
            processes: pemungutan-pajak
        integration_platforms:
          splp-kabupaten:
            data: [data-parkir]

    How to fix:
        Name the data in the exchange that carries them, under `data` of the service hub, or under `reads` of the
        application that takes them. If nobody can fetch them yet, write `interoperable: false`.
    """
    if not data.interoperable or is_ending(data) or data.exchanged_in or data.passes_through or data.urls:
        return
    writing = set(data.written_by)
    readers = [application for application in data.read_by if application not in writing]
    if not readers and not any(application.connected_by for application in (*data.read_by, *writing)):
        yield Fault(at(data, "interoperable"), {"data": data})
