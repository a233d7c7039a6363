"""`spbe explain`: the page of a rule."""

from __future__ import annotations

import click

from spbe_arch.cli.shared import language_here, language_option

__all__ = ["explain"]


@click.command()
@click.argument("rule")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
def explain(rule: str, output_format: str, language: str | None) -> None:
    """Print the page of a RULE: why it matters, its basis, a wrong and a right example, how to fix it."""
    from spbe_arch.config import find_rule
    from spbe_arch.pages import page_as_json, page_as_text

    tongue = language_here(language)
    found = find_rule(rule)
    click.echo(page_as_json(found, tongue) if output_format == "json" else page_as_text(found, tongue), nl=False)
