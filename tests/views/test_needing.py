"""What can be drawn, and what offices have left blank."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from spbe_arch import load
from spbe_arch.needs import needs_as_csv, needs_as_json, needs_as_text, needs_of, views_as_json, views_as_text
from spbe_arch.views import duplicates, make_view, viewpoints
from spbe_arch.views.needing import drawables, needs
from tests.views.shared import architecture

if TYPE_CHECKING:
    from pathlib import Path

MODEL = """
units:
  dinas: {name: Dinas, kind: office}
  bidang: {name: Bidang, parent: dinas, kind: division}
applications:
  a: {name: A, owner: bidang, reference: RAA.01.01}
  b: {name: B, owner: bidang}
  c: {name: C}
services:
  s: {name: S, owner: dinas}
"""


def blanks(request: str, views: str = "") -> dict[tuple[str, str], int]:
    found = next(one for one in drawables(architecture(views, MODEL), "en") if one.request == request)
    return {(one.section, "|".join(one.fields)): len(one.ordinals) for one in found.blanks}


def test_a_view_names_the_fields_that_make_it_poorer() -> None:
    assert blanks("landscape") == {("applications", "reference"): 2, ("applications", "owner|operator"): 1}


def test_of_several_fields_one_is_enough() -> None:
    model = MODEL + "clouds:\n  awan: {name: Awan}\n"
    model = model.replace("{name: C}", "{name: C, runs_on: awan}")
    found = next(one for one in drawables(architecture("", model), "en") if one.request == "deployment")
    assert [len(one.ordinals) for one in found.blanks if one.fields == ("runs_on", "main_facility")] == [2]


def test_a_link_may_be_written_at_the_other_end() -> None:
    assert blanks("layers")["services", "supported_by"] == 1


def test_own_views_are_counted_with_their_filter() -> None:
    assert blanks("k", "views:\n  k: {viewpoint: landscape, where: {reference: RAA.01}}") == {}


def test_a_field_that_could_not_be_read_is_not_blank() -> None:
    model = MODEL.replace("{name: C}", "{name: C, reference: [}]")
    found = drawables(architecture("", model), "en")
    assert all("c" not in map(str, one.blanks) for one in found)


def test_needs_are_listed_for_the_office_with_the_largest_effect_first() -> None:
    found = needs(architecture("", MODEL), "en")
    offices = list(dict.fromkeys(one.office for one in found))
    assert offices[-1] is None
    effects = [one.effect for one in found if one.office == offices[0]]
    assert effects == sorted(effects, reverse=True)


def test_the_effect_is_how_often_an_element_stands_poorer_in_a_view() -> None:
    found = needs(architecture("", MODEL), "en")
    one = next(one for one in found if one.fields == ("reference",) and one.office is not None)
    assert (one.section, len(one.ordinals), one.effect) == ("applications", 1, len(one.views))


def test_every_view_of_the_list_can_be_made() -> None:
    found = load("models/kab-bekasi")
    for one in drawables(found, "id"):
        if one.subjects is None:
            view = make_view(found, one.request)
            counted = len(found) if one.viewpoint.of_types else len(view.nodes)
            assert (view.name, one.elements if one.viewpoint.compares else counted) == (one.name, one.elements)


def test_the_list_names_every_viewpoint() -> None:
    found = load("models/kab-bekasi")
    assert {one.viewpoint.name for one in drawables(found, "id")} == set(viewpoints())


# As text, JSON and CSV


def test_json_carries_viewpoint_name_and_counts() -> None:
    data = json.loads(views_as_json(architecture("", MODEL), "en"))
    assert all({"viewpoint", "name", "counts"} <= set(one) for one in data["views"])
    landscape = next(one for one in data["views"] if one["request"] == "landscape")
    assert landscape["counts"] == {"elements": 3, "links": 0, "by_type": {"applications": 3}}


def test_text_says_what_to_ask_for_and_what_is_missing() -> None:
    lines = views_as_text(architecture("", MODEL), "en").splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("landscape "))
    assert lines[at] == "landscape  Application landscape: 3 elements (3 applications)"
    assert lines[at + 1] == "    application without reference: 2 of 3"


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_line_of_text_is_wider_than_a_terminal(language: str) -> None:
    found = load("models/kab-bekasi")
    text = views_as_text(found, language) + needs_as_text(found, needs_of(found, language), language)
    assert max(map(len, text.splitlines())) < 80


def test_what_is_alike_is_not_looked_for_to_list_views(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_looked_for", None)  # to call it is an error
    own = "views:\n  k: {viewpoint: duplicates, title: Kembar, where: {reference: RAA.01}}"
    lines = views_as_text(architecture(own, MODEL), "en").splitlines()
    assert "duplicates  Duplicates and reuse: compares 3 elements" in lines
    assert "k  Kembar: compares 1 element" in lines


def test_own_views_stand_apart() -> None:
    text = views_as_text(architecture("views:\n  k: {viewpoint: landscape, title: Kita}", MODEL), "id")
    assert "\nditetapkan dalam model:\nk " in text


def test_an_empty_model_can_draw_next_to_nothing() -> None:
    text = views_as_text(architecture("", ""), "en")
    assert "landscape" in text
    assert "shows nothing" in text


def test_a_model_without_blanks_needs_nothing() -> None:
    found = architecture("", "")
    assert needs_as_text(found, needs_of(found, "en"), "en") == "no view is poorer for a blank field\n"


def test_needs_as_text_say_who_has_to_fill_in_what() -> None:
    found = architecture("", MODEL)
    text = needs_as_text(found, needs_of(found, "en"), "en")
    assert text.startswith("Dinas: ")
    assert "application without reference: 1\n         b\n         makes poorer:" in text
    assert "service without supported by (write supports at the application): 1" in text


def test_needs_of_one_office() -> None:
    found = architecture("", MODEL)
    unit = found.units["bidang"].ordinal
    assert {one.office for one in needs_of(found, "en", unit)} == {found.units["dinas"].ordinal}


def test_needs_as_json_have_all_elements() -> None:
    found = architecture("", MODEL)
    data = json.loads(needs_as_json(found, needs_of(found, "en"), "en"))
    assert {"unit", "unit_name", "type", "fields", "elements", "views", "effect"} == set(data["needs"][0])


def test_needs_as_csv_hold_no_formula() -> None:
    model = MODEL.replace("name: Dinas,", "name: '=HYPERLINK(\"x\")',")
    found = architecture("", model)
    text = needs_as_csv(found, needs_of(found, "id"), "id")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["unit kerja", "jenis", "isian", "kosong", "pengaruh", "tampilan", "elemen"]
    assert rows[1][0].startswith("'=")


def test_commands_print_in_every_format(tmp_path: Path) -> None:
    from tests.command import run, write

    write(tmp_path, {"model.yaml": MODEL, "t.yaml": "views:\n  k: {viewpoint: landscape}\n"})
    assert json.loads(run(tmp_path, "views", "--output-format", "json").stdout)["views"]
    assert "k " in run(tmp_path, "views").stdout
    assert run(tmp_path, "needs", "--unit", "dinas").stdout.startswith("Dinas: ")
    assert run(tmp_path, "needs", "--output-format", "csv", "--output-file", "n.csv").returncode == 0
    assert (tmp_path / "n.csv").is_file()
    assert run(tmp_path, "needs", "--unit", "dins").returncode == 2
    assert run(tmp_path, "views", "tiada").returncode == 2
