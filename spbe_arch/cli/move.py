"""`spbe move`: an element to another file, with its comments, and nothing about it changes."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import model_option
from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.drafts import as_model_path, conclude, diff_option, draft_of
from spbe_arch.cli.shared import language_setting

__all__ = ["move"]


@click.command()
@click.argument("element", shell_complete=complete_ids)
@click.argument("file", type=click.Path())
@diff_option
@model_option
@language_setting
def move(element: str, file: str, model: str, *, diff: bool) -> None:
    """Move ELEMENT to FILE, which is made if there is none.

    Its comments go with it. What the defaults of either file say about it is written or left blank there, so that the
    element is the same as before.
    """
    draft = draft_of(model)
    draft.move(element, as_model_path(model, file))
    conclude(draft, model, diff=diff)
