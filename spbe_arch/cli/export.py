"""`spbe export`: the model for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from spbe_arch.cli.asking import loaded
from spbe_arch.cli.shared import Misuse, deliver, language_setting, path_argument

__all__ = ["export"]


@click.command()
@path_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "json", "sqlite"]),
    required=True,
    help="graphml for Gephi, yEd, Neo4j; json in node-link form; sqlite: a database with all tables.",
)
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False), help="The file; else stdout.")
@language_setting
def export(path: str, form: str, file: str | None) -> None:
    """Write the architecture in PATH (default: here) for another program."""
    from spbe_arch.exporting import graphml, node_link

    architecture = loaded(path)
    if form != "sqlite":
        deliver(graphml(architecture) if form == "graphml" else node_link(architecture), file)
        return
    if file is None:
        raise Misuse("a database needs a file: -o FILE")
    from spbe_arch.checking import check
    from spbe_arch.files import hand_out
    from spbe_arch.relational import sqlite_bytes

    hand_out(Path(file), sqlite_bytes(architecture, check(architecture)))
