"""The wires between an editor and the features: requests in, answers out; nothing is written."""

from __future__ import annotations

import asyncio
import gc
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from spbe_arch.errors import SpbeError
from spbe_arch.files import find_up
from spbe_arch.live import Repository
from spbe_arch.lsp.asked import Asked
from spbe_arch.lsp.completing import completions
from spbe_arch.lsp.finding import Finder
from spbe_arch.lsp.mending import FIX_ALL, actions, diagnostic_of, laid_out, renamed
from spbe_arch.lsp.telling import hover
from spbe_arch.manifest import MANIFEST
from spbe_arch.messages import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spbe_arch.messages import Told

__all__ = ["make_server"]

_PAUSE = 0.02
"""Seconds without typing after which a check runs."""
_SETTLED = 0.3
"""Seconds without typing after which a check of a whole large model begins, which takes seconds of its own."""
_BROKEN = 2.0
"""The same while a file cannot be read: somebody is about to go on, and much has to be looked at again."""
_REST = 5.0
"""Seconds without typing after which the garbage collector runs."""
_MOST_UNCOLLECTED = 10
"""Checks after which it runs all the same."""


class _RefusedError(JsonRpcException):
    """What was asked for cannot be done, said to whoever asked."""


def _is_a_fault(record: logging.LogRecord) -> bool:
    """Whether something went wrong here; what is refused is answered, and no traceback of it is worth reading."""
    return record.exc_info is None or not isinstance(record.exc_info[1], _RefusedError)


class _Server(LanguageServer):
    """The server with the repositories that its editor has opened files of."""

    def __init__(self, language: str) -> None:
        from spbe_arch import __version__

        super().__init__("spbe", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.language = language
        self.lists_references = False
        """Whether the editor has a command `spbe.references`, which lists what names the element at a place."""
        self.repositories: dict[Path, Repository] = {}
        self._published: dict[str, list[lsp.Diagnostic]] = {}
        self._made: dict[tuple[Path, str], tuple[list[Told], list[lsp.Diagnostic]]] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._aside: set[tuple[Path, bool]] = set()
        """The repositories, whole or not, of which the collector passes over nothing that the first check left."""
        self._uncollected = 0
        """Checks of large models since the collector ran."""

    # --- which repository ------------------------------------------------------------------------------------

    def place(self, uri: str) -> tuple[Repository, str] | None:
        """The repository of a document, and its path there; None for what is in none, or outside the workspace."""
        name = to_fs_path(uri)
        if not uri.startswith("file:") or name is None:
            return None
        file = Path(name)
        root = find_up(file.parent, MANIFEST)
        if root is None or not self._is_in_workspace(root):
            return None
        repository = self.repositories.get(root)
        if repository is None:
            repository = self.repositories[root] = Repository(root, self.language)
        return repository, file.relative_to(root).as_posix()

    def _is_in_workspace(self, root: Path) -> bool:
        folders = [to_fs_path(folder.uri) for folder in self.workspace.folders.values()]
        if self.workspace.root_path:
            folders.append(self.workspace.root_path)
        return not folders or any(folder is not None and root.is_relative_to(folder) for folder in folders)

    @property
    def encoding(self) -> str:
        """The units in which the editor counts columns."""
        chosen = self.workspace.position_encoding
        return str(getattr(chosen, "value", chosen) or "utf-16")

    def ask(self, uri: str, position: lsp.Position) -> Asked | None:
        """What a request is about."""
        found = self.place(uri)
        if found is None:
            return None
        repository, path = found
        return Asked(repository, path, repository.text(path), position, self.encoding)

    def finder(self, repository: Repository) -> Finder:
        """Answers where things are."""
        return Finder(repository, self.encoding)

    # --- findings --------------------------------------------------------------------------------------------

    def take_note(self, uri: str, change: Callable[[Repository, str], None]) -> None:
        """Let the repository of a document know what became of it, and check."""
        found = self.place(uri)
        if found is not None:
            repository, path = found
            change(repository, path)
            self.check_soon(repository, path)

    def check_soon(self, repository: Repository, path: str) -> None:
        """Check when nothing has been typed for a moment, the file that was edited before others."""
        waiting = self._waiting.pop(repository.root, None)
        if waiting is not None:
            waiting.cancel()
        self._waiting[repository.root] = asyncio.ensure_future(self._check_later(repository, path))

    async def _check_later(self, repository: Repository, path: str) -> None:
        await asyncio.sleep(_PAUSE)
        if repository.is_large:
            self._say(repository, path, repository.told_soon(path))
            await asyncio.sleep(_SETTLED if repository.is_whole else _BROKEN)
            if not await asyncio.to_thread(repository.examine):
                return  # whoever changed it has asked for another check
        self.check(repository)
        if repository.is_large:
            await self._collect(repository)

    async def _collect(self, repository: Repository) -> None:
        """Collect what nobody holds, of a large model, when nobody types: to pass over it takes its time.

        What the first check of a kind leaves is never passed over; what takes its place later has to go one day.
        """
        gc.disable()
        kind = (repository.root, repository.is_whole)
        if kind not in self._aside:
            self._aside.add(kind)
            gc.freeze()
        self._uncollected += 1
        if self._uncollected < _MOST_UNCOLLECTED:
            await asyncio.sleep(_REST)
        self._uncollected = 0
        gc.collect()

    def check(self, repository: Repository) -> None:
        """Say what is found, for the files of which something else was said before."""
        told = repository.told()
        inside = repository.root.as_uri() + "/"
        before = (unquote(uri.removeprefix(inside)) for uri in self._published if uri.startswith(inside))
        for path in {*before, *told}:
            self._say(repository, path, told.get(path, []))

    def _say(self, repository: Repository, path: str, told: list[Told]) -> None:
        """Say what is found in a file, if something else was said before."""
        uri = (repository.root / path).as_uri()
        found = self._diagnostics(repository, path, told)
        if found != self._published.get(uri, []):
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
        self._published[uri] = found

    def _diagnostics(self, repository: Repository, path: str, told: list[Told]) -> list[lsp.Diagnostic]:
        """The findings of a file; those of before, if they are told in the same words of the same places."""
        before = self._made.get((repository.root, path))
        if before is None or before[0] is not told:
            before = told, [diagnostic_of(repository, one, self.encoding) for one in told]
            self._made[repository.root, path] = before
        return before[1]


def make_server(language: str = "") -> LanguageServer:
    """A language server for one editor.

    Args:
        language: of messages and help, "id" or "en"; else that of each repository.
    """
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_a_fault)
    server = _Server(language)
    _follow_documents(server)
    _follow_disk(server)
    _answer_places(server)
    _answer_files(server)
    return server


# --- documents -----------------------------------------------------------------------------------------------


def _follow_documents(server: _Server) -> None:
    def take(uri: str) -> None:
        text = server.workspace.get_text_document(uri).source
        server.take_note(uri, lambda repository, path: repository.write(path, text))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.take_note(params.text_document.uri, Repository.close)


def _follow_disk(server: _Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.take_note(params.text_document.uri, Repository.changed_on_disk)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            server.take_note(change.uri, Repository.changed_on_disk)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        server.lists_references = isinstance(options, dict) and options.get("references") is True

    @server.feature(lsp.INITIALIZED)
    def initialized(_params: lsp.InitializedParams) -> None:
        watched = server.client_capabilities.workspace and server.client_capabilities.workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            patterns = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in ("**/*.yaml", "**/*.yml")]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(patterns)
            registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(lsp.RegistrationParams([registration]))


# --- a place -------------------------------------------------------------------------------------------------


def _answer_places(server: _Server) -> None:
    def about(params: Any, answer: Callable[[Asked], Any]) -> Any:
        asked = server.ask(params.text_document.uri, params.position)
        return None if asked is None else answer(asked)

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", ":", "[", ",", "-", ".", "/"])
    )
    def completion(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        text = server.client_capabilities.text_document
        item = text and text.completion and text.completion.completion_item
        found: lsp.CompletionList | None = about(
            params, lambda asked: completions(asked, snippets=bool(item and item.snippet_support))
        )
        return found

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        found: lsp.Hover | None = about(params, hover)
        return found

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        found: lsp.Location | None = about(params, lambda asked: server.finder(asked.repository).definition(asked))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        def named(asked: Asked) -> lsp.Range | None:
            id = server.finder(asked.repository).id_at(asked)
            is_it = id is not None and asked.word.partition(":")[0].endswith(id.rpartition("/")[2])
            return asked.range() if is_it else None

        found: lsp.Range | None = about(params, named)
        return found

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        def another_id(asked: Asked) -> lsp.WorkspaceEdit | None:
            id = server.finder(asked.repository).id_at(asked)
            if id is None:
                return None
            try:
                return renamed(asked.repository, id, params.new_name.rpartition("/")[2], server.encoding)
            except SpbeError as error:
                said = in_words(error, asked.language)
                raise _RefusedError(said, lsp.ErrorCodes.InvalidParams.value) from error

        found: lsp.WorkspaceEdit | None = about(params, another_id)
        return found

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        declared = params.context.include_declaration
        found: list[lsp.Location] | None = about(
            params, lambda asked: server.finder(asked.repository).references(asked, with_declaration=declared)
        )
        return found


# --- a file --------------------------------------------------------------------------------------------------


def _answer_files(server: _Server) -> None:
    def within(params: Any, answer: Callable[[Repository, str], Any]) -> Any:
        found = server.place(params.text_document.uri)
        return None if found is None else answer(*found)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol] | None:
        found: list[lsp.DocumentSymbol] | None = within(params, lambda one, path: server.finder(one).symbols(path))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
        found: list[lsp.FoldingRange] | None = within(params, lambda one, path: server.finder(one).folds(path))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        found: list[lsp.DocumentLink] | None = within(params, lambda one, path: server.finder(one).links(path))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def lenses(params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
        found: list[lsp.CodeLens] | None = within(
            params, lambda one, path: server.finder(one).lenses(path, clickable=server.lists_references)
        )
        return found

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])
    )
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        found: list[lsp.CodeAction] | None = within(
            params, lambda one, path: actions(one, path, params.range, server.encoding)
        )
        return found

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
        found: list[lsp.TextEdit] | None = within(
            params, lambda one, path: laid_out(path, one.text(path), server.encoding)
        )
        return found

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def sought(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        return [
            one for repository in server.repositories.values() for one in server.finder(repository).sought(params.query)
        ]
