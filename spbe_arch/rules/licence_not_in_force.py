"""SPBE514 (E14)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Application, Database, OperatingSystem, Utility
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, day_of, in_use, rule

_WITHOUT_END = english("a licence whose last day is not stated")
_OVER = english("a licence that has ended")


def _has_end(element: Application | OperatingSystem | Database | Utility) -> bool:
    if isinstance(element, Application):
        return element.license == "proprietary" and not element.run_elsewhere
    return element.license_term == "periodic"


@rule(
    "SPBE514",
    Level.WARNING,
    "{element} has {trouble}",
    letter="E14",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata: validitas lisensi)", "medium"),
        Basis("PermenPANRB 59/2020, indicator 24", "medium"),
    ],
    scope=Each(Application, OperatingSystem, Database, Utility),
    admits_reason=True,
)
def licence_not_in_force(element: Application | OperatingSystem | Database | Utility) -> Iterator[Fault]:
    """A proprietary or periodic licence without a last day, or an application whose licence has ended.

    Why it matters:
        A licence that ends unnoticed stops the application, or makes its use unlawful. Software whose
        stated period has ended has a rule of its own. A proprietary licence for life is recorded under
        `allow`.

    Wrong:
        applications:
          e-tagih:
            license_until:

    Right:
        applications:
          e-tagih:
            license_until: 2029-12-31

    How to fix:
        Write the last day under `license_until`. If the licence has no end, justify that under `allow`.
    """
    if not in_use(element):
        return
    until = element.license_until
    if until is None and _has_end(element):
        yield Fault(at(element, "license_until"), {"element": element, "trouble": Term("noun", _WITHOUT_END)})
    elif until is not None and isinstance(element, Application) and until.last_day < day_of(element):
        yield Fault(at(element, "license_until"), {"element": element, "trouble": Term("noun", _OVER)})
