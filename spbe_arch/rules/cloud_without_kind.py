"""SPBE609 (F9)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Cloud
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


@rule(
    "SPBE609",
    Level.WARNING,
    "{cloud} does not say of which kind it is",
    letter="F9",
    basis=[
        Basis("Perpres 132/2022, metadata infrastruktur (tipe komputasi awan)", "high"),
    ],
    scope=Each(Cloud),
)
def cloud_without_kind(cloud: Cloud) -> Iterator[Fault]:
    """A cloud without its kind.

    Why it matters:
        Whether one rents machines, a platform or a finished application decides who keeps it up to date and
        who answers for its security.

    Wrong:
        clouds:
          awan-daerah:
            kind:

    Right:
        clouds:
          awan-daerah:
            kind: paas

    How to fix:
        Write one of iaas, paas, saas, bdaas and secaas under `kind`.
    """
    if cloud.status != "retired" and cloud.kind is None:
        yield Fault(at(cloud, "kind"), {"cloud": cloud})
