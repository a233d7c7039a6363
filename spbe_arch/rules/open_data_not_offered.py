"""SPBE409 (D9)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule

_OUTSIDE = {"public", "business"}
"""Target users of a service that publishes data."""


@rule(
    "SPBE409",
    Level.NOTE,
    "{data} is open, and nothing offers it: it is neither interoperable nor exchanged nor published",
    letter="D9",
    basis=[
        Basis("Perpres 39/2019 (data are shared)", "medium"),
        Basis("PermenPANRB 59/2020, indicator 43 (open data)", "medium"),
    ],
    scope=Each(Data),
    admits_reason=True,
)
def open_data_not_offered(data: Data) -> Iterator[Fault]:
    """Open data that are neither interoperable nor exchanged nor published by a service or at an address.

    Why it matters:
        Open means that anybody may have the data; as long as nobody offers them, every office collects them anew.

    Wrong:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: open
            processes: pemungutan-pajak
        applications:
          e-tagih:
            reads: [data-penerimaan, data-tunggakan, data-parkir]

    Right:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: open
            processes: pemungutan-pajak
            urls: https://data.contoh.go.id/parkir
        applications:
          e-tagih:
            reads: [data-penerimaan, data-tunggakan, data-parkir]

    How to fix:
        Write `interoperable: true` if others may fetch the data, their address under `urls`, or the data under
        `data` of the service that publishes them.
    """
    if data.confidentiality != "open" or data.interoperable or data.urls or is_ending(data):
        return
    if data.exchanged_in or data.passes_through:
        return
    if not any(_OUTSIDE & set(service.targets) for service in data.used_by_services):
        yield Fault(at(data, "interoperable"), {"data": data})
