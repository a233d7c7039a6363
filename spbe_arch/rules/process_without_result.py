"""SPBE201 (B1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Process
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE201",
    Level.WARNING,
    "{process} yields neither a service nor data",
    letter="B1",
    basis=[
        Basis("Perpres 132/2022 (lampiran arsitektur kementerian: a process yields data and defines services)", "high")
    ],
    scope=Each(Process),
)
def process_without_result(process: Process) -> Iterator[Fault]:
    """A process that yields neither a service nor data.

    Why it matters:
        Services, applications and data hang on the processes. One that nothing hangs on is work whose purpose the
        architecture does not show. A process with parts is judged by its parts, and a part may rest on the whole.

    Wrong:
        processes:
          pembinaan-wajib-pajak:
            name: Pembinaan Wajib Pajak
            reference: RAB.09.02
            owner: bidang-pajak
            objectives: sasaran-penerimaan

    Right:
        processes:
          pembinaan-wajib-pajak:
            name: Pembinaan Wajib Pajak
            reference: RAB.09.02
            owner: bidang-pajak
            objectives: sasaran-penerimaan
            parent: pemungutan-pajak

    How to fix:
        Name the process under `processes` of the service or of the data that it yields, or under `parent` the process
        that it is a part of.
    """
    if is_ending(process) or process.children or process.services or process.data:
        return
    if not any(whole.services or whole.data for whole in _wholes(process)):
        yield Fault(at(process), {"process": process})


def _wholes(process: Process) -> Iterator[Process]:
    """What the process is a part of, and what that is a part of."""
    seen = {process}
    whole = process.parent
    while whole is not None and whole not in seen:
        yield whole
        seen.add(whole)
        whole = whole.parent
