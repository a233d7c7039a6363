"""`spbe list`: the elements of some types, as far as a condition holds for them."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import format_option, loaded, model_option, print_answer
from spbe_arch.cli.completing import complete_types
from spbe_arch.cli.shared import language_setting

__all__ = ["list"]


@click.command(name="list")
@click.argument("sections", nargs=-1, shell_complete=complete_types)
@click.option("--where", default="", metavar="CONDITION", help="As in: status = upgrade and count(supports) > 1")
@click.option(
    "--show",
    default="",
    metavar="COLUMNS",
    help="As in: id, owner.name, count(supports). Default: id, name, type, unit.",
)
@click.option("--limit", type=click.IntRange(min=0), help="The most rows.")
@model_option
@format_option
@language_setting
def list(
    sections: tuple[str, ...],
    where: str,
    show: str,
    limit: int | None,
    model: str,
    output_format: str,
) -> None:
    """List the elements of SECTIONS, as in applications or layanan; default: all.

    The condition and the columns are those of `spbe query`.
    """
    from spbe_arch.querying import ask

    names = [name for section in sections for name in section.split(",") if name]
    print_answer(ask(loaded(model), names, where=where, show=show, limit=limit), output_format)
