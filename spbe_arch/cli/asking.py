"""What the commands that ask the graph have in common: the model, and the form of the answer."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from spbe_arch.cli.shared import Misuse, deliver, load_model
from spbe_arch.tables import FOR_PEOPLE, FORMATS, answer_in_words, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.querying import Answer
    from spbe_arch.views.view import View

__all__ = [
    "columns_of_terminal",
    "format_option",
    "language_of",
    "loaded",
    "model_option",
    "picture_option",
    "print_answer",
    "print_rows",
    "write_sheets",
]

F = TypeVar("F", bound="Callable[..., Any]")

model_option = click.option(
    "--model",
    default=".",
    type=click.Path(),
    metavar="PATH",
    help="The repository, or a path in it; else the one around the current folder.",
)
format_option = click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="How the answer is printed."
)


def picture_option(text: str) -> Callable[[F], F]:
    """The option for a file to draw into; what cannot be drawn is said before anything is read."""
    return click.option(
        "--picture", type=click.Path(dir_okay=False, path_type=Path), callback=_drawable, metavar="FILE", help=text
    )


def _drawable(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    del context, option
    if path is not None and path.suffix.lower() not in (".svg", ".png"):
        raise Misuse("--picture: the file has to end in .svg or .png")
    return path


def loaded(model: str) -> Architecture:
    """The model that is asked; a note on stderr if not all of it could be read."""
    from spbe_arch.loading import find_root
    from spbe_arch.messages import counted, translate

    architecture = load_model(find_root(model))
    errors = sum(finding.level.value == "error" for finding in architecture.findings)
    if errors:
        language = language_of(architecture)
        said = translate("the model has {errors}, so something may be missing here: spbe check", language)
        click.echo(said.format(errors=counted(errors, "{count} error", "{count} errors", language)), err=True)
    return architecture


def language_of(architecture: Architecture) -> str:
    """The language that is spoken here."""
    from spbe_arch.messages import pick_language

    context = click.get_current_context(silent=True)
    return pick_language(context.meta.get("language") if context else None, architecture.manifest.language)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], output_format: str) -> None:
    """Print a table; on a terminal it is cut to its width."""
    deliver(print_table(columns, rows, output_format, width=columns_of_terminal()), None)


def print_answer(answer: Answer, output_format: str) -> None:
    """Print what a query found: for people in their language, for programs with the names of the format."""
    if output_format in FOR_PEOPLE:
        print_rows(*answer_in_words(answer, language_of(answer.elements.architecture)), output_format)
    else:
        print_rows(answer.columns, answer.rows, output_format)


def columns_of_terminal() -> int | None:
    """The width of the terminal; None where stdout is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def write_sheets(view: View, path: Path) -> None:
    """Write the picture of a view; further sheets stand beside it. Their names go to stderr."""
    from spbe_arch.drawing import draw, to_png, to_svg
    from spbe_arch.files import hand_out

    ending = path.suffix.lower()
    for number, sheet in enumerate(draw(view), start=1):
        target = path if number == 1 else path.with_name(f"{path.stem}~{number}{ending}")
        hand_out(target, to_png(sheet) if ending == ".png" else to_svg(sheet).encode())
        click.echo(target.as_posix(), err=True)
