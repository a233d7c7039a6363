"""The one layout: what is written means the same in it, comments stay where they speak, and it is reached in one go."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from spbe_arch import load_texts
from spbe_arch.catalogue import reading
from spbe_arch.errors import FormattingError
from spbe_arch.formatting import formatted
from spbe_arch.formatting.migrating import Migration, migrated
from spbe_arch.loader import read_file
from spbe_arch.metamodel import types
from spbe_arch.nodes import read
from spbe_arch.own import KEYS
from spbe_arch.starting import Answers, fill
from tests.command import MANIFEST, SPBE, environment_of_a_shell, run, write
from tests.written import elements

if TYPE_CHECKING:
    from spbe_arch.metamodel import TypeInfo

ROOT = Path(__file__).parents[1]
Vocabulary = Literal["id", "en", ""]


def layout(text: str, vocabulary: Vocabulary = "", path: str = "a.yaml") -> str:
    return formatted(path, text, vocabulary).decode()


# --- what it looks like --------------------------------------------------------------------------------------


def test_fields_stand_in_the_order_of_their_type() -> None:
    text = (
        "services:\n  izin:\n    source: {confidence: low}\n    processes: p\n    reference: RAL.01\n    name: Izin\n"
    )
    assert layout(text).splitlines()[2:] == [
        "    name: Izin",
        "    reference: RAL.01",
        "    processes: p",
        "    source: {confidence: low}",
    ]


def test_words_keep_their_language_and_get_the_spelling_that_is_written() -> None:
    text = "opd:\n  u: {deskripsi: U, jenis: Dinas}\nservices:\n  s: {name: S, method: Face-to-face}\n"
    assert layout(text) == (
        "unit_kerja:\n  u:\n    uraian: U\n    jenis: dinas\n\nservices:\n  s:\n    name: S\n    method: face_to_face\n"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("'Dinas'", "Dinas"),
        ('"007"', "'007'"),
        ("'2025-01'", "'2025-01'"),
        ('"it\'s"', "it's"),
        ("'a: ''b'''", "\"a: 'b'\""),
        ("'a: b'", "'a: b'"),
        ("a\n      b", "a b"),
        ("|\n        a\n          b\n        c", "|\n      a\n        b\n      c"),
        ('"a\\u202eb"', '"a\\u202eb"'),
        ('"a\\nb"', '"a\\nb"'),
        (">-  # why\n       a\n       b", ">-  # why\n      a\n      b"),
        ("|+\n      a\n\n", '"a\\n\\n\\n"'),
    ],
)
def test_a_text_stands_as_plainly_as_yaml_lets_it(value: str, expected: str) -> None:
    text = f"services:\n  s:\n    note: {value}\n"
    assert layout(text) == f"services:\n  s:\n    note: {expected}\n"


def test_a_long_text_of_several_lines_keeps_its_lines() -> None:
    text = "services:\n  s:\n    note: " + "kata " * 20 + "\n      " + "lagi " * 20 + "\n"
    assert layout(text).splitlines()[2:] == [
        "    note: >-",
        "      " + "kata " * 19 + "kata",
        "      " + "lagi " * 19 + "lagi",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\n    - a\n    - b", "[a, b]"),
        ("[a]", "a"),
        ("[]", "[]"),
        ("[\n     a,  # satu\n     b\n     ]", "\n      - a  # satu\n      - b"),
        ("\n    - to: a\n    - to: b\n      note: x", "\n      - {to: a}\n      - {to: b, note: x}"),
    ],
)
def test_short_lists_stand_in_brackets_and_others_below_each_other(value: str, expected: str) -> None:
    text = f"services:\n  s:\n    processes: {value}\n"
    assert layout(text) == f"services:\n  s:\n    processes: {expected}\n".replace(": \n", ":\n")


def test_a_list_that_is_too_long_for_a_line_stands_below_its_key() -> None:
    names = [f"proses-yang-panjang-{number}" for number in range(9)]
    text = f"services:\n  s:\n    processes: [{', '.join(names)}]\n"
    assert layout(text).splitlines()[2:] == ["    processes:", *(f"      - {name}" for name in names)]


def test_line_breaks_and_a_start_of_document_stay() -> None:
    text = "# kepala\r\n---\r\nservices:\r\n    s:\r\n        name: S\r\n"
    assert layout(text) == "# kepala\r\n---\r\nservices:\r\n  s:\r\n    name: S\r\n"


def test_one_blank_line_is_kept_and_sections_stand_apart() -> None:
    text = "services:\n\n  a: {name: A}\n\n\n\n  b: {name: B}\n  c: {name: C}\ndata:\n  d: {name: D}\n\n\n"
    assert layout(text) == (
        "services:\n  a:\n    name: A\n\n  b:\n    name: B\n  c:\n    name: C\n\ndata:\n  d:\n    name: D\n"
    )


# --- comments ------------------------------------------------------------------------------------------------


def test_comments_go_where_what_they_are_about_goes() -> None:
    text = """\
# Berkas ini
services:
  # tentang s
  s:   # di belakang s
    # tentang metode
    method: hybrid   # campuran
    name: S# bukan komentar
    # di akhir s

    # tentang t
  t: {name: T}  # di belakang t
  # di akhir bagian
"""
    assert (
        layout(text)
        == """\
# Berkas ini
services:
  # tentang s
  s:   # di belakang s
    name: S# bukan komentar
    # tentang metode
    method: hybrid   # campuran
    # di akhir s

    # tentang t
  t:  # di belakang t
    name: T
  # di akhir bagian
"""
    )


def test_a_suppression_speaks_for_the_same_field_afterwards() -> None:
    text = """\
services:
  s:
    # spbe: ignore[SPBE301] sengaja
    processes: p
    method: hybrid
    name: S  # spbe: ignore[SPBE151]
"""
    assert layout(text).splitlines()[2:] == [
        "    name: S  # spbe: ignore[SPBE151]",
        "    method: hybrid",
        "    # spbe: ignore[SPBE301] sengaja",
        "    processes: p",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "\n    -   # c\n      to: a\n      note: b # d\n    - e",
            "\n      # c\n      - to: a\n        note: b  # d\n      - e",
        ),
        ("\n    - to: a\n      # c\n      note: b", "\n      - to: a\n        # c\n        note: b"),
        ("[a, # c\n      b,\n      ] # d", "\n      - a  # c\n      - b"),
        ("{to: a, # c\n      note: b}", "\n      to: a  # c\n      note: b"),
    ],
)
def test_comments_inside_lists_and_mappings_stay_with_what_they_are_about(value: str, expected: str) -> None:
    made = layout(f"services:\n  s:\n    related: {value}\n")
    assert made.replace("related:  # d", "related:") == f"services:\n  s:\n    related:{expected}\n"
    assert layout(made) == made


def test_views_and_rules_that_cannot_be_read_keep_their_words() -> None:
    text = "tampilan:\n  a:\n    sudut_pandang: lapiss\n  b:\n    sudut_pandang: lapis\naturan:\n  c:\n    untuk: x\n"
    assert layout(text, "en") == (
        "views:\n  a:\n    sudut_pandang: lapiss\n  b:\n    viewpoint: layers\n\nrules:\n  c:\n    untuk: x\n"
    )


# --- whole files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_spbe_init_writes_is_in_the_layout(language: Literal["en", "id"]) -> None:
    written = fill(Answers("kab-contoh", "Kabupaten: Contoh", "regency", (2025, 2029), language), "spbe-arch==0.1.0")
    texts = {path: text for path, text in written.items() if path == "spbe.yaml" or path.startswith("model/")}
    assert {path: layout(text, path=path) for path, text in texts.items()} == texts


@pytest.mark.parametrize("path", sorted((ROOT / "models" / "kab-bekasi").glob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_model_is_in_the_layout_and_goes_to_either_language_and_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    indonesian = layout(text, "id", path.name)
    assert layout(text, path=path.name) == text
    assert layout(layout(indonesian, "en", path.name), "id", path.name) == indonesian


def test_rules_and_views_are_written_in_either_language() -> None:
    text = (ROOT / "models" / "kab-bekasi" / "aturan.yaml").read_text(encoding="utf-8")
    written = set(re.findall(r"^ *([a-z_.]+):", layout(text, "en"), re.MULTILINE))
    assert written & {indonesian for english, indonesian in KEYS.items() if english != indonesian} == set()
    assert {"rules", "require", "runs_on.facility", "applications", "any"} <= written


def test_a_default_is_renamed_only_where_it_means_the_same_to_every_type() -> None:
    text = "bawaan:\n  pemilik: u\n\ninisiatif:\n  i:\n    nama: I\n\nlayanan:\n  s:\n    nama: S\n"
    assert "pemilik: u" in layout(text)
    assert "owner: u" in layout(text, "en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"services:\n  s: {name: S}", "its last line has no line break, so it may have been cut off"),
        (b"services:\n  s: {name: S\n", "it has a fault (SPBE001) that must be mended first"),
        (b"\xff\xfe\x00", "it has a fault (SPBE003) that must be mended first"),
        (b"services:\n  s: {name: \xff}\n", "it has a fault (SPBE002) that must be mended first"),
        (b"services:\n  s: {name: S, name: T}\n", "it has a fault (SPBE013) that must be mended first"),
        (b"version: '3'\nnetworks: {}\n", "it has a fault (SPBE019) that must be mended first"),
        (b"- a\n", "it is no file of a model"),
        (b"%YAML 1.2\n---\nservices:\n  s: {name: S}\n", "it is no file of a model"),
    ],
)
def test_what_cannot_be_read_whole_is_left_alone(text: bytes, reason: str) -> None:
    with pytest.raises(FormattingError, match=re.escape(reason)):
        formatted("a.yaml", text)


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n", "services:\n"])
def test_a_file_with_nothing_in_it_stays(text: str) -> None:
    assert layout(text) == text


def test_aliases_stay_below_their_anchors() -> None:
    text = "services:\n  s: {note: &n satu, description: *n, name: S}\n  t: {<<: {note: x}, name: T}\n"
    assert layout(text) == (
        "services:\n  s:\n    note: &n satu\n    description: *n\n    name: S\n  t:\n    <<: {note: x}\n    name: T\n"
    )


# --- for any model in any layout -----------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=6)


@st.composite
def models(draw: st.DrawFn) -> str:
    """A file of a model in a random layout, with comments and blank lines anywhere."""
    drawn: list[tuple[TypeInfo, dict[str, Any]]] = draw(st.lists(elements(), min_size=1, max_size=4))
    sections: dict[str, dict[str, Any]] = {}
    for number, (info, fields) in enumerate(drawn):
        section = next((name for name in (info.section, *info.indonesian_names) if name in sections), None)
        section = section or draw(st.sampled_from((info.section, *info.indonesian_names)))
        sections.setdefault(section, {})[f"e{number}"] = fields
    style = draw(st.sampled_from([True, False, None]))
    text: str = yaml.safe_dump(
        sections,
        allow_unicode=True,
        width=10**6,
        sort_keys=draw(st.booleans()),
        default_flow_style=style,
        indent=draw(st.integers(2, 6)),
        default_style=draw(st.sampled_from([None, None, "'", '"'])),
    )
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")[:-1]):
        above = draw(
            st.lists(st.sampled_from(["", "# atas", "    # menjorok", "# spbe: ignore[SPBE501] x"]), max_size=2)
        )
        behind = draw(st.sampled_from(["", "", "  # belakang", " # spbe: ignore[SPBE304]"]))
        lines += [row and f"{row} {number}" for row in above] + [f"{line}{behind and f'{behind} {number}'}"]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join([*lines, *draw(st.sampled_from([[], ["# akhir"], ["  # akhir", ""]])), ""])


def said(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What a file says to whoever asks the architecture for its elements."""
    architecture = load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)])
    found = (architecture.at_ordinal(number) for number in range(len(architecture)))
    return sorted(((one.section, one.id, dict(one.filled())) for one in found), key=lambda one: one[:2])


def spoken(text: str) -> Counter[str]:
    return Counter(comment.text for comment in read("", text).comments())


@given(models())
@settings(max_examples=60)
@example("processes: {a: {name: A, replaces: {to: b, source: {page: '1', fields: [name]}}}}\n")
@example("processes:\n  a:\n    name: A\n    source:\n    - page: '1'\n# above\n      document: b\n")
@example(
    "services:\n  a:\n    name: A\n    related:  # behind\n    - note: n\n      source: [x]  # above\n      to: b\n"
)
def test_the_layout_says_the_same_keeps_comments_and_is_reached_at_once(text: str) -> None:
    assume(not any(fault.code.startswith("SPBE0") for fault in read_file("a.yaml", text).faults))
    try:
        made = layout(text)
    except FormattingError as error:  # a comment behind several things that will stand on lines of their own
        assert "would no longer speak for the same" in str(error)  # noqa: PT017
        assert " # spbe:" in text
        return
    assert said(made) == said(text)
    assert spoken(made) == spoken(text)
    assert layout(made) == made


@given(models())
@settings(max_examples=40)
def test_a_model_in_the_other_language_says_the_same_and_comes_back(text: str) -> None:
    assume(not any(fault.code.startswith("SPBE0") for fault in read_file("a.yaml", text).faults))
    indonesian = layout(text.replace("spbe:", ""), "id")
    english = layout(indonesian, "en")
    assert said(english) == said(text)
    assert layout(english, "id") == indonesian


@pytest.mark.parametrize("info", types().values(), ids=lambda info: info.section)
def test_the_order_of_a_type_holds_each_of_its_fields_once(info: TypeInfo) -> None:
    assert sorted(info.order) == sorted(info.fields)


# --- another version of the format ---------------------------------------------------------------------------


def test_an_older_model_is_brought_to_this_version_step_by_step() -> None:
    steps = {
        "0": Migration("0.5", lambda path, data: data.replace(b"titel", b"judul")),
        "0.5": Migration("1", lambda path, data: data.replace(b"judul", b"nama")),
    }
    texts = {"spbe.yaml": b"versi: 0  # lama\ninstansi: x\n", "a.yaml": b"layanan:\n  s: {titel: S}\n"}
    assert migrated(texts, "spbe.yaml", "0", migrations=steps) == {
        "spbe.yaml": b"versi: 1  # lama\ninstansi: x\n",
        "a.yaml": b"layanan:\n  s: {nama: S}\n",
    }


def test_a_model_of_a_version_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": "services:\n  s: {name: S}\n"}, MANIFEST.replace("1", "2", 1))
    result = run(folder, "format")
    assert (result.returncode, result.stderr) == (
        2,
        "spbe: the model is written in version 2 of the format; this program knows how to read 1\n",
    )


# --- the command ---------------------------------------------------------------------------------------------

UNTIDY = "services:\n    s: {name: 'S'}\n"
TIDY = "services:\n  s:\n    name: S\n"


def test_the_command_writes_and_says_how_much(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": UNTIDY, "b.yaml": TIDY})
    result = run(folder, "format")
    assert (folder / "a.yaml").read_text() == TIDY
    assert (result.stdout, result.stderr, result.returncode) == ("", "1 file formatted, 2 unchanged\n", 0)


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_the_command_shows_what_it_would_do(option: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": UNTIDY})
    result = run(folder, "format", option)
    assert (folder / "a.yaml").read_text() == UNTIDY
    assert (bool(result.stdout), result.returncode) == (option == "--diff", 1)
    assert "a.yaml would be formatted\n" in result.stderr


def test_a_file_with_a_fault_is_named_and_the_others_are_formatted(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": UNTIDY, "b.yaml": "services:\n  s: {name\n"})
    result = run(folder, "format", "--language", "id")
    assert (folder / "a.yaml").read_text() == TIDY
    assert result.returncode == 2
    assert result.stderr.startswith(f"spbe: b.yaml tidak dirapikan: ada kesalahan ({reading.YAML_FAULT.code})")


def test_the_files_of_members_are_left_alone(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"kab/spbe.yaml": MANIFEST, "kab/a.yaml": UNTIDY}, "version: 1\nagency: p\nname: P\nmembers: kab\n"
    )
    assert run(folder, "format").stderr == "0 files formatted, 1 unchanged\n"
    assert run(folder, "format", "kab").stderr == "1 file formatted, 1 unchanged\n"


def test_the_files_that_are_named_are_formatted_and_no_others(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": UNTIDY, "b.yaml": UNTIDY})
    assert run(folder, "format", "a.yaml").returncode == 0
    assert [(folder / name).read_text() for name in ("a.yaml", "b.yaml")] == [TIDY, UNTIDY]


@pytest.mark.parametrize(
    ("text", "options", "printed", "code"),
    [
        (UNTIDY.replace("\n", "\r\n"), (), TIDY.replace("\n", "\r\n"), 0),
        ("jenis: Kabupaten\nversi: 1\n", ("--stdin-filename", "x/spbe.yaml"), "versi: 1\njenis: kabupaten\n", 0),
        ("services:\n  s: {name\n", (), "", 2),
    ],
)
def test_what_an_editor_sends_is_printed(text: str, options: tuple[str, ...], printed: str, code: int) -> None:
    done = subprocess.run(
        [*SPBE, "format", "-", *options],
        input=text.encode(),
        env=environment_of_a_shell({}),
        capture_output=True,
        check=False,
    )
    assert (done.stdout.decode(), done.returncode) == (printed, code)
    assert done.stderr.decode().startswith("spbe: model.yaml is not formatted") == bool(code)


def test_a_large_model_is_laid_out_as_a_small_one_is(tmp_path: Path) -> None:
    large = {f"{number}.yaml": f"services:\n    s{number}: {{name: '{'x' * 60_000}'}}\n" for number in range(40)}
    folder = write(tmp_path, {**large, "z.yaml": "services:\n  s: {name\n"})
    result = run(folder, "format")
    assert (result.returncode, result.stderr.splitlines()[-1]) == (2, "40 files formatted, 1 unchanged")
    assert all((folder / name).read_text().count("\n    name: x") == 1 for name in large)


@pytest.mark.parametrize(
    "text",
    [
        "layanan:\n  a:\n    keterangan: | # kosong\n",
        "layanan:\n  a:\n    keterangan: &teks | # berjangkar\n      satu\n",
        "layanan:\n  a:\n    keterangan: >+\n      satu\n\nproses:\n  b:\n    nama: B\n",
        "layanan:\n  a:\n    tag: &dua [x, y]\n",
        "layanan:\n  a:\n    tag: &satu\n      - |\n",
        "layanan:\n  a:\n    sumber:\n      dokumen: |\n      halaman: 1\n",
        "layanan:\n  a:\n    proses:\n      - ke: # b\n          b\n      - ke: |  # c\n",
    ],
)
def test_what_texts_of_several_lines_and_anchors_say_stays_and_is_reached_at_once(text: str) -> None:
    made = layout(text)
    assert (said(made), spoken(made), layout(made)) == (said(text), spoken(text), made)
