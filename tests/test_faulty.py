"""`models/faulty`: a repository of mistakes, each with the finding that it gives written on its line."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spbe_arch import check, load
from spbe_arch.config import catalogue
from spbe_arch.messages import Teller
from tests.command import run
from tests.expecting import Expected, expected_below, expected_in

if TYPE_CHECKING:
    from spbe_arch.checking import Findings

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "faulty"
REPOSITORIES = sorted(path.parent.relative_to(MODEL).as_posix() for path in MODEL.rglob("spbe.yaml"))
MEMBERS = [name for name in REPOSITORIES if name != "."]


@cache
def found_in(folder: str) -> Findings:
    return check(load(MODEL / folder))


def places(findings: Findings) -> Counter[Expected]:
    told = Teller(findings.architecture).tell(findings)
    return Counter((one.spot.path, one.spot.region.line, one.code) for one in told)


def not_shown() -> set[str]:
    """The rules that the README says cannot be shown."""
    text = (MODEL / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| (SPBE\d{3}) \| [^|]+ \|$", text, re.MULTILINE))


@pytest.mark.parametrize("folder", REPOSITORIES)
def test_a_repository_gives_the_findings_on_its_lines_and_no_others(folder: str) -> None:
    """Alone, and as a member: what is broken in one agency does not silence the rules for another."""
    found, expected = places(found_in(folder)), expected_below(MODEL / folder)
    assert (found - expected, expected - found) == (Counter(), Counter())


def test_the_command_prints_the_same_as_json() -> None:
    printed = json.loads(run(ROOT, "check", "models/faulty", "--output-format", "json").stdout)["findings"]
    found = Counter((one["path"], one["line"], one["code"]) for one in printed)
    assert found == Counter({(f"models/faulty/{path}", *rest): n for (path, *rest), n in expected_below(MODEL).items()})


def test_every_rule_is_shown_or_the_readme_says_why_not() -> None:
    shown = {code for _, _, code in expected_below(MODEL)}
    assert (set(catalogue()) - shown, shown & not_shown()) == (not_shown(), set())


@pytest.mark.parametrize("name", [name for name in MEMBERS if "/" not in name])
def test_a_member_shows_the_rules_of_its_family(name: str) -> None:
    shown = {code for _, _, code in expected_below(MODEL / name)}
    assert {code for code in catalogue() if code[4] == name[0]} <= shown | not_shown()


@pytest.mark.parametrize("name", MEMBERS)
def test_the_readme_names_every_member(name: str) -> None:
    assert f"| `{name.partition('/')[0]}` |" in (MODEL / "README.md").read_text(encoding="utf-8")


def test_links_into_files_that_could_not_be_read_are_undecided() -> None:
    assert found_in("0-pembacaan").architecture.undecided == 2


def test_what_is_expected_is_no_suppression() -> None:
    assert found_in("5-aplikasi").summary.suppressed == 0


@pytest.mark.parametrize(
    ("name", "bytes_of_it"),
    [
        ("surat-edaran.yaml", b"\xff\xfe"),
        ("dinas-pertanian.yaml", b"\xef\xbb\xbf"),
        ("dinas-perikanan.yaml", b"\0"),
        ("dinas-sosial.yaml", b"\xc2\x85"),
        ("kecamatan.yaml", b"Perm\xe9"),
        ("dari-windows.yaml", b"\r\n"),
        ("keputusan-tim.yaml", b"\xe2\xe3\xcf\xd3"),
    ],
)
def test_a_checkout_keeps_the_bytes_that_a_file_is_about(name: str, bytes_of_it: bytes) -> None:
    assert bytes_of_it in (MODEL / "0-pembacaan" / name).read_bytes()


@pytest.mark.parametrize("name", ["terpotong.yaml", "tanpa-akhir-baris.yaml", "kelurahan.yaml"])
def test_a_checkout_does_not_end_the_last_line_of_a_file_that_has_none(name: str) -> None:
    assert not (MODEL / "0-pembacaan" / name).read_bytes().endswith(b"\n")


def test_an_expectation_speaks_for_its_line_or_for_the_next() -> None:
    text = b"a: 1  # expect: SPBE101, SPBE101\r\n# expect below: SPBE103\r\nb: 2\n"
    assert list(expected_in("x", text)) == [("x", 1, "SPBE101"), ("x", 1, "SPBE101"), ("x", 3, "SPBE103")]
