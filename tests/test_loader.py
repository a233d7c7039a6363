"""From texts to an architecture: what is read, what is a finding, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.loader import load_texts, locate, read_file
from spbe_arch.messages import Teller
from spbe_arch.metamodel import types
from spbe_arch.nodes import read
from tests.patching import clean_texts

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Finding

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nperiod: 2025-2029\n"


def load(*files: str, manifest: str = MANIFEST) -> Architecture:
    """The architecture of a manifest and some files, `1.yaml`, `2.yaml` and so on."""
    return load_texts([("spbe.yaml", manifest), *((f"{number}.yaml", text) for number, text in enumerate(files, 1))])


def codes(architecture: Architecture) -> list[str]:
    return sorted(finding.code for finding in architecture.findings)


def underlined(finding: Finding, text: str) -> str:
    """What a finding stands on."""
    region = locate(read("1.yaml", text), finding.place)
    return text.splitlines()[region.line - 1][region.column - 1 : region.end_column - 1]


def expected(text: str) -> list[tuple[int, str]]:
    """Line and code of every `# expect: CODE` of a text."""
    lines = enumerate(text.splitlines(), 1)
    return [
        (number, code) for number, line in lines for code in re.findall(r"SPBE\d{3}", line.partition("# expect:")[2])
    ]


def found(text: str, *others: str) -> list[tuple[int, str]]:
    """Line and code of every finding about a text."""
    findings = [finding for finding in load(text, *others).findings if finding.place.path == "1.yaml"]
    document = read("1.yaml", text)
    return sorted((locate(document, finding.place).line, finding.code) for finding in findings)


# The findings stand where the fix is typed


@pytest.mark.parametrize(
    "text",
    [
        """
        layanan:
          izin:
            nama: Perizinan
            metod: elektronik         # expect: SPBE103
            metode: elektronika       # expect: SPBE106
            target:
              - masyarakat
              - semua                 # expect: SPBE106
              - Pelaku Usaha
              - mereka                # expect: SPBE106
            sejak: 1850               # expect: SPBE113
            kode_referensi: RAA.01.02 # expect: SPBE121
            urusan: 2.1               # expect: SPBE125
            manfaat: "-"              # expect: SPBE114
            risiko: [a]               # expect: SPBE105
            didukung_oleh: bebunge    # expect: SPBE115
        """,
        """
        layanan:
          izin:
            nama: Perizinan
            nama: Lagi                # expect: SPBE013
            name: Lagi                # expect: SPBE013
        """,
        """
        layanan:
          izin:
            nama: Perizinan
            proses_bisnis:
              - penerbitan-izin
              - tiada                 # expect: SPBE101
            pemilik: izin             # expect: SPBE102
        proses_bisnis:
          penerbitan-izin:
            nama: Penerbitan izin
        """,
        """
        layanann:                     # expect: SPBE104
          izin: {nama: Izin}
        aplikasi: bebunge             # expect: SPBE105
        layanan:
          'izin usaha': {nama: Izin}  # expect: SPBE108
          pajak: Pajak                # expect: SPBE105
          retribusi: {uraian: Tanpa nama}   # expect: SPBE110
          parkir:                     # expect: SPBE110
        services:                     # expect: SPBE013
          kir: {nama: Kir}
        """,
        """
        aplikasi:
          bebunge:
            nama: Bebunge
            konsultasi_tik: 10-06-2025      # expect: SPBE112
            jumlah_pengguna: 2.500          # expect: SPBE111
            mendukung: kab-tiada/izin       # expect: SPBE117
            berjalan_di:
              - {ke: server-1, catatan: a}
              - ke: tiada                   # expect: SPBE101
                catatan: b
            sumber:
              - tiada                       # expect: SPBE101
        server:
          server-1: {nama: Server 1}
        """,
        """
        bawaan:
          pemilik: tiada              # expect: SPBE101
          nama: Semua                 # expect: SPBE118
          keyakinan: tinggi           # expect: SPBE103
          sifat: terbuka              # expect: SPBE116
          metode: elektronika         # expect: SPBE106
        layanan:
          izin: {nama: Izin}
        """,
        """
        bawaan:
          pemilik: dinas
          owner: dinas                # expect: SPBE013
        layanan:
          izin: {nama: Izin}
          pajak: {nama: Pajak}
        unit_kerja:
          dinas: {nama: Dinas}
        """,
        """
        unit_kerja:
          dinas:
            nama: Dinas
            induk: bidang
          bidang:
            nama: Bidang
            induk: dinas              # expect: SPBE127
          Dinas: {nama: Dinas lain}   # expect: SPBE109
        """,
        """
        aplikasi:
          a: {nama: A, nomor_registri: DAA-1}
          b:
            nama: B
            nomor_registri: DAA-1     # expect: SPBE126
        """,
        """
        layanan:
          izin:
            nama: Izin
            kode_referensi: RAL.03.01       # expect: SPBE122
          pajak:
            nama: Pajak
            kode_referensi: RAL.01.16.99    # expect: SPBE124
        """,
        """
        referensi:
          RAL.01.16.01: Perizinan Daerah
          RAL.01.16: Perizinan              # expect: SPBE128
          ABC.01.02.03: Contoh              # expect: SPBE120
          RAL.01.16.02: [a]                 # expect: SPBE105
          RAL.01.16.03: {nama: a, uraiann: b}   # expect: SPBE103
          ral.01.16.01: Perizinan           # expect: SPBE013
        aturan:
          a: b                              # expect: SPBE163
        tampilan:
        """,
    ],
    ids=lambda text: text.split()[0],
)
def test_findings_stand_on_the_line_at_fault(text: str) -> None:
    text = text.replace("\n        ", "\n").lstrip("\n")
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("layanan:\n  izin:\n    nama: Izin\n    metod: a\n", "metod"),
        ("layanan:\n  izin:\n    nama: Izin\n    metode: elektronika\n", "elektronika"),
        ("layanan:\n  izin:\n    nama: Izin\n    target: [public, semua]\n", "semua"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: tiada\n", "tiada"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: [~, tiada]\n", "tiada"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: {catatan: a, ke: tiada}\n", "tiada"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: ['', {to: tiada}]\n", "tiada"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: [{to: izin, source: {keyakinan: pasti}}]\n", "pasti"),
        ("layanan:\n  izin:\n    nama: Izin\n    sumber: {dokumen: tiada}\n", "tiada"),
        ("layanan:\n  izin:\n    nama: Izin\n    sumber: {catatn: a}\n", "catatn"),
        ("layanan:\n  izin:\n    nama: Izin\n    proses: {ke: izin, to: b}\n", "to"),
        ("layanan:\n  izin:\n    uraian: Izin\n", "izin"),
        ("bawaan: {pemilik: tiada}\nlayanan:\n  izin: {nama: Izin}\n", "tiada"),
        ("layanan: [izin]\n", "[izin]"),
        ("layanan:\n  izin usaha: {nama: Izin}\n", "izin usaha"),
    ],
)
def test_a_finding_stands_on_the_word_at_fault(text: str, shown: str) -> None:
    [finding] = load(text).findings
    assert underlined(finding, text) == shown


def test_a_duplicate_id_stands_at_the_second_element_and_points_to_the_first() -> None:
    [finding] = load("layanan:\n  izin: {nama: A}\n", "aplikasi:\n  izin: {nama: B}\n").findings
    assert (finding.code, finding.place.path, finding.fault.related[0].place.path) == ("SPBE107", "2.yaml", "1.yaml")


# Near misses


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("layanann:\n  izin: {nama: A}\n", "layanan"),
        ("layanan:\n  izin: {nama: A, metod: electronic}\n", "metode"),
        ("services:\n  izin: {nama: A, metod: electronic}\n", "method"),
        ("layanan:\n  izin: {nama: A, mehtod: electronic}\n", "method"),
        ("layanan:\n  izin: {nama: A, metode: tatap mka}\n", "tatap_muka"),
        ("layanan:\n  izin: {nama: A, target: masyarakt}\n", "masyarakat"),
        ("bawaan: {pemlik: a}\nlayanan:\n  izin: {nama: A}\n", "pemilik"),
        ("layanan:\n  izin: {nama: A, pemilik: dians}\nunit_kerja:\n  dinas: {nama: D}\n", "dinas"),
        ("layanan:\n  Izin & Usaha: {nama: A}\n", "Izin-Usaha"),
        ("layanan:\n  izin: {nama: A, sumber: {dokmen: a}}\n", "dokumen"),
        ("aplikasi:\n  a: {nama: A, mendukung: {kee: a}}\n", "ke"),
        ("referensi:\n  RAL.01.16.01: {namaa: A}\n", "nama"),
        ("layanan:\n  izin: {nama: A, jenis: a}\n", None),
        ("layanan: {}\nserver_aplikasi: {}\n", "aplikasi"),
        ("layanan: {}\ndata_jaringan_server_standar: {}\n", None),
    ],
)
def test_what_was_probably_meant_is_named(text: str, near: str | None) -> None:
    [finding] = load(text).findings
    assert (finding.fault.suggestion and finding.fault.suggestion.text) == near


def test_all_that_may_have_been_meant_is_named() -> None:
    architecture = load("layanan: {izin: {nama: A, kode_referensi: 1.1}}\njaringan: {}\n")
    code, section = sorted(one.proposal for one in Teller(architecture).tell(architecture.findings))
    assert code == "; did you mean 'RAL.01.10' or 'RAL.01.01'?"
    assert section == "; did you mean 'perangkat_jaringan' or 'jaringan_intra'?"


def test_the_near_miss_of_a_link_says_where_it_stands() -> None:
    [finding] = load("layanan:\n  izin: {nama: A, pemilik: dians}\n", "unit_kerja:\n  dinas: {nama: D}\n").findings
    assert finding.fault.suggestion is not None
    assert finding.fault.suggestion.place is not None
    assert (finding.fault.suggestion.place.path, finding.fault.suggestion.place.element) == ("2.yaml", "dinas")


def test_a_field_that_a_slip_nearly_spells_is_not_missing_as_well() -> None:
    assert codes(load("layanan:\n  izin: {nam: Izin}\n")) == ["SPBE103"]


# Both vocabularies


ENGLISH = """
services:
  izin: {name: Izin, owner: dinas, method: face_to_face, targets: [public], since: 2026, processes: {to: p, note: n}}
units:
  dinas: {name: Dinas, kind: office}
processes:
  p: {name: P, allow: {SPBE301: {reason: a, until: 2026}}, source: {document: d, confidence: high}}
documents:
  d: {name: D}
references:
  RAL.01.16.01: {name: A, description: B}
"""

INDONESIAN = """
layanan:
  izin: {nama: Izin, pemilik: dinas, metode: Tatap Muka, target: masyarakat, mulai: 2026, probis: {ke: p, catatan: n}}
opd:
  dinas: {nama: Dinas, jenis: dinas}
proses:
  p: {nama: P, izinkan: {SPBE301: {alasan: a, sampai: 2026}}, sumber: [{dokumen: d, keyakinan: Tinggi}]}
dokumen:
  d: {nama: D}
referensi:
  RAL.01.16.01: {nama: A, uraian: B}
"""


def facts(architecture: Architecture) -> list[Any]:
    """All that an architecture says, without the order of files and fields."""
    rows = [
        (
            row.shape.type.section,
            row.id,
            sorted(zip(row.shape.fields, row.values, strict=True), key=lambda pair: pair[0]),
        )
        for row in map(architecture.row_at, architecture.all_ordinals())
    ]
    own = [file.references for member in architecture.members for file in member.files]
    return [sorted(rows, key=lambda row: row[1]), own]


def test_both_vocabularies_say_the_same() -> None:
    assert facts(load(ENGLISH)) == facts(load(INDONESIAN))


def test_both_vocabularies_may_stand_in_one_file() -> None:
    assert (
        codes(load("layanan:\n  a: {name: A, metode: electronic}\napplications:\n  b: {nama: B, supports: a}\n")) == []
    )


@pytest.mark.parametrize("info", types().values(), ids=lambda info: info.section)
def test_every_name_of_a_section_is_read(info: Any) -> None:
    for name in (info.section, *info.indonesian_names):
        [row] = read_file("a.yaml", f"{name}:\n  a: {{nama: A}}\n").rows
        assert row.shape.type is info


# Defaults


@pytest.mark.parametrize(
    ("element", "owner"),
    [("{nama: A}", "dinas"), ("{nama: A, owner: bidang}", "bidang"), ("{nama: A, pemilik: }", None), ("", "dinas")],
)
def test_a_default_holds_unless_the_element_names_the_field(element: str, owner: str | None) -> None:
    architecture = load(
        f"bawaan: {{pemilik: dinas}}\nlayanan:\n  a: {element}\n", "units:\n  dinas: {nama: D}\n  bidang: {nama: B}\n"
    )
    unit = architecture.services["a"].owner
    assert (unit and unit.id) == owner


def test_a_list_of_the_element_is_not_merged_with_that_of_the_default() -> None:
    architecture = load("bawaan: {label: [a, b]}\nlayanan:\n  x: {nama: X, label: c}\n")
    assert architecture.services["x"].tags == ("c",)


def test_a_default_does_not_reach_into_another_file() -> None:
    architecture = load("bawaan: {label: a}\nlayanan:\n  x: {nama: X}\n", "layanan:\n  y: {nama: Y}\n")
    assert architecture.services["y"].tags == ()


def test_one_default_may_mean_fields_of_several_types() -> None:
    architecture = load("bawaan: {jenis: lainnya}\ndata:\n  d: {nama: D}\ndokumen:\n  e: {nama: E}\n")
    assert (architecture.data["d"].kind, architecture.documents["e"].kind) == ("other", "other")


def test_a_default_that_cannot_be_read_is_told_once_and_leaves_the_fields_unknown() -> None:
    architecture = load("bawaan: {metode: surat}\nlayanan:\n  x: {nama: X}\n  y: {nama: Y, metode: elektronik}\n")
    assert codes(architecture) == ["SPBE106"]
    assert [row.unknown for row in map(architecture.row_at, architecture.ordinals("services"))] == [("method",), ()]


# What is broken costs only itself


@pytest.mark.parametrize(
    "broken",
    [
        "  'b b': {nama: B}",
        "  b: teks",
        "  b: [a]",
        "  b: {nama: [B]}",
        "  b: {nama: B, metod: a}",
        "  b: {nama: B, metode: a}",
        "  b: {nama: B, proses: tiada}",
        "  a: {nama: A}",
        "  ? [b]\n  : {nama: B}",
        "  b: !!map {nama: B}",
        "  b: *tiada",
    ],
)
def test_one_broken_element_costs_only_itself(broken: str) -> None:
    architecture = load(f"layanan:\n  a: {{nama: A}}\n{broken}\n  c: {{nama: C}}\n")
    assert len(codes(architecture)) == 1
    assert {"a", "c"} <= set(architecture.services)


def test_the_elements_before_a_fault_of_yaml_stay() -> None:
    architecture = load("layanan:\n  a: {nama: A}\n  b: {nama: B\n  c: {nama: C}\n")
    assert (codes(architecture), list(architecture.services)) == (["SPBE001"], ["a", "b"])


def test_links_to_what_may_stand_behind_a_fault_are_not_judged() -> None:
    architecture = load("layanan:\n  a: {nama: A\n", "aplikasi:\n  x: {nama: X, mendukung: [a, z]}\n")
    assert (codes(architecture), architecture.undecided) == (["SPBE001"], 1)


def test_a_misspelt_section_is_one_finding() -> None:
    architecture = load("layanann:\n  a: {nama: A}\n  b: {nama: B}\naplikasi:\n  x: {nama: X, mendukung: [a, b]}\n")
    assert (codes(architecture), architecture.undecided) == (["SPBE104"], 2)


def test_a_default_is_not_unused_where_an_element_may_be_missing() -> None:
    assert codes(load("bawaan: {sifat: terbuka}\ndatta:\n  a: {nama: A}\nlayanan:\n  b: {nama: B}\n")) == ["SPBE104"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("image: postgres\nports: [1, 2]\n", "SPBE019"),
        ("- a\n- b\n", "SPBE017"),
        ("teks saja\n", "SPBE017"),
        ("layanan: {}\n---\nlayanan: {}\n", "SPBE014"),
        ("layanan:\n  a: {nama: A}", "SPBE021"),
    ],
)
def test_a_file_as_a_whole_is_one_finding(text: str, code: str) -> None:
    assert codes(load(text)) == [code]


@pytest.mark.parametrize("text", ["", "# hanya komentar\n", "layanan:\n", "defaults:\nlayanan:\nrules:\n", "{}\n"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert codes(load(text)) == []


def test_a_last_line_that_was_cut_off_is_one_fault() -> None:
    assert codes(load("layanan:\n  a:\n    nama: A\n    metode: elek")) == ["SPBE020"]


def test_a_file_that_lacks_what_others_name_and_its_last_line_break_was_cut_off() -> None:
    assert codes(load("layanan:\n  a: {nama: A}", "aplikasi:\n  x: {nama: X, mendukung: b}\n")) == ["SPBE020"]


# Links


def test_a_security_link_may_be_typed_at_either_end() -> None:
    at_data = load("data:\n  d: {nama: D, diamankan_oleh: s}\nstandar:\n  s: {nama: S}\n")
    at_standard = load("data:\n  d: {nama: D}\nstandar:\n  s: {nama: S, mengamankan: d}\n")
    for architecture in (at_data, at_standard):
        assert architecture.data["d"].secured_by.ids == ("s",)
        assert architecture.standards["s"].secures.ids == ("d",)


def test_a_security_link_typed_at_both_ends_is_one_link() -> None:
    architecture = load("data:\n  d: {nama: D, diamankan_oleh: s}\nstandar:\n  s: {nama: S, mengamankan: d}\n")
    assert [(link.source, link.field, link.target) for link in architecture.links()] == [("s", "secures", "d")]


def test_a_link_keeps_its_note() -> None:
    architecture = load("layanan:\n  a: {nama: A}\naplikasi:\n  x: {nama: X, mendukung: {ke: a, catatan: sebagian}}\n")
    assert [link.note for link in architecture.links()] == ["sebagian"]


def test_an_alias_leads_to_its_element() -> None:
    architecture = load("layanan:\n  a: {nama: A, alias: lama}\naplikasi:\n  x: {nama: X, mendukung: lama}\n")
    assert (codes(architecture), [link.target for link in architecture.links()]) == ([], ["a"])


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("kab-contoh/a", None),
        ("kab-contoh/tiada", "SPBE101"),
        ("kab-contoh/x", "SPBE102"),
        ("kab-lain/apa-saja", None),
        ("kab-tiada/a", "SPBE117"),
    ],
)
def test_a_link_to_an_agency_is_judged_as_far_as_it_is_known(target: str, code: str | None) -> None:
    text = "layanan:\n  a: {nama: A}\ninstansi:\n  kab-lain: {nama: Lain}\n"
    architecture = load(text, f"aplikasi:\n  x: {{nama: X, mendukung: {target}}}\n")
    assert codes(architecture) == ([code] if code else [])


def test_a_source_of_another_type_is_a_finding_in_every_agency() -> None:
    assert codes(load("layanan:\n  a: {nama: A}\n  b: {nama: B, sumber: kab-contoh/a}\n")) == ["SPBE102"]


# References


def test_an_own_code_is_known_below_its_national_one() -> None:
    text = "referensi:\n  RAL.01.16.01: {nama: Izin Daerah}\nlayanan:\n  a: {nama: A, kode_referensi: RAL.01.16.01}\n"
    architecture = load(text)
    assert (codes(architecture), architecture.references("RAL").name("RAL.01.16.01", "id")) == ([], "Izin Daerah")


def test_an_own_code_of_another_file_is_known() -> None:
    own, service = "referensi:\n  RAL.01.16.01: Izin\n", "layanan:\n  a: {nama: A, kode_referensi: RAL.01.16.01}\n"
    assert codes(load(service, own)) == []


# The texts as a whole


def test_comments_to_this_program_are_kept() -> None:
    result = read_file("a.yaml", "layanan:  # spbe: ignore[SPBE301]\n  a: {nama: A} # biasa\n")
    assert [(comment.text, comment.line) for comment in result.comments] == [("spbe: ignore[SPBE301]", 0)]


def test_a_repository_without_a_manifest_is_read() -> None:
    architecture = load_texts([("a.yaml", "layanan:\n  a: {nama: A}\n")])
    assert list(architecture.services) == ["a"]


def test_a_member_is_an_agency_of_its_own() -> None:
    architecture = load_texts(
        [
            ("spbe.yaml", "version: 1\nagency: prov\nname: Provinsi\nmembers: [kab]\n"),
            ("kab/spbe.yaml", "version: 1\nagency: kab\nname: Kabupaten\n"),
            ("kab/sub/a.yaml", "layanan:\n  a: {nama: A}\n"),
            ("b.yaml", "aplikasi:\n  x: {nama: X, mendukung: kab/a}\n"),
        ]
    )
    assert (codes(architecture), [link.target for link in architecture.links()]) == ([], ["kab/a"])


def test_what_has_been_read_already_is_not_read_again() -> None:
    result = read_file("a.yaml", "layanan:\n  a: {nama: A}\n")
    architecture = load_texts([("spbe.yaml", MANIFEST), ("a.yaml", "")], results={"a.yaml": result})
    assert list(architecture.services) == ["a"]


FILES = [
    ("spbe.yaml", MANIFEST),
    ("a.yaml", "layanan:\n  a: {nama: A, pemilik: tiada}\n  b: {nama: B}\n"),
    ("b.yaml", "aplikasi:\n  a: {nama: X, mendukung: [a, b]}\n  y: {nama: Y, mendukung: z, metod: a}\n"),
    ("c/d.yaml", "unit_kerja:\n  u: {nama: U, induk: v}\n  v: {nama: V, induk: u}\nlayanann:\n  z: {nama: Z}\n"),
    ("e.yaml", "bawaan: {sifat: semua}\ndata:\n  d: {nama: D}\n  D: {nama: D\n"),
]


@given(st.permutations(FILES))
@settings(max_examples=30)
def test_the_order_of_the_texts_has_no_meaning(texts: list[tuple[str, str]]) -> None:
    assert seen(load_texts(texts)) == seen(load_texts(FILES))


def seen(architecture: Architecture) -> list[Any]:
    return [list(architecture.links()), architecture.findings, [element.global_id for element in architecture]]


def test_the_clean_model_has_no_finding() -> None:
    assert codes(load_texts(clean_texts().items())) == []


def test_the_shape_of_a_damaged_text_is_no_second_fault() -> None:
    assert [fault.code for fault in read_file("nama.yaml", b"caf\xe9\n").faults] == ["SPBE002"]


# --- aliases, and the sources of links -----------------------------------------------------------------------


def linked(model: str) -> list[str]:
    """Line and code of what reading and linking find in a model of one file."""
    architecture = load_texts([("spbe.yaml", "version: 1\nagency: k\nname: K\n"), ("m.yaml", model)])
    told = Teller(architecture).tell(list(architecture.findings))
    return [f"{one.spot.region.line} {one.code}" for one in told]


def test_an_alias_that_two_elements_have_is_one_fault() -> None:
    model = "themes:\n  a: {name: A, aliases: [lama]}\n  b:\n    name: B\n    aliases:\n      - lain\n      - lama\n"
    assert linked(model) == ["7 SPBE136"]


def test_an_alias_that_is_the_id_of_another_element_is_one_fault_in_any_order() -> None:
    assert linked("themes:\n  a: {name: A, aliases: b}\n  b: {name: B}\n") == ["2 SPBE136"]
    assert linked("themes:\n  b: {name: B}\n  a: {name: A, aliases: b}\n") == ["3 SPBE136"]


def test_an_alias_twice_at_one_element_or_equal_to_its_id_is_no_clash() -> None:
    assert linked("themes:\n  a: {name: A, aliases: [a, x, x]}\n") == ["2 SPBE135"]


def test_a_document_that_a_link_names_as_its_source_must_exist() -> None:
    model = """\
documents:
  studi: {name: Studi}
units:
  a:
    name: A
    parent:
      to: b
      source: studi
  b:
    name: B
    members:
      - to: a
        note: menurut studi
        source: {document: stud, page: "3"}
"""
    assert linked(model) == ["14 SPBE101"]


def test_a_source_of_a_link_that_is_no_document_is_a_fault_of_its_type() -> None:
    assert linked("units:\n  a: {name: A, parent: {to: b, source: b}}\n  b: {name: B}\n") == ["2 SPBE102"]
