"""What may be typed at a place."""

import pytest

from spbe_arch.live import Repository
from spbe_arch.lsp.completing import completions
from tests.lsp.marked import asked, bekasi, completed, proposals


@pytest.fixture(scope="module")
def repository() -> Repository:
    return bekasi()


def test_a_section_of_the_language_of_the_file(repository: Repository) -> None:
    assert completed(repository, "layanan:\nap|", "aplikasi") == "layanan:\naplikasi:\n  "


def test_a_field_that_is_not_there_yet(repository: Repository) -> None:
    found = proposals(repository, "applications:\n  a:\n    name: A\n    |\n")
    assert ("name" in found, "supports" in found, "mendukung" in found) == (False, True, False)


def test_a_value_in_the_words_of_the_file(repository: Repository) -> None:
    assert list(proposals(repository, "aplikasi:\n  a:\n    status: |")) == [
        "berjalan",
        "peningkatan",
        "baru",
        "dihentikan",
    ]


def test_a_code_is_found_by_its_name_in_either_language(repository: Repository) -> None:
    for typed in ("Licensing", "Perizinan"):
        assert "RAL.01.16" in proposals(repository, f"layanan:\n  a:\n    kode_referensi: {typed}|")


def test_an_id_of_the_right_type_with_name_and_owner(repository: Repository) -> None:
    found = proposals(repository, "aplikasi:\n  a:\n    mendukung: [perizinan-u|")
    assert list(found) == ["perizinan-usaha"]
    assert found["perizinan-usaha"].detail is not None
    assert found["perizinan-usaha"].detail.startswith("Perizinan Berusaha · layanan · Dinas Penanaman Modal")


def test_an_id_below_its_key_becomes_the_first_of_a_list(repository: Repository) -> None:
    text = completed(repository, "aplikasi:\n  a:\n    mendukung:\n      |", "perizinan-usaha")
    assert text == "aplikasi:\n  a:\n    mendukung:\n      - perizinan-usaha"


def test_a_default_of_the_file(repository: Repository) -> None:
    assert "dpmptsp" in proposals(repository, "bawaan:\n  pemilik: dpm|")


def test_a_document_as_a_source(repository: Repository) -> None:
    assert "studi-diskominfosantik" in proposals(repository, "aplikasi:\n  a:\n    sumber: {dokumen: |")


def test_a_space_behind_a_bare_colon(repository: Repository) -> None:
    assert completed(repository, "aplikasi:\n  a:\n    status:|", "baru").endswith("status: baru")


def test_a_whole_element_with_what_it_needs(repository: Repository) -> None:
    text = completed(repository, "layanan:\n  |", "layanan baru")
    assert text == (
        "layanan:\n  id:\n    nama: \n    kode_referensi: \n    unit_pelaksana: \n    target: \n    proses_bisnis: "
    )


def test_the_codes_of_a_suppression_those_found_here_first(repository: Repository) -> None:
    line = next(told.spot.region.line for told in repository.told()["aplikasi.yaml"])
    lines = repository.text("aplikasi.yaml").split("\n")
    lines[line - 1] += "  # spbe: ignore[|"
    assert next(iter(proposals(repository, "\n".join(lines)))) == "SPBE505"


def test_the_keys_of_the_manifest(repository: Repository) -> None:
    assert "fail_level" in proposals(repository, "check:\n  |", "spbe.yaml")


def test_the_keys_of_views_and_rules(repository: Repository) -> None:
    assert "sudut_pandang" in proposals(repository, "tampilan:\n  a:\n    |")
    assert "wajib" in proposals(repository, "aturan:\n  a:\n    |")


def test_ids_stay_known_while_their_file_is_broken(repository: Repository) -> None:
    text = repository.text("layanan.yaml")
    repository.write("layanan.yaml", "x: [\n" + text)
    try:
        assert "perizinan-usaha" in proposals(repository, "aplikasi:\n  a:\n    mendukung: per|")
    finally:
        repository.close("layanan.yaml")


def test_a_template_has_holes_where_the_editor_takes_them(repository: Repository) -> None:
    [item] = completions(asked(repository, "layanan:\n  |"), snippets=True).items
    assert "${1:id}" in getattr(item.text_edit, "new_text", "")
