"""The service layer (domain layanan)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import LayerElement, Text, Texts, any_of, code, one_of

if TYPE_CHECKING:
    from spbe_arch.metamodel.across import Agency, Theme, Unit
    from spbe_arch.metamodel.application import Application
    from spbe_arch.metamodel.business import Process
    from spbe_arch.metamodel.data import Data

__all__ = ["Service"]


class Service(
    LayerElement, section="services", indonesian="layanan", layer=Layer.SERVICES, archimate="BusinessService"
):
    """Layanan: what the public, businesses, employees or other agencies get from a process."""

    reference: Annotated[str | None, code("RAL")] = field("kode_referensi (referensi)", "W")
    owner: One["Unit"] = link("unit_pelaksana (pemilik, opd, unit_kerja)", "assignment <-", "W C4")
    responsible: One["Unit"] = link("penanggung_jawab", "association <-")
    purpose: Text = field("tujuan")
    function: Text = field("fungsi")
    method: Annotated[str | None, one_of("method")] = field("metode (metode_layanan)")
    targets: Annotated[tuple[str, ...], any_of("audience")] = field("target (target_layanan)", "W C5")
    affair: Annotated[str | None, code("RAB")] = field("urusan (urusan_terkait)")
    processes: Many["Process"] = link("proses_bisnis (proses, probis)", "realization <-", "W C1")
    data: Many["Data"] = link("data", "access ->")
    agencies: Many["Agency"] = link("instansi_terkait", "association <-")
    themes: Many["Theme"] = link("tema", "aggregation <-")
    complaint_channel: One["Application"] = link("kanal_pengaduan", "serving <-", "I C8")
    benefits: Text = field("manfaat")
    economic_potential: Text = field("potensi_ekonomi")
    risk: Text = field("risiko")
    mitigation: Text = field("mitigasi", "C C6")
    urls: Texts = field("tautan (url)")

    supported_by = Inverse["Application"]("supports", "didukung_oleh")
