"""The reference tables as shipped, their extension by an agency, and codes as people write them."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch.metamodel import references
from spbe_arch.metamodel.references import PREFIXES, CodeFault, OwnCode, ParsedCode, parse_code, table

# The tables


@pytest.mark.parametrize(
    ("prefix", "per_level"),
    [
        ("RAB", {1: 9, 2: 45, 3: 304}),
        ("RAL", {1: 2, 2: 53, 3: 302}),
        ("RAD", {1: 10, 2: 49, 3: 305}),
        ("RAA", {1: 2, 2: 4}),
        ("RAI", {1: 3, 2: 7, 3: 4, 4: 3}),
        ("RAK", {1: 3, 2: 9}),
    ],
)
def test_the_tables_hold_the_codes_of_the_regulation(prefix: str, per_level: dict[int, int]) -> None:
    assert Counter(entry.level for entry in table(prefix).entries) == per_level


@pytest.mark.parametrize("prefix", PREFIXES)
class TestEveryTable:
    def test_codes_follow_the_grammar(self, prefix: str) -> None:
        assert [code for code in table(prefix) if not re.fullmatch(rf"{prefix}(\.[0-9]{{2}}){{1,7}}", code)] == []

    def test_the_level_is_the_number_of_pairs(self, prefix: str) -> None:
        assert [e.code for e in table(prefix).entries if e.level != len(e.code.split(".")) - 1] == []

    def test_every_parent_is_an_entry(self, prefix: str) -> None:
        tree = table(prefix)
        assert [e.code for e in tree.entries if e.level > 1 and tree.parent(e.code) is None] == []

    def test_codes_come_in_order(self, prefix: str) -> None:
        assert list(table(prefix)) == sorted(table(prefix))

    def test_names_stand_in_both_languages(self, prefix: str) -> None:
        assert [e.code for e in table(prefix).entries if not (e.name("id").strip() and e.name("en").strip())] == []

    def test_sources_are_explained_and_confidence_is_one_of_three(self, prefix: str) -> None:
        explained = table(prefix).sources.keys()
        assert [e.code for e in table(prefix).entries if not (e.sources and set(e.sources) <= explained)] == []
        assert {e.confidence for e in table(prefix).entries} <= {"high", "medium", "low"}

    def test_crosswalks_lead_to_process_codes(self, prefix: str) -> None:
        assert [e.code for e in table(prefix).entries if e.rab and e.rab not in table("RAB")] == []

    def test_the_file_has_an_entry_a_line_so_that_changes_are_readable(self, prefix: str) -> None:
        path = Path(references.__file__).parent / "tables/2020-2024" / f"{prefix.lower()}.json"
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line.split('"')[3] for line in lines if '{"code": ' in line] == list(table(prefix))

    def test_it_says_what_it_is(self, prefix: str) -> None:
        known = table(prefix)
        assert (known.prefix, known.version) == (prefix, "2020-2024")
        assert known.title_id.startswith("Referensi Arsitektur")
        assert known.title_en
        assert "Perpres 132/2022" in known.legal_basis
        assert [level.level for level in known.levels] == list(range(1, len(known.levels) + 1))


@pytest.mark.parametrize(
    ("prefix", "complete"),
    [("RAB", [1, 2]), ("RAL", [1]), ("RAD", [1]), ("RAA", [1, 2]), ("RAI", [1, 2]), ("RAK", [1, 2])],
)
def test_completeness_says_where_an_unknown_code_is_wrong(prefix: str, complete: list[int]) -> None:
    assert [level for level in range(1, 8) if table(prefix).complete(level)] == complete


def test_an_entry_is_found_by_its_code() -> None:
    entry = table("RAL").entry("RAL.01.16")
    assert entry is not None
    assert (entry.level, entry.name_id, entry.confidence) == (2, "Perizinan dan Akreditasi", "medium")


def test_an_unknown_code_has_no_entry_and_no_name() -> None:
    assert table("RAL").entry("RAL.09.99") is None
    assert table("RAL").name("RAL.09.99", "id") is None


def test_parent_and_children() -> None:
    infrastructure = table("RAI")
    assert [entry.code for entry in infrastructure.children("RAI")] == ["RAI.01", "RAI.02", "RAI.03"]
    assert [entry.code for entry in infrastructure.children("RAI.02")] == ["RAI.02.01", "RAI.02.02"]
    assert infrastructure.children("RAI.01.01") == ()
    assert infrastructure.parent("RAI.01") is None
    parent = infrastructure.parent("RAI.03.02.99")
    assert parent is not None
    assert parent.code == "RAI.03.02"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Urusan Luar Negeri", True),
        ("URUSAN  LUAR NEGERI", True),
        ("Hubungan Luar Negeri", True),
        ("Foreign Affairs", True),
        ("Pertahanan", False),
    ],
)
def test_an_entry_knows_its_names(name: str, called: bool) -> None:
    entry = table("RAB").entry("RAB.01.02")
    assert entry is not None
    assert entry.is_called(name) is called


@pytest.mark.parametrize("period", ["2015-2019", "2020-2024", "2025-2029", "2030-2034", ""])
def test_the_tables_of_2020_hold_until_a_successor_exists(period: str) -> None:
    assert table("RAB", period) is table("RAB", "2020-2024")


def test_there_are_six_tables() -> None:
    with pytest.raises(ValueError, match="no reference table 'RAX'"):
        table("RAX")


def test_importing_the_module_reads_no_table() -> None:
    program = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import spbe_arch.metamodel.references as references
print(any(".json" in path for path in opened))
references.table("RAK")
print(any("rak.json" in path for path in opened), any("rab.json" in path for path in opened))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False"]


# Codes of an agency


def test_an_agency_adds_codes_below_level_2() -> None:
    national = table("RAB")
    own = national.extended({"RAB.09.05.06": OwnCode("Pengawasan Pembangunan", "seen in another city")})
    entry = own.entry("RAB.09.05.06")
    assert entry is not None
    assert (entry.level, {entry.name("id"), entry.name("en")}) == (3, {"Pengawasan Pembangunan"})
    assert (entry.own, entry.note) == (True, "seen in another city")
    assert own.children("RAB.09.05")[-1] == entry
    assert list(own) == sorted(own)
    assert len(own) == len(national) + 1


def test_an_agency_renames_a_code_below_level_2() -> None:
    own = table("RAL").extended({"RAL.02.03.02": OwnCode("Perencanaan Pembangunan Jangka Menengah")})
    assert own.name("RAL.02.03.02", "id") == "Perencanaan Pembangunan Jangka Menengah"
    assert len(own) == len(table("RAL"))


def test_an_extension_leaves_the_national_table_alone() -> None:
    table("RAB").extended({"RAB.09.05.06": OwnCode("Pengawasan Pembangunan")})
    assert "RAB.09.05.06" not in table("RAB")
    assert all(not entry.own for entry in table("RAB").entries)


def test_an_extension_can_be_extended() -> None:
    once = table("RAA").extended({"RAA.02.02.01": OwnCode("Aplikasi Keuangan")})
    twice = once.extended({"RAA.02.02.01.01": OwnCode("Aplikasi Gaji")})
    parent = twice.parent("RAA.02.02.01.01")
    assert parent is not None
    assert parent.name("id") == "Aplikasi Keuangan"


@pytest.mark.parametrize("code", ["RAB.09", "RAB.09.05", "RAB.10", "RAB.09.99"])
def test_levels_1_and_2_are_national(code: str) -> None:
    with pytest.raises(ValueError, match="levels 1 and 2 are national"):
        table("RAB").extended({code: OwnCode("Urusan Sendiri")})


@pytest.mark.parametrize("code", ["RAL.01.01.01", "09.05.06", "RAB.9.5.6", "rab.09.05.06", "RAB", ""])
def test_an_extension_takes_full_codes_of_its_table(code: str) -> None:
    with pytest.raises(ValueError, match="is not a code of the table RAB"):
        table("RAB").extended({code: OwnCode("Fungsi Sendiri")})


# What people write


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("RAL.01.16", "RAL.01.16", ""),
        ("01.16", "RAL.01.16", ""),
        ("01", "RAL.01", ""),
        ("ral.01.16", "RAL.01.16", ""),
        ("  RAL.01.16  ", "RAL.01.16", ""),
        ("RAL.01.16 Perizinan", "RAL.01.16", "Perizinan"),
        ("01.16   Perizinan   dan Akreditasi ", "RAL.01.16", "Perizinan dan Akreditasi"),
        ("RAL.01.16 - Perizinan", "RAL.01.16", "Perizinan"),
        ("RAL.01.16\nPerizinan", "RAL.01.16", "Perizinan"),
        ("RAL.01.99.01", "RAL.01.99.01", ""),  # unknown, but well formed
        ("RAL.01.01.01.01.01.01.01", "RAL.01.01.01.01.01.01.01", ""),
    ],
)
def test_a_code_is_read_as_people_write_it(text: str, code: str, name: str) -> None:
    assert parse_code(text, "RAL") == ParsedCode(code, name)


@pytest.mark.parametrize("text", ["RAB.09.01", "rab.09.01 Umum", "RAB", "RAB 9.1"])
def test_the_prefix_of_another_table_is_named(text: str) -> None:
    assert parse_code(text, "RAL") == CodeFault("wrong-prefix", text, prefix="RAB")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("RAL.1.16", ("RAL.01.16",)),
        ("RAL 01.16", ("RAL.01.16",)),
        ("RAL0116", ("RAL.01.16",)),
        ("RAL.01-16 Perizinan", ("RAL.01.16",)),
        ("RAL.01.16.", ("RAL.01.16",)),
        ("1.16 Perizinan 2", ("RAL.01.16",)),
        ("RAL.01.16;RAL.01.17", ("RAL.01.16",)),
        ("RAL.016", ()),
        ("RAL", ()),
        ("", ()),
        ("DAL-017", ()),
        ("RAX.01.16", ()),
        ("Perizinan", ()),
        ("Perizinan tahun 02", ()),
        ("٠١.١٦", ()),
        ("RAL" + ".01" * 8, ()),
    ],
)
def test_a_bad_form_names_the_code_that_was_meant(text: str, candidates: tuple[str, ...]) -> None:
    assert parse_code(text, "RAL") == CodeFault("bad-form", text, candidates)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("2.1", ("RAB.02.10", "RAB.02.01")),
        ("2,1", ("RAB.02.10", "RAB.02.01")),
        ("2.01", ("RAB.02.01",)),
        ("1.02", ("RAB.01.02",)),
        ("9.5", ("RAB.09.05",)),
        ("2", ("RAB.02",)),
        ("2.0", ("RAB.02",)),
        ("2001-02-01", ("RAB.02.01.01", "RAB.01.02.01")),
        ("2001-02-01 00:00:00", ("RAB.02.01.01", "RAB.01.02.01")),
        ("2001-02-01T00:00:00", ("RAB.02.01.01", "RAB.01.02.01")),
        ("2/1/2001", ("RAB.02.01.01", "RAB.01.02.01")),
        ("02:10", ("RAB.02.10",)),
        ("02:10:00", ("RAB.02.10",)),
        ("02:01:01", ("RAB.02.01.01",)),
        ("2.99", ()),
        ("2001-12-31", ()),
    ],
)
def test_damage_by_a_spreadsheet_says_what_the_cell_may_have_held(text: str, candidates: tuple[str, ...]) -> None:
    assert parse_code(text, "RAB") == CodeFault("spreadsheet-damage", text, candidates)


def test_candidates_may_be_codes_of_the_agency() -> None:
    own = table("RAA").extended({"RAA.02.02.01": OwnCode("Aplikasi Keuangan")})
    read = parse_code("2001-02-02", "RAA", within=own)
    assert isinstance(read, CodeFault)
    assert read.candidates == ("RAA.02.02.01",)


def as_number(pairs: list[str]) -> str:
    return f"{float('.'.join(pairs)):g}"


def as_date(pairs: list[str]) -> str:
    month, day, year = pairs
    return f"20{year}-{month}-{day} 00:00:00"


national_codes = st.sampled_from([code for prefix in PREFIXES for code in table(prefix)])


@given(national_codes)
def test_a_code_survives_the_loss_of_its_prefix(code: str) -> None:
    prefix, numbers = code.split(".", 1)
    assert parse_code(numbers, prefix) == ParsedCode(code)


@given(national_codes.filter(lambda code: code.count(".") <= 3))
def test_what_a_spreadsheet_makes_of_a_code_leads_back_to_it(code: str) -> None:
    prefix, *pairs = code.split(".")
    damaged = as_date(pairs) if len(pairs) == 3 else as_number(pairs)
    read = parse_code(damaged, prefix)
    assert code in (read.candidates if isinstance(read, CodeFault) else [read.code])


@given(st.text(), st.sampled_from(PREFIXES))
def test_any_text_is_a_code_or_a_fault_whose_candidates_are_known(text: str, prefix: str) -> None:
    read = parse_code(text, prefix)
    if isinstance(read, CodeFault):
        assert all(candidate in table(prefix) for candidate in read.candidates)
    else:
        assert parse_code(read.code, prefix) == ParsedCode(read.code)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(references).failed == 0
