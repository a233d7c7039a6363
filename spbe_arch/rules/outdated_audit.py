"""SPBE513 (E13)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, Audit
from spbe_arch.rules import Basis, Each, Fault, Level, at, day_of, in_use, rule, took_place


@rule(
    "SPBE513",
    Level.WARNING,
    "{application} was last audited on {date}, more than {years} years ago",
    letter="E13",
    basis=[
        Basis("Perpres 95/2018 (audit TIK)", "high"),
        Basis("Perbup Minahasa Selatan 15/2025 (at least once in two years)", "high"),
        Basis("practice: general applications are audited every year", "medium"),
    ],
    scope=Each(Application),
)
def outdated_audit(application: Application, *, years: int = 2, years_of_general: int = 1) -> Iterator[Fault]:
    """An application in use whose last security audit is too old.

    Why it matters:
        Special applications are audited at least every two years, general applications (class RAA.01) every
        year. An older result says nothing about what runs today. An audit that lies ahead
        does not count. An application that was never audited is not this finding, nor is one that another
        government agency operates. The parameters are `years` and `years_of_general`.

    Wrong:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by: [audit-peta]
        audits:
          audit-peta:
            name: Audit Peta Objek Pajak
            reference: RAK.03.01
            owner: bidang-persandian
            date: 2023-05
            kind: application
            result: adequate
            secures: [peta-pajak]

    Right:
        applications:
          peta-pajak:
            name: Peta Objek Pajak
            reference: RAA.02.02
            owner: diskominfo
            operator: diskominfo
            supports: [informasi-publik]
            reads: [data-statistik]
            runs_on: awan-daerah
            backup: Harian
            repository: git.contoh.go.id/peta
            secured_by: [audit-peta]
        audits:
          audit-peta:
            name: Audit Peta Objek Pajak
            reference: RAK.03.01
            owner: bidang-persandian
            date: 2026-05
            kind: application
            result: adequate
            secures: [peta-pajak]

    How to fix:
        Have it audited again, enter the audit with its date and result, and name the application under
        `secures`.
    """
    audits = (one for one in application.secured_by if isinstance(one, Audit) and one.result != "not_performed")
    dates = [audit.date for audit in audits if audit.date is not None and took_place(audit)]
    if not dates or application.run_elsewhere or not in_use(application):
        return
    last = max(dates, key=lambda date: date.last_day)
    allowed = years_of_general if (application.reference or "").startswith("RAA.01") else years
    day, due = day_of(application), last.last_day
    if (due.year + allowed, due.month, due.day) < (day.year, day.month, day.day):
        values = {"application": application, "date": str(last), "years": allowed}
        yield Fault(at(application, "secured_by"), values)
