"""SPBE515 (E15)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE515",
    Level.NOTE,
    "{application} does not say where its source code is kept",
    letter="E15",
    basis=[
        Basis("Perpres 95/2018 (source code of special applications is kept in a repository)", "low"),
    ],
    scope=Each(Application),
)
def source_code_not_kept(application: Application) -> Iterator[Fault]:
    """A special application of one's own, in use and not proprietary, that names no place of its source code.

    Why it matters:
        Who cannot find the source code cannot mend the application, nor hand it to another builder.

    Wrong:
        applications:
          laman-kabupaten:
            repository:

    Right:
        applications:
          laman-kabupaten:
            repository: git.contoh.go.id/laman

    How to fix:
        Write under `repository` where the code is kept: an address, or whoever holds it in trust.
    """
    special = (application.reference or "").startswith("RAA.02") and application.license != "proprietary"
    if special and in_use(application) and not application.run_elsewhere and not application.repository:
        yield Fault(at(application, "repository"), {"application": application})
