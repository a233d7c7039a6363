"""Every rule of every family: its code, its name, its page, and that its examples do what the page says."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spbe_arch import rules
from spbe_arch.catalogue import FAMILIES, Rule, linking, reading
from spbe_arch.checking import check
from spbe_arch.config import catalogue
from spbe_arch.loader import load_texts
from spbe_arch.rules import all_rules
from tests.patching import CLEAN, clean_results, clean_texts, example_texts

if TYPE_CHECKING:
    from spbe_arch.architecture import Architecture

RULES = catalogue()
EXAMPLES = [
    pytest.param(rule, heading, id=f"{code}-{heading.lower()}")
    for code, rule in RULES.items()
    for heading in ("Wrong", "Right")
    if heading in rule.page.sections
]
NOT_SHOWN_AS_TEXT = {
    "SPBE002": "bytes that are not UTF-8",
    "SPBE003": "another encoding",
    "SPBE004": "a character that nobody sees",
    "SPBE005": "a character that nobody sees",
    "SPBE006": "a character that nobody sees",
    "SPBE007": "20 MB of text",
    "SPBE008": "a hundred brackets",
    "SPBE009": "two million values",
    "SPBE010": "a hundred thousand values",
    "SPBE012": "64 thousand letters",
    "SPBE018": "what the system does not let be read",
    "SPBE020": "the end of a file",
    "SPBE021": "the end of a file",
    "SPBE023": "bytes that are no text",
    "SPBE165": "a Python without a package",
    "SPBE801": "a model without a whole domain",
}
"""Rules whose page has no example, with what an example would have to show; `test_bad_input` and
`test_rules` have them."""


def load_example(example: str) -> Architecture:
    texts = example_texts(example)
    untouched = {path: result for path, result in clean_results().items() if texts[path] == clean_texts()[path]}
    return load_texts(texts.items(), results=untouched)


def told(architecture: Architecture, *select: str) -> list[str]:
    found = check(architecture, select=("SPBE", *select))
    return [f"{finding.code} {finding.place} {dict(finding.fault.values)}" for finding in found]


def test_the_clean_model_has_no_finding() -> None:
    assert told(load_texts(clean_texts().items())) == []


def test_codes_belong_to_a_family_and_names_are_used_once() -> None:
    assert {rule.family for rule in RULES.values()} <= set(FAMILIES)
    assert [name for name, count in Counter(rule.name for rule in RULES.values()).items() if count > 1] == []


def test_reading_and_linking_declare_the_families_that_their_modules_are_for() -> None:
    of_reading = {value.code for value in vars(reading).values() if isinstance(value, Rule)}
    of_linking = {value.code for value in vars(linking).values() if isinstance(value, Rule)}
    assert {code[4] for code in of_reading} == {"0"}
    assert {code[4] for code in of_linking} == {"1"}
    assert of_reading | of_linking | set(all_rules()) == set(RULES)


@pytest.mark.parametrize("path", sorted(Path(rules.__file__).parent.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_a_module_of_rules_holds_the_rule_that_it_is_named_after(path: Path) -> None:
    import_module(f"spbe_arch.rules.{path.stem}")
    here = [check.rule.name for check in all_rules().values() if check.find.__module__.endswith(f".{path.stem}")]
    assert here == [path.stem.replace("_", "-")]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_page_says_what_why_and_how_to_fix(rule: Rule) -> None:
    page = rule.page
    assert page.title.endswith(".")
    assert page.sections["Why it matters"]
    assert page.sections["How to fix"]
    assert set(page.sections) <= {"Why it matters", "Wrong", "Right", "How to fix"}
    assert ("Wrong" in page.sections) == ("Right" in page.sections)
    assert all(basis.source and basis.confidence in ("high", "medium", "low") for basis in rule.basis)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_page_has_examples_where_text_can_show_the_fault(rule: Rule) -> None:
    assert ("Wrong" in rule.page.sections) != (rule.code in NOT_SHOWN_AS_TEXT)


@pytest.mark.parametrize(("rule", "heading"), EXAMPLES)
def test_the_examples_of_a_page_hold(rule: Rule, heading: str) -> None:
    found = told(load_example(rule.page.sections[heading]), rule.code)
    if heading == "Right":
        assert found == []
    else:
        assert [finding.split()[0] for finding in found] == [rule.code], "\n".join(found)


def test_the_clean_model_is_a_folder_that_holds_nothing_else() -> None:
    assert {path.suffix for path in CLEAN.iterdir()} == {".yaml"}
