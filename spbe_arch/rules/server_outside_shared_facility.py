"""SPBE603 (F3)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Server
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, related, rule


@rule(
    "SPBE603",
    Level.WARNING,
    "{server} stands in {facility}, which one office has for itself",
    letter="F3",
    basis=[
        Basis("Perpres 95/2018 (infrastructure is shared)", "medium"),
        Basis("Perbup Minahasa Selatan 15/2025", "medium"),
        Basis("PermenPANRB 59/2020, indicator 5", "medium"),
    ],
    scope=Each(Server),
    admits_reason=True,
)
def server_outside_shared_facility(server: Server) -> Iterator[Fault]:
    """A server in a facility that one office has for itself.

    Why it matters:
        Every room of its own needs power, cooling and guards of its own, and mostly has none at night. Only a
        facility that says `shared: false` is taken for one.

    Wrong:
        facilities:
          ruang-server-bapenda:
            name: Ruang Server Bapenda
            reference: RAI.01.02
            ownership: own
            tier: non_tier
            protection: Akses berkunci
            shared: false
        servers:
          server-pajak-2:
            facility: ruang-server-bapenda

    Right:
        facilities:
          ruang-server-bapenda:
            name: Ruang Server Bapenda
            reference: RAI.01.02
            ownership: own
            tier: non_tier
            protection: Akses berkunci
            shared: false
        servers:
          server-pajak-2:
            facility: pusat-data

    How to fix:
        Move the server to the shared facility. If it has to stay, as in a hospital, say why under `allow`.
    """
    facility = server.facility
    if facility is not None and facility.shared is False and not is_ending(server):
        yield Fault(at(server, "facility"), {"server": server, "facility": facility}, (related(facility),))
