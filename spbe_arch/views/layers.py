"""Viewpoint "layers": the six layers one above the other, of an agency or of one unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from spbe_arch.messages import translate
from spbe_arch.metamodel import Layer, type_of, types
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import grouped, grouped_by, painted
from spbe_arch.views.gathering import Marks, belonging, frame_of, name_of, node_at
from spbe_arch.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

__all__ = ["VIEWPOINT"]


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    unit: Any = None,
    *,
    group_by: str = "",
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """All elements of the six layers, grouped by the office at the top of the unit they belong to, or otherwise."""
    marks = Marks(findings)
    sections = [section for section, info in types().items() if info.layer is not Layer.ACROSS]
    within = (ordinal for section in sections for ordinal in architecture.ordinals(section))
    ordinals = list(filter(belonging(architecture, unit), within))
    facts = _Facts(architecture, language)
    nodes = tuple(node_at(architecture, one, marks, facts=facts.of(one)) for one in ordinals)
    if unit is None:
        title = architecture.manifest.name or architecture.agency
        subtitle = (
            translate("The six layers of the architecture in groups", language)
            if group_by
            else translate("The six layers of the architecture by office", language)
        )
    else:
        title = unit.name or unit.id
        subtitle = translate("What the unit owns, layer by layer", language)
    view = View(
        viewpoint="layers",
        name=name_of("layers", architecture, unit),
        title=title,
        subtitle=subtitle,
        frame=frame_of(architecture, ordinals, language),
        nodes=nodes,
        grouped_by=grouped_by(group_by),
        groups=grouped(architecture, ordinals, group_by, language, short=True),
    )
    return painted(view, architecture, ordinals, colour_by=colour_by, size_by=size_by)


_LINKED: dict[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = {
    "processes": (("services", (("services", "processes"),)), ("data", (("data", "processes"),))),
    "services": (("processes", (("", "processes"),)), ("applications", (("applications", "supports"),))),
    "data": (("applications", (("applications", "reads"), ("applications", "writes"))),),
    "applications": (("services", (("", "supports"),)), ("data", (("", "reads"), ("", "writes")))),
}
"""What is counted of an element, and by which links: those written at it, or those of a section that lead to it."""


class _Facts:
    """What elements are linked to in the other layers, counted; the same few sentences are said of very many."""

    def __init__(self, architecture: Architecture, language: str) -> None:
        self._architecture = architecture
        self._language = language
        pairs = {(section, field): ends for section, field, *ends in architecture.pairs()}
        self._counts = {
            section: tuple(_numbers(pairs, section, links) for _, links in linked)
            for section, linked in _LINKED.items()
        }
        self._said: dict[tuple[str, tuple[int, ...]], str] = {}

    def of(self, ordinal: int) -> str:
        """The sentence on one element."""
        section = self._architecture.section_at(ordinal)
        counts = tuple([numbers.get(ordinal, 0) for numbers in self._counts.get(section, ())])
        said = self._said.get((section, counts))
        if said is None:
            said = self._said[section, counts] = self._in_words(section, counts)
        return said

    def _in_words(self, section: str, counts: tuple[int, ...]) -> str:
        if not counts:
            return type_of(section).label(self._language)
        shown = []
        for (linked, _), number in zip(_LINKED[section], counts, strict=True):
            label = type_of(linked).label(self._language)
            plural = label if self._language == "id" or number == 1 or linked == "data" else _plural(label)
            shown.append(f"{number} {plural}")
        return " · ".join(shown)


def _numbers(
    pairs: Mapping[tuple[str, str], Sequence[Sequence[int]]], section: str, links: tuple[tuple[str, str], ...]
) -> Mapping[int, int]:
    """To how many others elements of a section are linked by some links, whichever end those are written at."""
    found: set[tuple[int, int]] = set()
    for other, field in links:
        sources, targets = pairs.get((other or section, field), ((), ()))
        found.update(zip(targets, sources, strict=True) if other else zip(sources, targets, strict=True))
    return Counter(one for one, _ in found)


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
    reads={
        **{name: ("|".join(info.holding),) for name, info in types().items() if info.layer is not Layer.ACROSS},
        "processes": ("owner", "services", "data"),
        "services": ("owner", "processes", "supported_by"),
        "data": ("owner|producer", "read_by|written_by"),
        "applications": ("owner|operator", "supports", "reads|writes"),
    },
)
