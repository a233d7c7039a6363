"""Where in unchanged texts the places of findings are, as earlier runs found them, so that no text is read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.cache import digest_of
from spbe_arch.findings import Region

if TYPE_CHECKING:
    from spbe_arch.cache import Cache
    from spbe_arch.findings import Place

__all__ = ["Regions"]

_RECORD = "places"
_MOST = 50_000
"""Places that are kept; a check that shows more finds the others again."""


class Regions:
    """The regions of places by their texts; what is new in a run is kept for the next.

    Args:
        cache: where they are kept.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._known: dict[tuple[Any, ...], Region] | None = None
        self._used: dict[tuple[Any, ...], Region] = {}
        self._digests: dict[bytes, str] = {}
        self._is_new = False

    def at(self, text: bytes, place: Place) -> Region | None:
        """The region of a place of this text; None if it is not known."""
        if self._known is None:
            self._known = self._kept()
        key = self._key(text, place)
        region = self._known.get(key)
        if region is not None:
            self._used[key] = region
        return region

    def note(self, text: bytes, place: Place, region: Region) -> None:
        """Remember the region of a place of this text."""
        self._used[self._key(text, place)] = region
        self._is_new = True

    def keep(self) -> None:
        """Write down what is known now, the places of this run before those of others."""
        if not self._is_new:
            return
        together = {**self._used, **(self._known or {})}
        self._cache.keep_plain(_RECORD, [[*key, *region] for key, region in together.items()][:_MOST])
        self._known, self._is_new = together, False

    def _key(self, text: bytes, place: Place) -> tuple[Any, ...]:
        digest = self._digests.get(text)
        if digest is None:
            digest = self._digests[text] = digest_of(text)
        return (digest, *place[2:])

    def _kept(self) -> dict[tuple[Any, ...], Region]:
        try:
            return {tuple(one[:-4]): _region(one[-4:]) for one in self._cache.plain(_RECORD) or ()}
        except (ValueError, LookupError, TypeError):
            return {}


def _region(numbers: list[Any]) -> Region:
    if set(map(type, numbers)) != {int} or min(numbers) < 1:
        raise ValueError("a region is none")
    return Region(*numbers)
