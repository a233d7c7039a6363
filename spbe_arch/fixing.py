"""Mends what findings say can be mended: makes their fixes, checks again, and undoes what made anything worse.

Nothing is written here: texts go in and texts come out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from spbe_arch.baseline import fingerprint
from spbe_arch.catalogue import declared, reading
from spbe_arch.collecting import collector_held
from spbe_arch.editing import splices_of
from spbe_arch.errors import EditingError, OutputError
from spbe_arch.findings import Level
from spbe_arch.loader import Overlay, load_texts, lost_manifests, read_file
from spbe_arch.manifest import read_manifest
from spbe_arch.nodes import Limits, read
from spbe_arch.patches import Change
from spbe_arch.splicing import Manuscript, Splice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings
    from spbe_arch.findings import Edit, Finding

__all__ = ["Mended", "mend"]

_MOST_ROUNDS = 100
"""Of fixing and checking; fixes that touch the same place are made one after the other."""
_MOST_CHECKS = 400
"""In all; they are spent where fixes have to be tried apart, since some of them made something worse."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of fixing."""

    findings: Findings
    """What is found after it, in the whole model."""
    fixed: int
    """How many findings are gone because of a fix."""
    changes: Mapping[str, Change]
    """The files that changed, by path."""


def mend(
    architecture: Architecture,
    check: Callable[[Architecture], Findings],
    *,
    unsafe: bool = False,
    within: Collection[str] = ("",),
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Mended:
    """Make fixes until none is left that helps.

    A fix is kept if its finding is gone and no file has more errors than before; else it is undone. What comments or a
    baseline silence is not among the findings, so it is not touched, and neither are files of members.

    Args:
        architecture: with its texts.
        check: finds what there is to fix; it is asked again after each change.
        unsafe: whether to make guesses too.
        within: the files, and folders of files, that may change; an empty path stands for all.
        limits: bounds on each file.

    Raises:
        EditingError: if a file has changed since it was read.
    """
    with collector_held():
        return _Mending(architecture, check, unsafe=unsafe, within=within, limits=limits).run()


# --- fixes, made and judged ----------------------------------------------------------------------------------


class _Attempt(NamedTuple):
    """A finding with what its fix does to the texts."""

    finding: Finding
    fingerprint: str
    splices: dict[str, list[Splice]]

    @property
    def reveals(self) -> bool:
        """Whether the fix is certain and lets something be read that was not: what shows then was there before."""
        fix = self.finding.fault.fix
        return fix is not None and fix.safe and declared()[self.finding.code].always


@dataclass(frozen=True, slots=True)
class _State:
    """A model as it is at one moment."""

    architecture: Architecture
    findings: Findings
    changed: Mapping[str, bytes] = field(default_factory=dict)
    """What the files hold that are not as they were read."""


class _Mending:
    """One run: rounds of fixing and checking, from one state of the model to the next."""

    def __init__(
        self,
        architecture: Architecture,
        check: Callable[[Architecture], Findings],
        *,
        unsafe: bool,
        within: Collection[str],
        limits: Limits,
    ) -> None:
        self.check = check
        self.unsafe = unsafe
        self.within = frozenset(within)
        self.limits = limits
        self.first = architecture
        self.read: dict[str, bytes] = {}
        """What the files held that were looked at, when they were looked at first."""
        self.members = [
            one.manifest.folder for one in architecture.members if one.manifest is not architecture.manifest
        ]
        self.manifests = {one.manifest.path: one.manifest for one in architecture.members}
        self.files = {file.path: file for one in architecture.members for file in one.files}
        self.checks = 0

    def run(self) -> Mended:
        state = _State(self.first, self.check(self.first))
        fixed = 0
        given_up: set[tuple[str, object]] = set()
        for _ in range(_MOST_ROUNDS):
            batch = self.batch(state, given_up)
            if not batch:
                break
            kept, state = self.settle(state, batch, state, [])
            fixed += len(kept)
            # What did not help may help after what did; only what helps nowhere alone is given up.
            given_up = set() if kept else given_up | {_name(one) for one in batch}
        changes = {path: Change(self.read[path], data) for path, data in sorted(state.changed.items())}
        changes = {path: change for path, change in changes.items() if change.before != change.after}
        return Mended(state.findings, fixed, changes)

    # --- what can be tried ---------------------------------------------------------------------------------

    def batch(self, state: _State, given_up: set[tuple[str, object]]) -> list[_Attempt]:
        """The fixes of the next round: none touches what another one does.

        Those that let more be read come before all others, which are judged by what is found.
        """
        attempts = [one for one in self.attempts(state) if _name(one) not in given_up]
        revealing = [one for one in attempts if one.reveals]
        taken: dict[str, list[Splice]] = {}
        return [one for one in revealing or attempts if _take(taken, one)]

    def attempts(self, state: _State) -> Iterator[_Attempt]:
        manuscripts: dict[str, Manuscript | None] = {}
        for finding in state.findings:
            fix = finding.fault.fix
            if fix is None or not (fix.safe or self.unsafe):
                continue
            paths = sorted({edit.place.path for edit in fix.edits})
            if all(map(self.may_change, paths)):
                for path in paths:
                    if path not in manuscripts:
                        manuscripts[path] = _manuscript(path, self.text(state, path))
                splices = _of_all_files(manuscripts, paths, fix.edits)
                if splices is not None:
                    yield _Attempt(finding, fingerprint(state.architecture, finding), splices)

    def may_change(self, path: str) -> bool:
        """Whether a file is among those asked for, and no file of a member: that is another repository."""
        asked = "" in self.within or path in self.within or any(path.startswith(one + "/") for one in self.within)
        return asked and not any(path.startswith(folder) for folder in self.members)

    def text(self, state: _State, path: str) -> bytes:
        """What a file holds: as it was changed here, else as it was read.

        Raises:
            OutputError: if it holds something else than what the findings speak of.
        """
        if path in state.changed:
            return state.changed[path]
        if path not in self.read:
            text = self.first.texts.get(path, b"")
            data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            if not self.is_what_was_read(path, data):
                raise OutputError("{path} has changed since it was read; nothing was written", path=path)
            self.read[path] = data
        return self.read[path]

    def is_what_was_read(self, path: str, data: bytes) -> bool:
        if path in self.manifests:
            return read_manifest(read(path, data, self.limits)) == self.manifests[path]
        return path in self.files and read_file(path, data, self.limits) == self.files[path]

    # --- what helps ----------------------------------------------------------------------------------------

    def settle(
        self, base: _State, batch: list[_Attempt], reached: _State, kept: list[_Attempt]
    ) -> tuple[list[_Attempt], _State]:
        """As many fixes of a batch as make nothing worse, besides those that are kept already, and what they lead to.

        All of them at once as a rule; where that makes something worse, each half for itself.
        """
        if self.checks >= _MOST_CHECKS:
            return kept, reached
        after = self.made(base, [*kept, *batch])
        if _is_better(base, after, [*kept, *batch]):
            return [*kept, *batch], after
        if len(batch) == 1:
            return kept, reached
        half = len(batch) // 2
        kept, reached = self.settle(base, batch[:half], reached, kept)
        return self.settle(base, batch[half:], reached, kept)

    def made(self, base: _State, attempts: list[_Attempt]) -> _State:
        """The model with some fixes made: only the files that they change are read again."""
        self.checks += 1
        splices: dict[str, list[Splice]] = {}
        for attempt in attempts:
            for path, some in attempt.splices.items():
                splices.setdefault(path, []).extend(some)
        edited = {path: Manuscript(path, self.text(base, path)).edited(some) for path, some in splices.items()}
        changed = {**base.changed, **edited}
        results = {file.path: file for member in base.architecture.members for file in member.files}
        manifests = {member.manifest.path for member in base.architecture.members}
        results |= {path: read_file(path, data, self.limits) for path, data in edited.items() if path not in manifests}
        texts = Overlay(self.first.texts, changed)
        pairs: list[tuple[str, str | bytes]] = [(path, "") for path in results]
        pairs += [(path, texts[path]) for path in sorted(manifests) if path in texts]
        lost = lost_manifests(base.architecture)
        made = load_texts(pairs, limits=self.limits, results=results, faults=lost, before=base.architecture)
        architecture = made.with_texts(texts)
        return _State(architecture, self.check(architecture), changed)


def _manuscript(path: str, data: bytes) -> Manuscript | None:
    try:
        return Manuscript(path, data)
    except EditingError:
        return None


def _of_all_files(
    manuscripts: Mapping[str, Manuscript | None], paths: list[str], edits: Sequence[Edit]
) -> dict[str, list[Splice]] | None:
    """The splices of a fix by path; None if one of its edits cannot be made."""
    found = {}
    for path in paths:
        manuscript = manuscripts[path]
        if manuscript is None:
            return None
        try:
            found[path] = splices_of(manuscript, [edit for edit in edits if edit.place.path == path])
            manuscript.edited(found[path])  # refuses what overlaps itself
        except EditingError:
            return None
    return found


def _name(attempt: _Attempt) -> tuple[str, object]:
    """What tells a fix from others, in whatever state of the model it is met."""
    return attempt.fingerprint, attempt.finding.fault.fix


def _take(taken: dict[str, list[Splice]], attempt: _Attempt) -> bool:
    """Whether a fix can be made besides those taken before it; then it is taken too."""
    for path, splices in attempt.splices.items():
        if any(_collides(taken.get(path, []), splice) for splice in splices):
            return False
    for path, splices in attempt.splices.items():
        known = taken.setdefault(path, [])
        for splice in splices:
            at = bisect_left(known, splice)
            if known[at : at + 1] != [splice]:
                known.insert(at, splice)
    return True


def _collides(known: list[Splice], splice: Splice) -> bool:
    """Whether a splice touches a stretch that another one changes in another way."""
    at = bisect_left(known, splice)
    if known[at : at + 1] == [splice]:
        return False
    before, behind = known[at - 1 : at] if at else [], known[at : at + 1]
    return any(one.end > splice.start or one.start == splice.start for one in before) or any(
        one.start < splice.end or one.start == splice.start for one in behind
    )


def _is_better(before: _State, after: _State, attempts: list[_Attempt]) -> bool:
    """Whether the findings of some fixes are gone, and no file has more errors than it had.

    Where a fix lets more be read, what it shows is no fault of the fix; but what was the fault must lie behind it.
    """
    wanted = Counter(one.fingerprint for one in attempts)
    codes = {one.finding.code for one in attempts}
    had, has = _counted(before, codes), _counted(after, codes)
    if any(has[key] > had[key] - number for key, number in wanted.items()):
        return False
    if any(one.finding.code == reading.YAML_FAULT.code and not _is_passed(one, after) for one in attempts):
        return False
    if any(one.reveals for one in attempts):
        return True
    errors_before, errors_after = _errors(before.findings), _errors(after.findings)
    return all(number <= errors_before[path] for path, number in errors_after.items())


def _counted(state: _State, codes: set[str]) -> Counter[str]:
    return Counter(fingerprint(state.architecture, one) for one in state.findings if one.code in codes)


def _errors(findings: Findings) -> Counter[str]:
    return Counter(one.place.path for one in findings if one.level is Level.ERROR)


def _is_passed(attempt: _Attempt, after: _State) -> bool:
    """Whether the text is YAML now up to the line of the fault, and on it."""
    place = attempt.finding.place
    faults = (one.place for one in after.findings if one.code == reading.YAML_FAULT.code)
    lines = (one.region.line for one in faults if one.path == place.path and one.region is not None)
    return place.region is not None and all(line > place.region.line for line in lines)
