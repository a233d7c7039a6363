"""What the commands that change a model have in common: the draft, its diff, and what is said when it is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from spbe_arch.cli.shared import deliver, finish_edit, load_model, shown_folder

if TYPE_CHECKING:
    from spbe_arch.drafting import Draft

__all__ = ["as_model_path", "conclude", "diff_option", "draft_of", "force_option"]

diff_option = click.option("--diff", is_flag=True, help="Print what would change, and write nothing.")
force_option = click.option("--force", is_flag=True, help="Write although there would be more errors.")


def draft_of(model: str) -> Draft:
    """A draft of the model that a path lies in, after what was begun before is ended."""
    from spbe_arch.drafting import edit
    from spbe_arch.loading import find_root

    root = find_root(model)
    finish_edit(root)
    return edit(load_model(root))


def as_model_path(model: str, file: str) -> str:
    """A path as somebody types it in the current folder, seen from the root of the model."""
    import os
    from pathlib import Path

    from spbe_arch.loading import find_root

    return Path(os.path.relpath(Path(file).absolute(), find_root(model).absolute())).as_posix()


def conclude(draft: Draft, model: str, *, diff: bool, force: bool = False) -> None:
    """Print the diff, or write and say which files."""
    from spbe_arch.cli.asking import language_of
    from spbe_arch.cli.mending import diffs
    from spbe_arch.findings import english
    from spbe_arch.loading import find_root
    from spbe_arch.messages import translate

    folder = shown_folder(find_root(model))
    changes = [(folder + path, change) for path, change in draft.changes.items()]
    if diff:
        deliver(diffs(changes, for_terminal=sys.stdout is not None and sys.stdout.isatty()), None)
        return
    draft.write(force=force)
    text = translate(english("{path} written"), language_of(draft.before))
    for path, _ in changes:
        click.echo(text.format(path=path), err=True)
