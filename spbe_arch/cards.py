"""The card of an element: all that is known of it in one place, for people and programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.findings import Place
from spbe_arch.messages import Teller, printable, translate
from spbe_arch.metamodel import type_of
from spbe_arch.metamodel.values import BoolKind, ChoiceKind
from spbe_arch.relational import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.messages import Told
    from spbe_arch.metamodel.values import Kind

__all__ = ["Card", "card_as_json", "card_as_text", "card_of", "value_in_words"]


class Linked(NamedTuple):
    """The far ends of a link field, or of an other end."""

    name: str
    """The English name."""
    label: str
    """The Indonesian name."""
    ends: tuple[tuple[str, str], ...]
    """Ids and names."""


@dataclass(frozen=True)
class Card:
    """What is known of an element."""

    id: str
    section: str
    layer: str
    name: str
    path: str
    line: int
    fields: tuple[tuple[str, str, Any], ...]
    """English name, Indonesian name, value; in the order of the declaration."""
    links: tuple[Linked, ...]
    linked_from: tuple[Linked, ...]
    findings: tuple[Told, ...]


def card_of(
    architecture: Architecture, findings: Iterable[Finding], id: str, *, folder: str = "", language: str = "en"
) -> Card:
    """The card of an element.

    Args:
        architecture: which has it.
        findings: those of a check; the card has the element's own.
        id: of the element.
        folder: what stands before every path, as in "models/kab-bekasi/".
        language: of the findings.

    Raises:
        UnknownElementError: if there is no such element.
    """
    element: Any = architecture[id]
    info = element.info
    path = architecture.file_at(element.ordinal).path
    teller = Teller(architecture, language, folder)
    spot = teller.spot(Place(path, element=element.id, section=element.section))
    own = [one for one in findings if (one.place.path, one.place.element) == (path, element.id)]
    filled = element.filled()
    return Card(
        id=architecture.id_at(element.ordinal),
        section=element.section,
        layer=info.layer.value,
        name=element.name or "",
        path=spot.path,
        line=spot.region.line,
        fields=tuple(
            (name, field.indonesian, filled[name])
            for name, field in info.fields.items()
            if name in filled and not field.is_link
        ),
        links=tuple(_links(architecture, element)),
        linked_from=tuple(_linked_from(architecture, element)),
        findings=tuple(teller.tell(own)),
    )


def _links(architecture: Architecture, element: Any) -> Iterator[Linked]:
    for name, field in element.info.links.items():
        found = getattr(element, name)
        ends = [found] if hasattr(found, "ordinal") else list(found or ())
        if ends:
            yield Linked(name, field.indonesian, _named(architecture, ends))


def _linked_from(architecture: Architecture, element: Any) -> Iterator[Linked]:
    for name, inverse in element.info.inverses.items():
        ends = list(getattr(element, name))
        if ends:
            yield Linked(name, inverse.indonesian, _named(architecture, ends))


def _named(architecture: Architecture, ends: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((architecture.id_at(one.ordinal), one.name or "") for one in ends)


def card_as_text(card: Card, language: str) -> str:
    """The card for people."""

    def say(text: str) -> str:
        return translate(text, language)

    def label(english: str, indonesian: str) -> str:
        return indonesian if language == "id" else english

    fields = type_of(card.section).fields
    named = [
        (label(english, indonesian), value_in_words(fields[english].kind, value, language))
        for english, indonesian, value in card.fields
    ]
    width = max((len(name) for name, _ in named), default=0)
    lines = [f"{card.id} ({card.section}) {printable(card.name)}", f"{printable(card.path)}:{card.line}", ""]
    lines += [f"  {name:<{width}}  {printable(str(value), 500)}" for name, value in named]
    for heading, groups in ((say("links"), card.links), (say("linked from"), card.linked_from)):
        lines += ["", f"{heading}:"] if groups else []
        for group in groups:
            lines.append(f"  {label(group.name, group.label)}")
            lines += [f"    {printable(id)}  {printable(name)}" for id, name in group.ends]
    lines += ["", f"{say('findings')}:"] if card.findings else []
    lines += [f"  {one.code} {say(one.level.value)}: {one.message}" for one in card.findings]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def value_in_words(kind: Kind, value: Any, language: str) -> str:
    """A value as people read it; one of a list in their language."""
    if isinstance(kind, ChoiceKind) and language == "id":
        chosen = value if isinstance(value, tuple) else (value,)
        return "; ".join(kind.values.indonesian.get(one) or one for one in chosen)
    if isinstance(kind, BoolKind):
        return translate("yes" if value else "no", language)
    return str(cell(value))


def card_as_json(card: Card) -> str:
    """The card for programs: an object with `version`, and the names of `Card`."""

    def linked(groups: tuple[Linked, ...]) -> dict[str, list[dict[str, str]]]:
        return {group.name: [{"id": id, "name": name} for id, name in group.ends] for group in groups}

    found = {
        "version": 1,
        "id": card.id,
        "type": card.section,
        "layer": card.layer,
        "name": card.name,
        "path": card.path,
        "line": card.line,
        "fields": {name: _plain(value) for name, _, value in card.fields},
        "links": linked(card.links),
        "linked_from": linked(card.linked_from),
        "findings": [
            {"code": one.code, "rule": one.rule, "level": one.level.value, "message": one.message}
            for one in card.findings
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    """A value of a field as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [_plain(one) for one in value]
    if isinstance(value, tuple) and not hasattr(value, "last_day"):
        return {name: _plain(part) for name, part in value._asdict().items() if part not in (None, ())}  # type: ignore[attr-defined]
    return value if isinstance(value, (bool, int, float)) else str(value)
