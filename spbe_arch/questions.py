"""Questions about how elements hang together, answered on numbers; `Architecture` asks them in the field's words.

*Dependence* is the relation of `Architecture.dependents`: a service depends on the applications that serve it, an
application on its server. *Layer order* is business, services, data, application, infrastructure.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.findings import english
from spbe_arch.metamodel import Layer, types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture

__all__ = [
    "Effect",
    "Step",
    "Strength",
    "below",
    "chains",
    "components",
    "cycles",
    "degrees",
    "impact",
    "paths",
    "single_points_of_failure",
    "stopped_by",
    "way_as_text",
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
    ways = _ways(architecture, start, within, weak=weak, upstream=upstream)
    strong = ways if not weak else _ways(architecture, start, within, weak=False, upstream=upstream)
    stopped = set() if upstream else stopped_by(architecture, start)
    found = []
    for ordinal, (distance, _) in ways.items():
        strength = Strength.STOPS if ordinal in stopped else Strength.WEAKENED
        if ordinal not in strong:
            strength = Strength.CONCERNED
        found.append((distance, list(Strength).index(strength), ordinal, strength))
    trails = _trails(architecture, start, ways)
    return [
        Effect(architecture.id_at(ordinal), distance, strength, trails[ordinal])
        for distance, _, ordinal, strength in sorted(found)
    ]


_Ways = dict[int, tuple[int, tuple[int, str] | None]]
"""Elements reached, with the distance, and the element before with the field of the link."""


def _ways(architecture: Architecture, start: int, within: int | None, *, weak: bool, upstream: bool) -> _Ways:
    adjacent = architecture.dependence(weak=weak)[1 if upstream else 0]
    found: _Ways = {start: (0, None)}
    front, step = [start], 0
    while front and (within is None or step < within):
        step += 1
        reached: list[int] = []
        for one in front:
            for other, field in adjacent.get(one, ()):
                if other not in found:
                    found[other] = (step, (one, field))
                    reached.append(other)
        front = sorted(reached)
    del found[start]
    return found


def _trails(architecture: Architecture, start: int, ways: _Ways) -> dict[int, tuple[Step, ...]]:
    """The way to each element that is reached; each is that of the element before it, and one step."""
    found: dict[int, tuple[Step, ...]] = {start: ()}
    for ordinal, (_, before) in ways.items():  # the nearest come first
        assert before is not None  # noqa: S101 - only the start has none, and it is not among the ways
        one, field = before
        found[ordinal] = (*found[one], _step(architecture, one, ordinal, field))
    return found


def _step(architecture: Architecture, one: int, other: int, field: str) -> Step:
    return Step(
        architecture.id_at(one), field, architecture.id_at(other), _is_written_at(architecture, one, other, field)
    )


def _is_written_at(architecture: Architecture, one: int, other: int, field: str) -> bool:
    """Whether a link between two elements is written at the first; it is looked for where fewer are written."""
    values = architecture.row_at(one).get(field), architecture.row_at(other).get(field)
    if values[0] is None or values[1] is None:
        return values[0] is not None
    if _count(values[0]) <= _count(values[1]):
        return other in architecture.targets(one, field)
    return one not in architecture.targets(other, field)


def _count(value: Any) -> int:
    return len(value) if isinstance(value, tuple) and not hasattr(value, "to") else 1


def stopped_by(architecture: Architecture, start: int) -> set[int]:
    """The elements that cannot work without one: of something they need, nothing is left.

    An application needs one of its servers, its main facility and one of its networks; an electronic service needs
    one of its applications; data need one of the places where they are kept.
    """
    stopped = {start}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other, _ in architecture.dependents(one):
            if other not in stopped and _cannot_work(architecture, other, one, stopped):
                stopped.add(other)
                waiting.append(other)
    stopped.discard(start)
    return stopped


def _cannot_work(architecture: Architecture, ordinal: int, cause: int, stopped: set[int]) -> bool:
    element: Any = architecture.at_ordinal(ordinal)
    return any(cause in needed and stopped.issuperset(needed) for needed in _needs(element))


def _needs(element: Any) -> Iterator[set[int]]:
    """Sets of elements of which one has to work."""
    if element.section == "services":
        if element.method not in _WITHOUT_APPLICATION:
            yield {one.ordinal for one in element.supported_by}
    elif element.section == "data":
        yield {one.ordinal for one in element.stored_on}
    if hasattr(element, "needs"):
        for _, targets in element.needs():
            yield {one.ordinal for one in targets}


def single_points_of_failure(architecture: Architecture) -> list[tuple[int, list[int]]]:
    """Applications and infrastructure without which services stop, with these; those that stop most first.

    What only carries one thing to one other is found once: the nearest to the service is not repeated for each
    element behind it unless that one stops more.
    """
    found = []
    for section, info in types().items():
        if info.layer is Layer.INFRASTRUCTURE:
            for ordinal in architecture.ordinals(section):
                stopped = sorted(
                    one
                    for one in stopped_by(architecture, ordinal)
                    if architecture.row_at(one).shape.type.section == "services"
                )
                if stopped:
                    found.append((ordinal, stopped))
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


# --- ways ----------------------------------------------------------------------------------------------------


def paths(architecture: Architecture, start: int, end: int, most: int) -> list[tuple[Step, ...]]:
    """The shortest ways from one element to another along links of any kind and direction, at most so many."""
    neighbours = _neighbours(architecture)
    before: dict[int, list[int]] = {start: []}
    distance = {start: 0}
    front = [start]
    while front and end not in before:
        reached: list[int] = []
        for one in front:
            for other in neighbours.get(one, ()):
                if other not in distance:
                    distance[other] = distance[one] + 1
                    before[other] = []
                    reached.append(other)
                if distance[other] == distance[one] + 1:
                    before[other].append(one)
        front = sorted(reached)
    if end not in before:
        return []
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, ...]] = [(end,)]
    while waiting and len(found) < most:
        way = waiting.pop()
        if way[0] == start:
            found.append(way)
        else:
            waiting += [(one, *way) for one in sorted(set(before[way[0]]), reverse=True)]
    return [tuple(_linked(architecture, one, other) for one, other in pairwise(way)) for way in found]


def _neighbours(architecture: Architecture) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for _, _, sources, targets in architecture.pairs():
        for source, target in zip(sources, targets, strict=True):
            found[source].append(target)
            found[target].append(source)
    return found


def _linked(architecture: Architecture, one: int, other: int) -> Step:
    """The link between two neighbours; the first by name, if there are several."""
    for source, target, forward in ((one, other, True), (other, one, False)):
        for field in architecture.row_at(source).shape.type.links:
            if target in architecture.targets(source, field):
                return Step(architecture.id_at(one), field, architecture.id_at(other), forward)
    return Step(architecture.id_at(one), "source", architecture.id_at(other), one < other)


def chains(
    architecture: Architecture, starts: Iterable[int], ends: set[int], through: set[int]
) -> Iterator[tuple[int, ...]]:
    """Every way from the starts to the ends that goes from layer to layer, as from a process to a server."""
    layers = {section: _ORDER.get(info.layer, 0) for section, info in types().items()}

    def order(ordinal: int) -> int:
        return layers[architecture.row_at(ordinal).shape.type.section]

    after, before = architecture.dependence(weak=False)
    for start in starts:
        down = sorted(ends) and order(start) <= max(map(order, ends))
        waiting: list[tuple[int, ...]] = [(start,)]
        while waiting:
            way = waiting.pop()
            here = way[-1]
            if here in ends and (not through or not through.isdisjoint(way)):
                yield way
            linked = {one for one, _ in (*after.get(here, ()), *before.get(here, ()))}
            following = [
                one for one in linked if order(one) and (order(one) > order(here) if down else order(one) < order(here))
            ]
            waiting += [(*way, one) for one in sorted(following, reverse=True)]


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
    """Elements that depend on each other in a circle, each circle of them once (strongly connected components)."""
    adjacent = {
        one: [(other, field) for other, field in linked if field not in _EXCHANGE]
        for one, linked in architecture.dependence(weak=False)[0].items()
    }
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    held: list[int] = []
    is_held: set[int] = set()
    found: list[list[int]] = []
    for root in sorted(adjacent):
        if root in index:
            continue
        walk: list[tuple[int, Iterator[tuple[int, str]]]] = []
        _enter(root, index, low, held, is_held)
        walk.append((root, iter(adjacent.get(root, ()))))
        while walk:
            here, rest = walk[-1]
            for other, _ in rest:
                if other not in index:
                    _enter(other, index, low, held, is_held)
                    walk.append((other, iter(adjacent.get(other, ()))))
                    break
                if other in is_held:
                    low[here] = min(low[here], index[other])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[here])
                if low[here] == index[here]:
                    found += _released(here, held, is_held)
    return sorted(found)


def _enter(one: int, index: dict[int, int], low: dict[int, int], held: list[int], is_held: set[int]) -> None:
    index[one] = low[one] = len(index)
    held.append(one)
    is_held.add(one)


def _released(root: int, held: list[int], is_held: set[int]) -> list[list[int]]:
    members: list[int] = []
    while not members or members[-1] != root:
        members.append(held.pop())
        is_held.discard(members[-1])
    return [sorted(members)] if len(members) > 1 else []


def components(ordinals: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Elements that hang together by some links, the largest group first."""
    leader = {one: one for one in ordinals}

    def lead(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs:
        if one in leader and other in leader:
            first, second = sorted((lead(one), lead(other)))
            leader[second] = first
    members: dict[int, list[int]] = defaultdict(list)
    for one in leader:
        members[lead(one)].append(one)
    return sorted((sorted(some) for some in members.values()), key=lambda some: (-len(some), some))


def degrees(architecture: Architecture) -> Counter[int]:
    """How many links lead from and to each element."""
    found: Counter[int] = Counter()
    for _, _, sources, targets in architecture.pairs():
        found.update(sources)
        found.update(targets)
    return found


def way_as_text(steps: Sequence[Step]) -> str:
    """A way as people read it: `a —supports→ b ←reads— c`; the arrow points as the link is written."""
    if not steps:
        return ""
    shown = [steps[0].source]
    for step in steps:
        shown.append(f"—{step.field}→" if step.forward else f"←{step.field}—")
        shown.append(step.target)
    return " ".join(shown)
