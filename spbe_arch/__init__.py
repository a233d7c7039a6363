"""The architecture of a government, kept as text in git, checked like code, drawn like a document.

from spbe_arch import check, load

architecture = load("models/kab-bekasi")
print(check(architecture))
"""

import sys

# `python -m spbe_arch` puts the current folder first on the path, where a `yaml.py` beside a model would be run in
# place of ours. Nothing may be imported before these lines, not even from __future__. Where this package itself comes
# from the current folder, as in a checkout, the folder stays.
_run_as_module = sys.argv[:1] == ["-m"] and "spbe_arch" in sys.orig_argv and not sys.flags.safe_path
if _run_as_module and not __path__[0].startswith(sys.path[0]):
    del sys.path[0]

TYPE_CHECKING = False  # type checkers know the name; `typing` takes a moment to import

if TYPE_CHECKING:
    from typing import Any

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import check
    from spbe_arch.comparing import compare
    from spbe_arch.drafting import edit
    from spbe_arch.exporting import to_pandas
    from spbe_arch.loader import load_texts
    from spbe_arch.loading import load
    from spbe_arch.measuring import measure
    from spbe_arch.messages import tell
    from spbe_arch.planning import gap_report
    from spbe_arch.querying import query
    from spbe_arch.rendering import render
    from spbe_arch.supposing import what_if
    from spbe_arch.views import make_view

__version__ = "0.1.0"
__all__ = [
    "Architecture",
    "check",
    "compare",
    "edit",
    "gap_report",
    "load",
    "load_texts",
    "make_view",
    "measure",
    "query",
    "render",
    "tell",
    "to_pandas",
    "what_if",
]

_HOMES = {
    "Architecture": "spbe_arch.architecture",
    "check": "spbe_arch.checking",
    "compare": "spbe_arch.comparing",
    "edit": "spbe_arch.drafting",
    "gap_report": "spbe_arch.planning",
    "load": "spbe_arch.loading",
    "load_texts": "spbe_arch.loader",
    "make_view": "spbe_arch.views",
    "measure": "spbe_arch.measuring",
    "query": "spbe_arch.querying",
    "render": "spbe_arch.rendering",
    "tell": "spbe_arch.messages",
    "to_pandas": "spbe_arch.exporting",
    "what_if": "spbe_arch.supposing",
}


def __getattr__(name: str) -> "Any":
    """Import what is asked for when it is asked for: `spbe --version` needs none of it."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'spbe_arch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
