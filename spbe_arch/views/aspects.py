"""What elements can be told apart by, for groups, colours and sizes: a field, the unit, the layer, the type."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.definitions import ASPECTS
from spbe_arch.messages import translate
from spbe_arch.metamodel import type_of, types
from spbe_arch.metamodel.values import (
    TEXT,
    BoolKind,
    ByYearKind,
    ChoiceKind,
    CodeKind,
    DateKind,
    Kind,
    LinkKind,
    NumberKind,
    TextKind,
    TextsKind,
    YearKind,
)
from spbe_arch.paths import Holder, meanings
from spbe_arch.views.gathering import by_office, called, short_of
from spbe_arch.views.view import Group, Scale, Swatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.metamodel import FieldInfo, Inverse
    from spbe_arch.views.view import View

__all__ = ["BLANK", "OTHER", "fields_called", "grouped", "grouped_by", "painted", "tells_apart", "tells_size"]

BLANK = "none"
OTHER = "other"
_MOST_CLASSES = 8
"""The most colours that are told apart; the smallest classes beyond them share one."""
_MOST_GROUPS = 60
_AMOUNTS = 4
"""The classes of an amount."""
_APART = (ChoiceKind, BoolKind, LinkKind, CodeKind, YearKind, DateKind, NumberKind, TextKind, TextsKind)


def fields_called(spelling: str, sections: Iterable[str]) -> dict[str, FieldInfo | Inverse[Any]]:
    """The field of this name, or the other end of a link, in each section that has it."""
    return {one: meant for one, meant in meanings(sections, spelling).items() if not isinstance(meant, Holder)}


def tells_apart(spelling: str, sections: Iterable[str]) -> bool:
    """Whether some elements of these sections can be grouped or coloured by it."""
    fields = fields_called(spelling, sections).values()
    return spelling in ASPECTS or any(isinstance(getattr(one, "kind", None), _APART) for one in fields)


def tells_size(spelling: str, sections: Iterable[str]) -> bool:
    """Whether some elements of these sections have an amount of this name."""
    return any(map(_is_amount, fields_called(spelling, sections).values()))


def _is_amount(field: FieldInfo | Inverse[Any]) -> bool:
    kind = getattr(field, "kind", None)
    if isinstance(kind, ByYearKind):
        kind = kind.each
    return kind is None or isinstance(kind, NumberKind) or (isinstance(kind, LinkKind) and kind.many)


# --- one value of each element -------------------------------------------------------------------------------


class _Value(NamedTuple):
    """What an element is told apart by."""

    key: str
    name: str
    order: Any = ""
    """Where it stands among values of its kind."""


class _Aspect:
    """The value of each element under one aspect, in a language."""

    def __init__(self, architecture: Architecture, spelling: str, language: str) -> None:
        self.architecture = architecture
        self.spelling = spelling
        self.language = language
        self.fields = {} if spelling in ASPECTS else fields_called(spelling, types())
        self._known: dict[Any, _Value] = {}

    @property
    def title(self) -> str:
        """What the aspect is called."""
        if self.spelling in ASPECTS:
            name = ASPECTS[self.spelling] if self.language == "id" else self.spelling
        else:
            field = next(iter(self.fields.values()))
            name = field.indonesian if self.language == "id" else field.name
        return name.replace("_", " ")

    def of(self, ordinal: int) -> _Value | None:
        """The value of an element, or None if none is known."""
        if self.spelling in ASPECTS:
            return self._placed(ordinal)
        field = self.fields.get(self.architecture.section_at(ordinal))
        kind = getattr(field, "kind", None)
        if field is None or kind is None:
            return None
        if isinstance(kind, LinkKind):
            return self._linked(self.architecture.both_ends(ordinal, field.name))
        row = self.architecture.row_at(ordinal)
        raw = row.get(field.name)
        raw = row.shape.type.meant.get(field.name) if raw is None else raw
        if raw is None or raw == () or not isinstance(kind, _APART):
            return None
        known = self._known.get((type(kind), raw))
        if known is None:
            known = self._known[type(kind), raw] = self._in_words(kind, raw)
        return known

    def amount(self, ordinal: int) -> float | None:
        """The amount of an element: a number, the latest of several years, or how many links there are."""
        field = self.fields.get(self.architecture.section_at(ordinal))
        if field is None or not _is_amount(field):
            return None
        kind = getattr(field, "kind", None)
        if kind is None:
            fields = ((section, name) for section in field.sections for name in field.fields)  # type: ignore[union-attr]
            return len({one for pair in fields for one in self.architecture.sources(ordinal, *pair)})
        if isinstance(kind, LinkKind):
            return len(self.architecture.both_ends(ordinal, field.name))
        raw = self.architecture.row_at(ordinal).get(field.name)
        if isinstance(raw, dict):
            raw = raw[max(raw)] if raw else None
        return None if raw is None else float(raw)

    def _placed(self, ordinal: int) -> _Value | None:
        architecture = self.architecture
        if self.spelling == "agency":
            agency = architecture.agency_at(ordinal)
            return self._remembered(agency, agency)
        if self.spelling == "unit":
            holder = architecture.unit_at(ordinal)
            if holder is None:
                return None
            if ("office", holder) not in self._known:
                office = architecture.units_above(holder)[-1]
                self._known["office", holder] = _Value(architecture.id_at(office), short_of(architecture, office))
            return self._known["office", holder]
        info = type_of(architecture.section_at(ordinal))
        if self.spelling == "layer":
            return self._remembered(
                info.layer.value, info.layer.label(self.language), list(types()).index(info.section)
            )
        return self._remembered(info.section, info.label(self.language), list(types()).index(info.section))

    def _remembered(self, key: str, name: str, order: Any = "") -> _Value:
        return self._known.setdefault(key, _Value(key, name, order))

    def _linked(self, targets: Sequence[int]) -> _Value | None:
        """What is linked to one element is told apart by it; what is linked to several is not."""
        if not targets:
            return None
        if len(targets) > 1:
            return _Value("several", translate("several", self.language), math.inf)
        target = targets[0]
        if ("link", target) not in self._known:
            is_unit = self.architecture.section_at(target) == "units"
            name = (short_of if is_unit else called)(self.architecture, target)
            self._known["link", target] = _Value(self.architecture.id_at(target), name)
        return self._known["link", target]

    def _in_words(self, kind: Any, raw: Any) -> _Value:
        if isinstance(raw, tuple) and isinstance(kind, (ChoiceKind, TextsKind, CodeKind)):
            said = [self._in_words(_single(kind), one) for one in raw]
            return _Value("+".join(part.key for part in said), ", ".join(part.name for part in said), said[0].order)
        if isinstance(kind, ChoiceKind):
            return _Value(raw, kind.values.label(raw, self.language), kind.values.values.index(raw))
        if isinstance(kind, BoolKind):
            return _Value(str(raw), translate("yes" if raw else "no", self.language), not raw)
        if isinstance(kind, CodeKind):
            return self._coded(raw, kind.prefix)
        if isinstance(kind, (YearKind, DateKind)):
            year = str(raw)[:4]
            return _Value(year, year, int(year))
        if isinstance(kind, NumberKind):
            return _Value(str(raw), f"{raw:g}", raw)
        return _Value(str(raw).casefold(), str(raw))

    def _coded(self, code: str, prefix: str) -> _Value:
        """Codes are told apart by their first two levels."""
        upper = ".".join(code.split(".")[:3])
        table = self.architecture.references(prefix)
        entry = table.entry(upper)
        return _Value(upper, f"{upper} {entry.name(self.language)}" if entry is not None else upper, upper)


def _single(kind: ChoiceKind | TextsKind | CodeKind) -> Kind:
    """How one value of a field of several is read."""
    if isinstance(kind, ChoiceKind):
        return ChoiceKind(kind.values, many=False)
    return CodeKind(kind.prefix) if isinstance(kind, CodeKind) else TEXT


# --- groups, colours, sizes ----------------------------------------------------------------------------------


def grouped(
    architecture: Architecture, ordinals: Iterable[int], by: str, language: str, *, short: bool = False
) -> tuple[Group, ...]:
    """The elements in groups, by office or by whatever else; what nothing is known of comes last."""
    if not grouped_by(by):
        return by_office(architecture, ordinals, language, short=short)
    aspect = _Aspect(architecture, by, language)
    values: dict[str, _Value] = {}
    members: dict[str, list[str]] = defaultdict(list)
    for ordinal in ordinals:
        value = aspect.of(ordinal)
        key = value.key if value else ""
        if value:
            values[key] = value
        members[key].append(architecture.id_at(ordinal))
    ranked = sorted(values.values(), key=lambda value: _rank(value, len(members[value.key])))
    groups = [Group(value.key, value.name, tuple(members[value.key])) for value in ranked[:_MOST_GROUPS]]
    rest = tuple(id for value in ranked[_MOST_GROUPS:] for id in members[value.key])
    if rest:
        groups.append(Group(OTHER, translate("others", language), rest))
    if "" in members:
        said = translate("{field} not filled in", language).format(field=aspect.title)
        groups.append(Group("", said, tuple(members[""])))
    return tuple(groups)


def grouped_by(by: str) -> str:
    """What a view says that its groups go by: nothing where that is the office, as it is where nobody asks."""
    return "" if by == "unit" else by


def _rank(value: _Value, count: int) -> tuple[Any, ...]:
    """Values with an order keep it; the others go by how many elements have them."""
    if isinstance(value.order, (int, float)):
        return (0, value.order, value.name)
    return (1, value.order, -count, value.name) if value.order else (2, -count, value.name)


def painted(
    view: View, architecture: Architecture, ordinals: Sequence[int], *, colour_by: str = "", size_by: str = ""
) -> View:
    """The same view with the colours and sizes that were asked for.

    Args:
        view: Its nodes stand in the order of the ordinals.
        architecture: Where the elements are.
        ordinals: Their numbers.
        colour_by: A field or another aspect; empty for none.
        size_by: A field with an amount; empty for none.
    """
    language = view.frame.language
    nodes = view.nodes
    if colour_by:
        scale, shades = _colours(_Aspect(architecture, colour_by, language), ordinals)
        nodes = tuple(node._replace(shade=shade) for node, shade in zip(nodes, shades, strict=True))
        view = replace(view, nodes=nodes, colours=scale)
    if size_by:
        scale, sizes = _sizes(_Aspect(architecture, size_by, language), ordinals)
        nodes = tuple(node._replace(size=size) for node, size in zip(nodes, sizes, strict=True))
        view = replace(view, nodes=nodes, sizes=scale)
    return view


def _colours(aspect: _Aspect, ordinals: Sequence[int]) -> tuple[Scale, list[str]]:
    """A class for each value, or for steps of an amount."""
    language = aspect.language
    blank = Swatch(BLANK, translate("not filled in", language))
    values = [aspect.of(ordinal) for ordinal in ordinals]
    amounts = [aspect.amount(ordinal) for ordinal in ordinals] if _goes_by_amount(aspect, values) else []
    if amounts:
        steps = _steps([amount for amount in amounts if amount is not None])
        shades = [str(_step(amount, steps)) if amount is not None else BLANK for amount in amounts]
        classes = [Swatch(str(index + 1), name) for index, name in enumerate(_names(steps, language))]
        return Scale(aspect.title, (*classes, blank), ordered=True), shades
    counts = Counter(value.key for value in values if value)
    by_key = {value.key: value for value in values if value}
    most = sorted(by_key, key=lambda key: (-counts[key], key))[:_MOST_CLASSES]
    shown = sorted((by_key[key] for key in most), key=lambda value: _rank(value, counts[value.key]))
    classes = [Swatch(str(index), value.name) for index, value in enumerate(shown)]
    index_of = {value.key: str(index) for index, value in enumerate(shown)}
    shades = [index_of.get(value.key, OTHER) if value else BLANK for value in values]
    more = [Swatch(OTHER, translate("others", language))] if len(by_key) > len(most) else []
    return Scale(aspect.title, (*classes, *more, blank)), shades


def _goes_by_amount(aspect: _Aspect, values: Sequence[_Value | None]) -> bool:
    """Whether the values are amounts of which there are more than colours, or that nothing else tells apart."""
    kinds = [getattr(field, "kind", None) for field in aspect.fields.values()]
    if any(isinstance(kind, _APART) and not isinstance(kind, NumberKind) for kind in kinds) or not kinds:
        return False
    return len({value.key for value in values if value}) > _AMOUNTS or not any(values)


def _sizes(aspect: _Aspect, ordinals: Sequence[int]) -> tuple[Scale, list[int]]:
    amounts = [aspect.amount(ordinal) for ordinal in ordinals]
    steps = _steps([amount for amount in amounts if amount is not None])
    sizes = [_step(amount, steps) if amount is not None else 0 for amount in amounts]
    names = _names(steps, aspect.language)
    classes = tuple(Swatch(str(index + 1), name) for index, name in enumerate(names))
    return Scale(aspect.title, classes, ordered=True), sizes


def _steps(amounts: Sequence[float]) -> list[float]:
    """The upper ends of the classes; areas grow with the square, so the steps do."""
    most = max(amounts, default=0.0)
    if most <= 0:
        return [0.0]
    ends = [_round(most * (step / _AMOUNTS) ** 2) for step in range(1, _AMOUNTS)]
    if all(amount == int(amount) for amount in amounts):
        ends = [float(math.ceil(end)) for end in ends]
    return [*sorted({end for end in ends if end < most}), most]


def _round(value: float) -> float:
    """The value with two digits that count."""
    digits = 1 - math.floor(math.log10(abs(value)))
    return round(value, digits)


def _step(amount: float, steps: Sequence[float]) -> int:
    return next((index for index, end in enumerate(steps, 1) if amount <= end), len(steps))


def _names(steps: Sequence[float], language: str) -> list[str]:
    """The classes in words, as in "up to 40" and "40 to 90"."""
    said = [_number(end, language) for end in steps]
    first = translate("up to {most}", language).format(most=said[0])
    between = translate("over {least} to {most}", language)
    return [first, *(between.format(least=low, most=high) for low, high in pairwise(said))]


def _number(value: float, language: str) -> str:
    text = f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
