"""Which elements are likely the same: by name, functions, services and data, and by how much.

`words` makes comparable words of texts, `pairs` finds all pairs of names that are alike, `ties` keeps what was found
for the next time; here the signals are put together. A score is in per cent, and symmetric: only the two elements and
the tables decide it, so what else stands in a model changes no finding.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.interrupting import step
from spbe_arch.likeness.pairs import Bag, Needed, alike, shared
from spbe_arch.likeness.ties import Comparison, Likeness, Ties, Traits
from spbe_arch.likeness.words import Name, OwnWords, Vocabulary, cores, is_acronym, made_of, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

__all__ = [
    "Cluster",
    "Likeness",
    "Name",
    "OwnWords",
    "Ties",
    "Traits",
    "Vocabulary",
    "clusters",
    "compare",
    "functions_alike",
    "likely_pairs",
    "names_alike",
    "vocabulary",
]

K = TypeVar("K", bound="Hashable")

_CALLED, _ACRONYM = 95, 90
"""Per cent that a name counts as alike to one that has it as its brand, or of which it is an acronym: either may be the
name of something else too."""
_SAME_USE = 90
"""Likewise for the same services and the same data: two applications may share their work."""
_SERVICE, _DATA, _BOTH_TEXTS, _CLASS, _OWNER = 10, 5, 5, 5, 5
"""What is added to the likeness of a name or of functions where the two support a common service."""
_NEARLY, _NEARLY_FUNCTIONS = 25, 10
"""So much less than enough may a name, or may functions, be alike where other signals make up for it."""
_FUNCTIONS = 5
"""What functions that are alike have less than names: they are whole sentences."""
_LEAST_SAID = 1.5
"""What functions must share to say anything: one word is not enough."""


class Cluster(NamedTuple):
    """Elements that are alike, directly or through others between them."""

    members: list[int]
    score: int
    """Of the weakest of the ties that hold it together."""
    signals: frozenset[str]


# --- two elements --------------------------------------------------------------------------------------------


def names_alike(one: Name, other: Name, vocabulary: Vocabulary) -> int:
    """How much two names are alike, in per cent.

    >>> words = vocabulary()
    >>> names_alike(words.name("Absensi Online"), words.name("Presensi Pegawai"), words)
    100
    >>> names_alike(words.name("SIM Kepegawaian"), words.name("SIM Keuangan"), words)
    0
    """
    if one.words == other.words:
        return 100
    score = min(99, int(100 * _part(one.words, other.words, vocabulary) + 1e-6))
    if score < _CALLED and (_is_called(one, other) or _is_called(other, one)):
        return _CALLED
    if score < _ACRONYM and (_is_short_for(one, other, vocabulary) or _is_short_for(other, one, vocabulary)):
        return _ACRONYM
    return score


def _part(one: Bag, other: Bag, vocabulary: Vocabulary) -> float:
    weight = vocabulary.weight(one) + vocabulary.weight(other)
    return 2 * shared(one, other, vocabulary) / weight if weight else 0.0


def _is_called(one: Name, other: Name) -> bool:
    """Whether one has the other's whole name as its brand."""
    return one.brand != "" and other.words == {one.brand}


def _is_short_for(one: Name, other: Name, vocabulary: Vocabulary) -> bool:
    """Whether the one word of a name is an acronym of the words of the other."""
    if len(one.words) != 1:
        return False
    (word,) = one.words
    passed_over = None if vocabulary.is_known(word) else vocabulary.passed_over(other.spelled)
    return passed_over is not None and is_acronym(word, other.spelled, passed_over)


def functions_alike(one: Bag, other: Bag, vocabulary: Vocabulary) -> int:
    """How much what two applications do is alike, in per cent; one may say more of it than the other."""
    if not one or not other:
        return 0
    common = shared(one, other, vocabulary)
    if common < _LEAST_SAID:
        return 0
    weights = vocabulary.weight(one), vocabulary.weight(other)
    return int(50 * (2 * common / sum(weights) + common / min(weights)) + 1e-6)


def compare(one: Traits, other: Traits, vocabulary: Vocabulary, least: int = 85) -> Likeness:
    """How much two elements are alike and, where that is at least so many per cent, what says so."""
    name = names_alike(one.name, other.name, vocabulary)
    functions = functions_alike(one.functions, other.functions, vocabulary)
    if functions:
        functions = min(99, functions + _FUNCTIONS)
    score = max(name, functions)
    signals = {signal for signal, value in (("name", name), ("functions", functions)) if value >= least}
    if one.services and one.data and one.services == other.services and one.data == other.data:
        score = max(score, _SAME_USE)
        signals |= {"services", "data"}
    elif _is_near(name, functions, least) and not one.services.isdisjoint(other.services):
        score, signals = _supported(one, other, score, name >= functions, min(name, functions))
    return Likeness(score, frozenset(signals))


def _is_near(name: int, functions: int, least: int) -> bool:
    """Whether neither text is alike enough, and one is nearly so."""
    return least > max(name, functions) and (name >= least - _NEARLY or functions >= least - _NEARLY_FUNCTIONS)


def _supported(one: Traits, other: Traits, score: int, by_name: bool, other_text: int) -> tuple[int, set[str]]:
    """What a text that is nearly alike comes to, together with a common service and what else is common."""
    support = {
        "services": _SERVICE,
        "data": _DATA * (not one.data.isdisjoint(other.data)),
        "class": _CLASS * (one.code != "" and one.code == other.code),
        "owner": _OWNER * (one.owner is not None and one.owner == other.owner),
        "functions" if by_name else "name": _BOTH_TEXTS * (other_text >= 50),
    }
    signals = {signal for signal, value in support.items() if value} | {"name" if by_name else "functions"}
    return min(99, score + sum(support.values())), signals


# --- many elements -------------------------------------------------------------------------------------------


def likely_pairs(
    traits: Sequence[Traits], vocabulary: Vocabulary, least: int, comparison: Comparison
) -> Iterator[tuple[int, int]]:
    """Pairs among which are all that are alike, but for those that equal another pair in what makes it alike.

    Elements of which a signal sees the same stand for each other, so as to hold each cluster together.

    Args:
        traits: each differs from the others.
        vocabulary: the words of their names.
        least: per cent.
        comparison: of these; it knows pairs from the last time.
    """
    yield from _by_name([one.name for one in traits], vocabulary, least, comparison)
    yield from _by_functions(traits, vocabulary, least, comparison)
    yield from _by_use(traits)
    yield from _by_service(traits, vocabulary, least)


def _numbered(keys: Iterable[K]) -> dict[K, list[int]]:
    found: dict[K, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        found[key].append(number)
    return found


def _each_with_first(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    return ((numbers[0], number) for numbers in groups for number in numbers[1:])


def _by_name(
    names: list[Name], vocabulary: Vocabulary, least: int, comparison: Comparison
) -> Iterator[tuple[int, int]]:
    """Pairs by names: equal words, words alike, a brand, an acronym."""
    by_words = _numbered(name.words for name in names)
    yield from _each_with_first(by_words.values())
    yield from comparison.alike("names", by_words, attrgetter("name.words"), Needed(least / 100))
    first_of_words = {words: numbers[:1] for words, numbers in by_words.items()}
    if least <= _CALLED:
        yield from _by_brand(names, first_of_words)
    if least <= _ACRONYM:
        yield from _by_acronym(names, first_of_words, vocabulary)


def _by_brand(names: list[Name], by_words: dict[Bag, list[int]]) -> Iterator[tuple[int, int]]:
    for number, name in enumerate(names):
        called = by_words.get(frozenset([name.brand]), ()) if name.brand else ()
        yield from ((one, number) for one in called)


def _by_acronym(names: list[Name], by_words: dict[Bag, list[int]], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    short: dict[str, list[int]] = defaultdict(list)
    for words, numbers in by_words.items():
        if len(words) == 1:
            (word,) = words
            for core in () if vocabulary.is_known(word) else cores(word):
                short[core] += numbers
    wanted = set(short)
    beginnings = {core[:end] for core in wanted for end in range(1, len(core) + 1)}
    for number, name in enumerate(names):
        passed_over = vocabulary.passed_over(name.spelled) if wanted else None
        if passed_over is not None:
            for core in made_of(name.spelled, wanted, passed_over, beginnings):
                yield from ((one, number) for one in short[core])


def _by_functions(
    traits: Sequence[Traits], vocabulary: Vocabulary, least: int, comparison: Comparison
) -> Iterator[tuple[int, int]]:
    """Pairs by functions; what is added to their likeness, and that one may say more, is allowed for."""
    by_functions: dict[Bag, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if vocabulary.weight(one.functions) >= _LEAST_SAID:
            by_functions[one.functions].append(number)
    yield from _each_with_first(by_functions.values())
    yield from comparison.alike("functions", by_functions, attrgetter("functions"), _of_functions(least))


def _of_functions(least: int) -> Needed:
    """What functions that are alike by so many per cent have in common; what is added to it is allowed for."""
    return Needed(max(0.01, (least - _FUNCTIONS) / 100), of_smaller=True)


def _by_use(traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    by_use: dict[tuple[Bag, Bag], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.services and one.data:
            by_use[one.services, one.data].append(number)
    return _each_with_first(by_use.values())


def _by_service(traits: Sequence[Traits], vocabulary: Vocabulary, least: int) -> Iterator[tuple[int, int]]:
    """Pairs with a common service whose names or functions are nearly alike: all of them, for other signals decide."""
    by_service: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        for service in one.services:
            by_service[service].append(number)
    for sharing in by_service.values():
        if len(sharing) > 1:
            yield from _nearly(
                sharing,
                lambda number: traits[number].name.words,
                Needed(max(0.01, (least - _NEARLY) / 100)),
                vocabulary,
            )
            if least > _ACRONYM:
                called = _called([traits[number].name for number in sharing], vocabulary)
                yield from ((sharing[one], sharing[other]) for one, other in called)
            needed = _of_functions(least - _NEARLY_FUNCTIONS)
            speaking = [number for number in sharing if traits[number].functions]
            yield from _nearly(speaking, lambda number: traits[number].functions, needed, vocabulary)


def _called(names: list[Name], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """All pairs of which one is the brand or an acronym of the other."""
    by_words = _numbered(name.words for name in names)
    yield from _by_brand(names, by_words)
    yield from _by_acronym(names, by_words, vocabulary)


def _nearly(
    numbers: list[int], bag_of: Callable[[int], Bag], needed: Needed, vocabulary: Vocabulary
) -> Iterator[tuple[int, int]]:
    by_bag: dict[Bag, list[int]] = defaultdict(list)
    for number in numbers:
        by_bag[bag_of(number)].append(number)
    bags = list(by_bag)
    for one, other in alike(bags, needed, vocabulary):
        yield from ((a, b) for a in by_bag[bags[one]] for b in by_bag[bags[other]])


def clusters(
    traits: Sequence[Traits], vocabulary: Vocabulary, least: int = 85, ties: Ties | None = None
) -> list[Cluster]:
    """The elements that are alike by at least so many per cent.

    What is alike without any doubt is one; round the one that most are alike to, all of these are a cluster, and so on
    with the rest. So no long row of elements is a cluster of which the ends have nothing in common; yet every element
    that is alike to another is in a cluster. Members are in order, and clusters in the order of their first members.

    Args:
        traits: of the elements.
        vocabulary: the words of their names.
        least: per cent.
        ties: what was found the last time, of nearly the same elements; it saves work and changes nothing.
    """
    equal = _numbered(traits)
    distinct = list(equal)
    members = list(equal.values())
    comparison = Comparison(distinct, vocabulary, least, Ties() if ties is None else ties)
    compared = {}
    for one, other in {(min(pair), max(pair)) for pair in likely_pairs(distinct, vocabulary, least, comparison)}:
        step()
        known = comparison.known(one, other)
        compared[one, other] = known or compare(distinct[one], distinct[other], vocabulary, least)
    comparison.keep(compared)
    tied_pairs = {pair: likeness for pair, likeness in compared.items() if likeness.score >= least}
    tied = {number for pair in tied_pairs for number in pair}
    found = []
    for number, equals in enumerate(members):
        if len(equals) > 1 and number not in tied:
            found.append(Cluster(equals, *compare(distinct[number], distinct[number], vocabulary, least)))
    for group, likeness in _gathered({number: len(members[number]) for number in sorted(tied)}, tied_pairs):
        found.append(Cluster(sorted(number for one in group for number in members[one]), *likeness))
    return sorted(found, key=lambda cluster: cluster.members)


def _gathered(counts: dict[int, int], ties: dict[tuple[int, int], Likeness]) -> Iterator[tuple[list[int], Likeness]]:
    """Groups of numbers that ties hold together, with the weakest of the scores and all the signals.

    Args:
        counts: the numbers, each with how many elements it stands for.
        ties: between two of them.
    """
    leader = _one_for_all(counts, [pair for pair, likeness in ties.items() if likeness.score == 100])
    sizes: dict[int, int] = defaultdict(int)
    nearby: dict[int, set[int]] = defaultdict(set)
    for number, first in leader.items():
        sizes[first] += counts[number]
    for one, other in ties:
        if leader[one] != leader[other]:
            nearby[leader[one]].add(leader[other])
            nearby[leader[other]].add(leader[one])
    centre = _centres(sizes, nearby)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, first in leader.items():
        groups[centre[first]].append(number)
    held: dict[int, list[Likeness]] = defaultdict(list)
    for (one, other), likeness in ties.items():
        if centre[leader[one]] == centre[leader[other]]:
            held[centre[leader[one]]].append(likeness)
    for first, group in groups.items():
        score = min(likeness.score for likeness in held[first])
        yield group, Likeness(score, frozenset().union(*(likeness.signals for likeness in held[first])))


def _one_for_all(numbers: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each number the smallest of those that the pairs lead to from it."""
    leader = {number: number for number in numbers}

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for one, other in pairs:
        first, second = sorted((lead(one), lead(other)))
        leader[second] = first
    return {number: lead(number) for number in leader}


def _centres(sizes: dict[int, int], nearby: dict[int, set[int]]) -> dict[int, int]:
    """For each number that round which it is gathered: itself, one beside it, or one beside that."""

    def crowd(number: int) -> int:
        return sizes[number] + sum(sizes[other] for other in nearby.get(number, ()))

    centre: dict[int, int] = {}
    alone = []
    for number in sorted(sizes, key=lambda number: (-crowd(number), number)):
        if number in centre:
            continue
        around = [other for other in nearby.get(number, ()) if other not in centre]
        if around or not nearby.get(number):
            centre.update(dict.fromkeys((number, *around), number))
        else:
            alone.append(number)
    for number in alone:
        centre[number] = centre[min(nearby[number])]
    return centre
