"""Prints a view as a flowchart of Mermaid, which forges and wikis show where it is pasted."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from spbe_arch.drawing.palette import INK, LAYERS, PAPER
from spbe_arch.drawing.text import clean
from spbe_arch.messages import translate
from spbe_arch.printers.net import net_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.printers.net import Net, Point
    from spbe_arch.views.view import View

__all__ = ["literal", "write"]

_TWICE_READ = frozenset("$:\\ﬂ°¶")
_MOST_LINES = 500
_MOST_CHARACTERS = 50_000
"""Of a chart that Mermaid shows unless whoever embeds it allows more."""


def write(view: View) -> bytes:
    """The view as the bytes of a Mermaid file; the same view gives the same bytes."""
    net = net_of(view)
    body = "\n".join(_lines(net)) + "\n"
    if len(net.lines) > _MOST_LINES or len(body) > _MOST_CHARACTERS:
        note = translate("larger than Mermaid shows by default: maxEdges, maxTextSize", view.frame.language)
        body = f"%% {note}\n{body}"
    return body.encode()


def _lines(net: Net) -> Iterator[str]:
    # Words such as "end" and letters such as "o" and "x" mean something in a chart, so no id of a model is one there.
    names = net.numbered()
    yield "flowchart TB"
    yield f"  accTitle: {literal(net.title)}"
    for index, box in enumerate(net.boxes):
        yield f'  subgraph g{index}["{literal(box.name)}"]'
        yield from (f"    {_node(names[key], net.points[key])}" for key in box.keys)
        yield "  end"
    yield from (f"  {_node(names[key], point)}" for key, point in net.loose.items())
    for line in net.lines:
        said = f'|"{literal(line.said)}"|' if line.said else ""
        yield f"  {names[line.source]} -->{said} {names[line.target]}"
    yield from _classes(net, names)


def _node(name: str, point: Point) -> str:
    id = f"<br>{literal(point.key)}" if point.layer and point.key != point.name else ""
    return f'{name}["{literal(point.name)}{id}"]'


def _classes(net: Net, names: dict[str, str]) -> Iterator[str]:
    """The colours of the layers, the dashes of what is retired, and which point has which."""
    for layer, colours in LAYERS.items():
        members = [names[key] for key, point in net.points.items() if point.layer == layer]
        if members:
            yield f"  classDef {layer} fill:{colours.tint},stroke:{colours.strong},color:{INK}"
            yield f"  class {','.join(members)} {layer}"
    retired = [names[key] for key, point in net.points.items() if point.status == "retired"]
    if retired:
        yield f"  classDef retired fill:{PAPER},stroke-dasharray:4"
        yield f"  class {','.join(retired)} retired"


def literal(text: str) -> str:
    r"""Text that Mermaid shows as it is: all but letters, digits and spaces is written as the number of the character.

    So nothing in it is a quote, a directive, HTML or Markdown. Some signs mean something even so, because Mermaid looks
    for them once more after it has read the numbers: formulas between `$$`, icons as in `fa:fa-car`, `\n`, and its own
    marks for numbers. A place where the line may break, which is no character, comes between such a sign and the next.
    """
    shown = []
    for character, following in zip_longest(clean(text), clean(text)[1:], fillvalue=" "):
        plain = (character.isalnum() and character not in _TWICE_READ) or character == " "
        shown.append(character if plain else f"#{ord(character)};")
        if character in _TWICE_READ and following != " ":
            shown.append("<wbr>")
    return "".join(shown)
