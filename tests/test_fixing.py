"""Fixes: what is certain is mended, what is a guess only when asked for, and nothing else in a text changes."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.checking import Findings, check
from spbe_arch.config import catalogue
from spbe_arch.errors import OutputError
from spbe_arch.findings import waiting
from spbe_arch.fixing import Mended, mend
from spbe_arch.loader import load_texts
from spbe_arch.messages import Teller
from spbe_arch.nodes import Scalar
from tests.mutating import Spot, elements, fields, link_ends, misspelt, replaced
from tests.patching import clean_texts, example_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spbe_arch.architecture import Architecture

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
REST = """\
unit_kerja:
  bapenda: {nama: Badan Pendapatan, ejaan_lain: [Dispenda]}
applications:
  siak: {name: SIAK}
  sipd: {name: SIPD}
"""


def check_all(architecture: Architecture) -> Findings:
    return check(architecture)


def check_families(architecture: Architecture) -> Findings:
    """What reading and linking find; the small models here are incomplete in many other ways."""
    return check(architecture, select=["SPBE0", "SPBE1"], ignore=["SPBE151", "SPBE153", "SPBE154", "SPBE155"])


def mended(texts: Mapping[str, str | bytes], *, unsafe: bool = False, within: tuple[str, ...] = ("",)) -> Mended:
    architecture = load_texts([("spbe.yaml", MANIFEST), ("sisa.yaml", REST), *texts.items()])
    return mend(architecture, check_families, unsafe=unsafe, within=within)


def after(text: str, *, unsafe: bool = False) -> str:
    """A file, fixed."""
    change = mended({"a.yaml": text}, unsafe=unsafe).changes.get("a.yaml")
    return change.after.decode() if change else text


# --- what is certain -----------------------------------------------------------------------------------------

SAFE = [
    (
        "SPBE001",
        "policies:\n  p: {name: x}\n  q:\n    name: Perda 5: tentang Pajak # satu\n",
        "'Perda 5: tentang Pajak' # satu",
    ),
    ("SPBE001", "policies:\n  q:\n    name: @bappeda\n", "name: '@bappeda'"),
    ("SPBE001", 'policies:\n  q:\n    name: "C:\\data"\n', "name: 'C:\\data'"),
    ("SPBE004", "\ufeffpolicies:\n  q: {name: x}\n", "policies:\n  q: {name: x}\n"),
    ("SPBE006", "policies:\n  q:\n    name: satu\u2028dua\n", "name: satu dua"),
    ("SPBE013", "policies:\n  q:\n    name: x\n    note: y\n    name: x # dua\n", "name: x\n    note: y\n"),
    ("SPBE013", "policies:\n  q: {name: x, nama: x, note: y}\n", "{name: x, note: y}"),
    ("SPBE013", "policies:\n  q:\n    name: x\n    nama:\n", "  q:\n    name: x\n"),
    ("SPBE016", "policies:\n  q:\n    name: !!str x\n", "name: x\n"),
    ("SPBE016", "policies:\n  q: !!map\n    name: x\n", "  q:\n    name: x\n"),
    ("SPBE101", "services:\n  s: {name: x, owner: Bapenda}\n", "owner: bapenda"),
    ("SPBE103", "services:\n  s:\n    Name: x\n", "name: x"),
    ("SPBE103", "layanan:\n  s:\n    nama: x\n    kode-referensi: RAL.01.16\n", "kode_referensi: RAL.01.16"),
    ("SPBE104", "Services:\n  s: {name: x}\n", "services:\n  s"),
    ("SPBE105", "services:\n  s: {name: x, owner: [bapenda]}\n", "owner: bapenda}"),
    ("SPBE105", "services:\n  s:\n    name: x\n    method: ['electronic']\n", "method: 'electronic'\n"),
    ("SPBE111", "servers:\n  s: {name: x, memory: '1.234,5'}\n", "memory: '1234.5'"),
    ("SPBE112", "documents:\n  d: {name: x, date: 31/12/2024}\n", "date: 2024-12-31"),
    ("SPBE112", "documents:\n  d: {name: x, date: 2024/12/01}\n", "date: 2024-12-01"),
    ("SPBE113", "services:\n  s:\n    name: x\n    since: 0 # belum\n", "    since: # belum\n"),
    ("SPBE114", "services:\n  s:\n    name: x\n    note: '-'  # belum\n", "    note:  # belum\n"),
    ("SPBE114", "services:\n  s: {name: x, note: n/a, status: as_is}\n", "{name: x, note: , status: as_is}"),
    ("SPBE114", "services:\n  s:\n    name: x\n    tags: [a, '-', b]\n", "tags: [a, b]"),
    ("SPBE114", "services:\n  s:\n    name: x\n    tags:\n      - a\n      - '-'\n", "tags:\n      - a\n"),
    (
        "SPBE115",
        "services:\n  s: {name: x, supported_by: a}\napplications:\n  a: {name: y, supports: s}\n",
        "services:\n  s: {name: x}\napplications:\n  a: {name: y, supports: s}\n",
    ),
    ("SPBE120", "services:\n  s: {name: x, reference: RAL.1.16}\n", "reference: RAL.01.16"),
    ("SPBE125", "services:\n  s: {name: x, reference: 1.16}\n", "reference: RAL.01.16"),
    ("SPBE125", "services:\n  s: {name: x, reference: '1:16'}\n", "reference: 'RAL.01.16'"),
    ("SPBE135", "services:\n  s: {name: x, tags: [a, b, a]}\n", "tags: [a, b]"),
    (
        "SPBE135",
        "applications:\n  a:\n    name: x\n    related:\n      - siak\n      - sipd\n      - siak # lagi\n",
        "- siak\n      - sipd\n",
    ),
    ("SPBE142", "services:\n  s: # spbe: ignore[SPBE110] sudah\n    name: x\n", "  s:\n    name: x\n"),
    ("SPBE142", "services:\n  # spbe: ignore[SPBE110]\n  s: {name: x}\n", "services:\n  s: {name: x}\n"),
    ("SPBE152", "services:\n  s: {name: x, owner: Dispenda}\n", "owner: bapenda"),
    ("SPBE152", "services:\n  s:\n    name: x\n    owner: ' Badan Pendapatan '\n", "owner: 'bapenda'"),
]
GUESSED = [
    ("SPBE001", "policies:\n  q:\n    name: pajak: hotel\n", "name: 'pajak: hotel'"),
    ("SPBE001", 'policies:\n  q:\n    name: "Perda" Pajak\n', "name: '\"Perda\" Pajak'"),
    ("SPBE001", "policies:\n  q:\n    name: *penting # satu\n", "name: '*penting' # satu"),
    ("SPBE014", "policies:\n  q: {name: x}\n---\nservices:\n  s: {name: y}\n", "x}\n\nservices:"),
    ("SPBE016", "policies:\n  q:\n    name: !python/str x\n", "name: x"),
    ("SPBE021", "services:\n  s: {name: x}\nthemes: {}", "themes: {}\n"),
    ("SPBE101", "services:\n  s: {name: x, owner: bapnda}\n", "owner: bapenda"),
    ("SPBE103", "services:\n  s:\n    name: x\n    fungtion: y\n", "function: y"),
    (
        "SPBE103",
        "services:\n  s:\n    name: x\n    source: {documnt: d}\ndocuments:\n  d: {name: y}\n",
        "{document: d}",
    ),
    ("SPBE103", "defaults:\n  ownr: bapenda\nservices:\n  s: {name: x}\n", "owner: bapenda"),
    ("SPBE104", "servces:\n  s: {name: x}\n", "services:\n"),
    ("SPBE106", "services:\n  s: {name: x, method: elektronk}\n", "method: elektronik"),
    ("SPBE108", "policies:\n  p q: {name: x}\nservices:\n  s: {name: y, legal_basis: [p q]}\n", "legal_basis: [p-q]"),
    ("SPBE111", "servers:\n  s: {name: x, memory: '1.000'}\n", "memory: '1000'"),
    ("SPBE112", "documents:\n  d: {name: x, date: 10/06/2025}\n", "date: 2025-06-10"),
    ("SPBE115", "services:\n  s:\n    name: x\n    supported_by: [siak]\n", "  s:\n    name: x\n"),
    ("SPBE116", "defaults:\n  facility: x\n  owner: bapenda\nservices:\n  s: {name: x}\n", "defaults:\n  owner"),
    ("SPBE125", "processes:\n  p: {name: x, reference: 2.1}\n", "reference: RAB.02.10"),
    ("SPBE140", "services:\n  s: {name: x} # spbe: ignore[SPBE3O1]\n", "# spbe: ignore[SPBE301]"),
]


@pytest.mark.parametrize(("code", "text", "mends"), SAFE)
def test_what_is_certain_is_mended(code: str, text: str, mends: str) -> None:
    assert mends in after(text)
    assert text not in after(text) or text == mends
    assert code not in [one.code for one in mended({"a.yaml": text}).findings]
    assert catalogue()[code].fixes in ("safe", "both")


@pytest.mark.parametrize(("code", "text", "mends"), GUESSED)
def test_a_guess_is_made_only_when_it_is_asked_for(code: str, text: str, mends: str) -> None:
    assert after(text) == text
    assert mends in after(text, unsafe=True)
    assert code not in [one.code for one in mended({"a.yaml": text}, unsafe=True).findings]
    assert catalogue()[code].fixes in ("unsafe", "both")


def test_every_rule_that_says_so_has_a_fix_that_is_tested() -> None:
    """SPBE704 has its test below."""
    tested = {"safe": {code for code, *_ in SAFE}, "unsafe": {"SPBE704", *(code for code, *_ in GUESSED)}}
    for code, rule in catalogue().items():
        for kind, codes in tested.items():
            assert (rule.fixes in (kind, "both")) == (code in codes), (code, kind)


LEFT = [
    "services:\n  s: {name: '-'}\n",  # nobody knows the name
    "services:\n  s: {name: x, owner: tiada-sama-sekali}\n",
    "policies:\n  q:\n    name: x\n    name: y\n",  # one of the two is wrong
    "services:\n  s:\n    nmae: x\n    name: y\n",  # the name that is meant is taken
    "services:\n  s: {name: x, reference: RAL.1.16 Izin}\n",  # the words would be lost
    "services:\n  s: {name: x, supported_by: [tiada]}\n",
    "services:\n  s: {name: x, supported_by: [{to: siak, note: y}]}\n",  # the note would be lost
    "services:\n  s: {name: x, owner: {to: '-'}}\n",
    "policies:\n  p q: {name: x}\n  p-q: {name: y}\n",  # the id is taken
    "policies:\n  q:\n    name: [\n",
    "applications:\n  a: {name: x, related: sixd}\n  sixa: {name: y}\n  sixb: {name: z}\n",  # two are as near
    "services:\n  s: {name: x, method: [electronic, manual]}\n",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_nobody_can_know_is_left(text: str) -> None:
    assert after(text, unsafe=True) == text


# --- links that reach into other elements --------------------------------------------------------------------


def test_a_link_typed_at_its_other_end_moves_to_where_it_is_kept() -> None:
    text = "services:\n  s:\n    name: x\n    supported_by: [siak, sipd]\n"
    changes = mended({"a.yaml": text}, unsafe=True).changes
    assert changes["a.yaml"].after == b"services:\n  s:\n    name: x\n"
    assert b"siak: {name: SIAK, supports: [s]}\n  sipd: {name: SIPD, supports: [s]}" in changes["sisa.yaml"].after


def test_a_link_that_stands_at_both_ends_is_removed_for_certain() -> None:
    text = "services:\n  s: {name: x, supported_by: a}\napplications:\n  a: {name: y, supports: s}\n"
    assert after(text) == "services:\n  s: {name: x}\napplications:\n  a: {name: y, supports: s}\n"


def test_a_field_is_written_in_the_language_of_its_section() -> None:
    text = "layanan:\n  s:\n    nama: x\n    didukung_oleh: a\naplikasi:\n  a:\n    nama: y\n"
    assert after(text, unsafe=True) == "layanan:\n  s:\n    nama: x\naplikasi:\n  a:\n    nama: y\n    mendukung: [s]\n"


def test_the_other_end_of_a_link_may_lack_its_last_word() -> None:
    text = "layanan:\n  s:\n    nama: x\n    didukung: a\naplikasi:\n  a:\n    nama: y\n"
    assert after(text, unsafe=True) == "layanan:\n  s:\n    nama: x\naplikasi:\n  a:\n    nama: y\n    mendukung: [s]\n"


def test_a_field_that_is_nearer_than_the_other_end_of_a_link_is_meant() -> None:
    text = "applications:\n  a: {name: x, replaced: b}\n  b: {name: y}\n"
    assert after(text, unsafe=True) == "applications:\n  a: {name: x, replaces: b}\n  b: {name: y}\n"


def test_an_id_is_changed_together_with_the_links_that_name_it() -> None:
    texts = {"a.yaml": "policies:\n  p q: {name: x}\n", "b.yaml": "services:\n  s: {name: y, legal_basis: p q}\n"}
    changes = mended(texts, unsafe=True).changes
    assert changes["a.yaml"].after == b"policies:\n  p-q: {name: x}\n"
    assert changes["b.yaml"].after == b"services:\n  s: {name: y, legal_basis: p-q}\n"


def test_what_one_end_of_a_security_link_lacks_is_a_guess() -> None:
    texts = example_texts(catalogue()["SPBE704"].page.sections["Wrong"])
    architecture = load_texts(texts.items())
    result = mend(architecture, check_all, unsafe=True)
    assert (result.fixed, len(result.findings)) == (1, 0)
    assert mend(architecture, check_all).changes == {}


# --- the manner of the text ----------------------------------------------------------------------------------

MANNERS = [
    ("services:\r\n  s:\r\n    name: x\r\n    note: '-'\r\n", "services:\r\n  s:\r\n    name: x\r\n    note:\r\n"),
    (
        "services:\n  s:\n    name: x #\ta\t\n    note: '-'\t#\tb\n",
        "services:\n  s:\n    name: x #\ta\t\n    note:\t#\tb\n",
    ),
    ("services: {s: {'name': x, \"reference\": '1.16'}}\n", "services: {s: {'name': x, \"reference\": 'RAL.01.16'}}\n"),
    (
        "services:\n  s:\n    name: >\n      satu\n      dua\n\n    note: '-'\n",
        "services:\n  s:\n    name: >\n      satu\n      dua\n\n    note:\n",
    ),
    ("\n\n# atas\nservices:\n\n  s: # sini\n    name: x\n\n    owner: Bapenda   # siapa\n\n\n",
     "\n\n# atas\nservices:\n\n  s: # sini\n    name: x\n\n    owner: bapenda   # siapa\n\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MANNERS)
def test_every_other_byte_stays(text: str, expected: str) -> None:
    assert after(text) == expected


def test_a_byte_order_mark_goes_only_with_its_own_fix() -> None:
    text = "\ufeffservices:\n  s: {name: x, owner: bapnda}\n"
    architecture = load_texts([("spbe.yaml", MANIFEST), ("sisa.yaml", REST), ("a.yaml", text)])
    result = mend(architecture, lambda one: check(one, select=["SPBE101"], ignore=["SPBE004"]), unsafe=True)
    assert result.changes["a.yaml"].after.decode() == "services:\n  s: {name: x, owner: bapenda}\n"  # family 0 stays


def test_a_last_line_without_a_break_stays_without() -> None:
    assert after("themes: {}\nservices:\n  s:\n    name: x\n    owner: Bapenda") == (
        "themes: {}\nservices:\n  s:\n    name: x\n    owner: Bapenda"
    )


SHARED = [
    "services:\n  s: {name: x, owner: &o Bapenda}\n  t: {name: y, owner: *o}\n",
    "services:\n  s: &s {name: x, note: '-'}\n  t: {<<: *s, name: y}\n",
    "units:\n  u: {name: &n Dinas Uang}\nservices:\n  s: {name: y, owner: *n}\n",
    "services:\n  s: {name: x, tags: &t [a, a]}\n  u: {name: y, tags: *t}\n",
]


@pytest.mark.parametrize("text", SHARED)
def test_what_an_alias_stands_for_is_not_touched(text: str) -> None:
    assert after(text, unsafe=True) == text


def test_an_anchor_that_nobody_uses_is_no_hindrance() -> None:
    assert after("services:\n  s: {name: x, note: &n '-'}\n") == "services:\n  s: {name: x, note: &n }\n"


# --- rounds, and what is undone ------------------------------------------------------------------------------


def test_what_a_fix_brings_to_light_is_fixed_too() -> None:
    text = "policies:\n  q:\n    name: Perda 5: Pajak\n    Note: '-'\n"
    assert after(text) == "policies:\n  q:\n    name: 'Perda 5: Pajak'\n    note:\n"


def test_an_error_that_was_there_before_does_not_undo_the_fix_that_shows_it() -> None:
    text = "policies:\n  q:\n    name: Perda 5: Pajak\n  r: {kind: entah}\n  s: {}\n"
    result = mended({"a.yaml": text})
    assert "'Perda 5: Pajak'" in result.changes["a.yaml"].after.decode()
    assert [one.code for one in result.findings] == ["SPBE106", "SPBE110", "SPBE110"]


def test_a_guess_that_makes_more_errors_is_undone_and_the_others_are_kept() -> None:
    text = "themas:\n  t: {name: x, supports: y, method: z}\n"
    changes = mended({"a.yaml": text, "b.yaml": "services:\n  s: {name: x, method: elektronk}\n"}, unsafe=True).changes
    assert list(changes) == ["b.yaml"]


def test_fixes_at_one_place_are_made_one_after_the_other() -> None:
    names = [f"s{number}" for number in range(5)]
    text = "services:\n" + "".join(f"  {name}: {{name: {name}, supported_by: siak}}\n" for name in names)
    changes = mended({"a.yaml": text}, unsafe=True).changes
    assert b"siak: {name: SIAK, supports: [s0, s1, s2, s3, s4]}" in changes["sisa.yaml"].after


def test_what_a_comment_silences_is_not_touched() -> None:
    text = "services:\n  s: {name: x, note: '-'} # spbe: ignore[SPBE114]\n"
    assert after(text) == text


def test_only_files_that_were_asked_for_change() -> None:
    text = "services:\n  s: {name: x, note: '-'}\n"
    texts = {"a.yaml": text, "b/c.yaml": text.replace(" s:", " t:"), "bb/c.yaml": text.replace(" s:", " u:")}
    assert list(mended(texts, within=("b",)).changes) == ["b/c.yaml"]
    assert list(mended(texts, within=("a.yaml",)).changes) == ["a.yaml"]


def test_a_fix_that_reaches_into_a_file_that_was_not_asked_for_is_not_made() -> None:
    text = "services:\n  s: {name: x, supported_by: siak}\n"
    assert mended({"a.yaml": text}, unsafe=True, within=("a.yaml",)).changes == {}


def test_files_of_members_do_not_change() -> None:
    own = "version: 1\nagency: prov\nname: Provinsi\nmembers: [kab]\n"
    text = "services:\n  s: {name: x, note: '-'}\n"
    texts = {"spbe.yaml": own, "a.yaml": text, "kab/spbe.yaml": MANIFEST, "kab/b.yaml": text}
    assert list(mend(load_texts(texts.items()), check_families).changes) == ["a.yaml"]


def test_the_manifest_is_mended_too() -> None:
    texts = {"spbe.yaml": MANIFEST + "languge: id\nperiod: 2025-2029\ncheck: {ignor: [SPBE3]}\n"}
    result = mend(load_texts(texts.items()), check_families, unsafe=True)
    assert result.changes["spbe.yaml"].after.decode() == (
        MANIFEST + "language: id\nperiod: 2025-2029\ncheck: {ignore: [SPBE3]}\n"
    )


def test_keys_that_say_which_files_are_read_are_left() -> None:
    texts = {"spbe.yaml": MANIFEST + "exclud: [arsip]\n"}
    assert mend(load_texts(texts.items()), check_families, unsafe=True).changes == {}


def test_a_text_that_changed_since_it_was_read_is_refused() -> None:
    text = "services:\n  s: {name: x, note: '-'}\n"
    architecture = load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)])
    changed = architecture.with_texts({"spbe.yaml": MANIFEST, "a.yaml": "# baru\n" + text.replace("x", "y")})
    with pytest.raises(OutputError):
        mend(changed, check_families)


def test_what_waits_is_counted_by_what_it_takes() -> None:
    text = "services:\n  s: {name: x, note: '-', owner: bapnda, method: entah}\n"
    architecture = load_texts([("spbe.yaml", MANIFEST), ("sisa.yaml", REST), ("a.yaml", text)])
    assert waiting(check_families(architecture)) == (1, 1)


# --- properties ----------------------------------------------------------------------------------------------

PATHS = [path for path in clean_texts() if path != "spbe.yaml"]
SPOTS = [spot for path in PATHS for spot in fields(path)]
IDS = {entry.id for path in PATHS for entry in elements(path)}


def mend_clean(path: str, text: str, *, unsafe: bool) -> Mended:
    return mend(load_texts([*clean_texts().items(), (path, text)]), check_all, unsafe=unsafe)


@settings(max_examples=25)
@given(st.sampled_from(SPOTS), st.booleans())
def test_a_field_misspelt_in_the_clean_model_is_healed(spot: Spot, first: bool) -> None:
    slips = list(misspelt(spot.key.value, spot.entry.info.spellings))
    path, text = spot.entry.path, replaced(spot.entry.path, spot.key, slips[0 if first else -1])
    result = mend_clean(path, text, unsafe=True)
    has_fix = waiting(check_all(load_texts([*clean_texts().items(), (path, text)]))) != (0, 0)
    assert (len(result.findings) == 0) or not has_fix or result.changes[path].after.decode() != clean_texts()[path]


@settings(max_examples=25)
@given(st.sampled_from(SPOTS))
def test_a_field_in_capitals_is_the_clean_model_again(spot: Spot) -> None:
    path = spot.entry.path
    result = mend_clean(path, replaced(path, spot.key, spot.key.value.title()), unsafe=False)
    assert result.changes[path].after.decode() == clean_texts()[path]
    assert len(result.findings) == 0


@settings(max_examples=25)
@given(st.sampled_from([(spot, end) for spot in SPOTS for end in link_ends(spot)]))
def test_an_id_in_capitals_is_the_clean_model_again(found: tuple[Spot, Scalar]) -> None:
    spot, end = found
    path = spot.entry.path
    result = mend_clean(path, replaced(path, end, end.value.upper()), unsafe=False)
    assert result.changes[path].after.decode() == clean_texts()[path]


@settings(max_examples=25)
@given(st.sampled_from([(spot, end) for spot in SPOTS for end in link_ends(spot)]), st.booleans())
def test_a_link_misspelt_in_the_clean_model_is_never_made_worse(found: tuple[Spot, Scalar], first: bool) -> None:
    spot, end = found
    slips = list(misspelt(end.value, IDS)) or ["zz9"]
    path, text = spot.entry.path, replaced(spot.entry.path, end, slips[0 if first else -1])
    before = check_all(load_texts([*clean_texts().items(), (path, text)]))
    result = mend_clean(path, text, unsafe=True)
    assert result.findings.summary.errors <= before.summary.errors
    assert bool(result.changes) == (result.fixed > 0)


NOISE = [
    "'-'",
    "n/a",
    "[a, a]",
    "{a: b}",
    "31/12/2024",
    "1.16",
    "Ab: cd",
    "@x",
    "*y",
    "!!str z",
    "satu",
    "[x]",
    "'0'",
    "3,5",
]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(NOISE)), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_fixing_twice_is_fixing_once_and_never_makes_anything_worse(
    wrongs: list[tuple[Spot, str]], unsafe: bool, newline: str
) -> None:
    path = wrongs[0][0].entry.path
    lines = clean_texts()[path].split("\n")
    for spot, value in wrongs:
        if spot.entry.path == path and isinstance(spot.node, Scalar) and spot.node.line == spot.node.end_line:
            line = lines[spot.node.line]
            if line[spot.node.column : spot.node.end_column] == clean_value(spot):
                lines[spot.node.line] = line[: spot.node.column] + value + line[spot.node.end_column :]
    text = newline.join(lines)
    before = check_all(load_texts([*clean_texts().items(), (path, text)]))
    once = mend_clean(path, text, unsafe=unsafe)
    data = {path: change.after for path, change in once.changes.items()}
    texts: dict[str, str | bytes] = {**clean_texts(), path: text, **data}
    again = mend(load_texts(texts.items()), check_all, unsafe=unsafe)
    assert (again.changes, again.fixed) == ({}, 0)
    revealed = any(one.code == "SPBE001" for one in before)
    assert once.findings.summary.errors <= before.summary.errors or revealed
    for change in once.changes.values():
        assert (
            change.after.count(b"\r\n") == change.after.count(b"\n")
            or newline == "\n"
            or b"\r" not in (change.before or b"")
        )


def clean_value(spot: Spot) -> str:
    assert isinstance(spot.node, Scalar)
    return clean_texts()[spot.entry.path].split("\n")[spot.node.line][spot.node.column : spot.node.end_column]


@given(st.binary(max_size=120))
def test_any_bytes_are_fixed_or_left(data: bytes) -> None:
    result = mended({"a.yaml": data}, unsafe=True)
    assert set(result.changes) <= {"a.yaml", "sisa.yaml"}


LINES = """\
services:
  s:
  t: {name: x, note: '-'}
    name: x
    name: y: z
    owner: Bapenda
Themes: {}
    tags: [a, a]
    supported_by: siak
    note: '-'
    <<: *s
    ? a
    : b
  u: &s
- x
    Note: @x
---
defaults: {ownr: bapenda}
    source: {page: '-'}
# spbe: ignore[SPBE1O1]
\t
]
""".splitlines()


@given(st.lists(st.sampled_from(LINES), max_size=9), st.booleans())
def test_any_lines_are_mended_to_a_fixed_point(lines: list[str], unsafe: bool) -> None:
    text = "\n".join(lines)
    once = mended({"a.yaml": text}, unsafe=unsafe)
    for fix in [one.fault.fix and (one.code, one.fault.fix.safe) for one in once.findings]:
        assert fix is None or catalogue()[fix[0]].fixes in ("both", "safe" if fix[1] else "unsafe")
    data: dict[str, str | bytes] = {path: change.after for path, change in once.changes.items()}
    again = mended({"a.yaml": text, **data}, unsafe=unsafe)
    assert again.changes == {}


STYLES = """\
    name: Izin  # nama
    nmae: Izin Usaha
    owner: BAPENDA   # huruf besar
    Method: Daring
    note: '-'   # kosong
    note: |
      - teks
    description: >-
      n/a
    tags: [a, a, "b"]  # dua
    tags:
      - a   # satu
      # di tengah
      - a
    targets: [ business,business, Public]
    reference: 1.16  # rusak
    source: {page: '-', confidence: High}   # x
    policies: &p [tiada]
    realizes: *p
    <<: *izin
    ? name
    : "Izin"
    name:\tIzin
    Name: "Izin: dua" # k
  "pajak": {name: Pajak, owner: Bapenda, tags: [a, a], note: "-"}   # alir
  pajak2: { name: 'It''s', # c
    owner: bapnda }
  # spbe: ignore[SPBE5O1]
""".splitlines()


@settings(max_examples=40)
@given(st.lists(st.sampled_from(STYLES), min_size=1, max_size=9), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_lines_that_no_fix_names_stay_whatever_the_style(lines: list[str], newline: str, unsafe: bool) -> None:
    text = newline.join(["services:", "  izin: &izin  # satu", *lines, ""])
    architecture = load_texts([("spbe.yaml", MANIFEST), ("sisa.yaml", REST), ("a.yaml", text)])
    told = Teller(architecture).tell(check_families(architecture))
    edits = [edit for one in told if one.fix is not None for edit in one.fix.edits if edit.path == "a.yaml"]
    was = text.split("\n")
    named = {line for edit in edits for line in was[edit.region.line - 1 : edit.region.end_line + 1]}
    once = mended({"a.yaml": text}, unsafe=unsafe)
    change = once.changes.get("a.yaml")
    now = (change.after.decode() if change else text).split("\n")
    stretches = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    changed = {line for kind, start, end, _, _ in stretches if kind != "equal" for line in was[start:end]}
    brought_to_light = once.fixed > sum(one.fix is not None and (unsafe or one.fix.safe) for one in told)
    assert changed <= named or brought_to_light
