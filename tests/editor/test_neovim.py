"""A real editor with the settings that are shipped: Neovim, started as in a terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT

pytestmark = pytest.mark.editor

SCRIPT = """
vim.g.spbe_path = SPBE
dofile(SETTINGS)
vim.cmd("filetype on")
vim.cmd("edit " .. vim.fn.fnameescape(FILE))
vim.bo.filetype = "yaml"
local found = {}
local ok = vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
found.diagnostics = vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
local function ask(method, line, column)
  local position = {line = line, character = column}
  local params = {textDocument = vim.lsp.util.make_text_document_params(), position = position}
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000) or {}
  for _, answer in pairs(answers) do return answer.result end
end
found.hover = ask("textDocument/hover", 9, 20)
found.completion = ask("textDocument/completion", 9, 20)
found.definition = ask("textDocument/definition", 9, 20)
vim.fn.writefile({vim.fn.json_encode(found)}, ANSWER)
vim.cmd("qall!")
"""

MODEL = """# Layanan yang menyebut proses yang tidak ada
layanan:
  izin:
    nama: Izin
    kode_referensi: RAL.01.16
    proses_bisnis: penerbitann
proses_bisnis:
  penerbitan: {nama: Penerbitan izin}
aplikasi:
  sim: {mendukung: [izin], nama: SIM Izin}
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    editor = shutil.which("nvim")
    if editor is None:
        pytest.skip("there is no Neovim on this machine")
    folder = tmp_path_factory.mktemp("model")
    (folder / "spbe.yaml").write_text("versi: 1\ninstansi: kab-x\nnama: X\nbahasa: id\n", encoding="utf-8")
    (folder / "model.yaml").write_text(MODEL, encoding="utf-8")
    told = folder / "answer.json"
    settings = ROOT / "editors/neovim/spbe.lua"
    names = {
        "SPBE": Path(sys.executable).with_name("spbe"),
        "SETTINGS": settings,
        "FILE": folder / "model.yaml",
        "ANSWER": told,
    }
    script = "".join(f"local {name} = {json.dumps(str(path))}\n" for name, path in names.items()) + SCRIPT
    (folder / "drive.lua").write_text(script, encoding="utf-8")
    command = [editor, "--headless", "--clean", "-i", "NONE", "-c", f"luafile {folder / 'drive.lua'}"]
    subprocess.run(command, timeout=90, check=True, capture_output=True)
    return json.loads(told.read_text(encoding="utf-8"))


def test_a_finding_is_shown(answer: Any) -> None:
    assert "SPBE101" in answer["diagnostics"]


def test_a_card_is_shown(answer: Any) -> None:
    assert answer["hover"]["contents"]["value"].startswith("**Izin** · layanan `izin`")


def test_ids_are_proposed(answer: Any) -> None:
    assert [one["label"] for one in answer["completion"]["items"]] == ["izin"]


def test_a_definition_is_found(answer: Any) -> None:
    assert answer["definition"]["range"]["start"] == {"line": 2, "character": 2}
