"""The business layer (domain proses bisnis)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import LayerElement, Texts, code, one_of

if TYPE_CHECKING:
    from spbe_arch.metamodel.across import Agency, Document, Indicator, Initiative, Objective, Unit
    from spbe_arch.metamodel.data import Data
    from spbe_arch.metamodel.services import Service

__all__ = ["Process"]


class Process(
    LayerElement,
    section="processes",
    indonesian="proses_bisnis (proses, probis)",
    layer=Layer.BUSINESS,
    archimate="BusinessProcess",
):
    """Proses bisnis: what an agency does to fulfil a duty."""

    reference: Annotated[str | None, code("RAB")] = field("kode_referensi (referensi)", "W")
    owner: One["Unit"] = link("pemilik (opd, unit_kerja)", "assignment <-", "W B2")
    kind: Annotated[str | None, one_of("process_kind")] = field("jenis")
    parent: One["Process"] = link("induk", "composition <-")
    objectives: Many["Objective"] = link("sasaran (sasaran_strategis)", "realization ->", "I B3")
    indicators: Many["Indicator"] = link("indikator (iku)", "association ->", "I B3")
    programmes: Many["Initiative"] = link("program", "association ->")
    coordinator: One["Unit"] = link("koordinator", "association <-", "I B4")
    participants: Many["Unit | Agency"] = link("unit_terlibat", "assignment <-")
    triggers: Many["Process"] = link("memicu", "triggering ->")
    inputs: Texts = field("masukan")
    outputs: Texts = field("keluaran")
    suppliers: Texts = field("pemasok")
    customers: Texts = field("pelanggan")
    maps: Many["Document"] = link("peta", "association ->")

    children = Inverse["Process"]("parent", "turunan")
    triggered_by = Inverse["Process"]("triggers", "dipicu_oleh")
    services = Inverse["Service"]("processes", "layanan")
    data = Inverse["Data"]("processes", "data")
