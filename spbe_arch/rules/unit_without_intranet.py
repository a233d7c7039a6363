"""SPBE605 (F5)."""

from collections.abc import Iterator
from itertools import chain

from spbe_arch.metamodel import Agency, Application, Cloud, Element, Server, Unit
from spbe_arch.rules import Basis, Each, Fault, Level, agency_of, architecture_of, at, in_use, is_ending, rule


def _parts(office: Unit) -> list[Unit]:
    """The office and the units that belong to it."""
    parts = {office: None}
    ahead = [office]
    while ahead:
        below = [one for one in ahead.pop().children if one.office == office and one not in parts]
        parts.update(dict.fromkeys(below))
        ahead += below
    return list(parts)


def _is_connected(agency: Element | None) -> bool:
    """Whether a network connects the agency as a whole, and with it all its offices."""
    return isinstance(agency, Agency) and bool(agency.connected_to)


def _is_shared(node: Server | Cloud, office: Unit) -> bool:
    """Whether others run it, or run something on it, so that it is reached from the office over a network."""
    if isinstance(node, Server) and node.facility is not None and node.facility.shared is not None:
        return node.facility.shared
    managers = [node.manager, node.operator] if isinstance(node, Cloud) else [node.manager]
    users = chain(managers, (one.owner for one in node.runs))  # no further than the first of another office
    return any(one is not None and (not isinstance(one, Unit) or one.office != office) for one in users)


@rule(
    "SPBE605",
    Level.NOTE,
    "{unit} uses shared infrastructure and is on no intra-network",
    letter="F5",
    basis=[
        Basis("PermenPANRB 59/2020, indicators 6 and 17", "medium"),
    ],
    scope=Each(Unit),
)
def unit_without_intranet(unit: Unit) -> Iterator[Fault]:
    """An office with applications on servers or clouds that it shares, and that no intra-network connects.

    Why it matters:
        Its people reach the shared applications over the open internet, or the network is larger than the
        model says. A part of an office counts as connected with it, and every office with a network that
        connects the agency as a whole. A server in a room of its own, or a cloud that it alone rents, is not
        shared.

    Wrong:
        units:
          dinas-pariwisata:
            name: Dinas Pariwisata
            kind: office
            head: Kepala Dinas Pariwisata
        applications:
          laman-kabupaten:
            owner: dinas-pariwisata

    Right:
        units:
          dinas-pariwisata:
            name: Dinas Pariwisata
            kind: office
            head: Kepala Dinas Pariwisata
        applications:
          laman-kabupaten:
            owner: dinas-pariwisata
        intranets:
          jip-pariwisata:
            name: Jaringan Intra Dinas Pariwisata
            reference: RAI.02.01
            ownership: own
            kind: intranet
            connects: [dinas-pariwisata]

    How to fix:
        Name the office under `connects` of the intra-network that reaches it.
    """
    if unit.office != unit or is_ending(unit) or any(part.connected_to for part in _parts(unit)):
        return
    owned = (one for part in _parts(unit) for one in part.owns if isinstance(one, Application))
    nodes = dict.fromkeys(node for one in owned if in_use(one) and not one.run_elsewhere for node in one.runs_on)
    if any(_is_shared(node, unit) for node in nodes) and not _is_connected(
        architecture_of(unit).find(f"{agency_of(unit)}/{agency_of(unit)}")
    ):
        yield Fault(at(unit), {"unit": unit})
