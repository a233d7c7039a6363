"""What can be drawn, and what offices have left blank: as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from spbe_arch.definitions import key_name
from spbe_arch.formats.csv_format import literal
from spbe_arch.messages import counted, printable, translate
from spbe_arch.metamodel import type_of
from spbe_arch.tables import in_lines
from spbe_arch.views import viewpoints
from spbe_arch.views.gathering import called
from spbe_arch.views.needing import drawables, needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.views.needing import Blank, Drawable, Need

__all__ = ["needs_as_csv", "needs_as_json", "needs_as_text", "needs_of", "views_as_json", "views_as_text"]

_MOST_BLANKS = 3
"""The most blank fields that are named for each view; JSON has all."""
_MOST_IDS = 5
_BELOW = " " * 9
"""Under the effect of a need."""


def _fields(section: str, names: Sequence[str], language: str) -> str:
    """Fields in words, as in "pemilik atau operator"; a link that is written at its other end says where."""
    said = []
    for name in names:
        info = type_of(section)
        if name in info.fields:
            said.append(info.fields[name].label(language))
            continue
        end = info.inverses[name]
        far = type_of(end.sections[0])
        field = far.links[next(one for one in end.fields if one in far.links)].label(language)
        name = (end.indonesian if language == "id" else end.name).replace("_", " ")
        text = translate("{end} (write {field} at the {type})", language)
        said.append(text.format(end=name, field=field, type=far.label(language)))
    return f" {translate('or', language)} ".join(said)


# --- views ---------------------------------------------------------------------------------------------------


def views_as_text(architecture: Architecture, language: str) -> str:
    """A view a paragraph: what to ask for, what it shows, what makes it poorer."""
    lines: list[str] = []
    for own, some in groupby(drawables(architecture, language), key=lambda one: one.own):
        if own:
            lines += ["", translate("defined in the model:", language)]
        for one in some:
            lines += in_lines(f"{_asked(one, language)}  {printable(one.title)}: {_counts(one, language)}", "")
            for line in _poorer(one.blanks, language):
                lines += in_lines(line, "    ")
    lines += ["", translate("parameters that a definition under `views` may set:", language)]
    for name, viewpoint in viewpoints().items():
        if viewpoint.parameters:
            known = ", ".join(key_name(one, language) for one in viewpoint.parameters)
            lines += in_lines(f"{name}: {known}", "    ")
    return "\n".join(lines) + "\n"


def _asked(one: Drawable, language: str) -> str:
    if one.subjects is None:
        return one.request
    kinds = [type_of(section).label(language).upper().replace(" ", "-") for section in one.about]
    return f"{one.request}:{kinds[0] if len(kinds) == 1 else 'ID'}"


def _counts(one: Drawable, language: str) -> str:
    if one.subjects is not None:
        return counted(one.subjects, "{count} view can be drawn", "{count} views can be drawn", language)
    if not one.elements:
        return translate("shows nothing", language)
    if one.viewpoint.compares:
        return counted(one.elements, "compares {count} element", "compares {count} elements", language)
    ranked = Counter(one.counts).most_common(3)
    named = ", ".join(type_of(section).counted(count, language) for section, count in ranked)
    said = counted(one.elements, "{count} element", "{count} elements", language)
    links = counted(one.links, "{count} link", "{count} links", language)
    return f"{said} ({named}{', …' if len(one.counts) > len(ranked) else ''})" + (f", {links}" if one.links else "")


def _poorer(blanks: Sequence[Blank], language: str) -> Iterator[str]:
    for blank in blanks[:_MOST_BLANKS]:
        said = translate("{type} without {field}: {count} of {of}", language)
        label = type_of(blank.section).label(language)
        fields = _fields(blank.section, blank.fields, language)
        yield said.format(type=label, field=fields, count=len(blank.ordinals), of=blank.of)
    if len(blanks) > _MOST_BLANKS:
        yield counted(len(blanks) - _MOST_BLANKS, "and {count} more field", "and {count} more fields", language)


def views_as_json(architecture: Architecture, language: str) -> str:
    """All views, and the viewpoints that they follow."""
    return _json(
        {
            "agency": architecture.agency,
            "views": [_view_as_json(one) for one in drawables(architecture, language)],
            "viewpoints": [
                {
                    "name": one.name,
                    "title": one.title,
                    "stakeholders": list(one.stakeholders),
                    "concerns": list(one.concerns),
                    "about": list(one.about),
                    "variants": list(one.variants),
                    "parameters": list(one.parameters),
                }
                for one in viewpoints().values()
            ],
        }
    )


def _view_as_json(one: Drawable) -> dict[str, Any]:
    counts: dict[str, Any] = {"elements": one.elements, "links": one.links, "by_type": dict(sorted(one.counts.items()))}
    if one.subjects is not None:
        counts = {"views": one.subjects}
    return {
        "viewpoint": one.viewpoint.name,
        "name": one.name,
        "request": one.request,
        "title": one.title,
        "defined": one.own,
        "about": list(one.about),
        "counts": counts,
        "poorer": [
            {"type": blank.section, "fields": list(blank.fields), "blank": len(blank.ordinals), "of": blank.of}
            for blank in one.blanks
        ],
    }


# --- needs ---------------------------------------------------------------------------------------------------


def needs_of(architecture: Architecture, language: str, unit: int | None = None) -> list[Need]:
    """What offices have left blank; of one office only, if one is named."""
    found = needs(architecture, language)
    if unit is None:
        return found
    office = architecture.units_above(unit)[-1]
    return [one for one in found if one.office == office]


def _office(architecture: Architecture, one: Need, language: str) -> str:
    return called(architecture, one.office) if one.office is not None else translate("no unit", language)


def needs_as_text(architecture: Architecture, found: Sequence[Need], language: str) -> str:
    """A list for each office, which can be handed to it."""
    if not found:
        return translate("no view is poorer for a blank field", language) + "\n"
    lines: list[str] = []
    for _, group in groupby(found, key=lambda one: one.office):
        some = list(group)
        effect = sum(one.effect for one in some)
        total = counted(effect, "{count} place in views is poorer", "{count} places in views are poorer", language)
        lines += [""] if lines else []
        lines += in_lines(f"{printable(_office(architecture, some[0], language))}: {total}", "")
        for one in some:
            label = type_of(one.section).label(language)
            said = translate("{type} without {field}: {count}", language)
            fields = _fields(one.section, one.fields, language)
            said = said.format(type=label, field=fields, count=len(one.ordinals))
            lines += in_lines(said, f"  {one.effect:>5}  ", "")
            ids = [architecture.id_at(ordinal) for ordinal in one.ordinals[:_MOST_IDS]]
            more = len(one.ordinals) - len(ids)
            lines += in_lines(f"{', '.join(ids)}{f', + {more}' if more else ''}", _BELOW, "")
            lines += in_lines(f"{translate('makes poorer:', language)} {', '.join(one.views)}", _BELOW)
    return "\n".join(lines) + "\n"


def needs_as_json(architecture: Architecture, found: Sequence[Need], language: str) -> str:
    """Every need with all elements and views."""
    return _json(
        {
            "agency": architecture.agency,
            "needs": [
                {
                    "unit": architecture.id_at(one.office) if one.office is not None else None,
                    "unit_name": _office(architecture, one, language),
                    "type": one.section,
                    "fields": list(one.fields),
                    "elements": [architecture.id_at(ordinal) for ordinal in one.ordinals],
                    "views": list(one.views),
                    "effect": one.effect,
                }
                for one in found
            ],
        }
    )


_COLUMNS = ("unit", "type", "field", "blank", "effect", "views", "elements")


def needs_as_csv(architecture: Architecture, found: Sequence[Need], language: str) -> str:
    """A need a row, for a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_heads(language))
    for one in found:
        texts = _office(architecture, one, language), type_of(one.section).label(language)
        fields = _fields(one.section, one.fields, language)
        ids = " ".join(architecture.id_at(ordinal) for ordinal in one.ordinals)
        cells = [
            *map(literal, (*texts, fields)),
            len(one.ordinals),
            one.effect,
            *map(literal, (" ".join(one.views), ids)),
        ]
        rows.writerow(cells)
    return out.getvalue()


def _heads(language: str) -> list[str]:
    return [
        translate("unit", language),
        translate("type", language),
        translate("field", language),
        translate("blank", language),
        translate("effect", language),
        translate("views", language),
        translate("elements", language),
    ]


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
