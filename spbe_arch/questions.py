"""Questions about how elements hang together, answered on numbers; `Architecture` asks them in the field's words.

*Dependence* is the relation of `Architecture.dependents`: a service depends on the applications that serve it, an
application on its server. *Layer order* is business, services, data, application, infrastructure.
"""

from __future__ import annotations

from array import array
from enum import StrEnum
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.collecting import collector_held
from spbe_arch.dependence import Index
from spbe_arch.findings import english
from spbe_arch.metamodel import Layer, type_of, types
from spbe_arch.paths import word_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture

__all__ = [
    "Effect",
    "Neighbours",
    "Requirements",
    "Step",
    "Strength",
    "Ways",
    "below",
    "chains",
    "components",
    "cycles",
    "degrees",
    "impact",
    "needed_by_any",
    "paths",
    "single_points_of_failure",
    "stopped_by",
    "way_as_text",
    "ways",
]


class Strength(StrEnum):
    """How hard an element is hit, the hardest first."""

    STOPS = english("stops")
    """It cannot work: nothing is left of what it needs."""
    WEAKENED = english("weakened")
    """It depends on what is hit, and something else is left, or it can do without."""
    CONCERNED = english("concerned")
    """It has to do with it by an association: it owns, secures, plans it."""


class Step(NamedTuple):
    """One link on a way from element to element."""

    source: str
    field: str
    target: str
    forward: bool
    """Whether the link is written at the source of the step; if not, at its target."""


class Effect(NamedTuple):
    """An element that a change reaches."""

    id: str
    distance: int
    """In links; 1 is next to it."""
    strength: Strength
    path: tuple[Step, ...]
    """A shortest way to it."""


_ORDER = {
    layer: number
    for number, layer in enumerate(
        (Layer.BUSINESS, Layer.SERVICES, Layer.DATA, Layer.APPLICATION, Layer.INFRASTRUCTURE), start=1
    )
}
_WITHOUT_APPLICATION = frozenset({"face_to_face"})
"""Methods of a service that goes on when its applications stop."""


# --- what a change reaches ---------------------------------------------------------------------------------


def impact(architecture: Architecture, start: int, *, within: int | None, weak: bool, upstream: bool) -> list[Effect]:
    """What a change of an element reaches, or what it rests on: the nearest first, then the hardest hit."""
    reached = ways(architecture, start, within, weak=weak, upstream=upstream)
    strong = ways(architecture, start, within, weak=False, upstream=upstream) if weak else reached
    stopped = set() if upstream else stopped_by(architecture, start)
    ranks = list(Strength)
    with collector_held():
        trails = _trails(architecture, start, reached, weak=weak, upstream=upstream)
        found = []
        for ordinal, distance in reached.distances.items():
            rank = 0 if ordinal in stopped else 1 if ordinal in strong.distances else 2
            found.append((distance, rank, ordinal))
        return [
            Effect(architecture.id_at(ordinal), distance, ranks[rank], trails[ordinal])
            for distance, rank, ordinal in sorted(found)
        ]


class Ways(NamedTuple):
    """The elements that are reached from one, the nearest first."""

    distances: dict[int, int]
    """In links."""
    links: dict[int, int]
    """The link by which each is reached."""


def ways(architecture: Architecture, start: int, within: int | None, *, weak: bool, upstream: bool) -> Ways:
    """The elements that a change of one reaches, or that it rests on."""
    dependence = architecture.dependence(weak=weak)
    index, ends = (dependence.before, dependence.causes) if upstream else (dependence.after, dependence.effects)
    first, following = index.first, index.following
    distances, links = {start: 0}, {start: -1}
    front, step = [start], 0
    while front and (within is None or step < within):
        step += 1
        reached: list[int] = []
        for one in front:
            link = first[one]
            while link >= 0:
                other = ends[link]
                if other not in distances:
                    distances[other] = step
                    links[other] = link
                    reached.append(other)
                link = following[link]
        front = sorted(reached)
    del distances[start], links[start]
    return Ways(distances, links)


def _trails(
    architecture: Architecture, start: int, reached: Ways, *, weak: bool, upstream: bool
) -> dict[int, tuple[Step, ...]]:
    """The way to each element that is reached; each is that of the element before it, and one step."""
    links = architecture.dependence(weak=weak)
    origins = links.effects if upstream else links.causes
    ids = dict(zip((start, *reached.links), architecture.ids_at((start, *reached.links)), strict=True))
    found: dict[int, tuple[Step, ...]] = {start: ()}
    for ordinal, link in reached.links.items():  # the nearest come first
        origin = origins[link]
        forward = links.is_written_at_cause(link) is not upstream
        found[ordinal] = (*found[origin], Step(ids[origin], links.field(link), ids[ordinal], forward))
    return found


def needed_by_any(architecture: Architecture, starts: Iterable[int]) -> set[int]:
    """Some elements, and all that they rest on, however far."""
    links = architecture.dependence()
    first, following, causes = links.before.first, links.before.following, links.causes
    found = set(starts)
    waiting = list(found)
    while waiting:
        link = first[waiting.pop()]
        while link >= 0:
            other = causes[link]
            if other not in found:
                found.add(other)
                waiting.append(other)
            link = following[link]
    return found


def stopped_by(architecture: Architecture, start: int) -> set[int]:
    """The elements that cannot work without one: of something they need, nothing is left.

    An application needs one of its servers, its main facility and one of its networks; an electronic service needs
    one of its applications; data need one of the places where they are kept.
    """
    return _stopped(architecture.requirements, start)


def _stopped(requirements: Requirements, start: int) -> set[int]:
    """What stops with one: each stop takes one of those away of which something needs one."""
    left: dict[int, int] = {}
    stopped = {start}
    waiting = [start]
    while waiting:
        for number in requirements.named_in.get(waiting.pop(), ()):
            left[number] = left.get(number, requirements.sizes[number]) - 1
            one = requirements.needing[number]
            if not left[number] and one not in stopped:
                stopped.add(one)
                waiting.append(one)
    stopped.discard(start)
    return stopped


class Requirements:
    """What elements need to work, numbered: one of some others."""

    def __init__(self, architecture: Architecture) -> None:
        self.needing: list[int] = []
        """The element that has the requirement of each number."""
        self.sizes: list[int] = []
        """Of how many elements one has to work."""
        self.named_in: dict[int, list[int]] = {}
        """For an element, the requirements that it can meet."""
        for section, field, sources, targets, outward in architecture.dependence().stretches:
            if field in getattr(type_of(section).cls, "NEEDS", ()) and not outward:
                self._add(zip(sources, targets, strict=True))
            elif (section, field) == ("applications", "supports"):
                electronic = {one for one in set(targets) if _is_electronic(architecture, one)}
                self._add((end, one) for one, end in zip(sources, targets, strict=True) if end in electronic)
            elif (section, field) == ("storages", "stores"):
                self._add(zip(targets, sources, strict=True))

    def _add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """One requirement for each element that comes first in a pair: one of those that come second with it."""
        first: dict[int, int] = {}
        for one, other in dict.fromkeys(pairs):
            number = first.get(one)
            if number is None:
                number = first[one] = len(self.needing)
                self.needing.append(one)
                self.sizes.append(0)
            self.sizes[number] += 1
            self.named_in.setdefault(other, []).append(number)


def _is_electronic(architecture: Architecture, service: int) -> bool:
    return architecture.row_at(service).get("method") not in _WITHOUT_APPLICATION


def single_points_of_failure(architecture: Architecture) -> list[tuple[int, list[int]]]:
    """Infrastructure without which services stop, with these; those that stop most first."""
    services = set(architecture.ordinals("services"))
    found = []
    for section, info in types().items():
        if info.layer is Layer.INFRASTRUCTURE:
            for ordinal in architecture.ordinals(section):
                stopped = sorted(services.intersection(_stopped(architecture.requirements, ordinal)))
                if stopped:
                    found.append((ordinal, stopped))
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


# --- ways ----------------------------------------------------------------------------------------------------


def paths(architecture: Architecture, start: int, end: int, most: int) -> list[tuple[Step, ...]]:
    """The shortest ways from one element to another along links of any kind and direction, at most so many.

    They are looked for from both ends, always from the one with fewer links at hand, so that little of a large model
    is looked at.
    """
    neighbours = cache(architecture.neighbours.__getitem__)
    level = _levels(neighbours, start, end)
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, ...]] = [(start,)] if level else []
    while waiting and len(found) < most:
        way = waiting.pop()
        if way[-1] == end:
            found.append(way)
            continue
        following = {one for one in neighbours(way[-1]) if level.get(one) == len(way)}
        waiting += [(*way, one) for one in sorted(following, reverse=True)]
    return [tuple(_linked(architecture, one, other) for one, other in pairwise(way)) for way in found]


def _levels(neighbours: Callable[[int], list[int]], start: int, end: int) -> dict[int, int]:
    """The elements on shortest ways between two, with their distance from the first; none if there is no way."""
    distances: tuple[dict[int, int], dict[int, int]] = ({start: 0}, {end: 0})
    fronts = [[start], [end]]
    met = {start} & {end}
    while not met:
        side = min((0, 1), key=lambda one: sum(len(neighbours(here)) for here in fronts[one]))
        fronts[side] = _widened(neighbours, fronts[side], distances[side])
        if not fronts[side]:
            return {}
        met = distances[1 - side].keys() & fronts[side]
    length = sum(distance[min(met)] for distance in distances)
    found: dict[int, int] = {}
    for side, distance in enumerate(distances):
        front = met
        while front:
            found.update((one, length - distance[one] if side else distance[one]) for one in front)
            front = {
                other for one in front for other in neighbours(one) if distance.get(other, length) == distance[one] - 1
            }
    return found


def _widened(neighbours: Callable[[int], list[int]], front: list[int], distance: dict[int, int]) -> list[int]:
    """The elements next to those of a front that no distance is known of yet; it is noted."""
    reached = []
    for one in front:
        for other in neighbours(one):
            if other not in distance:
                distance[other] = distance[one] + 1
                reached.append(other)
    return reached


class Neighbours:
    """For each element those that a link of any kind and direction joins it with."""

    def __init__(self, architecture: Architecture) -> None:
        sources, targets = array("i"), array("i")
        for _, _, some, others in architecture.pairs():
            sources += some
            targets += others
        self._others = targets + sources
        self._index = Index(architecture.number_count, sources + targets)

    def __getitem__(self, ordinal: int) -> list[int]:
        return [self._others[place] for place in self._index[ordinal]]


def _linked(architecture: Architecture, one: int, other: int) -> Step:
    """The link between two neighbours; the first by name, if there are several."""
    for source, target, forward in ((one, other, True), (other, one, False)):
        for field in architecture.row_at(source).shape.type.links:
            if target in architecture.targets(source, field):
                return Step(architecture.id_at(one), field, architecture.id_at(other), forward)
    return Step(architecture.id_at(one), "source", architecture.id_at(other), one < other)


def chains(
    architecture: Architecture, starts: Sequence[int], ends: set[int], through: set[int]
) -> Iterator[tuple[int, ...]]:
    """Every way from the starts to the ends that goes from layer to layer, as from a process to a server."""
    lowest = max((_order(architecture, one) for one in ends), default=0)
    ahead = {down: _leading(architecture, ends, down=down) for down in (True, False)}
    for start in starts:
        yield from _walks(start, ahead[_order(architecture, start) <= lowest], ends, through)


def _order(architecture: Architecture, ordinal: int) -> int:
    return _ORDER.get(architecture.row_at(ordinal).shape.type.layer, 0)


def _leading(architecture: Architecture, ends: set[int], *, down: bool) -> Callable[[int], list[int]]:
    """Tells the neighbours in the layers ahead of an element from which a way leads to an end."""
    links = architecture.dependence()
    known: dict[int, list[int]] = {}

    def following(ordinal: int) -> list[int]:
        if ordinal not in known:
            here = _order(architecture, ordinal)
            found = {links.effects[link] for link in links.after[ordinal]}
            found.update(links.causes[link] for link in links.before[ordinal])
            orders = ((one, _order(architecture, one)) for one in found)
            ahead = [one for one, there in orders if (here < there if down else 0 < there < here)]
            known[ordinal] = sorted(one for one in ahead if one in ends or following(one))
        return known[ordinal]

    return following


def _walks(
    start: int, following: Callable[[int], list[int]], ends: set[int], through: set[int]
) -> Iterator[tuple[int, ...]]:
    waiting: list[tuple[int, ...]] = [(start,)]
    while waiting:
        way = waiting.pop()
        if way[-1] in ends and (not through or not through.isdisjoint(way)):
            yield way
        waiting += [(*way, one) for one in reversed(following(way[-1]))]


def below(architecture: Architecture, top: int, field: str) -> set[int]:
    """An element, and all of its section below it by a link field as `parent`."""
    section = architecture.row_at(top).shape.type.section
    found, waiting = {top}, [top]
    while waiting:
        for ordinal in architecture.sources(waiting.pop(), section, field):
            if ordinal not in found:
                found.add(ordinal)
                waiting.append(ordinal)
    return found


# --- the whole -----------------------------------------------------------------------------------------------


_EXCHANGE = frozenset({"reads", "writes", "data"})
"""Links to data: who reads what it writes depends on itself, and nobody would call that a circle."""


def cycles(architecture: Architecture) -> list[list[int]]:
    """Elements that depend on each other in a circle, each circle of them once (strongly connected components).

    A circle of elements is one of their types too, so only links between types in a circle are looked at.
    """
    stretches = [one for one in architecture.dependence().stretches if one.field not in _EXCHANGE]
    between: dict[str, set[str]] = {}
    for one in stretches:
        others = type_of(one.section).links[one.field].targets
        for source, target in ((one.section, other) for other in others):
            cause, effect = (source, target) if one.outward else (target, source)
            between.setdefault(cause, set()).add(effect)
    turning = [set(some) for some in _circles(between)] + [{one} for one, others in between.items() if one in others]
    adjacent: dict[int, list[int]] = {}
    for one in stretches:
        targets = type_of(one.section).links[one.field].target_set
        if any(one.section in some and not some.isdisjoint(targets) for some in turning):
            causes, effects = (one.sources, one.targets) if one.outward else (one.targets, one.sources)
            for number, other in zip(causes, effects, strict=True):
                adjacent.setdefault(number, []).append(other)
    return sorted(sorted(some) for some in _circles(adjacent))


_Node = TypeVar("_Node", int, str)


def _circles(adjacent: Mapping[_Node, Iterable[_Node]]) -> Iterator[list[_Node]]:
    """Strongly connected components of more than one (Tarjan 1972, without recursion)."""
    index: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    held: list[_Node] = []
    done: set[_Node] = set()
    for root in adjacent:
        if root in index:
            continue
        walk = [(root, iter(adjacent[root]))]
        index[root] = low[root] = len(index)
        held.append(root)
        while walk:
            here, rest = walk[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    held.append(other)
                    walk.append((other, iter(adjacent.get(other, ()))))
                    break
                if other not in done and index[other] < low[here]:
                    low[here] = index[other]
            else:
                walk.pop()
                if walk and low[here] < low[walk[-1][0]]:
                    low[walk[-1][0]] = low[here]
                if low[here] == index[here]:
                    members = [held.pop()]
                    while members[-1] != here:
                        members.append(held.pop())
                    done.update(members)
                    if len(members) > 1:
                        yield members


def components(ordinals: Iterable[int], causes: array[int], effects: array[int]) -> list[list[int]]:
    """Elements that hang together by some links, the largest group first; links to others count for nothing."""
    some = sorted(ordinals)
    leader = [-1] * (max(chain(some, causes, effects), default=-1) + 1)
    for one in some:
        leader[one] = one
    for cause, effect in zip(causes, effects, strict=True):
        one, other = leader[cause], leader[effect]
        if one == other or one < 0 or other < 0:
            continue
        while leader[one] != one:
            leader[one] = one = leader[leader[one]]
        while leader[other] != other:
            leader[other] = other = leader[leader[other]]
        if one < other:
            leader[other] = leader[effect] = one
        elif other < one:
            leader[one] = leader[cause] = other
    members: dict[int, list[int]] = {}
    for one in some:  # the leader of each group is the first of it, so that of one's leader is known already
        first = leader[one] = leader[leader[one]]
        members.setdefault(first, []).append(one)
    return sorted(members.values(), key=lambda some: (-len(some), some))


def degrees(architecture: Architecture) -> list[tuple[int, list[int]]]:
    """The elements by how many links lead from and to them, the most first; those without any are left out."""
    counts = [0] * architecture.number_count
    for _, _, sources, targets in architecture.pairs():
        for ordinal in sources:
            counts[ordinal] += 1
        for ordinal in targets:
            counts[ordinal] += 1
    found: dict[int, list[int]] = {}
    for ordinal, count in enumerate(counts):
        if count in found:
            found[count].append(ordinal)
        elif count:
            found[count] = [ordinal]
    return sorted(found.items(), reverse=True)


def way_as_text(architecture: Architecture, steps: Sequence[Step], language: str = "en") -> str:
    """A way as people read it: `a —supports→ b ←reads— c`; the arrow points as the link is written."""
    if not steps:
        return ""
    shown = [steps[0].source]
    for step in steps:
        written_at = architecture[step.source if step.forward else step.target]
        field = word_for(written_at.section, step.field, language)
        shown.append(f"—{field}→" if step.forward else f"←{field}—")
        shown.append(step.target)
    return " ".join(shown)
