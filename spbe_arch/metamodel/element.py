"""What every element has, and the kinds of field that the types are declared with."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from spbe_arch.metamodel import values
from spbe_arch.metamodel.declaring import ElementBase, Inverse, Many, One, field, link
from spbe_arch.metamodel.values import ChoiceKind, CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.metamodel.across import Document, Gap, Initiative, Policy, Unit

__all__ = ["Element", "LayerElement", "Owned"]

Text = Annotated[str | None, values.TEXT]
Texts = Annotated[tuple[str, ...], values.TEXTS]
Bool = Annotated[bool | None, values.BOOL]
Int = Annotated[int | None, values.NumberKind(whole=True)]
Number = Annotated[float | None, values.NumberKind()]
Mbps = Annotated[float | None, values.NumberKind("Mbps")]
Gigabytes = Annotated[float | None, values.NumberKind("GB")]
Rupiah = Annotated[float | None, values.NumberKind("IDR")]
Year = Annotated[int | None, values.YEAR]
Date = Annotated[values.PartialDate | None, values.DATE]
Validity = Annotated[str | values.PartialDate | None, values.VALIDITY]
NumbersByYear = Annotated[dict[int, float] | None, values.ByYearKind(values.NumberKind())]
MbpsByYear = Annotated[dict[int, float] | None, values.ByYearKind(values.NumberKind("Mbps"), "Mbps")]
RupiahByYear = Annotated[dict[int, float] | None, values.ByYearKind(values.NumberKind("IDR"), "IDR")]
TextsByYear = Annotated[dict[int, str] | None, values.ByYearKind(values.TEXT, "text")]
NumberMap = Annotated[dict[str, float] | None, values.MapKind(values.NumberKind())]
IntMap = Annotated[dict[str, int] | None, values.MapKind(values.NumberKind(whole=True))]
Sources = Annotated[tuple[values.Source, ...], values.SOURCE]
Allow = Annotated[dict[str, values.Allowance] | None, values.ALLOW]


def one_of(name: str) -> ChoiceKind:
    """The kind of a field that takes one value of a list."""
    return ChoiceKind(values.value_list(name), many=False)


def any_of(name: str) -> ChoiceKind:
    """The kind of a field that takes several values of a list."""
    return ChoiceKind(values.value_list(name), many=True)


def code(prefix: str) -> CodeKind:
    """The kind of a field that takes one code of a reference table."""
    return CodeKind(prefix)


def codes(prefix: str) -> CodeKind:
    """The kind of a field that takes several codes of a reference table."""
    return CodeKind(prefix, many=True)


class Element(ElementBase):
    """What every element of every type has (FORMAT §7)."""

    name: Text = field("nama", "E")
    description: Text = field("uraian (deskripsi)")
    registry_id: Text = field("nomor_registri (id_metadata)")
    status: Annotated[str | None, one_of("lifecycle")] = field("status", default="as_is")
    since: Year = field("sejak (mulai)", "C")
    until: Year = field("sampai")
    replaces: Many["Self"] = link("menggantikan", "association ->")
    workflow: Annotated[str | None, one_of("workflow")] = field("alur")
    legal_basis: Many["Policy | Document"] = link("dasar_hukum", "association ->")
    related: Many["Element"] = link("terkait", "association ->")
    tags: Texts = field("label")
    note: Text = field("catatan")
    source: Sources = field("sumber")
    aliases: Texts = field("alias")
    allow: Allow = field("izinkan")

    replaced_by = Inverse["Element"]("replaces", "digantikan_oleh")
    related_from = Inverse["Element"]("related", "terkait_dari")


class Owned(Element):
    """Every element but units and agencies: it belongs to a unit."""

    owner: One["Unit"] = link("pemilik (opd, unit_kerja)", "association <-", "W E10")


class LayerElement(Owned):
    """An element of one of the six layers."""

    gaps = Inverse["Gap"]("concerns", "kesenjangan")
    delivered_by = Inverse["Initiative"]("delivers", "dihasilkan_oleh")

    NEEDS: ClassVar[tuple[str, ...]] = ()
    """The link fields without whose targets the element cannot work; of several targets one is enough."""

    def needs(self) -> "Iterator[tuple[str, list[LayerElement]]]":
        """The fields of `NEEDS` that are filled in, with the elements they lead to."""
        for name in self.NEEDS:
            value = getattr(self, name)
            targets: list[LayerElement] = [value] if isinstance(value, LayerElement) else list(value or ())
            if targets:
                yield name, targets
