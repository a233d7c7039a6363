"""The garbage collector, held while many small objects are made that stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collector_held"]


@contextmanager
def collector_held() -> Iterator[None]:
    """Building many small objects makes the garbage collector walk them again and again, and finds nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
