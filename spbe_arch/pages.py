"""The pages of the rules as people and programs read them, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spbe_arch.catalogue import FAMILIES, Page, parse_page
from spbe_arch.checking import catalogue
from spbe_arch.findings import english
from spbe_arch.messages import translate
from spbe_arch.rules import all_rules

if TYPE_CHECKING:
    from spbe_arch.catalogue import Rule

__all__ = ["list_as_json", "list_as_text", "page_as_json", "page_as_text", "page_of"]


def page_of(rule: Rule, language: str) -> Page:
    """The page of a rule; in Indonesian where it has been written, else in English.

    The examples are the same in both: they are code, and the English page holds them.
    """
    english = rule.page
    path = Path(__file__).with_name("rules") / f"{rule.name}.id.md"
    if language != "id" or not path.is_file():
        return english
    page = parse_page(path.read_text(encoding="utf-8").removeprefix("# "))
    examples = {heading: english.sections[heading] for heading in _EXAMPLES if heading in english.sections}
    return Page(page.title, {**page.sections, **examples})


_EXAMPLES: tuple[str, ...] = ("Wrong", "Right")
_ORDER = (english("Why it matters"), english("Wrong"), english("Right"), english("How to fix"))


def page_as_text(rule: Rule, language: str) -> str:
    """The page for a terminal."""
    page = page_of(rule, language)

    def say(text: str) -> str:
        return translate(text, language)

    lines = [f"{rule.code} {rule.name} ({say(rule.level.value)})", "", page.title]
    for heading in _ORDER:
        if heading in page.sections:
            lines += [
                "",
                f"{say(heading)}:",
                *(f"    {line}".rstrip() for line in page.sections[heading].splitlines()),
            ]
    if rule.basis:
        lines += ["", f"{say('Basis')}:"]
        lines += [f"    {say(basis.source)} ({say('confidence')}: {say(basis.confidence)})" for basis in rule.basis]
    if rule.letter:
        lines += ["", f"{say('Letter in the list of rules')}: {rule.letter}"]
    lines += ["", f"{say('Since version')}: {rule.since}"]
    return "\n".join(lines) + "\n"


def page_as_json(rule: Rule, language: str) -> str:
    """The page for programs."""
    page = page_of(rule, language)
    return _json({**_entry(rule), "title": page.title, "sections": page.sections, "message": rule.message})


def list_as_text(language: str) -> str:
    """All rules, by family, one a line."""
    rules = catalogue()
    width = max(len(rule.name) for rule in rules.values())
    lines: list[str] = []
    for family, about in FAMILIES.items():
        found = [rule for rule in rules.values() if rule.family == family]
        if found:
            lines += (
                ["", f"{family}  {translate(about, language)}"]
                if lines
                else [f"{family}  {translate(about, language)}"]
            )
            lines += [
                f"{one.code}  {translate(one.level.value, language):<10}  {one.name:<{width}}".rstrip() for one in found
            ]
    return "\n".join(lines) + "\n"


def list_as_json() -> str:
    """All rules, for programs."""
    titles = {
        code: {language: page_of(rule, language).title for language in ("en", "id")}
        for code, rule in catalogue().items()
    }
    return _json(
        {
            "version": 1,
            "rules": [{**_entry(rule), "title": titles[code]} for code, rule in catalogue().items()],
        }
    )


def _entry(rule: Rule) -> dict[str, Any]:
    runnable = all_rules().get(rule.code)
    scope = type(runnable.scope).__name__.lower() if runnable else "file"
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level.value,
        "family": FAMILIES[rule.family],
        "scope": {"each": "element", "whole": "model"}.get(scope, scope),
        "letter": rule.letter,
        "basis": [{"source": basis.source, "confidence": basis.confidence} for basis in rule.basis],
        "fixable": False,
        "since": rule.since,
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
