"""The typed graph of an architecture, and the questions it answers; the only place that knows networkx."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from spbe_arch import questions
from spbe_arch.dependence import Dependence, Stretch
from spbe_arch.errors import UnknownElementError
from spbe_arch.findings import english
from spbe_arch.metamodel import Layer, Links, Undecided, near_miss, type_of, types
from spbe_arch.metamodel.declaring import ElementBase
from spbe_arch.metamodel.lists import value_list
from spbe_arch.metamodel.references import OwnCode, ReferenceTable, table
from spbe_arch.paths import UNIT, sections_called, type_near
from spbe_arch.records import FileResult, Notes, Row, Shape, notes_of, shape
from spbe_arch.replacing import OF_ELEMENTS, replaced
from spbe_arch.showing import show

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Sequence

    import networkx

    from spbe_arch.findings import Finding, Place
    from spbe_arch.likeness import Ties
    from spbe_arch.manifest import Manifest
    from spbe_arch.metamodel import (
        Agency,
        Allowance,
        Application,
        Audit,
        Awareness,
        Cloud,
        Data,
        Database,
        Document,
        Element,
        Evaluation,
        Exchange,
        Facility,
        Gap,
        Improvement,
        Incident,
        Indicator,
        Initiative,
        IntegrationPlatform,
        Intranet,
        Inverse,
        NetworkDevice,
        Objective,
        OperatingSystem,
        Peripheral,
        Policy,
        Process,
        SecurityDevice,
        Server,
        Service,
        Standard,
        Storage,
        Theme,
        Unit,
        Utility,
        VulnerabilityAssessment,
        Worthiness,
    )
    from spbe_arch.metamodel.values import Target
    from spbe_arch.own import Entry
    from spbe_arch.own_tables import OwnTables
    from spbe_arch.questions import Effect, Step
    from spbe_arch.renumbering import Renumbering

__all__ = [
    "BOTH_ENDS",
    "FOR_THE_PACKAGE",
    "SOURCE_SECTIONS",
    "Architecture",
    "Elements",
    "Link",
    "Member",
    "Part",
    "Unresolved",
    "folder_above",
]

T = TypeVar("T", bound=ElementBase)

# fmt: off
FOR_THE_PACKAGE = frozenset((
    "above", "agency_at", "agency_of_path", "all_ordinals", "all_rows", "as_if_whole", "at_ordinal", "at_place",
    "both_ends", "called", "chosen", "day", "dependence", "dependents", "duplicates", "ends_at", "existing",
    "exists_at", "facts", "file_at", "follow", "following", "holders", "id_at", "ids_at", "inverse", "is_cached",
    "is_dropped", "is_external", "is_incomplete", "justifications", "lacks", "leading_from", "leading_to", "let_go",
    "life_of", "link_count", "links_of", "may_lack_rules", "member_manifest", "naming", "neighbours", "notes",
    "number_count", "number_of", "office_at", "ordinal_of", "ordinals", "ordinals_at", "ordinals_of", "own_entries",
    "own_rules", "pairs", "parts", "relation_names", "requirements", "row_at", "rows", "section_at", "sources",
    "strangers", "stretches", "strict", "tables", "taken_aliases", "target_of", "targets", "ties", "undecided",
    "unit_at", "units_above", "unjudged", "unresolved", "with_files", "with_findings", "with_texts", "within",
))
# fmt: on
"""Attributes of an architecture for rules and views, which work on numbers; no notebook proposes them."""


class Link(NamedTuple):
    """A typed link, with its origin."""

    source: str
    """The global id of the element that carries it."""
    target: str
    """The global id of the element it points to."""
    field: str
    relationship: str
    """The ArchiMate relationship."""
    outward: bool
    """Whether the relationship runs from source to target, as the link does."""
    note: str | None = None


_LINK: Callable[[tuple[Any, ...]], Link] = partial(tuple.__new__, Link)
"""What `Link._make` does, for a tuple that is known to have as many items."""


class Unresolved(NamedTuple):
    """A link that leads nowhere."""

    source: int
    """The ordinal of the element that carries it."""
    field: str
    item: int
    text: str
    reason: str
    """unknown, type, agency, spelling (it was followed), or lost: it may have stood in what could not be read."""
    inside: str = ""
    """The link field whose mapping names it as its source; empty for what the field itself names."""


class Member(NamedTuple):
    """One agency of an architecture: its manifest and what its files say."""

    manifest: Manifest
    files: tuple[FileResult, ...]
    """In the order of their paths."""

    def __repr__(self) -> str:
        return f"<Member {self.manifest.agency}: {len(self.files)} files>"


_NO_LINKS: tuple[array[int], array[int]] = (array("i"), array("i"))


class Relation:
    """All links of one field of one type, as pairs of ordinals."""

    __slots__ = ("_by_source", "_by_target", "broken", "sources", "targets")

    def __init__(self) -> None:
        self.sources = array("i")
        """In order."""
        self.targets = array("i")
        self.broken: set[str] = set()
        """The agencies of which some link of it could not be read or leads nowhere."""
        self._by_source: dict[int, list[int]] | None = None
        self._by_target: dict[int, list[int]] | None = None

    def with_broken(self, agencies: set[str]) -> Relation:
        """The same links, where those of some agencies are not all known."""
        twin = Relation()
        twin.sources, twin.targets, twin.broken = self.sources, self.targets, agencies
        twin._by_source, twin._by_target = self._by_source, self._by_target
        return twin

    def renumbered(self, numbers: Renumbering) -> Relation:
        """The same links, where elements have other numbers; those that have lost theirs are at no end of a link."""
        twin = Relation()
        twin.sources, twin.targets = numbers.of(self.sources), numbers.of(self.targets)
        twin.broken = self.broken
        return twin

    def without(self, stretches: Iterable[range]) -> Relation:
        """The same but for the links that some stretches of elements carry."""
        cuts = [(bisect_left(self.sources, one.start), bisect_left(self.sources, one.stop)) for one in stretches]
        cuts = [(start, stop) for start, stop in cuts if start < stop]
        return self._spliced([(start, stop, _NO_LINKS) for start, stop in cuts])

    def joined(self, other: Relation) -> Relation:
        """These links and those of another, which begin at other elements."""
        splices = []
        start = 0
        while start < len(other.sources):
            at = bisect_left(self.sources, other.sources[start])
            behind = self.sources[at] if at < len(self.sources) else None
            stop = len(other.sources) if behind is None else bisect_left(other.sources, behind)
            splices.append((at, at, (other.sources[start:stop], other.targets[start:stop])))
            start = stop
        return self._spliced(splices)

    def _spliced(self, splices: list[tuple[int, int, tuple[array[int], array[int]]]]) -> Relation:
        """The links with other ones in place of some stretches of them, which are given in order."""
        if not splices:
            return self
        twin = Relation()
        twin.sources, twin.targets, twin.broken = self.sources[:], self.targets[:], self.broken
        removed: set[int] = set()
        added: dict[int, list[int]] = defaultdict(list)
        touched: set[int] = set()
        for start, stop, (sources, targets) in reversed(splices):
            removed.update(self.sources[start:stop])
            touched.update(self.targets[start:stop], targets)
            for source, target in zip(sources, targets, strict=True):
                added[target].append(source)
            twin.sources[start:stop] = sources
            twin.targets[start:stop] = targets
        if self._by_target is not None:
            twin._by_target = dict(self._by_target)
            for target in touched:
                kept = [source for source in self.of(target) if source not in removed]
                twin._by_target[target] = sorted(kept + added[target])
        return twin

    def at(self, source: int) -> list[int]:
        """The ordinals of the elements that the source points to, in order."""
        if self._by_source is None:
            self._by_source = _grouped(self.sources, self.targets)
        return self._by_source.get(source, [])

    def of(self, target: int) -> list[int]:
        """The ordinals of the elements that point to the target, in order."""
        if self._by_target is None:
            self._by_target = _grouped(self.targets, self.sources)
        return self._by_target.get(target, [])


def _grouped(ends: array[int], others: array[int]) -> dict[int, list[int]]:
    """For each of some ends of links, the other ones."""
    index: dict[int, list[int]] = defaultdict(list)
    for end, other in zip(ends, others, strict=True):
        index[end].append(other)
    return dict(index)


class Elements(Mapping[str, T], Generic[T]):
    """The elements of some types by id, in the order of files and lines.

    Ids of the architecture's own agency are local; those of members have the agency before them.
    """

    def __init__(self, architecture: Architecture, ordinals: list[int], whole: frozenset[str] = frozenset()) -> None:
        self._architecture = architecture
        self._ordinals = ordinals
        self._whole = whole

    @property
    def architecture(self) -> Architecture:
        """The architecture that they are elements of."""
        return self._architecture

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return dict(zip(self._architecture.ids_at(self._ordinals), self._ordinals, strict=True))

    def _ordinal(self, id: str) -> int | None:
        """The number of the element of an id; of whole sections nobody has to look through the elements for it."""
        if self._whole:
            ordinal = self._architecture.number_of(id)
            if ordinal is not None and self._architecture.section_at(ordinal) in self._whole:
                return ordinal
            return None
        ordinal = self._by_id.get(id)
        return self._by_id.get(id.removeprefix(f"{self._architecture.agency}/")) if ordinal is None else ordinal

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._ordinal(id) is not None

    def __getitem__(self, id: str) -> T:
        ordinal = self._ordinal(id)
        if ordinal is None:
            elsewhere = self._architecture.number_of(id)
            if elsewhere is not None:
                path = self._architecture.file_at(elsewhere).path
                raise UnknownElementError("{id!r}, which stands in {path}, is none of these", id=id, path=path)
            near = near_miss(id, self._by_id)
            raise UnknownElementError(
                "there is no element {id!r} here; did you mean {near!r}?"
                if near
                else "there is no element {id!r} here",
                id=id,
                near=near,
            )
        return self._architecture.at_ordinal(ordinal)  # type: ignore[return-value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._ordinals)

    def where(
        self,
        *,
        status: str | None = None,
        unit: str | None = None,
        reference: str | None = None,
        tag: str | None = None,
        year: int | None = None,
    ) -> Elements[T]:
        """Those for which all that is given holds, in the same order.

        Args:
            status: as_is, upgrade, new or retired.
            unit: The id of the unit that they belong to; units below it count.
            reference: A reference code; codes below it count.
            tag: One of their tags.
            year: A year in which they exist.

        Raises:
            UnknownElementError: if there is no such unit or status.

        >>> from spbe_arch import load
        >>> list(load("models/kab-bekasi").applications.where(unit="dinkes", reference="RAA.02"))
        ['antrean-puskesmas', 'antrean-rsud', 'sim-puskesmas', 'simrs']
        """
        architecture, some = self._architecture, self._ordinals
        rows, holders = architecture.rows, architecture.holders
        if status is not None:
            if status not in _STATUSES:
                raise _unknown_word("value", status, near_miss(status, _STATUSES))
            some = [one for one in some if (rows[one].get("status") or "as_is") == status]
        if unit is not None:
            units = questions.below(architecture, architecture[unit].ordinal, "parent")
            some = [one for one in some if holders[one] in units]
        if reference is not None:
            begins = f"{reference}."
            some = [one for one in some if f"{rows[one].get('reference')}.".startswith(begins)]
        if tag is not None:
            some = [one for one in some if tag in (rows[one].get("tags") or ())]
        if year is not None:
            some = architecture.existing(some, year)
        return Elements(architecture, some)

    def __repr__(self) -> str:
        return f"<{len(self)} elements>"

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the first elements."""
        return str(show("elements_as_html", self))


class Part:
    """What one agency has of an architecture."""

    def __init__(self, architecture: Architecture, manifest: Manifest) -> None:
        self.architecture = architecture
        self.manifest = manifest

    @property
    def agency(self) -> str:
        """The id of the agency."""
        return self.manifest.agency

    @property
    def is_incomplete(self) -> bool:
        """Whether elements or links of it are missing."""
        return self.architecture.is_incomplete(self.agency)

    def of(self, *sections: str) -> Elements[Any]:
        """The elements of some sections, by id."""
        numbers = [ordinal for section in sections for ordinal in self.architecture.ordinals_of(self.agency, section)]
        return Elements(self.architecture, numbers)

    @property
    def sections(self) -> set[str]:
        """The sections of which it has elements, besides the agency itself that the manifest stands for."""
        held = {section for section in types() if self.architecture.ordinals_of(self.agency, section)}
        others = self.architecture.ordinals_of(self.agency, "agencies")
        return held if len(others) > 1 else held - {"agencies"}

    def __repr__(self) -> str:
        return f"<Part {self.agency}>"


class Architecture:
    """The architecture of an agency, or of several, as a typed graph.

    One that has errors still loads: it holds what could be read, and `findings` says what could not.
    """

    if TYPE_CHECKING:  # the collections by section; a test compares this list with the declared types
        processes: Elements[Process]
        services: Elements[Service]
        data: Elements[Data]
        applications: Elements[Application]
        exchanges: Elements[Exchange]
        facilities: Elements[Facility]
        clouds: Elements[Cloud]
        servers: Elements[Server]
        storages: Elements[Storage]
        network_devices: Elements[NetworkDevice]
        security_devices: Elements[SecurityDevice]
        peripherals: Elements[Peripheral]
        operating_systems: Elements[OperatingSystem]
        databases: Elements[Database]
        utilities: Elements[Utility]
        integration_platforms: Elements[IntegrationPlatform]
        intranets: Elements[Intranet]
        standards: Elements[Standard]
        awareness: Elements[Awareness]
        vulnerability_assessments: Elements[VulnerabilityAssessment]
        improvements: Elements[Improvement]
        incidents: Elements[Incident]
        audits: Elements[Audit]
        worthiness: Elements[Worthiness]
        agencies: Elements[Agency]
        units: Elements[Unit]
        objectives: Elements[Objective]
        indicators: Elements[Indicator]
        policies: Elements[Policy]
        themes: Elements[Theme]
        gaps: Elements[Gap]
        initiatives: Elements[Initiative]
        documents: Elements[Document]
        evaluations: Elements[Evaluation]

    day: datetime.date
    """The day that rules about time go by; only what `facts` returns has one."""
    ties: Ties | None = None
    """What the running rule found alike in its group the last time, if that is kept; it only saves work."""

    def __init__(self, members: Iterable[Member], findings: tuple[Finding, ...] = ()) -> None:
        self.members: tuple[Member, ...] = tuple(members)
        """The agency itself first, then the members of its manifest."""
        self.findings = findings
        """What reading and linking found (families 0 and 1)."""
        self.texts: Mapping[str, str | bytes] = {}
        """The texts it was read from, by path."""
        self.unjudged: Counter[tuple[str, str]] = Counter()
        """How many links and codes could not be judged, since what they name may stand in what could not be read.

        By the code of the rule and the path of the file that they stand in.
        """
        self._plans: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[list[Relation], frozenset[str]]] = {}
        """Which links lead to a section by which fields, once it has been asked for."""
        self._offices: dict[int, int] = {}
        """The offices of units, once they have been asked for."""
        self._handed: dict[int, ElementBase] = {}
        """Elements that were handed out lately, by number; the same few units are asked for again and again."""
        self.strict = False
        """Whether broken facts raise `Undecided` instead of reading as blank; for rules."""
        self.tables: OwnTables | None = None
        self.manifest = self.members[0].manifest
        self._own = self.manifest.agency
        self._rows: list[Row] = []
        self._file_at: list[FileResult] = []
        self._agency_at: list[str] = []
        self._by_id: dict[str, dict[str, int]] = {}
        self.duplicates: list[tuple[int, int]] = []
        """Ordinals of elements whose id is taken, with those of the elements that took it."""
        self.taken_aliases: list[tuple[int, int, int]] = []
        """Elements with the items of their `aliases` that others answer to, and those others."""
        self._dropped: set[int] = set()
        self._contested: dict[int, set[str]] = defaultdict(set)
        """Elements whose id others have too, with the sections of those; what is blank at one may stand at another."""
        self._notes: dict[str, Notes] = {}
        """What is noted of files by path, once it has been asked for."""
        for member in self.members:
            self._add(member)
        self._resolve()

    # --- how it is built ---------------------------------------------------------------------------------

    def _add(self, member: Member) -> None:
        agency = member.manifest.agency
        ids = self._by_id.setdefault(agency, {})
        aliases: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._append(_manifest_file(member.manifest), agency, ids, aliases)
        for file in member.files:
            self._append(file, agency, ids, aliases)
        for alias, places in aliases.items():
            places.sort(key=lambda place: self._rows[place[0]].id)
            holder = ids.setdefault(alias, places[0][0])
            self.taken_aliases += ((ordinal, item, holder) for ordinal, item in places if ordinal != holder)

    def _append(
        self, file: FileResult, agency: str, ids: dict[str, int], aliases: dict[str, list[tuple[int, int]]]
    ) -> None:
        ordinal = len(self._rows)
        for row in file.rows:
            first = ids.setdefault(row.id, ordinal)
            if first != ordinal:
                self.duplicates.append((ordinal, first))
                self._dropped.add(ordinal)
                self._contested[first].add(row.shape.type.section)
            if "aliases" in row.shape.positions:
                for item, alias in enumerate(row.get("aliases")):
                    aliases[alias].append((ordinal, item))
            ordinal += 1
        self._rows += file.rows
        self._file_at += [file] * len(file.rows)
        self._agency_at += [agency] * len(file.rows)

    def _resolve(self) -> None:
        """Follow every link once."""
        self._count = len(self._rows)
        """How many elements there are; behind them stand those of agencies that are not loaded."""
        self._relations: defaultdict[tuple[str, str], Relation] = defaultdict(Relation)
        self.unresolved: list[Unresolved] = []
        self.named_strangers: set[str] = set()
        """Files without a known section that hold, in spite of it, what a link names."""
        self._aside: dict[tuple[str, str], int] = {}
        """Targets that are no id: spellings of units by agency and text, elements not loaded by sections and text."""
        self._outside: dict[str, dict[tuple[str, str], None]] = {}
        """The keys of elements not loaded that each file names, by its path, in the order in which they are named."""
        self._across: dict[str, set[tuple[str, str]]] = {}
        """The agencies that each file names elements of, each before the file's own; by its path."""
        self._names_of_units: dict[str, dict[str, int]] = {}
        self._doubtful = [ordinal for ordinal, row in enumerate(self._rows) if row.unknown]
        """Elements of which something could not be read."""
        self._survey()
        self._follow(range(self._count))
        self._sum_up()

    def _survey(self) -> None:
        """What the files say as wholes."""
        self._lacking = {
            member.manifest.agency
            for member in self.members
            if _may_lack(member.manifest) or any(map(_may_lack, member.files))
        }
        self._strange = {
            (member.manifest.agency, id): file.path
            for member in self.members
            for file in member.files
            if file.strange
            for id in file.strange
        }

    def _sum_up(self) -> None:
        """What follows from the links of all files."""
        self._incomplete = self._lacking | {self._agency_at[ordinal] for ordinal, _ in self.duplicates}
        """Agencies of which elements or links are missing: they could not be read, or their id was taken."""
        self._incomplete.update(map(self.agency_of_path, self.named_strangers))
        self._named_by: dict[str, set[str]] = {agency: {agency} for agency in self._by_id}
        """Agencies, each with those that name, or may name, an element of it: itself first of all."""
        for member in self.members:  # what could not be read may be such a name
            for file in member.files:
                if file.mentions:
                    for agency in file.mentions.intersection(self._by_id):
                        self._named_by[agency].add(member.manifest.agency)
        for agency, by in {pair for pairs in self._across.values() for pair in pairs}:
            self._named_by[agency].add(by)
        for key, agencies in self._broken_links().items():
            if self._relations[key].broken != agencies:
                self._relations[key] = self._relations[key].with_broken(agencies)

    def _broken_links(self) -> dict[tuple[str, str], set[str]]:
        """The agencies of which some links of a section and field could not be read, or lead nowhere."""
        broken: dict[tuple[str, str], set[str]] = {key: set() for key in self._relations}
        for one in self.unresolved:
            if one.reason != "spelling" and one.field != "source" and not one.inside:
                broken.setdefault((self.section_at(one.source), one.field), set()).add(self._agency_at[one.source])
        for ordinal in self._doubtful:
            if ordinal not in self._dropped:
                for name in _link_fields_unknown(self._rows[ordinal]):
                    broken.setdefault((self.section_at(ordinal), name), set()).add(self._agency_at[ordinal])
        return broken

    def _follow(self, ordinals: Iterable[int]) -> None:
        """Follow the links of some elements."""
        rows, dropped, count = self._rows, self._dropped, self._count
        sections = _Sections(rows)
        plans = _LinksOfShapes(self._relations)
        ids: dict[str, int] = {}
        agency = ""
        for ordinal in ordinals:
            row = rows[ordinal]
            if ordinal in dropped:
                continue
            if self._agency_at[ordinal] != agency:
                agency = self._agency_at[ordinal]
                ids = self._by_id[agency]
            plan = plans[row.shape]
            for position, name, add_source, add_target, allowed in plan.links:
                value = row.values[position]
                index = -1
                for item in value if type(value) is tuple else (value,):
                    index += 1
                    text = item if type(item) is str else self._far_end(ordinal, name, index, item, ids)
                    target = ids.get(text)
                    if target is None:
                        target = self._foreign(ordinal, name, index, text)
                        if target is None:
                            continue
                    if target < count and sections[target] not in allowed:
                        reason = self._mismatch(target, allowed)
                        self.unresolved.append(Unresolved(ordinal, name, index, text, reason))
                        continue
                    add_source(ordinal)
                    add_target(target)
            if plan.source is not None:
                for index, one in enumerate(row.values[plan.source]):
                    if one.document is not None:
                        self._resolve_source(ordinal, index, one.document, ids)

    def _far_end(self, ordinal: int, name: str, index: int, link: Target, ids: Mapping[str, int]) -> str:
        """What a link that says more than where it leads leads to; its own sources are followed."""
        for one in link.source:
            if one.document is not None:
                self._resolve_source(ordinal, index, one.document, ids, name)
        return link.to

    def _resolve_source(
        self, ordinal: int, index: int, document: str, ids: Mapping[str, int], inside: str = ""
    ) -> None:
        """A document that an element, or a link of it, names as its source; the number is that of the item."""
        target = ids.get(document)
        if target is None:
            target = self._foreign(ordinal, "source", index, document, inside)
        if target is not None and self._rows[target].shape.type.section not in SOURCE_SECTIONS:
            reason = self._mismatch(target, SOURCE_SECTIONS)
            self.unresolved.append(Unresolved(ordinal, "source", index, document, reason, inside))
            target = None
        if target is not None:
            relation = self._relations[self._rows[ordinal].shape.type.section, "source"]
            relation.sources.append(ordinal)
            relation.targets.append(target)

    def _foreign(self, ordinal: int, name: str, index: int, text: str, inside: str = "") -> int | None:
        """The target of a link that is no id of the element's own agency; None if there is none to be followed."""
        agency, slash, local = text.partition("/")
        if slash and agency in self._by_id:
            naming = (agency, self._agency_at[ordinal])
            self._across.setdefault(self._file_at[ordinal].path, set()).add(naming)
            target = self._by_id[agency].get(local)
            if target is not None:
                return target
            self.unresolved.append(Unresolved(ordinal, name, index, text, self._reason(agency, local), inside))
        elif slash and self._is_external(ordinal, agency):
            return self._external(ordinal, name, text)
        elif slash:
            reason = "lost" if any(_may_lack(member.manifest) for member in self.members) else "agency"
            self.unresolved.append(Unresolved(ordinal, name, index, text, reason, inside))
        else:
            spelled = self.called(self._agency_at[ordinal], text) if name != "source" else None
            reason = self._reason(self._agency_at[ordinal], text) if spelled is None else "spelling"
            self.unresolved.append(Unresolved(ordinal, name, index, text, reason, inside))
            return spelled
        return None

    def _mismatch(self, target: int, allowed: Collection[str]) -> str:
        """Why a target of another type is no target: most likely one that lost its id to it is meant."""
        return "type" if self._contested.get(target, set()).isdisjoint(allowed) else "lost"

    def _external(self, ordinal: int, name: str, text: str) -> int:
        """An element of an agency that is known and not loaded: it stands for itself, with nothing but its id."""
        link = self._rows[ordinal].shape.type.links.get(name)
        targets = link.targets if link else SOURCE_SECTIONS
        key = (" ".join(targets), text)  # nobody says of which type it is, so each kind of link finds its own
        self._outside.setdefault(self._file_at[ordinal].path, {})[key] = None
        if key not in self._aside:
            agency, _, local = text.partition("/")
            self._aside[key] = len(self._rows)
            self._rows.append(Row(local, shape(targets[0], ()), ()))
            self._file_at.append(FileResult(""))
            self._agency_at.append(agency)
        return self._aside[key]

    def called(self, agency: str, text: str) -> int | None:
        """The number of the unit that has this name, short name or spelling (rule A10)."""
        if agency not in self._names_of_units:
            names: dict[str, int] = {}
            for ordinal in self._units_of(agency):
                row = self._rows[ordinal]
                for name in (row.get("name"), row.get("short_name"), *(row.get("spellings") or ())):
                    if name:
                        names.setdefault(_plainest(name), ordinal)
            self._names_of_units[agency] = names
        found = self._names_of_units[agency].get(_plainest(text))
        if found is not None:
            self._aside[agency, text] = found
        return found

    def _units_of(self, agency: str) -> list[int]:
        """The numbers of the units of an agency in the order of their ids, so that the order of files means nothing."""
        rows = self._rows
        units = (o for o in range(self._count) if rows[o].shape.type.section == "units")
        return sorted((o for o in units if self._agency_at[o] == agency), key=lambda o: rows[o].id)

    def _is_external(self, ordinal: int, agency: str) -> bool:
        known = self._by_id[self._agency_at[ordinal]].get(agency)
        return known is not None and self._rows[known].shape.type.section == "agencies"

    def _reason(self, agency: str, id: str) -> str:
        if self.lacks(agency):
            return "lost"
        path = self._strange.get((agency, id))
        if path is None:
            return "unknown"
        self.named_strangers.add(path)
        return "lost"

    def lacks(self, agency: str) -> bool:
        """Whether something of an agency could not be read that may hold elements or codes."""
        return agency in self._lacking

    def is_incomplete(self, agency: str) -> bool:
        """Whether elements or links of an agency are missing: they could not be read, or their id was taken."""
        return agency in self._incomplete

    def parts(self) -> Iterator[Part]:
        """What each agency has, the architecture's own first; agencies under one id are one."""
        manifests: dict[str, Manifest] = {}
        for member in self.members:
            manifests.setdefault(member.manifest.agency, member.manifest)
        return (Part(self, manifest) for manifest in manifests.values())

    def may_lack_rules(self, agency: str) -> bool:
        """Whether own rules of an agency may stand in what could not be read."""
        files = (file for one in self.members if one.manifest.agency == agency for file in one.files)
        return any(not file.complete or "" in file.lost or (file.own_rules and not file.finished) for file in files)

    def facts(self, day: datetime.date, tables: OwnTables | None = None) -> Architecture:
        """The same architecture on a day, in which asking for a broken fact raises `Undecided`; for rules.

        Args:
            day: that rules about time go by.
            tables: what the agency has in the place of tables of the package, or besides them.
        """
        twin = object.__new__(Architecture)
        twin.__dict__.update(self.__dict__, _handed={})
        twin.strict = True
        twin.day = day
        twin.tables = tables
        return twin

    def as_if_whole(self) -> Architecture:
        """The architecture that there would be if files without a line break at their end are whole."""
        if all(member.manifest.finished for member in self.members):
            files = (file for member in self.members for file in member.files if not file.finished)
            return self.with_files({file.path: file.as_if_whole() for file in files}).with_texts(self.texts)
        members = (
            Member(replace(one.manifest, finished=True), tuple(file.as_if_whole() for file in one.files))
            for one in self.members
        )
        return Architecture(members).with_texts(self.texts)

    def with_texts(self, texts: Mapping[str, str | bytes]) -> Architecture:
        """The same architecture, knowing the texts it was read from, by path; they show where a finding stands."""
        twin = object.__new__(Architecture)
        twin.__dict__.update(self.__dict__, _handed={})
        twin.texts = texts
        return twin

    def with_findings(self, findings: tuple[Finding, ...], unjudged: Counter[tuple[str, str]]) -> Architecture:
        """The same architecture, carrying these findings and the numbers of facts that were not decided."""
        twin = object.__new__(Architecture)
        twin.__dict__.update(self.__dict__, _handed={})
        twin.findings = findings
        twin.unjudged = unjudged
        return twin

    def within(self, kept: set[int]) -> Architecture:
        """The same architecture as if it held only the elements of some numbers; links still lead to the others."""
        twin = object.__new__(Architecture)
        twin.__dict__.update(self.__dict__, _handed={})
        for name in (*OF_ELEMENTS, "_shares"):
            twin.__dict__.pop(name, None)
        twin._dropped = self._dropped.union(range(self._count)) - kept
        return twin

    @property
    def undecided(self) -> int:
        """How many links and codes could not be judged."""
        return self.unjudged.total()

    def with_files(self, changes: Mapping[str, FileResult | None]) -> Architecture:
        """The architecture with some files changed, added or (None) removed; the others are shared.

        A new file belongs to the agency whose manifest stands nearest above it.
        """
        members = tuple(_changed(self.members, changes))
        return replaced(self, members, changes) or Architecture(members)

    # --- elements ------------------------------------------------------------------------------------------

    @property
    def agency(self) -> str:
        """The id of the agency whose architecture this is."""
        return self.manifest.agency

    def __len__(self) -> int:
        return self._count - len(self._dropped)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Element]:
        """Every element, in the order of files and lines."""
        return (self.at_ordinal(ordinal) for ordinal in self._kept())

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._find(id) is not None

    def __getitem__(self, id: str) -> Element:
        """The element of a local or global id, or of an alias.

        Raises:
            UnknownElementError: if there is none.
        """
        ordinal = self._find(id)
        if ordinal is None:
            near = near_miss(id, self._by_id[self.agency])
            raise UnknownElementError(
                "there is no element {id!r}; did you mean {near!r}?" if near else "there is no element {id!r}",
                id=id,
                near=near,
            )
        return self.at_ordinal(ordinal)

    def find(self, id: str) -> Element | None:
        """The element of a local or global id, or of an alias; None if there is none."""
        ordinal = self._find(id)
        return None if ordinal is None else self.at_ordinal(ordinal)

    if not TYPE_CHECKING:  # else a misspelt section would be right for everybody who checks types

        def __getattr__(self, name: str) -> Any:
            if name in types():
                return self.of(name)
            meant = next((section for section, info in types().items() if name in info.indonesian_names), "")
            said = f"; the section is called {meant!r} here" if meant else ""
            raise AttributeError(f"an architecture has no attribute {name!r}{said}", name=name, obj=self)

    def __dir__(self) -> list[str]:
        """What a notebook completes: the collections by section, and what is there for everybody."""
        return sorted({*object.__dir__(self), *types()} - FOR_THE_PACKAGE)

    def __repr__(self) -> str:
        return f"<Architecture {self.agency}: {len(self)} elements>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the name, the elements by layer, and the picture of the six layers."""
        return str(show("architecture_as_html", self))

    def _repr_svg_(self) -> str:
        """The picture of the six layers."""
        return str(show("architecture_as_svg", self))

    def of(self, *sections: str) -> Elements[Any]:
        """The elements of some sections, by id.

        Raises:
            UnknownElementError: if there is no such section.
        """
        for section in sections:
            if section not in types():
                called = sections_called(section)
                raise _unknown_word("type", section, called[0] if len(called) == 1 else type_near(section))
        ordinals = [ordinal for section in sections for ordinal in self.ordinals(section)]
        return Elements(self, ordinals, frozenset(sections))

    def chosen(self, ordinals: list[int]) -> Elements[Any]:
        """The elements of these numbers, by id, in this order."""
        return Elements(self, ordinals)

    def in_layer(self, layer: Layer | str) -> Elements[Any]:
        """The elements of a layer, by id, in the order of its types.

        Args:
            layer: or its English name, as "application".

        Raises:
            UnknownElementError: if there is no such layer.
        """
        if layer not in tuple(Layer):
            raise _unknown_word("layer", layer, near_miss(layer, [str(one) for one in Layer]))
        return self.of(*(section for section, info in types().items() if info.layer == layer))

    def at(self, year: int) -> Elements[Any]:
        """The elements that exist in a year (FORMAT §4): a slice of the model, as-is or to-be.

        An element that another replaces leaves in the year its successor begins, unless it says `until` itself.
        """
        return Elements(self, self.ordinals_at(year))

    def ordinals_at(self, year: int) -> list[int]:
        """The numbers of the elements that exist in a year, in order."""
        return self.existing(self._kept(), year)

    def existing(self, ordinals: Iterable[int], year: int) -> list[int]:
        """Those of some numbers whose elements exist in a year, in the same order."""
        mortal = self._mortal
        return [one for one in ordinals if one not in mortal or self.exists_at(one, year)]

    @cached_property
    def _mortal(self) -> set[int]:
        """The numbers of the elements that may be missing in some year; there are few, and all others never are."""
        dated: dict[Shape, bool] = {}
        found = set(self._successors)
        for ordinal in self._kept():
            row = self._rows[ordinal]
            if row.shape not in dated:
                dated[row.shape] = not row.shape.positions.keys().isdisjoint(("since", "until"))
            if dated[row.shape] or row.get("status") == "new":
                found.add(ordinal)
        return found

    def exists_at(self, ordinal: int, year: int) -> bool:
        """Whether the element of a number exists in a year."""
        begins, ends = self.life_of(ordinal, otherwise=year)
        return begins <= year and (ends is None or year <= ends)

    def life_of(self, ordinal: int, *, otherwise: int = 0) -> tuple[int, int | None]:
        """The first year of the element of a number, 0 if it was always there, and the last; None if it stays.

        Args:
            ordinal: the number.
            otherwise: the year that new elements and successors that name none begin in, if the manifest has no period.
        """
        row = self._rows[ordinal]
        last = (self.manifest.years or (otherwise, otherwise))[1]
        begins, ends = row.get("since"), row.get("until")
        if begins is None:
            begins = last if row.get("status") == "new" else 0
        if ends is None and ordinal in self._successors:  # one that says nothing takes over in the last year
            ends = min(self._rows[one].get("since") or last for one in self._successors[ordinal]) - 1
        return begins, ends

    @cached_property
    def _successors(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for source, target in self._pairs("replaces"):
            found[target].append(source)
        return dict(found)

    def _kept(self) -> Iterator[int]:
        dropped = self._dropped
        return (
            (ordinal for ordinal in range(self._count) if ordinal not in dropped)
            if dropped
            else iter(range(self._count))
        )

    def number_of(self, id: str) -> int | None:
        """The number of the element of a local or global id, not of an alias; None if there is none."""
        ordinal = self._find(id)
        if ordinal is None or ordinal in self._dropped or self._rows[ordinal].id != id.rpartition("/")[2]:
            return None
        return ordinal

    def _find(self, id: str) -> int | None:
        local = self._by_id[self.agency].get(id)
        if local is not None:
            return local
        if not isinstance(id, str):
            raise TypeError(f"an id is a text, not {id!r}")
        agency, _, rest = id.partition("/")
        return self._by_id.get(agency, {}).get(rest)

    # --- elements by their number; what rules and views run on -----------------------------------------------

    @cached_property
    def _by_section(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for _, section, numbers in self._runs():
            found[section] += numbers
        return dict(found)

    @cached_property
    def _by_agency(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for agency, section, numbers in self._runs():
            found[agency, section] += numbers
        return dict(found)

    def _runs(self) -> Iterator[tuple[str, str, Iterable[int]]]:
        """The elements of one section that follow each other in a file: their agency, the section, and the numbers."""
        dropped = self._dropped
        for _, numbers, notes in self.notes():
            first = numbers.start
            for section, count in notes.runs:
                run = range(first, first + count)
                first = run.stop
                kept = run if dropped.isdisjoint(run) else [number for number in run if number not in dropped]
                yield self._agency_at[run.start], section, kept

    def ordinals_of(self, agency: str, section: str) -> list[int]:
        """The numbers of the elements of a section that an agency has, in order."""
        return self._by_agency.get((agency, section), [])

    def all_ordinals(self) -> Iterator[int]:
        """The numbers of all elements, in order."""
        return self._kept()

    def all_rows(self) -> Iterator[tuple[int, str, Row]]:
        """The numbers of all elements, in order, with their agencies and what is written at them."""
        agencies, rows = self._agency_at, self._rows
        return ((ordinal, agencies[ordinal], rows[ordinal]) for ordinal in self._kept())

    def relation_names(self) -> list[tuple[str, str]]:
        """The sections and fields that links were written in."""
        return sorted(self._relations)

    def ordinals(self, section: str) -> list[int]:
        """The numbers of the elements of a section, in order."""
        return self._by_section.get(section, [])

    def ordinal_of(self, id: str) -> int | None:
        """The number of the element of a local or global id, or of an alias; None if there is none."""
        return self._find(id)

    @property
    def rows(self) -> Sequence[Row]:
        """What is written at the element of each number."""
        return self._rows

    def row_at(self, ordinal: int) -> Row:
        """What is written at the element of this number."""
        return self._rows[ordinal]

    def section_at(self, ordinal: int) -> str:
        """The section of the element of this number."""
        return self._rows[ordinal].shape.type.section

    def units_above(self, unit: int) -> list[int]:
        """The numbers of a unit and of those above it, the nearest first; a loop among them ends where it closes."""
        found: dict[int, None] = {}
        while unit not in found:
            found[unit] = None
            above = self.targets(unit, "parent")
            if above:
                unit = above[0]
        return list(found)

    def file_at(self, ordinal: int) -> FileResult:
        """The file that the element of this number stands in."""
        return self._file_at[ordinal]

    def stretches(self) -> Iterator[tuple[FileResult, range]]:
        """Every file, manifests among them, with the numbers of its elements."""
        first = 0
        for member in self.members:
            for file in (self._file_at[first], *member.files):
                yield file, range(first, first + len(file.rows))
                first += len(file.rows)

    def notes(self) -> Iterator[tuple[FileResult, range, Notes]]:
        """Every file, with the numbers of its elements and what is noted of it."""
        known = self._notes
        for file, numbers in self.stretches():
            if file.path not in known:
                known[file.path] = notes_of(file)
            yield file, numbers, known[file.path]

    def at_place(self, place: Place) -> Element | None:
        """The element that a place is in, if it is in one."""
        if place.element is None:
            return None
        return self.find(f"{self.agency_of_path(place.path)}/{place.element}")

    def agency_of_path(self, path: str) -> str:
        """The agency whose repository a file of the model is in."""
        agencies = self._agency_of_folder
        return agencies.get(folder_above(path, agencies), self.agency)

    @cached_property
    def _agency_of_folder(self) -> dict[str, str]:
        return {one.manifest.folder: one.manifest.agency for one in reversed(self.members)}

    def is_dropped(self, ordinal: int) -> bool:
        """Whether the id of this number was taken, so that what is written there is not among the elements."""
        return ordinal in self._dropped

    def strangers(self) -> Iterator[tuple[str, str, str]]:
        """The elements of agencies that are not loaded, in the order of their numbers: agency, id and section."""
        for ordinal in range(self._count, len(self._rows)):
            yield self._agency_at[ordinal], self._rows[ordinal].id, self._rows[ordinal].shape.type.section

    def naming(self, agency: str) -> frozenset[str]:
        """The agencies that name, or may name, an element of an agency."""
        return frozenset(self._named_by.get(agency, ()))

    def agency_at(self, ordinal: int) -> str:
        """The agency of the element of this number."""
        return self._agency_at[ordinal]

    def unit_at(self, ordinal: int) -> int | None:
        """The number of the unit that the element of this number belongs to; None if it belongs to none."""
        row = self._rows[ordinal]
        ids = self._by_id[self._agency_at[ordinal]]
        for name in row.shape.type.holding:
            value = row.get(name)
            if value is not None:
                target = ids.get(value) if type(value) is str else None
                if target is None:
                    target = self._target(ordinal, name, value)
                if target is not None and self._rows[target].shape.type.section == "units":
                    return target
        return None

    def office_at(self, ordinal: int) -> str | None:
        """The id of the office that the element of this number belongs to; None if it belongs to none."""
        unit = self.unit_at(ordinal)
        return None if unit is None else self.id_at(self._office_of(unit))

    def _office_of(self, unit: int) -> int:
        if unit not in self._offices:
            owner: Any = self.at_ordinal(unit)
            self._offices[unit] = owner.office.ordinal
        return self._offices[unit]

    def is_external(self, ordinal: int) -> bool:
        """Whether the element of this number belongs to an agency that is not loaded."""
        return ordinal >= self._count

    def id_at(self, ordinal: int) -> str:
        """The id as it is written in the architecture's own agency: local, or with the member's name before it."""
        agency = self._agency_at[ordinal]
        return self._rows[ordinal].id if agency == self._own else f"{agency}/{self._rows[ordinal].id}"

    def ids_at(self, ordinals: Iterable[int]) -> list[str]:
        """The ids of many numbers, as `id_at` gives them."""
        rows, agencies, own = self._rows, self._agency_at, self._own
        return [rows[one].id if agencies[one] == own else f"{agencies[one]}/{rows[one].id}" for one in ordinals]

    def at_ordinal(self, ordinal: int) -> Element:
        """The element of this number."""
        element = self._handed.get(ordinal)
        if element is None:
            row = self._rows[ordinal]
            unknown = (*row.unknown, "*") if ordinal in self._contested else row.unknown
            attributes = {} if unknown else dict(row.shape.type.meant)
            attributes.update(zip(row.shape.fields, row.values, strict=True))
            attributes["id"] = row.id
            element = row.shape.type.cls.bound(attributes, self, ordinal, unknown)
            if len(self._handed) > _MOST_HANDED:
                self._handed.clear()
            self._handed[ordinal] = element
        return element  # type: ignore[return-value]

    def let_go(self) -> None:
        """Forget which elements were handed out: they know the architecture, so only the collector would free both."""
        self._handed.clear()

    @cached_property
    def own_entries(self) -> tuple[Entry, ...]:
        """The agencies' own rules as they are written, in the order of files and lines."""
        found = [(one, file) for one in self.members for file in one.files if file.own_rules]
        if not found:
            return ()
        from spbe_arch.own import Entry

        return tuple(
            Entry.of(own, member.manifest.agency, file.path, member.manifest.folder)
            for member, file in found
            for own in file.own_rules
        )

    @cached_property
    def own_rules(self) -> dict[str, Entry]:
        """The agencies' own rules by code; of two with one code the first is meant."""
        found: dict[str, Entry] = {}
        for entry in self.own_entries:
            found.setdefault(entry.code, entry)
        return found

    def justifications(self) -> Iterator[tuple[int, Mapping[str, Allowance] | None]]:
        """The numbers of the elements that record justifications under `allow`, with these; None if unreadable."""
        for _, numbers, notes in self.notes():
            for place in notes.allowing:
                ordinal = numbers[place]
                row = self._rows[ordinal]
                allow = row.get("allow")
                if (allow or "allow" in row.unknown) and ordinal not in self._dropped:
                    yield ordinal, allow

    # --- links -------------------------------------------------------------------------------------------

    def links(self) -> Iterator[Link]:
        """Every link that leads somewhere, in the order of the elements that carry them.

        What is written at both ends is one link.
        """
        rows, agencies, secures = self._rows, self._agency_at, self._secures
        shown = self.ids_at(range(len(rows)))
        sections = _Sections(rows)
        told = _ToldOfShapes()
        ids: dict[str, int] = {}
        agency = ""
        for ordinal in self._kept():
            row = rows[ordinal]
            if agencies[ordinal] != agency:
                agency = agencies[ordinal]
                ids = self._by_id[agency]
            for position, name, allowed, relationship, outward in told[row.shape]:
                value = row.values[position]
                for item in value if type(value) is tuple else (value,):
                    target = ids.get(item) if type(item) is str else None
                    if target is None:
                        target = self._target(ordinal, name, item)
                    if target is None or sections[target] not in allowed:
                        continue
                    if name == "secured_by" and (target, ordinal) in secures:
                        continue
                    note = None if type(item) is str else item.note
                    yield _LINK((shown[ordinal], shown[target], name, relationship, outward, note))

    @property
    def is_cached(self) -> bool:
        """Whether something of it is kept between runs: it was read by way of the cache."""
        return any(file.digest for member in self.members for file in member.files)

    @property
    def link_count(self) -> int:
        """How many links lead somewhere."""
        written = sum(len(relation.sources) for (_, field), relation in self._relations.items() if field != "source")
        return written - sum((target, source) in self._secures for source, target in self._pairs("secured_by"))

    @cached_property
    def _secures(self) -> frozenset[tuple[int, int]]:
        return frozenset(self._pairs("secures"))

    def _pairs(self, field: str) -> Iterator[tuple[int, int]]:
        """The numbers of the elements at both ends of the links of a field, whatever type carries it."""
        for (_, name), relation in self._relations.items():
            if name == field:
                yield from zip(relation.sources, relation.targets, strict=True)

    def _target(self, ordinal: int, field: str, item: Any) -> int | None:
        text = item if isinstance(item, str) else item.to
        agency = self._agency_at[ordinal]
        target = self._by_id[agency].get(text)
        if target is None:
            named, _, local = text.partition("/")
            target = self._by_id.get(named, {}).get(local)
        if target is None:
            targets = " ".join(self._rows[ordinal].shape.type.links[field].targets)
            target = self._aside.get((agency, text), self._aside.get((targets, text)))
        if target is None:
            return None
        allowed = self._rows[ordinal].shape.type.links[field].target_set
        return target if self._rows[target].shape.type.section in allowed else None

    def targets(self, ordinal: int, field: str) -> list[int]:
        """The numbers of the elements that a link field of an element points to."""
        row = self._rows[ordinal]
        value = row.get(field)
        if value is None:
            return []
        return self._followed(ordinal, field, value if type(value) is tuple else (value,))

    def sources(self, ordinal: int, section: str, field: str) -> list[int]:
        """The numbers of the elements of a section that point to an element with a link field."""
        relation = self._relations.get((section, field))
        return relation.of(ordinal) if relation else []

    def ends_at(self, ordinal: int, relations: list[Relation]) -> list[int]:
        """The numbers of the elements from which links of some kinds lead to an element."""
        if len(relations) == 1:
            return relations[0].of(ordinal)
        return [source for relation in relations for source in relation.of(ordinal)]

    def both_ends(self, ordinal: int, field: str) -> list[int]:
        """The numbers that a link field leads to, and those that lead here if it may be written at the other end."""
        own = self.targets(ordinal, field)
        other = BOTH_ENDS.get(field)
        if other is None:
            return own
        relations, _ = self.leading_to(self._rows[ordinal].shape.type.section, (), (other,))
        return list(dict.fromkeys([*own, *sorted(self.ends_at(ordinal, relations))]))

    def follow(self, ordinal: int, field: str, raw: tuple[Any, ...]) -> tuple[int, ...]:
        """The numbers of the elements that the links written in a field of an element lead to."""
        return tuple(self._followed(ordinal, field, raw))

    def _followed(self, ordinal: int, field: str, raw: tuple[Any, ...]) -> list[int]:
        ids = self._by_id[self._agency_at[ordinal]]
        allowed = self._rows[ordinal].shape.type.links[field].target_set
        found = []
        for item in raw:
            target = ids.get(item) if type(item) is str else None
            if target is None:
                target = self._target(ordinal, field, item)
            elif self._rows[target].shape.type.section not in allowed:
                target = None
            if target is not None:
                found.append(target)
        return found

    def following(self, names: Sequence[tuple[str, str]]) -> Callable[[int], Sequence[int]]:
        """What tells the numbers of the elements that a link, or the other end of one, leads to from one of a number.

        Args:
            names: the sections that it may lead from, each with the name of the field or other end there; `unit` is
                the unit that an element belongs to.
        """
        rows, ways = self._rows, {section: self._way(section, name) for section, name in names}
        if set(dict(names).values()) == {UNIT}:
            return next(iter(ways.values()))  # it is the same for all

        def follow(ordinal: int) -> Sequence[int]:
            way = ways.get(rows[ordinal].shape.type.section)
            return way(ordinal) if way is not None else ()

        return follow

    def leading_from(self, section: str, field: str) -> Callable[[int], Sequence[int]]:
        """What tells the same as `targets` for the elements of a section, sooner where very many are asked about."""
        relation = self._relations.get((section, field))
        return relation.at if relation is not None else lambda _: ()

    def _way(self, section: str, name: str) -> Callable[[int], Sequence[int]]:
        info = type_of(section)
        if name in BOTH_ENDS:
            return lambda ordinal: self.both_ends(ordinal, name)
        if name in info.links:
            return self.leading_from(section, name)
        if name in info.inverses:
            inverse = info.inverses[name]
            relations, _ = self.leading_to(section, inverse.sections, inverse.fields)
            return lambda ordinal: sorted(set(self.ends_at(ordinal, relations)))
        holders = self.holders
        return lambda ordinal: (holders[ordinal],) if holders[ordinal] >= 0 else ()

    @cached_property
    def holders(self) -> array[int]:
        """For the number of each element that of the unit that it belongs to, as `unit_at` has it; -1 if to none."""
        rows = self._rows
        found = array("i", [-1]) * len(rows)
        for section, info in types().items():
            for name in info.holding:  # the first that leads to a unit counts
                relation = self._relations.get((section, name))
                for source, target in zip(relation.sources, relation.targets, strict=True) if relation else ():
                    if found[source] < 0 and rows[target].shape.type.section == "units":
                        found[source] = target
        return found

    def links_of(self, ordinal: int, field: str, raw: tuple[Any, ...]) -> Links[Any]:
        """The links of a field of an element, as the element shows them."""
        other = BOTH_ENDS.get(field)
        if other is None:
            return Links.written(raw, field, ordinal, self) if raw else Links((), self)
        own = self.follow(ordinal, field, raw)
        return self._both_ends(ordinal, own, other, broken=len(own) < len(raw))

    def _both_ends(self, ordinal: int, own: tuple[int, ...], other: str, *, broken: bool) -> Links[Any]:
        """Links that may be written at either end: those written here, then those written at the other one."""
        relations, lacking = self.leading_to(self._rows[ordinal].shape.type.section, (), (other,))
        ordinals = tuple(dict.fromkeys((*own, *sorted(self.ends_at(ordinal, relations)))))
        return Links.reaching(ordinals, self, broken=broken or self._may_be_named_by(lacking, ordinal))

    def _may_be_named_by(self, agencies: frozenset[str], ordinal: int) -> bool:
        """Whether what is not known of some agencies may be a link to an element.

        An agency that names nothing of another is not taken to have meant it where it cannot be read: one office's
        slip would silence the rules for all the others.
        """
        if not agencies:
            return False
        named_by = self._named_by.get(self._agency_at[ordinal])
        return named_by is None or not agencies.isdisjoint(named_by)

    def leading_to(
        self, section: str, sources: tuple[str, ...], fields: tuple[str, ...]
    ) -> tuple[list[Relation], frozenset[str]]:
        """The links of some fields that may lead to a section, and the agencies of which some are not known.

        Args:
            section: where they lead to.
            sources: the sections that they come from; all, if none is named.
            fields: the link fields.
        """
        key = (section, sources, fields)
        if key not in self._plans:
            relations: list[Relation] = []
            lacking = set(self._incomplete)
            for name in _kinds_leading_to(section, sources, fields):
                relation = self._relations.get(name)
                if relation is not None:
                    relations.append(relation)
                    lacking |= relation.broken
            self._plans[key] = relations, frozenset(lacking)
        return self._plans[key]

    def target_of(self, element: ElementBase, field: str, raw: Any) -> Element | None:
        """The element that a single link points to, or None.

        Raises:
            Undecided: on a strict architecture, if it leads nowhere.
        """
        target = self._target(element.ordinal, field, raw)
        if target is None and self.strict:
            raise Undecided
        return None if target is None else self.at_ordinal(target)

    def inverse(self, element: ElementBase, inverse: Inverse[Any]) -> Links[Any]:
        """The elements that point to this one, as its other end shows them."""
        ordinal = element.ordinal
        section = self._rows[ordinal].shape.type.section
        relations, lacking = self.leading_to(section, inverse.sections, inverse.fields)
        found = self.ends_at(ordinal, relations)
        ordinals = tuple(sorted(set(found))) if len(found) > 1 else tuple(found)
        return Links.reaching(ordinals, self, broken=self._may_be_named_by(lacking, ordinal))

    # --- dependence: what a change of an element reaches ---------------------------------------------------

    def affected_by(self, id: str, *, within: int | None = None, weak: bool = False) -> dict[str, int]:
        """What a change of an element may affect, with its distance from it in links; the nearest first.

        A service depends on the processes that realize it and on the applications that serve it, an application on
        the servers it runs on and on the data it reads, data on what writes and keeps it.

        Args:
            id: Of the element; it is not among the answers.
            within: The largest distance; else all.
            weak: Whether to follow associations too: who owns, secures, concerns.

        Raises:
            UnknownElementError: if there is no such element.
        """
        found = questions.ways(self, self[id].ordinal, within, weak=weak, upstream=False).distances
        return dict(zip(self.ids_at(found), found.values(), strict=True))

    def needed_by(self, id: str, *, within: int | None = None, weak: bool = False) -> dict[str, int]:
        """What an element depends on, with its distance from it in links; the nearest first.

        Args and errors are those of `affected_by`, which asks the other way.
        """
        found = questions.ways(self, self[id].ordinal, within, weak=weak, upstream=True).distances
        return dict(zip(self.ids_at(found), found.values(), strict=True))

    def dependents(self, ordinal: int, *, weak: bool = False) -> list[tuple[int, str]]:
        """The numbers of the elements that depend on an element directly, with the fields that say so."""
        links = self.dependence(weak=weak)
        return [(links.effects[link], links.field(link)) for link in links.after[ordinal]]

    def dependence(self, *, weak: bool = False) -> Dependence:
        """Which elements depend on which, by their numbers; made when first asked for."""
        known: dict[bool, Dependence] = self.__dict__.setdefault("_dependences", {})
        if weak not in known:
            known[weak] = Dependence(len(self._rows), self._stretches(weak))
        return known[weak]

    def _stretches(self, weak: bool) -> Iterator[Stretch]:
        for (section, field), relation in sorted(self._relations.items()):
            info = type_of(section).links.get(field)
            if info is None or field in _NO_DEPENDENCE or (section, field) == ("integration_platforms", "data"):
                continue  # a bus does not break when one kind of data on it changes
            if weak or info.declared.relationship.rstrip("?") != "association":
                outward = _DEPENDS_OUTWARD.get((section, field), info.declared.outward)
                yield Stretch(section, field, relation.sources, relation.targets, outward)

    @cached_property
    def requirements(self) -> questions.Requirements:
        """What elements need to work."""
        return questions.Requirements(self)

    @cached_property
    def neighbours(self) -> questions.Neighbours:
        """For the number of each element those that a link of any kind and direction joins it with."""
        return questions.Neighbours(self)

    @property
    def number_count(self) -> int:
        """How many numbers are given, to elements of agencies that are not loaded too."""
        return len(self._rows)

    def pairs(self) -> Iterator[tuple[str, str, array[int], array[int]]]:
        """The links of each section and field, as the numbers of the elements at both ends."""
        for (section, field), relation in sorted(self._relations.items()):
            yield section, field, relation.sources, relation.targets

    def impact(self, id: str, *, within: int | None = None, weak: bool = False, upstream: bool = False) -> list[Effect]:
        """What a change of an element reaches, each with its distance, how hard it is hit, and a shortest way to it.

        Args:
            id: Of the element.
            within: The largest distance; else all.
            weak: Whether to follow associations too: who owns, secures, plans.
            upstream: Whether to ask the other way: what the element rests on.

        Raises:
            UnknownElementError: if there is no such element.

        >>> from spbe_arch import load
        >>> architecture = load("models/kab-bekasi")
        >>> [effect.id for effect in architecture.impact("server-simrs") if effect.strength == "stops"]
        ['antrean-rsud', 'simrs']
        """
        return questions.impact(self, self[id].ordinal, within=within, weak=weak, upstream=upstream)

    def stopped_by(self, id: str) -> Elements[Any]:
        """The elements that cannot work without one, because of something that they need nothing is left.

        Raises:
            UnknownElementError: if there is no such element.
        """
        return Elements(self, sorted(questions.stopped_by(self, self[id].ordinal)))

    def single_points_of_failure(self) -> dict[str, Elements[Service]]:
        """Infrastructure by id, with the services that stop without it; those that stop most first."""
        found = questions.single_points_of_failure(self)
        return {self.id_at(ordinal): Elements(self, services) for ordinal, services in found}

    def paths(self, source: str, target: str, *, most: int = 10) -> list[tuple[Step, ...]]:
        """The shortest ways between two elements along links of any kind, in either direction.

        Args:
            source: The id of the element that they begin at.
            target: The id of the element that they end at.
            most: How many there may be.

        Raises:
            UnknownElementError: if there is no such element.
        """
        return questions.paths(self, self[source].ordinal, self[target].ordinal, most)

    def chains(
        self, source: str = "processes", target: str = "servers", *, through: str | None = None
    ) -> Iterator[tuple[Element, ...]]:
        """Every way from layer to layer between elements of two sections, one after the other as they are found.

        Args:
            source: A section, or the id of an element.
            target: A section, or the id of an element.
            through: The id of an element that has to lie on the way.

        Raises:
            UnknownElementError: if there is no such section or element.
        """
        between = {self[through].ordinal} if through else set()
        for way in questions.chains(self, self._meant(source), set(self._meant(target)), between):
            yield tuple(map(self.at_ordinal, way))

    def _meant(self, name: str) -> list[int]:
        return self.ordinals(name) if name in types() else [self[name].ordinal]

    def cycles(self) -> list[tuple[str, ...]]:
        """Elements that depend on each other in a circle, by their ids; access to data makes none."""
        return [tuple(map(self.id_at, some)) for some in questions.cycles(self)]

    def unused(self) -> Elements[Any]:
        """Data, applications and infrastructure that nothing depends on."""
        first = self.dependence().after.first
        return Elements(self, [one for one in self._supporting() if first[one] < 0])

    def unreachable(self) -> Elements[Any]:
        """Data, applications and infrastructure that no service rests on, however far."""
        needed = questions.needed_by_any(self, self.ordinals("services"))
        return Elements(self, [one for one in self._supporting() if one not in needed])

    def _supporting(self) -> list[int]:
        """The numbers of data, applications and infrastructure, in order."""
        layers = (Layer.DATA, Layer.APPLICATION, Layer.INFRASTRUCTURE)
        return sorted(one for name, info in types().items() if info.layer in layers for one in self.ordinals(name))

    def clusters(self) -> list[Elements[Any]]:
        """Elements of the six layers that hang together by dependence, the largest cluster first."""
        names = [name for name, info in types().items() if info.layer is not Layer.ACROSS]
        ordinals = [ordinal for name in names for ordinal in self.ordinals(name)]
        links = self.dependence()
        return [Elements(self, some) for some in questions.components(ordinals, links.causes, links.effects)]

    def shared_data(self) -> dict[str, Elements[Unit]]:
        """Data by id that applications of more than one office use, with these offices."""
        first: dict[int, int] = {}
        several: dict[int, set[int]] = {}
        for section, field, sources, targets in self.pairs():
            if section == "applications" and field in ("reads", "writes"):
                for application, data in zip(sources, targets, strict=True):
                    unit = self.holders[application]
                    if unit >= 0 and first.setdefault(data, office := self._office_of(unit)) != office:
                        several.setdefault(data, {first[data]}).add(office)
        return {self.id_at(data): Elements(self, sorted(several[data])) for data in sorted(several)}

    def centrality(self, *, most: int | None = None) -> dict[str, float]:
        """How many of the other elements each is linked with, as a share (degree centrality); the highest first.

        Several links between two elements count each, so the share can exceed 1.

        Args:
            most: How many elements there may be; else all that have a link.
        """
        return dict(self._shares if most is None else islice(self._shares.items(), most))

    @cached_property
    def _shares(self) -> dict[str, float]:
        """With how many of the other elements each is linked, the highest first."""
        others = max(1, len(self) - 1)
        found: dict[str, float] = {}
        for count, ordinals in questions.degrees(self):
            found.update(zip(self.ids_at(ordinals), repeat(count / others)))
        return found

    # --- reference codes -----------------------------------------------------------------------------------

    def references(self, prefix: str, agency: str = "") -> ReferenceTable:
        """A reference table as it holds for an agency: the national one and its own codes below level 2."""
        return self._tables(agency or self.agency)[prefix]

    def _tables(self, agency: str) -> dict[str, ReferenceTable]:
        cache: dict[str, dict[str, ReferenceTable]] = self.__dict__.setdefault("_references", {})
        if agency not in cache:
            cache[agency] = _LazyTables(self._member(agency))
        return cache[agency]

    def member_manifest(self, agency: str) -> Manifest:
        """The manifest of an agency that is loaded."""
        return self._member(agency).manifest

    def _member(self, agency: str) -> Member:
        return next(member for member in self.members if member.manifest.agency == agency)

    # --- the graph -------------------------------------------------------------------------------------------

    @cached_property
    def graph(self) -> networkx.MultiDiGraph[str]:
        """The architecture as networkx sees it; built when first asked for.

        Nodes are ids with `layer`, `type`, `name` and `external`: of an agency that is not loaded. Edges run as the
        links are written, with `field`, `relationship` and `outward`.
        """
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        not_loaded = range(self._count, len(self._rows))
        for ordinal in (*self._kept(), *not_loaded):
            row = self._rows[ordinal]
            info = row.shape.type
            graph.add_node(
                self.id_at(ordinal),
                layer=info.layer.value,
                type=info.section,
                name=row.get("name") or row.id,
                external=ordinal in not_loaded,
            )
        for link in self.links():
            graph.add_edge(
                link.source,
                link.target,
                field=link.field,
                relationship=link.relationship,
                outward=link.outward,
            )
        return graph


_NO_DEPENDENCE = frozenset({"related", "legal_basis", "replaces", "source"})
"""Links that say nothing about what a change reaches."""

_DEPENDS_OUTWARD = {
    ("applications", "reads"): False,  # who reads data depends on it, though ArchiMate's access runs to the data
    ("services", "data"): False,
    ("exchanges", "data"): False,
    ("gaps", "concerns"): False,
    ("processes", "parent"): True,  # a whole depends on its parts
    ("units", "parent"): True,
}
"""Links whose target depends on their source (True) or the other way, where the relationship runs against it."""

SOURCE_SECTIONS = ("documents", "policies")
"""What a source may name (FORMAT §5)."""

_MOST_HANDED = 80_000

BOTH_ENDS = {"secured_by": "secures", "secures": "secured_by"}
"""The one link that may be written at either end (FORMAT §3)."""


class _LazyTables(dict[str, ReferenceTable]):
    """The tables of one agency, made when asked for."""

    def __init__(self, member: Member) -> None:
        super().__init__()
        self._member = member

    def __missing__(self, prefix: str) -> ReferenceTable:
        national = table(prefix, self._member.manifest.period or "2025-2029")
        own = {
            code: OwnCode(name, description)
            for file in self._member.files
            for code, (name, description) in file.references.items()
            if code.startswith(prefix)
        }
        self[prefix] = national.extended(own) if own else national
        return self[prefix]


_STATUSES = value_list("lifecycle").values
_UNKNOWN = {
    "type": (english("there is no type {name!r}"), english("there is no type {name!r}; did you mean {near!r}?")),
    "layer": (english("there is no layer {name!r}"), english("there is no layer {name!r}; did you mean {near!r}?")),
    "value": (english("there is no value {name!r}"), english("there is no value {name!r}; did you mean {near!r}?")),
}
"""What is said of a word that is none of its kind, without a near miss and with one."""


def _unknown_word(kind: str, name: str, near: str | None) -> UnknownElementError:
    return UnknownElementError(_UNKNOWN[kind][near is not None], name=name, near=near)


def _plainest(name: str) -> str:
    """The letters and digits of a name, in small letters."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


class _LinksOfShape(NamedTuple):
    """Where the links stand in rows of one shape."""

    links: list[tuple[int, str, Callable[[int], None], Callable[[int], None], frozenset[str]]]
    """Position, field, what takes the numbers of their ends, and the sections that they may lead to."""
    source: int | None
    """The position of the sources, if there are some."""


class _LinksOfShapes(dict[Shape, _LinksOfShape]):
    """Where the links stand in rows of each shape, found out when asked for."""

    def __init__(self, relations: Mapping[tuple[str, str], Relation]) -> None:
        super().__init__()
        self._relations = relations

    def __missing__(self, shape: Shape) -> _LinksOfShape:
        section, links = shape.type.section, shape.type.links
        found = []
        for position, name in shape.links:
            relation = self._relations[section, name]
            found.append((position, name, relation.sources.append, relation.targets.append, links[name].target_set))
        self[shape] = _LinksOfShape(found, shape.positions.get("source"))
        return self[shape]


@cache
def _kinds_leading_to(section: str, sources: tuple[str, ...], fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The sections and fields of the links that `leading_to` tells of, whether there are any or not."""
    found = []
    for source, info in types().items():
        for field in fields if not sources or source in sources else ():
            link = info.links.get(field)
            if section in (link.target_set if link else SOURCE_SECTIONS):
                found.append((source, field))
    return tuple(found)


class _ToldOfShapes(dict[Shape, list[tuple[int, str, frozenset[str], str, bool]]]):
    """What is told of the links in rows of each shape: where they stand, where they may lead, what they mean."""

    def __missing__(self, shape: Shape) -> list[tuple[int, str, frozenset[str], str, bool]]:
        links = [(position, name, shape.type.links[name]) for position, name in shape.links]
        self[shape] = [
            (position, name, link.target_set, link.declared.relationship.rstrip("?"), link.declared.outward)
            for position, name, link in links
        ]
        return self[shape]


class _Sections(dict[int, str]):
    """The sections of elements by number, found out when asked for: most links lead where others have led."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, ordinal: int) -> str:
        section = self[ordinal] = self._rows[ordinal].shape.type.section
        return section


def _link_fields_unknown(row: Row) -> Collection[str]:
    """The link fields of an element that could not be read."""
    links = row.shape.type.links
    return links if {"*", "?"}.intersection(row.unknown) else links.keys() & set(row.unknown)


def _may_lack(file: FileResult | Manifest) -> bool:
    """Whether elements or links may be missing from what was read of a file, or agencies from a manifest."""
    return not file.complete or not file.finished or (isinstance(file, FileResult) and bool(file.lost))


def _manifest_file(manifest: Manifest) -> FileResult:
    """The manifest as the element of its own agency."""
    written = {"name": manifest.name, "kind": manifest.kind}
    values = {name: value for name, value in written.items() if value}
    row = Row(manifest.agency, shape("agencies", tuple(values)), tuple(values.values()))
    return FileResult(manifest.path, [row])


def _changed(members: tuple[Member, ...], changes: Mapping[str, FileResult | None]) -> Iterator[Member]:
    folders = {member.manifest.folder for member in members}
    changed: dict[str, dict[str, FileResult | None]] = defaultdict(dict)
    for path, file in changes.items():
        changed[folder_above(path, folders)][path] = file
    for member in members:
        files = {file.path: file for file in member.files} | changed[member.manifest.folder]
        found = (files[path] for path in sorted(files))
        yield Member(member.manifest, tuple(file for file in found if file is not None))


def folder_above(path: str, folders: Collection[str]) -> str:
    """The nearest folder above a file among some, whose names end in a slash; blank if there is none."""
    folder = path
    while folder and folder not in folders:
        folder = folder[: folder.rfind("/", 0, -1) + 1]
    return folder
