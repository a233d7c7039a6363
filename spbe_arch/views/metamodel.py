"""Viewpoint "metamodel": the types of elements and the links that they may have, as they are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import frame_of
from spbe_arch.views.view import Edge, Group, Node, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import TypeInfo

__all__ = ["VIEWPOINT"]


def make(
    architecture: Architecture,
    findings: Iterable[Finding],  # noqa: ARG001 - as every viewpoint is called
    language: str,
    about: Any = None,  # noqa: ARG001
) -> View:
    """A node for each type, with the number of its elements and the ArchiMate element; an edge for each link.

    The `kind` of an edge is its field in the language of the view. Fields that all types have are in the notes. The id
    of a node is no id of an element, so that it leads to none.
    """
    everywhere = set.intersection(*(set(info.links) for info in types().values()))
    nodes = tuple(_node(architecture, info, language) for info in types().values())
    return View(
        viewpoint="metamodel",
        name="metamodel",
        title=translate("Metamodel", language),
        subtitle=translate("The types of elements, how many there are, and the links between them", language),
        frame=frame_of(architecture, (), language),
        nodes=nodes,
        edges=tuple(_edges(everywhere, language)),
        groups=tuple(
            Group(layer.value, layer.label(language), tuple(node.id for node in nodes if node.layer == layer.value))
            for layer in Layer
        ),
        notes=(_everywhere(everywhere, language),),
        grouped_by="layer",
    )


def _node(architecture: Architecture, info: TypeInfo, language: str) -> Node:
    name = info.label(language)
    count = len(architecture.ordinals(info.section))
    return Node(
        _id(info.section),
        info.section,
        info.layer_name,
        name[:1].upper() + name[1:],
        facts=f"{count} · {info.archimate}",
        detail=translate("code {prefix}", language).format(prefix=info.codes) if info.codes else "",
    )


def _id(section: str) -> str:
    return f"type:{section}"


def _edges(everywhere: set[str], language: str) -> Iterator[Edge]:
    for section, info in types().items():
        for field, link in info.links.items():
            if field in everywhere:
                continue
            relationship = link.declared.relationship.rstrip("?")
            for target in link.targets:
                yield Edge(_id(section), _id(target), field, relationship, link.label(language))


def _everywhere(fields: Iterable[str], language: str) -> str:
    """What all types may be linked by."""
    links = next(iter(types().values())).links
    said = ", ".join(links[field].label(language) for field in links if field in set(fields))
    return translate("Links of every type, not drawn: {fields}", language).format(fields=said)


VIEWPOINT = Viewpoint(
    name="metamodel",
    title={"en": "Metamodel", "id": "Metamodel"},
    stakeholders=("architects", "those who write the model", "national team"),
    concerns=(
        "Which types of elements are there, and how are they linked?",
        "What are they in ArchiMate?",
        "Of which types does this model have none yet?",
    ),
    about=(),
    make=make,
    suggest=lambda architecture: [],  # noqa: ARG005 - the same for all but for the numbers
    reads=dict.fromkeys(types(), ()),
    of_types=True,
    fixed={
        "group_by": "it shows types",
        "colour_by": "it shows types",
        "size_by": "it shows types",
    },
)
