"""The live preview: a page on this machine that shows a view of the file being edited, and the card of what is clicked.

It answers reading requests of this machine's browser for its own page, and nothing else: another address, another
origin or another method is refused. It writes nothing and reads only the repository.
"""

from __future__ import annotations

import json
import threading
from functools import cached_property
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import parse_qs, urlsplit

from spbe_arch.cards import card_of, value_in_words
from spbe_arch.drawing.svg import name_in_svg
from spbe_arch.errors import SpbeError
from spbe_arch.live import lines_of
from spbe_arch.messages import counted, in_words, translate
from spbe_arch.metamodel import type_of
from spbe_arch.rendering import Job, draw_all, views_of
from spbe_arch.serving.following import request_for
from spbe_arch.views import default_requests, make_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spbe_arch.cards import Linked
    from spbe_arch.live import Repository

__all__ = ["Preview", "make_server"]

_FILES = {"/preview.js": "text/javascript; charset=utf-8", "/preview.css": "text/css; charset=utf-8"}
_SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors vscode-webview: vscode-file:"  # the editor's own preview
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LONGEST_WAIT = 25.0
"""Seconds that a page waits for news before it asks again."""
_SHOWN_LINES = 12


class State(NamedTuple):
    """What a page is told when something has changed."""

    version: int
    file: str = ""
    """The file that was changed last."""
    request: str = ""
    """The view that shows what was changed in it."""


class Preview:
    """A repository with what its pages are shown.

    Args:
        repository: as it is now.
        request: the view to begin with, as in "chain:perizinan-usaha"; else the first of the useful set.
    """

    def __init__(self, repository: Repository, request: str = "") -> None:
        self.repository = repository
        self._news = threading.Condition()
        self._lock = threading.RLock()
        first = next(iter(default_requests(repository.architecture)), "layers")
        self.state = State(1, request=request or first)
        self._titles: tuple[int, dict[str, Any]] = (0, {})
        self._drawn: dict[str, tuple[int, dict[str, Any]]] = {}

    # --- changes ---------------------------------------------------------------------------------------------

    def look(self) -> bool:
        """Look at the disk once; whether anything has changed since."""
        with self._lock:
            before = self.repository.architecture
            changed = self.repository.changes_on_disk()
            if not changed:
                return False
            request = request_for(before, self.repository.architecture, changed[-1]) or self.state.request
        with self._news:
            self.state = State(self.state.version + 1, changed[-1], request)
            self._news.notify_all()
        return True

    def wait(self, version: int) -> State:
        """The state, as soon as it is another than one that is known; after a while, in any case."""
        with self._news:
            self._news.wait_for(lambda: self.state.version != version, _LONGEST_WAIT)
            return self.state

    # --- what pages ask --------------------------------------------------------------------------------------

    def views(self) -> dict[str, Any]:
        """The views to choose from, each with its title."""
        with self._lock:
            if self._titles[0] == self.state.version:
                return self._titles[1]
            architecture, language = self.repository.architecture, self.repository.language
            findings = self.repository.findings
            titles = {}
            for request in dict.fromkeys([self.state.request, *default_requests(architecture)]):
                try:
                    titles[request] = make_view(architecture, request, findings, language).title
                except SpbeError:
                    continue  # what it was about has gone
            found = {"views": [{"request": request, "title": title} for request, title in titles.items()]}
            self._titles = self.state.version, found
            return found

    def view(self, request: str) -> dict[str, Any]:
        """The sheets of a view as SVG, with the elements on them by their names in the SVG."""
        with self._lock:
            version = self.state.version
            known = self._drawn.get(request)
            if known is not None and known[0] == version:
                return known[1]
            architecture, findings = self.repository.architecture, self.repository.findings
            language = self.repository.language
            [made] = views_of(architecture, findings, [request], language).values()
            [drawn] = draw_all([Job(made, ("svg",))])
            for failure in drawn.failures:
                raise failure.as_error()
            found = {
                "title": made.title,
                "sheets": [picture.data.decode("utf-8") for _, picture in drawn.pictures],
                "elements": {name_in_svg(node.id): node.id for node in made.nodes},
                "counts": ", ".join(
                    (
                        counted(findings.summary.errors, "{count} error", "{count} errors", language),
                        counted(findings.summary.warnings, "{count} warning", "{count} warnings", language),
                    )
                ),
            }
            self._drawn = {request: (version, found)}
            return found

    def card(self, id: str) -> dict[str, Any]:
        """All that is known of an element, with the lines that describe it."""
        with self._lock:
            architecture = self.repository.architecture
            language = self.repository.language
            card = card_of(architecture, self.repository.findings, id, language=language)
            info = type_of(card.section)
            facts = [
                (info.fields[name].label(language), value_in_words(info.fields[name].kind, value, language))
                for name, _, value in card.fields
                if name != "name"
            ]
            facts += [_ends(one, language, "") for one in card.links]
            facts += [_ends(one, language, "← ") for one in card.linked_from]
            lines = lines_of(self.repository.text(card.path))
            return {
                "id": card.id,
                "name": card.name or card.id,
                "type": info.label(language),
                "place": f"{card.path}:{card.line}",
                "facts": facts,
                "findings": [f"{one.code} {one.message}" for one in card.findings],
                "source": lines[card.line - 1 : card.line - 1 + _SHOWN_LINES],
            }

    @cached_property
    def page(self) -> bytes:
        """The page itself, in the language of the model."""
        language = self.repository.language
        title = escape(self.repository.architecture.manifest.name or self.repository.architecture.agency)
        template = Path(__file__).with_name("preview.html").read_text(encoding="utf-8")
        words = {
            "LANGUAGE": language,
            "TITLE": title,
            "VIEW": escape(translate("View", language)),
            "FOLLOW": escape(translate("Follow the file being edited", language)),
            "CLOSE": escape(translate("Close", language)),
            "GONE": escape(translate("The preview has ended", language)),
        }
        for name, word in words.items():
            template = template.replace(f"@{name}@", word)
        return template.encode("utf-8")


def _ends(linked: Linked, language: str, before: str) -> tuple[str, str]:
    label = linked.label if language == "id" else linked.name
    return before + label.replace("_", " "), ", ".join(name or id for id, name in linked.ends)


def make_server(preview: Preview, port: int = 0) -> ThreadingHTTPServer:
    """A server on the loopback address, not started.

    Args:
        preview: what it shows.
        port: where it listens; 0 for any that is free.

    Raises:
        OSError: if the port is taken.
    """

    class Handler(_Handler):
        shown = preview

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    server: ThreadingHTTPServer
    protocol_version = "HTTP/1.1"
    server_version = "spbe"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_ours():
            self._send(403, b"", "text/plain")
            return
        address = urlsplit(self.path)
        if address.path == "/":
            self._send(200, self.shown.page, "text/html; charset=utf-8")
        elif address.path in _FILES:
            data = Path(__file__).with_name(address.path[1:]).read_bytes()
            self._send(200, data, _FILES[address.path])
        elif (answer := _ANSWERS.get(address.path)) is not None:
            self._answer(answer, parse_qs(address.query))
        else:
            self._send(404, b"", "text/plain")

    def _is_ours(self) -> bool:
        """Whether the browser was told our own address, by our own page: not by a page that only knows our port."""
        port = self.server.server_port
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = self.headers.get("Origin")
        return (
            self.headers.get_all("Host", []) in [[host] for host in hosts]
            and (origin is None or origin in {f"http://{host}" for host in hosts})
            and self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        )

    def _answer(
        self, answer: Callable[[Preview, Mapping[str, list[str]]], object], query: dict[str, list[str]]
    ) -> None:
        try:
            found, status = answer(self.shown, query), 200
        except SpbeError as error:
            found, status = {"error": in_words(error, self.shown.repository.language)}, 404
        self._send(status, json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def _send(self, status: int, data: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            for name, value in _SAFE.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            self.close_connection = True  # the page has gone

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is told of requests."""


def _first(query: Mapping[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _version(query: Mapping[str, list[str]]) -> int:
    said = _first(query, "version")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


_Answer: TypeAlias = "Callable[[Preview, Mapping[str, list[str]]], object]"

_ANSWERS: dict[str, _Answer] = {
    "/api/state": lambda preview, query: preview.wait(_version(query))._asdict(),
    "/api/views": lambda preview, _query: preview.views(),
    "/api/view": lambda preview, query: preview.view(_first(query, "request")),
    "/api/card": lambda preview, query: preview.card(_first(query, "id")),
}
