"""SPBE506 (E6)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


@rule(
    "SPBE506",
    Level.WARNING,
    "{application} is planned, but no initiative of the roadmap delivers it",
    letter="E6",
    basis=[
        Basis("PermenPANRB 59/2020, indicators 12 and 13", "high"),
        Basis("Perpres 82/2023 (new applications follow the architecture)", "medium"),
    ],
    scope=Each(Application),
)
def planned_application_without_initiative(application: Application) -> Iterator[Fault]:
    """A new application, or one to be upgraded, that no initiative of the roadmap delivers.

    Why it matters:
        What the roadmap does not contain gets neither time nor money in the plan and the budget, or it is
        built past them. An upgrade that names its predecessor under `replaces` is left to the plan of that
        one.

    Wrong:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            consulted: 2026-08
            secured_by:
            status: new
            since: 2028

    Right:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            consulted: 2026-08
            secured_by:
            status: new
            since: 2028
        initiatives:
          kegiatan-risiko:
            delivers: [bidang-persandian, peta-pajak]

    How to fix:
        Name the application under `delivers` of the initiative that builds it. If nobody has decided to
        build it, it is a gap and not an application.
    """
    planned = application.status == "new" or (application.status == "upgrade" and not application.replaces)
    if planned and not application.delivered_by:
        yield Fault(at(application, "status"), {"application": application})
