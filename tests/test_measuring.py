"""Metrics: what is counted among what, and what is undefined."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from spbe_arch import check, load_texts, measure
from spbe_arch.drawing import draw
from spbe_arch.measures import metrics_as, metrics_view
from spbe_arch.tables import FORMATS
from tests.command import run, write
from tests.drawing import checks

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nkind: regency\ndate: 2026-11-01\nlanguage: id\n"
MODEL = """
units:
  dinkes: {name: Dinas Kesehatan}
  kominfo: {name: Dinas Kominfo}
services:
  berobat: {name: Berobat, owner: dinkes}
  aduan: {name: Aduan, owner: kominfo}
applications:
  portal: {name: Portal, supports: [berobat, aduan], since: 2020, reference: RAA.02.02}
  simrs: {name: Sistem Informasi Rumah Sakit, supports: [berobat], since: 2024, owner: dinkes}
  simrs-2: {name: Sistem Informasi Rumah Sakit, owner: dinkes}
  lama: {name: Lama, status: retired}
integration_platforms:
  spl: {name: SPL}
exchanges:
  lewat-spl: {name: Lewat, provider: portal, consumer: simrs, via: [spl]}
  langsung: {name: Langsung, provider: simrs, consumer: portal}
  separuh: {name: Separuh, provider: simrs}
"""


def measured(model: str = MODEL) -> dict[tuple[str, str], tuple[float, float]]:
    architecture = load_texts([("spbe.yaml", MANIFEST), ("model.yaml", model)])
    found = measure(architecture, check(architecture))
    return {(one.name, one.of): (one.numerator, one.denominator) for one in found}


@pytest.mark.parametrize(
    ("name", "of", "expected"),
    [
        ("reuse", "", (1, 2)),
        ("duplication", "", (2, 3)),
        ("integration", "", (1, 2)),
        ("age", "", (8, 2)),
        ("orphans", "application", (2, 7)),
        ("codes", "application", (1, 4)),
        ("units", "services", (2, 2)),
    ],
)
def test_each_is_a_count_of_a_count(name: str, of: str, expected: tuple[float, float]) -> None:
    assert measured()[name, of] == expected


def test_findings_stand_at_the_office_of_their_element() -> None:
    architecture = load_texts([("spbe.yaml", MANIFEST), ("model.yaml", MODEL)])
    findings = check(architecture)
    places = [architecture.at_place(one.place) for one in findings]
    of_kominfo = [one for one in places if one is not None and architecture.office_at(one.ordinal) == "kominfo"]
    assert measured()["findings", "kominfo"][0] == len(of_kominfo) > 0


def test_what_has_nothing_to_count_is_undefined_and_not_nought() -> None:
    architecture = load_texts([("spbe.yaml", MANIFEST)])
    assert {one.value for one in measure(architecture, check(architecture))} == {None}


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_model_is_told_to_be_undefined_in_every_form(output_format: str, language: str) -> None:
    architecture = load_texts([("spbe.yaml", MANIFEST)])
    said = {"text": {"id": "tak terdefinisi", "en": "undefined"}, "json": {"id": "null", "en": "null"}}
    text = metrics_as(output_format, architecture, measure(architecture), language)
    assert said.get(output_format, said["text"])[language] in text


def test_the_command_shows_numerator_and_denominator(tmp_path: Path) -> None:
    write(tmp_path, {"spbe.yaml": MANIFEST, "model.yaml": MODEL})
    found = json.loads(run(tmp_path, "metrics", "--output-format", "json").stdout)["metrics"]
    assert [(one["numerator"], one["denominator"]) for one in found if one["name"] == "reuse"] == [(1, 2)]


NUMBERS = {
    "without a thing": "",
    "an office with a hostile name": MODEL.replace("Dinas Kesehatan", "'<script>&]]> =1+1 \\u202e'"),
    "more offices than have room": "units:\n" + "".join(f"  u{n}: {{name: Dinas {n}}}\n" for n in range(60)),
}


@pytest.mark.parametrize("model", [MODEL, *NUMBERS.values()], ids=["a model", *NUMBERS])
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_picture_has_no_faults(model: str, language: str) -> None:
    architecture = load_texts([("spbe.yaml", MANIFEST), ("model.yaml", model)])
    (sheet,) = draw(metrics_view(architecture, measure(architecture, check(architecture)), language))
    assert list(checks.faults(sheet)) == []


def test_the_picture_shows_or_folds_every_office() -> None:
    architecture = load_texts([("spbe.yaml", MANIFEST), ("model.yaml", NUMBERS["more offices than have room"])])
    found = measure(architecture, check(architecture))
    (sheet,) = draw(metrics_view(architecture, found))
    assert {*sheet.drawn, *sheet.folded} == {one.of for one in found if one.name == "findings"}


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_picture_is_written_beside_the_numbers(ending: str, tmp_path: Path) -> None:
    write(tmp_path, {"spbe.yaml": MANIFEST, "model.yaml": MODEL})
    result = run(tmp_path, "metrics", "--picture", f"angka.{ending}")
    assert (result.returncode, (tmp_path / f"angka.{ending}").stat().st_size > 1_000) == (0, True)
