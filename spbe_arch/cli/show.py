"""`spbe show`: all that is known of one element."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import language_of, loaded, model_option
from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.shared import deliver, language_setting, shown_folder

__all__ = ["show"]


@click.command()
@click.argument("element", shell_complete=complete_ids)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@model_option
@language_setting
def show(element: str, output_format: str, model: str) -> None:
    """Show the card of ELEMENT: its fields, its links in both directions, its findings, and where it stands."""
    from spbe_arch.cards import card_as_json, card_as_text, card_of
    from spbe_arch.checking import check
    from spbe_arch.loading import find_root

    architecture = loaded(model)
    language = language_of(architecture)
    folder = shown_folder(find_root(model))
    card = card_of(architecture, check(architecture), element, folder=folder, language=language)
    deliver(card_as_json(card) if output_format == "json" else card_as_text(card, language), None)
