"""Expected findings that stand on the lines of a model, as in `kepla: x  # expect: SPBE103`.

Where a comment cannot stand on the line itself, `# expect below: SPBE143` speaks for the next one.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Expected", "expected_below", "expected_in"]

Expected = tuple[str, int, str]
"""Path, line and code of a finding."""

_COMMENT = re.compile(r"# expect( below)?: (SPBE\d{3}(?:, SPBE\d{3})*)")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def expected_below(folder: Path) -> Counter[Expected]:
    """What the files of a folder say will be found in them, by paths from that folder."""
    found: Counter[Expected] = Counter()
    for path in sorted(folder.rglob("*.y*ml")):
        found.update(expected_in(path.relative_to(folder).as_posix(), path.read_bytes()))
    return found


def expected_in(path: str, data: bytes) -> Iterator[Expected]:
    """What one file says, in whatever encoding it is."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1"
    for number, line in enumerate(_LINE_BREAK.split(data.decode(encoding)), 1):
        match = _COMMENT.search(line)
        if match is not None:
            meant = number + 1 if match[1] else number
            yield from ((path, meant, code) for code in match[2].split(", "))
