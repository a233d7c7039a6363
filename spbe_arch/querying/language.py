"""A query as text → a tree: words, what they are called in Indonesian, and where a mistake stands.

    query     = [types] ["where" condition] ["show" column {"," column}] ["order by" path ["desc"]] ["limit" number]
    types     = "all" | section {"," section}
    column    = (path | "count" "(" path ")") ["as" name]
    condition = term {"or" term}
    term      = factor {"and" factor}
    factor    = "not" factor | "(" condition ")" | test
    test      = "count" "(" path ")" order number
              | path ("=" | "!=" | order) value
              | path ["not"] "in" "(" value {"," value} ")"
              | path ["not"] "like" value
              | path ["not"] "under" value
              | path "is" ["not"] "blank"
              | path "has" "(" condition ")"
    order     = "=" | "!=" | "<" | "<=" | ">" | ">="
    path      = name {"." name}
    value     = a word, a number, or a text in single or double quotes (a quote inside is written twice)

Each word has an Indonesian one, see `WORDS`. The text is read in one pass; its depth and length are bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from spbe_arch.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "Blank",
    "Both",
    "Column",
    "Comparison",
    "Condition",
    "Has",
    "Not",
    "Path",
    "Request",
    "Word",
    "parse",
    "parse_columns",
    "parse_condition",
]

T = TypeVar("T")

WORDS = {
    "where": "dengan",
    "show": "tampilkan",
    "order": "urut",
    "by": "menurut",
    "desc": "turun",
    "limit": "batas",
    "as": "sebagai",
    "all": "semua",
    "or": "atau",
    "and": "dan",
    "not": "tidak",
    "in": "dalam",
    "like": "mirip",
    "under": "dibawah",
    "is": "adalah",
    "blank": "kosong",
    "has": "memiliki",
    "count": "jumlah",
}
"""The words of the language with their Indonesian; both are read."""

ORDERS = ("=", "!=", "<=", ">=", "<", ">")
LONGEST = 10_000
"""Characters of a query."""
DEEPEST = 50
"""How deep brackets and `not` may stand in each other."""

_INDONESIAN = {indonesian: word for word, indonesian in WORDS.items()}
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<word>[^\W][\w./:@+\-]*|-?\d[\w./:@+\-]*)"""
    r"""|(?P<sign>!=|<=|>=|[=<>(),]))""",
)


class Word(NamedTuple):
    """A word of a query with the place where it stands, from 0."""

    text: str
    at: int
    quoted: bool = False


class Path(NamedTuple):
    """Fields and links to follow, from the element on."""

    steps: tuple[Word, ...]
    counted: bool = False
    """Whether the number of what lies at the end is meant."""

    def __str__(self) -> str:
        text = ".".join(step.text for step in self.steps)
        return f"count({text})" if self.counted else text


class Comparison(NamedTuple):
    """What a path leads to, compared with one value or with several."""

    path: Path
    sign: str
    """One of `ORDERS`, or in, like, under."""
    values: tuple[Word, ...]


class Blank(NamedTuple):
    """Whether a path leads to nothing."""

    path: Path


class Has(NamedTuple):
    """Whether a path leads to an element for which a condition holds."""

    path: Path
    condition: Condition


class Not(NamedTuple):
    """The contrary."""

    condition: Condition


class Both(NamedTuple):
    """Several conditions, joined by `and` or by `or`."""

    conditions: tuple[Condition, ...]
    every: bool


Condition = Comparison | Blank | Has | Not | Both


class Column(NamedTuple):
    """What is shown of each element, under which name."""

    path: Path
    name: str


class Request(NamedTuple):
    """A query, parsed."""

    types: tuple[Word, ...] = ()
    """Names of sections; empty for all."""
    condition: Condition | None = None
    columns: tuple[Column, ...] = ()
    order: Path | None = None
    descending: bool = False
    limit: int | None = None


def parse(text: str) -> Request:
    """The tree of a query.

    Raises:
        QueryError: if it is no query; the error says where.
    """
    if len(text) > LONGEST:
        raise QueryError("the query is longer than {most} characters", query=text[:LONGEST], at=LONGEST, most=LONGEST)
    return _Parser(text).query()


def parse_condition(text: str) -> Condition:
    """The tree of a condition alone, as it stands behind `where`.

    Raises:
        QueryError: if it is no condition; the error says where.
    """
    if len(text) > LONGEST:
        raise QueryError("the query is longer than {most} characters", query=text[:LONGEST], at=LONGEST, most=LONGEST)
    return _Parser(text).condition_alone()


def parse_columns(text: str) -> tuple[Column, ...]:
    """The columns of a list, as they stand behind `show`.

    Raises:
        QueryError: if they are none; the error says where.
    """
    parser = _Parser(text)
    found = parser.columns()
    parser.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._words = list(_words(text))
        self._next = 0
        self._depth = 0

    # what stands here

    @property
    def _here(self) -> Word:
        return self._words[self._next]

    def _is(self, *words: str) -> bool:
        """Whether one of these words of the language, or signs, stands here."""
        here = self._here
        if here.quoted:
            return False
        return (_INDONESIAN.get(here.text.lower(), here.text.lower())) in words

    def _took(self, *words: str) -> bool:
        if self._is(*words):
            self._next += 1
            return True
        return False

    def _want(self, word: str) -> None:
        if not self._took(word):
            raise self._error("expected {wanted!r} instead of {found!r}", wanted=word)

    def _error(self, sentence: str, at: int | None = None, **values: object) -> QueryError:
        found = self._here.text or "the end"
        return QueryError(sentence, query=self._text, at=self._here.at if at is None else at, found=found, **values)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("brackets stand more than {most} deep", most=DEEPEST)

    # the parts of a query

    def query(self) -> Request:
        types: tuple[Word, ...] = ()
        if not self._took("all") and not self._is("where", "show", "order", "limit", ""):
            types = self._listed(self._name)
        condition = self._condition() if self._took("where") else None
        columns = self.columns() if self._took("show") else ()
        order, descending = None, False
        if self._took("order"):
            self._want("by")
            order = self._path_or_count()
            descending = self._took("desc")
        limit = self._number() if self._took("limit") else None
        self.end()
        return Request(types, condition, columns, order, descending, limit)

    def condition_alone(self) -> Condition:
        condition = self._condition()
        self.end()
        return condition

    def columns(self) -> tuple[Column, ...]:
        return self._listed(self._column)

    def end(self) -> None:
        if self._here.text or self._here.quoted:
            raise self._error("{found!r} cannot stand here")

    def _listed(self, one: Callable[[], T]) -> tuple[T, ...]:
        found = [one()]
        while self._took(","):
            found.append(one())
        return tuple(found)

    def _column(self) -> Column:
        path = self._path_or_count()
        return Column(path, self._name().text if self._took("as") else str(path))

    def _name(self) -> Word:
        here = self._here
        if here.quoted or not here.text or not (here.text[0].isalpha() or here.text[0] == "_"):
            raise self._error("expected a name instead of {found!r}")
        self._next += 1
        return here

    def _number(self) -> int:
        here = self._here
        if here.quoted or not here.text.isdecimal() or len(here.text) > 9:
            raise self._error("expected a number instead of {found!r}")
        self._next += 1
        return int(here.text)

    # conditions

    def _condition(self) -> Condition:
        return self._joined("or", self._term)

    def _term(self) -> Condition:
        return self._joined("and", self._factor)

    def _joined(self, word: str, one: Callable[[], Condition]) -> Condition:
        found = [one()]
        while self._took(word):
            found.append(one())
        return found[0] if len(found) == 1 else Both(tuple(found), every=word == "and")

    def _factor(self) -> Condition:
        self._deeper()
        try:
            if self._took("not"):
                return Not(self._factor())
            if self._took("("):
                inside = self._condition()
                self._want(")")
                return inside
            return self._test()
        finally:
            self._depth -= 1

    def _test(self) -> Condition:
        path = self._path_or_count()
        for sign in ORDERS:
            if self._took(sign):
                return Comparison(path, sign, (self._value(),))
        if path.counted:
            raise self._error("expected a comparison of the count, as in '> 2', instead of {found!r}")
        if self._took("is"):
            negative = self._took("not")
            self._want("blank")
            return Not(Blank(path)) if negative else Blank(path)
        if self._took("has"):
            self._want("(")
            inside = self._condition()
            self._want(")")
            return Has(path, inside)
        negative = self._took("not")
        found = self._compared_by_word(path)
        return Not(found) if negative else found

    def _compared_by_word(self, path: Path) -> Comparison:
        if self._took("in"):
            self._want("(")
            values = self._listed(self._value)
            self._want(")")
            return Comparison(path, "in", values)
        for sign in ("like", "under"):
            if self._took(sign):
                return Comparison(path, sign, (self._value(),))
        raise self._error("expected a comparison, as in '= x' or 'is blank', instead of {found!r}")

    def _path_or_count(self) -> Path:
        if self._is("count") and self._words[self._next + 1].text == "(":
            self._next += 2
            path = self._path()
            self._want(")")
            return path._replace(counted=True)
        return self._path()

    def _path(self) -> Path:
        whole = self._name()
        steps, at = [], whole.at
        for part in whole.text.split("."):
            if not part:
                raise self._error("a name is missing beside the dot", at=at)
            steps.append(Word(part, at))
            at += len(part) + 1
        return Path(tuple(steps))

    def _value(self) -> Word:
        here = self._here
        if not here.quoted and (not here.text or here.text in {"(", ")", ",", *ORDERS}):
            raise self._error("expected a value instead of {found!r}")
        self._next += 1
        return here


def _words(text: str) -> Iterator[Word]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            if not text[at:].strip():
                break
            at += len(text[at:]) - len(text[at:].lstrip())
            raise QueryError("{found!r} cannot stand here", query=text, at=at, found=text[at])
        at = found.end()
        kind = found.lastgroup or ""
        word = found[kind]
        if kind == "quoted":
            yield Word(word[1:-1].replace(word[0] * 2, word[0]), found.start(kind), quoted=True)
        else:
            yield Word(word, found.start(kind))
    yield Word("", len(text))
    yield Word("", len(text))
