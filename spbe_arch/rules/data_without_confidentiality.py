"""SPBE406 (D6)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE406",
    Level.WARNING,
    "{data} has no confidentiality class",
    letter="D6",
    basis=[
        Basis("Peraturan BSSN 4/2021 (classification of data)", "high"),
        Basis("Perpres 95/2018 (security of SPBE)", "high"),
    ],
    scope=Each(Data),
)
def data_without_confidentiality(data: Data) -> Iterator[Fault]:
    """Data without a confidentiality class.

    Why it matters:
        Whether data are open, limited or closed decides what may be published and what must be protected. While it is
        blank, no rule on protection can speak.

    Wrong:
        data:
          data-restoran:
            confidentiality:

    Right:
        data:
          data-restoran:
            confidentiality: limited

    How to fix:
        Ask the producer, and write `open`, `limited` or `closed`.
    """
    if data.confidentiality is None and not is_ending(data):
        yield Fault(at(data, "confidentiality"), {"data": data})
