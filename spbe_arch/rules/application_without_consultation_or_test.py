"""SPBE517 (E17)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, Term, architecture_of, at, in_use, is_ending, rule

_CONSULTATION = english("consultation of the ICT unit")
_TEST = english("test of fitness")


@rule(
    "SPBE517",
    Level.NOTE,
    "{application} states no {lacking}",
    letter="E17",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 15 (the life cycle of an application, with a test of fitness)", "medium"),
    ],
    scope=Each(Application),
)
def application_without_consultation_or_test(application: Application) -> Iterator[Fault]:
    """An application of this period that states no consultation of the ICT unit, or no test of fitness once in use.

    Why it matters:
        The life cycle of an application begins with asking the ICT unit, which knows what exists already,
        and ends with a test before the application goes into use. Applications of earlier years are not
        asked.

    Wrong:
        applications:
          portal-data:
            consulted:

    Right:
        applications:
          portal-data:
            consulted: 2026-02

    How to fix:
        Write the dates under `consulted` and `fitness_test`. What did not happen should be made up for, and
        entered then.
    """
    years = architecture_of(application).manifest.years
    begun = in_use(application)
    of_period = application.status == "new" or (
        application.since is not None and years is not None and application.since >= years[0]
    )
    if is_ending(application) or application.run_elsewhere or not of_period:
        return
    lacking = [] if application.consulted else [_CONSULTATION]
    if begun and not application.fitness_test:
        lacking.append(_TEST)
    if lacking:
        field = "consulted" if _CONSULTATION in lacking else "fitness_test"
        yield Fault(
            at(application, field), {"application": application, "lacking": [Term("noun", one) for one in lacking]}
        )
