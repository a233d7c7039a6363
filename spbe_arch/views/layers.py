"""Viewpoint "layers": the six layers one above the other, of an agency or of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Element, Layer, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import Marks, belongs, by_office, frame_of, name_of, node_of
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]


def make(architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None) -> View:
    """All elements of the six layers, grouped by the office at the top of the unit they belong to."""
    marks = Marks(findings)
    elements = [element for element in _in_layers(architecture) if unit is None or belongs(element, unit)]
    nodes = tuple(node_of(architecture, one, marks, facts=_facts(one, language)) for one in elements)
    if unit is None:
        title = architecture.manifest.name or architecture.agency
        subtitle = translate("The six layers of the architecture by office", language)
    else:
        title = unit.name or unit.id
        subtitle = translate("What the unit owns, layer by layer", language)
    return View(
        viewpoint="layers",
        name=name_of("layers", architecture, unit),
        title=title,
        subtitle=subtitle,
        frame=frame_of(architecture, elements, language),
        nodes=nodes,
        groups=by_office(architecture, elements, language, short=True),
    )


def _in_layers(architecture: Architecture) -> Iterable[Element]:
    sections = [section for section, info in types().items() if info.layer is not Layer.ACROSS]
    for section in sections:
        for ordinal in architecture.ordinals(section):
            yield architecture.at_ordinal(ordinal)


def _facts(element: Any, language: str) -> str:
    """What the element is linked to in the other layers, counted."""
    counts = {
        "processes": (("services", element.services), ("data", element.data)) if element.section == "processes" else (),
        "services": (("processes", element.processes), ("applications", element.supported_by))
        if element.section == "services"
        else (),
        "data": (("applications", [*element.read_by, *element.written_by]),) if element.section == "data" else (),
        "applications": (("services", element.supports), ("data", [*element.reads, *element.writes]))
        if element.section == "applications"
        else (),
    }.get(element.section)
    if counts is None:
        return str(element.info.label(language))
    shown = []
    for section, linked in counts:
        number = len({one.ordinal for one in linked})
        label = types()[section].label(language)
        plural = label if language == "id" or number == 1 or section == "data" else _plural(label)
        shown.append(f"{number} {plural}")
    return " · ".join(shown)


def _plural(label: str) -> str:
    return label + ("es" if label.endswith("s") else "s")


VIEWPOINT = Viewpoint(
    name="layers",
    title={"en": "Layers", "id": "Lapis"},
    stakeholders=("head of the agency", "SPBE coordination team", "architects"),
    concerns=("What does the agency have in each layer?", "Which office has what?", "Where is nothing yet?"),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["layers"] if len(architecture) else [],
)
