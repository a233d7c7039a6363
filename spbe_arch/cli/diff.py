"""`spbe diff`: what changed between two states of the architecture."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from spbe_arch.changes import FORMATS
from spbe_arch.cli.asking import language_of, model_option, picture_option, write_sheets
from spbe_arch.cli.shared import cache_option, deliver, language_setting, shown_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["diff"]


@click.command()
@click.argument("before")
@click.argument("after", required=False)
@click.option("--output-format", type=click.Choice(FORMATS), default="text", show_default=True)
@picture_option("Draw what changed: a file that ends in .svg or .png; further sheets beside it.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever changed.")
@model_option
@cache_option
@language_setting
def diff(
    before: str,
    after: str | None,
    output_format: str,
    picture: Path | None,
    *,
    exit_zero: bool,
    model: str,
    cached: bool,
) -> None:
    """Tell what changed from BEFORE to AFTER: revisions of git, or folders with a model; AFTER: the folder as it is.

    Elements that were renamed are recognised by alias, registry number or content. Exit codes: 0 nothing changed,
    1 something did, 2 could not do it.
    """
    import datetime
    import gc
    import os

    from spbe_arch.cache import Cache
    from spbe_arch.changes import difference_as
    from spbe_arch.collecting import collector_held
    from spbe_arch.comparing import compare
    from spbe_arch.history import Reader, is_folder, read_state
    from spbe_arch.loading import find_root
    from spbe_arch.nodes import Limits
    from spbe_arch.verdicts import Verdicts

    root = find_root(before if model == "." and is_folder(before) else model)
    kept = Cache(root, Limits()) if cached else None
    workers = os.cpu_count() or 1
    reader = Reader(root, workers=workers, cache=kept)
    with collector_held():
        old, new = read_state(reader, before), read_state(reader, after)
        gc.freeze()  # both stay until the command ends, so nobody need look through them for garbage
    today = datetime.date.today()  # noqa: DTZ011 - the day where the user is, as in check
    verdicts = Verdicts(kept, today, workers=workers)
    findings_before = verdicts.of(old, reader.files_of(old))
    findings = verdicts.of(new, reader.files_of(new))
    difference = compare(old, new, findings_before, findings)
    language = language_of(new)
    deliver(difference_as(output_format, difference, language, shown_folder(root)), None)
    if picture is not None:
        from spbe_arch.views.difference import difference_view

        write_sheets(difference_view(difference, findings, language), picture)
    sys.exit(1 if difference and not exit_zero else 0)
