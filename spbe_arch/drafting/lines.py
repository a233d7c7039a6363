"""The lines of an element: cut out of one text with the comments above it, and set into another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.errors import EditingError
from spbe_arch.splicing import Splice

if TYPE_CHECKING:
    from spbe_arch.splicing import Entry, Manuscript, Part, Value

__all__ = ["Cut", "cut", "pasted", "with_section"]


class Cut(NamedTuple):
    """The lines of an element, without their common margin, and the splice that takes them away."""

    rows: tuple[str, ...]
    column: int
    splice: Splice


def cut(manuscript: Manuscript, entry: Entry) -> Cut:
    """The lines of an element with the comments that belong to it.

    A comment belongs to it that stands right above it, or below it and further to the right.

    Raises:
        EditingError: if it shares lines with others, or an alias stands for something in it or outside of it.
    """
    assert entry.key is not None  # noqa: S101 - elements have ids
    text, start = manuscript.text, entry.key.start
    column = manuscript.column(start)
    first = start - column
    if text[first:start].strip(" ") or entry.parent.style == "flow" or entry.end < 0:
        raise _other_form(manuscript, start)
    if any(one.kind == "alias" or one.anchor is not None for one in _inside(entry.value)):
        raise _shared(manuscript, start)
    behind = manuscript.line_end(entry.end)
    if re.fullmatch(r"[ \t]*(?:[ \t]#.*)?", text[entry.end : behind]) is None:
        raise _other_form(manuscript, entry.end)
    last = _with_comments_below(manuscript, manuscript.behind_break(behind), column)
    first = _with_comments_above(manuscript, first, column)
    rows = re.split(r"\r\n|\r|\n", text[first:last])
    if rows[-1] == "":
        rows = rows[:-1]
    return Cut(tuple(rows), column, Splice(first, _with_gap_below(manuscript, entry, first, last), ""))


def _with_gap_below(manuscript: Manuscript, entry: Entry, first: int, last: int) -> int:
    """Where lines end that are cut out: a blank line below them goes too, if there is one above, or nothing to part."""
    end = manuscript.behind_break(manuscript.line_end(last))
    above = manuscript.text[manuscript.line_start(first - 1) : first] if first else ""
    is_apart = not above.strip() or entry is entry.parent.entries[0]
    return end if is_apart and end > last and not manuscript.text[last:end].strip() else last


def _with_comments_above(manuscript: Manuscript, line: int, column: int) -> int:
    """Where the comments begin that stand right above a line, at its margin."""
    while line > 0:
        above = manuscript.line_start(line - 1)
        row = manuscript.text[above:line]
        if not row.lstrip(" ").startswith("#") or len(row) - len(row.lstrip(" ")) != column:
            break
        line = above
    return line


def _with_comments_below(manuscript: Manuscript, line: int, column: int) -> int:
    """Where the comments end that stand right below, further to the right than the element."""
    while line < len(manuscript.text):
        end = manuscript.behind_break(manuscript.line_end(line))
        row = manuscript.text[line:end]
        if not row.lstrip(" ").startswith("#") or len(row) - len(row.lstrip(" ")) <= column:
            break
        line = end
    return line


def pasted(manuscript: Manuscript, section: Entry | None, name: str, lines: Cut) -> list[Splice]:
    """The lines of an element at the end of a section, at the margin that its elements have there.

    Args:
        manuscript: the text that they are set into.
        section: the pair of the section in it; None if it has none yet.
        name: what the section is called then.
        lines: of the element.

    Raises:
        EditingError: if the section stands in braces.
    """
    if section is None:
        head, column = (*_gap(manuscript), f"{name}:"), manuscript.step
        return [_behind_all(manuscript, [*head, *_at(lines, column)])]
    part = section.value
    if part.is_blank:
        return [manuscript.line_behind(part.end, list(_at(lines, manuscript.step)))]
    if part.style == "flow" or part.kind != "mapping":
        raise _other_form(manuscript, part.start)
    return [_below(manuscript, part, [*_apart(manuscript, part), *_at(lines, manuscript.column(part.content))])]


def with_section(manuscript: Manuscript, section: Entry | None, name: str, id: str, fields: Value) -> list[Splice]:
    """An element more at the end of a section, which is made if there is none."""
    if section is not None and section.value.kind == "mapping" and section.value.style == "block":
        [splice] = manuscript.add_pair(section.value, id, fields)
        rows = re.split(r"\r\n|\r|\n", splice.text)
        return [_below(manuscript, section.value, [*_apart(manuscript, section.value), *(row for row in rows if row)])]
    if section is not None:
        return manuscript.add_pair(section.value, id, fields)
    root = manuscript.root if manuscript.root is not None and manuscript.root.kind == "mapping" else None
    if root is not None and root.style == "flow":
        return manuscript.add_pair(root, name, {id: fields})
    rows = re.split(r"\r\n|\r|\n", "".join(one.text for one in manuscript.add_pair(None, name, {id: fields})))
    return [_behind_all(manuscript, [*_gap(manuscript), *(row for row in rows if row)])]


def _gap(manuscript: Manuscript) -> list[str]:
    """A blank line before a new section, if anything stands above it."""
    return [""] if manuscript.text.strip("\ufeff \r\n") else []


def _apart(manuscript: Manuscript, section: Part) -> list[str]:
    """A blank line before a new element, if its section has one before its last."""
    if len(section.entries) < 2 or section.entries[-1].key is None:
        return []
    above = _with_comments_above(
        manuscript, manuscript.line_start(section.entries[-1].key.start), manuscript.column(section.content)
    )
    return [] if manuscript.text[manuscript.line_start(above - 1) : above].strip() else [""]


def _behind_all(manuscript: Manuscript, rows: list[str]) -> Splice:
    return manuscript.line_behind(len(manuscript.text), rows)


def _below(manuscript: Manuscript, section: Part, rows: list[str]) -> Splice:
    """Some lines below a section and the comments at its end."""
    line = manuscript.behind_break(manuscript.line_end(section.end))
    line = _with_comments_below(manuscript, line, max(0, manuscript.column(section.content) - 1))
    return manuscript.line_behind(max(section.end, manuscript.line_start(line - 1)), rows)


def _at(lines: Cut, column: int) -> list[str]:
    """The lines at another margin."""
    return [_shifted(row, column - lines.column) for row in lines.rows]


def _shifted(row: str, by: int) -> str:
    if by >= 0 or not row.strip():
        return " " * by + row if row.strip() else ""
    return row[min(-by, len(row) - len(row.lstrip(" "))) :]


def _inside(part: Part) -> list[Part]:
    return [part, *(one for entry in part.entries for one in _inside(entry.value))]


def _other_form(manuscript: Manuscript, offset: int) -> EditingError:
    return EditingError(
        "{path} is not edited: the element at line {line} has no lines of its own; spbe format gives it some",
        path=manuscript.path,
        line=manuscript.line(offset),
    )


def _shared(manuscript: Manuscript, offset: int) -> EditingError:
    return EditingError(
        "{path} is not edited: the element at line {line} shares a value with another one by an anchor; "
        "write the value at each of them first",
        path=manuscript.path,
        line=manuscript.line(offset),
    )
