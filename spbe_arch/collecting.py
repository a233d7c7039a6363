"""The garbage collector, held while many small objects are made that stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collector_held"]

_CHANGING = Lock()
_holding = 0
_was_on = False


@contextmanager
def collector_held() -> Iterator[None]:
    """Building many small objects makes the garbage collector walk them again and again, and finds nothing."""
    global _holding, _was_on  # there is one collector, whichever threads hold it
    with _CHANGING:
        if not _holding:
            _was_on = gc.isenabled()
            gc.disable()
        _holding += 1
    try:
        yield
    finally:
        with _CHANGING:
            _holding -= 1
            if not _holding and _was_on:
                gc.enable()
