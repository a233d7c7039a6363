"""The infrastructure layer (domain infrastruktur)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import (
    Bool,
    Date,
    Gigabytes,
    Int,
    LayerElement,
    Mbps,
    MbpsByYear,
    Rupiah,
    Text,
    Texts,
    any_of,
    code,
    one_of,
)

if TYPE_CHECKING:
    from spbe_arch.metamodel.across import Agency, Unit
    from spbe_arch.metamodel.application import Application, Exchange
    from spbe_arch.metamodel.data import Data
    from spbe_arch.metamodel.security import Security

__all__ = [
    "Cloud",
    "Database",
    "Facility",
    "Infrastructure",
    "IntegrationPlatform",
    "Intranet",
    "NetworkDevice",
    "OperatingSystem",
    "Peripheral",
    "SecurityDevice",
    "Server",
    "Storage",
    "Utility",
]


class Infrastructure(LayerElement):
    """What the twelve types of infrastructure have in common."""

    ownership: Annotated[str | None, one_of("ownership")] = field("status_kepemilikan (kepemilikan)")
    legal_owner: Text = field("nama_pemilik", "C F1")
    manager: One["Unit | Agency"] = link("unit_pengelola (pengelola)", "association <-")
    secured_by: Many["Security"] = link("diamankan_oleh", "association <-")


class Facility(
    Infrastructure,
    section="facilities",
    indonesian="fasilitas_komputasi (fasilitas)",
    layer=Layer.INFRASTRUCTURE,
    archimate="Facility",
):
    """Fasilitas komputasi: a data centre, server room or control room."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)", "W")
    manager: One["Unit | Agency"] = link("unit_pengelola (pengelola, penanggung_jawab)", "association <-")
    location: Text = field("lokasi")
    tier: Annotated[str | None, one_of("tier")] = field("tier", "I F11")
    protection: Text = field("sistem_pengamanan", "I F11")
    intranet_bandwidth: Mbps = field("bandwidth_intranet")
    internet_bandwidth: MbpsByYear = field("bandwidth_internet")
    shared: Bool = field("bersama", "C F3")
    interconnected_with: Many["Facility"] = link("interkoneksi", "association ->", "C F2")

    main_facility_of = Inverse["Application"]("main_facility", "fasilitas_utama_dari")
    backup_facility_of = Inverse["Application"]("backup_facility", "fasilitas_cadangan_dari")
    interconnected_from = Inverse["Facility"]("interconnected_with", "interkoneksi_dari")
    houses = Inverse["Server | Storage | NetworkDevice | SecurityDevice | Peripheral"]("facility", "menampung")
    connected_to = Inverse["Intranet"]("connects", "terhubung_ke")


class Cloud(
    Infrastructure,
    section="clouds",
    indonesian="komputasi_awan (awan)",
    layer=Layer.INFRASTRUCTURE,
    archimate="Node",
):
    """Komputasi awan: computing rented or shared as a service."""

    NEEDS = ("networks",)

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Annotated[str | None, one_of("cloud_kind")] = field("jenis (tipe)", "W F9")
    cost: Rupiah = field("biaya")
    developer: One["Unit | Agency"] = link("pengembang (unit_pengembang)", "association <-")
    operator: One["Unit | Agency"] = link("operator (unit_operasional)", "association <-")
    contract_from: Date = field("layanan_dari")
    contract_until: Date = field("layanan_sampai", "C F10")
    networks: Many["Intranet"] = link("jaringan_intra (jip)", "serving <-")

    runs = Inverse["Application"]("runs_on", "menjalankan")


class Server(Infrastructure, section="servers", indonesian="server", layer=Layer.INFRASTRUCTURE, archimate="Device"):
    """Server: a machine, real or virtual, that runs applications."""

    NEEDS = ("facility",)

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    facility: One["Facility"] = link("fasilitas (lokasi)", "aggregation <-", "W F7")
    uses: Annotated[tuple[str, ...], any_of("server_use")] = field("penggunaan (jenis_penggunaan)")
    software: Many["OperatingSystem | Database | Utility"] = link("perangkat_lunak", "assignment ->", "I F8")
    memory: Gigabytes = field("memori")
    processor: Annotated[str | None, one_of("processor")] = field("prosesor")
    storage: Gigabytes = field("penyimpanan")
    raid: Annotated[str | None, one_of("raid")] = field("teknik_penyimpanan")
    virtual: Bool = field("virtual")

    runs = Inverse["Application"]("runs_on", "menjalankan")


class Storage(
    Infrastructure,
    section="storages",
    indonesian="media_penyimpanan",
    layer=Layer.INFRASTRUCTURE,
    archimate="Device",
):
    """Media penyimpanan: a device that keeps data."""

    NEEDS = ("facility",)

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    facility: One["Facility"] = link("fasilitas (lokasi)", "aggregation <-", "W F7")
    stores: Many["Data"] = link("menyimpan (data)", "access ->", "I F8")
    software: Many["OperatingSystem | Database | Utility"] = link("perangkat_lunak", "assignment ->")
    capacity: Gigabytes = field("kapasitas")
    access: Annotated[str | None, one_of("storage_access")] = field("metode_akses")


class NetworkDevice(
    Infrastructure,
    section="network_devices",
    indonesian="perangkat_jaringan",
    layer=Layer.INFRASTRUCTURE,
    archimate="Device",
):
    """Perangkat jaringan: switches, routers, wireless and transmission equipment."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    facility: One["Facility"] = link("fasilitas", "aggregation <-")
    kind: Annotated[str | None, one_of("network_device_kind")] = field("jenis (tipe)")
    networks: Many["Intranet"] = link("jaringan_intra (jip)", "aggregation <-")
    network_layer: Annotated[str | None, one_of("network_layer")] = field("lapisan_jaringan")
    locations: Texts = field("lokasi")
    quantity: Int = field("jumlah")


class SecurityDevice(
    Infrastructure,
    section="security_devices",
    indonesian="perangkat_keamanan",
    layer=Layer.INFRASTRUCTURE,
    archimate="Device",
):
    """Perangkat keamanan: firewalls and other devices that guard a network."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    facility: One["Facility"] = link("fasilitas (lokasi)", "aggregation <-")
    kind: Annotated[str | None, one_of("security_device_kind")] = field("jenis (tipe)")
    networks: Many["Intranet"] = link("jaringan_intra (jip)", "aggregation <-")
    quantity: Int = field("jumlah")


class Peripheral(
    Infrastructure,
    section="peripherals",
    indonesian="periferal",
    layer=Layer.INFRASTRUCTURE,
    archimate="Device",
):
    """Periferal: devices for input and output."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    facility: One["Facility"] = link("fasilitas (lokasi)", "aggregation <-", "W F7")
    kind: Annotated[str | None, one_of("peripheral_kind")] = field("jenis (tipe)")
    quantity: Int = field("jumlah")


class OperatingSystem(
    Infrastructure,
    section="operating_systems",
    indonesian="sistem_operasi",
    layer=Layer.INFRASTRUCTURE,
    archimate="SystemSoftware",
):
    """Sistem operasi installed on servers and storage."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Annotated[str | None, one_of("os_kind")] = field("jenis (tipe)")
    version: Text = field("versi")
    license_term: Annotated[str | None, one_of("license_term")] = field("jangka_lisensi (lisensi)")
    license_owner: Text = field("pemilik_lisensi")
    license_until: Date = field("lisensi_sampai (validitas_lisensi)", "C E14 F10")

    installed_on = Inverse["Server | Storage"]("software", "terpasang_di")


class Database(
    Infrastructure,
    section="databases",
    indonesian="sistem_database (sistem_basis_data)",
    layer=Layer.INFRASTRUCTURE,
    archimate="SystemSoftware",
):
    """Sistem database: a program that manages databases."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Annotated[str | None, one_of("database_kind")] = field("jenis (tipe)")
    version: Text = field("versi")
    license_term: Annotated[str | None, one_of("license_term")] = field("jangka_lisensi (lisensi)")
    license_owner: Text = field("pemilik_lisensi")
    license_until: Date = field("lisensi_sampai (validitas_lisensi)", "C E14 F10")

    installed_on = Inverse["Server | Storage"]("software", "terpasang_di")


class Utility(
    Infrastructure,
    section="utilities",
    indonesian="sistem_utilitas",
    layer=Layer.INFRASTRUCTURE,
    archimate="SystemSoftware",
):
    """Sistem utilitas: other software that a server needs."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Text = field("jenis (tipe)")
    version: Text = field("versi")
    license_term: Annotated[str | None, one_of("license_term")] = field("jangka_lisensi (lisensi)")
    license_owner: Text = field("pemilik_lisensi")
    license_until: Date = field("lisensi_sampai (validitas_lisensi)", "C E14 F10")

    installed_on = Inverse["Server | Storage"]("software", "terpasang_di")


class IntegrationPlatform(
    Infrastructure,
    section="integration_platforms",
    indonesian="sistem_penghubung_layanan (spl, splp)",
    layer=Layer.INFRASTRUCTURE,
    archimate="SystemSoftware",
):
    """Sistem penghubung layanan (SPL): the bus over which applications exchange data."""

    NEEDS = ("networks",)

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Annotated[str | None, one_of("spl_kind")] = field("jenis (tipe)")
    networks: Many["Intranet"] = link("jaringan_intra (jip)", "serving <-", "W F6")
    connects: Many["Application"] = link("menghubungkan (aplikasi)", "serving ->", "W F6")
    data: Many["Data"] = link("data", "access ->")

    exchanges = Inverse["Exchange"]("via", "pertukaran")


class Intranet(
    Infrastructure,
    section="intranets",
    indonesian="jaringan_intra (jip)",
    layer=Layer.INFRASTRUCTURE,
    archimate="CommunicationNetwork",
):
    """Jaringan intra pemerintah (JIP), and other networks that connect offices."""

    reference: Annotated[str | None, code("RAI")] = field("kode_referensi (referensi)")
    kind: Annotated[str | None, one_of("intranet_kind")] = field("jenis (tipe)")
    connects: Many["Unit | Agency | Facility"] = link("menghubungkan (instansi)", "serving ->", "I F5")
    bandwidth: Mbps = field("bandwidth")
    media: Annotated[tuple[str, ...], any_of("medium")] = field("media")
    media_note: Text = field("media_lain")
    role: Annotated[str | None, one_of("network_role")] = field("peran")
    network_layer: Annotated[str | None, one_of("network_layer")] = field("lapisan_jaringan")
    locations: Texts = field("lokasi")

    carries = Inverse["Application | Cloud | IntegrationPlatform"]("networks", "melayani")
    devices = Inverse["NetworkDevice | SecurityDevice"]("networks", "perangkat")
