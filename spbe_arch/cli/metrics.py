"""`spbe metrics`: how the architecture is doing, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spbe_arch.cli.asking import format_option, language_of, loaded, picture_option, write_sheets
from spbe_arch.cli.shared import deliver, language_setting, path_argument

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["metrics"]


@click.command()
@path_argument
@format_option
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write there instead of printing.")
@picture_option("Draw them: a file that ends in .svg or .png.")
@language_setting
def metrics(path: str, output_format: str, output_file: str | None, picture: Path | None) -> None:
    """Measure the model in PATH (default: here): reuse, duplication, integration, age, orphans, coverage, findings.

    Each number is shown with what it counts and among what; where there is nothing to count, it is undefined.
    """
    from spbe_arch.checking import check
    from spbe_arch.measures import metrics_as, metrics_view
    from spbe_arch.measuring import measure

    architecture = loaded(path)
    found = measure(architecture, check(architecture))
    language = language_of(architecture)
    deliver(metrics_as(output_format, architecture, found, language), output_file)
    if picture is not None:
        write_sheets(metrics_view(architecture, found, language), picture)
