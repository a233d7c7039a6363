"""Prints a view as a component diagram of PlantUML, which wikis of many offices show where it is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spbe_arch.drawing.palette import INK, LAYERS, MUTED, PAPER
from spbe_arch.drawing.text import clean
from spbe_arch.printers.net import net_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.printers.net import Net, Point
    from spbe_arch.views.view import View

__all__ = ["literal", "write"]

_STYLES = {"new": ";line.bold", "upgrade": ";line.bold", "retired": ";line.dashed"}


def write(view: View) -> bytes:
    """The view as the bytes of a PlantUML file; the same view gives the same bytes."""
    return ("\n".join(_lines(net_of(view))) + "\n").encode()


def _lines(net: Net) -> Iterator[str]:
    names = net.numbered()
    yield "@startuml"
    if net.title:  # else what follows would be the title
        yield f"title {literal(net.title)}"
    yield "skinparam shadowing false"
    yield f"skinparam rectangleFontColor {INK}"
    yield f"skinparam arrowColor {MUTED}"
    for index, box in enumerate(net.boxes):
        yield f'package "{literal(box.name)}" as g{index} {{'
        yield from (f"  {_node(names[key], net.points[key])}" for key in box.keys)
        yield "}"
    yield from (_node(names[key], point) for key, point in net.loose.items())
    for line in net.lines:
        said = f" : {literal(line.said)}" if line.said else ""
        yield f"{names[line.source]} --> {names[line.target]}{said}"
    yield "@enduml"


def _node(name: str, point: Point) -> str:
    if not point.layer:
        return f'rectangle "{literal(point.name)}" as {name} {PAPER}'
    colours = LAYERS[point.layer]
    id = f"\\n{literal(point.key)}" if point.key != point.name else ""
    fill = PAPER if point.status == "retired" else colours.tint
    line = colours.strong.removeprefix("#")
    return f'rectangle "{literal(point.name)}{id}" as {name} {fill};line:{line}{_STYLES.get(point.status, "")}'


def literal(text: str) -> str:
    """Text that PlantUML shows as it is: all but letters, digits and single spaces is written as a code point.

    So nothing in it is a quote, a function, a directive, an icon or Creole.
    """
    shown = []
    before = " "
    for character in clean(text):
        is_plain = character.isalnum() or (character == " " and before != " ")
        shown.append(character if is_plain else f"<U+{ord(character):04X}>")
        before = character
    return "".join(shown)
