"""A Chromium that is told what to do, by its debugging protocol."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.browser.page import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Tab:
    """One page of the browser."""

    def __init__(self, wire: ClientConnection, session: str) -> None:
        self._wire = wire
        self._session = session
        self._numbers = itertools.count(100)

    def tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command, and what comes back."""
        return tell(self._wire, next(self._numbers), method, parameters, self._session)

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        told = self.tell("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true, a quarter of a minute at the most."""
        end = time.monotonic() + 15
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < end, condition
            time.sleep(0.02)

    def picture(self) -> bytes:
        """What it looks like, as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot")["data"])


def tell(
    wire: ClientConnection, number: int, method: str, parameters: dict[str, Any], session: str | None = None
) -> dict[str, Any]:
    """One command over the wire, and its answer; what the browser tells in between is passed over."""
    to = {"sessionId": session} if session else {}
    wire.send(json.dumps({"id": number, "method": method, "params": parameters, **to}))
    while True:
        told = json.loads(wire.recv(timeout=60))
        if told.get("id") == number:
            assert "error" not in told, told
            found: dict[str, Any] = told["result"]
            return found


@contextmanager
def opened(address: str, folder: Path) -> Iterator[Tab]:
    """A tab that shows an address."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    arguments = [
        "--headless",
        "--disable-gpu",
        "--remote-debugging-port=0",
        "--window-size=1200,800",
        f"--user-data-dir={folder}",
        *root,
    ]
    process = subprocess.Popen([program, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"ws://\S+", line) for line in process.stderr)))
        with connect(found[0], max_size=None) as wire:
            target = tell(wire, 1, "Target.createTarget", {"url": "about:blank"})["targetId"]
            session = tell(wire, 2, "Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
            tab = Tab(wire, session)
            tab.tell("Page.navigate", url=address)
            yield tab
    finally:
        process.terminate()
        process.wait(30)
        if process.stderr is not None:
            process.stderr.close()
