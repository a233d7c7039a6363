"""All pairs of bags of words that are alike, exactly: no pair is lost, and nothing is compared with everything.

A bag is put in the order of how rare its words are. Two bags can only be alike if what they may share from their
first common word on weighs enough, so of most bags only the rarest words are looked up (prefix and position filter:
Chaudhuri, Ganti, Kaushik 2006; Xiao, Wang, Lin, Yu, PPJoin, 2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.interrupting import step
from spbe_arch.likeness.words import Bag, is_one_slip_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.likeness.words import Vocabulary

__all__ = ["Bag", "Needed", "alike", "alike_to_few", "shared"]

_SLIP = 0.95
"""What a word counts that is spelled otherwise by one slip."""
_SMALL = 1e-9
"""Sums of weights differ by less, whatever the order they are added in."""


def shared(one: Bag, other: Bag, vocabulary: Vocabulary) -> float:
    """What two bags have in common weighs so much; proper names may differ by a slip."""
    found = vocabulary.weigh(one & other)
    only_one = vocabulary.open_to_slips(one) - other
    only_other = vocabulary.open_to_slips(other) - one if only_one else only_one
    if only_other:
        left, right = sorted((sorted(only_one), sorted(only_other)))
        for word in left:
            near = next((one for one in right if is_one_slip_away(word, one)), None)
            if near is not None:
                right.remove(near)
                found += _SLIP
    return found


class Needed(NamedTuple):
    """What two bags must share to be alike: a part of both, or of both and of the smaller one."""

    least: float
    """Above 0, up to 1."""
    of_smaller: bool = False
    """Whether it is the mean of the part of both and the part of the smaller that counts."""

    def between(self, weight: float, other: float) -> float:
        """What bags of these weights must share."""
        if self.of_smaller:
            return 2 * self.least / (2 / (weight + other) + 1 / min(weight, other)) - _SMALL
        return self.least / 2 * (weight + other) - _SMALL

    @property
    def of_larger(self) -> float:
        """The part of a bag that it shares at least with one that weighs as much or less."""
        if self.of_smaller:
            return max(0.0, (2 * self.least - 1) / (3 - 2 * self.least))
        return self.least / (2 - self.least)


def alike(bags: Sequence[Bag], needed: Needed, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """The numbers of the bags that are alike.

    Args:
        bags: each differs from the others, and none is empty.
        needed: how much two of them must share.
        vocabulary: says what words weigh and which are known.
    """
    index = _Index(bags, needed, vocabulary)
    for number in index.by_weight():
        step()
        bag, slippery = bags[number], index.slippery(number)
        for other, enough in index.candidates(number).items():
            of_both = shared(bag, bags[other], vocabulary) if slippery else vocabulary.weigh(bag & bags[other])
            if of_both >= enough:
                yield (other, number) if other < number else (number, other)
        index.hold(number)


def alike_to_few(
    few: Sequence[Bag], bags: Sequence[Bag], needed: Needed, vocabulary: Vocabulary
) -> Iterator[tuple[int, int]]:
    """The numbers of the bags that are alike, one of a few and one of many; equal bags are alike, too.

    Every one of the many is looked at once. It can only be alike to those of the few with which it has as many words in
    common as there must be, for no word weighs more than 1.
    """
    having: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(few):
        for word in bag:
            having[word].append(number)
    wanted = dict(having)
    of_few = frozenset().union(*map(vocabulary.open_to_slips, few))
    of_many = frozenset().union(*map(vocabulary.open_to_slips, bags)) if of_few else of_few
    for word, near in _slips_to(of_few, of_many).items():
        wanted[word] = [*having.get(word, ()), *(number for one in near for number in having[one])]
    weights = [vocabulary.weight(bag) for bag in few]
    words = wanted.keys()
    for other, bag in enumerate(bags):
        step()
        if not words.isdisjoint(bag):
            weight = vocabulary.weight(bag)
            common = Counter([number for word in bag if word in wanted for number in wanted[word]])
            for number, count in common.items():
                enough = needed.between(weights[number], weight)
                if count >= enough and shared(few[number], bag, vocabulary) >= enough:
                    yield number, other


_MARKED = 120
"""The words most often used, of which a number says at once how many two bags have in common."""


class _Index:
    """Bags by their rarest words; those that weigh less are held before those that weigh more."""

    def __init__(self, bags: Sequence[Bag], needed: Needed, vocabulary: Vocabulary) -> None:
        self._bags = bags
        self._needed = needed
        self._weights = [vocabulary.weight(bag) for bag in bags]
        self._lightest = vocabulary.lightest
        self._slips = _slips(frozenset().union(*map(vocabulary.open_to_slips, bags)))
        often = Counter(word for bag in bags for word in bag)
        self._order = _Order(often, _kin(self._slips), vocabulary)
        marks = {word: 1 << bit for bit, (word, _) in enumerate(often.most_common(_MARKED))}
        self._marks = [sum([marks[word] for word in bag if word in marks]) for bag in bags]
        self._held: dict[str, dict[float, dict[float, list[int]]]] = {}
        """Bags by a word, then by what they weigh as a whole, then by what they weigh from that word on."""

    def by_weight(self) -> Iterator[int]:
        """The numbers of the bags, the lightest first, without those that nothing else can be alike to."""
        weights, needed, lightest = self._weights, self._needed, self._lightest
        for number in sorted(range(len(weights)), key=weights.__getitem__):
            weight = weights[number]
            # The likest of all has one more word, or one that is spelled otherwise.
            if needed.between(weight, weight + lightest) <= weight or self.slippery(number):
                yield number

    def slippery(self, number: int) -> int:
        """How many of the words of a bag may be a slip away from one of another."""
        return sum(map(self._slips.__contains__, self._bags[number])) if self._slips else 0

    def hold(self, number: int) -> None:
        """Let a bag be found by those that weigh as much or more."""
        weight = self._weights[number]
        for word, rest in self._order.of(self._bags[number]):
            if rest < self._needed.least * weight - _SMALL:
                break
            self._held.setdefault(word, {}).setdefault(weight, {}).setdefault(rest, []).append(number)

    def candidates(self, number: int) -> dict[int, float]:
        """The bags that may be alike to one, of those that are held, each with what it must share with it."""
        weight, needed, slips = self._weights[number], self._needed, self._slips
        marks, own = self._marks, self._marks[number]
        unmarked = len(self._bags[number]) - own.bit_count() + self.slippery(number)
        found: dict[int, float] = {}
        least = needed.of_larger * weight - _SMALL
        wanted: dict[float, float] = {}
        for word, rest in self._order.of(self._bags[number]):
            if rest < least:
                break
            for near in (word, *slips[word]) if word in slips else (word,):
                for other_weight, by_rest in self._held[near].items() if near in self._held else ():
                    enough = wanted.get(other_weight)
                    if enough is None:
                        enough = wanted[other_weight] = needed.between(weight, other_weight)
                    if rest < enough:
                        continue
                    in_marks = enough - unmarked  # no word weighs more than 1
                    for other_rest, others in by_rest.items():
                        if other_rest >= enough:
                            for other in others:
                                if (own & marks[other]).bit_count() >= in_marks:
                                    found[other] = enough
        return found


class _Order:
    """The order that bags are looked through in: the rarest words first.

    Words that slips lead from one to the other stand together and count as one, so that of two bags with a word that is
    spelled in two ways, both have it in the same place.
    """

    def __init__(self, often: Mapping[str, int], kin: dict[str, str], vocabulary: Vocabulary) -> None:
        self._kin = kin
        self._light = vocabulary.weights
        self._often = {**often}
        for word, first in kin.items():
            self._often[first] = max(self._often[word], self._often[first])
        self._last: tuple[Bag, list[tuple[str, float]]] = (frozenset(), [])

    def of(self, bag: Bag) -> list[tuple[str, float]]:
        """The words of a bag, the rarest first, each with what it and those behind it weigh."""
        if self._last[0] is not bag:
            self._last = bag, self._ordered(bag)
        return self._last[1]

    def _ordered(self, bag: Bag) -> list[tuple[str, float]]:
        ordered: list[tuple[str, float]] = []
        rest = 0.0
        for word in sorted(bag, key=self._place, reverse=True):
            rest = round(rest + self._light.get(word, 1.0), 6)
            ordered.append((word, rest))
        kin = self._kin
        if not kin.keys().isdisjoint(bag):
            weighs = {kin.get(word, word): rest for word, rest in ordered}
            ordered = [(word, weighs[kin.get(word, word)]) for word, _ in ordered]
        return ordered[::-1]

    def _place(self, word: str) -> tuple[int, str, str]:
        first = self._kin.get(word, word)
        return self._often[first], first, word


def _kin(slips: dict[str, set[str]]) -> dict[str, str]:
    """For each word that a slip leads to or from, the first of those that slips, one after the other, lead to."""
    kin: dict[str, str] = {}
    for first in sorted(slips):
        waiting = [] if first in kin else [first]
        while waiting:
            word = waiting.pop()
            if word not in kin:
                kin[word] = first
                waiting += slips[word]
    return kin


def _slips(words: Iterable[str]) -> dict[str, set[str]]:
    """The words that have others one slip away, with these: they are equal when a letter of each is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for near in _by_remainder(words).values():
        for one, other in combinations(near, 2):
            if is_one_slip_away(one, other):
                found[one].add(other)
                found[other].add(one)
    return dict(found)


def _slips_to(few: Iterable[str], words: Iterable[str]) -> dict[str, list[str]]:
    """The words that are one slip away from others, of which there are a few, with these."""
    by_remainder = _by_remainder(few)
    found: dict[str, list[str]] = {}
    for word in words if by_remainder else ():
        near = {one for remainder in by_remainder.keys() & _remainders(word) for one in by_remainder[remainder]}
        if near:
            found[word] = [one for one in near if one != word and is_one_slip_away(one, word)]
    return found


def _by_remainder(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for remainder in _remainders(word):
            found[remainder].append(word)
    return found


def _remainders(word: str) -> set[str]:
    """A word, and what is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
