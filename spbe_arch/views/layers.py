"""Viewpoint "layers": the six layers one above the other, of an agency or of one unit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Element, Layer, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.gathering import Marks, frame_of, node_of
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]


def make(architecture: Architecture, findings: Iterable[Finding], language: str, unit: Any = None) -> View:
    """All elements of the six layers, grouped by the office at the top of the unit they belong to."""
    marks = Marks(findings)
    elements = [element for element in _in_layers(architecture) if unit is None or _belongs(element, unit)]
    nodes = tuple(node_of(architecture, one, marks, facts=_facts(one, language)) for one in elements)
    if unit is None:
        title = architecture.manifest.name or architecture.agency
        subtitle = translate("The six layers of the architecture by office", language)
    else:
        title = unit.name or unit.id
        subtitle = translate("What the unit owns, layer by layer", language)
    return View(
        viewpoint="layers",
        name="layers" if unit is None else f"layers-{unit.id}",
        title=title,
        subtitle=subtitle,
        frame=frame_of(architecture, elements, language),
        nodes=nodes,
        groups=_groups(architecture, elements, language),
    )


def _in_layers(architecture: Architecture) -> Iterable[Element]:
    sections = [section for section, info in types().items() if info.layer is not Layer.ACROSS]
    for section in sections:
        for ordinal in architecture.ordinals(section):
            yield architecture.at_ordinal(ordinal)


def _belongs(element: Any, unit: Any) -> bool:
    owner = element.info.belongs_to(element)
    while owner is not None and owner != unit:
        owner = owner.parent
    return owner is not None


def _groups(architecture: Architecture, elements: Iterable[Element], language: str) -> tuple[Group, ...]:
    """By office, the one with most elements first; what belongs to nobody comes last."""
    members: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    tops: dict[int, Any] = {}
    for element in elements:
        owner: Any = element.info.belongs_to(element)
        top = tops.setdefault(owner.ordinal, _top(owner)) if owner is not None else None
        key = top.id if top is not None else ""
        names[key] = (top.short_name or top.name or top.id) if top is not None else translate("no unit", language)
        members[key].append(architecture.id_at(element.ordinal))
    order = sorted(members, key=lambda key: (not key, -len(members[key]), key))
    return tuple(Group(key, names[key], tuple(members[key])) for key in order)


def _top(unit: Any) -> Any:
    """The unit at the top of the hierarchy; a loop in it ends where it closes."""
    seen = {unit.ordinal}
    while unit.parent is not None and unit.parent.ordinal not in seen:
        unit = unit.parent
        seen.add(unit.ordinal)
    return unit


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
