"""`spbe diff`: what changed between two states of the architecture."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from spbe_arch.changes import FORMATS
from spbe_arch.cli.asking import language_of, model_option
from spbe_arch.cli.shared import deliver, language_setting, shown_folder

__all__ = ["diff"]


@click.command()
@click.argument("before")
@click.argument("after", required=False)
@click.option("--output-format", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False),
    help="Draw what changed: a file that ends in .svg or .png; further sheets beside it.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever changed.")
@model_option
@language_setting
def diff(
    before: str, after: str | None, output_format: str, picture: str | None, *, exit_zero: bool, model: str
) -> None:
    """Tell what changed from BEFORE to AFTER: revisions of git, or folders with a model; AFTER: the folder as it is.

    Elements that were renamed are recognised by alias, registry number or content. Exit codes: 0 nothing changed,
    1 something did, 2 could not do it.
    """
    import os

    from spbe_arch.changes import difference_as
    from spbe_arch.checking import check
    from spbe_arch.comparing import compare
    from spbe_arch.history import Reader, is_folder, read_state
    from spbe_arch.loading import find_root

    root = find_root(before if model == "." and is_folder(before) else model)
    reader = Reader(root, workers=os.cpu_count() or 1)
    old, new = read_state(reader, before), read_state(reader, after)
    findings = check(new)
    difference = compare(old, new, check(old), findings)
    language = language_of(new)
    deliver(difference_as(output_format, difference, language, shown_folder(root)), None)
    if picture is not None:
        from spbe_arch.cli.asking import write_sheets
        from spbe_arch.views.difference import difference_view

        write_sheets(difference_view(difference, findings, language), Path(picture))
    sys.exit(1 if difference and not exit_zero else 0)
