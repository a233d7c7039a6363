"""GitHub annotations, GitLab Code Quality and reviewdog: the shapes that their readers ask for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from spbe_arch.findings import Level
from tests.formats.shared import TOLD, UNKNOWN_TARGET, written


@pytest.mark.parametrize(("level", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")])
def test_each_level_has_its_command_on_github(level: str, command: str) -> None:
    assert written("github", (replace(UNKNOWN_TARGET, level=Level(level)),)).startswith(f"::{command} file=")


@pytest.mark.parametrize(("level", "severity"), [("error", "major"), ("warning", "minor"), ("note", "info")])
def test_each_level_has_its_severity_on_gitlab(level: str, severity: str) -> None:
    assert json.loads(written("gitlab", (replace(UNKNOWN_TARGET, level=Level(level)),)))[0]["severity"] == severity


def test_the_fingerprints_of_a_gitlab_report_are_unique() -> None:
    fingerprints = [issue["fingerprint"] for issue in json.loads(written("gitlab", TOLD * 3))]
    assert len(set(fingerprints)) == len(fingerprints)


def test_an_issue_of_gitlab_has_what_gitlab_asks_for() -> None:
    for issue in json.loads(written("gitlab")):
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert set(issue["location"]) == {"path", "lines"}


@pytest.mark.parametrize(("level", "severity"), [("error", "ERROR"), ("warning", "WARNING"), ("note", "INFO")])
def test_each_level_has_its_severity_for_reviewdog(level: str, severity: str) -> None:
    result = json.loads(written("rdjson", (replace(UNKNOWN_TARGET, level=Level(level)),)))
    assert result["diagnostics"][0]["severity"] == severity


def test_a_diagnostic_has_its_range() -> None:
    [diagnostic] = json.loads(written("rdjson", (UNKNOWN_TARGET,)))["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": {"line": 8, "column": 20}, "end": {"line": 8, "column": 34}}


def test_no_findings_is_an_empty_list_for_gitlab() -> None:
    assert json.loads(written("gitlab", ())) == []
