"""`spbe schema`: the JSON Schema of the source format."""

from __future__ import annotations

import click

from spbe_arch.cli.shared import language_here, language_option

__all__ = ["schema"]


@click.command()
@click.option("--manifest", is_flag=True, help="Of spbe.yaml instead of model files.")
@language_option
def schema(manifest: bool, language: str | None) -> None:
    """Print the JSON Schema of a model file, for editors."""
    from spbe_arch.schema import schema_text

    click.echo(schema_text(language_here(language), manifest=manifest), nl=False)
