"""SPBE402 (D2)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE402",
    Level.WARNING,
    "{data} has no data steward",
    letter="D2",
    basis=[
        Basis("Perpres 39/2019 (walidata)", "high"),
        Basis("Lampiran arsitektur kementerian (metadata data: unit penanggung jawab)", "high"),
    ],
    scope=Each(Data),
)
def data_without_steward(data: Data) -> Iterator[Fault]:
    """Data that no unit collects, checks and publishes as their steward.

    Why it matters:
        Satu Data Indonesia rests on one walidata in each agency: without it, data are shared by favour.

    Wrong:
        data:
          data-restoran:
            steward:

    Right:
        data:
          data-restoran:
            steward: diskominfo

    How to fix:
        Name the walidata under `steward`; where one unit is the steward of all data, `defaults` says it once a file.
    """
    if data.steward is None and not is_ending(data):
        yield Fault(at(data, "steward"), {"data": data})
