"""SPBE410 (D10)."""

from collections.abc import Hashable, Iterator

from spbe_arch.likeness import Traits, clusters
from spbe_arch.metamodel import Data
from spbe_arch.rules import (
    Amount,
    Basis,
    Fault,
    Group,
    Level,
    Members,
    agency_of,
    at,
    is_ending,
    listed,
    place_words,
    related,
    rule,
    vocabulary_of,
)


def _same_code(data: Data) -> Hashable | None:
    if not data.reference or not data.name or data.producer is None or data.replaces.ids or is_ending(data):
        return None
    _ = data.owner  # a broken fact leaves it out alone
    return agency_of(data), data.reference


@rule(
    "SPBE410",
    Level.WARNING,
    "{data} has the code and, by {score} %, the name of {others}, and not the same producer",
    letter="D10",
    basis=[
        Basis("Peraturan Bappenas 16/2020 (master and reference data are kept once)", "high"),
        Basis("Perpres 39/2019 (produsen data)", "high"),
    ],
    scope=Group((Data,), _same_code),
    admits_reason=True,
    compares_names=True,
)
def duplicate_data(data: Members[Data], *, likeness: int = 85) -> Iterator[Fault]:
    """Data of one reference code and names that are alike, from different producers.

    Why it matters:
        The same employees stand in the personnel system, the school system and the hospital's; three numbers go to the
        regent, and none is right. Names are compared as those of applications are (SPBE505), with "data", "daftar" and
        the like left out; the parameter `likeness` is the per cent that is asked for.

    Wrong:
        data:
          hotel-penagihan:
            name: Daftar Hotel Objek Pajak
            reference: RAD.02.11
            owner: bidang-penagihan
            producer: bidang-penagihan
            confidentiality: limited
            processes: penagihan-pajak
        applications:
          e-tagih:
            reads: [data-penerimaan, data-tunggakan, hotel-penagihan]

    Right:
        data:
          hotel-penagihan:
            name: Daftar Tunggakan Hotel
            reference: RAD.02.11
            owner: bidang-penagihan
            producer: bidang-penagihan
            confidentiality: limited
            processes: penagihan-pajak
        applications:
          e-tagih:
            reads: [data-penerimaan, data-tunggakan, hotel-penagihan]

    How to fix:
        Agree on one producer; the others read the data from there. The one that stays says `master: true` and, of
        those it takes the place of, `replaces`. Data that are alike in name only get names that tell them apart.
    """
    words = vocabulary_of(data[0], "data")
    names = data.traits(lambda one: Traits(words.name(one.name or "", place_words(one))))
    for cluster in clusters(names, words, max(likeness, 1), data.ties):
        first, *others = (data[member] for member in cluster.members)
        found = [one for one in others if one.producer != first.producer and not _is_one_twice(first, one)]
        if found:
            *between, last = found
            values = {"data": last, "others": listed([first, *between]), "score": Amount(cluster.score)}
            yield Fault(at(last, "name"), values, tuple(related(one) for one in (first, *between)))


def _is_one_twice(one: Data, other: Data) -> bool:
    """Whether they are one thing entered twice in a unit, which SPBE151 reports."""
    same_name = " ".join((one.name or "").casefold().split()) == " ".join((other.name or "").casefold().split())
    return same_name and one.owner is not None and one.owner == other.owner
