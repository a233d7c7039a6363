"""What is shown of the thing under the mouse, and where things are."""

import pytest
from lsprotocol import types as lsp

from spbe_arch.drafting.mentions import mentions
from spbe_arch.live import Repository
from spbe_arch.lsp.finding import Finder
from spbe_arch.lsp.telling import hover
from spbe_arch.splicing import Manuscript
from tests.lsp.marked import asked, bekasi


@pytest.fixture(scope="module")
def repository() -> Repository:
    return bekasi()


def shown(repository: Repository, text: str, path: str = "aplikasi.yaml") -> str:
    found = hover(asked(repository, text, path))
    assert found is not None
    assert isinstance(found.contents, lsp.MarkupContent)
    return found.contents.value


def test_a_field_with_what_it_is_for(repository: Repository) -> None:
    assert "Menunjuk ke: layanan" in shown(repository, "aplikasi:\n  a:\n    men|dukung: x")


def test_a_link_shows_the_card_of_its_target(repository: Repository) -> None:
    text = shown(repository, "aplikasi:\n  a:\n    mendukung: [perizinan|-usaha]")
    assert text.startswith("**Perizinan Berusaha** · layanan `perizinan-usaha`")


def test_a_card_has_both_directions_of_links(repository: Repository) -> None:
    assert "← didukung oleh: Bebunge `bebunge`" in shown(repository, "layanan:\n  portal-lay|anan:\n    nama: x")


def test_a_code_has_its_name_and_its_source(repository: Repository) -> None:
    text = shown(repository, "aplikasi:\n  a:\n    kode_referensi: RAA.02|.01")
    assert text.startswith("**RAA.02.01 Aplikasi Khusus Misi Tertentu**")
    assert "Perpres 132/2022" in text


def test_what_a_name_holds_does_nothing_in_a_card(repository: Repository) -> None:
    text = repository.text("aplikasi.yaml")
    repository.write("aplikasi.yaml", text.replace("name: Bebunge", "name: '![x](http://a) <b> `c` | d'", 1))
    try:
        assert r"\!\[x\](http://a) \<b\> \`c\` \| d" in shown(repository, "aplikasi:\n  beb|unge:\n    nama: x")
    finally:
        repository.close("aplikasi.yaml")


def test_nothing_is_shown_of_nothing(repository: Repository) -> None:
    assert hover(asked(repository, "aplikasi:\n  tidak-ada|:\n    nama: x")) is None


def test_the_definition_of_a_link(repository: Repository) -> None:
    found = Finder(repository, "utf-16").definition(
        asked(repository, "aplikasi:\n  a:\n    mendukung: [perizinan|-usaha]")
    )
    assert found is not None
    assert found.uri.endswith("/layanan.yaml")


def test_references_are_links_views_and_rules(repository: Repository) -> None:
    views = "tampilan:\n  a: {sudut_pandang: rantai, tentang: perizinan-usaha}\n"
    repository.write("tampilan.yaml", views)
    try:
        place = asked(repository, "layanan:\n  perizinan-|usaha:\n")
        found = Finder(repository, "utf-16").references(place, with_declaration=True)
    finally:
        repository.close("tampilan.yaml")
    files = {one.uri.rpartition("/")[2] for one in found}
    assert {"layanan.yaml", "aplikasi.yaml", "tampilan.yaml"} <= files


def test_every_file_that_names_an_element_is_looked_at_for_it(repository: Repository) -> None:
    finder, architecture = Finder(repository, "utf-16"), repository.known
    named = {
        (path, part.value)
        for path in repository.paths()
        for part, _ in mentions(Manuscript(path, repository.text(path)))
        if part.value in architecture
    }
    looked_at = {id: set(finder._may_name(architecture[id].ordinal)) for _, id in named}
    assert named
    assert [(path, id) for path, id in named if path not in looked_at[id]] == []


def test_the_elements_of_a_file_are_its_symbols(repository: Repository) -> None:
    found = Finder(repository, "utf-16").symbols("aplikasi.yaml")
    [section] = [one for one in found if one.name == "applications"]
    assert section.children is not None
    assert (section.children[0].name, section.children[0].detail) == ("bebunge", "Bebunge")


def test_an_element_is_found_by_a_part_of_its_name(repository: Repository) -> None:
    assert next(one.name for one in Finder(repository, "utf-16").sought("ebung")) == "bebunge Bebunge"


def test_a_lens_counts_who_names_an_element(repository: Repository) -> None:
    lens = Finder(repository, "utf-16").lenses("aplikasi.yaml")[0]
    assert lens.command is not None
    assert lens.command.title == "disebut oleh 12 elemen"


def test_a_card_is_of_the_model_that_was_asked_though_the_element_has_gone_since() -> None:
    repository = bekasi()
    held = asked(repository, "layanan:\n  portal-lay|anan:\n    nama: x", "layanan.yaml")
    assert held.architecture.find("portal-layanan") is not None
    repository.write("layanan.yaml", "layanan: {}\n")
    found = hover(held)
    assert found is not None
    assert isinstance(found.contents, lsp.MarkupContent)
    assert "portal-layanan" in found.contents.value
