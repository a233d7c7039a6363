"""Prints the sheets of a view as the pages of one PDF, in vectors; its text can be searched and copied.

Typst places the SVG of each sheet on a page of its size, with the font that all widths were taken from and no other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from spbe_arch.drawing.svg import to_svg
from spbe_arch.errors import DrawingError
from spbe_arch.printers.extents import extent_of_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Open, Sheet

__all__ = ["write"]

# Without a date, or the same sheets would give other bytes tomorrow. The data comes in as JSON, so nothing that a name
# holds is read as Typst.
_PAGES = """\
#let data = json(bytes(sys.inputs.data))
#set document(date: none, title: data.title, description: data.description)
#set text(lang: data.language, font: "Arimo", fallback: false)
#for (index, page) in data.pages.enumerate() {
  set std.page(width: page.width * 1pt, height: page.height * 1pt, margin: 0pt)
  if index > 0 { pagebreak() }
  [#metadata(none)#label("page" + str(index + 1))]
  place(top + left, image(bytes(page.svg), format: "svg", width: 100%, height: 100%, alt: page.alt))
  for link in page.links {
    let area = box(width: link.width * 1pt, height: link.height * 1pt)
    let target = if link.page > 0 { label("page" + str(link.page)) } else { link.url }
    place(top + left, dx: link.x * 1pt, dy: link.y * 1pt, std.link(target, area))
  }
}
"""


def write(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of a PDF file; the same sheets give the same bytes.

    Raises:
        DrawingError: Typst failed.
    """
    import fontpkg_arimo
    import typst

    pages = {f"{sheet.name}.svg": number for number, sheet in enumerate(sheets, start=1)}
    first = sheets[0]
    data = {
        "title": first.title,
        "description": first.description,
        "language": first.language,
        "pages": [_page(sheet, pages) for sheet in sheets],
    }
    fonts = Path(fontpkg_arimo.__file__).with_name("files")
    try:
        made = typst.compile(  # type: ignore[misc]
            input=_PAGES.encode(),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
        )
    except RuntimeError as error:
        raise DrawingError("typst failed: {reason}", reason=str(error).splitlines()[0][:200]) from error
    assert isinstance(made, bytes)  # noqa: S101 - one document was asked for
    return made


def _page(sheet: Sheet, pages: Mapping[str, int]) -> dict[str, Any]:
    return {
        "width": sheet.width,
        "height": sheet.height,
        "svg": to_svg(sheet),
        "alt": f"{sheet.title}. {sheet.description}",
        "links": list(_links(sheet, pages)),
    }


def _links(sheet: Sheet, pages: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The links of a sheet, which Typst drops from an image; those to files beside this one lead nowhere from a PDF."""
    for _, opened, box in extent_of_groups(sheet):
        page, url = _target(opened, pages)
        if page or url:
            yield {"page": page, "url": url, "x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _target(opened: Open, pages: Mapping[str, int]) -> tuple[int, str]:
    page = pages.get(unquote(opened.link), 0)
    if page or not opened.link:
        return page, ""
    try:
        return 0, opened.link if urlsplit(opened.link).scheme in ("http", "https") else ""
    except ValueError:
        return 0, ""
