"""`spbe lsp`: the language server, for editors to start."""

from __future__ import annotations

from importlib.util import find_spec

import click

from spbe_arch.cli.shared import language_option
from spbe_arch.errors import OutputError

__all__ = ["lsp"]


@click.command()
@click.option("--stdio", is_flag=True, hidden=True, help="What editors say; there is no other way.")
@language_option
def lsp(stdio: bool, language: str | None) -> None:  # noqa: ARG001 - said by editors, and true anyway
    """Serve an editor on stdin and stdout: findings, fixes, completion, hover, definition, layout.

    Needs the extra `lsp`. Editors start it by themselves; it writes no file, and reads none outside the workspace.
    """
    if find_spec("pygls") is None:
        raise OutputError("the language server needs more: pip install 'spbe-arch[lsp]'")
    from spbe_arch.lsp.server import make_server

    make_server(language or "").start_io()
