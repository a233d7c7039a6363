"""`spbe render`: the pictures of a model."""

from __future__ import annotations

from pathlib import Path

import click

from spbe_arch.cli.shared import Models, cache_option, language_option, path_argument

__all__ = ["render"]


@click.command()
@path_argument
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False),
    required=True,
    help="Folder for the pictures.",
)
@click.option(
    "--view",
    "views",
    multiple=True,
    metavar="VIEW",
    help="As in layers, layers:UNIT, chain:SERVICE, landscape, impact:ID, matrix:applications-data; else a useful set.",
)
@click.option("--format", "formats", multiple=True, type=click.Choice(["svg", "png"]), help="Default: both.")
@click.option("--dpi", type=click.IntRange(36, 600), default=150, show_default=True, help="Resolution of PNG.")
@cache_option
@language_option
def render(
    path: str,
    folder: str,
    views: tuple[str, ...],
    formats: tuple[str, ...],
    dpi: int,
    language: str | None,
    *,
    cached: bool,
) -> None:
    """Draw the architecture in PATH (default: here) into a folder."""
    from spbe_arch.checking import check as check_all
    from spbe_arch.loading import find_root
    from spbe_arch.messages import counted, translate
    from spbe_arch.rendering import render as draw_all

    root = find_root(path)
    models = Models(cached=cached)
    architecture = models.load(root)
    findings = check_all(architecture, memory=models.memory(root, architecture))
    tongue = language or architecture.manifest.language or "id"
    wanted = formats or ("svg", "png")
    written = 0
    for picture in draw_all(architecture, findings, views=views, formats=wanted, dpi=dpi, language=tongue):
        from spbe_arch.files import write_bytes

        target = Path(folder) / picture.name
        changed = write_bytes(target, picture.data)
        written += changed
        state = translate("drawn" if changed else "unchanged", tongue)
        click.echo(f"{target.as_posix()}  {state}")
    if findings.summary.errors:
        errors = counted(findings.summary.errors, "{count} error", "{count} errors", tongue)
        said = translate("the model has {errors}, so something may be missing from the pictures: spbe check", tongue)
        click.echo(said.format(errors=errors), err=True)
