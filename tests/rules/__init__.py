"""Cases beside the two on each page: where a rule must speak, and where it must be silent."""

from __future__ import annotations

from spbe_arch.checking import Findings, check
from spbe_arch.loader import load_texts
from tests.patching import clean_results, clean_texts, example_texts

__all__ = ["codes_of", "messages_of"]


def codes_of(patch: str) -> list[str]:
    """The codes of what is found in the clean model with a patch."""
    return [finding.code for finding in _found(patch)]


def messages_of(patch: str) -> list[str]:
    """What is found in the clean model with a patch, in English."""
    from spbe_arch.messages import Teller

    found = _found(patch)
    return [told.message for told in Teller(found.architecture).tell(found)]


def _found(patch: str) -> Findings:
    texts = example_texts(patch.strip("\n"))
    untouched = {path: result for path, result in clean_results().items() if texts[path] == clean_texts()[path]}
    return check(load_texts(texts.items(), results=untouched))
