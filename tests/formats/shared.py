"""The findings that every format is shown with, each odd in its own way, and what each format makes of them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from spbe_arch.checking import Summary
from spbe_arch.findings import Level, Region
from spbe_arch.formats import NAMES, Style, format_named
from spbe_arch.messages import Spot, Told, ToldEdit, ToldFix

GOLDEN = Path(__file__).with_name("golden")
VARIANTS = (*NAMES, "statistics", "statistics-csv", "todo")

HOSTILE = '=HYPERLINK("http://jahat") ]]> <b>&amp;</b> | `x` @bappeda [a](b) %0A::error::x \\ {0} é 漢 😀'
"""A text that each format takes for something else if it is not told that it is a text."""

UNKNOWN_TARGET = Told(
    code="SPBE101",
    rule="unknown-target",
    level=Level.ERROR,
    message="service 'perizinan-usaha' names unknown process 'penerbitan-izn'",
    spot=Spot("model/perizinan.yaml", Region(8, 20, 8, 34), "perizinan-usaha"),
    lines=("    metode: elektronik", "    proses_bisnis: penerbitan-izn"),
    related=(),
    suggestion="penerbitan-izin",
    suggestion_words="did you mean {text}?",
    suggestion_spot=Spot("model/perizinan.yaml", Region(2, 3, 2, 18), "penerbitan-izin"),
    basis=("Perpres 132/2022",),
    unit="Dinas Penanaman Modal",
    fingerprint="0123456789abcdef",
    fix=ToldFix(
        False,
        "write 'penerbitan-izin'",
        (ToldEdit("model/perizinan.yaml", Region(8, 20, 8, 34), "penerbitan-izin"),),
    ),
)
DUPLICATE = replace(
    UNKNOWN_TARGET,
    code="SPBE505",
    rule="duplicate-application",
    level=Level.WARNING,
    message="application 'absensi' resembles application 'presensi' in name",
    spot=Spot("model/aplikasi.yaml", Region(12, 5, 12, 9), "absensi"),
    lines=("  absensi:", "    nama: Presensi Pegawai"),
    related=(
        Spot("model/lama/aplikasi.yaml", Region(3, 3, 3, 11), "presensi"),
        Spot("model/lama/aplikasi.yaml", Region(9, 3, 9, 11), "hadir", "this one is older"),
    ),
    suggestion=None,
    suggestion_words="",
    suggestion_spot=None,
    basis=(),
    fingerprint="fedcba9876543210",
    fix=None,
)
ODD = replace(
    DUPLICATE,
    level=Level.NOTE,
    message=f"application '{HOSTILE}' is odd",
    spot=Spot("model, ke:2/50% é.yaml", Region(1, 1, 2, 1), "=1+1"),
    lines=(f"a: {HOSTILE}",),
    related=(),
    unit="@Bagian\tUmum",
    fix=ToldFix(
        True,
        f"write '{HOSTILE}'",
        (
            ToldEdit("model, ke:2/50% é.yaml", Region(1, 1, 1, 4), HOSTILE),
            ToldEdit("model/lain.yaml", Region(2, 1, 3, 1), ""),
        ),
    ),
)
TOLD = (UNKNOWN_TARGET, DUPLICATE, ODD, replace(ODD, unit=""))
SUMMARY = Summary(
    errors=1,
    warnings=1,
    notes=2,
    undecided=3,
    suppressed=4,
    known=5,
    files=6,
    elements=70,
    links=80,
    as_of=datetime.date(2026, 11, 1),
)


def written(name: str, told: tuple[Told, ...] = TOLD, language: str = "en") -> str:
    return format_named(name)(told, SUMMARY, Style(language))


def golden() -> dict[Path, bytes]:
    """What the golden files should hold."""
    return {GOLDEN / f"{name}.txt": written(name).encode() for name in VARIANTS}
