"""`spbe path`: how two elements hang together."""

from __future__ import annotations

import sys

import click

from spbe_arch.cli.asking import format_option, language_of, loaded, model_option, print_rows
from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.shared import language_setting

__all__ = ["path"]


@click.command()
@click.argument("source", shell_complete=complete_ids)
@click.argument("target", shell_complete=complete_ids)
@click.option("--most", type=click.IntRange(min=1, max=1000), default=5, show_default=True, help="How many ways.")
@model_option
@format_option
@language_setting
def path(source: str, target: str, most: int, model: str, output_format: str) -> None:
    """List the shortest ways from SOURCE to TARGET along links of any kind; exit with 1 if there is none."""
    from spbe_arch.messages import translate
    from spbe_arch.questions import way_as_text
    from spbe_arch.tables import FOR_PEOPLE, heads_in_words

    architecture = loaded(model)
    language = language_of(architecture) if output_format in FOR_PEOPLE else "en"
    ways = architecture.paths(source, target, most=most)
    rows = [(len(way), way_as_text(architecture, way, language)) for way in ways]
    print_rows(heads_in_words(("links", "path"), language), rows, output_format)
    if not ways:
        said = translate("no links lead from {source} to {target}", language_of(architecture))
        click.echo(said.format(source=source, target=target), err=True)
        sys.exit(1)
