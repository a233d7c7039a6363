"""`spbe init`: what it writes passes, in both languages; what is there stays; no answer breaks a file."""

from __future__ import annotations

import datetime
import json
import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spbe_arch import check, load_texts, starting
from spbe_arch.errors import StartError
from spbe_arch.manifest import MANIFEST, read_manifest
from spbe_arch.metamodel.lists import value_list
from spbe_arch.nodes import Limits, read
from spbe_arch.schema import schema_text
from spbe_arch.starting import Answers, compose, fill, origin_of
from tests.command import environment_of_a_shell, run, write

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("en", "id")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals, and asks for a right to make links")
GIVEN = Answers("kab-contoh", "Pemerintah Kabupaten Contoh", "regency", (2025, 2029), "en")
RELEASED = "spbe-arch==0.1.0"


def files(language: str = "en") -> dict[str, bytes]:
    """All files, with the schemas."""
    return compose(replace(GIVEN, language=language), RELEASED)


def texts(language: str = "en", **changes: Any) -> dict[str, str]:
    """The texts that answers are filled in."""
    return fill(replace(GIVEN, language=language, **changes), RELEASED)


def model(filled: dict[str, str]) -> list[tuple[str, str | bytes]]:
    return [(path, text) for path, text in filled.items() if path == MANIFEST or path.startswith("model/")]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


# --- it passes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_repository_that_is_written_has_no_finding_at_all(language: str, tmp_path: Path) -> None:
    run(tmp_path, "init", "kab-contoh", "--language", language)
    result = run(tmp_path, "check", "kab-contoh", "--fail-level", "note")
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_drawn(language: str, tmp_path: Path) -> None:
    run(tmp_path, "init", "kab-contoh", "--language", language)
    drawn = run(tmp_path / "kab-contoh", "render", "-o", "build", "--format", "svg", "--view", "layers")
    assert (tmp_path / "kab-contoh" / "build" / "layers.svg").is_file(), drawn.stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["2025-01-01", "2027-07-01", "2029-12-31", "2033-01-01"])
def test_it_passes_on_any_day(language: str, day: str) -> None:
    findings = check(load_texts(model(texts(language))), as_of=datetime.date.fromisoformat(day))
    assert not list(findings)


@pytest.mark.parametrize("kind", [None, *value_list("agency_kind").values])
def test_it_passes_for_every_kind_of_agency(kind: str | None) -> None:
    assert not list(check(load_texts(model(texts("id", kind=kind)))))


def test_both_languages_say_the_same_model() -> None:
    english, indonesian = (load_texts(model(texts(language))) for language in LANGUAGES)
    assert {(row, tuple(sorted(found.items()))) for row, found in facts(english)} == {
        (row, tuple(sorted(found.items()))) for row, found in facts(indonesian)
    }


def facts(architecture: Any) -> list[tuple[str, dict[str, str]]]:
    """What is said of each element, in the words of the metamodel."""
    return [
        (id_, {name: str(getattr(element, name)) for name in element.info.fields})
        for section in ("processes", "services", "data", "applications", "servers", "standards", "units", "initiatives")
        for id_, element in architecture.of(section).items()
    ]


@pytest.mark.parametrize("path", [".github/workflows/spbe.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"])
def test_both_languages_do_the_same_in_ci(path: str) -> None:
    def without_names(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_names(item) for key, item in value.items() if key != "name"}
        return [without_names(item) for item in value] if isinstance(value, list) else value

    english, indonesian = (without_names(yaml.safe_load(texts(language)[path])) for language in LANGUAGES)
    assert english == indonesian


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_layer_has_a_file_that_explains_its_fields(language: str) -> None:
    layers = [text for path, text in texts(language).items() if path.startswith("model/")]
    assert len(layers) == 9
    assert all(text.startswith("# yaml-language-server: $schema=../.spbe/model.schema.json\n# ") for text in layers)
    assert all(re.search(r"\S  +# \w", text) for text in layers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schemas_are_those_of_the_command(language: str) -> None:
    written = files(language)
    assert written[".spbe/model.schema.json"].decode() == schema_text(language)
    assert written[".spbe/manifest.schema.json"].decode() == schema_text(language, manifest=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_that_the_readme_names_are_written(language: str) -> None:
    written = files(language)
    named = set(re.findall(r"`([\w./-]+\.(?:yaml|yml|txt))`", written["README.md"].decode()))
    assert named <= set(written)
    assert {path for path in written if path.startswith("model/")} <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_of_its_readme_run(language: str, tmp_path: Path) -> None:
    run(tmp_path, "init", ".", "--agency", "kab-contoh", "--language", language)
    text = (tmp_path / "README.md").read_text("utf-8")
    lines = [line.partition("#")[0].split() for line in re.findall(r"^spbe .*", text, re.MULTILINE)]
    assert len(lines) == 6
    for _, *arguments in lines:
        wanted, _, target = " ".join(arguments).partition(" > ")
        if wanted == "render -o build":
            wanted += " --view landscape --format svg"
        result = run(tmp_path, *wanted.split())
        assert result.returncode == 0, result.stderr
        if target:
            (tmp_path / target).write_text(result.stdout, encoding="utf-8")
    assert "left as it is" not in run(tmp_path, "init", "--language", language).stdout


def test_editor_settings_are_json() -> None:
    written = files()
    assert all(json.loads(data) for path, data in written.items() if path.endswith(".json"))


def test_the_manifest_is_the_last_to_be_written() -> None:
    assert list(files())[-1] == MANIFEST


# --- answers -------------------------------------------------------------------------------------------------

HOSTILE = (
    '"',
    "'",
    ": x",
    " #",
    "\n",
    "- ",
    "{",
    "[",
    "&a",
    "*a",
    "!!str",
    "|",
    ">",
    "%",
    "@",
    "\u202e",
    "\u2028",
    "\x85",
    "\0",
    "__KIND__",
    "\\",
    "\ud800",
)


def accepted(read_: Any, text: str) -> Any:
    try:
        return read_(text)
    except StartError:
        return None


@settings(max_examples=300)
@given(st.text(min_size=1, max_size=80) | st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("".join))
@example("no")
@example("007")
@example("1e3")
@example("12:30")
@example("null")
@example("~")
@example("__AGENCY__")
@example("Kabupaten \"Contoh\": bagian 'dua' # tiga")
@example("a\nb\r\nc")
@example("\ufeffa")
def test_any_name_is_read_back_as_it_was_given(text: str) -> None:
    name = accepted(starting.read_name, text)
    if name is None:
        return
    for language in LANGUAGES:
        manifest = read_manifest(read(MANIFEST, texts(language, name=name)[MANIFEST].encode(), Limits()))
        assert (manifest.faults, manifest.name) == ([], name)


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=80))
def test_other_programs_read_the_same_name(text: str) -> None:
    name = accepted(starting.read_name, text)
    if name is not None:
        assert yaml.safe_load(f"name: {starting.scalar(name)}\n") == {"name": name}


@settings(max_examples=100)
@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}[A-Za-z0-9]|[A-Za-z0-9]", fullmatch=True))
@example("no")
@example("on")
@example("007")
@example("1e3")
@example("0x1F")
@example("2025")
@example("1.5")
@example("diskominfo")
@example("DISKOMINFO")
@example("linux")
def test_any_agency_that_is_taken_makes_a_model_without_findings(text: str) -> None:
    agency = accepted(starting.read_agency, text)
    if agency is None:
        assert f"\n  {text.lower()}:\n" in "".join(texts().values())
        return
    assert yaml.safe_load(texts(agency=agency)[MANIFEST])["agency"] == agency
    architecture = load_texts(model(texts(agency=agency)))
    assert architecture.manifest.agency == agency
    assert not list(check(architecture))


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "tidak ada", "x" * 501, "\ud800"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(StartError):
        starting.read_name(text)


@pytest.mark.parametrize("text", ["", "a b", "-a", "a/b", "é", "x" * 101, "a\n"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(StartError):
        starting.read_agency(text)


@pytest.mark.parametrize("text", ["", "2025", "2029-2025", "x", "2025-29"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(StartError):
        starting.read_period(text)


@pytest.mark.parametrize(("text", "kind"), [("kota", "city"), ("city", "city"), ("Kabupaten", "regency"), ("", None)])
def test_a_kind_is_named_in_either_language(text: str, kind: str | None) -> None:
    assert starting.read_kind(text) == kind


@pytest.mark.parametrize(
    ("folder", "agency", "name", "kind"),
    [
        ("kab-bekasi", "kab-bekasi", "Pemerintah Kabupaten Bekasi", "regency"),
        ("Kota Bitung", "kota-bitung", "Pemerintah Kota Bitung", "city"),
        ("prov_jawa_barat", "prov-jawa-barat", "Pemerintah Provinsi Jawa Barat", "province"),
        ("Kementerian.Agama", "kementerian-agama", "Kementerian Agama", "ministry"),
        ("spbe", "spbe", "Spbe", None),
        ("diskominfo", "instansi-diskominfo", "Instansi Diskominfo", None),
        ("Pégunungan", "pegunungan", "Pegunungan", None),
        ("文", "", "", None),
    ],
)
def test_a_folder_says_whose_it_is(folder: str, agency: str, name: str, kind: str | None) -> None:
    assert starting.agency_of_folder(folder) == agency
    assert (starting.name_of_agency(agency), starting.kind_of_agency(agency)) == (name, kind)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_what_a_folder_says_is_an_answer(folder: str) -> None:
    agency = starting.agency_of_folder(folder)
    if agency:
        assert starting.read_agency(agency) == agency
        assert starting.read_name(starting.name_of_agency(agency))


@pytest.mark.parametrize(("year", "period"), [(2025, "2025-2029"), (2029, "2025-2029"), (2030, "2030-2034")])
def test_the_period_is_that_of_national_planning(year: int, period: str) -> None:
    assert starting.period_of(datetime.date(year, 6, 1)) == period


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--agency", "a b"), "'a b' is no id"),
        (("--name", " "), "the name must be"),
        (("--kind", "kotta"), "'kotta' is no kind of agency"),
        (("--period", "2025"), "'2025' is no period"),
        (("--agency", "linux"), "take 'instansi-linux' instead"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_written(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = run(tmp_path, "init", "baru", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (tmp_path / "baru").exists()


def test_a_folder_whose_name_is_no_id_asks_for_one(tmp_path: Path) -> None:
    assert "--agency" in run(tmp_path, "init", "文").stderr


# --- where the program came from -----------------------------------------------------------------------------

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def record(url: str, **about: Any) -> str:
    return json.dumps({"url": url, **about})


def test_a_program_from_git_is_installed_from_the_same_commit_again() -> None:
    source = origin_of(record("https://example.org/spbe.git", vcs_info={"vcs": "git", "commit_id": COMMIT}))
    assert source == (f"spbe-arch @ git+https://example.org/spbe.git@{COMMIT}", True)


@pytest.mark.parametrize(
    ("url", "about"),
    [
        ("file:///home/a/spbe", {"dir_info": {"editable": True}}),
        ("https://user:secret@example.org/spbe.git", {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}),
        ("ssh://git@example.org/spbe.git", {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}),
        ("https://example.org/spbe.git;evil", {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}),
        ("https://example.org/spbe.git", {"vcs_info": {"vcs": "git", "commit_id": "main"}}),
        ("https://example.org/spbe.whl", {"archive_info": {}}),
    ],
)
def test_a_program_from_elsewhere_is_named_by_its_release(url: str, about: dict[str, Any]) -> None:
    assert origin_of(record(url, **about)) == (RELEASED, False)


@pytest.mark.parametrize(
    "wanted", [f"spbe-arch @ git+https://example.org/spbe@{COMMIT}", "./.spbe/spbe_arch-0.1.0.whl"]
)
def test_what_ci_installs_can_be_said(tmp_path: Path, wanted: str) -> None:
    run(tmp_path, "init", "kab-baru", "--install", wanted)
    hook = yaml.safe_load((tmp_path / "kab-baru/.pre-commit-config.yaml").read_text(encoding="utf-8"))
    installed = (tmp_path / "kab-baru/.spbe/requirements.txt").read_text(encoding="utf-8")
    assert (installed, hook["repos"][0]["hooks"][0]["additional_dependencies"]) == (f"{wanted}\n", [wanted])


@pytest.mark.parametrize(
    "wanted",
    ["", "--index-url=https://lain", "a\nb", "a # b", "a; import os", "git+https://user:secret@host/spbe", "$(id)"],
)
def test_what_pip_would_take_for_something_else_is_refused(tmp_path: Path, wanted: str) -> None:
    assert run(tmp_path, "init", "kab-baru", f"--install={wanted}").returncode == 2


# --- what is there -------------------------------------------------------------------------------------------


def test_what_exists_is_left_and_said_to_be(tmp_path: Path) -> None:
    before = {"README.md": b"mine\n", ".gitignore": b"", "catatan.txt": b"x", ".vscode/settings.json": b"{}\n"}
    write(tmp_path, dict(before), None)
    result = run(tmp_path, "init", "--agency", "kab-contoh")
    assert before.items() <= snapshot(tmp_path).items()
    assert "README.md  exists, left as it is\n" in result.stdout
    assert run(tmp_path, "check", "--fail-level", "note").returncode == 0


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, "init", "kab-contoh")
    before = snapshot(tmp_path)
    result = run(tmp_path, "init", "kab-contoh", "--name", "Nama Lain")
    assert snapshot(tmp_path) == before
    assert "written" not in result.stdout
    assert result.returncode == 0


def test_a_run_that_was_cut_short_is_completed(tmp_path: Path) -> None:
    run(tmp_path, "init", "kab-contoh")
    whole = snapshot(tmp_path)
    for path in (MANIFEST, "model/units.yaml", ".gitlab-ci.yml"):
        (tmp_path / "kab-contoh" / path).unlink()
    run(tmp_path, "init", "kab-contoh")
    assert snapshot(tmp_path) == whole


def test_an_existing_repository_gets_what_is_missing_around_its_model(tmp_path: Path) -> None:
    write(tmp_path, {"layanan.yaml": "layanan: {}\n"}, "versi: 1\ninstansi: a\nnama: A\nbahasa: id\n")
    run(tmp_path, "init", environment={"SPBE_LANGUAGE": ""})
    written = snapshot(tmp_path)
    assert not any(path.startswith(("model/", "README")) for path in written)
    assert written[".gitlab-ci.yml"] == files("id")[".gitlab-ci.yml"]


def test_a_model_without_a_manifest_gets_one_and_no_sample(tmp_path: Path) -> None:
    write(tmp_path, {"layanan.yaml": "layanan:\n  izin:\n    nama: Izin\n"}, None)
    result = run(tmp_path, "init", "--agency", "kab-contoh")
    assert "layanan.yaml holds a model already" in result.stderr
    assert (tmp_path / MANIFEST).is_file()
    assert not (tmp_path / "model").exists()


def test_yaml_of_other_programs_is_no_model(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: x\n", "rusak.yaml": "a: [\n"}, None)
    run(tmp_path, "init", "--agency", "kab-contoh")
    assert (tmp_path / "model" / "units.yaml").is_file()


def test_a_repository_inside_another_is_told_how_it_becomes_a_member(tmp_path: Path) -> None:
    run(tmp_path, "init", "prov-contoh")
    result = run(tmp_path, "init", "prov-contoh/kab-contoh")
    assert "has to name it under 'members', as kab-contoh" in result.stderr


def test_below_the_root_of_a_git_repository_nothing_is_written_that_acts_in_the_root_only(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    result = run(tmp_path, "init", "arsitektur")
    written = {path for path in snapshot(tmp_path) if path.startswith("arsitektur/.")}
    assert "in the root of the git repository only" in result.stderr
    assert not [path for path in written if path.startswith(("arsitektur/.git", "arsitektur/.pre")) and "ci" in path]
    assert "arsitektur/.spbe/model.schema.json" in written


def test_in_the_root_of_a_git_repository_everything_is_written(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    run(tmp_path, "init", "--agency", "kab-contoh")
    assert set(files()) <= set(snapshot(tmp_path))


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"baru": b"x"}, None)
    result = run(tmp_path, "init", "baru")
    assert (result.returncode, result.stderr) == (2, "spbe: baru is no folder\n")


def test_a_file_in_place_of_a_folder_below_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"model": b"x"}, None)
    result = run(tmp_path, "init", "--agency", "kab-contoh")
    assert result.returncode == 2
    assert "cannot be written" in result.stderr
    assert not (tmp_path / MANIFEST).exists()


@POSIX
@pytest.mark.parametrize("link", ["model", ".github", ".vscode", ".spbe"])
def test_no_link_is_followed_out_of_the_folder(link: str, tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    inside = tmp_path / "kab-contoh"
    inside.mkdir()
    (inside / link).symlink_to(outside)
    result = run(tmp_path, "init", "kab-contoh")
    assert result.returncode == 2
    assert "through a link" in result.stderr
    assert (list(outside.iterdir()), [path.name for path in inside.iterdir()]) == ([], [link])


@POSIX
def test_a_link_that_leads_nowhere_is_left_too(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "luar.md")
    result = run(tmp_path, "init", "--agency", "kab-contoh")
    assert "README.md  exists, left as it is\n" in result.stdout
    assert not (tmp_path / "luar.md").exists()


@POSIX
def test_nothing_is_left_behind_beside_the_files(tmp_path: Path) -> None:
    run(tmp_path, "init", "kab-contoh")
    assert set(snapshot(tmp_path / "kab-contoh")) == set(files())


# --- a dialogue ----------------------------------------------------------------------------------------------


@POSIX
def test_a_terminal_is_asked_again_until_the_answer_can_be_read(tmp_path: Path) -> None:
    said = _on_a_terminal(tmp_path, ["a b\n", "kota-bitung\n", "\n", "\n", "2026-2030\n"])
    assert "is no id" in said
    manifest = yaml.safe_load((tmp_path / "baru" / MANIFEST).read_bytes())
    assert manifest["agency"] == "kota-bitung"
    assert (manifest["name"], manifest["kind"], manifest["period"]) == ("Pemerintah Kota Bitung", "city", "2026-2030")


@POSIX
def test_the_end_of_input_ends_the_dialogue_and_writes_nothing(tmp_path: Path) -> None:
    _on_a_terminal(tmp_path, ["\x04"])
    assert not (tmp_path / "baru").exists()


def _on_a_terminal(folder: Path, answers: list[str]) -> str:
    """What the command prints on a terminal where these answers are typed."""
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "spbe_arch", "init", "baru"]
    with subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment_of_a_shell({})
    ):
        os.close(theirs)
        os.write(ours, "".join(answers).encode())
        printed = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            printed += more
    os.close(ours)
    return printed.decode("utf-8", "replace")
