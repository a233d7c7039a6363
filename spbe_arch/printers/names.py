"""The names of the files of pictures: safe on every system, and different for different views."""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["file_stem"]

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9_+-]|\.(?=[a-z0-9]))*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Devices of Windows, which open instead of a file of this name, whatever its ending."""
_LONGEST = 100
"""So that a path of Windows, 260 characters, has room for folders."""


def file_stem(name: str) -> str:
    """The name of a view as the stem of a file.

    It depends on nothing but the name, so a picture keeps its file whatever else is drawn. A name in small letters,
    digits and signs that every system takes stays as it is; any other is made so, and a digest of the name tells it
    from those that would become the same: there are disks to which `SIM` and `sim` are one name.

    >>> file_stem("chain-perizinan-usaha")
    'chain-perizinan-usaha'
    >>> file_stem("con")
    'con-1143da2b'
    """
    if _SAFE.fullmatch(name) and not _RESERVED.match(name) and len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    ascii_letters = unicodedata.normalize("NFKD", name[: 4 * _LONGEST]).encode("ascii", "ignore").decode()
    plain = re.sub(r"\.{2,}|\.$|^\.|[^A-Za-z0-9_+.-]+", "-", ascii_letters)[: _LONGEST - 9].strip("-.+_")
    return f"{plain.replace('.', '-') if _RESERVED.match(plain) else plain}-{digest}".lstrip("-")
