"""SPBE812 (H12)."""

from collections.abc import Iterator

from spbe_arch.metamodel import LayerElement
from spbe_arch.rules import Basis, Each, Fault, Level, at, related, rule


def _ends_before(target: LayerElement, element: LayerElement) -> bool:
    if target.status != "retired" or target.until is None:
        return False
    return element.until is None or element.until > target.until


@rule(
    "SPBE812",
    Level.ERROR,
    "{element} is to be, and rests on {others}, which will be gone",
    letter="H12",
    basis=[
        Basis("practice: what is retired cannot carry what is to come", "medium"),
    ],
    scope=Each(LayerElement),
)
def plan_on_retired_element(element: LayerElement) -> Iterator[Fault]:
    """A new element, or the next version of one, that rests only on elements that end before it does.

    Why it matters:
        The plan contradicts itself: what is to carry the element ends while the element goes on.

    Wrong:
        servers:
          server-usang:
            name: Server Usang
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: retired
            until: 2026
        applications:
          portal-data:
            runs_on: [server-usang]

    Right:
        servers:
          server-usang:
            name: Server Usang
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: retired
            until: 2026
        applications:
          portal-data:
            runs_on: [server-usang, server-pajak-2]

    How to fix:
        Name what will carry the element after the last year of the retired one, mostly its successor.
    """
    if element.status != "new" and not (element.status == "upgrade" and element.replaces):
        return
    for field, targets in element.needs():
        if all(_ends_before(target, element) for target in targets):
            yield Fault(at(element, field), {"element": element, "others": targets}, tuple(map(related, targets)))
            return
