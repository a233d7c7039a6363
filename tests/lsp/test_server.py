"""The server as a process, spoken to by a client with the capabilities of two editors."""

import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

MODEL = Path("models/kab-bekasi").absolute()


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    params=["visual-studio-code", "neovim"],
    config=ClientServerConfig(server_command=[sys.executable, "-m", "spbe_arch", "lsp", "--language", "en"]),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)

    @lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def register(_params: lsp.RegistrationParams) -> None:
        """The files that the server wants to hear of."""

    await lsp_client.initialize_session(
        lsp.InitializeParams(
            capabilities=client_capabilities(request.param),
            workspace_folders=[lsp.WorkspaceFolder(uri=folder.as_uri(), name="model")],
        )
    )
    yield
    await lsp_client.shutdown_session()


async def test_a_slip_is_told_while_typing_and_a_fix_offered(client: LanguageClient, tmp_path: Path) -> None:
    file = tmp_path / "model" / "aplikasi.yaml"
    text = file.read_text(encoding="utf-8").replace("portal-layanan", "portal-layanann", 1)
    document = lsp.TextDocumentItem(file.as_uri(), "yaml", 1, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
    while file.as_uri() not in client.diagnostics:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    [slip] = [one for one in client.diagnostics[file.as_uri()] if one.code == "SPBE101"]
    found = await client.text_document_code_action_async(
        lsp.CodeActionParams(lsp.TextDocumentIdentifier(file.as_uri()), slip.range, lsp.CodeActionContext([slip]))
    )
    edits = [one.edit for one in found or () if isinstance(one, lsp.CodeAction) and one.edit is not None]
    assert edits[0].changes is not None
    assert edits[0].changes[file.as_uri()][0].new_text == "portal-layanan"


async def test_completion_hover_definition(client: LanguageClient, tmp_path: Path) -> None:
    file = tmp_path / "model" / "aplikasi.yaml"
    text = "applications:\n  a:\n    supports: [portal-layanan, ]\n"
    document = lsp.TextDocumentItem(file.as_uri(), "yaml", 1, text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
    identifier = lsp.TextDocumentIdentifier(file.as_uri())
    listed = await client.text_document_completion_async(lsp.CompletionParams(identifier, lsp.Position(2, 31)))
    assert isinstance(listed, lsp.CompletionList)
    assert "perizinan-usaha" in [one.label for one in listed.items]
    card = await client.text_document_hover_async(lsp.HoverParams(identifier, lsp.Position(2, 20)))
    assert card is not None
    assert "Portal Layanan Publik Bebunge" in getattr(card.contents, "value", "")
    place = await client.text_document_definition_async(lsp.DefinitionParams(identifier, lsp.Position(2, 20)))
    assert isinstance(place, lsp.Location)
    assert place.uri.endswith("/layanan.yaml")


async def test_a_rename_that_cannot_be_is_refused_in_words(client: LanguageClient, tmp_path: Path) -> None:
    file = tmp_path / "model" / "layanan.yaml"
    text = file.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.split("\n")) if row.startswith("  perizinan-usaha:"))
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(file.as_uri(), "yaml", 1, text)))
    asked = lsp.RenameParams(lsp.TextDocumentIdentifier(file.as_uri()), lsp.Position(line, 5), "portal-layanan")
    with pytest.raises(Exception, match="is taken"):
        await client.text_document_rename_async(asked)


async def test_a_file_outside_the_workspace_is_left_alone(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "spbe.yaml").write_text("versi: 1\ninstansi: x\nnama: X\n", encoding="utf-8")
    uri = (tmp_path / "lain" / "a.yaml").as_uri()
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "yaml", 1, "aneh: 1\n")))
    found = await client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 1)))
    assert found is None
    assert uri not in client.diagnostics


async def test_nothing_is_written(client: LanguageClient, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in sorted((tmp_path / "model").iterdir())}
    file = tmp_path / "model" / "aplikasi.yaml"
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(file.as_uri(), "yaml", 1, "a: [\n"))
    )
    await client.text_document_formatting_async(
        lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(file.as_uri()), lsp.FormattingOptions(2, True))
    )
    assert {path: path.read_bytes() for path in sorted((tmp_path / "model").iterdir())} == before


async def test_messages_that_make_no_sense_leave_the_server_alive(client: LanguageClient, tmp_path: Path) -> None:
    model, outside = tmp_path / "model", tmp_path / "outside"
    shutil.copytree(MODEL, outside)
    (model / "keluar.yaml").symlink_to(outside / "layanan.yaml")
    (model / "hilang.yaml").write_text("layanan: {x: {nama: X}}\n")
    uris = [
        *(model / name for name in ("layanan.yaml", "hilang.yaml", "keluar.yaml", "tiada.yaml", "spbe.yaml")),
        outside / "layanan.yaml",
    ]
    for uri in [*(one.as_uri() for one in uris), "untitled:satu", "file:///", "http://contoh/a.yaml", "file:///%00"]:
        named, version = lsp.TextDocumentIdentifier(uri), lsp.VersionedTextDocumentIdentifier(7, uri)
        whole = [lsp.TextDocumentContentChangeWholeDocument("layanan: [")]
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(named))
        client.text_document_did_save(lsp.DidSaveTextDocumentParams(named))
        client.text_document_did_change(lsp.DidChangeTextDocumentParams(version, whole))
        client.protocol.notify("$/cancelRequest", lsp.CancelParams(999))
    (model / "hilang.yaml").unlink()
    gone = [lsp.FileEvent(one.as_uri(), lsp.FileChangeType.Deleted) for one in uris]
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(gone))
    shutil.rmtree(outside)
    file = model / "aplikasi.yaml"
    text = "applications:\n  a:\n    supports: [portal-layanan, ]\n"
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(file.as_uri(), "yaml", 1, text)))
    asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(file.as_uri()), lsp.Position(2, 31))
    listed = await client.text_document_completion_async(asked)
    assert isinstance(listed, lsp.CompletionList)
    assert "perizinan-usaha" in [one.label for one in listed.items]
    assert not [uri for uri in client.diagnostics if "/outside/" in uri]
