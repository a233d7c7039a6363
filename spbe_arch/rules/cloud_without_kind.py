"""SPBE609 (F9)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Cloud
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE609",
    Level.WARNING,
    "{cloud} does not say of which kind it is",
    letter="F9",
    basis=[
        Basis("Lampiran arsitektur kementerian (metadata infrastruktur: tipe komputasi awan)", "high"),
    ],
    scope=Each(Cloud),
)
def cloud_without_kind(cloud: Cloud) -> Iterator[Fault]:
    """A cloud in use without its kind.

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
    if cloud.kind is None and in_use(cloud):
        yield Fault(at(cloud, "kind"), {"cloud": cloud})
