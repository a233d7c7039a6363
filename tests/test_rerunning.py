"""Checking again after a change: it finds what a first check would find, whatever was changed and however often."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import remembering, rerunning, rules
from spbe_arch.architecture import Architecture
from spbe_arch.cache import Cache, digest_of, packed
from spbe_arch.checking import check
from spbe_arch.loader import load_texts, read_file
from spbe_arch.nodes import Limits
from spbe_arch.remembering import LastingMemory, Memory, packed_record, unpacked_record
from spbe_arch.rerunning import FOLLOWED
from spbe_arch.rules import Group, all_rules
from tests.editing import edits
from tests.patching import clean_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spbe_arch.findings import Fault
    from spbe_arch.remembering import Record
    from spbe_arch.running import Piece
    from tests.editing import Files


def architecture_of(files: Files) -> Architecture:
    """As `load` reads it with a cache: each file result knows the digest of its text."""
    results = {}
    for path, text in files.items():
        if path != "spbe.yaml":
            digest = digest_of(text.encode())
            results[path] = read_file(path, text)
            results[path].digest = digest
    return load_texts(files.items(), results=results)


def told(architecture: Architecture, memory: Memory | None = None) -> list[object]:
    findings = check(architecture, memory=memory)
    return [findings.summary, *((one.code, one.level, repr(one.fault)) for one in findings)]


def edited(draw: st.DrawFn) -> list[Files]:
    states = [dict(clean_texts())]
    for _ in range(draw(st.integers(1, 6))):
        states.append(draw(edits(states[-1], clean_texts())))
    return states


histories = st.composite(edited)()
"""The clean model, and what some edits made of it one after the other."""


@settings(max_examples=60)
@given(histories)
def test_after_any_edits_the_findings_are_those_of_a_first_check(states: list[Files]) -> None:
    memory = Memory()
    for files in states:
        architecture = architecture_of(files)
        assert told(architecture, memory) == told(architecture)


@settings(max_examples=40)
@given(histories, st.booleans())
def test_so_they_are_when_each_check_is_a_process_of_its_own(states: list[Files], is_written_each_time: bool) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembering, "_WORTH_WRITING", 50 if is_written_each_time else 0)
        for files in states:
            architecture = architecture_of(files)
            cache = Cache(Path("model"), Limits(), Path(folder, "cache"))
            cache.keep_results([packed({one.digest: one for one in architecture.members[0].files})])
            assert told(architecture, LastingMemory(cache)) == told(architecture)


# --- how much is looked at again ---------------------------------------------------------------------------------


class Watching(Memory):
    """A memory that tells how many files the last check had to look at."""

    fresh = -1

    def keep(self, record: Record, architecture: Architecture, fresh: int) -> None:
        super().keep(record, architecture, fresh)
        self.record = record
        self.fresh = fresh


def looked_at(*changes: Callable[[Files], Files]) -> int:
    """How many files are looked at when the clean model is changed step by step."""
    memory = Watching()
    files = dict(clean_texts())
    check(architecture_of(files), memory=memory)
    for change in changes:
        files = change(files)
        check(architecture_of(files), memory=memory)
    return memory.fresh


def replacing(path: str, old: str, new: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[path]
        return {**files, path: files[path].replace(old, new, 1)}

    return change


def test_nothing_is_looked_at_when_nothing_has_changed() -> None:
    assert looked_at(dict) == 0


def test_a_comment_makes_its_own_file_be_looked_at() -> None:
    assert looked_at(replacing("layanan.yaml", "\n", "  # satu\n")) == 1


def test_a_name_that_nobody_else_reads_makes_its_own_file_be_looked_at() -> None:
    assert looked_at(replacing("dokumen.yaml", "nama: ", "nama: Salinan ")) == 1


def test_what_is_read_elsewhere_makes_these_files_be_looked_at() -> None:
    assert 1 < looked_at(replacing("infrastruktur.yaml", "ownership: own", "ownership: rented")) < 10


def test_a_change_that_is_taken_back_leaves_nothing_to_look_at() -> None:
    there = replacing("layanan.yaml", "\n", "  # satu\n")
    back = replacing("layanan.yaml", "  # satu\n", "\n")
    assert looked_at(there, back, dict) == 0


def test_a_change_of_the_manifest_makes_everything_be_looked_at() -> None:
    assert looked_at(replacing("spbe.yaml", "2025-2029", "2020-2024")) == len(clean_texts())


def test_another_day_makes_everything_be_looked_at() -> None:
    assert looked_at(replacing("spbe.yaml", "as_of: 2026-11-01", "as_of: 2026-11-02")) == len(clean_texts())


def test_other_rules_make_everything_be_looked_at() -> None:
    assert looked_at(replacing("spbe.yaml", "check:", "check:\n  ignore: [SPBE501]")) == len(clean_texts())


def test_no_rule_of_this_package_asks_what_any_change_may_answer_otherwise() -> None:
    record = record_of(architecture_of(clean_texts()))
    assert [part for part in (*record.parts.values(), *groups_of(record)) if part.read.everything] == []


def record_of(architecture: Architecture) -> Record:
    memory = Watching()
    check(architecture, memory=memory)
    return memory.record


def groups_of(record: Record) -> list[Piece]:
    return [part for of_rule in record.groups.values() for part in of_rule.values()]


def test_what_may_be_followed_is_there_to_be_asked() -> None:
    assert [name for name in FOLLOWED if not hasattr(Architecture, name) and name != "watching"] == []


def test_a_rule_from_elsewhere_always_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    one = all_rules()["SPBE301"]
    asked = []

    def find(service: object) -> Iterator[Fault]:
        asked.append(service)
        yield from ()

    monkeypatch.setitem(rules._CHECKS, "SPBE301", replace(one, find=find))
    memory = Memory()
    for _ in range(2):
        check(architecture_of(clean_texts()), memory=memory)
    assert len(asked) == 2 * len(architecture_of(clean_texts()).services)


class Odd:
    """A key that nobody knows how to keep."""


@pytest.mark.parametrize("is_at_home", [True, False])
def test_groups_whose_keys_cannot_be_kept_are_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch, is_at_home: bool
) -> None:
    one = all_rules()["SPBE410"]
    assert isinstance(one.scope, Group)
    monkeypatch.setattr(rerunning, "_is_at_home", lambda _: is_at_home)
    monkeypatch.setitem(rules._CHECKS, "SPBE410", replace(one, scope=Group(one.scope.types, lambda _: Odd)))
    architecture = architecture_of(clean_texts())
    assert told(architecture, Memory()) == told(architecture)


# --- records as bytes --------------------------------------------------------------------------------------------


@given(histories)
@settings(max_examples=10)
def test_a_record_comes_back_from_bytes(states: list[Files]) -> None:
    record = record_of(architecture_of(states[-1]))
    data = packed_record(record)
    back = unpacked_record(data, record.name)
    assert back is not None
    assert packed_record(back) == data


@given(st.data())
def test_no_bytes_make_more_than_no_record(data: st.DataObject) -> None:
    record = packed_record(record_of(architecture_of({"spbe.yaml": clean_texts()["spbe.yaml"]})))
    at = data.draw(st.integers(0, len(record) - 1))
    damaged = record[:at] + data.draw(st.binary(max_size=3)) + record[at + data.draw(st.integers(0, 3)) :]
    unpacked_record(damaged, "x")
