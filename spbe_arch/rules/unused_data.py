"""SPBE405 (D5)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Data
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE405",
    Level.NOTE,
    "no application uses {data}, and nothing stores it",
    letter="D5",
    basis=[
        Basis("Perpres 132/2022 (lampiran arsitektur kementerian: data are stored and used by applications)", "high")
    ],
    scope=Each(Data),
    admits_reason=True,
)
def unused_data(data: Data) -> Iterator[Fault]:
    """Data that no application reads, writes or exchanges, and that are not stored anywhere.

    Why it matters:
        Either they exist on paper only, or an application or a storage is missing from the model, and with it the
        protection of the data.

    Wrong:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: limited
            processes: pemungutan-pajak
            secured_by: standar-teknis
        standards:
          standar-teknis:
            secures:

    Right:
        data:
          data-parkir:
            name: Titik Parkir
            reference: RAD.09.02
            producer: bapenda
            confidentiality: limited
            processes: pemungutan-pajak
            secured_by: standar-teknis
        applications:
          e-tagih:
            reads: [data-penerimaan, data-tunggakan, data-parkir]
        standards:
          standar-teknis:
            secures:

    How to fix:
        Name the data under `reads` or `writes` of the application that uses them, or under `stores` of the storage.
        Data on paper are justified under `allow`.
    """
    if is_ending(data) or data.interoperable:  # what is interoperable and unused is SPBE411's
        return
    if not (data.read_by or data.written_by or data.exchanged_in or data.stored_on or data.passes_through):
        yield Fault(at(data), {"data": data})
