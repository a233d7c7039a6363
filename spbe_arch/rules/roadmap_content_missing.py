"""SPBE804 (H4)."""

from collections.abc import Iterator

from spbe_arch.architecture import Part
from spbe_arch.findings import Place
from spbe_arch.metamodel import Undecided
from spbe_arch.metamodel.values import Choices, value_list
from spbe_arch.rules import Basis, Fault, Level, OfAgency, related, rule

_CONTENTS = value_list("content").indonesian


@rule(
    "SPBE804",
    Level.WARNING,
    "the roadmap of {agency} has no initiative on {contents}",
    letter="H4",
    basis=[
        Basis("PermenPANRB 59/2020, indicators 2 and 12 (the seven contents of a roadmap)", "high"),
    ],
    scope=OfAgency(),
)
def roadmap_content_missing(part: Part) -> Iterator[Fault]:
    """A roadmap that does not cover all of its seven contents.

    Why it matters:
        Governance, management, services, infrastructure, applications, security and ICT audit: the
        evaluation asks for each. Initiatives that state no content are named beside the finding; one of
        them may be what is missing.

    Wrong:
        initiatives:
          kegiatan-audit-aplikasi:
            content: management
          kegiatan-audit-keamanan:
            content: security

    Right:
        initiatives:
          kegiatan-audit-aplikasi:
            content: audit
          kegiatan-audit-keamanan:
            content: security

    How to fix:
        Write the content of each initiative under `content`, and plan initiatives for what is missing.
    """
    if part.is_incomplete:
        raise Undecided
    initiatives = list(part.of("initiatives").values())
    stated = {one.content for one in initiatives}
    missing = [content for content in _CONTENTS if content not in stated]
    if initiatives and missing:
        names = Choices(tuple(missing), tuple(_CONTENTS[content] for content in missing))
        silent = tuple(related(one) for one in initiatives if one.content is None)
        yield Fault(Place(part.manifest.path), {"agency": part.manifest.name, "contents": names}, silent)
