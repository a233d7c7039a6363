"""The English texts of the package that are translated, and the catalogue of their translations.

The catalogue is `spbe_arch/locale/id/LC_MESSAGES/spbe_arch.po`; `python -m tests.refresh` brings it up to date with
the code and compiles it. A text is found

- in the catalogue of rules: messages, bases, levels, families;
- as a literal argument of the calls in `CALLS`;
- as a literal inside `english(…)`, where it goes a longer way to one of those calls.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from spbe_arch import errors
from spbe_arch.catalogue import FAMILIES
from spbe_arch.config import catalogue
from spbe_arch.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "spbe_arch"
PO = PACKAGE / "locale" / "id" / "LC_MESSAGES" / "spbe_arch.po"
MO = PO.with_suffix(".mo")

CALLS: dict[str, tuple[int | str, ...]] = {
    "translate": (0,),
    "say": (0,),
    "english": (0,),
    "counted": (1, 2),
    "Term": (1,),
    "Related": (2, "message"),
    "related": (1, "message"),
    "_related": (2, "message"),
    "_scalar": (1,),
    "Suggestion": (2, "words"),
    "UnreadableFileError": (0,),
    "_error": (0,),
    "BaselineError": (0,),
    "Misuse": (0,),
    **{
        name: (0,)
        for name, error in vars(errors).items()
        if isinstance(error, type) and issubclass(error, errors.SpbeError)
    },
}
"""The positions, or names, of the arguments that are English texts, by the name of what is called."""

_OF_THE_FORMAT = ("field", "type", "types", "a type")
"""Kinds of terms whose name is one of the format, not a text."""


@cache
def texts() -> dict[str, set[str]]:
    """Every English text that is translated, with the places it comes from."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in catalogue().values():
        found[rule.message].add(f"{rule.code} {rule.name}")
        for basis in rule.basis:
            found[basis.source].add("basis of rules")
    for confidence in ("high", "medium", "low"):
        found[confidence].add("confidence of a basis")
    for family, about in FAMILIES.items():
        found[about].add(f"family {family}")
    for level in Level:
        found[level.value].add("level")
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in _in_code(ast.parse(path.read_text(encoding="utf-8"))):
            found[text].add(path.relative_to(PACKAGE).as_posix())
    return {text: places for text, places in found.items() if not re.fullmatch(r"\{\w+\}", text)}


def _in_code(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if called not in CALLS or _says_both(node, called) or (called == "Term" and _is_of_the_format(node)):
            continue
        given = [*enumerate(node.args), *((keyword.arg, keyword.value) for keyword in node.keywords)]
        for place, argument in given:
            if place in CALLS[called]:
                yield from _literals(argument)


def _says_both(call: ast.Call, called: str) -> bool:
    """Whether a text stands beside its Indonesian, as in the schemas."""
    return called == "say" and len(call.args) > 1


def _is_of_the_format(call: ast.Call) -> bool:
    kind = call.args[0]
    return isinstance(kind, ast.Constant) and kind.value in _OF_THE_FORMAT


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, as far as it says so itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def placeholders(text: str) -> list[str]:
    """The names in braces, in the order of the alphabet."""
    return sorted(re.findall(r"\{(\w+(?:![rs])?(?::\.?\d*[a-z])?)\}", text))


# --- the catalogue -------------------------------------------------------------------------------------------

_NOTE = """\
# The Indonesian of spbe_arch. `python -m tests.refresh` collects the texts and compiles this file;
# the translations are written here by hand, in the terms of the regulations."""


class _Undated(Catalog):
    """A catalogue whose head names no clock and no tool, so that the same texts make the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "spbe_arch"),
            ("Language", "id"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def translations() -> dict[str, str]:
    """What the committed catalogue says, by the English text."""
    if not PO.is_file():
        return {}
    catalog = read_po(BytesIO(PO.read_bytes()), locale="id")
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def po_bytes(known: dict[str, str]) -> bytes:
    """The texts of today with the translations known, as a file for people."""
    catalog = _Undated(locale="id", header_comment=_NOTE, fuzzy=False)
    for text, places in sorted(texts().items(), key=lambda item: (min(item[1]), item[0])):
        catalog.add(text, known.get(text, ""), auto_comments=sorted(places))
    file = BytesIO()
    write_po(file, catalog, width=110)
    return file.getvalue().rstrip(b"\n") + b"\n"


def mo_bytes(known: dict[str, str]) -> bytes:
    """The translations as gettext reads them."""
    catalog = _Undated(locale="id", fuzzy=False)
    for text in texts():
        if text in known:
            catalog.add(text, known[text])
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def files() -> dict[Path, bytes]:
    """What the two files of the catalogue should hold."""
    known = translations()
    return {PO: po_bytes(known), MO: mo_bytes(known)}


# --- a net for what was forgotten ---------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(a|an|and|are|as|at|be|by|cannot|document|each|element|field|file|for|has|have|in|is|it|key|link|list|mapping"
    r"|more|must|name|no|none|not|of|on|or|other|section|service|stands|text|that|the|this|to|value|with|without"
    r"|word|year|you)\b",
    re.IGNORECASE,
)
"""Common English words that no Indonesian text has; those that both languages share are left out."""
