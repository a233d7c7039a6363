"""What a person may write in a field of each kind, and what it is read as (FORMAT §2).

Every kind is one class with `read`: it takes plain values (None, text, lists, mappings from text; from Python
also numbers, booleans, dates) and returns the value an element holds, or raises `ValueProblem`. The loader, the
constructor of an element class and the JSON Schema all use the same kinds, so they cannot disagree.
"""

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from spbe_arch.catalogue import Rule, linking, reading
from spbe_arch.findings import Action, Term, english
from spbe_arch.metamodel.lists import LISTS, ValueList, value_list

__all__ = [
    "ALLOW",
    "LISTS",
    "TEXT",
    "AllowKind",
    "Allowance",
    "BoolKind",
    "ByYearKind",
    "ChoiceKind",
    "CodeKind",
    "DateKind",
    "Kind",
    "LinkKind",
    "MapKind",
    "NumberKind",
    "PartialDate",
    "Remedy",
    "Source",
    "SourceKind",
    "Target",
    "TextKind",
    "TextsKind",
    "ValidityKind",
    "ValueList",
    "ValueProblem",
    "YearKind",
    "is_one_guess",
    "near_miss",
    "read_date",
    "value_list",
]

Path = tuple[str | int, ...]


class Remedy(NamedTuple):
    """What mends a value where it stands."""

    action: Action
    text: str = ""
    safe: bool = False
    """Whether the meaning is certain."""


class ValueProblem(ValueError):  # noqa: N818 - a value of the model is a problem, not an error of the caller
    """What is wrong with a value: the rule it breaks, the values of its message, and where inside the value."""

    def __init__(
        self,
        rule: Rule,
        path: Path = (),
        suggestion: str | None = None,
        remedy: Remedy | None = None,
        others: tuple[str, ...] = (),
        **values: Any,
    ) -> None:
        super().__init__(rule.name)
        self.rule = rule
        self.path = path
        self.suggestion = suggestion
        self.others = others
        """What else may be meant."""
        self.remedy = remedy
        self.values = values
        self.also: tuple[ValueProblem, ...] = ()
        """What is wrong with further items of the same list."""

    def __str__(self) -> str:
        """The sentence, plainly; formats word it in the language of the reader."""
        shown = {
            key: value.name
            if isinstance(value, Term)
            else ", ".join(value.english)
            if isinstance(value, Choices)
            else f"'{value}'"
            for key, value in self.values.items()
        }
        return self.rule.message.format_map(shown)

    def below(self, step: str | int) -> "ValueProblem":
        """The same problem, seen from one level further out."""
        for problem in self.all:
            problem.path = (step, *problem.path)
        return self

    @property
    def all(self) -> "tuple[ValueProblem, ...]":
        """This problem and those of further items."""
        return (self, *self.also)


class PartialDate(NamedTuple):
    """A date of which the month or the day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day that it can mean; comparisons use this one (FORMAT §2)."""
        month = self.month or 12
        if self.day is not None:
            return datetime.date(self.year, month, self.day)
        following = datetime.date(self.year + month // 12, month % 12 + 1, 1)
        return following - datetime.timedelta(days=1)

    def __str__(self) -> str:
        """As it is written in a model: "2025", "2025-06" or "2025-06-10"."""
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in self[1:] if part is not None))
        return "-".join(parts)


class Target(NamedTuple):
    """A link written with a note or a source: `{to: x, note: …, source: …}`."""

    to: str
    note: str | None = None
    source: "tuple[Source, ...]" = ()


class Source(NamedTuple):
    """Where a fact comes from (FORMAT §5)."""

    document: str | None = None
    page: str | None = None
    url: str | None = None
    confidence: str | None = None
    fields: tuple[str, ...] = ()
    """The fields that it covers; empty for all."""
    note: str | None = None


class Allowance(NamedTuple):
    """A justification recorded in the model: why a rule does not apply to an element."""

    reason: str
    """Empty if none is given; then it justifies nothing."""
    until: PartialDate | None = None


# --- kinds -------------------------------------------------------------------------------------------------

_SEPARATORS = r"[\s\-/]+"
_PLACEHOLDERS = frozenset({"-", "--", "n/a", "n.a.", "na", "tidak ada", "tidak_ada", "none", "nihil", "?"})
_LONGEST_PLACEHOLDER = max(map(len, _PLACEHOLDERS))
_TRUE = ("true", "yes", "ya")
_FALSE = ("false", "no", "tidak")


class Kind:
    """How one kind of field is read."""

    name: ClassVar[str]
    many: ClassVar[bool] = False

    def read(self, raw: Any) -> Any:
        """The value that an element holds.

        Raises:
            ValueProblem: if the raw value cannot be read as this kind.
        """
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The same reading when an element is made in Python; pydantic asks for it when it first validates."""
        from pydantic_core import core_schema

        def validate(raw: Any) -> Any:
            if raw is None:
                return () if self.many else None
            return self.read(raw)

        return core_schema.no_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What pydantic's own schema says of the field; `spbe schema` says more."""
        return {"title": self.name}


def _scalar(raw: Any, wanted: str) -> str:
    """The text of a single value, trimmed."""
    if isinstance(raw, str):
        text = raw.strip()
    elif isinstance(raw, bool):
        text = "true" if raw else "false"
    elif isinstance(raw, (int, float, datetime.date)):
        text = str(raw)
    else:
        found = english("a list") if isinstance(raw, (list, tuple)) else english("a mapping")
        only = isinstance(raw, (list, tuple)) and len(raw) == 1 and isinstance(raw[0], str)
        remedy = Remedy("unwrap", safe=True) if only else None
        raise ValueProblem(linking.WRONG_SHAPE, remedy=remedy, found=Term("noun", found), wanted=Term("noun", wanted))
    if len(text) <= _LONGEST_PLACEHOLDER and text.lower() in _PLACEHOLDERS:
        raise ValueProblem(linking.PLACEHOLDER_VALUE, remedy=Remedy("blank", safe=True), value=text)
    return text


class TextKind(Kind):
    """One text."""

    name = "text"

    def read(self, raw: Any) -> str | None:
        return _scalar(raw, "text") or None


def _items(raw: Any) -> list[Any]:
    """A list, or one value without brackets."""
    return list(raw) if isinstance(raw, (list, tuple)) else [raw]


def _each(raw: Any, read_one: Any) -> tuple[Any, ...]:
    """Every item of a list field, read; blank items are left out.

    Raises:
        ValueProblem: the first one, with those of further items.
    """
    if type(raw) not in (list, tuple):  # a source and a link with a note are tuples with names
        value = read_one(raw)
        return () if value is None else (value,)
    values = []
    problems: list[ValueProblem] = []
    for index, item in enumerate(raw):
        if item is None:
            continue
        try:
            value = read_one(item)
        except ValueProblem as problem:
            problems += problem.below(index).all
            continue
        if value is not None:
            values.append(value)
    if problems:
        first, *further = problems
        first.also = tuple(further)
        raise first
    return tuple(values)


class TextsKind(Kind):
    """Several texts."""

    name = "text*"
    many = True

    def read(self, raw: Any) -> tuple[str, ...]:
        return _each(raw, _text)


def _text(raw: Any) -> str | None:
    return _scalar(raw, "text") or None


class BoolKind(Kind):
    """Yes or no, in either language and any case."""

    name = "bool"
    words: ClassVar[tuple[str, ...]] = _TRUE + _FALSE

    def read(self, raw: Any) -> bool | None:
        text = _scalar(raw, "yes or no").lower()
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        raise ValueProblem(linking.UNKNOWN_VALUE, value=text, choices=Choices(("yes", "no"), ("ya", "tidak")))


class Choices(NamedTuple):
    """The values that a field takes, inside a message."""

    english: tuple[str, ...]
    indonesian: tuple[str, ...]


class ChoiceKind(Kind):
    """One or any of the values of a list."""

    def __init__(self, values: ValueList, *, many: bool) -> None:
        self.values = values
        self.many = many  # type: ignore[misc]
        self.spellings = values.spellings
        self.name = f"{'any' if many else 'one'} of {values.name}"  # type: ignore[misc]

    def read(self, raw: Any) -> Any:
        return _each(raw, self.one) if self.many else self.one(raw)

    def one(self, raw: Any) -> str | None:
        value = self.spellings.get(raw) if isinstance(raw, str) else None
        if value is not None:
            return value
        text = _scalar(raw, "a value of the list")
        spelling = re.sub(_SEPARATORS, "_", text.strip()).lower()
        value = self.spellings.get(spelling)
        if value is None:
            near = near_miss(spelling, self.spellings)
            raise ValueProblem(
                linking.UNKNOWN_VALUE,
                suggestion=near,
                remedy=Remedy("write", near) if near and is_one_guess(spelling, self.spellings) else None,
                value=text,
                choices=Choices(self.values.values, tuple(self.values.indonesian.values())),
            )
        return value


# Units of one kind, each with its factor to the unit of the field (FORMAT §2: steps of 1000).
_UNITS: dict[str, dict[str, float]] = {
    "Mbps": {"bps": 1e-6, "kbps": 1e-3, "mbps": 1, "gbps": 1e3, "tbps": 1e6},
    "GB": {"b": 1e-9, "kb": 1e-6, "mb": 1e-3, "gb": 1, "tb": 1e3, "pb": 1e6},
    "IDR": {
        "idr": 1,
        "rp": 1,
        "rupiah": 1,
        "ribu": 1e3,
        "juta": 1e6,
        "miliar": 1e9,
        "milyar": 1e9,
        "triliun": 1e12,
    },
    "": {"ribu": 1e3, "juta": 1e6},
}
_WANTED = {
    "Mbps": english("a number in Mbps"),
    "GB": english("a number in GB"),
    "IDR": english("a number in rupiah"),
    "": english("a number"),
}
_NUMBER = r"(?i)(?P<rupiah>rp\.?\s*)?(?P<digits>[+-]?[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[a-z]*)"
_ODD_NUMBER = r"(?i)(?P<rupiah>rp\.?\s*)?(?P<digits>[+-]?[0-9][0-9.,]*)\s*(?P<unit>[a-z]*)"
_THOUSANDS = r"[+-]?[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*"
_DECIMAL_COMMA = r"[+-]?([0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3})+),[0-9]{1,9}"


class NumberKind(Kind):
    """A number, in the unit of the field or with one of the same kind."""

    def __init__(self, unit: str = "", *, whole: bool = False) -> None:
        self.unit = unit
        self.whole = whole
        self.name = ("int" if whole else "number") + (f" ({unit})" if unit else "")  # type: ignore[misc]

    @property
    def units(self) -> tuple[str, ...]:
        """The units that may stand behind the number, in any case."""
        return tuple(_UNITS[self.unit])

    def read(self, raw: Any) -> float | int | None:
        if type(raw) in (int, float):
            return self._checked(raw if math.isfinite(raw) else None, str(raw))
        text = _scalar(raw, "a number")
        return self._checked(self._number(text), text)

    def _number(self, text: str) -> float | None:
        """The number that a text says, in the unit of the field."""
        match = re.fullmatch(_NUMBER, text)
        if match is None or len(text) > 40 or _may_be_thousands(match["digits"]):
            return None
        factor = _UNITS[self.unit].get(match["unit"].lower()) if match["unit"] else 1
        if factor is None or (match["rupiah"] and self.unit != "IDR"):
            return None
        return round(float(match["digits"]) * factor, 9)

    def _checked(self, number: float | None, text: str) -> float | int:
        if number is None or (self.whole and number != int(number)):
            wanted = english("a whole number") if self.whole else _WANTED[self.unit]
            likely = _likely_number(text) if number is None else None
            remedy = Remedy("write", likely, safe=_has_decimal_comma(text)) if likely else None
            term = Term("noun", wanted)
            raise ValueProblem(linking.MALFORMED_NUMBER, suggestion=likely, remedy=remedy, value=text, wanted=term)
        return int(number) if number == int(number) else number


def _may_be_thousands(digits: str) -> bool:
    """Whether the point may stand between thousands, as in Indonesian: `1.000`, and not `0.500`."""
    return re.fullmatch(_THOUSANDS, digits) is not None and digits.lstrip("+-").partition(".")[0] != "0"


def _likely_number(text: str) -> str | None:
    """The same number with a decimal point and nothing between thousands."""
    match = re.fullmatch(_ODD_NUMBER, text)
    if match is None:
        return None
    digits = match["digits"]
    if re.fullmatch(_THOUSANDS, digits):
        plain = digits.replace(".", "").replace(",", "")
    elif re.fullmatch(_DECIMAL_COMMA, digits):
        plain = digits.replace(".", "").replace(",", ".")
    else:
        return None
    return f"{'Rp ' if match['rupiah'] else ''}{plain} {match['unit']}".strip()


def _has_decimal_comma(text: str) -> bool:
    """Whether the comma can only stand before decimals, as in `3,52` and `1.234,5`, and not in `1,000`."""
    match = re.fullmatch(_ODD_NUMBER, text)
    return match is not None and re.fullmatch(_THOUSANDS, match["digits"]) is None


class YearKind(Kind):
    """A year from 1900 to 2100."""

    name = "year"

    def read(self, raw: Any) -> int | None:
        text = _scalar(raw, "a year")
        if not (len(text) == 4 and text.isdecimal() and text.isascii() and 1900 <= int(text) <= 2100):
            remedy = Remedy("blank", safe=True) if text and not text.strip("0") else None
            raise ValueProblem(linking.MALFORMED_YEAR, remedy=remedy, value=text)
        return int(text)


_DATE_SHAPES = ((4,), (4, 2), (4, 2, 2))
_OTHER_DATE = r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?"
_IN_A_ROW = r"([12]\d{3})(\d{2})(\d{2})"
_SERIAL_NUMBER = r"([3-6][0-9]{4})(?:[.,][0-9]+)?"
"""A day as a spreadsheet keeps it, where a cell has lost its format: from 1982 to 2091."""
_SERIAL_0 = datetime.date(1899, 12, 30)
"""The day from which they count (ECMA-376, 18.17.4.1)."""


def read_date(text: str) -> PartialDate | None:
    """A date with the year first, or None if the text is none or the day does not exist."""
    parts = text.split("-")
    if not text.isascii() or not all(map(str.isdecimal, parts)) or tuple(map(len, parts)) not in _DATE_SHAPES:
        return None
    date = PartialDate(*map(int, parts))
    if not 1900 <= date.year <= 2100:
        return None
    try:
        datetime.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date


class DateKind(Kind):
    """A date of which month or day may be unknown."""

    name = "date"

    def read(self, raw: Any) -> PartialDate | None:
        if isinstance(raw, PartialDate):
            return raw
        text = _scalar(raw, "a date")
        date = read_date(text)
        if date is None:
            likely = _likely_date(text)
            remedy = Remedy("write", likely, safe=_has_one_order(text)) if likely else None
            raise ValueProblem(linking.MALFORMED_DATE, suggestion=likely, remedy=remedy, value=text)
        return date


def _likely_date(text: str) -> str | None:
    """The same day with the year first, if the text is a date in another order, in a row, or as spreadsheets count."""
    if serial := re.fullmatch(_SERIAL_NUMBER, text):
        return str(_SERIAL_0 + datetime.timedelta(days=int(serial[1])))
    match = re.fullmatch(_OTHER_DATE, text) or re.fullmatch(_IN_A_ROW, text)
    if match is None:
        return None
    first, second, third = match.groups()
    year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
    year = year if len(year) == 4 else f"20{year.zfill(2)}"
    likely = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return likely if read_date(likely) else None


def _has_one_order(text: str) -> bool:
    """Whether the numbers of a date in another order can be its day and its month in one way only."""
    match = re.fullmatch(_OTHER_DATE, text)
    if match is None:
        return False
    first, second, third = match.groups()
    if len(first) == 4:
        return True
    return len(third) == 4 and (int(first) > 12 or int(first) == int(second))


class ByYearKind(Kind):
    """A value for each year; one without a year stands under the year 0."""

    def __init__(self, each: Kind, unit: str = "") -> None:
        self.each = each
        self.name = f"by year ({unit or each.name})"  # type: ignore[misc]

    def read(self, raw: Any) -> dict[int, Any]:
        if not isinstance(raw, Mapping):
            value = self.each.read(raw)
            return {} if value is None else {0: value}
        years = {}
        for key, item in raw.items():
            try:
                year = YEAR.read(key) if key not in (0, "0") else 0
                value = None if item is None else self.each.read(item)
            except ValueProblem as problem:
                raise problem.below(str(key)) from None
            if value is not None and year is not None:
                years[year] = value
        return dict(sorted(years.items()))


def _no_mapping(raw: Any, wanted: Term) -> ValueProblem:
    found = Term("noun", "a list" if isinstance(raw, (list, tuple)) else "a single value")
    return ValueProblem(linking.WRONG_SHAPE, found=found, wanted=wanted)


class MapKind(Kind):
    """A value for each key; keys are text."""

    def __init__(self, each: Kind) -> None:
        self.each = each
        self.name = f"map to {each.name}"  # type: ignore[misc]

    def read(self, raw: Any) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise _no_mapping(raw, Term("noun", "a mapping from keys to values"))
        pairs = {}
        for key, item in raw.items():
            try:
                value = None if item is None else self.each.read(item)
            except ValueProblem as problem:
                raise problem.below(str(key)) from None
            if value is not None:
                pairs[str(key)] = value
        return pairs


class CodeKind(Kind):
    """One or several reference codes of a table."""

    def __init__(self, prefix: str, *, many: bool = False) -> None:
        self.prefix = prefix
        self.many = many  # type: ignore[misc]
        self.name = f"{'codes' if many else 'code'} {prefix}"  # type: ignore[misc]
        self._known: dict[str, str] = {}

    def read(self, raw: Any) -> Any:
        return _each(raw, self.one) if self.many else self.one(raw)

    def one(self, raw: Any) -> str | None:
        known = self._known.get(raw) if isinstance(raw, str) else None
        if known is not None:
            return known
        text = _scalar(raw, "a code")
        if self._is_plain(text):
            return self._noted(text, text)
        from spbe_arch.metamodel.references import CodeFault, NamedCode, parse_code

        parsed = parse_code(text, self.prefix)
        if isinstance(parsed, CodeFault):
            raise _code_problem(parsed, self.prefix)
        return self._noted(text, NamedCode(parsed.code, parsed.name) if parsed.name else parsed.code)

    def _noted(self, text: str, code: str) -> str:
        """The code, which need not be read from this text again: few codes stand at many elements."""
        if len(self._known) < 5_000:
            self._known[text] = code
        return code

    def _is_plain(self, text: str) -> bool:
        """Whether the text is a code in its full form, which most are."""
        prefix, *pairs = text.split(".", 8)
        return prefix == self.prefix and 0 < len(pairs) < 8 and _PAIRS.issuperset(pairs)


_PAIRS = frozenset(f"{number:02d}" for number in range(100))


def _code_problem(fault: Any, prefix: str) -> ValueProblem:
    suggestion, *others = fault.candidates[:3] or (None,)
    if fault.kind == "wrong-prefix":
        return ValueProblem(
            linking.CODE_OF_ANOTHER_TABLE,
            suggestion=suggestion,
            value=fault.text,
            other=Name(fault.prefix),
            prefix=Name(prefix),
        )
    rule = linking.DAMAGED_CODE if fault.kind == "spreadsheet-damage" else linking.MALFORMED_CODE
    return ValueProblem(
        rule,
        suggestion=suggestion,
        remedy=_code_remedy(fault, prefix),
        others=tuple(others),
        value=fault.text,
        prefix=Name(prefix),
    )


def _code_remedy(fault: Any, prefix: str) -> Remedy | None:
    """The likeliest code; none where it would cost a name that stands behind the digits.

    Of one candidate the meaning is certain, but not of what was a date: it has three levels in two orders, and the
    agency may have a code of its own for the other one.
    """
    if not fault.candidates:
        return None
    written = fault.text.strip()
    digits = written[len(prefix) :] if written.upper().startswith(prefix) else written
    damaged = fault.kind == "spreadsheet-damage"
    if not damaged and not set(digits) <= _OF_A_CODE:
        return None
    likeliest = fault.candidates[0]
    return Remedy("write", likeliest, safe=len(fault.candidates) == 1 and (likeliest.count(".") < 3 or not damaged))


_OF_A_CODE = frozenset("0123456789 .,/_-")


class Name(str):
    """A value of a message that is printed without quotes."""

    __slots__ = ()


class ValidityKind(Kind):
    """A frequency or a date: the sources disagree on what validity is (metamodel §3)."""

    name = "validity"

    def read(self, raw: Any) -> str | PartialDate | None:
        if isinstance(raw, PartialDate):
            return raw
        date = read_date(_scalar(raw, "a value of the list"))
        return date or FREQUENCY.one(raw)


def _document_id(raw: Any) -> str | None:
    return _scalar(raw, "an id") or None


class SourceKind(Kind):
    """Where a fact comes from: an id, a mapping, or a list of them (FORMAT §5)."""

    name = "source"
    many = True
    NAMES: ClassVar[dict[str, str]] = {
        "document": "dokumen",
        "page": "halaman",
        "url": "tautan",
        "confidence": "keyakinan",
        "fields": "isian",
        "note": "catatan",
    }

    def read(self, raw: Any) -> tuple[Source, ...]:
        return _each(raw, self.one)

    def one(self, raw: Any) -> Source | None:
        if isinstance(raw, Source):
            return raw
        if not isinstance(raw, Mapping):
            document = _document_id(raw)
            return None if document is None else Source(document)
        values = _named(raw, self.NAMES, {"confidence": CONFIDENCE.one, "document": _document_id, "fields": TEXTS.read})
        return Source(**values) if values else None


def _named(raw: Mapping[Any, Any], names: Mapping[str, str], readers: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a small mapping with keys in either language."""
    canonical = {**{indonesian: name for name, indonesian in names.items()}, **{name: name for name in names}}
    values: dict[str, Any] = {}
    for key, item in raw.items():
        name = canonical.get(str(key))
        if name is None:
            near = near_miss(str(key), canonical)
            is_free = near is not None and canonical[near] not in {canonical.get(str(one)) for one in raw}
            is_free = is_free and is_one_guess(str(key), canonical)
            raise ValueProblem(
                linking.UNKNOWN_FIELD,
                (str(key),),
                near,
                Remedy("write", near) if near and is_free else None,
                element=Term("noun", "this mapping"),
                field=str(key),
            )
        if name in values:
            raise ValueProblem(reading.DUPLICATE_KEY, (str(key),), key=str(key))
        try:
            values[name] = None if item is None else readers.get(name, _text)(item)
        except ValueProblem as problem:
            raise problem.below(str(key)) from None
    return {name: value for name, value in values.items() if value is not None}


class LinkKind(Kind):
    """A link, or several: an id, `agency/id`, or a mapping with a note (FORMAT §3).

    The targets are named as classes; which sections they are is known once every class is declared.
    """

    NAMES: ClassVar[dict[str, str]] = {"to": "ke", "note": "catatan", "source": "sumber"}

    def __init__(self, targets: tuple[str, ...], *, many: bool) -> None:
        self.targets = targets
        self.many = many  # type: ignore[misc]
        self.name = "link*" if many else "link"  # type: ignore[misc]

    def read(self, raw: Any) -> Any:
        if type(raw) is not str:
            raw = getattr(raw, "ids", raw)  # the links of another element
        return _each(raw, self.one) if self.many else self.one(raw)

    def one(self, raw: Any) -> "str | Target | None":
        if type(raw) is str:
            return _scalar(raw, "an id") or None
        raw = getattr(raw, "id", raw)  # an element itself
        if isinstance(raw, Target):
            return raw
        if not isinstance(raw, Mapping):
            return _scalar(raw, "an id") or None
        values = _named(raw, self.NAMES, {"to": _document_id, "source": SOURCE.read})
        if "to" not in values:
            raise ValueProblem(
                linking.WRONG_SHAPE,
                found=Term("noun", "a mapping without 'to'"),
                wanted=Term("noun", "an id"),
            )
        return Target(**values) if len(values) > 1 else values["to"]


class AllowKind(Kind):
    """Justifications by rule: a reason, or a mapping with reason and until."""

    name = "allow"
    NAMES: ClassVar[dict[str, str]] = {"reason": "alasan", "until": "sampai"}

    def read(self, raw: Any) -> dict[str, Allowance]:
        if not isinstance(raw, Mapping):
            raise _no_mapping(raw, Term("noun", "a mapping from rules to reasons"))
        allowances = {}
        for rule, item in raw.items():
            try:
                allowance = self._one(item)
            except ValueProblem as problem:
                raise problem.below(str(rule)) from None
            allowances[str(rule)] = allowance
        return allowances

    def _one(self, raw: Any) -> Allowance:
        if raw is None or isinstance(raw, Allowance):
            return raw or Allowance("")
        if not isinstance(raw, Mapping):
            return Allowance(_text(raw) or "")
        values = _named(raw, self.NAMES, {"until": DATE.read})
        return Allowance(values.get("reason") or "", values.get("until"))


TEXT = TextKind()
TEXTS = TextsKind()
BOOL = BoolKind()
YEAR = YearKind()
DATE = DateKind()
SOURCE = SourceKind()
ALLOW = AllowKind()
VALIDITY = ValidityKind()
FREQUENCY = ChoiceKind(LISTS["frequency"], many=False)
CONFIDENCE = ChoiceKind(LISTS["confidence"], many=False)


def near_miss(written: str, known: Any) -> str | None:
    """The known name that was probably meant, or None if none is near.

    The measure is the optimal string alignment distance: letters left out, added, changed or swapped. One slip is
    allowed in three letters, at most three in all.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    word = written.casefold()
    slips = min(3, max(1, len(word) // 3))
    found = extractOne(word, tuple(known), scorer=OSA.distance, processor=str.casefold, score_cutoff=slips)
    return found[0] if found and found[1] < len(found[0]) else None


def is_one_guess(written: str, known: Mapping[str, Any]) -> bool:
    """Whether the names that are nearest to what was written all mean the same, so that one may be guessed.

    Args:
        written: what is not known.
        known: the names with what they mean.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = extract(written.casefold(), tuple(known), scorer=OSA.distance, processor=str.casefold, limit=8)
    nearest = [known[name] for name, distance, _ in found if distance == found[0][1]]
    return all(meaning == nearest[0] for meaning in nearest)
