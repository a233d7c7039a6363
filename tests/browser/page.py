"""A page in a real Chromium: what a script finds in it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

INSTALLED = Path(__file__).parents[2] / "build/browser/node_modules"
"""What `make test-browser` installs from npm."""
MERMAID = INSTALLED / "mermaid/dist/mermaid.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def found(folder: Path, body: str, script: str, seconds: int = 120) -> Any:
    """What an asynchronous script returns in a page with this body; the page reaches no network.

    Args:
        folder: where the page is written; what it names beside it is found there.
        body: HTML.
        script: the body of an async function; what it returns comes back as JSON.
        seconds: how long it may take.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body>{body}<script>\n'
        'addEventListener("load", async () => {\n'
        f"  const run = async () => {{ {script} }};\n"
        "  let told;\n"
        "  try { told = {value: await run()}; } catch (error) { told = {error: String(error)}; }\n"
        '  const answer = document.createElement("pre");\n'
        '  answer.id = "answer"; answer.textContent = JSON.stringify(told); document.body.append(answer);\n'
        "});\n</script>",
        encoding="utf-8",
        errors="surrogatepass",
    )
    done = subprocess.run(
        [
            program,
            "--headless",
            "--disable-gpu",
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            f"--user-data-dir={folder / 'profile'}",
            "--allow-file-access-from-files",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=60000",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=True,
    )
    answer = re.search(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
    assert answer, done.stderr[-2000:]
    told = json.loads(html.unescape(answer[1]))
    assert "error" not in told, told
    return told.get("value")
