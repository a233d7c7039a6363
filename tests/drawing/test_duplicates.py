"""Pictures of what is likely the same: panels, what merging spares, further sheets."""

from __future__ import annotations

import re
from dataclasses import replace

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Open
from tests.drawing import checks, samples


def words(clusters: int, members: int = 3, sheet: int = 0) -> list[str]:
    return [line.content for line in checks.texts(draw(samples.duplicates(clusters, members))[sheet])]


def test_what_is_twice_in_an_agency_stands_before_what_could_be_reused() -> None:
    heads = [word for word in words(3) if word.startswith(("Dalam satu", "Antarinstansi"))]
    assert heads == ["Dalam satu instansi: calon penggabungan", "Antarinstansi: peluang bagi pakai"]


def test_the_foot_says_how_many_would_go() -> None:
    assert "3 aplikasi berkurang bila digabung" in words(3)


def test_a_few_clusters_lie_on_one_sheet() -> None:
    (sheet,) = draw(samples.duplicates(4))
    assert sheet.width > sheet.height


def test_a_kind_that_goes_on_has_its_heading_again() -> None:
    assert "(lanjutan)" in words(40, 3, sheet=1)


def test_a_large_cluster_is_folded_and_its_names_are_on_another_sheet() -> None:
    sheets = draw(samples.duplicates(12, 60))
    folds = [shape for shape in sheets[0].shapes if isinstance(shape, Open) and shape.kind == "fold"]
    assert folds
    for fold in folds:
        (target,) = re.findall(r"duplikasi~(\d+)\.svg", fold.link)
        assert set(fold.elements) & set(sheets[int(target) - 1].drawn)


def test_nothing_alike_is_said_in_the_language_of_the_model() -> None:
    assert "Tidak ditemukan aplikasi yang serupa" in words(0)


def test_what_hangs_on_members_stands_below_them_where_there_is_room() -> None:
    view = samples.duplicates(2)
    nodes = tuple(node._replace(detail="data: Antrean pasien") for node in view.nodes)
    shown = [line.content for line in checks.texts(draw(replace(view, nodes=nodes))[0])]
    assert shown.count("data: Antrean pasien") == len(nodes)


def test_a_few_clusters_are_written_larger_and_compared_line_by_line() -> None:
    view = samples.duplicates(1, 2)
    nodes = tuple(node._replace(detail="fungsi: Antrean · data: Antrean pasien") for node in view.nodes)
    (few,), many = draw(replace(view, nodes=nodes)), samples.duplicates(20, 2)
    shown = {line.content: line.size for line in checks.texts(few)}
    assert {"fungsi: Antrean", "data: Antrean pasien"} < shown.keys()
    names = {node.name for node in many.nodes}
    small = max(line.size for line in checks.texts(draw(many)[0]) if line.content in names)
    assert shown[nodes[0].name] > small


def test_the_heading_counts_clusters_that_have_no_panel_too() -> None:
    view = samples.duplicates(130, 2)
    same = sum(group.kind == "same" for group in view.groups)
    assert f"{same} kelompok" in words(130, 2)
