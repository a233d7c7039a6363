"""SPBE502 (E2)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE502",
    Level.WARNING,
    "{application} neither reads nor writes data",
    letter="E2",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata aplikasi: data yang digunakan)", "high"),
    ],
    scope=Each(Application),
)
def application_without_data(application: Application) -> Iterator[Fault]:
    """An application that neither reads nor writes any data.

    Why it matters:
        Nobody can say what it handles, so neither its security nor its part in sharing data can be judged.
        A request for an application without a stated use looks just like this. Data that it exchanges count.

    Wrong:
        applications:
          kalender-pajak:
            name: Kalender Jatuh Tempo
            reference: RAA.02.02
            owner: bidang-pajak
            operator: bidang-pajak
            supports: [informasi-publik]
            runs_on: awan-daerah

    Right:
        applications:
          kalender-pajak:
            name: Kalender Jatuh Tempo
            reference: RAA.02.02
            owner: bidang-pajak
            operator: bidang-pajak
            supports: [informasi-publik]
            runs_on: awan-daerah
            reads: [data-statistik]

    How to fix:
        Name the data under `reads` and `writes`. Data that the model does not have yet are entered under
        `data` first.
    """
    if application.reads or application.writes or is_ending(application):
        return
    if not any(exchange.data for exchange in (*application.provides, *application.consumes)):
        yield Fault(at(application, "reads"), {"application": application})
