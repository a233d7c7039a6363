"""SPBE516 (E16)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE516",
    Level.WARNING,
    "{application} has neither a backup facility nor a note on backups",
    letter="E16",
    basis=[
        Basis("Peraturan BSSN 4/2021 (periodic backup and recovery)", "medium"),
        Basis("PermenPANRB 8/2026, indicator 2 (continuity)", "medium"),
    ],
    scope=Each(Application),
)
def application_without_backup(application: Application) -> Iterator[Fault]:
    """An application in use that has neither a backup facility nor a note on backups.

    Why it matters:
        A fire or a fault of a disk ends the service and the data with it.

    Wrong:
        applications:
          laman-kabupaten:
            backup:
            backup_facility:

    Right:
        applications:
          laman-kabupaten:
            backup: Mingguan
            backup_facility:

    How to fix:
        Name the facility under `backup_facility`, or say under `backup` how and how often the data are
        copied.
    """
    if application.run_elsewhere or application.backup or not in_use(application):
        return
    if application.backup_facility is None:
        yield Fault(at(application, "backup_facility"), {"application": application})
