"""`spbe rules`: the catalogue."""

from __future__ import annotations

import click

from spbe_arch.cli.shared import language_here, language_option

__all__ = ["rules"]


@click.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
def rules(output_format: str, language: str | None) -> None:
    """List all rules with code, level and name."""
    from spbe_arch.pages import list_as_json, list_as_text

    click.echo(list_as_json() if output_format == "json" else list_as_text(language_here(language)), nl=False)
