"""Words: every text has its Indonesian, languages are picked in order, and nothing of a model moves the cursor."""

from __future__ import annotations

import gettext
import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.checking import check
from spbe_arch.cli import app
from spbe_arch.config import catalogue
from spbe_arch.errors import UnknownRuleError
from spbe_arch.formats import Style
from spbe_arch.formats.concise import write
from spbe_arch.loader import load_texts
from spbe_arch.messages import Teller, counted, in_words, pick_language, printable, translate
from tests import refresh, texts
from tests.patching import clean_results, clean_texts, example_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spbe_arch.catalogue import Rule

HOW = f"run `{refresh.COMMAND}`, then translate what is blank in spbe_arch/locale/id/LC_MESSAGES/spbe_arch.po"
KNOWN = texts.translations()

# --- the catalogue -------------------------------------------------------------------------------------------


def test_every_text_has_an_indonesian_translation() -> None:
    missing = sorted(set(texts.texts()) - set(KNOWN))
    assert not missing, f"{missing}: {HOW}, and run it again"


def test_the_catalogue_is_fresh() -> None:
    stale = [path for path in refresh.stale() if "locale" in path]
    assert not stale, f"{stale}: {HOW}, and run it again"


def test_gettext_reads_what_the_catalogue_says() -> None:
    with texts.MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {text: compiled.gettext(text) for text in KNOWN} == KNOWN


def test_a_text_without_translation_stays_english() -> None:
    assert translate("nobody has translated this", "id") == "nobody has translated this"


def those_that(fail: Callable[[str, str], object]) -> list[tuple[str, str]]:
    """The texts of which something is true, with their translations; thousands of tests would take longer."""
    return [(english, indonesian) for english, indonesian in KNOWN.items() if fail(english, indonesian)]


def test_both_languages_have_the_same_placeholders() -> None:
    assert those_that(lambda english, said: texts.placeholders(said) != texts.placeholders(english)) == []


def test_a_translation_is_one_line_without_a_stop() -> None:
    assert those_that(lambda _, said: said != said.strip() or "\n" in said or said.endswith(".")) == []


def test_a_translation_closes_its_quotes() -> None:
    assert those_that(lambda _, said: said.count("'") % 2) == []


def test_a_translation_is_not_much_longer_or_shorter() -> None:
    assert those_that(lambda english, said: not len(english) / 2 - 10 <= len(said) <= 1.6 * len(english) + 15) == []


def test_a_translation_begins_as_its_original_does() -> None:
    def begins_otherwise(english: str, said: str) -> bool:
        return english[0].islower() and said.split(" ")[0] not in ("UTF-8", "Anda") and said[0].isupper()

    assert those_that(begins_otherwise) == []


def test_no_english_is_left_in_indonesian() -> None:
    """What stands in quotes or braces, options and what they take are code, Word a program; the rest is Indonesian."""

    def is_english(_: str, said: str) -> list[str]:
        return texts.ENGLISH.findall(re.sub(r"'[^']*'|\{[^}]*\}|--[a-z-]+|\b[A-Z]{4,}\b|\bWord\b", "", said))

    assert those_that(is_english) == []


@pytest.mark.parametrize("code", ["spbe_arch/loader.py", "spbe_arch/metamodel/values.py"])
def test_texts_are_found_in_code(code: str) -> None:
    """The collector sees what the reader says; a text that it misses would stay English in silence."""
    assert any(code.removeprefix("spbe_arch/") in places for places in texts.texts().values())


# --- sentences -----------------------------------------------------------------------------------------------

FAULTY = """\
layanan:
  izin:
    nama: Perizinan
    fungtion: Memberi izin
    metode: elektronk
    proses_bisnis: [tiada, data-izin]
    target: {kata: masyarakat}
    supported_by: [sim]
data:
  data-izin:
    nama: Data izin
    kode_referensi: RAB.01.01
    data_pribadi: mungkin
server:
  server-1:
    nama: Server 1
    memori: 1.000
unit_kerja:
  dinas: {nama: Dinas, induk: bidang}
  bidang: {nama: Bidang, induk: dinas}
kebijakan:
  perbup: {lingkup: daerah}
  izin: {nama: Peraturan tentang Perizinan}
"""

TOLD = [
    (
        "SPBE101",
        "service 'izin' names unknown process 'tiada'",
        "layanan 'izin' menyebut proses bisnis 'tiada' yang tidak dikenal",
    ),
    (
        "SPBE102",
        "field 'processes' of service 'izin' takes a process, and 'data-izin' is data",
        "isian 'proses_bisnis' pada layanan 'izin' hanya menerima proses bisnis, sedangkan 'data-izin' adalah data",
    ),
    (
        "SPBE103",
        "service 'izin' has no field 'fungtion'; did you mean 'function'?",
        "layanan 'izin' tidak memiliki isian 'fungtion'; mungkin maksud Anda 'function'?",
    ),
    (
        "SPBE105",
        "a mapping stands where a value of the list is expected",
        "ada pemetaan di tempat yang seharusnya berisi nilai dari daftar",
    ),
    (
        "SPBE106",
        "'elektronk' is not one of the values electronic, hybrid, face_to_face; did you mean 'elektronik'?",
        "'elektronk' bukan salah satu dari nilai elektronik, hibrida, tatap_muka; mungkin maksud Anda 'elektronik'?",
    ),
    (
        "SPBE106",
        "'mungkin' is not one of the values yes, no",
        "'mungkin' bukan salah satu dari nilai ya, tidak",
    ),
    (
        "SPBE107",
        "id 'izin' is taken by service 'izin'; 'kebijakan-izin' is free",
        "id 'izin' sudah dipakai oleh layanan 'izin'; 'kebijakan-izin' belum dipakai",
    ),
    (
        "SPBE110",
        "policy 'perbup' lacks the field 'name'",
        "pada kebijakan 'perbup', isian 'nama' belum diisi",
    ),
    (
        "SPBE111",
        "'1.000' cannot be read as a number in GB; did you mean '1000'?",
        "'1.000' tidak dapat dibaca sebagai angka dalam GB; mungkin maksud Anda '1000'?",
    ),
    (
        "SPBE115",
        "'supported_by' is the other end of a link; write it as 'supports' of the application",
        "'supported_by' adalah ujung lain sebuah tautan; tulislah sebagai 'mendukung' pada aplikasi",
    ),
    (
        "SPBE121",
        "'RAB.01.01' is a code of RAB; the field takes codes of RAD",
        "'RAB.01.01' adalah kode RAB, sedangkan isian ini menerima kode RAD",
    ),
    (
        "SPBE127",
        "unit 'bidang' leads back to itself through 'parent'",
        "unit kerja 'bidang' kembali ke dirinya sendiri melalui isian 'induk'",
    ),
]

MANIFEST = "version: 1\nagency: kab\nname: Kabupaten\n"


def told(model: str, language: str, manifest: str = MANIFEST) -> list[str]:
    """The findings of families 0 and 1, as "CODE message"."""
    architecture = load_texts([("spbe.yaml", manifest), ("model.yaml", model)])
    findings = [one for one in check(architecture) if one.code < "SPBE15"]
    lines = write(Teller(architecture, language).tell(findings), check(architecture).summary, Style(language))
    return [line.split(": ", 1)[1] for line in lines.splitlines()]


@pytest.mark.parametrize(("language", "column"), [("en", 1), ("id", 2)])
def test_a_faulty_model_is_told_in_both_languages(language: str, column: int) -> None:
    expected = sorted(f"{row[0]} {row[column]}" for row in TOLD)
    assert sorted(told(FAULTY, language)) == expected


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "SPBE130 the manifest gives no value to the key 'agency'"),
        ("id", "SPBE130 manifes belum mengisi kunci 'instansi'"),
    ],
)
def test_keys_of_the_manifest_are_named_in_both_languages(language: str, message: str) -> None:
    assert told("", language, "versi: 1\nnama: Kabupaten\n") == [message]


EXAMPLES = [rule for rule in catalogue().values() if "Wrong" in rule.page.sections]


@pytest.mark.parametrize("rule", EXAMPLES, ids=[rule.name for rule in EXAMPLES])
def test_the_example_of_a_page_is_told_without_a_gap(rule: Rule) -> None:
    """Every value of the message is there, and no English is left in Indonesian outside quotes."""
    model = example_texts(rule.page.sections["Wrong"])
    untouched = {path: result for path, result in clean_results().items() if model[path] == clean_texts()[path]}
    architecture = load_texts(model.items(), results=untouched)
    for finding in check(architecture, select=("SPBE", rule.code)):
        assert set(texts.placeholders(rule.message)) <= set(finding.fault.values)
        told = Teller(architecture, "id").one(finding)
        said = [told.message, *told.basis, *(spot.message for spot in told.related)]
        assert not texts.ENGLISH.findall(re.sub(r"'[^']*'", "", " ".join(said)))


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [(0, "en", "0 errors"), (1, "en", "1 error"), (2, "en", "2 errors"), (1, "id", "1 galat"), (2, "id", "2 galat")],
)
def test_one_thing_is_told_from_many(number: int, language: str, said: str) -> None:
    assert counted(number, "{count} error", "{count} errors", language) == said


# --- the language of the reader ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "variable", "manifest", "locale", "expected"),
    [
        ("en", "id", "id", "id_ID.UTF-8", "en"),
        (None, "id", "en", "en_GB.UTF-8", "id"),
        (None, None, "id", "en_GB.UTF-8", "id"),
        (None, None, "", "id_ID.UTF-8", "id"),
        (None, None, "", "in_ID.UTF-8", "en"),
        (None, None, "", "C.UTF-8", "en"),
        (None, None, "", "", "en"),
        (None, "fr", "", "id", "id"),
        (None, "ID", "", "", "id"),
        (None, None, None, "id-ID", "id"),
        (None, None, None, "Indonesian_Indonesia.1252", "id"),
    ],
)
def test_the_first_language_wished_for_holds(
    argument: str | None,
    variable: str | None,
    manifest: str | None,
    locale: str,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("SPBE_LANGUAGE", variable), ("LC_ALL", None), ("LC_MESSAGES", None), ("LANG", locale)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert pick_language(argument, manifest) == expected


@pytest.mark.parametrize(
    ("command", "indonesian"),
    [(["explain", "SPBE501"], "Mengapa penting:"), (["rules"], "0  pembacaan"), (["schema"], "Berkas model")],
)
def test_commands_without_a_model_speak_the_language_of_the_repository_around(
    command: list[str], indonesian: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SPBE_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    assert indonesian not in CliRunner().invoke(app, command).output
    (tmp_path / "spbe.yaml").write_text(MANIFEST + "language: id\n", encoding="utf-8")
    assert indonesian in CliRunner().invoke(app, command).output
    assert indonesian not in CliRunner().invoke(app, [*command, "--language", "en"]).output


@pytest.mark.parametrize(
    ("arguments", "english", "indonesian"),
    [
        (["explain", "tiada-apa-apa"], "there is no rule 'tiada-apa-apa'", "tidak ada aturan 'tiada-apa-apa'"),
        (
            ["explain", "service-without-proces"],
            "there is no rule 'service-without-proces'; did you mean 'service-without-process'?",
            "tidak ada aturan 'service-without-proces'; mungkin maksud Anda 'service-without-process'?",
        ),
        (["check", "tiada"], "tiada does not exist", "tiada tidak ada"),
    ],
)
def test_what_could_not_be_done_is_said_in_the_language_asked_for(
    arguments: list[str], english: str, indonesian: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, sentence in (("en", english), ("id", indonesian)):
        done = CliRunner().invoke(app, [*arguments, "--language", language])
        assert (done.exit_code, done.output) == (2, f"spbe: {sentence}\n")


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_error_keeps_braces_of_what_was_typed(language: str) -> None:
    error = UnknownRuleError("there is no rule {rule!r}", rule="{x}")
    assert "'{x}'" in str(error)
    assert "'{x}'" in in_words(error, language)


# --- what may be printed -------------------------------------------------------------------------------------

FORBIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@given(st.text())
def test_printable_holds_no_sign_that_cannot_be_seen(text: str) -> None:
    assert not [sign for sign in printable(text) if unicodedata.category(sign) in FORBIDDEN]


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), max_size=200))
def test_printable_leaves_plain_text_alone(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mmerah", "\\x1b[31mmerah"),
        ("satu\ndua", "satu\\x0adua"),
        ("satu\tdua", "satu dua"),
        ("\u202eterbalik", "\\u202eterbalik"),
        ("tanpa\u200blebar", "tanpa\\u200blebar"),
        ("a" * 300, "a" * 199 + "…"),
    ],
)
def test_printable_names_what_it_cannot_show(text: str, shown: str) -> None:
    assert printable(text) == shown


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=1))
def test_no_text_of_a_model_reaches_the_terminal_as_a_command(text: str) -> None:
    model = json.dumps({"services": {"izin": {"name": "Izin", "processes": text, "method": text, text: "x"}}})
    for line in told(model, "id"):
        assert not [sign for sign in line if unicodedata.category(sign) in FORBIDDEN]
