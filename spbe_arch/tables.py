"""Rows and columns → text for a terminal, CSV, JSON, Markdown: how lists and answers are printed."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any

from spbe_arch.cards import value_in_words
from spbe_arch.findings import english
from spbe_arch.messages import translate
from spbe_arch.metamodel import type_of
from spbe_arch.metamodel.values import BoolKind, ChoiceKind
from spbe_arch.paths import TypesKind, word_for
from spbe_arch.printing import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spbe_arch.metamodel.values import Kind
    from spbe_arch.querying import Answer

__all__ = [
    "FORMATS",
    "FOR_PEOPLE",
    "answer_in_words",
    "heads_in_words",
    "in_lines",
    "print_table",
    "section_in_words",
    "shown",
]

_WIDEST = 60
"""Columns of a terminal that one cell takes at most."""
_BETWEEN = "  "


def in_lines(said: str, margin: str = "", further: str = "  ") -> list[str]:
    """A line, or several where it is too long for a terminal of 80 columns; no id is parted.

    Args:
        said: the text.
        margin: what stands before it.
        further: what the further lines are indented besides.
    """
    below = " " * len(margin) + further
    return textwrap.wrap(
        said, 79, initial_indent=margin, subsequent_indent=below, break_long_words=False, break_on_hyphens=False
    )


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], output_format: str = "text", *, width: int | None = None
) -> str:
    """A table in a format; every text appears literally in it.

    Args:
        columns: the names of the columns.
        rows: cells: a text, a number, a truth value, None for nothing, or a tuple of these.
        output_format: one of `FORMATS`.
        width: of the terminal, in columns; text is cut to it. None: nothing is cut.
    """
    found = [tuple(row) for row in rows]
    if output_format == "text":
        return _text(columns, found, width)
    return _PRINTERS[output_format](columns, found)


def answer_in_words(answer: Answer, language: str) -> tuple[Sequence[str], Sequence[tuple[Any, ...]]]:
    """The columns and rows of an answer in a language; a column that somebody named keeps its name."""
    if language == "en":
        return answer.columns, answer.rows
    columns = list(zip(*answer.rows, strict=True))
    for number, kinds in enumerate(answer.kinds):
        say = _wording(kinds, language)
        if say is not None and columns:
            columns[number] = tuple(
                tuple(map(say, cell)) if type(cell) is tuple else say(cell) for cell in columns[number]
            )
    heads = answer.columns if answer.is_named else heads_in_words(answer.columns, language)
    return heads, list(zip(*columns, strict=True))


def _wording(kinds: Sequence[Kind], language: str) -> Callable[[Any], Any] | None:
    """What says a value of some kinds in a language; None if it is said as it is written."""
    if any(isinstance(kind, TypesKind) for kind in kinds):
        return lambda value: section_in_words(value, language)
    chosen = [kind for kind in kinds if isinstance(kind, (ChoiceKind, BoolKind))]
    if not chosen:
        return None
    return lambda value: None if value is None else value_in_words(chosen[0], value, language)


def section_in_words(section: str, language: str) -> str:
    """The name of a section as the source has it."""
    return type_of(section).indonesian if language == "id" else section


_HEADS = {
    "distance": english("distance"),
    "strength": english("strength"),
    "links": english("links"),
    "path": english("way"),
}
"""Heads of columns that are no names of the format."""


def heads_in_words(columns: Sequence[str], language: str) -> tuple[str, ...]:
    """The heads of columns in a language."""
    if language == "en":
        return tuple(columns)
    return tuple(
        translate(_HEADS[name], language) if name in _HEADS else word_for("units", name, language) for name in columns
    )


def _text(columns: Sequence[str], rows: list[tuple[Any, ...]], width: int | None) -> str:
    most = _WIDEST if width is not None else 10_000
    cells = [[_cut(printable(shown(cell), 10_000), most) for cell in row] for row in rows]
    heads = [_cut(printable(column), most) for column in columns]

    right = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(columns))]
    widths = [max(map(_width, (head, *(row[index] for row in cells)))) for index, head in enumerate(heads)]
    if width is not None:
        _narrow(widths, width - len(_BETWEEN) * (len(widths) - 1))
    lines = [_line(heads, widths, right), _line(["-" * one for one in widths], widths, right)]
    lines += [_line(row, widths, right) for row in cells]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _narrow(widths: list[int], room: int) -> None:
    """Take from the widest column until all have room; none becomes narrower than eight."""
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, is_right in zip(cells, widths, right, strict=True):
        text = _cut(cell, width)
        space = " " * (width - _width(text))
        padded.append(space + text if is_right else text + space)
    return _BETWEEN.join(padded)


def _width(text: str) -> int:
    """The columns of a terminal that a text takes: two for a wide letter, none for a mark on the one before."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _cut(text: str, most: int) -> str:
    if _width(text) <= most:
        return text
    kept, used = "", 0
    for letter in text:
        used += _columns(letter)
        if used > most - 1:
            break
        kept += letter
    return kept + "…"


def _is_number(cell: Any) -> bool:
    return cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool))


def shown(cell: Any) -> str:
    """A cell as a text."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(map(shown, cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(columns: Sequence[str], rows: list[tuple[Any, ...]]) -> str:
    from spbe_arch.formats.csv_format import literal

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(literal, columns))
    writer.writerows([shown(cell) if _is_number(cell) else literal(shown(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _json(columns: Sequence[str], rows: list[tuple[Any, ...]]) -> str:
    found = {"version": 1, "columns": list(columns), "rows": [dict(zip(columns, row, strict=True)) for row in rows]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _markdown(columns: Sequence[str], rows: list[tuple[Any, ...]]) -> str:
    from spbe_arch.formats.markdown import escape

    right = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(columns))]
    lines = [[escape(column) for column in columns], ["---:" if one else "---" for one in right]]
    lines += [[escape(shown(cell)) for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_PRINTERS: dict[str, Callable[[Sequence[str], list[tuple[Any, ...]]], str]] = {
    "csv": _csv,
    "json": _json,
    "markdown": _markdown,
}
FORMATS = ("text", *_PRINTERS)
FOR_PEOPLE = ("text", "markdown")
"""Those that are read by people, in their language; the others have the names of the format."""
