"""SPBE702 (G2)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Audit
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, day_of, rule


@rule(
    "SPBE702",
    Level.ERROR,
    "{audit} has {stated} and {lacking}",
    letter="G2",
    basis=[Basis("Lampiran arsitektur kementerian (manajemen keamanan: hasil dan tanggal audit)", "high")],
    scope=Each(Audit),
)
def audit_without_date_or_result(audit: Audit) -> Iterator[Fault]:
    """An audit with a result and no date, or with a date that has passed and no result.

    Why it matters:
        One of the two is untrue: either the audit has taken place or it has not. Everything that counts audits counts
        wrongly.

    Wrong:
        audits:
          audit-aplikasi:
            date:

    Right:
        audits:
          audit-aplikasi:
            date: 2026-05-20

    How to fix:
        Write the date and the result of an audit that has taken place. One that has not has the result
        `not_performed` and no date, or one that lies ahead.
    """
    performed = audit.result not in (None, "not_performed")
    if performed and audit.date is None:
        values = {"stated": english("a result"), "lacking": english("no date")}
        yield Fault(at(audit, "date"), {"audit": audit, **_terms(values)})
    if not performed and audit.date is not None and audit.date.last_day < day_of(audit):
        lacking = english("no result") if audit.result is None else english("is said not to have been performed")
        values = {"stated": english("a date in the past"), "lacking": lacking}
        yield Fault(at(audit, "result"), {"audit": audit, **_terms(values)})


def _terms(values: dict[str, str]) -> dict[str, Term]:
    return {name: Term("noun", text) for name, text in values.items()}
