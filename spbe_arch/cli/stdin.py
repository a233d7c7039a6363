"""The text on stdin: one file by itself, or what stands in place of a file of a model, as an editor has it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from spbe_arch.cli.shared import Misuse

__all__ = ["STDIN", "Typed", "typed"]

STDIN = "<stdin>"
"""What a text is called that stands in place of no file."""


class Typed(NamedTuple):
    """The text on stdin, and where it belongs."""

    root: Path
    path: str
    """From the root."""
    text: bytes


def typed(paths: tuple[str, ...], filename: str | None) -> Typed | None:
    """The text on stdin, if it is asked for.

    Raises:
        ModelNotFoundError: if the file that it stands for belongs to no repository.
    """
    if "-" not in paths and filename is None:
        return None
    if paths != ("-",):
        raise Misuse("stdin is checked alone: - is the only path then, and --stdin-filename needs it")
    from spbe_arch.loading import find_root
    from spbe_arch.nodes import Limits

    text = sys.stdin.buffer.read(Limits().bytes + 1) if sys.stdin is not None else b""
    if filename is None:
        return Typed(Path(), STDIN, text)
    path = Path(filename).absolute()
    root = find_root(next(above for above in path.parents if above.is_dir()))
    return Typed(root, Path(os.path.relpath(path, root)).as_posix(), text)
