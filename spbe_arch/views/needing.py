"""What can be drawn of an architecture, and which blank fields make it poorer."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.definitions import VIEWPOINTS
from spbe_arch.errors import UnknownViewError
from spbe_arch.metamodel import type_of
from spbe_arch.views import make_view, viewpoints
from spbe_arch.views.defined import own_views
from spbe_arch.views.selecting import selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.metamodel import FieldInfo, Inverse
    from spbe_arch.views import Reads, Viewpoint
    from spbe_arch.views.defined import OwnView

__all__ = ["Blank", "Drawable", "Need", "drawables", "needs"]


class Blank(NamedTuple):
    """A field, or several of which one is enough, that some elements of a view lack."""

    section: str
    fields: tuple[str, ...]
    """Canonical names of fields or of other ends of links."""
    ordinals: tuple[int, ...]
    """The numbers of the elements that lack it."""
    of: int
    """How many elements of the section the view shows."""


class Drawable(NamedTuple):
    """A view that can be drawn, or as many as there are subjects."""

    viewpoint: Viewpoint
    request: str
    """What to ask for; before the colon only, if there is one for each subject."""
    name: str
    """The stem of its files; of one for each subject how they begin."""
    title: str
    own: bool
    """Whether an agency defined it."""
    subjects: int | None
    """How many elements there can be such a view about; None if it is one."""
    about: tuple[str, ...]
    """The sections of the subjects."""
    counts: Mapping[str, int]
    """How many elements it shows, by section, or looks through for that; empty if that depends on the subject."""
    links: int
    blanks: tuple[Blank, ...]

    @property
    def elements(self) -> int:
        """How many elements it shows."""
        return sum(self.counts.values())


def drawables(architecture: Architecture, language: str) -> list[Drawable]:
    """Everything that can be drawn: views about the whole, one for each kind of subject, those that agencies define."""
    lookup = _Lookup(architecture, language)
    known = viewpoints()
    found: list[Drawable] = []
    for name in VIEWPOINTS.values:
        if name in known:
            found += lookup.built_in(known[name])
    return [*found, *(lookup.own(one) for one in own_views(architecture).values())]


class _Lookup:
    """Looks at one view after another; what is blank is found once for all of them."""

    def __init__(self, architecture: Architecture, language: str) -> None:
        self.architecture = architecture
        self.language = language
        self._blank: dict[tuple[str, str], frozenset[int]] = {}

    def built_in(self, viewpoint: Viewpoint) -> Iterator[Drawable]:
        """The views of one viewpoint: about the whole or each variant, then for each subject."""
        title = viewpoint.title[self._tongue]
        shown = {section: self.architecture.ordinals(section) for section in viewpoint.shows}
        wholes = [f"{viewpoint.name}:{one}" for one in viewpoint.variants]
        if viewpoint.compares:
            yield self._looked_through(viewpoint, viewpoint.name, viewpoint.name, title, shown)
        elif not viewpoint.needs_subject:
            wholes.append(viewpoint.name)
        for request in wholes:
            try:
                yield self._made(viewpoint, request)
            except UnknownViewError:  # as of a change where the manifest names no period
                continue
        subjects = sum(len(self.architecture.ordinals(section)) for section in viewpoint.about)
        if subjects:
            poorer = shown if viewpoint.needs_subject else {}
            yield self._of_each(viewpoint, viewpoint.name, title, viewpoint.about, subjects, poorer)

    def own(self, one: OwnView) -> Drawable:
        """The view, or the views, of a definition."""
        each = one.definition.each
        if each is None and not one.viewpoint.compares:
            return self._made(one.viewpoint, one.name, one)
        kept = selected(self.architecture, one.definition.where, one.agency)
        shown = {
            section: [o for o in self.architecture.ordinals(section) if kept is None or o in kept]
            for section in one.viewpoint.shows
        }
        texts = one.definition.title
        title = texts.get(self.language) or next(iter(texts.values()), one.name)
        if each is None:
            name = one.file_name(self.architecture)
            return self._looked_through(one.viewpoint, one.name, name, title, shown, own=True)
        count = len(one.subjects(self.architecture))
        return self._of_each(one.viewpoint, one.name, title, each.sections, count, shown, own=True)

    @property
    def _tongue(self) -> str:
        return "en" if self.language == "en" else "id"

    def _made(self, viewpoint: Viewpoint, request: str, own: OwnView | None = None) -> Drawable:
        view = make_view(self.architecture, request, (), self.language)
        shown: dict[str, list[int]] = defaultdict(list)
        for node in view.nodes:
            ordinal = self.architecture.ordinal_of(node.id)
            if ordinal is not None:
                shown[node.section].append(ordinal)
        counts = dict(Counter(node.section for node in view.nodes))
        if viewpoint.of_types:  # it shows types, of which the elements are counted
            kept = selected(self.architecture, own.definition.where, own.agency) if own else None
            counts = (
                {section: found for section in counts if (found := len(self.architecture.ordinals(section)))}
                if kept is None
                else dict(Counter(map(self.architecture.section_at, kept)))
            )
        blanks = self._blanks(viewpoint.reads_of(own.definition.about if own else request.partition(":")[2]), shown)
        links = len(view.edges)
        return Drawable(viewpoint, request, view.name, view.title, bool(own), None, (), counts, links, blanks)

    def _looked_through(
        self,
        viewpoint: Viewpoint,
        request: str,
        name: str,
        title: str,
        shown: Mapping[str, Sequence[int]],
        *,
        own: bool = False,
    ) -> Drawable:
        """A view that shows some of these elements; which ones, is for whoever draws it to find out."""
        counts = {section: len(ordinals) for section, ordinals in shown.items() if ordinals}
        blanks = self._blanks(viewpoint.reads_of(""), shown)
        return Drawable(viewpoint, request, name, title, own, None, (), counts, 0, blanks)

    def _of_each(
        self,
        viewpoint: Viewpoint,
        name: str,
        title: str,
        about: tuple[str, ...],
        subjects: int,
        shown: Mapping[str, Sequence[int]],
        *,
        own: bool = False,
    ) -> Drawable:
        variant = viewpoint.variants[0] if callable(viewpoint.reads) and viewpoint.variants else ""
        blanks = self._blanks(viewpoint.reads_of(variant), shown)
        return Drawable(viewpoint, name, name, title, own, subjects, about, {}, 0, blanks)

    def _blanks(self, reads: Reads, shown: Mapping[str, Iterable[int]]) -> tuple[Blank, ...]:
        found = []
        for section, fields in reads.items():
            here = set(shown.get(section, ()))
            for spec in fields if here else ():
                lacking = self.blank(section, spec) & here
                if lacking:
                    found.append(Blank(section, tuple(spec.split("|")), tuple(sorted(lacking)), len(here)))
        return tuple(sorted(found, key=lambda one: (-len(one.ordinals), one.section, one.fields)))

    def blank(self, section: str, spec: str) -> frozenset[int]:
        """The elements of a section that lack a field, or all of several of which one is enough."""
        if (section, spec) not in self._blank:
            info = type_of(section)
            ends: list[FieldInfo | Inverse[Any]] = [
                info.fields[name] if name in info.fields else info.inverses[name]
                for name in spec.split("|")
                if name in info.fields or name in info.inverses
            ]
            ordinals = self.architecture.ordinals(section)
            self._blank[section, spec] = frozenset(o for o in ordinals if not any(self._filled(o, end) for end in ends))
        return self._blank[section, spec]

    def _filled(self, ordinal: int, end: FieldInfo | Inverse[Any]) -> bool:
        """Whether something is written, or may be written where it could not be read."""
        architecture = self.architecture
        kind = getattr(end, "kind", None)
        if kind is None:
            pairs = ((section, field) for section in end.sections for field in end.fields)  # type: ignore[union-attr]
            return any(architecture.sources(ordinal, *pair) for pair in pairs)
        row = architecture.row_at(ordinal)
        if row.unknown and (end.name in row.unknown or "*" in row.unknown or "?" in row.unknown):
            return True
        value = row.get(end.name)
        if value is not None and value != ():
            return True
        return end.name == "secured_by" and bool(architecture.both_ends(ordinal, end.name))


# --- who has to fill in what ---------------------------------------------------------------------------------


class Need(NamedTuple):
    """A field that an office has left blank at some elements, and the views that are poorer for it."""

    office: int | None
    """The number of the unit at the top; None for elements that belong to no unit."""
    section: str
    fields: tuple[str, ...]
    ordinals: tuple[int, ...]
    """The numbers of the elements."""
    views: tuple[str, ...]
    """What to ask for to get the views."""
    effect: int
    """How often an element stands poorer in a view."""


def needs(architecture: Architecture, language: str) -> list[Need]:
    """What offices have left blank, the office and the field with the largest effect first."""
    lacking: dict[tuple[int | None, str, tuple[str, ...]], dict[int, None]] = defaultdict(dict)
    effects: Counter[tuple[int | None, str, tuple[str, ...]]] = Counter()
    views: dict[tuple[int | None, str, tuple[str, ...]], dict[str, None]] = defaultdict(dict)
    offices: dict[int, int | None] = {}
    for one in drawables(architecture, language):
        request = one.request if one.subjects is None else f"{one.request}:…"
        for blank in one.blanks:
            for ordinal in blank.ordinals:
                if ordinal not in offices:
                    offices[ordinal] = _office(architecture, ordinal)
                key = offices[ordinal], blank.section, blank.fields
                lacking[key][ordinal] = None
                views[key][request] = None
                effects[key] += 1
    by_office: Counter[int | None] = Counter()
    for key, effect in effects.items():
        by_office[key[0]] += effect

    def place(key: tuple[int | None, str, tuple[str, ...]]) -> tuple[object, ...]:
        office, section, fields = key
        return office is None, -by_office[office], office or 0, -effects[key], section, fields

    return [
        Need(*key, tuple(sorted(lacking[key])), tuple(views[key]), effects[key]) for key in sorted(effects, key=place)
    ]


def _office(architecture: Architecture, ordinal: int) -> int | None:
    holder = ordinal if architecture.section_at(ordinal) == "units" else architecture.unit_at(ordinal)
    return architecture.units_above(holder)[-1] if holder is not None else None
