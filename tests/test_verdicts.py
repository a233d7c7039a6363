"""What is kept of states in git between two calls of `spbe diff`: it says the same as reading and checking anew."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from spbe_arch import check, history, verdicts
from spbe_arch.cache import Cache
from spbe_arch.comparing import compare
from spbe_arch.history import Reader
from spbe_arch.nodes import Limits
from spbe_arch.remembering import LastingMemory
from spbe_arch.verdicts import Verdicts
from tests.test_comparing import repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spbe_arch import Architecture

__all__ = ["repository"]

DAY = datetime.date(2026, 11, 1)


@pytest.fixture
def reader(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Reader]:
    """Makes readers of the repository that keep what they read, however small the model is."""
    monkeypatch.setattr(history, "_MANY", 1)
    kept = tmp_path / "cache"
    kept.mkdir(mode=0o700)
    return lambda: Reader(repository, cache=Cache(repository, Limits(), kept))


def cache_of(reader: Reader) -> Cache:
    assert reader._cache is not None
    return reader._cache


def said(reader: Reader, state: Architecture) -> list[object]:
    return list(Verdicts(cache_of(reader), DAY).of(state, reader.files_of(state)))


def test_a_state_that_was_kept_is_the_one_that_was_read(reader: Callable[[], Reader], repository: Path) -> None:
    reader().at("HEAD")
    assert not compare(Reader(repository).at("HEAD"), reader().at("HEAD"))


def test_no_file_is_read_twice(reader: Callable[[], Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    reader().at("HEAD")
    read: list[str] = []
    monkeypatch.setattr(history, "read_file", lambda path, *_: read.append(path))
    reader().at("HEAD")
    assert read == []


def test_findings_that_were_kept_are_those_of_a_check(reader: Callable[[], Reader], repository: Path) -> None:
    first = reader()
    said(first, first.at("HEAD"))
    again = reader()
    assert said(again, again.at("HEAD")) == list(check(Reader(repository).at("HEAD")))


def test_a_folder_that_was_read_by_way_of_the_cache_is_checked_only_where_it_changed(
    reader: Callable[[], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader()
    said(first, first.at("HEAD"))
    memories: list[object] = []

    def checked(_: Architecture, memory: object = None, **__: object) -> list[object]:
        memories.append(memory)
        return []

    monkeypatch.setattr(verdicts, "check", checked)
    Verdicts(cache_of(first), DAY).of(first.at("HEAD"), "")
    assert [type(one) for one in memories] == [LastingMemory]


def test_no_state_is_checked_twice_a_day(reader: Callable[[], Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    first = reader()
    said(first, first.at("HEAD"))
    asked: list[object] = []

    def checked(architecture: Architecture, **_: object) -> list[object]:
        asked.append(architecture)
        return []

    monkeypatch.setattr(verdicts, "check", checked)
    again = reader()
    state = again.at("HEAD")
    said(again, state)
    Verdicts(cache_of(again), DAY + datetime.timedelta(days=1)).of(state, again.files_of(state))
    assert len(asked) == 1  # the next day


@pytest.mark.parametrize(
    "record",
    [b"", b"[]", b"{", b'{"x": 1}', b"KEY", b"KEY\t" + b"[" * 100_000, b"KEY\t[[1, 2]]", b"KEY\t3", b"KEY\t\xff\n\tx"],
)
def test_what_is_no_record_is_read_and_checked_anew(reader: Callable[[], Reader], record: bytes) -> None:
    first = reader()
    state = first.at("HEAD")
    for name in ("verdicts", "blobs"):
        cache_of(first).keep_record(name, record.replace(b"KEY", f"{first.files_of(state)} {DAY}".encode()))
    again = reader()
    assert said(again, again.at("HEAD")) == list(check(state))
