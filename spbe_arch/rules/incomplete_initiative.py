"""SPBE805 (H5)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Initiative
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, rule


@rule(
    "SPBE805",
    Level.WARNING,
    "{initiative} states no {lacking}",
    letter="H5",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian, tabel 5.1 (inisiatif, keluaran, target waktu, penanggung jawab)", "high"
        ),
    ],
    scope=Each(Initiative),
)
def incomplete_initiative(initiative: Initiative) -> Iterator[Fault]:
    """An initiative without output, years or responsible unit.

    Why it matters:
        Nobody can tell when it is done, or ask anybody about it. Years and unit are those of the initiative
        above it, if there is one.

    Wrong:
        initiatives:
          kegiatan-risiko:
            output:
            until:

    Right:
        initiatives:
          kegiatan-risiko:
            output: Daftar risiko tahunan
            until: 2029

    How to fix:
        Write the result under `output`, the first and last year under `since` and `until`, and the unit
        under `owner`.
    """
    if initiative.status == "retired":
        return
    asked = ("output", "since", "until", "owner") if initiative.parent is None else ("output",)
    lacking = [field for field in asked if getattr(initiative, field) is None]
    if lacking:
        words = [Term("field", field, "initiatives") for field in lacking]
        yield Fault(at(initiative, lacking[0]), {"initiative": initiative, "lacking": words})
