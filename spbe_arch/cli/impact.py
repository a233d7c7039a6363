"""`spbe impact`: what a change of an element reaches."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import format_option, language_of, loaded, model_option, print_rows
from spbe_arch.cli.completing import complete_ids
from spbe_arch.cli.shared import language_setting

__all__ = ["impact"]


@click.command()
@click.argument("element", shell_complete=complete_ids)
@click.option("--upstream", is_flag=True, help="Ask the other way: what ELEMENT rests on.")
@click.option("--within", type=click.IntRange(min=1), metavar="LINKS", help="The largest distance.")
@click.option("--weak", is_flag=True, help="Follow associations too: who owns, secures, plans.")
@model_option
@format_option
@language_setting
def impact(element: str, *, upstream: bool, within: int | None, weak: bool, model: str, output_format: str) -> None:
    """List what a change of ELEMENT reaches: how far it is, how hard it is hit, and by which way.

    stops: nothing is left of something it needs; weakened: it depends on what is hit; concerned: by an association.
    """
    from spbe_arch.messages import translate
    from spbe_arch.questions import way_as_text
    from spbe_arch.tables import FOR_PEOPLE, heads_in_words, section_in_words

    architecture = loaded(model)
    language = language_of(architecture) if output_format in FOR_PEOPLE else "en"
    rows: list[tuple[str | int, ...]] = []
    for effect in architecture.impact(element, within=within, weak=weak, upstream=upstream):
        reached = architecture[effect.id]
        strength = () if upstream else (translate(effect.strength.value, language),)
        way = way_as_text(architecture, effect.path, language)
        kind = section_in_words(reached.section, language)
        rows.append((effect.distance, *strength, effect.id, reached.name or "", kind, way))
    columns = ("distance", *(() if upstream else ("strength",)), "id", "name", "type", "path")
    print_rows(heads_in_words(columns, language), rows, output_format)
