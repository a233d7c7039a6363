"""SPBE604 (F4)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Application, Cloud, Data, Facility, Server, Storage
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


def _held(element: Facility | Cloud | Server | Storage) -> Iterator[Data]:
    """The data on it; in a facility, also its backups, and those on what stands in it and is not foreign itself."""
    if isinstance(element, Storage):
        yield from element.stores
        return
    if isinstance(element, Facility):
        for housed in element.houses:
            if isinstance(housed, (Server, Storage)) and housed.ownership != "third_party_foreign":
                yield from _held(housed)
    applications = _kept_in(element) if isinstance(element, Facility) else element.runs
    for application in applications:
        if not is_ending(application):
            yield from application.used


def _kept_in(facility: Facility) -> tuple[Application, ...]:
    return (*facility.main_facility_of, *facility.backup_facility_of)


@rule(
    "SPBE604",
    Level.WARNING,
    "{element} belongs to a foreign owner and holds {data}",
    letter="F4",
    basis=[
        Basis("PP 71/2019 (place of data, from recollection)", "low"),
        Basis("SIA SPBE (ownership: Milik Pihak Ketiga Luar Negeri)", "medium"),
    ],
    scope=Each(Facility, Cloud, Server, Storage),
    admits_reason=True,
)
def protected_data_abroad(element: Facility | Cloud | Server | Storage) -> Iterator[Fault]:
    """A facility, cloud, server or storage of a foreign owner that holds protected data.

    Why it matters:
        Personal, limited or closed data, and their backups, are then within reach of another law than that of the
        citizens they are about.

    Wrong:
        clouds:
          awan-daerah:
            ownership: third_party_foreign

    Right:
        clouds:
          awan-daerah:
            ownership: third_party_domestic

    How to fix:
        Move the data or the application to a domestic owner. What has been permitted is justified under
        `allow`.
    """
    if element.ownership != "third_party_foreign" or is_ending(element):
        return
    data = sorted({one for one in _held(element) if one.is_protected}, key=lambda one: one.id)
    if data:
        yield Fault(at(element, "ownership"), {"element": element, "data": data[:3]})
