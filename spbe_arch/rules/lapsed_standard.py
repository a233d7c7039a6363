"""SPBE703 (G3)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Standard
from spbe_arch.rules import Basis, Each, Fault, Level, at, day_of, is_ending, related, rule


@rule(
    "SPBE703",
    Level.WARNING,
    "{standard} was valid until {date}, and still secures {secured}",
    letter="G3",
    basis=[Basis("Manual SIA SPBE (standar: tanggal mulai dan akhir berlaku)", "high")],
    scope=Each(Standard),
    admits_reason=True,
)
def lapsed_standard(standard: Standard) -> Iterator[Fault]:
    """A security standard whose validity has ended, and that still secures something.

    Why it matters:
        What rests on it counts as protected, while the certificate or the rule no longer holds.

    Wrong:
        standards:
          sni-27001:
            valid_until: 2025-12-31

    Right:
        standards:
          sni-27001:
            valid_until: 2028-12-31

    How to fix:
        Write the new end if the standard has been renewed. Otherwise link what it secures to the standard that
        took its place, and give it `status: retired`.
    """
    ended = standard.valid_until
    if ended is None or ended.last_day >= day_of(standard) or is_ending(standard):
        return
    secured = list(standard.secures)
    if secured:
        shown = sorted(secured, key=lambda one: one.id)[:3]
        values = {"standard": standard, "date": str(ended), "secured": shown}
        yield Fault(at(standard, "valid_until"), values, tuple(related(one) for one in secured))
