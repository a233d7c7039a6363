"""A gap report → text, JSON, Markdown, CSV."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import english
from spbe_arch.formats.markdown import escape
from spbe_arch.messages import counted, grouped, printable, translate
from spbe_arch.metamodel import type_of
from spbe_arch.planning import Fate
from spbe_arch.tables import in_lines, print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.planning import Change, Doubt, Gap, GapReport, Project

__all__ = ["gap_report_as"]

_COLUMNS = (
    english("what"),
    english("element"),
    english("name"),
    english("type"),
    english("unit"),
    english("year"),
    english("initiatives"),
    english("to be clarified"),
)
_OF_PROJECTS = (
    english("initiative"),
    english("name"),
    english("unit"),
    english("year"),
    english("rupiah"),
    english("to be clarified"),
)
_OF_GAPS = (
    english("gap"),
    english("name"),
    english("unit"),
    english("initiatives"),
    english("to be clarified"),
)


def gap_report_as(output_format: str, architecture: Architecture, report: GapReport, language: str) -> str:
    """The report in one of the `FORMATS` of tables."""
    if output_format == "json":
        return _json(report)
    if output_format == "csv":
        return print_table(_heads(_COLUMNS, language), (_row(one, language) for one in report.changes), "csv")
    return _markdown(report, language) if output_format == "markdown" else _text(architecture, report, language)


def _heads(names: tuple[str, ...], language: str) -> list[str]:
    return [translate(name, language) for name in names]


def _row(one: Change, language: str) -> tuple[Any, ...]:
    return (
        translate(one.fate.value, language),
        one.id,
        one.name,
        type_of(one.section).label(language),
        one.unit,
        one.year,
        one.initiatives,
        tuple(translate(doubt.value, language) for doubt in one.doubts),
    )


# --- text ------------------------------------------------------------------------------------------------------


def _text(architecture: Architecture, report: GapReport, language: str) -> str:
    lines = [_title(report, language), _counts(report, language), ""]
    if not report.changes:
        lines += [translate("nothing changes between these years", language), ""]
    for unit, some in groupby(report.changes, key=lambda one: one.unit):
        lines += [*in_lines(_office(architecture, unit, language)), *_changes(some, language), ""]
    lines += _doubtful(report, language)
    lines += _costs(report, language)
    return "".join(f"{line.rstrip()}\n" for line in lines).rstrip("\n") + "\n"


def _title(report: GapReport, language: str) -> str:
    return translate("From the architecture of {first} to that of {last}", language).format(
        first=report.first, last=report.last
    )


def _counts(report: GapReport, language: str) -> str:
    said = translate("{build} to build, {change} to change, {retire} to retire", language)
    return said.format(**{fate.value: report.count(fate) for fate in Fate})


def _office(architecture: Architecture, unit: str | None, language: str) -> str:
    if unit is None:
        return translate("without a unit", language)
    return f"{printable(architecture[unit].name or unit)} ({printable(unit)})"


def _changes(some: Iterable[Change], language: str) -> Iterator[str]:
    for one in some:
        year = one.year if one.year is not None else "—"
        fate = translate(one.fate.value, language)
        yield from in_lines(f"{printable(one.name)} ({printable(one.id)})", f"  {year!s:<4}  {fate:<12}  ")
        if one.initiatives:
            yield from in_lines(", ".join(map(printable, one.initiatives)), f"{'':>22}← ", "")
        for doubt in one.doubts:
            yield from in_lines(translate(doubt.value, language), f"{'':>22}! ", "")


def _doubtful(report: GapReport, language: str) -> list[str]:
    """What the roadmap leaves open besides the changes."""
    some: list[tuple[str, str, tuple[Doubt, ...]]] = [(one.id, one.name, one.doubts) for one in _open(report)]
    heading = counted(
        len(report.projects),
        "The roadmap: {count} initiative in these years",
        "The roadmap: {count} initiatives in these years",
        language,
    )
    lines = [heading]
    for id, name, doubts in some:
        lines += in_lines(f"{printable(name)} ({printable(id)})", "  ! ")
        lines += [line for doubt in doubts for line in in_lines(translate(doubt.value, language), " " * 6)]
    if not some:
        said = translate(
            "every initiative changes something or closes a gap, every gap has one or is deferred", language
        )
        lines += in_lines(said, "  ", "")
    return [*lines, ""]


def _open(report: GapReport) -> Iterator[Project | Gap]:
    yield from (one for one in report.projects if one.doubts)
    yield from (one for one in report.gaps if one.doubts)


def _costs(report: GapReport, language: str) -> list[str]:
    silent = sum(not one.budget for one in report.projects)
    without = counted(silent, "{count} initiative names no budget", "{count} initiatives name no budget", language)
    if not report.budget:
        return [translate("Cost: no initiative names a budget", language)] if report.projects else []
    lines = [translate("Cost of the initiatives that name it, in rupiah", language)]
    lines += [f"  {year}  {grouped(amount, language):>22}" for year, amount in report.budget.items()]
    lines.append(f"  {translate('all', language):<4}  {grouped(sum(report.budget.values()), language):>22}")
    return [*lines, *([f"  {without}"] if silent else [])]


# --- Markdown and JSON -----------------------------------------------------------------------------------------


def _markdown(report: GapReport, language: str) -> str:
    parts = [f"## {escape(_title(report, language))}\n", f"{escape(_counts(report, language))}\n"]
    if report.changes:
        rows = (_row(one, language) for one in report.changes)
        parts.append(print_table(_heads(_COLUMNS, language), rows, "markdown"))
    if report.projects:
        parts.append(
            print_table(
                _heads(_OF_PROJECTS, language), (_project(one, language) for one in report.projects), "markdown"
            )
        )
    if report.gaps:
        parts.append(print_table(_heads(_OF_GAPS, language), (_gap(one, language) for one in report.gaps), "markdown"))
    return "\n".join(parts)


def _project(one: Project, language: str) -> tuple[Any, ...]:
    years = "–".join(str(year) for year in (one.since, one.until) if year is not None)
    amount = grouped(sum(one.budget.values()), language) if one.budget else None
    return one.id, one.name, one.unit, years, amount, tuple(translate(doubt.value, language) for doubt in one.doubts)


def _gap(one: Gap, language: str) -> tuple[Any, ...]:
    return one.id, one.name, one.unit, one.initiatives, tuple(translate(doubt.value, language) for doubt in one.doubts)


def _json(report: GapReport) -> str:
    """The report for programs; doubts by their names, as in "unplanned"."""

    def named(one: Change | Project | Gap) -> dict[str, Any]:
        return {**asdict(one), "doubts": [doubt.name.lower() for doubt in one.doubts]}

    found = {
        "version": 1,
        "first": report.first,
        "last": report.last,
        "changes": [named(one) for one in report.changes],
        "initiatives": [named(one) for one in report.projects],
        "gaps": [named(one) for one in report.gaps],
        "budget": report.budget,
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
