"""The one layout of a file: what is written means the same before and after, and no comment is lost.

Nobody has to believe that: the text is read again, and one that would mean anything else is not handed out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any, NamedTuple

from spbe_arch.definitions import Condition, read_definition
from spbe_arch.errors import EditingError, FormattingError
from spbe_arch.findings import Region
from spbe_arch.formatting.forms import Form, Vocabulary, of_file, of_manifest
from spbe_arch.formatting.layout import laid_out, remarks
from spbe_arch.loader import SPECIAL, read_file, result_of
from spbe_arch.manifest import MANIFEST, Manifest, read_manifest
from spbe_arch.nodes import read
from spbe_arch.own import as_yaml
from spbe_arch.splicing import Manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spbe_arch.records import FileResult
    from spbe_arch.splicing import Part

__all__ = ["Vocabulary", "formatted"]


def formatted(path: str, text: str | bytes, vocabulary: Vocabulary = "") -> bytes:
    r"""The same file in the one layout.

    Args:
        path: what errors call it; one whose name is `spbe.yaml` is a manifest.
        text: the text, or its bytes.
        vocabulary: the language of sections, fields and values; empty keeps that of each.

    Raises:
        FormattingError: if the file cannot be read whole, or its layout would change what it says.

    >>> print(formatted("a.yaml", "layanan:\n    izin: {metode: Elektronik,\n      nama: 'Izin'}\n").decode(), end="")
    layanan:
      izin:
        nama: Izin
        metode: elektronik
    """
    before = _manuscript(path, text)
    if before.root is None or before.root.is_blank:
        return before.text.encode()
    is_manifest = path.rpartition("/")[2] == MANIFEST
    if before.root.kind != "mapping" or re.search(r"^%", before.text[: before.root.start], re.MULTILINE):
        raise FormattingError("{path} is not formatted: it is no file of a model", path=path)
    meant = _meaning_of(before, is_manifest=is_manifest)
    form = of_manifest(vocabulary) if is_manifest else of_file(vocabulary, before.root, _unread(before))
    layout = laid_out(before, form)
    if layout == before.text:
        return layout.encode()
    after = Manuscript(path, layout)
    if not _says(after, meant, is_manifest=is_manifest):
        raise FormattingError("{path} is not formatted: it would no longer say the same", path=path)
    if not _keeps(before, after, form):
        raise FormattingError("{path} is not formatted: a comment would no longer speak for the same", path=path)
    return layout.encode()


def _unread(manuscript: Manuscript) -> frozenset[str]:
    """The ids of own rules and views that are there and cannot be read: what their words mean, nobody knows."""
    keys = {entry.key.value for entry in manuscript.root.entries if entry.key is not None} if manuscript.root else set()
    if not any(SPECIAL.get(key) in ("rules", "views") for key in keys):
        return frozenset()
    result = result_of(manuscript.document, manuscript.text)
    views = {id for id, raw in result.views.items() if read_definition(id, raw)[0] is None}
    return frozenset(views | {rule.id for rule in result.own_rules if not rule.sound})


def _manuscript(path: str, text: str | bytes) -> Manuscript:
    """The text with its places, if all of it could be read."""
    try:
        manuscript = Manuscript(path, text)
        document = manuscript.document
    except EditingError:
        document = read(path, text)
        if not document.faults:
            raise
    if document.faults:
        raise _unreadable(path, document.faults[0].code)
    if not document.finished:
        raise FormattingError(
            "{path} is not formatted: its last line has no line break, so it may have been cut off", path=path
        )
    return manuscript


def _unreadable(path: str, code: str) -> FormattingError:
    return FormattingError(
        "{path} is not formatted: it has a fault ({code}) that must be mended first", path=path, code=code
    )


def _fault_of_reading(result: FileResult) -> str:
    """The code of the first fault that kept something from being read."""
    return next((one.code for one in result.faults if one.code[4:5] == "0"), "")


# --- what a file says ----------------------------------------------------------------------------------------


def _meaning_of(manuscript: Manuscript, *, is_manifest: bool) -> object:
    """All that a file says, without places, words and the order in which it says so."""
    if is_manifest:
        return _of_manifest(read_manifest(manuscript.document))
    result = result_of(manuscript.document, manuscript.text)
    if code := _fault_of_reading(result):
        raise _unreadable(manuscript.path, code)
    return _of_result(result)


def _says(manuscript: Manuscript, meant: object, *, is_manifest: bool) -> bool:
    try:
        return meant == _meaning_of(manuscript, is_manifest=is_manifest)
    except FormattingError:  # what cannot be read says nothing
        return False


def _of_result(result: FileResult) -> object:
    rows = [
        (row.id, row.shape.type.section, dict(zip(row.shape.fields, row.values, strict=True)), row.shape.inherited)
        for row in result.rows
    ]
    faults = Counter((fault.code, fault.place.element) for fault in result.faults)
    views = {id: _of_view(id, raw) for id, raw in result.views.items()}
    rules = [_of_rule(rule) for rule in result.own_rules]
    comments = Counter(comment.text for comment in result.comments)
    return rows, [set(row.unknown) for row in result.rows], faults, result.references, views, rules, comments


def _of_view(id: str, raw: Any) -> object:
    definition, problems = read_definition(id, raw)
    return raw if definition is None else (_placeless(definition), len(problems))


def _of_rule(rule: Any) -> object:
    """A rule without places; its examples as what they say."""
    fragments = [
        _of_result(read_file("", as_yaml(one))) if isinstance(one, dict) else one for one in (rule.wrong, rule.right)
    ]
    return _placeless(rule._replace(wrong=None, right=None)), fragments


def _placeless(value: Any) -> Any:
    """A tree of tuples without places, and without names as they were typed."""
    if isinstance(value, Region):
        return None
    if isinstance(value, tuple):
        if isinstance(value, Condition):  # it keeps how its field was called
            value = value._replace(field="")
        return tuple(_placeless(one) for one in value)
    if isinstance(value, dict):
        return {key: _placeless(one) for key, one in value.items()}
    return value


_OF_PLACES = ("agency_region", "member_regions", "faults", "doubtful")


def _of_manifest(manifest: Manifest) -> object:
    said = {one.name: getattr(manifest, one.name) for one in fields_of(Manifest) if one.name not in _OF_PLACES}
    return said, Counter(fault.code for fault in manifest.faults)


# --- what comments speak for ---------------------------------------------------------------------------------


class _Remark(NamedTuple):
    text: str
    about: tuple[str, ...]
    """The keys that lead to what stands on the line that it speaks for; empty for those that speak to people."""


def _keeps(before: Manuscript, after: Manuscript, form: Form) -> bool:
    """Whether each comment is still there, and each that speaks to this program still speaks for the same."""
    return "#" not in before.text or Counter(_remarks(before, form)) == Counter(_remarks(after, None))


def _remarks(manuscript: Manuscript, form: Form | None) -> Iterator[_Remark]:
    spoken = [one for one in remarks(manuscript) if "spbe:" in one.text]
    keys = _keys_by_line(manuscript, form) if spoken else {}
    lines = sorted(keys)
    for one in remarks(manuscript):
        about: tuple[str, ...] = ()
        if "spbe:" in one.text:
            line = manuscript.line(one.start)
            meant = line if one.gap else next((number for number in lines if number > line), 0)
            about = keys.get(meant, ())
        yield _Remark(one.text, about)


def _keys_by_line(manuscript: Manuscript, form: Form | None) -> dict[int, tuple[str, ...]]:
    """For each line the keys that lead to the first thing that begins on it, as they will be called."""
    found: dict[int, tuple[str, ...]] = {}

    def walk(part: Part, form: Form | None, keys: tuple[str, ...]) -> None:
        for entry in part.entries:
            written = entry.key.value if entry.key is not None else ""
            name = form.key(written) if form is not None and entry.key is not None else written
            here = (*keys, name) if entry.key is not None else keys
            start = entry.key.start if entry.key is not None else entry.value.start
            found.setdefault(manuscript.line(start), here)
            below = None if form is None else form.below(written) if entry.key is not None else form.item()
            walk(entry.value, below, here)

    assert manuscript.root is not None  # noqa: S101 - asked of mappings only
    walk(manuscript.root, form, ())
    return found
