"""`spbe explain`: the page of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spbe_arch.cli.completing import complete_codes
from spbe_arch.cli.shared import language_here, language_option, load_model

if TYPE_CHECKING:
    from spbe_arch.catalogue import Rule

__all__ = ["explain"]


@click.command()
@click.argument("rule", shell_complete=complete_codes)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
def explain(rule: str, output_format: str, language: str | None) -> None:
    """Print the page of a RULE: why it matters, its basis, a wrong and a right example, how to fix it.

    Own rules of the repository around the current folder have pages, too.
    """
    from spbe_arch.cli.asking import columns_of_terminal
    from spbe_arch.pages import page_as_json, page_as_text

    tongue = language_here(language)
    found = _find(rule)
    if output_format == "json":
        click.echo(page_as_json(found, tongue), nl=False)
    else:
        width = min(max(columns_of_terminal() or 80, _NARROWEST), _WIDEST)
        click.echo(page_as_text(found, tongue, width), nl=False)


_NARROWEST, _WIDEST = 40, 100
"""Columns of prose, however narrow or wide the terminal is."""


def _find(text: str) -> Rule:
    """A rule of this program; else one that the repository around the current folder adds, which is then read."""
    from spbe_arch.config import find_rule, rules_of
    from spbe_arch.errors import ModelNotFoundError, UnknownRuleError
    from spbe_arch.loading import find_root

    try:
        return find_rule(text)
    except UnknownRuleError:
        try:
            root = find_root()
        except ModelNotFoundError:
            root = None
        if root is None:
            raise
    return find_rule(text, rules_of(load_model(root)))
