"""The numbers of elements after some came or went, for hundreds of thousands at once.

Where few elements came or went, all numbers from a bound on have moved by the same. An array of numbers is then taken
as one large integer, each of them in 32 bits of it, so that adding and comparing pass over them in machine code.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Renumbering"]

_FEW = 16
"""Bounds up to which to pass over all numbers for each costs less than to look up each number."""
_TOP = 1 << 31
"""The highest of 32 bits; numbers of elements do not reach it."""


class Renumbering:
    """What became of numbers.

    Args:
        now: the numbers of today by those that there were, -1 for what has gone; what is left keeps its order for the
            most part.
    """

    def __init__(self, now: Sequence[int]) -> None:
        self.now = now
        self._steps = list(_steps(now))

    def of(self, numbers: array[int]) -> array[int]:
        """Those of today; none of them may have gone."""
        if len(self._steps) > _FEW or numbers.itemsize * 8 != _TOP.bit_length():
            return array("i", map(self.now.__getitem__, numbers))
        before = _as_one(numbers)
        ones = _as_one(array("i", [1]) * len(numbers))
        after = before
        for bound, by in self._steps:
            reach_it = (before + ones * (_TOP - bound)) >> _TOP.bit_length() - 1 & ones
            after += reach_it * by
        found = array("i")
        found.frombytes(after.to_bytes(len(numbers) * numbers.itemsize, sys.byteorder))
        return found


def _as_one(numbers: array[int]) -> int:
    return int.from_bytes(numbers.tobytes(), sys.byteorder)


def _steps(now: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The numbers from which on others are moved by more, or less, than before; and by how much."""
    moved = 0
    for number, other in enumerate(now):
        if other - number != moved and other >= 0:
            yield number, other - number - moved
            moved = other - number
