"""`spbe views`: what can be drawn."""

from __future__ import annotations

import click

from spbe_arch.cli.shared import deliver, language_option, load_model, path_argument

__all__ = ["views"]


@click.command()
@path_argument
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write there instead of printing.")
@language_option
def views(path: str, output_format: str, output_file: str | None, language: str | None) -> None:
    """List the views of the model in PATH (default: here), and which blank fields make each poorer."""
    from spbe_arch.loading import find_root
    from spbe_arch.messages import pick_language
    from spbe_arch.needs import views_as_json, views_as_text

    architecture = load_model(find_root(path))
    tongue = pick_language(language, architecture.manifest.language)
    write = views_as_json if output_format == "json" else views_as_text
    deliver(write(architecture, tongue), output_file)
