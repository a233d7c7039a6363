"""What the tab key offers, in the protocol of each shell, and in a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spbe_arch import load
from spbe_arch.formatting import formatted
from spbe_arch.scanning import ids_in
from tests.command import MANIFEST, environment_of_a_shell, run, write

MODEL = Path(__file__).parents[1] / "models" / "kab-bekasi"
SHELLS = ("bash", "zsh", "fish", "powershell")


def offered(folder: Path, shell: str, *words: str) -> list[str]:
    """What the command answers a shell in which the last word is being typed."""
    environment = environment_of_a_shell(
        {
            "_SPBE_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": ("\n" if shell == "powershell" else " ").join(("spbe", *words)),
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
            "COMP_WORD": words[-1],
        }
    )
    code = "import sys; sys.argv = ['spbe']; from spbe_arch.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("bash", ["plain,bebunge"]),
        ("zsh", ["plain", "bebunge", "Bebunge"]),
        ("fish", ["plain,bebunge\tBebunge"]),
        ("powershell", ["bebunge\tBebunge"]),
    ],
)
def test_ids_are_offered_to_each_shell(shell: str, expected: list[str]) -> None:
    found = offered(MODEL, shell, "show", "beb")
    assert found == expected or found == ["plain", "bebunge", "Bebunge"]  # fish, from one version of click to another


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("renam",), "plain,rename"),
        (("new", "kompu"), "plain,komputasi_awan"),
        (("explain", "spbe50"), "plain,SPBE501"),
        (("explain", "duplicate-app"), "plain,duplicate-application"),
        (("render", "--view", "land"), "plain,landscape"),
        (("rename", "--keep-al"), "plain,--keep-alias"),
        (("path", "siak", "open-"), "plain,open-data"),
    ],
)
def test_commands_types_rules_views_and_options_are_offered(words: tuple[str, ...], expected: str) -> None:
    assert expected in offered(MODEL, "bash", *words)


def test_where_there_is_no_model_no_id_is_offered(tmp_path: Path) -> None:
    assert not any(offered(tmp_path, "bash", "show", "a"))


def test_names_that_move_the_cursor_are_offered_as_text(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": 'services:\n  s1:\n    name: "a\\e[2J"\n  s2:\n    name: "x\x9b2J"\n'})
    assert "\x1b" not in "".join(offered(folder, "zsh", "show", "s"))
    assert "\x9b" not in "".join(offered(folder, "zsh", "show", "s"))


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="there is no bash here")
def test_a_real_bash_completes_an_id(tmp_path: Path) -> None:
    spbe = tmp_path / "spbe"
    spbe.write_text(f"#!{sys.executable}\nfrom spbe_arch.cli import main\n\nmain()\n")
    spbe.chmod(0o755)
    lines = (
        'eval "$(spbe completion bash)"',
        "COMP_WORDS=(spbe impact server-sim) COMP_CWORD=2",
        "_spbe_completion spbe",
        'echo "${COMPREPLY[@]}"',
    )
    environment = environment_of_a_shell({"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    done = subprocess.run(
        ["bash", "--norc", "-c", "\n".join(lines)],
        cwd=MODEL,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == ["server-simrs"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_for_each_shell(shell: str, tmp_path: Path) -> None:
    result = run(tmp_path, "completion", shell)
    assert f"{shell}_complete" in result.stdout
    assert result.stdout.count("%(") == 0


# --- ids without reading -------------------------------------------------------------------------------------


def test_every_id_of_the_shipped_model_is_found() -> None:
    assert {id for id, _ in ids_in(MODEL)} == {one.id for one in load(MODEL)} - {"kab-bekasi"}
    names = {one.id: one.name for one in load(MODEL)}
    assert [id for id, name in ids_in(MODEL) if name and names[id] != name] == []


@pytest.mark.parametrize(
    "text",
    [
        "services: {a: {name: A}, b: {name: B}}\n",
        "services:\r\n\r\n    # x\r\n    a: {name: A}\r\n    'b':\r\n        name: B\r\n",
        "defaults:\n  c: x\nservices:\n  a:\n  b:\n    note:\n      c: x\nrules:\n  d: {}\n",
    ],
)
def test_ids_are_found_in_any_layout(text: str, tmp_path: Path) -> None:
    assert [id for id, _ in ids_in(write(tmp_path, {"a.yaml": text}))] == ["a", "b"]


def test_ids_of_members_are_found_behind_their_agency(tmp_path: Path) -> None:
    member = {"kab/spbe.yaml": MANIFEST, "kab/a.yaml": "services:\n  izin: {name: I}\n"}
    folder = write(tmp_path, member, "version: 1\nagency: p\nname: P\nmembers: [kab, ../di-luar]\n")
    assert list(ids_in(folder)) == []
    assert [id for id, _ in ids_in(folder, "kab-contoh/")] == ["kab-contoh/izin"]


@given(st.binary(max_size=60))
@settings(max_examples=60)
def test_no_bytes_break_the_search(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = write(tmp_path_factory.getbasetemp() / "bytes", {"a.yaml": b"services:\n  a:\n" + data})
    assert "a" in [id for id, _ in ids_in(folder)] or data[:1].strip() == b""


def test_a_model_in_the_layout_of_the_formatter_needs_no_reading() -> None:
    text = formatted("a.yaml", "layanan: {a: {nama: A}}\n")
    assert text == b"layanan:\n  a:\n    nama: A\n"
