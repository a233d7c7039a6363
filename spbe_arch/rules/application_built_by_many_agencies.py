"""SPBE519 (E5)."""

from collections.abc import Hashable, Iterator

from spbe_arch.likeness import Traits, clusters
from spbe_arch.metamodel import Application
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
    is_external,
    listed,
    national_of,
    place_words,
    related,
    rule,
    vocabulary_of,
)


def _own(application: Application) -> Hashable | None:
    """One group of all applications that agencies have of their own; national ones are the same everywhere."""
    if is_ending(application) or not application.name or is_external(application):
        return None
    if (application.reference or "").startswith("RAA.01") or application.run_elsewhere:
        return None
    return "own" if national_of(application).named(application.name) is None else None


@rule(
    "SPBE519",
    Level.NOTE,
    "{application} is likely the same as {others}: {agencies} agencies have it, at least {score} % alike in name",
    letter="E5",
    basis=[
        Basis("Perpres 95/2018 (shared use of applications)", "medium"),
        Basis("Perpres 82/2023 (no new application for what one does already)", "high"),
    ],
    scope=Group((Application,), _own),
    admits_reason=True,
    compares_names=True,
)
def application_built_by_many_agencies(
    applications: Members[Application], *, likeness: int = 95, least: int = 2
) -> Iterator[Fault]:
    """Applications of several agencies that have, but for fillers and synonyms, one name.

    Why it matters:
        What one agency has built another need not build again: it is a chance of reuse, or of one application for all.
        It is no fault of either agency, so this is a note. What is twice in one agency is told by SPBE505.
        Names are compared as there; the place of each agency tells nothing apart. Parameters are `likeness`, in per
        cent, and `least`, from how many agencies on it is told. National applications are left out.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        kind: regency
        period: 2025-2029
        date: 2026-11-01
        language: id
        members: [tetangga]
        check: {as_of: 2026-11-01}
        # file: tetangga/spbe.yaml
        version: 1
        agency: kab-tetangga
        name: Pemerintah Kabupaten Tetangga
        # file: tetangga/kebijakan.yaml
        policies:
          perbup-tetangga: {name: Peraturan Bupati tentang SPBE, kind: head_regulation, scope: local, number: 3/2024}
        # file: tetangga/aplikasi.yaml
        applications:
          laman-tetangga:
            name: Katalog Satu Data Kabupaten Tetangga
            reference: RAA.02.02
            owner: kab-contoh/bidang-aplikasi
            runs_on: kab-contoh/awan-daerah
            supports: kab-contoh/informasi-publik
            reads: kab-contoh/data-statistik
            repository: git.tetangga.go.id
            backup: Harian
            consulted: 2025-01
            fitness_test: 2026-01

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        kind: regency
        period: 2025-2029
        date: 2026-11-01
        language: id
        members: [tetangga]
        check: {as_of: 2026-11-01}
        # file: tetangga/spbe.yaml
        version: 1
        agency: kab-tetangga
        name: Pemerintah Kabupaten Tetangga
        # file: tetangga/kebijakan.yaml
        policies:
          perbup-tetangga: {name: Peraturan Bupati tentang SPBE, kind: head_regulation, scope: local, number: 3/2024}
        # file: tetangga/aplikasi.yaml
        applications:
          laman-tetangga:
            name: Peta Sebaran Satwa Langka
            reference: RAA.02.02
            owner: kab-contoh/bidang-aplikasi
            runs_on: kab-contoh/awan-daerah
            supports: kab-contoh/informasi-publik
            reads: kab-contoh/data-statistik
            repository: git.tetangga.go.id
            backup: Harian
            consulted: 2025-01
            fitness_test: 2026-01

    How to fix:
        Ask the agencies whether one can use what another has. If so, say so in the model: the one that stops sets its
        own to `status: retired`, and supports its services by the other's. If they only share a name, say so under
        `allow`.
    """
    if len({agency_of(one) for one in applications}) < max(least, 2):
        return
    words = vocabulary_of(applications[0])
    traits = applications.traits(lambda one: Traits(words.name(one.name or "", place_words(one))))
    for cluster in clusters(traits, words, max(likeness, 1), applications.ties):
        alike = [applications[member] for member in cluster.members]
        agencies = {agency_of(one) for one in alike}
        if len(agencies) >= max(least, 2):
            first, *others = alike
            values = {
                "application": first,
                "others": listed(others),
                "agencies": Amount(len(agencies)),
                "score": Amount(cluster.score),
            }
            yield Fault(at(first, "name"), values, tuple(related(other) for other in others))
