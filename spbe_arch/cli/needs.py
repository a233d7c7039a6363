"""`spbe needs`: which blank fields make which views poorer, as a list for each office."""

from __future__ import annotations

import click

from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.shared import deliver, language_option, load_model, path_argument

__all__ = ["needs"]


@click.command()
@path_argument
@click.option("--output-format", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write there instead of printing.")
@click.option(
    "--unit", metavar="ID", shell_complete=complete_ids, help="Only what the office of this unit has to fill in."
)
@language_option
def needs(path: str, output_format: str, output_file: str | None, unit: str | None, language: str | None) -> None:
    """List, for each office of the model in PATH (default: here), which blank fields make which views poorer."""
    from spbe_arch import needs as printing
    from spbe_arch.loading import find_root
    from spbe_arch.messages import pick_language

    architecture = load_model(find_root(path))
    tongue = pick_language(language, architecture.manifest.language)
    ordinal = architecture.units[unit].ordinal if unit is not None else None
    found = printing.needs_of(architecture, tongue, ordinal)
    write = {"json": printing.needs_as_json, "csv": printing.needs_as_csv}.get(output_format, printing.needs_as_text)
    deliver(write(architecture, found, tongue), output_file)
