"""SPBE612 (F12)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE612",
    Level.WARNING,
    "{application} has its backup in {facility}, where it runs",
    letter="F12",
    basis=[
        Basis("Peraturan BSSN 4/2021 (availability)", "medium"),
        Basis("PermenPANRB 8/2026, indicator 2 (continuity)", "medium"),
    ],
    scope=Each(Application),
)
def backup_in_main_facility(application: Application) -> Iterator[Fault]:
    """An application whose backup facility is its main facility.

    Why it matters:
        The fire that takes the application takes the backup with it.

    Wrong:
        applications:
          e-pajak:
            backup_facility: pusat-data

    Right:
        applications:
          e-pajak:
            backup_facility: pusat-pemulihan

    How to fix:
        Name another place under `backup_facility`. A copy in the same room is described under `backup`.
    """
    backup = application.backup_facility
    if backup is not None and backup == application.main_facility and not is_ending(application):
        yield Fault(at(application, "backup_facility"), {"application": application, "facility": backup})
