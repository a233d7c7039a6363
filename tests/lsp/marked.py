"""Texts with a `|` where the cursor stands."""

from pathlib import Path

from lsprotocol import types as lsp

from spbe_arch.live import Repository
from spbe_arch.lsp.asked import Asked
from spbe_arch.lsp.completing import completions


def position(text: str, mark: str = "|") -> tuple[str, lsp.Position]:
    """The text without its mark, and where that was."""
    before, _, after = text.partition(mark)
    line = before.count("\n")
    return before + after, lsp.Position(line, len(before) - before.rfind("\n") - 1)


def asked(repository: Repository, text: str, path: str = "aplikasi.yaml") -> Asked:
    plain, place = position(text)
    return Asked(repository, path, plain, place, "utf-32")


def proposals(repository: Repository, text: str, path: str = "aplikasi.yaml") -> dict[str, lsp.CompletionItem]:
    return {one.label: one for one in completions(asked(repository, text, path)).items}


def completed(repository: Repository, text: str, label: str, path: str = "aplikasi.yaml") -> str:
    """The text after a proposal is taken."""
    plain, _ = position(text)
    edit = proposals(repository, text, path)[label].text_edit
    assert isinstance(edit, lsp.TextEdit)
    lines = plain.split("\n")
    row = lines[edit.range.start.line]
    lines[edit.range.start.line] = row[: edit.range.start.character] + edit.new_text + row[edit.range.end.character :]
    return "\n".join(lines)


def bekasi(language: str = "id") -> Repository:
    return Repository(Path("models/kab-bekasi").absolute(), language)
