"""A session of a day holds no more than one of a minute."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any
from weakref import ref

from pygls.workspace import Workspace

from spbe_arch.live import Repository
from spbe_arch.lsp import server as serving

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_an_architecture_that_was_edited_is_forgotten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spbe_arch.live._LARGE", 0)
    monkeypatch.setattr(serving, "_SETTLED", 0)
    monkeypatch.setattr(serving, "_REST", 0)
    server: Any = serving.make_server("en")
    server.protocol._workspace = Workspace(root.as_uri())
    monkeypatch.setattr(server, "text_document_publish_diagnostics", lambda params: None)
    repository = Repository(root, "en")
    text = repository.text("layanan.yaml")
    made = []
    try:
        for number in range(4):
            repository.write("layanan.yaml", text + f"  baru-{number}: {{nama: Baru}}\n")
            await server._check_later(repository, "layanan.yaml")
            made.append(ref(repository.architecture))
    finally:
        gc.unfreeze()
        gc.enable()
    assert [one() is None for one in made[1:]] == [True, True, False]
