"""What the editor shows of the thing under the mouse: the card of an element, help of a field, the name of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spbe_arch.cards import card_of, value_in_words
from spbe_arch.messages import translate
from spbe_arch.metamodel import type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.cards import Card, Linked
    from spbe_arch.lsp.asked import Asked

__all__ = ["hover"]

_MOST_ENDS = 12


def hover(asked: Asked) -> lsp.Hover | None:
    """What is known of the thing at a place; None if nothing is."""
    text = _told(asked)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), asked.range()) if text else None


def _told(asked: Asked) -> str:
    cursor = asked.cursor
    if cursor.slot == "comment" or not asked.word:
        return ""
    if cursor.slot == "key":
        path = (*cursor.path, asked.word.partition(":")[0])
        if asked.type is not None and len(path) == 2:
            return _element(asked, str(path[1]))
        return _help(asked, path)
    if asked.targets:
        return _element(asked, asked.word)
    if asked.code_prefix:
        return _code(asked)
    return _value(asked)


def _element(asked: Asked, id: str) -> str:
    found = asked.architecture.find(id if "/" in id else f"{asked.agency}/{id}")
    return _card(asked, found.global_id) if found is not None else ""


def _help(asked: Asked, path: tuple[str | int, ...]) -> str:
    title, text = asked.help.help(path)
    return "\n\n".join([f"**{_plain(title)}**", *map(_plain, text.split("\n"))]) if title else _plain(text)


def _code(asked: Asked) -> str:
    """The name of a code, below those of what it is part of."""
    table = asked.architecture.references(asked.code_prefix, asked.agency)
    entry = table.entry(asked.word.split(" ")[0].upper())
    lines = []
    while entry is not None:
        lines.append(f"{entry.code} {_plain(entry.name(asked.language))}")
        entry = table.parent(entry.code)
    if not lines:
        return ""
    title = table.title_id if asked.language == "id" else table.title_en
    return "\n\n".join([f"**{lines[0]}**", *lines[1:], f"*{_plain(title)}, {_plain(table.legal_basis)}*"])


def _value(asked: Asked) -> str:
    meant = next((word for word in asked.grammar.values(asked.cursor.path) if word.text == asked.word), None)
    return f"**{_plain(meant.text)}**: {_plain(meant.title)}" if meant is not None and meant.title else ""


# --- cards ---------------------------------------------------------------------------------------------------


def _card(asked: Asked, id: str) -> str:
    """The card of an element of the architecture that is asked, in Markdown; by now, there may be another one."""
    language = asked.language
    found = card_of(asked.architecture, asked.repository.latest, id, language=language)
    label = type_of(found.section).label(language)
    parts = [f"**{_plain(found.name or found.id)}** · {label} `{found.id}`", "\n".join(_fields(found, language))]
    parts += (_links(found.links, language), _links(found.linked_from, language, before="← "))
    parts += (f"{_SIGNS[one.level.value]} {one.code} {_plain(one.message)}" for one in found.findings)
    return "\n\n".join(part for part in parts if part)


_SIGNS = {"error": "⛔", "warning": "⚠", "note": "ⓘ"}


def _fields(found: Card, language: str) -> Iterator[str]:
    fields = type_of(found.section).fields
    for name, _, value in found.fields:
        if name not in ("name", "source", "allow", "aliases"):
            yield f"- {fields[name].label(language)}: {_plain(value_in_words(fields[name].kind, value, language))}"


def _links(groups: Iterable[Linked], language: str, before: str = "") -> str:
    lines = []
    for group in groups:
        shown = [f"{_plain(name)} `{id}`" if name else f"`{id}`" for id, name in group.ends[:_MOST_ENDS]]
        if len(group.ends) > _MOST_ENDS:
            more = translate("{count} more", language).format(count=len(group.ends) - _MOST_ENDS)
            shown.append(more)
        label = group.label if language == "id" else group.name
        lines.append(f"- {before}{label.replace('_', ' ')}: {', '.join(shown)}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A text of the model inside Markdown: it shows itself, and does nothing."""
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#!|~&" else letter for letter in flat)
