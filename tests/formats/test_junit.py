"""JUnit XML, read by a real parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from spbe_arch.findings import Level
from spbe_arch.formats import junit
from tests.formats.shared import HOSTILE, ODD, TOLD, UNKNOWN_TARGET, written

if TYPE_CHECKING:
    import pytest

    from spbe_arch.messages import Told


def suite_of(*told: Told) -> ElementTree.Element:
    [suite] = ElementTree.fromstring(written("junit", told))  # noqa: S314 - our own text
    return suite


def test_the_counts_are_those_of_the_cases() -> None:
    suite = suite_of(*TOLD)
    assert (int(suite.attrib["tests"]), int(suite.attrib["failures"])) == (
        len(suite.findall("testcase")),
        len(suite.findall("testcase/failure")),
    )


def test_a_run_without_findings_is_one_case_that_passed() -> None:
    assert [(case.tag, len(case)) for case in suite_of()] == [("testcase", 0)]


def test_a_warning_is_no_failure() -> None:
    assert suite_of(replace(UNKNOWN_TARGET, level=Level.WARNING)).find("testcase/failure") is None


def test_names_are_literal() -> None:
    spot = ODD.spot._replace(path=f"{HOSTILE}.yaml")
    [case] = suite_of(replace(ODD, spot=spot, rule='"><x a="'))
    assert (case.attrib["file"], case.attrib["classname"]) == (f"{HOSTILE}.yaml", '"><x a="')


def test_what_xml_cannot_hold_is_made_visible() -> None:
    [case] = suite_of(replace(UNKNOWN_TARGET, message="a\x00b\ufffe\ud800c"))
    assert case[0].attrib["message"].startswith("a\\x00b\\ufffe\\ud800c")


def test_two_findings_at_one_place_have_two_names() -> None:
    names = [case.attrib["name"] for case in suite_of(UNKNOWN_TARGET, UNKNOWN_TARGET)]
    assert names == ["SPBE101 model/perizinan.yaml:8:20", "SPBE101 model/perizinan.yaml:8:20 (2)"]


def test_what_gitlab_does_not_read_is_counted_and_the_lightest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(junit, "MOST", 2)
    suite = suite_of(*reversed(TOLD))
    error, remainder = suite
    assert error.find("failure") is not None
    assert remainder.findtext("system-out") == "3 more findings"
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("2", "1")
