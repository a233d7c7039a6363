"""The pages of the rules as people and programs read them, in both languages."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spbe_arch import definitions
from spbe_arch.catalogue import FAMILIES, Page
from spbe_arch.catalogue.letters import LETTERS
from spbe_arch.config import catalogue
from spbe_arch.findings import english
from spbe_arch.loader import SPECIAL
from spbe_arch.manifest import KEYS, MANIFEST, key_name
from spbe_arch.messages import printable, template, translate
from spbe_arch.metamodel import types
from spbe_arch.metamodel.values import ChoiceKind
from spbe_arch.nodes import Mapping as MappingNode
from spbe_arch.nodes import Scalar, Sequence, read
from spbe_arch.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spbe_arch.catalogue import Basis, Rule
    from spbe_arch.metamodel.declaring import FieldInfo
    from spbe_arch.nodes import Node

__all__ = ["index_as_markdown", "list_as_json", "list_as_text", "page_as_json", "page_as_text", "page_of"]


_ORDER = (english("Why it matters"), english("Wrong"), english("Right"), english("How to fix"))
_EXAMPLES = ("Wrong", "Right")
_MENDED = {
    "safe": english("'spbe check --fix' mends it where it can tell for certain what is meant"),
    "unsafe": english("'spbe check --fix --unsafe-fixes' mends it by a guess, where there is a likely one"),
    "both": english(
        "'spbe check --fix' mends it where it can tell for certain what is meant, and with '--unsafe-fixes' by a guess"
    ),
}
"""How a page says which fixes the rule has."""


_FOLLOWED = {
    "PermenPANRB 59/2020": english(
        "PermenPANRB 59/2020 is followed by PermenPANRB 8/2026 from 1 June 2026 on (confidence: medium)"
    )
}
"""Regulations that were in force when a rule was drawn from them, with what has taken their place."""


def page_of(rule: Rule, language: str) -> Page:
    """The page of a rule; in Indonesian where it has been written, else in English.

    The examples are those of the English page, with the Indonesian names in an Indonesian one. The headings of the
    sections are the English ones, which are translated when they are printed.
    """
    own = rule.own_page(language)
    if own is not None:
        return own
    page = rule.page
    path = Path(__file__).with_name("rules") / f"{rule.name}.id.md"
    if language != "id" or not path.is_file():
        return page
    title, written = _parse_markdown(path.read_text(encoding="utf-8"))
    sections = {
        heading: _in_indonesian(text) if heading in _EXAMPLES else written.get(translate(heading, "id"), text)
        for heading, text in page.sections.items()
    }
    return Page(title, sections)


def _parse_markdown(text: str) -> tuple[str, dict[str, str]]:
    """The title of a page and its sections by heading."""
    head, *parts = text.split("\n## ")
    split = (part.partition("\n") for part in parts)
    return head.strip().removeprefix("# "), {heading.strip(): body.strip("\n") for heading, _, body in split}


# --- examples in Indonesian names ----------------------------------------------------------------------------


def _in_indonesian(example: str) -> str:
    """The example with the Indonesian names of sections, fields and values; what has none stays as it is."""
    root = read("", example).root
    lines = example.split("\n")
    if isinstance(root, MappingNode):
        of_manifest = example.startswith(f"# file: {MANIFEST}\n")
        words = _manifest_words(root) if of_manifest else _model_words(root)
        for node, word in sorted(words, key=lambda pair: (pair[0].line, pair[0].column), reverse=True):
            line = lines[node.line]
            lines[node.line] = line[: node.column] + word + line[node.end_column :]
    return "\n".join(lines)


def _manifest_words(root: MappingNode) -> Iterator[tuple[Scalar, str]]:
    for key, _ in root.items.values():
        if key.value in KEYS:
            yield key, key_name(key.value, "id")


def _model_words(root: MappingNode) -> Iterator[tuple[Scalar, str]]:
    of_all = {name: field for info in types().values() for name, field in info.fields.items()}
    special = {name: spelling for spelling, name in SPECIAL.items() if spelling != name}
    for key, section in root.items.values():
        info = types().get(key.value)
        below = [node for _, node in section.items.values()] if isinstance(section, MappingNode) else []
        if info is not None:
            yield key, info.indonesian_names[0]
            others = {inverse.name: inverse.indonesian for inverse in info.inverses.values()}
            for node in below:
                yield from _field_words(node, info.fields, others)
        elif key.value in special:
            yield key, special[key.value]
            if key.value == "rules":
                from spbe_arch.own.naming import indonesian_words

                for node in below:
                    yield from indonesian_words(node)
            if key.value == "views":
                for node in below:
                    yield from _view_words(node)
                continue
            for node in [section] if key.value == "defaults" else below:
                yield from _field_words(node, of_all, {})


def _view_words(node: Node) -> Iterator[tuple[Scalar, str]]:
    """The keys of the definition of a view, its viewpoint, and the keys of its filters."""
    for key, value in node.items.values() if isinstance(node, MappingNode) else ():
        if key.value in definitions.KEYS:
            yield key, definitions.KEYS[key.value][0]
        if isinstance(value, Scalar) and value.value in definitions.VIEWPOINTS.values:
            yield value, definitions.VIEWPOINTS.indonesian[value.value]
        if isinstance(value, MappingNode):
            asked = (inner for inner, _ in value.items.values() if inner.value in definitions.CRITERIA)
            yield from ((inner, definitions.CRITERIA[inner.value]) for inner in asked)


def _field_words(node: Node, fields: dict[str, FieldInfo], others: dict[str, str]) -> Iterator[tuple[Scalar, str]]:
    """The names of fields in a mapping, and the values from lists behind them."""
    if not isinstance(node, MappingNode):
        return
    for key, value in node.items.values():
        field = fields.get(key.value)
        if field is not None:
            yield key, field.indonesian
            if isinstance(field.kind, ChoiceKind):
                names = field.kind.values.indonesian
                chosen = value.items if isinstance(value, Sequence) else [value]
                yield from ((one, names[one.value]) for one in chosen if isinstance(one, Scalar) and one.value in names)
        elif key.value in others:
            yield key, others[key.value]


def page_as_text(rule: Rule, language: str, width: int = 80) -> str:
    """The page for a terminal.

    Args:
        rule: what the page is about.
        language: "en" or "id".
        width: columns that prose is broken at; examples stand as they are.
    """
    page = page_of(rule, language)

    def say(text: str) -> str:
        return translate(text, language)

    lines = [f"{rule.code} {rule.name} ({say(rule.level.value)})", "", *_broken(printable(page.title, 1000), width)]
    for heading in _ORDER:
        if heading in page.sections:
            written = page.sections[heading].splitlines()
            shown = written if heading in _EXAMPLES else _refilled(written, width - 4)
            lines += ["", f"{say(heading)}:", *(f"    {printable(line, 1000)}".rstrip() for line in shown)]
    if rule.basis:
        lines += ["", f"{say('Basis')}:"]
        followed = (about for source, about in _FOLLOWED.items() if any(source in one.source for one in rule.basis))
        for text in (*(_ground(basis, language) for basis in rule.basis), *map(say, followed)):
            first, *more = _broken(text, width - 6)
            lines += [f"    {first}", *(f"      {line}" for line in more)]
    for text in _last_words(rule, language):
        lines += ["", *_broken(text, width)]
    return "\n".join(lines) + "\n"


def _last_words(rule: Rule, language: str) -> Iterator[str]:
    """What a page ends with, a paragraph each."""

    def say(text: str) -> str:
        return translate(text, language)

    if rule.admits_reason:
        yield say("Silenced by a justification under 'allow' at the element")
    if not rule.default:
        yield say("This rule is off unless it is selected")
    if rule.fixes:
        yield say(_MENDED[rule.fixes])
    if rule.letter:
        yield f"{say('Letter in the list of rules')}: {rule.letter}"
    if rule.since:
        yield f"{say('Since version')}: {rule.since}"
    if rule.origin:
        yield say("Own rule of the agency, written in {path}").format(path=printable(rule.origin, 500))


def _broken(text: str, width: int) -> list[str]:
    """A text in lines of so many columns; what has no space is left whole."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _refilled(lines: list[str], width: int) -> Iterator[str]:
    """Prose in lines of another width; what is indented, or begins an item of a list, begins a line of its own."""
    paragraph: list[str] = []
    for line in lines:
        is_apart = not line.strip() or line.startswith(" ")
        if paragraph and (is_apart or line.startswith(("- ", "* "))):
            yield from _broken(" ".join(paragraph), width)
            paragraph = []
        if is_apart:
            yield line
        else:
            paragraph.append(line)
    if paragraph:
        yield from _broken(" ".join(paragraph), width)


def _ground(basis: Basis, language: str) -> str:
    """A basis with its confidence, where somebody has judged that."""
    source = translate(basis.source, language)
    if not basis.confidence:
        return printable(source, 1000)
    return f"{source} ({translate('confidence', language)}: {translate(basis.confidence, language)})"


def page_as_json(rule: Rule, language: str) -> str:
    """The page for programs."""
    page = page_of(rule, language)
    message = template(rule, language)
    return _json({**_entry(rule, language), "title": page.title, "sections": page.sections, "message": message})


def list_as_text(language: str, rules: Mapping[str, Rule] | None = None) -> str:
    """All rules, by family, one a line; those given, else those of this program."""
    rules = catalogue() if rules is None else rules
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
            wide = max(len(one.code) for one in found)
            lines += [
                f"{one.code:<{wide}}  {translate(one.level.value, language):<10}  {one.name:<{width}}".rstrip()
                for one in found
            ]
    return "\n".join(lines) + "\n"


def list_as_json(rules: Mapping[str, Rule] | None = None) -> str:
    """All rules, for programs; those given, else those of this program."""
    rules = catalogue() if rules is None else rules
    titles = {
        code: {language: page_of(rule, language).title for language in ("en", "id")} for code, rule in rules.items()
    }
    return _json(
        {
            "version": 1,
            "rules": [{**_entry(rule), "title": titles[code]} for code, rule in rules.items()],
        }
    )


def index_as_markdown() -> str:
    """The index of the rules in both languages, by family, and what of the regulation's list is not a rule yet."""
    rules = catalogue()
    lines = [
        "<!-- Written by `python -m tests.refresh`; edit the rules instead. -->",
        "",
        "# Rules",
        "",
        "The English title leads to the rule, the Indonesian one to its page; `spbe explain CODE` prints either page.",
        "The letter is that of the list of rules which regulation, evaluation and practice imply.",
    ]
    for family, about in FAMILIES.items():
        rows = [_row(rule) for rule in rules.values() if rule.family == family]
        if rows:
            head = f"## {family} {about} ({translate(about, 'id')})"
            lines += ["", head, "", *_table(("code", "name", "level", "letter", "fix", "finds", "menemukan"), rows)]
    held = {rule.letter for rule in rules.values()}
    open_letters = [
        (letter, entry.title, translate(entry.title, "id"), entry.reason, translate(entry.reason, "id"))
        for letter, entry in LETTERS.items()
        if letter not in held
    ]
    if open_letters:
        head = "## Not a rule yet (belum menjadi aturan)"
        lines += ["", head, "", *_table(("letter", "checks", "memeriksa", "because", "karena"), open_letters)]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> tuple[str, ...]:
    english_title, indonesian_title = (page_of(rule, language).title for language in ("en", "id"))
    links = f"[{english_title}]({_module_of(rule)})", f"[{indonesian_title}]({rule.name}.id.md)"
    fixes = "safe, unsafe" if rule.fixes == "both" else rule.fixes
    return rule.code, f"`{rule.name}`", rule.level.value, rule.letter, fixes, *links


def _module_of(rule: Rule) -> str:
    """The file that declares the rule, from the folder of the index."""
    if rule.code in all_rules():
        return f"{rule.name.replace('-', '_')}.py"
    return {"0": "../catalogue/reading.py", "1": "../catalogue/linking.py"}[rule.family]


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *cells)]


def _entry(rule: Rule, language: str = "en") -> dict[str, Any]:
    runnable = all_rules().get(rule.code)
    scope = type(runnable.scope).__name__.lower() if runnable else "each" if rule.origin else "file"
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level.value,
        "family": FAMILIES[rule.family],
        "scope": {"each": "element", "ofagency": "agency", "whole": "model"}.get(scope, scope),
        "letter": rule.letter,
        "basis": [
            {"source": translate(basis.source, language), "confidence": basis.confidence} for basis in rule.basis
        ],
        "admits_reason": rule.admits_reason,
        "fixable": bool(rule.fixes),
        "fixes": rule.fixes or None,
        "since": rule.since,
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
