"""The data layer (domain data dan informasi)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import Bool, LayerElement, Text, Texts, Validity, code, one_of

if TYPE_CHECKING:
    from spbe_arch.metamodel.across import Agency, Unit
    from spbe_arch.metamodel.application import Application, Exchange
    from spbe_arch.metamodel.business import Process
    from spbe_arch.metamodel.infrastructure import IntegrationPlatform, Storage
    from spbe_arch.metamodel.security import Security
    from spbe_arch.metamodel.services import Service

__all__ = ["Data"]


class Data(LayerElement, section="data", indonesian="data (data_informasi)", layer=Layer.DATA, archimate="DataObject"):
    """Data dan informasi: what processes yield, services need and applications keep."""

    reference: Annotated[str | None, code("RAD")] = field("kode_referensi (referensi)", "W")
    purpose: Text = field("tujuan")
    producer: One["Unit | Agency"] = link("produsen (produsen_data)", "association <-", "W D1")
    steward: One["Unit"] = link("wali_data (walidata, penanggung_jawab)", "association <-", "W D2")
    confidentiality: Annotated[str | None, one_of("confidentiality")] = field("sifat (sifat_data)", "W D6")
    personal: Bool = field("data_pribadi")
    kind: Annotated[str | None, one_of("data_kind")] = field("jenis (jenis_data)")
    validity: Validity = field("validitas")
    interoperable: Bool = field("interoperabilitas", "C D9 D11")
    master: Bool = field("data_induk")
    breakdown: Texts = field("disagregasi")
    inputs: Texts = field("masukan")
    outputs: Texts = field("keluaran")
    standard: Text = field("standar_data", "I D12")
    metadata: Text = field("metadata", "I D12")
    urls: Texts = field("tautan (url)")
    processes: Many["Process"] = link("proses_bisnis (proses, probis)", "access <-", "W D4")
    secured_by: Many["Security"] = link("diamankan_oleh", "association <-", "C D7")

    used_by_services = Inverse["Service"]("data", "dipakai_layanan")
    read_by = Inverse["Application"]("reads", "dibaca_oleh")
    written_by = Inverse["Application"]("writes", "ditulis_oleh")
    exchanged_in = Inverse["Exchange"]("data", "dipertukarkan_dalam")
    stored_on = Inverse["Storage"]("stores", "disimpan_di")
    passes_through = Inverse["IntegrationPlatform"]("data", "melewati")

    @property
    def is_protected(self) -> bool:
        """Whether it is personal, limited or closed, so that it may not be open to everybody."""
        return self.personal is True or self.confidentiality in ("limited", "closed")
