"""Places of findings that earlier runs found in the same texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_arch import messages
from spbe_arch.cache import Cache
from spbe_arch.checking import check
from spbe_arch.findings import Place
from spbe_arch.loading import load
from spbe_arch.messages import Teller, Told
from spbe_arch.nodes import Limits, read
from spbe_arch.placing import Regions
from tests.command import write

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\ndate: 2026-11-01\n"
SERVICES = "services:\n  izin:\n    name: Izin\n    owner: tiada\n    processes: [proses-izin, tiada-pula]\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write(tmp_path / "model", {"spbe.yaml": MANIFEST, "layanan.yaml": SERVICES}, None)


def told(model: Path, *, again: bool = True) -> list[Told]:
    """What a process tells that has just been started."""
    findings = check(load(model))
    regions = Regions(Cache(model, Limits(), model.parent / "cache")) if again else None
    said = Teller(findings.architecture, regions=regions).tell(findings)
    if regions is not None:
        regions.keep()
    return said


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the texts that are read for their places from now on."""
    paths: list[str] = []

    def counted(path: str, text: str | bytes) -> object:
        paths.append(path)
        return read(path, text)

    monkeypatch.setattr(messages, "read", counted)
    return paths


def test_a_text_is_not_read_again_for_the_places_of_findings(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(model)
    paths = counting(monkeypatch)
    told(model)
    assert paths == []


def test_places_are_told_alike(model: Path) -> None:
    assert told(model, again=False) == told(model) == told(model)


def test_a_changed_text_is_read_for_its_own_places(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(model)
    write(model, {"layanan.yaml": "# di atas\n" + SERVICES}, None)
    paths = counting(monkeypatch)
    again = told(model)
    assert (set(paths), again) == ({"layanan.yaml"}, told(model, again=False))


def test_what_stood_elsewhere_is_known_when_an_edit_is_taken_back(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(model)
    write(model, {"layanan.yaml": "# di atas\n" + SERVICES}, None)
    told(model)
    write(model, {"layanan.yaml": SERVICES}, None)
    paths = counting(monkeypatch)
    told(model)
    assert paths == []


_JSON = st.recursive(st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=3), st.lists, max_leaves=8)


@given(st.one_of(st.binary(), _JSON.map(lambda value: json.dumps(value).encode()), st.lists(st.lists(_JSON))))
def test_a_record_that_is_none_is_as_if_there_were_none(data: Any) -> None:
    class Damaged(Cache):
        def __init__(self) -> None:
            """There is no folder."""

        def record(self, name: str) -> bytes | None:
            return data if isinstance(data, bytes) else json.dumps(data).encode()

    assert Regions(Damaged()).at(b"text", Place("layanan.yaml", None, "izin")) is None
