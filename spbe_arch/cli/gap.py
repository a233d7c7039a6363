"""`spbe gap`: what lies between as-is and to-be."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import format_option, language_of, loaded
from spbe_arch.cli.shared import deliver, language_setting, path_argument

__all__ = ["gap"]


@click.command()
@path_argument
@click.option(
    "--from", "first", type=click.IntRange(1900, 2999), metavar="YEAR", help="As-is; else the period's first."
)
@click.option("--to", "last", type=click.IntRange(1900, 2999), metavar="YEAR", help="To-be; else the period's last.")
@format_option
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write there instead of printing.")
@language_setting
def gap(path: str, first: int | None, last: int | None, output_format: str, output_file: str | None) -> None:
    """Tell what must be built, changed and retired in the model in PATH (default: here), by office and year.

    With the initiatives that do it and their cost where it is given, and where roadmap and architecture do not fit
    together.
    """
    from spbe_arch.planning import gap_report
    from spbe_arch.plans import gap_report_as

    architecture = loaded(path)
    report = gap_report(architecture, first, last)
    deliver(gap_report_as(output_format, architecture, report, language_of(architecture)), output_file)
