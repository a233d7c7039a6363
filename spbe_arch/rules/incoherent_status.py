"""SPBE810 (H10)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import Application, LayerElement, Policy, Unit
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, rule

_NEW_WITH_PREDECESSOR = english("is new, and yet replaces another")
_NEW_WITHOUT_YEAR = english("is new, and does not say from which year")
_UPGRADE_OF_NOTHING = english("is an upgrade that no initiative delivers and that replaces nothing")
_RETIRED_WITHOUT_YEAR = english("is retired, and does not say in which year")


def _troubles(element: LayerElement | Unit | Policy) -> Iterator[tuple[str, str]]:
    """What the status asks for and does not find, with the field to mend."""
    if element.status == "as_is":
        return
    if element.status == "new" and element.replaces:
        yield "replaces", _NEW_WITH_PREDECESSOR
    if element.status == "new" and element.since is None:
        yield "since", _NEW_WITHOUT_YEAR
    if element.status == "upgrade" and not isinstance(element, Application) and not _is_grounded(element):
        yield "status", _UPGRADE_OF_NOTHING
    if element.status == "retired" and element.until is None and not any(one.since for one in element.replaced_by):
        yield "until", _RETIRED_WITHOUT_YEAR


def _is_grounded(element: LayerElement | Unit | Policy) -> bool:
    return bool(element.replaces) or bool(element.delivered_by)


@rule(
    "SPBE810",
    Level.WARNING,
    "{element} {trouble}",
    letter="H10",
    basis=[
        Basis("practice of regional architectures: as-is, upgrade, new", "medium"),
    ],
    scope=Each(LayerElement, Unit, Policy),
)
def incoherent_status(element: LayerElement | Unit | Policy) -> Iterator[Fault]:
    """An element whose status does not go together with its years, its predecessor or the roadmap.

    Why it matters:
        As-is and to-be live in one model, and every picture of a year is cut out by status and years. A new
        element needs the year it begins and follows nothing; an upgrade needs an initiative or a
        predecessor; what is retired needs its last year, or a successor that states when it begins. An
        upgraded application that no initiative delivers has a rule of its own.

    Wrong:
        applications:
          portal-data:
            replaces: [simpatda-lama]

    Right:
        applications:
          portal-data:
            status: upgrade
            replaces: [simpatda-lama]

    How to fix:
        What follows another element is an `upgrade`. Otherwise add the year under `since` or `until`, or
        name the element under `delivers` of an initiative.
    """
    found = next(_troubles(element), None)
    if found:
        field, trouble = found
        yield Fault(at(element, field), {"element": element, "trouble": Term("noun", trouble)})
