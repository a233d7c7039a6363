"""Which of what the last run found a change still leaves true."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.packing import plain_row
from spbe_arch.remembering import about, loose_links, stretches
from spbe_arch.running import Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from spbe_arch.architecture import Architecture
    from spbe_arch.records import FileResult, Row
    from spbe_arch.remembering import Loose, Memory, Record
    from spbe_arch.running import Plan, Read

__all__ = ["Kept", "still_true"]


class Kept(NamedTuple):
    """What of the last run is still true; numbers of elements are those of today."""

    parts: dict[str, Piece]
    """Of files."""
    groups: dict[str, dict[str, Piece]]
    """By code of the rule and by what stands for the key; those in question hold if their members are the same."""
    in_question: dict[str, set[str]]
    """For each rule, what stands for the keys of groups that may have changed."""


def still_true(facts: Architecture, memory: Memory, name: str, codes: Collection[str]) -> Kept:
    """What no change since the last run reaches.

    Args:
        facts: the strict architecture.
        memory: what the last run found.
        name: of the rules.
        codes: of the rules; a record that knows others is none of ours.
    """
    before = memory.recall(name)
    if before is None or before.record.about != about(facts) or not before.record.codes <= set(codes):
        return Kept({}, {}, {})
    reach = _Reach(facts, before.record)
    try:
        reach.look_at_files(before.files, memory)
        reach.look_at_loose_links()
    except _AnythingError:
        return Kept({}, {}, {})
    reach.look_at_plans()
    return reach.kept()


class _AnythingError(Exception):
    """A change may reach anything."""


class _Reach:
    """Looks for what changes reach."""

    def __init__(self, facts: Architecture, before: Record) -> None:
        self.facts = facts
        self.before = before
        self.rows: set[int] = set()
        """Elements, by their numbers before, that are other than they were, or lead elsewhere."""
        self.ends: set[int] = set()
        """Elements, by their numbers before, to which other elements lead than before."""
        self.plans: set[Plan] = set()
        self.changed: set[str] = set()
        self.now: list[int] = [-1] * sum(file.elements for file in before.files.values())
        """The numbers of today by those before; -1 where it is not the same element."""
        self.stays = False
        """Whether every element that stays has the number that it had."""
        self.then: list[int] = [-1] * sum(len(numbers) for _, numbers in stretches(facts))

    def look_at_files(self, files: Mapping[str, FileResult], memory: Memory) -> None:
        """Tell changed files from others, and changed elements from others in them.

        Args:
            files: what they said before, where that is at hand.
            memory: may know more of that.

        Raises:
            _AnythingError: if it cannot be told what has changed.
        """
        today = {file.path: (file, numbers) for file, numbers in stretches(self.facts)}
        manifests = {member.manifest.path for member in self.facts.members}
        first = 0
        changed: dict[str, range] = {path: range(0) for path in today if path not in self.before.files}
        for path, (digest, count) in self.before.files.items():
            then = range(first, first + count)
            first += count
            file, now = today.get(path, (None, range(0)))
            is_same = file is not None and (
                path in manifests or files.get(path) is file or (digest != "" and digest == file.digest)
            )
            if is_same and len(now) == count:
                self.now[then.start : then.stop] = now
                self.then[now.start : now.stop] = then
            else:
                changed[path] = then
        self.changed = set(changed)
        digests = {path: self.before.files[path].digest for path, then in changed.items() if then and path not in files}
        old = {**files, **(memory.results(digests) if digests else {})}
        for path, then in changed.items():
            rows = old[path].rows if then and path in old else []
            file, now = today.get(path, (None, range(0)))
            if len(rows) != len(then):
                raise _AnythingError
            self.look_at_rows(self.facts.agency_of_path(path), rows, then, file.rows if file else [], now)

    def look_at_rows(self, agency: str, old: list[Row], then: range, new: list[Row], now: range) -> None:
        """What has changed in one file.

        Raises:
            _AnythingError: if it cannot be told what that reaches.
        """
        before = dict(zip((row.id for row in old), zip(old, then, strict=True), strict=True))
        after = dict(zip((row.id for row in new), zip(new, now, strict=True), strict=True))
        if len(before) < len(old) or len(after) < len(new):
            raise _AnythingError
        moved = [id for id in before if id in after] != [id for id in after if id in before]
        for id in before.keys() | after.keys():
            a, number_then = before.get(id, (None, -1))
            b, number_now = after.get(id, (None, -1))
            if a is not None and b is not None and not moved and _says_the_same(a, b):
                self.now[number_then] = number_now
                self.then[number_now] = number_then
                continue
            self.refuse_aliases(agency, id, a, b)
            if number_then >= 0:
                self.rows.add(number_then)
            stays = a is not None and b is not None and not moved and a.shape.type is b.shape.type
            links, others = Counter(_links(a)), Counter(_links(b))
            for _, text in ((links - others) + (others - links)) if stays else (links + others):
                self.touch_end(self.facts.named(agency, text))

    def refuse_aliases(self, agency: str, id: str, a: Row | None, b: Row | None) -> None:
        """Of several elements that an alias may mean, one takes the place of another; that is rare, and not followed.

        Raises:
            _AnythingError: if it may be so.
        """
        aliases = [row.get("aliases") if row is not None else None for row in (a, b)]
        if aliases[0] != aliases[1] or ((a is None or b is None) and self.facts.is_alias(agency, id)):
            raise _AnythingError

    def touch_end(self, number: int | None) -> None:
        if number is not None and 0 <= number < len(self.then) and self.then[number] >= 0:
            self.ends.add(self.then[number])

    def look_at_loose_links(self) -> None:
        """Elements whose links lead nowhere as they did not before, or the other way round."""
        before = [(self.of_today(one), one) for one in self.before.loose]
        after = loose_links(self.facts)
        for told, one in before:
            if told not in after:
                self.rows.add(one.source)
                self.ends.add(one.target)
        for one in after.difference(told for told, _ in before):
            self.rows.add(self.then[one.source])
            self.touch_end(one.target)

    def of_today(self, one: Loose) -> Loose:
        target = self.now[one.target] if one.target >= 0 else -1
        return one._replace(source=self.now[one.source], target=target)

    def look_at_plans(self) -> None:
        """Kinds of links that are not known of other agencies than before."""
        plans = self.before.plans.items()
        self.plans = {plan for plan, lacking in plans if self.facts.leading_to(*plan)[1] != lacking}

    def kept(self) -> Kept:
        """The parts that are not reached."""
        self.stays = all(new in (old, -1) for old, new in enumerate(self.now))
        parts: dict[str, Piece] = {}
        first = 0
        for path, (_, count) in self.before.files.items():
            part = self.before.parts[path]
            numbers = range(first, first + count)
            first += count
            if path not in self.changed and self.rows.isdisjoint(numbers) and not self.reaches(part.read):
                parts[path] = self.renumbered(part)
        return Kept(parts, *self.kept_groups(parts))

    def kept_groups(self, parts: Mapping[str, Piece]) -> tuple[dict[str, dict[str, Piece]], dict[str, set[str]]]:
        """The groups that are not reached, and what stands for the keys of those whose members may be others now."""
        gone = [part for path, part in self.before.parts.items() if path not in parts]
        groups: dict[str, dict[str, Piece]] = {}
        in_question: dict[str, set[str]] = {}
        for code, of_rule in self.before.groups.items():
            asked = {key for part in gone for key in part.keys.get(code, ((), ()))[1]}
            reached = {key for key, part in of_rule.items() if self.reaches(part.read)}
            groups[code] = {key: self.renumbered(part) for key, part in of_rule.items() if key not in reached}
            asked |= reached
            in_question[code] = asked
        return groups, in_question

    def reaches(self, read: Read) -> bool:
        return (
            read.everything
            or not self.rows.isdisjoint(read.rows)
            or not self.ends.isdisjoint(read.ends)
            or not self.plans.isdisjoint(read.plans)
        )

    def renumbered(self, part: Piece) -> Piece:
        now = self.now
        if self.stays:
            return part
        moved = Piece(tuple([now[one] for one in part.members]))
        moved.found = [one._replace(subject=now[one.subject]) for one in part.found]
        moved.undecided = part.undecided
        moved.keys = {code: ([now[one] for one in ordinals], keys) for code, (ordinals, keys) in part.keys.items()}
        moved.read.rows.update([now[one] for one in part.read.rows])
        moved.read.ends.update([now[one] for one in part.read.ends])
        moved.read.plans = part.read.plans
        return moved


def _says_the_same(a: Row, b: Row) -> bool:
    """Codes are equal whatever name was written behind them, so equal rows are looked at as they are written, too."""
    return a == b and plain_row(a) == plain_row(b)


def _links(row: Row | None) -> Iterator[tuple[str, str]]:
    """The fields and texts of the links of a row, sources among them."""
    if row is None:
        return
    sources = list(row.get("source") or ())
    for position, name in row.shape.links:
        value = row.values[position]
        for item in value if type(value) is tuple else (value,):
            yield name, item if isinstance(item, str) else item.to
            sources += () if isinstance(item, str) else item.source
    yield from (("source", source.document) for source in sources if source.document is not None)
