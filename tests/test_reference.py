"""The pages about the API: every public name is there, and what they show runs."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
from pathlib import Path

import pytest

import spbe_arch
from tests.command import run
from tests.reference import as_markdown

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "spbe_arch" / "questions.md"
COMMANDS = re.findall(r"^\$ spbe (.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_public_names_are_these() -> None:
    assert spbe_arch.__all__ == [
        "Architecture", "check", "compare", "edit", "gap_report", "load", "load_texts", "make_view", "measure", "query",
        "render", "tell", "to_pandas", "what_if",
    ]  # fmt: skip


@pytest.mark.parametrize("name", spbe_arch.__all__)
def test_every_public_name_has_a_sentence_and_a_place_in_the_reference(name: str) -> None:
    doc = inspect.getdoc(getattr(spbe_arch, name)) or ""
    assert re.match(r"[^\n]+[.:]", doc)
    assert f"\n## {name}\n" in as_markdown()


def test_what_stands_at_the_head_of_the_reference_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    head = as_markdown().partition("\n## ")[0]
    example = doctest.DocTestParser().get_doctest(head, {}, "api.md", None, None)
    assert doctest.DocTestRunner().run(example).failed == 0 < len(example.examples)


def test_there_are_ten_questions() -> None:
    assert len(COMMANDS) == 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_one_liner_answers(command: str) -> None:
    result = run(ROOT / "models" / "kab-bekasi", *shlex.split(command))
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) > 2


def test_the_answers_in_python_are_those_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 0 == result.failed
