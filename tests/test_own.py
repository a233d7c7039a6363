"""Own rules: what is told about mistakes in them, what their conditions mean, and where they hold."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from spbe_arch import own, paths
from spbe_arch.baseline import read_baseline, written
from spbe_arch.catalogue import declared
from spbe_arch.checking import Findings, check
from spbe_arch.config import find_rule, rules_of
from spbe_arch.loader import load_texts, read_file
from spbe_arch.messages import Teller
from spbe_arch.metamodel import types
from spbe_arch.nodes import Mapping, plain, read
from spbe_arch.own.naming import indonesian_words
from spbe_arch.pages import list_as_json, page_as_text
from spbe_arch.proving import prove
from spbe_arch.schema import json_schema
from tests.written import SCALARS

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nperiod: 2025-2029\ncheck: {as_of: 2026-11-01}\n"

MODEL = """\
units:
  dinas: {name: Dinas, kind: office}
  bidang: {name: Bidang, kind: division, parent: dinas}
  badan: {name: Badan, kind: body}
services:
  izin: {name: Izin, method: electronic, targets: [public, business], reference: RAL.01.16.01, owner: dinas}
  pajak: {name: Pajak, method: face_to_face, owner: badan}
facilities:
  pusat: {name: Pusat Data, manager: badan}
servers:
  satu: {name: Server Satu, facility: pusat, owner: bidang}
  dua: {name: Server Dua}
applications:
  sim: {name: SIM 01, supports: [izin, pajak], runs_on: satu, since: 2025, until: 2027, license_until: 2026-05}
  lama: {name: Aplikasi Lama, supports: pajak, runs_on: [satu, dua], since: 2029, until: 2027, active: no, users: 30}
  kosong: {name: Portal}
"""


def findings(rule: str, model: str = MODEL, manifest: str = MANIFEST) -> Findings:
    """What is found in a model with one own rule."""
    texts = [("spbe.yaml", manifest), ("aturan.yaml", f"rules:\n  contoh: {rule}\n"), ("model.yaml", model)]
    return check(load_texts(texts), select=["kab-contoh/", "SPBE168"])


def named(condition: str, section: str = "applications", model: str = MODEL) -> set[str | None]:
    """The elements that fulfil a condition."""
    found = findings(f"{{for: {section}, forbid: {condition}, message: a}}", model)
    assert {one.code for one in found} <= {"kab-contoh/contoh"}, [one.fault.values for one in found]
    return {one.place.element for one in found}


# --- what conditions mean ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{since: any}", ["sim", "lama"]),
        ("{since: none}", ["kosong"]),
        ("{runs_on: none}", ["kosong"]),
        ("{name: Portal}", ["kosong"]),
        ("{name: [Portal, SIM 01]}", ["sim", "kosong"]),
        ("{name: {is_not: Portal}}", ["sim", "lama"]),
        ("{name: {starts: sim}}", ["sim"]),
        ("{name: {ends: LAMA}}", ["lama"]),
        ("{name: {contains: [ort, lama]}}", ["lama", "kosong"]),
        ("{name: {like: '^[A-Z]+ [0-9]{2}$'}}", ["sim"]),
        ("{id: {starts: la}}", ["lama"]),
        ("{type: applications, active: no}", ["lama"]),
        ("{users: {at_least: 30, less_than: 31}}", ["lama"]),
        ("{users: {more_than: 30}}", []),
        ("{license_until: {less_than: today}}", ["sim"]),
        ("{license_until: {at_least: 2026}}", ["sim"]),
        ("{license_until: {less_than: 2026}}", []),
        ("{license_until: {at_most: 2026-05}}", ["sim"]),
        ("{license_until: {more_than: 2026-05-31}}", []),
        ("{since: {at_least: today}}", ["lama"]),
        ("{since: {more_than: {field: until}}}", ["lama"]),
        ("{supports: pajak, runs_on: {is_not: dua}}", ["sim"]),
        ("{supports: {method: electronic}}", ["sim"]),
        ("{supports: {count: 2}}", ["sim"]),
        ("{supports: {method: electronic, count: {at_most: 0}}}", ["lama", "kosong"]),
        ("{runs_on: {each: {facility: any}}}", ["sim", "kosong"]),
        ("{supports.owner: badan}", ["sim", "lama"]),
        ("{supports.owner: {count: {at_least: 2}}}", ["sim"]),
        ("{runs_on.owner: {under: dinas}}", ["sim", "lama"]),
        ("{runs_on.owner.parent+.kind: office}", ["sim", "lama"]),
        ("{runs_on.facility: none}", ["kosong"]),
        ("{runs_on.facility.manager: {is: {field: supports.owner}}}", ["sim", "lama"]),
        ("{runs_on.name: {starts: Server D}}", ["lama"]),
        ("{any: [{since: none}, {users: 30}]}", ["lama", "kosong"]),
        ("{all: [{since: any}, {users: 30}]}", ["lama"]),
        ("{not: {any: [{since: none}, {users: 30}]}}", ["sim"]),
        ("{mendukung: {metode: elektronik}, bukan: {sejak: kosong}}", ["sim"]),
    ],
)
def test_a_condition_holds_for(condition: str, expected: list[str]) -> None:
    assert named(condition) == set(expected)


@pytest.mark.parametrize(
    ("section", "condition", "expected"),
    [
        ("services", "{supported_by: {users: any}}", ["pajak"]),
        ("services", "{targets: {count: 2}}", ["izin"]),
        ("services", "{targets: {is: public, count: 1}}", ["izin"]),
        ("services", "{reference: {under: RAL.01.16}}", ["izin"]),
        ("services", "{reference: {starts: RAL.01.1}}", ["izin"]),
        ("units", "{parent: dinas}", ["bidang"]),
        ("units", "{id: bidang, owns: satu}", ["bidang"]),
        ("[servers, facilities]", "{owner: any}", ["satu"]),
        ("all", "{name: {starts: Server}}", ["satu", "dua"]),
        ("infrastructure", "{type: servers}", ["satu", "dua"]),
    ],
)
def test_a_condition_on_other_types_holds_for(section: str, condition: str, expected: list[str]) -> None:
    assert named(condition, section) == set(expected)


def test_a_part_of_a_source_has_a_path() -> None:
    model = "services:\n  a: {name: A, source: {confidence: low}}\n  b: {name: B, source: {confidence: high}}\n"
    assert named("{source.confidence: [low, medium]}", "services", model) == {"a"}


def test_where_narrows_and_require_demands() -> None:
    found = findings("{for: applications, where: {supports: any}, require: {users: any}, message: a}")
    assert [one.place.element for one in found] == ["sim"]


def test_an_alias_stands_for_its_element() -> None:
    model = "units: {dinas: {name: Dinas, aliases: kominfo}}\nservices: {a: {name: A, owner: dinas}}\n"
    assert named("{owner: kominfo}", "services", model) == {"a"}


# --- what is not known ----------------------------------------------------------------------------------------


def test_a_broken_link_is_undecided() -> None:
    model = MODEL.replace("supports: pajak", "supports: pajk")
    found = findings("{for: applications, require: {supports: {method: electronic}}, message: a}", model)
    assert [one.place.element for one in found] == ["kosong"]
    assert found.summary.undecided == 1


def test_a_broken_fact_does_not_matter_where_another_decides() -> None:
    model = MODEL.replace("supports: pajak", "supports: pajk")
    assert named("{any: [{supports.method: electronic}, {users: 30}]}", model=model) == {"sim", "lama"}


def test_nothing_is_known_of_an_agency_that_is_not_loaded() -> None:
    model = "agencies: {kementerian: {name: K, kind: ministry}}\nservices: {a: {name: A, processes: kementerian/p}}\n"
    found = findings("{for: services, require: {processes.owner: any}, message: a}", model)
    assert (len(found), found.summary.undecided) == (0, 0)
    assert named("{processes: kementerian/p}", "services", model) == {"a"}


def test_a_last_line_that_may_be_cut_off_is_judged_in_both_cases() -> None:
    rules = OFFICES + "  bernama: {for: services, forbid: {name: any}, message: a}\n"
    texts = [("spbe.yaml", MANIFEST), ("aturan.yaml", rules), ("model.yaml", "services: {a: {name: A}}")]
    found = check(load_texts(texts), select=["kab-contoh/bernama"])
    assert [one.code for one in found] == ["SPBE021", "kab-contoh/bernama"]


# --- mistakes in rules ----------------------------------------------------------------------------------------

OFFICES = "rules:\n  pemilik: {for: services, require: {owner: any}, message: a}\n"


@pytest.mark.parametrize(
    "text",
    [
        """
        rules:
          tanpa-isi:                                # expect: SPBE160 SPBE160 SPBE160
            level: note
          kosong:                                   # expect: SPBE160
          Tidak Sah:                                # expect: SPBE167
            for: services
            require: {owner: any}
            message: a
          daftar: [a]                               # expect: SPBE163
          teks: a                                   # expect: SPBE163
        """,
        """
        rules:
          kunci:
            for: services
            requires: {owner: any}                  # expect: SPBE161
            require: {owner: any}
            message: a
            level: berat                            # expect: SPBE163
            basis: {a: b}                           # expect: SPBE163
            allow: mungkin                          # expect: SPBE163
            wrong: a                                # expect: SPBE163
            pesan: b                                # expect: SPBE013
            fix: {de: a}                            # expect: SPBE161
          tanpa-pesan:                              # expect: SPBE160
            for: services
            require: {owner: any}
            message: {en: }
        """,
        """
        rules:
          jenis:
            for: [services, serverr]                # expect: SPBE163
            require: {owner: any}
            message: a
          jenis-lain:
            for: {a: b}                             # expect: SPBE163
            require: {owner: any}
            message: a
          lapis:
            for: infrastructure
            require: {facility: any}                # expect: SPBE162
            message: a
        """,
        """
        rules:
          syarat:
            for: applications
            message: a
            where:
              ownr: any                             # expect: SPBE162
              supports.processes.suports: any       # expect: SPBE162
              name.owner: any                       # expect: SPBE163
              runs_on+: any                         # expect: SPBE163
              supports.owner.owns.owner.owns.owner.owns.owner.name: a     # expect: SPBE163
            require:
              status: baru sekali                   # expect: SPBE163
              since: "20x7"                         # expect: SPBE163
              users: {at_least: banyak}             # expect: SPBE163
              name: {at_least: 3}                   # expect: SPBE163
              reference: RAB.01.01                  # expect: SPBE163
              owner: {at_least: dinas}              # expect: SPBE162
              runs_on: {under: satu}                # expect: SPBE163
              active: {starts: a}                   # expect: SPBE163
              urls: {count: {at_least: 3, at_most: 2}}    # expect: SPBE163
              supports: {count: -1}                 # expect: SPBE163
              supports.name: {count: 2}             # expect: SPBE163
              since: {less_than: {field: name}}     # expect: SPBE013
        """,
        """
        rules:
          syarat:
            for: applications
            message: a
            forbid:
              all: []                               # expect: SPBE163
              any: [{a: any}, {b: any}, {owner: any}]   # expect: SPBE162 SPBE162
              not: {}                               # expect: SPBE163
              since: {less_than: {field: name}}     # expect: SPBE163
              until: {is: {fild: since}}            # expect: SPBE161
              users: {less_than: today}             # expect: SPBE163
              name: {sounds: a}                     # expect: SPBE161
              supports: {}                          # expect: SPBE163
              reads: []                             # expect: SPBE163
              writes: [[a]]                         # expect: SPBE163
              urls: {}                              # expect: SPBE163
              tags: {is: }                          # expect: SPBE163
        """,
        """
        rules:
          pesan:
            for: services
            require: {owner: any}
            message: "{nme}"                        # expect: SPBE166
          pesan-lain:
            for: services
            require: {owner: any}
            message:
              en: "{owner.name} {id} {{name}} {element}"
              id: "{pemilik.nma} {"                 # expect: SPBE166 SPBE166
        """,
    ],
    ids=lambda text: text.split()[1],
)
def test_a_mistake_in_a_rule_is_told_where_it_stands(text: str) -> None:
    text = text.replace("\n        ", "\n").lstrip("\n")
    lines = enumerate(text.splitlines(), 1)
    expected = [(number, code) for number, line in lines for code in re.findall(r"SPBE\d{3}", line.partition("#")[2])]
    faults = read_file("aturan.yaml", text).faults
    assert sorted((fault.place.region.line, fault.code) for fault in faults if fault.place.region) == expected


@pytest.mark.parametrize(
    ("rule", "near"),
    [
        ("{for: servicess, require: {owner: any}, message: a}", "services"),
        ("{for: services, reqire: {owner: any}, message: a}", "require"),
        ("{for: services, require: {ownr: any}, message: a}", "owner"),
        ("{for: services, require: {supported_bi: any}, message: a}", "supported_by"),
        ("{for: services, require: {method: electronik}, message: a}", "electronic"),
        ("{for: services, require: {owner: any}, message: '{nme}'}", "name"),
        ("{for: services, require: {name: {contain: a}}, message: a}", "contains"),
    ],
)
def test_what_was_meant_is_proposed(rule: str, near: str) -> None:
    faults = read_file("aturan.yaml", f"rules:\n  contoh: {rule}\n").faults
    assert [fault.suggestion.text for fault in faults if fault.suggestion] == [near]


def test_a_rule_with_a_mistake_is_not_run_and_known_by_its_name() -> None:
    manifest = MANIFEST.replace("check: {", "check: {ignore: [contoh], ")
    found = findings("{for: services, require: {ownr: any}, message: a}", manifest=manifest)
    assert [one.code for one in found] == ["SPBE162"]


def test_an_element_that_a_rule_names_must_exist() -> None:
    [finding] = findings("{for: services, require: {owner: dians}, message: a}")[:1]
    assert (finding.code, finding.fault.suggestion and finding.fault.suggestion.text) == ("SPBE168", "dinas")


def test_a_pattern_must_be_one_of_re2() -> None:
    [finding] = findings("{for: services, forbid: {name: {like: '(?=a)'}}, message: a}")
    assert (finding.code, finding.place.path) == ("SPBE164", "aturan.yaml")


def test_without_the_engine_rules_with_patterns_are_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "re2", None)
    text = "rules:\n" + "".join(
        f"  {id}: {{for: services, forbid: {{name: {{like: '{id}'}}}}, message: a}}\n" for id in ("satu", "dua")
    )
    assert [one.code for one in check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)]))][:1] == ["SPBE165"]


@pytest.mark.parametrize("taken", ["unused-data", "spbe301", "spbe3", "pemilik"])
def test_an_id_that_is_taken_is_told(taken: str) -> None:
    second = OFFICES.replace("pemilik:", f"{taken}:")
    texts = [("spbe.yaml", MANIFEST), ("a.yaml", OFFICES), ("b.yaml", second)]
    found = check(load_texts(texts), select=["kab-contoh/"])
    assert [(one.code, one.place.path) for one in found] == [("SPBE167", "b.yaml")]


def test_no_mistake_in_a_rule_can_be_ignored() -> None:
    codes = [code for code in declared() if "SPBE160" <= code <= "SPBE169"]
    assert [code for code in codes if not declared()[code].always] == ["SPBE168"]


def test_a_rule_behind_a_fault_of_the_text_is_not_told_to_be_incomplete() -> None:
    text = OFFICES + "  lain:\n    for: services\n    require: {owner: any\n"
    assert {fault.code[:5] for fault in read_file("a.yaml", text).faults} == {"SPBE0"}


def test_a_rule_that_is_cut_off_is_not_told_to_be_incomplete() -> None:
    assert [one.code for one in read_file("a.yaml", OFFICES + "  lain:\n    for: services").faults] == ["SPBE020"]


def test_names_of_rules_that_may_be_lost_are_not_told_to_be_unknown() -> None:
    manifest = MANIFEST.replace("check: {", "check: {ignore: [lain], ")
    texts = [("spbe.yaml", manifest), ("a.yaml", OFFICES + "  lain: {for: [\n")]
    assert {one.code[:5] for one in check(load_texts(texts))} == {"SPBE0"}


# --- data ------------------------------------------------------------------------------------------------------


def test_what_a_file_says_of_rules_can_be_sent_between_processes() -> None:
    result = read_file("README.md", example_texts("README.md")[0])
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own


def test_the_same_text_gives_the_same_whether_or_not_there_is_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "rules:\n  a: {for: services, forbid: {name: {like: '('}}, message: a}\n"
    before = read_file("a.yaml", text)
    monkeypatch.setitem(__import__("sys").modules, "re2", None)
    assert read_file("a.yaml", text) == before


# --- where and how rules hold ---------------------------------------------------------------------------------

MEMBER = "version: 1\nagency: kab-anggota\nname: Kabupaten Anggota\n"


def federation(rules: dict[str, str]) -> list[tuple[str, str | None]]:
    services = "services:\n  layanan: {name: Layanan}\n"
    texts = {
        "spbe.yaml": MANIFEST + "members: [anggota]\n",
        "model.yaml": services,
        "anggota/spbe.yaml": MEMBER,
        "anggota/model.yaml": services,
        **rules,
    }
    found = check(load_texts(texts.items()), select=["pemilik"])
    return [(one.code, one.place.path) for one in found]


def test_a_rule_holds_in_its_repository_and_in_members_below() -> None:
    code = "kab-contoh/pemilik"
    assert federation({"aturan.yaml": OFFICES}) == [(code, "anggota/model.yaml"), (code, "model.yaml")]


def test_the_rule_of_a_member_holds_in_it_alone() -> None:
    assert federation({"anggota/aturan.yaml": OFFICES}) == [("kab-anggota/pemilik", "anggota/model.yaml")]


def test_a_name_stands_for_the_rules_of_all_agencies_that_have_it() -> None:
    found = federation({"aturan.yaml": OFFICES, "anggota/aturan.yaml": OFFICES})
    assert {code for code, _ in found} == {"kab-contoh/pemilik", "kab-anggota/pemilik"}


OWNED = {"spbe.yaml": MANIFEST, "aturan.yaml": OFFICES, "model.yaml": "services:\n  a: {name: A}\n"}


@pytest.mark.parametrize(
    "name", ["pemilik", "kab-contoh/pemilik", "Kab-Contoh/Pemilik", "kab-contoh/", "kab-contoh/pem"]
)
def test_a_rule_is_selected_by_name_code_or_the_beginning_of_one(name: str) -> None:
    assert [one.code for one in check(load_texts(OWNED.items()), select=[name])] == ["kab-contoh/pemilik"]


@pytest.mark.parametrize("name", ["pemilik", "kab-contoh/pemilik", "kab-contoh/"])
def test_a_rule_is_ignored_by_name_code_or_the_beginning_of_one(name: str) -> None:
    assert "kab-contoh/pemilik" not in {one.code for one in check(load_texts(OWNED.items()), ignore=[name])}


def test_settings_change_the_level() -> None:
    manifest = MANIFEST.replace("check: {", "check: {levels: {pemilik: error}, ")
    [finding] = check(load_texts({**OWNED, "spbe.yaml": manifest}.items()), select=["pemilik"])
    assert finding.level.value == "error"


def test_settings_leave_a_rule_out_in_some_files() -> None:
    manifest = MANIFEST.replace("check: {", "check: {per_path: {'mod*': [kab-contoh/pemilik]}, ")
    assert list(check(load_texts({**OWNED, "spbe.yaml": manifest}.items()), select=["pemilik"])) == []


@pytest.mark.parametrize("name", ["pemilik", "kab-contoh/pemilik"])
@pytest.mark.parametrize(
    "form", ["  a: {{name: A}}  # spbe: ignore[{name}] nanti", "  a: {{name: A, allow: {{{name}: b}}}}"]
)
def test_a_comment_and_a_justification_silence_a_rule(form: str, name: str) -> None:
    texts = {**OWNED, "model.yaml": "services:\n" + form.format(name=name) + "\n"}
    assert [one.code for one in check(load_texts(texts.items()), select=["pemilik", "SPBE134", "SPBE14"])] == []


def test_a_rule_may_refuse_justifications() -> None:
    rule = OFFICES.replace("message: a", "message: a, allow: no")
    model = "services:\n  a: {name: A, allow: {pemilik: b}}\n"
    texts = {**OWNED, "aturan.yaml": rule, "model.yaml": model}
    found = check(load_texts(texts.items()), select=["pemilik", "SPBE134"])
    assert {one.code for one in found} == {"kab-contoh/pemilik", "SPBE134"}


def test_a_baseline_knows_a_finding_whatever_the_message_says() -> None:
    architecture = load_texts(OWNED.items())
    known = read_baseline(written(architecture, check(architecture, select=["pemilik"])).encode(), "a")
    reworded = load_texts({**OWNED, "aturan.yaml": OFFICES.replace("message: a", "message: b")}.items())
    assert list(check(reworded, select=["pemilik"], baseline=known)) == []


def test_the_finding_stands_where_a_person_types_the_fix() -> None:
    [finding] = findings("{for: services, require: {method: electronic}, message: a}")
    assert (finding.place.element, finding.place.field) == ("pajak", "method")


# --- messages and pages ---------------------------------------------------------------------------------------


def message(text: str, language: str = "en", model: str = MODEL) -> str:
    found = findings(f"{{for: applications, where: {{id: lama}}, forbid: {{name: any}}, message: {text}}}", model)
    [told] = Teller(found.architecture, language).tell(found)
    return told.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'{name} {nama} {id}'", "Aplikasi Lama Aplikasi Lama lama"),
        ("'{runs_on.name}'", "Server Satu, Server Dua"),
        ("'{runs_on}'", "kab-contoh/satu, kab-contoh/dua"),
        ("'{owner.name}'", "-"),
        ("'{element}'", "application 'lama'"),
        ("'{since} {license_until} {active}'", "2029 - no"),
        ("'{{name}} }}'", "{name} }"),
        ("{en: in English, id: dalam bahasa Indonesia}", "in English"),
    ],
)
def test_fields_in_braces_are_put_in(text: str, expected: str) -> None:
    assert message(text) == expected


def test_a_message_is_in_the_language_of_the_reader() -> None:
    assert message("{en: 'see {element}', id: 'lihat {elemen}'}", "id") == "lihat aplikasi 'lama'"


def test_many_values_are_cut_short() -> None:
    services = "".join(f"  s{number}: {{name: S{number}}}\n" for number in range(5))
    model = f"services:\n{services}applications:\n  lama: {{name: A, supports: [s0, s1, s2, s3, s4]}}\n"
    assert message("'{supports.name}'", model=model) == "S0, S1, S2, 2 more"


def test_what_is_not_known_is_a_question_mark() -> None:
    assert message("'{runs_on.name}'", model=MODEL.replace("[satu, dua]", "[satu, dau]")) == "?"


PAGE = """\
rules:
  pemilik:
    for: services
    require: {owner: any}
    message: a
    title: {en: No owner., id: Tanpa pemilik.}
    why: Nobody answers for it.
    fix: Name the owner.
    basis: Perbup 1/2026
    wrong: {services: {a: {name: A}}}
    right: {services: {a: {name: A, owner: b}}, units: {b: {name: B}}}
"""


def test_a_rule_has_a_page() -> None:
    rules = rules_of(load_texts([("spbe.yaml", MANIFEST), ("aturan.yaml", PAGE)]))
    assert page_as_text(find_rule("pemilik", rules), "id").splitlines() == [
        "kab-contoh/pemilik pemilik (peringatan)",
        "",
        "Tanpa pemilik.",
        "",
        "Mengapa penting:",
        "    Nobody answers for it.",
        "",
        "Salah:",
        "    services:",
        "      a:",
        "        name: A",
        "",
        "Benar:",
        "    services:",
        "      a:",
        "        name: A",
        "        owner: b",
        "    units:",
        "      b:",
        "        name: B",
        "",
        "Cara memperbaiki:",
        "    Name the owner.",
        "",
        "Dasar:",
        "    Perbup 1/2026",
        "",
        "Diredam oleh justifikasi di 'izinkan' pada elemen",
        "",
        "Aturan milik instansi, tertulis di aturan.yaml",
    ]


def test_own_rules_are_in_the_list() -> None:
    rules = rules_of(load_texts([("spbe.yaml", MANIFEST), ("aturan.yaml", PAGE)]))
    assert '"code": "kab-contoh/pemilik"' in list_as_json(rules)


# --- examples --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "failed"),
    [
        ("", "", []),
        ("wrong: {services: {a: {name: A}}}", "wrong: {services: {a: {name: A, owner: b}}}", ["wrong"]),
        ("owner: b}}, units", "owner: }}, units", ["right"]),
        ("wrong: {services: {a: {name: A}}}", "wrong: {services: {a: {nama: A, nme: B}}}", ["wrong"]),
        ("wrong: {services: {a: {name: A}}}", "wrong: {}", ["wrong"]),
    ],
)
def test_an_example_that_does_not_hold_is_told(old: str, new: str, failed: list[str]) -> None:
    [proof] = prove(load_texts([("spbe.yaml", MANIFEST), ("aturan.yaml", PAGE.replace(old, new))]))[0]
    assert [example.heading for example in proof.examples if not example.holds] == failed


# --- the written grammar ----------------------------------------------------------------------------------------

FOLDER = Path(own.__file__).parent
PAGES = ["README.md", "README.id.md"]


def example_texts(page: str) -> list[str]:
    """The rules that a page shows."""
    blocks = re.findall(r"```yaml\n(.*?)```", (FOLDER / page).read_text("utf-8"), re.DOTALL)
    return [block for block in blocks if block.startswith(("rules:", "aturan:"))]


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_the_grammar_hold(page: str) -> None:
    for text in example_texts(page):
        proofs, faults = prove(load_texts([("spbe.yaml", MANIFEST), ("aturan.yaml", text)]))
        assert faults == []
        assert [proof.entry.code for proof in proofs if proof.failed or len(proof.examples) < 2] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("words", [own.KEYS, own.CONDITIONS, own.COMPARISONS])
def test_the_grammar_lists_every_word_in_both_languages(page: str, words: dict[str, str]) -> None:
    text = (FOLDER / page).read_text("utf-8")
    rows = [f"| `{a}` | `{b}` |" if page == "README.md" else f"| `{b}` | `{a}` |" for a, b in words.items()]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_grammar_names_the_other_words(page: str) -> None:
    text = (FOLDER / page).read_text("utf-8")
    pairs = [*own.VALUES.items(), *paths.MANY_TYPES.items(), *own.LEVELS.items(), own.TODAY, own.FIELD]
    assert [word for pair in pairs for word in pair if not re.search(rf"[`{{]{word}[`:]", text)] == []


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("page", PAGES)
def test_the_schema_admits_the_examples_of_the_grammar(page: str, language: str) -> None:
    validator = Draft7Validator(json_schema(language))
    for text in example_texts(page):
        assert [error.message for error in validator.iter_errors(yaml.load(text, yaml.BaseLoader))] == []  # noqa: S506


@pytest.mark.parametrize(
    "rule",
    [
        "{for: servicess}",
        "{untuk: layanan, wajibkan: {pemilik: ada}}",
        "{for: services, level: berat}",
        "{for: services, require: {Owner: any}}",
        "{for: services, require: {not: any}}",
        "{for: services, wrong: {servicess: {}}}",
    ],
)
def test_the_schema_underlines_a_mistake(rule: str) -> None:
    model = yaml.load(f"rules: {{contoh: {rule}}}", yaml.BaseLoader)  # noqa: S506 - texts only
    assert not Draft7Validator(json_schema("en")).is_valid(model)


def test_no_word_is_the_name_of_a_field() -> None:
    words = {word for some in (own.CONDITIONS, own.COMPARISONS) for pair in some.items() for word in pair}
    names = {name for info in types().values() for name in info.spellings}
    names |= {
        name for info in types().values() for end in info.inverses.values() for name in (end.name, end.indonesian)
    }
    assert words & names == set()


def test_a_rule_in_indonesian_names_means_the_same() -> None:
    text = """\
rules:
  contoh:
    for: [applications, exchanges]
    where: {status: [new, upgrade], any: [{owner.parent+.kind: office}, {related: {type: servers, count: 1}}]}
    forbid: {owner: {each: {kind: division}, name: {like: a}}}
    message: "{name} of {owner.name}"
    level: error
"""
    root = read("", text).root
    assert isinstance(root, Mapping)
    section = root.items["rules"][1]
    assert isinstance(section, Mapping)
    lines = text.split("\n")
    words = sorted(indonesian_words(section.items["contoh"][1]), key=lambda pair: (-pair[0].line, -pair[0].column))
    for node, word in words:
        line = lines[node.line]
        lines[node.line] = line[: node.column] + word + line[node.end_column :]
    [one], [other] = (read_file("a.yaml", written).own_rules for written in (text, "\n".join(lines)))
    assert "untuk: [aplikasi, pertukaran]" in "\n".join(lines)
    assert other == one._replace(patterns=other.patterns)


# --- anything at all ---------------------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        *own.KEYS,
        *own.KEYS.values(),
        *own.CONDITIONS,
        *own.COMPARISONS,
        *own.COMPARISONS.values(),
        *("services", "all", "any", "none", "today", "owner", "owner.parent+.kind", "supports", "processes", "source"),
        *(
            "name",
            "{name}",
            "{owner",
            "}",
            "{0.__class__}",
            "a.b",
            ".",
            "+",
            "method",
            "electronic",
            "field",
            "en",
            "id",
        ),
    ]
)
_LEAVES = st.one_of(_WORDS, SCALARS)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_LEAVES, inner, max_size=4)),
    max_leaves=12,
)
_RULES = st.fixed_dictionaries(
    {"for": st.one_of(st.just("all"), st.just("services"), _TREES)},
    optional=dict.fromkeys(
        ("where", "require", "forbid", "message", "wrong", "right", "level", "why", "basis"), _TREES
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_TREES, st.dictionaries(st.one_of(st.just("contoh"), _LEAVES), st.one_of(_RULES, _TREES), max_size=3)))
def test_whatever_stands_under_rules_gives_findings(tree: object) -> None:
    text = yaml.safe_dump({"rules": tree}, allow_unicode=True)
    architecture = load_texts([("spbe.yaml", MANIFEST), ("aturan.yaml", text), ("model.yaml", MODEL)])
    found = check(architecture, select=["SPBE0"])
    Teller(architecture, "id").tell(found)
    prove(architecture)


@settings(max_examples=100, deadline=None)
@given(_TREES)
@example({"for": "\xa0"})
def test_whatever_stands_in_an_example_holds_or_not(tree: object) -> None:
    text = yaml.safe_dump({"rules": {"contoh": {"wrong": tree}}}, allow_unicode=True)
    [rule] = read_file("a.yaml", text).own_rules
    node = read("", own.as_yaml(rule.wrong)).root
    assert rule.wrong is None or plain(node or Mapping(0, 0)) == rule.wrong
