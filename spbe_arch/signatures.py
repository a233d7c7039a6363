"""What kind of file some bytes are that are no text, by what every file of that kind begins with."""

from __future__ import annotations

from spbe_arch.findings import english

__all__ = ["kind_by_signature"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IN_ZIP = (
    (b"xl/workbook.", english("an Excel workbook")),
    (b"word/document.", english("a Word document")),
    (b"application/vnd.oasis.opendocument", english("an OpenDocument file")),
)
"""What stands unpacked in a ZIP archive of a kind: the names of its parts, or its type (OpenDocument 1.3)."""
_BEGINNINGS = (
    (b"\x89PNG", english("a picture (PNG)")),
    (b"\xff\xd8\xff", english("a picture (JPEG)")),
    (b"%PDF-", english("a PDF document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", english("an old Office document (XLS, DOC)")),
    (b"\x1f\x8b\x08", english("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", english("a 7-Zip archive")),
    (b"Rar!\x1a\x07", english("a RAR archive")),
    (b"SQLite format 3\0", english("an SQLite database")),
)


def kind_by_signature(data: bytes) -> str | None:
    """The kind of a file that is no text, in English words to be translated; None if its beginning tells none."""
    if data.startswith(_ZIP):
        return next((kind for mark, kind in _IN_ZIP if mark in data), english("a ZIP archive"))
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)
