"""SPBE512 (E12)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, VulnerabilityAssessment, Worthiness
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule, took_place


@rule(
    "SPBE512",
    Level.WARNING,
    "{application} handles {data} without a test of worthiness or vulnerability",
    letter="E12",
    basis=[
        Basis("Perpres 95/2018 (kelaikan operasi dan keamanan)", "high"),
        Basis("Peraturan BSSN 4/2021", "high"),
        Basis("PermenPANRB 59/2020, indicators 30 and 31", "high"),
    ],
    scope=Each(Application),
)
def protected_data_unassessed(application: Application) -> Iterator[Fault]:
    """An application in use that handles protected data and was never tested for worthiness or vulnerability.

    Why it matters:
        Personal, limited or closed data leak through the application, not through the register that names
        them. Without a test nobody knows where. One that is planned is no test yet. An application that another
        government agency operates is tested by that agency.

    Wrong:
        applications:
          daftar-penunggak:
            name: Daftar Penunggak
            reference: RAA.02.02
            owner: bidang-penagihan
            operator: bidang-penagihan
            supports: [pajak-hotel]
            reads: [data-tunggakan]
            runs_on: server-pajak-2
            backup: Harian
            repository: git.contoh.go.id/penunggak
            secured_by:

    Right:
        applications:
          daftar-penunggak:
            name: Daftar Penunggak
            reference: RAA.02.02
            owner: bidang-penagihan
            operator: bidang-penagihan
            supports: [pajak-hotel]
            reads: [data-tunggakan]
            runs_on: server-pajak-2
            backup: Harian
            repository: git.contoh.go.id/penunggak
            secured_by: [uji-penunggak]
        vulnerability_assessments:
          uji-penunggak:
            name: Uji Kerentanan Daftar Penunggak
            reference: RAK.02.02
            owner: bidang-persandian
            date: 2026-09
            secures: [daftar-penunggak]

    How to fix:
        Have it tested, enter the test under `vulnerability_assessments` or `worthiness`, and name it under
        `secured_by`.
    """
    if application.run_elsewhere or not in_use(application):
        return
    data = [one for one in application.used if one.is_protected]
    tests = (one for one in application.secured_by if isinstance(one, (Worthiness, VulnerabilityAssessment)))
    if data and not any(took_place(test) for test in tests):
        yield Fault(at(application, "secured_by"), {"application": application, "data": data[:3]})
