"""YAML → nodes and comments that remember where they stand.

`read` takes texts that use only the plainest YAML line by line, all others by the events of the C parser.
"""

from __future__ import annotations

from spbe_arch.nodes.events import read_events, superfluous
from spbe_arch.nodes.kinds import (
    BLANK,
    LONGEST_KEY,
    Broken,
    Comment,
    Document,
    Limits,
    Mapping,
    Node,
    Scalar,
    Sequence,
    plain,
    region,
)
from spbe_arch.nodes.lines import read_lines
from spbe_arch.nodes.texts import is_clean, opened

__all__ = [
    "BLANK",
    "LONGEST_KEY",
    "Broken",
    "Comment",
    "Document",
    "Limits",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "is_clean",
    "opened",
    "plain",
    "read",
    "region",
    "superfluous",
]


def read(path: str, text: str | bytes, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """Read one text into positioned nodes; every fault of it is in the result, and nothing raises.

    Args:
        path: what findings call the text; it is not opened.
        text: the text, or its bytes.
        limits: bounds on size, depth, number and expansion.
    """
    document = opened(path, text, limits)
    if document.complete:
        document.root = read_lines(document.text, limits)
        if document.root is None:
            read_events(document, limits)
    return document
