"""All pairs of bags of words that are alike, exactly: no pair is lost, and nothing is compared with everything.

A bag is put in the order of how rare its words are. Two bags can only be alike if what they may share from their
first common word on weighs enough, so of most bags only the rarest words are looked up (prefix and position filter:
Chaudhuri, Ganti, Kaushik 2006; Xiao, Wang, Lin, Yu, PPJoin, 2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.likeness.words import is_one_slip_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spbe_arch.likeness.words import Vocabulary

__all__ = ["Bag", "Needed", "alike", "shared", "weigh"]

Bag = frozenset[str]
_SLIP = 0.95
"""What a word counts that is spelled otherwise by one slip."""
_SMALL = 1e-9
"""Sums of weights differ by less, whatever the order they are added in."""


def weigh(bag: Bag, vocabulary: Vocabulary) -> float:
    """What words weigh together."""
    light = vocabulary.weights
    if light.keys().isdisjoint(bag):
        return float(len(bag))
    total = 0.0
    for word in bag:
        total += light.get(word, 1.0)
    return round(total, 6)


def shared(one: Bag, other: Bag, vocabulary: Vocabulary) -> float:
    """What two bags have in common weighs so much; proper names may differ by a slip."""
    found = weigh(one & other, vocabulary)
    left = [word for word in one - other if vocabulary.is_open_to_slips(word)]
    right = [word for word in other - one if vocabulary.is_open_to_slips(word)] if left else []
    if right:
        left, right = sorted((sorted(left), sorted(right)))
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
    slips = _slips(filter(vocabulary.is_open_to_slips, frozenset().union(*bags)))
    weights = [weigh(bag, vocabulary) for bag in bags]
    ordered = _ordered(bags, _kin(slips), vocabulary)
    held: _Held = {}
    for number in sorted(range(len(bags)), key=weights.__getitem__):
        bag, weight = bags[number], weights[number]
        slippery = sum(map(slips.__contains__, bag)) if slips else 0
        for other, enough in _candidates(ordered[number], held, slips, weight, needed).items():
            common = bag & bags[other]
            if len(common) + slippery < enough:  # no word weighs more than 1
                continue
            if (shared(bag, bags[other], vocabulary) if slippery else weigh(common, vocabulary)) >= enough:
                yield (other, number) if other < number else (number, other)
        for word, rest in ordered[number]:
            if rest < needed.least * weight - _SMALL:  # what bags that come later, and weigh as much or more, ask for
                break
            held.setdefault(word, {}).setdefault(weight, {}).setdefault(rest, []).append(number)


_Held = dict[str, dict[float, dict[float, list[int]]]]
"""Bags by a word, then by what they weigh as a whole, then by what they weigh from that word on."""


def _candidates(
    ordered: list[tuple[str, float]], held: _Held, slips: dict[str, set[str]], weight: float, needed: Needed
) -> dict[int, float]:
    """The bags that may be alike to one, of those that are held, each with what it must share with it."""
    found: dict[int, float] = {}
    least = needed.of_larger * weight - _SMALL
    wanted: dict[float, float] = {}
    for word, rest in ordered:
        if rest < least:
            break
        for near in (word, *slips[word]) if word in slips else (word,):
            for other_weight, by_rest in held[near].items() if near in held else ():
                enough = wanted.get(other_weight)
                if enough is None:
                    enough = wanted[other_weight] = needed.between(weight, other_weight)
                if rest >= enough:
                    for other_rest, others in by_rest.items():
                        if other_rest >= enough:
                            found.update(dict.fromkeys(others, enough))
    return found


def _ordered(bags: Sequence[Bag], kin: dict[str, str], vocabulary: Vocabulary) -> list[list[tuple[str, float]]]:
    """Of each bag its words, the rarest first, each with what it and those behind it weigh.

    Words that slips lead from one to the other stand together and count as one, so that of two bags with a word that is
    spelled in two ways, both have it in the same place.
    """
    often: dict[str, int] = {}
    for word, count in Counter(word for bag in bags for word in bag).items():
        first = kin.get(word, word)
        often[first] = max(count, often.get(first, 0))
    light = vocabulary.weights
    found = []

    def place(word: str) -> tuple[int, str, str]:
        first = kin.get(word, word)
        return often[first], first, word

    for bag in bags:
        order = sorted(bag, key=place, reverse=True)
        ordered: list[tuple[str, float]] = []
        rest = 0.0
        for word in order:
            rest = round(rest + light.get(word, 1.0), 6)
            ordered.append((word, rest))
        if not kin.keys().isdisjoint(bag):
            weighs: dict[str, float] = {kin.get(word, word): rest for word, rest in ordered}
            ordered = [(word, weighs[kin.get(word, word)]) for word, _ in ordered]
        found.append(ordered[::-1])
    return found


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
    by_remainder: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for remainder in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            by_remainder[remainder].append(word)
    found: dict[str, set[str]] = defaultdict(set)
    for near in by_remainder.values():
        for one, other in combinations(near, 2):
            if is_one_slip_away(one, other):
                found[one].add(other)
                found[other].add(one)
    return dict(found)
