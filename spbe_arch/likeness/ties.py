"""What is compared, and what came of it: after a change, only what is new is compared with the rest.

How much two elements are alike rests on these two and on the tables alone. So of the elements that were there before,
all that was found is still true, and an element that is new is compared with the others by itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from spbe_arch.likeness.pairs import Bag, alike, alike_to_few
from spbe_arch.likeness.words import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spbe_arch.likeness.pairs import Needed
    from spbe_arch.likeness.words import Vocabulary

__all__ = ["Comparison", "Likeness", "Ties", "Traits"]

_WORTH_KEEPING = 200
"""Elements that differ; fewer are compared in no time."""
_WORTH_PACKING = 100
"""One element in so many must be new before ties are packed again; until then, those are compared each time."""
_MANY = 20
"""Where one in so many bags is new, all are compared with all again."""


SIGNALS = frozenset(["name", "functions", "services", "data", "class", "owner"])
"""What may say that two elements are alike."""


class Traits(NamedTuple):
    """What of an element is compared."""

    name: Name
    functions: Bag = frozenset()
    services: Bag = frozenset()
    data: Bag = frozenset()
    owner: str | None = None
    code: str = ""
    """The reference code, where it is one of the agency's own: the national classes hold nearly everything."""


class Likeness(NamedTuple):
    """How much two elements are alike, in per cent, and what says so."""

    score: int
    signals: frozenset[str]


class _Found(NamedTuple):
    """What a comparison found; elements are told by the places of their traits."""

    about: str
    """Stands for what it rests on besides the traits."""
    traits: Sequence[Traits]
    """Each differs from the others."""
    alike: dict[str, list[tuple[int, int]]]
    """Pairs whose names, or functions, are alike; each stands for all that have the same."""
    likenesses: dict[tuple[int, int], Likeness]
    """Of all pairs that were compared."""


_NOTHING = _Found("", (), {}, {})


Alone: TypeAlias = "Callable[[int, Callable[[int], Traits]], tuple[Traits, bool]]"
"""What has the traits of a member made, told by its place in the group, and says whether they rest on it alone."""


class Ties:
    """What the last comparison of the elements of a group found, and what was compared of each member.

    Args:
        packed: where the comparison is to be had as bytes, if it is wanted at all.
        places: for each member the place of its traits in that; -1 where it is not known or may not last.
    """

    def __init__(self, packed: Callable[[], bytes] = bytes, places: Sequence[int] = ()) -> None:
        self._packed = packed
        self._places = places
        self._in_packed = _NOTHING
        """What `packed` returns, once somebody has looked."""
        self._found: _Found | None = None
        self._new = 0
        """How many elements were not known yet when it was packed."""
        self._members: list[Traits | None] | None = None
        """The traits of the members, in place of `places`; None where they may not last."""
        self._known: Sequence[Traits | None] = ()
        """Traits of members of this comparison from the last one."""
        self._alone: Alone | None = None

    def again(self, places: Sequence[int], alone: Alone) -> Ties:
        """The same for the next comparison, which leaves these as they are.

        Args:
            places: for each member of then its place among the members of now; -1 for one that may not be the same.
            alone: has traits made.
        """
        ties = Ties(self._packed)
        ties._found, ties._in_packed, ties._new = self.found(), self._in_packed, self._new
        members = self._traits_of_members()
        ties._known = [members[place] if 0 <= place < len(members) else None for place in places]
        ties._alone = alone
        return ties

    def found(self) -> _Found:
        """The last comparison; an empty one if there was none."""
        if self._found is None:
            self._found = self._in_packed = _unpacked(self._packed())
        return self._found

    def keep(self, found: _Found, new: int) -> None:
        """Put another comparison in place of the last, in which so many elements are new."""
        self._found = found
        self._new += new

    def of_each(self, count: int, places: Iterable[int], make: Callable[[int], Traits]) -> list[Traits]:
        """The traits of members of the group: made where they are not known from the last time.

        Args:
            count: of all members.
            places: of those that are wanted.
            make: the traits of the member in a place.
        """
        members = self._members = [None] * count
        found = []
        for place in places:
            traits = self._known[place] if place < len(self._known) else None
            lasts = True
            if traits is None:
                traits, lasts = (make(place), False) if self._alone is None else self._alone(place, make)
            found.append(traits)
            members[place] = traits if lasts else None
        return found

    def to_bytes(self) -> bytes:
        """What `packed` is to return in another process; as it was, as long as it lacks only a few elements."""
        if self._found is None or self._is_packed():
            return self._packed()
        return _packed(self._found) if self._found.traits else b""

    def places(self) -> Sequence[int]:
        """What goes with the bytes: for each member the place of its traits in them, or -1."""
        if self._members is None:
            return self._places
        traits = (self._in_packed if self._is_packed() else self.found()).traits
        place_of = {one: place for place, one in enumerate(traits)}
        return [-1 if one is None else place_of.get(one, -1) for one in self._members] if place_of else ()

    def _is_packed(self) -> bool:
        """Whether what is packed lacks only a few elements."""
        return len(self._packed()) > 0 and self._new * _WORTH_PACKING < len(self.found().traits)

    def _traits_of_members(self) -> Sequence[Traits | None]:
        if self._members is not None:
            return self._members
        traits = self.found().traits
        return [traits[place] if 0 <= place < len(traits) else None for place in self._places]

    def __reduce__(self) -> tuple[Callable[[bytes, Sequence[int]], Ties], tuple[bytes, Sequence[int]]]:
        return _of_bytes, (self.to_bytes(), self.places())


def _of_bytes(data: bytes, places: Sequence[int]) -> Ties:
    return Ties(lambda: data, places)


class Comparison:
    """Elements that are compared, and what is known of them from the last time.

    Args:
        traits: each differs from the others.
        vocabulary: the words of their names.
        least: per cent, from which on elements count as alike.
        ties: of the last time; what is found now takes their place.
    """

    def __init__(self, traits: Sequence[Traits], vocabulary: Vocabulary, least: int, ties: Ties) -> None:
        self._vocabulary = vocabulary
        self._ties = ties
        about = f"{least} {vocabulary.about}"
        before = ties.found() if len(traits) >= _WORTH_KEEPING else _NOTHING
        self._before = before if before.about == about else _NOTHING
        self._found = _Found(about, traits, {}, {})
        places = {one: place for place, one in enumerate(self._before.traits)}
        self._then = [places.get(one, -1) for one in traits] if places else [-1] * len(traits)

    def alike(
        self, what: str, having: Mapping[Bag, Sequence[int]], bag_of: Callable[[Traits], Bag], needed: Needed
    ) -> list[tuple[int, int]]:
        """The pairs of bags that are alike, each bag told by the first element that has it.

        Args:
            what: is compared.
            having: the elements by their bags.
            bag_of: an element.
            needed: how much two bags must share.
        """
        bags = list(having)
        firsts = [numbers[0] for numbers in having.values()]
        place_of = {bag: place for place, bag in enumerate(bags)}
        before = [place_of.get(bag_of(one), -1) for one in self._before.traits]
        seen = {*before}
        fresh = [place for place in range(len(bags)) if place not in seen]
        if len(fresh) * _MANY > len(bags):
            found = list(alike(bags, needed, self._vocabulary))
        else:
            still = ((before[one], before[other]) for one, other in self._before.alike.get(what, ()))
            found = [pair for pair in still if -1 not in pair]
            found += self._of_fresh(bags, fresh, needed)
        pairs = self._found.alike[what] = [(firsts[one], firsts[other]) for one, other in found]
        return pairs

    def _of_fresh(self, bags: list[Bag], fresh: list[int], needed: Needed) -> list[tuple[int, int]]:
        few = [bags[place] for place in fresh]
        pairs = ((fresh[one], other) for one, other in alike_to_few(few, bags, needed, self._vocabulary))
        return list({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})

    def known(self, one: int, other: int) -> Likeness | None:
        """What two elements came to before; None if that is not known."""
        return self._before.likenesses.get((self._then[one], self._then[other]))

    def keep(self, likenesses: dict[tuple[int, int], Likeness]) -> None:
        """Keep what was found for the next time."""
        if len(self._found.traits) >= _WORTH_KEEPING:
            new = len(self._found.traits) if self._before is _NOTHING else self._then.count(-1)
            self._ties.keep(self._found._replace(likenesses=likenesses), new)


# --- as bytes ------------------------------------------------------------------------------------------------


def _packed(found: _Found) -> bytes:
    """A comparison as bytes: each text once, and numbers in place of texts."""
    numbers: dict[str | None, int] = {}

    def number(text: str | None) -> int:
        return numbers.setdefault(text, len(numbers))

    def column(texts: Iterable[Iterable[str]]) -> list[list[int]]:
        return [[number(text) for text in some] for some in texts]

    kinds: dict[Likeness, int] = {}
    plain = {
        "about": found.about,
        "words": column(one.name.words for one in found.traits),
        "brands": [number(one.name.brand) for one in found.traits],
        "spelled": column(one.name.spelled for one in found.traits),
        "functions": column(one.functions for one in found.traits),
        "services": column(one.services for one in found.traits),
        "data": column(one.data for one in found.traits),
        "owners": [number(one.owner) for one in found.traits],
        "codes": [number(one.code) for one in found.traits],
        "alike": {what: list(zip(*pairs, strict=True)) or [(), ()] for what, pairs in found.alike.items()},
        "pairs": list(zip(*found.likenesses, strict=True)) or [(), ()],
        "likeness_of": [kinds.setdefault(one, len(kinds)) for one in found.likenesses.values()],
        "likenesses": [(one.score, sorted(one.signals)) for one in kinds],
        "texts": list(numbers),
    }
    return json.dumps(plain, separators=(",", ":")).encode()


def _unpacked(data: bytes) -> _Found:
    """The comparison that some bytes hold; an empty one if they hold none."""
    if not data:
        return _NOTHING
    try:
        plain = json.loads(data)
        texts = plain["texts"]
        if not {type(text) for text in texts} <= {str, type(None)}:
            return _NOTHING
        text = texts.__getitem__
        names = map(
            Name,
            [frozenset(map(text, some)) for some in plain["words"]],
            map(text, plain["brands"]),
            [tuple(map(text, some)) for some in plain["spelled"]],
        )
        bags = [[frozenset(map(text, some)) for some in plain[name]] for name in ("functions", "services", "data")]
        traits = list(map(Traits, names, *bags, map(text, plain["owners"]), map(text, plain["codes"])))
        kinds = [_likeness(score, signals) for score, signals in plain["likenesses"]]
        return _Found(
            plain["about"],
            traits,
            {what: _pairs(both, len(traits)) for what, both in plain["alike"].items()},
            dict(zip(_pairs(plain["pairs"], len(traits)), map(kinds.__getitem__, plain["likeness_of"]), strict=True)),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _NOTHING


def _pairs(both: Sequence[Sequence[int]], count: int) -> list[tuple[int, int]]:
    """Pairs of the places of so many elements."""
    ones, others = both
    if any(type(place) is not int or not 0 <= place < count for some in (ones, others) for place in some):
        raise ValueError("a place is none")
    return list(zip(ones, others, strict=True))


def _likeness(score: int, signals: list[str]) -> Likeness:
    if type(score) is not int or not 0 <= score <= 100 or not {*signals} <= SIGNALS:
        raise ValueError("a likeness is none")
    return Likeness(score, frozenset(signals))
