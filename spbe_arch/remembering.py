"""What the last run of the rules found and looked at: for the next one, in this process or another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.packing import UnusablePackError, fault_of, plain_fault
from spbe_arch.reaching import Basis, Before, FileBefore, Read, reach
from spbe_arch.rerunning import Record, Traced, is_kept, name_of, run_again
from spbe_arch.rules import Group
from spbe_arch.running import Outcome, Piece, outcome, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.cache import Cache
    from spbe_arch.reaching import Plan
    from spbe_arch.records import FileResult
    from spbe_arch.rules import Check

__all__ = ["LastingMemory", "Memory", "Run", "packed_run", "run_with", "unpacked_run"]


class Run(NamedTuple):
    """A run: what it looked at, and what was found by which rules."""

    basis: Basis
    records: dict[str, Record]


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

    def keep(self, kind: str, found: Run, files: Mapping[str, FileResult], fresh: int) -> None:  # noqa: ARG002
        """Keep a run in place of the last.

        Args:
            kind: of the run.
            found: in it.
            files: what they said, by path.
            fresh: how many elements, and members of groups, had to be looked at again.
        """
        self._runs[kind] = found, files


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
        found = unpacked_run(self._cache.record(f"found{kind}") or b"")
        return (found, Before(found.basis, {}, self.results)) if found is not None else None

    def results(self, digests: Mapping[str, str]) -> Mapping[str, FileResult]:
        return self._cache.results(digests)

    def keep(self, kind: str, found: Run, files: Mapping[str, FileResult], fresh: int) -> None:
        super().keep(kind, found, files, fresh)
        if fresh * _WORTH_WRITING < sum(file.elements for file in found.basis.files.values()):
            return
        try:
            data = packed_run(found)
        except UnusablePackError:  # a rule tells what nobody knows how to keep
            return
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
    lasting = [
        [one for one in kept if not isinstance(one.scope, Group)],
        [one for one in kept if isinstance(one.scope, Group)],
    ]
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
            records = _in_two_processes(facts, lasting)
        else:
            records = [run_again(facts, some, one, reached) for some, one in zip(lasting, known, strict=True)]
    except UnusablePackError:
        return run(facts, checks)
    asked = {plan for record in records for traced in record.traced() for plan in traced.read.plans}
    today.lacking = {plan: facts.leading_to(*plan)[1] for plan in sorted(asked)}
    files = {file.path: file for member in facts.members for file in member.files}
    memory.keep(kind, Run(today, dict(zip(names, records, strict=True))), files, sum(one.fresh for one in records))
    rest = run(facts, [one for one in checks if not is_kept(one)])
    found = outcome(kept, (traced.piece for record in records for traced in record.traced()))
    found.undecided.update(rest.undecided)
    return Outcome(rest.findings + found.findings, found.undecided)


def _in_two_processes(facts: Architecture, lasting: list[list[Check]]) -> list[Record]:
    from spbe_arch.forking import beside

    single, several = lasting
    with beside(lambda: run_again(facts, several, None, None)) as others:
        return [run_again(facts, single, None, None), others()]


# --- as bytes ------------------------------------------------------------------------------------------------


def packed_run(found: Run) -> bytes:
    """A run as bytes.

    Raises:
        UnusablePackError: if a finding holds a value that has no plain form.
    """
    basis = found.basis
    plans = {plan: number for number, plan in enumerate(basis.lacking)}
    plain = {
        "about": basis.about,
        "files": [(path, *file) for path, file in basis.files.items()],
        "strangers": basis.strangers,
        "links": [(*name, list(sources), list(targets)) for name, (sources, targets) in basis.links.items()],
        "lacking": [(*plan, sorted(agencies)) for plan, agencies in basis.lacking.items()],
        "records": {
            name: {
                "files": [_plain_traced(record.files[path], plans) for path in basis.files],
                "groups": {
                    code: {str(key): _plain_traced(traced, plans) for key, traced in of_rule.items()}
                    for code, of_rule in record.groups.items()
                },
            }
            for name, record in found.records.items()
        },
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain_traced(traced: Traced, plans: Mapping[Plan, int]) -> list[Any]:
    piece, read, members = traced
    return [
        [(code, plain_fault(fault)) for code, fault in piece.found],
        [(*where, count) for where, count in piece.undecided.items()],
        {code: [[one for one, _ in pairs], [key for _, key in pairs]] for code, pairs in piece.keys.items()},
        sorted(read.rows),
        sorted(read.ends),
        sorted(plans[plan] for plan in read.plans),
        read.everything,
        members,
    ]


def unpacked_run(data: bytes) -> Run | None:
    """The run that some bytes hold; None if they hold none that a run of today could have made."""
    if not data:
        return None
    try:
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        files = {_text(path): FileBefore(_text(digest), _number(count)) for path, digest, count in plain["files"]}
        strangers = [(_text(agency), _text(id), _text(section)) for agency, id, section in plain["strangers"]]
        most = sum(file.elements for file in files.values()) + len(strangers)
        lacking = {
            (_text(section), tuple(map(_text, sources)), tuple(map(_text, fields))): frozenset(map(_text, agencies))
            for section, sources, fields, agencies in plain["lacking"]
        }
        links = {
            (_text(section), _text(field)): _both_ends(sources, targets, most)
            for section, field, sources, targets in plain["links"]
        }
        plans = list(lacking)
        records = {name: _record(one, list(files), plans, most) for name, one in plain["records"].items()}
        return Run(Basis(_text(plain["about"]), files, strangers, links, lacking), records)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _both_ends(sources: list[int], targets: list[int], most: int) -> tuple[Sequence[int], Sequence[int]]:
    if len(sources) != len(targets):
        raise ValueError("a link has one end")
    return _numbers(sources, most), _numbers(targets, most)


def _record(plain: Mapping[str, Any], paths: Sequence[str], plans: Sequence[Plan], most: int) -> Record:
    files = {path: _traced(one, plans, most) for path, one in zip(paths, plain["files"], strict=True)}
    groups = {
        code: {key: _traced(one, plans, most) for key, one in of_rule.items()}
        for code, of_rule in plain["groups"].items()
    }
    return Record(files, groups)


def _traced(plain: list[Any], plans: Sequence[Plan], most: int) -> Traced:
    found, undecided, keys, rows, ends, asked, everything, members = plain
    piece = Piece()
    piece.found = [(_text(code), fault_of(fault)) for code, fault in found]
    piece.undecided.update({(_text(code), _text(path)): _number(count) for code, path, count in undecided})
    for code, (ordinals, texts) in keys.items():
        piece.keys[code] = list(zip(_numbers(ordinals, most), map(_text, texts), strict=True))
    read = Read(
        set(_numbers(rows, most)),
        set(_numbers(ends, most)),
        {plans[number] for number in _numbers(asked, len(plans))},
        everything=everything is not False,
    )
    return Traced(piece, read, tuple(_numbers(members, most)))


def _numbers(numbers: list[int], most: int) -> list[int]:
    """All are whole numbers from 0 on, below the most."""
    if not set(map(type, numbers)) <= {int} or (numbers and not 0 <= min(numbers) <= max(numbers) < most):
        raise ValueError("a number is none of an element")
    return numbers


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a number is none")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text is none")
    return value
