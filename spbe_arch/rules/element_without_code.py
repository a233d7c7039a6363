"""SPBE153 (A12)."""

from collections.abc import Iterator

from spbe_arch.metamodel import LayerElement
from spbe_arch.rules import Basis, Each, Fault, Level, at, is_ending, rule


@rule(
    "SPBE153",
    Level.WARNING,
    "{element} has no reference code",
    letter="A12",
    basis=[Basis("Perpres 132/2022 (Kode Model Referensi in the metadata)", "high")],
    scope=Each(LayerElement),
)
def element_without_code(element: LayerElement) -> Iterator[Fault]:
    """An element of a type that is classified by a reference table, without a code.

    Why it matters:
        The code places the element in the national architecture; without it, no comparison finds the element.

    Wrong:
        services:
          pajak-restoran:
            reference:

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Look for the code in the table of the layer, at least to level 2.
    """
    reference = element.info.fields.get("reference")
    if reference is None or reference.declared.required.level != "W" or element.reference:  # type: ignore[attr-defined]
        return
    if not is_ending(element):
        yield Fault(at(element, "reference"), {"element": element})
