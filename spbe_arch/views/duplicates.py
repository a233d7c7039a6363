"""Viewpoint "duplicates": applications that are likely the same, within an agency and across agencies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from spbe_arch.messages import grouped, translate
from spbe_arch.metamodel import type_of
from spbe_arch.views import Viewpoint
from spbe_arch.views.aspects import painted
from spbe_arch.views.gathering import Marks, belonging, called, frame_of, name_of, node_at, short_of, subject
from spbe_arch.views.view import Group, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.findings import Fault, Finding, Place

__all__ = ["VIEWPOINT"]

_SAME, _REUSE = "same", "reuse"
_KINDS = {"SPBE505": _SAME, "SPBE519": _REUSE}
"""The rules that find what is alike, and what each finds."""
_HANGING = {"services": ("supports",), "data": ("reads", "writes"), "servers": ("runs_on",)}
"""What two applications that are alike are compared by, and the fields that lead to it."""
_TOUCHED = ("services", "data", "servers", "exchanges")
_SAID = ("score", "signals", "agencies", *_TOUCHED)


class _Cluster(NamedTuple):
    """Applications that are likely the same."""

    kind: str
    members: list[int]
    values: Mapping[str, Any]
    """Those of the message of the finding that are shown; none is an element, which would hold the architecture."""

    @property
    def score(self) -> int:
        return int(self.values.get("score", 0))

    @property
    def touched(self) -> int:
        """How much hangs on the members."""
        return sum(int(self.values.get(name, 0)) for name in _TOUCHED)


def make(
    architecture: Architecture,
    findings: Iterable[Finding],
    language: str,
    unit: Any = None,
    *,
    colour_by: str = "",
    size_by: str = "",
) -> View:
    """The clusters as groups, the worst first: those of one agency, then chances of reuse across agencies.

    The `kind` of a group is "same" or "reuse", its `facts` say how much its members are alike and in what, its `detail`
    what merging would touch; the `detail` of an application says what it does and names what hangs on it. Without any
    finding handed in, the two rules look for themselves, by the words and limits of the package; settings, suppressions
    and justifications are those of a check.
    """
    found = tuple(findings)
    clusters = list(_clusters(architecture, _told(found))) if found else _looked_for(architecture)
    if unit is not None:
        belongs = belonging(architecture, unit)
        clusters = [cluster for cluster in clusters if any(map(belongs, cluster.members))]
    clusters.sort(key=lambda one: _worst_first(architecture, one))
    shown = list(dict.fromkeys(ordinal for cluster in clusters for ordinal in cluster.members))
    across = {ordinal for cluster in clusters if cluster.kind == _REUSE for ordinal in cluster.members}
    marks = Marks(found)
    count = len(architecture.ordinals("applications"))
    subtitle = translate("Clusters: {clusters}; applications in them: {applications}; the worst first", language)
    view = View(
        viewpoint="duplicates",
        name=name_of("duplicates", architecture, unit),
        title=translate("Duplicates and reuse", language) + subject(unit),
        subtitle=subtitle.format(clusters=grouped(len(clusters), language), applications=grouped(len(shown), language))
        if clusters
        else translate("Nothing alike was found among {count} applications", language).format(
            count=grouped(count, language)
        ),
        frame=frame_of(architecture, shown, language),
        nodes=tuple(
            node_at(
                architecture,
                one,
                marks,
                facts=_holder(architecture, one, language, agency=one in across),
                detail=_hanging(architecture, one, language),
            )
            for one in shown
        ),
        groups=tuple(
            Group(
                f"{cluster.kind}-{number}",
                _names(architecture, cluster),
                tuple(map(architecture.id_at, cluster.members)),
                kind=cluster.kind,
                facts=_likeness(cluster, language),
                detail=_merging(cluster, language),
            )
            for number, cluster in enumerate(clusters, 1)
        ),
        grouped_by="likeness",
    )
    return painted(view, architecture, shown, colour_by=colour_by, size_by=size_by)


def _told(findings: Iterable[Finding]) -> Iterator[tuple[str, Fault]]:
    return ((finding.code, finding.fault) for finding in findings if finding.code in _KINDS)


_KNOWN: WeakKeyDictionary[Architecture, list[_Cluster]] = WeakKeyDictionary()
"""What was looked for in an architecture; it takes seconds in a large one, and a sheet for each unit asks again."""


def _looked_for(architecture: Architecture) -> list[_Cluster]:
    """The clusters that the rules find which look for what is alike."""
    known = _KNOWN.get(architecture)
    if known is None:
        known = _KNOWN[architecture] = list(_clusters(architecture, _faults(architecture)))
    return list(known)


def _faults(architecture: Architecture) -> Iterator[tuple[str, Fault]]:
    from spbe_arch.rules import Group as Scope
    from spbe_arch.rules import Members, all_rules

    checks = {code: check for code, check in all_rules().items() if code in _KINDS}
    elements = [architecture.at_ordinal(ordinal) for ordinal in architecture.ordinals("applications")]
    for code, check in checks.items():
        assert isinstance(check.scope, Scope)  # noqa: S101 - both compare all of a group
        groups: dict[Any, list[int]] = defaultdict(list)
        for element in elements:
            key = check.scope.key(element)
            if key is not None:
                groups[key].append(element.ordinal)
        for group in groups.values():
            if len(group) > 1:
                members = Members[Any](architecture, sorted(group, key=architecture.id_at))
                yield from ((code, fault) for fault in check.find(members))


def _clusters(architecture: Architecture, faults: Iterable[tuple[str, Fault]]) -> Iterator[_Cluster]:
    """The clusters of faults, without members that the architecture does not show."""
    ordinals: dict[tuple[str, str], int] = {}
    for code, fault in faults:
        if not ordinals:
            ordinals = {
                (architecture.file_at(one).path, architecture.row_at(one).id): one
                for one in architecture.ordinals("applications")
            }
        places = (fault.place, *(other.place for other in fault.related))
        members = {ordinals[key] for key in map(_key, places) if key in ordinals}
        if len(members) > 1:
            in_order = sorted(members, key=lambda one: (called(architecture, one).casefold(), architecture.id_at(one)))
            said = {name: fault.values[name] for name in _SAID if name in fault.values}
            yield _Cluster(_KINDS[code], in_order, said)


def _key(place: Place) -> tuple[str, str]:
    return place.path, place.element or ""


def _worst_first(architecture: Architecture, cluster: _Cluster) -> tuple[Any, ...]:
    first = architecture.id_at(cluster.members[0])
    return cluster.kind != _SAME, -cluster.score, -len(cluster.members), -cluster.touched, first


def _names(architecture: Architecture, cluster: _Cluster, most: int = 3) -> str:
    names = list(dict.fromkeys(called(architecture, one) for one in cluster.members))
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])


def _holder(architecture: Architecture, ordinal: int, language: str, *, agency: bool) -> str:
    """Who has an application: its office, and before it the agency where there may be several."""
    at, unit = architecture.agency_at(ordinal), architecture.unit_at(ordinal)
    office = short_of(architecture, architecture.units_above(unit)[-1]) if unit is not None else ""
    if agency or at != architecture.agency:
        name = architecture.member_manifest(at).name.removeprefix("Pemerintah ") or at
        return f"{name} · {office}" if office else name
    return office or translate("no unit", language)


def _hanging(architecture: Architecture, ordinal: int, language: str) -> str:
    """What an application does and supports, which data it has and where it runs, by name."""
    functions = architecture.row_at(ordinal).get("functions") or ()
    said = (
        [f"{type_of('applications').fields['functions'].label(language)}: {', '.join(functions)}"] if functions else []
    )
    for section, fields in _HANGING.items():
        targets = dict.fromkeys(one for field in fields for one in architecture.targets(ordinal, field))
        names = sorted({called(architecture, one) for one in targets}, key=str.casefold)
        if names:
            said.append(f"{type_of(section).label(language)}: {', '.join(names)}")
    return " · ".join(said)


def _likeness(cluster: _Cluster, language: str) -> str:
    """How much the members are alike, and in what."""
    signals = cluster.values.get("signals")
    said = ", ".join(translate(signal.name, language) for signal in signals) if signals else translate("name", language)
    return translate("{score} % alike: {signals}", language).format(score=cluster.score, signals=said)


def _merging(cluster: _Cluster, language: str) -> str:
    """What merging would touch; of a chance of reuse, how many agencies have it."""
    if cluster.kind == _REUSE:
        said = translate("{count} agencies have it; one could serve all", language)
        return said.format(count=int(cluster.values.get("agencies", 0)))
    if not cluster.touched:
        return translate("merging touches no service, data, server or exchange of the model", language)
    said = translate(
        "merging touches: services {services}, data {data}, servers {servers}, exchanges {exchanges}", language
    )
    return said.format(**{name: int(cluster.values.get(name, 0)) for name in _TOUCHED})


VIEWPOINT = Viewpoint(
    name="duplicates",
    title={"en": "Duplicates and reuse", "id": "Duplikasi dan bagi pakai"},
    stakeholders=("chief information officer", "SPBE coordination team", "budget planners"),
    concerns=(
        "Which applications do the same?",
        "What would merging them touch?",
        "What has another agency that could be reused?",
    ),
    about=("units",),
    make=make,
    suggest=lambda architecture: ["duplicates"] if architecture.ordinals("applications") else [],
    reads={"applications": ("owner|operator", "functions", "supports", "reads|writes")},
    compares=True,
    fixed={"group_by": "its panels are what is alike"},
)
