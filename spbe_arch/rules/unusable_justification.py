"""SPBE134."""

from collections.abc import Iterator

from spbe_arch.architecture import Architecture
from spbe_arch.catalogue import Rule, declared
from spbe_arch.findings import Suggestion, english
from spbe_arch.metamodel import near_miss
from spbe_arch.rules import Fault, Level, Term, Whole, at, is_called, is_inherited, rule


@rule(
    "SPBE134",
    Level.WARNING,
    "the justification for {name} has no effect: {reason}",
    scope=Whole(),
)
def unusable_justification(architecture: Architecture) -> Iterator[Fault]:
    """A justification under `allow` without a reason, or for a rule that does not exist or admits none.

    Why it matters:
        Somebody wrote down that the rule does not hold here and expects it to be silent. The entry has no effect.

    Wrong:
        applications:
          e-pajak:
            allow: {SPBE999: Disetujui tim koordinasi.}

    Right:
        applications:
          e-pajak:
            allow: {}

    How to fix:
        Write the reason behind the code or the name of a rule that admits one; the page of a rule says whether it does.
        What another rule finds is mended, not justified.
    """
    told: set[tuple[str, str]] = set()
    for ordinal, allow in architecture.justifications():
        element = architecture.at_ordinal(ordinal)
        for name, allowance in (allow or {}).items():
            reason = _refusal(name) or ("" if allowance.reason else english("it gives no reason"))
            place = at(element, "allow")
            if reason and not (is_inherited(element, "allow") and (place.path, name) in told):
                told.add((place.path, name))
                near = None if _rule(name) else near_miss(name, _known())
                values = {"name": name, "reason": Term("noun", reason)}
                yield Fault(place, values, suggestion=Suggestion(near) if near else None)


def _refusal(name: str) -> str:
    """Why no justification is possible for what is called so; empty if one is."""
    rule = _rule(name)
    if rule is None:
        return english("there is no such rule")
    return "" if rule.admits_reason else english("the rule admits none")


def _rule(name: str) -> Rule | None:
    """The rule of a code or a name."""
    return next((one for one in declared().values() if is_called(one, name)), None)


def _known() -> list[str]:
    return [spelling for one in declared().values() for spelling in (one.code, one.name)]
