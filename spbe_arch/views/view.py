"""What a viewpoint yields: a picture as data, before anything is laid out or drawn.

Of what there may be 100,000 in one view, a plain tuple is made: that takes a fifth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.showing import show

if TYPE_CHECKING:
    import graphviz

    from spbe_arch.findings import Level

__all__ = ["Axis", "Cell", "Door", "Edge", "Frame", "Group", "Mark", "Node", "Scale", "Swatch", "View"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet says about the model it was drawn from."""

    agency: str
    """The name of the agency."""
    period: str
    """As in "2025-2029"; empty if the manifest names none."""
    date: str
    """The date of this state of the model, as in the manifest; never the clock."""
    language: str
    """Of labels and numbers: "id" or "en"."""
    source_note: str
    """One line on where the facts come from; says so when some are illustrative."""


class Node(NamedTuple):
    """An element on the picture."""

    id: str
    """The id as people write it in this model."""
    section: str
    """The section of its type, as in "applications"."""
    layer: str
    """One of business, services, data, application, infrastructure, security, across."""
    name: str
    facts: str = ""
    """A short derived fact for the first line of the card, in the language of the view."""
    status: str = "as_is"
    """One of as_is, upgrade, new, retired."""
    worst: Level | None = None
    """The worst level among the findings on this element."""
    findings: int = 0
    focus: bool = False
    """Whether the picture is about this element."""
    kind: str = ""
    """What the picture tells apart among its elements, as in "general" and "special"; each viewpoint says what."""
    detail: str = ""
    """A second derived fact, in the language of the view."""
    shade: str = ""
    """The key of the class of the colour scale that it is in, if the view has one."""
    size: int = 0
    """The class of the size scale that it is in, from 1; 0 if the view has none or nothing is known."""


class Edge(NamedTuple):
    """A link between two nodes; it points as the field does, from the element that carries it."""

    source: str
    target: str
    field: str
    """The canonical name of the link field, as in "supports"."""
    relationship: str
    """The ArchiMate relationship, as in "serving"."""
    kind: str = ""
    """What the picture tells apart among its links, as in "added" and "removed"; each viewpoint says what."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that belong together, in order; a column of tiles, a container or a page."""

    key: str
    name: str
    nodes: tuple[str, ...]
    kind: str = ""
    """What the picture tells apart among its groups; each viewpoint says what."""
    facts: str = ""
    """A short derived fact, in the language of the view."""
    detail: str = ""
    """A second one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A row or a column: an element, a year, a code."""

    key: str
    """The id of a node, or what the viewpoint counts by."""
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows or the columns of a picture that has them, in order."""

    title: str
    """What they are, in the language of the view."""
    marks: tuple[Mark, ...]


class Cell(NamedTuple):
    """Where a row and a column meet."""

    row: str
    column: str
    value: str
    """What the two have to do with each other, in a word that the viewpoint defines, as in "read"."""
    nodes: tuple[str, ...] = ()
    """The elements that it stands for, if it stands for some."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """One class of a scale."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What colours or sizes tell apart, by classes in order."""

    title: str
    """What is told apart, in the language of the view."""
    classes: tuple[Swatch, ...]
    ordered: bool = False
    """Whether the classes go from little to much; else they are only different."""


@dataclass(frozen=True, slots=True)
class Door:
    """A way to another view."""

    key: str
    """The element or group that it is at; empty for the view above."""
    name: str
    """The name of the other view, which is the stem of its file."""
    title: str


@dataclass(frozen=True, slots=True)
class View:
    """A picture as data: ordered, complete, in one language."""

    viewpoint: str
    """Its name, as in "layers"."""
    name: str
    """Unique in the repository; the stem of the file it is drawn into."""
    title: str
    subtitle: str
    frame: Frame
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()
    rows: Axis | None = None
    columns: Axis | None = None
    cells: tuple[Cell, ...] = ()
    """Of a picture with rows and columns: what is not empty, by row and then by column."""
    grouped_by: str = ""
    """What the groups are, if they are not offices."""
    colours: Scale | None = None
    sizes: Scale | None = None
    layers: tuple[str, ...] = ()
    """The layers that it is about, if it leaves out others on purpose; what it is not about is not missing."""
    up: Door | None = None
    """The view above this one."""
    doors: tuple[Door, ...] = ()
    """The views below this one, at the elements and groups that they are about."""
    style: str = ""
    """How cards and lines look: "archimate", or "spbe"; empty where nobody has said, which looks like "spbe"."""

    def to_graphviz(self) -> graphviz.Digraph:
        """The view as a graph of the package `graphviz`, to be laid out and changed as one likes.

        Every name in it is literal: the graph holds no escape, HTML or link.
        """
        return show("view_as_graph", self)

    def _repr_svg_(self) -> str:
        """What a notebook shows: the first sheet."""
        return str(show("view_as_svg", self))
