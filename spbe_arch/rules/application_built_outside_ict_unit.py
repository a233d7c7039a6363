"""SPBE518 (E18)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, Unit
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, is_external, rule


@rule(
    "SPBE518",
    Level.NOTE,
    "{application} was built by {unit}, which is neither the ICT office nor independent in ICT",
    letter="E18",
    basis=[
        Basis("Perbup Minahasa Selatan 15/2025 (a rule of one regency; regions differ)", "high"),
    ],
    scope=Each(Application),
    default=False,
)
def application_built_outside_ict_unit(application: Application) -> Iterator[Fault]:
    """An application built by a unit that is neither part of the ICT office nor recognised as independent in ICT.

    Why it matters:
        Some regions let only the ICT office build applications, or offices that it recognises as
        independent in ICT. Regions differ, so this rule is off unless settings ask for it by its code or
        name.

    Wrong:
        applications:
          e-pajak:
            developer: bapenda

    Right:
        applications:
          e-pajak:
            developer: bidang-aplikasi

    How to fix:
        Let the ICT office build the next version, or give the unit the role `independent_ict` under `roles`
        if it has been recognised.
    """
    developer = application.developer
    if is_ending(application) or not isinstance(developer, Unit) or is_external(developer):
        return
    if not any({"ict_lead", "independent_ict"} & set(unit.roles) for unit in (developer, developer.office)):
        yield Fault(at(application, "developer"), {"application": application, "unit": developer})
