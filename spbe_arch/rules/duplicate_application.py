"""SPBE505 (E5)."""

from collections.abc import Hashable, Iterator

from spbe_arch.findings import english
from spbe_arch.likeness import Cluster, clusters
from spbe_arch.likeness.elements import traits_of
from spbe_arch.metamodel import Application
from spbe_arch.rules import (
    Amount,
    Basis,
    Fault,
    Group,
    Level,
    Members,
    Term,
    agency_of,
    architecture_of,
    at,
    is_ending,
    listed,
    national_of,
    place_words,
    related,
    rule,
    vocabulary_of,
)

SIGNALS = {
    "name": english("name"),
    "functions": english("functions"),
    "services": english("services"),
    "data": english("data"),
    "class": english("class"),
    "owner": english("owner"),
}
"""What speaks for it that two applications are the same, in the order of its weight."""


def _agency(application: Application) -> Hashable | None:
    """The agency, and whether it is one of the national applications: what stands beside those is told by SPBE503."""
    if not application.name or is_ending(application):
        return None
    # What is compared is asked for here, so that a broken fact leaves out its element and not the group.
    _ = application.functions, application.owner, application.supports, application.reads, application.writes
    _ = application.replaces
    return agency_of(application), national_of(application).named(application.name) is not None


@rule(
    "SPBE505",
    Level.WARNING,
    "{application} is likely the same as {others} by {signals}, {score} %; merging would touch services ({services}), "
    "data ({data}), servers ({servers}) and exchanges ({exchanges})",
    letter="E5",
    basis=[
        Basis("SE MenPANRB 18/2022", "high"),
        Basis("Perpres 82/2023 (no new application for what one does already)", "high"),
    ],
    scope=Group((Application,), _agency),
    admits_reason=True,
    compares_names=True,
)
def duplicate_application(applications: Members[Application], *, likeness: int = 85) -> Iterator[Fault]:
    """Applications of one agency that are likely the same by their names, functions, or services and data.

    Why it matters:
        Several offices build the same thing: attendance, letters, complaints. Each costs its own server, contract
        and security, and the data drift apart. The finding says what the likeness rests on, how great it is where it
        is weakest, and what merging would touch; whether to merge is for people to decide.

        Names are compared without words that tell nothing apart ("sistem informasi", "aplikasi", "SIM", "e-", "online",
        versions, the place of the agency), with one word for synonyms and acronyms ("absensi" and "presensi", "SIMPEG"
        and "kepegawaian"), in any order, misspelt words mended. Names that are nearly alike count together with common
        services, data, class of the agency's own or owner. The class of the national table says nothing: it has four,
        and the same thing is often filed under two. An application that another one `replaces` is left out.

        The parameter `likeness` is the per cent that is asked for. An agency adds words of its own under `check` in
        `spbe.yaml`: `synonyms: {presensi: [absen wajah, simasuk]}`, `fillers: [hebat, juara]`.

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
    replacing = applications.having("replaces")
    replaced = {target for one in replacing for target in one.replaces.ids if target not in (one.id, one.global_id)}
    left_out = applications.places_of(replaced)
    left = [place for place in range(len(applications)) if place not in left_out]
    words = vocabulary_of(applications[0])
    traits = applications.traits(lambda one: traits_of(one, words, place_words(one)), left)
    for cluster in clusters(traits, words, max(likeness, 1), applications.ties):
        yield _fault([applications[left[member]] for member in cluster.members], cluster)


def _fault(alike: list[Application], cluster: Cluster) -> Fault:
    *others, last = alike
    values = {
        "application": last,
        "others": listed(others),
        "signals": [Term("noun", word) for signal, word in SIGNALS.items() if signal in cluster.signals],
        "score": Amount(cluster.score),
        **{name: Amount(count) for name, count in _touched(alike).items()},
    }
    return Fault(at(last, "name"), values, tuple(related(one) for one in others))


def _touched(alike: list[Application]) -> dict[str, int]:
    """How many elements hang on the applications; links that are broken are not among them."""
    architecture = architecture_of(alike[0])
    ordinals = [one.ordinal for one in alike]

    def targets(*fields: str) -> int:
        return len({target for one in ordinals for field in fields for target in architecture.targets(one, field)})

    ends = ("provider", "consumer")
    exchanges = {found for one in ordinals for end in ends for found in architecture.sources(one, "exchanges", end)}
    return {
        "services": targets("supports"),
        "data": targets("reads", "writes"),
        "servers": targets("runs_on"),
        "exchanges": len(exchanges),
    }
