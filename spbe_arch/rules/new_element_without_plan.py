"""SPBE803 (H3)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, LayerElement, Links, Service
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


def _beside(element: LayerElement) -> Iterator[LayerElement]:
    """The elements that it names, and the applications that a service rests on."""
    for name in element.info.links:
        if name not in ("related", "replaces"):
            value = getattr(element, name)
            targets = value if isinstance(value, Links) else (value,)
            yield from (other for other in targets if isinstance(other, LayerElement))
    if isinstance(element, Service):
        yield from element.supported_by


@rule(
    "SPBE803",
    Level.NOTE,
    "{element} is planned, but neither a gap nor an initiative speaks of it",
    letter="H3",
    basis=[
        Basis("PermenPANRB 59/2020, indicators 11 and 12", "medium"),
        Basis("practice of regional architectures: the gap catalogue", "medium"),
    ],
    scope=Each(LayerElement),
)
def new_element_without_plan(element: LayerElement) -> Iterator[Fault]:
    """A new element that no gap concerns and no initiative delivers, alone or with what it belongs to.

    Why it matters:
        A plan that answers no gap and that no initiative delivers stays on paper. What hangs on an element
        that an initiative delivers is part of that plan. Applications have a rule of their own, since each
        needs its place in the roadmap.

    Wrong:
        servers:
          server-cadangan:
            name: Server Cadangan Baru
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: new
            since: 2028
        facilities:
          pusat-data:
            until:
        initiatives:
          kegiatan-pusat-data:
            delivers: [jip-kabupaten]

    Right:
        servers:
          server-cadangan:
            name: Server Cadangan Baru
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: new
            since: 2028
        initiatives:
          kegiatan-pusat-data:
            delivers: [pusat-data, server-cadangan]

    How to fix:
        Name the element under `delivers` of the initiative that builds it, or under `concerns` of the gap
        that it closes.
    """
    if element.status != "new" or isinstance(element, Application) or element.gaps or element.delivered_by:
        return
    if not any(other.delivered_by for other in _beside(element)):
        yield Fault(at(element, "status"), {"element": element})
