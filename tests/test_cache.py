"""The cache: whatever is in it, missing from it or done to it, what is found is the same; and it stays small."""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import cache as module
from spbe_arch import loading, remembering
from spbe_arch.cache import Cache, digest_of, packed
from spbe_arch.checking import check
from spbe_arch.cli import app
from spbe_arch.errors import OutputError
from spbe_arch.formats import NAMES as FORMATS
from spbe_arch.loader import read_file
from spbe_arch.loading import load
from spbe_arch.nodes import Limits
from spbe_arch.remembering import LastingMemory
from spbe_arch.supposing import what_if
from tests.command import run, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

    from spbe_arch.architecture import Architecture

FAULTY = """\
services:
  konsultasi-pajak: {name: Konsultasi Pajak, owner: bapenda, processes: [pemungutan-pajk]}
  penyuluhan: {name: Penyuluhan, metod: tatap_muka, until: 20}
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither modes nor owners of this kind")


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model, small as it is, that is read as large ones are; its files are older than a moment."""
    monkeypatch.setattr(loading, "_SMALL", -1)
    monkeypatch.setattr(module, "_SETTLED", -(10**18))
    monkeypatch.setenv("SPBE_CACHE", str(tmp_path / "cache"))
    return write(tmp_path / "model", {**clean_texts(), "salah.yaml": FAULTY}, None)


def found(root: Path, *, cached: bool = True) -> list[object]:
    """What a process finds that has just been started."""
    cache = Cache(root, Limits()) if cached else False
    memory = LastingMemory(cache) if isinstance(cache, Cache) else None
    findings = check(load(root, cache=cache), memory=memory)
    return [findings.summary, *((one.code, one.level, repr(one.fault)) for one in findings)]


def packs(root: Path) -> list[Path]:
    return sorted((root.parent / "cache").rglob("*.pack"))


def everything_kept(root: Path) -> list[Path]:
    return sorted(path for path in (root.parent / "cache").rglob("*") if path.suffix in (".pack", ".record"))


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read as YAML from now on."""
    paths: list[str] = []

    def read(path: str, text: bytes, limits: Limits) -> object:
        paths.append(path)
        return read_file(path, text, limits)

    monkeypatch.setattr(loading, "read_file", read)
    return paths


# --- what it is for ----------------------------------------------------------------------------------------------


def test_what_has_been_read_is_not_read_again(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(model)
    paths = counting(monkeypatch)
    found(model)
    assert paths == []


def test_a_changed_file_is_read_again(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(model)
    paths = counting(monkeypatch)
    write(model, {"salah.yaml": FAULTY.replace("tatap_muka", "daring")}, None)
    found(model)
    assert paths == ["salah.yaml"]


def test_a_file_with_a_known_text_is_not_read_again_wherever_it_stands(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(model)
    paths = counting(monkeypatch)
    (model / "salah.yaml").rename(model / "lain.yaml")
    assert found(model) == found(model, cached=False)
    assert "lain.yaml" not in paths[: -len(clean_texts())]


def test_files_of_one_text_keep_their_own_paths(model: Path) -> None:
    write(model, {"salinan.yaml": FAULTY, "kosong-1.yaml": "", "kosong-2.yaml": ""}, None)
    assert found(model) == found(model) == found(model, cached=False)


def test_a_change_that_keeps_size_and_time_is_seen(model: Path) -> None:
    found(model)
    path = model / "salah.yaml"
    about = path.stat()
    path.write_text(FAULTY.replace("pemungutan-pajk", "pemungutan-pajx"), encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert found(model) == found(model, cached=False)


def test_a_file_changed_a_moment_ago_is_not_trusted_to_stay(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SETTLED", 2_000_000_000)
    found(model)
    cache = Cache(model, Limits())
    assert cache._known_signatures() == {}


@posix
def test_a_link_is_followed_each_time(model: Path, tmp_path: Path) -> None:
    inside, outside = model / "satu.yaml", tmp_path / "dua.yaml"
    write(model, {"satu.yaml": "themes:\n  a: {name: A}\n"}, None)
    (model / "pautan.yaml").symlink_to(inside)
    found(model)
    outside.write_bytes(inside.read_bytes())
    (model / "pautan.yaml").unlink()
    (model / "pautan.yaml").symlink_to(outside)
    assert found(model) == found(model, cached=False)


def test_other_limits_know_nothing_of_what_was_read_under_these(model: Path) -> None:
    found(model)
    digests = {path: digest_of(text.encode()) for path, text in clean_texts().items()}
    assert Cache(model, Limits(scalar=100)).results(digests) == {}


def test_another_version_of_the_program_knows_nothing_of_it(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(model)
    monkeypatch.setattr(module, "_program", lambda: b"another")
    paths = counting(monkeypatch)
    assert found(model)
    assert len(paths) == len(clean_texts())


def test_the_library_keeps_nothing_unless_asked(model: Path) -> None:
    load(model)
    assert not (model.parent / "cache").exists()


def test_the_library_keeps_what_it_reads_if_asked(model: Path) -> None:
    load(model, cache=True)
    assert len(packs(model)) == 1


def test_a_small_model_is_not_kept(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_SMALL", 2_000_000)
    load(model, cache=True)
    assert not (model.parent / "cache").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_read_into_it_too(model: Path, workers: int) -> None:
    without = load(model)
    for _ in range(2):
        assert same(load(model, workers=workers, cache=True), without)


def same(one: Architecture, other: Architecture) -> bool:
    for member in one.members:
        for file in member.files:
            file.digest = ""
    return one.members == other.members and one.findings == other.findings


# --- the same bytes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_the_same_bytes_with_it_and_without(model: Path, name: str) -> None:
    def printed(*arguments: str) -> tuple[bytes, str]:
        result = CliRunner().invoke(app, ["check", str(model), "--output-format", name, *arguments])
        assert result.exit_code == 1, result.output
        return result.stdout_bytes, result.stderr

    assert printed("--no-cache") == printed() == printed()


@pytest.mark.parametrize("arguments", [["--statistics"], ["--group-by", "unit"], ["--select", "SPBE1,SPBE505"]])
def test_every_question_has_the_same_answer_with_it_and_without(model: Path, arguments: list[str]) -> None:
    def printed(*more: str) -> bytes:
        return CliRunner().invoke(app, ["check", str(model), *arguments, *more]).stdout_bytes

    assert printed("--no-cache") == printed() == printed()


def test_pictures_have_the_same_bytes_with_it_and_without(model: Path, tmp_path: Path) -> None:
    def drawn(folder: str, cache: str) -> dict[str, bytes]:
        target = tmp_path / folder
        options = ["render", str(model), "-o", str(target), "--view", "layers", "--format", "svg"]
        assert CliRunner().invoke(app, options, env={"SPBE_CACHE": cache}).exit_code == 0
        return {path.name: path.read_bytes() for path in target.iterdir() if path.suffix == ".svg"}

    kept = str(tmp_path / "cache")
    assert drawn("satu", "off") == drawn("dua", kept) == drawn("tiga", kept)


# --- damage and strangers ----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.data())
def test_damage_anywhere_changes_nothing(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        root = prepared(tmp_path_factory.mktemp("rusak"), patch)
        for path in data.draw(st.lists(st.sampled_from(everything_kept(root)), min_size=1, max_size=3)):
            whole = path.read_bytes()
            at = data.draw(st.integers(0, len(whole)))
            left = data.draw(st.sampled_from([0, 0, 1, 40]))
            path.write_bytes(whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + left :])
        assert found(root) == PREPARED_FINDINGS[0]
        assert found(root) == PREPARED_FINDINGS[0]


PREPARED_FINDINGS: list[list[object]] = []


def prepared(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    patch.setattr(loading, "_SMALL", -1)
    patch.setenv("SPBE_CACHE", str(folder / "cache"))
    root = write(folder / "model", {"salah.yaml": FAULTY, "tema.yaml": "themes:\n  a: {name: A}\n"})
    if not PREPARED_FINDINGS:
        PREPARED_FINDINGS.append(found(root, cached=False))
    found(root)
    return root


@pytest.mark.parametrize("content", [b"", b"SPBECACH", b"SPBECACH" + b"\xff" * 8, b"\0" * 4096, b"[]"])
def test_files_of_something_else_change_nothing(model: Path, content: bytes) -> None:
    found(model)
    for path in everything_kept(model):
        path.write_bytes(content)
    assert found(model) == found(model, cached=False)


def test_what_is_sealed_and_yet_no_pack_changes_nothing(model: Path) -> None:
    cache = Cache(model, Limits())
    found(model)
    for inside in (b"null", b"[[1]]", b'[["a"]]', b"\xff", b"[" * 10_000):
        cache._write(f"{digest_of(inside)[:32]}.pack", cache._sealed(inside) + cache._sealed(b"x"))
        cache.keep_record("signatures", inside)
    assert found(model) == found(model, cached=False)


def test_a_bomb_is_not_inflated(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 100_000)
    cache = Cache(model, Limits())
    cache.keep_record("bom", b"\0" * 200_000)
    assert cache.record("bom") is None


@posix
def test_its_folders_are_for_the_user_alone(model: Path) -> None:
    found(model)
    folders = [model.parent / "cache", *(model.parent / "cache").iterdir()]
    assert [oct(folder.stat().st_mode & 0o777) for folder in folders] == ["0o700", "0o700"]


@posix
@pytest.mark.parametrize("which", ["all", "own"])
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_into_is_not_used(
    model: Path, monkeypatch: pytest.MonkeyPatch, which: str, mode: int
) -> None:
    found(model)
    folder = model.parent / "cache"
    (folder if which == "all" else next(folder.iterdir())).chmod(mode)
    paths = counting(monkeypatch)
    found(model)
    assert len(paths) == len(clean_texts())


@posix
def test_a_folder_of_another_user_is_not_used(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(model)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not Cache(model, Limits()).is_usable


@posix
def test_a_link_in_place_of_its_folder_is_not_used(model: Path, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir(mode=0o700)
    (tmp_path / "cache").symlink_to(tmp_path / "lain")
    assert not Cache(model, Limits()).is_usable
    assert found(model) == found(model, cached=False)


def test_a_file_in_place_of_its_folder_is_not_used(model: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    assert found(model) == found(model, cached=False)


@pytest.mark.parametrize("stated", ["", "0", "off", "NO"])
def test_it_can_be_switched_off(model: Path, monkeypatch: pytest.MonkeyPatch, stated: str) -> None:
    monkeypatch.setenv("SPBE_CACHE", stated)
    assert not Cache(model, Limits()).is_usable


@posix
def test_it_lies_in_the_users_cache_folder(model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SPBE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "rumah"))
    expected = tmp_path / ("rumah/Library/Caches" if sys.platform == "darwin" else "xdg") / "spbe"
    assert Cache(model, Limits()).is_usable
    assert expected.is_dir()


@posix
def test_without_a_place_for_it_there_is_none(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPBE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/dev/null")
    assert found(model) == found(model, cached=False)


def test_a_home_that_is_not_known_is_none(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPBE_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert not Cache(model, Limits()).is_usable


def test_a_cache_that_cannot_be_written_changes_nothing(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OutputError("full")

    monkeypatch.setattr(module, "write_bytes", refuse)
    assert found(model) == found(model, cached=False)


def test_nothing_is_written_into_the_repository(model: Path) -> None:
    before = sorted(path.name for path in model.rglob("*"))
    found(model)
    assert sorted(path.name for path in model.rglob("*")) == before


# --- many --------------------------------------------------------------------------------------------------------


def test_many_packs_are_put_together(model: Path) -> None:
    for number in range(40):
        write(model, {"salah.yaml": FAULTY + f"# {number}\n"}, None)
        assert found(model)
    assert len(packs(model)) <= module._MOST_PACKS + 1
    assert found(model) == found(model, cached=False)


def test_what_stays_is_still_known_after_packs_were_put_together(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        write(model, {"salah.yaml": FAULTY + f"# {number}\n"}, None)
        found(model)
    paths = counting(monkeypatch)
    found(model)
    assert paths == []


def test_several_may_write_at_the_same_time(model: Path) -> None:
    expected = found(model, cached=False)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: found(model), range(12)))
    assert results == [expected] * 12
    assert found(model) == expected


def test_what_nobody_has_used_for_long_is_removed(model: Path) -> None:
    found(model)
    (old,) = (model.parent / "cache").iterdir()
    os.utime(old / "used", (1, 1))
    found(write(model.parent / "lain", {"salah.yaml": FAULTY, "tema.yaml": ""}))
    assert not old.exists()


def test_the_oldest_is_removed_if_all_takes_too_much(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 1000)
    found(model)
    (old,) = (model.parent / "cache").iterdir()
    os.utime(old / "used", (time.time() - 60, time.time() - 60))
    found(write(model.parent / "lain", {"salah.yaml": FAULTY, "tema.yaml": ""}))
    assert not old.exists()


def test_what_is_not_its_own_is_never_removed(model: Path) -> None:
    folder = model.parent / "cache"
    folder.mkdir(mode=0o700)
    write(folder / ("a" * 32), {"penting.txt": "x"}, None)
    write(folder / "b", {"penting.pack": "x"}, None)
    found(model)
    assert (folder / ("a" * 32) / "penting.txt").exists()
    assert (folder / "b" / "penting.pack").exists()


def test_a_pack_is_found_by_any_of_its_texts() -> None:
    texts = {f"{n}.yaml": f"themes:\n  t{n}: {{name: T}}\n" for n in range(5)}
    block = packed({digest_of(text.encode()): read_file(path, text) for path, text in texts.items()})
    chosen = block.digests[3]
    assert [one.path for one in module.unpacked(block, {chosen: ("x.yaml",)})] == ["x.yaml"]


def test_the_command_says_how_to_go_without(tmp_path: Path) -> None:
    assert "--no-cache" in run(tmp_path, "check", "--help").stdout


def test_the_command_keeps_large_models(tmp_path: Path) -> None:
    texts = {
        f"{n}.yaml": "themes:\n" + "".join(f"  t{n}-{m}: {{name: {'x' * 900}}}\n" for m in range(80)) for n in range(30)
    }
    write(tmp_path / "model", texts)
    environment = {"SPBE_CACHE": str(tmp_path / "cache")}
    outputs = [
        json.loads(run(tmp_path / "model", "check", "--output-format", "json", *more, environment=environment).stdout)
        for more in ((), (), ("--no-cache",))
    ]
    assert outputs[0] == outputs[1] == outputs[2]
    assert list((tmp_path / "cache").rglob("*.pack"))


# --- what is not there -------------------------------------------------------------------------------------------


def last_runs(root: Path) -> list[bytes]:
    return [path.read_bytes() for path in everything_kept(root) if path.name.startswith("found")]


def test_what_is_supposed_is_not_kept(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "_WORTH_WRITING", 10_000)
    found(model)
    kept = last_runs(model)
    architecture = load(model, cache=True)
    for supposed in (what_if(architecture, remove=["konsultasi-pajak"]), what_if(architecture, remove=["bapenda"])):
        assert supposed.broken or supposed.resolved
    assert last_runs(model) == kept


def test_what_is_typed_in_an_editor_is_not_kept(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "_WORTH_WRITING", 10_000)
    found(model)
    kept = last_runs(model)
    cache = Cache(model, Limits())
    check(load(model, cache=cache, overlay={"salah.yaml": FAULTY.encode() * 2}), memory=LastingMemory(cache))
    assert last_runs(model) == kept
