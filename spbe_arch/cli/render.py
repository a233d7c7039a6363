"""`spbe render`: the pictures of a model, as a step of a build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spbe_arch.cli.completing import complete_views
from spbe_arch.cli.shared import Misuse, language_option, load_model, path_argument, progress_bar

if TYPE_CHECKING:
    from spbe_arch.gallery import Outcome

__all__ = ["render"]

_FORMATS = ("svg", "png", "pdf", "drawio", "dot", "mermaid", "d2", "plantuml", "csv", "xlsx", "json")


def _read_formats(_ctx: click.Context, _option: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of all options, each once; one option may name several with commas."""
    names = [part.strip().lower() for text in said for part in text.split(",") if part.strip()]
    for name in names:
        if name not in _FORMATS:
            from spbe_arch.metamodel.values import near_miss

            near = near_miss(name, _FORMATS)
            if near:
                raise Misuse("{name!r} is no format; did you mean {near!r}?", name=name, near=near)
            raise Misuse("{name!r} is no format; there are {known}", name=name, known=", ".join(_FORMATS))
    return tuple(dict.fromkeys(names)) or ("svg", "png")


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
    shell_complete=complete_views,
    multiple=True,
    metavar="VIEW",
    help="As in layers, layers:UNIT, chain:SERVICE, landscape, impact:ID, matrix:applications-data; else a useful set. "
    "With it, only these are drawn and nothing is removed.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    callback=_read_formats,
    help=f"{', '.join(_FORMATS)}; several with commas, or one after the other. Default: svg,png. "
    "CSV and XLSX have the cells of a matrix, of other views the elements and links.",
)
@click.option("--dpi", type=click.IntRange(36, 600), default=150, show_default=True, help="Resolution of PNG.")
@click.option(
    "--style",
    type=click.Choice(("spbe", "archimate")),
    help="How cards and lines look, where a view does not say it itself: in the visual language of spbe, or in the "
    "notation of ArchiMate. Matrices, time lines and heat maps look the same in both.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that draw; else one a processor.")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; name pictures that are stale, missing or superfluous, and exit with 1 if there are any.",
)
@language_option
def render(
    path: str,
    folder: str,
    views: tuple[str, ...],
    formats: tuple[str, ...],
    dpi: int,
    language: str | None,
    style: str | None,
    workers: int | None,
    *,
    only_check: bool,
) -> None:
    """Draw the architecture in PATH (default: here) into a folder, and keep the folder up to date.

    Only what has changed is drawn again, and only files that differ are written. Pictures of views that are no longer
    drawn are removed; a file that spbe did not write, or that somebody has changed since, never is. The folder gets an
    index, too, as index.md and index.html.
    """
    import os

    from spbe_arch.checking import check as check_all
    from spbe_arch.gallery import keep
    from spbe_arch.loading import find_root
    from spbe_arch.messages import counted, pick_language, translate

    architecture = load_model(find_root(path))
    findings = check_all(architecture)
    tongue = pick_language(language, architecture.manifest.language)
    with progress_bar() as progress:
        outcome = keep(
            Path(folder),
            architecture,
            findings,
            views=views,
            formats=formats,
            dpi=dpi,
            language=language or "",
            style=style or "",
            workers=workers or os.cpu_count() or 1,
            write=not only_check,
            progress=progress,
        )
    for name, state in outcome.states.items():
        if not only_check or state != "unchanged":
            click.echo(f"{(Path(folder) / name).as_posix()}  {_said(state, tongue)}")
    if findings.summary.errors:
        errors = counted(findings.summary.errors, "{count} error", "{count} errors", tongue)
        said = translate("the model has {errors}, so something may be missing from the pictures: spbe check", tongue)
        click.echo(said.format(errors=errors), err=True)
    _end(outcome, tongue, only_check=only_check)


def _said(state: str, language: str) -> str:
    from spbe_arch.messages import translate

    return {
        "drawn": translate("drawn", language),
        "unchanged": translate("unchanged", language),
        "removed": translate("removed", language),
        "kept": translate("not written by spbe, or changed since: left as it is", language),
        "missing": translate("missing", language),
        "stale": translate("stale", language),
        "superfluous": translate("superfluous", language),
    }[state]


def _end(outcome: Outcome, language: str, *, only_check: bool) -> None:
    """Say what could not be drawn or is not as it should be, and exit with the code for it."""
    import os

    from spbe_arch.messages import in_words, translate

    for view, failure in outcome.failures:
        if failure.trace and os.environ.get("SPBE_DEBUG") == "1":
            click.echo(failure.trace, err=True)
        lead = translate("a fault of spbe itself, not of your model", language) + ": " if failure.trace else ""
        formats = ", ".join(failure.formats)
        click.echo(f"spbe: {view} ({formats}): {lead}{in_words(failure.as_error(), language)}", err=True)
    if outcome.failures:
        sys.exit(3 if any(failure.trace for _, failure in outcome.failures) else 2)
    if only_check and outcome.stale:
        click.echo(
            translate("the pictures are not those of this model: draw them with spbe render", language), err=True
        )
        sys.exit(1)
