"""Several agencies in one architecture: what is broken in one is unknown there; the others are judged as if alone."""

from __future__ import annotations

import datetime

import pytest

from spbe_arch.checking import Findings, check
from spbe_arch.loader import load_texts
from spbe_arch.messages import Teller

DAY = datetime.date(2026, 11, 1)
PROVINCE = "version: 1\nagency: prov\nname: Provinsi\nmembers: [satu, dua]\n"
HEAD = "version: 1\nagency: {}\nname: Kabupaten {}\n"
LONELY = "layanan:\n  izin: {nama: Izin, metode: elektronik}\n"
BROKEN = "layanan:\n  lain: {nama: Lain, proses: [tiada]}\naplikasi:\n  sim: {nama: SIM, mendukung: [{}]}\n"


def findings(files: dict[str, str], manifest: str = PROVINCE, **arguments: object) -> Findings:
    """What is found in a province with two members."""
    texts = {
        "spbe.yaml": manifest,
        "satu/spbe.yaml": HEAD.format("kab-satu", "Satu"),
        "dua/spbe.yaml": HEAD.format("kab-dua", "Dua"),
        **files,
    }
    return check(load_texts(texts.items()), as_of=DAY, **arguments)  # type: ignore[arg-type]


def lines(found: Findings) -> list[str]:
    """Path, line and code of each finding."""
    told = Teller(found.architecture).tell(found)
    return [f"{one.spot.path}:{one.spot.region.line} {one.code}" for one in told]


# --- who has to act ------------------------------------------------------------------------------------------

OFFICES = "unit_kerja:\n  {0}: {{nama: Dinas Kesehatan}}\nlayanan:\n  i: {{nama: I, pemilik: {0}}}\n"


def units(files: dict[str, str]) -> set[str]:
    """The units that have something to do."""
    found = findings(files, select=["SPBE301"])
    return {one.unit for one in Teller(found.architecture).tell(found)}


def test_units_of_one_name_are_told_apart_by_their_agencies() -> None:
    files = {"satu/a.yaml": OFFICES.format("dinkes"), "dua/a.yaml": OFFICES.format("dinkes")}
    assert units(files) == {"Dinas Kesehatan (Kabupaten Satu)", "Dinas Kesehatan (Kabupaten Dua)"}


def test_units_of_one_name_in_one_agency_are_told_apart_by_their_ids() -> None:
    second = OFFICES.format("dinkes-lama").replace("  i:", "  j:")
    files = {"satu/a.yaml": OFFICES.format("dinkes"), "satu/b.yaml": second}
    assert units(files) == {"Dinas Kesehatan (kab-satu/dinkes)", "Dinas Kesehatan (kab-satu/dinkes-lama)"}


def test_what_no_unit_has_to_mend_is_told_apart_by_agencies() -> None:
    found = findings({"satu/a.yaml": LONELY, "dua/a.yaml": LONELY}, select=["SPBE301"])
    who = [one.who("en") for one in Teller(found.architecture).tell(found)]
    assert sorted(who) == ["no unit (Kabupaten Dua)", "no unit (Kabupaten Satu)"]


def test_a_unit_whose_name_no_other_has_is_called_by_it() -> None:
    assert units({"satu/a.yaml": OFFICES.format("dinkes")}) == {"Dinas Kesehatan"}


# --- what is broken in one agency ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        "layanan: {a: [\n",
        "layanan:\n  a: {nama: A, proses: tiada}\naplikasi:\n  b: {nama: B, mendukung: [tiada]}\n",
        "layanan:\n  izin: {nama: Izin}\n  'i zin': {nama: Izin}\naplikasi:\n  izin: {nama: Sama}\n",
        "layanann:\n  a: {nama: A}\n",
        "aplikasi:\n  b: {nama: B, mendukung: {ke: x, y: z}}\n",
        "aplikasi:\n  b: {nama: B, mendukung: [a]}",
    ],
    ids=["no YAML", "links to nothing", "ids taken", "an unknown section", "an unreadable link", "cut off"],
)
def test_it_leaves_the_rules_of_another_to_judge(broken: str) -> None:
    found = findings({"satu/a.yaml": broken, "dua/layanan.yaml": LONELY}, select=["SPBE302"])
    assert "dua/layanan.yaml:2 SPBE302" in lines(found)


@pytest.mark.parametrize(
    "broken",
    [
        "aplikasi: {sim: {nama: SIM, mendukung: [kab-dua/izin\n",
        "aplikasi:\n  sim: {nama: SIM, mendukung: {ke: kab-dua/izin, catatn: x}}\n",
        "aplikasi:\n  sim: {nama: SIM, mendukung: [tiada]}\n  lain: {nama: L, membaca: [kab-dua/tiada]}\n",
    ],
    ids=["no YAML", "an unreadable link", "a link elsewhere"],
)
def test_where_one_names_the_other_what_is_broken_may_have_been_about_it(broken: str) -> None:
    found = findings({"satu/a.yaml": broken, "dua/layanan.yaml": LONELY}, select=["SPBE302"])
    assert not [line for line in lines(found) if "SPBE302" in line]


def test_a_text_in_another_encoding_is_searched_for_the_names_of_agencies() -> None:
    broken = "aplikasi: {sim: {nama: SIM, mendukung: [kab-dua/izin]}}\n".encode("utf-16")
    texts = {"satu/a.yaml": broken, "dua/layanan.yaml": LONELY}
    found = findings(texts, select=["SPBE302"])  # type: ignore[arg-type]
    assert lines(found) == ["satu/a.yaml:1 SPBE003"]


def test_a_file_cut_off_in_one_agency_is_not_blamed_for_links_of_another() -> None:
    files = {
        "satu/a.yaml": "layanan:\n  a: {nama: A}",
        "dua/a.yaml": "layanan: {b: [\n",
        "dua/b.yaml": "layanan:\n  c: {nama: C, proses: [tiada]}\n",
    }
    found = findings(files, select=["SPBE101"])
    assert lines(found) == ["dua/a.yaml:1 SPBE001", "satu/a.yaml:2 SPBE021"]


@pytest.mark.parametrize("code", ["SPBE706", "SPBE801", "SPBE813"])
def test_what_an_agency_lacks_as_a_whole_is_found_though_another_is_broken(code: str) -> None:
    manifest = HEAD.format("kab-dua", "Dua") + "period: 2025-2029\n"
    files = {"satu/a.yaml": "layanan: {a: [\n", "dua/spbe.yaml": manifest, "dua/unit.yaml": "unit: {u: {nama: U}}\n"}
    assert lines(findings(files, select=[code])) == [f"dua/spbe.yaml:1 {code}", "satu/a.yaml:1 SPBE001"]


def test_an_agency_that_only_gathers_others_is_not_asked_for_an_architecture() -> None:
    found = findings({}, PROVINCE + "period: 2025-2029\n")
    assert lines(found) == []


def test_a_suppression_is_unused_though_another_agency_is_broken() -> None:
    files = {
        "satu/a.yaml": "layanan: {a: [\n",
        "dua/a.yaml": "unit:\n  u: {nama: U}  # spbe: abaikan[SPBE101] menunggu\n",
    }
    assert lines(findings(files, select=["SPBE14", "SPBE101"])) == ["dua/a.yaml:2 SPBE142", "satu/a.yaml:1 SPBE001"]


# --- whose settings hold -------------------------------------------------------------------------------------


def test_the_settings_of_the_repository_that_is_checked_hold_for_its_members() -> None:
    manifest = HEAD.format("kab-dua", "Dua") + "check: {ignore: [SPBE302]}\n"
    files = {"dua/spbe.yaml": manifest, "dua/layanan.yaml": LONELY}
    assert lines(findings(files, select=["SPBE302"])) == ["dua/layanan.yaml:2 SPBE302"]


def test_a_path_in_them_leads_into_the_members() -> None:
    manifest = PROVINCE + 'check: {per_path: {"dua/*": [SPBE302]}}\n'
    assert lines(findings({"dua/layanan.yaml": LONELY}, manifest, select=["SPBE302"])) == []


def test_what_is_wrong_with_the_settings_of_a_member_is_found() -> None:
    manifest = HEAD.format("kab-dua", "Dua") + "check:\n  ignore: [SPBE999]\n"
    assert lines(findings({"dua/spbe.yaml": manifest}, select=["SPBE14"])) == ["dua/spbe.yaml:5 SPBE140"]


# --- two repositories of one agency --------------------------------------------------------------------------


def test_two_members_that_say_they_are_one_agency_are_one_finding() -> None:
    files = {
        "dua/spbe.yaml": "version: 1\nname: Kabupaten Dua\nagency: kab-satu\n",
        "satu/a.yaml": "layanan:\n  a: {nama: A}\n  b: {nama: B}\n",
        "dua/a.yaml": "layanan:\n  a: {nama: A}\n  b: {nama: B}\n",
    }
    found = lines(findings(files, select=["SPBE1"]))
    assert len(found) == 1
    assert found[0] in ("satu/spbe.yaml:2 SPBE107", "dua/spbe.yaml:3 SPBE107")
