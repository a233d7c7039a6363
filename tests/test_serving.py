"""The live preview: what it answers, what it refuses, and what it shows after a save."""

import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spbe_arch import load_texts
from spbe_arch.live import Repository
from spbe_arch.serving import Preview, make_server
from spbe_arch.serving.following import request_for

MODEL = Path("models/kab-bekasi")


class Page:
    """A browser that says what it is told to say."""

    def __init__(self, port: int, preview: Preview, root: Path) -> None:
        self.port = port
        self.preview = preview
        self.root = root

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=said)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode("utf-8"), dict(answer.getheaders())
        connection.close()
        return found

    def json(self, path: str) -> Any:
        return json.loads(self.ask(path)[1])


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    root = tmp_path_factory.mktemp("served") / "model"
    shutil.copytree(MODEL, root)
    preview = Preview(Repository(root.absolute(), "id"))
    server = make_server(preview)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Page(server.server_port, preview, root)
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_page_is_in_the_language_of_the_model(page: Page) -> None:
    status, text, _ = page.ask("/")
    assert (status, '<html lang="id">' in text, "Pemerintah Kabupaten Bekasi" in text, "@" in text) == (
        200,
        True,
        True,
        False,
    )


def test_nothing_runs_that_is_not_ours(page: Page) -> None:
    policy = page.ask("/")[2]["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


def test_no_page_of_the_web_shows_the_preview_in_a_frame_but_an_editor_does(page: Page) -> None:
    policy = page.ask("/")[2]["Content-Security-Policy"]
    assert policy.partition("frame-ancestors ")[2] == "vscode-webview: vscode-file:"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "contoh.id"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.contoh.id:80"},
        {"Origin": "http://contoh.id"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_is_refused(page: Page, headers: dict[str, str]) -> None:
    for path in ("/", "/api/card?id=bebunge", "/preview.js"):
        assert page.ask(path, **headers)[0] == 403


def test_the_own_origin_is_answered(page: Page) -> None:
    assert page.ask("/api/views", Origin=f"http://127.0.0.1:{page.port}", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_but_reading(page: Page, method: str) -> None:
    assert page.ask("/api/views", method)[0] == 501


@pytest.mark.parametrize("path", ["/../spbe.yaml", "/spbe.yaml", "/preview.html", "/%2e%2e/live.py", "/api", "//x/"])
def test_there_are_no_other_files(page: Page, path: str) -> None:
    assert page.ask(path)[0] == 404


def test_a_view_has_sheets_and_knows_its_elements(page: Page) -> None:
    told = page.json("/api/view?request=chain:perizinan-usaha")
    assert told["sheets"][0].startswith("<svg")
    assert told["elements"]["perizinan-usaha"] == "perizinan-usaha"


def test_a_card_has_the_place_in_the_source(page: Page) -> None:
    told = page.json("/api/card?id=perizinan-usaha")
    assert (told["place"], told["source"][0]) == ("layanan.yaml:7", "  perizinan-usaha:")


@pytest.mark.parametrize("path", ["/api/card?id=tidak-ada", "/api/view?request=aneh", "/api/card", "/api/view"])
def test_what_there_is_not_is_said(page: Page, path: str) -> None:
    status, text, _ = page.ask(path)
    assert (status, bool(json.loads(text)["error"])) == (404, True)


def test_a_save_shows_the_view_of_what_was_changed(page: Page) -> None:
    page.preview.state = page.preview.state._replace(request="layers")
    before = page.json("/api/state?version=0")["version"]
    file = page.root / "layanan.yaml"
    text = file.read_text(encoding="utf-8")
    assert not page.preview.look()
    file.write_text(text.replace("nama: Perizinan Berusaha", "nama: Izin", 1), encoding="utf-8")
    assert page.preview.look()
    state = page.json(f"/api/state?version={before}")
    assert (state["version"], state["file"], state["request"]) == (before + 1, "layanan.yaml", "chain:perizinan-usaha")
    assert page.json("/api/view?request=chain:perizinan-usaha")["title"].endswith("Izin")


def test_a_file_that_cannot_be_read_leaves_the_view(page: Page) -> None:
    file = page.root / "data.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text("data: [\n", encoding="utf-8")
    assert page.preview.look()
    assert page.json("/api/view?request=layers")["counts"].startswith("1 galat")
    file.write_text(text, encoding="utf-8")
    page.preview.look()


def test_of_several_changes_the_type_decides() -> None:
    manifest = ("spbe.yaml", "versi: 1\ninstansi: x\nnama: X\n")
    before = load_texts([manifest, ("a.yaml", "")])
    after = load_texts([manifest, ("a.yaml", "aplikasi:\n  a: {nama: A}\n  b: {nama: B}\nlayanan:\n  c: {nama: C}\n")])
    assert request_for(before, after, "a.yaml") == "landscape"
    assert request_for(after, after, "a.yaml") == ""
