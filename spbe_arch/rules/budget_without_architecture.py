"""SPBE807 (H7)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Initiative
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


@rule(
    "SPBE807",
    Level.WARNING,
    "{initiative} has a budget, but delivers no element of the architecture",
    letter="H7",
    basis=[
        Basis("Perpres 95/2018 (plan and budget follow the architecture)", "high"),
        Basis("PermenPANRB 59/2020, indicator 13", "high"),
        Basis("SIA SPBE (clearance)", "medium"),
    ],
    scope=Each(Initiative),
)
def budget_without_architecture(initiative: Initiative) -> Iterator[Fault]:
    """An initiative with a budget that delivers no element and closes no gap that concerns one.

    Why it matters:
        Plan and budget follow the architecture. Money that leads to nothing in it cannot be cleared, and
        nobody sees when two initiatives pay for the same thing. What the activities below it deliver, or
        the programme above it, counts.

    Wrong:
        initiatives:
          kegiatan-risiko:
            delivers:

    Right:
        initiatives:
          kegiatan-risiko:
            delivers: [bidang-persandian]

    How to fix:
        Name what it brings about under `delivers`: an element of any layer, a unit, a policy. Or name the
        gap under `closes`.
    """
    if initiative.status == "retired" or not any((initiative.budget or {}).values()):
        return
    of_one_plan = [initiative, *initiative.children, *([initiative.parent] if initiative.parent else [])]
    if not any(one.delivers or any(gap.concerns for gap in one.closes) for one in of_one_plan):
        yield Fault(at(initiative, "delivers"), {"initiative": initiative})
