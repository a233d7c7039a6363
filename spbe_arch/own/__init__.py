"""The agency's own rules as data: the words of their grammar, and what is kept of a rule that was read.

A rule is a tree of tuples, so a file with rules can be kept and sent between processes like any other. `reading` makes
it from nodes; `spbe_arch.enacting` runs it. Nothing in it is code. README.md beside this file is the written grammar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spbe_arch.catalogue import Basis, Page, Rule
from spbe_arch.findings import Level

if TYPE_CHECKING:
    from spbe_arch.findings import Region
    from spbe_arch.paths import Names, Step

__all__ = [
    "COMPARISONS",
    "CONDITIONS",
    "KEYS",
    "LEVELS",
    "TODAY",
    "VALUES",
    "Compared",
    "Comparison",
    "Condition",
    "Either",
    "Entry",
    "Every",
    "Known",
    "Message",
    "Named",
    "Never",
    "OwnRule",
    "Path",
    "Placeholder",
    "Reached",
    "Words",
    "as_yaml",
    "spellings",
]

# --- words: English → Indonesian -----------------------------------------------------------------------------

KEYS = {
    "for": "untuk",
    "where": "bila",
    "require": "wajib",
    "forbid": "larang",
    "level": "tingkat",
    "title": "judul",
    "message": "pesan",
    "why": "mengapa",
    "fix": "perbaikan",
    "basis": "dasar",
    "allow": "izinkan",
    "wrong": "salah",
    "right": "benar",
}
"""The keys of a rule."""

CONDITIONS = {"all": "semua", "any": "salah_satu", "not": "bukan"}
"""The keys that join conditions."""

COMPARISONS = {
    "is": "adalah",
    "is_not": "selain",
    "at_least": "minimal",
    "at_most": "maksimal",
    "more_than": "lebih_dari",
    "less_than": "kurang_dari",
    "starts": "diawali",
    "ends": "diakhiri",
    "contains": "memuat",
    "like": "berpola",
    "under": "di_bawah",
    "count": "banyaknya",
    "each": "setiap",
}
"""The keys of a test that is more than a value."""

VALUES = {"any": "ada", "none": "kosong"}
"""What stands for any value and for none; in quotes they are texts like others."""

TODAY = ("today", "hari_ini")
"""What stands for the day that rules about time go by."""

FIELD = ("field", "isian")
"""The key that names another field instead of a value."""

LEVELS = {"error": "galat", "warning": "peringatan", "note": "catatan"}


def spellings(words: dict[str, str]) -> dict[str, str]:
    """Every spelling of some words, with the English one."""
    return {**{indonesian: english for english, indonesian in words.items()}, **{word: word for word in words}}


# --- what is kept of a rule ----------------------------------------------------------------------------------


class Path(NamedTuple):
    """Where something is found, seen from an element: elements, or the values of a field of theirs."""

    steps: tuple[Step, ...]
    names: Names = ()
    """The field whose values are meant; empty if the elements themselves are."""
    part: str = ""
    """The part of each value, as in `source.confidence`."""


class Comparison(NamedTuple):
    """A test of one value."""

    word: str
    operands: tuple[Any, ...]
    """Values as elements hold them; `TODAY` stands for the day of the check."""


class Every(NamedTuple):
    """All of the conditions hold."""

    parts: tuple[Condition, ...]


class Either(NamedTuple):
    """One of the conditions holds."""

    parts: tuple[Condition, ...]


class Never(NamedTuple):
    """The condition does not hold."""

    part: Condition


class Known(NamedTuple):
    """So many values of a field pass all tests."""

    names: Names
    part: str
    tests: tuple[Comparison, ...]
    least: int = 1
    most: int | None = None


class Named(NamedTuple):
    """The element is one of these, or lies under one of them."""

    ids: tuple[str, ...]
    under: bool = False


class Reached(NamedTuple):
    """So many of the elements at the end of the steps fulfil the condition."""

    steps: tuple[Step, ...]
    part: Condition
    least: int = 1
    most: int | None = None


class Compared(NamedTuple):
    """Something at the end of one path compares so with something at the end of another."""

    left: Path
    word: str
    right: Path


Condition: TypeAlias = "Every | Either | Never | Known | Named | Reached | Compared"


class Words(NamedTuple):
    """A text of the agency's, in one language or in both."""

    any: str = ""
    """What holds for languages that it is not written in."""
    by_language: tuple[tuple[str, str], ...] = ()

    def of(self, language: str) -> str:
        """The text in a language, or in the one that there is."""
        return dict(self.by_language).get(language, self.any)


class Placeholder(NamedTuple):
    """A name in braces in a message: under which name its value is kept, and where it is found."""

    name: str
    path: Path | None
    """None for the element itself."""


class Message(NamedTuple):
    """The sentence of a rule: a template of ours, in which only names stand in braces."""

    template: Words
    placeholders: tuple[Placeholder, ...] = ()


class Located(NamedTuple):
    """A text of a rule that only the whole architecture, or an engine for patterns, can judge."""

    text: str
    region: Region
    sections: tuple[str, ...] = ()


class OwnRule(NamedTuple):
    """A rule of the agency's own, as a file has it."""

    id: str
    region: Region
    sound: bool
    """Whether it could be read whole; one that could not is known by its name and never run."""
    sections: tuple[str, ...] = ()
    where: Condition | None = None
    require: Condition | None = None
    forbid: Condition | None = None
    field: Names = ()
    """The field at which its findings stand; that is where a person types the fix."""
    level: str = "warning"
    title: Words = Words()
    message: Message = Message(Words())
    why: Words = Words()
    fix: Words = Words()
    basis: tuple[str, ...] = ()
    admits_reason: bool = True
    wrong: Any = None
    """A fragment of a model as plain values: section → id → field."""
    right: Any = None
    patterns: tuple[Located, ...] = ()
    ids: tuple[Located, ...] = ()


class Entry(Rule):
    """An own rule in the catalogue of one architecture; its code has the agency before it."""

    __slots__ = ("folder", "own")  # no dataclass of its own: making one takes longer than reading a rule

    own: OwnRule
    folder: str
    """The rule holds for the repository in this folder, and for those in folders below it."""

    @classmethod
    def of(cls, own: OwnRule, agency: str, path: str, folder: str) -> Entry:
        """The entry of a rule that stands in a file of an agency's repository."""
        entry = cls(
            f"{agency}/{own.id}",
            own.id,
            Level(own.level),
            own.message.template.any,
            text="",
            basis=tuple(Basis(source, "") for source in own.basis),
            admits_reason=own.admits_reason,
            since="",
            origin=path,
        )
        object.__setattr__(entry, "own", own)
        object.__setattr__(entry, "folder", folder)
        return entry

    @property
    def family(self) -> str:
        """Own rules are a family of their own."""
        return "own"

    def own_message(self, language: str) -> str:
        """The template of its sentence."""
        return self.own.message.template.of(language)

    def own_page(self, language: str) -> Page:
        """Its page, as far as the agency has written one."""
        own = self.own
        texts = {"Why it matters": own.why.of(language), "How to fix": own.fix.of(language)}
        examples = {"Wrong": as_yaml(own.wrong), "Right": as_yaml(own.right)}
        order = ("Why it matters", "Wrong", "Right", "How to fix")
        found = {heading: (texts | examples)[heading] for heading in order}
        return Page(own.title.of(language) or own.id, {heading: text for heading, text in found.items() if text})


def as_yaml(fragment: Any) -> str:
    """Plain values of a model as they may be written; the same bytes every time."""
    if fragment is None:
        return ""
    import yaml

    written = str(yaml.dump(fragment, Dumper=_plain_dumper(), allow_unicode=True, sort_keys=False, width=100))
    return written.rstrip(" \n")


def _plain_dumper() -> Any:
    """Writes texts without the quotes that YAML 1.1 would want: the field decides what a text means."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
    return Dumper
