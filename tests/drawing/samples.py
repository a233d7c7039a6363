"""Views made by hand, as a viewpoint would yield them."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch.findings import Level
from spbe_arch.views.view import Edge, Frame, Group, Node, View

FRAME = Frame("Pemerintah Kabupaten Contoh", "2025-2029", "2026-11-01", "id", "Sumber: model arsitektur kab-contoh (contoh ilustratif)")

SECTORS = (
    "Ekonomi dan Keuangan", "Perlindungan Sosial dan Kesehatan", "Pendidikan dan Tenaga Kerja",
    "Pembangunan dan Kewilayahan", "Lingkungan dan SDA", "Pemerintahan Umum", "Ketertiban dan Kebencanaan",
    "Budaya dan Agama", "Pertahanan dan Luar Negeri", "Kelautan", "Perhubungan", "Statistik",
)  # fmt: skip

_NAMES = {
    ("business", "processes"): ("Penerbitan izin", "Verifikasi rujukan", "Seleksi peserta didik baru tingkat menengah", "Pemeriksaan bangunan gedung", "Pengelolaan naskah dinas"),
    ("services", "services"): ("Perizinan Berusaha Berbasis Risiko", "Pembayaran PBB", "Rujukan Pasien Berjenjang", "Penerbitan KTP Elektronik", "Persetujuan Lingkungan"),
    ("data", "data"): ("Data Wajib Pajak", "Data Pasien", "Data Peserta Didik", "Data Penduduk", "Data Bangunan dan Bidang Tanah Kabupaten"),
    ("application", "applications"): ("SISMIOP", "e-BPHTB", "SICANTIK Cloud Kabupaten", "Bebunge", "Sistem Informasi Pelaporan Pembangunan Daerah", "SIMRS"),
    ("infrastructure", "servers"): ("Server Aplikasi 1", "Server Basis Data", "Server Surel"),
    ("infrastructure", "facilities"): ("Pusat Data Kabupaten",),
    ("infrastructure", "integration_platforms"): ("Sistem Penghubung Layanan",),
    ("security", "standards"): ("SNI ISO/IEC 27001:2022", "SOP Penanganan Insiden"),
    ("security", "audits"): ("Audit Keamanan Aplikasi 2024",),
}  # fmt: skip
_STATES = ("as_is",) * 7 + ("new", "upgrade", "retired")
_LEVELS = (None,) * 9 + (Level.WARNING,) + (None,) * 7 + (Level.ERROR,) + (None,) * 4 + (Level.NOTE,)
_SHARES = {"business": 30, "services": 10, "data": 25, "application": 20, "infrastructure": 10, "security": 5}


def nodes(count: int) -> tuple[Node, ...]:
    """So many elements over the six layers, in the shares of a regency."""
    kinds = list(_NAMES)
    made: list[Node] = []
    turn = [kind for kind in kinds for _ in range(_SHARES[kind[0]] // (2 if kind[0] in {"infrastructure", "security"} else 1))]
    for index in range(count):
        layer, section = turn[(index * 37) % len(turn)]
        names = _NAMES[layer, section]
        round_ = index // len(turn)
        name = names[index % len(names)] + (f" {round_ + 1}" if round_ else "")
        level = _LEVELS[(index * 5) % len(_LEVELS)]
        made.append(
            Node(
                f"{section}-{index}", section, layer, name, f"{index % 7} layanan · {index % 5} data",
                _STATES[(index * 3) % len(_STATES)], level, 1 if level else 0,
            )  # fmt: skip
        )
    return tuple(made)


def layers(count: int, groups: int = 7, language: str = "id") -> View:
    """A view of layers, its elements spread unevenly over groups."""
    made = nodes(count)
    members: list[list[str]] = [[] for _ in range(groups)]
    for index, node in enumerate(made):
        members[(index * index // 3) % groups if groups else 0].append(node.id) if groups else None
    named = tuple(Group(f"g{index}", SECTORS[index % len(SECTORS)], tuple(ids)) for index, ids in enumerate(members))
    return View(
        "layers", "lapis", "Arsitektur Kabupaten dalam Satu Halaman",
        "Enam lapis × kelompok urusan; elemen dilipat menurut kelompok",
        replace(FRAME, language=language), made, groups=named,
    )  # fmt: skip
