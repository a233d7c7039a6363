"""What an editor asks about: a place in a file of a repository, with what stands there in the words of the model."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from spbe_arch.live import lines_of
from spbe_arch.loader import section_called
from spbe_arch.lsp.cursor import cursor_at
from spbe_arch.lsp.keys import Grammar, grammar
from spbe_arch.lsp.positions import column_in, column_of
from spbe_arch.manifest import MANIFEST
from spbe_arch.metamodel import types
from spbe_arch.metamodel.values import CodeKind, LinkKind

if TYPE_CHECKING:
    from lsprotocol import types as lsp

    from spbe_arch.architecture import Architecture
    from spbe_arch.live import Repository
    from spbe_arch.lsp.cursor import Cursor
    from spbe_arch.metamodel import FieldInfo, TypeInfo

__all__ = ["Asked"]

_DEFAULTS = ("defaults", "bawaan")
_END_OF_LINK = ("to", "ke")
_DOCUMENT = ("document", "dokumen")


class Asked:
    """A place in a file.

    Args:
        repository: that the file is in.
        path: of the file.
        text: as the editor has it.
        position: in the editor's units.
        encoding: these units: utf-8, utf-16 or utf-32.
    """

    def __init__(self, repository: Repository, path: str, text: str, position: lsp.Position, encoding: str) -> None:
        self.repository = repository
        self.path = path
        self.encoding = encoding
        self.lines = lines_of(text)
        self.line = min(position.line, len(self.lines) - 1)
        self.row = self.lines[self.line]
        self.column = column_of(self.row, position.character, encoding)

    @cached_property
    def cursor(self) -> Cursor:
        """What stands there."""
        return cursor_at(self.lines, self.line, self.column)

    @cached_property
    def architecture(self) -> Architecture:
        """What is known of the model while it is typed."""
        return self.repository.known

    @property
    def agency(self) -> str:
        """That the file belongs to."""
        return self.architecture.agency_of_path(self.path)

    @property
    def is_manifest(self) -> bool:
        """Whether the file is one."""
        return self.path.rpartition("/")[2] == MANIFEST

    @property
    def language(self) -> str:
        """Of help."""
        return self.repository.language

    @cached_property
    def vocabulary(self) -> str:
        """The language that the keys of the file are written in; that of help where they tell nothing."""
        written = [row.partition(":")[0] for row in self.lines if row[:1].isalpha() and ":" in row]
        names = {one: {key.text for key in self._grammar(one).keys(())} for one in ("id", "en")}
        for word in written:
            if (word in names["id"]) != (word in names["en"]):
                return "id" if word in names["id"] else "en"
        return self.language

    @property
    def grammar(self) -> Grammar:
        """What may be written in the file, in its vocabulary."""
        return self._grammar(self.vocabulary)

    @property
    def help(self) -> Grammar:
        """The same, with help in the language of the editor."""
        return self._grammar(self.language)

    def _grammar(self, language: str) -> Grammar:
        return grammar(language, manifest=self.is_manifest)

    @cached_property
    def type(self) -> TypeInfo | None:
        """The element type whose section the place is in."""
        path = self.cursor.path
        return section_called(str(path[0])) if path and not self.is_manifest else None

    @cached_property
    def field(self) -> FieldInfo | None:
        """The field that the place is in; a default is a field of some type."""
        path = self.cursor.path
        if self.is_manifest or len(path) < 2:
            return None
        if path[0] in _DEFAULTS:
            return next((info.spellings[path[1]] for info in types().values() if path[1] in info.spellings), None)
        if self.type is None or len(path) < 3:
            return None
        return self.type.spellings.get(path[2])  # type: ignore[arg-type]

    @property
    def inside(self) -> tuple[str | int, ...]:
        """The keys and numbers between the field and the place."""
        return self.cursor.path[2 if self.cursor.path[0] in _DEFAULTS else 3 :]

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The sections whose ids may stand at the place."""
        if self.field is None:
            return ()
        named = [step for step in self.inside if isinstance(step, str)]
        if isinstance(self.field.kind, LinkKind):
            return self.field.targets if not named or named[-1] in _END_OF_LINK else ()
        if self.field.name == "source" and (not named or named[-1] in _DOCUMENT):
            return ("documents", "policies")
        return ()

    @property
    def code_prefix(self) -> str:
        """The reference table whose codes may stand at the place, as in "RAL"; empty if none."""
        kind = self.field.kind if self.field else None
        return kind.prefix if isinstance(kind, CodeKind) else ""

    @property
    def word(self) -> str:
        """The whole word at the place."""
        return self.row[self.cursor.start : max(self.cursor.end, self.column)].strip().strip("\"'")

    def range(self) -> lsp.Range:
        """Where that word stands, as the editor counts."""
        from lsprotocol import types as lsp

        def position(column: int) -> lsp.Position:
            return lsp.Position(self.line, column_in(self.row, column, self.encoding))

        return lsp.Range(position(self.cursor.start), position(max(self.cursor.end, self.cursor.start, self.column)))
