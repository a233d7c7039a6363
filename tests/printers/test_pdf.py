"""PDF, read back by pypdf: pages, text, fonts, links, and the same bytes twice."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from spbe_arch.drawing import draw
from spbe_arch.drawing.shapes import Close, Open, Rect, Sheet, Text
from spbe_arch.errors import DrawingError
from spbe_arch.printers import pdf, require
from tests.drawing import samples


def read(*sheets: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.write(sheets)))


def page(*shapes: Any) -> Sheet:
    return Sheet("s", "t", "d", "id", 200, 100, (Rect(0, 0, 200, 100, "#FFFFFF"), *shapes))


@pytest.fixture(scope="module")
def landscape() -> PdfReader:
    return read(*draw(samples.landscape(200)))


def test_a_sheet_is_a_page_of_its_size(landscape: PdfReader) -> None:
    sheets = draw(samples.landscape(200))
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in landscape.pages]
    assert sizes == [pytest.approx((sheet.width, sheet.height), abs=0.1) for sheet in sheets]


@pytest.mark.parametrize(
    "name", ["Perizinan Berusaha", "a&amp;b", "#strong[x]", '"quoted" \\n', "<b>x</b>", "$x$", "#sys.inputs", "é – →"]
)
def test_a_name_can_be_searched_literally(name: str) -> None:
    assert name in read(page(Text(10, 50, name, 8, "#000000"))).pages[0].extract_text()


def test_nasty_names_are_printed() -> None:
    assert len(read(draw(samples.named(samples.chain()))[0]).pages) == 1


def test_the_title_is_that_of_the_view_and_there_is_no_date() -> None:
    about = read(draw(replace(samples.chain(), title='#"x" & <y>'))[0]).metadata
    assert about is not None
    assert about.title == '#"x" & <y>'
    assert about.creation_date is None


def test_both_weights_of_the_font_are_in_the_file(landscape: PdfReader) -> None:
    fonts: set[str] = set()

    def visit(found: Any) -> None:
        found = found.get_object()
        if isinstance(found, dict):
            if "/BaseFont" in found:
                fonts.add(str(found["/BaseFont"]))
            for key, value in found.items():
                if key not in ("/Parent", "/P", "/StructParents", "/Pg"):
                    visit(value)

    visit(landscape.pages[0]["/Resources"])
    assert len(fonts) == 2
    assert all("Arimo" in font for font in fonts)


def test_links_between_sheets_lead_to_pages(landscape: PdfReader) -> None:
    links = [link.get_object() for page in landscape.pages for link in page.get("/Annots", [])]
    assert links
    assert all(link["/Subtype"] == "/Link" and "/Dest" in link for link in links)


@pytest.mark.parametrize(("link", "count"), [("https://contoh.go.id/a?b=1", 1), ("lain.svg", 0), ("javascript:x", 0)])
def test_of_other_links_only_those_into_the_web_are_kept(link: str, count: int) -> None:
    [printed] = read(page(Open("t", link=link), Rect(10, 10, 50, 20, "#000000"), Close())).pages
    assert len(printed.get("/Annots", [])) == count


def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.drawing import samples; from spbe_arch.drawing import draw;"
        "from spbe_arch.printers import pdf; print(hashlib.sha256(pdf.write(draw(samples.chain()))).hexdigest())"
    )
    printed = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(printed) == 1


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spbe_arch.printers.find_spec", lambda name: None)
    with pytest.raises(DrawingError, match=r"pip install 'spbe-arch\[pdf\]'"):
        require(["svg", "pdf"])
