"""The live preview in a real Chromium: it draws, follows a save, and shows a card at a click."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.driven import Tab, opened
from tests.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

CLICK = """
document.querySelector('main g[id$=".perizinan-usaha"] rect').dispatchEvent(new MouseEvent("click", {bubbles: true}))
"""
CHOOSE = """(() => {
  const list = document.getElementById("views");
  list.value = "landscape";
  list.dispatchEvent(new Event("change"));
})()"""


class Shown(NamedTuple):
    tab: Tab
    root: Path
    server: subprocess.Popen[str]


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    root = tmp_path / "model"
    shutil.copytree(ROOT / "models/kab-bekasi", root)
    command = [sys.executable, "-m", "spbe_arch", "serve", str(root), "--port", "0", "--view", "chain:perizinan-usaha"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://\S+", server.stderr.readline())
            assert address is not None
            with opened(address[0], tmp_path / "profile") as tab:
                tab.wait("document.querySelector('main svg')")
                yield Shown(tab, root, server)
        finally:
            server.kill()


def test_a_click_on_a_box_shows_its_card_and_its_place(shown: Shown) -> None:
    shown.tab.run(CLICK)
    shown.tab.wait("!document.getElementById('card').hidden")
    assert shown.tab.run("document.getElementById('name').textContent") == "Perizinan Berusaha"
    assert shown.tab.run("document.getElementById('place').textContent").startswith(
        "layanan perizinan-usaha · layanan.yaml:"
    )


def test_a_save_is_shown_without_a_reload_and_as_text(shown: Shown) -> None:
    file = shown.root / "layanan.yaml"
    text = file.read_text(encoding="utf-8")
    name = "<b>Izin</b>"
    file.write_text(text.replace("nama: Perizinan Berusaha", f"nama: {name}", 1), encoding="utf-8")
    shown.tab.wait("document.querySelector('main').textContent.includes('<b>Izin')")
    assert shown.tab.run("document.querySelectorAll('main b').length") == 0


def test_another_view_is_chosen(shown: Shown) -> None:
    shown.tab.wait("document.querySelectorAll('#views option').length > 3")
    shown.tab.run(CHOOSE)
    shown.tab.wait("document.title.includes('Lanskap')")


def test_the_end_of_the_preview_is_said(shown: Shown) -> None:
    shown.server.kill()
    shown.tab.wait("!document.getElementById('trouble').hidden")
    assert shown.tab.run("document.getElementById('trouble').textContent") == "Pratinjau telah berakhir"
