"""Edits by name → splices: what a fix speaks of is looked for in the text as it stands."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from spbe_arch.errors import EditingError
from spbe_arch.linking import LAST_LINE
from spbe_arch.loader import locate
from spbe_arch.metamodel import types
from spbe_arch.splicing import Entry, Manuscript, Part, Splice, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spbe_arch.findings import Edit, Place

__all__ = ["splices_of"]


def splices_of(manuscript: Manuscript, edits: Iterable[Edit]) -> list[Splice]:
    """The splices of edits in one text.

    Raises:
        EditingError: if something else stands there than the edits speak of, or an alias stands elsewhere for it.
    """
    found: list[Splice] = []
    for (action, place), group in groupby(edits, key=lambda edit: (edit.action, edit.place)):
        if action == "add":
            found += _added(manuscript, place, [edit.text for edit in group])
        else:
            for edit in group:
                found += _ACTIONS[action](manuscript, edit)
    return found


def _refusal(manuscript: Manuscript, place: Place) -> EditingError:
    line = 1 if place.region is LAST_LINE else locate(manuscript.document, place).line
    return EditingError(
        "{path} is not edited: what stands at line {line} has another form than this edit needs",
        path=manuscript.path,
        line=line,
    )


def _single(manuscript: Manuscript, edit: Edit) -> Part:
    """The key or single value of an edit, if it is the one that the edit speaks of and nothing else shares it."""
    part = manuscript.single_at(locate(manuscript.document, edit.place))
    if part is None or part.value.strip() != edit.was or manuscript.is_shared(part):
        raise _refusal(manuscript, edit.place)
    return part


def _collection(manuscript: Manuscript, edit: Edit) -> Part:
    part = manuscript.collection_at(locate(manuscript.document, edit.place))
    if part is None or manuscript.is_shared(part):
        raise _refusal(manuscript, edit.place)
    return part


def _write(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    return manuscript.write(_single(manuscript, edit), edit.text)


def _blank(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    return manuscript.blank(_single(manuscript, edit))


def _remove(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    part = _single(manuscript, edit) if edit.was else _collection(manuscript, edit)
    if part.entry is None or part.entry.value.anchor is not None or (part.entry.key is not None and not part.is_key):
        raise _refusal(manuscript, edit.place)
    if any(one.anchor is not None for one in _below(part.entry.value)):
        raise _refusal(manuscript, edit.place)  # an alias may stand for it
    return manuscript.remove(part.entry)


def _below(part: Part) -> Iterator[Part]:
    yield part
    for entry in part.entries:
        yield from _below(entry.value)


def _unwrap(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    return manuscript.unwrap(_collection(manuscript, edit))


def _untag(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    start = manuscript.offset(*locate(manuscript.document, edit.place)[:2])
    part = next((one for one in manuscript.parts if one.start == start and one.tag is not None), None)
    if part is None or part.tag is None:
        raise _refusal(manuscript, edit.place)
    first, last = part.tag
    text = manuscript.text
    behind = last + len(text[last:]) - len(text[last:].lstrip(" \t"))
    if text[behind : behind + 1] in ("", "\n", "\r", "#"):
        first, behind = len(text[:first].rstrip(" \t")), last
    return [Splice(first, behind, "")]


def _stretch(manuscript: Manuscript, edit: Edit) -> tuple[int, int]:
    """The stretch of a text that an edit speaks of."""
    region = locate(manuscript.document, edit.place)
    start = manuscript.offset(region.line, region.column)
    end = start + len(edit.was)
    if manuscript.text[start:end] != edit.was:
        raise _refusal(manuscript, edit.place)
    return start, end


def _quote(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    return [Splice(*_stretch(manuscript, edit), quoted(edit.text, "'"))]


def _replace(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    return [Splice(*_stretch(manuscript, edit), edit.text)]


def _everywhere(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    found = []
    at = manuscript.text.find(edit.was)
    while at >= 0:
        found.append(Splice(at, at + len(edit.was), edit.text))
        at = manuscript.text.find(edit.was, at + len(edit.was))
    return found


def _end(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    end = len(manuscript.text)
    if manuscript.text.endswith(("\n", "\r")):
        raise _refusal(manuscript, edit.place)
    return [Splice(end, end, manuscript.newline(0))]


def _uncomment(manuscript: Manuscript, edit: Edit) -> list[Splice]:
    region = locate(manuscript.document, edit.place)
    start, end = manuscript.offset(region.line, region.column), manuscript.offset(region.line, region.end_column)
    if not manuscript.text.startswith("#", start):
        raise _refusal(manuscript, edit.place)
    return manuscript.remove_comment(start, end)


_ACTIONS: dict[str, Callable[[Manuscript, Edit], list[Splice]]] = {
    "write": _write,
    "blank": _blank,
    "remove": _remove,
    "unwrap": _unwrap,
    "untag": _untag,
    "quote": _quote,
    "replace": _replace,
    "everywhere": _everywhere,
    "end": _end,
    "uncomment": _uncomment,
}


def _added(manuscript: Manuscript, place: Place, texts: list[str]) -> list[Splice]:
    """Links more in a field of an element; the field is written, in the language of the section, if it is not there."""
    section, element = _element_at(manuscript, place)
    field_info = types()[place.section or ""].fields[place.field or ""]
    if manuscript.is_shared(element.value) or element.value.kind == "alias":
        raise _refusal(manuscript, place)
    written = {entry.key.value: entry for entry in element.value.entries if entry.key is not None}
    entry = next((written[name] for name in field_info.spellings if name in written), None)
    if entry is not None and not (entry.value.is_blank and not field_info.kind.many):
        return manuscript.add_item(entry.value, *texts)
    if entry is not None:
        return manuscript.write(entry.value, texts[0])
    if "<<" in written:  # the mapping that is merged may have it
        raise _refusal(manuscript, place)
    name = field_info.name if section.key is None or section.key.value in types() else field_info.indonesian
    return manuscript.add_pair(element.value, name, texts if field_info.kind.many else texts[0])


def _element_at(manuscript: Manuscript, place: Place) -> tuple[Entry, Entry]:
    """The pair of a section and that of an element in it."""
    info = types()[place.section or ""]
    for spelling in (info.section, *info.indonesian_names):
        section = manuscript.pair(spelling)
        element = manuscript.pair(spelling, place.element or "")
        if section is not None and element is not None:
            return section, element
    raise _refusal(manuscript, place)
