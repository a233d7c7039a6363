"""The values of an element → what is written of them in a file, in the words of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spbe_arch.metamodel import values as kinds
from spbe_arch.metamodel.values import Allowance, PartialDate, Source, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spbe_arch.metamodel import FieldInfo, TypeInfo
    from spbe_arch.metamodel.values import Kind
    from spbe_arch.splicing import Value

__all__ = ["fields_as_written", "name_of", "value_as_written"]


def name_of(field: FieldInfo, language: str) -> str:
    """What a field is called in a language."""
    return field.indonesian if language == "id" else field.name


def fields_as_written(info: TypeInfo, filled: Mapping[str, Any], language: str) -> dict[str, Value]:
    """The fields of an element as a mapping to write, in the order of its type."""
    fields = [info.fields[name] for name in info.order if name in filled]
    return {name_of(one, language): value_as_written(one.kind, filled[one.name], language) for one in fields}


def value_as_written(kind: Kind, value: Any, language: str) -> Value:
    """A value as an element holds it, as a person would write it."""
    if isinstance(value, (Source, Target)) or type(value) is not tuple or isinstance(value, PartialDate):
        return _one(kind, value, language)
    items = [_one(kind, item, language) for item in value]
    return items[0] if len(items) == 1 else items


def _one(kind: Kind, value: Any, language: str) -> Value:
    if isinstance(value, bool):
        return {"id": ("tidak", "ya")}.get(language, ("false", "true"))[value]
    if isinstance(value, Target):
        return _named(kinds.LinkKind.NAMES, value._asdict(), {"source": kinds.SOURCE}, language)
    if isinstance(value, Source):
        only = value.document if value == Source(value.document) else None
        return only or _named(kinds.SourceKind.NAMES, value._asdict(), {"confidence": kinds.CONFIDENCE}, language)
    if isinstance(value, Allowance):
        written = _named(kinds.AllowKind.NAMES, value._asdict(), {}, language)
        return value.reason if value.until is None else written
    if isinstance(value, dict):
        each = getattr(kind, "each", kind)
        if isinstance(kind, kinds.ByYearKind) and list(value) == [0]:
            return _one(each, value[0], language)
        return {str(key): _one(each, item, language) for key, item in value.items()}
    if isinstance(value, float):
        return repr(value)
    text = str(value)
    if language == "id" and isinstance(kind, kinds.ValidityKind) and text in kinds.FREQUENCY.values.indonesian:
        return kinds.FREQUENCY.values.indonesian[text]
    if language == "id" and isinstance(kind, kinds.ChoiceKind):
        return kind.values.indonesian[text]
    return text


def _named(names: Mapping[str, str], values: Mapping[str, Any], of: Mapping[str, Kind], language: str) -> Value:
    filled = {name: value for name, value in values.items() if value is not None and value != ()}
    return {
        names[name] if language == "id" else name: value_as_written(of.get(name, kinds.TEXT), value, language)
        for name, value in filled.items()
    }
