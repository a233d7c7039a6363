"""What the editor can do about a text: quick fixes of findings, a suppression, all safe fixes, the layout."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from spbe_arch.drafting import edit
from spbe_arch.errors import FormattingError
from spbe_arch.findings import Region
from spbe_arch.formatting import formatted
from spbe_arch.live import lines_of
from spbe_arch.lsp.positions import column_in, range_of
from spbe_arch.messages import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spbe_arch.live import Repository
    from spbe_arch.messages import Told, ToldFix

__all__ = ["FIX_ALL", "actions", "diagnostic_of", "edits_between", "laid_out", "renamed"]

FIX_ALL = "source.fixAll.spbe"
_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
_MOST_RELATED = 20


def diagnostic_of(repository: Repository, told: Told, encoding: str) -> lsp.Diagnostic:
    """A finding as an editor shows it."""
    related = [
        lsp.DiagnosticRelatedInformation(_location(repository, one.path, one.region, encoding), one.message or one.path)
        for one in told.related[:_MOST_RELATED]
    ]
    words = told.suggestion_words.format(text=told.suggestion) if told.suggestion and told.suggestion_words else ""
    return lsp.Diagnostic(
        range=range_of(lines_of(repository.text(told.spot.path)), told.spot.region, encoding),
        message=f"{told.message}; {words}" if words else told.message,
        severity=_SEVERITIES[told.level.value],
        code=told.code,
        source="spbe",
        related_information=related or None,
    )


def _location(repository: Repository, path: str, region: Region, encoding: str) -> lsp.Location:
    found = range_of(lines_of(repository.text(path)), region, encoding)
    return lsp.Location((repository.root / path).as_uri(), found)


# --- actions -------------------------------------------------------------------------------------------------


def actions(repository: Repository, path: str, asked: lsp.Range, encoding: str) -> list[lsp.CodeAction]:
    """What can be done about the findings on some lines, and about the whole file."""
    here = repository.told_soon(path)
    found: list[lsp.CodeAction] = []
    for told in here:
        diagnostic = diagnostic_of(repository, told, encoding)
        if asked.start.line <= diagnostic.range.end.line and diagnostic.range.start.line <= asked.end.line:
            found += _about(repository, told, diagnostic, encoding)
    safe = [one.fix for one in here if one.fix is not None and one.fix.safe]
    if safe:
        title = translate("Apply all safe fixes in this file", repository.language)
        edit = _edit(repository, _apart(safe, path), encoding)
        found.append(lsp.CodeAction(title, kind=FIX_ALL, edit=edit))
    return found


def _about(repository: Repository, told: Told, diagnostic: lsp.Diagnostic, encoding: str) -> Iterator[lsp.CodeAction]:
    language = repository.language
    if told.fix is not None:
        yield lsp.CodeAction(
            title=f"{told.fix.message} ({told.code})",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            is_preferred=told.fix.safe,
            edit=_edit(repository, told.fix.edits, encoding),
        )
    rule = told.about
    row = lines_of(repository.text(told.spot.path))[told.spot.region.line - 1]
    if rule is not None and not rule.always and "#" not in row and row.strip() and told.spot.element is not None:
        end = column_in(row, len(row.rstrip()), encoding)
        place = lsp.Position(told.spot.region.line - 1, end)
        insert = lsp.TextEdit(lsp.Range(place, place), f"  # spbe: ignore[{told.code}]")
        yield lsp.CodeAction(
            title=translate("Ignore {code} here", language).format(code=told.code),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=lsp.WorkspaceEdit({(repository.root / told.spot.path).as_uri(): [insert]}),
        )


def _edit(repository: Repository, edits: Iterable[tuple[str, Region, str]], encoding: str) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = {}
    for path, region, text in edits:
        place = range_of(lines_of(repository.text(path)), region, encoding)
        changes.setdefault((repository.root / path).as_uri(), []).append(lsp.TextEdit(place, text))
    return lsp.WorkspaceEdit(changes)


def _apart(fixes: Iterable[ToldFix], path: str) -> list[tuple[str, Region, str]]:
    """The edits of those fixes of a file that do not touch what another one edits."""
    taken: list[tuple[tuple[int, int], tuple[int, int]]] = []
    found: list[tuple[str, Region, str]] = []
    for fix in fixes:
        places = [
            ((one.region.line, one.region.column), (one.region.end_line, one.region.end_column)) for one in fix.edits
        ]
        alone = all(end < begun or ended < start for start, end in places for begun, ended in taken)
        if alone and all(one.path == path for one in fix.edits):
            taken += places
            found += ((one.path, one.region, one.text) for one in fix.edits)
    return found


# --- layout --------------------------------------------------------------------------------------------------


def laid_out(path: str, text: str, encoding: str) -> list[lsp.TextEdit]:
    """The edits that bring a text into the one layout; none where it cannot be read."""
    try:
        after = formatted(path, text).decode("utf-8")
    except FormattingError:
        return []
    return edits_between(text, after, encoding)


def edits_between(before: str, after: str, encoding: str) -> list[lsp.TextEdit]:
    """The edits of whole lines that make one text of another; none where lines end in ways that not all agree on."""
    rows = lines_of(before)
    if len(rows) != len(before.splitlines()) + (before == "" or before.endswith(("\n", "\r"))):
        return []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = []
    for kind, start, end, begin, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            place = range_of(rows, Region(start + 1, 1, end + 1, 1), encoding)
            found.append(lsp.TextEdit(place, "".join(new[begin:until])))
    return found


# --- another id ----------------------------------------------------------------------------------------------


def renamed(repository: Repository, id: str, new: str, encoding: str) -> lsp.WorkspaceEdit:
    """The edits that give an element another id, wherever it is named.

    Args:
        repository: as it is now.
        id: of the element, with its agency; numbers may have moved since it was found.
        new: the other id.
        encoding: the units in which the editor counts columns.

    Raises:
        UnknownElementError: if the element is no longer there.
        EditingError: if the id is taken or is none, or a place cannot be edited.
    """
    draft = edit(repository.architecture)
    draft.rename(id, new)
    changes = {
        (repository.root / path).as_uri(): edits_between(repository.text(path), change.after.decode(), encoding)
        for path, change in draft.changes.items()
    }
    return lsp.WorkspaceEdit(changes)
