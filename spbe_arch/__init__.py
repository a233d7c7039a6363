"""The architecture of a government, kept as text in git, checked like code, drawn like a document.

from spbe_arch import check, load

architecture = load("models/kab-bekasi")
for finding in check(architecture):
    print(finding.code, finding.place.element)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import check
    from spbe_arch.loader import load_texts
    from spbe_arch.loading import load
    from spbe_arch.rendering import render

__version__ = "0.1.0"
__all__ = ["Architecture", "check", "load", "load_texts", "render"]

_HOMES = {
    "Architecture": "spbe_arch.architecture",
    "check": "spbe_arch.checking",
    "load": "spbe_arch.loading",
    "load_texts": "spbe_arch.loader",
    "render": "spbe_arch.rendering",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `spbe --version` needs none of it."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'spbe_arch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
