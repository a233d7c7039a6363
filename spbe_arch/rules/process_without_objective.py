"""SPBE203 (B3)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Process
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE203",
    Level.NOTE,
    "{process} serves no objective and moves no indicator",
    letter="B3",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 14 (processes are aligned with the architecture)", "medium"),
        Basis("Manual SIA SPBE (sasaran strategis, IKU)", "medium"),
    ],
    scope=Each(Process),
    admits_reason=True,
)
def process_without_objective(process: Process) -> Iterator[Fault]:
    """A process that neither it nor any of its parts links to an objective or an indicator.

    Why it matters:
        The plan of the region says what is to be reached, the processes say by what work. Without the link nobody can
        say which objective suffers when a process fails.

    Wrong:
        processes:
          pengelolaan-pengaduan:
            objectives:
            indicators:

    Right:
        processes:
          pengelolaan-pengaduan:
            objectives: [sasaran-pelayanan]
            indicators:

    How to fix:
        Name the objective under `objectives`, or its indicator under `indicators`; for a process with parts it is
        enough at the whole.
    """
    if process.parent is None and not _serves(process) and not is_ending(process):
        yield Fault(at(process, "objectives"), {"process": process})


def _serves(process: Process) -> bool:
    """Whether the process or a part of it names what it is good for."""
    ahead, seen = [process], {process}
    while ahead:
        part = ahead.pop()
        if part.objectives or part.indicators:
            return True
        below = [one for one in part.children if one not in seen]
        seen.update(below)
        ahead += below
    return False
