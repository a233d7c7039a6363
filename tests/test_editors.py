"""What opening a folder in an editor may not do, and what the shipped settings start."""

import json
import re
import tomllib
from pathlib import Path

from spbe_arch.live import Repository
from spbe_arch.lsp.finding import Finder
from tests.command import ROOT

EDITORS = ROOT / "editors"
EXTENSION = json.loads((EDITORS / "vscode/package.json").read_text(encoding="utf-8"))
SOURCE = (EDITORS / "vscode/src/extension.ts").read_text(encoding="utf-8")


def test_a_workspace_cannot_say_which_program_is_run() -> None:
    setting = EXTENSION["contributes"]["configuration"]["properties"]["spbe.path"]
    assert setting["scope"] == "machine"
    assert "spbe.path" in EXTENSION["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert "workspaceValue" not in SOURCE
    assert "workspaceFolderValue" not in SOURCE


def test_no_program_is_run_by_a_shell() -> None:
    assert not re.search(r"shell:\s*true|(?<!\.)\bexec\(|ShellExecution", SOURCE)


def test_every_command_of_the_extension_is_there() -> None:
    offered = {one["command"] for one in EXTENSION["contributes"]["commands"]}
    assert offered <= set(re.findall(r'command\("([\w.]+)"', SOURCE))


def test_the_settings_of_helix_start_the_server() -> None:
    settings = tomllib.loads((EDITORS / "helix/languages.toml").read_text(encoding="utf-8"))
    assert settings["language-server"]["spbe"] == {"command": "spbe", "args": ["lsp"]}


def test_the_settings_of_neovim_take_no_program_from_a_project() -> None:
    text = (EDITORS / "neovim/spbe.lua").read_text(encoding="utf-8")
    assert re.findall(r"^local program = (.*)$", text, re.MULTILINE) == ['vim.g.spbe_path or "spbe"']


def test_links_lead_into_the_web_and_to_members_inside(tmp_path: Path) -> None:
    member = tmp_path / "anggota"
    member.mkdir()
    for folder, more in ((member, ""), (tmp_path, "anggota: [anggota, ../luar]\n")):
        name = folder.name.replace("_", "-")
        (folder / "spbe.yaml").write_text(f"versi: 1\ninstansi: {name}\nnama: X\n{more}", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("kebijakan:\n  a: {nama: A, tautan: 'https://contoh.id/a'}\n", encoding="utf-8")
    finder = Finder(Repository(tmp_path), "utf-16")
    assert [one.target for one in finder.links("a.yaml")] == ["https://contoh.id/a"]
    inside = {one.target for one in finder.links("spbe.yaml")}
    assert inside == {(member / "spbe.yaml").as_uri()}
