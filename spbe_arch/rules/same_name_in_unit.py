"""SPBE151 (A7, second part)."""

from collections.abc import Hashable, Iterator
from typing import Any

from spbe_arch.metamodel import LayerElement
from spbe_arch.rules import Basis, Fault, Group, Level, Members, agency_of, at, related, rule


def _name_in_unit(element: LayerElement) -> Hashable | None:
    owner: Any = element.owner
    if owner is None or not element.name or element.replaces.ids:
        return None
    return agency_of(element), element.section, owner.id, " ".join(element.name.casefold().split())


@rule(
    "SPBE151",
    Level.WARNING,
    "{element} has the same name as {other}, in the same unit",
    letter="A7",
    basis=[Basis("Lampiran arsitektur kementerian: the ID is a unique number", "high")],
    scope=Group((LayerElement,), _name_in_unit),
)
def same_name_in_unit(elements: Members[LayerElement]) -> Iterator[Fault]:
    """Two elements of one unit and type that have the same name and different ids.

    Why it matters:
        Most likely one thing was entered twice, and each of the two has half of its links.

    Wrong:
        services:
          pajak-hotel:
            name: Pajak Restoran

    Right:
        services:
          pajak-hotel:
            name: Pajak Hotel

    How to fix:
        Join the two, or give them names that tell them apart. A next version says `replaces`.
    """
    first, *others = elements
    for element in others:
        values = {"element": element, "other": first}
        yield Fault(at(element, "name"), values, (related(first),))
