"""GitHub annotations, GitLab Code Quality and reviewdog: the shapes that their readers ask for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from spbe_arch.findings import Level
from tests.formats.shared import TOLD, UNKNOWN_TARGET, written

if TYPE_CHECKING:
    from spbe_arch.messages import Told


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


# --- what GitHub shows ---------------------------------------------------------------------------------------

MANY = tuple(replace(UNKNOWN_TARGET, spot=UNKNOWN_TARGET.spot._replace(path=f"{n}.yaml")) for n in range(25))


def commands(told: tuple[Told, ...], language: str = "en") -> list[str]:
    """The kinds of the annotations that GitHub makes of what is printed, as its runner reads it."""
    kinds: list[str] = []
    paused = ""
    for text in written("github", told, language).split("\n"):
        name = text.removeprefix("::").partition("::")[0] if text.startswith("::") else ""
        if paused:
            paused = "" if name == paused else paused
        elif name == "stop-commands":
            paused = text.rpartition("::")[2]
        elif name.partition(" ")[0] in ("error", "warning", "notice"):
            kinds.append(name.partition(" ")[0])
    return kinds


@pytest.mark.parametrize("count", [1, 10])
def test_as_many_annotations_as_github_shows_are_made(count: int) -> None:
    assert commands(MANY[:count]) == ["error"] * count


def test_more_than_github_shows_is_counted_in_a_notice() -> None:
    assert commands(MANY) == ["error"] * 10 + ["notice"]
    assert written("github", MANY).endswith(
        "::notice title=spbe::15 more findings in the log of this step; GitHub shows 10 of a kind\n"
    )


def test_the_notice_finds_room_among_the_notes() -> None:
    notes = tuple(replace(one, level=Level.NOTE) for one in MANY)
    assert commands(notes) == ["notice"] * 10


def test_many_of_one_kind_leave_the_others_their_room() -> None:
    warnings = tuple(replace(one, level=Level.WARNING) for one in MANY)
    assert Counter(commands((*warnings, *MANY))) == {"error": 10, "warning": 10, "notice": 1}


def test_no_finding_is_lost() -> None:
    text = written("github", MANY)
    assert all(f"{number}.yaml" in text for number in range(25))


def test_nothing_in_the_log_is_a_command() -> None:
    hostile = replace(UNKNOWN_TARGET, message="x\n::error::x\n::add-mask::e\n##[error]x")
    assert commands((*MANY, hostile)) == ["error"] * 10 + ["notice"]
