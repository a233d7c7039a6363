"""An architecture with some files replaced, made of the one before: as it would be if it were made anew, but sooner.

What an edit of a file can touch is few: its own elements, the links that name an id which came, went or is of another
type now, and where it matters for links that lead nowhere (a unit's name, a file that cannot be read), those. All other
tables are copied as they are, with other numbers if elements came or went. Where an edit touches more (an id that two
have, other aliases, agencies, files that are not of the model), all is made anew. A test holds the two to be the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.records import FileResult
from spbe_arch.renumbering import Renumbering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture, Member, Unresolved

__all__ = ["OF_ELEMENTS", "follows", "replaced"]

OF_ELEMENTS = ("_by_agency", "_by_section")
"""What an architecture makes of the elements that there are, when first asked for."""
_OF_RULES = ("own_entries", "own_rules")
"""Likewise of own rules; both stay where an edit leaves them, and all else that is made so is forgotten."""


class _Piece(NamedTuple):
    """A file that changes."""

    agency: str
    then: range
    """The numbers of the elements that it had."""
    now: range
    """The numbers of those that it has."""
    old: FileResult
    """Without elements, if there was none."""
    new: FileResult

    def paired(self) -> list[int]:
        """The numbers of today of the elements that it had; -1 for one that has gone or is of another type."""
        numbers = {row.id: (row.shape.type, number) for row, number in zip(self.new.rows, self.now, strict=True)}
        found = (numbers.get(row.id, (None, -1)) for row in self.old.rows)
        types = (row.shape.type for row in self.old.rows)
        return [number if type is other else -1 for type, (other, number) in zip(types, found, strict=True)]

    def others(self) -> set[str]:
        """The ids that are on one side only, or of another type there."""
        old, new = ({(row.id, row.shape.type.section) for row in file.rows} for file in (self.old, self.new))
        return {id for id, _ in old ^ new}

    def says_the_same(self, says: Callable[[FileResult], object]) -> bool:
        """Whether both sides say the same of something."""
        return says(self.old) == says(self.new)


def replaced(
    before: Architecture, members: tuple[Member, ...], changes: Mapping[str, FileResult | None]
) -> Architecture | None:
    """The architecture with other files; None if it has to be made anew.

    Args:
        before: with the files as they were.
        members: with the files as they are.
        changes: the files that differ by path; None for one that is gone.
    """
    if before.strict or len({member.manifest.agency for member in members}) < len(members):
        return None
    pieces = list(_pieces(before.members, members, changes))
    if any(_touches_more(before, piece) for piece in pieces) or _shared_ids(pieces):
        return None
    twin = object.__new__(type(before))
    twin.__dict__.update(before.__dict__)
    for name in _made_when_asked(type(before)):
        twin.__dict__.pop(name, None)
    twin.members = members
    twin.findings, twin.texts, twin.unjudged = (), {}, Counter()
    twin._plans, twin._offices, twin._handed = {}, {}, {}
    twin._survey()
    touched = _touched(before, twin, pieces)
    now = _numbers(pieces, before.number_count)
    _replace_elements(before, twin, pieces, now)
    _replace_links(before, twin, pieces, now, touched)
    return twin if _is_in_order(twin) else None


def follows(before: Architecture, file: FileResult) -> bool:
    """Whether `replaced` follows what another text of a file touches; if not, all is made anew, which takes longer."""
    agency = before.agency_of_path(file.path)
    stretches = (pair for pair in before.stretches() if pair[0].path == file.path)
    old, then = next(stretches, (FileResult(file.path), range(0)))
    return not _touches_more(before, _Piece(agency, then, range(0), old, file))


def _made_when_asked(of: type) -> Iterator[str]:
    """The names of what is made of all links, when first asked for."""
    yield "_dependences"
    for name, value in vars(of).items():
        if isinstance(value, cached_property) and name not in (*OF_ELEMENTS, *_OF_RULES):
            yield name


# --- what an edit touches --------------------------------------------------------------------------------------


def _pieces(
    before: tuple[Member, ...], after: tuple[Member, ...], changes: Mapping[str, FileResult | None]
) -> Iterator[_Piece]:
    """The files that differ, in order."""
    first = first_now = 0
    for member, member_now in zip(before, after, strict=True):
        first, first_now = first + 1, first_now + 1  # the manifest, as the element of its own agency
        old = {file.path: file for file in member.files}
        new = {file.path: file for file in member_now.files}
        paths = sorted(old.keys() | new.keys()) if old.keys() != new.keys() else old
        for path in paths:
            nothing = FileResult(path)
            one, other = old.get(path, nothing), new.get(path, nothing)
            then = range(first, first + len(one.rows))
            now = range(first_now, first_now + len(other.rows))
            if path in changes:
                yield _Piece(member.manifest.agency, then, now, one, other)
            first, first_now = then.stop, now.stop


def _touches_more(before: Architecture, piece: _Piece) -> bool:
    """Whether an edit may touch what is not followed here."""
    rows, ids = piece.new.rows, before._by_id[piece.agency]
    known = {row.id for row in piece.old.rows}
    sections = {row.id: row.shape.type.section for file in (piece.old, piece.new) for row in file.rows}
    taken = {*before._dropped, *before._contested}
    taken.update(number for one, _, holder in before.taken_aliases for number in (one, holder))
    return (
        len({row.id for row in rows}) < len(rows)
        or any(row.id in ids and row.id not in known for row in rows)
        or not taken.isdisjoint(piece.then)
        or not piece.says_the_same(_aliases)
        or any(sections[id] == "agencies" for id in piece.others())
        or bool(piece.old.strange or piece.new.strange)
    )


def _aliases(file: FileResult) -> list[tuple[str, str, object]]:
    rows = (row for row in file.rows if "aliases" in row.shape.positions)
    return [(row.id, row.shape.type.section, row.get("aliases")) for row in rows]


def _shared_ids(pieces: list[_Piece]) -> bool:
    """Whether several of the changed files have an id, or had it, so that it moved."""
    ids = [(piece.agency, id) for piece in pieces for id in {row.id for file in piece[3:] for row in file.rows}]
    return len(set(ids)) < len(ids)


def _units(file: FileResult) -> list[tuple[object, ...]]:
    """What units are called."""
    rows = (row for row in file.rows if row.shape.type.section == "units")
    return [(row.id, row.get("name"), row.get("short_name"), row.get("spellings")) for row in rows]


def _touched(before: Architecture, twin: Architecture, pieces: list[_Piece]) -> set[int]:
    """The elements of other files whose links may lead elsewhere now, by the numbers that they had."""
    gone = {number for piece in pieces for number, now in zip(piece.then, piece.paired(), strict=True) if now < 0}
    touched: set[int] = set()
    for relation in before._relations.values() if gone else ():
        if not gone.isdisjoint(relation.targets):
            ends = zip(relation.sources, relation.targets, strict=True)
            touched.update(source for source, target in ends if target in gone)
    if before._strange or before._lacking != twin._lacking or not all(one.says_the_same(_units) for one in pieces):
        touched.update(one.source for one in before.unresolved)
    else:
        others = {(piece.agency, id) for piece in pieces for id in piece.others()}
        touched.update(one.source for one in before.unresolved if _named(before, one) in others)
    return touched.difference(*(piece.then for piece in pieces))


def _named(before: Architecture, link: Unresolved) -> tuple[str, str]:
    """The agency and the id that a link names."""
    agency, slash, id = link.text.partition("/")
    return (agency, id) if slash else (before.agency_at(link.source), agency)


def _numbers(pieces: list[_Piece], count: int) -> list[int] | None:
    """The numbers of today by those that there were, -1 for what has gone; None if all have the number they had."""
    if all(piece.then == piece.now and _in_place(piece) for piece in pieces):
        return None
    now: list[int] = []
    moved = 0
    for piece in pieces:
        now += range(len(now) + moved, piece.then.start + moved)
        now += piece.paired()
        moved = piece.now.stop - piece.then.stop
    now += range(len(now) + moved, count + moved)
    return now


def _in_place(piece: _Piece) -> bool:
    return all(now in (number, -1) for number, now in zip(piece.then, piece.paired(), strict=True))


# --- elements --------------------------------------------------------------------------------------------------


def _replace_elements(before: Architecture, twin: Architecture, pieces: list[_Piece], now: list[int] | None) -> None:
    twin._rows, twin._file_at, twin._agency_at = before._rows[:], before._file_at[:], before._agency_at[:]
    for piece in reversed(pieces):
        twin._rows[piece.then.start : piece.then.stop] = piece.new.rows
        twin._file_at[piece.then.start : piece.then.stop] = [piece.new] * len(piece.now)
        twin._agency_at[piece.then.start : piece.then.stop] = [piece.agency] * len(piece.now)
    twin._count = before._count + sum(len(piece.now) - len(piece.then) for piece in pieces)
    twin._by_id = _ids(before, pieces, now)
    if now is not None:
        twin.duplicates = [(now[one], now[other]) for one, other in before.duplicates]
        twin.taken_aliases = [(now[one], item, now[holder]) for one, item, holder in before.taken_aliases]
        twin._dropped = {now[one] for one in before._dropped}
        twin._contested = defaultdict(set, {now[one]: sections for one, sections in before._contested.items()})
    changed = {number for piece in pieces for number in piece.then}
    doubtful = [_at(now, number) for number in before._doubtful if number not in changed]
    for piece in pieces:
        doubtful += (number for row, number in zip(piece.new.rows, piece.now, strict=True) if row.unknown)
    twin._doubtful = sorted(doubtful)
    paths = {piece.new.path for piece in pieces}
    twin._notes = {path: notes for path, notes in before._notes.items() if path not in paths}
    _forget(twin, pieces, now)


def _ids(before: Architecture, pieces: list[_Piece], now: list[int] | None) -> dict[str, dict[str, int]]:
    """The elements by id, and by alias."""
    if now is None and all(piece.says_the_same(_called) for piece in pieces):
        return before._by_id
    if now is None:
        ids = {**before._by_id, **{piece.agency: dict(before._by_id[piece.agency]) for piece in pieces}}
    else:
        ids = {agency: {id: now[number] for id, number in known.items()} for agency, known in before._by_id.items()}
    for piece in pieces:
        of_agency = ids[piece.agency]
        for row in piece.old.rows:
            del of_agency[row.id]
        of_agency.update((row.id, number) for row, number in zip(piece.new.rows, piece.now, strict=True))
    return ids


def _called(file: FileResult) -> list[str]:
    return [row.id for row in file.rows]


def _forget(twin: Architecture, pieces: list[_Piece], now: list[int] | None) -> None:
    """Take away what was made when first asked for, where the edit may have changed it."""
    if now is not None or not all(piece.says_the_same(_sections) for piece in pieces):
        for name in OF_ELEMENTS:
            twin.__dict__.pop(name, None)
    if not all(piece.says_the_same(lambda file: file.references) for piece in pieces):
        twin.__dict__.pop("_references", None)
    if any(piece.old.own_rules or piece.new.own_rules for piece in pieces):
        for name in _OF_RULES:
            twin.__dict__.pop(name, None)


def _sections(file: FileResult) -> list[str]:
    return [row.shape.type.section for row in file.rows]


def _at(now: Sequence[int] | None, number: int) -> int:
    return number if now is None else now[number]


# --- links -----------------------------------------------------------------------------------------------------


def _replace_links(
    before: Architecture, twin: Architecture, pieces: list[_Piece], now: list[int] | None, touched: set[int]
) -> None:
    paths = {piece.new.path for piece in pieces}
    twin._outside = {path: keys for path, keys in before._outside.items() if path not in paths}
    twin._across = {path: pairs for path, pairs in before._across.items() if path not in paths}
    twin._aside = {key: _at(now, one) for key, one in before._aside.items() if before.is_external(one)}
    named_alike = all(piece.says_the_same(_units) for piece in pieces)
    twin._names_of_units = _renumbered(before._names_of_units, now) if named_alike else {}
    twin.named_strangers = set()
    twin._relations, twin.unresolved = defaultdict(before._relations.default_factory), []
    followed = [number for piece in pieces for number in piece.now]
    twin._follow(sorted([*followed, *(_at(now, number) for number in touched)]))
    cuts = sorted([*(piece.then for piece in pieces), *(range(one, one + 1) for one in touched)], key=_start)
    found = twin._relations
    renumbering = None if now is None else Renumbering(now)
    twin._relations = defaultdict(found.default_factory)
    for key in [*before._relations, *(key for key in found if key not in before._relations)]:
        if key not in before._relations:
            twin._relations[key] = found[key]
            continue
        kept = before._relations[key].without(cuts)
        kept = kept if renumbering is None else kept.renumbered(renumbering)
        twin._relations[key] = kept.joined(found[key]) if key in found else kept
    cut = {number for one in cuts for number in one}
    left = [one for one in before.unresolved if one.source not in cut]
    left = left if now is None else [one._replace(source=now[one.source]) for one in left]
    twin.unresolved = sorted([*left, *twin.unresolved], key=lambda one: one.source)
    for one in twin.unresolved:
        if one.reason == "spelling":
            twin.called(twin.agency_at(one.source), one.text)
    twin._sum_up()


def _start(stretch: range) -> int:
    return stretch.start


def _renumbered(names: dict[str, dict[str, int]], now: list[int] | None) -> dict[str, dict[str, int]]:
    if now is None:
        return dict(names)
    return {agency: {name: now[unit] for name, unit in known.items()} for agency, known in names.items()}


def _is_in_order(twin: Architecture) -> bool:
    """Whether elements of agencies that are not loaded are those that the files name, in the order of the files."""
    if not twin._outside and not twin._aside:
        return True
    paths = (file.path for member in twin.members for file in member.files)
    named = list(dict.fromkeys(key for path in paths for key in twin._outside.get(path, ())))
    there = sorted((number, key) for key, number in twin._aside.items() if twin.is_external(number))
    return named == [key for _, key in there]
