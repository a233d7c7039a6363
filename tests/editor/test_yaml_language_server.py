"""The JSON Schema in a real yaml-language-server, found by the modeline: what is right is not complained about, what is
wrong is, where it stands, and the words of the format are offered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from spbe_arch.schema import schema_text
from spbe_arch.starting import Answers, compose
from tests.editor.client import SERVER, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editor.client import Client

pytestmark = pytest.mark.editor

MODEL = Path(__file__).parents[2] / "models" / "kab-bekasi"
LINE = "# yaml-language-server: $schema=../.spbe/model.schema.json\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as `spbe init` makes it."""
    folder = tmp_path_factory.mktemp("model")
    answers = Answers("kab-contoh", "Kabupaten Contoh", "regency", (2025, 2029), "id")
    for path, data in compose(answers, "spbe-arch==0.1.0").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Client]:
    if not SERVER.is_file():
        pytest.skip("yaml-language-server is not installed: make test-editor installs it from npm")
    with started(folder) as client:
        yield client


def complaints(server: Client, path: Path, text: str) -> list[tuple[int, str]]:
    found = server.diagnostics(path, text)
    return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]


@pytest.mark.parametrize("path", sorted(MODEL.glob("*.yaml")), ids=lambda path: path.name)
def test_nothing_in_the_shipped_model_is_complained_about(path: Path, server: Client, folder: Path) -> None:
    name = "manifest" if path.name == "spbe.yaml" else "model"
    text = LINE.replace("model.schema", f"{name}.schema") + path.read_text(encoding="utf-8")
    assert complaints(server, folder / "kab" / path.name, text) == []


def test_nothing_that_spbe_init_writes_is_complained_about(server: Client, folder: Path) -> None:
    paths = [folder / "spbe.yaml", *sorted((folder / "model").glob("*.yaml"))]
    assert {path.name: complaints(server, path, path.read_text(encoding="utf-8")) for path in paths} == {
        path.name: [] for path in paths
    }


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("section", "layanann:\n  s: {nama: S}\n", 2, "layanann"),
        ("field", "layanan:\n  s:\n    nama: S\n    metod: elektronik\n", 5, "metod"),
        ("value", "layanan:\n  s:\n    nama: S\n    metode: elektronk\n", 5, "elektronik"),
        ("shape", "layanan:\n  s:\n    nama: {a: b}\n", 4, "type"),
        ("name", "layanan:\n  s:\n    metode: elektronik\n", 3, "nama"),
        ("year", "layanan:\n  s: {nama: S, sejak: 20255}\n", 3, ""),
        ("code", "layanan:\n  s: {nama: S, kode_referensi: RAB.01}\n", 3, ""),
        ("yaml", "layanan:\n  s: {nama: S\n", 3, ""),
    ],
)
def test_what_is_wrong_is_complained_about_where_it_stands(
    name: str, text: str, line: int, message: str, server: Client, folder: Path
) -> None:
    found = complaints(server, folder / "model" / f"salah-{name}.yaml", LINE + text)
    assert found, "nothing was found"
    assert any(at in (line, line + 1) and message in said for at, said in found), found


def offered(server: Client, path: Path, text: str) -> list[dict[str, Any]]:
    """What the server offers at the end of a text."""
    uri = server.open(path, text)
    rows = text.split("\n")
    position = {"line": len(rows) - 1, "character": len(rows[-1])}
    found = server.ask("textDocument/completion", textDocument={"uri": uri}, position=position)
    items = found["items"] if isinstance(found, dict) else found
    assert isinstance(items, list)
    return items


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("section", "", {"layanan", "aplikasi", "bawaan"}),
        ("field", "layanan:\n  s:\n    nama: S\n    ", {"metode", "proses_bisnis", "uraian"}),
        ("value", "layanan:\n  s:\n    metode: ", {"elektronik", "hibrida", "tatap_muka"}),
    ],
)
def test_the_words_of_the_format_are_offered_in_one_language(
    kind: Literal["section", "field", "value"], text: str, expected: set[str], server: Client, folder: Path
) -> None:
    labels = {one["label"] for one in offered(server, folder / "model" / f"isi-{kind}.yaml", LINE + text)}
    assert expected <= labels
    assert labels.isdisjoint({"services", "method", "electronic"})


def test_a_field_is_explained(server: Client, folder: Path) -> None:
    uri = server.open(folder / "model" / "arti.yaml", LINE + "layanan:\n  s:\n    metode: elektronik\n")
    told = server.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 3, "character": 6})
    assert told is not None
    assert "elektronik" in str(told["contents"])


def test_the_schema_in_the_other_language_reads_the_same_files(server: Client, folder: Path) -> None:
    (folder / ".spbe" / "english.schema.json").write_text(schema_text("en"), encoding="utf-8")
    text = LINE.replace("model.schema", "english.schema") + (MODEL / "keamanan.yaml").read_text(encoding="utf-8")
    assert complaints(server, folder / "kab" / "english.yaml", text) == []
