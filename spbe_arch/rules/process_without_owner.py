"""SPBE202 (B2)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Process
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE202",
    Level.WARNING,
    "{process} belongs to no unit",
    letter="B2",
    basis=[
        Basis("Perpres 95/2018 (processes are drawn up by the unit that gives the service)", "high"),
        Basis("Perbup Minahasa Selatan 15/2025 (repeats Perpres 95/2018)", "high"),
    ],
    scope=Each(Process),
)
def process_without_owner(process: Process) -> Iterator[Fault]:
    """A process that belongs to no unit.

    Why it matters:
        Nobody draws the process up, keeps it current or answers for its services.

    Wrong:
        processes:
          pemungutan-pajak:
            owner:

    Right:
        processes:
          pemungutan-pajak:
            owner: bidang-pajak

    How to fix:
        Name the unit whose duty it is under `owner`; units that take part stand under `participants`.
    """
    if process.owner is None and not is_ending(process):
        yield Fault(at(process, "owner"), {"process": process})
