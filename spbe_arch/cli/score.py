"""`spbe score`: how ready the architecture is for the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spbe_arch.cli.asking import language_of, loaded, picture_option, write_sheets
from spbe_arch.cli.shared import deliver, language_setting, path_argument

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["score"]


@click.command()
@path_argument
@click.option(
    "--scheme",
    default="47",
    show_default=True,
    metavar="SCHEME",
    help="47 (PermenPANRB 59/2020), 20 (PermenPANRB 8/2026), or a file of the same form.",
)
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@picture_option("Draw a radar: a file that ends in .svg or .png.")
@language_setting
def score(path: str, scheme: str, output_format: str, picture: Path | None) -> None:
    """Tell what the architecture in PATH (default: here) shows of the evaluation's indicators.

    For each indicator that touches the architecture: the level that the model supports, and what is missing for the
    next. This is a preparation, not the evaluation.
    """
    from spbe_arch.scorecard import score_as, score_view
    from spbe_arch.scoring import score as judge

    architecture = loaded(path)
    language = language_of(architecture)
    found = judge(architecture, scheme)
    deliver(score_as(output_format, found, language), None)
    if picture is not None:
        write_sheets(score_view(architecture, found, language), picture)
