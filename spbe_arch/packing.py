"""File results ↔ bytes: for sending them between processes and keeping them between runs.

The bytes may come from a file that anybody has written. So a value comes back through the kind of its field, as the
text of a model does, and what does not fit what is declared today is refused whole: nothing comes out of a pack that
could not come out of a text.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, get_args

from spbe_arch.catalogue import is_declared
from spbe_arch.findings import (
    Action,
    Amount,
    Edit,
    ElementName,
    Fault,
    Fix,
    Place,
    Region,
    Related,
    Sentence,
    Suggestion,
    Term,
)
from spbe_arch.manifest import ID
from spbe_arch.metamodel import Allowance, FieldInfo, PartialDate, Source, Target, types
from spbe_arch.metamodel.references import PREFIXES, NamedCode, parse_code
from spbe_arch.metamodel.values import ChoiceKind, Choices, CodeKind, LinkKind, Name, TextKind, TextsKind
from spbe_arch.nodes import Comment
from spbe_arch.records import FileResult, Row, Shape, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["UnusablePackError", "fault_of", "pack", "plain_fault", "plain_row", "unpack"]


class UnusablePackError(ValueError):
    """Some bytes are no pack, or hold what no model of today could; or a value cannot be packed."""


def pack(results: Iterable[FileResult]) -> bytes:
    """Some file results as bytes, without their paths.

    The values of a field stand together, those of one shape next to each other, since that is fastest to read back:
    about a third of a second for 100,000 elements.

    Raises:
        UnusablePackError: if a result holds a value that has no plain form.
    """
    files: list[Any] = []
    numbers: dict[Shape, int] = {}
    shape_of: list[int] = []
    ids: list[str] = []
    unknown: dict[int, tuple[str, ...]] = {}
    values: list[list[tuple[Any, ...]]] = []
    for result in results:
        files.append(_plain_file(result))
        for row in result.rows:
            number = numbers.get(row.shape)
            if number is None:
                number = numbers[row.shape] = len(values)
                values.append([])
            if row.unknown:
                unknown[len(ids)] = row.unknown
            shape_of.append(number)
            ids.append(row.id)
            values[number].append(row.values)
    columns: dict[str, dict[str, list[Any]]] = {}
    for one, some in zip(numbers, values, strict=True):
        of_section = columns.setdefault(one.type.section, {})
        for name, column in zip(one.fields, zip(*some, strict=True), strict=True):
            of_section.setdefault(name, []).extend(column)
    packed = {
        "shapes": [(one.type.section, one.fields, len(one.inherited)) for one in numbers],
        "rows": shape_of,
        "ids": ids,
        "unknown": unknown,
        "columns": {
            section: {name: _packed_column(types()[section].fields[name], column) for name, column in fields.items()}
            for section, fields in columns.items()
        },
        "files": files,
    }
    try:
        return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    except TypeError as error:
        raise UnusablePackError(str(error)) from error


def unpack(data: bytes, paths: Sequence[Sequence[str]]) -> list[FileResult]:
    """The file results that some bytes hold.

    Args:
        data: what `pack` returned, or anything else.
        paths: for each result of the pack in its order, the paths of the files that have this text; of a result
            without paths nothing is returned.

    Raises:
        UnusablePackError: if they are no pack, or hold what no model of today could.
    """
    try:
        packed = json.loads(data.decode("utf-8", "surrogatepass"))
        rows = _rows(packed)
        files = packed["files"]
        results = [
            _file(path, file, rows[start:end])
            for (start, end), file, some in zip(_stretches(files, len(rows)), files, paths, strict=True)
            for path in some
        ]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        raise UnusablePackError(f"{type(error).__name__}: {error}") from error
    return results


def _stretches(files: list[Any], rows: int) -> Iterator[tuple[int, int]]:
    """From where to where the rows of each file stand."""
    start = 0
    for file in files:
        end = start + _must(file[0], int)
        if not start <= end <= rows:
            raise ValueError("a file has more rows than there are")
        yield start, end
        start = end
    if start != rows:
        raise ValueError("some rows belong to no file")


# --- rows --------------------------------------------------------------------------------------------------


def _rows(packed: Mapping[str, Any]) -> list[Row]:
    ids = packed["ids"]
    _check_types(ids, str)
    if not all(map(ID.fullmatch, ids)):
        raise ValueError("an id is none")
    columns = {
        section: {name: _column(types()[section].fields[name], column) for name, column in fields.items()}
        for section, fields in packed["columns"].items()
    }
    shapes = [_shape(*plain) for plain in packed["shapes"]]
    shape_of = _all_natural(packed["rows"])
    taken = _values(shapes, Counter(shape_of), columns)
    values = [taken[number]() for number in shape_of]
    rows = list(map(_ROW, zip(ids, [shapes[number] for number in shape_of], values, repeat(()), strict=False)))
    if len(rows) != len(ids) or len(rows) != len(shape_of):
        raise ValueError("an id has no element, or an element no id")
    for text, names in packed["unknown"].items():
        rows[int(text)] = rows[int(text)]._replace(unknown=_texts(names))
    return rows


_ROW: Callable[[tuple[Any, ...]], Row] = partial(tuple.__new__, Row)
"""What `Row._make` does, for a tuple that is known to have as many items."""


def _values(
    shapes: Sequence[Shape], counts: Mapping[int, int], columns: Mapping[str, Mapping[str, list[Any]]]
) -> list[Callable[[], tuple[Any, ...]]]:
    """For each shape, what gives the values of its elements, one after the other."""
    left = {section: {name: iter(column) for name, column in of.items()} for section, of in columns.items()}
    takers = []
    for number, one in enumerate(shapes):
        count = counts[number]
        taken = [islice(left[one.type.section][name], count) for name in one.fields]
        values = list(zip(*taken, strict=True)) if taken else [()] * count
        if len(values) != count:
            raise ValueError("a column is too short")
        takers.append(iter(values).__next__)
    return takers


def _shape(section: str, fields: list[str], inherited: int) -> Shape:
    known = types()[section].fields
    if len(set(fields)) < len(fields) or not all(name in known for name in fields):
        raise ValueError("a shape has fields that the type has not")
    if type(inherited) is not int or not 0 <= inherited <= len(fields):
        raise ValueError("a shape inherits more fields than it has")
    return shape(section, tuple(fields), inherited)


def _packed_column(field: FieldInfo, values: list[Any]) -> Any:
    """The values of a field in plain form: as they are, or each different one once and which stands where."""
    kind = field.kind
    if isinstance(kind, (TextKind, TextsKind)) or (isinstance(kind, ChoiceKind) and kind.many):
        return values
    if isinstance(kind, LinkKind) and all(_is_written_plainly(value) for value in values):
        return values
    alike = (*_SINGLE, PartialDate) if isinstance(kind, CodeKind) else (*_SINGLE, PartialDate, tuple)
    different: dict[Any, int] = {}
    plain: list[Any] = []
    places = []
    for value in values:
        key = (type(value), value) if type(value) in alike else id(value)  # a code with a name equals one without
        place = different.get(key)
        if place is None:
            place = different[key] = len(plain)
            plain.append(_plain_value(value))
        places.append(place)
    return {"different": plain, "places": places}


_SINGLE = (str, int, float, bool)


def _is_written_plainly(value: Any) -> bool:
    if type(value) is tuple:
        return all(type(item) is str for item in value)
    return type(value) is str


def _column(field: FieldInfo, packed: Any) -> list[Any]:
    kind = field.kind
    if isinstance(packed, dict):
        different = [_value(kind, plain) for plain in packed["different"]]
        return [different[place] for place in _all_natural(packed["places"])]
    if not isinstance(kind, (TextKind, TextsKind, ChoiceKind, LinkKind)):
        raise TypeError("a column of this kind has another form")
    if not kind.many:
        _check_types(packed, str)
        return packed  # type: ignore[no-any-return]
    _check_types(packed, list)
    _check_types(chain.from_iterable(packed), str)
    if isinstance(kind, ChoiceKind) and not kind.values.indonesian.keys() >= set(chain.from_iterable(packed)):
        raise ValueError("a value is not in its list")
    return list(map(tuple, packed))


def _check_types(values: Iterable[Any], wanted: type) -> None:
    if not set(map(type, values)) <= {wanted}:
        raise TypeError("a value is of another type than its field")


def _all_natural(numbers: Any) -> list[int]:
    _check_types(numbers, int)
    if numbers and min(numbers) < 0:
        raise ValueError("a place is below zero")
    return numbers  # type: ignore[no-any-return]


def _plain_value(value: Any) -> Any:
    """A value as a model might write it; what its kind reads of that is the value again."""
    if value is None or type(value) in _SINGLE:
        return value
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, NamedCode):
        return {"code": str(value), "name": value.written_name}
    if isinstance(value, (Source, Target, Allowance)):
        filled = {name: _plain_value(item) for name, item in value._asdict().items() if item not in (None, ())}
        return filled if len(filled) > 1 or not isinstance(value, Target) else {**filled, "source": []}
    if isinstance(value, dict):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    raise UnusablePackError(f"a {type(value).__name__} has no plain form")


def plain_row(row: Row) -> list[Any]:
    """A row in plain form, in which what is written differently differs."""
    return [row.id, row.unknown, row.shape.fields, *map(_plain_value, row.values)]


def _value(kind: Any, plain: Any) -> Any:
    """The value that a kind reads of a plain form; not blank, or it would not have been written."""
    if isinstance(kind, CodeKind):
        return tuple(_code(kind, one) for one in plain) if kind.many else _code(kind, plain)
    if kind.many and type(plain) is not list:
        raise TypeError("several values are no list")
    value = kind.read(plain)
    if value is None or value == ():
        raise ValueError("a blank value is not written")
    return value


def _code(kind: CodeKind, plain: Any) -> str:
    if isinstance(plain, dict):
        named = NamedCode(_code(kind, plain["code"]), _must(plain["name"], str))
        if not named.written_name:
            raise ValueError("a name of a code is blank")
        return named
    if kind.one(_must(plain, str)) != plain:
        raise ValueError("a code is not in its full form")
    return plain  # type: ignore[no-any-return]


# --- what else a file says -----------------------------------------------------------------------------------


def _plain_file(result: FileResult) -> list[Any]:
    if result.own_rules:
        raise UnusablePackError("own rules have no plain form")
    return [
        len(result.rows),
        result.complete,
        result.finished,
        sorted(result.lost),
        sorted(result.strange),
        sorted(result.mentions),
        result.references,
        result.views,
        result.comments,
        [plain_fault(fault, result.path) for fault in result.faults],
    ]


def _file(path: str, plain: list[Any], rows: list[Row]) -> FileResult:
    _, complete, finished, lost, strange, mentions, references, views, comments, faults = plain
    return FileResult(
        path,
        list(rows),
        {_own_code(code): (_must(name, str), _must(text, str)) for code, (name, text) in references.items()},
        [],
        {id: _written(view) for id, view in views.items()},
        [fault_of(fault, path) for fault in faults],
        tuple(Comment(_must(text, str), _must(line, int), _must(column, int)) for text, line, column in comments),
        _must(complete, bool),
        _must(finished, bool),
        frozenset(_texts(lost)),
        frozenset(_texts(strange)),
        frozenset(_texts(mentions)),
    )


def _written(value: Any) -> Any:
    """A value of a view, if it is made of what `nodes.plain` makes: texts, lists, mappings and blanks."""
    if type(value) is list:
        for item in value:
            _written(item)
    elif type(value) is dict:
        for item in value.values():
            _written(item)
    else:
        _must(value, str, None)
    return value


def _own_code(code: str) -> str:
    prefix = code[:3]
    if prefix not in PREFIXES or getattr(parse_code(code, prefix), "code", None) != code or code.count(".") < 3:
        raise ValueError("a code of the agency's own is none")
    return code


def plain_fault(fault: Fault, path: str = "") -> list[Any]:
    """A fault as lists, texts and numbers; places in the file of this path do not name it.

    Raises:
        UnusablePackError: if it holds a value that has no plain form.
    """
    near = fault.suggestion
    return [
        fault.code,
        _plain_place(fault.place, path),
        {name: _tagged(value) for name, value in fault.values.items()},
        [[_plain_place(one.place, path), one.element, one.message] for one in fault.related],
        [near.text, _plain_place(near.place, path) if near.place else None, near.words, near.others] if near else None,
        _plain_fix(fault.fix, path) if fault.fix else None,
    ]


def fault_of(plain: Any, path: str = "") -> Fault:
    """The fault that `plain_fault` has taken apart.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: if it was not that.
    """
    code, place, values, related, near, fix = plain
    if not is_declared(code):
        raise ValueError("a fault is of no rule")
    return Fault(
        _place(place, path),
        {name: _untagged(value) for name, value in values.items()},
        tuple(
            Related(_place(there, path), _must(element, str, None), _must(message, str))
            for there, element, message in related
        ),
        _suggestion(near, path) if near else None,
        code,
        _fix(fix, path) if fix else None,
    )


def _suggestion(plain: list[Any], path: str) -> Suggestion:
    text, place, words, others = plain
    there = _place(place, path) if place else None
    return Suggestion(_must(text, str), there, _must(words, str), tuple([_must(other, str) for other in others]))


def _plain_fix(fix: Fix, path: str) -> list[Any]:
    edits = [[edit.action, _plain_place(edit.place, path), edit.text, edit.was] for edit in fix.edits]
    return [edits, fix.safe, fix.words, fix.text]


def _fix(plain: list[Any], path: str) -> Fix:
    edits, safe, words, text = plain
    return Fix(tuple(_edit(edit, path) for edit in edits), _must(safe, bool), _must(words, str), _must(text, str))


def _edit(plain: list[Any], path: str) -> Edit:
    action, place, text, was = plain
    if action not in get_args(Action):
        raise ValueError("an edit does what no edit does")
    return Edit(action, _place(place, path), _must(text, str), _must(was, str))


def _plain_place(place: Place, path: str) -> list[Any]:
    """Without what is blank at the end."""
    plain = [None if place.path == path else place.path, *place[1:]]
    while plain and plain[-1] in (None, False):
        plain.pop()
    return plain


def _place(plain: list[Any], path: str) -> Place:
    there, region, element, field, item, on_value, section, inside = plain + _BLANK_PLACE[len(plain) :]
    if not {type(there), type(element), type(field), type(section), type(inside)} <= _TEXT_OR_NONE:
        raise TypeError("a place is named by something else than texts")
    if region is not None:
        _check_types(region, int)
        region = Region(*region)
    there = path if there is None else there
    return Place(there, region, element, field, _must(item, int, None), bool(on_value), section, inside)


_TEXT_OR_NONE = frozenset({str, type(None)})
_BLANK_PLACE: list[Any] = [None, None, None, None, None, False, None, None]


def _must(value: Any, *wanted: Any) -> Any:
    """The value, if it is of one of these types; None stands for itself."""
    if type(value) in wanted or (value is None and None in wanted):
        return value
    raise TypeError("a value is of another type than its place")


def _texts(values: Any) -> tuple[str, ...]:
    _check_types(_must(values, list), str)
    return tuple(values)


# --- values of messages ----------------------------------------------------------------------------------------


def _tagged(value: Any) -> Any:
    """A value of a message: single ones as they are, others in a list behind the name of their type."""
    kind = type(value)
    if value is None or kind in _SINGLE:
        return value
    if kind is Amount:
        return ["Amount", int(value)]
    if kind in (Term, ElementName, Choices, Sentence, tuple):
        return [kind.__name__, *map(_tagged, value)]
    if isinstance(value, str):  # of whatever kind, it is printed without quotes
        return ["Name", str(value)]
    raise UnusablePackError(f"a {kind.__name__} has no plain form")


def _untagged(plain: Any) -> Any:
    if plain is None or type(plain) in _SINGLE:
        return plain
    name, *items = plain
    return _MAKERS[name](*map(_untagged, items))


def _term(kind: Any, name: Any, section: Any) -> Term:
    term = Term(_must(kind, str), _must(name, str), _must(section, str))
    if kind == "field" and name not in types()[section].fields:
        raise ValueError("a message names a field that the type has not")
    if kind in ("type", "types", "a type") and not all(one in types() for one in name.split(" ")):
        raise ValueError("a message names a type that there is not")
    return term


def _element_name(section: Any, id: Any) -> ElementName:
    if section not in types():
        raise ValueError("a message names a type that there is not")
    return ElementName(section, _must(id, str))


def _sentence(text: str, values: Any) -> Sentence:
    """A sentence with its values."""
    pairs = _must(values, tuple)
    if not all(type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str for pair in pairs):
        raise TypeError("a sentence has something else than named values")
    return Sentence(text, pairs)


_MAKERS: dict[str, Callable[..., Any]] = {
    "Term": _term,
    "ElementName": _element_name,
    "Choices": lambda english, indonesian: Choices(_texts(list(english)), _texts(list(indonesian))),
    "tuple": lambda *items: tuple(items),
    "Amount": lambda number: Amount(_must(number, int)),
    "Sentence": lambda text, values: _sentence(_must(text, str), values),
    "Name": lambda text: Name(_must(text, str)),
}
