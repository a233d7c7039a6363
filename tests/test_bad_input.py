"""The command on anything that may lie in a repository: a clear answer, the right exit code, no traceback, in time.

Each case runs the real command in a process of its own, in a folder made for it.
"""

from __future__ import annotations

import codecs
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest

from tests.command import MANIFEST, SECONDS, SPBE, environment_of_a_shell, run, write
from tests.patching import clean_texts

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def found(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """The findings on a folder; the exit code is checked against them."""
    result = run(folder, "check", "--output-format", "json", *arguments)
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    assert result.returncode == int(any(one["level"] == "error" for one in findings))
    return findings


def codes(folder: Path) -> list[tuple[str, str, int]]:
    return [(one["code"], one["path"], one["line"]) for one in found(folder)]


# --- folders and manifests -----------------------------------------------------------------------------------


def test_empty_files_and_comments_are_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"kosong.yaml": "", "komentar.yaml": "# nanti\n", "baris.yml": "\n\n", "garis.yaml": "---\n"})
    assert codes(tmp_path) == []


def test_an_empty_manifest_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, {}, manifest="# belum diisi\n")
    assert [one["code"] for one in found(tmp_path) if one["level"] == "error"] == ["SPBE130"]


@pytest.mark.parametrize("key", ["version", "agency", "name"])
@pytest.mark.parametrize("value", ["", " ~", ' ""'], ids=["nothing", "null", "empty text"])
def test_a_manifest_that_leaves_blank_what_it_has_to_say_is_one_finding(key: str, value: str, tmp_path: Path) -> None:
    manifest = "".join(f"{key}:{value}\n" if line.startswith(key) else f"{line}\n" for line in MANIFEST.splitlines())
    write(tmp_path, {"layanan.yaml": "services:\n  izin: {name: Izin, processes: tiada}\n"}, manifest)
    errors = [(one["code"], one["line"]) for one in found(tmp_path) if one["path"] == "spbe.yaml"]
    assert ("SPBE130", MANIFEST[: MANIFEST.index(key)].count("\n") + 1) in errors


@pytest.mark.parametrize("manifest", ["- a\n", "teks\n", "[satu, dua]\n"])
def test_a_manifest_that_is_no_mapping_is_one_finding(manifest: str, tmp_path: Path) -> None:
    write(tmp_path, {}, manifest)
    assert [one["code"] for one in found(tmp_path) if one["level"] == "error"] == ["SPBE105"]


@pytest.mark.parametrize("command", [("check",), ("render", "-o", "gambar")])
def test_a_folder_without_a_manifest_is_no_model(command: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"layanan.yaml": "layanan: {}\n"}, manifest=None)
    result = run(tmp_path, *command)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "spbe.yaml" in result.stderr
    assert not (tmp_path / "gambar").exists()


@pytest.mark.parametrize("command", [("check", "tiada"), ("render", "tiada", "-o", "gambar")])
def test_a_path_that_does_not_exist_is_named(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(write(tmp_path, {}), *command)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", "spbe: tiada does not exist\n")


def test_a_name_that_is_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    assert run(write(tmp_path, {}), "check", "a" * 5000).returncode == 2


# --- YAML ----------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ELEMENT = "themes:\n  tema:\n    name: {}\n"
WITH_LINES = "themes:\n  tema:\n    name: Tema\n"

TEXTS: dict[str, tuple[str | bytes, str, int]] = {
    "100,000 brackets": ("[" * 100_000, "SPBE008", 1),
    "100,000 closed brackets": ("themes: " + "[" * 100_000 + "]" * 100_000 + "\n", "SPBE008", 1),
    "100,000 braces": ("{a: " * 100_000, "SPBE008", 1),
    "20,000 indented keys": ("".join(" " * n + f"k{n}:\n" for n in range(2_000)), "SPBE008", 101),
    "an alias bomb": (BOMB, "SPBE010", 6),
    "an alias bomb of merge keys": (
        "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [{', '.join(['*a'] * 1000)}]}}\n" for n in range(200)),
        "SPBE010",
        27,
    ),
    "an alias in itself": ("themes: &a\n  tema:\n    name: Tema\n    tags: [*a]\n", "SPBE011", 4),
    "an unknown alias": ("themes:\n  tema:\n    name: *tiada\n", "SPBE001", 3),
    "30 MB of one value": (ELEMENT.format("x" * 30_000_000), "SPBE007", 1),
    "a value of 70,000 letters": (ELEMENT.format("x" * 70_000), "SPBE012", 3),
    "a key of 70,000 letters": (WITH_LINES + "    " + "k" * 70_000 + ": x\n", "SPBE001", 4),
    "a key of 70,000 letters in quotes": (WITH_LINES + '    ? "' + "k" * 70_000 + '"\n    : x\n', "SPBE012", 4),
    "a Python tag": ("themes:\n  tema:\n    name: !!python/object/apply:os.system [echo]\n", "SPBE016", 3),
    "a local tag": (ELEMENT.format("!nama Tema"), "SPBE016", 3),
    "UTF-16 with a mark": (codecs.BOM_UTF16_LE + WITH_LINES.encode("utf-16-le"), "SPBE003", 1),
    "UTF-16 without a mark": (WITH_LINES.encode("utf-16-be"), "SPBE003", 1),
    "UTF-32": (codecs.BOM_UTF32_LE + WITH_LINES.encode("utf-32-le"), "SPBE003", 1),
    "Windows-1252": (ELEMENT.format("Café").encode("cp1252"), "SPBE002", 3),
    "half a character": (ELEMENT.format("Kafé").encode()[:-2] + b"\n", "SPBE002", 3),
    "NUL": (ELEMENT.format("Te\0ma"), "SPBE005", 3),
    "an escape": (ELEMENT.format("\x1b[31mTema"), "SPBE005", 3),
    "a surrogate": (ELEMENT.format("Tema").encode() + b"    note: \xed\xa0\x80\n", "SPBE002", 4),
    "a byte order mark": (codecs.BOM_UTF8 + WITH_LINES.encode(), "SPBE004", 1),
    "NEL": (ELEMENT.format("Te\x85ma"), "SPBE006", 3),
    "LS": (ELEMENT.format("Te\u2028ma"), "SPBE006", 3),
    "PS": (ELEMENT.format("Te\u2029ma"), "SPBE006", 3),
    "a hidden break before a key": (ELEMENT.format("Tema\x85    bogus: x"), "SPBE006", 3),
    "a key twice": (WITH_LINES + "    name: Lain\n", "SPBE013", 4),
    "a key in both languages": (WITH_LINES + "    nama: Lain\n", "SPBE013", 4),
    "an id twice": (WITH_LINES + "  tema:\n    name: Lain\n", "SPBE013", 4),
    "a section twice": (WITH_LINES + "tema:\n  lain:\n    name: Lain\n", "SPBE013", 4),
    "two documents": (WITH_LINES + "---\n" + WITH_LINES, "SPBE014", 4),
    "a directive": ("%YAML 3.7\n---\n" + WITH_LINES, "SPBE001", 1),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDAT\0",
        "SPBE023",
        1,
    ),
    "binary": (bytes(range(256)) * 40, "SPBE023", 1),
    "a list": ("- satu\n- dua\n", "SPBE017", 1),
    "a text": ("satu\n", "SPBE017", 1),
    "a list as a key": ("themes:\n  [a, b]: {name: Tema}\n", "SPBE015", 2),
    "a merge of a text": ("themes:\n  tema:\n    <<: teks\n    name: Tema\n", "SPBE022", 3),
    "another program's file": ("image: postgres\nports: [80]\n", "SPBE019", 1),
}
"""What stands in a file, and the one finding that it is: code and line."""


@pytest.mark.parametrize(("text", "code", "line"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_cannot_be_read_is_one_finding(text: str | bytes, code: str, line: int, tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "salah.yaml": text}, manifest=None)
    assert [(one["code"], one["line"], one["path"]) for one in found(tmp_path)] == [(code, line, "salah.yaml")]


def test_an_id_in_two_files_names_both(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "salah.yaml": WITH_LINES.replace("tema", "pajak-hotel")}, manifest=None)
    (finding,) = found(tmp_path)
    assert (finding["code"], finding["path"], finding["line"]) == ("SPBE107", "salah.yaml", 2)
    assert [(one["path"], one["element"]) for one in finding["related"]] == [("layanan.yaml", "pajak-hotel")]


# --- links that lead in circles ------------------------------------------------------------------------------

LOOP = """\
units:
  dinas: {name: Dinas, parent: bidang}
  bidang: {name: Bidang, parent: seksi}
  seksi: {name: Seksi, parent: dinas}
  sendiri: {name: Sendiri, parent: sendiri}
services:
  izin: {name: Izin, owner: dinas, processes: terbit, targets: public}
processes:
  terbit: {name: Terbit, owner: seksi, parent: catat, reference: RAB.09.01}
  catat: {name: Catat, owner: bidang, parent: terbit, triggers: [terbit, catat], reference: RAB.09.01}
initiatives:
  satu: {name: Satu, after: dua, parent: dua}
  dua: {name: Dua, after: satu, parent: satu}
"""


def test_each_circle_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, {"lingkaran.yaml": LOOP})
    circles = [(one["line"], one["element"]) for one in found(tmp_path) if one["code"] == "SPBE127"]
    assert circles == [(3, "bidang"), (5, "sendiri"), (10, "catat"), (13, "dua"), (13, "dua")]


def test_a_model_with_circles_is_drawn(tmp_path: Path) -> None:
    write(tmp_path, {"lingkaran.yaml": LOOP})
    result = run(tmp_path, "render", "-o", "gambar", "--view", "layers", "--view", "chain:izin", "--format", "svg")
    assert result.returncode == 0
    assert "5" in result.stderr
    assert len(list((tmp_path / "gambar").glob("*.svg"))) >= 2


# --- files that are none -------------------------------------------------------------------------------------


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(write(tmp_path, clean_texts(), None) / "pipa.yaml")
    assert codes(tmp_path) == [("SPBE018", "pipa.yaml", 1)]


@POSIX
def test_a_pipe_in_place_of_a_manifest_is_no_manifest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "spbe.yaml")
    assert run(tmp_path, "check").returncode == 2


@POSIX
def test_a_link_to_nothing_and_a_link_in_a_circle_are_findings(tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    (tmp_path / "putus.yaml").symlink_to("tiada.yaml")
    (tmp_path / "putar.yaml").symlink_to("putar.yaml")
    (tmp_path / "folder").symlink_to("folder")
    assert codes(tmp_path) == [("SPBE018", "putar.yaml", 1), ("SPBE018", "putus.yaml", 1)]


@POSIX
def test_files_and_folders_without_the_right_to_read_them_are_findings(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "rahasia.yaml": "", "tertutup/a.yaml": ""}, None)
    (tmp_path / "rahasia.yaml").chmod(0)
    (tmp_path / "tertutup").chmod(0)
    try:
        result = run(tmp_path, "check", "--output-format", "json", command=_like_any_user())
        found = [(one["code"], one["path"]) for one in json.loads(result.stdout)["findings"]]
        assert found == [("SPBE018", "rahasia.yaml"), ("SPBE018", "tertutup")]
    finally:
        (tmp_path / "tertutup").chmod(0o700)


def _like_any_user() -> tuple[str, ...]:
    """The command without the right of Linux's root to read every file; without that right, files closed to their
    owner are closed to root, too.
    """
    if os.geteuid() != 0:
        return SPBE
    if sys.platform != "linux":
        pytest.skip("root reads everything, and only Linux lets it give that up")
    drop, overriding, searching = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH (linux/prctl.h)
    code = (
        "import ctypes, os, sys\n"
        f"if any(ctypes.CDLL(None).prctl({drop}, right, 0, 0, 0) for right in ({overriding}, {searching})):\n"
        "    sys.exit('the rights of root could not be given up')\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'spbe_arch', *sys.argv[1:]])\n"
    )
    return sys.executable, "-c", code


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "folder.yaml/salah.yaml": "- satu\n"}, None)
    assert codes(tmp_path) == [("SPBE017", "folder.yaml/salah.yaml", 1)]


@POSIX
def test_a_thousand_folders_deep_is_read(tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    made = [tmp_path]
    for _ in range(1_100):
        made.append(made[-1] / "a")
        made[-1].mkdir()
    try:
        (made[-1] / "salah.yaml").write_text("- satu\n")
        (finding,) = found(tmp_path)
        assert (finding["code"], finding["path"].count("/")) == ("SPBE017", 1_100)
    finally:
        (made[-1] / "salah.yaml").unlink()
        for folder in reversed(made[1:]):
            folder.rmdir()


# --- nothing outside, nothing executed -----------------------------------------------------------------------


@POSIX
def test_no_link_out_of_the_repository_is_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "luar", {"rahasia.yaml": "themes:\n  rahasia: {name: Rahasia}\n"}, None)
    model = write(tmp_path / "model", clean_texts(), None)
    (model / "folder").symlink_to(outside, target_is_directory=True)
    (model / "berkas.yaml").symlink_to(outside / "rahasia.yaml")
    assert codes(model) == [("SPBE018", "berkas.yaml", 1), ("SPBE018", "folder", 1)]
    assert "Rahasia" not in json.dumps(found(model))


@POSIX
def test_a_manifest_that_is_a_link_out_of_the_repository_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"luar.yaml": MANIFEST.replace("Contoh", "Rahasia")}, None)
    model = tmp_path / "model"
    model.mkdir()
    (model / "spbe.yaml").symlink_to("../luar.yaml")
    assert ("SPBE018", "spbe.yaml", 1) in codes(model)


@POSIX
def test_links_inside_the_repository_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "bagian/tema.yaml": WITH_LINES}, None)
    (tmp_path / "bagian" / "lagi").symlink_to("..", target_is_directory=True)
    assert codes(tmp_path) == []


def test_a_nested_repository_is_another_agency_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "lain/spbe.yaml": "]", "lain/salah.yaml": "- satu\n"}, None)
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    "pattern", ["draf", "draf/", "./draf", "/draf", "draf/*", "salah.yaml", "*.yaml", "dr?f/salah*"]
)
def test_what_is_excluded_is_not_read(pattern: str, tmp_path: Path) -> None:
    write(tmp_path, {"draf/salah.yaml": "["}, f"{MANIFEST}exclude: ['{pattern}']\n")
    assert [code for code, _, _ in codes(tmp_path) if code.startswith("SPBE0")] == []


def test_a_manifest_is_no_file_of_the_model_under_another_spelling(tmp_path: Path) -> None:
    write(tmp_path, {})
    if not (tmp_path / "SPBE.YAML").exists():  # the case of letters counts here, so another name of the file has to do
        os.link(tmp_path / "spbe.yaml", tmp_path / "SPBE.YAML")
    assert [code for code, _, _ in codes(tmp_path) if code.startswith("SPBE0")] == []


MEMBERS = ["../luar", "/etc", ".", "..", "tiada", "kosong", "a/../../luar", "x" * 3000, "spbe.yaml"]


def test_members_that_are_none_are_one_finding_each_at_their_place(tmp_path: Path) -> None:
    write(tmp_path / "luar", {})
    model = write(tmp_path / "model", clean_texts(), None)
    (model / "kosong").mkdir()
    manifest = clean_texts()["spbe.yaml"] + "members:\n" + "".join(f"  - {member}\n" for member in MEMBERS)
    (model / "spbe.yaml").write_text(manifest)
    first = manifest.count("\n") - len(MEMBERS) + 1
    assert codes(model) == [("SPBE132", "spbe.yaml", first + number) for number in range(len(MEMBERS))]


def test_members_may_name_each_other_and_be_named_twice(tmp_path: Path) -> None:
    files = {
        "a/spbe.yaml": "version: 1\nagency: a\nname: A\nmembers: [../b]\n",
        "b/spbe.yaml": "version: 1\nagency: b\nname: B\nmembers: [../a]\n",
        "a/tema.yaml": WITH_LINES,
        "b/tema.yaml": WITH_LINES,
    }
    write(tmp_path, {**clean_texts(), **files}, None)
    manifest = tmp_path / "spbe.yaml"
    manifest.write_text(manifest.read_text() + "members: [a, b, a/]\n")
    assert codes(tmp_path) == [("SPBE813", "a/spbe.yaml", 1), ("SPBE813", "b/spbe.yaml", 1)]


SPBE_SCRIPT = Path(sys.executable).with_name("spbe.exe" if os.name == "nt" else "spbe")
STANDARD = ("__future__", "typing", "json", "re", "string", "dataclasses", "gettext", "enum", "inspect", "datetime")
OTHERS = ("yaml", "click", "pydantic", "rapidfuzz", "rich", "graphviz", "networkx", "spbe", "sitecustomize")


@pytest.mark.parametrize("command", [SPBE, (str(SPBE_SCRIPT),)], ids=["module", "script"])
@pytest.mark.parametrize("arguments", [("check",), ("render", "-o", "../gambar", "--view", "layers")])
def test_no_module_beside_the_model_is_run(
    command: tuple[str, ...], arguments: tuple[str, ...], tmp_path: Path
) -> None:
    if not Path(command[0]).exists():
        pytest.skip("the script is there after an installation only")
    model = write(tmp_path / "model", clean_texts(), None)
    for name in (*STANDARD, *OTHERS):
        (model / f"{name}.py").write_text("raise SystemExit('code of the model was run')\n")
    (model / "yaml").mkdir()
    (model / "yaml" / "__init__.py").write_text("raise SystemExit('code of the model was run')\n")
    result = run(model, *arguments, command=command)
    assert (result.returncode, "was run" in result.stdout + result.stderr) == (0, False)


# --- names ---------------------------------------------------------------------------------------------------

NAMES = {
    "quotes": "\"'`",
    "HTML": "<script>alert(1)</script>&amp;]]>",
    "a line break": "satu\ndua",
    "bidi": "abc\u202edcba\u2066x",
    "an escape": "\x1b]0;judul\x07\x1b[31mmerah",
    "20,000 letters": "panjang " * 2_500,
    "no spaces": "x" * 20_000,
    "emoji": "\U0001f469\u200d\U0001f4bb",
}


def _named(name: str) -> dict[str, str]:
    """The clean model with the name at a service, an application and the agency, and a fault that quotes it."""
    quoted = json.dumps(name, ensure_ascii=False)
    texts = dict(clean_texts())
    texts["layanan.yaml"] = texts["layanan.yaml"].replace("name: Pajak Restoran", f"name: {quoted}")
    texts["aplikasi.yaml"] = texts["aplikasi.yaml"].replace("name: E-Pajak", f"name: {quoted}")
    texts["spbe.yaml"] = texts["spbe.yaml"].replace("name: Pemerintah Kabupaten Contoh", f"name: {quoted}")
    texts["salah.yaml"] = f"themes:\n  tema:\n    name: Tema\n    owner: {quoted}\n    {quoted[:1000]}: x\n"
    if len(quoted) > 1000:
        texts["salah.yaml"] = f"themes:\n  tema:\n    name: Tema\n    owner: {quoted}\n"
    return texts


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_names_are_shown_literally_and_on_their_line(name: str, output_format: str, tmp_path: Path) -> None:
    write(tmp_path, _named(name), None)
    result = run(tmp_path, "check", "--output-format", output_format)
    assert result.returncode == 1
    shown = result.stdout + result.stderr
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert max(map(len, shown.splitlines())) < 1000
    if output_format != "full":
        assert all("salah.yaml" in line for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_stand_as_text_in_a_picture(name: str, tmp_path: Path) -> None:
    write(tmp_path, _named(name), None)
    views = ("--view", "layers", "--view", "chain:pajak-restoran")
    assert run(tmp_path, "render", "-o", "gambar", "--format", "svg", *views).returncode == 0
    pictures = sorted((tmp_path / "gambar").glob("*.svg"))
    assert len(pictures) >= 2
    for picture in pictures:
        document = minidom.parseString(picture.read_bytes())  # noqa: S318 - our own
        assert document.getElementsByTagName("svg")[0].parentNode is document
        assert not document.getElementsByTagName("script")
        assert "\x1b" not in picture.read_text(encoding="utf-8")


# --- where the output goes -----------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("command", ["check --output-format json", "rules", "explain SPBE101", "schema"])
def test_a_reader_that_goes_away_is_no_fault(command: str, tmp_path: Path) -> None:
    write(tmp_path, _named("x"), None)
    line = f"set -o pipefail; '{sys.executable}' -m spbe_arch {command} | head -c 1; echo \" ${{PIPESTATUS[0]}}\""
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
    assert result.stdout.split()[-1] == ("1" if command.startswith("check") else "0")


@POSIX
def test_a_closed_stdout_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    line = f"'{sys.executable}' -m spbe_arch check >&-"
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "gambar": "a file"}, None)
    result = run(tmp_path, "render", "-o", "gambar/baru", "--view", "layers", "--format", "svg")
    assert (result.returncode, result.stdout) == (2, "")
    assert "gambar" in result.stderr
    assert run(tmp_path, "render", "-o", "gambar").returncode == 2


def test_findings_can_be_written_to_a_file_and_not_to_a_folder(tmp_path: Path) -> None:
    write(tmp_path, _named("x"), None)
    result = run(tmp_path, "check", "--output-format", "json", "--output-file", "hasil/temuan.json")
    assert (result.returncode, result.stdout) == (1, "")
    assert json.loads((tmp_path / "hasil" / "temuan.json").read_text())["findings"]
    assert run(tmp_path, "check", "--output-file", "hasil").returncode == 2
    assert run(tmp_path, "check", "--output-file", "spbe.yaml/temuan").returncode == 2


@pytest.mark.parametrize("second", ["hasil", "./hasil", "baru/../hasil"])
def test_two_formats_do_not_go_into_one_file(tmp_path: Path, second: str) -> None:
    write(tmp_path, {}, None)
    both = ("--output-format", "json", "--output-file", "hasil", "--output-format", "sarif", "--output-file", second)
    assert run(tmp_path, "check", *both).returncode == 2
    assert not (tmp_path / "hasil").exists()


def test_a_format_for_people_stays_short_beside_one_for_machines(tmp_path: Path) -> None:
    """GitHub shows no summary of more than a megabyte."""
    services = "".join(f"  s{number}: {{name: Layanan {number}}}\n" for number in range(5))
    settings = "check: {most_findings: 3, select: [SPBE301]}\n"
    write(
        tmp_path, {"a.yaml": f"services:\n{services}", "spbe.yaml": f"version: 1\nagency: x\nname: X\n{settings}"}, None
    )
    files = ("--output-format", "markdown", "--output-file", "a.md", "--output-format", "json")
    result = run(tmp_path, "check", *files)
    assert (tmp_path / "a.md").read_text(encoding="utf-8").count("`SPBE301`") == 3
    assert result.stdout.count('"SPBE301"') == 5


@pytest.mark.parametrize(
    "typed",
    [
        "--output-format json --output-file a.json --output-format concise",
        "--output-format concise --output-format json --output-file a.json",
        "--output-file a.json --output-format json --output-format concise",
    ],
)
def test_a_file_goes_to_the_format_beside_it(tmp_path: Path, typed: str) -> None:
    (tmp_path / "spbe.yaml").write_text(MANIFEST, encoding="utf-8")
    run(tmp_path, "check", *typed.split())
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["version"] == 1


@POSIX
def test_a_pipe_as_output_file_takes_the_findings_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = write(tmp_path, clean_texts(), None) / "pipa"
    os.mkfifo(pipe)
    arguments = ("check", "--output-format", "json", "--output-file", "pipa")
    unread = run(tmp_path, *arguments)
    assert (unread.returncode, pipe.is_fifo()) == (2, True)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run(tmp_path, *arguments).returncode == 0
    assert json.loads(os.read(reader, 100_000))["findings"] == []
    os.close(reader)
    assert pipe.is_fifo()


@POSIX
def test_an_output_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "lama.json": "{}"}, None)
    (tmp_path / "temuan.json").symlink_to("lama.json")
    run(tmp_path, "check", "--output-format", "json", "--output-file", "temuan.json")
    assert (tmp_path / "temuan.json").is_symlink()
    assert json.loads((tmp_path / "lama.json").read_text())["findings"] == []


@POSIX
@pytest.mark.parametrize("command", [("render", "-o", ".", "--view", "layers", "--format", "svg"), ("check",)])
def test_what_is_written_beside_a_model_takes_the_place_of_no_pipe(command: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    pipe = tmp_path / ("layers.svg" if command[0] == "render" else "dikenal.json")
    os.mkfifo(pipe)
    told = () if command[0] == "render" else ("--baseline", "dikenal.json", "--write-baseline")
    assert run(tmp_path, *command, *told).returncode == 2
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", [b"salah\xff.yaml", b"salah\xed\xa0\x80.yaml"], ids=["no UTF-8", "a surrogate"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check --output-format sarif --output-file ../hasil", 1),
        ("check --output-format json --output-file ../hasil", 1),
        ("export --format sqlite -o ../hasil", 0),
    ],
)
def test_a_file_whose_name_is_no_text_is_named_all_the_same(
    name: bytes, command: str, code: int, tmp_path: Path
) -> None:
    model = write(tmp_path / "model", clean_texts(), None)
    try:
        Path(os.fsdecode(os.fsencode(model) + b"/" + name)).write_bytes(
            b"themes:\n  tema: {name: Tema, owner: tiada}\n"
        )
    except (OSError, UnicodeDecodeError):
        pytest.skip("this system has no such names")
    assert run(model, *command.split()).returncode == code
    assert b"salah" in (tmp_path / "hasil").read_bytes()


@POSIX
def test_a_full_disk_is_said_and_is_no_success(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    write(tmp_path, clean_texts(), None)
    line = f"'{sys.executable}' -m spbe_arch rules > /dev/full"
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert "space" in result.stderr


# --- interrupted ---------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("wait", [0.4, 0.9, 1.5])
def test_an_interrupt_ends_the_run_quietly(wait: float, tmp_path: Path) -> None:
    services = "".join(f"  layanan-{{0}}-{n}:\n    name: Layanan {n}\n    method: electronic\n" for n in range(3_000))
    write(tmp_path, {f"layanan-{n}.yaml": "services:\n" + services.format(n) for n in range(80)})
    process = subprocess.Popen(
        [*SPBE, "check", "--output-format", "concise"],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    began = time.monotonic()
    output, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert (output, errors.strip()) == ("", "interrupted")
    assert time.monotonic() - began < 5


def test_an_interrupt_before_the_command_is_there_ends_the_run_as_quietly(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from spbe_arch.__main__ import main\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "interrupted\n")


def test_a_fault_of_our_own_is_owned_up_to_without_a_traceback(tmp_path: Path) -> None:
    write(tmp_path, clean_texts(), None)
    broken = "import spbe_arch.loading as l, spbe_arch.cli as c; l.load = lambda *a, **k: 1 / 0; c.main()"
    command = [sys.executable, "-c", broken, "check"]
    for debug, told in (("", False), ("1", True)):
        result = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment_of_a_shell({"SPBE_DEBUG": debug}),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert result.returncode == 3
        assert "ZeroDivisionError" in result.stderr
        assert "report" in result.stderr
        assert ("Traceback" in result.stderr) == told
