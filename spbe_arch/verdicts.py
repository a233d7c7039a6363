"""What a check said of states in git, kept in the user's cache folder: the same files say the same on the same day."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

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

    @cached_property
    def _kept(self) -> dict[str, Any]:
        """What was kept, by state and day."""
        known = self._cache.plain(_NAME) if self._cache is not None else None
        return known if isinstance(known, dict) else {}

    def of(self, architecture: Architecture, files: str) -> Sequence[Finding]:
        """The findings of a state.

        Args:
            architecture: the state.
            files: stands for all its files; empty if nobody knows.
        """
        if self._cache is None or not architecture.is_cached:
            return check(architecture, workers=self._workers)
        is_of_ours = files != "" and not packages_of(architecture.manifest)  # what others install is not among them
        key = f"{files} {self._day}"
        known = _findings(self._kept.get(key)) if is_of_ours else None
        if known is not None:
            return known
        if self._memory is None:
            self._memory = LastingMemory(self._cache)
        found = check(architecture, workers=self._workers, memory=self._memory)
        if is_of_ours:
            self._keep(self._cache, key, found)
        return found

    def _keep(self, cache: Cache, key: str, found: Sequence[Finding]) -> None:
        try:
            plain = _plain(found)
        except UnusablePackError:  # a value that nobody knows how to keep
            return
        if _plain(_findings(plain) or ()) != plain:  # as with an agency's own rules, which are declared in its files
            return
        others = [(name, one) for name, one in self._kept.items() if name != key]
        self._kept = dict([*others, (key, plain)][-_MOST:])
        cache.keep_plain(_NAME, self._kept)


def _plain(found: Sequence[Finding]) -> list[Any]:
    return [[one.level.value, plain_fault(one.fault)] for one in found]


def _findings(plain: Any) -> list[Finding] | None:
    """The findings that some plain values stand for; None if they stand for none."""
    if not isinstance(plain, list):
        return None
    all_rules()  # a finding is of a rule that is known by now
    try:
        return [Finding(fault_of(fault), Level(level)) for level, fault in plain]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
