"""JUnit XML, read by a real parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from spbe_arch.findings import Level
from tests.formats.shared import HOSTILE, ODD, TOLD, UNKNOWN_TARGET, written

if TYPE_CHECKING:
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
