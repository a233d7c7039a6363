"""What `spbe check` does about what it finds: fixes it, shows how it would, or says that it could."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from spbe_arch.findings import Waiting, english, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spbe_arch.architecture import Architecture
    from spbe_arch.checking import Findings
    from spbe_arch.fixing import Mended
    from spbe_arch.patches import Change

__all__ = ["Run", "diffs", "mended_run", "say_what_can_be_fixed", "say_what_was_fixed", "write_changes"]


class Run(NamedTuple):
    """What came of fixing one repository."""

    root: Path
    mended: Mended
    findings: Findings
    """What remains of what was asked for."""
    language: str


def mended_run(
    architecture: Architecture,
    check: Callable[[Architecture], Findings],
    root: Path,
    chosen: set[str],
    language: str,
    *,
    unsafe: bool,
) -> Run:
    """Fix a model in memory."""
    from spbe_arch.fixing import mend

    mended = mend(architecture, check, unsafe=unsafe, within=chosen)
    return Run(root, mended, mended.findings.within(chosen), language)


def write_changes(runs: Iterable[Run]) -> None:
    """Write the files that changed, of all repositories or of none."""
    from spbe_arch.files import Replacement, replace_files

    replace_files(
        Replacement(run.root, path, change.before, change.after)
        for run in runs
        for path, change in run.mended.changes.items()
    )


# --- what it would do ----------------------------------------------------------------------------------------


def diffs(changes: Iterable[tuple[str, Change]], *, for_terminal: bool) -> str:
    """A unified diff of files by the paths to show; on a terminal, nothing of their contents moves the cursor."""
    from spbe_arch.messages import printable
    from spbe_arch.patches import patch

    text = patch(changes)
    if not for_terminal:
        return text
    return "".join(printable(line, len(line) + 1) + "\n" for line in text.replace("\r\n", "\n").split("\n")[:-1])


# --- what is said of it --------------------------------------------------------------------------------------


def say_what_was_fixed(runs: Iterable[Run], *, written: bool, unsafe: bool) -> None:
    """How many findings are gone, how many remain, and how many of those a guess could mend."""
    for run in runs:
        more = 0 if unsafe else _waiting(run.findings).unsafe
        if written and more:
            text = english("{fixed} fixed, {left} remain ({more} more with --unsafe-fixes)")
        elif written:
            text = english("{fixed} fixed, {left} remain")
        elif more:
            text = english("{fixed} would be fixed, {left} would remain ({more} more with --unsafe-fixes)")
        else:
            text = english("{fixed} would be fixed, {left} would remain")
        _say(text, run.language, fixed=run.mended.fixed, left=len(run.findings), more=more)


def say_what_can_be_fixed(findings: Findings, language: str, *, unsafe: bool, is_done: bool) -> None:
    """How many findings a fix would mend, and what to type."""
    if not any(one.fault.fix for one in findings):
        return
    safe, guesses = _waiting(findings) if not is_done else (0, 0)
    if (unsafe and safe + guesses) or (guesses and not safe):
        _say(english("{count} can be fixed with --fix --unsafe-fixes"), language, count=safe + guesses)
    elif safe and guesses:
        text = english("{count} can be fixed with --fix ({more} more with --unsafe-fixes)")
        _say(text, language, count=safe, more=guesses)
    elif safe:
        _say(english("{count} can be fixed with --fix"), language, count=safe)
    of_members = sum(_waiting_in_members(findings))
    if of_members:
        text = english("{count} can be fixed in the folders of members, when they are named")
        _say(text, language, count=of_members)


def _waiting_in_members(findings: Findings) -> Waiting:
    """What could be fixed in the files of members, which are left alone: they are other repositories."""
    return waiting(one for one in findings if _is_of_a_member(findings, one.place.path))


def _waiting(findings: Findings) -> Waiting:
    return waiting(one for one in findings if not _is_of_a_member(findings, one.place.path))


def _is_of_a_member(findings: Findings, path: str) -> bool:
    first, *others = findings.architecture.members
    return any(path.startswith(one.manifest.folder) for one in others if one.manifest.folder != first.manifest.folder)


def _say(text: str, language: str, **values: int) -> None:
    from spbe_arch.messages import translate

    click.echo(translate(text, language).format(**values), err=True)
