"""SPBE606 (F6)."""

from collections.abc import Iterator

from spbe_arch.findings import english
from spbe_arch.metamodel import IntegrationPlatform
from spbe_arch.rules import Basis, Each, Fault, Level, Term, at, in_use, rule

_LACKING = {"networks": english("an intra-network"), "connects": english("applications")}


@rule(
    "SPBE606",
    Level.WARNING,
    "{platform} is a service hub without {lacking}",
    letter="F6",
    basis=[
        Basis(
            "Lampiran arsitektur kementerian (metadata SPL: jaringan intra, aplikasi yang dihubungkan)",
            "high",
        ),
    ],
    scope=Each(IntegrationPlatform),
)
def service_hub_unconnected(platform: IntegrationPlatform) -> Iterator[Fault]:
    """A service hub (SPL) in use that runs over no intra-network or connects no application.

    Why it matters:
        A hub that connects nothing is not a hub but a server. Exchanges that name it under `via` count as
        connections. A hub of another government is not asked for its network.

    Wrong:
        integration_platforms:
          spl-desa:
            name: Penghubung Layanan Desa
            reference: RAI.02.02
            ownership: own
            kind: government

    Right:
        integration_platforms:
          spl-desa:
            name: Penghubung Layanan Desa
            reference: RAI.02.02
            ownership: own
            kind: government
            networks: [jip-kabupaten]
            connects: [e-pajak]

    How to fix:
        Name the intra-networks under `networks` and the applications under `connects`.
    """
    if not in_use(platform):
        return
    lacking = [] if platform.networks or platform.ownership == "other_government" else ["networks"]
    if not platform.connects and not platform.exchanges:
        lacking.append("connects")
    if lacking:
        words = [Term("noun", _LACKING[field]) for field in lacking]
        yield Fault(at(platform, lacking[0]), {"platform": platform, "lacking": words})
