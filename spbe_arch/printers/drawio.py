"""Prints the sheets of a view as the pages of a draw.io file: every shape at its place, a card as one group.

Labels are plain text there (no `html=1`), so a name is what it is. A shape that draw.io lacks is a stencil of its own.
"""

from __future__ import annotations

import base64
import html
import struct
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from spbe_arch.drawing.shapes import Box, Close, Ellipse, Open, Path, Rect, Text
from spbe_arch.drawing.svg import may_link
from spbe_arch.printers.extents import extent_of, extent_of_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.drawing.shapes import Sheet

__all__ = ["write"]

_FLAT = 0.05


def write(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of a draw.io file; the same sheets give the same bytes."""
    pages = {f"{sheet.name}.svg": f"page-{number}" for number, sheet in enumerate(sheets, start=1)}
    lines = ['<mxfile host="spbe">']
    for number, sheet in enumerate(sheets, start=1):
        name = sheet.title if len(sheets) == 1 else f"{sheet.title} {number}/{len(sheets)}"
        width, height = _number(sheet.width), _number(sheet.height)
        lines.append(f'<diagram id="page-{number}" name="{_attribute(name)}">')
        lines.append(
            f'<mxGraphModel grid="0" page="1" pageScale="1" pageWidth="{width}" pageHeight="{height}" math="0">'
        )
        lines += ["<root>", '<mxCell id="0"/>', '<mxCell id="1" parent="0"/>']
        lines += _cells(sheet, pages)
        lines += ["</root>", "</mxGraphModel>", "</diagram>"]
    return "\n".join([*lines, "</mxfile>", ""]).encode()


def _cells(sheet: Sheet, pages: Mapping[str, str]) -> Iterator[str]:
    boxes = {start: box for start, _, box in extent_of_groups(sheet)}
    parents = [("1", Box(0.0, 0.0, sheet.width, sheet.height))]
    for index, shape in enumerate(sheet.shapes):
        number = index + 2
        parent, around = parents[-1]
        if isinstance(shape, Close):
            parents.pop()
        elif isinstance(shape, Open):
            box = boxes[index]
            yield _group(shape, number, parent, _within(box, around), pages)
            parents.append((str(number), box))
        else:
            yield _cell(shape, number, parent, around)


def _group(opened: Open, number: int, parent: str, box: Box, pages: Mapping[str, str]) -> str:
    """A group says its title when the pointer rests on it; draw.io takes that for HTML."""
    page = pages.get(unquote(opened.link))
    target = f"data:page/id,{page}" if page else opened.link if may_link(opened.link) else ""
    link = f' link="{_attribute(target)}"' if target else ""
    return (
        f'<UserObject label="" tooltip="{_attribute(html.escape(opened.title))}"{link} id="{number}">'
        f'<mxCell style="group;collapsible=0" vertex="1" connectable="0" parent="{parent}">'
        f"{_geometry(box)}</mxCell></UserObject>"
    )


def _cell(shape: Rect | Path | Ellipse | Text, number: int, parent: str, around: Box) -> str:
    box = _within(extent_of(shape), around)
    match shape:
        case Rect():
            corner = f"rounded=1;absoluteArcSize=1;arcSize={_number(2 * shape.radius)};" if shape.radius else ""
            return _vertex(number, parent, box, f"{corner}{_paint(shape)}")
        case Ellipse():
            return _vertex(number, parent, box, f"shape=ellipse;perimeter=ellipsePerimeter;{_paint(shape)}")
        case Text():
            return _vertex(number, parent, box, _letters(shape), shape.content)
        case Path():
            if _is_line(shape):
                return _edge(shape, number, parent, around)
            return _vertex(number, parent, box, f"shape=stencil({_stencil(shape)});{_paint(shape)}")


def _vertex(number: int, parent: str, box: Box, style: str, label: str = "") -> str:
    value = f' value="{_attribute(label)}"' if label else ""
    return f'<mxCell id="{number}"{value} style="{style}" vertex="1" parent="{parent}">{_geometry(box)}</mxCell>'


def _edge(shape: Path, number: int, parent: str, around: Box) -> str:
    points = [(numbers[-2] - around.x, numbers[-1] - around.y) for _, numbers in shape.segments]
    start, *between, end = (f'x="{_number(x)}" y="{_number(y)}"' for x, y in points)
    way = "".join(f"<mxPoint {point}/>" for point in between)
    return (
        f'<mxCell id="{number}" style="endArrow=none;html=0;{_paint(shape)}" edge="1" parent="{parent}">'
        f'<mxGeometry relative="1" as="geometry"><mxPoint {start} as="sourcePoint"/><mxPoint {end} as="targetPoint"/>'
        f'{f"""<Array as="points">{way}</Array>""" if way else ""}</mxGeometry></mxCell>'
    )


def _is_line(shape: Path) -> bool:
    """Whether draw.io has it as a line that people can take by its ends.

    A curve that runs straight is one, too: draw.io shows no stencil that is flat.
    """
    start, *way = (command for command, _ in shape.segments)
    box = extent_of(shape)
    bends = "C" in way and min(box.width, box.height) > _FLAT
    return not shape.fill and start == "M" and bool(way) and {*way} <= {"L", "C"} and not bends


def _within(box: Box, around: Box) -> Box:
    """The place of a box as its group sees it."""
    return box._replace(x=box.x - around.x, y=box.y - around.y)


def _geometry(box: Box) -> str:
    x, y, width, height = map(_number, box)
    return f'<mxGeometry x="{x}" y="{y}" width="{width}" height="{height}" as="geometry"/>'


def _paint(shape: Rect | Path | Ellipse) -> str:
    style = f"fillColor={shape.fill or 'none'};strokeColor={shape.stroke or 'none'};"
    if shape.stroke:
        style += f"strokeWidth={_number(shape.stroke_width)};"
        if not isinstance(shape, Ellipse) and shape.dash:
            style += f"dashed=1;fixDash=1;dashPattern={' '.join(map(_number, shape.dash))};"
    return style


def _letters(shape: Text) -> str:
    align = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
    turned = "horizontal=0;" if shape.turned else ""
    return (
        f"text;html=0;fillColor=none;strokeColor=none;spacing=0;verticalAlign=middle;{turned}"
        f"align={'center' if shape.turned else align};"
        f"fontFamily=Arimo;fontSize={_number(shape.size)};fontStyle={int(shape.bold)};fontColor={shape.colour};"
    )


def _stencil(shape: Path) -> str:
    """A path as draw.io keeps shapes of its own: XML, written in percents, deflated, in base 64."""
    box = extent_of(shape)
    said = "".join(_segment(command, numbers, box) for command, numbers in shape.segments)
    ink = "fillstroke" if shape.fill and shape.stroke else "fill" if shape.fill else "stroke"
    width, height = (_number(max(side, 0.01)) for side in (box.width, box.height))
    source = (
        f'<shape w="{width}" h="{height}" aspect="variable" strokewidth="inherit">'
        f"<foreground><path>{said}</path><{ink}/></foreground></shape>"
    )
    return base64.b64encode(_stored(quote(source, safe="~()*!.'").encode())).decode()


def _segment(command: str, numbers: Sequence[float], box: Box) -> str:
    if command == "Z":
        return "<close/>"
    points = [(x - box.x, y - box.y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if command == "C":
        said = "".join(f' x{index}="{_number(x)}" y{index}="{_number(y)}"' for index, (x, y) in enumerate(points, 1))
        return f"<curve{said}/>"
    x, y = points[0]
    return f'<{"move" if command == "M" else "line"} x="{_number(x)}" y="{_number(y)}"/>'


def _stored(data: bytes) -> bytes:
    """Deflated without being made smaller: each zlib packs in its own way, and the same sheet gives the same bytes."""
    return b"".join(
        struct.pack("<BHH", start + 0xFFFF >= len(data), len(chunk), len(chunk) ^ 0xFFFF) + chunk
        for start, chunk in _chunks(data)
    )


def _chunks(data: bytes) -> Iterable[tuple[int, bytes]]:
    return ((start, data[start : start + 0xFFFF]) for start in range(0, len(data), 0xFFFF))


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)
