"""`spbe doctor`: what is installed and works, and what holds here, to paste into a report."""

from __future__ import annotations

import sys

import click

from spbe_arch.cli.shared import deliver, language_option, path_argument

__all__ = ["doctor"]


@click.command()
@path_argument
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
def doctor(path: str, output_format: str, language: str | None) -> None:
    """Say what is installed, what of it works, and which settings hold for the model in PATH (default: here).

    In front of a line, ! marks what spbe cannot do without and - what is missing for one feature. Nothing in the report
    names you. Exit with 1 if something marked ! is found.
    """
    import json
    from functools import partial
    from pathlib import Path

    from spbe_arch.diagnosis import facts, facts_as_text
    from spbe_arch.loading import manifest_above
    from spbe_arch.messages import origin_of_language, pick_language, translate

    manifest = manifest_above(path) if Path(path).exists() else None
    stated = manifest.language if manifest is not None else None
    spoken = pick_language(language, stated)
    found = list(facts(path, (spoken, origin_of_language(language, stated))))
    if output_format == "json":
        deliver(json.dumps([fact._asdict() for fact in found], indent=1, ensure_ascii=False) + "\n", None)
    else:
        deliver(facts_as_text(found, partial(translate, language=spoken)), None)
    sys.exit(1 if any(fact.is_needed and not fact.works for fact in found) else 0)
