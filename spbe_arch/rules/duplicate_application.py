"""SPBE505 (E5)."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations
from typing import NamedTuple

from spbe_arch.findings import english
from spbe_arch.metamodel import Application
from spbe_arch.rules import Basis, Fault, Group, Level, Term, agency_of, at, related, rule

_FILLERS = frozenset(
    [
        "sistem",
        "informasi",
        "aplikasi",
        "manajemen",
        "layanan",
        "pelayanan",
        "online",
        "daring",
        "digital",
        "elektronik",
        "terpadu",
        "terintegrasi",
        "berbasis",
        "web",
        "mobile",
        "android",
        "portal",
        "website",
        "situs",
        "modul",
        "versi",
        "baru",
        "dan",
        "untuk",
        "di",
        "the",
        "of",
        "si",
        "sim",
        "e",
        "kabupaten",
        "kota",
        "kab",
        "provinsi",
        "pemerintah",
        "daerah",
        "dinas",
    ]
)
"""Words that stand in the names of applications of every kind."""


def _class(application: Application) -> Hashable | None:
    if application.status == "retired" or not application.reference:
        return None
    return agency_of(application), application.reference


@rule(
    "SPBE505",
    Level.WARNING,
    "{application} resembles {others} in {signals}",
    letter="E5",
    basis=[
        Basis("SE MenPANRB 18/2022", "high"),
        Basis("Perpres 82/2023 (no new application for what one does already)", "high"),
    ],
    scope=Group((Application,), _class),
    admits_reason=True,
)
def duplicate_application(
    applications: list[Application], *, likeness: int = 85, most_shared: int = 60
) -> Iterator[Fault]:
    """Applications of one agency and class that are alike in name, functions, or in services and data.

    Why it matters:
        Several offices build the same thing: attendance, letters, complaints. Each costs its own server, contract
        and security, and the data drift apart. The finding says what the likeness rests on; whether to merge them is
        for people to decide. The parameters are `likeness`, the per cent from which two names or two texts on
        functions count as alike, and `most_shared`: a word or service of more applications than this tells none apart.

    Wrong:
        applications:
          e-pajak-2:
            name: Aplikasi E-Pajak Daerah
            reference: RAA.02.02
            owner: bidang-pajak
            supports: [pajak-restoran]
            reads: [data-restoran]
            runs_on: server-pajak-1

    Right:
        applications:
          presensi-pegawai:
            name: Presensi Pegawai
            reference: RAA.02.02
            owner: bidang-pajak
            supports: [pajak-restoran]
            reads: [data-restoran]
            runs_on: server-pajak-1

    How to fix:
        Ask both owners. Keep one, set the other to `status: retired` with `until`, and let the one that stays say
        `replaces`.
    """
    for cluster, signals in _clusters(applications, likeness, most_shared):
        first, *others = cluster
        values = {
            "application": others[-1],
            "others": [first, *others[:-1]],
            "signals": [Term("noun", signal) for signal in sorted(signals)],
        }
        yield Fault(at(others[-1], "name"), values, tuple(related(one) for one in (first, *others[:-1])))


class _Profile(NamedTuple):
    """What of an application is compared."""

    words: str
    """What tells its name apart, in the order of the alphabet."""
    functions: str
    services: frozenset[str]
    data: frozenset[str]
    replaces: frozenset[str]


def _profile(application: Application) -> _Profile:
    return _Profile(
        _words(application.name or ""),
        " ".join(application.functions).casefold(),
        frozenset(application.supports.ids),
        frozenset((*application.reads.ids, *application.writes.ids)),
        frozenset(application.replaces.ids),
    )


def _words(name: str) -> str:
    """What tells the name apart, in the order of the alphabet."""
    found = re.findall(r"[^\W_]+", name.casefold())
    return " ".join(sorted({word for word in found if word not in _FILLERS and not word.isdigit()}) or found)


def _clusters(
    applications: list[Application], likeness: int, most_shared: int
) -> Iterator[tuple[list[Application], set[str]]]:
    """Applications that are alike, directly or through one between them, with what the likeness rests on."""
    profiles = [_profile(application) for application in applications]
    leader = list(range(len(applications)))
    signals: dict[int, set[str]] = defaultdict(set)

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for one, other in sorted(_candidates(profiles, most_shared)):
        found = _likeness(profiles[one], profiles[other], likeness)
        if found and not (_follows(applications, profiles, one, other) or _follows(applications, profiles, other, one)):
            first, second = sorted((lead(one), lead(other)))
            leader[second] = first
            signals[first] |= found | signals.pop(second, set())
    members: dict[int, list[Application]] = defaultdict(list)
    for index, application in enumerate(applications):
        members[lead(index)].append(application)
    for first, cluster in members.items():
        if len(cluster) > 1:
            yield cluster, signals[first]


def _follows(applications: list[Application], profiles: list[_Profile], successor: int, other: int) -> bool:
    """Whether one says that it replaces the other."""
    replaced = profiles[successor].replaces
    return bool(replaced) and not replaced.isdisjoint((applications[other].id, applications[other].global_id))


def _candidates(profiles: list[_Profile], most_shared: int) -> set[tuple[int, int]]:
    """Pairs worth comparing: they share a telling word, two words, all words, a service or a function.

    Keys that many share are made narrower instead of being compared all with all, so the work stays linear.
    """
    shared: dict[tuple[str, ...], list[int]] = defaultdict(list)
    beginnings = [sorted({word[:4] for word in profile.words.split()}) for profile in profiles]
    counts = Counter(beginning for found in beginnings for beginning in found)
    pairs: set[tuple[int, int]] = set()
    first: dict[str, int] = {}
    for index, profile in enumerate(profiles):
        one = first.setdefault(profile.words, index)
        if one != index:
            pairs.add((one, index))
        keys: set[tuple[str, ...]] = {("word", word) for word in beginnings[index] if counts[word] <= most_shared}
        keys |= {("words", *two) for two in combinations(beginnings[index][:8], 2)}
        keys |= {("service", service) for service in profile.services}
        keys |= {("functions", profile.functions)} if profile.functions else set()
        for key in keys:
            shared[key].append(index)
    groups = (indexes for indexes in shared.values() if len(indexes) <= most_shared)
    pairs.update(pair for indexes in groups for pair in combinations(indexes, 2))
    return pairs


def _likeness(one: _Profile, other: _Profile, least: int) -> set[str]:
    """What two applications of one class have in common, as far as it says that they are the same."""
    from rapidfuzz.fuzz import ratio, token_sort_ratio

    signals = set()
    if ratio(one.words, other.words, score_cutoff=least):
        signals.add(english("name"))
    if one.functions and other.functions and token_sort_ratio(one.functions, other.functions, score_cutoff=least):
        signals.add(english("functions"))
    if one.services and one.data and one.services == other.services and one.data == other.data:
        signals.add(english("services and data"))
    return signals
