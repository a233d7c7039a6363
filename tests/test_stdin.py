"""`spbe check -`: the text on stdin, by itself or in place of a file, as an editor has it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from spbe_arch.loading import load
from tests.command import MANIFEST, SECONDS, SPBE, environment_of_a_shell, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

FAULTY = "services:\n  izin: {nme: Izin}\n"


def check(folder: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    data = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [*SPBE, "check", "-", "--output-format", "concise", *arguments],
        cwd=folder,
        env=environment_of_a_shell({}),
        input=data,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    out, error = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + error
    return subprocess.CompletedProcess(done.args, done.returncode, out, error)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("bersih"), clean_texts(), None)


def test_a_text_alone_is_checked_as_one_file(tmp_path: Path) -> None:
    result = check(tmp_path, FAULTY, "--select", "SPBE103")
    assert result.stdout == "<stdin>:2:10: SPBE103 service 'izin' has no field 'nme'; did you mean 'name'?\n"
    assert result.returncode == 1


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"[" * 50_000, b"a: b", b"- x"])
def test_any_bytes_are_clean_or_have_findings(tmp_path: Path, text: bytes) -> None:
    assert check(tmp_path, text).returncode in (0, 1)


def test_it_stands_in_place_of_a_file(clean: Path) -> None:
    text = clean_texts()["layanan.yaml"].replace("pemungutan-pajak", "tiada")
    result = check(clean, text, "--stdin-filename", "layanan.yaml", "--select", "SPBE101")
    assert [line.partition(": ")[2][:7] for line in result.stdout.splitlines()] == ["SPBE101"] * result.stdout.count(
        "\n"
    )
    assert result.stdout.startswith("layanan.yaml:")
    assert result.returncode == 1


def test_the_same_text_as_in_the_file_finds_the_same(clean: Path) -> None:
    assert check(clean, clean_texts()["layanan.yaml"], "--stdin-filename", "layanan.yaml").returncode == 0


def test_what_it_breaks_in_other_files_is_not_told(clean: Path) -> None:
    assert check(clean, "", "--stdin-filename", "unit-kerja.yaml", "--select", "SPBE101").stdout == ""


def test_the_file_need_not_exist(clean: Path) -> None:
    result = check(clean, FAULTY, "--stdin-filename", "bagian/baru/layanan-baru.yaml", "--select", "SPBE103")
    assert result.stdout.startswith("bagian/baru/layanan-baru.yaml:2:10: SPBE103")


def test_it_is_known_to_the_rest_of_the_model(clean: Path) -> None:
    text = "services:\n  baru: {name: Baru, owner: bapenda}\n"
    assert check(clean, text, "--stdin-filename", "baru.yaml", "--select", "SPBE101").returncode == 0


def test_the_file_is_found_from_elsewhere(clean: Path, tmp_path: Path) -> None:
    result = check(tmp_path, FAULTY, "--stdin-filename", str(clean / "baru.yaml"), "--select", "SPBE103")
    assert "baru.yaml:2:10: SPBE103" in result.stdout


def test_it_may_be_the_manifest(clean: Path) -> None:
    result = check(clean, MANIFEST + "knd: regency\n", "--stdin-filename", "spbe.yaml", "--select", "SPBE103")
    assert result.stdout.startswith("spbe.yaml:4:1: SPBE103")


@pytest.mark.parametrize("name", [".tersembunyi.yaml", "catatan.txt", ".git/x.yaml"])
def test_what_would_be_no_part_of_the_model_is_said_to_be_none(clean: Path, name: str) -> None:
    result = check(clean, FAULTY, "--stdin-filename", name)
    assert result.returncode == 2
    assert "is no part of the model" in result.stderr


def test_what_is_excluded_stays_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": ""}, MANIFEST + "exclude: [arsip]\n")
    assert check(tmp_path, FAULTY, "--stdin-filename", "arsip/lama.yaml").returncode == 2


def test_a_file_of_another_agency_is_no_part_of_this_one(tmp_path: Path) -> None:
    write(tmp_path, {"lain/spbe.yaml": MANIFEST.replace("kab-contoh", "kab-lain"), "a.yaml": ""})
    assert "lain/baru.yaml" not in load(tmp_path, overlay={"lain/baru.yaml": FAULTY.encode()}).texts


def test_a_file_of_a_member_is_part_of_the_model(tmp_path: Path) -> None:
    member = MANIFEST.replace("kab-contoh", "kab-lain")
    write(tmp_path, {"lain/spbe.yaml": member, "a.yaml": ""}, MANIFEST + "members: [lain]\n")
    architecture = load(tmp_path, overlay={"lain/baru.yaml": FAULTY.encode()})
    assert [finding.place.path for finding in architecture.findings] == ["lain/baru.yaml"]


def test_a_repository_is_needed_for_a_name(tmp_path: Path) -> None:
    result = check(tmp_path, FAULTY, "--stdin-filename", "a.yaml")
    assert result.returncode == 2
    assert "no model" in result.stderr


@pytest.mark.parametrize("arguments", [(".",), ("--watch",), ("--write-baseline",)])
def test_stdin_is_the_only_thing_that_is_checked(clean: Path, arguments: tuple[str, ...]) -> None:
    assert check(clean, "", *arguments).returncode == 2


def test_a_name_alone_is_not_enough(clean: Path) -> None:
    done = subprocess.run([*SPBE, "check", "--stdin-filename", "a.yaml"], cwd=clean, check=False, capture_output=True)
    assert done.returncode == 2
