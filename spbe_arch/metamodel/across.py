"""What lies across the layers: agencies, units, objectives, the roadmap, documents."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Inverse, Layer, Many, One, field, link
from spbe_arch.metamodel.element import (
    Date,
    Element,
    IntMap,
    Number,
    NumberMap,
    NumbersByYear,
    Owned,
    RupiahByYear,
    Text,
    Texts,
    TextsByYear,
    Year,
    any_of,
    codes,
    one_of,
)

if TYPE_CHECKING:
    from spbe_arch.metamodel.application import Application
    from spbe_arch.metamodel.business import Process
    from spbe_arch.metamodel.data import Data
    from spbe_arch.metamodel.element import LayerElement
    from spbe_arch.metamodel.infrastructure import Cloud, Infrastructure, Intranet
    from spbe_arch.metamodel.services import Service

__all__ = [
    "Agency",
    "Document",
    "Evaluation",
    "Gap",
    "Indicator",
    "Initiative",
    "Objective",
    "Policy",
    "Theme",
    "Unit",
]


class Agency(Element, section="agencies", indonesian="instansi", layer=Layer.ACROSS, archimate="BusinessActor"):
    """Instansi: another agency, or a company that develops or owns something."""

    code: Text = field("kode")
    kind: Annotated[str | None, one_of("agency_kind")] = field("jenis")
    short_name: Text = field("singkatan")
    parent: One["Agency"] = link("induk", "composition <-")

    manages = Inverse["Infrastructure"]("manager", "mengelola")
    takes_part_in = Inverse["Process | Service | Initiative"]("participants agencies partners", "terlibat_dalam")
    produces = Inverse["Data"]("producer", "memproduksi")
    develops = Inverse["Application | Cloud"]("developer", "mengembangkan")
    operates = Inverse["Application | Cloud"]("operator", "mengoperasikan")
    connected_to = Inverse["Intranet"]("connects", "terhubung_ke")
    children = Inverse["Agency"]("parent", "turunan")
    member_of = Inverse["Unit"]("members", "anggota_dari")
    evaluations = Inverse["Evaluation"]("agency", "evaluasi")


_PARTS_OF_OFFICES = (None, "bureau", "section", "division", "subsection", "team", "other")
"""Kinds of units that belong to the unit above them; those of the other kinds are offices of their own."""


class Unit(
    Element,
    section="units",
    indonesian="unit_kerja (unit, opd, perangkat_daerah)",
    layer=Layer.ACROSS,
    archimate="BusinessActor",
):
    """Unit kerja (OPD): an office of the agency, a part of one, or a team."""

    code: Text = field("kode")
    short_name: Text = field("singkatan")
    kind: Annotated[str | None, one_of("unit_kind")] = field("jenis")
    parent: One["Unit"] = link("induk", "composition <-")
    head: Text = field("kepala")
    members: Many["Unit | Agency"] = link("anggota", "aggregation ->")
    roles: Annotated[tuple[str, ...], any_of("unit_role")] = field("peran")
    affairs: Annotated[tuple[str, ...], codes("RAB")] = field("urusan", "I A11")
    spellings: Texts = field("ejaan_lain")

    owns = Inverse["Owned"]("owner", "memiliki")
    manages = Inverse["Infrastructure"]("manager", "mengelola")
    coordinates = Inverse["Process"]("coordinator", "mengoordinasikan")
    takes_part_in = Inverse["Process | Initiative"]("participants partners", "terlibat_dalam")
    responsible_for = Inverse["Service"]("responsible", "bertanggung_jawab_atas")
    produces = Inverse["Data"]("producer", "memproduksi")
    stewards = Inverse["Data"]("steward", "menjadi_wali")
    develops = Inverse["Application | Cloud"]("developer", "mengembangkan")
    operates = Inverse["Application | Cloud"]("operator", "mengoperasikan")
    connected_to = Inverse["Intranet"]("connects", "terhubung_ke")
    children = Inverse["Unit"]("parent", "turunan")
    member_of = Inverse["Unit"]("members", "anggota_dari")
    gaps = Inverse["Gap"]("concerns", "kesenjangan")
    delivered_by = Inverse["Initiative"]("delivers", "dihasilkan_oleh")

    @property
    def office(self) -> "Unit":
        """The office (perangkat daerah) that it is, or that it is a part of."""
        unit, seen = self, set[Unit]()
        while unit.kind in _PARTS_OF_OFFICES and unit.parent is not None and unit not in seen:
            seen.add(unit)
            unit = unit.parent
        return unit


class Objective(
    Owned,
    section="objectives",
    indonesian="sasaran_strategis (sasaran)",
    layer=Layer.ACROSS,
    archimate="Goal",
):
    """Sasaran strategis: a vision, mission, goal or objective that processes serve."""

    kind: Annotated[str | None, one_of("objective_kind")] = field("jenis")
    parent: One["Objective"] = link("induk", "composition <-")

    realized_by = Inverse["Process | Initiative"]("objectives", "diwujudkan_oleh")
    children = Inverse["Objective"]("parent", "turunan")
    indicators = Inverse["Indicator"]("objective", "indikator")


class Indicator(Owned, section="indicators", indonesian="indikator (iku)", layer=Layer.ACROSS, archimate="Outcome"):
    """Indikator (IKU): a measure with targets and actuals by year."""

    objective: One["Objective"] = link("sasaran", "realization ->")
    measure: Text = field("satuan")
    baseline: Number = field("nilai_awal")
    baseline_year: Year = field("tahun_awal")
    targets: NumbersByYear = field("target")
    actuals: NumbersByYear = field("realisasi")

    measures = Inverse["Process | Initiative"]("indicators", "mengukur")


class Policy(Owned, section="policies", indonesian="kebijakan (peraturan)", layer=Layer.ACROSS, archimate="Driver"):
    """Kebijakan: a law, regulation or decree on which something rests."""

    kind: Annotated[str | None, one_of("policy_kind")] = field("jenis")
    scope: Annotated[str | None, one_of("policy_scope")] = field("lingkup")
    number: Text = field("nomor")
    year: Year = field("tahun")
    subject: Text = field("tentang")
    urls: Texts = field("tautan (url)")

    basis_of = Inverse["Element"]("legal_basis", "menjadi_dasar")
    documents_for = Inverse["Element"]("source", "mendokumentasikan")
    delivered_by = Inverse["Initiative"]("delivers", "dihasilkan_oleh")


class Theme(Owned, section="themes", indonesian="tema", layer=Layer.ACROSS, archimate="Grouping"):
    """Tema: services of several agencies that belong together."""

    services = Inverse["Service"]("themes", "layanan")


class Gap(Owned, section="gaps", indonesian="kesenjangan (gap)", layer=Layer.ACROSS, archimate="Gap"):
    """Kesenjangan: what is missing between as-is and to-be, and what was decided about it."""

    category: Annotated[str | None, one_of("gap_category")] = field("kategori")
    finding: Text = field("temuan")
    priority: Annotated[str | None, one_of("priority")] = field("prioritas")
    decision: Annotated[str | None, one_of("decision")] = field("keputusan", "W H8")
    reason: Text = field("alasan")
    concerns: Many["LayerElement | Unit"] = link("mengenai", "association ->")

    closed_by = Inverse["Initiative"]("closes", "ditutup_oleh")


class Initiative(
    Owned,
    section="initiatives",
    indonesian="inisiatif (peta_rencana)",
    layer=Layer.ACROSS,
    archimate="WorkPackage",
):
    """Inisiatif of the roadmap (peta rencana): an initiative, programme or activity."""

    owner: One["Unit"] = link("penanggung_jawab (pemilik, opd, unit_kerja)", "assignment <-", "W H5")
    kind: Annotated[str | None, one_of("initiative_kind")] = field("jenis")
    parent: One["Initiative"] = link("induk", "composition <-")
    content: Annotated[str | None, one_of("content")] = field("muatan (aspek)", "W H4")
    output: Text = field("keluaran", "W H5")
    since: Year = field("sejak (mulai)", "W H5")
    until: Year = field("sampai", "W H5")
    closes: Many["Gap"] = link("menutup", "association ->")
    delivers: Many["LayerElement | Unit | Policy"] = link("menghasilkan", "realization ->", "C E6 H7")
    objectives: Many["Objective"] = link("sasaran (sasaran_strategis)", "realization ->")
    indicators: Many["Indicator"] = link("indikator (iku)", "association ->")
    after: Many["Initiative"] = link("setelah", "triggering <-")
    partners: Many["Unit | Agency"] = link("mitra", "assignment <-")
    targets: TextsByYear = field("target")
    budget: RupiahByYear = field("anggaran", "C H7")
    budget_source: Text = field("sumber_dana")
    planning_status: Text = field("status_perencanaan")
    progress: Annotated[str | None, one_of("progress")] = field("kemajuan")
    evaluation: Text = field("evaluasi")
    follow_up: Text = field("tindak_lanjut")

    processes = Inverse["Process"]("programmes", "proses_bisnis")
    children = Inverse["Initiative"]("parent", "turunan")
    before = Inverse["Initiative"]("after", "sebelum")


class Document(Owned, section="documents", indonesian="dokumen", layer=Layer.ACROSS, archimate="Representation"):
    """Dokumen: a document that facts come from."""

    kind: Annotated[str | None, one_of("document_kind")] = field("jenis")
    author: Text = field("penulis")
    publisher: Text = field("penerbit")
    date: Date = field("tanggal", "C H2")
    urls: Texts = field("tautan (url)")

    basis_of = Inverse["Element"]("legal_basis", "menjadi_dasar")
    documents_for = Inverse["Element"]("source", "mendokumentasikan")
    maps_of = Inverse["Process"]("maps", "peta_dari")


class Evaluation(Owned, section="evaluations", indonesian="evaluasi", layer=Layer.ACROSS, archimate="Assessment"):
    """Evaluasi: the SPBE index and grade of an agency in a year."""

    agency: One["Agency"] = link("instansi", "association ->")
    year: Year = field("tahun", "E")
    index: Number = field("indeks")
    grade: Annotated[str | None, one_of("grade")] = field("predikat")
    domains: NumberMap = field("domain")
    levels: IntMap = field("tingkat")
