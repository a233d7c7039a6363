"""SPBE704 (G4)."""

from collections.abc import Iterator

from spbe_arch.metamodel import Security
from spbe_arch.rules import (
    Basis,
    Each,
    Edit,
    Fault,
    Fix,
    Level,
    agency_of,
    architecture_of,
    at,
    english,
    is_inherited,
    related,
    rule,
)


@rule(
    "SPBE704",
    Level.NOTE,
    "{security} does not list {elements}, which says that it is secured by it",
    letter="G4",
    basis=[Basis("Kabupaten and ministry sheets: links entered twice drift apart", "high")],
    scope=Each(Security),
    fixes="unsafe",
)
def one_sided_security(security: Security) -> Iterator[Fault]:
    """A security element that lists what it secures, but not an element that names it.

    Why it matters:
        The link may be written at either end, and one end is enough. Where both ends are filled in, a gap in one of
        them most likely means that the two lists have drifted apart, and one of them is wrong. What `defaults` say for
        a whole file is not compared.

    Wrong:
        applications:
          e-tagih:
            secured_by: [uji-penetrasi, uji-laik-aplikasi, audit-aplikasi, audit-keamanan, sni-27001]

    Right:
        applications:
          e-tagih:
            secured_by: [uji-penetrasi, uji-laik-aplikasi, audit-aplikasi, audit-keamanan]

    How to fix:
        Add the element under `secures` of the security element, or take the link away where it is wrong.
    """
    written = set(architecture_of(security).targets(security.ordinal, "secures"))
    if written:
        unlisted = (one for one in security.secures if one.ordinal not in written)
        missing = [one for one in unlisted if not is_inherited(one, "secured_by")]
        if missing:
            values = {"security": security, "elements": missing}
            agency = agency_of(security)
            names = [one.id if agency_of(one) == agency else one.global_id for one in missing]
            edits = tuple(Edit("add", at(security, "secures"), name) for name in names)
            fix = Fix(edits, safe=False, words=english("add {text}"), text=", ".join(names))
            yield Fault(at(security, "secures"), values, tuple(related(one) for one in missing), fix=fix)
