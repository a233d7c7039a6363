"""A difference of two states → text, JSON, Markdown for a pull request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.cards import value_in_words
from spbe_arch.findings import english
from spbe_arch.formats.markdown import escape
from spbe_arch.messages import Teller, counted, printable, translate
from spbe_arch.metamodel import type_of
from spbe_arch.paths import word_for
from spbe_arch.relational import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.comparing import Difference, LinkChange
    from spbe_arch.findings import Finding

__all__ = ["FORMATS", "difference_as"]

FORMATS = ("text", "json", "markdown")

_MOST_LINES = 200
"""Lines of one part in the formats for people; what is left out is counted."""


def difference_as(output_format: str, difference: Difference, language: str, folder: str = "") -> str:
    """The difference in one of `FORMATS`.

    Args:
        output_format: text and Markdown are for people, JSON for programs.
        difference: what changed.
        language: of words; JSON has none.
        folder: what stands before every path of a finding.
    """
    if output_format == "json":
        return _json(difference, folder)
    parts = _parts(difference, language, folder)
    return _markdown(difference, parts, language) if output_format == "markdown" else _text(difference, parts, language)


class _Part(NamedTuple):
    """A heading, the sign of its lines, and these."""

    heading: str
    sign: str
    lines: list[str]


def _parts(difference: Difference, language: str, folder: str) -> list[_Part]:
    before, after = difference.before, difference.after

    def say(text: str) -> str:
        return translate(text, language)

    changed = [
        f"{_label(after, one.id, language)}: {', '.join(_field(one.section, *part, language) for part in one.fields)}"
        for one in difference.changed
    ]
    parts = [
        _Part(say(english("added")), "+", [_label(after, id, language) for id in difference.added]),
        _Part(say(english("removed")), "-", [_label(before, id, language) for id in difference.removed]),
        _Part(
            say(english("renamed")),
            ">",
            [f"{one.before} → {_label(after, one.after, language)} ({say(one.because)})" for one in difference.renamed],
        ),
        _Part(say(english("changed")), "~", changed),
        _Part(say(english("links added")), "+", _links(after, difference.links_added, language)),
        _Part(say(english("links removed")), "-", _links(before, difference.links_removed, language)),
        _Part(say(english("new findings")), "!", _told(after, difference.introduced, language, folder)),
        _Part(say(english("resolved findings")), "✓", _told(before, difference.resolved, language, folder)),
    ]
    return [part for part in parts if part.lines]


def _label(architecture: Architecture, id: str, language: str) -> str:
    element = architecture[id]
    return f"{element.info.label(language)} {id} ({printable(element.name or '', 80)})"


def _field(section: str, name: str, before: Any, after: Any, language: str) -> str:
    field = type_of(section).fields.get(name)
    shown = [
        one if field is None or one in (None, ()) else value_in_words(field.kind, one, language)
        for one in (before, after)
    ]
    return f"{word_for(section, name, language)} {_value(shown[0])} → {_value(shown[1])}"


def _links(architecture: Architecture, links: Iterable[LinkChange], language: str) -> list[str]:
    sections = {id: architecture[id].section for id, _, _ in links}
    return [f"{one} —{word_for(sections[one], field, language)}→ {other}" for one, field, other in links]


def _value(value: Any) -> str:
    return "–" if value in (None, ()) else f"'{printable(str(cell(value)), 60)}'"


def _told(architecture: Architecture, findings: Iterable[Finding], language: str, folder: str) -> list[str]:
    told = Teller(architecture, language, folder).tell(list(findings)[:_MOST_LINES])
    return [
        f"{one.spot.path}:{one.spot.region.line} {translate(one.level.value, language)} {one.code} {one.message}"
        for one in told
    ]


def _summary(difference: Difference, language: str) -> str:
    numbers = (
        counted(len(difference.added), "{count} added", "{count} added", language),
        counted(len(difference.removed), "{count} removed", "{count} removed", language),
        counted(len(difference.renamed), "{count} renamed", "{count} renamed", language),
        counted(len(difference.changed), "{count} changed", "{count} changed", language),
    )
    links = counted(
        len(difference.links_added) + len(difference.links_removed), "{count} link", "{count} links", language
    )
    found = counted(len(difference.introduced), "{count} new finding", "{count} new findings", language)
    gone = counted(len(difference.resolved), "{count} resolved finding", "{count} resolved findings", language)
    return f"{', '.join(numbers)}; {links}; {found}, {gone}"


def _text(difference: Difference, parts: list[_Part], language: str) -> str:
    lines = []
    for part in parts:
        lines.append(f"{part.heading} ({len(part.lines)})")
        lines += [f"  {part.sign} {line}" for line in part.lines[:_MOST_LINES]]
        lines += _rest(part, language, "  ")
    return "".join(f"{line}\n" for line in (*lines, _summary(difference, language)))


def _markdown(difference: Difference, parts: list[_Part], language: str) -> str:
    lines = [f"## {translate('Changes of the architecture', language)}", "", _summary(difference, language)]
    for part in parts:
        lines += ["", f"### {part.heading} ({len(part.lines)})", ""]
        lines += [f"- {escape(line)}" for line in part.lines[:_MOST_LINES]]
        lines += _rest(part, language, "- ")
    return "".join(f"{line}\n" for line in lines)


def _rest(part: _Part, language: str, indent: str) -> list[str]:
    hidden = len(part.lines) - _MOST_LINES
    return [indent + translate("and {count} more", language).format(count=hidden)] if hidden > 0 else []


def _json(difference: Difference, folder: str) -> str:
    before, after = difference.before, difference.after

    def elements(architecture: Architecture, ids: Iterable[str]) -> list[dict[str, str]]:
        return [{"id": id, "type": architecture[id].section, "name": architecture[id].name or ""} for id in ids]

    def findings(architecture: Architecture, some: Iterable[Finding]) -> list[dict[str, Any]]:
        told = Teller(architecture, "en", folder).tell(some)
        return [
            {
                "code": one.code,
                "level": one.level.value,
                "message": one.message,
                "path": one.spot.path,
                "line": one.spot.region.line,
                "element": one.spot.element,
            }
            for one in told
        ]

    found = {
        "version": 1,
        "added": elements(after, difference.added),
        "removed": elements(before, difference.removed),
        "renamed": [one._asdict() for one in difference.renamed],
        "changed": [
            {
                "id": one.id,
                "type": one.section,
                "fields": [{"field": name, "before": cell(old), "after": cell(new)} for name, old, new in one.fields],
            }
            for one in difference.changed
        ],
        "links_added": [one._asdict() for one in difference.links_added],
        "links_removed": [one._asdict() for one in difference.links_removed],
        "findings_introduced": findings(after, difference.introduced),
        "findings_resolved": findings(before, difference.resolved),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
