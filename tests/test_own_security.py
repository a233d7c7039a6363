"""Nothing in a repository under check can make code run, and no rule can stop the machine: each way, tried."""

from __future__ import annotations

import os
import sys
import sysconfig
import textwrap
import venv
from pathlib import Path

import pytest

from spbe_arch.checking import check
from spbe_arch.loader import load_texts, read_file
from spbe_arch.messages import Teller
from tests.command import MANIFEST, ROOT, run, write

RULES = """\
rules:
  tanpa-pemilik: {for: services, require: {owner: any}, message: "layanan {name} tanpa pemilik"}
  bernomor: {for: services, forbid: {name: {like: "^[0-9]"}}, message: "layanan {name} bernomor"}
services:
  izin: {name: 01 Izin}
"""

MARKER = "terjadi"


def spy(folder: Path) -> str:
    """Python that leaves a file behind when it is run."""
    return f"open({str(folder / MARKER)!r}, 'w').close()\n"


def asking(package: str) -> str:
    return f"{MANIFEST}check:\n  packages: [{package}]\n"


ENTRY_POINTS = "[spbe_arch.rules]\naturan-jahat = aturan_jahat\n"
METADATA = "Metadata-Version: 2.1\nName: aturan-jahat\nVersion: 1.0\n"
DIST_INFO = {"entry_points.txt": ENTRY_POINTS, "METADATA": METADATA, "RECORD": ""}


# --- code beside a model ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["yaml", "re2", "click", "spbe_rules", "sitecustomize", "importlib_metadata"])
def test_a_module_beside_the_model_is_not_imported(tmp_path: Path, module: str) -> None:
    write(tmp_path, {f"{module}.py": spy(tmp_path), "model.yaml": RULES})
    result = run(tmp_path, "check", "--select", "kab-contoh/", "--output-format", "concise")
    assert "kab-contoh/bernomor layanan 01 Izin bernomor" in result.stdout
    assert not (tmp_path / MARKER).exists()


@pytest.mark.parametrize("path", [".", "src", "aturan_jahat-1.0.dist-info"])
@pytest.mark.parametrize("search", ["", "here"])
def test_a_package_that_lies_in_the_repository_is_not_installed(tmp_path: Path, path: str, search: str) -> None:
    info = {f"{path}/aturan_jahat-1.0.dist-info/{name}": text for name, text in DIST_INFO.items()}
    write(tmp_path, {f"{path}/aturan_jahat.py": spy(tmp_path), "model.yaml": RULES, **info}, asking("aturan-jahat"))
    environment = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path / path), ""])} if search else {}
    result = run(tmp_path, "check", "--output-format", "concise", environment=environment)
    assert "SPBE169" in result.stdout
    assert not (tmp_path / MARKER).exists()


def test_an_egg_link_or_path_file_in_the_repository_leads_nowhere(tmp_path: Path) -> None:
    files = {"aturan.pth": f"import os; {spy(tmp_path)}", "aturan.egg-link": ".\n", "setup.py": spy(tmp_path)}
    files |= {"pyproject.toml": "[project.entry-points.'spbe_arch.rules']\naturan-jahat = 'aturan_jahat'\n"}
    write(tmp_path, {**files, "aturan_jahat.py": spy(tmp_path), "model.yaml": RULES}, asking("aturan-jahat"))
    assert "SPBE169" in run(tmp_path, "check", "--output-format", "concise").stdout
    assert not (tmp_path / MARKER).exists()


@pytest.mark.skipif(os.name == "nt", reason="a script without an ending is no program on Windows")
def test_programs_in_the_current_folder_are_not_started(tmp_path: Path) -> None:
    """Neither git nor dot is called at all, so that neither what poses as it nor its settings can do anything."""
    names = ("git", "dot", "dot.exe", "graphviz-pure", "python", "sh")
    write(tmp_path, {"model.yaml": RULES, **dict.fromkeys(names, f"#!/bin/sh\ntouch {tmp_path / MARKER}\n")})
    for name in names:
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": os.pathsep.join([str(tmp_path), ".", os.environ["PATH"]])}
    for arguments in (("check", "--output-format", "sarif"), ("render", "-o", "gambar"), ("rules", "test")):
        run(tmp_path, *arguments, environment=environment)
    assert not (tmp_path / MARKER).exists()


def test_the_settings_of_git_in_a_repository_start_nothing(tmp_path: Path) -> None:
    command = f"touch {(tmp_path / MARKER).as_posix()}"
    config = f"""\
        [core]
            fsmonitor = {command}
            hooksPath = .
            sshCommand = {command}
            pager = {command}
        [diff "model"]
            command = {command}
            textconv = {command}
        [filter "model"]
            smudge = {command}
            clean = {command}
        """
    git = {".git/config": textwrap.dedent(config), ".git/HEAD": "ref: refs/heads/main\n"}
    git |= {".git/objects/info/a": "", ".git/refs/heads/a": "", ".gitattributes": "*.yaml diff=model filter=model\n"}
    write(tmp_path, {**git, "model.yaml": RULES})
    for name in ("sarif", "gitlab", "github"):
        run(tmp_path, "check", "--output-format", name)
    assert not (tmp_path / MARKER).exists()


def test_a_tag_of_python_makes_no_object(tmp_path: Path) -> None:
    text = f"rules: !!python/object/apply:os.system ['touch {tmp_path / MARKER}']\n"
    write(tmp_path, {"model.yaml": text})
    assert "SPBE016" in run(tmp_path, "check", "--output-format", "concise").stdout
    assert not (tmp_path / MARKER).exists()


# --- packages that are installed --------------------------------------------------------------------------------

INSTALLED = '''\
from spbe_arch.metamodel import Service
from spbe_arch.rules import Each, Fault, Level, at, rule


@rule("JABAR001", Level.WARNING, "layanan {service} tanpa uraian", scope=Each(Service), admits_reason=True)
def service_without_description(service):
    """A service that nobody describes.

    Why it matters:
        Nobody knows what it is.

    How to fix:
        Describe it.
    """
    if not service.description:
        yield Fault(at(service, "description"), {"service": service})
'''


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """A Python into which a package with rules is installed, and one whose rules cannot be imported."""
    folder = tmp_path_factory.mktemp("python")
    builder = venv.EnvBuilder(with_pip=False)
    builder.create(folder)
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder)}))
    write(site, {"aturan_jabar.py": INSTALLED, "aturan_rusak.py": "raise RuntimeError('a\\nb')\n"}, manifest=None)
    points = "[spbe_arch.rules]\naturan-jabar = aturan_jabar\naturan-rusak = aturan_rusak\n"
    info = {**DIST_INFO, "entry_points.txt": points}
    write(site / "aturan_jabar-1.0.dist-info", info, manifest=None)
    (site / "lain.pth").write_text("\n".join(entry for entry in sys.path if entry.endswith("site-packages")))
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return (str(program), "-m", "spbe_arch")


def test_a_package_is_loaded_if_the_manifest_asks_for_it(tmp_path: Path, python: tuple[str, ...]) -> None:
    write(tmp_path, {"model.yaml": RULES}, asking("aturan-jabar"))
    result = run(tmp_path, "check", "--select", "JABAR", "--output-format", "concise", command=python)
    assert result.stdout == "model.yaml:5:3: JABAR001 layanan service 'izin' tanpa uraian\n"


def test_a_package_is_not_loaded_if_nobody_asks_for_it(tmp_path: Path, python: tuple[str, ...]) -> None:
    write(tmp_path, {"model.yaml": RULES})
    result = run(tmp_path, "check", "--select", "JABAR", command=python)
    assert (result.returncode, "there is no rule 'JABAR'" in result.stderr) == (2, True)


def test_the_rules_of_a_package_have_pages_and_are_listed(tmp_path: Path, python: tuple[str, ...]) -> None:
    write(tmp_path, {"model.yaml": RULES}, asking("aturan-jabar"))
    assert "Nobody knows what it is." in run(tmp_path, "explain", "jabar001", command=python).stdout
    assert "package  rules of installed packages\nJABAR001  warning" in run(tmp_path, "rules", command=python).stdout


def test_a_module_of_the_current_folder_does_not_stand_in_for_an_installed_one(
    tmp_path: Path, python: tuple[str, ...]
) -> None:
    write(tmp_path, {"model.yaml": RULES, "aturan_jabar.py": spy(tmp_path)}, asking("aturan-jabar"))
    search = {"PYTHONPATH": os.pathsep.join([str(ROOT), ""])}  # a blank part of it is the current folder
    script = "from spbe_arch import check, load; print({one.code for one in check(load())})"
    for command in ((*python, "check"), (python[0], "-c", script)):
        result = run(tmp_path, command=command, environment=search)
        assert "JABAR001" in result.stdout
    assert not (tmp_path / MARKER).exists()


def test_a_package_that_cannot_be_imported_is_a_finding(tmp_path: Path, python: tuple[str, ...]) -> None:
    write(tmp_path, {"model.yaml": RULES}, asking("aturan-rusak"))
    result = run(tmp_path, "check", "--output-format", "concise", command=python)
    assert "SPBE169" in result.stdout
    assert "it raises 'RuntimeError: a b' when it is imported" in result.stdout


# --- messages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "{0.__class__}",
        "{name.__class__.__mro__}",
        "{name.__init__.__globals__}",
        "{element.architecture}",
        "{name!r}",
        "{name:>1000000000}",
        "{name[0]}",
        "{}",
        "{0}",
        "{name",
        "name}",
        "{_ordinal}",
        "{architecture}",
        "{ordinal}",
        "{owner.__dict__}",
    ],
)
def test_a_message_looks_nothing_up_but_fields(attack: str) -> None:
    text = f"rules:\n  contoh: {{for: services, require: {{owner: any}}, message: '{attack}'}}\n"
    assert {fault.code for fault in read_file("a.yaml", text).faults} == {"SPBE166"}


def told(name: str, message: str) -> str:
    rule = f"rules:\n  contoh: {{for: services, require: {{owner: any}}, message: {message}}}\n"
    model = f"services:\n  izin: {{name: {name}}}\n"
    found = check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", rule), ("b.yaml", model)]), select=["contoh"])
    return Teller(found.architecture).one(found[0]).message


def test_braces_in_a_value_mean_nothing() -> None:
    assert told("'{0.__class__} {owner} %s {{'", "'{name}'") == "{0.__class__} {owner} %s {{"


def test_a_message_moves_no_cursor() -> None:
    assert told("'a'", '"\\e[31m {name} \\u202e"') == "\\x1b[31m a \\u202e"


# --- size -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*a){25}$", "([a-z]+)*[0-9]"])
def test_a_pattern_takes_no_longer_than_the_text_is_long(pattern: str) -> None:
    text = "a" * 60_000 + "!"
    rule = f"rules:\n  contoh: {{for: services, forbid: {{description: {{like: '{pattern}'}}}}, message: a}}\n"
    model = f"services:\n  izin: {{name: A, description: {text}}}\n"
    assert [*check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", rule + model)]), select=["contoh"])] == []


@pytest.mark.parametrize("pattern", ["a" * 1_000_000, "((a{1000}){1000}){1000}", "(" * 2_000, "[" + "a-z" * 10_000])
def test_a_pattern_without_measure_is_a_finding(pattern: str) -> None:
    text = f"rules:\n  contoh: {{for: services, forbid: {{name: {{like: '{pattern}'}}}}, message: a}}\n"
    found = check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)]), select=["kab-contoh/"])
    assert {one.code for one in found} <= {"SPBE012", "SPBE164"}
    assert len(found) == 1


def test_ten_thousand_rules_are_run() -> None:
    rule = "  r{}: {{for: services, require: {{owner.name: any}}, message: '{{name}}'}}\n"
    text = "rules:\n" + "".join(map(rule.format, range(10_000))) + "services: {a: {name: A}}\n"
    found = check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)]), select=["kab-contoh/"])
    assert len(found) == 10_000


@pytest.mark.parametrize("levels", [10, 30, 95, 5_000])
@pytest.mark.parametrize(
    ("before", "behind"), [("{not: ", "}"), ("{all: [", "]}"), ("{any: ", "}"), ("{owner: ", "}"), ("[", "]")]
)
def test_conditions_nested_without_measure_are_findings(levels: int, before: str, behind: str) -> None:
    inside = before.replace("owner", "parent")  # of a unit
    condition = before + inside * (levels - 1) + "{name: any}" + behind * levels
    text = f"rules:\n  contoh: {{for: services, require: {condition}, message: a}}\n"
    found = check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", text)]), select=["kab-contoh/"])
    if before == "[" or levels > 20:
        assert {one.code for one in found} <= {"SPBE008", "SPBE163"}
        assert len(found) >= 1
    else:
        assert len(found) == 0


def test_a_path_over_everything_is_remembered() -> None:
    """Each step leads to all elements; without remembering, this would be 150 to the power of 8 of them."""
    services = "".join(f"  s{number}: {{name: S, owner: a, processes: p}}\n" for number in range(150))
    path = "owner.owns.owner.owns.owner.owns.owner.name"
    rule = f"rules:\n  contoh: {{for: services, require: {{{path}: B}}, message: '{{{path}}}'}}\n"
    model = f"units: {{a: {{name: A}}}}\nprocesses: {{p: {{name: P, owner: a}}}}\nservices:\n{services}"
    found = check(load_texts([("spbe.yaml", MANIFEST), ("a.yaml", rule), ("b.yaml", model)]), select=["contoh"])
    assert len(found) == 150
