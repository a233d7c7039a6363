"""Rules beyond the examples of their pages: what they must stay silent about, and what a page cannot show."""

from __future__ import annotations

from spbe_arch.checking import check
from spbe_arch.loader import load_texts
from tests.patching import clean_results, clean_texts, example_texts

MANIFEST = """\
version: 1
agency: kab-contoh
name: Kabupaten Contoh
period: 2025-2029
check:
  as_of: 2026-11-01
"""


def codes_of(patch: str) -> list[str]:
    """The codes found in the clean model with a patch on it."""
    texts = example_texts(patch)
    untouched = {path: result for path, result in clean_results().items() if texts[path] == clean_texts()[path]}
    return [finding.code for finding in check(load_texts(texts.items(), results=untouched))]


def found_in(text: str, code: str, manifest: str = MANIFEST) -> list[str | None]:
    """The elements of a small model that a rule names."""
    findings = check(load_texts([("spbe.yaml", manifest), ("model.yaml", text)]), select=[code])
    return [finding.place.element for finding in findings if finding.code == code]


# --- H1 ------------------------------------------------------------------------------------------------------

ONE_DOMAIN = "units: {dinas: {name: Dinas}}\nprocesses: {proses: {name: Proses, owner: dinas}}\n"


def test_domains_without_elements_are_one_finding() -> None:
    [finding] = (
        one for one in check(load_texts([("spbe.yaml", MANIFEST), ("model.yaml", ONE_DOMAIN)])) if one.code == "SPBE801"
    )
    assert finding.fault.values["domains"].english == (
        "Services",
        "Data and Information",
        "Applications",
        "Infrastructure",
        "Security",
    )


def test_an_architecture_without_a_period_is_not_asked_for_its_domains() -> None:
    assert found_in(ONE_DOMAIN, "SPBE801", MANIFEST.replace("period: 2025-2029\n", "")) == []
