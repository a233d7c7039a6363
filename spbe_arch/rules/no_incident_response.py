"""SPBE706 (G6)."""

from collections.abc import Iterator

from spbe_arch.architecture import Architecture
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided
from spbe_arch.rules import Basis, Fault, Level, Whole, agency_of, rule


@rule(
    "SPBE706",
    Level.NOTE,
    "no unit of agency {agency} has the role of incident response",
    letter="G6",
    basis=[
        Basis("Peraturan BSSN 4/2021 (incident handling)", "medium"),
        Basis("PermenPANRB 8/2026, indicator 12", "medium"),
    ],
    scope=Whole(),
)
def no_incident_response(architecture: Architecture) -> Iterator[Fault]:
    """An agency in which no unit has the role of the incident response team (CSIRT).

    Why it matters:
        When a site is defaced at night, somebody must know that it is his turn.

    Wrong:
        units:
          diskominfo:
            roles: [ict_lead, data_steward]
          bidang-persandian:
            roles:

    Right:
        units:
          diskominfo:
            roles: [ict_lead, data_steward]
          bidang-persandian:
            roles: incident_response

    How to fix:
        Give the unit or team that handles incidents the role `incident_response`.
    """
    units: dict[str, bool] = {}
    for unit in architecture.units.values():
        agency = agency_of(unit)
        units[agency] = units.get(agency, False) or "incident_response" in unit.roles
    for member in architecture.members:
        if units.get(member.manifest.agency) is False:
            if architecture.lacks(member.manifest.agency):
                raise Undecided
            yield Fault(Place(member.manifest.path), {"agency": member.manifest.name})
