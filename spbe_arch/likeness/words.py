"""Texts → the words that tell them apart: fillers gone, synonyms one word, acronyms written out, slips mended.

Which words are fillers, synonyms or known is data: the table of the period, and what an agency adds to it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from spbe_arch import metamodel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Bag", "Name", "OwnWords", "Vocabulary", "is_acronym", "is_one_slip_away", "may_be_misspelt", "vocabulary"]


K = TypeVar("K")
T = TypeVar("T")
Bag: TypeAlias = "frozenset[str]"


class OwnWords(NamedTuple):
    """What an agency adds to the words of the table."""

    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words, each with those that mean the same."""
    fillers: tuple[str, ...] = ()


class Name(NamedTuple):
    """A name, as far as it can be compared."""

    words: Bag
    """What tells it apart; of synonyms always the same one."""
    brand: str = ""
    """What it is called besides, as in "SIMANTAP (Sistem Informasi Kepegawaian)"."""
    spelled: tuple[str, ...] = ()
    """Its words in their order as they were written, fillers too, of which an acronym may be made."""


_WORD = re.compile(r"[^\W_]+")
_VERSION = re.compile(r"v\d+|\d{1,2}|\d{4}")
"""A version or a year; of three digits is a number that is called, as 112."""
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_LABELLED = re.compile(r"(\S+)\s+[-–—:|]\s+(.+)|(.+?)\s+[-–—:|]\s+(\S+)")
_MARKS = frozenset("(-–—:|")
"""Without one of these, a name is no label with what it stands for."""
_DOUBLED = re.compile(r"([a-z])\1")
_KINDS_OF_PLACE = frozenset(["kabupaten", "kab", "kota", "provinsi", "prov", "pemkab", "pemkot", "pemprov"])
_PARTS_OF_PLACES = frozenset(["barat", "timur", "utara", "selatan", "tengah", "tenggara", "daya", "raya", "baru"])
_APART = frozenset(["si", "sim"])
"""What stands before the rest of a brand that was taken apart."""
_PREFIXES = ("sim", "si", "e")
"""What is put before a word to make a brand of it: SIMPEG, SI-PAJAK, e-Office."""
_AFFIXES = (("ke", "an"), ("per", "an"), ("pe", "an"), ("pem", "an"), ("pen", "an"))

_SHORTEST_SLIP, _LONGEST_SLIP = 8, 20
"""Letters of proper names in which a slip is looked for: in shorter ones, one letter makes another name."""
_SHORTEST_CORRECTED = 6
_MOST_ABBREVIATED, _FEWEST_INITIALS = 8, 4
"""Words that an acronym stands for; so many must show in it where only one of them tells something."""


_MOST_KEPT = 200_000
"""Answers of a kind that are kept: more names than a large model has, and a day of typing them anew holds no more."""


class _Memo(dict[K, T]):
    """What was worked out once; what was not asked for yet is worked out, and all is forgotten where it is too much."""

    def __init__(self, work_out: Callable[[K], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> T:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[key] = self._work_out(key)
        return found


@cache
def _table(version: str) -> dict[str, Any]:
    path = Path(metamodel.__file__).with_name("tables") / version / "likeness.json"
    table: dict[str, Any] = json.loads(path.read_bytes())
    return table


@cache
def vocabulary(kind: str = "applications", own: OwnWords = OwnWords(), version: str = "2020-2024") -> Vocabulary:  # noqa: B008
    """The words of names of a kind; every call yields the same object.

    Args:
        kind: applications, data or processes, whose fillers differ.
        own: what the agency adds.
        version: of the table.

    >>> sorted(vocabulary().name("Aplikasi Absensi Online v2").words)
    ['presensi']
    """
    return Vocabulary(_table(version), kind, own, version)


class Vocabulary:
    """The words of names of one kind: applications, data or processes."""

    def __init__(self, table: dict[str, Any], kind: str, own: OwnWords, version: str) -> None:
        self.about = repr((version, kind, own))
        """Stands for all that it rests on."""
        self._dropped = frozenset(table["fillers"]["all"].split())
        self._fillers = frozenset([*table["fillers"][kind].split(), *_words(" ".join(own.fillers))]) | self._dropped
        self._words: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._implied: dict[str, Bag] = {}
        self._add_synonyms(table["synonyms"])
        self._add_own(own.synonyms)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self.weights: dict[str, float] = {}
        """Of words that count less than 1."""
        if kind == "applications":
            entries = ((word, one["weight"]) for one in table["weak"] for word in one["words"].split())
            self.weights = {self._words.get(word, word): weight for word, weight in entries}
        self.lightest = min(self.weights.values(), default=1.0)
        self._known = {word for line in table["known"] for word in line.split()} | self._words.keys() | self._fillers
        self._in_phrases = {word for one in self._phrases.values() for words, _ in one for word in words}
        self._known |= self.weights.keys() | self._in_phrases
        self._spelled = _Memo(self._spelling)
        self._senses = _Memo(self._sense)
        self._names = _Memo(self._read)
        self._open = _Memo(self._open_words)
        self._weighed = _Memo(self.weigh)

    def _add_synonyms(self, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            for form in (entry["word"], *entry["also"]):
                self._add(form, entry["word"])
            if "implies" in entry:
                implied = (self._canonical(word) for one in entry["implies"] for word in (one, *one.split()))
                self._implied[entry["word"]] = frozenset(implied)

    def _add_own(self, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        for word, also in entries:
            meant = self._canonical(" ".join(_words(word)))
            for form in (word, *also):
                self._add(form, meant)

    def _canonical(self, text: str) -> str:
        words = tuple(text.split())
        if len(words) == 1:
            return self._words.get(text, text)
        return next((meant for phrase, meant in self._phrases.get(words[0], ()) if phrase == words), text)

    def _add(self, form: str, meant: str) -> None:
        words = tuple(word for word in _words(form) if word not in self._dropped)
        if len(words) == 1:
            self._words[words[0]] = meant
        elif words:
            self._phrases[words[0]].append((words, meant))

    # --- names -----------------------------------------------------------------------------------------------

    def name(self, text: str, places: Bag = frozenset()) -> Name:
        """What of a name can be compared.

        Args:
            text: the name as it is written.
            places: words that name the place of the agency, which tell nothing apart in it.
        """
        return self._names[text, places]

    def _read(self, key: tuple[str, Bag]) -> Name:
        text, places = key
        parts = None if _MARKS.isdisjoint(text) else _label_and_rest(text)
        if parts is not None:
            label, rest = self._telling_words(parts[0], places), self._telling_words(parts[1], places)
            if len(label) == 1 and not self._fillers.issuperset(rest):
                if self._meant(label) <= self._meant(rest):
                    return self._named(parts[1], rest)
                if label[0] not in self._known:
                    return self._named(parts[1], rest, label[0])
        return self._named(text, self._telling_words(text, places))

    def _named(self, text: str, words: list[str], brand: str = "") -> Name:
        return Name(self._meant(words), brand, self._as_written(_words(text), words))

    def _as_written(self, raw: list[str], words: list[str]) -> tuple[str, ...]:
        """Words that were found, but for fillers as they were written: an acronym shows the beginnings of these."""
        spelled, fillers = self._spelled, self._fillers
        written = {found: word for word in raw if (found := spelled[word]) != word and found not in fillers}
        return tuple([written.get(word, word) for word in words] if written else words)

    def words_of(self, texts: Iterable[str], places: Bag = frozenset()) -> Bag:
        """What several texts, such as the functions of an application, speak of."""
        return frozenset().union(*(self.name(text, places).words for text in texts))

    def _telling_words(self, text: str, places: Bag) -> list[str]:
        """The words as they should be spelled, without places, versions and what joins words to others."""
        raw = _words(text)
        spelled = self._spelled
        words = [found for word in raw if (found := spelled[word])]
        if not words:
            return raw
        if not (places.isdisjoint(words) and _KINDS_OF_PLACE.isdisjoint(words)):
            words = list(self._without_places(words, places)) or words
        return words if _APART.isdisjoint(words) else self._joined(words)

    def _without_places(self, words: list[str], places: Bag) -> Iterable[str]:
        behind = 0
        for word in words:
            if behind and (word not in self._known or word in places or (behind == 1 and word in _PARTS_OF_PLACES)):
                behind -= 1
                continue
            behind = 2 if word in _KINDS_OF_PLACE else 0
            if word not in places or word in self._known:
                yield word

    def _joined(self, words: list[str]) -> list[str]:
        """A brand that was taken apart, as in "SI Pandu", in one word."""
        found: list[str] = []
        for word in words:
            if found and found[-1] in _APART and word not in self._known:
                word = found.pop() + word
            found.append(word)
        return found

    def _meant(self, words: Sequence[str]) -> Bag:
        """Of synonyms one, without fillers and what other words imply; if nothing is left, the words themselves."""
        senses = self._senses
        if self._phrases.keys().isdisjoint(words):
            meant = {sense for word in words if (sense := senses[word])}
        else:
            meant = set(self._meant_in_phrases(words))
        if not self._implied.keys().isdisjoint(meant):
            for word in self._implied.keys() & meant:
                meant -= self._implied[word] - {word}
        return frozenset(meant or words)

    def _meant_in_phrases(self, words: Sequence[str]) -> Iterator[str]:
        behind = 0
        for at, word in enumerate(words):
            if at >= behind:
                phrase, behind = self._phrase(words, at) if word in self._phrases else (None, at + 1)
                sense = phrase or self._senses[word]
                if sense:
                    yield sense

    def _phrase(self, words: Sequence[str], at: int) -> tuple[str | None, int]:
        """What the longest phrase that begins at a word means, and where it ends."""
        for phrase, meant in self._phrases[words[at]]:
            if tuple(words[at : at + len(phrase)]) == phrase:
                return meant, at + len(phrase)
        return None, at + 1

    # --- bags of words ---------------------------------------------------------------------------------------

    def weigh(self, bag: Bag) -> float:
        """What words weigh together."""
        light = self.weights
        if light.keys().isdisjoint(bag):
            return float(len(bag))
        total = 0.0
        for word in bag:
            total += light.get(word, 1.0)
        return round(total, 6)

    def weight(self, bag: Bag) -> float:
        """The same, of a bag that is asked for often."""
        return self._weighed[bag]

    def open_to_slips(self, bag: Bag) -> Bag:
        """Those of the words that may be misspellings of others that are not known."""
        return self._open[bag]

    def _open_words(self, bag: Bag) -> Bag:
        return frozenset([word for word in bag if may_be_misspelt(word) and word not in self._known])

    # --- one word --------------------------------------------------------------------------------------------

    def is_known(self, word: str) -> bool:
        """Whether it is a word of the tables, so neither a misspelling nor a proper name."""
        return word in self._known

    def passed_over(self, words: Sequence[str]) -> Bag | None:
        """Which of the words of a name an acronym of them need not show; None if they are too few to make one.

        Of one word that tells something, only all words together do, as in "Sistem Informasi Keuangan Daerah".
        """
        fillers = self._fillers.intersection(words)
        telling = sum(word not in fillers for word in words)
        if not telling or len(words) > _MOST_ABBREVIATED or (telling == 1 and len(words) < _FEWEST_INITIALS):
            return None
        return fillers if telling > 1 else frozenset()

    def _sense(self, word: str) -> str:
        """Of a word and its synonyms always the same one; nothing for a filler."""
        return "" if word in self._fillers else self._words.get(word, word)

    def _spelling(self, word: str) -> str:
        """How a word should be spelled; nothing for one that is dropped."""
        is_dropped = word in self._dropped or (not word.isalpha() and _VERSION.fullmatch(word))
        return "" if is_dropped else self._spell(word)

    def _spell(self, word: str) -> str:
        if word in self._words or word in self._fillers or word in self._in_phrases or word in self.weights:
            return word
        for before, after in _AFFIXES:
            stem = word[len(before) : -len(after)]
            if word.startswith(before) and word.endswith(after) and len(stem) > 3 and stem in self._known:
                return stem
        if word in self._known:
            return word
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 3 and rest in self._known:
                return rest
        return self._corrected(word) or _DOUBLED.sub(r"\1", word)

    def _corrected(self, word: str) -> str | None:
        """The known word of which it is a misspelling, if there is one and no other."""
        if len(word) < _SHORTEST_CORRECTED or not word.isalpha():
            return None
        near = {
            one
            for length in (len(word) - 1, len(word), len(word) + 1)
            for key in _kept_by_slips(word)
            for one in self._by_kept.get((key, length), ())
            if is_one_slip_away(one, word)
        }
        return near.pop() if len({self._words.get(one, one) for one in near}) == 1 else None

    @cached_property
    def _by_kept(self) -> dict[tuple[str, int], list[str]]:
        """The known words by what a slip may leave of them, and by their length."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        acronyms = {word for word in self._words if word.startswith(_PREFIXES[0])}  # one letter makes another one
        for word in sorted(self._known - acronyms):
            if len(word) >= _SHORTEST_CORRECTED - 1:
                for key in _kept_by_slips(word):
                    found[key, len(word)].append(word)
        return found


def _kept_by_slips(word: str) -> tuple[str, str]:
    """The beginning and the ends of a word: a slip that leaves the first letter leaves one of them as it is."""
    return word[:3], f"{word[0]}-{word[-2:]}"


def _words(text: str) -> list[str]:
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _WORD.findall(folded.casefold())


def _label_and_rest(text: str) -> tuple[str, str] | None:
    """A name that stands beside what it is short for: in brackets, before or behind a dash or a colon."""
    brackets = _IN_BRACKETS.fullmatch(text)
    if brackets:
        inside, outside = brackets[2], f"{brackets[1]} {brackets[3]}"
        if len(_words(inside)) == 1:
            return inside, outside
        return outside, inside
    labelled = _LABELLED.fullmatch(text.strip())
    if labelled:
        return (labelled[1], labelled[2]) if labelled[1] else (labelled[4], labelled[3])
    return None


# --- acronyms and slips ----------------------------------------------------------------------------------------

_BEFORE_ACRONYMS = ("sim", "sis", "si", "s", "e", "")


def is_acronym(word: str, words: Sequence[str], passed_over: Bag = frozenset()) -> bool:
    """Whether a word is put together from the beginnings of the words, in their order.

    Args:
        word: the one that may be short for the others.
        words: what it may be short for.
        passed_over: those of the words that it need not show.

    >>> is_acronym("simtaru", ["tata", "ruang"])
    True
    """
    return any(core in made_of(words, {core}, passed_over) for core in cores(word))


def cores(word: str) -> set[str]:
    """What remains of an acronym without what is put before such words, if it is long enough to tell something."""
    found = {word.removeprefix(before) for before in _BEFORE_ACRONYMS if word.startswith(before)}
    return {core for core in found if len(core) > 3}


def made_of(
    words: Sequence[str], wanted: set[str], passed_over: Bag = frozenset(), beginnings: set[str] | None = None
) -> set[str]:
    """Those of the wanted words that are put together from beginnings of the words, in their order.

    Args:
        words: a few of them.
        wanted: what is looked for.
        passed_over: those of the words of which there need be no beginning.
        beginnings: all beginnings of what is wanted, where they are at hand.
    """
    if beginnings is None:
        beginnings = {core[:end] for core in wanted for end in range(1, len(core) + 1)}
    made = {""}
    for word in words:
        longer = {one for before in made for one in _with_beginning(before, word, beginnings)}
        made = longer | made if word in passed_over else longer
        if not made:
            break
    return made & wanted


def _with_beginning(before: str, word: str, beginnings: set[str]) -> Iterator[str]:
    """What an acronym may be so far if a beginning of a word follows."""
    for text in _with_roots(word):
        for end in range(1, 5):
            longer = before + text[:end]
            if longer not in beginnings:
                break
            yield longer


@lru_cache(maxsize=10_000)
def _with_roots(word: str) -> tuple[str, ...]:
    """A word and what it is made of, of which an acronym may show the beginning, as "ren" of "perencanaan"."""
    roots = [
        word[len(before) : -len(after)]
        for before, after in _AFFIXES
        if word.startswith(before) and word.endswith(after) and len(word) > len(before + after) + 2
    ]
    return (word, *roots)


def may_be_misspelt(word: str) -> bool:
    """Whether a word that is not known may be a misspelling of another one that is not."""
    return _SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP and word.isascii() and word.isalpha()


def is_one_slip_away(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is missing, too many or another, or by two that changed places."""
    if len(one) > len(other):
        one, other = other, one
    more = len(other) - len(one)
    half = len(one) // 2
    behind = len(one) - half - 1
    if more > 1 or (behind > 0 and one[:half] != other[:half] and one[-behind:] != other[-behind:]):
        return False  # one slip leaves the beginning or the end as it is
    at = 0
    while at < len(one) and one[at] == other[at]:
        at += 1
    if more:
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
