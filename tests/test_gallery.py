"""A folder of pictures kept up to date: what is drawn, written, removed, and what never is."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from spbe_arch import gallery
from spbe_arch.drawing import engine
from spbe_arch.errors import DrawingError, OutputError
from spbe_arch.gallery import FILE, Outcome, keep
from spbe_arch.gallery.index import pages
from spbe_arch.gallery.ledger import Chapter, Entry, Ledger
from spbe_arch.loader import load_texts
from tests.drawing.samples import NASTY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spbe_arch.architecture import Architecture

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nlanguage: id\n"
MODEL = """
units:
  dinas: {name: Dinas Perizinan}
processes:
  terbit: {name: Penerbitan izin, owner: dinas}
services:
  izin: {name: Izin, processes: [terbit], owner: dinas}
  pajak: {name: Pajak, owner: dinas}
applications:
  sim: {name: SIM Izin, supports: [izin], owner: dinas}
"""
VIEWS = ("layers", "chain:izin", "landscape")


def model(text: str = MODEL) -> Architecture:
    return load_texts([("spbe.yaml", MANIFEST), ("model.yaml", text)])


def kept(folder: Path, text: str = MODEL, **options: Any) -> Outcome:
    """The folder after a complete run, as SVG if nothing else is asked for."""
    return keep(folder, model(text), **{"formats": ("svg",), **options})


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def times_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the views that are laid out while the test runs, in this process."""
    from spbe_arch import rendering

    seen: list[str] = []
    draw: Callable[[Any], Any] = vars(rendering)["draw"]

    def noted(view: Any) -> Any:
        seen.append(view.name)
        return draw(view)

    monkeypatch.setattr(rendering, "draw", noted)
    return seen


# --- what is drawn -------------------------------------------------------------------------------------------


def test_a_run_draws_the_pictures_the_index_and_the_ledger(tmp_path: Path) -> None:
    outcome = kept(tmp_path / "gambar")
    assert {"layers.svg", "chain-izin.svg", "landscape.svg", "index.md", "index.html"} <= set(outcome.states)
    assert set(outcome.states.values()) == {"drawn"}
    assert set(bytes_in(tmp_path / "gambar")) == {*outcome.states, FILE}


def test_a_second_run_lays_nothing_out_and_touches_no_file(tmp_path: Path, laid_out: list[str]) -> None:
    kept(tmp_path)
    before = times_in(tmp_path)
    laid_out.clear()
    assert set(kept(tmp_path).states.values()) == {"unchanged"}
    assert times_in(tmp_path) == before
    assert laid_out == []


def test_only_views_that_a_change_reaches_are_laid_out_again(tmp_path: Path, laid_out: list[str]) -> None:
    kept(tmp_path)
    laid_out.clear()
    outcome = kept(tmp_path, MODEL.replace("name: Pajak", "name: Pajak Daerah"))
    assert laid_out == ["layers"]
    assert {name for name, state in outcome.states.items() if state == "drawn"} == {"layers.svg"}


@pytest.mark.parametrize("harm", ["edited", "deleted"])
def test_a_picture_that_was_harmed_is_drawn_again(harm: str, tmp_path: Path) -> None:
    kept(tmp_path)
    whole = bytes_in(tmp_path)
    if harm == "edited":
        (tmp_path / "layers.svg").write_bytes(b"<svg/>")
    else:
        (tmp_path / "layers.svg").unlink()
    assert kept(tmp_path).states["layers.svg"] == "drawn"
    assert bytes_in(tmp_path) == whole


def test_another_resolution_draws_bitmaps_again_and_nothing_else(tmp_path: Path, laid_out: list[str]) -> None:
    kept(tmp_path, formats=("svg", "png"), dpi=40)
    states = kept(tmp_path, formats=("svg", "png"), dpi=50).states
    assert states["layers.png"] == "drawn"
    assert states["layers.svg"] == "unchanged"


def test_formats_without_places_are_not_laid_out(tmp_path: Path, laid_out: list[str]) -> None:
    kept(tmp_path, formats=("dot", "mermaid", "csv", "json", "xlsx"))
    assert laid_out == []
    assert (tmp_path / "layers.mmd").is_file()


def test_another_version_of_the_program_draws_all_again(
    tmp_path: Path, laid_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    laid_out.clear()
    monkeypatch.setattr(gallery, "drawn_with", lambda: "another")
    assert set(kept(tmp_path).states.values()) == {"unchanged"}
    assert "layers" in laid_out


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": 1}', '{"format": 1, "drawn_with": "", "views": [], "pictures": {"a": 1}}', "\0"]
)
def test_a_damaged_ledger_is_as_none(text: str, tmp_path: Path) -> None:
    kept(tmp_path)
    whole = bytes_in(tmp_path)
    (tmp_path / FILE).write_text(text)
    kept(tmp_path)
    assert bytes_in(tmp_path) == whole


# --- the same bytes ------------------------------------------------------------------------------------------


def test_any_number_of_workers_makes_the_same_folder(tmp_path: Path) -> None:
    formats = ("svg", "png", "dot", "json")
    kept(tmp_path / "one", formats=formats, dpi=40, workers=1)
    kept(tmp_path / "three", formats=formats, dpi=40, workers=3)
    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "three")


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    parts = [(f"{index}.yaml", f"{part}") for index, part in enumerate(re.split(r"\n(?=[a-z])", MODEL.strip()))]
    for name, files in (("one", parts), ("other", parts[::-1])):
        keep(tmp_path / name, load_texts([("spbe.yaml", MANIFEST), *files]), formats=("svg", "dot"))
    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "other")


def test_a_run_leaves_the_same_folder_whatever_was_in_it(tmp_path: Path) -> None:
    kept(tmp_path / "old", MODEL.replace("izin:", "lain:").replace("[izin]", "[lain]"), formats=("svg", "csv"))
    kept(tmp_path / "old")
    kept(tmp_path / "new")
    assert bytes_in(tmp_path / "old") == bytes_in(tmp_path / "new")


def test_a_part_of_the_views_leaves_what_all_of_them_would(tmp_path: Path) -> None:
    kept(tmp_path)
    whole = bytes_in(tmp_path)
    (tmp_path / "layers.svg").unlink()
    kept(tmp_path, views=("layers",))
    assert bytes_in(tmp_path) == whole


# --- what is removed -----------------------------------------------------------------------------------------


def test_a_picture_of_a_view_that_is_gone_is_removed(tmp_path: Path) -> None:
    kept(tmp_path)
    outcome = kept(tmp_path, MODEL.replace("izin:", "lain:").replace("[izin]", "[lain]"))
    assert (outcome.states["chain-izin.svg"], outcome.states["chain-lain.svg"]) == ("removed", "drawn")
    assert not (tmp_path / "chain-izin.svg").exists()


def test_a_picture_in_a_format_no_longer_asked_for_is_removed(tmp_path: Path) -> None:
    kept(tmp_path, formats=("svg", "csv"))
    assert kept(tmp_path).states["layers.csv"] == "removed"


def test_with_views_named_nothing_else_is_touched(tmp_path: Path) -> None:
    kept(tmp_path, formats=("svg", "csv"))
    before = times_in(tmp_path)
    outcome = kept(tmp_path, views=("landscape",))
    assert set(outcome.states.values()) == {"unchanged"}
    assert times_in(tmp_path) == before


def test_a_file_that_is_not_ours_is_never_removed(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / "foto.svg").write_text("mine")
    kept(tmp_path)
    assert (tmp_path / "foto.svg").read_text() == "mine"


def test_a_picture_that_somebody_has_made_their_own_is_left_alone(tmp_path: Path) -> None:
    kept(tmp_path, formats=("svg", "csv"))
    (tmp_path / "layers.csv").write_text("mine now")
    assert kept(tmp_path).states["layers.csv"] == "kept"
    assert (tmp_path / "layers.csv").read_text() == "mine now"


@pytest.mark.parametrize("name", ["index.md", "index.html"])
def test_an_index_that_is_not_ours_is_never_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("my own page")
    assert kept(tmp_path).states[name] == "kept"
    assert (tmp_path / name).read_text() == "my own page"


@pytest.mark.parametrize("name", ["../secret.svg", "sub/secret.svg", "..", ".hidden.svg", "spbe.yaml", "C:\\x.svg"])
def test_a_forged_ledger_reaches_nothing_but_pictures_in_its_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "gambar"
    kept(folder)
    (folder / "sub").mkdir()
    target = folder / name if "\\" not in name else folder / "x.svg"
    if name != "..":
        target.write_bytes(b"precious")
    ledger = json.loads((folder / FILE).read_text(encoding="utf-8"))
    from spbe_arch.gallery.ledger import digest_of

    ledger["pictures"][name] = {"view": "x", "format": "svg", "drawn_from": "", "holds": digest_of(b"precious")}
    (folder / FILE).write_text(json.dumps(ledger))
    kept(folder)
    assert name == ".." or target.read_bytes() == b"precious"


# --- what is only looked at ----------------------------------------------------------------------------------


def test_a_check_of_a_fresh_folder_finds_nothing_and_lays_nothing_out(tmp_path: Path, laid_out: list[str]) -> None:
    kept(tmp_path)
    laid_out.clear()
    assert not kept(tmp_path, write=False).stale
    assert laid_out == []


def test_a_check_names_what_is_stale_missing_and_superfluous_and_writes_nothing(tmp_path: Path) -> None:
    kept(tmp_path, formats=("svg", "csv"))
    (tmp_path / "landscape.svg").unlink()
    (tmp_path / "chain-izin.svg").write_text("edited")
    before = bytes_in(tmp_path)
    states = kept(tmp_path, MODEL.replace("name: Pajak", "name: Retribusi"), write=False).states
    assert states["layers.svg"] == "stale"
    assert states["landscape.svg"] == "missing"
    assert states["chain-izin.svg"] == "stale"
    assert states["layers.csv"] == "superfluous"
    assert bytes_in(tmp_path) == before


def test_a_check_of_no_folder_makes_none(tmp_path: Path) -> None:
    outcome = kept(tmp_path / "tiada", write=False)
    assert outcome.stale
    assert set(outcome.states.values()) == {"missing"}
    assert not (tmp_path / "tiada").exists()


def test_a_picture_is_not_stale_because_another_program_drew_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    monkeypatch.setattr(gallery, "drawn_with", lambda: "another")
    assert not kept(tmp_path, write=False).stale


# --- what goes wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_a_view_that_fails_does_not_lose_the_others(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path)
    was = (tmp_path / "chain-izin.svg").read_bytes()

    def fail(*arguments: object, **options: object) -> bytes:
        raise DrawingError("the layout engine did not answer within {seconds:g} s", seconds=5.0)

    monkeypatch.setattr(engine, "run", fail)  # the chain asks the engine, the others do not
    changed = MODEL.replace("name: Izin", "name: Izin Usaha")
    outcome = kept(tmp_path, changed, workers=workers)
    drawn = {name for name, state in outcome.states.items() if state == "drawn"}
    assert "layers.svg" in drawn
    if outcome.failures:  # another start method than fork gives workers the engine that works
        assert [(name, str(failure.as_error())) for name, failure in outcome.failures] == [
            ("chain-izin", "the layout engine did not answer within 5 s")
        ]
        assert (tmp_path / "chain-izin.svg").read_bytes() == was


def test_a_fault_of_ours_in_one_view_does_not_lose_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from spbe_arch.drawing.recipes import landscape

    monkeypatch.setattr(landscape, "sheets", lambda view: 1 / 0)
    outcome = kept(tmp_path, formats=("svg", "csv"))
    [(view, failure)] = outcome.failures
    assert (view, failure.formats) == ("landscape", ("svg",))
    assert "ZeroDivisionError" in failure.trace
    assert {"layers.svg", "landscape.csv"} <= set(bytes_in(tmp_path))


def test_bitmaps_too_large_lose_no_vectors(tmp_path: Path) -> None:
    outcome = kept(tmp_path, formats=("svg", "png"), views=("layers",), dpi=1000)
    assert [failure.formats for _, failure in outcome.failures] == [("png",)]
    assert (tmp_path / "layers.svg").is_file()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        kept(tmp_path / "file" / "gambar")


def test_progress_counts_the_views_that_are_drawn(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    kept(tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    told.clear()
    kept(tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == []


# --- links and index -----------------------------------------------------------------------------------------


def interrupted(folder: Path) -> None:
    """A run that ends before the last picture is written."""

    def stop(done: int, count: int) -> None:
        if done == count:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(folder, progress=stop)


def test_a_run_that_is_interrupted_goes_on_from_there(tmp_path: Path, laid_out: list[str]) -> None:
    interrupted(tmp_path)
    last = laid_out[-1]
    laid_out.clear()
    kept(tmp_path)
    assert laid_out == [last]


def test_what_an_interrupted_run_has_drawn_is_ours(tmp_path: Path) -> None:
    interrupted(tmp_path)
    kept(tmp_path, MODEL.replace("izin: {", "surat: {"))
    kept(tmp_path / "anew", MODEL.replace("izin: {", "surat: {"))
    anew = bytes_in(tmp_path / "anew")
    assert {path.name for path in tmp_path.iterdir()} - {"anew"} == {*anew}


def test_a_card_links_to_the_picture_about_its_element(tmp_path: Path) -> None:
    kept(tmp_path, views=("chain:izin", "impact:sim"))
    root = ElementTree.parse(tmp_path / "chain-izin.svg")  # noqa: S314 - our own output
    links = [anchor.get("href") for anchor in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links == ["impact-sim.svg"]


def test_every_link_of_a_picture_leads_to_a_picture(tmp_path: Path) -> None:
    kept(tmp_path)
    for picture in tmp_path.glob("*.svg"):
        for link in re.findall(r'href="([^"]*)"', picture.read_text(encoding="utf-8")):
            assert (tmp_path / link).is_file()


HOSTILE = Ledger(
    "",
    {"v": Chapter("layers", "layers", f"{NASTY[4]}](javascript:x)", "| `a` _b_ <i>", (NASTY[12],))},
    {"v.svg": Entry("v", "svg", "", ""), "v~2.svg": Entry("v", "svg", "", ""), "v.pdf": Entry("v", "pdf", "", "")},
)


class _Page(HTMLParser):
    """The elements of a page and the texts of its headings, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "h3" and data.strip():
            self.headings.append(data)


def test_what_the_index_says_is_text() -> None:
    page = _Page(pages(HOSTILE, '<script>"', "id")["index.html"].decode())
    assert page.headings == [HOSTILE.views["v"].title]
    assert [about["src"] for tag, about in page.tags if tag == "img"] == ["v.svg", "v~2.svg"]
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "nav", "a", "section", "article", "p",
        "figure", "img", "figcaption",
    }  # fmt: skip
    assert not [name for _, about in page.tags for name in about if name.startswith("on")]


def test_every_picture_in_the_index_has_an_alternative_in_words() -> None:
    page = pages(HOSTILE, "Kabupaten", "id")["index.html"].decode()
    assert len(re.findall(r"<img [^>]*alt=\"[^\"]+\"", page)) == 2


def test_the_index_for_a_forge_says_it_literally() -> None:
    page = pages(HOSTILE, "Kabupaten", "id")["index.md"].decode()
    assert "<b>" not in page
    assert "](javascript" not in page
    assert "](v~2.svg)" in page


def test_the_index_has_all_pictures_under_the_titles_of_viewpoints(tmp_path: Path) -> None:
    kept(tmp_path, formats=("svg", "csv"))
    page = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)", page, re.MULTILINE)[:2] == ["Rantai layanan", "Duplikasi dan bagi pakai"]
    for path in tmp_path.glob("*.*v*"):
        assert f"]({path.name})" in page


def test_pictures_in_the_folder_of_a_model_are_not_read_as_model(tmp_path: Path) -> None:
    from spbe_arch import load

    (tmp_path / "spbe.yaml").write_text(MANIFEST)
    (tmp_path / "model.yaml").write_text(MODEL)
    before = load(tmp_path)
    keep(tmp_path / "gambar", before, formats=("svg", "json", "mermaid", "csv", "dot", "drawio"))
    assert list(load(tmp_path).texts) == list(before.texts)
