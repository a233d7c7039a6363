"""The pages of the rules in both languages, and the index made of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from spbe_arch import definitions
from spbe_arch.catalogue.letters import LETTERS
from spbe_arch.checking import check
from spbe_arch.config import catalogue, find_rule
from spbe_arch.loader import SPECIAL, load_texts
from spbe_arch.manifest import KEYS
from spbe_arch.messages import translate
from spbe_arch.metamodel import types
from spbe_arch.metamodel.values import value_list
from spbe_arch.own import COMPARISONS
from spbe_arch.pages import index_as_markdown, list_as_json, list_as_text, page_as_json, page_as_text, page_of
from tests import refresh
from tests.patching import clean_results, clean_texts, example_texts
from tests.texts import ENGLISH

if TYPE_CHECKING:
    from spbe_arch.catalogue import Rule

FOLDER = refresh.ROOT / "spbe_arch" / "rules"
RULES = list(catalogue().values())
NAMES = [rule.name for rule in RULES]
EXAMPLES = {"Wrong", "Right"}

every_rule = pytest.mark.parametrize("rule", RULES, ids=NAMES)


def written(rule: Rule) -> str:
    return (FOLDER / f"{rule.name}.id.md").read_text(encoding="utf-8")


@every_rule
def test_every_rule_has_an_indonesian_page(rule: Rule) -> None:
    assert (FOLDER / f"{rule.name}.id.md").is_file(), f"write spbe_arch/rules/{rule.name}.id.md"


def test_every_indonesian_page_has_a_rule() -> None:
    assert {path.name.removesuffix(".id.md") for path in FOLDER.glob("*.id.md")} <= set(NAMES)


@every_rule
def test_headings_are_those_of_the_english_page(rule: Rule) -> None:
    """The examples are code, and stand in the English page only."""
    wanted = [translate(heading, "id") for heading in rule.page.sections if heading not in EXAMPLES]
    assert re.findall(r"^## (.+)$", written(rule), re.MULTILINE) == wanted


@every_rule
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_begins_with_one_sentence(rule: Rule, language: str) -> None:
    title = page_of(rule, language).title
    assert re.fullmatch(r"[^a-z\s].*[^.]\.", title), title
    assert ". " not in title
    assert len(title) <= 115


@every_rule
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_says_why_and_how(rule: Rule, language: str) -> None:
    sections = page_of(rule, language).sections
    assert sections["Why it matters"].endswith(".")
    assert sections["How to fix"].endswith(".")
    assert all(len(line) <= 116 for text in sections.values() for line in text.splitlines())


@every_rule
def test_both_pages_have_the_same_sections(rule: Rule) -> None:
    assert list(page_of(rule, "id").sections) == list(page_of(rule, "en").sections)


@pytest.mark.parametrize("rule", [rule for rule in RULES if "Wrong" in rule.page.sections], ids=lambda rule: rule.name)
@pytest.mark.parametrize("heading", sorted(EXAMPLES))
def test_an_example_in_indonesian_names_says_the_same(rule: Rule, heading: str) -> None:
    model = example_texts(page_of(rule, "id").sections[heading])
    untouched = {path: result for path, result in clean_results().items() if model[path] == clean_texts()[path]}
    found = check(load_texts(model.items(), results=untouched), extend=() if rule.default else [rule.code])
    assert [finding.code for finding in found] == ([rule.code] if heading == "Wrong" else [])


def test_an_example_has_the_indonesian_names_of_sections_fields_and_values() -> None:
    example = page_of(find_rule("electronic-service-without-application"), "id").sections["Right"]
    assert example.splitlines()[:3] == ["layanan:", "  layanan-tanpa-aplikasi:", "    nama: Konsultasi Pajak"]
    assert "    metode: tatap_muka" in example.splitlines()
    assert "    target: masyarakat" in example.splitlines()


@every_rule
def test_no_english_is_left_in_an_indonesian_page(rule: Rule) -> None:
    """What stands in backticks or quotes is code; the rest is Indonesian."""
    plain = re.sub(r"`[^`]*`|\"[^\"]*\"", "", written(rule))
    assert not ENGLISH.findall(plain)


def vocabulary() -> set[tuple[str, str]]:
    """Every Indonesian name of the format with its English one."""
    pairs = {(name, english) for name, english in SPECIAL.items() if name != english} | {("ya", "yes"), ("tidak", "no")}
    pairs |= {(indonesian, english) for english, indonesian in COMPARISONS.items()}
    pairs |= {(indonesian, english) for english, (indonesian, _) in KEYS.items()}
    for info in types().values():
        pairs |= {(name, info.section) for name in info.indonesian_names}
        pairs |= {(field.indonesian, name) for name, field in info.fields.items()}
    for name in ("lifecycle", "method", "decision", "policy_scope"):
        pairs |= {(indonesian, english) for english, indonesian in value_list(name).indonesian.items()}
    pairs |= {(indonesian, english) for english, (indonesian, _) in definitions.KEYS.items()}
    pairs |= {(indonesian, english) for english, indonesian in definitions.CRITERIA.items()}
    return pairs | {("infrastruktur", "infrastructure"), ("lapis", "layer")}


@every_rule
def test_names_of_the_format_are_given_in_both_languages(rule: Rule) -> None:
    """An Indonesian name with the English one behind it, as in `mendukung` (`supports`), names the same thing."""
    for indonesian, english in re.findall(r"`([^`]+)`\s\(`([^`]+)`\)", written(rule)):
        for pair in zip(indonesian.split(": "), english.split(": "), strict=True):
            assert pair in vocabulary() or pair[0] == pair[1]


# --- what the command prints ---------------------------------------------------------------------------------


@every_rule
def test_a_page_is_printed_in_the_language_asked_for(rule: Rule) -> None:
    english, indonesian = page_as_text(rule, "en"), page_as_text(rule, "id")
    assert " ".join(english.split("\n\n")[1].split()) == page_of(rule, "en").title
    assert " ".join(indonesian.split("\n\n")[1].split()) == page_of(rule, "id").title
    assert "\nWhy it matters:\n" in english
    assert "\nMengapa penting:\n" in indonesian
    assert "\nWhy it matters:\n" not in indonesian


@every_rule
@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [40, 80])
def test_prose_is_broken_at_the_width_and_keeps_its_words(rule: Rule, language: str, width: int) -> None:
    page = page_as_text(rule, language, width)
    prose = [
        line for line in page.splitlines()[2:] if len(line.split()) > 1 and not _is_in_an_example(line, rule, language)
    ]
    assert [line for line in prose if len(line) > width] == []
    assert page.split() == page_as_text(rule, language, 10_000).split()


def _is_in_an_example(line: str, rule: Rule, language: str) -> bool:
    sections = page_of(rule, language).sections
    return any(line.strip() in sections.get(heading, "") for heading in ("Wrong", "Right"))


@every_rule
def test_keys_of_a_page_for_programs_do_not_change_with_the_language(rule: Rule) -> None:
    english, indonesian = (json.loads(page_as_json(rule, language)) for language in ("en", "id"))
    assert list(english) == list(indonesian)
    assert list(english["sections"]) == list(indonesian["sections"])
    assert english["message"] == rule.message
    assert indonesian["message"] == translate(rule.message, "id")


def test_the_list_names_every_rule_in_its_family() -> None:
    text = list_as_text("id")
    assert "0  pembacaan\n" in text
    assert re.findall(r"^(SPBE\d{3})", text, re.MULTILINE) == sorted(catalogue())
    assert [rule["name"] for rule in json.loads(list_as_json())["rules"]] == NAMES


# --- the index -----------------------------------------------------------------------------------------------


def test_the_index_is_fresh() -> None:
    assert "spbe_arch/rules/README.md" not in refresh.stale(), f"run `{refresh.COMMAND}`"


def test_links_of_the_index_lead_somewhere() -> None:
    targets = set(re.findall(r"\]\(([^)]+)\)", index_as_markdown()))
    assert [target for target in targets if not (FOLDER / target).is_file()] == []


def test_every_letter_is_a_rule_or_has_a_reason() -> None:
    held = {rule.letter for rule in RULES if rule.letter}
    assert held <= set(LETTERS)
    behind = index_as_markdown().partition("## Not a rule yet")[2]
    assert set(re.findall(r"^\| ([A-H]\d+) \|", behind, re.MULTILINE)) == set(LETTERS) - held


def test_the_letters_are_those_of_the_list_in_its_order() -> None:
    last = {"A": 12, "B": 4, "C": 8, "D": 13, "E": 18, "F": 12, "G": 7, "H": 12}
    assert list(LETTERS) == [f"{letter}{number}" for letter, end in last.items() for number in range(1, end + 1)]


def test_a_basis_that_is_no_longer_in_force_names_what_follows() -> None:
    held = {rule.code: "PermenPANRB 8/2026 from 1 June 2026" in page_as_text(rule, "en", 1000) for rule in RULES}
    cited = {rule.code: any("PermenPANRB 59/2020" in one.source for one in rule.basis) for rule in RULES}
    assert held == cited
