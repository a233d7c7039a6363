"""Completion: sections, fields, values, codes with their names, ids of the right type, suppressions, whole elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spbe_arch.config import rules_of
from spbe_arch.messages import translate
from spbe_arch.metamodel.values import ChoiceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.lsp.asked import Asked
    from spbe_arch.lsp.keys import Word
    from spbe_arch.metamodel import FieldInfo, TypeInfo

__all__ = ["completions"]

_MOST = 300
"""Proposals in one answer; with more, the editor asks again when more has been typed."""
_MARK = re.compile(r"#\s*spbe:\s*ignore\[([^\]]*)$")
_YES_AND_NO = {"id": ("ya", "tidak"), "en": ("true", "false")}


def completions(asked: Asked, *, snippets: bool = False) -> lsp.CompletionList:
    """What may be typed at a place.

    Args:
        asked: the place.
        snippets: whether the editor takes templates with holes.
    """
    cursor = asked.cursor
    if cursor.slot == "comment":
        found = list(_in_comment(asked))
    elif cursor.slot == "key" and not cursor.fresh:
        found = list(_keys(asked, snippets=snippets))
    elif cursor.slot == "key":
        found = [*_keys(asked, snippets=snippets), *_values(asked)]
    else:
        found = list(_values(asked))
        if cursor.may_be_key:
            found += _keys(asked, snippets=snippets)
    return lsp.CompletionList(is_incomplete=len(found) > _MOST, items=found[:_MOST])


def _item(
    asked: Asked,
    label: str,
    kind: lsp.CompletionItemKind,
    text: str = "",
    *,
    detail: str = "",
    help: str = "",
    sought: str = "",
    rank: int = 0,
    snippet: bool = False,
) -> lsp.CompletionItem:
    return lsp.CompletionItem(
        label=label,
        kind=kind,
        detail=detail or None,
        documentation=lsp.MarkupContent(lsp.MarkupKind.PlainText, help) if help else None,
        filter_text=sought or label,
        sort_text=f"{rank:05}",
        insert_text_format=lsp.InsertTextFormat.Snippet if snippet else lsp.InsertTextFormat.PlainText,
        text_edit=lsp.TextEdit(asked.range(), text or label),
    )


# --- keys ----------------------------------------------------------------------------------------------------


def _keys(asked: Asked, *, snippets: bool) -> Iterator[lsp.CompletionItem]:
    path = asked.cursor.path
    if asked.type is not None and len(path) == 1:
        yield _element(asked, asked.type, snippets=snippets)
        return
    beside = {_canonical(asked, path, key) for key in asked.cursor.beside}
    for rank, word in enumerate(asked.grammar.keys(path)):
        if _canonical(asked, path, word.text) in beside:
            continue
        title, text = asked.help.help((*path, word.text))
        kind = lsp.CompletionItemKind.Property if path else lsp.CompletionItemKind.Module
        behind = _behind(asked, word)
        yield _item(asked, word.text, kind, word.text + behind, detail=title, help=text, rank=rank + 500)


def _canonical(asked: Asked, path: tuple[str | int, ...], key: str) -> str:
    """One name for all spellings of a key: what its help says."""
    title, text = asked.help.help((*path, key))
    return f"{title}\n{text}" if title else key


def _behind(asked: Asked, word: Word) -> str:
    """What is written behind a key, but for what stands there already."""
    if asked.row[max(asked.cursor.end, asked.column) :].lstrip().startswith(":"):
        return ""
    if asked.cursor.in_flow or word.holds != "mapping":
        return ": "
    return ":\n" + " " * (asked.cursor.start + 2)


def _element(asked: Asked, info: TypeInfo, *, snippets: bool) -> lsp.CompletionItem:
    """A whole element with the fields that it needs."""
    margin = " " * (asked.cursor.start + 2)
    fields = [(field.indonesian if asked.vocabulary == "id" else field.name) for field in _needed(info)]
    label = translate("new {type}", asked.language).format(type=info.label(asked.language))
    if snippets:
        holes = "".join(f"\n{margin}{name}: ${{{at}}}" for at, name in enumerate(fields, start=2))
        text = f"${{1:id}}:{holes}"
    else:
        text = "id:" + "".join(f"\n{margin}{name}: " for name in fields)
    kind = lsp.CompletionItemKind.Snippet
    sought = f"{asked.cursor.typed} {label}".strip()  # whatever is typed as the id
    return _item(asked, label, kind, text, help=text if not snippets else "", sought=sought, snippet=snippets)


def _needed(info: TypeInfo) -> list[FieldInfo]:
    """The fields that a new element is asked for: whose blank is told, and what places it."""
    return [
        field
        for name in info.order
        if (field := info.fields[name]).name in ("name", "reference") or field.declared.required.level in ("E", "W")
    ]


# --- values --------------------------------------------------------------------------------------------------


def _values(asked: Asked) -> Iterator[lsp.CompletionItem]:
    dash = "- " if asked.cursor.fresh and asked.grammar.takes_list(asked.cursor.path) else ""
    before = " " if asked.row[: asked.cursor.start].endswith(":") else ""
    lead = before + dash
    if asked.targets:
        yield from _ids(asked, lead)
    elif asked.code_prefix:
        yield from _codes(asked, lead)
    else:
        yield from _words(asked, lead)


def _words(asked: Asked, lead: str) -> Iterator[lsp.CompletionItem]:
    path = asked.cursor.path
    for rank, word in enumerate(asked.grammar.values(path)):
        kind = lsp.CompletionItemKind.EnumMember
        yield _item(asked, word.text, kind, lead + word.text, detail=word.title, help=word.help, rank=rank)
    if asked.grammar.is_bool(path) and not isinstance(asked.field and asked.field.kind, ChoiceKind):
        for rank, text in enumerate(_YES_AND_NO[asked.vocabulary]):
            yield _item(asked, text, lsp.CompletionItemKind.Value, lead + text, rank=rank)


def _codes(asked: Asked, lead: str) -> Iterator[lsp.CompletionItem]:
    table = asked.architecture.references(asked.code_prefix, asked.agency)
    typed = asked.cursor.typed.casefold()
    other = "en" if asked.language == "id" else "id"
    for rank, entry in enumerate(table.entries):
        sought = f"{entry.code} {entry.name(asked.language)} {entry.name(other)}"
        if typed in sought.casefold():
            above = table.parent(entry.code)
            detail, help = entry.name(asked.language), entry.name(other)
            help = f"{help}\n{above.code} {above.name(asked.language)}" if above else help
            kind = lsp.CompletionItemKind.Constant
            yield _item(asked, entry.code, kind, lead + entry.code, detail=detail, help=help, sought=sought, rank=rank)


def _ids(asked: Asked, lead: str) -> Iterator[lsp.CompletionItem]:
    """The elements that a link may lead to, those of the same agency first."""
    architecture = asked.architecture
    typed = asked.cursor.typed.casefold().strip()
    found = 0
    for rank, ordinal in enumerate(_candidates(asked)):
        if architecture.is_external(ordinal):
            continue
        row = architecture.row_at(ordinal)
        name = row.get("name") or ""
        agency = architecture.agency_at(ordinal)
        id = row.id if agency == asked.agency else f"{agency}/{row.id}"
        sought = f"{id} {name}"
        if typed not in sought.casefold():
            continue
        found += 1
        if found > _MOST + 1:
            return
        unit = architecture.unit_at(ordinal)
        owner = architecture.row_at(unit).get("name") or architecture.id_at(unit) if unit is not None else ""
        detail = " · ".join(part for part in (str(name), row.shape.type.label(asked.language), str(owner)) if part)
        kind = lsp.CompletionItemKind.Reference
        yield _item(asked, id, kind, lead + id, detail=detail, sought=sought, rank=rank)


def _candidates(asked: Asked) -> Iterator[int]:
    architecture = asked.architecture
    agencies = [member.manifest.agency for member in architecture.members]
    for agency in sorted(agencies, key=lambda one: (one != asked.agency, one)):
        for section in asked.targets:
            yield from architecture.ordinals_of(agency, section)


# --- comments ------------------------------------------------------------------------------------------------


def _in_comment(asked: Asked) -> Iterator[lsp.CompletionItem]:
    """The codes that a suppression may name: what is found on the line first."""
    opened = _MARK.search(asked.row[: asked.column])
    if opened is None:
        if re.fullmatch(r"#\s*(s|sp|spb|spbe|spbe:.*)?", asked.cursor.typed):
            yield _item(asked, "spbe: ignore[…]", lsp.CompletionItemKind.Keyword, "# spbe: ignore[", sought="#")
        return
    typed = opened[1].rpartition(",")[2].strip()
    rules = rules_of(asked.architecture)
    here = [one.code for one in asked.repository.told_soon(asked.path) if _touches(one.spot.region.line, asked)]
    for rank, code in enumerate(dict.fromkeys([*here, *sorted(rules)])):
        if code in rules and not rules[code].always and typed.casefold() in code.casefold():
            title = rules[code].name
            start = asked.column - len(typed)
            yield _code_item(asked, code, title, start, rank)


def _touches(line: int, asked: Asked) -> bool:
    return abs(line - 1 - asked.line) <= 1


def _code_item(asked: Asked, code: str, title: str, start: int, rank: int) -> lsp.CompletionItem:
    from spbe_arch.lsp.positions import column_in

    places = (column_in(asked.row, column, asked.encoding) for column in (start, asked.column))
    begin, end = (lsp.Position(asked.line, place) for place in places)
    return lsp.CompletionItem(
        label=code,
        kind=lsp.CompletionItemKind.Constant,
        detail=title,
        filter_text=code,
        sort_text=f"{rank:05}",
        text_edit=lsp.TextEdit(lsp.Range(begin, end), code),
    )
