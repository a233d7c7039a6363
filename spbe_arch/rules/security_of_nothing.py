"""SPBE701 (G1)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Security
from spbe_arch.rules import Basis, Each, Fault, Level, at, in_use, rule


@rule(
    "SPBE701",
    Level.WARNING,
    "{security} secures nothing",
    letter="G1",
    basis=[Basis("Lampiran arsitektur kementerian (manajemen keamanan: ID metadata terkait)", "high")],
    scope=Each(Security),
)
def security_of_nothing(security: Security) -> Iterator[Fault]:
    """A security element that no data, application or infrastructure is linked to.

    Why it matters:
        A standard that is applied to nothing is a document in a drawer, and what it was meant for counts as
        unprotected. What is only planned is not asked.

    Wrong:
        awareness:
          kampanye-warga:
            secures:

    Right:
        awareness:
          kampanye-warga:
            secures: [laman-kabupaten]

    How to fix:
        Name under `secures` the data, applications or infrastructure that the standard, activity, audit or test is
        about; links under `related` do not count.
    """
    if not security.secures and in_use(security):
        yield Fault(at(security, "secures"), {"security": security})
