"""SPBE707 (G7)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Audit
from spbe_arch.rules import Basis, Each, Fault, Level, at, rule


@rule(
    "SPBE707",
    Level.WARNING,
    "{audit} asks for improvement, and no follow-up is recorded",
    letter="G7",
    basis=[
        Basis("Manual SIA SPBE (audit: tindak lanjut)", "medium"),
        Basis("PermenPANRB 59/2020, indicator 31 (security audit)", "medium"),
    ],
    scope=Each(Audit),
)
def audit_without_follow_up(audit: Audit) -> Iterator[Fault]:
    """An audit that found something to improve, without a follow-up.

    Why it matters:
        The next audit begins with the findings of the last one. What nobody has followed up is found again, and
        counts double.

    Wrong:
        audits:
          audit-keamanan:
            follow_up:

    Right:
        audits:
          audit-keamanan:
            follow_up: Segmentasi jaringan pada 2027.

    How to fix:
        Write under `follow_up` what is being done, or enter a gap that concerns the audit.
    """
    if audit.result in ("needs_improvement", "inadequate") and not audit.follow_up and not audit.gaps:
        yield Fault(at(audit, "follow_up"), {"audit": audit})
