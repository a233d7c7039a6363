"""Names of applications as many agencies keep them, to measure the search for those that are alike."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.bench import words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["names"]

_BEGINNINGS = (
    "Sistem Informasi", "Aplikasi", "SIM", "E-", "Sistem Informasi Manajemen", "Portal", "Layanan", "SI", "Website",
    "Dashboard", "Sistem",
)  # fmt: skip
_ENDS = ("", "", "", " Online", " Digital", " Terpadu", " Berbasis Web", " v2", " 2.0", " Daerah", " Kabupaten {place}")
_FIELDS = (
    "Kepegawaian", "Absensi", "Presensi Pegawai", "Persuratan", "Surat Menyurat", "Kearsipan", "Pengaduan Masyarakat",
    "Perizinan", "Pajak Daerah", "PBB", "BPHTB", "Rumah Sakit", "Puskesmas", "Posyandu", "PPDB", "Perpustakaan",
    "Kependudukan", "Pengadaan Barang Jasa", "Keuangan", "Aset Daerah", "Kinerja", "Cuti", "Desa", "Pertanian",
    "Pariwisata", "JDIH", "PPID", "Tata Ruang", "Bantuan Sosial", "UMKM",
)  # fmt: skip


def names(count: int, seed: int = 132) -> list[str]:
    """So many names: of things that every office has, of things of one office, and proper names, some misspelt."""
    random = Random(seed)  # noqa: S311 - nothing here is a secret
    return [_misspelt(one, random) if random.random() < 0.05 else one for one in _names(count, random)]


def _names(count: int, random: Random) -> Iterator[str]:
    for _ in range(count):
        kind = random.random()
        if kind < 0.3:
            subject = random.choice(_FIELDS)
        elif kind < 0.8:
            subject = f"{random.choice(words.RECORDS)} {random.choice(words.SUBJECTS)}"
            subject += f" {random.choice(words.BREAKDOWNS)}" if random.random() < 0.3 else ""
        else:
            brand = "SI" + "".join(random.choice(words.SYLLABLES) for _ in range(random.randint(2, 4))).upper()
            yield brand if random.random() < 0.5 else f"{brand} ({random.choice(words.SUBJECTS)})"
            continue
        end = random.choice(_ENDS).format(place=random.choice(words.PLACES))
        beginning = random.choice(_BEGINNINGS)
        yield f"{beginning}{'' if beginning.endswith('-') else ' '}{subject}{end}"


def _misspelt(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    return name[:at] + random.choice(("", name[at] * 2, "x")) + name[at + 1 :]
