"""SPBE204 (B4)."""

from collections.abc import Hashable, Iterator

from spbe_arch.likeness import Traits, clusters
from spbe_arch.metamodel import Process
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
    place_words,
    related,
    rule,
    vocabulary_of,
)


def _alone(process: Process) -> Hashable | None:
    """The agency of a process that neither a parent nor a coordinator joins with others."""
    if not process.name or is_ending(process):
        return None
    if process.owner is None or process.coordinator is not None or process.parent is not None:
        return None
    return agency_of(process)


@rule(
    "SPBE204",
    Level.NOTE,
    "{process} stands in {count} units under one name or names that are alike ({score} %), and no common process or "
    "coordinator joins them",
    letter="B4",
    basis=[
        Basis("PermenPANRB 59/2020, indicator 14 (processes are aligned with the architecture)", "medium"),
        Basis("PermenPANRB 59/2020, indicator 20 (cross-unit collaboration)", "medium"),
    ],
    scope=Group((Process,), _alone),
    admits_reason=True,
    compares_names=True,
)
def uncoordinated_process(processes: Members[Process], *, least: int = 3, likeness: int = 95) -> Iterator[Fault]:
    """A process that three units or more have under one name, or nearly, without a common process or coordinator.

    Why it matters:
        Thirty offices that each draw up "Pengelolaan Kepegawaian" for themselves soon have thirty procedures and ask
        for thirty applications.

    Wrong:
        processes:
          surat-bapenda:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: bapenda
            objectives: sasaran-pelayanan
          surat-setda:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: sekretariat-daerah
            objectives: sasaran-pelayanan
          surat-diskominfo:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: diskominfo
            objectives: sasaran-pelayanan
        data:
          naskah-dinas:
            name: Naskah Dinas
            reference: RAD.09.06
            producer: sekretariat-daerah
            confidentiality: open
            interoperable: true
            processes: [surat-bapenda, surat-setda, surat-diskominfo]
        applications:
          laman-kabupaten:
            reads: [data-statistik, naskah-dinas]

    Right:
        processes:
          surat-bapenda:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: bapenda
            objectives: sasaran-pelayanan
            coordinator: sekretariat-daerah
          surat-setda:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: sekretariat-daerah
            objectives: sasaran-pelayanan
          surat-diskominfo:
            name: Pengelolaan Naskah Dinas
            reference: RAB.09.06
            owner: diskominfo
            objectives: sasaran-pelayanan
        data:
          naskah-dinas:
            name: Naskah Dinas
            reference: RAD.09.06
            producer: sekretariat-daerah
            confidentiality: open
            interoperable: true
            processes: [surat-bapenda, surat-setda, surat-diskominfo]
        applications:
          laman-kabupaten:
            reads: [data-statistik, naskah-dinas]

    How to fix:
        Enter the common process once and name it under `parent` of each, or name the unit that keeps them alike under
        `coordinator`. The parameter `least` says from how many units on a process counts as spread, `likeness` by how
        much per cent names must be alike; they are compared as those of applications are (SPBE505), with
        "pengelolaan", "manajemen" and "administrasi" left out.
    """
    words = vocabulary_of(processes[0], "processes")
    names = processes.traits(lambda one: Traits(words.name(one.name or "", place_words(one))))
    for cluster in clusters(names, words, max(likeness, 1), processes.ties):
        alike = [processes[member] for member in cluster.members]
        units = {one.owner.id for one in alike if one.owner is not None}
        if len(units) >= least:
            first, *others = alike
            values = {"process": first, "count": len(units), "score": Amount(cluster.score)}
            yield Fault(at(first), values, tuple(related(other) for other in others))
