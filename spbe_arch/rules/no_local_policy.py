"""SPBE813."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided
from spbe_arch.rules import Basis, Fault, Level, OfAgency, rule


@rule(
    "SPBE813",
    Level.WARNING,
    "agency {agency} has no regulation of its own on SPBE or its architecture",
    basis=[
        Basis("Perpres 95/2018 (architecture and roadmap are set by the head of the agency)", "high"),
        Basis("PermenPANRB 59/2020, indicators 1 and 2", "high"),
    ],
    scope=OfAgency(),
)
def no_local_policy(part: Part) -> Iterator[Fault]:
    """An agency that has no policy of its own: every policy in the model is national.

    Why it matters:
        The evaluation asks for a regulation of the agency that sets the architecture and the roadmap. Without one,
        nothing in the model binds any office. Ministries and institutions are not asked: their own regulations
        are national ones.

    Wrong:
        policies:
          perbup-spbe:
            scope: national

    Right:
        policies:
          perbup-spbe:
            scope: local

    How to fix:
        Enter the regulation or decree under `policies` with `scope: local`; while it is being drafted, enter a gap
        and an initiative, and give it `status: new` with the year.
    """
    if part.manifest.kind in ("ministry", "institution"):  # its own regulations are national ones
        return
    if any(policy.scope == "local" for policy in part.of("policies").values()):
        return
    if part.is_incomplete:
        raise Undecided
    if part.sections:
        yield Fault(Place(part.manifest.path), {"agency": part.manifest.name})
