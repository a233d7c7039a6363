"""What a check said of states in git, kept in the user's cache folder: the same files say the same on the same day."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from spbe_arch.checking import check
from spbe_arch.config import packages_of
from spbe_arch.findings import Finding, Level
from spbe_arch.packing import UnusablePackError, fault_of, plain_fault
from spbe_arch.remembering import LastingMemory
from spbe_arch.rules import all_rules

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache

__all__ = ["Verdicts"]

_NAME = "verdicts"
_MOST = 20
"""States whose findings are kept; those that were asked for last."""


class Verdicts:
    """Checks states of one repository, each once a day.

    Args:
        cache: of the repository; None if nothing is kept.
        day: the day on which it is asked; rules about time may go by it.
        workers: processes that run rules, as `check` takes them.
    """

    def __init__(self, cache: Cache | None, day: datetime.date, *, workers: int = 1) -> None:
        self._cache = cache
        self._day = day
        self._workers = workers
        self._memory: LastingMemory | None = None
        self._last: tuple[bytes, list[Finding]] = (b"", [])
        """What was unpacked last; two states mostly say the same."""

    @cached_property
    def _kept(self) -> dict[bytes, bytes]:
        """What was kept, by state and day: a line for each, so that only those asked for need be unpacked."""
        lines = (self._cache.record(_NAME) or b"").splitlines() if self._cache is not None else []
        return {key: told for key, _, told in (line.partition(b"\t") for line in lines)}

    def of(self, architecture: Architecture, files: str) -> Sequence[Finding]:
        """The findings of a state.

        Args:
            architecture: the state.
            files: stands for all its files; empty if nobody knows.
        """
        if self._cache is None or not architecture.is_cached:
            return check(architecture, workers=self._workers)
        is_of_ours = files != "" and not packages_of(architecture.manifest)  # what others install is not among them
        key = f"{files} {self._day}".encode()
        known = self._unpacked(self._kept.get(key, b"")) if is_of_ours else None
        if known is not None:
            return known
        if self._memory is None:
            self._memory = LastingMemory(self._cache)
        found = check(architecture, workers=self._workers, memory=self._memory)
        if is_of_ours:
            self._keep(self._cache, key, found)
        return found

    def _unpacked(self, told: bytes) -> Sequence[Finding] | None:
        """The findings that stand in a line; None if there are none in it."""
        if not told or told != self._last[0]:
            found = _findings(told)
            if found is None:
                return None
            self._last = (told, found)
        return self._last[1]

    def _keep(self, cache: Cache, key: bytes, found: Sequence[Finding]) -> None:
        try:
            told = _plain(found)
        except UnusablePackError:  # a value that nobody knows how to keep
            return
        if _plain(_findings(told) or ()) != told:  # as with an agency's own rules, which are declared in its files
            return
        others = [(name, one) for name, one in self._kept.items() if name != key]
        self._kept = dict([*others, (key, told)][-_MOST:])
        cache.keep_record(_NAME, b"\n".join(b"\t".join(one) for one in self._kept.items()))


def _plain(found: Sequence[Finding]) -> bytes:
    return json.dumps([[one.level.value, plain_fault(one.fault)] for one in found]).encode()


def _findings(told: bytes) -> list[Finding] | None:
    """The findings that some bytes stand for; None if they stand for none."""
    try:
        plain = json.loads(told) if told else None
        if not isinstance(plain, list):
            return None
        all_rules()  # a finding is of a rule that is known by now
        return [Finding(fault_of(fault), Level(level)) for level, fault in plain]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
