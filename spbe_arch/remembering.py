"""What the last run of the rules found and looked at: for the next one, in this process or another."""

from __future__ import annotations

import json
import sys
from array import array
from functools import cached_property, partial
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.cache import digest_of
from spbe_arch.likeness import Ties
from spbe_arch.packing import UnusablePackError, fault_of, plain_fault
from spbe_arch.reaching import Basis, Before, FileBefore, Read, reach
from spbe_arch.rerunning import Record, Traced, is_kept, name_of, run_again
from spbe_arch.running import Keyed, Outcome, Piece, outcome, run, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache
    from spbe_arch.reaching import Plan
    from spbe_arch.records import FileResult
    from spbe_arch.rules import Check

__all__ = ["KeptTies", "LastingMemory", "Memory", "Run", "Supposed", "packed_run", "run_with", "unpacked_run"]


class Run(NamedTuple):
    """A run: what it looked at, and what was found by which rules."""

    basis: Basis
    records: dict[str, Record]

    @property
    def fresh(self) -> int:
        """How many elements, and members of groups, had to be looked at again."""
        return sum(one.fresh for one in self.records.values())


class Memory:
    """The last run, kept while the program runs; one of each kind."""

    def __init__(self) -> None:
        self._runs: dict[str, tuple[Run, Mapping[str, FileResult]]] = {}

    def recall(self, kind: str) -> tuple[Run, Before] | None:
        """The last run of a kind; None if it is not known."""
        if kind not in self._runs:
            return None
        found, files = self._runs[kind]
        return found, Before(found.basis, files, self.results)

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:  # noqa: ARG002 - others know some
        """What is known of texts that there were: of digests by path, the results by path."""
        return {}

    def keep(self, kind: str, found: Run, files: Mapping[str, FileResult]) -> None:
        """Keep a run in place of the last.

        Args:
            kind: of the run.
            found: in it.
            files: what they said, by path.
        """
        self._runs[kind] = found, files


class Supposed(Memory):
    """What is supposed beside what is: it is compared with what another memory knows, and goes no further than memory.

    Args:
        of: what is; what is supposed takes its place as the last run.
    """

    def __init__(self, of: Memory) -> None:
        self._runs = of._runs
        self._of = of

    def recall(self, kind: str) -> tuple[Run, Before] | None:
        return self._of.recall(kind)

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:
        return self._of.results(digests)


_WORTH_WRITING = 50
"""One element in so many must have been looked at again before a run is written anew; it tells of what it rests on, so
an older one is as true."""


class LastingMemory(Memory):
    """The last run, kept in the user's cache folder as well."""

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache

    def recall(self, kind: str) -> tuple[Run, Before] | None:
        known = super().recall(kind)
        if known is not None:
            return known
        ties = partial(self._cache.record, f"ties{kind}")
        found = unpacked_run(self._cache.record(f"found{kind}") or b"", ties)
        return (found, Before(found.basis, {}, self.results)) if found is not None else None

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:
        return self._cache.results(digests)

    def keep(self, kind: str, found: Run, files: Mapping[str, FileResult]) -> None:
        super().keep(kind, found, files)
        if found.fresh * _WORTH_WRITING < sum(file.elements for file in found.basis.files.values()):
            return
        if any(file.rows and not file.digest for file in files.values()):  # drafted or typed: no other run will meet it
            return
        try:
            data, ties = packed_run(found)
        except UnusablePackError:  # a rule tells what nobody knows how to keep
            return
        if ties != self._cache.record(f"ties{kind}"):
            self._cache.keep_record(f"ties{kind}", ties)
        self._cache.keep_record(f"found{kind}", data)


def run_with(memory: Memory, kind: str, facts: Architecture, checks: list[Check], workers: int) -> Outcome:
    """Everything that some rules find; what the last run found is taken from there where it still holds.

    Args:
        memory: of the last run; from now on of this one.
        kind: of the run: an architecture that is looked at in two ways has two.
        facts: the strict architecture.
        checks: the rules.
        workers: processes; the second is worth it where nothing is known.
    """
    kept = [one for one in checks if is_kept(one)]
    lasting = shared_out(kept)
    names = [name_of(some) for some in lasting]
    today = Basis.of(facts)
    recalled = memory.recall(kind)
    known: list[Record | None] = [None, None]
    reached = None
    if recalled is not None:
        known = [recalled[0].records.get(name) for name in names]
        reached = reach(recalled[1], facts, today) if any(known) else None
    try:
        if workers > 1 and reached is None:
            records = _in_two_processes(facts, lasting, known)
        else:
            records = [run_again(facts, some, one, reached) for some, one in zip(lasting, known, strict=True)]
    except UnusablePackError:
        return run(facts, checks)
    asked = {plan for record in records for traced in record.traced() for _, plan in traced.read.asked}
    today.lacking = {plan: facts.leading_to(*plan)[1] for plan in sorted(asked)}
    files = {file.path: file for member in facts.members for file in member.files}
    memory.keep(kind, Run(today, dict(zip(names, records, strict=True))), files)
    rest = run(facts, [one for one in checks if not is_kept(one)])
    found = outcome(kept, (traced.piece for record in records for traced in record.traced()))
    found.undecided.update(rest.undecided)
    return Outcome(rest.findings + found.findings, found.undecided)


def _in_two_processes(
    facts: Architecture, lasting: tuple[list[Check], list[Check]], known: list[Record | None]
) -> list[Record]:
    from spbe_arch.forking import beside

    most, of_names = lasting
    with beside(lambda: run_again(facts, of_names, known[1], None)) as others:
        return [run_again(facts, most, known[0], None), others()]


# --- as bytes ------------------------------------------------------------------------------------------------


def packed_run(found: Run) -> tuple[bytes, bytes]:
    """A run as bytes: what is told in words, and behind it the numbers of elements, of which there are many.

    What was found alike is apart from it: it is wanted only where a group is looked at again.

    Raises:
        UnusablePackError: if a finding holds a value that has no plain form.
    """
    basis = found.basis
    tables = _Tables(basis.lacking)
    plain = {
        "about": basis.about,
        "files": [(path, *file) for path, file in basis.files.items()],
        "strangers": basis.strangers,
        "links": [
            (*name, tables.numbers.put(sources), tables.numbers.put(targets))
            for name, (sources, targets) in basis.links.items()
        ],
        "lacking": [(*plan, sorted(agencies)) for plan, agencies in basis.lacking.items()],
        "records": {
            name: {
                "files": [_plain_traced(record.files[path], tables) for path in basis.files],
                "groups": {
                    code: {str(key): _plain_traced(traced, tables) for key, traced in of_rule.items()}
                    for code, of_rule in record.groups.items()
                },
            }
            for name, record in found.records.items()
        },
        "keys": tables.keys,
        "asked": [[(code, tables.plans[plan]) for code, plan in sorted(some)] for some in tables.asked],
    }
    ties = KeptTies.to_bytes(tables.ties)
    plain["ties"] = digest_of(ties)
    told = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return len(told).to_bytes(8, "big") + told + tables.numbers.to_bytes(), ties


class _Tables:
    """What stands apart from what refers to it, since it is much or often the same.

    Args:
        plans: all kinds of links of which something is told.
    """

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.numbers = _Numbers()
        self.keys: list[Hashable] = []
        self.ties: list[bytes] = []
        self.plans = {plan: number for number, plan in enumerate(plans)}
        self.asked: dict[frozenset[tuple[str, Plan]], int] = {}


def _plain_traced(traced: Traced, tables: _Tables) -> list[Any]:
    piece, read, members, ties = traced
    numbers = tables.numbers
    packed = ties.to_bytes() if ties is not None else b""
    places = ties.places() if ties is not None and packed else ()
    if packed:
        tables.ties.append(packed)
    for keyed in piece.keys.values():
        tables.keys += keyed.keys
    return [
        [(code, plain_fault(fault)) for code, fault in piece.found],
        [(*where, count) for where, count in piece.undecided.items()],
        {code: numbers.put(keyed.ordinals) for code, keyed in piece.keys.items()},
        numbers.put(sorted(read.rows)),
        numbers.put(sorted(read.ends)),
        tables.asked.setdefault(frozenset(read.asked), len(tables.asked)),
        sorted(read.sections),
        read.everything,
        numbers.put(members),
        len(tables.ties) - 1 if packed else None,
        numbers.put([max(0, place) for place in places]),
        [member for member, place in enumerate(places) if place < 0],
    ]


class KeptTies:
    """What was found alike in groups, as bytes that are read when the first of them is wanted.

    Args:
        read: what `to_bytes` returned, or anything else.
        digest: of what is wanted; another run may have written its own in place of it.
    """

    def __init__(self, read: Callable[[], bytes | None], digest: str) -> None:
        self._read = read
        self._digest = digest

    @cached_property
    def _packed(self) -> list[bytes]:
        data = self._read() or b""
        if digest_of(data) != self._digest:
            return []
        try:
            start = 8 + int.from_bytes(data[:8], "big")
            ends = [*accumulate(json.loads(data[8:start]), initial=start)]
            return [data[start:end] for start, end in pairwise(ends)]
        except (ValueError, TypeError, RecursionError):
            return []

    def of(self, number: int, places: Sequence[int]) -> Ties:
        """Those of one group, with the places of what was compared of its members."""
        return Ties(lambda: self._packed[number] if number < len(self._packed) else b"", places)

    @staticmethod
    def to_bytes(ties: Sequence[bytes]) -> bytes:
        """Those of groups, each by its number."""
        lengths = json.dumps(list(map(len, ties))).encode()
        return len(lengths).to_bytes(8, "big") + lengths + b"".join(ties)


class _Numbers:
    """Numbers of elements, one after the other; what they belong to says how many of them are its."""

    def __init__(self, numbers: array[int] | None = None) -> None:
        self._numbers = array("i") if numbers is None else numbers
        self._taken = 0

    @classmethod
    def of_bytes(cls, data: bytes) -> _Numbers:
        numbers = array("i")
        numbers.frombytes(data)
        if sys.byteorder == "big":
            numbers.byteswap()
        return cls(numbers)

    def to_bytes(self) -> bytes:
        numbers = self._numbers[:]
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers.tobytes()

    def put(self, numbers: Sequence[int]) -> int:
        """Add some numbers; how many."""
        self._numbers.extend(numbers)
        return len(numbers)

    def take(self, count: Any) -> array[int]:
        """The next numbers, as many as were added."""
        start, self._taken = self._taken, self._taken + _number(count)
        if self._taken > len(self._numbers):
            raise ValueError("there are not as many numbers")
        return self._numbers[start : self._taken]

    def are_below(self, most: int) -> bool:
        """Whether all are numbers of elements, of which there are so many."""
        naturals = array("I", self._numbers.tobytes())  # what is below zero is as large as can be there
        return not naturals or max(naturals) < most


def unpacked_run(data: bytes, ties: Callable[[], bytes | None] = bytes) -> Run | None:
    """The run that some bytes hold; None if they hold none that a run of today could have made.

    Args:
        data: what `packed_run` returned first, or anything else.
        ties: returns what it returned besides, if that is wanted.
    """
    if not data:
        return None
    try:
        end = 8 + int.from_bytes(data[:8], "big")
        plain = json.loads(data[8:end].decode("utf-8", "surrogatepass"))
        numbers = _Numbers.of_bytes(data[end:])
        files = {_text(path): FileBefore(_text(digest), _number(count)) for path, digest, count in plain["files"]}
        strangers = [(_text(agency), _text(id), _text(section)) for agency, id, section in plain["strangers"]]
        if not numbers.are_below(sum(file.elements for file in files.values()) + len(strangers)):
            return None
        lacking = {
            (_text(section), tuple(map(_text, sources)), tuple(map(_text, fields))): frozenset(map(_text, agencies))
            for section, sources, fields, agencies in plain["lacking"]
        }
        links = {
            (_text(section), _text(field)): _both_ends(numbers.take(sources), numbers.take(targets))
            for section, field, sources, targets in plain["links"]
        }
        plans = list(lacking)
        asked = [frozenset((_text(code), plans[_number(plan)]) for code, plan in some) for some in plain["asked"]]
        if not set(map(type, plain["keys"])) <= {str}:
            return None
        kept = _Kept(numbers, iter(plain["keys"]), asked, KeptTies(ties, _text(plain["ties"])))
        records = {name: _record(one, list(files), kept) for name, one in plain["records"].items()}
        return Run(Basis(_text(plain["about"]), files, strangers, links, lacking), records)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _both_ends(sources: array[int], targets: array[int]) -> tuple[Sequence[int], Sequence[int]]:
    if len(sources) != len(targets):
        raise ValueError("a link has one end")
    return sources, targets


class _Kept(NamedTuple):
    """What stands apart from what refers to it."""

    numbers: _Numbers
    keys: Iterator[str]
    asked: Sequence[frozenset[tuple[str, Plan]]]
    ties: KeptTies


def _record(plain: Mapping[str, Any], paths: Sequence[str], kept: _Kept) -> Record:
    files = {path: _traced(one, kept) for path, one in zip(paths, plain["files"], strict=True)}
    groups = {
        code: {key: _traced(one, kept) for key, one in of_rule.items()} for code, of_rule in plain["groups"].items()
    }
    return Record(files, groups)


def _traced(plain: list[Any], kept: _Kept) -> Traced:
    found, undecided, keys, rows, ends, asked, sections, everything, members, number, places, unknown = plain
    numbers = kept.numbers
    piece = Piece()
    piece.found = [(_text(code), fault_of(fault)) for code, fault in found]
    if undecided:
        piece.undecided.update({(_text(code), _text(path)): _number(count) for code, path, count in undecided})
    for code, count in keys.items():
        ordinals = numbers.take(count).tolist()
        texts: list[Hashable] = list(islice(kept.keys, len(ordinals)))
        if len(texts) < len(ordinals):
            raise ValueError("there are not as many keys")
        piece.keys[code] = Keyed(ordinals, texts)
    read = Read(
        numbers.take(rows),
        numbers.take(ends),
        kept.asked[_number(asked)],
        frozenset(map(_text, sections)),
        everything is not False,
    )
    of_group = tuple(numbers.take(members))
    traits = numbers.take(places)
    for member in unknown:
        traits[_number(member)] = -1
    return Traced(piece, read, of_group, None if number is None else kept.ties.of(_number(number), traits))


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a number is none")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text is none")
    return value
