"""SPBE801 (H1)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Layer, Undecided, type_of
from spbe_arch.metamodel.values import Choices
from spbe_arch.rules import Basis, Fault, Level, OfAgency, rule


@rule(
    "SPBE801",
    Level.WARNING,
    "the architecture of {agency} has nothing in {domains}",
    letter="H1",
    basis=[
        Basis("Perpres 132/2022 (six domains)", "high"),
        Basis("PermenPANRB 59/2020, indicators 1 and 11 (level 3: all six domains)", "high"),
    ],
    scope=OfAgency(),
)
def domain_missing(part: Part) -> Iterator[Fault]:
    """One or more of the six domains of the architecture are empty.

    Why it matters:
        The evaluation gives level 3 to an architecture with all six domains. An empty one mostly means that
        an office has not been asked. An architecture whose manifest states no period is not asked.

    How to fix:
        Ask the office that coordinates the domain for its first elements: processes from the organisation
        section, data from the data steward, the others from the ICT office.
    """
    if part.is_incomplete:
        raise Undecided
    layers = {type_of(section).layer for section in part.sections}
    missing = [layer for layer in Layer if layer is not Layer.ACROSS and layer not in layers]
    if part.manifest.years and part.sections and missing:
        names = Choices(*(tuple(layer.label(language) for layer in missing) for language in ("en", "id")))
        yield Fault(Place(part.manifest.path), {"agency": part.manifest.name, "domains": names})
