"""Filters: which elements pass the criteria of a view that an agency defined, by their numbers."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from spbe_arch.metamodel import type_of
from spbe_arch.metamodel.values import CodeKind, LinkKind, TextKind, TextsKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spbe_arch.architecture import Architecture
    from spbe_arch.definitions import Condition, Criteria

__all__ = ["belongs_within", "selected"]


def selected(architecture: Architecture, criteria: Criteria, agency: str) -> set[int] | None:
    """The numbers of the elements that pass; None if nothing is asked, so that all do.

    Args:
        architecture: Where the elements are.
        criteria: What they must be.
        agency: In whose repository they are defined; ids are read there, and a member shows only its own elements.
    """
    sections = criteria.sections
    chosen: Iterable[int] = (
        (ordinal for section in sections for ordinal in architecture.ordinals(section))
        if sections
        else architecture.all_ordinals()
    )
    tests = list(_tests(architecture, criteria, agency))
    if not sections and not tests:
        return None
    for passes in tests:
        chosen = filter(passes, chosen)
    return set(chosen)


def _tests(architecture: Architecture, criteria: Criteria, agency: str) -> Iterable[Callable[[int], bool]]:
    """A test for each thing that is asked, the cheap ones first."""
    if agency != architecture.agency:
        yield lambda ordinal: architecture.agency_at(ordinal) == agency
    if criteria.year is not None:
        yield set(architecture.ordinals_at(criteria.year)).__contains__
    if criteria.paths:
        yield _in_files(architecture, criteria.paths, agency)
    if criteria.tags:
        wanted = {tag.casefold() for tag in criteria.tags}
        yield lambda ordinal: any(tag.casefold() in wanted for tag in architecture.row_at(ordinal).get("tags") or ())
    for condition in criteria.conditions:
        yield _holds(architecture, condition, agency)
    if criteria.units:
        units = (architecture.find(id if "/" in id else f"{agency}/{id}") for id in criteria.units)
        yield belongs_within(architecture, [unit.ordinal for unit in units if unit is not None])


def _in_files(architecture: Architecture, patterns: tuple[str, ...], agency: str) -> Callable[[int], bool]:
    """Whether an element stands in one of some files, folders or patterns, seen from the agency's own repository."""
    folder = architecture.member_manifest(agency).folder
    known: dict[str, bool] = {}

    def passes(ordinal: int) -> bool:
        path = architecture.file_at(ordinal).path
        if path not in known:
            here = path.removeprefix(folder)
            known[path] = any(
                here == pattern or here.startswith(pattern.rstrip("/") + "/") or fnmatchcase(here, pattern)
                for pattern in patterns
            )
        return known[path]

    return passes


def _holds(architecture: Architecture, condition: Condition, agency: str) -> Callable[[int], bool]:
    """Whether a field of an element has one of the values asked for; a type without the field is not asked."""
    tests = {
        section: _test_of_field(architecture, section, field, values, agency)
        for section, (field, values) in condition.values.items()
    }

    def passes(ordinal: int) -> bool:
        section = architecture.section_at(ordinal)
        test = tests.get(section)
        return test(ordinal) if test is not None else condition.field not in type_of(section).spellings

    return passes


def _test_of_field(
    architecture: Architecture, section: str, field: str, values: tuple[Any, ...], agency: str
) -> Callable[[int], bool]:
    info = type_of(section)
    kind, meant = info.fields[field].kind, info.meant.get(field)
    if isinstance(kind, LinkKind):
        found = (architecture.find(one if "/" in one else f"{agency}/{one}") for one in map(_id, values))
        wanted = {element.ordinal for element in found if element is not None}
        return lambda ordinal: not wanted.isdisjoint(architecture.both_ends(ordinal, field))

    def of(ordinal: int) -> tuple[Any, ...]:
        value = architecture.row_at(ordinal).get(field)
        value = meant if value is None else value
        return value if type(value) is tuple else (value,)

    if isinstance(kind, CodeKind):
        below = tuple(f"{code}." for code in values)
        return lambda ordinal: any(code and (code in values or code.startswith(below)) for code in of(ordinal))
    if isinstance(kind, (TextKind, TextsKind)):
        folded = {text.casefold() for text in values}
        return lambda ordinal: any(text and text.casefold() in folded for text in of(ordinal))
    return lambda ordinal: any(value in values for value in of(ordinal))


def _id(link: Any) -> str:
    return link if isinstance(link, str) else str(link.to)


def belongs_within(architecture: Architecture, units: Iterable[int]) -> Callable[[int], bool]:
    """Whether an element belongs to one of some units, or to one below it; such a unit itself does too.

    An exchange that belongs to nobody belongs where the applications at its ends do.
    """
    tops, holders = set(units), architecture.holders
    known: dict[int, bool] = {}

    def within(unit: int) -> bool:
        if unit not in known:
            known[unit] = not tops.isdisjoint(architecture.units_above(unit))
        return known[unit]

    def passes(ordinal: int) -> bool:
        section = architecture.section_at(ordinal)
        if section == "units":
            return within(ordinal)
        holder = holders[ordinal]
        if holder < 0 and section == "exchanges":
            ends = (end for field in ("provider", "consumer") for end in architecture.targets(ordinal, field))
            return any(map(passes, ends))
        return holder >= 0 and within(holder)

    return passes
