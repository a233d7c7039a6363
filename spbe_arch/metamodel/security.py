"""The security layer (domain keamanan)."""

from typing import TYPE_CHECKING, Annotated

from spbe_arch.metamodel.declaring import Layer, Many, field, link
from spbe_arch.metamodel.element import Date, LayerElement, Number, Text, code, one_of

if TYPE_CHECKING:
    from spbe_arch.metamodel.application import Application
    from spbe_arch.metamodel.data import Data
    from spbe_arch.metamodel.infrastructure import Infrastructure

__all__ = [
    "Audit",
    "Awareness",
    "Improvement",
    "Incident",
    "Security",
    "Standard",
    "VulnerabilityAssessment",
    "Worthiness",
]


class Security(LayerElement):
    """What the seven types of security have in common: activity records, not controls (metamodel §6)."""

    reference: Annotated[str | None, code("RAK")] = field("kode_referensi (referensi)", "W")
    secures: Many["Data | Application | Infrastructure"] = link("mengamankan", "association ->", "W G1")


class Standard(
    Security,
    section="standards",
    indonesian="standar_keamanan (standar)",
    layer=Layer.SECURITY,
    archimate="Requirement",
):
    """Standar, prosedur atau regulasi keamanan: a security standard that is applied."""

    kind: Annotated[str | None, one_of("standard_kind")] = field("jenis")
    valid_from: Date = field("berlaku_dari")
    valid_until: Date = field("berlaku_sampai", "C G3")


class Awareness(
    Security,
    section="awareness",
    indonesian="edukasi_kesadaran (kesadaran_keamanan)",
    layer=Layer.SECURITY,
    archimate="WorkPackage",
):
    """Edukasi kesadaran keamanan: an activity that makes people aware of security."""

    date: Date = field("tanggal")


class VulnerabilityAssessment(
    Security,
    section="vulnerability_assessments",
    indonesian="identifikasi_kerentanan (kerentanan)",
    layer=Layer.SECURITY,
    archimate="Assessment",
):
    """Identifikasi kerentanan: a search for weaknesses."""

    date: Date = field("tanggal")


class Improvement(
    Security,
    section="improvements",
    indonesian="peningkatan_keamanan",
    layer=Layer.SECURITY,
    archimate="WorkPackage",
):
    """Peningkatan keamanan: an activity that strengthens security."""

    date: Date = field("tanggal")
    maturity: Number = field("nilai_kematangan")


class Incident(
    Security,
    section="incidents",
    indonesian="penanganan_insiden (insiden)",
    layer=Layer.SECURITY,
    archimate="BusinessEvent",
):
    """Penanganan insiden: the handling of security incidents."""

    date: Date = field("tanggal")
    maturity: Number = field("nilai_kematangan")


class Audit(
    Security,
    section="audits",
    indonesian="audit_keamanan (audit)",
    layer=Layer.SECURITY,
    archimate="Assessment",
):
    """Audit keamanan: an audit and its result; data objects are not audited."""

    # The table RAK has no area for audits, so nobody is asked for a code (FORMAT §7).
    reference: Annotated[str | None, code("RAK")] = field("kode_referensi (referensi)")
    date: Date = field("tanggal", "C G2")
    kind: Annotated[str | None, one_of("audit_kind")] = field("jenis")
    result: Annotated[str | None, one_of("audit_result")] = field("hasil (hasil_audit)", "C G2")
    follow_up: Text = field("tindak_lanjut", "C G7")


class Worthiness(
    Security,
    section="worthiness",
    indonesian="kelaikan_keamanan (kelaikan)",
    layer=Layer.SECURITY,
    archimate="Assessment",
):
    """Kelaikan keamanan: a test whether something is fit to operate."""

    date: Date = field("tanggal")
