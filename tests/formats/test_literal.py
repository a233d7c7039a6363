"""Whatever a message says is read back literally by the real parser of a format."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch.findings import Level
from spbe_arch.messages import printable
from tests.formats.shared import DUPLICATE, HOSTILE, written

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("[]()<>&\"'`|\\\n\r\t,;:%=+-@#{}! a\x00\x1b\u2028\ufeff", max_size=30),
    st.just(HOSTILE),
)
levels = st.sampled_from(Level)


@settings(max_examples=60, deadline=None)
@given(TEXTS, levels)
def test_json_and_its_lines(text: str, level: Level) -> None:
    told = (replace(DUPLICATE, message=text, level=level),)
    assert json.loads(written("json", told))["findings"][0]["message"] == text
    assert json.loads(written("jsonl", told).split("\n")[0])["message"] == text


@settings(max_examples=60, deadline=None)
@given(TEXTS, levels)
def test_gitlab_and_reviewdog(text: str, level: Level) -> None:
    told = (replace(DUPLICATE, message=text, level=level),)
    assert json.loads(written("gitlab", told))[0]["description"] == f"SPBE505 {text}"
    assert json.loads(written("rdjson", told))["diagnostics"][0]["message"] == text


@settings(max_examples=60, deadline=None)
@given(TEXTS, levels)
def test_sarif_but_for_what_it_would_take_for_a_link(text: str, level: Level) -> None:
    [result] = json.loads(written("sarif", (replace(DUPLICATE, message=text, level=level),)))["runs"][0]["results"]
    said = result["message"]["text"]
    assert re.sub(r"\\\[(?=[^\[\]]*\]\()", "[", said) == re.sub(r"\\\[(?=[^\[\]]*\]\()", "[", text)
    assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", said)


@settings(max_examples=60, deadline=None)
@given(TEXTS, levels)
def test_junit_as_it_can_be_printed(text: str, level: Level) -> None:
    root = ElementTree.fromstring(written("junit", (replace(DUPLICATE, message=text, level=level),)))  # noqa: S314 - our own text
    [case] = root.iter("testcase")
    said = case[0].get("message") if level is Level.ERROR else (case[0].text or "").removeprefix(f"{level.value}: ")
    assert said == printable(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_csv_as_it_can_be_printed(text: str, unit: str) -> None:
    told = (replace(DUPLICATE, message=text, unit=unit),)
    [_, row] = csv.reader(io.StringIO(written("csv", told), newline=""), strict=True)
    assert [cell.removeprefix("'") for cell in (row[0], row[4])] == [
        printable(cell).removeprefix("'") for cell in (unit, text)
    ]


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_a_workflow_command_stays_one_line_with_its_properties(text: str, path: str) -> None:
    spot = DUPLICATE.spot._replace(path=path)
    lines = written("github", (replace(DUPLICATE, message=text, spot=spot),)).split("\n")
    command = re.fullmatch(
        r"::warning file=([^,:]*),line=12,col=5,endLine=12,endColumn=9,title=[^,:]*::([^\r]*)", lines[0]
    )
    assert lines[1:] == [""]
    assert command is not None
    assert [_unescaped(part) for part in command.groups()] == [path, text]


def _unescaped(text: str) -> str:
    """As the runner reads it (actions/runner, ActionCommand.cs)."""
    for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, character)
    return text
