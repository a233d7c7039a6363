"""What of an element is compared: its traits, and the words that name the place of its agency."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spbe_arch.interrupting import step
from spbe_arch.likeness import Traits

if TYPE_CHECKING:
    from spbe_arch.likeness import Vocabulary
    from spbe_arch.metamodel import Application

__all__ = ["places_of", "traits_of"]

_AGENCY = re.compile(r"\b(?:kabupaten|kab|kota|provinsi|prov|daerah istimewa)\b\.?\s+(.+)", re.IGNORECASE)
_OWN_LEVEL = 3
"""The level from which on the codes of applications are the agency's own."""


@lru_cache(maxsize=1024)
def places_of(agency: str) -> frozenset[str]:
    """The words of the place in the name of an agency.

    >>> sorted(places_of("Pemerintah Kabupaten Minahasa Selatan"))
    ['minahasa', 'selatan']
    """
    found = _AGENCY.search(agency)
    return frozenset(re.findall(r"[^\W_]+", found[1].casefold())) if found else frozenset()


def traits_of(application: Application, vocabulary: Vocabulary, places: frozenset[str]) -> Traits:
    """What of an application is compared with others.

    Raises:
        Undecided: on a strict architecture, if one of the facts is broken.
    """
    step()
    code = application.reference or ""
    return Traits(
        vocabulary.name(application.name or "", places),
        vocabulary.words_of(application.functions, places),
        frozenset(application.supports.ids),
        frozenset((*application.reads.ids, *application.writes.ids)),
        _owner(application),
        code if code.count(".") >= _OWN_LEVEL else "",
    )


def _owner(application: Application) -> str | None:
    """The id of the unit that owns an application, without a look at the unit: that has a name and more besides."""
    architecture = application.architecture
    owners = architecture.targets(application.ordinal, "owner") if architecture is not None else []
    return architecture.id_at(owners[0]) if architecture is not None and owners else None
