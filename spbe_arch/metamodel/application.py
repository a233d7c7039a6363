"""The application layer (domain aplikasi)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import Bool, Date, Int, LayerElement, Text, Texts, any_of, code, one_of

if TYPE_CHECKING:
    from spbe_arch.metamodel.across import Agency, Unit
    from spbe_arch.metamodel.data import Data
    from spbe_arch.metamodel.infrastructure import Cloud, Facility, IntegrationPlatform, Intranet, Server
    from spbe_arch.metamodel.security import Security
    from spbe_arch.metamodel.services import Service

__all__ = ["Application", "Exchange"]


class Application(
    LayerElement,
    section="applications",
    indonesian="aplikasi",
    layer=Layer.APPLICATION,
    archimate="ApplicationComponent",
):
    """Aplikasi: a program that supports services and reads or writes data."""

    NEEDS = ("runs_on", "main_facility", "networks")

    reference: Annotated[str | None, code("RAA")] = field("kode_referensi (referensi)", "W")
    functions: Texts = field("fungsi")
    supports: Many["Service"] = link("mendukung (layanan)", "serving ->", "W E1")
    reads: Many["Data"] = link("membaca (data)", "access ->", "W E2")
    writes: Many["Data"] = link("menulis", "access ->")
    developer: One["Unit | Agency"] = link("pengembang (unit_pengembang)", "association <-")
    operator: One["Unit | Agency"] = link("operator (unit_operasional)", "association <-", "C E10")
    runs_on: Many["Server | Cloud"] = link("berjalan_di (server)", "serving <-", "W E9")
    main_facility: One["Facility"] = link("fasilitas_utama", "serving <-")
    backup_facility: One["Facility"] = link("fasilitas_cadangan", "serving <-", "C F12")
    networks: Many["Intranet"] = link("jaringan_intra (jip)", "serving <-")
    bases: Annotated[tuple[str, ...], any_of("base")] = field("basis (basis_aplikasi)")
    license: Annotated[str | None, one_of("license")] = field("lisensi (tipe_lisensi)")
    license_until: Date = field("lisensi_sampai", "C E14")
    languages: Texts = field("bahasa_pemrograman")
    frameworks: Texts = field("kerangka")
    database: Texts = field("basis_data")
    platform: Text = field("platform")
    version: Text = field("versi")
    active: Bool = field("aktif")
    users: Int = field("jumlah_pengguna")
    urls: Texts = field("tautan (url)")
    endpoints: Texts = field("titik_akses (endpoint)")
    inputs: Texts = field("masukan")
    outputs: Texts = field("luaran")
    suppliers: Texts = field("pemasok_data")
    customers: Texts = field("pelanggan_data")
    repository: Text = field("repositori", "I E15")
    backup: Text = field("pencadangan", "C E16")
    consulted: Date = field("konsultasi_tik", "I E17")
    fitness_test: Date = field("uji_kelaikan", "I E17")
    secured_by: Many["Security"] = link("diamankan_oleh", "association <-", "C D7 E12")

    complaint_channel_of = Inverse["Service"]("complaint_channel", "kanal_pengaduan_dari")
    provides = Inverse["Exchange"]("provider", "menyediakan")
    consumes = Inverse["Exchange"]("consumer", "menerima")
    connected_by = Inverse["IntegrationPlatform"]("connects", "terhubung_oleh")

    @property
    def used(self) -> "list[Data]":
        """The data that it reads or writes."""
        return list(dict.fromkeys((*self.reads, *self.writes)))

    @property
    def run_elsewhere(self) -> bool:
        """Whether another government agency operates it; its server, licence and security are facts of that agency."""
        operator = self.operator
        if operator is None:
            return False
        agency = self.global_id.partition("/")[0]
        if operator.section == "agencies":
            return operator.id != agency and operator.kind not in ("company", "state_enterprise")
        return operator.global_id.partition("/")[0] != agency


class Exchange(
    LayerElement,
    section="exchanges",
    indonesian="pertukaran (pertukaran_data)",
    layer=Layer.APPLICATION,
    archimate="ApplicationInteraction",
):
    """Pertukaran data: traffic from one application to another, over the SPL or point to point."""

    NEEDS = ("provider", "consumer", "via")

    provider: One["Application"] = link("penyedia (pengirim)", "flow <-", "E")
    consumer: One["Application"] = link("penerima", "flow ->", "E")
    data: Many["Data"] = link("data", "access ->")
    via: Many["IntegrationPlatform"] = link("melalui (spl, splp)", "serving <-", "C E7 E8")
    method: Annotated[str | None, one_of("exchange_method")] = field("cara")
    protocol: Text = field("protokol")
    frequency: Annotated[str | None, one_of("frequency")] = field("frekuensi")

    @property
    def is_direct(self) -> bool:
        """Whether it runs from application to application: no SPL carries it, and none connects both (FORMAT §11)."""
        if self.via or self.provider is None or self.consumer is None:
            return False
        return not set(self.provider.connected_by) & set(self.consumer.connected_by)

    @property
    def crosses_offices(self) -> bool:
        """Whether its ends belong to two offices or agencies, as far as it is known whose they are."""
        if self.provider is None or self.consumer is None:
            return False
        ends = {_holder(self.provider), _holder(self.consumer)}
        return None not in ends and len(ends) == 2


def _holder(application: Application) -> "Unit | Agency | str | None":
    """The office or agency that an application belongs to; the name of an agency that is not loaded."""
    agency = application.global_id.partition("/")[0]
    if not application.name:
        return agency
    unit = application.info.belongs_to(application)
    return unit.office if unit is not None else application.operator
