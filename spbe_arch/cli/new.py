"""`spbe new`: one element more, in the file where others like it stand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from spbe_arch.cli.asking import language_of, model_option
from spbe_arch.cli.completing import complete_types
from spbe_arch.cli.drafts import as_model_path, conclude, diff_option, draft_of, force_option
from spbe_arch.cli.shared import Misuse, language_setting

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture
    from spbe_arch.metamodel import FieldInfo, TypeInfo

__all__ = ["new"]


@click.command()
@click.argument("type_name", metavar="TYPE", shell_complete=complete_types)
@click.option("--id", metavar="ID", help="Of the new element.")
@click.option("--name", metavar="TEXT", help="What people call it.")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field; once more for a further value. Ids, codes and words of a list may stand with commas between them.",
)
@click.option("--file", type=click.Path(), help="Where it shall stand; else where others of its type and unit do.")
@diff_option
@force_option
@model_option
@language_setting
def new(
    type_name: str,
    id: str | None,
    name: str | None,
    pairs: tuple[str, ...],
    file: str | None,
    model: str,
    *,
    diff: bool,
    force: bool,
) -> None:
    """Add an element of TYPE, as in application or aplikasi, to the model.

    On a terminal it asks for the id, the name and what would be missing. It is refused if the model would have errors
    that it does not have now.
    """
    info = _type(type_name)
    draft = draft_of(model)
    asks = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    fields: dict[str, Any] = {"name": name} if name else {}
    for pair in pairs:
        _put(fields, info, pair)
    if asks:
        id = id or _ask_id(draft.before, language_of(draft.before))
        _ask(fields, info, language_of(draft.before))
    if not id or not fields.get("name"):
        raise Misuse("without a terminal, --id and --name say what the element is called")
    for written, value in fields.items():
        _refuse_unreadable(value, info.fields[written], language_of(draft.before))
    element: Any = info.cls(id=id, **fields)
    draft.add(element, file=as_model_path(model, file) if file else None)
    conclude(draft, model, diff=diff, force=force)


def _type(written: str) -> TypeInfo:
    """The type that a name means: its section or its class, in either language."""
    from spbe_arch.metamodel import near_miss, types

    names = {
        spelling.replace("_", "").lower(): (spelling, info)
        for info in types().values()
        for spelling in (info.section, info.cls.__name__, *info.indonesian_names)
    }
    plain = written.replace("_", "").replace("-", "").replace(" ", "").lower()
    if plain in names:
        return names[plain][1]
    near = near_miss(plain, names)
    if near:
        raise Misuse("there is no type {name!r}; did you mean {near!r}?", name=written, near=names[near][0])
    raise Misuse("there is no type {name!r}; there are {known}", name=written, known=", ".join(types()))


def _put(fields: dict[str, Any], info: TypeInfo, pair: str) -> None:
    """A field as it is typed, `operator=bidang-tik`, to those that are known."""
    from spbe_arch.metamodel import near_miss

    written, equals, value = pair.partition("=")
    if not equals:
        raise Misuse("--set: {pair!r} has no '=', as FIELD=VALUE has", pair=pair)
    field = info.spellings.get(written.strip())
    if field is None:
        near = near_miss(written.strip(), info.spellings)
        raise Misuse(
            "{section} have no field {field!r}; did you mean {near!r}?"
            if near
            else "{section} have no field {field!r}",
            section=info.section,
            field=written.strip(),
            near=near,
        )
    if not field.kind.many:
        fields[field.name] = value
    else:
        fields.setdefault(field.name, []).extend(_several(value) if _has_no_commas(field) else [value])


def _several(text: str) -> list[str]:
    """Values with commas between them."""
    return [part.strip() for part in text.split(",")]


def _has_no_commas(field: FieldInfo) -> bool:
    """Whether a comma can only stand between its values: ids, codes and words of a list."""
    from spbe_arch.metamodel.values import ChoiceKind, CodeKind

    return field.is_link or isinstance(field.kind, (ChoiceKind, CodeKind))


def _ask_id(architecture: Architecture, language: str) -> str:
    from spbe_arch.findings import english
    from spbe_arch.manifest import ID
    from spbe_arch.messages import translate

    def understood(text: str) -> str:
        if not ID.fullmatch(text):
            raise click.BadParameter(translate(english("letters, digits, '-', '_' and '.'"), language))
        if architecture.find(text) is not None:
            raise click.BadParameter(translate(english("this id is taken"), language))
        return text

    return str(click.prompt("id", value_proc=understood))


def _ask(fields: dict[str, Any], info: TypeInfo, language: str) -> None:
    """Ask for what a check would miss; an empty answer leaves a field blank."""
    for name in info.order:
        field = info.fields[name]
        if name in fields or field.declared.required.level not in ("E", "W"):
            continue
        is_needed = name == "name"
        answer = click.prompt(
            field.label(language),
            default=None if is_needed else "",
            show_default=False,
            value_proc=lambda text, field=field: _understood(text, field, language),
        )
        if answer:
            fields[name] = answer


def _understood(text: str, field: FieldInfo, language: str) -> Any:
    """An answer that the field can read; several values stand with commas between them."""
    given = _several(text) if field.kind.many else text
    _refuse_unreadable(given, field, language)
    return given


def _refuse_unreadable(given: Any, field: FieldInfo, language: str) -> None:
    from spbe_arch.findings import Term
    from spbe_arch.messages import sentence
    from spbe_arch.metamodel.values import ValueProblem

    try:
        field.kind.read(given)
    except ValueProblem as problem:
        name = Term("noun", field.label(language))
        said = sentence(problem.rule.message, {"field": name, **problem.values}, language)
        raise click.BadParameter(said, param_hint=field.label(language)) from None
