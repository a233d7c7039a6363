"""What callers in Python may write in more than one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["several"]


def several(given: str | Iterable[str]) -> tuple[str, ...]:
    """One text or several as several; a text alone is never taken for its letters."""
    return (given,) if isinstance(given, str) else tuple(given)
