"""SPBE403 (D3)."""

from collections import defaultdict
from collections.abc import Iterator

from spbe_arch.metamodel import Data, Unit
from spbe_arch.rules import Basis, Fault, Group, Level, Members, agency_of, at, related, rule


@rule(
    "SPBE403",
    Level.NOTE,
    "{unit} is the data steward of nothing but what it produces itself, while {other} is the steward of other data",
    letter="D3",
    basis=[Basis("Perpres 39/2019 (walidata)", "medium")],
    scope=Group((Data,), agency_of),
    admits_reason=True,
)
def self_stewarded_data(data: Members[Data]) -> Iterator[Fault]:
    """A unit that is the data steward of nothing but its own data, in an agency that has another steward.

    Why it matters:
        Satu Data Indonesia parts the two: the producer yields the data, the walidata checks and publishes them. One
        walidata for the agency is the normal case; a unit that checks only itself checks nothing.

    Wrong:
        data:
          data-penerimaan:
            steward: bapenda

    Right:
        data:
          data-penerimaan:
            steward: diskominfo

    How to fix:
        Name the walidata of the agency under `steward`. A unit that is one lawfully has the role `data_steward`; a
        single exception is justified under `allow`.
    """
    of_steward: dict[Unit, list[Data]] = defaultdict(list)
    for one in data:
        if one.steward is not None:
            of_steward[one.steward].append(one)
    largest = sorted(of_steward, key=lambda unit: -len(of_steward[unit]))[:2]
    for unit, kept in of_steward.items():
        others = [other for other in largest if other != unit]
        if others and "data_steward" not in unit.roles and all(_yields(unit, one) for one in kept):
            other = others[0]
            yield Fault(at(kept[0], "steward"), {"unit": unit, "other": other}, tuple(map(related, kept[1:])))


def _yields(unit: Unit, data: Data) -> bool:
    """Whether the data come from the unit or from a part of it."""
    producer = data.producer
    return producer is not None and (producer == unit or (isinstance(producer, Unit) and producer.parent == unit))
