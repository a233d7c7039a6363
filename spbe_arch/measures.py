"""Metrics → text, JSON, Markdown, CSV."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import english
from spbe_arch.messages import printable, translate
from spbe_arch.metamodel import Layer
from spbe_arch.tables import print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.measuring import Metric

__all__ = ["FORMATS", "metrics_as"]

FORMATS = ("text", "json", "markdown", "csv")

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
    """The metrics in one of `FORMATS`."""
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
        return f"{_decimal(one.value * 100, 0, language)} %"
    return _decimal(one.value, 2, language)


def _decimal(number: float, places: int, language: str) -> str:
    shown = f"{number:.{places}f}"
    return shown.replace(".", ",") if language == "id" else shown


def _text(architecture: Architecture, metrics: Sequence[Metric], language: str) -> str:
    lines = []
    for name, group in groupby(metrics, key=lambda one: one.name):
        some = list(group)
        lines.append(translate(_TITLES[name], language))
        for one in some:
            quotient = f"{one.numerator:g} / {one.denominator:g}"
            about = printable(_about(architecture, one, language))
            lines.append(f"  {_value(one, language):>15}  {quotient:>15}  {about}")
        lines.append(f"  = {translate(some[0].counted, language)}")
        lines += [f"  / {translate(some[0].among, language)}", ""]
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
