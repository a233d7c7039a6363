"""SPBE510 (E10)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, is_ending, rule

_BOTH = english("an owner and an operating unit")
_OPERATOR = english("an operating unit beside the company that built it")


@rule(
    "SPBE510",
    Level.WARNING,
    "{application} lacks {lacking}",
    letter="E10",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian (metadata aplikasi: unit pengembang, unit operasional teknologi)", "high"
        ),
    ],
    scope=Each(Application),
)
def application_without_unit(application: Application) -> Iterator[Fault]:
    """An application with neither an owner nor an operating unit, or that a company built and nobody operates.

    Why it matters:
        Nobody answers for it: not for its data, its faults or its end. A company that built an application
        leaves when the contract ends.

    Wrong:
        applications:
          laman-kabupaten:
            owner:
            operator:

    Right:
        applications:
          laman-kabupaten:
            owner: bidang-aplikasi
            operator: diskominfo

    How to fix:
        Name the unit under `owner`, and the unit or agency that runs it under `operator`.
    """
    if application.operator is not None or is_ending(application):
        return
    developer = application.developer
    if application.owner is None:
        yield Fault(at(application, "owner"), {"application": application, "lacking": Term("noun", _BOTH)})
    elif developer is not None and developer.section == "agencies" and developer.kind == "company":
        yield Fault(at(application, "operator"), {"application": application, "lacking": Term("noun", _OPERATOR)})
