"""Prints a view as a diagram of D2, for those who lay it out and style it further there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing.palette import INK, LAYERS, PAPER
from spbe_arch.drawing.text import clean
from spbe_arch.printers.net import net_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.printers.net import Net, Point
    from spbe_arch.views.view import View

__all__ = ["literal", "write"]

_MEANING = str.maketrans({sign: f"\\{sign}" for sign in '"\\$'})
_STYLES = {
    "new": "; style.stroke-width: 3",
    "upgrade": "; style.stroke-width: 3",
    "retired": "; style.stroke-dash: 4",
}


def write(view: View) -> bytes:
    """The view as the bytes of a D2 file; the same view gives the same bytes."""
    return ("\n".join(_lines(net_of(view))) + "\n").encode()


def _lines(net: Net) -> Iterator[str]:
    # Words such as "style" and signs such as "." mean something in a key, so no id of a model is one there.
    names = net.numbered()
    paths = dict(names)
    yield f"title: {literal(net.title)} {{shape: text; near: top-center; style.font-size: 28; style.bold: true}}"
    for index, box in enumerate(net.boxes):
        yield f"g{index}: {literal(box.name)} {{"
        yield f'  style: {{fill: "{PAPER}"; stroke-dash: 3}}'
        for key in box.keys:
            yield f"  {_node(names[key], net.points[key])}"
            paths[key] = f"g{index}.{names[key]}"
        yield "}"
    yield from (_node(names[key], point) for key, point in net.loose.items())
    for line in net.lines:
        said = f": {literal(line.said)}" if line.said else ""
        yield f"{paths[line.source]} -> {paths[line.target]}{said}"


def _node(name: str, point: Point) -> str:
    if not point.layer:
        return f"{name}: {literal(point.name)} {{shape: text}}"
    colours = LAYERS[point.layer]
    below = point.key if point.key != point.name else ""
    fill = PAPER if point.status == "retired" else colours.tint
    style = f'style.fill: "{fill}"; style.stroke: "{colours.strong}"; style.font-color: "{INK}"'
    return f"{name}: {literal(point.name, below)} {{{style}{_STYLES.get(point.status, '')}}}"


def literal(*lines: str) -> str:
    """Lines of text as one quoted text of D2, in which no variable, escape or key is looked for."""
    shown = "\\n".join(clean(line).translate(_MEANING) for line in lines if line)
    return f'"{shown}"'
