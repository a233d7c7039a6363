"""The catalogue: code, name, level, message and page of every rule, of all families.

The reader and the linker name their rules from `reading` (family 0) and `linking` (family 1); the modules of
`spbe_arch.rules` declare the rest. Nothing here checks anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from spbe_arch.findings import Fault, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spbe_arch.findings import Fix, Place, Related, Suggestion

__all__ = ["FAMILIES", "Basis", "Fixes", "Page", "Rule", "declare", "declared", "is_always", "is_declared"]

Fixes = Literal["", "safe", "unsafe", "both"]
"""Which fixes a rule has: none; one whose meaning is certain; a guess; the one or the other, as the case may be."""

FAMILIES = {
    "0": "reading",
    "1": "schema, identity, links, codes",
    "2": "business",
    "3": "services",
    "4": "data",
    "5": "applications",
    "6": "infrastructure",
    "7": "security",
    "8": "the architecture as a whole and the roadmap",
    "own": "own rules of the agency",
    "package": "rules of installed packages",
}
"""The first digit of a code of this program, or where else rules come from, and what they are about."""


class Basis(NamedTuple):
    """A legal or practical ground of a rule."""

    source: str
    """The regulation with its article where one is known, or what practice shows it."""
    confidence: str
    """high, medium or low: how surely the rule follows from it."""


class Page(NamedTuple):
    """The page of a rule, by its headings."""

    title: str
    """One sentence: the pattern that the rule finds."""
    sections: dict[str, str]
    """Heading → text; `Wrong` and `Right` hold YAML that a test executes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a rule without running it."""

    code: str
    name: str
    level: Level
    message: str
    """A template with named values, English; Indonesian comes from the message catalogue."""
    text: str = field(repr=False)
    """The page as written: a title line, then headings ending in a colon with indented text."""
    letter: str = ""
    """The letter of the rule in the list of rules implied by regulation, as in "A8"."""
    basis: tuple[Basis, ...] = ()
    admits_reason: bool = False
    """Whether a justification at the element (`allow`) silences it."""
    since: str = "0.1"

    default: bool = True
    """Whether it runs if nobody asks for it."""
    always: bool = False
    """Whether it cannot be switched off, silenced or known beforehand: it says that something was not read."""
    fixes: Fixes = ""
    """What mends some or all of its faults."""
    package: str = ""
    """The module of an installed package that it comes with; empty for the rules of this program."""
    origin: str = ""
    """The file of the model that an agency's own rule stands in; empty for other rules."""

    @property
    def family(self) -> str:
        """The first digit of the code; the rules of packages are a family of their own."""
        return "package" if self.package else self.code[4]

    @property
    def space(self) -> str:
        """The beginning that its code shares with others of its origin: "SPBE", or an agency with a slash behind it."""
        agency, slash, _ = self.code.partition("/")
        return agency + slash if slash else self.code.rstrip("0123456789")

    def own_message(self, language: str) -> str | None:  # noqa: ARG002 - own rules have one
        """The template of an agency's own rule, in the agency's words; None for rules that are translated."""
        return None

    def own_page(self, language: str) -> Page | None:  # noqa: ARG002 - own rules have one
        """The page of an agency's own rule, in the agency's words; None for rules that are translated."""
        return None

    @property
    def page(self) -> Page:
        """The English page."""
        return parse_page(self.text)

    def fault(
        self,
        place: Place,
        values: Mapping[str, Any] | None = None,
        related: tuple[Related, ...] = (),
        suggestion: Suggestion | None = None,
        fix: Fix | None = None,
    ) -> Fault:
        """A fault that breaks this rule."""
        return Fault(place, values or {}, related, suggestion, self.code, fix)


WITHDRAWN = {
    "SPBE119": "not-read-yet, until 0.1.0: every part of the format is read",
}
"""Codes that are not used again, with the names and what became of them."""

_RULES: dict[str, Rule] = {}


def declare(
    code: str,
    name: str,
    level: Level,
    message: str,
    *,
    page: str,
    letter: str = "",
    basis: tuple[Basis, ...] = (),
    admits_reason: bool = False,
    default: bool = True,
    always: bool = False,
    fixes: Fixes = "",
    package: str = "",
) -> Rule:
    """Enter a rule into the catalogue.

    The code of a rule of an installed package has capital letters of the package's own and three digits: "JABAR001".

    Raises:
        ValueError: if the code is taken or code or name are not formed as they should be; a fault of this package
            or of an installed one, never of a model.
    """
    if code in WITHDRAWN:
        raise ValueError(f"{code} was withdrawn: {WITHDRAWN[code]}")
    words = name.split("-")
    form = r"(?!SPBE)[A-Z]{2,10}[0-9]{3}" if package else r"SPBE[0-9]{3}"
    if not re.fullmatch(form, code) or not all(map(str.isalnum, words)):
        like = "JABAR001" if package else "SPBE301"
        raise ValueError(f"a rule needs a code like {like} and a kebab-case name, not {code!r} and {name!r}")
    always = always or (code[4] == "0" and not package)
    options = {"default": default, "always": always, "package": package, "fixes": fixes}
    rule = Rule(code, name, level, message, page, letter, basis, admits_reason, **options)  # type: ignore[arg-type]
    known = _RULES.setdefault(code, rule)
    if known.name != name or known.package != package:
        raise ValueError(f"{code} is the code of {known.name!r} already")
    return rule


def declared() -> dict[str, Rule]:
    """Every rule declared so far, by code, in the order of the codes."""
    return dict(sorted(_RULES.items()))


def is_declared(code: str) -> bool:
    """Whether there is a rule of this code."""
    return code in _RULES


def is_always(code: str) -> bool:
    """Whether the rule of a code cannot be switched off; one that is not of this program always can."""
    rule = _RULES.get(code)
    return rule is not None and rule.always


def parse_page(text: str) -> Page:
    """A page from its text: the first line is the title; an unindented line ending in a colon opens a section."""
    title, _, rest = text.strip().partition("\n")
    lines = rest.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (line[margin:].rstrip() for line in lines):
        if line.endswith(":") and not line.startswith(" "):
            current = sections.setdefault(line[:-1], [])
        else:
            current.append(line.removeprefix("    "))
    return Page(title.strip(), {heading: "\n".join(body).strip("\n") for heading, body in sections.items()})
