"""`spbe rename`: another id of an element, wherever it is named; every other byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spbe_arch.cli.asking import language_of, model_option
from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.drafts import conclude, diff_option, draft_of
from spbe_arch.cli.shared import language_setting, shown_folder

if TYPE_CHECKING:
    from spbe_arch.drafting import Draft

__all__ = ["rename"]


@click.command()
@click.argument("old", shell_complete=complete_ids)
@click.argument("new")
@click.option("--keep-alias", is_flag=True, help="Note the old id under aliases, by which others find it.")
@diff_option
@model_option
@language_setting
def rename(old: str, new: str, model: str, *, keep_alias: bool, diff: bool) -> None:
    """Give the element OLD the id NEW, in its file and wherever it is named.

    Links, sources, views, own rules, the baseline and members that name it as agency/id are changed together or not at
    all. An element of a member is written with its agency, as in kab-bekasi/siak.
    """
    draft = draft_of(model)
    draft.rename(old, new, keep_alias=keep_alias)
    conclude(draft, model, diff=diff)
    if not diff and not keep_alias:
        _tell_what_stays(draft, old, model)


_MOST_PLACES = 5


def _tell_what_stays(draft: Draft, old: str, model: str) -> None:
    """Say where people must look for themselves."""
    from spbe_arch.findings import english
    from spbe_arch.loading import find_root
    from spbe_arch.messages import translate

    folder = shown_folder(find_root(model))
    places = [f"{folder}{path}:{line}" for path, line in draft.in_words(old)]
    if places:
        text = translate(english("{id} still stands in descriptions or comments: {places}"), language_of(draft.before))
        shown = ", ".join(places[:_MOST_PLACES]) + (", …" if len(places) > _MOST_PLACES else "")
        click.echo(text.format(id=old, places=shown), err=True)
