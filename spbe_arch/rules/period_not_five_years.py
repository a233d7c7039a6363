"""SPBE802 (H2)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.rules import Basis, Fault, Level, OfAgency, rule

_LAST = 4
"""Years from the first of a period to its last."""


@rule(
    "SPBE802",
    Level.WARNING,
    "the period {period} of agency {agency} is not five years",
    letter="H2",
    basis=[
        Basis("Perpres 95/2018 (the architecture is set for five years)", "high"),
    ],
    scope=OfAgency(),
)
def period_not_five_years(part: Part) -> Iterator[Fault]:
    """The period of the architecture is not five years.

    Why it matters:
        The architecture and the roadmap are set for five years, in step with the medium-term plan of the
        region.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        kind: regency
        period: 2025-2030
        date: 2026-11-01
        language: id
        check:
          as_of: 2026-11-01

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        kind: regency
        period: 2025-2029
        date: 2026-11-01
        language: id
        check:
          as_of: 2026-11-01

    How to fix:
        Write the five years under `period` of the manifest. What lies behind them belongs to the next
        architecture.
    """
    manifest = part.manifest
    if manifest.years and manifest.years[1] - manifest.years[0] != _LAST:
        yield Fault(Place(manifest.path), {"period": manifest.period, "agency": manifest.name})
