"""Views that agencies define in their own files: what is wrong with a definition, and the view that it makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from spbe_arch.catalogue import linking
from spbe_arch.definitions import VIEWPOINTS, read_definition, spelling_of
from spbe_arch.errors import UnknownViewError
from spbe_arch.findings import ElementName, Fault, Place, Suggestion, Term, english
from spbe_arch.metamodel import near_miss, type_of
from spbe_arch.metamodel.values import Choices
from spbe_arch.views import subject_of, viewpoint_called
from spbe_arch.views.aspects import tells_apart, tells_size
from spbe_arch.views.gathering import called
from spbe_arch.views.selecting import selected
from spbe_arch.views.view import Axis, Door

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.definitions import Definition
    from spbe_arch.findings import Finding
    from spbe_arch.metamodel import Element
    from spbe_arch.views import Viewpoint
    from spbe_arch.views.view import View

__all__ = ["OwnView", "built_in_name", "doors_below", "faults", "made", "own_views", "requests"]

_FILTERED_SUBJECTS = ("units", "services", "themes")
"""Types of which there can be a sheet for each in every viewpoint: by what belongs to them or carries them."""


class OwnView(NamedTuple):
    """A definition with whose it is."""

    name: str
    """Its id, with the agency before it if that is a member."""
    agency: str
    path: str
    definition: Definition

    @property
    def viewpoint(self) -> Viewpoint:
        """The convention that it follows."""
        return viewpoint_called(self.definition.viewpoint)

    def subjects(self, architecture: Architecture) -> list[int]:
        """The numbers of the elements that have a sheet each, in order; none if the view is one sheet."""
        each = self.definition.each
        return sorted(selected(architecture, each, self.agency) or ()) if each else []

    def requests(self, architecture: Architecture) -> list[str]:
        """What to ask for to get all of its views."""
        if self.definition.each is None:
            return [self.name]
        return [f"{self.name}:{architecture.id_at(one)}" for one in self.subjects(architecture)]

    def file_name(self, architecture: Architecture, subject: int | None = None) -> str:
        """The stem of the files that it is drawn into."""
        parts = [self.name] if subject is None else [self.name, architecture.id_at(subject)]
        return "-".join(parts).replace("/", "+")


def own_views(architecture: Architecture) -> dict[str, OwnView]:
    """The views that are defined and can be made, by name, in the order of agencies, files and lines."""
    known = _KNOWN.get(architecture)
    if known is None:
        readable = {one.name: one for one in _readable(architecture)}
        wrong = {(one.place.path, (one.place.field or "").split("\0")[1]) for one in _faults(architecture, readable)}
        known = {name: one for name, one in readable.items() if (one.path, one.definition.id) not in wrong}
        _KNOWN[architecture] = known
    return known


_KNOWN: WeakKeyDictionary[Architecture, dict[str, OwnView]] = WeakKeyDictionary()
"""What has been found out of an architecture; it does not change, and every sheet asks again."""


def faults(architecture: Architecture) -> Iterator[Fault]:
    """What is wrong with definitions that no single file shows: names, parameters, subjects, fields."""
    return _faults(architecture, {one.name: one for one in _readable(architecture)})


def _readable(architecture: Architecture) -> Iterator[OwnView]:
    """Every definition that can be read; of two with one id the first."""
    for member in architecture.members:
        agency = member.manifest.agency
        seen: set[str] = set()
        for file in member.files:
            for id, raw in file.views.items():
                definition, problems = read_definition(id, raw)
                if definition is not None and not problems and id.casefold() not in seen:
                    seen.add(id.casefold())
                    name = id if agency == architecture.agency else f"{agency}/{id}"
                    yield OwnView(name, agency, file.path, definition)


# --- what is wrong -------------------------------------------------------------------------------------------


def _faults(architecture: Architecture, known: Mapping[str, OwnView]) -> Iterator[Fault]:
    yield from _taken_ids(architecture)
    for one in known.values():
        judge = _Judge(architecture, one, known)
        yield from judge.parameters()
        yield from judge.subject()
        yield from judge.filters()
        yield from judge.above()


def _taken_ids(architecture: Architecture) -> Iterator[Fault]:
    """Ids of views that are taken by another view, or that begin as those of the built-in views do."""
    for member in architecture.members:
        seen: dict[str, str] = {}
        for file in member.files:
            for id in file.views:
                plain = id.casefold()
                beginnings = (name for name in VIEWPOINTS.values if plain == name or plain.startswith(f"{name}-"))
                other = next(beginnings, seen.get(plain))
                seen.setdefault(plain, id)
                if other is not None:
                    values = {"id": id, "other": ElementName("views", other)}
                    yield linking.VIEW_ID_TAKEN.fault(_place(file.path, id), values)


def _place(path: str, id: str, *keys: str, item: int | None = None) -> Place:
    return Place(path, field="\0".join(("views", id, *keys)), item=item, on_value=bool(keys))


class _Judge:
    """Looks at one definition."""

    def __init__(self, architecture: Architecture, one: OwnView, known: Mapping[str, OwnView]) -> None:
        self.architecture = architecture
        self.one = one
        self.known = known
        self.definition = one.definition
        self.viewpoint = one.viewpoint
        files = next(member.files for member in architecture.members if member.manifest.agency == one.agency)
        self.raw: dict[str, Any] = next(file.views for file in files if file.path == one.path)[self.definition.id]
        self.view = ElementName("views", one.name)
        listed = VIEWPOINTS.indonesian[self.definition.viewpoint]
        self.called = Choices((self.definition.viewpoint,), (listed,))

    def place(self, *keys: str, item: int | None = None) -> Place:
        """Where something stands, by canonical keys."""
        first, *rest = keys or ("viewpoint",)
        written = [spelling_of(self.raw, first), *rest]
        return _place(self.one.path, self.definition.id, *written, item=item)

    def parameters(self) -> Iterator[Fault]:
        """Parameters that the viewpoint does not take, and fields that it cannot go by."""
        takes = self.viewpoint.parameters
        shown = self.definition.where.sections or self.viewpoint.shows
        for name, value in self.definition.parameters.items():
            field = Term("field", name, "views")
            if name not in takes:
                known = tuple(Term("field", one, "views") for one in takes) or Term("noun", english("no parameter"))
                values = {"viewpoint": self.called, "view": self.view, "parameter": field, "known": known}
                yield linking.VIEW_PARAMETER_UNKNOWN.fault(self.place(name), values)
            elif name.endswith("_by"):
                reason = _unfit(name, value, shown)
                if reason:
                    values = {"parameter": field, "view": self.view, "field": value, "reason": Term("noun", reason)}
                    yield linking.VIEW_FIELD_UNFIT.fault(self.place(name), values)

    def subject(self) -> Iterator[Fault]:
        """Subjects that the viewpoint has no pictures of."""
        each, said = self.definition.each, self.definition.about
        is_about = each is not None and each.sections[0] in self.viewpoint.about
        if each is not None and not is_about and each.sections[0] not in _FILTERED_SUBJECTS:
            yield self.unfit("for_each", Term("types", each.sections[0]))
        elif is_about and said:
            yield self.unfit("about", Term("noun", english("two things, this one and those of for_each")))
        elif said:
            yield from self.about(said)
        elif self.viewpoint.needs_subject and not is_about:
            yield self.unfit("viewpoint", Term("noun", english("nothing")))

    def about(self, said: str) -> Iterator[Fault]:
        try:
            subject_of(self.architecture, self.viewpoint, _in_agency(self.architecture, self.one, said))
        except UnknownViewError:
            element = self.architecture.find(_in_agency(self.architecture, self.one, said))
            if element is not None:
                yield self.unfit("about", ElementName(element.section, said))
            elif self.viewpoint.about and not self.architecture.lacks(self.one.agency):
                yield self.unknown("about", said, self.viewpoint.about)
            elif not self.viewpoint.about:
                yield self.unfit("about", said, near_miss(said, self.viewpoint.variants))

    def unfit(self, key: str, subject: Any, suggestion: str | None = None) -> Fault:
        viewpoint = self.viewpoint
        known: Any = Term("types", " ".join(viewpoint.about))
        if viewpoint.variants:
            known = tuple(Term("noun", variant) for variant in viewpoint.variants)
        elif viewpoint.read is not None:
            known = Term("noun", english("two years, as in 2025-2029"))
        elif len(viewpoint.about) > 3:
            known = Term("noun", english("one element"))
        values = {"viewpoint": self.called, "view": self.view, "subject": subject, "known": known}
        near = Suggestion(suggestion) if suggestion else None
        return linking.VIEW_SUBJECT_UNFIT.fault(self.place(key), values, suggestion=near)

    def unknown(self, key: str, said: str, sections: tuple[str, ...], *keys: str, item: int | None = None) -> Fault:
        """A name that leads nowhere."""
        near = near_miss(said, [id for section in sections for id in self.architecture.of(section)])
        values = {"element": self.view, "expected": Term("types", " ".join(sections)), "target": said}
        place = self.place(key, *keys, item=item)
        return linking.UNKNOWN_TARGET.fault(place, values, suggestion=Suggestion(near) if near else None)

    def filters(self) -> Iterator[Fault]:
        """Ids in filters that are none, or of another type."""
        for key, criteria in (("where", self.definition.where), ("for_each", self.definition.each)):
            raw = self.raw.get(spelling_of(self.raw, key))
            if criteria is None or not isinstance(raw, dict):
                continue
            for index, id in enumerate(criteria.units):
                yield from self.target(key, "unit", id, ("units",), index)
            for condition in criteria.conditions:
                for section, (name, values) in condition.values.items():
                    info = type_of(section).fields[name]
                    if info.is_link and section == next(iter(condition.values)):
                        for index, value in enumerate(values):
                            id = value if isinstance(value, str) else value.to
                            yield from self.target(key, condition.field, id, info.targets, index)

    def target(self, key: str, criterion: str, id: str, sections: tuple[str, ...], index: int) -> Iterator[Fault]:
        element = self.architecture.find(_in_agency(self.architecture, self.one, id))
        if self.architecture.lacks(self.one.agency) or (element is not None and element.section in sections):
            return
        raw = self.raw[spelling_of(self.raw, key)]
        item = index if isinstance(raw.get(criterion), list) else None
        if element is None:
            yield self.unknown(key, id, sections, criterion, item=item)
        else:
            expected, actual = Term("a type", " ".join(sections)), Term("a type", element.section)
            values = {"element": self.view, "target": id, "expected": expected, "actual": actual}
            place = self.place(key, criterion, item=item)
            yield linking.WRONG_TARGET_TYPE.fault(place, {**values, "field": criterion})

    def above(self) -> Iterator[Fault]:
        """A view above this one that there is not, or that lies below it."""
        up = self.definition.up
        if not up:
            return
        trail, name = [self.one.name], _own_name(self.architecture, self.one, up)
        while name in self.known and name not in trail:
            trail.append(name)
            name = _own_name(self.architecture, self.known[name], self.known[name].definition.up)
        if name == self.one.name:
            circle = {"element": self.view, "field": Term("field", "up", "views")}
            yield linking.CIRCULAR_LINK.fault(self.place("up"), circle)
        elif len(trail) == 1 and not self._is_request(up):
            near = near_miss(up, (*self.known, *VIEWPOINTS.values))
            values = {"element": self.view, "expected": Term("noun", english("view")), "target": up}
            near_one = Suggestion(near) if near else None
            yield linking.UNKNOWN_TARGET.fault(self.place("up"), values, suggestion=near_one)

    def _is_request(self, up: str) -> bool:
        name, colon, said = up.partition(":")
        if name not in VIEWPOINTS.values:
            return False
        try:
            viewpoint = viewpoint_called(name)
            if colon:
                subject_of(self.architecture, viewpoint, said)
        except UnknownViewError:
            return False
        return bool(colon) or not viewpoint.needs_subject


def _unfit(parameter: str, value: str, sections: tuple[str, ...]) -> str:
    """Why elements of these sections cannot be told apart so; empty if they can."""
    if parameter == "size_by":
        return "" if tells_size(value, sections) else english("no element shown has an amount of this name")
    if tells_apart(value, sections) or (parameter == "colour_by" and tells_size(value, sections)):
        return ""
    return english("no element shown has a field of this name with values to tell it apart by")


def _in_agency(architecture: Architecture, one: OwnView, said: str) -> str:
    """An id as the whole architecture knows it."""
    local = "/" in said or one.agency == architecture.agency
    return said if local or f"{one.agency}/{said}" not in architecture else f"{one.agency}/{said}"


def _own_name(architecture: Architecture, one: OwnView, up: str) -> str:
    """The name of the view above one that the same agency defined."""
    name = up.partition(":")[0]
    return name if not name or one.agency == architecture.agency or "/" in name else f"{one.agency}/{name}"


# --- from definition to view ---------------------------------------------------------------------------------


def made(architecture: Architecture, one: OwnView, said: str, findings: Iterable[Finding], language: str) -> View:
    """The view of a definition.

    Args:
        architecture: What is drawn.
        one: The definition.
        said: The id of the element that this sheet is for, if there is one for each.
        findings: Those that are marked on the elements.
        language: Of the labels.

    Raises:
        UnknownViewError: if it has no sheet of this name.
    """
    definition, viewpoint = one.definition, one.viewpoint
    subject = _subject(architecture, one, said)
    kept = selected(architecture, definition.where, one.agency)
    about = None
    if subject is not None and subject.section in viewpoint.about:
        about = subject
    elif subject is not None:
        own = _carrying(architecture, subject)
        kept = own if kept is None else kept & own
    if about is None and definition.about:
        about = subject_of(architecture, viewpoint, _in_agency(architecture, one, definition.about))
    shown = architecture if kept is None else architecture.within(kept)
    view = viewpoint.make(shown, findings, language, about, **definition.parameters)
    if kept is not None and not viewpoint.of_types:
        view = _pruned(view, {architecture.id_at(ordinal) for ordinal in kept})
    name = one.file_name(architecture, subject.ordinal if subject is not None else None)
    return replace(
        view,
        name=name,
        title=_titled(definition, view, subject, language),
        subtitle=_text(definition.subtitle, language) or view.subtitle,
        notes=(*view.notes, *_text(definition.notes, language, ())),
        layers=_layers(definition),
        up=_door_up(architecture, one, language),
        style=definition.style,
    )


def _layers(definition: Definition) -> tuple[str, ...]:
    """The layers of the types that the filter asks for."""
    return tuple(dict.fromkeys(type_of(section).layer.value for section in definition.where.sections))


def _subject(architecture: Architecture, one: OwnView, said: str) -> Element | None:
    each = one.definition.each
    if each is None:
        if said:
            raise UnknownViewError("view {name!r} is one sheet; write it without an element", name=one.name)
        return None
    ids = {architecture.id_at(ordinal): ordinal for ordinal in one.subjects(architecture)}
    if said not in ids:
        near = near_miss(said, ids) if said else None
        raise UnknownViewError(
            "view {name!r} has no sheet for {id!r}; did you mean {near!r}?"
            if near
            else "view {name!r} has one sheet for each of {count} elements; write the id of one behind a colon",
            name=one.name,
            id=said,
            near=f"{one.name}:{near}",
            count=len(ids),
        )
    return architecture.at_ordinal(ids[said])


def _carrying(architecture: Architecture, subject: Element) -> set[int]:
    """What a sheet for one element shows where the viewpoint itself has no pictures of such an element."""
    from spbe_arch.views.chain import chain_of
    from spbe_arch.views.selecting import belongs_within

    if subject.section == "units":
        belongs = belongs_within(architecture, [subject.ordinal])
        return {ordinal for ordinal in architecture.all_ordinals() if belongs(ordinal)}
    services = [subject.ordinal]
    if subject.section == "themes":
        services = architecture.sources(subject.ordinal, "services", "themes")
    return {ordinal for service in services for ordinal in chain_of(architecture, service)}


def _pruned(view: View, kept: set[str]) -> View:
    """The view without the elements that a link led to although they do not pass the filter."""
    gone = {node.id for node in view.nodes if node.id not in kept and not node.focus}
    if not gone:
        return view
    groups = (replace(group, nodes=tuple(id for id in group.nodes if id not in gone)) for group in view.groups)
    rows, columns = (
        axis and Axis(axis.title, tuple(mark for mark in axis.marks if mark.key not in gone))
        for axis in (view.rows, view.columns)
    )
    return replace(
        view,
        nodes=tuple(node for node in view.nodes if node.id not in gone),
        edges=tuple(edge for edge in view.edges if edge.source not in gone and edge.target not in gone),
        groups=tuple(
            after for before, after in zip(view.groups, groups, strict=True) if after.nodes or not before.nodes
        ),
        rows=rows,
        columns=columns,
        cells=tuple(cell for cell in view.cells if cell.row not in gone and cell.column not in gone),
    )


def _text(texts: Mapping[str, Any], language: str, default: Any = "") -> Any:
    """The text in a language, else the one in all, else the one in the other."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), default)


def _titled(definition: Definition, view: View, subject: Element | None, language: str) -> str:
    title: str = _text(definition.title, language)
    if not title:
        return view.title
    return f"{title}: {subject.name or subject.id}" if subject is not None else title


# --- ways between sheets -------------------------------------------------------------------------------------


def _door_up(architecture: Architecture, one: OwnView, language: str) -> Door | None:
    up = one.definition.up
    if not up:
        return None
    above = own_views(architecture).get(_own_name(architecture, one, up))
    if above is not None:
        title = _text(above.definition.title, language) or above.name
        subject = architecture.find(up.partition(":")[2])
        return Door("", above.file_name(architecture, subject.ordinal if subject is not None else None), title)
    name, _, said = up.partition(":")
    title = viewpoint_called(name).title[language if language in ("id", "en") else "id"]
    element = architecture.find(said) if said else None
    end = f": {called(architecture, element.ordinal)}" if element is not None else ""
    return Door("", built_in_name(name, said), title + end)


def built_in_name(viewpoint: str, said: str) -> str:
    """The stem of the files of a view that is not defined but asked for, as in `layers:dinas`."""
    return f"{viewpoint}-{said}".replace("/", "+") if said else viewpoint


def doors_below(architecture: Architecture, name: str, language: str) -> tuple[Door, ...]:
    """The ways from a view to those whose `up` it is: at the elements that they are about.

    Args:
        architecture: Whose views they are.
        name: The stem of the files of the view above.
        language: Of the titles.
    """
    found = []
    for one in own_views(architecture).values():
        door = _door_up(architecture, one, language)
        if door is None or door.name != name:
            continue
        title = _text(one.definition.title, language) or one.name
        if one.definition.each is not None:
            for subject in one.subjects(architecture):
                below = f"{title}: {called(architecture, subject)}"
                found.append(Door(architecture.id_at(subject), one.file_name(architecture, subject), below))
        elif one.definition.about in architecture:
            found.append(Door(one.definition.about, one.file_name(architecture), title))
    return tuple(found)


def requests(architecture: Architecture) -> list[str]:
    """What to ask for to get all views that agencies define, and those above them."""
    found: dict[str, None] = {}
    above: dict[str, None] = {}
    for one in own_views(architecture).values():
        found.update(dict.fromkeys(one.requests(architecture)))
        up = one.definition.up
        if up and _own_name(architecture, one, up) not in own_views(architecture):
            above[up] = None
    return [*above, *found]
