"""The words and numbers on a sheet, in the language of its model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spbe_arch.messages import decimal, grouped

__all__ = ["Words"]

_WORDS: dict[str, tuple[str, ...]] = {
    # Indonesian, English, English plural. Terms are those of Perpres 132/2022 and of the format.
    "business": ("Proses Bisnis", "Business Processes"),
    "services": ("Layanan", "Services"),
    "data": ("Data dan Informasi", "Data and Information"),
    "application": ("Aplikasi", "Applications"),
    "infrastructure": ("Infrastruktur", "Infrastructure"),
    "security": ("Keamanan", "Security"),
    "across": ("Lintas Lapis", "Across Layers"),
    "business.short": ("Proses Bisnis", "Processes"),
    "data.short": ("Data", "Data"),
    "element": ("elemen", "element", "elements"),
    "sheet": ("Lembar", "Sheet"),
    "of": ("dari", "of"),
    "in": ("dalam", "in"),
    "fold": ("lipatan", "fold", "folds"),
    "spokes": ("sumbu", "axes"),
    "period": ("Periode", "Period"),
    "status at": ("Status per", "Status as of"),
    "complete": ("lengkap; tidak ada yang dilipat", "complete; nothing is folded"),
    "folded": ("dilipat", "folded"),
    "none yet": ("belum ada", "none yet"),
    "others": ("lainnya", "more"),
    "other groups": ("Kelompok lainnya", "Other groups"),
    "no group": ("Tanpa kelompok", "No group"),
    "groups together": ("kelompok terkecil", "smallest groups"),
    "groups left out": (
        "kelompok tanpa elemen tidak digambar",
        "group without elements not drawn",
        "groups without elements not drawn",
    ),
    "names on": ("semua nama: lembar", "all names: sheets"),
    "more on": ("rincian: lembar", "details: sheets"),
    "names in tables": ("semua nama: CSV, Excel", "all names: CSV, Excel"),
    "first names": ("dalam tiap lipatan: nama yang pertama", "in each fold: the first names"),
    "other sheets": ("pada lembar lain", "on other sheets"),
    "continued": ("lanjutan", "continued"),
    "overview": ("ringkasan: lembar 1", "overview: sheet 1"),
    "outside": ("di luar keenam lapis, tidak digambar", "outside the six layers, not drawn"),
    "without findings": ("tanpa temuan", "without findings"),
    # Legend
    "legend.new": ("baru", "new"),
    "legend.upgrade": ("ditingkatkan", "to be upgraded"),
    "legend.retired": ("dihentikan", "to be retired"),
    "legend.error": ("temuan galat", "error found"),
    "legend.warning": ("peringatan", "warning"),
    "legend.note": ("catatan", "note"),
    "legend.count": ("jumlah elemen dalam lipatan", "number of elements in the fold"),
    "legend.ribbon": ("pita", "ribbon"),
    "legend.empty": ("belum ada elemen", "no element yet"),
    "legend.metrics": (
        "bagian dari seluruhnya; temuan: dibandingkan dengan yang terbanyak",
        "share of all; findings: against the most",
    ),
    "legend.part": ("digambar / seluruhnya", "drawn / all"),
    "legend.fold": ("dilipat", "folded"),
    "legend.clean": ("bagian tanpa temuan", "share without findings"),
    "legend.foreign": ("huruf di luar Latin; kotak pada PNG", "letters beyond Latin; boxes in PNG"),
    "legend.size": ("tinggi dan panjang palang", "height and length of the bar"),
    "legend.gauge": ("panjang palang", "length of the bar"),
    "shades behind": ("warna: lembar berikutnya", "colours: on the next sheets"),
    "legend.linked": ("yang dibutuhkan → yang terdampak", "what is needed → what is affected"),
    "legend.folded": ("tautan dengan yang dilipat", "links with what is folded"),
    "legend.keys": ("diamankan oleh kegiatan bernomor itu", "secured by the activity of that number"),
    # Landscape
    "kind.general": ("aplikasi umum", "general application"),
    "kind.special": ("aplikasi khusus", "special application"),
    "kind.unclassed": ("tanpa kode RAA", "without a RAA code"),
    "units without": ("Unit tanpa aplikasi", "Units without an application"),
    "legend.as_is": ("berjalan", "as is"),
    "legend.one": ("satu kotak = satu aplikasi", "one square = one application"),
    "legend.ten": ("satu kotak = sepuluh aplikasi atau kurang", "one square = up to ten applications"),
    "with applications": ("memiliki aplikasi", "with applications"),
    # Matrices
    "cell.read": ("membaca", "reads"),
    "cell.write": ("menulis", "writes"),
    "cell.both": ("membaca dan menulis", "reads and writes"),
    "cell.supports": ("mendukung", "supports"),
    "cell.defines": ("menetapkan", "defines"),
    "cell.runs": ("berjalan di", "runs on"),
    "cell.main": ("fasilitas utama", "main facility"),
    "cell.backup": ("fasilitas cadangan", "backup facility"),
    "cell.uses": ("memakai", "uses"),
    "cell.owns": ("memiliki", "owns"),
    "cell.operates": ("mengoperasikan", "operates"),
    "cell.owns and operates": ("memiliki dan mengoperasikan", "owns and operates"),
    "cell.other": ("tautan lain", "other link"),
    "legend.sum": ("jumlah tautan", "number of links"),
    "legend.sum here": ("jumlah tautan di lembar ini", "number of links on this sheet"),
    "legend.none": ("belum ada tautan", "no link yet"),
    "legend.contested": ("ditulis lebih dari satu aplikasi", "written by more than one application"),
    "without links": ("tanpa tautan", "without links"),
    # Impact
    "distance": ("Jarak", "Distance"),
    "needed": ("Asal, jarak", "Needed, distance"),
    "direct": ("langsung", "direct"),
    "focus": ("Fokus", "Focus"),
    "legend.distances": ("latar: jarak", "ground: distance"),
    "affected": ("terdampak", "affected"),
    "nothing affected": ("tidak ada yang tertaut", "nothing is linked"),
    # Context
    "leads to it": ("Asal", "Leads to it"),
    "led to": ("Tujuan", "Led to"),
    # Network
    "devices of": ("perangkat", "devices"),
    "connected": ("Terhubung", "Connected"),
    "without network": ("Tanpa jaringan", "Without a network"),
    "no devices": ("belum ada perangkat", "no device yet"),
    "nobody connected": ("belum disebut", "not said yet"),
    "medium not said": ("media belum disebut", "medium not said"),
    "legend.wired": ("media kabel", "wired medium"),
    "legend.wireless": ("media nirkabel", "wireless medium"),
    "legend.other medium": ("media lain", "another medium"),
    "legend.unknown medium": ("media belum disebut", "medium not said"),
    # Integration
    "bus": ("Sistem Penghubung Layanan (SPL)", "Integration platform (SPL)"),
    "no bus": ("belum ada pertukaran lewat SPL", "no exchange through an SPL yet"),
    "SPL": ("SPL", "SPL"),
    "through the bus": ("lewat SPL", "through the SPL"),
    "point to point": ("titik ke titik", "point to point"),
    "move to the bus": ("Titik ke titik: pindahkan ke SPL", "Point to point: move to the SPL"),
    "Through the bus": ("Lewat SPL", "Through the SPL"),
    "legend.through": (
        "pertukaran lewat SPL (arah panah: arah data)",
        "exchange through the SPL (the way the data goes)",
    ),
    "legend.direct": ("titik ke titik, tanpa SPL; huruf: baris tabel", "point to point; letter: row of the table"),
    "legend.letter": ("titik ke titik: baris tabel", "point to point: row of the table"),
    "legend.outside": ("sistem instansi lain", "system of another agency"),
    # Deployment
    "devices": ("Perangkat", "Devices"),
    "without server": ("Tanpa server", "Without a server"),
    "without facility": ("Tanpa fasilitas", "Without a facility"),
    "without place": ("Aplikasi tanpa penempatan", "Applications without a place"),
    "networks": ("Jaringan", "Networks"),
    "other facilities": ("Fasilitas lainnya", "Other facilities"),
    "legend.facility": ("fasilitas / komputasi awan", "facility / cloud"),
    "legend.host": ("server, media penyimpanan", "server, storage"),
    "legend.running": ("aplikasi yang berjalan di dalamnya", "application that runs there"),
    "legend.stored": ("data yang disimpan", "data that is kept"),
    "placed": ("aplikasi bertempat", "applications with a place"),
    # Organisation
    "legend.gap": ("memiliki layanan tanpa aplikasi", "has services without any application"),
    "legend.nothing": ("belum memiliki", "owns none yet"),
    "owning nothing": ("unit tanpa elemen", "unit without elements", "units without elements"),
    # Roadmap
    "initiative": ("Inisiatif strategis", "Initiative"),
    "unit": ("Unit", "Unit"),
    "output": ("Keluaran", "Output"),
    "progress.done": ("selesai", "done"),
    "progress.running": ("berjalan", "running"),
    "progress.not_started": ("belum mulai", "not begun"),
    "progress.": ("kemajuan tidak disebut", "progress not said"),
    "without years": ("tanpa tahun", "without years"),
    "legend.late": ("terlambat dari rencana", "late"),
    "legend.today": ("status per", "status as of"),
    "no initiative": ("belum ada inisiatif", "no initiative yet"),
    # Reference map
    "without code": ("Tanpa kode, atau kode tak dikenal", "Without a code, or of an unknown one"),
    "code itself": ("kode ini saja", "this code only"),
    "codes used": ("kode dipakai", "codes are used"),
    "or more": ("atau lebih", "or more"),
    "number of": ("jumlah", "number of"),
    # Security coverage
    "asset": ("Aset", "Asset"),
    "nature": ("Sifat", "Nature"),
    "secured": ("diamankan", "secured"),
    "secured in some way": ("diamankan dengan suatu cara", "secured in some way"),
    "cover.done": ("dilakukan atau berlaku", "done or in force"),
    "cover.adequate": ("hasil memadai", "result: adequate"),
    "cover.needs_improvement": ("perlu peningkatan", "needs improvement"),
    "cover.inadequate": ("tidak memadai", "inadequate"),
    "cover.not_performed": ("belum dilaksanakan", "not performed"),
    "cover.expired": ("tidak berlaku lagi", "no longer in force"),
    "cover.gap": ("belum ada", "nothing yet"),
    "cover.none": ("tidak berlaku bagi data", "does not apply to data"),
    # Duplicates
    "alike within": ("Dalam satu instansi: calon penggabungan", "Within an agency: candidates for merging"),
    "alike across": ("Antarinstansi: peluang bagi pakai", "Across agencies: chances of reuse"),
    "cluster": ("kelompok", "cluster", "clusters"),
    "nothing alike": ("Tidak ditemukan aplikasi yang serupa", "No applications that are alike were found"),
    "fewer if merged": ("berkurang bila digabung", "fewer if merged"),
    # Portfolio
    "all rows": ("Seluruhnya", "All"),
    "class by reference": ("Kelas menurut RAA", "Class by RAA"),
    "age in years": ("Umur dalam tahun", "Age in years"),
    "aged": ("Umur {years} tahun", "{years} years old"),
    "sum": ("Jumlah", "Sum"),
    # Metamodel
    "legend.type": ("jumlah elemen dalam model · elemen ArchiMate", "elements of the model · ArchiMate element"),
    "links of types": ("Tautan menurut namanya: lembar", "Links by name: sheets"),
    "from type": ("dari ↓ ke →", "from ↓ to →"),
    "any type": ("semua jenis", "any type"),
    "all of": ("semua jenis di", "all types of"),
    # Change
    "change.added": ("ditambah", "added"),
    "change.removed": ("dihapus", "removed"),
    "change.changed": ("diubah", "changed"),
    "change.kept": ("tetap (tetangga)", "kept (neighbour)"),
    "line.added": ("tautan baru", "new link"),
    "line.removed": ("tautan dihapus", "removed link"),
    "line.kept": ("tautan tetap", "kept link"),
    # Lines
    "line.defines": ("menetapkan layanan", "defines the service"),
    "line.yields": ("menghasilkan data", "yields data"),
    "line.supports": ("mendukung", "supports"),
    "line.access": ("aliran data", "data flow"),
    "line.runs": ("berjalan pada", "runs on"),
    "line.uses": ("memakai SPL/JIP", "uses SPL/JIP"),
    "line.in": ("berada di", "is in"),
    "line.through": ("pertukaran lewat SPL", "exchange through SPL"),
    "line.direct": ("pertukaran langsung", "exchange point to point"),
    "line.replaces": ("digantikan oleh", "replaced by"),
    "line.other": ("tautan lain", "other link"),
    "link": ("tautan", "link"),
    # Relationships of ArchiMate
    "line.archimate.composition": ("terdiri atas", "composition"),
    "line.archimate.aggregation": ("menghimpun", "aggregation"),
    "line.archimate.assignment": ("ditugaskan", "assignment"),
    "line.archimate.realization": ("mewujudkan", "realization"),
    "line.archimate.serving": ("melayani", "serving"),
    "line.archimate.access": ("mengakses", "access"),
    "line.archimate.triggering": ("memicu", "triggering"),
    "line.archimate.flow": ("aliran", "flow"),
    "line.archimate.association": ("terkait", "association"),
    "links": ("tautan", "link", "links"),
    "no application of age": ("tanpa aplikasi berumur", "no application aged"),
    "links past data": (
        "tautan lewat SPL tanpa garis: lihat integrasi",
        "link over the SPL without a line: see integration",
        "links over the SPL without lines: see integration",
    ),
    "without lines": ("tanpa garis", "without lines"),
    "too many lines": ("terlalu banyak untuk diikuti", "too many to follow"),
    "no room for lines": ("halaman terlalu sempit", "the page is too small"),
    "engine failed": ("mesin tata letak gagal", "the layout engine failed"),
}

_SECTIONS: dict[str, tuple[str, str, str]] = {
    # What elements of a section are called where they are counted.
    "processes": ("proses bisnis", "process", "processes"),
    "services": ("layanan", "service", "services"),
    "data": ("data", "data", "data"),
    "applications": ("aplikasi", "application", "applications"),
    "exchanges": ("pertukaran data", "exchange", "exchanges"),
    "facilities": ("fasilitas komputasi", "facility", "facilities"),
    "clouds": ("komputasi awan", "cloud", "clouds"),
    "servers": ("server", "server", "servers"),
    "storages": ("media penyimpanan", "storage", "storages"),
    "network_devices": ("perangkat jaringan", "network device", "network devices"),
    "security_devices": ("perangkat keamanan", "security device", "security devices"),
    "peripherals": ("periferal", "peripheral", "peripherals"),
    "operating_systems": ("sistem operasi", "operating system", "operating systems"),
    "databases": ("sistem database", "database", "databases"),
    "utilities": ("sistem utilitas", "utility", "utilities"),
    "integration_platforms": ("sistem penghubung layanan", "integration platform", "integration platforms"),
    "intranets": ("jaringan intra", "intranet", "intranets"),
    "standards": ("standar keamanan", "security standard", "security standards"),
    "awareness": ("edukasi kesadaran", "awareness activity", "awareness activities"),
    "vulnerability_assessments": ("identifikasi kerentanan", "vulnerability assessment", "vulnerability assessments"),
    "improvements": ("peningkatan keamanan", "improvement", "improvements"),
    "incidents": ("penanganan insiden", "incident", "incidents"),
    "audits": ("audit", "audit", "audits"),
    "worthiness": ("kelaikan", "worthiness test", "worthiness tests"),
    "agencies": ("instansi", "agency", "agencies"),
    "units": ("unit kerja", "unit", "units"),
    "objectives": ("sasaran", "objective", "objectives"),
    "indicators": ("indikator", "indicator", "indicators"),
    "policies": ("kebijakan", "policy", "policies"),
    "themes": ("tema", "theme", "themes"),
    "gaps": ("kesenjangan", "gap", "gaps"),
    "initiatives": ("inisiatif", "initiative", "initiatives"),
    "documents": ("dokumen", "document", "documents"),
    "evaluations": ("evaluasi", "evaluation", "evaluations"),
}

_MONTHS = (
    ("Januari", "January"), ("Februari", "February"), ("Maret", "March"), ("April", "April"), ("Mei", "May"),
    ("Juni", "June"), ("Juli", "July"), ("Agustus", "August"), ("September", "September"),
    ("Oktober", "October"), ("November", "November"), ("Desember", "December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; any other than "en" is Indonesian."""

    language: str

    def __getitem__(self, key: str) -> str:
        """The word for a thing, of which there is one or no number."""
        return _WORDS[key][self.language == "en"]

    def either(self, words: tuple[str, str]) -> str:
        """The one of two words that is Indonesian, or the one that is English."""
        return words[self.language == "en"]

    def number(self, value: int) -> str:
        """A whole number as people write it, as in 1.000 or 1,000."""
        return grouped(value, self.language)

    def decimal(self, value: float, places: int = 1) -> str:
        """Returns a number with so many decimals, as the language writes it."""
        return decimal(value, places, self.language)

    def count(self, value: int, key: str) -> str:
        """A number of things, as in "2 elemen" or "2 elements"."""
        forms = _WORDS[key]
        word = forms[min(self._plural(value), len(forms) - 1)] if self.language == "en" else forms[0]
        return f"{self.number(value)} {word}"

    def of_section(self, value: int, section: str) -> str:
        """A number of elements of a section, as in "3 server"; of a section without a name, of elements."""
        return f"{self.number(value)} {self.called(section, value)}"

    def called(self, section: str, value: int = 2) -> str:
        """What so many elements of a section are called."""
        forms = _SECTIONS.get(section, _WORDS["element"])
        return forms[self._plural(value)] if self.language == "en" else forms[0]

    def share(self, value: int, whole: int) -> str:
        """Some of all, as in "5 dari 7"."""
        return f"{self.number(value)} {self['of']} {self.number(whole)}"

    def date(self, value: str) -> str:
        """A date as people write it, as in "1 November 2026"; what is no date stays as it is."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", value)
        if not found:
            return value
        year, month, day = found.groups()
        name = _MONTHS[int(month) - 1][self.language == "en"]
        return f"{int(day)} {name} {year}" if day else f"{name} {year}"

    @staticmethod
    def _plural(value: int) -> int:
        return 1 if value == 1 else 2
