"""SPBE134."""

from collections.abc import Iterator

from spbe_arch.catalogue import declared
from spbe_arch.findings import Suggestion, english
from spbe_arch.metamodel import Element, near_miss
from spbe_arch.rules import Each, Fault, Level, Term, at, is_called, rule


@rule(
    "SPBE134",
    Level.WARNING,
    "the justification for {name} has no effect: {reason}",
    scope=Each(Element),
)
def unusable_justification(element: Element) -> Iterator[Fault]:
    """A justification under `allow` for a rule that does not exist, or that admits no justification.

    Why it matters:
        Somebody wrote down why the rule does not hold here and expects it to be silent. It is not.

    Wrong:
        applications:
          e-pajak:
            allow: {SPBE999: Disetujui tim koordinasi.}

    Right:
        applications:
          e-pajak:
            allow: {}

    How to fix:
        Write the code or the name of a rule that admits a justification; the page of a rule says whether it does.
        What another rule finds is mended, not justified.
    """
    for name in element.allow or ():
        found = [one for one in declared().values() if is_called(one, name)]
        if not found:
            known = {spelling for one in declared().values() for spelling in (one.code, one.name)}
            near = near_miss(name, sorted(known))
            values = {"name": name, "reason": Term("noun", english("there is no such rule"))}
            yield Fault(at(element, "allow"), values, suggestion=Suggestion(near) if near else None)
        elif not found[0].admits_reason:
            values = {"name": name, "reason": Term("noun", english("the rule admits none"))}
            yield Fault(at(element, "allow"), values)
