"""Strategies for hypothesis: what a person may write in a field of each kind, as plain values."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from spbe_arch.metamodel import TypeInfo, types, values

if TYPE_CHECKING:
    from spbe_arch.metamodel.values import Kind

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
WORDS = st.text(LETTERS, min_size=1, max_size=12)
IDS = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9])?", fullmatch=True)
SCALARS = st.one_of(WORDS, st.integers(-9999, 9999), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
LINK_TEXTS = st.one_of(IDS, st.builds("{}/{}".format, IDS, IDS))


@singledispatch
def written(kind: Kind) -> st.SearchStrategy[Any]:
    """What may be written in a field of this kind; most of it can be read."""
    raise TypeError(f"{type(kind).__name__} has no strategy")


def field_values(kind: Kind) -> st.SearchStrategy[Any]:
    """What may be written in a field: a blank, a value of its kind, or now and then anything at all.

    Links are ids, since whether a text names an element is not for the reader to say.
    """
    if isinstance(kind, (values.LinkKind, values.SourceKind)):
        return st.one_of(written(kind), st.none())
    anything = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(WORDS, SCALARS, max_size=2))
    return st.one_of(written(kind), written(kind), written(kind), st.none(), anything)


@st.composite
def elements(draw: st.DrawFn) -> tuple[TypeInfo, dict[str, Any]]:
    """An element of any type, with fields under any of their names."""
    info = draw(st.sampled_from(list(types().values())))
    fields = draw(st.lists(st.sampled_from(list(info.fields.values())), max_size=4, unique_by=lambda field: field.name))
    element = {draw(st.sampled_from(field.spellings)): draw(field_values(field.kind)) for field in fields}
    return info, {"nama": "Contoh", **{name: value for name, value in element.items() if name not in ("name", "nama")}}


def _some(one: st.SearchStrategy[Any], *, many: bool) -> st.SearchStrategy[Any]:
    return st.one_of(one, st.lists(st.one_of(one, st.none()), max_size=3)) if many else one


@st.composite
def _any_case(draw: st.DrawFn, word: str) -> str:
    """The word as people write it: in capitals, with spaces or hyphens."""
    separator = draw(st.sampled_from(["_", " ", "-", " / "]))
    changed = word.replace("_", separator)
    return draw(st.sampled_from([changed, changed.upper(), changed.title(), f" {changed} "]))


@written.register(values.TextKind)
def _text(kind: values.TextKind) -> st.SearchStrategy[Any]:
    return SCALARS


@written.register(values.TextsKind)
def _texts(kind: values.TextsKind) -> st.SearchStrategy[Any]:
    return _some(SCALARS, many=True)


@written.register(values.BoolKind)
def _bool(kind: values.BoolKind) -> st.SearchStrategy[Any]:
    return st.one_of(st.booleans(), st.sampled_from(kind.words).flatmap(_any_case))


@written.register(values.ChoiceKind)
def _choice(kind: values.ChoiceKind) -> st.SearchStrategy[Any]:
    return _some(st.sampled_from(sorted(kind.spellings)).flatmap(_any_case), many=kind.many)


@written.register(values.NumberKind)
def _number(kind: values.NumberKind) -> st.SearchStrategy[Any]:
    unit = st.sampled_from(["", *kind.units, *(unit.upper() for unit in kind.units)])
    with_unit = st.builds("{}{}{}".format, st.integers(0, 999), st.sampled_from(["", " "]), unit)
    return st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6), with_unit)


@written.register(values.YearKind)
def _year(kind: values.YearKind) -> st.SearchStrategy[Any]:
    return st.integers(1899, 2101).flatmap(lambda year: st.sampled_from([year, str(year), f" {year}"]))


@written.register(values.DateKind)
def _date(kind: values.DateKind) -> st.SearchStrategy[Any]:
    return st.one_of(st.integers(1899, 2101), st.dates().map(str), st.dates().map(lambda date: str(date)[:7]))


@written.register(values.ValidityKind)
def _validity(kind: values.ValidityKind) -> st.SearchStrategy[Any]:
    return st.one_of(written(values.DATE), written(values.FREQUENCY))


@written.register(values.ByYearKind)
def _by_year(kind: values.ByYearKind) -> st.SearchStrategy[Any]:
    each = st.one_of(written(kind.each), st.none())
    return st.one_of(each, st.dictionaries(st.sampled_from([2025, "2026", 0, 2100]), each, max_size=2))


@written.register(values.MapKind)
def _map(kind: values.MapKind) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from([11, "12", "domain 1"]), written(kind.each), max_size=2)


@written.register(values.CodeKind)
def _code(kind: values.CodeKind) -> st.SearchStrategy[Any]:
    pairs = st.lists(st.integers(1, 99).map("{:02d}".format), min_size=1, max_size=4).map(".".join)
    prefix = st.sampled_from([f"{kind.prefix}.", "", f"{kind.prefix.lower()}."])
    code = st.builds("{}{}{}".format, prefix, pairs, st.sampled_from(["", " Perizinan", " - Perizinan"]))
    return _some(code, many=kind.many)


@written.register(values.LinkKind)
def _link(kind: values.LinkKind) -> st.SearchStrategy[Any]:
    to = st.sampled_from(["to", "ke"]).flatmap(lambda key: st.fixed_dictionaries({key: LINK_TEXTS}))
    about = st.fixed_dictionaries({}, optional={"note": SCALARS, "catatan": SCALARS, "sumber": written(values.SOURCE)})
    return _some(st.one_of(LINK_TEXTS, st.builds(lambda one, two: one | two, to, about)), many=kind.many)


@written.register(values.SourceKind)
def _source(kind: values.SourceKind) -> st.SearchStrategy[Any]:
    confidence = written(values.CONFIDENCE)
    keys = {
        "document": IDS,
        "halaman": SCALARS,
        "url": WORDS,
        "keyakinan": confidence,
        "fields": _some(WORDS, many=True),
    }
    return _some(st.one_of(IDS, st.fixed_dictionaries({}, optional=keys)), many=True)


@written.register(values.AllowKind)
def _allow(kind: values.AllowKind) -> st.SearchStrategy[Any]:
    keys = {"reason": SCALARS, "sampai": written(values.DATE)}
    return st.dictionaries(
        st.sampled_from(["SPBE301", "service-without-process"]), st.one_of(SCALARS, st.fixed_dictionaries(keys))
    )
