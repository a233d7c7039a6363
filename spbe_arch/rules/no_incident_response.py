"""SPBE706 (G6)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided
from spbe_arch.rules import Basis, Fault, Level, OfAgency, is_ending, rule


@rule(
    "SPBE706",
    Level.NOTE,
    "no unit of agency {agency} has the role of incident response",
    letter="G6",
    basis=[
        Basis("Peraturan BSSN 4/2021 (incident handling)", "medium"),
        Basis("PermenPANRB 8/2026, indicator 12", "medium"),
    ],
    scope=OfAgency(),
)
def no_incident_response(part: Part) -> Iterator[Fault]:
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
    units = [unit for unit in part.of("units").values() if not is_ending(unit)]
    if units and not any("incident_response" in unit.roles for unit in units):
        if part.is_incomplete:
            raise Undecided
        yield Fault(Place(part.manifest.path), {"agency": part.manifest.name})
