"""A view as a net: what formats show that keep who is linked to whom, and no places.

What a picture with rows and columns says in its cells is said with lines here, so every view can be shown so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.drawing.palette import LAYERS
from spbe_arch.drawing.text import clean
from spbe_arch.drawing.words import Words
from spbe_arch.metamodel import type_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.views.view import Axis, Edge, Group, View

__all__ = ["Box", "Line", "Net", "Point", "cell_word", "group_name", "links_in_words", "mark_name", "net_of"]


class Point(NamedTuple):
    """An element, or the head of a row or column that is none."""

    key: str
    name: str
    layer: str
    """Empty for the head of a row or column."""
    status: str = ""
    focus: bool = False


class Line(NamedTuple):
    """A link, with what it says."""

    source: str
    target: str
    said: str


class Box(NamedTuple):
    """Points that belong together."""

    name: str
    keys: tuple[str, ...]


class Net(NamedTuple):
    """A view as points, lines and boxes; all texts are clean, keys are as in the view."""

    title: str
    points: dict[str, Point]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    """Each point is in one at most."""

    @property
    def loose(self) -> dict[str, Point]:
        """The points that are in no box."""
        boxed = {key for box in self.boxes for key in box.keys}
        return {key: point for key, point in self.points.items() if key not in boxed}

    def numbered(self) -> dict[str, str]:
        """A name for each point by its key, for languages in which words and signs of an id mean something."""
        return {key: f"n{index}" for index, key in enumerate(self.points)}


def net_of(view: View) -> Net:
    """The view as a net; lines to what is not in it are left out."""
    layers = {node.id: node.layer if node.layer in LAYERS else "across" for node in view.nodes}
    points = {
        node.id: Point(node.id, clean(node.name) or clean(node.id), layers[node.id], node.status, node.focus)
        for node in view.nodes
    }
    if view.cells:
        for axis in (view.rows, view.columns):
            points = {**_heads(view, axis), **points}
    lines = [Line(edge.source, edge.target, said) for edge, said in links_in_words(view)]
    lines += _of_cells(view)
    kept = {line: None for line in lines if line.source in points and line.target in points}
    return Net(clean(view.title), points, tuple(kept), tuple(_boxes(view)))


def _heads(view: View, axis: Axis | None) -> dict[str, Point]:
    return {mark.key: Point(mark.key, mark_name(view, mark.key, mark.name), "") for mark in axis.marks} if axis else {}


def _of_cells(view: View) -> Iterator[Line]:
    ids = {node.id for node in view.nodes}
    for cell in view.cells:
        yield Line(cell.row, cell.column, cell_word(view, cell.value))
        yield from (Line(cell.column, id, "") for id in cell.nodes if id in ids)


def _boxes(view: View) -> Iterator[Box]:
    left = {node.id: None for node in view.nodes}
    for group in view.groups:
        keys = tuple(id for id in dict.fromkeys(group.nodes) if id in left)
        if keys:
            yield Box(group_name(group), keys)
        for id in keys:
            del left[id]


def links_in_words(view: View) -> Iterator[tuple[Edge, str]]:
    """Each link with what its field is called in the language of the view, as in "mendukung"."""
    sections = {node.id: node.section for node in view.nodes}
    for edge in view.edges:
        section = sections.get(edge.source, "")
        field = type_of(section).links.get(edge.field) if section in types() else None
        yield edge, clean(field.label(view.frame.language) if field is not None else edge.field.replace("_", " "))


def cell_word(view: View, value: str) -> str:
    """What the word in a cell is in the language of the view."""
    return clean(_word(view, f"cell.{value}", value))


def group_name(group: Group) -> str:
    """What a group is called, with what is known of it."""
    name = clean(group.name) or clean(group.key)
    return f"{name} ({clean(group.facts)})" if group.facts else name


def mark_name(view: View, key: str, name: str) -> str:
    """The name of a row or column; the name of a layer is said in the language of the view."""
    return clean(_word(view, name, name) if key == name and key in LAYERS else name) or clean(key)


def _word(view: View, key: str, otherwise: str) -> str:
    try:
        return Words(view.frame.language)[key]
    except KeyError:
        return otherwise
