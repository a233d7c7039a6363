"""SPBE509 (E9)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE509",
    Level.WARNING,
    "{application} runs on no server and no cloud",
    letter="E9",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata aplikasi: server aplikasi, komputasi awan)", "high"),
    ],
    scope=Each(Application),
)
def application_without_server(application: Application) -> Iterator[Fault]:
    """An application in use that runs on no server and no cloud.

    Why it matters:
        When a server stops, nobody knows that this application stops with it; its place, its security and
        its cost cannot be found. An application that is retired or not begun needs none, nor does a desktop
        program or one that another government agency operates.

    Wrong:
        applications:
          laman-kabupaten:
            runs_on:

    Right:
        applications:
          laman-kabupaten:
            runs_on: [awan-daerah]

    How to fix:
        Name the servers or clouds under `runs_on`. If another agency runs it, name that agency under
        `operator`.
    """
    if application.run_elsewhere or application.bases == ("desktop",):
        return
    if in_use(application) and not application.runs_on:
        yield Fault(at(application, "runs_on"), {"application": application})
