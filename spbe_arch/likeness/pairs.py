"""All pairs of bags of words that are alike, exactly: no pair is lost, and nothing is compared with everything.

A bag is put in the order of how rare its words are. Two bags can only be alike if what they may share from their
first common word on weighs enough, so of most bags only the rarest words are looked up (prefix and position filter:
Chaudhuri, Ganti, Kaushik 2006; Xiao, Wang, Lin, Yu, PPJoin, 2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spbe_arch.likeness.words import is_one_slip_away, may_be_misspelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spbe_arch.likeness.words import Vocabulary

__all__ = ["Bag", "alike", "shared", "weigh"]

Bag = frozenset[str]
_SLIP = 0.95
"""What a word counts that is spelled otherwise by one slip."""
_SMALL = 1e-9
"""Sums of weights differ by less, whatever the order they are added in."""


def weigh(bag: Iterable[str], vocabulary: Vocabulary) -> float:
    """What words weigh together."""
    light = vocabulary.weights
    total = 0.0
    for word in bag:
        total += light[word] if word in light else 1.0
    return round(total, 6)


def shared(one: Bag, other: Bag, vocabulary: Vocabulary) -> float:
    """What two bags have in common weighs so much; proper names may differ by a slip."""
    found = weigh(one & other, vocabulary)
    left, right = sorted((sorted(one - other), sorted(other - one)))
    for word in left:
        if may_be_misspelt(word) and not vocabulary.is_known(word):
            near = next((w for w in right if _is_slip(word, w, vocabulary)), None)
            if near is not None:
                right.remove(near)
                found += _SLIP
    return found


def _is_slip(word: str, other: str, vocabulary: Vocabulary) -> bool:
    return may_be_misspelt(other) and is_one_slip_away(word, other) and not vocabulary.is_known(other)


def alike(bags: Sequence[Bag], least: float, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """The numbers of the bags that share at least a part of what they weigh (twice the shared, by the sum).

    Args:
        bags: each differs from the others.
        least: the part, above 0, up to 1.
        vocabulary: says what words weigh and which are known.
    """
    kin = _kin({word for bag in bags for word in bag}, vocabulary)
    misspelt = frozenset(kin)
    weights = [weigh(bag, vocabulary) for bag in bags]
    ordered = _ordered(bags, kin, vocabulary)
    held: dict[str, dict[tuple[float, float], list[int]]] = {}
    for number in sorted(range(len(bags)), key=weights.__getitem__):
        bag, weight = bags[number], weights[number]
        is_plain = misspelt.isdisjoint(bag)
        for other in _candidates(ordered[number], held, weight, least):
            other_bag = bags[other]
            common = weigh(bag & other_bag, vocabulary) if is_plain else shared(bag, other_bag, vocabulary)
            if 2 * common >= least * (weight + weights[other]) - _SMALL:
                yield (other, number) if other < number else (number, other)
        for word, rest in ordered[number]:
            if rest < least * weight - _SMALL:  # bags that come later weigh as much or more
                break
            held.setdefault(word, {}).setdefault((weight, rest), []).append(number)


def _candidates(
    ordered: list[tuple[str, float]],
    held: dict[str, dict[tuple[float, float], list[int]]],
    weight: float,
    least: float,
) -> set[int]:
    """The bags that may be alike to one, of those that are held."""
    found: set[int] = set()
    for word, rest in ordered:
        if rest < least / (2 - least) * weight - _SMALL:
            break
        for (other_weight, other_rest), others in held.get(word, _NOTHING).items():
            needed = least / 2 * (weight + other_weight) - _SMALL
            if rest >= needed and other_rest >= needed:
                found.update(others)
    return found


_NOTHING: dict[tuple[float, float], list[int]] = {}


def _ordered(bags: Sequence[Bag], kin: dict[str, str], vocabulary: Vocabulary) -> list[list[tuple[str, float]]]:
    """Of each bag its words, the rarest first, each with what it and those behind it weigh; words of one kin are one."""
    often = Counter(kin.get(word, word) for bag in bags for word in bag)
    found = []
    for bag in bags:
        by_kin: dict[str, float] = defaultdict(float)
        for word in bag:
            by_kin[kin.get(word, word)] += vocabulary.weights.get(word, 1.0)
        rest = 0.0
        ordered = []
        for word in sorted(by_kin, key=lambda word: (often[word], word), reverse=True):
            rest = round(rest + by_kin[word], 6)
            ordered.append((word, rest))
        found.append(ordered[::-1])
    return found


def _kin(words: set[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Proper names that one slip, or several in a row, lead from one to the other: each with one of them."""
    leader: dict[str, str] = {}

    def lead(word: str) -> str:
        while leader.get(word, word) != word:
            leader[word] = word = leader.get(leader[word], leader[word])
        return word

    for one, other in _slips(word for word in words if may_be_misspelt(word) and not vocabulary.is_known(word)):
        leader[lead(one)] = lead(other)
    return {word: lead(word) for word in leader}


def _slips(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words that are one slip apart, and some that are not: they are equal when a letter of each is left out.

    Of the words that share such a remainder, each is paired with the first only: that is enough to make them kin.
    """
    first: dict[str, str] = {}
    for word in words:
        for remainder in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            other = first.setdefault(remainder, word)
            if other != word:
                yield other, word
