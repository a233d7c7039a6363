"""Metrics → text, JSON, Markdown, CSV, and the data of a picture."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import english
from spbe_arch.messages import decimal, printable, translate
from spbe_arch.metamodel import Layer
from spbe_arch.tables import in_lines, print_table
from spbe_arch.views.gathering import frame_of
from spbe_arch.views.view import Axis, Cell, Mark, Node, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.measuring import Metric

__all__ = ["metrics_as", "metrics_view"]

_TITLES = {
    "reuse": english("Reuse of applications"),
    "duplication": english("Duplication of applications"),
    "integration": english("Integration through the service hub"),
    "age": english("Mean age of applications, in years"),
    "orphans": english("Orphans by layer"),
    "codes": english("Coverage by reference codes, by layer"),
    "units": english("Coverage by units, by layer"),
    "findings": english("Findings for each element, by office"),
}
_COLUMNS = (
    english("metric"),
    english("of"),
    english("value"),
    english("count"),
    english("what is counted"),
    english("number of all"),
    english("among what"),
)


def metrics_as(output_format: str, architecture: Architecture, metrics: Sequence[Metric], language: str) -> str:
    """The metrics in one of the `FORMATS` of tables."""
    if output_format == "json":
        return _json(metrics)
    if output_format == "text":
        return _text(architecture, metrics, language)
    rows = (_row(architecture, one, language) for one in metrics)
    return print_table([translate(name, language) for name in _COLUMNS], rows, output_format)


def _row(architecture: Architecture, one: Metric, language: str) -> tuple[Any, ...]:
    return (
        translate(_TITLES[one.name], language),
        _about(architecture, one, language),
        _value(one, language),
        one.numerator,
        translate(one.counted, language),
        one.denominator,
        translate(one.among, language),
    )


def _about(architecture: Architecture, one: Metric, language: str) -> str:
    """The layer or office that a metric is about, in words."""
    if one.name == "findings":
        return architecture[one.of].name or one.of
    return Layer(one.of).label(language) if one.of else ""


def _value(one: Metric, language: str) -> str:
    if one.value is None:
        return translate("undefined", language)
    if one.is_share:
        return f"{decimal(one.value * 100, 0, language)} %"
    return decimal(one.value, 2, language)


def _text(architecture: Architecture, metrics: Sequence[Metric], language: str) -> str:
    lines = []
    for name, group in groupby(metrics, key=lambda one: one.name):
        some = list(group)
        lines.append(translate(_TITLES[name], language))
        for one in some:
            quotient = f"{one.numerator:g} / {one.denominator:g}"
            about = printable(_about(architecture, one, language))
            value = f"  {_value(one, language):>15}  {quotient:>15}"
            lines += in_lines(about, f"{value}  ") or [value]
        lines += in_lines(translate(some[0].counted, language), "  = ", "")
        lines += [*in_lines(translate(some[0].among, language), "  / ", ""), ""]
    return "".join(f"{line.rstrip()}\n" for line in lines[:-1])


def _json(metrics: Sequence[Metric]) -> str:
    found = {
        "version": 1,
        "metrics": [
            {
                "name": one.name,
                "of": one.of,
                "value": one.value,
                "numerator": one.numerator,
                "denominator": one.denominator,
                "counted": one.counted,
                "among": one.among,
                "share": one.is_share,
            }
            for one in metrics
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


# --- the picture -----------------------------------------------------------------------------------------------


def metrics_view(architecture: Architecture, metrics: Sequence[Metric], language: str = "") -> View:
    """The view of metrics: a row for each metric, a column for the whole, each layer and each office.

    The value of a cell is what is counted and among how many, as in `4/28`. The detail of a row says what is counted;
    a percent sign before it says that it is a share.
    """
    tongue = language or architecture.manifest.spoken
    rows: dict[str, Mark] = {}
    columns: dict[str, Mark] = {}
    offices: dict[str, Node] = {}
    for one in metrics:
        about = _about(architecture, one, tongue)
        detail = f"{translate(one.counted, tongue)} / {translate(one.among, tongue)}"
        share = "%" if one.is_share else ""
        rows.setdefault(one.name, Mark(one.name, translate(_TITLES[one.name], tongue), share + detail))
        columns.setdefault(one.of, Mark(one.of, about))
        if one.name == "findings":
            offices.setdefault(one.of, Node(one.of, "units", "across", about))
    return View(
        viewpoint="metrics",
        name="metrics",
        title=translate("The architecture in numbers", tongue),
        subtitle=architecture.manifest.name,
        frame=frame_of(architecture, [], tongue),
        nodes=tuple(offices.values()),
        rows=Axis("", tuple(rows.values())),
        columns=Axis("", tuple(columns.values())),
        cells=tuple(Cell(one.name, one.of, f"{one.numerator:.6g}/{one.denominator:.0f}") for one in metrics),
    )
