"""SPBE811 (H11)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Initiative, LayerElement
from spbe_arch.rules import Basis, Each, Fault, Level, at, day_of, related, rule


def _has_beginning(element: LayerElement) -> bool:
    """Whether it is known when it begins; what is upgraded in place has been there all the time."""
    if element.status == "new":
        return element.since is not None
    return element.status == "as_is" or (element.status == "upgrade" and bool(element.replaces))


def _is_later(target: LayerElement, element: LayerElement) -> bool:
    """Whether a target is yet to come, and comes after the element."""
    if target.status != "new" and not (target.status == "upgrade" and target.replaces):
        return False
    return target.since is not None and target.since > max(element.since or 0, day_of(element).year)


def _follows_too_early(initiative: Initiative) -> Iterator[Fault]:
    begins = initiative.since
    late = [one for one in initiative.after if begins is not None and one.until is not None and one.until > begins]
    if late and initiative.status != "retired":
        others = tuple(related(one) for one in late)
        yield Fault(at(initiative, "after"), {"element": initiative, "others": late}, others)


@rule(
    "SPBE811",
    Level.WARNING,
    "{element} begins before {others}, on which it rests",
    letter="H11",
    basis=[
        Basis("practice: the order of the roadmap follows from the architecture", "medium"),
    ],
    scope=Each(LayerElement, Initiative),
)
def ready_before_dependency(element: LayerElement | Initiative) -> Iterator[Fault]:
    """An element that begins before everything it rests on, or an initiative before the one it follows has ended.

    Why it matters:
        The plan cannot be carried out in this order: an application of 2026 cannot run on a server of 2028.
        Of several servers or hubs, one that is there in time is enough.

    Wrong:
        servers:
          server-portal:
            name: Server Portal
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: new
            since: 2028
        applications:
          portal-data:
            runs_on: [server-portal]
        initiatives:
          kegiatan-pusat-data:
            until: 2028
            delivers: [pusat-data, server-portal]

    Right:
        servers:
          server-portal:
            name: Server Portal
            ownership: own
            facility: pusat-data
            software: [linux-1]
            status: new
            since: 2027
        applications:
          portal-data:
            runs_on: [server-portal]
        initiatives:
          kegiatan-pusat-data:
            until: 2028
            delivers: [pusat-data, server-portal]

    How to fix:
        Move one of the two years, or name what it rests on until then.
    """
    if isinstance(element, Initiative):
        yield from _follows_too_early(element)
    elif _has_beginning(element):
        for field, targets in element.needs():
            if all(_is_later(target, element) for target in targets):
                others = tuple(related(target) for target in targets)
                yield Fault(at(element, field), {"element": element, "others": targets}, others)
                return
