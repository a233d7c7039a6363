"""What depends on what, as flat arrays of numbers: an element is its ordinal, a link its place in the arrays.

A hundred thousand elements ask these arrays in milliseconds. An index by element takes some hundredths of a second, and
is made once for each direction, when a question first goes that way. It is two flat lists, since as many small ones
would have the garbage collector look through the whole model while they are made.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Dependence", "Index", "Stretch"]


class Index:
    """For each element the places where it stands among the ends of links, in order, as chains in two flat lists."""

    __slots__ = ("first", "following")

    def __init__(self, count: int, ends: array[int]) -> None:
        self.first = [-1] * count
        """The first place of each element; -1 if there is none."""
        self.following = [-1] * len(ends)
        """The next place of the same element, for each place."""
        first, following = self.first, self.following
        place = len(ends)
        for end in reversed(ends):
            place -= 1
            following[place] = first[end]
            first[end] = place

    def __getitem__(self, end: int) -> list[int]:
        found = []
        place = self.first[end]
        while place >= 0:
            found.append(place)
            place = self.following[place]
        return found


class Stretch(NamedTuple):
    """The links of one field of one section."""

    section: str
    field: str
    sources: array[int]
    """The elements that carry the links."""
    targets: array[int]
    outward: bool
    """Whether the targets depend on the sources; if not, it is the other way."""


class Dependence:
    """Links as causes and effects: what happens to a cause reaches its effects."""

    def __init__(self, count: int, stretches: Iterable[Stretch]) -> None:
        self._count = count
        self.stretches = tuple(stretches)
        self.causes = array("i")
        """The cause of each link."""
        self.effects = array("i")
        """The effect of each link."""
        self._ends: list[int] = []
        for one in self.stretches:
            causes, effects = (one.sources, one.targets) if one.outward else (one.targets, one.sources)
            self.causes += causes
            self.effects += effects
            self._ends.append(len(self.causes))

    @cached_property
    def after(self) -> Index:
        """For each element the links of which it is the cause."""
        return Index(self._count, self.causes)

    @cached_property
    def before(self) -> Index:
        """For each element the links of which it is the effect."""
        return Index(self._count, self.effects)

    def field(self, link: int) -> str:
        """The field that a link is written in."""
        return self._stretch(link).field

    def is_written_at_cause(self, link: int) -> bool:
        """Whether a link is written at its cause; if not, at its effect."""
        return self._stretch(link).outward

    def _stretch(self, link: int) -> Stretch:
        return self.stretches[bisect_right(self._ends, link)]
