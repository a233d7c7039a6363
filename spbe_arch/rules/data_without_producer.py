"""SPBE401 (D1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE401",
    Level.WARNING,
    "{data} has no producer",
    letter="D1",
    basis=[
        Basis("Perpres 39/2019 (produsen data)", "high"),
        Basis("PermenPANRB 59/2020, indicator 23", "high"),
    ],
    scope=Each(Data),
)
def data_without_producer(data: Data) -> Iterator[Fault]:
    """Data that no unit or agency produces.

    Why it matters:
        Nobody answers for whether the data are right, and nobody can be asked for them.

    Wrong:
        data:
          data-restoran:
            producer:

    Right:
        data:
          data-restoran:
            producer: bidang-pajak

    How to fix:
        Name the unit that yields the data (produsen data) under `producer`.
    """
    if data.producer is None and not is_ending(data):
        yield Fault(at(data, "producer"), {"data": data})
