"""A client of the language server protocol, as far as these tests need one: the real server in its own process."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SERVER", "Client", "started"]

SERVER = Path(__file__).parents[2] / "build/editor/node_modules/yaml-language-server/bin/yaml-language-server"
SECONDS = 30
SETTINGS = {
    "validate": True,
    "completion": True,
    "hover": True,
    "schemaStore": {"enable": False},
    "format": {"enable": False},
}


class Client:
    """Sends requests and waits for what the server says; what the server asks is answered as an editor would."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin = process.stdin
        self._told: Queue[dict[str, Any]] = Queue()
        self._number = 0
        Thread(target=self._listen, args=(process.stdout,), daemon=True).start()

    def _listen(self, stream: IO[bytes]) -> None:
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            stream.readline()
            self._told.put(json.loads(stream.read(length)))

    def _send(self, **message: Any) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self._number += 1
        number = self._number
        self._send(id=number, method=method, params=params)
        return self._wait(lambda told: told.get("id") == number and "method" not in told)["result"]

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """What the server finds in a text that is opened."""
        uri = self.open(path, text)
        told = self._wait(
            lambda told: told.get("method") == "textDocument/publishDiagnostics" and told["params"]["uri"] == uri
        )
        found = told["params"]["diagnostics"]
        assert isinstance(found, list)
        return found

    def open(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)
        return uri

    def _wait(self, is_it: Any) -> dict[str, Any]:
        while True:
            told = self._told.get(timeout=SECONDS)
            if "id" in told and "method" in told:
                items = told.get("params", {}).get("items", [])
                self._send(id=told["id"], result=[_setting(one.get("section", "")) for one in items])
            elif is_it(told):
                return told


def _setting(section: str) -> Any:
    return SETTINGS if section == "yaml" else {"tabSize": 2} if section == "[yaml]" else {}


@contextmanager
def started(folder: Path) -> Iterator[Client]:
    """A server that has been told of a folder."""
    with subprocess.Popen(
        ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            client = Client(process)
            capabilities = {
                "workspace": {"configuration": True},
                "textDocument": {"completion": {"completionItem": {}}},
            }
            root = folder.as_uri()
            folders = [{"uri": root, "name": "model"}]
            client.ask("initialize", processId=None, rootUri=root, capabilities=capabilities, workspaceFolders=folders)
            client.notify("initialized")
            yield client
        finally:
            process.kill()
