"""The command as a script or a person meets it: exit codes, streams, choices of rules and files, formats, help."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from spbe_arch import __version__
from spbe_arch.cli import COMMANDS, app
from spbe_arch.config import catalogue
from tests.command import SECONDS, environment_of_a_shell, run, write
from tests.patching import clean_texts

if TYPE_CHECKING:
    from pathlib import Path

FAULTY = """\
services:
  konsultasi-pajak:
    name: Konsultasi Pajak
    reference: RAL.02.02
    owner: bapenda
    method: face_to_face
    targets: public
    processes: [pemungutan-pajk, penagihan-pajak]
  penyuluhan-pajak:
    name: Penyuluhan Pajak
    reference: RAL.02.02
    owner: bapenda
    method: face_to_face
    targets: public
"""
"""An error (SPBE101, line 8) and a warning (SPBE301, line 9)."""
BOTH = ["SPBE101", "SPBE301"]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("bersih"), clean_texts(), None)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {**clean_texts(), "bapenda/salah.yaml": FAULTY, "bapenda/tema.yaml": "themes: {}\n"}
    return write(tmp_path_factory.mktemp("salah"), texts, None)


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {**clean_texts(), "salah.yaml": FAULTY.replace("pemungutan-pajk, ", "")}
    return write(tmp_path_factory.mktemp("peringatan"), texts, None)


def codes(folder: Path, *arguments: str) -> list[str]:
    return [
        one["code"]
        for one in json.loads(run(folder, "check", "--output-format", "json", *arguments).stdout)["findings"]
    ]


# --- exit codes and streams ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "arguments", "code"),
    [
        ("clean", (), 0),
        ("warned", (), 0),
        ("faulty", (), 1),
        ("warned", ("--fail-level", "warning"), 1),
        ("warned", ("--fail-level", "note"), 1),
        ("clean", ("--fail-level", "note"), 0),
        ("faulty", ("--exit-zero",), 0),
        ("faulty", ("--ignore", "SPBE101"), 0),
        ("faulty", ("--output-format", "json"), 1),
        ("faulty", ("--output-format", "github"), 1),
        ("faulty", ("tema.yaml",), 2),
        ("clean", ("--as-of", "besok"), 2),
        ("clean", ("--as-of", "2026-02-30"), 2),
        ("clean", ("--select", "SPBE999"), 2),
        ("clean", ("--select", "service-without-proces"), 2),
        ("clean", ("--output-format", "xml"), 2),
        ("clean", ("--bogus",), 2),
    ],
)
def test_exit_codes(model: str, arguments: tuple[str, ...], code: int, request: pytest.FixtureRequest) -> None:
    assert run(request.getfixturevalue(model), "check", *arguments).returncode == code


def test_findings_are_on_stdout_and_the_summary_on_stderr(faulty: Path) -> None:
    result = run(faulty, "check", "--output-format", "concise")
    path = "bapenda/salah.yaml"
    assert result.stdout.splitlines() == [
        (
            f"{path}:8:17: SPBE101 service 'konsultasi-pajak' names unknown process 'pemungutan-pajk'; "
            "did you mean 'pemungutan-pajak' (proses.yaml:10:3)?"
        ),
        f"{path}:9:3: SPBE301 service 'penyuluhan-pajak' is defined by no process",
    ]
    assert result.stderr.startswith("1 error, 1 warning, 0 notes; ")
    assert "spbe explain SPBE101" in result.stderr


def test_a_clean_model_prints_nothing_but_the_summary(clean: Path) -> None:
    result = run(clean, "check")
    assert result.stdout == ""
    assert result.stderr.startswith("0 errors, 0 warnings, 0 notes; ")
    assert len(result.stderr.splitlines()) == 1


def test_what_could_not_be_done_is_on_stderr(clean: Path) -> None:
    result = run(clean, "check", "--select", "service-without-proces")
    assert result.stdout == ""
    assert "service-without-process" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_there_is_no_colour_where_there_is_no_terminal(faulty: Path) -> None:
    result = run(faulty, "check", environment={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert "\x1b" not in result.stdout + result.stderr


# --- rules and files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", "SPBE3"), ["SPBE301"]),
        (("--select", "spbe3"), ["SPBE301"]),
        (("--select", "SPBE301"), ["SPBE301"]),
        (("--select", "service-without-process"), ["SPBE301"]),
        (("--select", "SPBE101,SPBE301"), BOTH),
        (("--select", "SPBE101", "--select", "SPBE301"), BOTH),
        (("--select", "SPBE4"), []),
        (("--ignore", "SPBE3"), ["SPBE101"]),
        (("--ignore", "unknown-target"), ["SPBE301"]),
        (("--ignore", "SPBE"), []),
        (("--select", "SPBE3", "--ignore", "SPBE301"), []),
    ],
)
def test_rules_are_chosen_by_code_beginning_and_name(
    arguments: tuple[str, ...], found: list[str], faulty: Path
) -> None:
    assert codes(faulty, *arguments) == found


@pytest.mark.parametrize("arguments", [("--ignore", "SPBE0"), ("--ignore", "yaml-fault"), ("--select", "SPBE3")])
def test_what_could_not_be_read_cannot_be_ignored(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "salah.yaml": "themes: [\n"}, None)
    assert codes(tmp_path, *arguments) == ["SPBE001"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("bapenda/salah.yaml",), BOTH),
        (("bapenda",), BOTH),
        (("bapenda/",), BOTH),
        (("./bapenda/../bapenda",), BOTH),
        (("layanan.yaml",), []),
        (("layanan.yaml", "bapenda/salah.yaml"), BOTH),
        (("bapenda/tema.yaml",), []),
        (("spbe.yaml",), []),
        ((".",), BOTH),
    ],
)
def test_a_path_inside_reports_what_stands_there(arguments: tuple[str, ...], found: list[str], faulty: Path) -> None:
    assert codes(faulty, *arguments) == found


def test_the_summary_counts_what_is_reported(faulty: Path) -> None:
    result = run(faulty, "check", "layanan.yaml")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("0 errors, 0 warnings, 0 notes; ")


@pytest.mark.parametrize("name", ["catatan.txt", ".tersembunyi.yaml", "draf/a.yaml", "draf"])
def test_a_file_that_is_no_part_of_the_model_is_not_clean(name: str, tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "catatan.txt": "", ".tersembunyi.yaml": "", "draf/a.yaml": "]"}, None)
    manifest = tmp_path / "spbe.yaml"
    manifest.write_text(manifest.read_text() + "exclude: [draf]\n")
    result = run(tmp_path, "check", name)
    assert (result.returncode, result.stdout) == (2, "")
    assert name in result.stderr
    both = run(tmp_path, "check", name, "layanan.yaml")
    assert both.returncode == 0
    assert name in both.stderr


def test_paths_are_those_of_the_current_folder(faulty: Path) -> None:
    def paths(folder: Path, *arguments: str) -> set[str]:
        found = json.loads(run(folder, "check", "--output-format", "json", *arguments).stdout)["findings"]
        return {one["path"] for one in found}

    assert paths(faulty) == {"bapenda/salah.yaml"}
    assert paths(faulty / "bapenda", "..") == {"../bapenda/salah.yaml"}
    assert paths(faulty / "bapenda", "salah.yaml") == {"../bapenda/salah.yaml"}
    assert paths(faulty.parent, faulty.name) == {f"{faulty.name}/bapenda/salah.yaml"}


def test_several_repositories_are_one_answer(faulty: Path, clean: Path) -> None:
    result = run(faulty, "check", ".", str(clean), "--output-format", "json")
    answer = json.loads(result.stdout)
    assert result.returncode == 1
    assert [one["code"] for one in answer["findings"]] == BOTH
    assert answer["summary"]["files"] == 2 * len(clean_texts()) + 2


# --- formats -------------------------------------------------------------------------------------------------


KEYS = (
    *("code", "rule", "level", "message", "path", "line", "column", "end_line", "end_column"),
    *("element", "related", "suggestion", "basis"),
)
"""What a finding has at least; keys are added, never changed."""


def test_the_json_of_a_check(faulty: Path) -> None:
    answer = json.loads(run(faulty, "check", "--output-format", "json").stdout)
    assert list(answer) == ["version", "findings", "summary"]
    assert answer["version"] == 1
    first = answer["findings"][0]
    assert first["basis"]
    assert all(isinstance(source, str) for source in first["basis"])
    assert {key: first[key] for key in KEYS if key != "basis"} == {
        "code": "SPBE101",
        "rule": "unknown-target",
        "level": "error",
        "message": "service 'konsultasi-pajak' names unknown process 'pemungutan-pajk'",
        "path": "bapenda/salah.yaml",
        "line": 8,
        "column": 17,
        "end_line": 8,
        "end_column": 32,
        "element": "konsultasi-pajak",
        "related": [],
        "suggestion": "pemungutan-pajak",
    }
    summary = answer["summary"]
    assert {name: summary[name] for name in ("error", "warning", "note")} == {"error": 1, "warning": 1, "note": 0}


def test_the_json_of_a_finding_with_related_places(tmp_path: Path) -> None:
    write(tmp_path, {**clean_texts(), "salah.yaml": "themes:\n  bapenda: {name: Tema}\n"}, None)
    finding = json.loads(run(tmp_path, "check", "--output-format", "json").stdout)["findings"][0]
    assert set(KEYS) <= set(finding)
    related: dict[str, Any] = finding["related"][0]
    assert list(related) == ["path", "line", "column", "element", "message"]
    assert (finding["path"], finding["line"]) != (related["path"], related["line"])
    assert related["element"] == "bapenda"


def test_json_has_every_finding_and_text_says_what_it_leaves_out(tmp_path: Path) -> None:
    themes = "".join(f"  tema-{number}:\n    nam: Tema {number}\n" for number in range(300))
    write(tmp_path, {**clean_texts(), "tema.yaml": f"themes:\n{themes}"}, None)
    assert len(codes(tmp_path)) == 300
    result = run(tmp_path, "check", "--output-format", "concise")
    assert len(result.stdout.splitlines()) == 200
    assert "100 more findings" in result.stderr
    assert "300 errors" in result.stderr


def test_github_commands_are_escaped(tmp_path: Path) -> None:
    name = "a,b%d.yaml" if sys.platform == "win32" else "a,b:c%d.yaml"
    text = 'themes:\n  tema:\n    name: Tema\n    "100% ::error::\\nya": x\n'
    write(tmp_path, {**clean_texts(), name: text}, None)
    (line,) = run(tmp_path, "check", "--output-format", "github").stdout.splitlines()
    properties, _, message = line.removeprefix("::error ").partition("::")
    shown = name.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert properties == f"file={shown},line=4,col=5,endLine=4,endColumn=25,title=SPBE103 unknown-field"
    assert "100%25 ::error::" in message


def test_levels_are_those_of_github(faulty: Path, tmp_path: Path) -> None:
    lines = run(faulty, "check", "--output-format", "github").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning"]
    write(tmp_path, {**clean_texts(), "lain.yaml": "image: postgres\n"}, None)
    (line,) = run(tmp_path, "check", "--output-format", "github").stdout.splitlines()
    assert line.startswith("::notice ")


def test_text_for_people_shows_the_line_and_points_at_the_word(faulty: Path) -> None:
    block = run(faulty, "check", "bapenda/salah.yaml").stdout.split("\n\n")[0].splitlines()
    assert block[0].startswith("error[SPBE101] service 'konsultasi-pajak' names unknown process 'pemungutan-pajk'")
    line = next(number for number, text in enumerate(block) if text.startswith("8 | "))
    start = block[line].index("pemungutan-pajk")
    assert block[line + 1][start:] == "^" * len("pemungutan-pajk")


# --- the other commands --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SPBE101", "spbe101", "unknown-target", "Unknown-Target"])
def test_a_rule_is_explained_by_code_and_by_name(name: str, tmp_path: Path) -> None:
    text = run(tmp_path, "explain", name).stdout
    assert text.startswith("SPBE101 unknown-target (error)\n")
    assert all(f"\n{heading}:\n" in text for heading in ("Why it matters", "Wrong", "Right", "How to fix"))


def test_a_page_comes_as_json_and_in_indonesian(tmp_path: Path) -> None:
    page = json.loads(run(tmp_path, "explain", "SPBE101", "--output-format", "json").stdout)
    assert (page["code"], page["level"]) == ("SPBE101", "error")
    assert run(tmp_path, "explain", "SPBE101", "--language", "id").stdout != run(tmp_path, "explain", "SPBE101").stdout


def test_a_rule_that_does_not_exist_is_not_explained(tmp_path: Path) -> None:
    result = run(tmp_path, "explain", "unknown-tagret")
    assert (result.returncode, result.stdout) == (2, "")
    assert "unknown-target" in result.stderr


def test_all_rules_are_listed(tmp_path: Path) -> None:
    known = list(catalogue())
    listed = run(tmp_path, "rules").stdout
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("SPBE")] == known
    rules = json.loads(run(tmp_path, "rules", "--output-format", "json").stdout)
    assert [rule["code"] for rule in rules["rules"]] == known


def test_the_language_is_the_one_asked_for_then_that_of_the_environment_then_of_the_manifest(faulty: Path) -> None:
    def speaks(*arguments: str, **environment: str) -> str:
        text = run(faulty, "check", "--output-format", "concise", *arguments, environment=environment).stdout
        return "id" if "layanan 'konsultasi-pajak'" in text else "en"

    assert speaks("--language", "id", SPBE_LANGUAGE="en") == "id"
    assert speaks(SPBE_LANGUAGE="en") == "en"
    assert speaks(SPBE_LANGUAGE="", LANG="en_US.UTF-8") == "id"


# --- help ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("check", "-h"), ("render", "--help"), ("explain", "-h")])
def test_help_is_asked_for_and_given(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = run(tmp_path, *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_terminal_and_holds_no_mark_of_its_source(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], terminal_width=80).output
    assert [line for line in shown.splitlines() if len(line) > 80 or "\\" in line] == []


@pytest.mark.parametrize("command", [("diff", "HEAD"), ("metrics",), ("score",)])
def test_a_picture_of_another_kind_is_refused_before_anything_is_read(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(tmp_path, *command, "--picture", "gambar.pdf", "--language", "id")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "spbe: --picture: nama berkas harus berakhiran .svg atau .png\n"


@pytest.mark.parametrize(("typed", "meant"), [("chekc", "check"), ("explian", "explain"), ("ruls", "rules")])
def test_a_command_that_is_misspelt_is_recognised(typed: str, meant: str, tmp_path: Path) -> None:
    result = run(tmp_path, typed)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"'{meant}'" in result.stderr


def test_the_version_is_told_without_loading_what_a_check_needs(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from spbe_arch.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(*(name for name in sys.modules if '.' not in name))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        cwd=tmp_path,
        env=environment_of_a_shell({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    version, modules = result.stdout.splitlines()
    assert version == f"spbe {__version__}"
    heavy = {"pydantic", "yaml", "networkx", "rich", "rapidfuzz", "graphviz", "multiprocessing", "json"}
    assert heavy.intersection(modules.split()) == set()
