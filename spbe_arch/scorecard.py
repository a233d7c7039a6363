"""A score → text, JSON, Markdown, and the data of a radar picture."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.findings import english
from spbe_arch.formats.markdown import escape
from spbe_arch.messages import counted, decimal, printable, translate
from spbe_arch.tables import in_lines
from spbe_arch.views.gathering import frame_of
from spbe_arch.views.view import Axis, Cell, Mark, Node, View

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.scoring import Met, Score, Scored

__all__ = ["FORMATS", "score_as", "score_view"]

FORMATS = ("text", "json", "markdown")

_DISCLAIMER = english(
    "This is a preparation, not the evaluation: it sees the model and no evidence outside it; "
    "assessors judge by documents, interviews and visits"
)


def score_as(output_format: str, score: Score, language: str) -> str:
    """The score in one of `FORMATS`."""
    if output_format == "json":
        return _json(score)
    return _markdown(score, language) if output_format == "markdown" else _text(score, language)


def _text(score: Score, language: str) -> str:
    def say(text: str, **values: object) -> str:
        return translate(text, language).format(**values)

    scheme = score.scheme
    lines = [*in_lines(scheme.title(language)), *in_lines(scheme.basis), *in_lines(say(_DISCLAIMER), further=""), ""]
    for one in score.scored:
        bar = "■" * one.level + "□" * max(0, one.indicator.most - one.level) + "·" * (5 - one.indicator.most)
        lines += in_lines(one.indicator.name(language), f"{one.indicator.number:>3}  {bar}  ", "")
        for met in one.next:
            lines += in_lines(_missing(met, language), " " * 12)
    lines += ["", say("■ the model shows the level, □ it could, · other evidence is needed"), ""]
    for layer_line in score.coverage:
        lines += in_lines(_domain(layer_line, language))
    lines += ["", *in_lines(_sum(score, language), further="")]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _missing(met: Met, language: str) -> str:
    """What is missing for a level, with the elements that lack it."""
    said = translate("for level {level}: {what} ({found} of {wanted})", language).format(
        level=met.criterion.level, what=met.criterion.text(language), found=met.found, wanted=met.wanted
    )
    named = ", ".join(map(printable, met.missing[:5]))
    more = " …" if len(met.missing) > 5 else ""
    return f"{said}: {named}{more}" if named else said


def _domain(coverage: Any, language: str) -> str:
    elements = counted(coverage.elements, "{count} element", "{count} elements", language)
    said = f"{coverage.layer.label(language)}: {elements}"
    if coverage.coded is not None:
        said += ", " + translate("{share} % with a reference code", language).format(share=round(coverage.coded * 100))
    return said + ", " + translate("{share} % with a unit", language).format(share=round(coverage.owned * 100))


def _sum(score: Score, language: str) -> str:
    said = translate(
        "{count} of {of} indicators touch the architecture; the model supports level {mean} of them on average",
        language,
    )
    mean = decimal(score.mean, 2, language)
    return said.format(count=len(score.scored), of=score.scheme.of, mean=mean)


def _markdown(score: Score, language: str) -> str:
    def say(text: str) -> str:
        return translate(text, language)

    heads = (say("number"), say("indicator"), say("level"), say("of"), say("missing for the next level"))
    lines = [f"## {escape(score.scheme.title(language))}", "", f"*{escape(say(_DISCLAIMER))}*", ""]
    lines += [f"| {' | '.join(heads)} |", "| ---: | --- | ---: | ---: | --- |"]
    for one in score.scored:
        missing = "; ".join(escape(_missing(met, language)) for met in one.next)
        name = escape(one.indicator.name(language))
        lines.append(f"| {one.indicator.number} | {name} | {one.level} | {one.indicator.most} | {missing} |")
    lines += ["", *(f"- {escape(_domain(one, language))}" for one in score.coverage), "", escape(_sum(score, language))]
    return "".join(f"{line}\n" for line in lines)


def _json(score: Score) -> str:
    def judged(met: Met) -> dict[str, Any]:
        return {
            "level": met.criterion.level,
            "text": {"en": met.criterion.text_en, "id": met.criterion.text_id},
            "holds": met.holds,
            "found": met.found,
            "wanted": met.wanted,
            "evidence": list(met.evidence),
            "missing": list(met.missing),
            "confidence": met.criterion.confidence,
            "basis": met.criterion.basis,
        }

    def indicator(one: Scored) -> dict[str, Any]:
        return {
            "number": one.indicator.number,
            "name": {"en": one.indicator.name_en, "id": one.indicator.name_id},
            "level": one.level,
            "most": one.indicator.most,
            "weight": one.indicator.weight,
            "criteria": [judged(met) for met in one.met],
        }

    found = {
        "version": 1,
        "scheme": score.scheme.name,
        "basis": score.scheme.basis,
        "confidence": score.scheme.confidence,
        "is_preparation": True,
        "mean": round(score.mean, 4),
        "indicators": [indicator(one) for one in score.scored],
        "coverage": [
            {"layer": one.layer.value, "elements": one.elements, "coded": one.coded, "owned": one.owned}
            for one in score.coverage
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


# --- the picture -----------------------------------------------------------------------------------------------


def score_view(architecture: Architecture, score: Score, language: str = "") -> View:
    """The view of a score: a spoke for each aspect, or for each indicator where the scheme has no aspects.

    The value of a cell is the mean of the levels on its spoke, with one decimal; its detail in `columns` is the
    highest that a model can show.
    """
    tongue = language or architecture.manifest.spoken
    spokes: dict[str, list[Scored]] = defaultdict(list)
    for one in score.scored:
        spokes[one.indicator.aspect or str(one.indicator.number)].append(one)
    marks, cells = [], []
    for key, some in spokes.items():
        is_aspect = bool(some[0].indicator.aspect)
        name = translate(_ASPECTS.get(key, key), tongue) if is_aspect else some[0].indicator.name(tongue)
        numbers = ", ".join(str(one.indicator.number) for one in some)
        marks.append(Mark(key, name, numbers))
        reached = sum(one.level for one in some) / len(some)
        possible = sum(one.indicator.most for one in some) / len(some)
        cells += [Cell("level", key, f"{reached:.1f}"), Cell("most", key, f"{possible:.1f}")]
    return View(
        viewpoint="score",
        name=f"score-{score.scheme.name if score.scheme.name in ('47', '20') else 'own'}",
        title=translate("Readiness for the evaluation", tongue),
        subtitle=f"{score.scheme.title(tongue)} · {score.scheme.basis}",
        frame=frame_of(architecture, [], tongue),
        nodes=tuple(Node(mark.key, "", "across", mark.name) for mark in marks),
        notes=(translate(_DISCLAIMER, tongue), _sum(score, tongue)),
        rows=Axis(
            "",
            (Mark("level", translate("the model shows", tongue)), Mark("most", translate("a model can show", tongue))),
        ),
        columns=Axis("", tuple(marks)),
        cells=tuple(cells),
    )


_ASPECTS = {
    "policy": english("internal policies"),
    "planning": english("planning"),
    "ict": english("information technology"),
    "organisation": english("organisation"),
    "management": english("management"),
    "audit": english("ICT audit"),
    "service": english("services"),
}
