"""The rules: one file each, found by being here, run by `checking`.

A rule says what it looks at (its scope) and yields faults: where, and the values of its message. It never prints,
never words anything, never walks over links by itself: it asks elements and the architecture in the field's words.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from spbe_arch.catalogue import Basis, Rule, declare
from spbe_arch.findings import Amount, Edit, Fault, Fix, Level, Place, Related, Term, english
from spbe_arch.likeness import OwnWords, Ties, vocabulary
from spbe_arch.likeness.elements import places_of
from spbe_arch.linking import at_ordinal
from spbe_arch.metamodel import expand
from spbe_arch.metamodel.national import national_applications

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from spbe_arch.architecture import Architecture
    from spbe_arch.catalogue import Fixes
    from spbe_arch.likeness import Traits, Vocabulary
    from spbe_arch.metamodel import Audit, Element, VulnerabilityAssessment, Worthiness
    from spbe_arch.metamodel.national import NationalApplications

__all__ = [
    "Amount",
    "Basis",
    "Check",
    "Each",
    "Edit",
    "Fault",
    "Fix",
    "Group",
    "Level",
    "Members",
    "OfAgency",
    "Term",
    "Whole",
    "agency_of",
    "all_rules",
    "architecture_of",
    "at",
    "day_of",
    "english",
    "in_use",
    "is_called",
    "is_ending",
    "is_external",
    "is_inherited",
    "listed",
    "national_of",
    "place_words",
    "related",
    "rule",
    "took_place",
    "vocabulary_of",
]

E = TypeVar("E", bound="Element")


@dataclass(frozen=True)
class Each:
    """The rule looks at each element of some types: at its own links, two steps at most."""

    types: tuple[type[Element], ...]

    def __init__(self, *types: type[Element]) -> None:
        object.__setattr__(self, "types", types)

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections of the types and of those below them."""
        return expand(tuple(cls.__name__ for cls in self.types))


@dataclass(frozen=True)
class Group:
    """The rule looks at elements that share a key; it is called once for each key that two or more share."""

    types: tuple[type[Element], ...]
    key: Callable[[Any], Hashable | None] = field(compare=False)
    """Of an element; None for an element that is in no group."""

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections of the types and of those below them."""
        return expand(tuple(cls.__name__ for cls in self.types))


class Members(Sequence[E]):
    """The elements of a group, each handed out when a rule asks for it: of a large group most are as they were.

    Args:
        architecture: that hands them out.
        ordinals: of the elements, in order.
    """

    def __init__(self, architecture: Architecture, ordinals: Sequence[int]) -> None:
        self._architecture = architecture
        self._ordinals = ordinals

    def __len__(self) -> int:
        return len(self._ordinals)

    @overload
    def __getitem__(self, place: int) -> E: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[E]: ...
    def __getitem__(self, place: int | slice) -> E | Sequence[E]:
        hand_out: Callable[[int], Any] = self._architecture.at_ordinal
        if isinstance(place, slice):
            return list(map(hand_out, self._ordinals[place]))
        return hand_out(self._ordinals[place])  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[E]:
        hand_out: Callable[[int], Any] = self._architecture.at_ordinal
        return map(hand_out, self._ordinals)

    @property
    def paths(self) -> list[str]:
        """The file of each."""
        return [self._architecture.file_at(ordinal).path for ordinal in self._ordinals]

    def having(self, field: str) -> list[E]:
        """Those at which something is written in a field."""
        rows = map(self._architecture.row_at, self._ordinals)
        return [self[place] for place, row in enumerate(rows) if row.get(field)]

    def places_of(self, ids: AbstractSet[str]) -> set[int]:
        """The places of those that have one of some ids, with or without the agency before it."""
        found = set()
        for place, ordinal in enumerate(self._ordinals) if ids else ():
            id = self._architecture.row_at(ordinal).id
            if id in ids or f"{self._architecture.agency_at(ordinal)}/{id}" in ids:
                found.add(place)
        return found

    def traits(self, make: Callable[[E], Traits], places: Sequence[int] | None = None) -> list[Traits]:
        """What is compared of each, or of those in some places.

        Where it rests on nothing but the element itself, it is known from the last time, and the element stays where
        it is.
        """
        places = range(len(self)) if places is None else places
        return self.ties.of_each(len(self), places, lambda place: make(self[place]))

    @cached_property
    def ties(self) -> Ties:
        """What was found alike in the group the last time; what is found now is kept there."""
        return self._architecture.ties or Ties()


@dataclass(frozen=True)
class OfAgency:
    """The rule looks at what an agency has as a whole, at counts; it is called once for each agency."""


@dataclass(frozen=True)
class Whole:
    """The rule looks at the architecture as a whole, once."""


Scope = Each | Group | OfAgency | Whole


@dataclass(frozen=True)
class Check:
    """A rule that can be run."""

    rule: Rule
    scope: Scope
    find: Callable[..., Iterator[Fault]]
    """Takes what the scope says; its keyword arguments are the parameters of the rule, with their defaults."""
    compares_names: bool = False
    """Whether it compares many names with each other; such rules take as long as all others together."""

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters that settings may change, with their defaults."""
        return dict(getattr(self.find, "__kwdefaults__", None) or {})

    def with_parameters(self, given: Mapping[str, Any]) -> Check:
        """The same rule with some parameters set."""
        return replace(self, find=partial(self.find, **given)) if given else self


_CHECKS: dict[str, Check] = {}


def rule(
    code: str,
    level: Level,
    message: str,
    *,
    scope: Scope,
    letter: str = "",
    basis: Iterable[Basis] = (),
    admits_reason: bool = False,
    default: bool = True,
    fixes: Fixes = "",
    compares_names: bool = False,
) -> Callable[[Callable[..., Iterator[Fault]]], Callable[..., Iterator[Fault]]]:
    """Declare a rule: the function's name is its name, the function's docstring its page.

    One that `admits_reason` is silent about an element that records a justification under `allow`. One that does not
    run by `default` runs where settings ask for it. Keyword arguments of the function are parameters that settings may
    change.
    """

    def decorate(find: Callable[..., Iterator[Fault]]) -> Callable[..., Iterator[Fault]]:
        name = find.__name__.replace("_", "-")
        page = find.__doc__ or ""
        package = "" if find.__module__.startswith(f"{__name__}.") else find.__module__
        options = {"admits_reason": admits_reason, "default": default, "fixes": fixes}
        given = {"page": page, "letter": letter, "package": package}
        entry = declare(code, name, level, message, basis=tuple(basis), **given, **options)  # type: ignore[arg-type]
        _CHECKS[code] = Check(entry, scope, find, compares_names)
        return find

    return decorate


def all_rules() -> dict[str, Check]:
    """Every rule that can be run, by code; the modules of this package are imported when first asked for."""
    if not _CHECKS or not _loaded:
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
            importlib.import_module(f"{__name__}.{module.name}")
        _loaded.append(True)
    return dict(sorted(_CHECKS.items()))


_loaded: list[bool] = []


def is_called(rule: Rule, text: str) -> bool:
    """Whether a text is the code of a rule, or its name, in any case."""
    return text.casefold() in (rule.code.casefold(), rule.name)


def at(element: Element, field: str | None = None) -> Place:
    """The place of an element, or of a field of it."""
    return at_ordinal(architecture_of(element), element.ordinal, field)


def related(element: Element, message: str = "") -> Related:
    """Another element that belongs to the fault."""
    return Related(at(element), element.id, message)


def agency_of(element: Element) -> str:
    """The agency that the element belongs to."""
    return architecture_of(element).agency_at(element.ordinal)


def day_of(element: Element) -> datetime.date:
    """The day that rules about time go by."""
    return architecture_of(element).day


def in_use(element: Element) -> bool:
    """Whether the element is there on the day and is to stay.

    What has not begun, or ends within the period, need not be complete.
    """
    if is_ending(element):
        return False
    return element.since <= day_of(element).year if element.since is not None else element.status != "new"


def is_ending(element: Element) -> bool:
    """Whether it has ended or is to end within the period, so that nobody completes it any more."""
    return element.status == "retired" or (element.until is not None and element.until < day_of(element).year)


def took_place(activity: Audit | VulnerabilityAssessment | Worthiness) -> bool:
    """Whether an activity is over on the day or going on, and not merely planned."""
    if activity.date is not None:
        return activity.date.first_day <= day_of(activity)
    return activity.status != "new"


def is_external(element: Element) -> bool:
    """Whether it belongs to an agency that is not loaded, so that nothing but its id is known, not even its type."""
    return architecture_of(element).is_external(element.ordinal)


def is_inherited(element: Element, field: str) -> bool:
    """Whether the value of a field comes from the `defaults` of the file."""
    return field in architecture_of(element).row_at(element.ordinal).shape.inherited


def architecture_of(element: Element) -> Architecture:
    """The architecture that handed the element out; rules see no others."""
    architecture = element.architecture
    assert architecture is not None  # noqa: S101 - the engine hands out bound elements only
    return architecture


def vocabulary_of(element: Element, kind: str = "applications") -> Vocabulary:
    """The words that names of a kind are compared by, with those that the agency adds."""
    tables = architecture_of(element).tables
    return vocabulary(kind, tables.words if tables else OwnWords())


def place_words(element: Element) -> frozenset[str]:
    """The words that name the place of the agency that the element belongs to."""
    return places_of(architecture_of(element).member_manifest(agency_of(element)).name)


def national_of(element: Element) -> NationalApplications:
    """The national applications that hold for the element: a list of the repository, else that of the period."""
    architecture = architecture_of(element)
    if architecture.tables is not None and architecture.tables.national is not None:
        return architecture.tables.national
    return national_applications(architecture.member_manifest(agency_of(element)).period)


def listed(elements: Sequence[Element], most: int = 8) -> list[Element | Term]:
    """Elements as a message lists them: of many the first, and that there are more."""
    shown: list[Element | Term] = list(elements[:most])
    return [*shown, Term("noun", english("others"))] if len(elements) > most else shown
