"""SPBE412 (D12)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, is_ending, rule

_KINDS = {"statistical": english("statistical"), "geospatial": english("geospatial")}
"""Kinds of data that are official only with both."""


@rule(
    "SPBE412",
    Level.NOTE,
    "{data} is {kind} and has no {missing}",
    letter="D12",
    basis=[
        Basis("Perpres 39/2019 (standard and metadata of data)", "medium"),
        Basis("PermenPANRB 8/2026, indicators 6 and 7", "medium"),
    ],
    scope=Each(Data),
    admits_reason=True,
)
def data_without_metadata(data: Data) -> Iterator[Fault]:
    """Statistical or geospatial data without a data standard or without metadata.

    Why it matters:
        Figures can be compared and maps laid over each other only when it is written down what was counted, how, and
        in which form. BPS and BIG ask for both before they let the data be called official.

    Wrong:
        data:
          data-statistik:
            metadata:

    Right:
        data:
          data-statistik:
            metadata: MS-Keg dan MS-Var

    How to fix:
        Write under `standard` which standard the data follow, and under `metadata` where their metadata are kept.
    """
    kind = _KINDS.get(data.kind or "")
    if kind is None or is_ending(data):
        return
    missing = [name for name, value in (("standard", data.standard), ("metadata", data.metadata)) if not value]
    if missing:
        values = {
            "data": data,
            "kind": Term("noun", kind),
            "missing": [Term("field", name, "data") for name in missing],
        }
        yield Fault(at(data, missing[0]), values)
