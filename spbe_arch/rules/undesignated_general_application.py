"""SPBE504 (E4)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, national_of, rule


@rule(
    "SPBE504",
    Level.WARNING,
    "{application} is classed as a general application, and is none that has been designated",
    letter="E4",
    basis=[
        Basis("Perpres 132/2022 (general applications are set by ministerial decision)", "high"),
        Basis("practice: inventories class local applications as general", "high"),
    ],
    scope=Each(Application),
    admits_reason=True,
)
def undesignated_general_application(application: Application) -> Iterator[Fault]:
    """An application of class RAA.01 that is not one of the designated general applications.

    Why it matters:
        General (Umum) is a legal status: set by the minister, and the same for all agencies. It does not
        mean that all offices of the region use it. Special applications of ministries, such as SIAK or
        Dapodik, are of class RAA.02 too. One that was designated after this list was made is justified
        under `allow`.

    Wrong:
        applications:
          laman-kabupaten:
            reference: RAA.01.01

    Right:
        applications:
          laman-kabupaten:
            reference: RAA.02.02

    How to fix:
        Change the code to RAA.02.01 or RAA.02.02. If it is a designated one, write its name as the decision
        has it.
    """
    if is_ending(application) or not (application.reference or "").startswith("RAA.01"):
        return
    national = national_of(application).named(application.name or "")
    if application.name and (national is None or national.designated == "no"):
        yield Fault(at(application, "reference"), {"application": application})
