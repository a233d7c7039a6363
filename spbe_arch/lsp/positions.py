"""Columns in code points, as the library counts them, and in the units that an editor has asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.findings import Region

__all__ = ["column_in", "column_of", "range_of"]

_BYTES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}


def column_of(row: str, units: int, encoding: str) -> int:
    """The column in code points of a place that an editor names in its units; inside a character, its beginning."""
    if encoding == "utf-32" or row.isascii():
        return min(max(units, 0), len(row))
    name, size = _BYTES[encoding]
    return len(row.encode(name, "surrogatepass")[: max(units, 0) * size].decode(name, "ignore"))


def column_in(row: str, column: int, encoding: str) -> int:
    """The column in the units of an editor."""
    if encoding == "utf-32" or row.isascii():
        return min(column, len(row))
    name, size = _BYTES[encoding]
    return len(row[:column].encode(name, "surrogatepass")) // size


def range_of(lines: Sequence[str], region: Region, encoding: str) -> lsp.Range:
    """A region as an editor counts it: lines from 0, columns in its units; what is not there ends with the text."""

    def position(line: int, column: int) -> lsp.Position:
        if line > len(lines):
            return lsp.Position(len(lines), 0)
        return lsp.Position(line - 1, column_in(lines[line - 1], column - 1, encoding))

    return lsp.Range(position(region.line, region.column), position(region.end_line, region.end_column))
