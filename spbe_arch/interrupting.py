"""Long work that may be broken off: between its steps it asks whether anybody still waits for it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["NobodyWaitsError", "as_long_as", "step"]


class NobodyWaitsError(Exception):
    """What was being worked out is not wanted any more; whoever said so catches this."""


_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("wanted", default=None)


@contextmanager
def as_long_as(wanted: Callable[[], bool]) -> Iterator[None]:
    """Within the block, every step of long work in this thread asks this first."""
    token = _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.reset(token)


def step() -> None:
    """Go on with the next step of what may take long.

    Raises:
        NobodyWaitsError: if it is not wanted any more.
    """
    wanted = _wanted.get()
    if wanted is not None and not wanted():
        raise NobodyWaitsError
