"""The door through which an architecture and a view show themselves in a notebook.

What draws stands above what is drawn, and imports point downward only. So what is drawn names here what it asks for,
and the module above is looked up when a notebook asks, which also keeps it out of every run that shows nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["show"]


def show(function: str, what: Any) -> Any:
    """What a function of `spbe_arch.notebook` makes of what shows itself."""
    return getattr(import_module("spbe_arch.notebook"), function)(what)
