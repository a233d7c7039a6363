"""What an agency's own views show: filters, groups, colours, sizes, sheets for each, ways between sheets."""

from __future__ import annotations

import pytest

from spbe_arch import Architecture, load_texts
from spbe_arch.errors import UnknownViewError
from spbe_arch.views import default_requests, make_view
from spbe_arch.views.defined import own_views
from tests.views.shared import MANIFEST, MODEL, architecture


def view_of(definition: str, request: str = "a", language: str = "id") -> object:
    return make_view(architecture(f"views:\n  a: {{{definition}}}\n"), request, (), language)


def shown(definition: str, request: str = "a") -> list[str]:
    view = make_view(architecture(f"views:\n  a: {{{definition}}}\n"), request)
    return sorted(node.id for node in view.nodes)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("type: applications", ["lama", "sim-izin", "sim-rs"]),
        ("type: application", ["lama", "sim-izin", "sim-rs"]),
        ("type: [aplikasi, layanan]", ["izin", "lama", "rujukan", "sim-izin", "sim-rs"]),
        ("unit: dinas", ["izin", "penduduk", "sim-izin"]),
        ("unit: bidang", ["izin", "sim-izin"]),
        ("unit: [bidang, badan], type: services", ["izin", "rujukan"]),
        ("status: new", ["sim-rs"]),
        ("status: [baru, berjalan], type: applications", ["lama", "sim-izin", "sim-rs"]),
        ("reference: RAA.02, type: applications", ["sim-izin", "sim-rs"]),
        ("reference: RAA.02.01", ["sim-izin"]),
        ("tag: INTI", ["izin"]),
        ("year: 2026, type: applications", ["lama", "sim-izin"]),
        ("year: 2029, type: applications", ["lama", "sim-izin", "sim-rs"]),
        ("path: model.yaml, type: data", ["jalan", "penduduk"]),
        ("path: '*.yml', type: data", []),
        ("path: folder, type: data", []),
        ("personal: yes, type: data", ["penduduk"]),
        ("confidentiality: [open, closed], type: data", ["jalan"]),
        ("users: 90, type: applications", ["sim-izin"]),
        ("owner: badan, type: applications", ["lama", "sim-rs"]),
        ("supports: izin, type: applications", ["lama", "sim-izin"]),
        ("nama: sim izin, type: applications", ["sim-izin"]),
    ],
)
def test_a_filter_shows_what_passes(where: str, expected: list[str]) -> None:
    assert shown(f"viewpoint: layers, where: {{{where}}}") == expected


def test_a_type_without_the_field_is_not_asked() -> None:
    assert shown("viewpoint: flow, where: {personal: yes}") == ["penduduk", "sim-izin", "sim-rs"]


@pytest.mark.parametrize(
    ("said", "expected"), [("", ""), (", style: archimate", "archimate"), (", gaya: spbe", "spbe")]
)
def test_a_view_says_how_it_looks(said: str, expected: str) -> None:
    assert make_view(architecture(f"views:\n  a: {{viewpoint: layers{said}}}\n"), "a").style == expected


def test_a_filter_takes_links_away_with_their_ends() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: chain, about: izin, where: {status: as_is}}"), "a")
    ids = {node.id for node in view.nodes}
    assert all({edge.source, edge.target} <= ids for edge in view.edges)


def test_a_filter_takes_columns_and_cells_of_a_matrix_away() -> None:
    view = make_view(
        architecture("views:\n  a: {viewpoint: matrix, about: applications-data, where: {confidentiality: open}}"), "a"
    )
    assert view.columns is not None
    assert [mark.key for mark in view.columns.marks] == ["jalan"]
    assert {cell.column for cell in view.cells} == {"jalan"}


def test_a_filtered_view_is_about_the_layers_of_its_types_only() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: layers, where: {type: [data, services]}}"), "a")
    assert set(view.layers) == {"data", "services"}


def test_title_subtitle_and_notes_are_in_the_language_of_the_view() -> None:
    views = "views:\n  a: {viewpoint: layers, title: {id: Satu, en: One}, subtitle: Sama, notes: {en: [x, y]}}"
    found = architecture(views)
    one, other = (make_view(found, "a", (), language) for language in ("id", "en"))
    assert [(view.title, view.subtitle) for view in (one, other)] == [("Satu", "Sama"), ("One", "Sama")]
    assert (one.notes, other.notes) == (("x", "y"), ("x", "y"))


def test_groups_follow_the_order_of_the_list_and_blank_comes_last() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: landscape, group_by: lisensi}"), "a")
    assert [(group.name, group.nodes) for group in view.groups] == [
        ("sumber terbuka", ("lama",)),
        ("lisensi belum diisi", ("sim-izin", "sim-rs")),
    ]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("unit", ["Badan Dua", "Dinas Satu"]),
        ("status", ["berjalan", "baru"]),
        ("owner", ["Badan Dua", "Bidang"]),
        ("users", ["5", "40", "90"]),
        ("jenis_elemen", ["aplikasi"]),
        ("agency", ["kab-contoh"]),
        ("reference", ["RAA.01.01 Aplikasi Umum Layanan Publik", "RAA.02.01", "RAA.02.02"]),
    ],
)
def test_groups_can_be_made_by(by: str, names: list[str]) -> None:
    view = make_view(architecture(f"views:\n  a: {{viewpoint: landscape, group_by: {by}}}"), "a")
    found = [group.name for group in view.groups if group.nodes]
    assert [name[:9] for name in found] == [name[:9] for name in names]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("viewpoint: matrix, about: services-applications, group_by: tags", [("inti", "izin"), ("", "rujukan")]),
        ("viewpoint: security, where: {type: data}, group_by: personal", [("True", "penduduk"), ("", "jalan")]),
        ("viewpoint: roadmap, group_by: progress", [("not_started", "baru"), ("running", "jalan-terus")]),
    ],
)
def test_rows_are_grouped_by_what_was_asked_for(definition: str, expected: list[tuple[str, str]]) -> None:
    model = f"{MODEL}initiatives:\n  baru: {{progress: not_started}}\n  jalan-terus: {{progress: running}}\n"
    view = make_view(architecture(f"views:\n  a: {{{definition}}}", model), "a")
    assert [(group.key.removeprefix("data "), *group.nodes) for group in view.groups] == expected
    assert view.grouped_by == definition.rpartition(" ")[2]


def test_colours_tell_values_apart() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: landscape, colour_by: status}"), "a")
    assert view.colours is not None
    names = {one.key: one.name for one in view.colours.classes}
    assert {node.id: names[node.shade] for node in view.nodes} == {
        "lama": "berjalan",
        "sim-izin": "berjalan",
        "sim-rs": "baru",
    }


def test_more_values_than_colours_share_one() -> None:
    applications = "".join(f"  a{n}: {{name: A{n}, owner: u{n}}}\n" for n in range(12))
    units = "".join(f"  u{n}: {{name: U{n}}}\n" for n in range(12))
    model = f"units:\n{units}applications:\n{applications}"
    view = make_view(architecture("views:\n  a: {viewpoint: landscape, colour_by: owner}", model), "a")
    assert sum(node.shade == "other" for node in view.nodes) == 4


def test_sizes_are_classes_of_the_number() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: landscape, size_by: jumlah_pengguna}"), "a")
    assert {node.id: node.size for node in view.nodes} == {"sim-rs": 1, "lama": 3, "sim-izin": 4}


def test_links_can_be_counted_from_either_end() -> None:
    view = make_view(architecture("views:\n  a: {viewpoint: layers, where: {type: data}, colour_by: dibaca_oleh}"), "a")
    assert view.colours is not None
    assert view.colours.ordered


# A sheet for each


def test_there_is_a_sheet_for_each_subject() -> None:
    found = architecture("views:\n  a: {viewpoint: layers, for_each: {type: units, kind: [office, body]}}")
    assert own_views(found)["a"].requests(found) == ["a:dinas", "a:badan"]
    assert [make_view(found, request).name for request in ("a:dinas", "a:badan")] == ["a-dinas", "a-badan"]


def test_a_sheet_for_each_is_about_its_subject() -> None:
    assert shown("viewpoint: layers, for_each: units", "a:bidang") == ["izin", "sim-izin"]


@pytest.mark.parametrize(
    ("each", "subject", "expected"),
    [
        ("units", "dinas", ["sim-izin"]),
        ("services", "rujukan", ["lama", "sim-rs"]),
        ("themes", "tema", ["lama", "sim-izin"]),
    ],
)
def test_units_services_and_themes_have_sheets_in_every_viewpoint(each: str, subject: str, expected: list[str]) -> None:
    definition = f"viewpoint: matrix, about: units-applications, for_each: {each}, where: {{type: applications}}"
    assert shown(definition, f"a:{subject}") == expected


def test_a_view_of_many_sheets_is_asked_for_with_a_subject() -> None:
    with pytest.raises(UnknownViewError):
        shown("viewpoint: layers, for_each: units")


def test_a_near_subject_is_named() -> None:
    with pytest.raises(UnknownViewError, match="a:dinas"):
        shown("viewpoint: layers, for_each: units", "a:dinsa")


def test_a_view_of_one_sheet_has_no_subject() -> None:
    with pytest.raises(UnknownViewError):
        shown("viewpoint: layers", "a:dinas")


def test_a_near_view_is_named_among_those_defined() -> None:
    with pytest.raises(UnknownViewError, match="'peta-kita'"):
        make_view(architecture("views:\n  peta-kita: {viewpoint: layers}"), "peta-kta")


# Ways between sheets


def test_a_view_leads_to_the_one_above_it() -> None:
    found = architecture("views:\n  a: {viewpoint: layers, about: dinas, up: b}\n  b: {viewpoint: landscape, title: B}")
    up = make_view(found, "a").up
    assert up is not None
    assert (up.name, up.title) == ("b", "B")


def test_the_view_above_leads_to_the_sheets_below_at_their_subjects() -> None:
    found = architecture("views:\n  a: {viewpoint: layers, for_each: {type: units, kind: office}, up: 'layers:dinas'}")
    doors = make_view(found, "layers:dinas").doors
    assert [(door.key, door.name) for door in doors] == [("dinas", "a-dinas")]


def test_views_above_are_drawn_with_those_below() -> None:
    found = architecture("views:\n  a: {viewpoint: landscape, up: organisation}")
    assert [one for one in default_requests(found) if one in ("organisation", "a")] == ["organisation", "a"]


def test_models_without_views_have_no_doors() -> None:
    assert make_view(architecture(), "landscape").doors == ()


# Members


def federation(views: str) -> Architecture:
    member = MANIFEST.replace("kab-contoh", "kab-dua")
    return load_texts(
        [
            ("spbe.yaml", "version: 1\nagency: prov\nname: Provinsi\nmembers: [dua]\n"),
            ("dua/spbe.yaml", member),
            ("dua/model.yaml", MODEL),
            ("dua/tampilan.yaml", views),
            ("aplikasi.yaml", "applications:\n  provinsi: {name: Provinsi}\n"),
        ]
    )


def test_a_member_shows_its_own_elements_and_reads_its_own_ids() -> None:
    found = federation("views:\n  a: {viewpoint: landscape, where: {unit: dinas}}\n  b: {viewpoint: landscape}\n")
    assert [node.id for node in make_view(found, "kab-dua/a").nodes] == ["kab-dua/sim-izin"]
    assert "provinsi" not in {node.id for node in make_view(found, "kab-dua/b").nodes}


def test_the_files_of_a_view_of_a_member_have_its_name() -> None:
    assert make_view(federation("views:\n  a: {viewpoint: layers, about: dinas}\n"), "kab-dua/a").name == "kab-dua+a"
