"""Prints a sheet as SVG: one file that needs nothing else, can be read aloud, searched and linked into.

No script, no style, no document type, no foreign object, nothing fetched. Names stand in it literally.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from spbe_arch.drawing.shapes import Close, Ellipse, Open, Path, Rect, Sheet, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FONTS", "may_link", "name_in_svg", "to_svg"]

FONTS = "Arimo,'Liberation Sans',Arial,Helvetica,'Nimbus Sans',sans-serif"
_POINT = 25.4 / 72


def to_svg(sheet: Sheet) -> str:
    """Returns the sheet as the text of an SVG file; the same sheet gives the same text."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    key = name_in_svg(sheet.name)
    width, height = _number(sheet.width), _number(sheet.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(sheet.width * _POINT)}mm" '
        f'height="{_number(sheet.height * _POINT)}mm" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{key}.title {key}.desc" xml:lang="{_escape(sheet.language)}" '
        f'font-family="{FONTS}">'
    )
    yield f'<title id="{key}.title">{_escape(sheet.title)}</title>'
    yield f'<desc id="{key}.desc">{_escape(sheet.description)}</desc>'
    ends: list[str] = []
    for shape in sheet.shapes:
        if isinstance(shape, Open):
            start, end = _group(shape, key, linked=any(end.endswith("</a>") for end in ends))
            ends.append(end)
            yield start
        elif isinstance(shape, Close):
            yield ends.pop()
        else:
            yield _print(shape)
    yield "</svg>"


def _group(opened: Open, key: str, *, linked: bool) -> tuple[str, str]:
    """The tags that open and close a group; a link within one that is linked would be none."""
    mark = f' id="{key}.{name_in_svg(opened.elements[0])}"' if opened.kind == "element" else ""
    start, end = f"<g{mark}><title>{_escape(opened.title)}</title>", "</g>"
    if opened.link and not linked and may_link(opened.link):
        return f'<a href="{_escape(opened.link)}">{start}', f"{end}</a>"
    return start, end


def _print(shape: Rect | Path | Ellipse | Text) -> str:
    match shape:
        case Rect():
            return _rect(shape)
        case Path():
            return _path(shape)
        case Ellipse():
            return _ellipse(shape)
        case Text():
            return _text(shape)


def _rect(shape: Rect) -> str:
    radius = f' rx="{_number(shape.radius)}"' if shape.radius else ""
    return (
        f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" '
        f'height="{_number(shape.height)}"{radius}{_paint(shape)}/>'
    )


def _path(shape: Path) -> str:
    data = "".join(command + " ".join(map(_number, numbers)) for command, numbers in shape.segments)
    return f'<path d="{data}"{_paint(shape)} stroke-linejoin="round"/>'


def _ellipse(shape: Ellipse) -> str:
    return (
        f'<ellipse cx="{_number(shape.cx)}" cy="{_number(shape.cy)}" rx="{_number(shape.rx)}" '
        f'ry="{_number(shape.ry)}"{_paint(shape)}/>'
    )


def _text(shape: Text) -> str:
    x, y = _number(shape.x), _number(shape.y)
    weight = ' font-weight="700"' if shape.bold else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    turn = f' transform="rotate(-90 {x} {y})"' if shape.turned else ""
    # Keeps the text in its box where another font stands in for Arimo.
    length = f' textLength="{_number(shape.width)}" lengthAdjust="spacingAndGlyphs"' if shape.width else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_number(shape.size)}"{weight} fill="{shape.colour}"'
        f"{anchor}{turn}{length}>{_escape(shape.content)}</text>"
    )


def _paint(shape: Rect | Path | Ellipse) -> str:
    paint = f' fill="{shape.fill or "none"}"'
    if shape.stroke:
        paint += f' stroke="{shape.stroke}" stroke-width="{_number(shape.stroke_width)}"'
        if not isinstance(shape, Ellipse) and shape.dash:
            paint += f' stroke-dasharray="{" ".join(map(_number, shape.dash))}"'
    return paint


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def name_in_svg(text: str) -> str:
    """The text as an XML name, different for different texts."""
    safe = re.sub(r"[^A-Za-z0-9.-]", lambda match: f"_{ord(match[0]):x}_", text)
    return safe if safe[:1].isalpha() else f"n_{safe}"


def may_link(link: str) -> bool:
    """Whether a link leads to a file beside this one or into the web, and nowhere else."""
    try:
        return urlsplit(link).scheme in {"", "http", "https"} and not link.startswith("//")
    except ValueError:
        return False
