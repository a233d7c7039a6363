"""What an editor is told after any edits is what a fresh check finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position

from spbe_arch import check, live, load_texts
from spbe_arch.catalogue.linking import UNUSED_SUPPRESSION
from spbe_arch.live import Repository
from spbe_arch.lsp.asked import Asked
from spbe_arch.lsp.finding import Finder
from spbe_arch.lsp.mending import diagnostic_of, renamed
from spbe_arch.lsp.positions import column_in, column_of
from spbe_arch.messages import Teller, Told
from spbe_arch.running import Piece, Running
from tests.patching import clean_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

CLEAN = clean_texts()
FILES = sorted(path for path in CLEAN if path != "spbe.yaml")

EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(CLEAN)),
        st.sampled_from(["cut", "double", "swap", "break", "clear", "restore", "close", "indent"]),
        st.integers(0, 10_000),
    ),
    max_size=6,
)


def edited(text: str, how: str, place: int, path: str) -> str:
    lines = text.split("\n")
    at = place % len(lines)
    if how == "cut":
        lines.pop(at)
    elif how == "double":
        lines.insert(at, lines[at])
    elif how == "swap":
        lines[at : at + 2] = reversed(lines[at : at + 2])
    elif how == "break":
        lines[at] += " [: '"
    elif how == "indent":
        lines[at] = "  " + lines[at]
    elif how == "clear":
        return ""
    elif how == "restore":
        return CLEAN[path]
    return "\n".join(lines)


def told(repository: Repository) -> list[tuple[object, ...]]:
    found = repository.told()
    return sorted(
        (one.spot.path, one.spot.region, one.code, one.message, one.level) for some in found.values() for one in some
    )


def afresh(texts: dict[str, str]) -> list[tuple[object, ...]]:
    architecture = load_texts(texts.items())
    findings = Teller(architecture, "en").tell(check(architecture))
    return sorted((one.spot.path, one.spot.region, one.code, one.message, one.level) for one in findings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(edits=EDITS)
def test_after_any_edits_the_findings_are_those_of_a_fresh_check(root: Path, edits: list[tuple[str, str, int]]) -> None:
    repository = Repository(root, "en")
    texts = dict(CLEAN)
    for path, how, place in edits:
        if how == "close":
            repository.close(path)
            texts[path] = CLEAN[path]
        else:
            texts[path] = edited(texts[path], how, place, path)
            repository.write(path, texts[path])
        assert told(repository) == afresh(texts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(edits=EDITS)
def test_what_is_told_at_once_is_told_again_by_the_check(root: Path, edits: list[tuple[str, str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "_LARGE", 0)
        repository = Repository(root, "en")
        repository.told()
        texts = dict(CLEAN)
        for path, how, place in edits:
            texts[path] = edited(texts[path], how, place, path) if how != "close" else CLEAN[path]
            repository.write(path, texts[path])
            at_once = repository.told_soon(path)
            repository.latest  # noqa: B018 - what a hover asks for meanwhile
            later = repository.told().get(path, [])
            families = ("SPBE0", "SPBE1") if repository.is_whole else ("SPBE0",)
            assert set(at_once) >= {one for one in later if one.code[:5] in families} - about_all(later)
            assert repository.told_soon(path) == later


def large(root: Path, patch: pytest.MonkeyPatch) -> Repository:
    """The clean model, treated as if it had more elements than can be checked while somebody types."""
    patch.setattr(live, "_LARGE", 0)
    repository = Repository(root, "en")
    repository.told()
    return repository


def test_a_text_that_cannot_be_read_is_told_of_without_all_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = large(root, monkeypatch)
    repository.write(FILES[0], CLEAN[FILES[0]] + "  x: [: '\n")
    monkeypatch.setattr(Repository, "architecture", None)
    assert {one.code[:5] for one in repository.told_soon(FILES[0])} == {"SPBE0"}


def test_what_stood_in_a_text_is_known_while_it_cannot_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = large(root, monkeypatch)
    before = repository.known
    repository.write(FILES[0], CLEAN[FILES[0]] + "  x: [: '\n")
    assert repository.known.rows is before.rows


def test_a_long_check_is_broken_off_by_the_next_edit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = large(root, monkeypatch)
    repository.write(FILES[0], CLEAN[FILES[0]] + "\n")
    looked_at = []

    def find(running: Running, ordinals: Iterable[int]) -> Piece:
        looked_at.append(running)
        repository.write(FILES[0], CLEAN[FILES[0]])  # as if by another thread
        return elements(running, ordinals)

    elements = Running.elements
    monkeypatch.setattr(Running, "elements", find)
    assert not repository.examine()
    assert len(looked_at) == 1


def test_after_a_check_that_was_broken_off_the_next_one_finds_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = large(root, monkeypatch)
    text = CLEAN[FILES[0]] + CLEAN[FILES[0]]
    with monkeypatch.context() as patch:
        patch.setattr(live, "step", lambda: repository.write(FILES[0], text))
        assert not repository.examine()
    assert repository.examine()
    assert told(repository) == afresh({**CLEAN, FILES[0]: text})


def about_all(told: list[Told]) -> set[Told]:
    """What follows from more than the file and where its links lead."""
    return {one for one in told if one.code in ("SPBE134", "SPBE154", UNUSED_SUPPRESSION.code)}


def test_files_that_come_and_go(tmp_path: Path) -> None:
    for path, text in CLEAN.items():
        (tmp_path / path).write_text(text, encoding="utf-8", newline="")
    repository = Repository(tmp_path, "en")
    (tmp_path / "baru.yaml").write_text("layanan:\n  x: {nama: X, aneh: 1}\n", encoding="utf-8")
    repository.changed_on_disk("baru.yaml")
    assert "baru.yaml" in repository.told()
    (tmp_path / "baru.yaml").unlink()
    repository.changed_on_disk("baru.yaml")
    assert told(repository) == afresh(dict(CLEAN))


def test_a_finding_has_its_related_places(root: Path) -> None:
    repository = Repository(root, "en")
    path = FILES[0]
    repository.write(path, CLEAN[path] + CLEAN[path])
    found = [diagnostic_of(repository, one, "utf-16") for one in repository.told()[path]]
    assert any(one.related_information for one in found)


def test_another_id_is_written_wherever_it_stands() -> None:
    repository = Repository(Path("models/kab-bekasi").absolute())
    id = repository.architecture["perizinan-usaha"].global_id
    found = renamed(repository, id, "izin-usaha", "utf-16")
    assert found.changes is not None
    assert {uri.rpartition("/")[2] for uri in found.changes} >= {"layanan.yaml", "aplikasi.yaml"}


def test_the_element_that_was_named_is_renamed_whatever_was_typed_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spbe.yaml").write_text("versi: 1\ninstansi: i\nnama: I\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("layanan:\n  a: {nama: A}\n  b: {nama: B}\n", encoding="utf-8")
    repository = large(tmp_path, monkeypatch)
    above = "layanan:\n  x: {nama: X}\n  a: {nama: A}\n  b: {nama: B}\n"
    repository.write("a.yaml", above)
    asked = Asked(repository, "a.yaml", above, Position(3, 2), "utf-16")
    id = Finder(repository, "utf-16").id_at(asked)
    assert id is not None
    found = renamed(repository, id, "c", "utf-16")
    assert found.changes is not None
    [[change]] = found.changes.values()
    assert (change.range.start.line, change.new_text) == (3, "  c: {nama: B}\n")


def test_a_name_that_was_just_typed_is_a_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spbe.yaml").write_text("versi: 1\ninstansi: i\nnama: I\n", encoding="utf-8")
    named = "layanan:\n  a: {nama: A}\n"
    (tmp_path / "a.yaml").write_text(named, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("aplikasi:\n  b: {nama: B}\n", encoding="utf-8")
    repository = large(tmp_path, monkeypatch)
    repository.write("b.yaml", "aplikasi:\n  b: {nama: B, mendukung: [a]}\n")
    asked = Asked(repository, "a.yaml", named, Position(1, 2), "utf-16")
    found = Finder(repository, "utf-16").references(asked, with_declaration=False)
    assert [one.uri for one in found] == [(tmp_path / "b.yaml").as_uri()]


@given(st.text(max_size=30), st.integers(0, 40), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_a_column_goes_there_and_back(row: str, column: int, encoding: str) -> None:
    place = min(column, len(row))
    assert column_of(row, column_in(row, place, encoding), encoding) == place


def test_an_edit_reads_no_manifest_from_the_disk_until_somebody_says_that_it_changed(tmp_path: Path) -> None:
    manifest = tmp_path / "spbe.yaml"
    manifest.write_text("versi: 1\ninstansi: i\nnama: I\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("layanan:\n  a: {nama: A}\n", encoding="utf-8")
    repository = Repository(tmp_path, "en")
    manifest.write_text("versi: 1\ninstansi: lain\nnama: I\n", encoding="utf-8")
    repository.write("a.yaml", "layanan:\n  a: {nama: B}\n")
    before = repository.architecture.agency
    repository.changed_on_disk("spbe.yaml")
    assert (before, repository.architecture.agency) == ("i", "lain")
