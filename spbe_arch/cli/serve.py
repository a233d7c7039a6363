"""`spbe serve`: a live preview in the browser of this machine."""

from __future__ import annotations

import time

import click

from spbe_arch.cli.completing import complete_views
from spbe_arch.cli.shared import language_option, path_argument
from spbe_arch.errors import OutputError

__all__ = ["serve"]


@click.command()
@path_argument
@click.option("--view", metavar="VIEW", default="", shell_complete=complete_views, help="The view to begin with.")
@click.option("--port", type=click.IntRange(0, 65535), default=8732, show_default=True, help="0 for any that is free.")
@language_option
def serve(path: str, view: str, port: int, language: str | None) -> None:
    """Show the model in PATH (default: here) in a browser: the view of the file that was saved last, cards at a click.

    The page is for this machine alone, and nothing is written. Ctrl-C ends it.
    """
    import threading

    from spbe_arch.live import Repository
    from spbe_arch.loading import find_root
    from spbe_arch.messages import translate
    from spbe_arch.serving import Preview, make_server

    preview = Preview(Repository(find_root(path), language or ""), view)
    try:
        server = make_server(preview, port)
    except OSError as error:
        raise OutputError("port {port} is taken; choose another with --port", port=port) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    said = translate("preview: {address} (Ctrl-C ends it)", preview.repository.language)
    click.echo(said.format(address=f"http://127.0.0.1:{server.server_port}/"), err=True)
    try:
        while True:
            began = time.monotonic()
            preview.look()
            time.sleep(max(_PAUSE, 5 * (time.monotonic() - began)))
    except KeyboardInterrupt:
        server.shutdown()


_PAUSE = 0.3
"""Seconds between two looks at the disk, at the least; a large model is looked at less often."""
