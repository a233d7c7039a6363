"""`spbe query`: a question to the model as text."""

from __future__ import annotations

import click

from spbe_arch.cli.asking import format_option, loaded, model_option, print_answer, print_rows
from spbe_arch.cli.shared import language_setting

__all__ = ["query"]


@click.command()
@click.argument("text")
@click.option(
    "--sql", is_flag=True, help="TEXT is SQL over elements, links, fields, findings, and a table for each section."
)
@click.option("--engine", type=click.Choice(["sqlite", "duckdb"]), default="sqlite", show_default=True, help="Of SQL.")
@model_option
@format_option
@language_setting
def query(text: str, *, sql: bool, engine: str, model: str, output_format: str) -> None:
    """Answer a question to the model.

    \b
    applications where status = upgrade and count(supports) > 1 show id, unit
    data where classification = restricted and secured_by is blank
    aplikasi dengan pemilik dibawah diskominfo tampilkan id, nama batas 10

    \b
    Types        applications, aplikasi; several with commas; a layer; all
    Paths        owner.name, supports.processes.owner, source.confidence,
                 owner.parent+, unit, type, layer, agency, id, path
    Comparisons  = != < <= > >=, in (a, b), like 'sim*', is blank,
                 under UNIT or CODE, has (condition)
    Joined by    and, or, not, brackets
    Then         show PATHS, order by PATH desc, limit N
    """  # noqa: D301 - click reads this very character
    architecture = loaded(model)
    if sql:
        from spbe_arch.checking import check
        from spbe_arch.relational import ask_sql

        print_rows(*ask_sql(architecture, check(architecture), text, engine=engine), output_format)
    else:
        from spbe_arch.querying import query as ask

        print_answer(ask(architecture, text), output_format)
