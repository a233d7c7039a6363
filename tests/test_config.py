"""Settings: what the manifest says, what arguments say, and what is wrong with either."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from spbe_arch.checking import check
from spbe_arch.config import select_rules, settle
from spbe_arch.errors import UnknownRuleError
from spbe_arch.findings import Level
from spbe_arch.loader import load_texts
from spbe_arch.messages import Teller

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.config import Settings

HEAD = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\n"
ALONE = "services:\n  izin: {name: Izin Usaha, reference: RAL.01.16}\n"
"""A service that no process defines (SPBE301)."""
TWO_ALIKE = """\
applications:
  a: {name: Sigunturan, reference: RAA.02.02}
  b: {name: Sigunturam, reference: RAA.02.02}
"""


def load(check_settings: str, model: str = ALONE, path: str = "layanan.yaml") -> Architecture:
    return load_texts([("spbe.yaml", HEAD + check_settings), (path, model)])


def settings(check_settings: str, **arguments: object) -> Settings:
    return settle(load(check_settings).manifest, **arguments)[0]  # type: ignore[arg-type]


def said(check_settings: str) -> list[str]:
    """What is found in the manifest, as a line of the concise format."""
    architecture = load(check_settings)
    told = Teller(architecture).tell(
        one for one in check(architecture) if one.place.path == "spbe.yaml" and one.code < "SPBE2"
    )
    return [
        f"{one.spot.region.line}:{one.spot.region.column} {one.code} {one.message}"
        + (f"; {one.suggestion}" if one.suggestion else "")
        for one in told
    ]


# --- each setting, from the manifest and from an argument ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("fail_level", "warning", Level.WARNING),
        ("fail_level", "peringatan", Level.WARNING),
        ("levels", "{SPBE301: galat}", {"SPBE301": Level.ERROR}),
        ("as_of", "2025-06", datetime.date(2025, 6, 30)),
        ("baseline", "dikenal.json", "dikenal.json"),
        ("require_reasons", "true", True),
        ("most_findings", "7", 7),
        ("levels", "{SPBE301: note}", {"SPBE301": Level.NOTE}),
        ("levels", "{service-without-process: error}", {"SPBE301": Level.ERROR}),
        ("parameters", "{SPBE505: {likeness: 90}}", {"SPBE505": {"likeness": 90}}),
    ],
)
def test_a_setting_of_the_manifest_holds(name: str, written: str, value: object) -> None:
    assert getattr(settings(f"check: {{{name}: {written}}}\n"), name) == value


@pytest.mark.parametrize(
    ("name", "written", "argument"),
    [
        ("fail_level", "warning", Level.NOTE),
        ("as_of", "2025-06-01", datetime.date(2027, 1, 1)),
    ],
)
def test_an_argument_wins_over_the_manifest(name: str, written: str, argument: object) -> None:
    assert getattr(settings(f"check: {{{name}: {written}}}\n", **{name: argument}), name) == argument


def test_what_is_selected_runs_and_nothing_else_of_the_other_families() -> None:
    assert {code for code in settings("check: {select: SPBE301}\n").codes if code > "SPBE2"} == {"SPBE301"}


def test_an_argument_replaces_what_the_manifest_selects() -> None:
    chosen = settings("check: {select: SPBE301}\n", select=["SPBE402"]).codes
    assert {code for code in chosen if code > "SPBE2"} == {"SPBE402"}


def test_what_is_ignored_does_not_run() -> None:
    assert "SPBE301" not in settings("check: {ignore: [SPBE3]}\n").codes


def test_an_argument_replaces_what_the_manifest_ignores() -> None:
    assert "SPBE301" in settings("check: {ignore: SPBE301}\n", ignore=["SPBE5"]).codes


def test_a_rule_that_does_not_run_by_default_runs_when_it_is_asked_for() -> None:
    assert "SPBE518" not in settings("").codes
    assert "SPBE518" in settings("check: {extend: SPBE518}\n").codes
    assert "SPBE518" in settings("", extend=["SPBE518"]).codes


def test_a_name_in_another_case_is_the_rule() -> None:
    assert "SPBE301" not in select_rules(ignore=["Service-Without-Process"])


def test_an_argument_that_names_no_rule_is_refused() -> None:
    with pytest.raises(UnknownRuleError, match="SPBE999"):
        select_rules(["SPBE999"])


def test_the_indonesian_name_of_the_key_is_read() -> None:
    assert settings("pemeriksaan: {fail_level: note}\n").fail_level is Level.NOTE


def test_where_a_setting_comes_from_is_known() -> None:
    origins = settings("check: {fail_level: note, ignore: SPBE3}\n", as_of=datetime.date(2026, 1, 1)).origins
    assert origins == {
        "fail_level": "spbe.yaml: check.fail_level",
        "ignore": "spbe.yaml: check.ignore",
        "as_of": "--as-of",
    }


# --- what settings do ----------------------------------------------------------------------------------------


def levels_of(check_settings: str, code: str = "SPBE301") -> list[str]:
    return [finding.level.value for finding in check(load(check_settings)) if finding.code == code]


def test_a_rule_weighs_what_the_settings_say() -> None:
    assert levels_of("check: {levels: {SPBE3: note}}\n") == ["note"]


def test_a_level_that_is_left_blank_changes_nothing() -> None:
    assert said("check: {levels: {SPBE301: }}\n") == []


def test_a_level_decides_whether_the_run_fails() -> None:
    assert not check(load("")).failed
    assert check(load("check: {levels: {SPBE301: error}}\n")).failed


def test_rules_are_left_out_on_a_path() -> None:
    assert levels_of('check: {per_path: {"layanan*": [SPBE301]}}\n') == []


def test_they_hold_on_other_paths() -> None:
    assert levels_of('check: {per_path: {"arsip/*": SPBE301}}\n') == ["warning"]


@pytest.mark.parametrize("rule", ["SPBE0", "SPBE001", "SPBE103"])
def test_what_says_that_something_was_not_read_cannot_be_switched_off(rule: str) -> None:
    broken = "services:\n  izin: [satu\n"
    found = check(load(f'check: {{ignore: {rule}, per_path: {{"*": {rule}}}, levels: {{{rule}: note}}}}\n', broken))
    assert [(one.code, one.level) for one in found if one.code == "SPBE001"] == [("SPBE001", Level.ERROR)]


# --- parameters ----------------------------------------------------------------------------------------------


def alike(parameters: str) -> int:
    model = load(f"check: {{select: SPBE505, parameters: {{SPBE505: {parameters}}}}}\n", TWO_ALIKE)
    return sum(one.code == "SPBE505" for one in check(model))


def test_names_are_alike_from_the_likeness_that_the_settings_say() -> None:
    assert [alike("{likeness: 85}"), alike("{likeness: 99}")] == [1, 0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", 0),
        ("synonyms: {presensi: simasuk}", 1),
        ("synonyms: {simasuk: [absensi, absen wajah]}", 1),
        ("synonyms: {simasuk: , presensi: []}", 0),
        ("fillers: [simasuk, kerja, absensi]", 1),
    ],
)
def test_an_agency_adds_words_that_names_are_compared_by(words: str, found: int) -> None:
    two = "applications:\n  a: {name: Simasuk Kerja Kami}\n  b: {name: Absensi Kerja Kami}\n"
    model = load(f"check: {{select: SPBE505, {words}}}\n", two)
    assert sum(one.code == "SPBE505" for one in check(model)) == found


LIST = """\
{"fields": [{"key": "desa", "phrases": ["buku desa"]}],
 "applications": [{"name": "BUKUDESA", "fields": "desa", "designated": "yes", "names": ["bukudesa"]}]}
"""


def beside_general(table: str | bytes, written: str = "tabel/umum.json", path: str = "tabel/umum.json") -> list[str]:
    """The codes found where the list of national applications is one of the repository."""
    manifest = f"{HEAD}check: {{select: SPBE503, tables: {{national_applications: {written}}}}}\n"
    model = "applications: {a: {name: Buku Desa Digital}, b: {name: E-Persuratan}}\n"
    return [one.code for one in check(load_texts([("spbe.yaml", manifest), ("m.yaml", model), (path, table)]))]


def test_a_list_of_the_repository_takes_the_place_of_the_one_of_national_applications() -> None:
    assert beside_general(LIST) == ["SPBE503"]


def test_a_list_in_yaml_is_no_file_of_the_model() -> None:
    assert beside_general(LIST, "umum.yaml", "umum.yaml") == ["SPBE503"]


@pytest.mark.parametrize(
    ("table", "written", "code"),
    [
        (LIST, "tiada.json", "SPBE018"),
        (LIST, "../umum.json", "SPBE018"),
        (LIST, "/etc/passwd", "SPBE018"),
        ("", "tabel/umum.json", "SPBE018"),
        ("[]", "tabel/umum.json", "SPBE105"),
        ('{"fields": [], "applications": [1]}', "tabel/umum.json", "SPBE105"),
        ('{"fields": [{"kunci": "x"}], "applications": []}', "tabel/umum.json", "SPBE105"),
        ('{"fields": [{"key": {}}], "applications": []}', "tabel/umum.json", "SPBE105"),
        ('{"fields": [', "tabel/umum.json", "SPBE001"),
        (b"\xff\xfe\x00", "tabel/umum.json", "SPBE003"),
        (b"\x80", "tabel/umum.json", "SPBE002"),
    ],
)
def test_a_list_that_cannot_be_read_is_a_finding(table: str | bytes, written: str, code: str) -> None:
    assert code in beside_general(table, written)


# --- what is wrong with settings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check_settings", "expected"),
    [
        ("check:\n  ignor: [SPBE5]\n", "5:3 SPBE103 the manifest has no field 'ignor'; ignore"),
        ("check:\n  ignore: [SPBE5, SPBE3O1]\n", "5:19 SPBE140 there is no rule 'SPBE3O1'; SPBE301"),
        (
            "check:\n  select:\n    - SPBE3\n    -\n    - service-without-proces\n",
            "8:7 SPBE140 there is no rule 'service-without-proces'; service-without-process",
        ),
        ("check:\n  extend: tiada\n", "5:11 SPBE140 there is no rule 'tiada'"),
        (
            "check:\n  fail_level: warnin\n",
            "5:15 SPBE106 'warnin' is not one of the values error, warning, note; warning",
        ),
        (
            "check:\n  levels: {SPBE301: eror}\n",
            "5:21 SPBE106 'eror' is not one of the values error, warning, note; error",
        ),
        ("check:\n  levels: {SPBE3O1: note}\n", "5:12 SPBE140 there is no rule 'SPBE3O1'; SPBE301"),
        ("check:\n  levels: [SPBE301]\n", "5:3 SPBE105 a list stands where a mapping is expected"),
        ("check:\n  as_of: 01/06/2025\n", "5:10 SPBE112 '01/06/2025' is not a date"),
        ("check:\n  most_findings: banyak\n", "5:18 SPBE111"),
        ("check:\n  most_findings: -1\n", "5:18 SPBE111"),
        ("check:\n  require_reasons: barangkali\n", "5:20 SPBE106"),
        (
            "check:\n  parameters: {SPBE505: {likenes: 90}}\n",
            "5:26 SPBE103 SPBE505 has no field 'likenes'; likeness",
        ),
        ("check:\n  parameters: {SPBE505: {likeness: tinggi}}\n", "5:36 SPBE111"),
        ("check:\n  parameters: {SPBE505: {likeness: 5}}\n", "5:36 SPBE111"),
        ("check:\n  parameters: {SPBE505: {likeness: 101}}\n", "5:36 SPBE111"),
        ("check:\n  parameters: {SPBE505: 90}\n", "5:25 SPBE105"),
        ("check:\n  parameters: {SPBE001: {apa: 1}}\n", "5:26 SPBE103 SPBE001 has no field 'apa'"),
        ('check:\n  per_path: {"*": [SPBE3, SPBE3O1]}\n', "5:27 SPBE140 there is no rule 'SPBE3O1'; SPBE301"),
        ("check: [SPBE301]\n", "4:8 SPBE105"),
        ("check:\n  synonyms: [presensi]\n", "5:3 SPBE105"),
        ("check:\n  synonyms: {presensi: {a: b}}\n", "5:14 SPBE105"),
        ("check:\n  tables: {national_aplications: x.json}\n", "5:12 SPBE103"),
        ("check:\n  tables: {national_applications: x.json}\n", "5:35 SPBE018"),
    ],
)
def test_a_wrong_setting_is_one_finding_where_it_stands(check_settings: str, expected: str) -> None:
    [line] = said(check_settings)
    assert line.startswith(expected)


@pytest.mark.parametrize("key", ["select", "ignore", "extend", "levels", "parameters", "per_path", "as_of", "baseline"])
def test_a_setting_that_is_left_blank_is_not_set(key: str) -> None:
    assert said(f"check:\n  {key}:\n") == []


def test_parameters_of_a_family_are_those_of_its_rules() -> None:
    assert settings("check: {parameters: {SPBE5: {likeness: 90}}}\n").parameters == {
        code: {"likeness": 90} for code in ("SPBE505", "SPBE519")
    }


def test_a_broken_line_at_the_end_hides_no_fault_of_the_settings_above() -> None:
    assert [line.split()[1] for line in said("check:\n  ignor: SPBE5\n  as_of: 2026")] == ["SPBE103", "SPBE021"]
