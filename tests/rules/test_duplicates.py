"""Duplicates: what is likely the same in one agency, in several, and beside a general application."""

from __future__ import annotations

from typing import Any

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts

HEAD = "version: 1\nagency: {agency}\nname: Pemerintah Kabupaten {name}\nperiod: 2025-2029\n"
MANIFEST = HEAD.format(agency="kab-contoh", name="Contoh") + "check: {as_of: 2026-11-01}\n"


def found_in(code: str, *texts: str, manifest: str = MANIFEST) -> list[dict[str, Any]]:
    """The values of the findings of a rule, each with the element that it names."""
    files = [(f"{number}.yaml", text) for number, text in enumerate(texts)]
    findings = check(load_texts([("spbe.yaml", manifest), *files]), select=[code])
    return [{**one.fault.values, "at": one.place.element} for one in findings if one.code == code]


def duplicates(*applications: str) -> list[dict[str, Any]]:
    """What is found among applications that are called a, b, c and so on."""
    written = (f"  {id}: {fields}\n" for id, fields in zip("abcdefgh", applications, strict=False))
    return found_in("SPBE505", f"applications:\n{''.join(written)}", ELEMENTS)


ELEMENTS = """\
services: {s: {name: Hadir}, t: {name: Tamu}}
data: {da: {name: Hadir}, db: {name: Tamu}}
servers: {v: {name: Satu}, w: {name: Dua}}
exchanges: {x: {name: Tukar, provider: a, consumer: b}}
units: {u: {name: Umum}, k: {name: Keuangan}}
"""


@pytest.mark.parametrize(
    ("one", "other", "signals"),
    [
        ("{name: Absensi Online, reference: RAA.02.01}", "{name: Presensi, reference: RAA.02.02}", ["name"]),
        (
            "{name: Kilat, functions: [catat surat masuk, disposisi]}",
            "{name: Pos, functions: [surat masuk, disposisi]}",
            ["functions"],
        ),
        ("{name: Kilat, supports: s, reads: da}", "{name: Pos, supports: s, writes: da}", ["services", "data"]),
        (
            "{name: Tamu Negara, supports: s, reads: [da, db], owner: u, functions: [catat tamu negara]}",
            "{name: Tamu, supports: s, reads: da, owner: u, functions: [catat tamu negara]}",
            ["functions"],
        ),
        (
            "{name: Pajak Kapal, supports: [s, t], reads: [da, db], owner: u}",
            "{name: Pajak, supports: s, reads: da, owner: u}",
            ["name", "services", "data", "owner"],
        ),
    ],
)
def test_the_finding_says_what_the_likeness_rests_on(one: str, other: str, signals: list[str]) -> None:
    [found] = duplicates(one, other)
    assert [term.name for term in found["signals"]] == signals


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{name: Absensi Siswa}", "{name: Absensi Online}"),
        ("{name: Absensi, status: retired}", "{name: Presensi}"),
        ("{name: Absensi, replaces: b}", "{name: Presensi}"),
        ("{name: Absensi, replaces: kab-contoh/b}", "{name: Presensi}"),
        ("{name: Kilat, supports: s, reads: da}", "{name: Pos, supports: s, reads: db}"),
        ("{name: SRIKANDI, supports: s, reads: da}", "{name: Pos, supports: s, reads: da}"),
        ("{name: Absensi, functions: }", "{name: }"),
        ("{name: Absensi, functions: {a: b}}", "{name: Presensi}"),
    ],
)
def test_these_are_not_told_to_be_duplicates(one: str, other: str) -> None:
    assert duplicates(one, other) == []


def test_a_group_is_one_finding_with_what_merging_would_touch() -> None:
    [found] = duplicates(
        "{name: Absensi, supports: s, reads: da, runs_on: v}",
        "{name: Presensi, supports: [s, t], writes: [da, db], runs_on: [v, w]}",
        "{name: Kehadiran ASN}",
        "{name: Tamu}",
    )
    assert found["at"] == "c"
    assert [other.id for other in found["others"]] == ["a", "b"]
    assert [found[name] for name in ("score", "services", "data", "servers", "exchanges")] == [100, 2, 2, 2, 1]


def test_of_a_large_group_the_first_are_named() -> None:
    text = "applications:\n" + "".join(f"  a{number:02}: {{name: Absensi}}\n" for number in range(40))
    [found] = found_in("SPBE505", text)
    assert len(found["others"]) == 9
    assert found["others"][-1].name == "others"


def test_a_broken_fact_leaves_out_its_element_alone() -> None:
    [found] = duplicates("{name: Absensi}", "{name: Presensi}", "{name: Kehadiran, functions: {a: b}}")
    assert [found["at"], *(other.id for other in found["others"])] == ["b", "a"]


def test_a_baseline_knows_a_duplicate_whatever_hangs_on_it() -> None:
    from spbe_arch.baseline import fingerprint

    def of(fields: str) -> str:
        text = f"applications: {{a: {{name: Absensi, {fields}}}, b: {{name: Presensi}}}}\n"
        architecture = load_texts([("spbe.yaml", MANIFEST), ("m.yaml", text), ("n.yaml", ELEMENTS)])
        [finding] = check(architecture, select=["SPBE505"])
        return fingerprint(architecture, finding)

    assert of("runs_on: v") == of("runs_on: [v, w]")


# --- several agencies ----------------------------------------------------------------------------------------


def reuse(own: str, others: str, parameters: str = "{}") -> list[dict[str, Any]]:
    manifest = HEAD.format(agency="prov-contoh", name="Contoh") + (
        f"members: [gresik]\ncheck: {{as_of: 2026-11-01, select: SPBE519, parameters: {{SPBE519: {parameters}}}}}\n"
    )
    texts = {
        "spbe.yaml": manifest,
        "m.yaml": f"applications: {own}\n",
        "gresik/spbe.yaml": HEAD.format(agency="kab-gresik", name="Gresik"),
        "gresik/m.yaml": f"applications: {others}\n",
    }
    return [dict(one.fault.values) for one in check(load_texts(texts.items())) if one.code == "SPBE519"]


@pytest.mark.parametrize(
    ("own", "others", "agencies"),
    [
        ("{a: {name: E-Presensi Contoh}}", "{b: {name: Absensi Gresik}}", [2]),
        ("{a: {name: E-Presensi}}", "{b: {name: Absensi Siswa}}", []),
        ("{a: {name: E-Presensi}, b: {name: Absensi}}", "{}", []),
        ("{a: {name: SRIKANDI}}", "{b: {name: SRIKANDI}}", []),
        ("{a: {name: Absensi, status: retired}}", "{b: {name: Presensi}}", []),
        ("{a: {name: Absensi}}", "{b: {name: Presensi}, c: {name: Presensi Pegawai}}", [2]),
    ],
)
def test_one_application_in_several_agencies_is_one_note(own: str, others: str, agencies: list[int]) -> None:
    assert [found["agencies"] for found in reuse(own, others)] == agencies


def test_how_many_agencies_must_have_it_is_a_setting() -> None:
    assert reuse("{a: {name: Absensi}}", "{b: {name: Presensi}}", "{least: 3}") == []


# --- data, processes, general applications -------------------------------------------------------------------

DATA = """\
units: {{u: {{name: Umum}}, k: {{name: Keuangan}}}}
data:
  a: {{name: {0}, reference: RAD.09.05, producer: u}}
  b: {{name: {1}, reference: RAD.09.05, producer: k}}
"""


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Daftar Kepegawaian", "Data ASN", 1),
        ("Data Aset Daerah", "Data Barang Milik Daerah 2025", 1),
        ("Data Pegawai", "Data Penduduk", 0),
        ("Data Pajak Hotel", "Data Pajak Restoran", 0),
    ],
)
def test_data_are_compared_by_their_names(one: str, other: str, found: int) -> None:
    assert len(found_in("SPBE410", DATA.format(one, other))) == found


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Pengelolaan Kepegawaian", "Manajemen ASN", "Administrasi Kepegawaian"), [3]),
        (("Pengelolaan Kepegawaian", "Manajemen ASN", "Penyusunan Kepegawaian"), []),
    ],
)
def test_processes_are_compared_by_their_names(names: tuple[str, ...], count: list[int]) -> None:
    units = "".join(f"  u{number}: {{name: Dinas {number}}}\n" for number in range(3))
    processes = "".join(f"  p{number}: {{name: {name}, owner: u{number}}}\n" for number, name in enumerate(names))
    found = found_in("SPBE204", f"units:\n{units}processes:\n{processes}")
    assert [one["count"] for one in found] == count


@pytest.mark.parametrize(
    ("name", "speaks"),
    [("Korespondensi Digital", True), ("E-Persuratn", True), ("Aduan Onlien", True), ("Surat Keterangan Usaha", False)],
)
def test_a_local_application_is_like_what_a_general_one_is_designated_for_in_other_words(
    name: str, speaks: bool
) -> None:
    assert bool(found_in("SPBE503", f"applications: {{a: {{name: {name}}}}}\n")) == speaks
