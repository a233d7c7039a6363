"""The index of a folder of pictures, for a forge (`index.md`) and for a browser (`index.html`): nothing runs in it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from spbe_arch.formats.markdown import escape as literal
from spbe_arch.messages import translate
from spbe_arch.views import viewpoints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spbe_arch.gallery.ledger import Chapter, Ledger

__all__ = ["MARK", "pages"]

MARK = "<!-- spbe render -->"
"""Stands in the first lines of an index that is ours; one without it is never overwritten."""

_STYLE = (
    "body{font-family:Arimo,Arial,Helvetica,sans-serif;color:#1A1A1A;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "img{max-width:100%;height:auto;border:1px solid #C9CDD3}figure{margin:0 0 2rem}"
    "figcaption,nav{color:#4A4F57;margin:.5rem 0}a{color:#125BB8}"
)
_SHOWN = ("svg", "png")
"""Formats that pages show in place, the better first."""


class _Sheet(NamedTuple):
    """A page of a view: the picture to show, and what it says."""

    number: int
    picture: str
    description: str


class _View(NamedTuple):
    name: str
    chapter: Chapter
    sheets: tuple[_Sheet, ...]
    others: tuple[str, ...]
    """Files in formats that are not shown."""


def pages(ledger: Ledger, title: str, language: str) -> dict[str, bytes]:
    """The two files of the index, by name; the same pictures give the same bytes.

    Args:
        ledger: the pictures.
        title: the name of whose architecture it is.
        language: of what the pages say.
    """
    chapters = _by_viewpoint(ledger, language)
    heading = f"{translate('Pictures of the architecture', language)}: {title}"
    markdown = "\n".join(_markdown(heading, chapters, language)) + "\n"
    page = "\n".join(_html(heading, chapters, language)) + "\n"
    return {"index.md": markdown.encode("utf-8", "replace"), "index.html": page.encode("utf-8", "replace")}


def _by_viewpoint(ledger: Ledger, language: str) -> dict[str, list[_View]]:
    """The views under the titles of their viewpoints, both in the order of the alphabet."""
    known = viewpoints()
    files: dict[str, dict[str, list[str]]] = {}
    for (name, format), pictures in ledger.sorted_out().items():
        files.setdefault(name, {})[format] = sorted(pictures, key=_number)
    found: dict[str, list[_View]] = {}
    for name, chapter in sorted(ledger.views.items(), key=lambda item: (item[1].viewpoint, item[0])):
        viewpoint = known.get(chapter.viewpoint)
        heading = viewpoint.title[language if language in viewpoint.title else "en"] if viewpoint else chapter.viewpoint
        found.setdefault(heading, []).append(_view(name, chapter, files.get(name, {})))
    return found


def _view(name: str, chapter: Chapter, files: Mapping[str, list[str]]) -> _View:
    shown = next((format for format in _SHOWN if format in files), "")
    said = chapter.descriptions
    sheets = tuple(
        _Sheet(number, picture, said[number - 1] if number <= len(said) else "")
        for number, picture in enumerate(files.get(shown, ()), start=1)
    )
    others = tuple(other for format in sorted(files) if format != shown for other in files[format])
    return _View(name, chapter, sheets, others)


def _number(picture: str) -> int:
    """The number of the sheet in the name of its file, as in `layers~2.svg`."""
    number = picture.rpartition("~")[2].partition(".")[0] if "~" in picture else ""
    return int(number) if number.isdigit() and len(number) < 10 else 1


def _caption(view: _View, sheet: _Sheet, language: str) -> str:
    """What a sheet is called: the title of the view, and its number if there are several."""
    if len(view.sheets) == 1:
        return view.chapter.title
    said = translate("{title}, sheet {number} of {count}", language)
    return said.format(title=view.chapter.title, number=sheet.number, count=len(view.sheets))


def _alternative(view: _View, sheet: _Sheet, language: str) -> str:
    return ". ".join(filter(None, (_caption(view, sheet, language), sheet.description)))


def _markdown(heading: str, chapters: Mapping[str, list[_View]], language: str) -> Iterator[str]:
    yield MARK
    yield f"# {literal(heading)}"
    for title, views in chapters.items():
        yield f"\n## {literal(title)}"
        for view in views:
            yield f"\n### {literal(view.chapter.title)}\n"
            if view.chapter.subtitle:
                yield f"{literal(view.chapter.subtitle)}\n"
            for sheet in view.sheets:
                said = literal(_alternative(view, sheet, language))
                yield f"[![{said}]({quote(sheet.picture)})]({quote(sheet.picture)})\n"
            if view.others:
                links = (f"[{literal(other)}]({quote(other)})" for other in view.others)
                yield f"{literal(translate('Also as', language))}: {', '.join(links)}"


def _html(heading: str, chapters: Mapping[str, list[_View]], language: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield MARK
    yield f'<html lang="{escape(language)}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Should anything ever get past the escaping, the browser still neither runs nor fetches it.
    policy = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{escape(heading)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(heading)}</h1>"
    contents = (
        f'<a href="#{quote(view.name)}">{escape(view.chapter.title)}</a>' for some in chapters.values() for view in some
    )
    yield f"<nav>{' · '.join(contents)}</nav>"
    for title, views in chapters.items():
        yield f"<section><h2>{escape(title)}</h2>"
        for view in views:
            yield f'<article id="{quote(view.name)}"><h3>{escape(view.chapter.title)}</h3>'
            yield f"<p>{escape(view.chapter.subtitle)}</p>"
            yield from (_figure(view, sheet, language) for sheet in view.sheets)
            if view.others:
                links = (f'<a href="{quote(other)}">{escape(other)}</a>' for other in view.others)
                yield f"<p>{escape(translate('Also as', language))}: {', '.join(links)}</p>"
            yield "</article>"
        yield "</section>"
    yield "</body></html>"


def _figure(view: _View, sheet: _Sheet, language: str) -> str:
    place = quote(sheet.picture)
    return (
        f'<figure><a href="{place}"><img loading="lazy" src="{place}" '
        f'alt="{escape(_alternative(view, sheet, language))}"></a>'
        f"<figcaption>{escape(_caption(view, sheet, language))}</figcaption></figure>"
    )
