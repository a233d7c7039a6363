"""SPBE155 (A11)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Process, Undecided, Unit
from spbe_arch.metamodel.values import Name
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, is_ending, related, rule

_OF_EVERY_OFFICE = "RAB.09"
"""General government: planning, staff, money and information are work of every office."""


@rule(
    "SPBE155",
    Level.NOTE,
    "{process} has the code {code}, which is none of the affairs of {unit}: {affairs}",
    letter="A11",
    basis=[Basis("UU 23/2014 (affairs of a region) and Perpres 132/2022 (RAB)", "medium")],
    scope=Each(Process),
    admits_reason=True,
)
def process_outside_affairs(process: Process) -> Iterator[Fault]:
    """A core process whose code lies outside the affairs of the unit that owns it.

    Why it matters:
        A health office that files its work under trade has picked the wrong code, or has a duty that its list of
        affairs lacks. Support and management processes are work of every office and are not looked at, nor is the
        sector RAB.09.

    Wrong:
        processes:
          pemungutan-pajak:
            reference: RAB.02.06

    Right:
        processes:
          pemungutan-pajak:
            reference: RAB.09.02

    How to fix:
        Correct the code of the process, or add the affair under `affairs` of the unit.
    """
    unit, code = process.owner, process.reference
    if unit is None or not code or process.kind in ("support", "management") or is_ending(process):
        return
    if code.startswith(_OF_EVERY_OFFICE):
        return
    if architecture_of(process).references("RAB", agency_of(process)).gainsays(code):
        raise Undecided
    affairs = _affairs(unit)
    if affairs and not any(_agree(code, affair) for affair in affairs):
        values = {"process": process, "code": Name(code), "unit": unit, "affairs": [Name(one) for one in affairs]}
        yield Fault(at(process, "reference"), values, (related(unit),))


def _affairs(unit: Unit) -> tuple[str, ...]:
    """The affairs of a unit, with those of what it is a part of."""
    affairs: dict[str, None] = {}
    seen: set[Unit] = set()
    above: Unit | None = unit
    while above is not None and above not in seen:
        seen.add(above)
        affairs.update(dict.fromkeys(above.affairs))
        above = above.parent
    return tuple(affairs)


def _agree(code: str, affair: str) -> bool:
    """Whether two codes are the same to level 2, as far as both go."""
    levels = zip(code.split(".")[:3], affair.split("."), strict=False)
    return all(one == other for one, other in levels)
