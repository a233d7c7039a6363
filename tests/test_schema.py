"""The JSON Schemas: they are what the loader reads, in both vocabularies, and what an editor needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given, settings
from jsonschema import Draft7Validator

from spbe_arch.loader import read_file
from spbe_arch.metamodel import TypeInfo, types, values
from spbe_arch.schema import admits, json_schema, manifest_schema, schema_text
from tests.written import elements

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "id")
MODEL = Path(__file__).parents[1] / "models" / "kab-bekasi"


@cache
def schema(language: str, *, manifest: bool = False) -> dict[str, Any]:
    return manifest_schema(language) if manifest else json_schema(language)


def complaints(text: str, language: str = "en", *, manifest: bool = False) -> list[str]:
    """What an editor would underline."""
    validator = Draft7Validator(schema(language, manifest=manifest))
    return [error.message for error in validator.iter_errors(as_editors_read(text))]


def as_editors_read(text: str) -> Any:
    """The value of a text; editors read YAML 1.2, in which dates are text and keys are too."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value if value is None or isinstance(value, (bool, int, float)) else str(value)

    return plain(yaml.load(text, yaml.CSafeLoader))


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(node, dict):
        yield node
        for item in node.values():
            yield from parts(item)
    elif isinstance(node, list):
        for item in node:
            yield from parts(item)


def element_schema(info: TypeInfo, language: str) -> dict[str, Any]:
    found = schema(language)["definitions"][f"element.{info.section}"]
    assert isinstance(found, dict)
    return found


# What is valid

ENGLISH = """
defaults:
  owner: dpmptsp
  source: {confidence: illustrative}

services:
  perizinan-usaha:
    name: Perizinan Berusaha
    reference: RAL.01.16
    method: electronic
    targets: [business, public]
    processes: penerbitan-izin

applications:
  sim-perizinan:
    name: Sistem Informasi Perizinan
    reference: RAA.02.02
    operator: bidang-tik
    supports: perizinan-usaha
    reads: [data-penduduk, data-izin]
    runs_on:
      - {to: server-1, note: skema perizinan}
    status: upgrade
    until: 2027

exchanges:
  penduduk-untuk-izin:
    name: Data penduduk untuk perizinan
    provider: siak
    consumer: sim-perizinan
    data: data-penduduk
    via: splp
    method: api
"""

INDONESIAN = """
bawaan:
  pemilik: dpmptsp
  sumber: {keyakinan: ilustratif}

layanan:
  perizinan-usaha:
    nama: Perizinan Berusaha
    kode_referensi: RAL.01.16
    metode: elektronik
    target: [pelaku_usaha, masyarakat]
    proses_bisnis: penerbitan-izin

aplikasi:
  sim-perizinan:
    nama: Sistem Informasi Perizinan
    kode_referensi: RAA.02.02
    operator: bidang-tik
    mendukung: perizinan-usaha
    membaca: [data-penduduk, data-izin]
    berjalan_di:
      - {ke: server-1, catatan: skema perizinan}
    status: peningkatan
    sampai: 2027

pertukaran:
  penduduk-untuk-izin:
    nama: Data penduduk untuk perizinan
    penyedia: siak
    penerima: sim-perizinan
    data: data-penduduk
    melalui: splp
    cara: api
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [ENGLISH, INDONESIAN], ids=["English", "Indonesian"])
def test_both_vocabularies_are_valid_whatever_the_language(text: str, language: str) -> None:
    assert complaints(text, language) == []


@pytest.mark.parametrize("path", sorted(MODEL.glob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_model_is_valid(path: Path) -> None:
    assert complaints(path.read_text("utf-8"), "id", manifest=path.name == "spbe.yaml") == []


@pytest.mark.parametrize(
    "field",
    [
        "method: Tatap Muka",
        "metode: FACE-TO-FACE",
        "targets: masyarakat",
        "targets: [Pelaku Usaha, public, ~]",
        "method:",
        "name: 007",
        "description: true",
        "note: 2025-06-10",
        "since: 2025",
        "since: '2025'",
        "reference: 01.16",
        "reference: RAL.01.16 Perizinan",
        "kode_referensi: ral.01.16.03",
        "processes: {to: a, note: b, source: [c, {document: d, keyakinan: Tinggi}]}",
        "processes: [kab-lain/izin, 12]",
        "source: {confidence: high, fields: name}",
        "allow: {SPBE301: belum ada}",
        "izinkan: {service-without-process: {alasan: belum ada, sampai: 2026-12}}",
    ],
)
def test_a_service_may_hold(field: str) -> None:
    assert (
        complaints(f"layanan:\n  izin:\n    nama: Izin\n    {field}\n".replace("    nama: Izin\n    name", "    name"))
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "layanan:\n",
        "layanan:\n  izin:\n",
        "defaults:\nreferences:\nrules:\nviews:\n",
        "referensi:\n  RAL.01.16.01: Perizinan Daerah\n  RAB.01.02.03.04: {nama: Contoh, sumber: studi}\n",
        "inisiatif:\n  a: {nama: A, anggaran: {2025: 2 miliar, 2026: }, target: 3 layanan}\n",
        "intranets:\n  a: {name: A, bandwidth: 10 Gbps, media: [serat optik]}\n",
        "evaluasi:\n  a: {nama: A, tahun: 2025, domain: {1: 2.5}, tingkat: {11: 3}}\n",
        "data:\n  a: {name: A, personal: Ya, interoperable: no, validity: Harian}\n",
        "data:\n  a: {name: A, validity: 2025-06}\n",
    ],
)
def test_a_file_may_hold(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "layananan: {}\n",
        "layanan: [izin]\n",
        "layanan: {izin: Perizinan}\n",
        "layanan: {'izin usaha': {nama: A}}\n",
        "layanan: {izin: {uraian: tanpa nama}}\n",
        "layanan: {izin: {nama: A, metod: elektronik}}\n",
        "layanan: {izin: {nama: A, supported_by: b}}\n",
        "layanan: {izin: {nama: A, metode: elektronika}}\n",
        "layanan: {izin: {nama: A, metode: [elektronik]}}\n",
        "layanan: {izin: {nama: A, target: [semua]}}\n",
        "layanan: {izin: {nama: [A]}}\n",
        "layanan: {izin: {nama: A, kode_referensi: RAA.02.01}}\n",
        "layanan: {izin: {nama: A, sejak: 1850}}\n",
        "layanan: {izin: {nama: A, sejak: tahun depan}}\n",
        "layanan: {izin: {nama: A, proses_bisnis: Penerbitan Izin}}\n",
        "layanan: {izin: {nama: A, proses_bisnis: {catatan: tanpa id}}}\n",
        "layanan: {izin: {nama: A, pemilik: [a, b]}}\n",
        "layanan: {izin: {nama: A, sumber: {keyakinan: pasti}}}\n",
        "layanan: {izin: {nama: A, izinkan: SPBE301}}\n",
        "aplikasi: {a: {nama: A, aktif: mungkin}}\n",
        "aplikasi: {a: {nama: A, jumlah_pengguna: 2.5}}\n",
        "aplikasi: {a: {nama: A, konsultasi_tik: 10-06-2025}}\n",
        "server: {a: {nama: A, memori: 3,5}}\n",
        "server: {a: {nama: A, memori: 16 Gbps}}\n",
        "inisiatif: {a: {nama: A, anggaran: {depan: 1 juta}}}\n",
        "bawaan: {nama: A}\n",
        "bawaan: {pemlik: a}\n",
        "referensi: {RAL.01: Contoh}\n",
    ],
)
def test_a_fault_is_underlined(text: str) -> None:
    assert complaints(text) != []


@given(elements())
@settings(max_examples=100)
def test_what_the_loader_reads_is_valid(made: tuple[TypeInfo, dict[str, Any]]) -> None:
    info, element = made
    text = yaml.dump({info.indonesian: {"contoh": element}}, Dumper=yaml.CSafeDumper, allow_unicode=True)
    codes = {fault.code for fault in read_file("a.yaml", text).faults}
    assume(codes <= {"SPBE110"})  # a missing end of an exchange may come from `defaults`
    assert complaints(text) == []


# The manifest


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n",
        "versi: 1\ninstansi: kab-contoh\nnama: Contoh\njenis: Kabupaten\nperiode: 2025-2029\ntanggal: 2026-11-01\n",
        "bahasa: id\nanggota: [anggota/a]\nkecuali: build/*\npemeriksaan: {fail_level: warning, as_of: 2026-11-01}\n",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manifest_may_hold(text: str, language: str) -> None:
    assert complaints(text, language, manifest=True) == []


@pytest.mark.parametrize(
    "text", ["version: 9\n", "agency: Kab. Contoh!\n", "period: lima tahun\n", "bahasa: jv\n", "check: {fail: note}\n"]
)
def test_a_fault_of_a_manifest_is_underlined(text: str) -> None:
    assert complaints(text, manifest=True) != []


# What stands in them


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("manifest", [False, True], ids=["model", "manifest"])
class TestEverySchema:
    def test_is_draft_07(self, language: str, manifest: bool) -> None:
        Draft7Validator.check_schema(schema(language, manifest=manifest))

    def test_refers_to_all_of_its_parts_and_to_no_other(self, language: str, manifest: bool) -> None:
        whole = schema(language, manifest=manifest)
        used = {part["$ref"].removeprefix("#/definitions/") for part in parts(whole) if "$ref" in part}
        assert used == set(whole["definitions"])

    def test_has_no_pattern_that_only_python_reads(self, language: str, manifest: bool) -> None:
        patterns = [part["pattern"] for part in parts(schema(language, manifest=manifest)) if "pattern" in part]
        assert [pattern for pattern in patterns if "(?P" in str(pattern) or "(?i" in str(pattern)] == []

    def test_says_nothing_beside_a_reference_that_draft_07_drops(self, language: str, manifest: bool) -> None:
        referring = [part for part in parts(schema(language, manifest=manifest)) if "$ref" in part]
        assert [part for part in referring if part.keys() - {"$ref", "title", "description"}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_under_each_of_its_names(language: str) -> None:
    names = {name for info in types().values() for name in (info.section, *info.indonesian_names)}
    special = {"defaults", "bawaan", "references", "referensi", "rules", "aturan", "views", "tampilan"}
    assert schema(language)["properties"].keys() == names | special


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("info", types().values(), ids=lambda info: info.section)
def test_every_field_stands_under_each_of_its_names(info: TypeInfo, language: str) -> None:
    assert element_schema(info, language)["properties"].keys() == info.spellings.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("info", types().values(), ids=lambda info: info.section)
def test_only_the_names_of_the_language_are_suggested(info: TypeInfo, language: str) -> None:
    properties = element_schema(info, language)["properties"]
    suggested = [name for name, part in properties.items() if "unsuggested" not in part["$ref"]]
    assert suggested == [field.indonesian if language == "id" else field.name for field in info.fields.values()]


@pytest.mark.parametrize(
    ("language", "part", "lines"),
    [
        (
            "en",
            "field.services.processes",
            [
                "One link or several.",
                "Points to: processes.",
                "ArchiMate: Realization, from the other element to this one.",
                "Other end: services.",
                "Blank: a warning (C1).",
                "Indonesian: proses_bisnis, proses, probis.",
            ],
        ),
        (
            "id",
            "field.data.steward",
            [
                "Satu tautan.",
                "Menunjuk ke: unit_kerja.",
                "ArchiMate: Association, dari elemen lain ke elemen ini.",
                "Ujung lain: menjadi_wali.",
                "Bila kosong: peringatan (D2).",
                "Inggris: steward.",
            ],
        ),
        (
            "en",
            "field.memory",
            ["A number in GB, or with a unit: b, kb, mb, gb, tb, pb.", "Indonesian: memori."],
        ),
    ],
)
def test_a_field_is_described(language: str, part: str, lines: list[str]) -> None:
    definitions = schema(language)["definitions"]
    found = definitions.get(part) or definitions["field." + part.rpartition(".")[2]]
    assert found["description"].splitlines() == lines


def test_a_type_is_described_with_the_legal_source_of_its_codes() -> None:
    described = schema("id")["definitions"]["element.services"]["description"]
    assert described.splitlines()[-1].startswith("Kode RAL, Referensi Arsitektur Layanan (Perpres 132/2022")


def test_every_kind_of_field_says_what_it_admits() -> None:
    unsaid = admits.dispatch(object)
    assert [kind.__name__ for kind in values.Kind.__subclasses__() if admits.dispatch(kind) is unsaid] == []


def test_the_bytes_are_the_same_every_time_and_need_no_command_line() -> None:
    code = "import sys, spbe_arch.schema as s; assert 'click' not in sys.modules; print(ascii(s.schema_text('id')))"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert told.stdout.strip() == ascii(schema_text("id"))


def test_the_text_is_json_with_the_letters_as_they_are() -> None:
    assert json.loads(schema_text("en")) == schema("en")
    assert "…" in schema_text("en")
