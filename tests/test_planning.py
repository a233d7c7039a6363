"""From as-is to to-be: what is built, changed and retired, and where the roadmap does not fit it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from spbe_arch import gap_report, load, load_texts
from spbe_arch.errors import PeriodError
from spbe_arch.metamodel import Layer, types
from spbe_arch.planning import Doubt, Fate
from spbe_arch.plans import gap_report_as
from spbe_arch.tables import FORMATS
from tests.command import run, write
from tests.pictures import MODEL as BEKASI

if TYPE_CHECKING:
    from pathlib import Path

    from spbe_arch.planning import GapReport

MANIFEST = (
    "spbe.yaml",
    "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nkind: regency\nperiod: 2025-2029\nlanguage: en\n",
)
MODEL = """
units:
  dinkes: {name: Dinas Kesehatan}
  puskesmas: {name: Puskesmas, parent: dinkes, kind: section}
applications:
  baru: {name: Baru, status: new, since: 2026, owner: puskesmas}
  tak-terencana: {name: Tak terencana, status: new}
  lama: {name: Lama, owner: dinkes}
  pengganti: {name: Pengganti, status: new, since: 2027, owner: dinkes, replaces: [lama]}
  naik: {name: Naik, status: upgrade, owner: dinkes}
  tetap: {name: Tetap, owner: dinkes}
initiatives:
  tepat: {name: Tepat, since: 2025, until: 2027, delivers: [pengganti, naik], budget: {2026: 100, 2027: 50}}
  telat: {name: Telat, since: 2028, until: 2029, delivers: [baru], owner: dinkes}
  sia-sia: {name: Sia-sia, since: 2026, until: 2026, budget: {2026: 7}}
  lewat: {name: Lewat, since: 2019, until: 2020}
gaps:
  terbuka: {name: Terbuka, decision: open}
  ditunda: {name: Ditunda, decision: deferred}
  selesai: {name: Selesai, decision: closed}
"""


def report(model: str = MODEL, first: int | None = None, last: int | None = None) -> GapReport:
    return gap_report(load_texts([MANIFEST, ("model.yaml", model)]), first, last)


def test_what_comes_goes_or_changes_is_told_with_office_and_year() -> None:
    assert [(one.id, one.fate, one.unit, one.year) for one in report().changes] == [
        ("baru", Fate.BUILD, "dinkes", 2026),
        ("lama", Fate.RETIRE, "dinkes", 2027),
        ("naik", Fate.CHANGE, "dinkes", 2027),
        ("pengganti", Fate.BUILD, "dinkes", 2027),
        ("tak-terencana", Fate.BUILD, None, 2029),
    ]


def test_what_roadmap_and_architecture_contradict_each_other_in_is_told() -> None:
    found = report()
    doubts = {one.id: one.doubts for one in found.changes if one.doubts}
    doubts |= {one.id: one.doubts for one in found.projects if one.doubts}
    doubts |= {one.id: one.doubts for one in found.gaps if one.doubts}
    assert doubts == {
        "baru": (Doubt.LATE,),
        "tak-terencana": (Doubt.UNPLANNED,),
        "sia-sia": (Doubt.IDLE,),
        "terbuka": (Doubt.UNCLOSED,),
    }


def test_cost_is_that_of_the_initiatives_each_counted_once() -> None:
    assert report().budget == {2026: 107, 2027: 50}


def test_years_can_be_chosen() -> None:
    assert [one.id for one in report(first=2025, last=2026).changes] == ["baru", "naik"]


def test_what_does_not_stay_as_it_is_is_what_the_slices_of_the_years_differ_in() -> None:
    architecture = load(BEKASI)
    before, after = (set(architecture.at(year)) for year in (2025, 2029))
    found = gap_report(architecture)
    layers = {id for id in before ^ after if types()[architecture[id].section].layer is not Layer.ACROSS}
    assert {one.id for one in found.changes if one.fate is not Fate.CHANGE} == layers


def test_an_empty_model_has_no_gap() -> None:
    assert report("").changes == ()


def test_without_period_the_years_have_to_be_named() -> None:
    architecture = load_texts([("spbe.yaml", "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n")])
    with pytest.raises(PeriodError, match="--from 2025"):
        gap_report(architecture)
    assert gap_report(architecture, 2025, 2026).changes == ()


def test_years_that_run_backwards_are_an_error() -> None:
    with pytest.raises(PeriodError, match="2029 is after 2025"):
        report(first=2029, last=2025)


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_report_has_every_form(output_format: str, language: str) -> None:
    architecture = load_texts([MANIFEST])
    assert gap_report_as(output_format, architecture, gap_report(architecture), language)


def test_text_names_office_change_initiative_and_doubt() -> None:
    architecture = load_texts([MANIFEST, ("model.yaml", MODEL)])
    text = gap_report_as("text", architecture, gap_report(architecture), "id")
    assert "Dinas Kesehatan (dinkes)\n  2026  bangun        Baru (baru)\n" in text
    assert "← telat\n" in text
    assert "! inisiatif yang menghasilkannya baru mulai setelah tahunnya" in " ".join(text.split())
    assert max(map(len, text.splitlines())) < 80


def test_names_are_literal_in_csv_and_markdown() -> None:
    architecture = load_texts([MANIFEST, ("model.yaml", 'applications: {x: {name: "=1+1|*", status: new}}\n')])
    found = gap_report(architecture)
    (_, row) = csv.reader(io.StringIO(gap_report_as("csv", architecture, found, "en")))
    assert row[2] == "'=1+1|*"
    assert r"=1\+1\|\*" in gap_report_as("markdown", architecture, found, "en")


def test_members_of_a_nation_stand_under_their_own_units(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "spbe.yaml": "version: 1\nagency: prov\nname: P\nkind: province\nperiod: 2025-2029\nmembers: [kab]\n",
            "kab/spbe.yaml": "version: 1\nagency: kab\nname: Kabupaten\nkind: regency\nperiod: 2025-2029\n",
            "kab/m.yaml": "units: {d: {name: Dinas}}\napplications: {a: {name: A, status: new, owner: d}}\n",
        },
    )
    (change,) = gap_report(load(tmp_path)).changes
    assert (change.id, change.unit) == ("kab/a", "kab/d")


def test_the_command_prints_it_for_programs(tmp_path: Path) -> None:
    write(tmp_path, {"spbe.yaml": MANIFEST[1], "model.yaml": MODEL})
    found = json.loads(run(tmp_path, "gap", "--output-format", "json").stdout)
    assert [one["id"] for one in found["changes"] if "late" in one["doubts"]] == ["baru"]
    assert found["budget"] == {"2026": 107, "2027": 50}


def test_the_command_says_why_it_cannot(tmp_path: Path) -> None:
    write(tmp_path, {"spbe.yaml": MANIFEST[1]})
    result = run(tmp_path, "gap", "--from", "2029", "--to", "2025")
    assert (result.returncode, result.stderr) == (2, "spbe: 2029 is after 2025\n")
