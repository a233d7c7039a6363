"""SPBE404 (D4)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Agency, Data
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, at, is_ending, rule


@rule(
    "SPBE404",
    Level.WARNING,
    "no process yields {data}",
    letter="D4",
    basis=[
        Basis("Perpres 132/2022 (lampiran arsitektur kementerian: a process yields data and defines services)", "high"),
        Basis("Kabupaten practice: the process is required", "high"),
    ],
    scope=Each(Data),
)
def data_without_process(data: Data) -> Iterator[Fault]:
    """Data that no business process yields.

    Why it matters:
        Data come from work. Without the process nobody knows when they change, or what they are kept for. Data that
        another agency produces come from a process there, and are not asked for one.

    Wrong:
        data:
          data-restoran:
            processes:

    Right:
        data:
          data-restoran:
            processes: [pemungutan-pajak]

    How to fix:
        Name the process that yields the data under `processes`.
    """
    producer = data.producer
    if isinstance(producer, Agency) or (producer is not None and agency_of(producer) != agency_of(data)):
        return
    if not data.processes and not is_ending(data):
        yield Fault(at(data, "processes"), {"data": data})
