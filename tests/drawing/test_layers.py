"""Pictures of layers: cards while they are few, tiles and folds when they are many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from spbe_arch.views.view import Node, View
from tests.drawing import checks, samples


def words(view: View) -> list[str]:
    sheet, *_ = draw(view)
    return [line.content for line in checks.texts(sheet)]


def titles(view: View) -> list[str]:
    sheet, *_ = draw(view)
    return [shape.title for shape in sheet.shapes if isinstance(shape, Open)]


def test_what_has_room_on_a4_gets_a_card_each() -> None:
    sheet, *_ = draw(samples.layers(42))
    assert len(sheet.drawn) == 42


def test_more_elements_are_folded_into_their_groups() -> None:
    sheet, *_ = draw(samples.layers(61))
    assert len(sheet.folded) == 61


@pytest.mark.parametrize("groups", [0, 3, 40])
@pytest.mark.parametrize("count", [1, 42, 90, 1_000])
def test_every_sheet_is_one_of_a4(count: int, groups: int) -> None:
    sheets = draw(samples.layers(count, groups=groups))
    assert {tuple(sorted((sheet.width, sheet.height))) for sheet in sheets} == {(595.28, 841.89)}


def test_a_thousand_without_groups_are_drawn_in_part_and_counted_in_full() -> None:
    sheet, *_ = draw(samples.layers(1_000, groups=0))
    assert f"{len(sheet.drawn)} dari 1.000 elemen" in words(samples.layers(1_000, groups=0))


def test_a_band_head_says_how_many_of_how_many() -> None:
    shown = words(samples.layers(1_000, groups=0))
    assert {"5/97", "5/39"} & set(shown)


def test_numbers_are_written_as_the_language_does() -> None:
    assert "1,000 elements in 41 folds" in words(samples.layers(1_000, language="en"))


def test_a_tile_counts_what_it_does_not_name() -> None:
    view = samples.layers(405)
    shown = words(view)
    rests = sum(int(word.split()[1]) for word in shown if word.startswith("+ "))
    named = sum(word in {node.name for node in view.nodes} for word in shown)
    assert rests + named <= 405


def test_every_tile_leads_to_the_sheet_of_its_column() -> None:
    sheets = draw(samples.layers(405))
    links = [shape.link for shape in sheets[0].shapes if isinstance(shape, Open) and shape.kind == "fold"]
    assert set(links) == {f"lapis~{number}.svg" for number in range(2, len(sheets) + 1)}


def test_the_sheets_behind_the_tiles_show_every_element_once() -> None:
    view = samples.layers(2_000, 40)
    drawn = [id for sheet in draw(view)[1:] for id in sheet.drawn]
    assert sorted(drawn) == sorted(node.id for node in view.nodes)


def test_of_more_names_than_anybody_reads_the_sheets_behind_the_tiles_have_the_groups() -> None:
    view = samples.layers(6_000, 300)
    first, *rest = draw(view)
    behind = [id for sheet in rest for id in (*sheet.drawn, *sheet.folded)]
    assert sorted(behind) == sorted(node.id for node in view.nodes)
    assert len(rest) < 20
    assert f"rincian: lembar 2–{len(rest) + 1}" in [line.content for line in checks.texts(first)]
    assert "semua nama: CSV, Excel" in " ".join(line.content for line in checks.texts(rest[-1]))


def test_a_sheet_behind_a_tile_leads_back() -> None:
    second = draw(samples.layers(405))[1]
    assert any(isinstance(shape, Open) and shape.link == "lapis.svg" for shape in second.shapes)


def test_what_has_no_card_is_listed_on_a_further_sheet() -> None:
    first, *more = draw(samples.layers(1_000, groups=0))
    assert {id for sheet in more for id in sheet.drawn} == set(first.folded)


def test_an_empty_place_says_so() -> None:
    assert words(samples.layers(0)).count("belum ada") == 6


def test_nothing_is_not_complete() -> None:
    assert "belum ada elemen" in words(samples.layers(0))


def test_groups_beyond_the_page_are_one_column_and_named_in_a_note() -> None:
    shown = words(samples.layers(4_000, 40))
    assert any(word.startswith("Kelompok lainnya – 27 kelompok terkecil: ") for word in shown)


def test_groups_without_elements_are_left_out_and_named_in_a_note() -> None:
    view = samples.layers(400)
    view = replace(view, groups=(*view.groups, *(replace(view.groups[0], key=str(n), nodes=()) for n in range(5))))
    assert any(word.startswith("5 kelompok tanpa elemen tidak digambar: ") for word in words(view))


def test_elements_in_no_group_have_a_column() -> None:
    view = samples.layers(405)
    assert "Tanpa kelompok" in words(replace(view, groups=view.groups[1:]))


def test_an_element_in_two_groups_counts_once() -> None:
    view = samples.layers(405)
    sheet, *_ = draw(replace(view, groups=(*view.groups, replace(view.groups[0], key="again"))))
    assert len(sheet.folded) == 405


def test_units_are_not_a_layer_and_are_counted_apart() -> None:
    view = samples.layers(30)
    unit = Node("dinas", "units", "across", "Dinas Kominfo")
    assert "1 di luar keenam lapis, tidak digambar" in words(replace(view, nodes=(*view.nodes, unit)))


def test_two_names_that_look_alike_when_cut_are_told_apart_by_their_ids() -> None:
    long = "Sistem Informasi Manajemen Pelayanan Terpadu Satu Pintu Pemerintah Kabupaten di Jawa "
    view = samples.layers(0)
    twins = tuple(Node(f"sim-{end}", "applications", "application", long + end) for end in ("Barat", "Timur"))
    assert {"sim-Barat", "sim-Timur"} <= set(words(replace(view, nodes=twins)))


def test_a_card_says_its_whole_name_and_state_when_pointed_at() -> None:
    node = Node("tte", "applications", "application", "Gerbang TTE", status="new")
    assert titles(replace(samples.layers(0), nodes=(node,))) == ["Gerbang TTE (tte) · baru"]


@pytest.mark.parametrize(("status", "sign"), [("new", "baru"), ("upgrade", "ditingkatkan"), ("retired", "dihentikan")])
def test_the_legend_explains_a_state_that_is_there(status: str, sign: str) -> None:
    node = Node("a", "applications", "application", "A", status=status)
    assert sign in words(replace(samples.layers(0), nodes=(node,)))


def test_the_legend_is_silent_about_what_is_not_there() -> None:
    node = Node("a", "applications", "application", "A")
    assert "baru" not in words(replace(samples.layers(0), nodes=(node,)))


@pytest.mark.parametrize(
    ("written", "language", "shown"),
    [
        ("2026-11-01", "id", "Status per 1 November 2026"),
        ("2026-05", "en", "Status as of May 2026"),
        ("2026", "id", "Status per 2026"),
        ("kemarin", "id", "Status per kemarin"),
    ],
)
def test_the_date_is_written_as_the_language_does(written: str, language: str, shown: str) -> None:
    view = samples.layers(1, language=language)
    assert shown in words(replace(view, frame=replace(view.frame, date=written)))


def test_a_few_elements_fill_the_width_of_their_bands() -> None:
    boxes = checks.cards(draw(samples.layers(6))[0])
    assert min(box.right - box.left for box in boxes) > 200
