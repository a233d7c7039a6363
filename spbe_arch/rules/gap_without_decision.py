"""SPBE808 (H8)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Gap
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


@rule(
    "SPBE808",
    Level.WARNING,
    "{gap} is neither planned nor deferred",
    letter="H8",
    basis=[Basis("practice of regional architectures: the gap catalogue", "medium")],
    scope=Each(Gap),
)
def gap_without_decision(gap: Gap) -> Iterator[Fault]:
    """A gap about which nothing has been decided.

    Why it matters:
        What is known to be missing and neither planned nor deferred is forgotten until the next evaluation.

    Wrong:
        gaps:
          kesenjangan-pajak:
            decision:

    Right:
        gaps:
          kesenjangan-pajak:
            decision: planned

    How to fix:
        Decide: `planned` with an initiative that closes it, `deferred` with a reason, or `closed`.
    """
    if gap.decision in (None, "open"):
        yield Fault(at(gap, "decision"), {"gap": gap})
